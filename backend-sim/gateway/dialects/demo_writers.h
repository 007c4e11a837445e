// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// JSON as the official demo server writes it: members that are zero, false or empty are left out.
#pragma once

#include "core/contract/types.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tikgok::sim::demo {

// Whole successes. `message` goes into status_msg when it is not empty.
std::string writeSuccess(std::string_view message = {});
std::string writeAccount(contract::Id user, std::string_view token);
std::string writeUser(const contract::User& user);
// `nextTime`: seconds. No list when it is empty.
std::string writeFeed(std::span<const contract::Video> videos, std::int64_t nextTime);
std::string writeVideos(std::span<const contract::Video> videos);
std::string writeUsers(std::span<const contract::User> users);
std::string writeComment(const contract::Comment& comment);
// No list when it is empty.
std::string writeComments(std::span<const contract::Comment> comments);
// null when there are none.
std::string writeMessages(std::span<const contract::Message> messages);

// "5:26PM" in the time zone of this process.
std::string timeOfDay(std::int64_t timeMs);

}  // namespace tikgok::sim::demo
