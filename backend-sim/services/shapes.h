// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// From rows as readers see them to the nouns of the contract.
#pragma once

#include "backend-sim/ports/media_urls.h"
#include "backend-sim/ports/read_model.h"
#include "backend-sim/services/context.h"
#include "backend-sim/services/policy.h"
#include "core/contract/types.h"

#include <cstdint>
#include <string>

namespace tikgok::sim {

contract::User userOf(const UserSight& sight, const MediaUrls& urls);
contract::Video videoOf(const VideoSight& sight, const MediaUrls& urls);
contract::Comment commentOf(const CommentSight& sight, const MediaUrls& urls, const Policy& policy);
contract::FriendUser friendOf(const FriendSight& sight, contract::Id caller, const MediaUrls& urls);
contract::Message messageOf(const MessageRow& row);

// What the dialect asks of lists of people and of what people wrote.
ListOptions listOptionsOf(const Policy& policy);

// Whose list is asked for: 0 means the caller, where ids are looked at, and nobody otherwise.
contract::Id ownerOf(const RequestContext& context, contract::Id user);

// "MM-dd" in the time zone of this process.
std::string monthAndDay(std::int64_t timeMs);

}  // namespace tikgok::sim
