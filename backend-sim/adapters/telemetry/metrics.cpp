// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/telemetry/metrics.h"

#include "backend-sim/adapters/telemetry/histogram.h"
#include "backend-sim/adapters/telemetry/process_facts.h"

#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <pthread.h>
#include <sstream>
#include <utility>

namespace tikgok::sim {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr std::uint64_t kMicro = 1'000;
constexpr std::uint64_t kMilli = 1'000'000;
constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr auto kRequestBounds = std::to_array<std::uint64_t>(
    {50 * kMicro, 100 * kMicro, 250 * kMicro, 500 * kMicro, kMilli, 2'500 * kMicro, 5 * kMilli, 10 * kMilli,
     25 * kMilli, 50 * kMilli, 100 * kMilli, 250 * kMilli, 500 * kMilli, kSecond, 5 * kSecond, 30 * kSecond,
     120 * kSecond});
constexpr auto kSizeBounds =
    std::to_array<std::uint64_t>({1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16384});

constexpr std::size_t kShards = 8;
constexpr std::size_t kLine = 64;

struct SampleInfo {
    const char* name;
    const char* help;
    // Seconds are kept as nanoseconds, sizes as they are.
    bool seconds;
};
constexpr std::array<SampleInfo, static_cast<std::size_t>(Sample::kCount)> kSamples{{
    {"tikgok_commit_batch_writes", "Writes in one commit.", false},
    {"tikgok_commit_duration_seconds", "Time of one transaction of the writer, sync included.", true},
    {"tikgok_fsync_duration_seconds", "Time of one commit of the queue with its sync, without the inserts.",
     true},
    {"tikgok_queue_wait_seconds", "Time that a write waited for its transaction.", true},
    {"tikgok_password_hash_duration_seconds", "Time of one password hash.", true},
    {"tikgok_cover_duration_seconds", "Time of one look into an uploaded video.", true},
}};

struct EventInfo {
    const char* name;
    const char* help;
    // What tells the events of one family apart; empty for a family of one.
    const char* label;
    const char* value;
};
// Families stand together.
constexpr std::array<EventInfo, static_cast<std::size_t>(Event::kCount)> kEvents{{
    {"tikgok_writes_total", "Writes by what became of them.", "outcome", "accepted"},
    {"tikgok_writes_total", "Writes by what became of them.", "outcome", "refused"},
    {"tikgok_writes_total", "Writes by what became of them.", "outcome", "turned_away"},
    {"tikgok_writes_total", "Writes by what became of them.", "outcome", "abandoned"},
    {"tikgok_writes_total", "Writes by what became of them.", "outcome", "failed"},
    {"tikgok_consumer_writes_total", "Writes by what the consumer did with them.", "outcome", "applied"},
    {"tikgok_consumer_writes_total", "Writes by what the consumer did with them.", "outcome", "redelivered"},
    {"tikgok_consumer_writes_total", "Writes by what the consumer did with them.", "outcome", "dead_letter"},
    {"tikgok_consumer_writes_total", "Writes by what the consumer did with them.", "outcome", "lost"},
    {"tikgok_logins_refused_total", "Logins that were refused.", "reason", "wrong"},
    {"tikgok_logins_refused_total", "Logins that were refused.", "reason", "limit"},
    {"tikgok_password_hashes_abandoned_total", "Password hashes that nobody waited for any more.", "", ""},
    {"tikgok_uploads_total", "Uploads that did not become a video, and repetitions.", "outcome", "refused"},
    {"tikgok_uploads_total", "Uploads that did not become a video, and repetitions.", "outcome", "abandoned"},
    {"tikgok_uploads_total", "Uploads that did not become a video, and repetitions.", "outcome", "retried"},
}};

struct LevelInfo {
    const char* name;
    const char* help;
};
constexpr std::array<LevelInfo, static_cast<std::size_t>(Level::kCount)> kLevels{{
    {"tikgok_queue_depth", "Writes that wait for the writer."},
    {"tikgok_consumer_lag", "Writes that are durable and not applied yet."},
    {"tikgok_hash_queue_depth", "Password hashes that wait."},
    {"tikgok_upload_queue_depth", "Uploads that wait for their cover."},
    {"tikgok_disk_free_bytes", "Free space beside the store, as it saw it last."},
}};

constexpr std::array<const char*, 4> kMethods{"GET", "HEAD", "POST", "other"};
constexpr std::array<const char*, 4> kCuts{"none", "close", "reset", "other"};

// Cut, method, status and envelope code in one number; never 0, which is a free slot.
constexpr std::uint32_t kTaken = 1U << 31U;
constexpr std::uint32_t keyOf(const AnsweredRequest& request) {
    const auto status = static_cast<std::uint32_t>(request.status) & 0x3ffU;
    const auto code = static_cast<std::uint32_t>(request.code + 1) & 0x1ffffU;
    return kTaken | static_cast<std::uint32_t>(request.cut) << 29U |
           static_cast<std::uint32_t>(request.method) << 27U | status << 17U | code;
}

struct Outcomes {
    // A route has few different outcomes. What finds no slot is counted in `others`.
    static constexpr std::size_t kSlots = 40;
    struct Slot {
        std::atomic<std::uint32_t> key = 0;
        std::atomic<std::uint64_t> count = 0;
    };
    std::array<Slot, kSlots> slots;
    std::atomic<std::uint64_t> others = 0;

