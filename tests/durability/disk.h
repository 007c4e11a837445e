// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A disk for SQLite that forgets what was not synced: a VFS in front of the system's own.
//
// The files in the directory are the medium; what was written and not synced is in this process only, as in
// the page cache of a machine. So kill -9 is a power cut, and a copy of the files is what such a cut would
// leave.
#pragma once

#include "tests/durability/watch.h"

#include <chrono>
#include <cstdint>
#include <memory>

namespace tikgok::sim::durability {

enum class DiskMode : std::uint8_t {
    // Writes go through to the system, syncs as well. Only counted and watched.
    Plain,
    // Nothing is on the medium before it was synced, names of new files and of deleted ones included.
    Power,
    // As Power, but of 30 % of the writes a random part, in sectors of 512 bytes, gets there early; as do 30
    // % of the
    // new names, deletions and truncations. Sectors are synced in random order.
    Torn,
};

struct DiskOptions {
    DiskMode mode = DiskMode::Power;
    // Decides what leaks in Torn.
    std::uint64_t seed = 1;
    // How long a sync takes, half of it before anything is on the medium. Not in Plain.
    std::chrono::microseconds syncTime{0};
    // Of the operations that change the medium (write, truncate, sync, delete), counted from 1. 0: none.
    // The process is killed before this one.
    std::uint64_t crashAt = 0;
    // This one fails with an I/O error, or it and all that follow.
    std::uint64_t failAt = 0;
    bool failForEver = false;
    // Plain: syncs are not passed on. Enough where only processes are killed, and quicker.
    bool lazy = false;
    // Databases stay at synchronous=NORMAL, whatever they ask for: a mistake that a store could make.
    bool neverFull = false;
};

class DiskState;

// While it lives, it is SQLite's default VFS in this process. One at a time; databases are opened after it
// was made and closed before it goes. What was not synced goes with it.
class Disk {
public:
    // `watch` may be null; otherwise it outlives the disk.
    Disk(const DiskOptions& options, Watch* watch);
    ~Disk();
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;

    // From now on the operations count from 1 again for `crashAt` and `failAt`, which are these.
    void arm(std::uint64_t crashAt, std::uint64_t failAt, bool failForEver);
    // How many operations there were since the start or arm().
    [[nodiscard]] std::uint64_t operations() const;

private:
    std::unique_ptr<DiskState> state_;
};

}  // namespace tikgok::sim::durability
