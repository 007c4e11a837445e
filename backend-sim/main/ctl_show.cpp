// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/ctl_show.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <charconv>
#include <cstdio>
#include <system_error>

namespace tikgok::sim {

namespace json = boost::json;

void showAnswer(const json::value& value, const std::string& indent) {
    const auto plain = [](const json::value& each) {
        if (each.is_double()) {  // "3000", not the "3E3" of JSON
            std::array<char, 400> text{};
            const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), each.get_double(),
                                                    std::chars_format::fixed);
            return std::string(text.data(), error == std::errc() ? end : text.data());
        }
        return each.is_string() ? std::string(each.get_string()) : json::serialize(each);
    };
    if (!value.is_object()) {
        std::printf("%s%s\n", indent.c_str(), plain(value).c_str());
        return;
    }
    for (const auto& [key, member] : value.get_object()) {
        const std::string name(key);
        if (member.is_object()) {
            std::printf("%s%s:\n", indent.c_str(), name.c_str());
            showAnswer(member, indent + "  ");
        } else if (member.is_array()) {
            std::printf("%s%s: %zu\n", indent.c_str(), name.c_str(), member.get_array().size());
            for (const json::value& each : member.get_array()) {
                std::string line;
                if (each.is_object()) {
                    for (const auto& [column, cell] : each.get_object()) {
                        line += (line.empty() ? "" : "  ") + std::string(column) + "=" + plain(cell);
                    }
                } else {
                    line = plain(each);
                }
                std::printf("%s  %s\n", indent.c_str(), line.c_str());
            }
        } else {
            std::printf("%s%s: %s\n", indent.c_str(), name.c_str(), plain(member).c_str());
        }
    }
}

}  // namespace tikgok::sim
