// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The simulator's inside as one object: store, read model, writer, services, media. What a gateway is put in
// front of; used by tikgok-sim, by the app and by tests alike.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/ids.h"
#include "backend-sim/ports/log.h"
#include "backend-sim/ports/telemetry.h"
#include "backend-sim/services/login_limits.h"
#include "backend-sim/services/services.h"
#include "backend-sim/services/write/write_side.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

class MemoryStore;
class Troubles;

// Cost of one argon2id hash. The smallest that is taken: passes 1, memory 8192.
struct PasswordCost {
    unsigned long long passes = 2;
    std::size_t memoryBytes = std::size_t{19} * 1024 * 1024;
};

struct BackendConfig {
    // Made when it is not there, with its parents, for the owner alone (0700). One process at a time.
    std::filesystem::path dataDirectory;
    // Holds worlds/ and media/ (the repository's resources/, or where the package put them). Needed for every
    // world but "empty", also on later starts: seeded media are served from here.
    std::filesystem::path resourceDirectory;
    // Which world a new data directory gets: "empty", "busy" (1,000 people, 10,000 videos), "huge" (100,000
    // and 1,000,000), or the name of a file in worlds/. An existing one is opened as it is.
    std::string world = "small";
    // What busy and huge are made of: the same seed makes the same world.
    std::uint64_t seed = 1;
    // Comes before the keys of media in play_url and so on, final slash included. See setMediaBaseUrl().
    std::string mediaBaseUrl = "/static/";
    // Videos on a page of the feed, 1 to 30.
    std::size_t pageSize = 30;
    PasswordCost passwordCost;
    // How new ids are made. A directory may be opened with either; ids never repeat, but sequential ones go
    // on above the largest id that was given.
    IdKind ids = IdKind::Sequential;
    // The first id of a new directory.
    contract::Id firstId = 1;
    LoginLimits loginLimits;
    // Of dialects with late media (Policy::mediaDelay); theirs when nothing.
    std::optional<std::chrono::milliseconds> mediaDelay;
    // The system's when null. Not owned.
    const Clock* clock = nullptr;
    LogSink log;
    // Told what happens inside; may be null. Not owned.
    Telemetry* telemetry = nullptr;
    // Writes that may wait to be taken, and writes that may wait to be brought into the tables, each. Beyond
    // that they are turned away (HTTP 503 with Retry-After).
    std::size_t writeQueueLimit = 65536;
    // Bytes of the data directory's medium that stay free: below, writes are turned away.
    std::uint64_t diskReserve = std::uint64_t{64} * 1024 * 1024;
    // At most once, as the reference server: answered writes may be lost, and are listed; see
    // writes().lost().
    bool parity = false;
    // Stand-ins, for trying out what goes wrong. Both may be empty. The first puts another queue in front of
    // the real one, which outlives it.
    std::function<std::unique_ptr<MessageQueue>(MessageQueue&)> wrapQueue;
    // Not owned.
    ChangeApplier* applier = nullptr;
    const FreeSpace* space = nullptr;
    // Told of every chat message when it can be read, on the thread that takes writes. May be empty; quick.
    std::function<void(const contract::Message&)> messageShown;
    // Trouble on purpose, between the inside and what is given above. May be null. Not owned.
    Troubles* troubles = nullptr;
    // Password hashes and uploads that may wait, each.
    std::size_t workQueueLimit = 256;
    // What forkInto() gave for this directory: saves reading them. Null: they are read.
    std::shared_ptr<MemoryStore> rows;
};

struct BackendError {
    enum class Kind : std::uint8_t {
        InUse,       // another process (named in the words) has this directory
        Unwritable,  // the directory or a file in it cannot be made or written
        Corrupt,     // the database is damaged
        TooNew,      // written by a newer version of this program
        World,       // the world's description is missing or wrong
    };
    Kind kind = Kind::Unwritable;
    // One sentence for a person.
    std::string words;
};

// What went wrong with a snapshot, an export or the like.
struct WorldProblem {
    enum class Kind : std::uint8_t {
        NoSuch,   // snapshot, or start to reset to
        Exists,   // a snapshot of that name
        BadFile,  // what is to be imported is no world, or a damaged one
        Io,       // the disk did not do it, or the queue or the tables could not be brought to rest
    };
    Kind kind = Kind::Io;
    // One sentence for a person.
    std::string words;
};
template <class T>
using WorldResult = std::expected<T, WorldProblem>;

struct SnapshotFacts {
    std::string name;
    std::string world;
    // By the simulator's clock.
    std::int64_t madeMs = 0;
    std::uint64_t bytes = 0;
};

struct MediaFile {
    std::filesystem::path file;
    std::string_view contentType;
};

// Any thread may use it; one owns it.
class Backend {
public:
    // 1 to 64 letters, digits, dots, dashes and underscores, beginning with a letter or a digit.
    [[nodiscard]] static bool isSnapshotName(std::string_view name);

    // Takes some tens of milliseconds, the first time a few hundred. Removes what an earlier crash left
    // behind.
    static std::expected<std::unique_ptr<Backend>, BackendError> open(BackendConfig config);

    Backend(const Backend&) = delete;
    Backend& operator=(const Backend&) = delete;
    // Calls shutdown().
    ~Backend();

