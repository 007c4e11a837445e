// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/descriptor_watch.h"

#include <array>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace tikgok::sim {

DescriptorWatch::DescriptorWatch(int descriptor, std::move_only_function<void()> then)
    : descriptor_(descriptor), done_(::eventfd(0, EFD_CLOEXEC)), then_(std::move(then)) {
    if (descriptor_ >= 0 && done_ >= 0) {
        thread_ = std::thread([this] { watch(); });
    }
}

DescriptorWatch::~DescriptorWatch() {
    if (thread_.joinable()) {
        const std::uint64_t one = 1;
        static_cast<void>(::write(done_, &one, sizeof(one)));
        thread_.join();
    }
    for (const int descriptor : {descriptor_, done_}) {
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }
}

void DescriptorWatch::watch() {
    std::array<pollfd, 2> waits{{{descriptor_, POLLIN, 0}, {done_, POLLIN, 0}}};
    while (::poll(waits.data(), waits.size(), -1) < 0) {
        // Interrupted: once more.
    }
    if (waits[0].revents != 0) {
        then_();
    }
}

}  // namespace tikgok::sim
