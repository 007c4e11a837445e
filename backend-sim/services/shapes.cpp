// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/shapes.h"

#include <array>
#include <ctime>

namespace tikgok::sim {

contract::User userOf(const UserSight& sight, const MediaUrls& urls) {
    const UserRow& row = sight.user;
    contract::User user;
    user.id = row.id;
    user.name = row.name;
    user.followCount = row.followCount;
    user.followerCount = row.followerCount;
    user.isFollow = sight.followed;
    user.avatar = urls.urlOf(row.avatarKey);
    user.backgroundImage = urls.urlOf(row.backgroundKey);
    user.signature = row.signature;
    user.totalFavorited = row.totalFavorited;
    user.workCount = row.workCount;
    user.favoriteCount = row.favoriteCount;
    return user;
}

contract::Video videoOf(const VideoSight& sight, const MediaUrls& urls) {
    const VideoRow& row = sight.video;
    contract::Video video;
    video.id = row.id;
    video.author = userOf(sight.author, urls);
    video.playUrl = urls.urlOf(row.playKey);
    video.coverUrl = urls.urlOf(row.coverKey);
    video.favoriteCount = row.favoriteCount;
    video.commentCount = row.commentCount;
    video.isFavorite = sight.liked;
    video.title = row.title;
    return video;
}

namespace {

std::string dateOf(std::int64_t timeMs, Policy::CommentDate form) {
    switch (form) {
        case Policy::CommentDate::MonthAndDay:
            return monthAndDay(timeMs);
        case Policy::CommentDate::NanosecondDigits:
            return std::to_string(timeMs) + "000000";
    }
    return {};
}

}  // namespace

contract::Comment commentOf(const CommentSight& sight, const MediaUrls& urls, const Policy& policy) {
    return {sight.comment.id, userOf(sight.author, urls), sight.comment.text,
            dateOf(sight.comment.createdAt, policy.commentDate)};
}

contract::FriendUser friendOf(const FriendSight& sight, contract::Id caller, const MediaUrls& urls) {
    contract::FriendUser result;
    result.user = userOf(sight.user, urls);
    if (sight.newest != nullptr) {
        result.message = sight.newest->text;
        result.direction = sight.newest->from == caller ? contract::MessageDirection::Sent
                                                        : contract::MessageDirection::Received;
    }
    return result;
}

contract::Message messageOf(const MessageRow& row) {
    return {row.id, row.to, row.from, row.text, row.createdAt};
}

ListOptions listOptionsOf(const Policy& policy) {
    ListOptions options;
    options.order = policy.peopleById ? ListOptions::Order::ById : ListOptions::Order::LatestFirst;
    options.showMissing = !policy.checkTargets;
    return options;
}

contract::Id ownerOf(const RequestContext& context, contract::Id user) {
    return user == 0 && context.policy->checkTargets ? context.caller : user;
}

std::string monthAndDay(std::int64_t timeMs) {
    // Before 1970 the division must still round down.
    const std::int64_t seconds = timeMs / 1000 - (timeMs % 1000 < 0 ? 1 : 0);
    const auto time = static_cast<std::time_t>(seconds);
    std::tm local{};
    std::array<char, 8> text{};
    if (localtime_r(&time, &local) == nullptr ||
        std::strftime(text.data(), text.size(), "%m-%d", &local) == 0) {
        return "01-01";
    }
    return text.data();
}

}  // namespace tikgok::sim
