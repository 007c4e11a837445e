// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A list that is asked for again and again: rows that are still there stay where they are, and with them
// whatever a page does with them (focus, a menu).
#pragma once

#include <QAbstractListModel>
#include <QList>

#include <algorithm>

namespace tikgok {

class CountedModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int count() const { return rowCount({}); }

Q_SIGNALS:
    void countChanged();
};

// Row has key(), which no two rows share, and ==.
template <class Row>
class RowModel : public CountedModel {
public:
    using CountedModel::CountedModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent) const override {
        return parent.isValid() ? 0 : static_cast<int>(rows_.size());
    }
    [[nodiscard]] const QList<Row>& rows() const { return rows_; }

    void setRows(const QList<Row>& now) {
        const qsizetype before = rows_.size();
        const auto has = [](const QList<Row>& list, const Row& row) {
            return std::ranges::any_of(list, [&row](const Row& one) { return one.key() == row.key(); });
        };
        for (int at = rowCount({}) - 1; at >= 0; --at) {
            if (!has(now, rows_.at(at))) {
                beginRemoveRows({}, at, at);
                rows_.removeAt(at);
                endRemoveRows();
            }
        }
        for (int at = 0; at < now.size(); ++at) {
            const Row& row = now.at(at);
            const auto found = std::find_if(rows_.cbegin() + at, rows_.cend(),
                                            [&row](const Row& one) { return one.key() == row.key(); });
            const int from = static_cast<int>(found - rows_.cbegin());
            if (found == rows_.cend()) {
                beginInsertRows({}, at, at);
                rows_.insert(at, row);
                endInsertRows();
                continue;
            }
            if (from != at) {
                beginMoveRows({}, from, from, {}, at);
                rows_.move(from, at);
                endMoveRows();
            }
            if (rows_.at(at) != row) {
                rows_[at] = row;
                Q_EMIT dataChanged(index(at), index(at));
            }
        }
        if (rows_.size() != before) {
            Q_EMIT countChanged();
        }
    }

protected:
    // Null when there is no such row.
    [[nodiscard]] const Row* rowAt(const QModelIndex& index) const {
        using Check = QAbstractItemModel::CheckIndexOption;
        return checkIndex(index, Check::IndexIsValid | Check::ParentIsInvalid) ? &rows_.at(index.row())
                                                                               : nullptr;
    }
    // Newer ones at the top; at most `most` stay.
    void putFirst(const QList<Row>& newer, qsizetype most) {
        const qsizetype before = rows_.size();
        const qsizetype taken = std::min(newer.size(), most);
        if (taken > 0) {
            beginInsertRows({}, 0, static_cast<int>(taken) - 1);
            rows_ = newer.first(taken) + rows_;
            endInsertRows();
        }
        if (rows_.size() > most) {
            beginRemoveRows({}, static_cast<int>(most), static_cast<int>(rows_.size()) - 1);
            rows_.resize(most);
            endRemoveRows();
        }
        if (rows_.size() != before) {
            Q_EMIT countChanged();
        }
    }

private:
    QList<Row> rows_;
};

}  // namespace tikgok
