// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/params.h"

#include "core/contract/text.h"

#include <boost/json.hpp>

#include <array>
#include <charconv>

namespace tikgok::sim {

namespace {

// No request of the contract has more than a handful.
constexpr std::size_t kMaxParams = 128;
constexpr std::size_t kMaxJsonDepth = 8;

int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

}  // namespace

std::optional<std::string> percentDecode(std::string_view text, bool plusIsSpace) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '+' && plusIsSpace) {
            out += ' ';
        } else if (c == '%') {
            const int high = at + 2 < text.size() ? hexDigit(text[at + 1]) : -1;
            const int low = at + 2 < text.size() ? hexDigit(text[at + 2]) : -1;
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            out += static_cast<char>(high * 16 + low);
            at += 2;
        } else {
            out += c;
        }
    }
    return out;
}

bool Params::isPlainInteger(const Entry& entry) {
    std::string_view digits = entry.value;
    if (digits.starts_with('-') || digits.starts_with('+')) {
        digits.remove_prefix(1);
    }
    return (entry.kind == Kind::Plain || entry.kind == Kind::JsonNumber) &&
           digits.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view Params::keep(std::string text) {
    return kept_.emplace_back(std::move(text));
}

bool Params::push(const Entry& entry) {
    if (entries_.size() >= kMaxParams) {
        spoiled_ = true;
        return false;
    }
    entries_.push_back(entry);
    return true;
}

void Params::addUrlEncoded(std::string_view text, const Wanted& wanted) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) {
            continue;
        }
        const std::size_t equals = pair.find('=');
        Entry entry{pair.substr(0, equals),
                    equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1)};
        for (std::string_view* part : {&entry.name, &entry.value}) {
            if (part->find_first_of("%+") == std::string_view::npos) {
                continue;
            }
            if (auto decoded = percentDecode(*part, true)) {
                *part = keep(std::move(*decoded));
            } else {
                entry.valid = false;
            }
        }
        if (wanted && !wanted(entry.name)) {
            continue;
        }
        if (!push(entry)) {
            return;
        }
    }
}

void Params::addField(std::string name, std::string value) {
    const std::string_view keptName = keep(std::move(name));
    push({keptName, keep(std::move(value))});
}

bool Params::addJson(std::string_view text, const Wanted& wanted) {
    namespace json = boost::json;
    json::parse_options options;
    options.max_depth = kMaxJsonDepth;
    boost::system::error_code error;
    json::monotonic_resource memory;
    const json::value document =
        json::parse(json::string_view(text.data(), text.size()), error, &memory, options);
    if (error || !document.is_object()) {
        return false;
    }
    for (const auto& member : document.get_object()) {
        const json::value& value = member.value();
        if (wanted && !wanted(std::string_view(member.key().data(), member.key().size()))) {
            continue;
        }
        Entry entry{keep(std::string(member.key().data(), member.key().size())), {}};
        entry.kind = Kind::JsonNumber;
        switch (value.kind()) {
            case json::kind::null:
                continue;
            case json::kind::string:
                entry.kind = Kind::JsonText;
                entry.value = keep(std::string(value.get_string().data(), value.get_string().size()));
                break;
            case json::kind::int64:
                entry.value = keep(std::to_string(value.get_int64()));
                break;
            case json::kind::uint64:
                entry.value = keep(std::to_string(value.get_uint64()));
                break;
            case json::kind::double_: {
                // The shortest spelling that means the same double; integral ones are taken as integers.
                std::array<char, 32> digits{};
                const auto [end, problem] =
                    std::to_chars(digits.data(), digits.data() + digits.size(), value.get_double());
                entry.kind = Kind::JsonFraction;
                entry.valid = problem == std::errc();
                entry.value = keep(std::string(digits.data(), end));
                break;
            }
            case json::kind::bool_:
            case json::kind::array:
            case json::kind::object:
                entry.valid = false;
                break;
        }
        if (!push(entry)) {
            break;
        }
    }
    return true;
}

void Params::clear() {
    entries_.clear();
    kept_.clear();
    spoiled_ = false;
    strict_ = false;
}

std::string_view Params::token() const {
    for (const Entry& entry : entries_) {
        if (entry.name == "token" && !entry.value.empty() && entry.kind == Kind::Plain) {
            return entry.value;
        }
    }
    return {};
}

const Params::Entry* Params::find(std::string_view name) const {
    for (const Entry& entry : entries_) {
        if (entry.name == name) {
            return &entry;
        }
    }
    return nullptr;
}

std::expected<std::optional<std::string_view>, Params::Bad> Params::text(std::string_view name) const {
    const Entry* entry = find(name);
    if (entry == nullptr) {
        return std::nullopt;
    }
    const bool number = (entry->kind == Kind::JsonNumber || entry->kind == Kind::JsonFraction);
    if (!entry->valid || number || !contract::characterCount(entry->value)) {
        return std::unexpected(Bad{});
    }
    return entry->value;
}

std::expected<std::optional<std::int64_t>, Params::Bad> Params::integer(std::string_view name) const {
    const Entry* entry = find(name);
    if (entry == nullptr) {
        return std::nullopt;
    }
    const bool readable = entry->valid && (!strict_ || isPlainInteger(*entry));
    const auto value = readable ? contract::parseInteger(entry->value) : std::nullopt;
    if (!value) {
        return std::unexpected(Bad{});
    }
    return value;
}

}  // namespace tikgok::sim
