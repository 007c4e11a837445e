// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/dialects/demo.h"

#include "backend-sim/gateway/call.h"
#include "backend-sim/gateway/dialects/demo_writers.h"
#include "backend-sim/gateway/dialects/later.h"
#include "backend-sim/gateway/upload.h"
#include "backend-sim/services/write/commands.h"
#include "core/contract/text.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

namespace tikgok::sim {

namespace {

using contract::Endpoint;
using contract::Id;

constexpr contract::Failure kNoFile{contract::Code::Params, "http: no such file"};
// The date of every comment there.
constexpr std::string_view kCommentDate = "05-01";

contract::User fixedUser() {
    contract::User user;
    user.id = 1;
    user.name = "TestUser";
    return user;
}

// A parameter that is missing or no text is empty.
std::string textOf(const Params& params, std::string_view name) {
    const auto value = params.text(name);
    return std::string(value ? value->value_or(std::string_view()) : std::string_view());
}

// What is missing or no number is 0.
std::int64_t numberOf(const Params& params, std::string_view name) {
    const auto value = params.integer(name);
    return value ? value->value_or(0) : 0;
}

// The last part of the client's name for a file.
std::string baseName(std::string_view name) {
    name.remove_prefix(name.find_last_of("/\\") + 1);
    return contract::characterCount(name) ? std::string(name) : std::string("upload");
}

// What other dialects show as the title of an upload, which the demo does not read.
std::string titleFor(const std::string& fileName) {
    return !fileName.empty() && fileName.size() <= contract::kMaxTitleLength ? fileName
                                                                             : std::string("upload");
}

}  // namespace

DemoTokens::Digest DemoTokens::digestOf(std::string_view token) {
    Digest digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(token.data()),
                       token.size(), nullptr, 0);
    return digest;
}

contract::TokenNeed DemoServer::need(Endpoint endpoint) const {
    switch (endpoint) {
        case Endpoint::User:
        case Endpoint::PublishAction:
        case Endpoint::FavoriteAction:
        case Endpoint::CommentAction:
        case Endpoint::RelationAction:
        case Endpoint::MessageChat:
        case Endpoint::MessageAction:
            return contract::TokenNeed::Required;
        case Endpoint::Feed:
        case Endpoint::Register:
        case Endpoint::Login:
        case Endpoint::PublishList:
        case Endpoint::FavoriteList:
        case Endpoint::CommentList:
        case Endpoint::FollowList:
        case Endpoint::FollowerList:
        case Endpoint::FriendList:
            return contract::TokenNeed::None;
    }
    return contract::TokenNeed::None;
}

std::expected<Id, contract::Failure> DemoServer::caller(std::string_view token) const {
    const auto user = tokens_.userOf(token);
    return user ? std::expected<Id, contract::Failure>(*user) : std::unexpected(contract::kUserNotFound);
}

contract::Video DemoServer::video() const {
    contract::Video video;
    video.id = 1;
    video.author = fixedUser();
    video.playUrl = content_.playUrl;
    video.coverUrl = content_.coverUrl;
    return video;
}

void DemoServer::serve(http::Exchange& exchange, Call& call) const {
    const Endpoint endpoint = call.route.endpoint->endpoint;
    switch (endpoint) {
        case Endpoint::Feed:
            return exchange.answer(http::jsonResponse(demo::writeFeed(std::array{video()}, now_())));
        case Endpoint::Register:
        case Endpoint::Login:
            return account(exchange, call);
        case Endpoint::User:
            return user(exchange, call);
        case Endpoint::PublishAction:
            return publish(exchange, call);
        case Endpoint::PublishList:
        case Endpoint::FavoriteList:
            return exchange.answer(http::jsonResponse(demo::writeVideos(std::array{video()})));
        case Endpoint::FavoriteAction:
        case Endpoint::RelationAction:
            // The token was looked at, and that is all.
            return exchange.answer(http::jsonResponse(demo::writeSuccess()));
        case Endpoint::CommentAction:
            return comment(exchange, call);
        case Endpoint::CommentList:
            return exchange.answer(http::jsonResponse(demo::writeComments(
                std::array{contract::Comment{1, fixedUser(), "Test Comment", std::string(kCommentDate)}})));
        case Endpoint::FollowList:
        case Endpoint::FollowerList:
        case Endpoint::FriendList:
            return exchange.answer(http::jsonResponse(demo::writeUsers(std::array{fixedUser()})));
        case Endpoint::MessageChat:
            return chat(exchange, call);
        case Endpoint::MessageAction:
            return message(exchange, call);
    }
}

