// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The write path of the simulator on one directory, put together as the program does it, without what costs a
// start: no accounts with passwords, no media, no HTTP.
#pragma once

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/services/write/commands.h"
#include "tests/durability/protocol.h"

#include <expected>
#include <memory>
#include <string>

namespace tikgok::sim::durability {

class WritePath {
public:
    // Opens or makes the directory's files, with the people and videos of protocol.h, and takes up what a
    // crash left. `watch` outlives it; with a control, one of its parts is a defective one.
    static std::expected<std::unique_ptr<WritePath>, std::string> open(const std::filesystem::path& directory,
                                                                       Control control, bool parity,
                                                                       Watch& watch);
    // Finishes what was accepted, and closes the files.
    ~WritePath();
    WritePath(const WritePath&) = delete;
    WritePath& operator=(const WritePath&) = delete;

    Submit<SetFavorite>& favorites();
    Submit<AddComment>& comments();
    Submit<SendMessage>& messages();
    // What readers see.
    MemoryStore& readModel();

private:
    struct Parts;
    explicit WritePath(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace tikgok::sim::durability
