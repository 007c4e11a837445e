// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Answers as the reference server gives them (contract.md, section 4).

#include "backend-sim/gateway/dialects/answers.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace tikgok::sim {

namespace {

using contract::Code;
using contract::Endpoint;
using contract::Failure;

constexpr Failure kWordyParamsErr{Code::Params, "err_code=1, err_msg=params err"};

struct Renaming {
    Endpoint endpoint;
    Failure ours;
    Failure theirs;
};

// What the same mishap is called there.
constexpr std::array<Renaming, 6> kRenamings{{
    {Endpoint::Register, contract::kServiceErr, {Code::User, "create user error"}},
    {Endpoint::FavoriteAction, contract::kServiceErr, {Code::Video, "video server error"}},
    {Endpoint::CommentAction, contract::kServiceErr, contract::kInteractionErr},
    {Endpoint::CommentAction,
     contract::kCommentNotFound,
     {Code::Interaction, "delete comment from redis error"}},
    {Endpoint::RelationAction, contract::kServiceErr, contract::kSocialityErr},
    {Endpoint::MessageAction, contract::kServiceErr, {Code::Chat, "sent message error"}},
}};

Failure renamed(Endpoint endpoint, const Failure& failure) {
    for (const Renaming& each : kRenamings) {
        if (each.endpoint == endpoint && each.ours == failure) {
            return each.theirs;
        }
    }
    return failure;
}

// The gateway itself failed: it could not bind the parameters or reach a service.
bool isOfGateway(const Failure& failure) {
    switch (failure.code) {
        case Code::Params:
        case Code::InteractionRpc:
        case Code::SocialityRpc:
        case Code::UserRpc:
        case Code::VideoRpc:
        case Code::ChatRpc:
            return true;
        case Code::Success:
        case Code::Service:
        case Code::Interaction:
        case Code::Sociality:
        case Code::User:
        case Code::UserExists:
        case Code::UserNotFound:
        case Code::AuthorizeFailed:
        case Code::Video:
        case Code::Chat:
            return false;
    }
    return false;
}

// What stands beside the status in a failure, with its comma.
std::string besides(Endpoint endpoint, bool gateway) {
    const std::string list = gateway ? "null" : "[]";
    switch (endpoint) {
        case Endpoint::Feed:
            return R"(,"video_list":)" + list + R"(,"next_time":0)";
        case Endpoint::Register:
        case Endpoint::Login:
            return R"(,"user_id":0,"token":"")";
        case Endpoint::User: {
            std::string user = R"(,"user":)";
            if (gateway) {
                user += "null";
            } else {
                contract::appendUser(user, {});
            }
            return user;
        }
        case Endpoint::PublishList:
        case Endpoint::FavoriteList:
            return R"(,"video_list":)" + list;
        case Endpoint::CommentAction:
            return R"(,"comment":null)";
        case Endpoint::CommentList:
            return R"(,"comment_list":)" + list;
        case Endpoint::FollowList:
        case Endpoint::FollowerList:
        case Endpoint::FriendList:
            return R"(,"user_list":)" + list;
        case Endpoint::MessageChat:
            return R"(,"message_list":)" + list;
        case Endpoint::PublishAction:
        case Endpoint::FavoriteAction:
        case Endpoint::RelationAction:
        case Endpoint::MessageAction:
            return {};
    }
    return {};
}

std::string withMembers(const Failure& failure, std::string_view members) {
    std::string out = contract::writeFailure(failure);
    out.pop_back();
    out += members;
    out += '}';
    return out;
}

// The author is lost on the way, and the comment's own id takes the place of theirs.
contract::Comment withoutAuthor(contract::Comment comment) {
    comment.user = {};
    comment.user.id = comment.id;
    return comment;
}

class TikgokAnswers final : public Answers {
public:
    [[nodiscard]] std::string failure(Endpoint endpoint, const Failure& failure) const override {
        // A panic is answered by the link that caught it, which knows no members but these two.
        const Failure theirs = renamed(endpoint, failure);
        const bool account = endpoint == Endpoint::Register || endpoint == Endpoint::Login;
        if (theirs == contract::kServiceErr && !account) {
            return contract::writeFailure(theirs);
        }
        return withMembers(theirs, besides(endpoint, isOfGateway(theirs)));
    }

    [[nodiscard]] std::string tokenFailure(Endpoint endpoint, const Failure& failure) const override {
        if (endpoint == Endpoint::Feed) {
            return withMembers(contract::kFeedBadToken, besides(endpoint, true));
        }
        return contract::writeFailure(failure);
    }

    [[nodiscard]] Failure badParams(Endpoint endpoint) const override {
        return endpoint == Endpoint::User ? kWordyParamsErr : contract::kParamsErr;
    }
    [[nodiscard]] Failure badTitle() const override { return kWordyParamsErr; }

    [[nodiscard]] std::int64_t timeOnWire(std::int64_t timeMs) const override {
        // Beyond 2262 there is no number for it.
        constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max() / kNanosecondsPerMs;
        return std::clamp(timeMs, -kLast, kLast) * kNanosecondsPerMs;
    }

    [[nodiscard]] std::string commentAdded(contract::Comment comment) const override {
        return contract::writeComment(withoutAuthor(std::move(comment)));
    }

    [[nodiscard]] std::string commentDeleted(contract::Id comment, std::int64_t nowMs) const override {
        // An object here, too. What was in the comment is gone.
        return contract::writeComment(withoutAuthor({comment, {}, {}, std::to_string(timeOnWire(nowMs))}));
    }

    [[nodiscard]] std::string comments(std::vector<contract::Comment> comments) const override {
        for (contract::Comment& comment : comments) {
            comment = withoutAuthor(std::move(comment));
        }
        return contract::writeComments(comments);
    }

    [[nodiscard]] std::string friends(std::vector<contract::FriendUser> friends) const override {
        for (contract::FriendUser& each : friends) {
            contract::User& user = each.user;
            user.avatar.clear();
            user.backgroundImage.clear();
            user.signature.clear();
            user.totalFavorited = 0;
            user.workCount = 0;
            user.favoriteCount = 0;
        }
        return contract::writeFriends(friends);
    }

    [[nodiscard]] std::string messages(std::vector<contract::Message> messages) const override {
        for (contract::Message& message : messages) {
            message.fromUserId = message.id;
            message.createTime = timeOnWire(message.createTime);
        }
        return contract::writeMessages(messages);
    }

private:
    static constexpr std::int64_t kNanosecondsPerMs = 1'000'000;
};

}  // namespace

const Answers& tikgokAnswers() {
    static const TikgokAnswers kAnswers;
    return kAnswers;
}

}  // namespace tikgok::sim