void DemoServer::account(http::Exchange& exchange, Call& call) const {
    std::string name = textOf(call.params, "username");
    std::string password = textOf(call.params, "password");
    std::string token = name + password;
    const bool registering = call.route.endpoint->endpoint == Endpoint::Register;
    if (registering && tokens_.userOf(token)) {
        exchange.answer(failureResponse(call, contract::kUserExists));
        return;
    }
    auto done = later<Id>(exchange, call, [this, token = std::move(token)](Id id) {
        tokens_.learn(token, id);
        return demo::writeAccount(id, token);
    });
    if (registering) {
        services_.user.registerUser(call.context, std::move(name), std::move(password), std::move(done));
    } else {
        services_.user.login(call.context, std::move(name), std::move(password), std::move(done));
    }
}

void DemoServer::user(http::Exchange& exchange, Call& call) const {
    // Whoever was asked for.
    answerWith(exchange, call, services_.user.user(call.context, call.context.caller), demo::writeUser);
}

void DemoServer::publish(http::Exchange& exchange, Call& call) const {
    auto* upload = static_cast<UploadSink*>(exchange.sink.get());
    const bool lostByUs = upload != nullptr && (upload->diskFailed() || upload->noRoom());
    if (upload == nullptr || upload->malformed() || (!upload->hasFile() && !lostByUs)) {
        exchange.answer(failureResponse(call, kNoFile));
        return;
    }
    if (upload->noRoom()) {
        exchange.answer(failureResponse(call, kTurnedAway));
        return;
    }
    auto staged = upload->release();
    if (!staged) {
        exchange.answer(failureResponse(call, contract::kServiceErr));
        return;
    }
    const Id owner = call.context.caller;
    const std::string file = baseName(staged->clientFileName);
    services_.video.publish(call.context, std::move(*staged), titleFor(file),
                            later<Id>(exchange, call, [this, owner, file](Id id) {
                                const std::string name = std::to_string(owner) + "_" + file;
                                rememberUpload(owner, id, name);
                                return demo::writeSuccess(name + " uploaded successfully");
                            }));
}

void DemoServer::rememberUpload(Id owner, Id video, const std::string& name) const {
    const auto published = services_.video.publishedBy(RequestContext{}, owner);
    if (!published) {
        return;
    }
    const auto found = std::ranges::find(*published, video, &contract::Video::id);
    if (found != published->end() && found->playUrl.starts_with(content_.mediaBaseUrl)) {
        uploads_.put(name, found->playUrl.substr(content_.mediaBaseUrl.size()));
    }
}

void DemoServer::comment(http::Exchange& exchange, Call& call) const {
    if (textOf(call.params, "action_type") != "1") {
        exchange.answer(http::jsonResponse(demo::writeSuccess()));
        return;
    }
    answerWith(exchange, call, services_.user.user(call.context, call.context.caller),
               [&call](const contract::User& author) {
                   return demo::writeComment(
                       {1, author, textOf(call.params, "comment_text"), std::string(kCommentDate)});
               });
}

void DemoServer::chat(http::Exchange& exchange, Call& call) const {
    answerWith(exchange, call,
               services_.chat.conversation(call.context, numberOf(call.params, "to_user_id"), 0),
               [](const std::vector<contract::Message>& messages) { return demo::writeMessages(messages); });
}

void DemoServer::message(http::Exchange& exchange, Call& call) const {
    services_.chat.send(call.context, numberOf(call.params, "to_user_id"), textOf(call.params, "content"),
                        later<void>(exchange, call, [] { return demo::writeSuccess(); }));
}

}  // namespace tikgok::sim
