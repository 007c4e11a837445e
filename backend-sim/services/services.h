// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The five services behind the gateway, as the gateway sees them. The boundaries are those of the reference
// server: user, video, interaction, sociality, chat.
//
// Every function may be called from any thread. Reads answer at once from memory. Writes answer after they
// are durable (group commit) and see each other in one order; a read that starts after a write was answered
// sees it. Texts that arrive here are valid UTF-8; their limits are checked here, not in the gateway.
#pragma once

#include "backend-sim/services/context.h"
#include "backend-sim/services/views.h"
#include "core/contract/types.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tikgok::sim {

class UserService {
public:
    virtual ~UserService() = default;

    // Both give the user's id. Name and password: 1 to 32 characters, else params err. Names are compared
    // byte for byte. Hashing runs on a bounded pool; a login for an unknown name costs as much as one for a
    // known one. Too many failed logins (LoginLimits): tooManyRequests(), before anything is hashed. No room
    // in the pool, or no memory for a hash: service err.
    virtual void registerUser(const RequestContext& context, std::string name, std::string password,
                              Done<contract::Id> done) = 0;
    virtual void login(const RequestContext& context, std::string name, std::string password,
                       Done<contract::Id> done) = 0;

    // `id` 0 means the caller. `is_follow` is relative to the caller.
    virtual Outcome<contract::User> user(const RequestContext& context, contract::Id id) const = 0;
    virtual bool exists(contract::Id id) const = 0;
};

struct FeedSlice {
    std::vector<contract::Video> videos;
    // Milliseconds: publish time of the oldest video here, or now when there is none.
    std::int64_t nextTime = 0;
};

// A finished upload that lies on disk outside the store, under names that we chose. The receiver owns the
// files and removes them in every outcome.
struct StagedUpload {
    std::filesystem::path file;
    // As the client called it; only its suffix is looked at.
    std::string clientFileName;
    // A picture to be the cover, in the same way; empty: none came. Not looked at yet.
    std::filesystem::path cover{};
};

class VideoService {
public:
    virtual ~VideoService() = default;

    // At most 30 videos published strictly before `latestTime` (any unit, told by its size; 0, negative or in
    // the future: now), newest first. The policy may ask for another page, unit and bound.
    virtual Outcome<FeedSlice> feed(const RequestContext& context, std::int64_t latestTime) const = 0;

    // The same without copies: shows them one by one and gives `nextTime`.
    virtual Outcome<std::int64_t> visitFeed(const RequestContext& context, std::int64_t latestTime,
                                            const VideoVisitor& visit) const = 0;

    // Checks title, suffix and content, extracts the cover, stores both, and makes the video visible, in this
    // order. Gives the new video's id. Bad title, or a cover that is no picture: params err. Bad suffix or
    // not a video: service err.
    virtual void publish(const RequestContext& context, StagedUpload upload, std::string title,
                         Done<contract::Id> done) = 0;

    virtual Outcome<std::vector<contract::Video>> publishedBy(const RequestContext& context,
                                                              contract::Id user) const = 0;
};

class InteractionService {
public:
    virtual ~InteractionService() = default;

    // Idempotent.
    virtual void favorite(const RequestContext& context, contract::Id video, contract::Action action,
                          Done<void> done) = 0;
    // Latest like first. `is_favorite` is relative to the caller.
    virtual Outcome<std::vector<contract::Video>> favoritesOf(const RequestContext& context,
                                                              contract::Id user) const = 0;

    virtual void addComment(const RequestContext& context, contract::Id video, std::string text,
                            Done<contract::Comment> done) = 0;
    virtual void deleteComment(const RequestContext& context, contract::Id video, contract::Id comment,
                               Done<void> done) = 0;
    // Newest first.
    virtual Outcome<std::vector<contract::Comment>> commentsOn(const RequestContext& context,
                                                               contract::Id video) const = 0;
};

class SocialityService {
public:
    virtual ~SocialityService() = default;

    // Idempotent. Oneself is refused.
    virtual void follow(const RequestContext& context, contract::Id user, contract::Action action,
                        Done<void> done) = 0;
    // Latest follow first.
    virtual Outcome<std::vector<contract::User>> followedBy(const RequestContext& context,
                                                            contract::Id user) const = 0;
    virtual Outcome<std::vector<contract::User>> followersOf(const RequestContext& context,
                                                             contract::Id user) const = 0;
    // Mutual follows of `user`, by newest message with the caller, then by id. Message and direction belong
    // to the caller's conversation with each of them.
    virtual Outcome<std::vector<contract::FriendUser>> friendsOf(const RequestContext& context,
                                                                 contract::Id user) const = 0;
};

class ChatService {
public:
    virtual ~ChatService() = default;

    virtual void send(const RequestContext& context, contract::Id to, std::string text, Done<void> done) = 0;
    // Both directions, strictly after `after` (any unit; 0: all), oldest first. The policy may ask for what
    // is before it, newest first.
    virtual Outcome<std::vector<contract::Message>> conversation(const RequestContext& context,
                                                                 contract::Id with,
                                                                 std::int64_t after) const = 0;
};

// The set that a gateway serves. Nothing here is owned.
struct Services {
    UserService& user;
    VideoService& video;
    InteractionService& interaction;
    SocialityService& sociality;
    ChatService& chat;
};

}  // namespace tikgok::sim
