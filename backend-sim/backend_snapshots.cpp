// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Snapshots of the world: made, kept, restored, taken out as one file and in again.

#include "backend-sim/adapters/sqlite/world_file.h"
#include "backend-sim/backend_parts.h"
#include "backend-sim/backend_world_files.h"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace tikgok::sim {

namespace {

namespace fs = std::filesystem;

std::unexpected<WorldProblem> noSnapshot(const std::string& name) {
    return worldProblem(WorldProblem::Kind::NoSuch, "There is no snapshot called '" + name + "'.");
}

std::uint64_t bytesBelow(const fs::path& directory) {
    std::uint64_t bytes = 0;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(directory, error)) {
        std::error_code each;
        if (entry.is_regular_file(each)) {
            bytes += entry.file_size(each);
        }
    }
    return bytes;
}

std::optional<SnapshotFacts> factsOf(const fs::path& directory) {
    std::ifstream about(directory / kAboutName);
    SnapshotFacts facts;
    if (!(about >> facts.madeMs >> facts.world)) {
        return std::nullopt;
    }
    facts.name = directory.filename().string();
    facts.bytes = bytesBelow(directory);
    return facts;
}

}  // namespace

bool Backend::isSnapshotName(std::string_view name) {
    constexpr std::size_t kLongest = 64;
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !name.empty() && name.size() <= kLongest && isPlain(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return isPlain(c) || c == '.' || c == '-' || c == '_'; });
}

WorldResult<SnapshotFacts> Backend::saveSnapshot(const std::string& name, bool replace) {
    const std::lock_guard lock(parts_->changingWorlds);
    const fs::path directory = parts_->snapshotDirectory() / name;
    std::error_code error;
    if (!replace && fs::exists(directory, error)) {
        return worldProblem(WorldProblem::Kind::Exists, "There is a snapshot called '" + name + "' already.");
    }
    {
        const Parts::Standstill still(*parts_);
        if (auto copied = parts_->copyWorld(directory, true); !copied) {
            return std::unexpected(copied.error());
        }
    }
    const auto facts = factsOf(directory);
    return facts ? WorldResult<SnapshotFacts>(*facts) : ioProblem("the snapshot cannot be read");
}

WorldResult<void> Backend::restoreSnapshot(const std::string& name) {
    const std::lock_guard lock(parts_->changingWorlds);
    const fs::path directory = parts_->snapshotDirectory() / name;
    if (!factsOf(directory)) {
        return noSnapshot(name);
    }
    auto next = parts_->copyOf(directory / kStoreName, true);
    if (!next) {
        return std::unexpected(next.error());
    }
    parts_->rewindsToStart = false;
    auto done = parts_->putInPlace(std::move(*next), directory / kMediaName, false);
    parts_->makeSpare();
    return done;
}

WorldResult<void> Backend::removeSnapshot(const std::string& name) {
    const std::lock_guard lock(parts_->changingWorlds);
    const fs::path directory = parts_->snapshotDirectory() / name;
    std::error_code error;
    if (!fs::exists(directory, error)) {
        return noSnapshot(name);
    }
    const ScratchDirectory away(parts_->staging / "world-removed");
    fs::rename(directory, away.path() / "it", error);
    return error ? WorldResult<void>(ioProblem(error.message())) : WorldResult<void>();
}

std::vector<SnapshotFacts> Backend::snapshots() const {
    std::vector<SnapshotFacts> all;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(parts_->snapshotDirectory(), error)) {
        if (auto facts = factsOf(entry.path()); facts && isSnapshotName(facts->name)) {
            all.push_back(std::move(*facts));
        }
    }
    std::ranges::sort(all, {}, &SnapshotFacts::name);
    return all;
}

WorldResult<void> Backend::exportTo(const fs::path& file) {
    const std::lock_guard lock(parts_->changingWorlds);
    const ScratchDirectory scratch(parts_->staging / "world-export");
    const fs::path copy = scratch.path() / "it";
    {
        const Parts::Standstill still(*parts_);
        if (auto copied = parts_->copyWorld(copy, false); !copied) {
            return copied;
        }
    }
    if (const auto packed = packWorld(copy / kStoreName, copy / kMediaName); !packed) {
        return ioProblem(packed.error().what);
    }
    std::error_code error;
    fs::rename(copy / kStoreName, file, error);
    return error ? WorldResult<void>(ioProblem(error.message())) : WorldResult<void>();
}

