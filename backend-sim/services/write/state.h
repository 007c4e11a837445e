// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the rules for writes must know of the newest state: that which is shown to readers, and what the batch
// at hand has decided on top of it.
#pragma once

#include "backend-sim/ports/repositories.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tikgok::sim {

// Answers at once, from memory.
class WriteState {
public:
    struct CommentPlace {
        Id user = 0;
        Id video = 0;
    };

    virtual ~WriteState() = default;
    [[nodiscard]] virtual bool userExists(Id user) const = 0;
    [[nodiscard]] virtual bool nameTaken(std::string_view name) const = 0;
    [[nodiscard]] virtual bool videoExists(Id video) const = 0;
    [[nodiscard]] virtual bool publishTimeTaken(std::int64_t time) const = 0;
    [[nodiscard]] virtual bool likes(Id user, Id video) const = 0;
    [[nodiscard]] virtual bool follows(Id follower, Id followed) const = 0;
    [[nodiscard]] virtual std::optional<CommentPlace> comment(Id comment) const = 0;
    // Time of the newest message between the two, or nothing.
    [[nodiscard]] virtual std::optional<std::int64_t> newestMessage(Id one, Id other) const = 0;
};

// Asks a store that lives in memory.
class StoreState final : public WriteState {
public:
    explicit StoreState(Store& store) : store_(store) {}
    [[nodiscard]] bool userExists(Id user) const override;
    [[nodiscard]] bool nameTaken(std::string_view name) const override;
    [[nodiscard]] bool videoExists(Id video) const override;
    [[nodiscard]] bool publishTimeTaken(std::int64_t time) const override;
    [[nodiscard]] bool likes(Id user, Id video) const override;
    [[nodiscard]] bool follows(Id follower, Id followed) const override;
    [[nodiscard]] std::optional<CommentPlace> comment(Id comment) const override;
    [[nodiscard]] std::optional<std::int64_t> newestMessage(Id one, Id other) const override;

private:
    Store& store_;
};

// A state with changes on top that nobody else sees yet. Used by one thread.
class DraftState final : public WriteState {
public:
    explicit DraftState(const WriteState& below) : below_(below) {}
    void add(const Change& change);
    // The changes have reached the state below, or never will.
    void clear();

    [[nodiscard]] bool userExists(Id user) const override;
    [[nodiscard]] bool nameTaken(std::string_view name) const override;
    [[nodiscard]] bool videoExists(Id video) const override;
    [[nodiscard]] bool publishTimeTaken(std::int64_t time) const override;
    [[nodiscard]] bool likes(Id user, Id video) const override;
    [[nodiscard]] bool follows(Id follower, Id followed) const override;
    [[nodiscard]] std::optional<CommentPlace> comment(Id comment) const override;
    [[nodiscard]] std::optional<std::int64_t> newestMessage(Id one, Id other) const override;

private:
    using Pair = std::pair<Id, Id>;

    const WriteState& below_;
    boost::unordered_flat_set<Id> users_;
    boost::unordered_flat_set<std::string> names_;
    boost::unordered_flat_set<Id> videos_;
    boost::unordered_flat_set<std::int64_t> publishTimes_;
    boost::unordered_flat_map<Pair, bool> likes_;
    boost::unordered_flat_map<Pair, bool> follows_;
    // Nothing: deleted.
    boost::unordered_flat_map<Id, std::optional<CommentPlace>> comments_;
    boost::unordered_flat_map<Pair, std::int64_t> messages_;
};

}  // namespace tikgok::sim
