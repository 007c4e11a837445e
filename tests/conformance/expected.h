// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the contract says, written down a second time on purpose: the suite judges servers, so it must not
// take the words from the code of one of them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace tikgok::conformance {

struct Verdict {
    std::int64_t code;
    std::string_view words;
};

inline constexpr Verdict kParamsErr{1, "params err"};
inline constexpr Verdict kNoToken{1, "no token"};
inline constexpr Verdict kNotAToken{1, "that's not even a token"};
inline constexpr Verdict kExpired{1, "token is expired"};
inline constexpr Verdict kNotYet{1, "token not active yet"};
inline constexpr Verdict kBadSignature{1, "couldn't handle this token"};
inline constexpr Verdict kFeedBadToken{1, "bad token"};
inline constexpr Verdict kServiceErr{2, "service err"};
inline constexpr Verdict kSelfFollow{2, "cannot follow or unfollow yourself."};
inline constexpr Verdict kCommentNotFound{10001, "comment not found"};
inline constexpr Verdict kNotYourComment{10001, "permission denied"};
inline constexpr Verdict kWrongPassword{30001, "wrong password"};
inline constexpr Verdict kUserExists{30002, "user already exist"};
inline constexpr Verdict kUserNotFound{30003, "user not found"};
inline constexpr Verdict kVideoNotFound{40001, "video not found"};
inline constexpr Verdict kSelfMessage{50001, "cannot message yourself"};

// The reference server's own.
inline constexpr Verdict kOwnParamsErr{1, "err_code=1, err_msg=params err"};
inline constexpr Verdict kNoSuchComment{10001, "delete comment from redis error"};
inline constexpr Verdict kBrokenFavorites{10000, "rpc call interaction server error"};
// The demo's own.
inline constexpr Verdict kDemoNoUser{1, "User doesn't exist"};
inline constexpr Verdict kDemoUserExists{1, "User already exist"};
inline constexpr Verdict kDemoNoFile{1, "http: no such file"};

inline constexpr std::string_view kMethodText = "405 method not allowed";
inline constexpr std::string_view kNotFoundText = "404 page not found";
inline constexpr std::string_view kTooLargeText = "Request Entity Too Large";

inline constexpr std::size_t kNameLimit = 32;
inline constexpr std::size_t kPasswordLimit = 32;
inline constexpr std::size_t kTitleLimit = 32;
inline constexpr std::size_t kCommentLimit = 256;
inline constexpr std::size_t kMessageLimit = 254;
inline constexpr std::size_t kFeedPage = 30;
inline constexpr std::size_t kTikgokFeedPage = 10;
inline constexpr std::int64_t kTikgokBodyLimit = std::int64_t{4} * 1024 * 1024;
// Nanoseconds of the year 2001: no time in another unit is as large.
inline constexpr std::int64_t kNanoseconds = 1'000'000'000'000'000'000;
// Ids of the reference server are multiples of it.
inline constexpr std::int64_t kSnowflakeStep = 4096;

// No user, video or comment has it: the largest id there is.
inline constexpr std::string_view kUnknownId = "9223372036854775807";

inline constexpr std::array<std::string_view, 14> kSuffixes{"mp4", "avi", "wmv", "w4v", "asf",  "flv", "rmvb",
                                                            "rm",  "3gp", "vob", "wma", "mpeg", "mpg", "mov"};

}  // namespace tikgok::conformance
