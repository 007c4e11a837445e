// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/message_sender.h"

#include "core/chat/history.h"
#include "core/chat/outgoing.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// Whose a message is, is seen from the receiver: whatever does not go to the peer is not the account's. The
// handler may be asked for an account whose id it does not know.
QList<ChatMessage> seenByWriter(const std::vector<contract::ReceivedMessage>& received, contract::Id peer) {
    QList<ChatMessage> messages;
    for (const contract::ReceivedMessage& one : received) {
        ChatMessage message = chatMessageFrom(one, 0);
        message.own = one.message.toUserId == peer;
        message.sideKnown = one.message.toUserId > 0;
        messages.append(std::move(message));
    }
    std::ranges::sort(messages, {}, &ChatMessage::key);
    return messages;
}

}  // namespace

MessageSender::MessageSender(Api& api, ChatProtocol& protocol, Outbox& outbox, LookOptions options)
    : api_(api), protocol_(protocol), outbox_(outbox), options_(options) {
    outbox_.setHandler(IntentKind::Message, *this);
}

MessageSender::~MessageSender() {
    outbox_.removeHandler(IntentKind::Message);
}

QCoro::Task<Result<void>> MessageSender::send(Intent intent, QString token, std::stop_token alive) {
    if (!decodeKnown(intent.data)) {
        auto read = co_await protocol_.readWhole(intent.target, token, alive);
        if (alive.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        if (!read) {
            // Nothing was sent yet.
            Error error = read.error();
            error.maybeDone = false;
            co_return std::unexpected(std::move(error));
        }
        const QSet<contract::Id> known =
            messagesLike(intent.text, seenByWriter(read->messages, intent.target));
        // The disk knows that it is being sent. After a kill it must know as well what was there before.
        auto kept = co_await outbox_.setData(intent.id, encodeKnown(known));
        if (alive.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        // One that never came to the disk cannot come back from it either.
        if (!kept && intent.kept) {
            co_return std::unexpected(std::move(kept.error()));
        }
    }
    auto answer = co_await api_.sendMessage(intent.target, intent.text, token, alive);
    if (!answer) {
        co_return std::unexpected(answer.error());
    }
    co_return Result<void>();
}

bool MessageSender::isThere(const Intent& intent,
                            const std::vector<contract::ReceivedMessage>& messages) const {
    // Equal texts that were sent before this one have the first claim.
    QList<Outgoing> equal;
    for (const Intent& other : outbox_.all(intent.account)) {
        if (other.kind == IntentKind::Message && other.target == intent.target && other.text == intent.text &&
            (other.id == intent.id || (other.id < intent.id && other.state == IntentState::Sent))) {
            equal.prepend(outgoingFrom(other));
            equal.first().tried = true;
        }
    }
    recognise(equal, seenByWriter(messages, intent.target));
    const auto found = std::ranges::find(equal, intent.id, &Outgoing::id);
    return found != equal.end() && found->message != 0;
}

QCoro::Task<Result<Presence>> MessageSender::find(Intent intent, QString token, std::stop_token alive) {
    if (!decodeKnown(intent.data)) {
        // It is known before anything is sent.
        co_return Presence::Absent;
    }
    const auto look = [&]() -> QCoro::Task<Result<Presence>> {
        auto read = co_await protocol_.readWhole(intent.target, token, alive);
        if (alive.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        if (!read) {
            co_return std::unexpected(read.error());
        }
        co_return isThere(intent, read->messages) ? Presence::There : Presence::Absent;
    };
    auto found = co_await lookAgain(options_, look, alive);
    co_return std::move(found);
}

}  // namespace tikgok
