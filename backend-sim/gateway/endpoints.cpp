// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/endpoints.h"

#include "backend-sim/gateway/dialects/later.h"
#include "backend-sim/gateway/page_writer.h"
#include "backend-sim/gateway/upload.h"
#include "backend-sim/services/text_rules.h"
#include "backend-sim/services/write/commands.h"
#include "core/contract/codec.h"

#include <optional>
#include <string>
#include <utility>

namespace tikgok::sim {

namespace {

using contract::Endpoint;
using contract::Id;

constexpr std::int64_t kMsPerSecond = 1000;

void badParams(http::Exchange& exchange, const Call& call) {
    const Endpoint endpoint = call.route.endpoint->endpoint;
    exchange.answer(failureResponse(call, call.dialect->answers.badParams(endpoint)));
}

// An id that the call cannot do without. Ids start at 1, where they are looked at at all.
std::optional<Id> idOf(const Call& call, std::string_view name) {
    const auto value = call.params.integer(name);
    if (!value) {
        return std::nullopt;
    }
    const Id id = value->value_or(0);
    return id >= 1 || call.dialect->params.anyId ? std::optional(id) : std::nullopt;
}

std::optional<std::string> requiredText(const Params& params, std::string_view name) {
    const auto value = params.text(name);
    return value && *value ? std::optional<std::string>(**value) : std::nullopt;
}

std::optional<contract::Action> actionOf(const Params& params) {
    const auto value = params.integer("action_type");
    switch (value ? value->value_or(0) : 0) {
        case 1:
            return contract::Action::Do;
        case 2:
            return contract::Action::Undo;
        default:
            return std::nullopt;
    }
}

}  // namespace

void Endpoints::serve(http::Exchange& exchange, Call& call) const {
    if (call.params.spoiled()) {
        badParams(exchange, call);
        return;
    }
    const contract::EndpointInfo& endpoint = *call.route.endpoint;
    if (endpoint.method == contract::Method::Post) {
        call.context.cancelled = exchange.cancelled();
    }
    switch (endpoint.endpoint) {
        case Endpoint::Feed:
            return feed(exchange, call);
        case Endpoint::Register:
        case Endpoint::Login:
            return account(exchange, call);
        case Endpoint::User:
            return user(exchange, call);
        case Endpoint::PublishAction:
            return publish(exchange, call);
        case Endpoint::PublishList:
        case Endpoint::FavoriteList:
            return videoList(exchange, call);
        case Endpoint::FavoriteAction:
            return favorite(exchange, call);
        case Endpoint::CommentAction:
            return comment(exchange, call);
        case Endpoint::CommentList:
            return commentList(exchange, call);
        case Endpoint::RelationAction:
            return relation(exchange, call);
        case Endpoint::FollowList:
        case Endpoint::FollowerList:
        case Endpoint::FriendList:
            return userList(exchange, call);
        case Endpoint::MessageChat:
            return chat(exchange, call);
        case Endpoint::MessageAction:
            return message(exchange, call);
    }
}

void Endpoints::feed(http::Exchange& exchange, Call& call) const {
    const auto latest = call.params.integer("latest_time");
    if (!latest) {
        return badParams(exchange, call);
    }
    VideoPageWriter page;
    const auto nextTime = services_.video.visitFeed(
        call.context, latest->value_or(0),
        [&page](const VideoSight& sight, const MediaUrls& urls) { page.add(sight, urls); });
    answerWith(exchange, call, nextTime, [&page, &call](std::int64_t next) {
        return page.feed(call.dialect->answers.timeOnWire(next));
    });
}

void Endpoints::account(http::Exchange& exchange, Call& call) const {
    auto name = requiredText(call.params, "username");
    auto password = requiredText(call.params, "password");
    if (!name || !password) {
        return badParams(exchange, call);
    }
    call.context.peer = exchange.request.peer;
    auto done = later<Id>(exchange, call, [&tokens = tokens_, &now = now_](Id id) {
        return contract::writeAccount(id, tokens.issue(id, now()));
    });
    if (call.route.endpoint->endpoint == Endpoint::Register) {
        services_.user.registerUser(call.context, std::move(*name), std::move(*password), std::move(done));
    } else {
        services_.user.login(call.context, std::move(*name), std::move(*password), std::move(done));
    }
}

void Endpoints::user(http::Exchange& exchange, Call& call) const {
    const auto id = call.params.integer("user_id");
    if (!id || (id->value_or(0) < 0 && !call.dialect->params.anyId)) {
        return badParams(exchange, call);
    }
    answerWith(exchange, call, services_.user.user(call.context, id->value_or(0)), contract::writeUser);
}

void Endpoints::publish(http::Exchange& exchange, Call& call) const {
    auto* upload = static_cast<UploadSink*>(exchange.sink.get());
    auto title = requiredText(call.params, "title");
    const ParamRules& rules = call.dialect->params;
    if (!title || title->empty() ||
        (rules.titleFirst && !isGoodText(*title, contract::kMaxTitleLength, *call.context.policy))) {
        exchange.answer(failureResponse(call, call.dialect->answers.badTitle()));
        return;
    }
    if (upload == nullptr || upload->malformed()) {
        return badParams(exchange, call);
    }
    if (upload->noRoom()) {
        exchange.answer(failureResponse(call, kTurnedAway));
        return;
    }
    if (upload->diskFailed()) {
        exchange.answer(failureResponse(call, contract::kServiceErr));
        return;
    }
    if (!upload->hasFile()) {
        return badParams(exchange, call);
    }
    auto staged = upload->release();
    if (!staged) {
        exchange.answer(failureResponse(call, contract::kServiceErr));
        return;
    }
    services_.video.publish(call.context, std::move(*staged), std::move(*title),
                            later<Id>(exchange, call, [](Id) { return contract::writeSuccess(); }));
}

void Endpoints::videoList(http::Exchange& exchange, Call& call) const {
    const auto owner = idOf(call, "user_id");
    if (!owner) {
        return badParams(exchange, call);
    }
    const bool published = call.route.endpoint->endpoint == Endpoint::PublishList;
    answerWith(exchange, call,
               published ? services_.video.publishedBy(call.context, *owner)
                         : services_.interaction.favoritesOf(call.context, *owner),
               contract::writeVideos);
}

void Endpoints::favorite(http::Exchange& exchange, Call& call) const {
    const auto video = idOf(call, "video_id");
    const auto action = actionOf(call.params);
    if (!video || !action) {
        return badParams(exchange, call);
    }
    services_.interaction.favorite(call.context, *video, *action,
                                   later<void>(exchange, call, contract::writeSuccess));
}

void Endpoints::comment(http::Exchange& exchange, Call& call) const {
    const auto video = idOf(call, "video_id");
    const auto action = actionOf(call.params);
    if (!video || !action) {
        return badParams(exchange, call);
    }
    const Answers& answers = call.dialect->answers;
    if (*action == contract::Action::Do) {
        const auto text = call.params.text("comment_text");
        if (!text || (!*text && !call.dialect->params.textOptional)) {
            return badParams(exchange, call);
        }
        services_.interaction.addComment(
            call.context, *video, std::string(text->value_or(std::string_view())),
            later<contract::Comment>(exchange, call, [&answers](contract::Comment& written) {
                return answers.commentAdded(std::move(written));
            }));
        return;
    }
    const auto id = call.params.integer("comment_id");
    if (!id || (id->value_or(-1) < 0 && !call.dialect->params.anyId)) {
        return badParams(exchange, call);
    }
    services_.interaction.deleteComment(
        call.context, *video, id->value_or(0),
        later<void>(exchange, call, [&answers, gone = id->value_or(0), now = now_()] {
            return answers.commentDeleted(gone, now * kMsPerSecond);
        }));
}

void Endpoints::commentList(http::Exchange& exchange, Call& call) const {
    const auto video = idOf(call, "video_id");
    if (!video) {
        return badParams(exchange, call);
    }
    answerWith(exchange, call, services_.interaction.commentsOn(call.context, *video),
               [&call](std::vector<contract::Comment>& comments) {
                   return call.dialect->answers.comments(std::move(comments));
               });
}

void Endpoints::relation(http::Exchange& exchange, Call& call) const {
    const auto other = idOf(call, "to_user_id");
    const auto action = actionOf(call.params);
    if (!other || !action) {
        return badParams(exchange, call);
    }
    services_.sociality.follow(call.context, *other, *action,
                               later<void>(exchange, call, contract::writeSuccess));
}

void Endpoints::userList(http::Exchange& exchange, Call& call) const {
    const auto owner = idOf(call, "user_id");
    if (!owner) {
        return badParams(exchange, call);
    }
    const Endpoint endpoint = call.route.endpoint->endpoint;
    if (endpoint == Endpoint::FriendList) {
        answerWith(exchange, call, services_.sociality.friendsOf(call.context, *owner),
                   [&call](std::vector<contract::FriendUser>& friends) {
                       return call.dialect->answers.friends(std::move(friends));
                   });
        return;
    }
    answerWith(exchange, call,
               endpoint == Endpoint::FollowList ? services_.sociality.followedBy(call.context, *owner)
                                                : services_.sociality.followersOf(call.context, *owner),
               contract::writeUsers);
}

void Endpoints::chat(http::Exchange& exchange, Call& call) const {
    const auto other = idOf(call, "to_user_id");
    const auto after = call.params.integer("pre_msg_time");
    if (!other || !after) {
        return badParams(exchange, call);
    }
    answerWith(exchange, call, services_.chat.conversation(call.context, *other, after->value_or(0)),
               [&call](std::vector<contract::Message>& messages) {
                   return call.dialect->answers.messages(std::move(messages));
               });
}

void Endpoints::message(http::Exchange& exchange, Call& call) const {
    const auto other = idOf(call, "to_user_id");
    auto text = requiredText(call.params, "content");
    const auto action = actionOf(call.params);
    // 2 has no meaning here; the reference server sends for it too.
    if (!other || !text || !action ||
        (*action != contract::Action::Do && !call.dialect->params.undoSendsToo)) {
        return badParams(exchange, call);
    }
    services_.chat.send(call.context, *other, std::move(*text),
                        later<void>(exchange, call, contract::writeSuccess));
}

}  // namespace tikgok::sim
