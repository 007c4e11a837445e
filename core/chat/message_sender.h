// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sends messages out of the outbox, each once. The contract's call is not idempotent and names no message, so
// after a lost answer the conversation is read before the text is sent again.
#pragma once

#include "core/api/api.h"
#include "core/chat/chat_protocol.h"
#include "core/outbox/look_again.h"
#include "core/outbox/outbox.h"

namespace tikgok {

// Intent::data is what encodeKnown() made; when it is empty, it is found out before the first try.
class MessageSender final : public IntentHandler {
public:
    // All must outlive it. Sets itself as the outbox's handler.
    MessageSender(Api& api, ChatProtocol& protocol, Outbox& outbox, LookOptions options = {});
    ~MessageSender() override;

    QCoro::Task<Result<void>> send(Intent intent, QString token, std::stop_token alive) override;
    QCoro::Task<Result<Presence>> find(Intent intent, QString token, std::stop_token alive) override;

private:
    [[nodiscard]] bool isThere(const Intent& intent,
                               const std::vector<contract::ReceivedMessage>& messages) const;

    Api& api_;
    ChatProtocol& protocol_;
    Outbox& outbox_;
    LookOptions options_;
};

}  // namespace tikgok
