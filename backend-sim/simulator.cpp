// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/simulator.h"

#include "backend-sim/adapters/system/proc_cpu_meter.h"
#include "backend-sim/adapters/system/system.h"
#include "backend-sim/adapters/system/virtual_clock.h"
#include "backend-sim/adapters/telemetry/metrics.h"
#include "backend-sim/backend.h"
#include "backend-sim/control/clock_routes.h"
#include "backend-sim/control/control.h"
#include "backend-sim/control/inside_routes.h"
#include "backend-sim/control/instance_routes.h"
#include "backend-sim/control/people_routes.h"
#include "backend-sim/control/recordings.h"
#include "backend-sim/control/scenario_runner.h"
#include "backend-sim/control/world_routes.h"
#include "backend-sim/gateway/gateway.h"
#include "backend-sim/gateway/server.h"
#include "backend-sim/keepers.h"
#include "backend-sim/replayer.h"
#include "backend-sim/services/trouble/troubles.h"
#include "resources/demo_media_dir.h"

#include <algorithm>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

namespace tikgok::sim {

namespace {

// The gateway's view of the backend's media.
class BackendMedia final : public MediaSource {
public:
    explicit BackendMedia(const Backend& backend) : backend_(backend) {}

    [[nodiscard]] std::optional<MediaEntry> mediaFile(std::string_view key) const override {
        auto found = backend_.media(key);
        if (!found) {
            return std::nullopt;
        }
        return MediaEntry{std::move(found->file), found->contentType};
    }

private:
    const Backend& backend_;
};

RouteBudgets budgetsOf(const LiveSettings& settings) {
    RouteBudgets budgets;
    budgets.of = settings.budgets;
    return budgets;
}

// The one video of the dialect `demo`: one of those that come with every world.
DemoServer::Content demoContent(const std::string& url) {
    const std::string base = url + "/static/";
    return {base + "demo/videos/01-aurora.mp4", base + "demo/covers/01-aurora.jpg", base};
}

bool isWorldName(std::string_view name) {
    return !name.empty() &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string_view::npos;
}

}  // namespace

// The simulators that were forked off this one.
class Simulator::Instances final : public InstanceKeeper {
public:
    explicit Instances(Parts& parent, const SimulatorConfig& config) : parent_(parent), config_(config) {
        // Leftovers of a crash.
        std::error_code ignored;
        std::filesystem::remove_all(root(), ignored);
    }
    ~Instances() override {
        while (!running_.empty()) {
            // A copy: the key goes with what is stopped.
            static_cast<void>(stop(std::string(running_.begin()->first)));
        }
    }
    Instances(const Instances&) = delete;
    Instances& operator=(const Instances&) = delete;

    WorldKeeper::Result<Instance> fork() override;
    [[nodiscard]] std::vector<Instance> instances() const override {
        std::vector<Instance> all;
        all.reserve(running_.size());
        for (const auto& [id, simulator] : running_) {
            all.push_back({id, simulator->url(), simulator->adminToken()});
        }
        return all;
    }
    bool stop(const std::string& id) override {
        const auto found = running_.find(id);
        if (found == running_.end()) {
            return false;
        }
        found->second.reset();
        running_.erase(found);
        std::error_code ignored;
        std::filesystem::remove_all(root() / id, ignored);
        return true;
    }

private:
    [[nodiscard]] std::filesystem::path root() const { return config_.dataDirectory / "instances"; }

