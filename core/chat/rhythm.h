// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// When to ask a server again: often while something happens, less and less when nothing does, seldom while it
// fails. Pure; whoever uses it has the timer.
#pragma once

#include "core/api/error.h"

#include <chrono>

namespace tikgok {

struct Pace {
    std::chrono::milliseconds fast{1'500};
    // Slower than this only after errors.
    std::chrono::milliseconds slow{6'000};
    // Answers without news before it slows down.
    int patience = 10;
    std::chrono::milliseconds longestAfterErrors{60'000};
};

class Rhythm final {
public:
    explicit Rhythm(Pace pace) : pace_(pace), wait_(pace.fast) {}

    // Keeps the state and goes on within the new bounds.
    void setPace(Pace pace);
    // Something came, or the person does something: as fast as it may be.
    void heard();
    void quiet();
    // A server that says how long to wait is obeyed.
    void failed(const Error& error);

    // The wait before the next question.
    [[nodiscard]] std::chrono::milliseconds wait() const;

private:
    Pace pace_;
    std::chrono::milliseconds wait_;
    int quietOnes_ = 0;
    int failures_ = 0;
    std::chrono::milliseconds asked_{0};
};

}  // namespace tikgok
