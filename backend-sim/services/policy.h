// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the services do differently in each dialect (contract.md, section 9), as data. Everything that is only
// about the wire (names of members, null or [], units of the answers, words of errors) is the gateway's and
// not in here.
#pragma once

#include "backend-sim/services/dialect_name.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tikgok::sim {

// The defaults are the dialect `standard`. Policies are constants that live for ever, so that work which
// outlives its request (hashing, uploads, queued writes) may keep a pointer.
struct Policy {
    // --- texts: names, passwords, titles, comments, messages

    // How the limits of the contract are counted. Unlimited takes empty texts, too.
    enum class Measure : std::uint8_t { Characters, Bytes, Unlimited };
    Measure measure = Measure::Characters;
    // Comments have their limits; otherwise every text is taken, an empty one as well.
    bool checkCommentText = true;

    // --- people

    // "Bob" is "bob" when registering and signing in: ASCII letters only, as far as the case goes.
    bool foldNames = false;
    // What UserService::user() shows for id 0: the caller, or the user with the lowest id.
    bool zeroIsFirstUser = false;
    // Signature of a new user.
    std::string_view newcomerSignature;

    // --- what must exist, and whose it must be

    // Writes need an existing video or user, and lists an existing owner or video. Otherwise writes take any
    // id, lists of what does not exist are empty, a user who does not exist is shown with every member zero
    // (id included), and a list of favorites with a video that does not exist fails with
    // kInteractionRpc. The caller is never checked again then, either.
    bool checkTargets = true;
    // Only the author deletes a comment, and only under the video it belongs to.
    bool checkOwner = true;
    // Oneself is no partner for a message.
    bool refuseSelfMessage = true;

    // --- times and orders

    // Of latest_time and pre_msg_time. BySize: told by the magnitude. What services answer is always in
    // milliseconds.
    enum class TimeInput : std::uint8_t { BySize, Nanoseconds };
    TimeInput timeInput = TimeInput::BySize;
    // The video published exactly at latest_time is part of the page.
    bool feedInclusive = false;
    // Videos on a page of the feed. 0: as configured.
    std::size_t feedPage = 0;
    // Followed, followers and friends by ascending id, not latest first.
    bool peopleById = false;
    // pre_msg_time is an upper bound: messages strictly before it, newest first, none for 0 and below.
    // Otherwise strictly after it, oldest first, all for 0.
    bool chatBefore = false;
    // A message carries the time at which a consumer stores it, this long after the answer, and is seen by
    // nobody before.
    std::chrono::milliseconds messageDelay{0};
    enum class CommentDate : std::uint8_t { MonthAndDay, NanosecondDigits };
    CommentDate commentDate = CommentDate::MonthAndDay;

    // --- uploads

    // The suffix of the file's name must be one of the contract's.
    bool checkSuffix = true;
    // What is not a video is refused. Otherwise nobody looks inside before the answer.
    bool sniffContent = true;
    // The answer waits until the video is in the lists and its media can be fetched.
    bool publishWaits = true;
    // Media answer 404 for this long after publish.
    std::chrono::milliseconds mediaDelay{0};
    // Of the pictures that are made of uploads: jpg or png.
    std::string_view coverSuffix = "jpg";
};

inline constexpr Policy kStandardPolicy{};

// The reference server.
inline constexpr Policy kTikgokPolicy{
    .measure = Policy::Measure::Bytes,
    .checkCommentText = false,
    .foldNames = true,
    .zeroIsFirstUser = true,
    .newcomerSignature = "default signature",
    .checkTargets = false,
    .checkOwner = false,
    .refuseSelfMessage = false,
    .timeInput = Policy::TimeInput::Nanoseconds,
    .feedInclusive = true,
    .feedPage = 10,
    .peopleById = true,
    .chatBefore = true,
    .messageDelay = std::chrono::milliseconds{150},
    .commentDate = Policy::CommentDate::NanosecondDigits,
    .checkSuffix = true,
    .sniffContent = false,
    .publishWaits = false,
    .mediaDelay = std::chrono::milliseconds{2000},
    .coverSuffix = "png",
};

// The official demo server. Most of its answers are fixed and never reach a service.
inline constexpr Policy kDemoPolicy{
    .measure = Policy::Measure::Unlimited,
    .checkCommentText = false,
    .foldNames = false,
    .zeroIsFirstUser = false,
    .newcomerSignature = {},
    .checkTargets = false,
    .checkOwner = false,
    .refuseSelfMessage = false,
    .timeInput = Policy::TimeInput::BySize,
    .feedInclusive = false,
    .feedPage = 1,
    .peopleById = false,
    .chatBefore = false,
    .messageDelay = std::chrono::milliseconds{0},
    .commentDate = Policy::CommentDate::MonthAndDay,
    .checkSuffix = false,
    .sniffContent = false,
    .publishWaits = true,
    .mediaDelay = std::chrono::milliseconds{0},
    .coverSuffix = "jpg",
};

// Of a dialect.
constexpr const Policy& policyOf(DialectName dialect) {
    switch (dialect) {
        case DialectName::Tikgok:
            return kTikgokPolicy;
        case DialectName::Demo:
            return kDemoPolicy;
        case DialectName::Standard:
            break;
    }
    return kStandardPolicy;
}

}  // namespace tikgok::sim
