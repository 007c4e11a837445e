// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/keepers.h"

#include <utility>

namespace tikgok::sim {

namespace {

WorldKeeper::Snapshot snapshotOf(SnapshotFacts&& facts) {
    return {std::move(facts.name), std::move(facts.world), facts.madeMs, facts.bytes};
}

template <class T>
WorldKeeper::Result<void> plain(const WorldResult<T>& done) {
    return done ? WorldKeeper::Result<void>()
                : WorldKeeper::Result<void>(std::unexpected(BackendWorlds::problemOf(done.error())));
}

WorldKeeper::Result<WorldKeeper::Snapshot> withSnapshot(WorldResult<SnapshotFacts> done) {
    if (!done) {
        return std::unexpected(BackendWorlds::problemOf(done.error()));
    }
    return snapshotOf(std::move(*done));
}

}  // namespace

WorldKeeper::Problem BackendWorlds::problemOf(const WorldProblem& problem) {
    switch (problem.kind) {
        case WorldProblem::Kind::NoSuch:
            return {404, "no_such_world", problem.words};
        case WorldProblem::Kind::Exists:
            return {409, "exists", problem.words};
        case WorldProblem::Kind::BadFile:
            return {422, std::string(kBadFile), problem.words};
        case WorldProblem::Kind::Io:
            break;
    }
    return {500, "io", problem.words};
}

WorldKeeper::Result<void> BackendWorlds::reset() {
    return plain(backend_.reset());
}

WorldKeeper::Result<std::vector<std::string>> BackendWorlds::peopleOf(const std::string& world,
                                                                      std::uint64_t seed) const {
    auto people = backend_.peopleOf(world, seed);
    if (!people) {
        return std::unexpected(problemOf(people.error()));
    }
    return std::move(*people);
}

WorldKeeper::Result<void> BackendWorlds::makeWorld(const std::string& name, std::uint64_t seed) {
    return plain(backend_.makeWorld(name, seed));
}

std::vector<WorldKeeper::Snapshot> BackendWorlds::snapshots() const {
    std::vector<Snapshot> all;
    for (SnapshotFacts& each : backend_.snapshots()) {
        all.push_back(snapshotOf(std::move(each)));
    }
    return all;
}

WorldKeeper::Result<WorldKeeper::Snapshot> BackendWorlds::save(const std::string& name, bool replace) {
    if (!Backend::isSnapshotName(name)) {
        return std::unexpected(
            Problem{422, "bad_name", "A snapshot's name begins with a letter or a digit."});
    }
    return withSnapshot(backend_.saveSnapshot(name, replace));
}

WorldKeeper::Result<void> BackendWorlds::restore(const std::string& name) {
    return plain(backend_.restoreSnapshot(name));
}

WorldKeeper::Result<void> BackendWorlds::remove(const std::string& name) {
    return plain(backend_.removeSnapshot(name));
}

std::filesystem::path BackendWorlds::nextExport() {
    return scratch() / ("export-" + std::to_string(nextExport_++));
}

WorldKeeper::Result<std::filesystem::path> BackendWorlds::exportKept(
    const std::optional<std::string>& snapshot) {
    std::filesystem::path file = nextExport();
    const auto done = backend_.exportKept(snapshot, file);
    if (!done) {
        return std::unexpected(problemOf(done.error()));
    }
    return file;
}

WorldKeeper::Result<std::filesystem::path> BackendWorlds::exportWorld() {
    std::filesystem::path file = nextExport();
    const auto done = backend_.exportTo(file);
    if (!done) {
        return std::unexpected(problemOf(done.error()));
    }
    return file;
}

WorldKeeper::Result<WorldKeeper::Snapshot> BackendWorlds::importFile(const std::filesystem::path& file,
                                                                     const std::string& name, bool replace) {
    if (!Backend::isSnapshotName(name)) {
        return std::unexpected(
            Problem{422, "bad_name", "A snapshot's name begins with a letter or a digit."});
    }
    return withSnapshot(backend_.importSnapshot(file, name, replace));
}

}  // namespace tikgok::sim
