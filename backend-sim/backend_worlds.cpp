// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The world as a whole: its start, reset, another world, forks. Snapshots are in backend_snapshots.cpp.
//
// A world is put in place by opening its store under a new name (store-N.sqlite), naming that in the file
// `store.current`, and changing what is in memory; the old store goes afterwards. Whenever the process or the
// machine dies, the next start finds one of the two, whole.

#include "backend-sim/backend_parts.h"
#include "backend-sim/backend_world_files.h"
#include "backend-sim/services/write/change_codec.h"
#include "backend-sim/world/made_world.h"

#include <system_error>

namespace tikgok::sim {

namespace {

namespace fs = std::filesystem;

// A start that is larger is not kept: it would double what a huge world takes.
constexpr std::uintmax_t kLargestStart = std::uintmax_t{64} * 1024 * 1024;

// What waits in the queue, into a copy of the tables.
StoreResult<void> applyWaiting(MessageQueue& queue, Store& copy) {
    constexpr std::size_t kSlice = 1024;
    return copy.atomically([&]() -> StoreResult<void> {
        for (MessageId after = 0;;) {
            const auto messages = queue.read(Topic::Writes, after, kSlice);
            if (!messages) {
                return std::unexpected(messages.error());
            }
            if (messages->empty()) {
                return {};
            }
            after = messages->back().id;
            for (const Message& message : *messages) {
                const auto applied = copy.applied().contains(message.write);
                if (!applied) {
                    return std::unexpected(applied.error());
                }
                const auto queued = decodeChange(message.body);
                if (*applied || !queued) {
                    continue;
                }
                if (StoreResult<void> done = applyTolerantly(copy, queued->change); !done) {
                    return done;
                }
                if (StoreResult<void> done = copy.applied().add(message.write, message.write); !done) {
                    return done;
                }
            }
        }
    });
}

}  // namespace

// --- inside

void Backend::Parts::keepStart() {
    std::error_code error;
    const fs::path store = CurrentStore::fileOf(config.dataDirectory, generation);
    std::uintmax_t size = 0;
    for (const char* suffix : {"", "-wal"}) {
        const auto part = fs::file_size(store.string() + suffix, error);
        size += error ? 0 : part;
    }
    if (size > kLargestStart) {
        return;
    }
    if (const auto kept = copyWorld(snapshotDirectory() / kStart, false); !kept) {
        logTo(config.log, LogLevel::Warning, "The start of the world was not kept: " + kept.error().words);
        return;
    }
    rewindsToStart = true;
}

// A copy of `store` under the next generation's name, opened.
WorldResult<Backend::Parts::Spare> Backend::Parts::copyOf(const fs::path& store, bool sync) {
    Spare next;
    next.generation = ++lastGeneration;
    const fs::path file = CurrentStore::fileOf(config.dataDirectory, next.generation);
    if (const std::error_code error = files::copyFile(store, file)) {
        return ioProblem(error.message());
    }
    if (sync) {
        if (auto synced = files::syncPath(file); !synced) {
            return ioProblem(synced.error().what);
        }
    }
    auto opened = SqliteStore::open(file);
    if (!opened) {
        return ioProblem(opened.error().what);
    }
    next.store = std::move(*opened);
    return next;
}

void Backend::Parts::removeStore(int number) const {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) {
        fs::remove(CurrentStore::fileOf(config.dataDirectory, number).string() + suffix, ignored);
    }
}

void Backend::Parts::clearAway() {
    std::vector<Retired> old;
    {
        const std::lock_guard keeping(spareMutex);
        old.swap(retired);
    }
    for (Retired& each : old) {
        each.store.reset();
        removeStore(each.generation);
        std::error_code ignored;
        fs::remove_all(each.media, ignored);
    }
}

void Backend::Parts::makeSpare() {
    if (spareMaker.joinable()) {
        spareMaker.join();
    }
    spareMaker = std::jthread([this] {
        clearAway();
        const fs::path start = snapshotDirectory() / kStart / kStoreName;
        std::error_code error;
        {
            const std::lock_guard keeping(spareMutex);
            if (spare.store || !fs::exists(start, error)) {
                return;
            }
        }
        auto made = copyOf(start, true);
        const std::lock_guard keeping(spareMutex);
        if (made) {
            spare = std::move(*made);
        }
    });
}

void Backend::Parts::dropSpare() {
    if (spareMaker.joinable()) {
        spareMaker.join();
    }
    clearAway();
    const std::lock_guard keeping(spareMutex);
    if (spare.store) {
        spare.store.reset();
        removeStore(spare.generation);
    }
}

