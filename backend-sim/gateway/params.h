// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The parameters of a request, from wherever they came.
#pragma once

#include "core/contract/types.h"

#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

// Undoes %XX (and, in queries and forms, '+'). Nothing for a broken escape.
std::optional<std::string> percentDecode(std::string_view text, bool plusIsSpace);

// Sources are added in order of precedence; the first source that has a name wins, and within it the first
// occurrence. Views given to it must outlive it.
class Params {
public:
    // Says whether a source gives a parameter; what it does not give is as if it were not there.
    using Wanted = std::function<bool(std::string_view name)>;

    // A query or an urlencoded form.
    void addUrlEncoded(std::string_view text, const Wanted& wanted = {});
    // Decoded already.
    void addField(std::string name, std::string value);
    // A flat JSON object. A value that is neither text nor number nor null spoils its name. False for
    // anything that is not a JSON object.
    bool addJson(std::string_view text, const Wanted& wanted = {});
    void clear();

    // From now on integers are decimal digits with an optional sign, and never texts of a JSON body.
    void beStrict() { strict_ = true; }

    // Too many parameters, or a body that is not what it says: every look-up would be a guess.
    [[nodiscard]] bool spoiled() const { return spoiled_; }
    void spoil() { spoiled_ = true; }

    // The first token that is not empty; broken ones count as text that is not a token. Never from JSON.
    [[nodiscard]] std::string_view token() const;

    struct Bad {};
    // Absent: nothing. Bad: a broken escape or invalid UTF-8.
    [[nodiscard]] std::expected<std::optional<std::string_view>, Bad> text(std::string_view name) const;
    // Absent: nothing. Bad: empty, or not an exact 64-bit integer.
    [[nodiscard]] std::expected<std::optional<std::int64_t>, Bad> integer(std::string_view name) const;

private:
    // A number of a JSON body is no text; a text of one may be an integer.
    enum class Kind : std::uint8_t { Plain, JsonText, JsonNumber, JsonFraction };
    struct Entry {
        std::string_view name;
        std::string_view value;
        bool valid = true;
        Kind kind = Kind::Plain;
    };

    static bool isPlainInteger(const Entry& entry);
    std::string_view keep(std::string text);
    bool push(const Entry& entry);
    [[nodiscard]] const Entry* find(std::string_view name) const;

    std::vector<Entry> entries_;
    // Decoded texts; a deque, so that views stay good.
    std::deque<std::string> kept_;
    bool spoiled_ = false;
    bool strict_ = false;
};

}  // namespace tikgok::sim
