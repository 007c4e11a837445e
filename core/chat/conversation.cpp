// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/conversation.h"

#include "core/chat/message_text.h"

#include <algorithm>
#include <limits>

namespace tikgok {

Conversation::Conversation(contract::Id peer, QObject* parent)
    : QObject(parent), place_(std::numeric_limits<int>::max()) {
    person_.id = peer;
}

int Conversation::unread() const {
    const MessageKey known = std::max(person_.seen, history_.newestOwn());
    int count = 0;
    const auto& messages = history_.messages();
    for (auto at = messages.crbegin(); at != messages.crend() && at->key > known; ++at) {
        count += at->own ? 0 : 1;
    }
    // Not read yet, but the list of friends says that there is something.
    const bool hinted =
        messages.isEmpty() && person_.seen == MessageKey() && !said_.text.isEmpty() && !said_.own;
    return count == 0 && hinted ? 1 : count;
}

bool Conversation::hasWords() const {
    return !history_.isEmpty() || !said_.text.isEmpty() || lastOutgoing() != nullptr;
}

const Outgoing* Conversation::lastOutgoing() const {
    for (auto at = outgoing_.crbegin(); at != outgoing_.crend(); ++at) {
        if (at->message == 0 && !at->hidden) {
            return &*at;
        }
    }
    return nullptr;
}

LastWords Conversation::lastWords() const {
    if (const Outgoing* one = lastOutgoing()) {
        return {.text = one->text, .own = true};
    }
    if (!history_.isEmpty()) {
        const ChatMessage& message = history_.messages().constLast();
        return {.text = message.content, .own = message.own};
    }
    return said_;
}

QDateTime Conversation::lastMoment() const {
    if (const Outgoing* one = lastOutgoing()) {
        return QDateTime::fromMSecsSinceEpoch(one->createdAt);
    }
    return history_.isEmpty() ? QDateTime() : momentOf(history_.messages().constLast());
}

// The list of friends says something else than what is known here. A server that shortens the words there
// must not be asked for ever.
bool Conversation::needsReading() const {
    if (said_.text.isEmpty() || readAtWords_ == said_) {
        return false;
    }
    if (history_.isEmpty()) {
        return true;
    }
    const ChatMessage& newest = history_.messages().constLast();
    return newest.content != said_.text || (newest.sideKnown && newest.own != said_.own);
}

bool Conversation::wantsWhole() const {
    if (!wholeRead_) {
        return true;
    }
    // What counts as sent without having been seen is settled by a reload, once; and a conversation that was
    // empty tells the kind of its server with the first message, as soon as it can be seen (contract.md 5.1,
    // steps 5 and 2).
    const auto isUnseen = [](const Outgoing& one) {
        return one.message == 0 && !one.earlier && one.state == IntentState::Sent;
    };
    const auto gaveUp = [&](const Outgoing& one) { return isUnseen(one) && one.isSent(); };
    const auto waits = [&](const Outgoing& one) { return isUnseen(one) && !one.isSent(); };
    return (!reloadAsked_ && std::ranges::any_of(outgoing_, gaveUp)) ||
           (history_.isEmpty() && std::ranges::any_of(outgoing_, waits));
}

History::Change Conversation::take(const ChatProtocol::Answer& answer, contract::Id me, bool asked) {
    const bool first = !wholeRead_ && history_.isEmpty();
    History::Change change = history_.take(answer.messages, me, answer.extent);
    for (Outgoing& one : outgoing_) {
        if (one.message != 0 && change.removed.contains(one.message)) {
            one.message = 0;
        }
    }
    recogniseOutgoing(change);
    for (Outgoing& one : outgoing_) {
        if (asked && one.message == 0 && one.state == IntentState::Sent) {
            ++one.missed;
        }
    }
    readAtWords_ = said_;
    problem_.reset();
    if (!change.isEmpty() || !outgoing_.isEmpty()) {
        ++revision_;
    }
    if (!first && restored_) {
        QList<ChatMessage> received;
        std::ranges::copy_if(change.added, std::back_inserter(received),
                             [this](const ChatMessage& one) { return !one.own && one.key > person_.seen; });
        if (!received.isEmpty()) {
            Q_EMIT arrived(received);
        }
    }
    return change;
}

void Conversation::restore(const QList<ChatMessage>& kept) {
    history_.restore(kept);
    ++revision_;
}

void Conversation::recogniseOutgoing(History::Change& change) {
    for (const contract::Id id : recognise(outgoing_, history_.messages())) {
        if (const auto own = history_.markOwn(id)) {
            change.added.removeIf([id](const ChatMessage& one) { return one.id() == id; });
            change.changed.append(*own);
        }
    }
}

bool Conversation::isOutgoing(IntentId id) const {
    return std::ranges::find(outgoing_, id, &Outgoing::id) != outgoing_.end();
}

void Conversation::putOutgoing(const Intent& intent) {
    ++revision_;
    const auto found = std::ranges::find(outgoing_, intent.id, &Outgoing::id);
    Outgoing now = outgoingFrom(intent);
    if (found == outgoing_.end()) {
        outgoing_.append(std::move(now));
        std::ranges::sort(outgoing_, {}, &Outgoing::id);
        reloadAsked_ = false;
        return;
    }
    now.message = found->message;
    now.missed = found->missed;
    now.earlier = found->earlier;
    now.hidden = found->hidden;
    *found = std::move(now);
}

void Conversation::removeOutgoing(IntentId id) {
    ++revision_;
    outgoing_.removeIf([id](const Outgoing& one) { return one.id == id; });
}

void Conversation::forgetEarlierSent() {
    ++revision_;
    outgoing_.removeIf([](const Outgoing& one) {
        return one.earlier && one.message == 0 && one.state == IntentState::Sent;
    });
}

}  // namespace tikgok
