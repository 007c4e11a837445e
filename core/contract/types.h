// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The nouns of the wire, as plain values. Shared by the client and the simulator.
//
// Units and ranges: ids are 64-bit and positive, 0 means "none". Times are Unix epoch values whose unit is
// the server's (ours: milliseconds); a client never does arithmetic on them. Texts are UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tikgok::contract {

using Id = std::int64_t;

struct User {
    Id id = 0;
    std::string name;
    std::int64_t followCount = 0;
    std::int64_t followerCount = 0;
    // Whether the caller follows this user. False without a token and for oneself.
    bool isFollow = false;
    std::string avatar;
    std::string backgroundImage;
    std::string signature;
    // Likes received on all works.
    std::int64_t totalFavorited = 0;
    std::int64_t workCount = 0;
    // Likes given.
    std::int64_t favoriteCount = 0;

    bool operator==(const User&) const = default;
};

struct Video {
    Id id = 0;
    User author;
    // Absolute URLs.
    std::string playUrl;
    std::string coverUrl;
    std::int64_t favoriteCount = 0;
    std::int64_t commentCount = 0;
    // Whether the caller likes it. False without a token.
    bool isFavorite = false;
    std::string title;

    bool operator==(const Video&) const = default;
};

struct Comment {
    Id id = 0;
    User user;
    std::string content;
    // "MM-dd" from our server; other servers send other forms, see contract.md section 5, row 14.
    std::string createDate;

    bool operator==(const Comment&) const = default;
};

// Which way the newest message of a conversation went, seen from the caller.
enum class MessageDirection : std::int64_t { Received = 0, Sent = 1 };

struct FriendUser {
    User user;
    // Newest message between the caller and this friend. Empty when there is none.
    std::string message;
    MessageDirection direction = MessageDirection::Received;

    bool operator==(const FriendUser&) const = default;
};

struct Message {
    Id id = 0;
    Id toUserId = 0;
    Id fromUserId = 0;
    std::string content;
    std::int64_t createTime = 0;

    bool operator==(const Message&) const = default;
};

// The two values of every `action_type` of the contract: like/unlike, follow/unfollow, add/delete.
enum class Action : std::int8_t { Do = 1, Undo = 2 };

}  // namespace tikgok::contract
