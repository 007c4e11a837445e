// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ends this program in good order when the process that started it has ended, however that went.
#pragma once

#include "backend-sim/main/descriptor_watch.h"

#include <atomic>
#include <optional>
#include <sys/types.h>

namespace tikgok::sim {

// Sends SIGTERM to this process once its parent is gone, or at once when it is gone already; to be made with
// SIGTERM blocked, before other threads. What PR_SET_PDEATHSIG does comes when the *thread* ends that started
// this process: runners of tests start theirs from threads that do not last.
class ParentWatch {
public:
    ParentWatch();
    ParentWatch(const ParentWatch&) = delete;
    ParentWatch& operator=(const ParentWatch&) = delete;

    // Any thread.
    [[nodiscard]] bool parentEnded() const { return ended_; }
    // The first process of all was the parent from the begin: either it started this one, or whoever did had
    // ended before. Nobody can tell.
    [[nodiscard]] bool wasOrphan() const { return parent_ == 1; }

private:
    void tell();

    const pid_t parent_;
    std::atomic<bool> ended_ = false;
    // Goes first.
    std::optional<DescriptorWatch> watch_;
};

}  // namespace tikgok::sim