WorldResult<void> Backend::exportKept(const std::optional<std::string>& snapshot, const fs::path& file) {
    const std::lock_guard lock(parts_->changingWorlds);
    const fs::path kept = parts_->snapshotDirectory() / snapshot.value_or(kStart);
    std::error_code error;
    if ((snapshot && !isSnapshotName(*snapshot)) || !fs::exists(kept / kStoreName, error)) {
        return noSnapshot(snapshot.value_or("start"));
    }
    const ScratchDirectory scratch(parts_->staging / "world-export");
    const fs::path copy = scratch.path() / kStoreName;
    error = files::copyFile(kept / kStoreName, copy);
    if (error) {
        return ioProblem(error.message());
    }
    if (const auto packed = packWorld(copy, kept / kMediaName); !packed) {
        return ioProblem(packed.error().what);
    }
    fs::rename(copy, file, error);
    return error ? WorldResult<void>(ioProblem(error.message())) : WorldResult<void>();
}

WorldResult<void> Backend::setStart(const std::optional<std::string>& snapshot) {
    const std::lock_guard lock(parts_->changingWorlds);
    const fs::path start = parts_->snapshotDirectory() / kStart;
    std::error_code error;
    if (snapshot && !factsOf(parts_->snapshotDirectory() / *snapshot)) {
        return noSnapshot(*snapshot);
    }
    parts_->dropSpare();
    parts_->rewindsToStart = false;
    if (!snapshot) {
        fs::remove_all(start, error);
        return error ? WorldResult<void>(ioProblem(error.message())) : WorldResult<void>();
    }
    return installDirectory(parts_->snapshotDirectory() / *snapshot, start,
                            parts_->staging / "world-replaced", true);
}

WorldResult<SnapshotFacts> Backend::importSnapshot(const fs::path& file, const std::string& name,
                                                   bool replace) {
    const std::lock_guard lock(parts_->changingWorlds);
    const fs::path directory = parts_->snapshotDirectory() / name;
    std::error_code error;
    if (!replace && fs::exists(directory, error)) {
        return worldProblem(WorldProblem::Kind::Exists, "There is a snapshot called '" + name + "' already.");
    }
    const ScratchDirectory scratch(parts_->staging / "world-import");
    const fs::path store = scratch.path() / kStoreName;
    error = files::copyFile(file, store);
    if (error) {
        return ioProblem(error.message());
    }
    const auto bad = [](const std::string& what) {
        return worldProblem(WorldProblem::Kind::BadFile, "The file cannot be imported: " + what + ".");
    };
    const auto unpacked = unpackWorld(store, scratch.path() / kMediaName, [](std::string_view key) {
        return isPlainKey(key) && !key.starts_with(kWorldMediaPrefix);
    });
    if (!unpacked) {
        // It needs twice the room for a moment.
        return unpacked.error().kind == StoreError::Kind::Io ? ioProblem(unpacked.error().what)
                                                             : bad(unpacked.error().what);
    }
    std::string world;
    {
        auto opened = SqliteStore::open(store);
        if (!opened) {
            return opened.error().kind == SqliteOpenError::Kind::Unwritable ? ioProblem(opened.error().what)
                                                                            : bad(opened.error().what);
        }
        const auto ours = (*opened)->hasOurSchema();
        const auto whole = (*opened)->integrity();
        const auto bound = (*opened)->idBound();
        const auto fact = (*opened)->fact(kWorldFact);
        if (!ours || !*ours || !whole || *whole != "ok" || !bound || !fact || !fact->has_value()) {
            return bad("it is damaged, or something was added to it");
        }
        world = isSnapshotName(**fact) ? **fact : "imported";
        MemoryStore trial;
        if (const auto read = trial.fill([&](BulkRows& rows) { return (*opened)->readAll(rows); }); !read) {
            return bad(read.error().what);
        }
        // The queue here gives the same ids to other writes, which would be taken for applied.
        if (const auto forgotten = (*opened)->forgetApplied(); !forgotten) {
            return ioProblem(forgotten.error().what);
        }
    }
    if (!writeAbout(scratch.path(), parts_->clock.nowMs(), world)) {
        return ioProblem("the disk is full, most likely");
    }
    if (auto installed =
            installDirectory(scratch.path(), directory, parts_->staging / "world-replaced", true);
        !installed) {
        return std::unexpected(installed.error());
    }
    const auto facts = factsOf(directory);
    return facts ? WorldResult<SnapshotFacts>(*facts) : ioProblem("the snapshot cannot be read");
}

}  // namespace tikgok::sim
