// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/early_stop.h"

#include <array>
#include <csignal>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
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
    signals_ = ::signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    done_ = ::eventfd(0, EFD_CLOEXEC);
    if (signals_ >= 0 && done_ >= 0) {
        thread_ = std::thread([this] { watch(); });
    }
}

EarlyStop::~EarlyStop() {
    if (thread_.joinable()) {
        const std::uint64_t one = 1;
        static_cast<void>(::write(done_, &one, sizeof(one)));
        thread_.join();
    }
    for (const int descriptor : {signals_, done_}) {
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }
}

void EarlyStop::watch() const {
    std::array<pollfd, 2> waits{{{signals_, POLLIN, 0}, {done_, POLLIN, 0}}};
    while (::poll(waits.data(), waits.size(), -1) < 0) {
        // Interrupted: once more.
    }
    signalfd_siginfo which{};
    if (::read(signals_, &which, sizeof(which)) != static_cast<ssize_t>(sizeof(which))) {
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