    void add(std::uint32_t key) noexcept {
        for (Slot& slot : slots) {
            std::uint32_t seen = slot.key.load(std::memory_order_relaxed);
            if (seen == 0 && slot.key.compare_exchange_strong(seen, key, std::memory_order_relaxed)) {
                seen = key;
            }
            if (seen == key) {
                slot.count.fetch_add(1, std::memory_order_relaxed);
                return;
            }
        }
        others.fetch_add(1, std::memory_order_relaxed);
    }
};

struct alignas(kLine) RouteCounts {
    Outcomes outcomes;
    AtomicHistogram spent;
    std::atomic<std::uint64_t> bytesIn = 0;
    std::atomic<std::uint64_t> bytesOut = 0;
};

struct alignas(kLine) Shard {
    explicit Shard(std::size_t routeCount) : routes(routeCount) {}
    std::vector<RouteCounts> routes;
    std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(Event::kCount)> events{};
    std::array<AtomicHistogram, static_cast<std::size_t>(Sample::kCount)> samples;
    std::atomic<std::int64_t> inFlight = 0;
};

// Threads lie on stacks that are far apart, so the handle's upper bits tell them apart. Two threads in one
// shard are slower and still right.
std::size_t shardOfThread() noexcept {
    constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15U;
    constexpr unsigned kKept = 61;  // 64 minus the bits of kShards - 1
    static_assert(kShards == std::size_t{1} << (64 - kKept));
    return static_cast<std::size_t>((static_cast<std::uint64_t>(::pthread_self()) >> 12U) * kOdd >> kKept);
}

template <class T>
MetricFamily family(T&& name, const std::string& help, MetricType type) {
    return {.name = std::forward<T>(name), .help = help, .type = type, .metric = {}};
}

void addValue(MetricFamily& to, double value, std::vector<ClientMetric::Label> labels = {}) {
    ClientMetric& metric = to.metric.emplace_back();
    metric.label = std::move(labels);
    if (to.type == MetricType::Counter) {
        metric.counter.value = value;
    } else {
        metric.gauge.value = value;
    }
}

// `unit`: what one stands for, e.g. 1e-9 for nanoseconds that are said as seconds.
void addHistogram(MetricFamily& to, const AtomicHistogram::Read& read, std::span<const std::uint64_t> bounds,
                  double unit, std::vector<ClientMetric::Label> labels = {}) {
    ClientMetric& metric = to.metric.emplace_back();
    metric.label = std::move(labels);
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        below += read.counts[i];
        metric.histogram.bucket.push_back({below, static_cast<double>(bounds[i]) * unit});
    }
    below += read.counts[bounds.size()];
    metric.histogram.bucket.push_back({below, std::numeric_limits<double>::infinity()});
    metric.histogram.sample_count = below;
    metric.histogram.sample_sum = static_cast<double>(read.sum) * unit;
}

constexpr double kNano = 1e-9;

std::span<const std::uint64_t> boundsOf(const SampleInfo& info) {
    return info.seconds ? std::span<const std::uint64_t>(kRequestBounds)
                        : std::span<const std::uint64_t>(kSizeBounds);
}

}  // namespace

struct Metrics::Parts {
    explicit Parts(Config settings) : config(std::move(settings)) {
        for (std::size_t i = 0; i < kShards; ++i) {
            shards.push_back(std::make_unique<Shard>(config.routes.size()));
        }
    }

    Shard& mine() noexcept { return *shards[shardOfThread()]; }

    std::vector<MetricFamily> requests() const;
    void addServiceFamilies(std::vector<MetricFamily>& all) const;
    void addProcessFamilies(std::vector<MetricFamily>& all) const;

