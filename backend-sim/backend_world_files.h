// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a world looks like on the disk, and what is done with its files. For backend_*.cpp only.
#pragma once

#include "backend-sim/backend.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

namespace tikgok::sim {

// In a data directory, in a snapshot, and in a copy that is being made.
inline constexpr const char* kStoreName = "store.sqlite";
inline constexpr const char* kMediaName = "media";
// In a snapshot: when it was made (milliseconds, by the simulator's clock) and of which world.
inline constexpr const char* kAboutName = "about";
// The snapshot that reset() goes back to. No name of a snapshot.
inline constexpr const char* kStart = "@start";
// A fact of a store: the name of the world in it.
inline constexpr const char* kWorldFact = "world";

std::unexpected<WorldProblem> worldProblem(WorldProblem::Kind kind, std::string words);
std::unexpected<WorldProblem> ioProblem(const std::string& what);

// With its missing parents, for the owner alone, and not synced. `error` is cleared when it is there.
void makePrivateDirectories(const std::filesystem::path& path, std::error_code& error);

// An empty directory that goes with this, unless it was moved away. What was there before goes first.
class ScratchDirectory {
public:
    explicit ScratchDirectory(std::filesystem::path path);
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    ~ScratchDirectory() { remove(); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    void remove() const;
    std::filesystem::path path_;
};

// Moves a finished directory to its name; one that is there goes afterwards, by way of `away`. `sync`: it
// lasts when this returns.
std::expected<void, WorldProblem> installDirectory(const std::filesystem::path& from,
                                                   const std::filesystem::path& to,
                                                   const std::filesystem::path& away, bool sync);

// False when the disk did not take it.
bool writeAbout(const std::filesystem::path& directory, std::int64_t madeMs, const std::string& world);

}  // namespace tikgok::sim
