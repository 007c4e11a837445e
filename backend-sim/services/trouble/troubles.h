// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Trouble on purpose, inside the backend: switches, and stand-ins for queue, tables, disk and video inspector
// that do what the switches say. With all of them off, the stand-ins pass everything on.
#pragma once

#include "backend-sim/ports/free_space.h"
#include "backend-sim/ports/media_inspector.h"
#include "backend-sim/ports/queue.h"
#include "backend-sim/services/write/applier.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

enum class Trouble : std::uint8_t {
    QueueFull,          // writes are turned away: 503 with Retry-After
    ConsumerPaused,     // writes are answered and shown, and do not reach the tables
    CrashBeforeAck,     // applied, then the acknowledgement fails: it comes again
    DuplicateDelivery,  // acknowledged, and delivered once more all the same
    PoisonMessage,      // cannot be applied: a dead letter after five attempts
    CoverFails,         // no cover can be made: the upload is tried again, then given up
    DatabaseReadOnly,   // neither queue nor tables take anything: service err
    DiskFull,           // no room beyond the reserve: writes and uploads are turned away
    kCount,
};
inline constexpr std::size_t kTroubles = static_cast<std::size_t>(Trouble::kCount);

// "queue_full", ...
std::string_view nameOf(Trouble trouble);
std::string_view wordsOf(Trouble trouble);
std::optional<Trouble> troubleNamed(std::string_view name);

// Any thread.
class Troubles {
public:
    struct State {
        bool on = false;
        // How often it still strikes; nothing: until it is switched off. States that last (queue full,
        // consumer paused, read-only, disk full) know no number.
        std::optional<std::uint64_t> left;
        std::uint64_t struck = 0;
    };

    [[nodiscard]] State state(Trouble trouble) const;
    // Whether it can be told how often to strike.
    static bool counts(Trouble trouble);
    void set(Trouble trouble, std::optional<std::uint64_t> times);
    void clear(Trouble trouble);

    // Whether it strikes now; counts it.
    bool strikes(Trouble trouble);
    // Whether it is on; counts nothing.
    [[nodiscard]] bool isOn(Trouble trouble) const;
    // A message that was struck stays what it is until the trouble is switched off.
    bool poisons(const std::string& message);

    // Stand-ins for what they are given, which must outlive them, as this must.
    std::unique_ptr<MessageQueue> before(MessageQueue& queue);
    std::unique_ptr<ChangeApplier> before(ChangeApplier& applier);
    std::unique_ptr<FreeSpace> before(const FreeSpace& space);
    std::unique_ptr<MediaInspector> before(MediaInspector& inspector);

private:
    mutable std::mutex mutex_;
    std::array<State, kTroubles> states_;
    std::set<std::string> poisoned_;
};

}  // namespace tikgok::sim
