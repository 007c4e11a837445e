// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What each write does to a store: the rules that need the newest state.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/ids.h"
#include "backend-sim/services/write/commands.h"

#include <vector>

namespace tikgok::sim {

// The verdict on a write, or the store's failure, after which nothing of it may be kept.
template <class Command>
using Verdict = StoreResult<Outcome<typename Command::Result>>;

// Used by one thread, within a unit of work of `store`.
class Rules {
public:
    // What was done is appended to `changes`, to be replayed on other stores.
    Rules(Store& store, const Clock& clock, IdGenerator& ids, std::vector<Change>& changes)
        : store_(store), clock_(clock), ids_(ids), changes_(changes) {}

    // Refused: user already exist.
    Verdict<RegisterUser> apply(const RegisterUser& command);
    // The publish time is now, or the first free millisecond after it. Nothing happens when there is a video
    // with this id already. Refused: user not found.
    Verdict<PublishVideo> apply(const PublishVideo& command);
    // Refused: video not found, user not found (the caller is gone). Nothing happens when it is so already.
    Verdict<SetFavorite> apply(const SetFavorite& command);
    // Refused: video not found, user not found.
    Verdict<AddComment> apply(const AddComment& command);
    // Refused: video not found; comment not found (also one of another video); permission denied.
    Verdict<DeleteComment> apply(const DeleteComment& command);
    // Refused: user not found. Following oneself is the caller's mistake.
    Verdict<SetFollow> apply(const SetFollow& command);
    // The time is now, or one millisecond after the conversation's newest message. Refused: user not found.
    Verdict<SendMessage> apply(const SendMessage& command);

private:
    StoreResult<void> keep(Change change);
    // Nothing when all is well; the failure to answer with when the user or video does not exist.
    StoreResult<Outcome<void>> need(Id user, Id video = 0);

    Store& store_;
    const Clock& clock_;
    IdGenerator& ids_;
    std::vector<Change>& changes_;
};

}  // namespace tikgok::sim
