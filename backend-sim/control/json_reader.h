// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reads the members of an object that somebody else wrote, and keeps the first thing that is wrong with it.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace tikgok::sim {

// A value of another type, or out of its range, reads as nothing and is a problem. `object` and `problem`
// must outlive the reader.
class JsonReader {
public:
    // `where`: for people, "limits.ramp".
    JsonReader(const boost::json::object& object, std::string where, std::string& problem)
        : object_(&object), where_(std::move(where)), problem_(&problem) {}

    [[nodiscard]] bool has(std::string_view name) const { return object_->contains(name); }
    [[nodiscard]] bool isText(std::string_view name) const {
        const auto* const value = object_->if_contains(name);
        return value != nullptr && value->is_string();
    }

    std::optional<std::string> text(std::string_view name) {
        const auto* const value = look(name);
        if (value == nullptr) {
            return std::nullopt;
        }
        require(name, value->is_string(), "a text");
        return value->is_string() ? std::optional(std::string(value->get_string())) : std::nullopt;
    }
    std::optional<bool> flag(std::string_view name) {
        const auto* const value = look(name);
        if (value == nullptr) {
            return std::nullopt;
        }
        require(name, value->is_bool(), "true or false");
        return value->is_bool() ? std::optional(value->get_bool()) : std::nullopt;
    }
    std::optional<std::int64_t> integer(std::string_view name, std::int64_t least, std::int64_t most) {
        const auto* const value = look(name);
        if (value == nullptr) {
            return std::nullopt;
        }
        const bool good = value->is_int64() && value->get_int64() >= least && value->get_int64() <= most;
        require(name, good, "an integer from " + std::to_string(least) + " to " + std::to_string(most));
        return good ? std::optional(value->get_int64()) : std::nullopt;
    }
    std::optional<double> real(std::string_view name, double least, double most) {
        const auto* const value = look(name);
        if (value == nullptr) {
            return std::nullopt;
        }
        const double number = value->is_number() ? value->to_number<double>() : least - 1;
        const bool good = number >= least && number <= most;
        require(name, good, "a number from " + std::to_string(least) + " to " + std::to_string(most));
        return good ? std::optional(number) : std::nullopt;
    }
    const boost::json::array* array(std::string_view name) {
        const auto* const value = look(name);
        require(name, value == nullptr || value->is_array(), "a list");
        return value != nullptr && value->is_array() ? &value->get_array() : nullptr;
    }
    std::optional<JsonReader> object(std::string_view name) {
        const auto* const value = look(name);
        require(name, value == nullptr || value->is_object(), "an object");
        return value != nullptr && value->is_object()
                   ? std::optional(JsonReader(value->get_object(), path(name), *problem_))
                   : std::nullopt;
    }

    void require(std::string_view name, bool good, std::string_view wanted) {
        if (!good && problem_->empty()) {
            *problem_ = "'" + path(name) + "' must be " + std::string(wanted) + ".";
        }
    }
    void ignore(std::string_view name) { known_.insert(std::string(name)); }
    // After the last member: what was not asked for is not known.
    void done() {
        for (const auto& [name, value] : *object_) {
            if (!known_.contains(std::string(name)) && problem_->empty()) {
                *problem_ = "'" + path(name) + "' is not known here.";
            }
        }
    }

private:
    const boost::json::value* look(std::string_view name) {
        known_.insert(std::string(name));
        return object_->if_contains(name);
    }
    [[nodiscard]] std::string path(std::string_view name) const {
        return where_.empty() ? std::string(name) : where_ + "." + std::string(name);
    }

    const boost::json::object* object_;
    std::string where_;
    std::string* problem_;
    std::set<std::string> known_;
};

}  // namespace tikgok::sim
