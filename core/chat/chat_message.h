// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One message of a conversation, as this client keeps it.
#pragma once

#include "core/contract/types.h"

#include <QString>

#include <compare>
#include <cstdint>

namespace tikgok {

// Where a message stands among the others of its conversation. `time` is the server's raw create_time, in
// whatever unit: it is compared and echoed, never computed with.
struct MessageKey {
    std::int64_t time = 0;
    contract::Id id = 0;

    auto operator<=>(const MessageKey&) const = default;
};

struct ChatMessage {
    MessageKey key;
    // Written by the account that reads the conversation.
    bool own = false;
    // The server said whose it is. Otherwise `own` is true only for what was recognised as sent from here.
    bool sideKnown = true;
    // What the server sent as the time when that was no number ("5:26PM").
    QString timeText;
    // As sent; whoever shows it cuts it.
    QString content;

    [[nodiscard]] contract::Id id() const { return key.id; }
    bool operator==(const ChatMessage&) const = default;
};

}  // namespace tikgok
