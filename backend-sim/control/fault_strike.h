// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the rules that strike do to one request.
#pragma once

#include "backend-sim/control/fault_dice.h"
#include "backend-sim/control/fault_rule.h"
#include "backend-sim/gateway/interference.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tikgok::sim {

class FaultStrike final : public Strike {
public:
    void add(std::shared_ptr<const FaultRule> rule, const FaultDice& dice);
    void explain(std::string notes) { explanation_ = std::move(notes); }

    std::optional<http::Response> instead(const http::Exchange& exchange, const Call& call) override;
    [[nodiscard]] bool willRepeat() const override;
    bool again(const http::Exchange& exchange) override;
    void shape(const http::Exchange& exchange, const Call& call, http::Response& response) override;

    [[nodiscard]] std::string_view rules() const override { return rules_; }
    [[nodiscard]] std::string_view kinds() const override { return kinds_; }
    [[nodiscard]] std::string_view explanation() const override { return explanation_; }

private:
    struct Blow {
        std::shared_ptr<const FaultRule> rule;
        FaultDice dice;
    };

    std::vector<Blow> blows_;
    bool repeated_ = false;
    std::string rules_;
    std::string kinds_;
    std::string explanation_;
};

}  // namespace tikgok::sim
