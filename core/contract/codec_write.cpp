// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/contract/codec.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace tikgok::contract {

namespace {

void appendInteger(std::string& out, std::int64_t value) {
    std::array<char, 24> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    static_cast<void>(error);  // 24 characters hold every 64-bit value
    out.append(digits.data(), end);
}

void appendBool(std::string& out, bool value) {
    out += value ? "true" : "false";
}

// The text that stands for a byte inside a JSON string, or nothing when the byte stands for itself.
std::string_view escapeOf(char c) {
    switch (c) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        case '<':
            return "\\u003c";
        case '>':
            return "\\u003e";
        case '&':
            return "\\u0026";
        default:
            return {};
    }
}

// Whether eight bytes stand for themselves inside a JSON string: no control character and none of " \\ & < >.
// Most texts are addresses and plain words, and this is where the time of a large answer goes.
bool eightPlain(const char* text) {
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    constexpr std::uint64_t kHighBits = kOnes * 0x80;
    std::uint64_t word = 0;
    std::memcpy(&word, text, sizeof word);
    const auto hasZero = [](std::uint64_t value) { return (value - kOnes) & ~value & kHighBits; };
    const auto has = [&hasZero, word](char c) {
        return hasZero(word ^ (kOnes * static_cast<unsigned char>(c)));
    };
    // '<' and '>' differ in one bit.
    const std::uint64_t angle = hasZero((word | (kOnes * 2)) ^ (kOnes * '>'));
    const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHighBits;
    return (has('"') | has('\\') | has('&') | angle | control) == 0;
}

void openAnswer(std::string& out, Code code, std::string_view message) {
    out += R"({"status_code":)";
    appendInteger(out, static_cast<std::int32_t>(code));
    out += R"(,"status_msg":)";
    appendString(out, message);
}

void openSuccess(std::string& out) {
    openAnswer(out, Code::Success, kSuccessMessage);
}

template <class Item>
void appendList(std::string& out, std::span<const Item> items, void (*append)(std::string&, const Item&)) {
    out += '[';
    for (const Item& item : items) {
        if (&item != items.data()) {
            out += ',';
        }
        append(out, item);
    }
    out += ']';
}

template <class Item>
std::string writeList(std::string_view member, std::span<const Item> items,
                      void (*append)(std::string&, const Item&)) {
    constexpr std::size_t kTypicalItem = 640;
    std::string out;
    out.reserve(64 + items.size() * kTypicalItem);
    openSuccess(out);
    out += ",\"";
    out += member;
    out += "\":";
    appendList(out, items, append);
    out += '}';
    return out;
}

void appendUserMembers(std::string& out, const User& user) {
    out += R"("id":)";
    appendInteger(out, user.id);
    out += R"(,"name":)";
    appendString(out, user.name);
    out += R"(,"follow_count":)";
    appendInteger(out, user.followCount);
    out += R"(,"follower_count":)";
    appendInteger(out, user.followerCount);
    out += R"(,"is_follow":)";
    appendBool(out, user.isFollow);
    out += R"(,"avatar":)";
    appendString(out, user.avatar);
    out += R"(,"background_image":)";
    appendString(out, user.backgroundImage);
    out += R"(,"signature":)";
    appendString(out, user.signature);
    out += R"(,"total_favorited":)";
    appendInteger(out, user.totalFavorited);
    out += R"(,"work_count":)";
    appendInteger(out, user.workCount);
    out += R"(,"favorite_count":)";
    appendInteger(out, user.favoriteCount);
}

}  // namespace

void appendString(std::string& out, std::string_view utf8) {
    out += '"';
    std::size_t plainFrom = 0;
    for (std::size_t at = 0; at < utf8.size(); ++at) {
        while (at + 8 <= utf8.size() && eightPlain(utf8.data() + at)) {
            at += 8;
        }
        if (at == utf8.size()) {
            break;
        }
        const char c = utf8[at];
        const bool control = static_cast<unsigned char>(c) < 0x20;
        const std::string_view escape = escapeOf(c);
        if (escape.empty() && !control) {
            continue;
        }
        out.append(utf8, plainFrom, at - plainFrom);
        plainFrom = at + 1;
        if (!escape.empty()) {
            out += escape;
            continue;
        }
        constexpr std::string_view kHex = "0123456789abcdef";
        out += "\\u00";
        out += kHex[static_cast<unsigned char>(c) >> 4U];
        out += kHex[static_cast<unsigned char>(c) & 0xFU];
    }
    out.append(utf8, plainFrom, utf8.size() - plainFrom);
    out += '"';
}

