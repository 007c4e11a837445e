// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Waits for one descriptor on a thread of its own.
#pragma once

#include <functional>
#include <thread>

namespace tikgok::sim {

class DescriptorWatch {
public:
    // Takes `descriptor`, which is closed with this. `then` is called once, on the thread, when it can be
    // read; never after this is gone. A descriptor of -1, or no room for another one: nobody watches.
    DescriptorWatch(int descriptor, std::move_only_function<void()> then);
    ~DescriptorWatch();
    DescriptorWatch(const DescriptorWatch&) = delete;
    DescriptorWatch& operator=(const DescriptorWatch&) = delete;

    [[nodiscard]] bool watching() const { return thread_.joinable(); }

private:
    void watch();

    const int descriptor_;
    const int done_;
    std::move_only_function<void()> then_;
    std::thread thread_;
};

}  // namespace tikgok::sim