WorldResult<void> Backend::Parts::putInPlace(Spare next, const fs::path& media, bool rewindable) {
    const auto bound = next.store->idBound();
    const auto name = next.store->fact(kWorldFact);
    if (!bound || !name) {
        return ioProblem(!bound ? bound.error().what : name.error().what);
    }
    const auto load = [](SqliteStore& from, MemoryStore& into) {
        return into.fill([&from](BulkRows& rows) { return from.readAll(rows); });
    };
    MemoryStore fresh;
    if (!rewindable) {
        if (const auto read = load(*next.store, fresh); !read) {
            return ioProblem(read.error().what);
        }
    }
    const fs::path away = staging / ("old-media-" + std::to_string(next.generation));
    const int before = generation;
    {
        const Standstill still(*this);
        const CurrentStore current{next.generation, durableQueue->lastGiven()};
        if (const auto written = current.write(config.dataDirectory); !written) {
            return ioProblem(written.error().what);
        }
        durable->exchange(*next.store);
        generation = next.generation;
        // What fails from here on is made good by the next start.
        const auto forgotten = durableQueue->forget(current.floor);
        uploads->forget();
        if (!rewindable || !readModel.rewind()) {
            if (rewindable) {
                // More happened than was kept in mind.
                if (const auto read = load(*durable, fresh); !read) {
                    return ioProblem(read.error().what);
                }
            }
            readModel.exchange(fresh);
        }
        readModel.remember(kRewindable);
        const auto replaced = objects.replaceAll(media, away);
        ids.restart(*bound);
        logins.forget();
        {
            const std::lock_guard naming(nameMutex);
            world = name->value_or("unknown");
        }
        if (!forgotten || !replaced) {
            logTo(config.log, LogLevel::Error,
                  "The world was put in place, but not all of the old one is gone: " +
                      (!forgotten ? forgotten.error().what : replaced.error().what));
        }
    }
    const std::lock_guard keeping(spareMutex);
    retired.push_back({std::move(next.store), before, away});
    return {};
}

// At a standstill, or before anything has started.
WorldResult<void> Backend::Parts::copyWorld(const fs::path& directory, bool sync) {
    const ScratchDirectory scratch(staging / "world-copy");
    const fs::path file = scratch.path() / kStoreName;
    if (const auto copied = durable->copyTo(file, sync); !copied) {
        return ioProblem(copied.error().what);
    }
    const auto known = durable->idBound();
    if (queue.depth(Topic::Writes) > 0 || !known || *known < ids.bound()) {
        auto copy = SqliteStore::open(file);
        if (!copy) {
            return ioProblem(copy.error().what);
        }
        if (const auto applied = applyWaiting(queue, **copy); !applied) {
            return ioProblem(applied.error().what);
        }
        if (const auto bound = (*copy)->setIdBound(ids.bound()); !bound) {
            return ioProblem(bound.error().what);
        }
    }
    if (const auto linked = objects.linkAll(scratch.path() / kMediaName); !linked) {
        return ioProblem(linked.error().what);
    }
    if (!writeAbout(scratch.path(), clock.nowMs(), world)) {
        return ioProblem("the disk is full, most likely");
    }
    return installDirectory(scratch.path(), directory, staging / "world-replaced", sync);
}

// What a copied world lacks to be a data directory of its own.
WorldResult<void> Backend::Parts::furnishFork(const fs::path& directory) {
    std::error_code error;
    fs::permissions(directory, fs::perms::owner_all, error);
    // Without the same key, tokens of here would not be good there.
    if (!error) {
        fs::copy_file(config.dataDirectory / "token.key", directory / "token.key", error);
    }
    // With what a start makes otherwise, and syncs: a queue, and a place for uploads.
    const fs::path emptyQueue = staging / "queue.empty";
    if (!error && !fs::exists(emptyQueue, error) && !SqliteQueue::open(emptyQueue)) {
        return ioProblem("a queue cannot be made");
    }
    if (!error) {
        fs::copy_file(emptyQueue, directory / "queue.sqlite", error);
    }
    if (!error) {
        makePrivateDirectories(directory / "staging", error);
    }
    // What it goes back to.
    const fs::path start = directory / "snapshots" / kStart;
    if (!error) {
        makePrivateDirectories(start, error);
    }
    if (!error) {
        fs::copy_file(directory / kStoreName, start / kStoreName, error);
    }
    if (!error) {
        if (const auto linked = DirectoryObjectStore(directory / kMediaName).linkAll(start / kMediaName);
            !linked) {
            return ioProblem(linked.error().what);
        }
        fs::rename(directory / kAboutName, start / kAboutName, error);
    }
    return error ? WorldResult<void>(ioProblem(error.message())) : WorldResult<void>();
}

