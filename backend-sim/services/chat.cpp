// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/chat.h"

#include "backend-sim/services/shapes.h"
#include "backend-sim/services/text_rules.h"
#include "backend-sim/services/waiting.h"
#include "core/contract/endpoints.h"
#include "core/contract/text.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace tikgok::sim {

namespace {

constexpr std::int64_t kChatNanosecondsPerMs = 1'000'000;

}  // namespace

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
                               context.policy->messageDelay.count(), interestOf(context)},
                   std::move(done));
}

Outcome<std::vector<contract::Message>> Chat::conversation(const RequestContext& context, contract::Id with,
                                                           std::int64_t bound) const {
    const Policy& policy = *context.policy;
    MessageWindow window;
    if (policy.chatBefore) {
        // Rounded up: a message of the bound's own millisecond is before it.
        window.before = policy.timeInput == Policy::TimeInput::Nanoseconds
                            ? bound / kChatNanosecondsPerMs + (bound % kChatNanosecondsPerMs > 0 ? 1 : 0)
                            : contract::toMilliseconds(bound);
        window.newestFirst = true;
        if (bound <= 0) {
            window.before = std::numeric_limits<std::int64_t>::min();
        }
    } else {
        window.after = contract::toMilliseconds(bound);
    }
    if (policy.messageDelay.count() > 0) {
        window.before = std::min(window.before, clock_.nowMs() + 1);
    }
    std::vector<contract::Message> messages;
    Patience patience(context, clock_);
    const ListFacts facts = reader_.readConversation(
        context.caller, with, window,
        gather(messages, patience, [&](const MessageRow& row) { return messageOf(row); }));
    if (patience.ended()) {
        return std::unexpected(contract::kServiceErr);
    }
    if (!facts.owner && policy.checkTargets) {
        return std::unexpected(contract::kUserNotFound);
    }
    return messages;
}

}  // namespace tikgok::sim
