// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulator/load_model.h"

#include <algorithm>

namespace tikgok {

int LoadModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(kSeries);
}

QVariant LoadModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const QList<double>& values = values_.at(static_cast<std::size_t>(index.row()));
    switch (role) {
        case SeriesRole:
        case Qt::DisplayRole:
            return index.row();
        case ValuesRole:
            return QVariant::fromValue(values);
        case LatestRole:
            return values.isEmpty() ? 0.0 : values.constLast();
        case PeakRole:
            return values.isEmpty() ? 0.0 : *std::ranges::max_element(values);
        default:
            return {};
    }
}

QHash<int, QByteArray> LoadModel::roleNames() const {
    return {{SeriesRole, "series"}, {ValuesRole, "values"}, {LatestRole, "latest"}, {PeakRole, "peak"}};
}

void LoadModel::add(const LoadSample& sample, qint64 atMs) {
    if (last_ && (sample.requests < last_->requests || atMs <= lastMs_)) {
        clear();
    }
    if (!last_) {
        last_ = sample;
        lastMs_ = atMs;
        return;
    }
    constexpr double kMsPerSecond = 1000;
    const double seconds = static_cast<double>(atMs - lastMs_) / kMsPerSecond;
    constexpr double kMost = 0.99;
    const std::array<double, kSeries> now{(sample.requests - last_->requests) / seconds,
                                          std::max(0.0, sample.failures - last_->failures) / seconds,
                                          spentBetween(*last_, sample, 0.5),
                                          spentBetween(*last_, sample, kMost),
                                          sample.writesWaiting,
                                          sample.uploadsWaiting,
                                          sample.connections};
    for (std::size_t i = 0; i < kSeries; ++i) {
        QList<double>& values = values_.at(i);
        values.append(now.at(i));
        if (values.size() > kMostSamples) {
            values.removeFirst();
        }
    }
    steps_.append(seconds);
    seconds_ += seconds;
    if (steps_.size() > kMostSamples) {
        seconds_ -= steps_.takeFirst();
    }
    last_ = sample;
    lastMs_ = atMs;
    Q_EMIT dataChanged(index(0), index(static_cast<int>(kSeries) - 1));
    Q_EMIT sampled();
}

void LoadModel::clear() {
    last_.reset();
    seconds_ = 0;
    steps_.clear();
    for (QList<double>& values : values_) {
        values.clear();
    }
    Q_EMIT dataChanged(index(0), index(static_cast<int>(kSeries) - 1));
    Q_EMIT sampled();
}

}  // namespace tikgok
