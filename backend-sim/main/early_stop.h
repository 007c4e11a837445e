// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend-sim/main/descriptor_watch.h"

#include <filesystem>
#include <optional>

namespace tikgok::sim {

// While this lives, SIGTERM and SIGINT end the process at once, as they would without a handler. Making or
// reading a large world takes long, and somebody who asks for an end should not wait for it: nothing was
// promised to anybody yet, and the next start puts right what was begun.
// The signals must be blocked in every thread; once this is gone, sigwait() takes them again.
class EarlyStop {
public:
    // Starts a thread. `leftover` is removed before the process ends; empty: nothing.
    explicit EarlyStop(std::filesystem::path leftover = {});
    EarlyStop(const EarlyStop&) = delete;
    EarlyStop& operator=(const EarlyStop&) = delete;

private:
    void end(int signals) const;

    std::filesystem::path leftover_;
    // Goes first.
    std::optional<DescriptorWatch> watch_;
};

}  // namespace tikgok::sim