    Config config;
    std::vector<std::unique_ptr<Shard>> shards;
    std::array<std::atomic<std::int64_t>, static_cast<std::size_t>(Level::kCount)> levels{};

    struct Reader {
        std::string name;
        std::string help;
        std::function<double()> read;
    };
    mutable std::mutex readersMutex;
    std::vector<Reader> readers;
};

std::vector<MetricFamily> Metrics::Parts::requests() const {
    MetricFamily counts = family(
        "tikgok_http_requests_total",
        "Answered requests by route, method, HTTP status, envelope code, and how a fault cut the answer "
        "(status 0: before its head).",
        MetricType::Counter);
    MetricFamily spent = family("tikgok_http_request_duration_seconds",
                                "Time from the head of a request to its answer.", MetricType::Histogram);
    MetricFamily in =
        family("tikgok_http_request_body_bytes_total", "Bytes of request bodies.", MetricType::Counter);
    MetricFamily out = family("tikgok_http_response_body_bytes_total",
                              "Bytes of answers' bodies, before compression.", MetricType::Counter);
    for (std::size_t route = 0; route < config.routes.size(); ++route) {
        const std::string& name = config.routes[route];
        std::map<std::uint32_t, std::uint64_t> outcomes;
        std::uint64_t others = 0;
        std::uint64_t bytesIn = 0;
        std::uint64_t bytesOut = 0;
        AtomicHistogram::Read read;
        for (const auto& shard : shards) {
            const RouteCounts& one = shard->routes[route];
            for (const Outcomes::Slot& slot : one.outcomes.slots) {
                if (const std::uint32_t key = slot.key.load(std::memory_order_relaxed); key != 0) {
                    outcomes[key] += slot.count.load(std::memory_order_relaxed);
                }
            }
            others += one.outcomes.others.load(std::memory_order_relaxed);
            bytesIn += one.bytesIn.load(std::memory_order_relaxed);
            bytesOut += one.bytesOut.load(std::memory_order_relaxed);
            one.spent.readInto(read);
        }
        for (const auto& [key, count] : outcomes) {
            const auto method = kMethods[key >> 27U & 3U];
            const std::uint32_t code = key & 0x1ffffU;
            addValue(counts, static_cast<double>(count),
                     {{"route", name},
                      {"method", method},
                      {"status", std::to_string(key >> 17U & 0x3ffU)},
                      {"code", code == 0 ? "none" : std::to_string(code - 1)},
                      {"cut", kCuts[key >> 29U & 3U]}});
        }
        if (others > 0) {
            addValue(counts, static_cast<double>(others),
                     {{"route", name},
                      {"method", "other"},
                      {"status", "other"},
                      {"code", "other"},
                      {"cut", "other"}});
        }
        addHistogram(spent, read, kRequestBounds, kNano, {{"route", name}});
        addValue(in, static_cast<double>(bytesIn), {{"route", name}});
        addValue(out, static_cast<double>(bytesOut), {{"route", name}});
    }
    MetricFamily flying = family("tikgok_http_requests_in_flight",
                                 "Requests that have come and are not answered yet.", MetricType::Gauge);
    std::int64_t inFlight = 0;
    for (const auto& shard : shards) {
        inFlight += shard->inFlight.load(std::memory_order_relaxed);
    }
    addValue(flying, static_cast<double>(inFlight));
    std::vector<MetricFamily> all;
    all.push_back(std::move(counts));
    all.push_back(std::move(spent));
    all.push_back(std::move(in));
    all.push_back(std::move(out));
    all.push_back(std::move(flying));
    return all;
}

void Metrics::Parts::addServiceFamilies(std::vector<MetricFamily>& all) const {
    for (std::size_t i = 0; i < kEvents.size(); ++i) {
        const EventInfo& info = kEvents[i];
        if (i == 0 || all.back().name != info.name) {
            all.push_back(family(info.name, info.help, MetricType::Counter));
        }
        std::uint64_t times = 0;
        for (const auto& shard : shards) {
            times += shard->events[i].load(std::memory_order_relaxed);
        }
        std::vector<ClientMetric::Label> labels;
        if (*info.label != '\0') {
            labels.push_back({info.label, info.value});
        }
        addValue(all.back(), static_cast<double>(times), std::move(labels));
    }
    for (std::size_t i = 0; i < kSamples.size(); ++i) {
        AtomicHistogram::Read read;
        for (const auto& shard : shards) {
            shard->samples[i].readInto(read);
        }
        all.push_back(family(kSamples[i].name, kSamples[i].help, MetricType::Histogram));
        addHistogram(all.back(), read, boundsOf(kSamples[i]), kSamples[i].seconds ? kNano : 1);
    }
    for (std::size_t i = 0; i < kLevels.size(); ++i) {
        all.push_back(family(kLevels[i].name, kLevels[i].help, MetricType::Gauge));
        addValue(all.back(), static_cast<double>(levels[i].load(std::memory_order_relaxed)));
    }
}

