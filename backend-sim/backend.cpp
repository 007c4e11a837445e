// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/backend.h"

#include "backend-sim/adapters/files/content_types.h"
#include "backend-sim/backend_parts.h"
#include "backend-sim/services/shapes.h"
#include "backend-sim/services/uploads/recovery.h"
#include "backend-sim/services/write/recovery.h"
#include "backend-sim/world/made_world.h"
#include "core/contract/endpoints.h"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <system_error>
#include <utility>

namespace tikgok::sim {

namespace {

constexpr const char* kWorldFact = "world";
constexpr const char* kDummyFact = "dummy_hash";
// "1" from before the first row of a large world until it is whole.
constexpr const char* kUnfinishedFact = "unfinished_world";
constexpr const char* kPairingFile = "pairing.token";
constexpr const char* kAdminFile = "admin.token";

std::unexpected<BackendError> failure(BackendError::Kind kind, std::string words) {
    return std::unexpected(BackendError{kind, std::move(words)});
}

std::unexpected<BackendError> damaged(const std::filesystem::path& directory, const StoreError& error) {
    if (error.kind == StoreError::Kind::Io) {
        return failure(BackendError::Kind::Unwritable,
                       "The store in " + directory.string() + " cannot be written: " + error.what);
    }
    return failure(BackendError::Kind::Corrupt,
                   "The store in " + directory.string() + " is damaged: " + error.what);
}

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

// A large world is made in several transactions. What a crash left of one is thrown away: nobody has ever
// written to it.
std::expected<std::unique_ptr<SqliteStore>, SqliteStore::OpenError> openStore(
    const std::filesystem::path& file, const LogSink& log) {
    auto store = SqliteStore::open(file);
    // Once a part of the rows is there, the indexes are not, and it cannot be opened any more.
    const auto unfinished = store ? (*store)->fact(kUnfinishedFact).value_or(std::nullopt)
                                  : SqliteStore::factOfBroken(file, kUnfinishedFact);
    if (unfinished != "1") {
        return store;
    }
    logTo(log, LogLevel::Warning, "The world in " + file.string() + " was never finished; making it again");
    if (store) {
        store->reset();
    }
    for (const char* suffix : {"-wal", "-shm", ""}) {
        std::error_code ignored;
        std::filesystem::remove(file.string() + suffix, ignored);
    }
    return SqliteStore::open(file);
}

}  // namespace

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
            return failure(BackendError::Kind::World,
                           "The world '" + config.world + "' cannot be made: " + read.error().what);
        }
        description = std::move(*read);
        // One hash for all: the password is no secret, and twelve hashes would delay the first start.
        auto hash = hasher.hash(description.password);
        if (!hash) {
            return failure(BackendError::Kind::World, "There is not enough memory to hash a password.");
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
                   ? failure(BackendError::Kind::World,
                             "The world '" + config.world + "' contradicts itself: " + made.error().what)
                   : damaged(config.dataDirectory, made.error());
    }
    world = config.world;
    logTo(config.log, LogLevel::Info, "Made the world '" + world + "' in " + config.dataDirectory.string());
    keepStart();
    return {};
}

