// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Follows and friends.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/media_urls.h"
#include "backend-sim/ports/read_model.h"
#include "backend-sim/services/services.h"
#include "backend-sim/services/write/commands.h"

namespace tikgok::sim {

class Sociality final : public SocialityService {
public:
    // Nothing is owned.
    struct Needs {
        const SocialityReader& reader;
        Submit<SetFollow>& writer;
        const MediaUrls& urls;
        const Clock& clock;
    };
    explicit Sociality(const Needs& needs) : needs_(needs) {}

    void follow(const RequestContext& context, contract::Id user, contract::Action action,
                Done<void> done) override;
    Outcome<std::vector<contract::User>> followedBy(const RequestContext& context,
                                                    contract::Id user) const override;
    Outcome<std::vector<contract::User>> followersOf(const RequestContext& context,
                                                     contract::Id user) const override;
    Outcome<std::vector<contract::FriendUser>> friendsOf(const RequestContext& context,
                                                         contract::Id user) const override;

private:
    const Needs needs_;
};

}  // namespace tikgok::sim
