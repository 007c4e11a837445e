// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The error table of the contract: the codes and words of the reference server (contract.md, sections 2 and
// 4).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace tikgok::contract {

// Values of `status_code`. x0000 means that the gateway could not reach a service, x0001 that the service
// failed.
enum class Code : std::int32_t {
    Success = 0,
    Params = 1,  // also every token failure
    Service = 2,
    InteractionRpc = 10000,
    Interaction = 10001,
    SocialityRpc = 20000,
    Sociality = 20001,
    UserRpc = 30000,
    User = 30001,
    UserExists = 30002,
    UserNotFound = 30003,
    AuthorizeFailed = 30004,
    VideoRpc = 40000,
    Video = 40001,
    ChatRpc = 50000,
    Chat = 50001,
};

// One failure as it goes over the wire. The words live for ever (they are literals).
struct Failure {
    Code code = Code::Service;
    std::string_view message;
    // Seconds after which trying again may help; not 0 means that the request was not even looked at. Goes
    // over the wire with Retry-After: as HTTP 503 with code and words, or, without words, as HTTP 429.
    std::int32_t retryAfter = 0;

    bool operator==(const Failure&) const = default;
};

inline constexpr std::string_view kSuccessMessage = "success";

inline constexpr Failure kParamsErr{Code::Params, "params err"};
inline constexpr Failure kNoToken{Code::Params, "no token"};
inline constexpr Failure kTokenMalformed{Code::Params, "that's not even a token"};
inline constexpr Failure kTokenExpired{Code::Params, "token is expired"};
inline constexpr Failure kTokenNotYet{Code::Params, "token not active yet"};
inline constexpr Failure kTokenInvalid{Code::Params, "couldn't handle this token"};
inline constexpr Failure kFeedBadToken{Code::Params, "bad token"};
inline constexpr Failure kServiceErr{Code::Service, "service err"};
inline constexpr Failure kSelfFollow{Code::Service, "cannot follow or unfollow yourself."};
inline constexpr Failure kCommentNotFound{Code::Interaction, "comment not found"};
inline constexpr Failure kCommentNotYours{Code::Interaction, "permission denied"};
inline constexpr Failure kUserExists{Code::UserExists, "user already exist"};
inline constexpr Failure kUserNotFound{Code::UserNotFound, "user not found"};
inline constexpr Failure kWrongPassword{Code::User, "wrong password"};
inline constexpr Failure kVideoNotFound{Code::Video, "video not found"};
inline constexpr Failure kChatErr{Code::Chat, "chat server error"};
inline constexpr Failure kSelfMessage{Code::Chat, "cannot message yourself"};
inline constexpr Failure kInteractionRpc{Code::InteractionRpc, "rpc call interaction server error"};
inline constexpr Failure kInteractionErr{Code::Interaction, "interaction server error"};
inline constexpr Failure kSocialityErr{Code::Sociality, "sociality server error"};
inline constexpr Failure kUserErr{Code::User, "user server error"};
inline constexpr Failure kVideoErr{Code::Video, "video server error"};

// Words that mean "this caller is not signed in", on any code 1 answer. The official demo server says the
// last one for a bad token.
inline constexpr std::array<std::string_view, 6> kSignedOutMessages{
    kNoToken.message,     kTokenMalformed.message, kTokenExpired.message,
    kTokenNotYet.message, kTokenInvalid.message,   kFeedBadToken.message,
};
inline constexpr std::string_view kDemoSignedOutMessage = "User doesn't exist";

// Refused for now, without words. `seconds`: at least 1.
constexpr Failure tooManyRequests(std::int32_t seconds) {
    return {Code::Service, {}, seconds};
}

// Texts of answers that are not JSON.
inline constexpr std::string_view kMethodNotAllowedText = "405 method not allowed";
inline constexpr std::string_view kNotFoundText = "404 page not found";
inline constexpr std::string_view kTooLargeText = "Request Entity Too Large";
inline constexpr std::string_view kTooManyRequestsText = "Too Many Requests";

}  // namespace tikgok::contract
