// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the admin API asks for about worlds, over a Backend. For simulator.cpp.
#pragma once

#include "backend-sim/backend.h"
#include "backend-sim/control/world_routes.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tikgok::sim {

class BackendWorlds final : public WorldKeeper {
public:
    // `backend` must outlive this object.
    explicit BackendWorlds(Backend& backend) : backend_(backend) {}

    [[nodiscard]] std::string worldName() const override { return backend_.world(); }
    Result<void> reset() override;
    [[nodiscard]] Result<std::vector<std::string>> peopleOf(const std::string& world,
                                                            std::uint64_t seed) const override;
    Result<void> makeWorld(const std::string& name, std::uint64_t seed) override;
    [[nodiscard]] std::vector<Snapshot> snapshots() const override;
    Result<Snapshot> save(const std::string& name, bool replace) override;
    Result<void> restore(const std::string& name) override;
    Result<void> remove(const std::string& name) override;
    Result<std::filesystem::path> exportWorld() override;
    Result<std::filesystem::path> exportKept(const std::optional<std::string>& snapshot) override;
    Result<Snapshot> importFile(const std::filesystem::path& file, const std::string& name,
                                bool replace) override;
    [[nodiscard]] std::filesystem::path scratch() const override { return backend_.stagingDirectory(); }

    static Problem problemOf(const WorldProblem& problem);

private:
    [[nodiscard]] std::filesystem::path nextExport();

    Backend& backend_;
    std::uint64_t nextExport_ = 1;
};

}  // namespace tikgok::sim
