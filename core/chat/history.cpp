// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/history.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

bool isOlder(const ChatMessage& a, const ChatMessage& b) {
    return a.key < b.key;
}

}  // namespace

ChatMessage chatMessageFrom(const contract::ReceivedMessage& received, contract::Id me) {
    const contract::Message& message = received.message;
    const bool sideKnown = message.toUserId > 0 || message.fromUserId == me;
    return {
        .key = {.time = message.createTime, .id = message.id},
        .own = sideKnown && message.toUserId != me,
        .sideKnown = sideKnown,
        .timeText = QString::fromStdString(received.createTimeText),
        .content = QString::fromStdString(message.content),
    };
}

History::Change History::take(const std::vector<contract::ReceivedMessage>& answer, contract::Id me,
                              Extent extent) {
    Change change;
    QList<ChatMessage> said;
    QSet<contract::Id> present;
    said.reserve(static_cast<qsizetype>(answer.size()));
    for (const contract::ReceivedMessage& received : answer) {
        if (!present.contains(received.message.id)) {
            present.insert(received.message.id);
            said.append(chatMessageFrom(received, me));
        }
    }
    std::ranges::sort(said, isOlder);
    if (extent == Extent::Whole) {
        const bool related = present.intersects(ids_);
        if (said.isEmpty() || !related) {
            change.removed = QList<contract::Id>(ids_.cbegin(), ids_.cend());
            messages_.clear();
            ids_.clear();
        } else {
            keepOnly(present, said.constFirst().key, said.constLast().key, change);
        }
    }
    bool sorted = true;
    const qsizetype before = messages_.size();
    for (ChatMessage& message : said) {
        if (!ids_.contains(message.id())) {
            sorted = sorted && (messages_.isEmpty() || messages_.constLast().key < message.key);
            ids_.insert(message.id());
            change.added.append(message);
            messages_.append(std::move(message));
            continue;
        }
        ChatMessage& known = messages_[placeOf(message.key, before)];
        message.own = message.own || (!message.sideKnown && known.own);
        if (known != message) {
            sorted = sorted && known.key == message.key;
            known = message;
            change.changed.append(message);
        }
    }
    if (!sorted) {
        std::ranges::sort(messages_, isOlder);
    }
    return change;
}

void History::keepOnly(const QSet<contract::Id>& present, MessageKey first, MessageKey last, Change& change) {
    messages_.removeIf([&](const ChatMessage& message) {
        const bool gone = message.key >= first && message.key <= last && !present.contains(message.id());
        if (gone) {
            change.removed.append(message.id());
            ids_.remove(message.id());
        }
        return gone;
    });
}

void History::restore(const QList<ChatMessage>& kept) {
    for (const ChatMessage& message : kept) {
        if (!ids_.contains(message.id())) {
            ids_.insert(message.id());
            messages_.append(message);
        }
    }
    std::ranges::sort(messages_, isOlder);
}

std::optional<ChatMessage> History::markOwn(contract::Id id) {
    const qsizetype at = indexOf(id);
    if (at < 0 || messages_.at(at).own) {
        return std::nullopt;
    }
    messages_[at].own = true;
    return messages_.at(at);
}

std::int64_t History::newestTime() const {
    return messages_.isEmpty() ? 0 : messages_.constLast().key.time;
}

MessageKey History::newestOwn() const {
    for (auto at = messages_.crbegin(); at != messages_.crend(); ++at) {
        if (at->own) {
            return at->key;
        }
    }
    return {};
}

// Most answers repeat what is known, so a long history must not be searched for each of them. Only the first
// `sorted` messages are in order.
qsizetype History::placeOf(MessageKey key, qsizetype sorted) const {
    const auto end = messages_.cbegin() + sorted;
    const auto found =
        std::lower_bound(messages_.cbegin(), end, key,
                         [](const ChatMessage& one, MessageKey wanted) { return one.key < wanted; });
    return found != end && found->id() == key.id ? found - messages_.cbegin() : indexOf(key.id);
}

qsizetype History::indexOf(contract::Id id) const {
    for (qsizetype i = messages_.size() - 1; i >= 0; --i) {
        if (messages_.at(i).id() == id) {
            return i;
        }
    }
    return -1;
}

}  // namespace tikgok
