// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What victim and judge have agreed upon.
//
// The victim is started with the words of VictimOptions. It says on stdout, one line each:
//   ready            the write path is up, what a crash left has been read
//   S KEY 0|1        at the start: the state of a key as readers see it
//   T KEY 0|1        this is asked for now; the next for this key comes when there was an answer
//   A KEY 0|1        done, says the write path
//   R KEY            refused or failed, says the write path
//   a TEXT           a message or a comment with this text was taken; no text is used twice
//   r                one was refused or failed
//   L TEXT           at the start, with parity: the write path says that it took this text and lost it
//   P NUMBER         so many of the sends of Work::Repeats are durable
//   done             Work::Repeats has sent everything
//   not opened WORDS  the directory was refused
//   X WORDS          something is wrong that only the victim can see
// A key is the like of one user for one video. A text is "LIFE-PRODUCER-NUMBER".
#pragma once

#include "backend-sim/ports/repositories.h"
#include "tests/durability/disk.h"

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim::durability {

inline constexpr int kProducers = 4;
inline constexpr int kUsers = 10;
inline constexpr int kVideos = 10;
inline constexpr int kKeys = kUsers * kVideos;
// Ids of the rows that are there before the first write.
inline constexpr Id kFirstUser = 1;
inline constexpr Id kFirstVideo = 101;
inline constexpr Id kFirstFreeId = 1001;

// 0 to kKeys - 1.
inline int keyOf(Id user, Id video) {
    return static_cast<int>((user - kFirstUser) * kVideos + (video - kFirstVideo));
}
inline Id userOf(int key) {
    return kFirstUser + key / kVideos;
}
inline Id videoOf(int key) {
    return kFirstVideo + key % kVideos;
}

// How the victim ends by itself when it must not live: the directory could not be opened, or what waits there
// not be brought into the tables.
inline constexpr int kVictimNotOpened = 2;
inline constexpr int kVictimNotDrained = 4;

// What the victim does until it is killed.
enum class Work : std::uint8_t {
    Mixed,    // messages, comments and likes of four producers
    Toggles,  // likes only, each key as fast as its answers come
    Texts,    // messages and comments only
    Repeats,  // the same deeds up to five times, straight into the queue
    Drain,    // nothing new: applies what waits, closes in order and ends
};

// A defect built into the write path from outside, which the judge must see.
enum class Control : std::uint8_t {
    None,
    AckBeforeCommit,    // answers before anything is durable
    DeleteBeforeApply,  // the queue forgets a message before it has an effect
    NoDedup,            // what was applied is not remembered
    NormalSync,         // commits without a sync
};

struct VictimOptions {
    std::filesystem::path directory;
    Work work = Work::Mixed;
    Control control = Control::None;
    DiskOptions disk;
    // Counts the victims that lived in this directory; makes texts unique.
    int life = 1;
    // Lets the write path lose as the reference server does.
    bool parity = false;
    // Work::Drain: how long it tries.
    std::chrono::seconds drain{30};
    // Work::Repeats: which deeds there are, what decides their order, and how many sends are done already.
    std::uint64_t deeds = 0;
    std::uint64_t planSeed = 0;
    std::uint64_t sent = 0;

    // The page that says what was going on.
    std::filesystem::path watch() const { return directory / "watch"; }

    std::vector<std::string> words() const;
    // The error is a sentence.
    static std::expected<VictimOptions, std::string> parse(const std::vector<std::string>& words);
};

// Nothing for a name that is not known.
std::optional<DiskMode> diskModeOf(std::string_view name);
std::optional<Control> controlOf(std::string_view name);
std::string_view nameOf(Control control);
std::string_view nameOf(DiskMode mode);

}  // namespace tikgok::sim::durability
