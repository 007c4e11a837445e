// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/early_stop.h"

#include <csignal>
#include <sys/signalfd.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tikgok::sim {

EarlyStop::EarlyStop(std::filesystem::path leftover) : leftover_(std::move(leftover)) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    const int signals = ::signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    watch_.emplace(signals, [this, signals] { end(signals); });
}

void EarlyStop::end(int signals) const {
    signalfd_siginfo which{};
    if (::read(signals, &which, sizeof(which)) != static_cast<ssize_t>(sizeof(which))) {
        return;
    }
    if (!leftover_.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(leftover_, ignored);
    }
    // So that whoever waits for this process learns what ended it.
    const int number = static_cast<int>(which.ssi_signo);
    std::signal(number, SIG_DFL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    std::raise(number);
    pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
}

}  // namespace tikgok::sim