    // Valid as long as this object.
    [[nodiscard]] Services services();

    // From now on. Any thread.
    void setLoginLimits(const LoginLimits& limits);
    // People whose name has this in it, by id, from `after` on.
    struct Person {
        contract::Id id = 0;
        std::string name;
    };
    [[nodiscard]] std::optional<contract::Id> personNamed(std::string_view name) const;
    [[nodiscard]] std::vector<Person> people(std::string_view part, contract::Id after,
                                             std::size_t limit) const;
    // Messages of the queue that wait. Quick; any thread.
    [[nodiscard]] std::size_t waiting(Topic topic) const;
    // Messages that were given up and can be sent again. Asks the queue; any thread.
    [[nodiscard]] std::size_t deadLetters() const;
    // Sends one of them again, a write or an upload. False when there is no such letter. Waits for the
    // writer.
    StoreResult<bool> resend(MessageId deadLetter);
    // For uploads from now on. Any thread.
    void setMediaDelay(std::chrono::milliseconds delay);
    // For pages that are asked for from now on. 1 to 30. Any thread.
    void setPageSize(std::size_t videos);

    // What operators and faults do to writes: pause, freeze, dead letters, what was lost.
    [[nodiscard]] WriteSide& writes();

    // --- the world as a whole; any thread, one call at a time gets in
    //
    // Whoever reads meanwhile sees the old world or the new one. Writes that come meanwhile wait. Names are
    // those of isSnapshotName(). Writes that wait in the queue are part of the world; dead letters, and
    // uploads that nobody has looked at yet, are not.

    // Back to how the world was when it was made. Milliseconds, whatever its size, as long as little was
    // written since.
    WorldResult<void> reset();
    // Another world, made as on a first start; what is here goes. Takes as long as that.
    WorldResult<void> makeWorld(const std::string& name, std::uint64_t seed);
    // Who lives in a world that makeWorld() would make, by name. NoSuch: there is no such world.
    [[nodiscard]] WorldResult<std::vector<std::string>> peopleOf(const std::string& world,
                                                                 std::uint64_t seed) const;
    // The one of that name is replaced when that is said, and stays until the new one is whole.
    WorldResult<SnapshotFacts> saveSnapshot(const std::string& name, bool replace);
    WorldResult<void> restoreSnapshot(const std::string& name);
    WorldResult<void> removeSnapshot(const std::string& name);
    // By name.
    [[nodiscard]] std::vector<SnapshotFacts> snapshots() const;
    // Makes `directory`, which must not exist, a data directory with this world in it. Tokens of here are
    // good there. Not synced. Gives its rows, for BackendConfig::rows.
    WorldResult<std::shared_ptr<MemoryStore>> forkInto(const std::filesystem::path& directory);
    // The world, uploads included, as one file. `file` must not exist; it is whole when it does.
    WorldResult<void> exportTo(const std::filesystem::path& file);
    // The same of a snapshot, or of what reset() goes back to.
    WorldResult<void> exportKept(const std::optional<std::string>& snapshot,
                                 const std::filesystem::path& file);
    // From now on reset() goes back to what was this snapshot, which is none any more; or to nothing.
    WorldResult<void> setStart(const std::optional<std::string>& snapshot);
    // Makes a snapshot of such a file, which may come from a stranger. It stays where it is.
    WorldResult<SnapshotFacts> importSnapshot(const std::filesystem::path& file, const std::string& name,
                                              bool replace);

    // For a gateway that knows its port only after listening, e.g. "http://127.0.0.1:8080/static/".
    void setMediaBaseUrl(std::string url);

    // The file behind what follows "/static/" (decoded, no leading slash), or nothing. Never leads outside
    // the media directories, whatever the path says.
    [[nodiscard]] std::optional<MediaFile> media(std::string_view path) const;

    // The name of the world that the directory holds.
    [[nodiscard]] std::string world() const;

    // 32 random bytes for signing tokens, made on the first start, kept 0600. Never log it.
    [[nodiscard]] std::string_view tokenKey() const;

    // A new random token of 64 hexadecimal digits for clients on other computers, also in the file
    // pairing.token of the data directory (0600) until shutdown(). Never log it. The error is a sentence for
    // a person.
    [[nodiscard]] std::expected<std::string, std::string> makePairingToken();

    // The same for the admin API, in the file admin.token.
    [[nodiscard]] std::expected<std::string, std::string> makeAdminToken();
    [[nodiscard]] static std::filesystem::path adminTokenFile(const std::filesystem::path& dataDirectory);

    // Where uploads are written before they are handed to VideoService::publish. On the same file system as
    // the store; emptied at start. Never a name from the outside in here.
    [[nodiscard]] const std::filesystem::path& stagingDirectory() const;
    // Whether the medium takes so many more bytes and keeps its reserve, as far as that can be told. To be
    // asked before and while something is staged. Quick; any thread.
    [[nodiscard]] bool hasRoomFor(std::uint64_t bytes) const;

    // Refuses new writes (service err), finishes those accepted, closes the store. Callbacks still run from
    // within. Reads go on answering. Idempotent.
    void shutdown();

private:
    struct Parts;
    explicit Backend(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace tikgok::sim
