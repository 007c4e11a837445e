// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// JSON of the contract: strict writers for the server, tolerant readers for the client.
//
// Writers append to a string without a DOM (they are on the hot path) and escape `<`, `>` and `&` as the
// reference servers do. Texts must be valid UTF-8.
//
// Readers take what any server of this contract sends (contract.md, section 5): a missing, null or empty list
// is an empty list; a missing member has its default; every integer may also be a string of digits or an
// integral float; unknown members are skipped. Integers are exact over 64 bits. Entries of lists that have no
// id are dropped. Readers never throw.
#pragma once

#include "core/contract/errors.h"
#include "core/contract/types.h"

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::contract {

// --- writers
// -------------------------------------------------------------------------------------------------

void appendString(std::string& out, std::string_view utf8);
void appendUser(std::string& out, const User& user);
void appendVideo(std::string& out, const Video& video);
void appendComment(std::string& out, const Comment& comment);
void appendFriend(std::string& out, const FriendUser& friendUser);
void appendMessage(std::string& out, const Message& message);

// Whole answers. Each has `status_code` and `status_msg` first.
std::string writeFailure(const Failure& failure);
// Register and login also send `user_id` 0 and an empty `token` when they fail.
std::string writeAccountFailure(const Failure& failure);
std::string writeSuccess();
std::string writeAccount(Id userId, std::string_view token);
std::string writeUser(const User& user);
std::string writeFeed(std::span<const Video> videos, std::int64_t nextTime);
std::string writeVideos(std::span<const Video> videos);
// Without a comment (after deleting one) the member is null.
std::string writeComment(const std::optional<Comment>& comment);
std::string writeComments(std::span<const Comment> comments);
std::string writeUsers(std::span<const User> users);
std::string writeFriends(std::span<const FriendUser> friends);
std::string writeMessages(std::span<const Message> messages);

// --- readers
// -------------------------------------------------------------------------------------------------

// The server's verdict, as sent.
struct Status {
    std::int32_t code = 0;
    std::string message;

    [[nodiscard]] bool ok() const { return code == static_cast<std::int32_t>(Code::Success); }
};

// Why an answer could not be read. For logs, not for people.
struct DecodeError {
    std::string what;
};

template <class Payload>
struct Answer {
    Status status;
    // Meaningful only when status.ok().
    Payload payload{};
};

struct Nothing {};

struct Account {
    Id userId = 0;
    std::string token;
};

struct FeedPage {
    std::vector<Video> videos;
    // The cursor of the next page, to be echoed unchanged. Nothing when the server sent none or 0.
    std::optional<std::int64_t> nextTime;
};

struct ReceivedMessage {
    Message message;
    // What the server sent as create_time when that was not a number ("5:26PM"). Otherwise empty.
    std::string createTimeText;
};

template <class Payload>
using Decoded = std::expected<Answer<Payload>, DecodeError>;

Decoded<Nothing> readPlain(std::string_view json);
Decoded<Account> readAccount(std::string_view json);
// Nothing for an absent, null or all-zero user.
Decoded<std::optional<User>> readUser(std::string_view json);
Decoded<FeedPage> readFeed(std::string_view json);
Decoded<std::vector<Video>> readVideos(std::string_view json);
Decoded<std::optional<Comment>> readComment(std::string_view json);
Decoded<std::vector<Comment>> readComments(std::string_view json);
Decoded<std::vector<User>> readUsers(std::string_view json);
Decoded<std::vector<FriendUser>> readFriends(std::string_view json);
Decoded<std::vector<ReceivedMessage>> readMessages(std::string_view json);

}  // namespace tikgok::contract
