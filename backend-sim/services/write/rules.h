// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What each write comes to: the rules that need the newest state.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/ids.h"
#include "backend-sim/services/write/commands.h"
#include "backend-sim/services/write/state.h"

#include <vector>

namespace tikgok::sim {

// Used by one thread.
class Rules {
public:
    // What is decided goes into `draft` and to the end of `changes`, with ids and times: applying it later
    // needs no more decisions.
    Rules(DraftState& draft, const Clock& clock, IdGenerator& ids, std::vector<Change>& changes)
        : draft_(draft), clock_(clock), ids_(ids), changes_(changes) {}

    // Refused: user already exist.
    Outcome<Id> decide(RegisterUser&& command);
    // The publish time is now, or the first free millisecond after it. Publishing the same id again changes
    // nothing. Refused: user not found.
    Outcome<Id> decide(PublishVideo&& command);
    // Refused: video not found, user not found (the caller is gone). Nothing happens when it is so already.
    Outcome<void> decide(const SetFavorite& command);
    // Refused: video not found, user not found.
    Outcome<CommentRow> decide(AddComment&& command);
    // Refused: video not found; comment not found (also one of another video); permission denied.
    Outcome<void> decide(const DeleteComment& command);
    // Refused: user not found. Following oneself is the caller's mistake.
    Outcome<void> decide(const SetFollow& command);
    // The time is now, or one millisecond after the conversation's newest message. Refused: user not found.
    Outcome<void> decide(SendMessage&& command);

private:
    void keep(Change change);
    // The failure to answer with when the user or video does not exist.
    Outcome<void> need(Id user, Id video = 0) const;

    DraftState& draft_;
    const Clock& clock_;
    IdGenerator& ids_;
    std::vector<Change>& changes_;
};

}  // namespace tikgok::sim
