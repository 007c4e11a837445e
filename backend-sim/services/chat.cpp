// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/chat.h"

#include "backend-sim/services/shapes.h"
#include "backend-sim/services/text_rules.h"
#include "core/contract/endpoints.h"
#include "core/contract/text.h"

#include <utility>

namespace tikgok::sim {

void Chat::send(const RequestContext& context, contract::Id to, std::string text, Done<void> done) {
    if (!isGoodText(text, contract::kMaxMessageLength, *context.policy)) {
        done(std::unexpected(contract::kParamsErr));
        return;
    }
    if (to == context.caller && context.policy->refuseSelfMessage) {
        done(std::unexpected(contract::kSelfMessage));
        return;
    }
    writer_.submit(SendMessage{context.caller, to, std::move(text), context.policy->checkTargets,
                               context.policy->messageDelay.count()},
                   std::move(done));
}

Outcome<std::vector<contract::Message>> Chat::conversation(const RequestContext& context, contract::Id with,
                                                           std::int64_t after) const {
    std::vector<contract::Message> messages;
    const bool found =
        reader_.readConversation(context.caller, with, contract::toMilliseconds(after),
                                 [&](const MessageRow& row) { messages.push_back(messageOf(row)); });
    if (!found) {
        return std::unexpected(contract::kUserNotFound);
    }
    return messages;
}

}  // namespace tikgok::sim