    Parts& parent_;
    const SimulatorConfig config_;
    std::uint64_t next_ = 1;
    std::map<std::string, std::unique_ptr<Simulator>> running_;
};

// In the order of construction; destruction goes the other way.
struct Simulator::Parts {
    SystemClock systemClock;
    VirtualClock clock{systemClock};
    Troubles troubles;
    ProcCpuMeter cpu;
    // Connections refer to both until the server is gone.
    std::unique_ptr<Metrics> metrics;
    std::unique_ptr<Limiter> limiter;
    // Listeners may be told until the backend is gone.
    PushHub push;
    std::mutex choosing;
    std::optional<bool> limiterChoice;
    // What the configuration said last, whatever is spoken now.
    DialectName configured = DialectName::Standard;
    std::unique_ptr<http::Server> server;
    std::unique_ptr<Backend> backend;
    std::optional<BackendMedia> media;
    std::optional<BackendWorlds> worlds;
    std::optional<CarriedWorlds> carried;
    std::optional<TokenAuthority> tokens;
    std::unique_ptr<Instances> instances;
    std::string adminToken;
    std::filesystem::path adminTokenFile;
    std::unique_ptr<Control> control;
    std::unique_ptr<Gateway> gateway;
    // Ends before the admin API does.
    std::unique_ptr<ScenarioRunner> scenarios;
    std::unique_ptr<Recordings> recordings;
    // As they were set last.
    LiveSettings live;
    // What was started with, for those like it.
    std::optional<IdKind> ids;
    bool lenient = false;
    std::string publicUrl;
    std::filesystem::path resources;
    std::string url;
    std::string pairingToken;
    std::chrono::milliseconds stopTime{0};
    std::chrono::steady_clock::time_point started;
    std::once_flag stopping;

