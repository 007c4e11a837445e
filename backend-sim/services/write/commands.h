// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The writes of the contract as values, and where they are handed in.
#pragma once

#include "backend-sim/ports/repositories.h"
#include "backend-sim/services/context.h"

#include <string>

namespace tikgok::sim {

// Texts have been checked; what needs the newest state (is the name free, does the video exist, whose comment
// is it) is checked by the writer, as far as the command asks for it: a dialect may not (see Policy).
//
// interest: a command that the writer has not taken when nobody waits for it any more is not applied; the
// answer is service err.
//
// checkTargets: users and videos that the command names must exist. Otherwise any id is taken, the caller's
// own too.

struct RegisterUser {
    using Result = Id;
    std::string name;
    std::string passwordHash;
    std::string avatarKey;
    std::string backgroundKey;
    std::string signature;
    Interest interest{};
};

struct PublishVideo {
    using Result = Id;
    // Taken from the id generator before, since the files are named after it.
    Id id = 0;
    Id author = 0;
    std::string title;
    std::string playKey;
    std::string coverKey;
    bool operator==(const PublishVideo&) const = default;
};

struct SetFavorite {
    using Result = void;
    Id user = 0;
    Id video = 0;
    bool on = false;
    bool checkTargets = true;
    Interest interest{};
};

struct AddComment {
    using Result = CommentRow;
    Id user = 0;
    Id video = 0;
    std::string text;
    bool checkTargets = true;
    Interest interest{};
};

struct DeleteComment {
    using Result = void;
    Id user = 0;
    Id video = 0;
    Id comment = 0;
    bool checkTargets = true;
    // It must be the user's own, and belong to the video.
    bool checkOwner = true;
    Interest interest{};
};

struct SetFollow {
    using Result = void;
    Id follower = 0;
    Id followed = 0;
    bool on = false;
    bool checkTargets = true;
    Interest interest{};
};

struct SendMessage {
    using Result = void;
    Id from = 0;
    // Also oneself: whether that is fine is the caller's to know.
    Id to = 0;
    std::string text;
    bool checkTargets = true;
    // Milliseconds from now to the time that the message carries.
    std::int64_t delay = 0;
    Interest interest{};
};

// The write was not even looked at: the queue is full, or the disk. The client may send it again.
inline constexpr contract::Failure kTurnedAway{contract::kServiceErr.code, contract::kServiceErr.message, 1};

// Takes one kind of write. What a service asks for in its constructor.
template <class Command>
class Submit {
public:
    virtual ~Submit() = default;
    // Any thread. `done` is called when the write is durable and can be read, or has failed: service err when
    // the store fails or the writer is closed, kTurnedAway when there is no room for it.
    virtual void submit(Command command, Done<typename Command::Result> done) = 0;
};

}  // namespace tikgok::sim
