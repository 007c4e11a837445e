// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The write path of the simulator on one directory, put together as the program does it, without what costs a
// start: no accounts with passwords, no media, no HTTP.
#pragma once

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/ports/queue.h"
#include "backend-sim/services/write/commands.h"
#include "backend-sim/services/write/consumer.h"
#include "backend-sim/services/write/intake.h"
#include "tests/durability/protocol.h"

#include <expected>
#include <memory>
#include <string>
#include <vector>

namespace tikgok::sim::durability {

struct WritePathOptions {
    std::filesystem::path directory;
    // One of the parts is a defective one.
    Control control = Control::None;
    // Instead of the real one; outlives the path.
    ChangeApplier* applier = nullptr;
    // Instead of the system's; outlives the path.
    const Clock* clock = nullptr;
    Intake::Limits intake{};
    WriteConsumer::Limits consumer{};
};

class WritePath {
public:
    // Opens or makes the directory's files, with the people and videos of protocol.h, and takes up what a
    // crash left. `watch` outlives it.
    static std::expected<std::unique_ptr<WritePath>, std::string> open(const WritePathOptions& options,
                                                                       Watch& watch);
    // Finishes what was accepted, and closes the files.
    ~WritePath();
    WritePath(const WritePath&) = delete;
    WritePath& operator=(const WritePath&) = delete;

    Submit<SetFavorite>& favorites();
    Submit<AddComment>& comments();
    Submit<SendMessage>& messages();
    // To put messages there that no service would. Tell the consumer with appended().
    MessageQueue& queue();
    WriteConsumer& consumer();
    // Parity: the texts that were taken from the queue and never reached the tables.
    std::vector<std::string> lost();
    // What readers see.
    MemoryStore& readModel();

private:
    struct Parts;
    explicit WritePath(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace tikgok::sim::durability
