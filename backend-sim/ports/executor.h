// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs work that takes long (password hashes, covers) outside the caller's thread.
#pragma once

#include <functional>

namespace tikgok::sim {

// Any thread.
class Executor {
public:
    virtual ~Executor() = default;

    // False, and `work` is dropped without having run, when there is no room or the executor has been closed.
    // What was taken is run, also when the executor closes after that.
    [[nodiscard]] virtual bool tryRun(std::move_only_function<void()>&& work) = 0;
};

}  // namespace tikgok::sim
