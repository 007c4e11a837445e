// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the parts of a backend come to life: the world that is made or loaded, what a crash left, the threads.

#include "backend-sim/backend_parts.h"

#include "backend-sim/backend_world_files.h"
#include "backend-sim/services/shapes.h"
#include "backend-sim/services/write/recovery.h"
#include "backend-sim/world/made_world.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

namespace tikgok::sim {

namespace {

// `bound`: every id below it has been given out.
std::unique_ptr<IdGenerator> makeIds(const BackendConfig& config, const Clock& clock, Id bound) {
    const Id first = std::max(bound, config.firstId);
    switch (config.ids) {
        case IdKind::Sequential:
            return std::make_unique<SequentialIds>(first);
        case IdKind::Snowflake:
            return std::make_unique<SnowflakeIds>(clock, first);
    }
    return std::make_unique<SequentialIds>(first);
}

}  // namespace

std::unexpected<BackendError> openFailure(BackendError::Kind kind, std::string words) {
    return std::unexpected(BackendError{kind, std::move(words)});
}

std::unexpected<BackendError> damagedStore(const std::filesystem::path& directory, const StoreError& error) {
    if (error.kind == StoreError::Kind::Io) {
        return openFailure(BackendError::Kind::Unwritable,
                           "The store in " + directory.string() + " cannot be written: " + error.what);
    }
    return openFailure(BackendError::Kind::Corrupt,
                       "The store in " + directory.string() + " is damaged: " + error.what);
}

Backend::Parts::Parts(BackendConfig settings, files::DirectoryLock directoryLock,
                      std::unique_ptr<SqliteStore> store, std::unique_ptr<SqliteQueue> messages,
                      std::string key, std::string dummyHash, Id firstId)
    : config(std::move(settings)),
      clock(config.clock != nullptr ? *config.clock : systemClock),
      staging(config.dataDirectory / "staging"),
      lock(std::move(directoryLock)),
      tokenKey(std::move(key)),
      durable(std::move(store)),
      durableQueue(std::move(messages)),
      wrappedQueue(config.wrapQueue ? config.wrapQueue(*durableQueue) : nullptr),
      troubledQueue(config.troubles == nullptr
                        ? nullptr
                        : config.troubles->before(wrappedQueue != nullptr ? *wrappedQueue : *durableQueue)),
      queue(troubledQueue != nullptr  ? *troubledQueue
            : wrappedQueue != nullptr ? *wrappedQueue
                                      : *durableQueue),
      ownSpace(config.dataDirectory),
      idGenerator(makeIds(config, clock, firstId)),
      ids(*idGenerator),
      objects(config.dataDirectory / "media"),
      urls(config.mediaBaseUrl),
      hasher(config.passwordCost.passes, config.passwordCost.memoryBytes, std::move(dummyHash)) {}

// The small ones within the transaction that names the world; the large ones before, under a mark that they
// are not finished.
StoreResult<void> Backend::Parts::fillWorld(const World& description, const std::string& passwordHash) {
    const auto size = sizeOfWorld(config.world);
    if (!size) {
        return tikgok::sim::makeWorld(description, *durable, ids, clock.nowMs(), passwordHash);
    }
    if (auto marked = durable->setFact(kUnfinishedFact, "1"); !marked) {
        return marked;
    }
    const MakingOf making{*size, config.seed, config.firstId, clock.nowMs(), passwordHash};
    return durable->fill([&](BulkRows& rows) -> StoreResult<void> {
        const auto end = makeSizedWorld(making, description, rows);
        if (!end) {
            return std::unexpected(end.error());
        }
        // Their ids are given out. Other kinds of ids are far above.
        while (ids.bound() < *end) {
            static_cast<void>(ids.next());
        }
        return {};
    });
}

// The world and its marker are one transaction, so a half-made world is never taken for a whole one.
std::expected<void, BackendError> Backend::Parts::makeNewWorld() {
    World description;
    std::string passwordHash;
    const bool sized = sizeOfWorld(config.world).has_value();
    if (config.world != "empty") {
        // People, pictures and clips of the small world are in the large ones, too.
        const std::string name = sized ? "small" : config.world;
        const std::filesystem::path file = config.resourceDirectory / "worlds" / (name + ".json");
        auto read = readWorld(file);
        if (!read) {
            return openFailure(BackendError::Kind::World,
                               "The world '" + config.world + "' cannot be made: " + read.error().what);
        }
        description = std::move(*read);
        // One hash for all: the password is no secret, and twelve hashes would delay the first start.
        auto hash = hasher.hash(description.password);
        if (!hash) {
            return openFailure(BackendError::Kind::World, "There is not enough memory to hash a password.");
        }
        passwordHash = std::move(*hash);
    }
    StoreResult<void> made = sized ? fillWorld(description, passwordHash) : StoreResult<void>();
    made = !made ? made : durable->atomically([&]() -> StoreResult<void> {
        auto filled = sized ? durable->setFact(kUnfinishedFact, "0") : fillWorld(description, passwordHash);
        if (!filled) {
            return filled;
        }
        if (auto bound = durable->setIdBound(ids.bound()); !bound) {
            return bound;
        }
        if (auto dummy = durable->setFact(kDummyFact, hasher.dummy()); !dummy) {
            return dummy;
        }
        return durable->setFact(kWorldFact, config.world);
    });
    if (!made) {
        return made.error().kind == StoreError::Kind::Conflict
                   ? openFailure(BackendError::Kind::World,
                                 "The world '" + config.world + "' contradicts itself: " + made.error().what)
                   : damagedStore(config.dataDirectory, made.error());
    }
    world = config.world;
    logTo(config.log, LogLevel::Info, "Made the world '" + world + "' in " + config.dataDirectory.string());
    keepStart();
    return {};
}

std::expected<void, BackendError> Backend::Parts::load() {
    const auto name = durable->fact(kWorldFact);
    if (!name) {
        return damagedStore(config.dataDirectory, name.error());
    }
    if (name->has_value()) {
        world = **name;
    } else if (auto ours = checkNewDirectory(); !ours) {
        return ours;
    } else if (auto made = makeNewWorld(); !made) {
        return made;
    }
    if (config.rows) {
        readModel.exchange(*config.rows);
        config.rows.reset();
        forked = true;
    } else if (const StoreResult<void> shown =
                   readModel.fill([this](BulkRows& rows) { return durable->readAll(rows); });
               !shown) {
        return damagedStore(config.dataDirectory, shown.error());
    }
    const auto waiting = showWaiting(queue, *durable, readModel);
    if (!waiting) {
        return damagedStore(config.dataDirectory, waiting.error());
    }
    if (waiting->count > 0) {
        logTo(config.log, LogLevel::Info,
              std::to_string(waiting->count) +
                  " writes of an earlier run are still on their way to the tables");
    }
    return {};
}

// A store that is new knows none of the files in the folders for media and uploads, and they would be removed
// as leftovers of a crash. They are somebody else's, or belong to a store that was lost.
std::expected<void, BackendError> Backend::Parts::checkNewDirectory() {
    for (const std::filesystem::path& folder : {config.dataDirectory / "media", staging}) {
        std::error_code error;
        if (std::filesystem::exists(folder, error) && !std::filesystem::is_empty(folder, error)) {
            return openFailure(BackendError::Kind::Unwritable,
                               "The data directory " + config.dataDirectory.string() +
                                   " cannot be used: there are files in " + folder.string() +
                                   ", and no store that knows them. Choose an empty directory");
        }
    }
    return {};
}

// What a crash may have left: uploads on their way, and objects that were stored before their row was.
std::expected<void, BackendError> Backend::Parts::cleanUp() {
    namespace fs = std::filesystem;
    std::error_code error;
    // What lies behind a link is not ours to remove.
    if (fs::is_symlink(staging, error)) {
        return openFailure(BackendError::Kind::Unwritable,
                           "The data directory cannot be used: " + staging.string() + " is a link");
    }
    if (auto made = files::makeDirectories(staging); !made) {
        return openFailure(BackendError::Kind::Unwritable,
                           "The data directory cannot be used: " + made.error().what);
    }
    for (const auto& entry : fs::directory_iterator(staging, error)) {
        std::error_code ignored;
        fs::remove_all(entry.path(), ignored);
    }
    for (const Upload& upload : waitingUploads) {
        if (const std::int64_t now = clock.nowMs(); upload.visibleFrom > now) {
            objects.hideUntil(upload.playKey, upload.visibleFrom, now);
            objects.hideUntil(upload.coverKey, upload.visibleFrom, now);
        }
    }
    const std::size_t removed = objects.sweep([this](const std::string& key) {
        // Files are named after their video.
        const std::string stem = fs::path(key).stem().string();
        Id id = 0;
        const char* const stemEnd = stem.data() + stem.size();
        if (const auto [end, problem] = std::from_chars(stem.data(), stemEnd, id);
            problem != std::errc() || end != stemEnd) {
            return false;
        }
        if (std::ranges::any_of(waitingUploads, [&key](const Upload& upload) {
                return upload.playKey == key || upload.coverKey == key;
            })) {
            return true;
        }
        const auto row = readModel.videos().find(id);
        return row && row->has_value() && ((*row)->playKey == key || (*row)->coverKey == key);
    });
    if (removed > 0) {
        logTo(config.log, LogLevel::Info,
              "Removed " + std::to_string(removed) + " files of uploads that were never finished");
    }
    return {};
}

// The reference server gives every new user the same pictures, too.
Users::Look Backend::Parts::lookOfNewcomers() const {
    const auto keyOf = [this](const char* picture) {
        std::error_code error;
        const bool there =
            !config.resourceDirectory.empty() &&
            std::filesystem::is_regular_file(config.resourceDirectory / "media" / picture, error);
        return there ? std::string(kWorldMediaPrefix) + picture : std::string();
    };
    return {keyOf("avatars/default.png"), keyOf("backgrounds/default.jpg"), {}};
}

void Backend::Parts::start() {
    Telemetry& telemetry = config.telemetry != nullptr ? *config.telemetry : noTelemetry;
    startWrites(telemetry);
    makeServices(telemetry);
    uploads->start();
    logLost();
    readModel.remember(kRewindable);
    if (!forked) {
        makeSpare();
    }
}

void Backend::Parts::startWrites(Telemetry& telemetry) {
    WriteSide::Limits limits;
    limits.intake.waiting = config.writeQueueLimit;
    limits.intake.depth = config.writeQueueLimit;
    limits.intake.reserve = config.diskReserve;
    limits.consumer.atMostOnce = config.parity;
    ChangeApplier& applier = config.applier != nullptr ? *config.applier : tableApplier;
    space = config.space != nullptr ? config.space : &ownSpace;
    if (config.troubles != nullptr) {
        troubledApplier = config.troubles->before(applier);
        troubledSpace = config.troubles->before(*space);
        troubledInspector = config.troubles->before(inspector);
        space = troubledSpace.get();
    }
    durableQueue->watchCommits([&telemetry](std::chrono::steady_clock::duration spent) {
        telemetry.sample(Sample::SyncSeconds, spent);
    });
    const WriteSide::Needs needs{queue,
                                 *durable,
                                 readModel,
                                 troubledApplier ? *troubledApplier : applier,
                                 clock,
                                 ids,
                                 *space,
                                 telemetry,
                                 config.log,
                                 [this] { uploads->wake(); },
                                 [this](const MessageRow& row) {
                                     if (config.messageShown) {
                                         config.messageShown(messageOf(row));
                                     }
                                 }};
    writes = std::make_unique<WriteSide>(needs, limits);
}

void Backend::Parts::makeServices(Telemetry& telemetry) {
    constexpr std::size_t kHashThreads = 2;
    constexpr std::size_t kStoreThreads = 2;
    Intake& writer = writes->intake();
    hashing =
        std::make_unique<WorkerPool>(kHashThreads, config.workQueueLimit, [&telemetry](std::size_t waiting) {
            telemetry.level(Level::HashQueue, static_cast<std::int64_t>(waiting));
        });
    storing = std::make_unique<WorkerPool>(kStoreThreads, config.workQueueLimit);
    uploadProcessor = std::make_unique<UploadProcessor>(UploadProcessor::Needs{
        writer, troubledInspector ? *troubledInspector : inspector, objects, staging, config.log});
    UploadConsumer::Limits uploadLimits;
    uploadLimits.waiting = config.workQueueLimit;
    uploads = std::make_unique<UploadConsumer>(
        UploadConsumer::Needs{queue, *uploadProcessor, clock, telemetry, config.log, uploadLimits});
    publisher = std::make_unique<Publisher>(
        Publisher::Needs{*uploads, objects, *storing, ids, clock, config.log, &telemetry, &pictures});
    if (config.mediaDelay) {
        publisher->setMediaDelay(*config.mediaDelay);
    }
    users = std::make_unique<Users>(Users::Needs{readModel, writer, hasher, *hashing, clock, urls,
                                                 lookOfNewcomers(), logins, config.telemetry});
    videos = std::make_unique<Videos>(Videos::Needs{readModel, *publisher, clock, urls, config.pageSize});
    interactions = std::make_unique<Interactions>(
        Interactions::Needs{readModel, readModel, writer, writer, writer, urls, clock});
    sociality = std::make_unique<Sociality>(Sociality::Needs{readModel, writer, urls, clock});
    chat = std::make_unique<Chat>(readModel, writer, clock);
}

// Parity mode loses on purpose, but never in silence.
void Backend::Parts::logLost() const {
    const auto lost = writes->lost();
    if (!lost) {
        logTo(config.log, LogLevel::Error, "What was lost cannot be told: " + lost.error().what);
        return;
    }
    for (const LostWrite& each : *lost) {
        logTo(config.log, LogLevel::Warning,
              "Lost: write " + std::to_string(each.write) + ", " + each.kind + ", target " +
                  std::to_string(each.target) + ", answered at " + std::to_string(each.at));
    }
}

}  // namespace tikgok::sim
