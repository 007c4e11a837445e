// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The world as a whole: reset, snapshots, forks, export and import.
//
// A world is put in place by opening its store under a new name (store-N.sqlite), naming that in the file
// `store.current`, and changing what is in memory; the old store goes afterwards. Whenever the process or the
// machine dies, the next start finds one of the two, whole.

#include "backend-sim/adapters/sqlite/world_file.h"
#include "backend-sim/backend_parts.h"
#include "backend-sim/services/write/change_codec.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <sys/stat.h>
#include <system_error>

namespace tikgok::sim {

namespace {

namespace fs = std::filesystem;

constexpr const char* kCurrentFile = "store.current";
constexpr const char* kStoreName = "store.sqlite";
constexpr const char* kAboutName = "about";
constexpr const char* kMediaName = "media";
// No name of a snapshot.
constexpr const char* kStart = "@start";
constexpr const char* kWorldNameFact = "world";
// A start that is larger is not kept: it would double what a huge world takes.
constexpr std::uintmax_t kLargestStart = std::uintmax_t{64} * 1024 * 1024;

std::unexpected<WorldProblem> problem(WorldProblem::Kind kind, std::string words) {
    return std::unexpected(WorldProblem{kind, std::move(words)});
}

std::unexpected<WorldProblem> ioProblem(const std::string& what) {
    return problem(WorldProblem::Kind::Io, "The disk or the store did not do it: " + what);
}

std::unexpected<WorldProblem> noSnapshot(const std::string& name) {
    return problem(WorldProblem::Kind::NoSuch, "There is no snapshot called '" + name + "'.");
}

// With its missing parents, for the owner alone, and not synced.
void makePrivateDirectories(const fs::path& path, std::error_code& error) {
    if (fs::is_directory(path, error)) {
        error.clear();
        return;
    }
    if (path.has_parent_path()) {
        makePrivateDirectories(path.parent_path(), error);
    }
    if (!error && ::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
        error = std::error_code(errno, std::generic_category());
    }
}

void closeToOthers(const fs::path& file) {
    std::error_code ignored;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, ignored);
}

// A directory that goes with this, unless it was moved away.
class ScratchDirectory {
public:
    explicit ScratchDirectory(fs::path path) : path_(std::move(path)) {
        remove();
        std::error_code ignored;
        makePrivateDirectories(path_, ignored);
    }
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    ~ScratchDirectory() { remove(); }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    void remove() const {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    fs::path path_;
};

// Moves a finished directory to its name; one that is there goes afterwards.
std::expected<void, WorldProblem> install(const fs::path& from, const fs::path& to, const fs::path& away,
                                          bool sync) {
    std::error_code error;
    const bool replaces = fs::exists(to, error);
    if (replaces) {
        fs::rename(to, away, error);
    } else {
        error.clear();
        makePrivateDirectories(to.parent_path(), error);
    }
    if (!error) {
        fs::rename(from, to, error);
    }
    if (error) {
        return ioProblem(error.message());
    }
    if (sync) {
        static_cast<void>(files::syncPath(to.parent_path()));
    }
    if (replaces) {
        fs::remove_all(away, error);
    }
    return {};
}

bool writeAbout(const fs::path& directory, std::int64_t madeMs, const std::string& world) {
    std::ofstream about(directory / kAboutName, std::ios::trunc);
    about << madeMs << ' ' << world << '\n';
    about.close();
    closeToOthers(directory / kAboutName);
    return !about.fail();
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

// --- which store is the current one

CurrentStore CurrentStore::in(const fs::path& directory) {
    std::ifstream file(directory / kCurrentFile);
    CurrentStore current;
    if (!(file >> current.generation >> current.floor) || current.generation < 0 || current.floor < 0) {
        return {};
    }
    return current;
}

fs::path CurrentStore::fileOf(const fs::path& directory, int generation) {
    return directory / (generation == 0 ? kStoreName : "store-" + std::to_string(generation) + ".sqlite");
}

std::expected<void, files::FileError> CurrentStore::write(const fs::path& directory) const {
    const fs::path next = directory / (std::string(kCurrentFile) + ".new");
    std::ofstream file(next, std::ios::trunc);
    file << generation << ' ' << floor << '\n';
    file.close();
    if (file.fail()) {
        return std::unexpected(files::FileError{"cannot write " + next.string()});
    }
    closeToOthers(next);
    if (auto synced = files::syncPath(next); !synced) {
        return synced;
    }
    std::error_code error;
    fs::rename(next, directory / kCurrentFile, error);
    if (error) {
        return std::unexpected(files::FileError{error.message()});
    }
    return files::syncPath(directory);
}

void CurrentStore::sweep(const fs::path& directory, int keep) {
    const std::string kept = fileOf(directory, keep).filename().string();
    std::vector<fs::path> old;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory, error)) {
        const std::string name = entry.path().filename().string();
        const bool isStore = name.starts_with("store-") || name.starts_with(kStoreName);
        if (isStore && name.find(".sqlite") != std::string::npos && !name.starts_with(kept)) {
            old.push_back(entry.path());
        }
    }
    for (const fs::path& path : old) {
        fs::remove(path, error);
    }
}

// --- inside

class Backend::Parts::Standstill {
public:
    explicit Standstill(Parts& parts) : parts_(parts), publishing_(parts.publisher->hold()) {
        // In this order: an upload that is being published waits for the writer.
        parts_.uploads->hold();
        parts_.writes->hold();
    }
    ~Standstill() {
        parts_.writes->release();
        parts_.uploads->release();
    }
    Standstill(const Standstill&) = delete;
    Standstill& operator=(const Standstill&) = delete;

private:
    Parts& parts_;
    std::unique_lock<std::shared_mutex> publishing_;
};

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
    std::error_code error;
    Spare next;
    next.generation = ++lastGeneration;
    const fs::path file = CurrentStore::fileOf(config.dataDirectory, next.generation);
    if (!fs::copy_file(store, file, error)) {
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
    const auto name = next.store->fact(kWorldNameFact);
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
    return install(scratch.path(), directory, staging / "world-replaced", sync);
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

bool Backend::isSnapshotName(std::string_view name) {
    constexpr std::size_t kLongest = 64;
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !name.empty() && name.size() <= kLongest && isPlain(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return isPlain(c) || c == '.' || c == '-' || c == '_'; });
}

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
            return problem(
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

WorldResult<void> Backend::makeWorld(const std::string& name, std::uint64_t seed) {
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
            return problem(made.error().kind == BackendError::Kind::World ? WorldProblem::Kind::NoSuch
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
        parts_->rewindsToStart = install(made, start, parts_->staging / "world-replaced", true).has_value();
    } else {
        // Too large to be kept.
        fs::remove_all(start, ignored);
    }
    parts_->makeSpare();
    return {};
}

WorldResult<SnapshotFacts> Backend::saveSnapshot(const std::string& name, bool replace) {
    const std::lock_guard lock(parts_->changingWorlds);
    const fs::path directory = parts_->snapshotDirectory() / name;
    std::error_code error;
    if (!replace && fs::exists(directory, error)) {
        return problem(WorldProblem::Kind::Exists, "There is a snapshot called '" + name + "' already.");
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

WorldResult<SnapshotFacts> Backend::importSnapshot(const fs::path& file, const std::string& name,
                                                   bool replace) {
    const std::lock_guard lock(parts_->changingWorlds);
    const fs::path directory = parts_->snapshotDirectory() / name;
    std::error_code error;
    if (!replace && fs::exists(directory, error)) {
        return problem(WorldProblem::Kind::Exists, "There is a snapshot called '" + name + "' already.");
    }
    const ScratchDirectory scratch(parts_->staging / "world-import");
    const fs::path store = scratch.path() / kStoreName;
    if (!fs::copy_file(file, store, error)) {
        return ioProblem(error.message());
    }
    const auto bad = [](const std::string& what) {
        return problem(WorldProblem::Kind::BadFile, "The file cannot be imported: " + what + ".");
    };
    const auto unpacked = unpackWorld(store, scratch.path() / kMediaName, [](std::string_view key) {
        return isPlainKey(key) && !key.starts_with(kWorldMediaPrefix);
    });
    if (!unpacked) {
        return bad(unpacked.error().what);
    }
    std::string world;
    {
        auto opened = SqliteStore::open(store);
        if (!opened) {
            return bad(opened.error().what);
        }
        const auto ours = (*opened)->hasOurSchema();
        const auto whole = (*opened)->integrity();
        const auto bound = (*opened)->idBound();
        const auto fact = (*opened)->fact(kWorldNameFact);
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
    if (auto installed = install(scratch.path(), directory, parts_->staging / "world-replaced", true);
        !installed) {
        return std::unexpected(installed.error());
    }
    const auto facts = factsOf(directory);
    return facts ? WorldResult<SnapshotFacts>(*facts) : ioProblem("the snapshot cannot be read");
}

}  // namespace tikgok::sim
