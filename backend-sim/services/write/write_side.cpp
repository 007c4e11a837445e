// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/write/write_side.h"

#include <future>
#include <memory>
#include <utility>

namespace tikgok::sim {

WriteSide::WriteSide(const Needs& needs, const Limits& limits)
    : needs_(needs),
      consumer_({needs.queue, needs.tables, needs.applier, needs.clock, needs.telemetry, needs.log},
                limits.consumer),
      intake_({needs.queue, needs.readModel, needs.clock, needs.ids, consumer_, needs.space, needs.telemetry,
               needs.log, needs.messageShown},
              limits.intake) {}

std::size_t WriteSide::depth() const {
    return needs_.queue.depth(Topic::Writes);
}

bool WriteSide::freeze(std::chrono::milliseconds patience) {
    intake_.hold();
    if (!consumer_.drain(patience)) {
        intake_.release();
        return false;
    }
    consumer_.pause();
    return true;
}

void WriteSide::thaw() {
    consumer_.resume();
    intake_.release();
}

StoreResult<bool> WriteSide::resend(MessageId deadLetter) {
    auto answer = std::make_shared<std::promise<StoreResult<MessageId>>>();
    auto result = answer->get_future();
    intake_.resend(deadLetter, [answer](StoreResult<MessageId> sent) { answer->set_value(std::move(sent)); });
    const StoreResult<MessageId> sent = result.get();
    if (sent && *sent != 0 && needs_.resent) {
        needs_.resent();
    }
    return sent ? StoreResult<bool>(*sent != 0) : std::unexpected(sent.error());
}

void WriteSide::close() {
    intake_.close();
    consumer_.close();
}

}  // namespace tikgok::sim
