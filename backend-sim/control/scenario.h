// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A scenario: one JSON file that says what a simulator is like and what happens in it. Data only; described
// in docs/scenario.schema.json.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace tikgok::sim {

struct Scenario {
    struct Account {
        std::string name;
        std::string password;
        // By name.
        std::vector<std::string> follows;
        std::vector<std::string> followedBy;
        std::int64_t tokenAgeMs = 0;
        std::string tokenDamage = "none";
    };
    struct Clock {
        std::optional<std::int64_t> nowMs;
        std::optional<std::int64_t> advanceMs;
        std::optional<std::int64_t> skewMs;
        // Kept as the API takes it.
        boost::json::object scale;
        bool frozen = false;
    };
    struct Inside {
        std::string fault;
        std::optional<std::int64_t> times;
    };
    // What somebody in the world does, or a call of the admin API.
    struct Step {
        enum class Deed : std::uint8_t { SendMessage, Comment, Like, Follow, Publish, Admin };
        Deed deed = Deed::Admin;
        // By the simulator's clock, from the start of the scenario; then again, `times` in all.
        std::int64_t afterMs = 0;
        std::int64_t everyMs = 0;
        std::int64_t times = 1;
        std::string as;
        std::string who;
        std::string text;
        std::string method;
        std::string path;
        boost::json::object body;
        // All of it, as it was read.
        boost::json::object told;
    };

    std::string name;
    std::string title;
    std::string dialect = "standard";
    std::int64_t seed = 1;
    // Empty: the one that is there.
    std::string world;
    Clock clock;
    std::vector<Account> accounts;
    // As PUT /_sim/faults takes them.
    boost::json::array faults;
    std::vector<Inside> inside;
    std::vector<Step> steps;
};

inline constexpr std::int64_t kScenarioFormat = 1;

// The error is a sentence that names the member. Members that nobody knows are errors.
std::expected<Scenario, std::string> scenarioFrom(const boost::json::object& body);

}  // namespace tikgok::sim
