// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/outgoing.h"

#include <algorithm>

namespace tikgok {

namespace {

constexpr char kKnownFormat = '1';

bool canBe(const ChatMessage& message, const QString& text) {
    return (message.own || !message.sideKnown) && message.content == text;
}

}  // namespace

QByteArray encodeKnown(const QSet<contract::Id>& known) {
    QByteArray data(1, kKnownFormat);
    for (const contract::Id id : known) {
        data += ' ' + QByteArray::number(static_cast<qlonglong>(id));
    }
    return data;
}

KnownBefore decodeKnown(const QByteArray& data) {
    const QList<QByteArray> words = data.split(' ');
    if (words.constFirst() != QByteArray(1, kKnownFormat)) {
        return std::nullopt;
    }
    QSet<contract::Id> known;
    for (const QByteArray& word : words.sliced(1)) {
        known.insert(word.toLongLong());
    }
    return known;
}

QSet<contract::Id> messagesLike(const QString& text, const QList<ChatMessage>& messages) {
    QSet<contract::Id> like;
    for (const ChatMessage& message : messages) {
        if (canBe(message, text)) {
            like.insert(message.id());
        }
    }
    return like;
}

Outgoing outgoingFrom(const Intent& intent) {
    return {
        .id = intent.id,
        .text = intent.text,
        .state = intent.state,
        .tried = intent.attempts > 0 || intent.maybeDone || intent.state == IntentState::Sending ||
                 intent.state == IntentState::Checking || intent.state == IntentState::Sent,
        .errorKind = intent.errorKind,
        .errorWords = intent.errorWords,
        .known = decodeKnown(intent.data),
        .createdAt = intent.createdAt,
    };
}

QList<contract::Id> recognise(QList<Outgoing>& outgoing, const QList<ChatMessage>& messages) {
    QSet<contract::Id> taken;
    for (const Outgoing& one : outgoing) {
        if (one.message != 0) {
            taken.insert(one.message);
        }
    }
    QList<contract::Id> recognised;
    for (Outgoing& one : outgoing) {
        if (one.message != 0 || !one.tried || !one.known) {
            continue;
        }
        const auto found = std::ranges::find_if(messages, [&](const ChatMessage& message) {
            return canBe(message, one.text) && !one.known->contains(message.id()) &&
                   !taken.contains(message.id());
        });
        if (found != messages.end()) {
            one.message = found->id();
            taken.insert(found->id());
            recognised.append(found->id());
        }
    }
    return recognised;
}

}  // namespace tikgok
