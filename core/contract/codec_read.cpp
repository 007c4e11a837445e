// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/contract/codec.h"
#include "core/contract/text.h"

#include <boost/json.hpp>

#include <cmath>
#include <functional>
#include <utility>

namespace tikgok::contract {

namespace {

namespace json = boost::json;

// A member that is absent and one that is null mean the same.
const json::value* member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::int64_t> integerOf(const json::value& value) {
    if (const auto* exact = value.if_int64()) {
        return *exact;
    }
    if (const auto* text = value.if_string()) {
        return parseInteger(*text);
    }
    if (const auto* real = value.if_double()) {
        constexpr double kTwoTo63 = 9223372036854775808.0;
        if (std::nearbyint(*real) == *real && *real >= -kTwoTo63 && *real < kTwoTo63) {
            return static_cast<std::int64_t>(*real);
        }
    }
    return std::nullopt;
}

std::int64_t integer(const json::object& object, std::string_view name) {
    const json::value* value = member(object, name);
    return value == nullptr ? 0 : integerOf(*value).value_or(0);
}

// Some servers send 0/1 or words for booleans.
bool boolean(const json::object& object, std::string_view name) {
    const json::value* value = member(object, name);
    if (value == nullptr) {
        return false;
    }
    if (const bool* exact = value->if_bool()) {
        return *exact;
    }
    if (const auto* text = value->if_string(); text != nullptr && *text == "true") {
        return true;
    }
    return integerOf(*value).value_or(0) != 0;
}

std::string text(const json::object& object, std::string_view name) {
    const json::value* value = member(object, name);
    if (value == nullptr) {
        return {};
    }
    if (const auto* exact = value->if_string()) {
        return {exact->data(), exact->size()};
    }
    return value->is_object() || value->is_array() ? std::string() : json::serialize(*value);
}

const json::object* objectIn(const json::object& object, std::string_view name) {
    const json::value* value = member(object, name);
    return value == nullptr ? nullptr : value->if_object();
}

User userFrom(const json::object& object) {
    return {
        .id = integer(object, "id"),
        .name = text(object, "name"),
        .followCount = integer(object, "follow_count"),
        .followerCount = integer(object, "follower_count"),
        .isFollow = boolean(object, "is_follow"),
        .avatar = text(object, "avatar"),
        .backgroundImage = text(object, "background_image"),
        .signature = text(object, "signature"),
        .totalFavorited = integer(object, "total_favorited"),
        .workCount = integer(object, "work_count"),
        .favoriteCount = integer(object, "favorite_count"),
    };
}

User userIn(const json::object& object, std::string_view name) {
    const json::object* user = objectIn(object, name);
    return user == nullptr ? User() : userFrom(*user);
}

Video videoFrom(const json::object& object) {
    return {
        .id = integer(object, "id"),
        .author = userIn(object, "author"),
        .playUrl = text(object, "play_url"),
        .coverUrl = text(object, "cover_url"),
        .favoriteCount = integer(object, "favorite_count"),
        .commentCount = integer(object, "comment_count"),
        .isFavorite = boolean(object, "is_favorite"),
        .title = text(object, "title"),
    };
}

Comment commentFrom(const json::object& object) {
    return {
        .id = integer(object, "id"),
        .user = userIn(object, "user"),
        .content = text(object, "content"),
        .createDate = text(object, "create_date"),
    };
}

FriendUser friendFrom(const json::object& object) {
    const bool sent = integer(object, "msgType") == static_cast<std::int64_t>(MessageDirection::Sent);
    return {
        .user = userFrom(object),
        .message = text(object, "message"),
        .direction = sent ? MessageDirection::Sent : MessageDirection::Received,
    };
}

ReceivedMessage messageFrom(const json::object& object) {
    ReceivedMessage received{
        .message = {.id = integer(object, "id"),
                    .toUserId = integer(object, "to_user_id"),
                    .fromUserId = integer(object, "from_user_id"),
                    .content = text(object, "content")},
        .createTimeText = {},
    };
    if (const json::value* time = member(object, "create_time")) {
        if (const auto number = integerOf(*time)) {
            received.message.createTime = *number;
        } else {
            received.createTimeText = text(object, "create_time");
        }
    }
    return received;
}

Id idOf(const User& user) {
    return user.id;
}
Id idOf(const Video& video) {
    return video.id;
}
Id idOf(const Comment& comment) {
    return comment.id;
}
Id idOf(const FriendUser& friendUser) {
    return friendUser.user.id;
}
Id idOf(const ReceivedMessage& received) {
    return received.message.id;
}

template <class Item>
std::vector<Item> listIn(const json::object& root, std::string_view name, Item (*read)(const json::object&)) {
    std::vector<Item> items;
    const json::value* value = member(root, name);
    const json::array* list = value == nullptr ? nullptr : value->if_array();
    if (list == nullptr) {
        return items;
    }
    items.reserve(list->size());
    for (const json::value& entry : *list) {
        const json::object* object = entry.if_object();
        if (object == nullptr) {
            continue;
        }
        Item item = read(*object);
        if (idOf(item) > 0) {
            items.push_back(std::move(item));
        }
    }
    return items;
}

// Parses the answer, reads the status and, on success, lets `read` take the payload from the root object.
template <class Payload, class Read>
Decoded<Payload> decode(std::string_view bytes, Read read) {
    json::parse_options options;
    options.max_depth = 32;
    options.allow_invalid_utf8 = true;  // shown with replacement characters rather than refused
    boost::system::error_code error;
    json::monotonic_resource memory;
    const json::value root = json::parse(bytes, error, &memory, options);
    if (error) {
        return std::unexpected(DecodeError{"not JSON: " + error.message()});
    }
    const json::object* object = root.if_object();
    if (object == nullptr) {
        return std::unexpected(DecodeError{"the answer is not an object"});
    }
    // Without a status there is nothing that says the call worked: {} from a broken proxy is not a success.
    const json::value* code = member(*object, "status_code");
    const auto codeValue = code == nullptr ? std::nullopt : integerOf(*code);
    if (!codeValue || !std::in_range<std::int32_t>(*codeValue)) {
        return std::unexpected(DecodeError{"no usable status_code"});
    }
    Answer<Payload> answer{.status = {static_cast<std::int32_t>(*codeValue), text(*object, "status_msg")}};
    if (answer.status.ok()) {
        answer.payload = read(*object);
    }
    return answer;
}

}  // namespace

Decoded<Nothing> readPlain(std::string_view json) {
    return decode<Nothing>(json, [](const json::object&) { return Nothing{}; });
}

Decoded<Account> readAccount(std::string_view json) {
    return decode<Account>(json, [](const json::object& root) {
        return Account{.userId = integer(root, "user_id"), .token = text(root, "token")};
    });
}

Decoded<std::optional<User>> readUser(std::string_view json) {
    return decode<std::optional<User>>(json, [](const json::object& root) {
        User user = userIn(root, "user");
        return user.id > 0 ? std::optional(std::move(user)) : std::nullopt;
    });
}

Decoded<FeedPage> readFeed(std::string_view json) {
    return decode<FeedPage>(json, [](const json::object& root) {
        const std::int64_t next = integer(root, "next_time");
        return FeedPage{.videos = listIn<Video>(root, "video_list", videoFrom),
                        .nextTime = next == 0 ? std::nullopt : std::optional(next)};
    });
}

Decoded<std::vector<Video>> readVideos(std::string_view json) {
    return decode<std::vector<Video>>(
        json, [](const json::object& root) { return listIn<Video>(root, "video_list", videoFrom); });
}

Decoded<std::optional<Comment>> readComment(std::string_view json) {
    return decode<std::optional<Comment>>(json, [](const json::object& root) {
        const json::object* comment = objectIn(root, "comment");
        return comment == nullptr ? std::nullopt : std::optional(commentFrom(*comment));
    });
}

Decoded<std::vector<Comment>> readComments(std::string_view json) {
    return decode<std::vector<Comment>>(
        json, [](const json::object& root) { return listIn<Comment>(root, "comment_list", commentFrom); });
}

Decoded<std::vector<User>> readUsers(std::string_view json) {
    return decode<std::vector<User>>(
        json, [](const json::object& root) { return listIn<User>(root, "user_list", userFrom); });
}

Decoded<std::vector<FriendUser>> readFriends(std::string_view json) {
    return decode<std::vector<FriendUser>>(
        json, [](const json::object& root) { return listIn<FriendUser>(root, "user_list", friendFrom); });
}

Decoded<std::vector<ReceivedMessage>> readMessages(std::string_view json) {
    return decode<std::vector<ReceivedMessage>>(json, [](const json::object& root) {
        return listIn<ReceivedMessage>(root, "message_list", messageFrom);
    });
}

}  // namespace tikgok::contract
