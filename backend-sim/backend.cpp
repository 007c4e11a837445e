// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/backend.h"

#include "backend-sim/adapters/files/content_types.h"
#include "backend-sim/backend_parts.h"
#include "backend-sim/services/uploads/recovery.h"
#include "backend-sim/services/write/recovery.h"
#include "core/contract/endpoints.h"

#include <algorithm>
#include <mutex>
#include <system_error>
#include <utility>

namespace tikgok::sim {

namespace {

constexpr const char* kPairingFile = "pairing.token";
constexpr const char* kAdminFile = "admin.token";

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

std::unexpected<BackendError> unusable(const std::filesystem::path& directory, const std::string& why) {
    return openFailure(BackendError::Kind::Unwritable,
                       "The data directory " + directory.string() + " cannot be used: " + why);
}

std::unexpected<BackendError> unopened(const std::filesystem::path& directory, const std::string& what,
                                       const SqliteStore::OpenError& error) {
    switch (error.kind) {
        case SqliteStore::OpenError::Kind::Corrupt:
            return openFailure(BackendError::Kind::Corrupt,
                               "The " + what + " in " + directory.string() + " is damaged: " + error.what);
        case SqliteStore::OpenError::Kind::TooNew:
            return openFailure(BackendError::Kind::TooNew, "The " + what + " in " + directory.string() +
                                                               " was written by a newer version of TikGok.");
        case SqliteStore::OpenError::Kind::Unwritable:
            break;
    }
    return unusable(directory, error.what);
}

// Makes the directory when it is not there.
std::expected<files::DirectoryLock, BackendError> lockOf(const std::filesystem::path& directory) {
    if (directory.empty()) {
        return unusable(directory, "no directory was given");
    }
    if (auto made = files::makeDirectories(directory); !made) {
        return unusable(directory, made.error().what);
    }
    auto lock = files::DirectoryLock::take(directory / "lock");
    if (lock) {
        return std::move(*lock);
    }
    if (lock.error().held) {
        return openFailure(BackendError::Kind::InUse, "The data directory " + directory.string() +
                                                          " is in use by " + lock.error().what + ".");
    }
    return unusable(directory, lock.error().what);
}

// Everything below has been given out: to rows, to writes that wait, and to uploads that no row speaks of
// yet.
StoreResult<Id> firstFreeId(const BackendConfig& config, SqliteStore& store, MessageQueue& queue,
                            const std::vector<Upload>& uploads) {
    const auto waitingBound = idBoundOf(queue);
    if (!waitingBound) {
        return waitingBound;
    }
    const auto bound = store.idBound();
    if (!bound) {
        return bound;
    }
    if (config.ids == IdKind::Sequential && *bound >= Id{1} << 53U) {
        logTo(
            config.log, LogLevel::Warning,
            "This store has had snowflake ids; new ids go on above them and are no longer exact in a double");
    }
    Id first = std::max(*bound, *waitingBound);
    for (const Upload& upload : uploads) {
        first = std::max(first, upload.id + 1);
    }
    return first;
}

}  // namespace

std::expected<std::unique_ptr<Backend>, BackendError> Backend::open(BackendConfig config) {
    config.pageSize = std::clamp<std::size_t>(config.pageSize, 1, contract::kMaxFeedPage);
    const std::filesystem::path& directory = config.dataDirectory;
    auto lock = lockOf(directory);
    if (!lock) {
        return std::unexpected(lock.error());
    }
    const CurrentStore current = CurrentStore::in(directory);
    CurrentStore::sweep(directory, current.generation);
    auto store = openStore(CurrentStore::fileOf(directory, current.generation), config.log);
    if (!store) {
        return unopened(directory, "store", store.error());
    }
    const auto lastWrite = (*store)->applied().last();
    if (!lastWrite) {
        return damagedStore(directory, lastWrite.error());
    }
    auto queue = SqliteQueue::open(directory / "queue.sqlite", *lastWrite);
    if (!queue) {
        return unopened(directory, "queue", queue.error());
    }
    if (const auto forgotten = (*queue)->forget(current.floor); !forgotten) {
        return damagedStore(directory, forgotten.error());
    }
    // Kept, because making one takes as long as a sign-in.
    auto dummy = (*store)->fact(kDummyFact);
    if (!dummy) {
        return damagedStore(directory, dummy.error());
    }
    auto waiting = uploadsIn(**queue);
    if (!waiting) {
        return damagedStore(directory, waiting.error());
    }
    const auto firstId = firstFreeId(config, **store, **queue, *waiting);
    if (!firstId) {
        return damagedStore(directory, firstId.error());
    }
    auto key = files::keyIn(directory / "token.key");
    if (!key) {
        return unusable(directory, key.error().what);
    }
    auto parts = std::make_unique<Parts>(config, std::move(*lock), std::move(*store), std::move(*queue),
                                         std::move(*key), dummy->value_or(std::string()), *firstId);
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
