// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QQuickItem>
#include <QtQml/qqmlregistration.h>

namespace tikgok {

// For the keyboard and for screen readers in something that scrolls: they go through the rows as they stand,
// from top to bottom, and what has the keyboard comes into sight.
//
// A view makes its rows in any order, and the Tab key goes by that order. So the rows are put into the order
// of the screen, which changes nothing that is seen.
class ReadingOrder : public QQuickItem {
    Q_OBJECT
    QML_ELEMENT
    // A Flickable, or a view.
    Q_PROPERTY(QQuickItem* view READ view WRITE setView NOTIFY viewChanged FINAL)

public:
    explicit ReadingOrder(QQuickItem* parent = nullptr);
    ~ReadingOrder() override;

    QQuickItem* view() const { return view_; }
    void setView(QQuickItem* view);

Q_SIGNALS:
    void viewChanged();

protected:
    void itemChange(ItemChange change, const ItemChangeData& data) override;

private:
    void watch(QQuickWindow* window);
    void sortLater();
    void sort();
    void leave();
    void reveal();

    QPointer<QQuickItem> view_;
    QPointer<QQuickItem> content_;
    QMetaObject::Connection focus_;
    bool pending_ = false;
};

}  // namespace tikgok