// --- outside

WorldResult<void> Backend::reset() {
    const std::lock_guard lock(parts_->changingWorlds);
    if (parts_->spareMaker.joinable()) {
        parts_->spareMaker.join();
    }
    Parts::Spare next;
    {
        const std::lock_guard spare(parts_->spareMutex);
        next = std::move(parts_->spare);
    }
    if (!next.store) {
        std::error_code error;
        const fs::path start = parts_->snapshotDirectory() / kStart / kStoreName;
        if (!fs::exists(start, error)) {
            return worldProblem(
                WorldProblem::Kind::NoSuch,
                "This world has no start to go back to: it is too large, or from an earlier version.");
        }
        auto made = parts_->copyOf(start, true);
        if (!made) {
            return std::unexpected(made.error());
        }
        next = std::move(*made);
    }
    auto done = parts_->putInPlace(std::move(next), parts_->snapshotDirectory() / kStart / kMediaName,
                                   parts_->rewindsToStart);
    parts_->rewindsToStart = done.has_value();
    parts_->makeSpare();
    return done;
}

WorldResult<std::vector<std::string>> Backend::peopleOf(const std::string& world, std::uint64_t seed) const {
    std::vector<std::string> names;
    if (world == "empty") {
        return names;
    }
    const auto size = sizeOfWorld(world);
    const std::string described = size ? "small" : world;
    const fs::path file = parts_->config.resourceDirectory / "worlds" / (described + ".json");
    std::error_code error;
    if (described.find_first_of("/.") != std::string::npos || !fs::exists(file, error)) {
        return worldProblem(WorldProblem::Kind::NoSuch, "There is no world called '" + world + "'.");
    }
    const auto description = readWorld(file);
    if (!description) {
        logTo(parts_->config.log, LogLevel::Error, "A world cannot be made: " + description.error().what);
        return worldProblem(WorldProblem::Kind::NoSuch,
                            "The description of the world '" + world + "' is damaged; the log says where.");
    }
    if (size) {
        return namesInSizedWorld(*size, seed, *description);
    }
    for (const World::Person& person : description->people) {
        names.push_back(person.name);
    }
    return names;
}

WorldResult<void> Backend::makeWorld(const std::string& name, std::uint64_t seed) {
    // In words, and before anything is touched.
    if (const auto people = peopleOf(name, seed); !people) {
        return std::unexpected(people.error());
    }
    const std::lock_guard lock(parts_->changingWorlds);
    const ScratchDirectory scratch(parts_->staging / "world-made");
    const fs::path directory = scratch.path() / "it";
    {
        BackendConfig making;
        making.dataDirectory = directory;
        making.resourceDirectory = parts_->config.resourceDirectory;
        making.world = name;
        making.seed = seed;
        making.passwordCost = parts_->config.passwordCost;
        making.ids = parts_->config.ids;
        making.firstId = parts_->config.firstId;
        making.clock = &parts_->clock;
        auto made = open(std::move(making));
        if (!made) {
            return worldProblem(made.error().kind == BackendError::Kind::World ? WorldProblem::Kind::NoSuch
                                                                               : WorldProblem::Kind::Io,
                                made.error().words);
        }
    }
    parts_->dropSpare();
    auto next = parts_->copyOf(directory / kStoreName, true);
    if (!next) {
        return std::unexpected(next.error());
    }
    parts_->rewindsToStart = false;
    if (auto done = parts_->putInPlace(std::move(*next), directory / kMediaName, false); !done) {
        return done;
    }
    std::error_code ignored;
    const fs::path start = parts_->snapshotDirectory() / kStart;
    const fs::path made = directory / "snapshots" / kStart;
    if (fs::exists(made, ignored)) {
        parts_->rewindsToStart =
            installDirectory(made, start, parts_->staging / "world-replaced", true).has_value();
    } else {
        // Too large to be kept.
        fs::remove_all(start, ignored);
    }
    parts_->makeSpare();
    return {};
}

WorldResult<std::shared_ptr<MemoryStore>> Backend::forkInto(const fs::path& directory) {
    const std::lock_guard lock(parts_->changingWorlds);
    std::shared_ptr<MemoryStore> rows;
    {
        const Parts::Standstill still(*parts_);
        if (auto copied = parts_->copyWorld(directory, false); !copied) {
            return std::unexpected(copied.error());
        }
        rows = parts_->readModel.clone();
    }
    if (auto furnished = parts_->furnishFork(directory); !furnished) {
        std::error_code ignored;
        fs::remove_all(directory, ignored);
        return std::unexpected(furnished.error());
    }
    return rows;
}

}  // namespace tikgok::sim
