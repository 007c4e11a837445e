// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulator/load_sample.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace tikgok {

namespace {

// The value of a label; empty when there is none. Values that are looked at hold no escaped quotes.
QByteArray labelIn(const QByteArray& line, const char* name) {
    const QByteArray begin = QByteArray(name) + "=\"";
    const qsizetype at = line.indexOf(begin);
    if (at < 0) {
        return {};
    }
    const qsizetype from = at + begin.size();
    return line.mid(from, line.indexOf('"', from) - from);
}

bool isOwn(const QByteArray& line) {
    const QByteArray route = labelIn(line, "route");
    return route == "/metrics" || route.startsWith("/_sim");
}

}  // namespace

LoadSample loadSampleFrom(const QByteArray& page) {
    constexpr int kFirstFailure = 400;
    LoadSample sample;
    std::map<double, double> buckets;
    for (const QByteArray& line : page.split('\n')) {
        const qsizetype space = line.lastIndexOf(' ');
        if (space <= 0 || line.startsWith('#')) {
            continue;
        }
        bool good = false;
        const double value = line.mid(space + 1).trimmed().toDouble(&good);
        if (!good) {
            continue;
        }
        const QByteArray name = line.left(std::min(space, line.indexOf('{') < 0 ? space : line.indexOf('{')));
        if (name == "tikgok_http_requests_total" && !isOwn(line)) {
            sample.requests += value;
            // A connection that a fault ended is a failure, whatever the server had to say.
            const QByteArray cut = labelIn(line, "cut");
            const bool failed =
                labelIn(line, "status").toInt() >= kFirstFailure || cut == "close" || cut == "reset";
            sample.failures += failed ? value : 0;
        } else if (name == "tikgok_http_request_duration_seconds_bucket" && !isOwn(line)) {
            const QByteArray bound = labelIn(line, "le");
            buckets[bound == "+Inf" ? std::numeric_limits<double>::infinity() : bound.toDouble()] += value;
        } else if (name == "tikgok_queue_depth" || name == "tikgok_consumer_lag") {
            sample.writesWaiting += value;
        } else if (name == "tikgok_upload_queue_depth") {
            sample.uploadsWaiting = value;
        } else if (name == "tikgok_http_connections") {
            sample.connections = value;
        }
    }
    for (const auto& [bound, count] : buckets) {
        sample.spent.append({bound, count});
    }
    return sample;
}

double spentBetween(const LoadSample& before, const LoadSample& now, double quantile) {
    if (now.spent.isEmpty() || before.spent.size() != now.spent.size()) {
        return 0;
    }
    const double all = now.spent.constLast().second - before.spent.constLast().second;
    if (all <= 0) {
        return 0;
    }
    constexpr double kMsPerSecond = 1000;
    double last = 0;
    for (qsizetype i = 0; i < now.spent.size(); ++i) {
        const double bound = now.spent.at(i).first;
        if (now.spent.at(i).second - before.spent.at(i).second >= quantile * all) {
            return (std::isinf(bound) ? last : bound) * kMsPerSecond;
        }
        last = bound;
    }
    return last * kMsPerSecond;
}

}  // namespace tikgok
