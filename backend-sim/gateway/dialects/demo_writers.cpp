// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/dialects/demo_writers.h"

#include "core/contract/codec.h"

#include <ctime>

namespace tikgok::sim::demo {

namespace {

// One JSON object, member by member.
class Members {
public:
    explicit Members(std::string& out) : out_(out) { out_ += '{'; }
    ~Members() { out_ += '}'; }
    Members(const Members&) = delete;
    Members& operator=(const Members&) = delete;

    // The place for a value that is always there.
    std::string& always(std::string_view name) {
        if (!first_) {
            out_ += ',';
        }
        first_ = false;
        contract::appendString(out_, name);
        out_ += ':';
        return out_;
    }
    Members& integer(std::string_view name, std::int64_t value) {
        if (value != 0) {
            always(name) += std::to_string(value);
        }
        return *this;
    }
    Members& text(std::string_view name, std::string_view value) {
        if (!value.empty()) {
            contract::appendString(always(name), value);
        }
        return *this;
    }
    Members& flag(std::string_view name, bool value) {
        if (value) {
            always(name) += "true";
        }
        return *this;
    }

private:
    std::string& out_;
    bool first_ = true;
};

void append(std::string& out, const contract::User& user) {
    Members(out)
        .integer("id", user.id)
        .text("name", user.name)
        .integer("follow_count", user.followCount)
        .integer("follower_count", user.followerCount)
        .flag("is_follow", user.isFollow);
}

void append(std::string& out, const contract::Video& video) {
    Members members(out);
    members.integer("id", video.id);
    append(members.always("author"), video.author);
    members.text("play_url", video.playUrl)
        .text("cover_url", video.coverUrl)
        .integer("favorite_count", video.favoriteCount)
        .integer("comment_count", video.commentCount)
        .flag("is_favorite", video.isFavorite);
}

void append(std::string& out, const contract::Comment& comment) {
    Members members(out);
    members.integer("id", comment.id);
    append(members.always("user"), comment.user);
    members.text("content", comment.content).text("create_date", comment.createDate);
}

void append(std::string& out, const contract::Message& message) {
    Members(out)
        .integer("id", message.id)
        .text("content", message.content)
        .text("create_time", timeOfDay(message.createTime));
}

template <class Item>
void appendList(std::string& out, std::span<const Item> items) {
    out += '[';
    for (const Item& item : items) {
        if (&item != items.data()) {
            out += ',';
        }
        append(out, item);
    }
    out += ']';
}

// A success; `fill` adds what comes after the status.
template <class Fill>
std::string success(Fill fill) {
    std::string out;
    {
        Members members(out);
        members.always("status_code") += '0';
        fill(members);
    }
    return out;
}

}  // namespace

std::string writeSuccess(std::string_view message) {
    return success([&](Members& members) { members.text("status_msg", message); });
}

std::string writeAccount(contract::Id user, std::string_view token) {
    return success([&](Members& members) {
        members.integer("user_id", user);
        contract::appendString(members.always("token"), token);
    });
}

std::string writeUser(const contract::User& user) {
    return success([&](Members& members) { append(members.always("user"), user); });
}

std::string writeFeed(std::span<const contract::Video> videos, std::int64_t nextTime) {
    return success([&](Members& members) {
        if (!videos.empty()) {
            appendList(members.always("video_list"), videos);
        }
        members.integer("next_time", nextTime);
    });
}

std::string writeVideos(std::span<const contract::Video> videos) {
    return success([&](Members& members) { appendList(members.always("video_list"), videos); });
}

std::string writeUsers(std::span<const contract::User> users) {
    return success([&](Members& members) { appendList(members.always("user_list"), users); });
}

std::string writeComment(const contract::Comment& comment) {
    return success([&](Members& members) { append(members.always("comment"), comment); });
}

std::string writeComments(std::span<const contract::Comment> comments) {
    return success([&](Members& members) {
        if (!comments.empty()) {
            appendList(members.always("comment_list"), comments);
        }
    });
}

std::string writeMessages(std::span<const contract::Message> messages) {
    return success([&](Members& members) {
        std::string& out = members.always("message_list");
        if (messages.empty()) {
            out += "null";
        } else {
            appendList(out, messages);
        }
    });
}

std::string timeOfDay(std::int64_t timeMs) {
    const auto seconds = static_cast<std::time_t>(timeMs / 1000 - (timeMs % 1000 < 0 ? 1 : 0));
    std::tm local{};
    if (localtime_r(&seconds, &local) == nullptr) {
        return "12:00AM";
    }
    constexpr int kNoon = 12;
    const int hour = local.tm_hour % kNoon == 0 ? kNoon : local.tm_hour % kNoon;
    const std::string minute = std::to_string(local.tm_min);
    return std::to_string(hour) + (minute.size() == 1 ? ":0" : ":") + minute +
           (local.tm_hour < kNoon ? "AM" : "PM");
}

}  // namespace tikgok::sim::demo
