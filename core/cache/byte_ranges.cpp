// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/byte_ranges.h"

#include <algorithm>
#include <iterator>

namespace tikgok {

void ByteRanges::add(qint64 from, qint64 to) {
    if (to <= from) {
        return;
    }
    auto at = ranges_.upper_bound(from);
    if (at != ranges_.begin() && std::prev(at)->second >= from) {
        at = std::prev(at);
    }
    while (at != ranges_.end() && at->first <= to) {
        from = std::min(from, at->first);
        to = std::max(to, at->second);
        at = ranges_.erase(at);
    }
    ranges_.emplace(from, to);
}

qint64 ByteRanges::endFrom(qint64 at) const {
    const auto behind = ranges_.upper_bound(at);
    if (behind == ranges_.begin()) {
        return at;
    }
    return std::max(at, std::prev(behind)->second);
}

std::optional<qint64> ByteRanges::nextStart(qint64 at) const {
    const auto behind = ranges_.upper_bound(at);
    return behind == ranges_.end() ? std::nullopt : std::optional(behind->first);
}

qint64 ByteRanges::total() const {
    qint64 sum = 0;
    for (const auto& [from, to] : ranges_) {
        sum += to - from;
    }
    return sum;
}

QJsonArray ByteRanges::toJson() const {
    QJsonArray json;
    for (const auto& [from, to] : ranges_) {
        json.append(QString::number(from));
        json.append(QString::number(to));
    }
    return json;
}

std::optional<ByteRanges> ByteRanges::fromJson(const QJsonArray& json, qint64 size) {
    ByteRanges ranges;
    if (json.size() % 2 != 0) {
        return std::nullopt;
    }
    for (qsizetype i = 0; i < json.size(); i += 2) {
        bool fromFine = false;
        bool toFine = false;
        const qint64 from = json.at(i).toString().toLongLong(&fromFine);
        const qint64 to = json.at(i + 1).toString().toLongLong(&toFine);
        if (!fromFine || !toFine || from < 0 || to <= from || (size >= 0 && to > size)) {
            return std::nullopt;
        }
        ranges.add(from, to);
    }
    return ranges;
}

}  // namespace tikgok
