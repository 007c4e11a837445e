// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/http_date.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace tikgok::sim::http {

namespace {

constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<unsigned> dateNumber(std::string_view digits) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) {
        return std::nullopt;
    }
    return value;
}

}  // namespace

std::string httpDate(std::int64_t second) {
    const std::chrono::sys_seconds time{std::chrono::seconds(second)};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    std::array<char, 48> text{};
    const int length =
        std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                      kDays[std::chrono::weekday(day).c_encoding()].data(), static_cast<unsigned>(date.day()),
                      kMonths[static_cast<unsigned>(date.month()) - 1].data(), static_cast<int>(date.year()),
                      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                      static_cast<int>(clock.seconds().count()));
    return std::string(text.data(), static_cast<std::size_t>(length));
}

std::optional<std::int64_t> parseHttpDate(std::string_view text) {
    // Sun, 06 Nov 1994 08:49:37 GMT
    constexpr std::size_t kLength = 29;
    if (text.size() != kLength || text.substr(3, 2) != ", " || text.substr(25) != " GMT" || text[7] != ' ' ||
        text[11] != ' ' || text[16] != ' ' || text[19] != ':' || text[22] != ':') {
        return std::nullopt;
    }
    const auto day = dateNumber(text.substr(5, 2));
    const auto year = dateNumber(text.substr(12, 4));
    const auto hour = dateNumber(text.substr(17, 2));
    const auto minute = dateNumber(text.substr(20, 2));
    const auto second = dateNumber(text.substr(23, 2));
    unsigned month = 0;
    while (month < kMonths.size() && kMonths[month] != text.substr(8, 3)) {
        ++month;
    }
    if (!day || !year || !hour || !minute || !second || month == kMonths.size() || *hour > 23 ||
        *minute > 59 || *second > 60) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                           std::chrono::month(month + 1), std::chrono::day(*day));
    if (!date.ok()) {
        return std::nullopt;
    }
    const auto time = std::chrono::sys_days(date) + std::chrono::hours(*hour) +
                      std::chrono::minutes(*minute) + std::chrono::seconds(*second);
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace tikgok::sim::http
