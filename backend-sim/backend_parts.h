// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a Backend is made of. For backend.cpp and backend_*.cpp only.
#pragma once

#include "backend-sim/adapters/crypto/argon_hasher.h"
#include "backend-sim/adapters/files/directory_object_store.h"
#include "backend-sim/adapters/files/durable_files.h"
#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/adapters/sqlite/queue.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/adapters/system/prefix_urls.h"
#include "backend-sim/adapters/system/snowflake_ids.h"
#include "backend-sim/adapters/system/system.h"
#include "backend-sim/backend.h"
#include "backend-sim/media/ffmpeg_inspector.h"
#include "backend-sim/media/ffmpeg_pictures.h"
#include "backend-sim/services/chat.h"
#include "backend-sim/services/interactions.h"
#include "backend-sim/services/login_limit.h"
#include "backend-sim/services/sociality.h"
#include "backend-sim/services/trouble/troubles.h"
#include "backend-sim/services/uploads/consumer.h"
#include "backend-sim/services/uploads/processor.h"
#include "backend-sim/services/uploads/publisher.h"
#include "backend-sim/services/users.h"
#include "backend-sim/services/videos.h"
#include "backend-sim/services/write/write_side.h"
#include "backend-sim/world/world.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace tikgok::sim {

// Changes that the read model can take back.
inline constexpr std::size_t kRewindable = 2'000;

// Facts of a store. The hash of a password that nobody has.
inline constexpr const char* kDummyFact = "dummy_hash";
// "1" from before the first row of a large world until it is whole.
inline constexpr const char* kUnfinishedFact = "unfinished_world";

std::unexpected<BackendError> openFailure(BackendError::Kind kind, std::string words);
std::unexpected<BackendError> damagedStore(const std::filesystem::path& directory, const StoreError& error);

// In the order of construction; destruction goes the other way.
struct Backend::Parts {
    Parts(BackendConfig settings, files::DirectoryLock directoryLock, std::unique_ptr<SqliteStore> store,
          std::unique_ptr<SqliteQueue> messages, std::string key, std::string dummyHash, Id firstId);

    std::expected<void, BackendError> load();
    std::expected<void, BackendError> checkNewDirectory();
    std::expected<void, BackendError> makeNewWorld();
    StoreResult<void> fillWorld(const World& description, const std::string& passwordHash);
    std::expected<void, BackendError> cleanUp();
    void start();
    void startWrites(Telemetry& telemetry);
    void makeServices(Telemetry& telemetry);
    void logLost() const;
    // The world as it is now, for reset(). Gives up quietly: it is only needed when somebody asks for it.
    void keepStart();
    Users::Look lookOfNewcomers() const;

    BackendConfig config;
    SystemClock systemClock;
    const Clock& clock;
    const std::filesystem::path staging;
    files::DirectoryLock lock;
    const std::string tokenKey;
    std::string world;

    std::unique_ptr<SqliteStore> durable;
    std::unique_ptr<SqliteQueue> durableQueue;
    std::unique_ptr<MessageQueue> wrappedQueue;
    std::unique_ptr<MessageQueue> troubledQueue;
    MessageQueue& queue;
    DirectorySpace ownSpace;
    TableApplier tableApplier;
    // In front of what is given or our own; null without troubles.
    std::unique_ptr<ChangeApplier> troubledApplier;
    std::unique_ptr<FreeSpace> troubledSpace;
    std::unique_ptr<MediaInspector> troubledInspector;
    const FreeSpace* space = nullptr;
    NoTelemetry noTelemetry;
    // What the queue held when it was opened, dead letters included.
    std::vector<Upload> waitingUploads;
    MemoryStore readModel;
    std::unique_ptr<IdGenerator> idGenerator;
    IdGenerator& ids;
    DirectoryObjectStore objects;
    PrefixUrls urls;
    ArgonHasher hasher;
    FfmpegInspector inspector;
    FfmpegPictures pictures;

    LoginLimit logins{clock, config.loginLimits};
    std::unique_ptr<WriteSide> writes;
    std::unique_ptr<UploadProcessor> uploadProcessor;
    std::unique_ptr<UploadConsumer> uploads;
    std::unique_ptr<Publisher> publisher;
    std::unique_ptr<Users> users;
    std::unique_ptr<Videos> videos;
    std::unique_ptr<Interactions> interactions;
    std::unique_ptr<Sociality> sociality;
    std::unique_ptr<Chat> chat;

    // Last: their work refers to what is above.
    std::unique_ptr<WorkerPool> hashing;
    std::unique_ptr<WorkerPool> storing;
    std::once_flag closing;

    // --- worlds; see backend_worlds.cpp and backend_snapshots.cpp

    // One operation at a time.
    std::mutex changingWorlds;
    // The number in the name of the store's file that is open.
    int generation = 0;
    std::atomic<int> lastGeneration = 0;
    // What the read model can go back to is the start.
    bool rewindsToStart = false;
    // It was a fork that was opened: there may be many, and the first reset of each can wait for its spare.
    bool forked = false;
    // Of `world`.
    mutable std::mutex nameMutex;
    // The next one, a copy of the start that is open already. Null while it is being made.
    struct Spare {
        int generation = 0;
        std::unique_ptr<SqliteStore> store;
    };
    // What was replaced, to be closed and removed when nobody waits for it.
    struct Retired {
        std::unique_ptr<SqliteStore> store;
        int generation = 0;
        std::filesystem::path media;
    };
    std::mutex spareMutex;
    Spare spare;
    std::vector<Retired> retired;
    std::jthread spareMaker;

    [[nodiscard]] std::filesystem::path snapshotDirectory() const {
        return config.dataDirectory / "snapshots";
    }
    // In the background: clears away what was replaced, and makes the next spare.
    void makeSpare();
    void clearAway();
    void dropSpare();
    void removeStore(int number) const;
    WorldResult<Spare> copyOf(const std::filesystem::path& store, bool sync);
    class Standstill;
    WorldResult<void> putInPlace(Spare next, const std::filesystem::path& media, bool rewindable);
    WorldResult<void> copyWorld(const std::filesystem::path& directory, bool sync);
    WorldResult<void> furnishFork(const std::filesystem::path& directory);
};

// While it lives, nothing is written, and nothing is on its way to be. The constructor waits until that is
// so.
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

// Which file of a data directory is its store, and which messages of its queue belong to an earlier one.
struct CurrentStore {
    int generation = 0;
    MessageId floor = 0;

    [[nodiscard]] static CurrentStore in(const std::filesystem::path& directory);
    [[nodiscard]] static std::filesystem::path fileOf(const std::filesystem::path& directory, int generation);
    // Durably and at once.
    [[nodiscard]] std::expected<void, files::FileError> write(const std::filesystem::path& directory) const;
    // Stores that are not the current one.
    static void sweep(const std::filesystem::path& directory, int keep);
};

}  // namespace tikgok::sim
