// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One conversation of the present account: what the server said, and what is on its way there.
#pragma once

#include "core/api/error.h"
#include "core/chat/chat_store.h"
#include "core/chat/history.h"
#include "core/chat/outgoing.h"

#include <QDateTime>
#include <QObject>
#include <QString>

#include <optional>

namespace tikgok {

// The newest message as the list of friends tells it, without a time and an id.
struct LastWords {
    QString text;
    bool own = false;

    bool operator==(const LastWords&) const = default;
};

// Owned by the ChatBook, which alone changes it.
class Conversation final : public QObject {
    Q_OBJECT

public:
    explicit Conversation(contract::Id peer, QObject* parent = nullptr);

    [[nodiscard]] contract::Id peer() const { return person_.id; }
    // Name, picture, friendship, what was seen and when it was read.
    [[nodiscard]] const KeptPeer& person() const { return person_; }
    [[nodiscard]] const History& history() const { return history_; }
    // In the order in which they are sent; those that became messages of the history name them.
    [[nodiscard]] const QList<Outgoing>& outgoing() const { return outgoing_; }
    // It was read from the beginning since the program or the account changed.
    [[nodiscard]] bool wholeRead() const { return wholeRead_; }
    // Goes up whenever the messages, or what is on its way, may have changed.
    [[nodiscard]] int revision() const { return revision_; }
    // Why the last reading failed.
    [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }
    // The place in the server's list of friends; friends first, then by it.
    [[nodiscard]] int place() const { return place_; }

    // Received messages that are newer than what was seen, and than what was answered.
    [[nodiscard]] int unread() const;
    // Something was said, as far as is known.
    [[nodiscard]] bool hasWords() const;
    // The newest of all: on its way, in the history, or in the list of friends.
    [[nodiscard]] LastWords lastWords() const;
    // The newest text that is on its way and did not arrive; null when all did.
    [[nodiscard]] const Outgoing* lastOutgoing() const;
    // Invalid when unknown.
    [[nodiscard]] QDateTime lastMoment() const;

Q_SIGNALS:
    // Anything about it.
    void changed();
    // Messages of the peer that came while the conversation was known, oldest first.
    void arrived(const QList<tikgok::ChatMessage>& messages);

private:
    friend class ChatBook;

    [[nodiscard]] bool isOutgoing(IntentId id) const;
    [[nodiscard]] bool needsReading() const;
    [[nodiscard]] bool wantsWhole() const;
    // `asked`: it answers a question, so that what it lacks is missing.
    void restore(const QList<ChatMessage>& kept);
    History::Change take(const ChatProtocol::Answer& answer, contract::Id me, bool asked);
    void putOutgoing(const Intent& intent);
    void removeOutgoing(IntentId id);
    // What was sent in an earlier run, and is in the history or will never be.
    void forgetEarlierSent();
    void recogniseOutgoing(History::Change& change);

    KeptPeer person_;
    History history_;
    QList<Outgoing> outgoing_;
    bool wholeRead_ = false;
    bool restored_ = false;
    bool reloadAsked_ = false;
    std::optional<Error> problem_;
    // What the list of friends said last, and what it had said when the conversation was read.
    LastWords said_;
    std::optional<LastWords> readAtWords_;
    int place_ = 0;
    int revision_ = 0;
    // Questions that found nothing, while the kind of the server is not known.
    int emptyReads_ = 0;
};

}  // namespace tikgok
