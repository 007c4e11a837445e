// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The shape of a dialect's answers. Those of `standard` are the contract's writers (core/contract/codec.h);
// what is odd in another dialect overrides one function here.
#pragma once

#include "backend-sim/services/dialect_name.h"
#include "core/contract/codec.h"
#include "core/contract/endpoints.h"
#include "core/contract/errors.h"
#include "core/contract/types.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tikgok::sim {

// Without state: objects live for ever and may be used from any thread.
class Answers {
public:
    virtual ~Answers() = default;

    // Whole answers, in the shape that the endpoint gives its failures.
    [[nodiscard]] virtual std::string failure(contract::Endpoint endpoint,
                                              const contract::Failure& failure) const;
    // The token was missing or bad.
    [[nodiscard]] virtual std::string tokenFailure(contract::Endpoint endpoint,
                                                   const contract::Failure& failure) const;
    // What bad parameters are called here, and a bad title.
    [[nodiscard]] virtual contract::Failure badParams(contract::Endpoint endpoint) const;
    [[nodiscard]] virtual contract::Failure badTitle() const { return contract::kParamsErr; }

    // Milliseconds in the unit of the wire.
    [[nodiscard]] virtual std::int64_t timeOnWire(std::int64_t timeMs) const { return timeMs; }

    [[nodiscard]] virtual std::string commentAdded(contract::Comment comment) const;
    // `nowMs`: the time of the deletion.
    [[nodiscard]] virtual std::string commentDeleted(contract::Id comment, std::int64_t nowMs) const;
    [[nodiscard]] virtual std::string comments(std::vector<contract::Comment> comments) const;
    [[nodiscard]] virtual std::string friends(std::vector<contract::FriendUser> friends) const;
    [[nodiscard]] virtual std::string messages(std::vector<contract::Message> messages) const;
};

const Answers& answersOf(DialectName dialect);
const Answers& standardAnswers();
const Answers& tikgokAnswers();
const Answers& demoAnswers();

}  // namespace tikgok::sim
