// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a simulator has to do, over the last minutes: one row per curve.
#pragma once

#include "core/simulator/load_sample.h"
#include "core/simulator/row_model.h"

#include <array>
#include <cstddef>
#include <optional>

namespace tikgok {

class LoadModel final : public CountedModel {
    Q_OBJECT
    // Seconds that the curves reach back.
    Q_PROPERTY(int span READ span NOTIFY sampled)

public:
    enum class Series {
        // A second.
        Requests,
        Failures,
        // Milliseconds.
        Median,
        P99,
        // Now.
        WritesWaiting,
        UploadsWaiting,
        Connections,
    };
    Q_ENUM(Series)
    enum Role {
        SeriesRole = Qt::UserRole + 1,
        // A list of numbers, the oldest first.
        ValuesRole,
        LatestRole,
        // Of the values.
        PeakRole,
    };
    Q_ENUM(Role)

    static constexpr qsizetype kMostSamples = 120;

    explicit LoadModel(QObject* parent) : CountedModel(parent) {}

    [[nodiscard]] int rowCount(const QModelIndex& parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int span() const { return qRound(seconds_); }

    // `atMs`: when it was taken; any clock that only goes forward. Counters that went back are those of
    // another start: the curves begin anew.
    void add(const LoadSample& sample, qint64 atMs);
    void clear();
    // Nothing is sampled for a while: what happens meanwhile is not averaged into the next point.
    void rest() { last_.reset(); }

Q_SIGNALS:
    void sampled();

private:
    static constexpr std::size_t kSeries = 7;

    std::array<QList<double>, kSeries> values_;
    std::optional<LoadSample> last_;
    qint64 lastMs_ = 0;
    double seconds_ = 0;
    QList<double> steps_;
};

}  // namespace tikgok