    void watch();
    // Once there is a server and a backend; the gateway comes after it.
    void makeControl(std::uint64_t seed);
    // Once there is a gateway, too.
    void addRoutes();
    [[nodiscard]] ReplayStart likeness();
    std::expected<boost::json::object, std::string> replay(const std::string& content,
                                                           const std::stop_token& stop);
    // With `choosing` held: the limiter as it was chosen, else as the dialect that is spoken has it.
    void setLimiter();
    // As the admin API chooses it.
    void speak(DialectName dialect);
    // How many faults behind the API are on.
    [[nodiscard]] std::size_t insideOn() const;
};

std::array<std::chrono::milliseconds, contract::kEndpoints.size()> LiveSettings::usualBudgets() {
    return RouteBudgets().of;
}

void Simulator::Parts::watch() {
    metrics->addReader("tikgok_http_connections", "Open client connections.",
                       [this] { return static_cast<double>(server->counters().connections); });
    metrics->addReader("tikgok_push_connections", "Open WebSockets for new messages.",
                       [this] { return static_cast<double>(push.connections()); });
    metrics->addReader("tikgok_dead_letters", "Messages in the dead-letter table.",
                       [this] { return static_cast<double>(backend->deadLetters()); });
    metrics->addReader("tikgok_limiter_enabled", "Whether the adaptive limiter is on.",
                       [this] { return limiter->enabled() ? 1.0 : 0.0; });
    metrics->addReader("tikgok_limiter_cpu_ratio",
                       "Busy share of the processors, smoothed, as the limiter sees it.",
                       [this] { return limiter->state().cpu; });
    metrics->addReader("tikgok_limiter_in_flight",
                       "Requests that the limiter let in and that are not answered yet.",
                       [this] { return static_cast<double>(limiter->state().inFlight); });
    metrics->addReader("tikgok_limiter_best_load", "More than this is not let in while the limiter limits.",
                       [this] { return static_cast<double>(limiter->state().bestLoad); });
    metrics->addReader("tikgok_limiter_refused_total", "Requests that the limiter answered with 429.",
                       [this] { return static_cast<double>(limiter->state().turnedAway); });
}

void Simulator::Parts::makeControl(std::uint64_t seed) {
    Control::Needs needs{
        .clock = clock,
        .depths = [this] { return Depths{backend->writes().depth(), server->counters().connections}; },
        .status =
            [this] {
                DialectName byConfiguration{};
                {
                    const std::lock_guard lock(choosing);
                    byConfiguration = configured;
                }
                return SimulatorStatus{.version = TIKGOK_VERSION,
                                       .url = url,
                                       .world = backend->world(),
                                       .dialect = gateway->dialect(),
                                       .configured = byConfiguration,
                                       .nowMs = clock.nowMs(),
                                       .upFor = clock.steadyNow() - started,
                                       .connections = server->counters().connections,
                                       .deadLetters = backend->deadLetters(),
                                       .insideOn = insideOn(),
                                       .realTime = !clock.state().touched,
                                       .scenario = scenarios ? scenarios->name() : std::string()};
            },
        .personNamed = [this](std::string_view name) { return backend->personNamed(name); },
        .recorder = {clock, [this] { return systemClock.nowMs(); },
                     [this] { return backend->waiting(Topic::Uploads) == 0; },
                     [this](std::string_view path) { return carried->forCall(path); }}};
    control = std::make_unique<Control>(
        ControlConfig{.adminToken = adminToken, .seed = seed, .url = url, .version = TIKGOK_VERSION},
        std::move(needs));
}

void Simulator::Parts::speak(DialectName dialect) {
    const std::lock_guard lock(choosing);
    gateway->setDialect(dialect);
    setLimiter();
}

std::size_t Simulator::Parts::insideOn() const {
    std::size_t on = 0;
    for (std::size_t i = 0; i < kTroubles; ++i) {
        on += troubles.isOn(static_cast<Trouble>(i)) ? 1 : 0;
    }
    return on;
}

void Simulator::Parts::addRoutes() {
    AdminRouter& router = control->api().router();
    addClockRoutes(router, clock);
    addWorldRoutes(router, *worlds, [this](std::string content, AdminResponder responder) {
        recordings->replay(std::move(content), std::move(responder));
    });
    addInstanceRoutes(router, *instances);
    addPeopleRoutes(router, {[this](std::string_view part, contract::Id after, std::size_t limit) {
                                 std::vector<KnownPerson> found;
                                 for (Backend::Person& each : backend->people(part, after, limit)) {
                                     found.push_back({each.id, std::move(each.name)});
                                 }
                                 return found;
                             },
                             *tokens, clock, [this] { return gateway->dialect() != DialectName::Demo; }});
    scenarios = std::make_unique<ScenarioRunner>(ScenarioRunner::Needs{
        router, clock, clock, *tokens, [this] { return backend->services(); },
        [this](std::string_view name) { return backend->personNamed(name); }, *worlds,
        [this](std::string_view name) { speak(dialectNamed(name).value_or(DialectName::Standard)); },
        [this]() -> const Policy& { return policyOf(gateway->dialect()); },
        [this] { return systemClock.nowMs(); },
        [this](std::move_only_function<void()> job) { control->api().run(std::move(job)); },
        control->recorder(), resources / "media" / "videos" / "02-koi-pond.mp4", backend->stagingDirectory(),
        resources / "scenarios"});
    scenarios->addRoutes();
    recordings = std::make_unique<Recordings>(Recordings::Needs{
        control->api(), control->recorder(), *worlds, *carried, clock, TIKGOK_VERSION,
        [this] { return likeness(); },
        [this] {
            const std::lock_guard lock(choosing);
            setLimiter();
        },
        [this](const std::string& content, const std::stop_token& stop) { return replay(content, stop); }});
    recordings->addRoutes();
    addDialectRoute(router, [this](DialectName dialect) { speak(dialect); });
    addInsideRoutes(router, {troubles, [this](bool full) { backend->writes().setFull(full); },
                             [this](bool paused) {
                                 paused ? backend->writes().pauseConsumer()
                                        : backend->writes().resumeConsumer();
                             },
                             [this](Topic topic) { return backend->waiting(topic); },
                             [this] { return backend->writes().deadLetters(); },
                             [this](MessageId letter) { return backend->resend(letter); }});
}

WorldKeeper::Result<InstanceKeeper::Instance> Simulator::Instances::fork() {
    const std::string id = std::to_string(next_++);
    const std::filesystem::path directory = root() / id;
    auto rows = parent_.backend->forkInto(directory);
    if (!rows) {
        return std::unexpected(BackendWorlds::problemOf(rows.error()));
    }
    SimulatorConfig config = config_;
    config.dataDirectory = directory;
    config.port = 0;
    config.host = "127.0.0.1";
    config.lan = false;
    config.threads = 1;
    config.dialect = parent_.gateway->dialect();
    auto started = startWith(std::move(config), std::move(*rows));
    if (!started) {
        std::error_code ignored;
        std::filesystem::remove_all(directory, ignored);
        return std::unexpected(WorldKeeper::Problem{500, "not_started", started.error()});
    }
    if (const VirtualTime::State time = parent_.clock.state(); time.touched) {
        VirtualClock& own = (*started)->parts_->clock;
        own.set(time.nowMs - time.skewMs);
        own.setSkew(time.skewMs);
        own.setScale(time.scale);
        if (time.frozen) {
            own.freeze();
            own.set(time.nowMs - time.skewMs);
        }
    }
    const auto& simulator = running_.emplace(id, std::move(*started)).first->second;
    return Instance{id, simulator->url(), simulator->adminToken()};
}

void Simulator::Parts::setLimiter() {
    // It looks at how busy the computer is, which no replay can know.
    limiter->setEnabled(!control->turnstile().turning() &&
                        limiterChoice.value_or(defaultsOf(gateway->dialect()).limiter));
}

ReplayStart Simulator::Parts::likeness() {
    const std::lock_guard lock(choosing);
    ReplayStart start;
    start.url = publicUrl;
    start.tokenKey = std::string(backend->tokenKey());
    start.dialect = kDialectNames[static_cast<std::size_t>(gateway->dialect())];
    start.ids = ids.value_or(IdKind::Sequential) == IdKind::Snowflake ? "snowflake" : "sequential";
    start.pageSize = live.pageSize;
    start.maxUploadBytes = static_cast<std::int64_t>(live.maxUploadBytes);
    start.mediaDelayMs = live.mediaDelay.count();
    start.lenient = lenient;
    start.loginsPerAccount = static_cast<std::int64_t>(live.loginLimits.perAccount);
    start.loginsPerPeer = static_cast<std::int64_t>(live.loginLimits.perPeer);
    start.loginWindowMs = live.loginLimits.window.count();
    return start;
}

std::expected<boost::json::object, std::string> Simulator::Parts::replay(const std::string& content,
                                                                         const std::stop_token& stop) {
    return replayRecording(
        content, {.directory = backend->stagingDirectory() / "replay", .resourceDirectory = resources}, stop);
}

std::expected<std::unique_ptr<Simulator>, std::string> Simulator::start(SimulatorConfig config) {
    return startWith(std::move(config), nullptr);
}

std::expected<std::unique_ptr<Simulator>, std::string> Simulator::startWith(
    SimulatorConfig config, std::shared_ptr<MemoryStore> rows) {
    if (!isWorldName(config.world)) {
        return std::unexpected("There is no world called '" + config.world + "'.");
    }
    const DialectDefaults& defaults = defaultsOf(config.dialect);
    auto parts = std::make_unique<Parts>();
    parts->live = static_cast<const LiveSettings&>(config);
    parts->ids = config.ids.value_or(defaults.ids);
    parts->lenient = config.lenient;
    parts->started = parts->clock.steadyNow();
    parts->configured = config.dialect;
    parts->stopTime = config.stopTime;
    parts->metrics = std::make_unique<Metrics>(Metrics::Config{routeLabels(), TIKGOK_VERSION});
    LimiterConfig limiterConfig;
    parts->limiterChoice = config.limiter;
    limiterConfig.enabled = config.limiter.value_or(defaults.limiter);
    limiterConfig.busyCpu = config.limiterBusyCpu;
    parts->limiter = std::make_unique<Limiter>(limiterConfig, parts->clock, parts->cpu);

    http::ServerConfig serverConfig;
    serverConfig.host = config.host;
    serverConfig.lan = config.lan;
    if (config.lan) {
        constexpr std::size_t kPerStranger = 256;
        serverConfig.limits.connectionsPerPeer = kPerStranger;
    }
    serverConfig.port = config.port;
    serverConfig.threads = config.threads;
    serverConfig.now = [clock = &parts->clock] { return clock->nowMs() / 1000; };
    auto server = http::Server::bind(std::move(serverConfig));
    if (!server) {
        return std::unexpected(server.error());
    }
    parts->server = std::move(*server);
    parts->url = parts->server->url();
    parts->publicUrl = config.publicUrl.empty() ? parts->url : config.publicUrl;

    parts->instances = std::make_unique<Instances>(*parts, config);
    BackendConfig backendConfig;
    parts->adminTokenFile = Backend::adminTokenFile(config.dataDirectory);
    backendConfig.dataDirectory = std::move(config.dataDirectory);
    backendConfig.resourceDirectory =
        config.resourceDirectory.empty() ? shippedResources() : config.resourceDirectory;
    parts->resources = backendConfig.resourceDirectory;
    backendConfig.world = std::move(config.world);
    backendConfig.seed = config.seed;
    backendConfig.mediaBaseUrl = parts->publicUrl + "/static/";
    backendConfig.pageSize = config.pageSize;
    backendConfig.loginLimits = config.loginLimits;
    backendConfig.mediaDelay = config.mediaDelay;
    backendConfig.ids = config.ids.value_or(defaults.ids);
    backendConfig.firstId = defaults.firstId;
    backendConfig.writeQueueLimit = config.writeQueueLimit;
    backendConfig.diskReserve = config.diskReserve;
    backendConfig.parity = config.parity;
    backendConfig.log = config.log;
    backendConfig.telemetry = parts->metrics.get();
    backendConfig.clock = &parts->clock;
    backendConfig.troubles = &parts->troubles;
    backendConfig.rows = std::move(rows);
    backendConfig.messageShown = [push = &parts->push](const contract::Message& message) {
        push->deliver(message);
    };
    auto backend = Backend::open(std::move(backendConfig));
    if (!backend) {
        return std::unexpected(backend.error().words);
    }
    parts->backend = std::move(*backend);
    parts->media.emplace(*parts->backend);
    parts->worlds.emplace(*parts->backend);
    parts->carried.emplace(*parts->worlds);
    parts->tokens.emplace(parts->backend->tokenKey());

    GatewayConfig gatewayConfig;
    gatewayConfig.upload.directory = parts->backend->stagingDirectory();
    gatewayConfig.upload.maxFileBytes = config.maxUploadBytes;
    gatewayConfig.upload.roomFor = [backend = parts->backend.get()](std::uint64_t bytes) {
        return backend->hasRoomFor(bytes);
    };
    gatewayConfig.lenient = config.lenient;
    gatewayConfig.dialect = config.dialect;
    gatewayConfig.demo = demoContent(parts->publicUrl);
    // An IPv6 address stands in brackets there.
    gatewayConfig.hostNames = {config.host.find(':') == std::string::npos ? config.host
                                                                          : "[" + config.host + "]"};
    if (config.lan) {
        auto token = parts->backend->makePairingToken();
        if (!token) {
            return std::unexpected(token.error());
        }
        parts->pairingToken = std::move(*token);
        gatewayConfig.pairingToken = parts->pairingToken;
    }
    // One that was killed has left its address, where anybody may listen now: the new token is not for them.
    std::error_code none;
    std::filesystem::remove(parts->adminTokenFile.parent_path() / kAddressFile, none);
    auto adminToken = parts->backend->makeAdminToken();
    if (!adminToken) {
        return std::unexpected(adminToken.error());
    }
    parts->adminToken = std::move(*adminToken);
    parts->makeControl(config.seed);
    gatewayConfig.admin = &parts->control->admin();
    gatewayConfig.interference = &parts->control->interference();
    gatewayConfig.watcher = &parts->control->watcher();
    gatewayConfig.turnstile = &parts->control->turnstile();
    if (config.accessLog) {
        gatewayConfig.accessLog = config.accessTo ? config.accessTo : config.log;
    }
    gatewayConfig.telemetry = parts->metrics.get();
    gatewayConfig.metrics = parts->metrics.get();
    gatewayConfig.limiter = parts->limiter.get();
    gatewayConfig.push = &parts->push;
    gatewayConfig.now = [clock = &parts->clock] { return clock->nowMs() / 1000; };
    gatewayConfig.budgets = budgetsOf(config);
    parts->gateway = std::make_unique<Gateway>(parts->backend->services(), *parts->media,
                                               parts->backend->tokenKey(), std::move(gatewayConfig));
    parts->watch();
    parts->addRoutes();
    if (config.logLinesLost) {
        parts->metrics->addReader("tikgok_log_lines_lost_total",
                                  "Lines of the log that could not be written.",
                                  [lost = config.logLinesLost] { return static_cast<double>(lost()); });
    }
    parts->server->start(*parts->gateway);
    return std::unique_ptr<Simulator>(new Simulator(std::move(parts)));
}

std::filesystem::path Simulator::shippedResources() {
    std::error_code error;
    std::filesystem::path sources = TIKGOK_DEMO_MEDIA_DIR_SOURCE;
    if (!sources.empty() && std::filesystem::is_directory(sources / "worlds", error)) {
        return sources;
    }
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    const std::filesystem::path share = program.parent_path().parent_path() / "share";
    const std::filesystem::path own = share / program.filename();
    return std::filesystem::is_directory(own, error) ? own : share / "tikgok";
}

Simulator::Simulator(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Simulator::~Simulator() {
    stop();
}

const std::string& Simulator::url() const {
    return parts_->url;
}

std::uint16_t Simulator::port() const {
    return parts_->server->port();
}

std::string Simulator::world() const {
    return parts_->backend->world();
}

void Simulator::setDialect(DialectName dialect) {
    parts_->speak(dialect);
}

DialectName Simulator::dialect() const {
    return parts_->gateway->dialect();
}

const std::string& Simulator::pairingToken() const {
    return parts_->pairingToken;
}

const std::string& Simulator::adminToken() const {
    return parts_->adminToken;
}

std::filesystem::path Simulator::adminTokenFile() const {
    return parts_->adminTokenFile;
}

ReplayHandles Simulator::replayHandles() {
    return {parts_->control->recorder(),
            [this](const boost::json::object& step) {
                using Done = std::expected<std::string, std::string>;
                auto promise = std::make_shared<std::promise<Done>>();
                auto done = promise->get_future();
                parts_->control->api().run([this, step, promise] {
                    Done came;
                    parts_->control->recorder().noteDeed(step, [&] {
                        came = parts_->scenarios->performTold(step);
                        return std::string();
                    });
                    promise->set_value(std::move(came));
                });
                constexpr std::chrono::seconds kDeedPatience{60};
                return done.wait_for(kDeedPatience) == std::future_status::ready
                           ? done.get()
                           : Done(std::unexpected("it took too long"));
            },
            [this](const std::optional<std::string>& snapshot) -> std::expected<void, std::string> {
                const auto done = parts_->backend->setStart(snapshot);
                return done ? std::expected<void, std::string>() : std::unexpected(done.error().words);
            }};
}

void Simulator::apply(const LiveSettings& settings) {
    parts_->gateway->setBudgets(budgetsOf(settings));
    parts_->gateway->setMaxUpload(settings.maxUploadBytes);
    parts_->backend->setPageSize(settings.pageSize);
    parts_->backend->setLoginLimits(settings.loginLimits);
    parts_->backend->setMediaDelay(settings.mediaDelay);
    parts_->limiter->setBusyCpu(settings.limiterBusyCpu);
    const std::lock_guard lock(parts_->choosing);
    parts_->live = settings;
    parts_->limiterChoice = settings.limiter;
    if (std::exchange(parts_->configured, settings.dialect) != settings.dialect) {
        if (parts_->control->turnstile().turning()) {
            parts_->control->api().call(http::Verb::Put, "dialect", {{"dialect", textOf(settings.dialect)}});
        } else {
            parts_->gateway->setDialect(settings.dialect);
        }
    }
    parts_->setLimiter();
}

void Simulator::stop() {
    std::call_once(parts_->stopping, [this] {
        // What waits there for something else would be waited for.
        parts_->recordings->stop();
        parts_->control->recorder().interrupt();
        parts_->scenarios->stop();
        parts_->control->close();
        parts_->instances.reset();
        parts_->server->stop(parts_->stopTime);
        // Answers that come from now on find no connection any more.
        parts_->backend->shutdown();
    });
}

}  // namespace tikgok::sim
