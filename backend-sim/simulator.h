// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole backend simulator in one object: data directory, services, HTTP server on threads of its own. The
// app embeds one, `tikgok-sim` runs one, and a test may run many side by side.
#pragma once

#include "backend-sim/ports/ids.h"
#include "backend-sim/ports/log.h"
#include "backend-sim/services/dialect_name.h"
#include "backend-sim/services/login_limits.h"
#include "core/contract/endpoints.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace tikgok::sim {

class MemoryStore;
struct ReplayHandles;

// What may change while the simulator runs.
struct LiveSettings {
    // What this server is meant to be; see setDialect().
    DialectName dialect = DialectName::Standard;
    // Videos on a page of the feed, 1 to 30.
    unsigned pageSize = 30;
    // Largest video file that publish takes, in bytes.
    std::uint64_t maxUploadBytes = std::uint64_t{200} * 1024 * 1024;
    // How long media answer 404 after publish, in dialects that show them late.
    std::chrono::milliseconds mediaDelay{2'000};
    // The adaptive limiter. Nothing: on in the dialect `tikgok`, otherwise off.
    std::optional<bool> limiter;
    // The share of all processors from which on it limits. 0 to 1.
    double limiterBusyCpu = 0.9;
    // How long a request may take, by endpoint in the order of the contract's table.
    std::array<std::chrono::milliseconds, contract::kEndpoints.size()> budgets = usualBudgets();
    // Failed logins beyond these are refused with 429.
    LoginLimits loginLimits;

    static std::array<std::chrono::milliseconds, contract::kEndpoints.size()> usualBudgets();
};

struct SimulatorConfig : LiveSettings {
    // Made when it does not exist. One process at a time.
    std::filesystem::path dataDirectory;
    // Holds worlds/ and media/. Empty: where this build or its package put them.
    std::filesystem::path resourceDirectory;
    // The world to make when the directory holds none yet: "small", "busy", "huge" or "empty". Otherwise
    // ignored.
    std::string world = "small";
    // What busy and huge are made of.
    std::uint64_t seed = 1;
    // A loopback address; with `lan` the address of another network interface. Anything else is refused.
    std::string host = "127.0.0.1";
    // What stands in front of media in answers instead of url(). Empty: that.
    std::string publicUrl;
    // Clients on other computers may connect when they bring the pairing token.
    bool lan = false;
    // 0: any free port.
    std::uint16_t port = 0;
    // Threads that serve HTTP, 1 to 64.
    unsigned threads = 2;
    // Writes that may wait for the tables; beyond that they are turned away.
    std::size_t writeQueueLimit = 65536;
    // Bytes of the disk that stay free: below, writes are turned away.
    std::uint64_t diskReserve = std::uint64_t{64} * 1024 * 1024;
    // At most once, as the reference server; see BackendConfig::parity.
    bool parity = false;
    // Lets strangers read the lists that need a token otherwise.
    bool lenient = false;
    // One line per request through `log`, at level Info; without query, token or body.
    bool accessLog = false;
    // Where those lines go instead, when it is set.
    LogSink accessTo;
    // Lines of the log that could not be written; for /metrics. May be empty. Called until the simulator is
    // gone.
    std::function<std::uint64_t()> logLinesLost;
    // How long stop() waits for requests that are being answered.
    std::chrono::milliseconds stopTime{3000};
    // How new ids are made. Nothing: snowflakes in the dialect `tikgok`, otherwise sequential.
    std::optional<IdKind> ids;
    LogSink log;
};

// Beside admin.token while `tikgok-sim serve` runs: the address, for `ctl`.
inline constexpr const char* kAddressFile = "admin.url";

class Simulator {
public:
    // Worlds, scenarios and media that come with the program: running from the build tree, the sources;
    // installed, the program's own folder in share/.
    static std::filesystem::path shippedResources();

    // Opens the directory, makes the world where there is none, and serves. Returns when requests are
    // answered. The error is a sentence for people.
    static std::expected<std::unique_ptr<Simulator>, std::string> start(SimulatorConfig config);

    Simulator(const Simulator&) = delete;
    Simulator& operator=(const Simulator&) = delete;
    // Stops as stop() does.
    ~Simulator();

    // "http://127.0.0.1:PORT", without a slash at the end.
    [[nodiscard]] const std::string& url() const;
    [[nodiscard]] std::uint16_t port() const;
    // The world that the directory holds.
    [[nodiscard]] std::string world() const;
    // With `lan`: what other computers must send as X-TikGok-Pairing, new at each start, also in the data
    // directory in pairing.token. Else empty. Never log it.
    [[nodiscard]] const std::string& pairingToken() const;

    // What requests to the admin API (url() + "/_sim/") must bring as `Authorization: Bearer ...`. New at
    // each start, also in adminTokenFile(), which only its owner can read. Whoever embeds a simulator may
    // hand it to the person who runs the program. Never log it.
    [[nodiscard]] const std::string& adminToken() const;
    // Gone after stop().
    [[nodiscard]] std::filesystem::path adminTokenFile() const;

    // Takes effect with the next request. A dialect that is the same as in the settings before leaves alone
    // what setDialect() chose. Any thread.
    void apply(const LiveSettings& settings);

    // Changes the dialect of requests whose heads arrive from now on. Data and ids stay what they are. Any
    // thread.
    void setDialect(DialectName dialect);
    [[nodiscard]] DialectName dialect() const;

    // For replayer.h alone.
    [[nodiscard]] ReplayHandles replayHandles();

    // Stops accepting, lets running requests finish (at most `stopTime`), closes everything. Any thread; the
    // second call does nothing. Everything that was answered is on disk.
    void stop();

private:
    struct Parts;
    class Instances;
    // `rows`: what the directory holds, when that is known.
    static std::expected<std::unique_ptr<Simulator>, std::string> startWith(
        SimulatorConfig config, std::shared_ptr<MemoryStore> rows);
    explicit Simulator(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace tikgok::sim
