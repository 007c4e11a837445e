// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The last exchanges, in a ring of bytes that is made once: bounded in entries and in bytes, flat in memory.
// Holds what it is given; what must not be in it is taken out before.
#pragma once

#include "backend-sim/gateway/http.h"
#include "backend-sim/services/context.h"
#include "backend-sim/services/dialect_name.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

// What an entry is made of besides texts.
struct JournalFacts {
    // Given by the ring, from 1.
    std::uint64_t number = 0;
    // The simulator's clock when the answer was ready, and how long that took.
    std::int64_t timeMs = 0;
    std::int64_t spentUs = 0;
    std::int64_t account = 0;
    std::uint64_t bytesIn = 0;
    // Before compression.
    std::uint64_t bytesOut = 0;
    // Writes that were durable and not in the tables, and open connections.
    std::uint64_t writesWaiting = 0;
    std::uint64_t connections = 0;
    TraceContext trace;
    // 0: the connection ended before the head.
    std::int32_t status = 0;
    std::int32_t code = -1;
    http::Verb verb = http::Verb::Get;
    DialectName dialect = DialectName::Standard;
    // How a fault ended the connection, in front of the head or within the body.
    http::Delivery::End cut = http::Delivery::End::None;
    bool requestClipped = false;
    bool answerClipped = false;
};

enum class JournalText : std::uint8_t {
    Path,
    Query,
    // Lines, each with a line feed.
    RequestHeaders,
    RequestType,
    RequestBody,
    AnswerHeaders,
    AnswerType,
    AnswerBody,
    // Of a strike, see Strike.
    Rules,
    Kinds,
    Explanation,
};
inline constexpr std::size_t kJournalTexts = static_cast<std::size_t>(JournalText::Explanation) + 1;

template <class Text>
struct JournalTexts : std::array<Text, kJournalTexts> {
    Text& operator[](JournalText text) { return this->at(static_cast<std::size_t>(text)); }
    const Text& operator[](JournalText text) const { return this->at(static_cast<std::size_t>(text)); }
};

// Views into the ring: good while the visitor runs.
struct JournalView {
    JournalFacts facts;
    JournalTexts<std::string_view> texts;
};

// Any thread.
class JournalRing {
public:
    struct Bounds {
        std::size_t entries = 1000;
        // All entries together, with some 250 bytes of each for itself.
        std::size_t bytes = std::size_t{4} * 1024 * 1024;

        bool operator==(const Bounds&) const = default;
    };
    struct Counters {
        std::uint64_t written = 0;
        // Written and not here any more, or too long to be written.
        std::uint64_t gone = 0;
        std::size_t entries = 0;
        std::size_t bytes = 0;
    };

    // Takes the memory, or gives it back. What was in it is gone.
    void open(const Bounds& bounds);
    void close();

    // Gives the entry's number; 0 when it is closed or the entry is too long.
    std::uint64_t append(JournalFacts facts, const JournalTexts<std::string_view>& texts);

    // Shows the entries above `after`, oldest first, until `visit` says false. Nothing is written meanwhile.
    void visit(std::uint64_t after, const std::function<bool(const JournalView&)>& visit) const;
    void clear();
    [[nodiscard]] Counters counters() const;
    [[nodiscard]] Bounds bounds() const;

private:
    struct Slot {
        std::size_t offset = 0;
        std::size_t size = 0;
    };

    void dropOldest();
    [[nodiscard]] JournalView read(const Slot& slot) const;

    mutable std::mutex mutex_;
    Bounds bounds_{0, 0};
    std::vector<char> bytes_;
    // A ring, too: `count_` slots from `oldest_` on.
    std::vector<Slot> slots_;
    std::size_t oldest_ = 0;
    std::size_t count_ = 0;
    // Where the next entry goes.
    std::size_t end_ = 0;
    std::size_t used_ = 0;
    std::uint64_t last_ = 0;
    std::uint64_t gone_ = 0;
};

}  // namespace tikgok::sim
