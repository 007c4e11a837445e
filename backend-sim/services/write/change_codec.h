// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Changes as the bytes that lie in the queue.
#pragma once

#include "backend-sim/ports/repositories.h"

#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

// A change, fully determined, and how far ids had been given out when it was decided.
struct QueuedChange {
    Change change;
    Id idBound = 0;
};

// Compact: a like is about twenty bytes.
std::string encodeChange(const Change& change, Id idBound);
// Nothing when these are not the bytes of exactly one change that this program knows.
std::optional<QueuedChange> decodeChange(std::string_view bytes);

// For logs and lists: "like", "unlike", "comment", ...
std::string_view kindOf(const Change& change);
// What it is done to: the video of a like or comment, the user who is followed or written to, the id of what
// is new or gone.
Id targetOf(const Change& change);

}  // namespace tikgok::sim