void Metrics::Parts::addProcessFamilies(std::vector<MetricFamily>& all) const {
    all.push_back(family("tikgok_build_info", "Always 1; the labels say what this is.", MetricType::Gauge));
    addValue(all.back(), 1, {{"version", config.version}, {"compiler", __VERSION__}});
    // The names that every exporter uses.
    const ProcessFacts facts = processFacts();
    const auto add = [&all](const char* name, const char* help, MetricType type, double value) {
        all.push_back(family(name, help, type));
        addValue(all.back(), value);
    };
    add("process_cpu_seconds_total", "User and system time.", MetricType::Counter, facts.cpuSeconds);
    add("process_resident_memory_bytes", "Resident memory.", MetricType::Gauge,
        static_cast<double>(facts.residentBytes));
    add("process_virtual_memory_bytes", "Virtual memory.", MetricType::Gauge,
        static_cast<double>(facts.virtualBytes));
    add("process_open_fds", "Open file descriptors.", MetricType::Gauge,
        static_cast<double>(facts.openFiles));
    add("process_max_fds", "Most file descriptors that may be open.", MetricType::Gauge,
        static_cast<double>(facts.mostFiles));
    add("process_threads", "Threads.", MetricType::Gauge, static_cast<double>(facts.threads));
    add("process_start_time_seconds", "Start, in Unix time.", MetricType::Gauge, facts.startSeconds);
}

Metrics::Metrics(Config config) : parts_(std::make_unique<Parts>(std::move(config))) {}

Metrics::~Metrics() = default;

void Metrics::happened(Event event, std::uint64_t times) noexcept {
    parts_->mine().events[static_cast<std::size_t>(event)].fetch_add(times, std::memory_order_relaxed);
}

void Metrics::level(Level level, std::int64_t value) noexcept {
    parts_->levels[static_cast<std::size_t>(level)].store(value, std::memory_order_relaxed);
}

void Metrics::sample(Sample sample, double value) noexcept {
    const auto at = static_cast<std::size_t>(sample);
    const SampleInfo& info = kSamples[at];
    const double scaled = std::max(0.0, std::round(info.seconds ? value / kNano : value));
    constexpr double kMost = 1e18;
    parts_->mine().samples[at].add(boundsOf(info), static_cast<std::uint64_t>(std::min(scaled, kMost)));
}

void Metrics::answered(const AnsweredRequest& request) noexcept {
    if (request.route >= parts_->config.routes.size()) {
        return;
    }
    RouteCounts& counts = parts_->mine().routes[request.route];
    counts.outcomes.add(keyOf(request));
    const auto spent = std::chrono::duration_cast<std::chrono::nanoseconds>(request.spent).count();
    counts.spent.add(kRequestBounds, static_cast<std::uint64_t>(std::max<std::int64_t>(0, spent)));
    if (request.bytesIn > 0) {
        counts.bytesIn.fetch_add(request.bytesIn, std::memory_order_relaxed);
    }
    counts.bytesOut.fetch_add(request.bytesOut, std::memory_order_relaxed);
}

void Metrics::inFlight(int change) noexcept {
    parts_->mine().inFlight.fetch_add(change, std::memory_order_relaxed);
}

void Metrics::addReader(std::string name, std::string help, std::function<double()> read) {
    const std::lock_guard lock(parts_->readersMutex);
    parts_->readers.push_back({std::move(name), std::move(help), std::move(read)});
}

void Metrics::removeReaders() {
    const std::lock_guard lock(parts_->readersMutex);
    parts_->readers.clear();
}

std::string Metrics::text() const {
    std::vector<MetricFamily> all = parts_->requests();
    parts_->addServiceFamilies(all);
    {
        const std::lock_guard lock(parts_->readersMutex);
        for (const Parts::Reader& reader : parts_->readers) {
            all.push_back(family(reader.name, reader.help,
                                 reader.name.ends_with("_total") ? MetricType::Counter : MetricType::Gauge));
            addValue(all.back(), reader.read());
        }
    }
    parts_->addProcessFamilies(all);
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, all);
    return std::move(out).str();
}

}  // namespace tikgok::sim