void appendUser(std::string& out, const User& user) {
    out += '{';
    appendUserMembers(out, user);
    out += '}';
}

void appendVideo(std::string& out, const Video& video) {
    out += R"({"id":)";
    appendInteger(out, video.id);
    out += R"(,"author":)";
    appendUser(out, video.author);
    out += R"(,"play_url":)";
    appendString(out, video.playUrl);
    out += R"(,"cover_url":)";
    appendString(out, video.coverUrl);
    out += R"(,"favorite_count":)";
    appendInteger(out, video.favoriteCount);
    out += R"(,"comment_count":)";
    appendInteger(out, video.commentCount);
    out += R"(,"is_favorite":)";
    appendBool(out, video.isFavorite);
    out += R"(,"title":)";
    appendString(out, video.title);
    out += '}';
}

void appendComment(std::string& out, const Comment& comment) {
    out += R"({"id":)";
    appendInteger(out, comment.id);
    out += R"(,"user":)";
    appendUser(out, comment.user);
    out += R"(,"content":)";
    appendString(out, comment.content);
    out += R"(,"create_date":)";
    appendString(out, comment.createDate);
    out += '}';
}

void appendFriend(std::string& out, const FriendUser& friendUser) {
    out += '{';
    appendUserMembers(out, friendUser.user);
    out += R"(,"message":)";
    appendString(out, friendUser.message);
    out += R"(,"msgType":)";
    appendInteger(out, static_cast<std::int64_t>(friendUser.direction));
    out += '}';
}

void appendMessage(std::string& out, const Message& message) {
    out += R"({"id":)";
    appendInteger(out, message.id);
    out += R"(,"to_user_id":)";
    appendInteger(out, message.toUserId);
    out += R"(,"from_user_id":)";
    appendInteger(out, message.fromUserId);
    out += R"(,"content":)";
    appendString(out, message.content);
    out += R"(,"create_time":)";
    appendInteger(out, message.createTime);
    out += '}';
}

std::string writeFailure(const Failure& failure) {
    std::string out;
    openAnswer(out, failure.code, failure.message);
    out += '}';
    return out;
}

std::string writeAccountFailure(const Failure& failure) {
    std::string out;
    openAnswer(out, failure.code, failure.message);
    out += R"(,"user_id":0,"token":""})";
    return out;
}

std::string writeSuccess() {
    return writeFailure({Code::Success, kSuccessMessage});
}

std::string writeAccount(Id userId, std::string_view token) {
    std::string out;
    openSuccess(out);
    out += R"(,"user_id":)";
    appendInteger(out, userId);
    out += R"(,"token":)";
    appendString(out, token);
    out += '}';
    return out;
}

std::string writeUser(const User& user) {
    std::string out;
    openSuccess(out);
    out += R"(,"user":)";
    appendUser(out, user);
    out += '}';
    return out;
}

std::string writeFeed(std::span<const Video> videos, std::int64_t nextTime) {
    std::string out = writeVideos(videos);
    out.pop_back();
    out += R"(,"next_time":)";
    appendInteger(out, nextTime);
    out += '}';
    return out;
}

std::string writeVideos(std::span<const Video> videos) {
    return writeList("video_list", videos, appendVideo);
}

std::string writeComment(const std::optional<Comment>& comment) {
    std::string out;
    openSuccess(out);
    out += R"(,"comment":)";
    if (comment) {
        appendComment(out, *comment);
    } else {
        out += "null";
    }
    out += '}';
    return out;
}

std::string writeComments(std::span<const Comment> comments) {
    return writeList("comment_list", comments, appendComment);
}

std::string writeUsers(std::span<const User> users) {
    return writeList("user_list", users, appendUser);
}

std::string writeFriends(std::span<const FriendUser> friends) {
    return writeList("user_list", friends, appendFriend);
}

std::string writeMessages(std::span<const Message> messages) {
    return writeList("message_list", messages, appendMessage);
}

}  // namespace tikgok::contract