std::expected<void, BackendError> Backend::Parts::load() {
    const auto name = durable->fact(kWorldFact);
    if (!name) {
        return damaged(config.dataDirectory, name.error());
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
        return damaged(config.dataDirectory, shown.error());
    }
    const auto waiting = showWaiting(queue, *durable, readModel);
    if (!waiting) {
        return damaged(config.dataDirectory, waiting.error());
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
            return failure(BackendError::Kind::Unwritable,
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
        return failure(BackendError::Kind::Unwritable,
                       "The data directory cannot be used: " + staging.string() + " is a link");
    }
    if (auto made = files::makeDirectories(staging); !made) {
        return failure(BackendError::Kind::Unwritable,
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
    constexpr std::size_t kHashThreads = 2;
    constexpr std::size_t kStoreThreads = 2;
    Telemetry& telemetry = config.telemetry != nullptr ? *config.telemetry : noTelemetry;
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
    uploads->start();
    logLost();
    readModel.remember(kRewindable);
    if (!forked) {
        makeSpare();
    }
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

std::expected<std::unique_ptr<Backend>, BackendError> Backend::open(BackendConfig config) {
    config.pageSize = std::clamp<std::size_t>(config.pageSize, 1, contract::kMaxFeedPage);
    const std::filesystem::path& directory = config.dataDirectory;
    const auto unusable = [&directory](const std::string& why) {
        return failure(BackendError::Kind::Unwritable,
                       "The data directory " + directory.string() + " cannot be used: " + why);
    };
    if (directory.empty()) {
        return unusable("no directory was given");
    }
    if (auto made = files::makeDirectories(directory); !made) {
        return unusable(made.error().what);
    }
    auto lock = files::DirectoryLock::take(directory / "lock");
    if (!lock) {
        if (lock.error().held) {
            return failure(BackendError::Kind::InUse, "The data directory " + directory.string() +
                                                          " is in use by " + lock.error().what + ".");
        }
        return unusable(lock.error().what);
    }
    const auto unopened = [&](const std::string& what, const SqliteStore::OpenError& error) {
        switch (error.kind) {
            case SqliteStore::OpenError::Kind::Corrupt:
                return failure(BackendError::Kind::Corrupt,
                               "The " + what + " in " + directory.string() + " is damaged: " + error.what);
            case SqliteStore::OpenError::Kind::TooNew:
                return failure(BackendError::Kind::TooNew, "The " + what + " in " + directory.string() +
                                                               " was written by a newer version of TikGok.");
            case SqliteStore::OpenError::Kind::Unwritable:
                break;
        }
        return unusable(error.what);
    };
    const CurrentStore current = CurrentStore::in(directory);
    CurrentStore::sweep(directory, current.generation);
    auto store = openStore(CurrentStore::fileOf(directory, current.generation), config.log);
    if (!store) {
        return unopened("store", store.error());
    }
    const auto lastWrite = (*store)->applied().last();
    if (!lastWrite) {
        return damaged(directory, lastWrite.error());
    }
    auto queue = SqliteQueue::open(directory / "queue.sqlite", *lastWrite);
    if (!queue) {
        return unopened("queue", queue.error());
    }
    if (const auto forgotten = (*queue)->forget(current.floor); !forgotten) {
        return damaged(directory, forgotten.error());
    }
    const auto waitingBound = idBoundOf(**queue);
    if (!waitingBound) {
        return damaged(directory, waitingBound.error());
    }
    const auto bound = (*store)->idBound();
    if (!bound) {
        return damaged(directory, bound.error());
    }
    if (config.ids == IdKind::Sequential && *bound >= Id{1} << 53U) {
        logTo(
            config.log, LogLevel::Warning,
            "This store has had snowflake ids; new ids go on above them and are no longer exact in a double");
    }
    // Kept, because making one takes as long as a sign-in.
    auto dummy = (*store)->fact(kDummyFact);
    if (!dummy) {
        return damaged(directory, dummy.error());
    }
    auto waiting = uploadsIn(**queue);
    if (!waiting) {
        return damaged(directory, waiting.error());
    }
    // Their ids are given out, although no row says so yet; those of waiting writes as well.
    Id firstId = std::max(*bound, *waitingBound);
    for (const Upload& upload : *waiting) {
        firstId = std::max(firstId, upload.id + 1);
    }
    auto key = files::keyIn(directory / "token.key");
    if (!key) {
        return unusable(key.error().what);
    }
    auto parts = std::make_unique<Parts>(config, std::move(*lock), std::move(*store), std::move(*queue),
                                         std::move(*key), dummy->value_or(std::string()), firstId);
    parts->waitingUploads = std::move(*waiting);
    parts->generation = current.generation;
    parts->lastGeneration = current.generation;
    if (auto loaded = parts->load(); !loaded) {
        return std::unexpected(loaded.error());
    }
    if (auto cleaned = parts->cleanUp(); !cleaned) {
        return std::unexpected(cleaned.error());
    }
    parts->start();
    return std::unique_ptr<Backend>(new Backend(std::move(parts)));
}

Backend::Backend(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Backend::~Backend() {
    shutdown();
}

Services Backend::services() {
    return {*parts_->users, *parts_->videos, *parts_->interactions, *parts_->sociality, *parts_->chat};
}

std::size_t Backend::deadLetters() const {
    const auto letters = parts_->queue.deadLetters();
    return letters ? letters->size() : 0;
}

std::optional<contract::Id> Backend::personNamed(std::string_view name) const {
    const auto found = parts_->readModel.credentials(name, false);
    return found ? std::optional(found->user) : std::nullopt;
}

std::size_t Backend::waiting(Topic topic) const {
    return parts_->queue.depth(topic);
}

std::vector<Backend::Person> Backend::people(std::string_view part, contract::Id after,
                                             std::size_t limit) const {
    std::vector<Person> found;
    const auto all = parts_->readModel.users().all();
    for (const UserRow& row : all ? *all : std::vector<UserRow>()) {
        if (found.size() == limit) {
            break;
        }
        if (row.id > after && row.name.find(part) != std::string::npos) {
            found.push_back({row.id, row.name});
        }
    }
    return found;
}

StoreResult<bool> Backend::resend(MessageId deadLetter) {
    return writes().resend(deadLetter);
}

void Backend::setPageSize(std::size_t videos) {
    parts_->videos->setPageSize(std::clamp<std::size_t>(videos, 1, contract::kMaxFeedPage));
}

void Backend::setLoginLimits(const LoginLimits& limits) {
    parts_->logins.set(limits);
}

WriteSide& Backend::writes() {
    return *parts_->writes;
}

void Backend::setMediaDelay(std::chrono::milliseconds delay) {
    parts_->publisher->setMediaDelay(delay);
}

void Backend::setMediaBaseUrl(std::string url) {
    parts_->urls.setBase(std::move(url));
    // In this order: whoever reads from now on sees the new base.
    parts_->readModel.dropTexts();
}

std::optional<MediaFile> Backend::media(std::string_view path) const {
    std::optional<std::filesystem::path> file;
    if (path.starts_with(kWorldMediaPrefix)) {
        if (!isPlainKey(path) || parts_->config.resourceDirectory.empty()) {
            return std::nullopt;
        }
        path.remove_prefix(kWorldMediaPrefix.size());
        std::filesystem::path candidate = parts_->config.resourceDirectory / "media" / path;
        std::error_code error;
        if (std::filesystem::is_regular_file(candidate, error)) {
            file = std::move(candidate);
        }
    } else {
        file =
            parts_->objects.hidden(path, parts_->clock.nowMs()) ? std::nullopt : parts_->objects.find(path);
    }
    if (!file) {
        return std::nullopt;
    }
    const std::string_view type = contentTypeOf(*file);
    return MediaFile{std::move(*file), type};
}

std::string Backend::world() const {
    const std::lock_guard lock(parts_->nameMutex);
    return parts_->world;
}

std::string_view Backend::tokenKey() const {
    return parts_->tokenKey;
}

std::expected<std::string, std::string> Backend::makePairingToken() {
    auto token = files::freshSecretIn(parts_->config.dataDirectory / kPairingFile);
    if (!token) {
        return std::unexpected("The pairing token cannot be kept: " + token.error().what);
    }
    return std::move(*token);
}

std::filesystem::path Backend::adminTokenFile(const std::filesystem::path& dataDirectory) {
    return dataDirectory / kAdminFile;
}

std::expected<std::string, std::string> Backend::makeAdminToken() {
    auto token = files::freshSecretIn(adminTokenFile(parts_->config.dataDirectory));
    if (!token) {
        return std::unexpected("The token of the admin API cannot be kept: " + token.error().what);
    }
    return std::move(*token);
}

const std::filesystem::path& Backend::stagingDirectory() const {
    return parts_->staging;
}

bool Backend::hasRoomFor(std::uint64_t bytes) const {
    const std::uint64_t reserve = parts_->config.diskReserve;
    if (reserve == 0) {
        return true;
    }
    const auto free = parts_->space->freeBytes();
    return !free || (*free >= reserve && *free - reserve >= bytes);
}

// Work that was taken ends with writes, so the pools go first.
void Backend::shutdown() {
    std::call_once(parts_->closing, [this] {
        parts_->dropSpare();
        // Uploads and hashes end in writes: whoever froze those must not hold them up.
        parts_->writes->endFreeze();
        parts_->hashing->close();
        parts_->storing->close();
        parts_->uploads->close();
        parts_->writes->close();
        std::error_code ignored;
        std::filesystem::remove(parts_->config.dataDirectory / kPairingFile, ignored);
        std::filesystem::remove(adminTokenFile(parts_->config.dataDirectory), ignored);
    });
}

}  // namespace tikgok::sim
