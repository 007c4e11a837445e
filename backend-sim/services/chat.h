// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Messages between two people.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/read_model.h"
#include "backend-sim/services/services.h"
#include "backend-sim/services/write/commands.h"

namespace tikgok::sim {

class Chat final : public ChatService {
public:
    // Nothing is owned.
    Chat(const ChatReader& reader, Submit<SendMessage>& writer, const Clock& clock)
        : reader_(reader), writer_(writer), clock_(clock) {}

    void send(const RequestContext& context, contract::Id to, std::string text, Done<void> done) override;
    Outcome<std::vector<contract::Message>> conversation(const RequestContext& context, contract::Id with,
                                                         std::int64_t after) const override;

private:
    const ChatReader& reader_;
    Submit<SendMessage>& writer_;
    const Clock& clock_;
};

}  // namespace tikgok::sim
