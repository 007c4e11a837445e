// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the services and the write side report about themselves. What is done with it (Prometheus text at
// /metrics) is not their concern.
//
// Every call may come from any thread, costs some nanoseconds, takes no lock that is ever held for long, and
// never throws: it may stand on the hot path and inside a transaction.
#pragma once

#include <chrono>
#include <cstdint>

namespace tikgok::sim {

// Things that happen. They only ever grow.
enum class Event : std::uint8_t {
    WriteAccepted,     // durable and answered as such
    WriteRefused,      // by the rules, e.g. the name is taken
    WriteTurnedAway,   // no room: the queue is full, the disk reserve is reached, or the writer is closed
    WriteAbandoned,    // its caller was gone, or its time was spent, before the writer took it
    WriteFailed,       // the store did not take it
    WriteApplied,      // the consumer applied it and acknowledged
    WriteRedelivered,  // came to the consumer a second time
    DeadLetter,        // given up by the consumer
    WriteLost,         // answered and then lost; the parity switch only
    LoginFailed,       // wrong name or password
    LoginRefused,      // by the limit on failed logins, unchecked
    HashAbandoned,     // a password hash that nobody waited for any more
    UploadRefused,     // not a video, or too large
    UploadAbandoned,   // nobody waited for it any more
    UploadRetried,
    kCount,
};

// States that go up and down. The one who has the state reports it whenever it changes.
enum class Level : std::uint8_t {
    QueueDepth,     // writes that wait for the writer
    ConsumerLag,    // writes that are durable and not applied yet
    HashQueue,      // password hashes that wait
    UploadQueue,    // uploads that wait for their cover
    DiskFreeBytes,  // as the store saw it last
    kCount,
};

// Things that have a size; they end up in a histogram each.
enum class Sample : std::uint8_t {
    CommitBatch,       // writes in one commit
    CommitSeconds,     // one transaction from its begin to the end of its sync
    SyncSeconds,       // the sync alone
    QueueWaitSeconds,  // of a write, from its arrival to the begin of its transaction
    HashSeconds,       // one password hash
    CoverSeconds,      // one look into a video, with its cover
    kCount,
};

class Telemetry {
public:
    virtual ~Telemetry() = default;
    virtual void happened(Event event, std::uint64_t times = 1) noexcept = 0;
    virtual void level(Level level, std::int64_t value) noexcept = 0;
    virtual void sample(Sample sample, double value) noexcept = 0;

    void sample(Sample which, std::chrono::steady_clock::duration spent) noexcept {
        sample(which, std::chrono::duration<double>(spent).count());
    }
};

// For those who do not want to know.
class NoTelemetry final : public Telemetry {
public:
    void happened(Event /*event*/, std::uint64_t /*times*/) noexcept override {}
    void level(Level /*level*/, std::int64_t /*value*/) noexcept override {}
    void sample(Sample /*sample*/, double /*value*/) noexcept override {}
};

}  // namespace tikgok::sim
