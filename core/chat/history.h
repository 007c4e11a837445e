// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is known of one conversation: each message once, ordered by (create_time, id), whatever the order,
// the unit and the overlap of the answers that brought them (contract.md 4.12, 5 and 5.1).
#pragma once

#include "core/chat/chat_message.h"
#include "core/contract/codec.h"

#include <QList>
#include <QSet>

#include <cstdint>
#include <optional>
#include <vector>

namespace tikgok {

// How much of the conversation an answer holds.
enum class Extent : std::uint8_t {
    Part,   // some messages; says nothing about the others
    Whole,  // the server was asked for everything
};

class History final {
public:
    struct Change {
        // New here, oldest first.
        QList<ChatMessage> added;
        // Known before, and different now.
        QList<ChatMessage> changed;
        QList<contract::Id> removed;

        [[nodiscard]] bool isEmpty() const {
            return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
        }
    };

    // Takes an answer of the server into the history; `me` is the account that asked. A whole answer that has
    // nothing in common with what is known here comes from another life of the server and replaces it; an
    // empty one empties it; otherwise what is missing between its first and its last message is gone there,
    // and here. (Some servers give thirty at a time: what lies outside stays.)
    Change take(const std::vector<contract::ReceivedMessage>& answer, contract::Id me, Extent extent);
    // Messages that were kept on this device. Never overwrites what a server said.
    void restore(const QList<ChatMessage>& kept);
    // A message whose side the server does not tell was recognised as sent from here.
    std::optional<ChatMessage> markOwn(contract::Id id);

    // Oldest first.
    [[nodiscard]] const QList<ChatMessage>& messages() const { return messages_; }
    [[nodiscard]] bool isEmpty() const { return messages_.isEmpty(); }
    [[nodiscard]] bool contains(contract::Id id) const { return ids_.contains(id); }
    // The largest raw create_time, to be echoed; 0 when there is none.
    [[nodiscard]] std::int64_t newestTime() const;
    // The key of the newest message of the account itself.
    [[nodiscard]] MessageKey newestOwn() const;

private:
    [[nodiscard]] qsizetype indexOf(contract::Id id) const;
    [[nodiscard]] qsizetype placeOf(MessageKey key, qsizetype sorted) const;
    void keepOnly(const QSet<contract::Id>& present, MessageKey first, MessageKey last, Change& change);

    QList<ChatMessage> messages_;
    QSet<contract::Id> ids_;
};

// The message as kept here. Its direction comes from to_user_id, because from_user_id is wrong on some
// servers (contract.md 5, row 24); where neither helps, the side is not known.
ChatMessage chatMessageFrom(const contract::ReceivedMessage& received, contract::Id me);

}  // namespace tikgok
