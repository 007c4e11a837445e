// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which message of the server is the one that was sent from here. The server gives no id for it, and its
// clock is not ours: a message is recognised by its content, and by not having been there before
// (contract.md 5.1, step 4). Equal texts are told apart by their order.
#pragma once

#include "core/chat/chat_message.h"
#include "core/outbox/intent.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace tikgok {

// What an intent remembers (Intent::data): the messages of the same content that stood in the conversation
// before it was sent. Nothing when that was never found out.
using KnownBefore = std::optional<QSet<contract::Id>>;

QByteArray encodeKnown(const QSet<contract::Id>& known);
KnownBefore decodeKnown(const QByteArray& data);
QSet<contract::Id> messagesLike(const QString& text, const QList<ChatMessage>& messages);

// A text on its way.
struct Outgoing {
    IntentId id = 0;
    QString text;
    IntentState state = IntentState::Waiting;
    // It may be on the server: it was sent at least once.
    bool tried = false;
    ErrorKind errorKind = ErrorKind::None;
    QString errorWords;
    KnownBefore known;
    // Milliseconds of this device's clock, to be shown while the server's time is not known.
    std::int64_t createdAt = 0;
    // The message of the server that it became; 0 as long as none was recognised.
    contract::Id message = 0;
    // Answers without it since the server took it.
    int missed = 0;
    // Sent in an earlier run of the program: it helps to recognise what is there, until everything was read.
    bool earlier = false;
    // Of those: the conversation was read since, so its message was seen or never will be.
    bool hidden = false;

    // Some servers never show a message to who sent it, unless asked for everything: after three answers
    // without it, it counts as sent (contract.md 5.1, step 5).
    static constexpr int kMostMissed = 3;
    [[nodiscard]] bool isSent() const {
        return message != 0 || (state == IntentState::Sent && missed >= kMostMissed);
    }
};

// Gives each text, in the order of their ids, the oldest message that can be it and is no other's. Returns
// the messages that were recognised now.
QList<contract::Id> recognise(QList<Outgoing>& outgoing, const QList<ChatMessage>& messages);

Outgoing outgoingFrom(const Intent& intent);

}  // namespace tikgok
