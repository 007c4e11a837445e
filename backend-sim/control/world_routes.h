// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// /_sim/world, /_sim/snapshots, /_sim/imports: the world as a whole.
#pragma once

#include "backend-sim/control/admin_router.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

// What the routes ask for. One thread.
class WorldKeeper {
public:
    struct Problem {
        // Of the answer, and the word for programs.
        int status = 500;
        std::string code;
        std::string words;
    };
    // The word for a file that is no world, or a damaged one.
    static constexpr std::string_view kBadFile = "bad_file";
    struct Snapshot {
        std::string name;
        std::string world;
        std::int64_t madeMs = 0;
        std::uint64_t bytes = 0;
    };
    struct World {
        std::string name;
        std::uint64_t users = 0;
    };
    template <class T>
    using Result = std::expected<T, Problem>;

    virtual ~WorldKeeper() = default;
    [[nodiscard]] virtual std::string worldName() const = 0;
    virtual Result<void> reset() = 0;
    // Who lives in a world that makeWorld() would make, by name. The problem: there is no such world.
    [[nodiscard]] virtual Result<std::vector<std::string>> peopleOf(const std::string& world,
                                                                    std::uint64_t seed) const = 0;
    // Another one, made as on a first start.
    virtual Result<void> makeWorld(const std::string& name, std::uint64_t seed) = 0;
    [[nodiscard]] virtual std::vector<Snapshot> snapshots() const = 0;
    virtual Result<Snapshot> save(const std::string& name, bool replace) = 0;
    virtual Result<void> restore(const std::string& name) = 0;
    virtual Result<void> remove(const std::string& name) = 0;
    // A file that nobody else knows, for the caller to remove.
    virtual Result<std::filesystem::path> exportWorld() = 0;
    // The same of a snapshot, or of what reset() goes back to.
    virtual Result<std::filesystem::path> exportKept(const std::optional<std::string>& snapshot) = 0;
    virtual Result<Snapshot> importFile(const std::filesystem::path& file, const std::string& name,
                                        bool replace) = 0;
    // Where imports are put together: on the disk of the world, emptied at start.
    [[nodiscard]] virtual std::filesystem::path scratch() const = 0;
};

http::Response adminProblem(const WorldKeeper::Problem& problem);

// What becomes of a file that is no world but a recording.
using ReplayTaker = std::function<void(std::string content, AdminResponder responder)>;

// `keeper` must outlive the routes.
void addWorldRoutes(AdminRouter& router, WorldKeeper& keeper, ReplayTaker replay);

}  // namespace tikgok::sim
