// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who needs an entity, and since when nobody does.
#pragma once

#include <cstdint>

namespace tikgok {

// Models hold what is in their rows, a video holds its author. What nobody holds is dropped by the
// EntityStore when there is too much of it, the longest unused first, between two turns of the event loop.
// So: what is kept from one turn to another is held, or is a QPointer.
class EntityUse {
public:
    void hold() { ++holders_; }
    void release() { --holders_; }
    [[nodiscard]] bool held() const { return holders_ > 0; }

    // For the store: a number that grows with every use.
    void touch(std::uint64_t now) { touched_ = now; }
    [[nodiscard]] std::uint64_t touched() const { return touched_; }

private:
    int holders_ = 0;
    std::uint64_t touched_ = 0;
};

}  // namespace tikgok
