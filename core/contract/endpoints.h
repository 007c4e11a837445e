// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The endpoint table: what exists on the wire, once, for the client, the simulator and the tests.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace tikgok::contract {

enum class Endpoint : std::uint8_t {
    Feed,
    Register,
    Login,
    User,
    PublishAction,
    PublishList,
    FavoriteAction,
    FavoriteList,
    CommentAction,
    CommentList,
    RelationAction,
    FollowList,
    FollowerList,
    FriendList,
    MessageChat,
    MessageAction,
};

enum class Method : std::uint8_t { Get, Post };

// Optional: a caller without a token is a stranger, but a bad token is a failure.
enum class TokenNeed : std::uint8_t { None, Optional, Required };

struct EndpointInfo {
    Endpoint endpoint;
    Method method;
    // With the trailing slash, as the reference servers register it.
    std::string_view path;
    TokenNeed token;
    // Sending the same request twice has the effect of sending it once.
    bool idempotent;
};

inline constexpr std::array<EndpointInfo, 16> kEndpoints{{
    {Endpoint::Feed, Method::Get, "/douyin/feed/", TokenNeed::Optional, true},
    {Endpoint::Register, Method::Post, "/douyin/user/register/", TokenNeed::None, false},
    {Endpoint::Login, Method::Post, "/douyin/user/login/", TokenNeed::None, true},
    {Endpoint::User, Method::Get, "/douyin/user/", TokenNeed::Required, true},
    {Endpoint::PublishAction, Method::Post, "/douyin/publish/action/", TokenNeed::Required, false},
    {Endpoint::PublishList, Method::Get, "/douyin/publish/list/", TokenNeed::Required, true},
    {Endpoint::FavoriteAction, Method::Post, "/douyin/favorite/action/", TokenNeed::Required, true},
    {Endpoint::FavoriteList, Method::Get, "/douyin/favorite/list/", TokenNeed::Required, true},
    {Endpoint::CommentAction, Method::Post, "/douyin/comment/action/", TokenNeed::Required, false},
    {Endpoint::CommentList, Method::Get, "/douyin/comment/list/", TokenNeed::Optional, true},
    {Endpoint::RelationAction, Method::Post, "/douyin/relation/action/", TokenNeed::Required, true},
    {Endpoint::FollowList, Method::Get, "/douyin/relation/follow/list/", TokenNeed::Required, true},
    {Endpoint::FollowerList, Method::Get, "/douyin/relation/follower/list/", TokenNeed::Required, true},
    {Endpoint::FriendList, Method::Get, "/douyin/relation/friend/list/", TokenNeed::Required, true},
    {Endpoint::MessageChat, Method::Get, "/douyin/message/chat/", TokenNeed::Required, true},
    {Endpoint::MessageAction, Method::Post, "/douyin/message/action/", TokenNeed::Required, false},
}};

constexpr const EndpointInfo& info(Endpoint endpoint) {
    return kEndpoints[static_cast<std::size_t>(endpoint)];
}

static_assert(
    [] {
        for (std::size_t i = 0; i < kEndpoints.size(); ++i) {
            if (static_cast<std::size_t>(kEndpoints[i].endpoint) != i) {
                return false;
            }
        }
        return true;
    }(),
    "kEndpoints must be in the order of Endpoint");

// Limits of the contract, in characters (Unicode code points), as our server counts them.
inline constexpr std::size_t kMaxNameLength = 32;
inline constexpr std::size_t kMaxPasswordLength = 32;
inline constexpr std::size_t kMaxTitleLength = 32;
inline constexpr std::size_t kMaxCommentLength = 256;
inline constexpr std::size_t kMaxMessageLength = 254;
inline constexpr std::size_t kMaxFeedPage = 30;

// Suffixes that publish/action takes, lower case, without the dot.
inline constexpr std::array<std::string_view, 14> kVideoSuffixes{
    "mp4", "avi", "wmv", "w4v", "asf", "flv", "rmvb", "rm", "3gp", "vob", "wma", "mpeg", "mpg", "mov",
};

}  // namespace tikgok::contract
