// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/sociality.h"

#include "backend-sim/services/shapes.h"
#include "backend-sim/services/waiting.h"

#include <utility>

namespace tikgok::sim {

void Sociality::follow(const RequestContext& context, contract::Id user, contract::Action action,
                       Done<void> done) {
    if (user == context.caller) {
        done(std::unexpected(contract::kSelfFollow));
        return;
    }
    needs_.writer.submit(SetFollow{context.caller, user, action == contract::Action::Do,
                                   context.policy->checkTargets, interestOf(context)},
                         std::move(done));
}

Outcome<std::vector<contract::User>> Sociality::followedBy(const RequestContext& context,
                                                           contract::Id user) const {
    std::vector<contract::User> users;
    Patience patience(context, needs_.clock);
    const ListFacts facts = needs_.reader.readFollowed(
        context.caller, ownerOf(context, user), listOptionsOf(*context.policy),
        gather(users, patience, [&](const UserSight& sight) { return userOf(sight, needs_.urls); }));
    if (patience.ended()) {
        return std::unexpected(contract::kServiceErr);
    }
    if (!facts.owner && context.policy->checkTargets) {
        return std::unexpected(contract::kUserNotFound);
    }
    return users;
}

Outcome<std::vector<contract::User>> Sociality::followersOf(const RequestContext& context,
                                                            contract::Id user) const {
    std::vector<contract::User> users;
    Patience patience(context, needs_.clock);
    const ListFacts facts = needs_.reader.readFollowers(
        context.caller, ownerOf(context, user), listOptionsOf(*context.policy),
        gather(users, patience, [&](const UserSight& sight) { return userOf(sight, needs_.urls); }));
    if (patience.ended()) {
        return std::unexpected(contract::kServiceErr);
    }
    if (!facts.owner && context.policy->checkTargets) {
        return std::unexpected(contract::kUserNotFound);
    }
    return users;
}

Outcome<std::vector<contract::FriendUser>> Sociality::friendsOf(const RequestContext& context,
                                                                contract::Id user) const {
    ListOptions options = listOptionsOf(*context.policy);
    if (context.policy->messageDelay.count() > 0) {
        options.messagesBefore = needs_.clock.nowMs() + 1;
    }
    std::vector<contract::FriendUser> friends;
    Patience patience(context, needs_.clock);
    const ListFacts facts = needs_.reader.readFriends(
        context.caller, ownerOf(context, user), options,
        gather(friends, patience,
               [&](const FriendSight& sight) { return friendOf(sight, context.caller, needs_.urls); }));
    if (patience.ended()) {
        return std::unexpected(contract::kServiceErr);
    }
    if (!facts.owner && context.policy->checkTargets) {
        return std::unexpected(contract::kUserNotFound);
    }
    return friends;
}

}  // namespace tikgok::sim
