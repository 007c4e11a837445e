// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/uploads/recovery.h"

#include "backend-sim/services/write/change_codec.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace tikgok::sim {

StoreResult<std::vector<Upload>> uploadsIn(MessageQueue& queue) {
    std::vector<Upload> uploads;
    const auto take = [&uploads](const Message& message) {
        if (auto upload = decodeUpload(message.body); upload && message.topic == Topic::Uploads) {
            uploads.push_back(std::move(*upload));
        }
    };
    constexpr std::size_t kPart = 256;
    for (MessageId after = 0;;) {
        const auto part = queue.read(Topic::Uploads, after, kPart);
        if (!part) {
            return std::unexpected(part.error());
        }
        std::ranges::for_each(*part, take);
        if (part->size() < kPart) {
            break;
        }
        after = part->back().id;
    }
    const auto dead = queue.deadLetters();
    if (!dead) {
        return std::unexpected(dead.error());
    }
    for (const DeadLetter& letter : *dead) {
        take(letter.message);
        const auto queued =
            letter.message.topic == Topic::Writes ? decodeChange(letter.message.body) : std::nullopt;
        if (const auto* row = queued ? std::get_if<VideoRow>(&queued->change) : nullptr) {
            Upload& kept = uploads.emplace_back();
            kept.id = row->id;
            kept.playKey = row->playKey;
            kept.coverKey = row->coverKey;
        }
    }
    return uploads;
}

}  // namespace tikgok::sim
