// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/interactions.h"

#include "backend-sim/services/shapes.h"
#include "backend-sim/services/text_rules.h"
#include "backend-sim/services/waiting.h"

#include <utility>

namespace tikgok::sim {

void Interactions::favorite(const RequestContext& context, contract::Id video, contract::Action action,
                            Done<void> done) {
    needs_.favorites.submit(SetFavorite{context.caller, video, action == contract::Action::Do,
                                        context.policy->checkTargets, interestOf(context)},
                            std::move(done));
}

Outcome<std::vector<contract::Video>> Interactions::favoritesOf(const RequestContext& context,
                                                                contract::Id user) const {
    std::vector<contract::Video> videos;
    Patience patience(context, needs_.clock);
    const ListFacts facts = needs_.reader.readFavorites(
        context.caller, ownerOf(context, user),
        gather(videos, patience, [&](const VideoSight& sight) { return videoOf(sight, needs_.urls); }));
    if (patience.ended()) {
        return std::unexpected(contract::kServiceErr);
    }
    if (!facts.owner && context.policy->checkTargets) {
        return std::unexpected(contract::kUserNotFound);
    }
    if (facts.missing > 0 && !context.policy->checkTargets) {
        return std::unexpected(contract::kInteractionRpc);
    }
    return videos;
}

void Interactions::addComment(const RequestContext& context, contract::Id video, std::string text,
                              Done<contract::Comment> done) {
    if (context.policy->checkCommentText && !isGoodText(text, contract::kMaxCommentLength, *context.policy)) {
        done(std::unexpected(contract::kParamsErr));
        return;
    }
    needs_.comments.submit(
        AddComment{context.caller, video, std::move(text), context.policy->checkTargets, interestOf(context)},
        [this, policy = context.policy, done = std::move(done)](Outcome<CommentRow> added) mutable {
            if (!added) {
                done(std::unexpected(added.error()));
                return;
            }
            contract::Comment comment;
            const bool found = needs_.users.readUser(added->user, added->user, [&](const UserSight& author) {
                comment = commentOf({*added, author}, needs_.urls, *policy);
            });
            if (!found && !policy->checkTargets) {
                const UserRow nobody;
                comment = commentOf({*added, UserSight{nobody}}, needs_.urls, *policy);
            }
            if (found || !policy->checkTargets) {
                done(std::move(comment));
            } else {
                done(std::unexpected(contract::kInteractionErr));
            }
        });
}

void Interactions::deleteComment(const RequestContext& context, contract::Id video, contract::Id comment,
                                 Done<void> done) {
    needs_.removals.submit(DeleteComment{context.caller, video, comment, context.policy->checkTargets,
                                         context.policy->checkOwner, interestOf(context)},
                           std::move(done));
}

Outcome<std::vector<contract::Comment>> Interactions::commentsOn(const RequestContext& context,
                                                                 contract::Id video) const {
    std::vector<contract::Comment> comments;
    Patience patience(context, needs_.clock);
    const ListFacts facts = needs_.reader.readComments(
        context.caller, video, listOptionsOf(*context.policy),
        gather(comments, patience,
               [&](const CommentSight& sight) { return commentOf(sight, needs_.urls, *context.policy); }));
    if (patience.ended()) {
        return std::unexpected(contract::kServiceErr);
    }
    if (!facts.owner && context.policy->checkTargets) {
        return std::unexpected(contract::kVideoNotFound);
    }
    return comments;
}

}  // namespace tikgok::sim
