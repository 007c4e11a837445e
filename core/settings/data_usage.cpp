// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/data_usage.h"

#include <QDate>

#include <numeric>
#include <utility>

namespace tikgok {

namespace {

constexpr int kShowAfterMs = 500;
// A crash loses at most this much of the month.
constexpr int kSaveAfterMs = 20'000;

}  // namespace

QString DataUsage::thisMonth() {
    return QDate::currentDate().toString(QStringLiteral("yyyy-MM"));
}

DataUsage::DataUsage(UsageStore& store, Month month, QObject* parent)
    : QObject(parent), store_(store), monthNow_(std::move(month)), totals_(store_.usage()) {
    if (totals_.month != monthNow_()) {
        totals_ = {.month = monthNow_()};
    }
    soon_.setSingleShot(true);
    soon_.setInterval(kShowAfterMs);
    connect(&soon_, &QTimer::timeout, this, &DataUsage::collect);
    saving_.setSingleShot(true);
    saving_.setInterval(kSaveAfterMs);
    connect(&saving_, &QTimer::timeout, this, &DataUsage::save);
}

DataUsage::~DataUsage() {
    collect();
    save();
}

void DataUsage::add(Traffic kind, std::int64_t bytes) {
    if (bytes <= 0) {
        return;
    }
    fresh_[static_cast<std::size_t>(kind)].fetch_add(bytes, std::memory_order_relaxed);
    if (!announced_.exchange(true)) {
        QMetaObject::invokeMethod(this, [this] { soon_.start(); }, Qt::QueuedConnection);
    }
}

void DataUsage::collect() {
    announced_ = false;
    std::int64_t all = 0;
    if (const QString now = monthNow_(); now != totals_.month) {
        totals_ = {.month = now};
    }
    for (std::size_t kind = 0; kind < kTrafficKinds; ++kind) {
        const std::int64_t bytes = fresh_[kind].exchange(0, std::memory_order_relaxed);
        totals_.bytes[kind] += bytes;
        all += bytes;
    }
    if (all == 0) {
        return;
    }
    sinceStart_ += all;
    if (!saving_.isActive()) {
        saving_.start();
    }
    Q_EMIT changed();
}

void DataUsage::save() {
    saving_.stop();
    if (store_.usage() != totals_) {
        store_.setUsage(totals_);
    }
}

double DataUsage::month() const {
    return static_cast<double>(std::accumulate(totals_.bytes.begin(), totals_.bytes.end(), std::int64_t{0}));
}

double DataUsage::of(Traffic kind) const {
    return static_cast<double>(totals_.bytes[static_cast<std::size_t>(kind)]);
}

void DataUsage::reset() {
    collect();
    totals_ = {.month = monthNow_()};
    save();
    Q_EMIT changed();
}

}  // namespace tikgok
