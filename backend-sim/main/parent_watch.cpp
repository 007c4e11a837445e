// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/parent_watch.h"

#include <csignal>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tikgok::sim {

ParentWatch::ParentWatch() : parent_(::getppid()) {
    watch_.emplace(static_cast<int>(::syscall(SYS_pidfd_open, parent_, 0)), [this] { tell(); });
    if (!watch_->watching()) {
        // A parent that cannot be seen from in here, as in a container that was entered from outside.
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    }
    // It may have died before that; then its number may be somebody else's by now.
    if (::getppid() != parent_) {
        tell();
    }
}

void ParentWatch::tell() {
    if (!ended_.exchange(true)) {
        ::kill(::getpid(), SIGTERM);
    }
}

}  // namespace tikgok::sim
