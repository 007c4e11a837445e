// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which bytes of a file are there: ranges [from, to) that neither touch nor overlap.
#pragma once

#include <QJsonArray>
#include <QtGlobal>

#include <map>
#include <optional>

namespace tikgok {

class ByteRanges {
public:
    // Nothing happens when `to` is not behind `from`.
    void add(qint64 from, qint64 to);
    void clear() { ranges_.clear(); }

    // The end of the range that holds `at`; `at` itself when none does.
    [[nodiscard]] qint64 endFrom(qint64 at) const;
    // The start of the first range behind `at`, or nothing.
    [[nodiscard]] std::optional<qint64> nextStart(qint64 at) const;
    // Behind the last byte that is there.
    [[nodiscard]] qint64 end() const { return ranges_.empty() ? 0 : ranges_.rbegin()->second; }
    [[nodiscard]] qint64 total() const;
    [[nodiscard]] bool isEmpty() const { return ranges_.empty(); }
    [[nodiscard]] bool covers(qint64 size) const { return size >= 0 && endFrom(0) >= size; }

    // As texts: a JSON number may be read as a double.
    [[nodiscard]] QJsonArray toJson() const;
    // Nothing when it makes no sense for a file of `size` bytes (negative: of any size).
    static std::optional<ByteRanges> fromJson(const QJsonArray& json, qint64 size);

    bool operator==(const ByteRanges&) const = default;

private:
    std::map<qint64, qint64> ranges_;  // from -> to
};

}  // namespace tikgok
