// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What readers see: the newest state, in memory, joined the way the lists of the contract need it. Narrow
// interfaces, one per reader.
//
// Every call may come from any thread and answers at once. Visitors are called while the model is held for
// reading: they must be quick, must not call back into the model, and must not keep references.
#pragma once

#include "backend-sim/ports/kept_text.h"
#include "backend-sim/ports/repositories.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

// A user as one caller sees them.
struct UserSight {
    const UserRow& user;
    bool followed = false;
    TextPlace kept{};
};

struct VideoSight {
    const VideoRow& video;
    UserSight author;
    bool liked = false;
    TextPlace kept{};
};

struct CommentSight {
    const CommentRow& comment;
    UserSight author;
};

struct FriendSight {
    UserSight user;
    // Newest message between caller and friend, or null.
    const MessageRow* newest = nullptr;
};

struct Credentials {
    Id user = 0;
    std::string passwordHash;
};

template <class Sight>
using Visitor = std::function<void(const Sight&)>;

class UserReader {
public:
    virtual ~UserReader() = default;
    // False when there is no such user.
    virtual bool readUser(Id caller, Id user, const Visitor<UserSight>& visit) const = 0;
    [[nodiscard]] virtual std::optional<Credentials> credentials(std::string_view name) const = 0;
};

class VideoReader {
public:
    virtual ~VideoReader() = default;
    // At most `limit` videos published strictly before `bound`, newest first.
    virtual void readFeed(Id caller, std::int64_t bound, std::size_t limit,
                          const Visitor<VideoSight>& visit) const = 0;
    // Newest first. False when there is no such author.
    virtual bool readPublished(Id caller, Id author, const Visitor<VideoSight>& visit) const = 0;
};

class InteractionReader {
public:
    virtual ~InteractionReader() = default;
    // Latest like first. False when there is no such user.
    virtual bool readFavorites(Id caller, Id user, const Visitor<VideoSight>& visit) const = 0;
    // Newest first. False when there is no such video.
    virtual bool readComments(Id caller, Id video, const Visitor<CommentSight>& visit) const = 0;
};

class SocialityReader {
public:
    virtual ~SocialityReader() = default;
    // Latest follow first. False when there is no such user.
    virtual bool readFollowed(Id caller, Id user, const Visitor<UserSight>& visit) const = 0;
    virtual bool readFollowers(Id caller, Id user, const Visitor<UserSight>& visit) const = 0;
    // Mutual follows of `user`: those with a message from or to the caller first, newest message first; then
    // the others by id.
    virtual bool readFriends(Id caller, Id user, const Visitor<FriendSight>& visit) const = 0;
};

class ChatReader {
public:
    virtual ~ChatReader() = default;
    // Strictly after `after`, oldest first. False when there is no such partner.
    virtual bool readConversation(Id caller, Id with, std::int64_t after,
                                  const Visitor<MessageRow>& visit) const = 0;
};

}  // namespace tikgok::sim
