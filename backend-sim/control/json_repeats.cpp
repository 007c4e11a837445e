// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/json_repeats.h"

#include <boost/json/basic_parser_impl.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <vector>

namespace tikgok::sim {

namespace {

using Error = boost::system::error_code;
using View = boost::json::string_view;

// As the parser wants it: told of everything, keeps the names of the objects that are open.
struct MemberNames {
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size;
    static constexpr std::size_t max_string_size = max_object_size;

    std::vector<std::set<std::string>> open;
    std::string name;
    std::optional<std::string> repeated;

    bool on_object_begin(Error& /*error*/) {
        open.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t /*count*/, Error& /*error*/) {
        open.pop_back();
        return true;
    }
    bool on_key_part(View part, std::size_t /*length*/, Error& /*error*/) {
        name.append(part.data(), part.size());
        return true;
    }
    bool on_key(View part, std::size_t /*length*/, Error& /*error*/) {
        name.append(part.data(), part.size());
        if (!open.back().insert(name).second && !repeated) {
            repeated = name;
        }
        name.clear();
        return true;
    }

    static bool on_document_begin(Error& /*error*/) { return true; }
    static bool on_document_end(Error& /*error*/) { return true; }
    static bool on_array_begin(Error& /*error*/) { return true; }
    static bool on_array_end(std::size_t /*count*/, Error& /*error*/) { return true; }
    static bool on_string_part(View /*part*/, std::size_t /*length*/, Error& /*error*/) { return true; }
    static bool on_string(View /*part*/, std::size_t /*length*/, Error& /*error*/) { return true; }
    static bool on_number_part(View /*part*/, Error& /*error*/) { return true; }
    static bool on_int64(std::int64_t /*number*/, View /*text*/, Error& /*error*/) { return true; }
    static bool on_uint64(std::uint64_t /*number*/, View /*text*/, Error& /*error*/) { return true; }
    static bool on_double(double /*number*/, View /*text*/, Error& /*error*/) { return true; }
    static bool on_bool(bool /*value*/, Error& /*error*/) { return true; }
    static bool on_null(Error& /*error*/) { return true; }
    static bool on_comment_part(View /*part*/, Error& /*error*/) { return true; }
    static bool on_comment(View /*part*/, Error& /*error*/) { return true; }
};

}  // namespace

std::optional<std::string> repeatedMember(std::string_view text) {
    boost::json::basic_parser<MemberNames> parser{boost::json::parse_options()};
    Error error;
    parser.write_some(false, text.data(), text.size(), error);
    return error ? std::nullopt : std::move(parser.handler().repeated);
}

}  // namespace tikgok::sim
