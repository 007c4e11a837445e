// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/parent_watch.h"

#include <array>
#include <csignal>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tikgok::sim {

ParentWatch::ParentWatch() : parent_(::getppid()) {
    process_ = static_cast<int>(::syscall(SYS_pidfd_open, parent_, 0));
    done_ = ::eventfd(0, EFD_CLOEXEC);
    if (process_ < 0 || done_ < 0) {
        // A parent that cannot be seen from in here, as in a container that was entered from outside.
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    }
    // It may have died before that; then its number may be somebody else's by now.
    if (::getppid() != parent_) {
        tell();
    } else if (process_ >= 0 && done_ >= 0) {
        thread_ = std::thread([this] { watch(); });
    }
}

ParentWatch::~ParentWatch() {
    if (thread_.joinable()) {
        const std::uint64_t one = 1;
        static_cast<void>(::write(done_, &one, sizeof(one)));
        thread_.join();
    }
    for (const int descriptor : {process_, done_}) {
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }
}

void ParentWatch::tell() {
    ended_ = true;
    ::kill(::getpid(), SIGTERM);
}

void ParentWatch::watch() {
    std::array<pollfd, 2> waits{{{process_, POLLIN, 0}, {done_, POLLIN, 0}}};
    while (::poll(waits.data(), waits.size(), -1) < 0) {
        // Interrupted: once more.
    }
    if (waits[1].revents == 0) {
        tell();
    }
}

}  // namespace tikgok::sim
