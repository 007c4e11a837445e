// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Likes and comments.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/media_urls.h"
#include "backend-sim/ports/read_model.h"
#include "backend-sim/services/services.h"
#include "backend-sim/services/write/commands.h"

namespace tikgok::sim {

class Interactions final : public InteractionService {
public:
    // Nothing is owned. Callbacks given to the writers refer to `users` and `urls`.
    struct Needs {
        const InteractionReader& reader;
        // For the author of a new comment.
        const UserReader& users;
        Submit<SetFavorite>& favorites;
        Submit<AddComment>& comments;
        Submit<DeleteComment>& removals;
        const MediaUrls& urls;
        const Clock& clock;
    };
    explicit Interactions(const Needs& needs) : needs_(needs) {}

    void favorite(const RequestContext& context, contract::Id video, contract::Action action,
                  Done<void> done) override;
    Outcome<std::vector<contract::Video>> favoritesOf(const RequestContext& context,
                                                      contract::Id user) const override;
    void addComment(const RequestContext& context, contract::Id video, std::string text,
                    Done<contract::Comment> done) override;
    void deleteComment(const RequestContext& context, contract::Id video, contract::Id comment,
                       Done<void> done) override;
    Outcome<std::vector<contract::Comment>> commentsOn(const RequestContext& context,
                                                       contract::Id video) const override;

private:
    const Needs needs_;
};

}  // namespace tikgok::sim
