// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/dialects/jwt_doorman.h"

#include "backend-sim/gateway/call.h"

namespace tikgok::sim {

namespace {

bool isList(contract::Endpoint endpoint) {
    switch (endpoint) {
        case contract::Endpoint::PublishList:
        case contract::Endpoint::FavoriteList:
        case contract::Endpoint::FollowList:
        case contract::Endpoint::FollowerList:
        case contract::Endpoint::FriendList:
        case contract::Endpoint::CommentList:
            return true;
        case contract::Endpoint::Feed:
        case contract::Endpoint::Register:
        case contract::Endpoint::Login:
        case contract::Endpoint::User:
        case contract::Endpoint::PublishAction:
        case contract::Endpoint::FavoriteAction:
        case contract::Endpoint::CommentAction:
        case contract::Endpoint::RelationAction:
        case contract::Endpoint::MessageChat:
        case contract::Endpoint::MessageAction:
            return false;
    }
    return false;
}

}  // namespace

contract::TokenNeed JwtDoorman::need(contract::Endpoint endpoint) const {
    if (rules_.lenient && isList(endpoint)) {
        return contract::TokenNeed::Optional;
    }
    if (endpoint == contract::Endpoint::CommentList && !rules_.strangersReadComments) {
        return contract::TokenNeed::Required;
    }
    return contract::info(endpoint).token;
}

std::expected<contract::Id, contract::Failure> JwtDoorman::known(contract::Id user) const {
    if (rules_.userMustExist && !users_.exists(user)) {
        return std::unexpected(contract::kTokenInvalid);
    }
    return user;
}

std::expected<contract::Id, contract::Failure> JwtDoorman::caller(std::string_view token) const {
    const std::int64_t now = now_();
    if (const auto pass = known_.find(token); pass && pass->goodAt(now)) {
        return known(pass->user);
    }
    const auto pass = tokens_.examine(token, now, rules_.tokens);
    if (!pass) {
        return std::unexpected(pass.error());
    }
    known_.keep(token, *pass);
    return known(pass->user);
}

}  // namespace tikgok::sim
