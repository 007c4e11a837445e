// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether anybody still waits for an answer.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/services/context.h"

#include <utility>

namespace tikgok::sim {

inline Interest interestOf(const RequestContext& context) {
    return {context.deadline, context.cancelled};
}

inline bool nobodyWaits(const RequestContext& context, const Clock& clock) {
    return interestOf(context).over(clock.steadyNow());
}

// For work in many small steps: asks the clock only now and then.
class Patience {
public:
    Patience(const RequestContext& context, const Clock& clock) : context_(context), clock_(clock) {}

    // Whether the next step is worth doing. Once false, always false.
    bool goesOn() {
        constexpr unsigned kSteps = 256;
        if (!ended_ && ++steps_ % kSteps == 0) {
            ended_ = nobodyWaits(context_, clock_);
        }
        return !ended_;
    }
    [[nodiscard]] bool ended() const { return ended_; }

private:
    const RequestContext& context_;
    const Clock& clock_;
    unsigned steps_ = 0;
    bool ended_ = false;
};

// For a visitor of rows: appends what `make` makes of each, as long as somebody waits.
template <class List, class Make>
auto gather(List& list, Patience& patience, Make make) {
    return [&list, &patience, make = std::move(make)](const auto& sight) {
        list.push_back(make(sight));
        return patience.goesOn();
    };
}

}  // namespace tikgok::sim
