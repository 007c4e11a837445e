// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/rhythm.h"

#include <algorithm>

namespace tikgok {

void Rhythm::setPace(Pace pace) {
    pace_ = pace;
    wait_ = std::clamp(wait_, pace_.fast, std::max(pace_.fast, pace_.slow));
}

void Rhythm::heard() {
    wait_ = pace_.fast;
    quietOnes_ = 0;
    failures_ = 0;
    asked_ = std::chrono::milliseconds(0);
}

void Rhythm::quiet() {
    failures_ = 0;
    asked_ = std::chrono::milliseconds(0);
    if (++quietOnes_ >= pace_.patience) {
        wait_ = std::min(wait_ + wait_ / 4, std::max(pace_.fast, pace_.slow));
    }
}

void Rhythm::failed(const Error& error) {
    ++failures_;
    asked_ = error.retryAfter.value_or(std::chrono::milliseconds(0));
}

std::chrono::milliseconds Rhythm::wait() const {
    if (failures_ == 0) {
        return wait_;
    }
    constexpr int kMostDoublings = 10;
    const auto backedOff = std::min(wait_ * (1 << std::min(failures_, kMostDoublings)),
                                    std::max(pace_.longestAfterErrors, pace_.fast));
    return std::max<std::chrono::milliseconds>(backedOff, asked_);
}

}  // namespace tikgok
