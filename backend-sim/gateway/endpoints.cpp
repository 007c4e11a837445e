// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/endpoints.h"

#include "backend-sim/gateway/page_writer.h"
#include "backend-sim/gateway/upload.h"
#include "core/contract/codec.h"

#include <optional>
#include <string>
#include <utility>

namespace tikgok::sim {

namespace {

using contract::Endpoint;
using contract::Id;

void fail(http::Exchange& exchange, const Call& call, const contract::Failure& failure) {
    exchange.answer(failureResponse(call.route.endpoint->endpoint, failure));
}

void badParams(http::Exchange& exchange, const Call& call) {
    fail(exchange, call, contract::kParamsErr);
}

// An id that the call cannot do without. Ids start at 1.
std::optional<Id> requiredId(const Params& params, std::string_view name) {
    const auto value = params.integer(name);
    return value && value->value_or(0) >= 1 ? *value : std::nullopt;
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

template <class T, class Write>
void answerWith(http::Exchange& exchange, const Call& call, const Outcome<T>& outcome, Write write) {
    if (outcome) {
        exchange.answer(http::jsonResponse(write(*outcome)));
    } else {
        fail(exchange, call, outcome.error());
    }
}

// For results that come later. `write` makes the JSON of a success; a Responder that is dropped instead says
// `service err` by itself.
template <class T, class Write>
Done<T> later(http::Exchange& exchange, const Call& call, Write write) {
    const Endpoint target = call.route.endpoint->endpoint;
    http::Responder waiting = exchange.defer();
    waiting.whenDropped(
        [](std::uint8_t subject) {
            return failureResponse(static_cast<Endpoint>(subject), contract::kServiceErr);
        },
        static_cast<std::uint8_t>(target));
    return [responder = std::move(waiting), target, write = std::move(write)](Outcome<T> outcome) mutable {
        try {
            if (!outcome) {
                responder(failureResponse(target, outcome.error()));
            } else if constexpr (std::is_void_v<T>) {
                responder(http::jsonResponse(write()));
            } else {
                responder(http::jsonResponse(write(*outcome)));
            }
        } catch (...) {
            // This runs on the threads that do the work, which must go on. Moved away and gone, the responder
            // says `service err`.
            const http::Responder unanswered(std::move(responder));
        }
    };
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
    answerWith(exchange, call, nextTime, [&page](std::int64_t next) { return page.feed(next); });
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
    if (!id || id->value_or(0) < 0) {
        return badParams(exchange, call);
    }
    answerWith(exchange, call, services_.user.user(call.context, id->value_or(0)), contract::writeUser);
}

void Endpoints::publish(http::Exchange& exchange, Call& call) const {
    auto* upload = static_cast<UploadSink*>(exchange.sink.get());
    auto title = requiredText(call.params, "title");
    if (upload == nullptr || upload->malformed() || !title || title->empty()) {
        return badParams(exchange, call);
    }
    if (upload->diskFailed()) {
        return fail(exchange, call, contract::kServiceErr);
    }
    if (!upload->hasFile()) {
        return badParams(exchange, call);
    }
    auto staged = upload->release();
    if (!staged) {
        return fail(exchange, call, contract::kServiceErr);
    }
    services_.video.publish(call.context, std::move(*staged), std::move(*title),
                            later<Id>(exchange, call, [](Id) { return contract::writeSuccess(); }));
}

void Endpoints::videoList(http::Exchange& exchange, Call& call) const {
    const auto owner = requiredId(call.params, "user_id");
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
    const auto video = requiredId(call.params, "video_id");
    const auto action = actionOf(call.params);
    if (!video || !action) {
        return badParams(exchange, call);
    }
    services_.interaction.favorite(call.context, *video, *action,
                                   later<void>(exchange, call, contract::writeSuccess));
}

void Endpoints::comment(http::Exchange& exchange, Call& call) const {
    const auto video = requiredId(call.params, "video_id");
    const auto action = actionOf(call.params);
    if (!video || !action) {
        return badParams(exchange, call);
    }
    if (*action == contract::Action::Do) {
        auto text = requiredText(call.params, "comment_text");
        if (!text) {
            return badParams(exchange, call);
        }
        services_.interaction.addComment(
            call.context, *video, std::move(*text),
            later<contract::Comment>(exchange, call, [](contract::Comment& written) {
                return contract::writeComment(std::move(written));
            }));
        return;
    }
    const auto id = call.params.integer("comment_id");
    if (!id || id->value_or(-1) < 0) {
        return badParams(exchange, call);
    }
    services_.interaction.deleteComment(call.context, *video, **id, later<void>(exchange, call, [] {
                                            return contract::writeComment(std::nullopt);
                                        }));
}

void Endpoints::commentList(http::Exchange& exchange, Call& call) const {
    const auto video = requiredId(call.params, "video_id");
    if (!video) {
        return badParams(exchange, call);
    }
    answerWith(exchange, call, services_.interaction.commentsOn(call.context, *video),
               contract::writeComments);
}

void Endpoints::relation(http::Exchange& exchange, Call& call) const {
    const auto other = requiredId(call.params, "to_user_id");
    const auto action = actionOf(call.params);
    if (!other || !action) {
        return badParams(exchange, call);
    }
    services_.sociality.follow(call.context, *other, *action,
                               later<void>(exchange, call, contract::writeSuccess));
}

void Endpoints::userList(http::Exchange& exchange, Call& call) const {
    const auto owner = requiredId(call.params, "user_id");
    if (!owner) {
        return badParams(exchange, call);
    }
    const Endpoint endpoint = call.route.endpoint->endpoint;
    if (endpoint == Endpoint::FriendList) {
        answerWith(exchange, call, services_.sociality.friendsOf(call.context, *owner),
                   contract::writeFriends);
        return;
    }
    answerWith(exchange, call,
               endpoint == Endpoint::FollowList ? services_.sociality.followedBy(call.context, *owner)
                                                : services_.sociality.followersOf(call.context, *owner),
               contract::writeUsers);
}

void Endpoints::chat(http::Exchange& exchange, Call& call) const {
    const auto other = requiredId(call.params, "to_user_id");
    const auto after = call.params.integer("pre_msg_time");
    if (!other || !after) {
        return badParams(exchange, call);
    }
    answerWith(exchange, call, services_.chat.conversation(call.context, *other, after->value_or(0)),
               contract::writeMessages);
}

void Endpoints::message(http::Exchange& exchange, Call& call) const {
    const auto other = requiredId(call.params, "to_user_id");
    auto text = requiredText(call.params, "content");
    // 2 has no meaning here; the reference server sends for it too.
    if (!other || !text || actionOf(call.params) != contract::Action::Do) {
        return badParams(exchange, call);
    }
    services_.chat.send(call.context, *other, std::move(*text),
                        later<void>(exchange, call, contract::writeSuccess));
}

}  // namespace tikgok::sim
