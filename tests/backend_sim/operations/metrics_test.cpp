// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The metrics: what is counted, what it costs, and the page as strangers see it.

#include "backend-sim/adapters/telemetry/metrics.h"

#include "backend-sim/gateway/observe.h"
#include "backend-sim/gateway/trace.h"
#include "backend-sim/simulator.h"
#include "tests/backend_sim/gateway/stage.h"
#include "tests/backend_sim/operations/exposition.h"
#include "tests/backend_sim/operations/fakes.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace std::chrono_literals;
using namespace tikgok;
using namespace tikgok::sim;
using gatewaytest::Reply;
using gatewaytest::Stage;
using gatewaytest::Wire;
using test::Exposition;
using test::parseExposition;

namespace {

Exposition read(const std::string& text) {
    auto page = parseExposition(text);
    if (!page) {
        qCritical("%s", page.error().c_str());
        return {};
    }
    return std::move(*page);
}

Reply ask(std::uint16_t port, const std::string& method, const std::string& target,
          const std::string& headers = {}) {
    Wire wire(port);
    wire.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    return wire.read(method == "HEAD");
}

// A gateway over doubles that reports to real metrics.
struct Rig {
    explicit Rig(GatewayConfig config = {})
        : stage({}, [&] {
              config.telemetry = &metrics;
              config.metrics = &metrics;
              return std::move(config);
          }()) {}

    Exposition page() { return read(ask(stage.port(), "GET", "/metrics").body); }

    Metrics metrics{Metrics::Config{routeLabels(), "1.2.3"}};
    Stage stage;
};

}  // namespace

class MetricsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void strictParser_data() {
        QTest::addColumn<QByteArray>("page");
        QTest::addColumn<bool>("good");
        const QByteArray head = "# HELP a_total x\n# TYPE a_total counter\n";
        const QByteArray histogram = "# HELP h x\n# TYPE h histogram\n";
        QTest::newRow("counter") << QByteArray(head + "a_total 1\n") << true;
        QTest::newRow("labels") << QByteArray(head + "a_total{b=\"c\\\"\\n\",d=\"\"} 1\n") << true;
        QTest::newRow("histogram") << QByteArray(histogram +
                                                 "h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} "
                                                 "2\nh_sum 3\nh_count 2\n")
                                   << true;
        QTest::newRow("no end of line") << QByteArray(head + "a_total 1") << false;
        QTest::newRow("no type") << QByteArray("a_total 1\n") << false;
        QTest::newRow("no help") << QByteArray("# TYPE a_total counter\na_total 1\n") << false;
        QTest::newRow("twice") << QByteArray(head + "a_total 1\na_total 1\n") << false;
        QTest::newRow("negative") << QByteArray(head + "a_total -1\n") << false;
        QTest::newRow("not total") << QByteArray("# HELP a x\n# TYPE a counter\na 1\n") << false;
        QTest::newRow("bad value") << QByteArray(head + "a_total 1x\n") << false;
        QTest::newRow("bad name") << QByteArray(head + "a-total 1\n") << false;
        QTest::newRow("bad label") << QByteArray(head + "a_total{1=\"2\"} 1\n") << false;
        QTest::newRow("open label") << QByteArray(head + "a_total{a=\"2} 1\n") << false;
        QTest::newRow("empty line") << QByteArray(head + "\na_total 1\n") << false;
        QTest::newRow("falling buckets")
            << QByteArray(histogram + "h_bucket{le=\"1\"} 3\nh_bucket{le=\"+Inf\"} 2\nh_sum 3\nh_count 2\n")
            << false;
        QTest::newRow("no +Inf") << QByteArray(histogram + "h_bucket{le=\"1\"} 2\nh_sum 3\nh_count 2\n")
                                 << false;
        QTest::newRow("count differs")
            << QByteArray(histogram + "h_bucket{le=\"+Inf\"} 2\nh_sum 3\nh_count 3\n") << false;
    }
    void strictParser() {
        QFETCH(QByteArray, page);
        QFETCH(bool, good);
        const auto parsed = parseExposition(page.toStdString());
        QVERIFY2(parsed.has_value() == good, parsed ? "taken" : parsed.error().c_str());
    }

    void countsWhatIsReported() {
        Metrics metrics({{"/a", "/b"}, "1.2.3"});
        metrics.happened(Event::DeadLetter, 3);
        metrics.happened(Event::LoginRefused, 2);
        metrics.happened(Event::WriteAccepted, 10);
        metrics.level(Level::QueueDepth, 7);
        metrics.level(Level::QueueDepth, 5);
        metrics.level(Level::DiskFreeBytes, 1'000'000'000'000);
        metrics.sample(Sample::CommitBatch, 1.0);
        metrics.sample(Sample::CommitBatch, 29.0);
        metrics.sample(Sample::SyncSeconds, std::chrono::microseconds(700));
        metrics.sample(Sample::SyncSeconds, -1.0);
        metrics.answered({.route = 1,
                          .method = RequestMethod::Post,
                          .status = 200,
                          .code = 50001,
                          .spent = 3ms,
                          .bytesIn = 40,
                          .bytesOut = 50});
        metrics.answered({.route = 7, .spent = 1s});  // no such route: dropped
        metrics.addReader("x_total", "X.", [] { return 9.0; });
        metrics.addReader("y", "Y.", [] { return -2.5; });
        const Exposition page = read(metrics.text());
        QCOMPARE(page.value("tikgok_consumer_writes_total", {{"outcome", "dead_letter"}}), 3.0);
        QCOMPARE(page.value("tikgok_logins_refused_total", {{"reason", "limit"}}), 2.0);
        QCOMPARE(page.value("tikgok_writes_total", {{"outcome", "accepted"}}), 10.0);
        QCOMPARE(page.value("tikgok_queue_depth"), 5.0);
        QCOMPARE(page.value("tikgok_disk_free_bytes"), 1e12);
        QCOMPARE(page.value("tikgok_commit_batch_writes_count"), 2.0);
        QCOMPARE(page.value("tikgok_commit_batch_writes_sum"), 30.0);
        QCOMPARE(page.value("tikgok_commit_batch_writes_bucket", {{"le", "1"}}), 1.0);
        QCOMPARE(page.value("tikgok_commit_batch_writes_bucket", {{"le", "32"}}), 2.0);
        QCOMPARE(page.value("tikgok_fsync_duration_seconds_count"), 2.0);
        QVERIFY(std::abs(*page.value("tikgok_fsync_duration_seconds_sum") - 0.0007) < 1e-9);
        QCOMPARE(page.value("tikgok_http_requests_total", {{"route", "/b"}}), 1.0);
        QCOMPARE(page.value("tikgok_http_requests_total",
                            {{"route", "/b"}, {"method", "POST"}, {"status", "200"}, {"code", "50001"}}),
                 1.0);
        QCOMPARE(
            page.value("tikgok_http_request_duration_seconds_bucket", {{"route", "/b"}, {"le", "0.0025"}}),
            0.0);
        QCOMPARE(
            page.value("tikgok_http_request_duration_seconds_bucket", {{"route", "/b"}, {"le", "0.005"}}),
            1.0);
        QCOMPARE(page.value("tikgok_http_request_body_bytes_total", {{"route", "/b"}}), 40.0);
        QCOMPARE(page.value("tikgok_http_response_body_bytes_total", {{"route", "/b"}}), 50.0);
        QCOMPARE(page.value("x_total"), 9.0);
        QCOMPARE(page.value("y"), -2.5);
        QCOMPARE(page.types.at("x_total"), "counter");
        QCOMPARE(page.value("tikgok_build_info", {{"version", "1.2.3"}}), 1.0);
        metrics.removeReaders();
        QVERIFY(!read(metrics.text()).value("y"));
    }

    void processFacts() {
        const Metrics metrics({{"/a"}, "1"});
        const Exposition page = read(metrics.text());
        const double now = static_cast<double>(std::time(nullptr));
        QVERIFY(page.value("process_resident_memory_bytes") > 1e6);
        QVERIFY(page.value("process_virtual_memory_bytes") > page.value("process_resident_memory_bytes"));
        QVERIFY(page.value("process_threads") >= 1.0);
        QVERIFY(page.value("process_start_time_seconds") > now - 600);
        QVERIFY(page.value("process_start_time_seconds") < now + 5);
        const double before = *page.value("process_open_fds");
        std::vector<int> more;
        for (int i = 0; i < 10; ++i) {
            more.push_back(::dup(0));
        }
        QCOMPARE(read(metrics.text()).value("process_open_fds"), before + 10);
        for (const int one : more) {
            ::close(one);
        }
        QVERIFY(page.value("process_max_fds") >= before);
    }

    // More outcomes than there is room for end in one series, and none is lost.
    void cardinalityIsBounded() {
        Metrics metrics({{"/a"}, "1"});
        for (int code = 0; code < 500; ++code) {
            metrics.answered({.route = 0, .status = 200, .code = code});
        }
        const Exposition page = read(metrics.text());
        QCOMPARE(page.sum("tikgok_http_requests_total"), 500.0);
        QVERIFY(page.value("tikgok_http_requests_total", {{"code", "other"}}) > 400.0);
        std::size_t series = 0;
        for (const auto& sample : page.samples) {
            series += sample.name == "tikgok_http_requests_total" ? 1 : 0;
        }
        QVERIFY(series < 50);
    }

    void threadsLoseNothing() {
        Metrics metrics({routeLabels(), "1"});
        constexpr int kEach = 50'000;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&metrics, t] {
                for (int i = 0; i < kEach; ++i) {
                    metrics.inFlight(1);
                    metrics.answered({.route = 0, .status = 200, .code = (i + t) % 7, .spent = 10us});
                    metrics.happened(Event::WriteAccepted);
                    metrics.inFlight(-1);
                    if (i % 10'000 == 0) {
                        static_cast<void>(metrics.text());
                    }
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        const Exposition page = read(metrics.text());
        QCOMPARE(page.sum("tikgok_http_requests_total"), 4.0 * kEach);
        QCOMPARE(page.value("tikgok_http_request_duration_seconds_count", {{"route", "/douyin/feed/"}}),
                 4.0 * kEach);
        QCOMPARE(page.value("tikgok_writes_total", {{"outcome", "accepted"}}), 4.0 * kEach);
        QCOMPARE(page.value("tikgok_http_requests_in_flight"), 0.0);
    }

    // All that one request costs: in flight, counted, limiter, trace id, code. Two threads at once, as in a
    // server.
    void isCheap() {
        Metrics metrics({routeLabels(), "1"});
        const test::HandClock clock;
        test::HandCpu cpu;
        LimiterConfig limiting;
        limiting.enabled = true;
        Limiter limiter(limiting, clock, cpu);
        TraceIds ids(1);
        const std::string body = R"({"status_code":0,"status_msg":"success"})";
        constexpr int kRequests = 200'000;
        double best = 1e9;
        for (int round = 0; round < 5; ++round) {
            std::vector<std::thread> threads;
            QElapsedTimer timer;
            timer.start();
            for (int t = 0; t < 2; ++t) {
                threads.emplace_back([&] {
                    for (int i = 0; i < kRequests; ++i) {
                        metrics.inFlight(1);
                        const TraceContext trace = ids.make();
                        const auto started = std::chrono::steady_clock::now();
                        if (limiter.admit()) {
                            limiter.passed(started);
                        }
                        metrics.answered({.route = trace.idLow == 0 ? std::size_t{1} : 0,
                                          .method = RequestMethod::Get,
                                          .status = 200,
                                          .code = envelopeCodeOf(body),
                                          .spent = std::chrono::steady_clock::now() - started,
                                          .bytesOut = 18'000});
                        metrics.inFlight(-1);
                    }
                });
            }
            for (auto& thread : threads) {
                thread.join();
            }
            best = std::min(best, static_cast<double>(timer.nsecsElapsed()) / kRequests);
        }
        qInfo("telemetry, limiter and trace id: %.0f ns a request, two threads", best);
        QVERIFY2(best < 1'000 * test::patience(), "under a microsecond");
    }

    void routes() {
        Rig rig;
        const std::string token = rig.stage.token();
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(ask(rig.stage.port(), "GET", "/douyin/feed/").status, 200);
        }
        QCOMPARE(ask(rig.stage.port(), "GET", "/douyin/feed").status, 200);  // the same route
        ask(rig.stage.port(), "GET", "/douyin/feed/?latest_time=x");
        ask(rig.stage.port(), "POST", "/douyin/feed/");
        ask(rig.stage.port(), "GET", "/ping");
        ask(rig.stage.port(), "GET", "/static/nothing.mp4");
        ask(rig.stage.port(), "HEAD", "/static/nothing.mp4");
        for (int i = 0; i < 50; ++i) {
            ask(rig.stage.port(), i % 2 == 0 ? "GET" : "BREW", "/stranger/" + std::to_string(i));
        }
        ask(rig.stage.port(), "POST", "/douyin/favorite/action/?video_id=101&action_type=1&token=" + token);
        const Exposition page = rig.page();
        const auto count = [&page](const char* route, const char* method, const char* status,
                                   const char* code) {
            return page.value("tikgok_http_requests_total",
                              {{"route", route}, {"method", method}, {"status", status}, {"code", code}});
        };
        QCOMPARE(count("/douyin/feed/", "GET", "200", "0"), 4.0);
        QCOMPARE(count("/douyin/feed/", "GET", "200", "1"), 1.0);
        QCOMPARE(count("/douyin/feed/", "POST", "405", "none"), 1.0);
        QCOMPARE(count("/ping", "GET", "200", "none"), 1.0);
        QCOMPARE(count("/static/*", "GET", "404", "none"), 1.0);
        QCOMPARE(count("/static/*", "HEAD", "404", "none"), 1.0);
        QCOMPARE(count("other", "GET", "404", "none"), 25.0);
        QCOMPARE(count("other", "other", "404", "none"), 25.0);
        QCOMPARE(count("/douyin/favorite/action/", "POST", "200", "0"), 1.0);
        QCOMPARE(page.value("tikgok_http_request_duration_seconds_count", {{"route", "/douyin/feed/"}}), 6.0);
        QVERIFY(page.value("tikgok_http_response_body_bytes_total", {{"route", "/douyin/feed/"}}) > 4'000.0);
        std::set<std::string> known;
        for (const auto& sample : page.samples) {
            if (const auto route = sample.labels.find("route"); route != sample.labels.end()) {
                known.insert(route->second);
            }
        }
        const auto labels = routeLabels();
        QCOMPARE(known, std::set<std::string>(labels.begin(), labels.end()));
    }

    // What came counts, not what was announced.
    void bytesOfBodies() {
        Rig rig;
        rig.stage.post("/douyin/user/login/", "application/x-www-form-urlencoded", "username=a&password=b");
        const auto raw = [&rig](const std::string& route, const std::string& rest) {
            rig.stage.ask("POST " + route + " HTTP/1.1\r\nHost: localhost\r\n" + rest);
        };
        raw("/douyin/user/register/",
            "Transfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
            "5\r\nusern\r\n4\r\name=\r\n0\r\n\r\n");
        raw("/douyin/publish/action/",
            "Content-Length: 9000000000000\r\nContent-Type: multipart/form-data; boundary=B\r\n\r\n");
        const Exposition page = rig.page();
        const auto bytes = [&page](const char* route) {
            return page.value("tikgok_http_request_body_bytes_total", {{"route", route}});
        };
        QCOMPARE(bytes("/douyin/user/login/"), 21.0);
        QCOMPARE(bytes("/douyin/user/register/"), 9.0);
        QCOMPARE(bytes("/douyin/publish/action/"), 0.0);
    }

    void thePage() {
        Rig rig;
        const Reply page = ask(rig.stage.port(), "GET", "/metrics");
        QCOMPARE(page.status, 200);
        QCOMPARE(page.header("content-type"), std::string("text/plain; version=0.0.4; charset=utf-8"));
        QCOMPARE(ask(rig.stage.port(), "POST", "/metrics").status, 405);
        QCOMPARE(ask(rig.stage.port(), "GET", "/metrics/").status, 200);
        const Reply packed = ask(rig.stage.port(), "GET", "/metrics", "Accept-Encoding: gzip\r\n");
        QCOMPARE(packed.header("content-encoding"), std::string("gzip"));
        // Nobody lures a browser here.
        const Reply lured = Wire(rig.stage.port()).ask("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n");
        QCOMPARE(lured.status, 421);
        // Where there are no metrics there is no page.
        const Stage bare;
        QCOMPARE(bare.get("/metrics").status, 404);
    }

    // Requests that are never answered, because their client goes away, do not stay in flight.
    void inFlight() {
        Rig rig;
        rig.stage.services.worker.hold(true);
        std::vector<std::unique_ptr<Wire>> waiting;
        const std::string token = rig.stage.token();
        for (int i = 0; i < 5; ++i) {
            waiting.push_back(std::make_unique<Wire>(rig.stage.port()));
            waiting.back()->send("POST /douyin/favorite/action/?video_id=101&action_type=1&token=" + token +
                                 " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
        }
        // The page itself is one more.
        QVERIFY(Stage::eventually([&] { return rig.page().value("tikgok_http_requests_in_flight") == 6.0; }));
        waiting.resize(2);
        rig.stage.services.worker.hold(false);
        QVERIFY(Stage::eventually([&] { return rig.page().value("tikgok_http_requests_in_flight") == 1.0; }));
    }

    void limiterAnswers429() {
        const test::HandClock clock;
        test::HandCpu cpu;
        cpu.busy = 1;
        LimiterConfig limiting;
        limiting.enabled = true;
        limiting.cpuMemory = 0;
        Limiter limiter(limiting, clock, cpu);
        GatewayConfig config;
        config.limiter = &limiter;
        Rig rig(std::move(config));
        rig.stage.services.worker.hold(true);
        const std::string like =
            "/douyin/favorite/action/?video_id=101&action_type=1&token=" + rig.stage.token();
        const std::string request =
            "POST " + like + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        Wire one(rig.stage.port());
        Wire two(rig.stage.port());
        one.send(request);
        two.send(request);
        QVERIFY(Stage::eventually([&] { return limiter.state().inFlight == 2; }));
        const Reply refused = ask(rig.stage.port(), "GET", "/douyin/feed/");
        QCOMPARE(refused.status, 429);
        QCOMPARE(refused.header("content-type"), std::string("text/plain; charset=utf-8"));
        QCOMPARE(refused.header("retry-after"), std::string("1"));
        QCOMPARE(refused.body, std::string(contract::kTooManyRequestsText));
        QVERIFY(rig.stage.services.lastCall().starts_with("favorite"));
        // An operator and a load balancer get their answers all the same.
        QCOMPARE(ask(rig.stage.port(), "GET", "/ping").status, 200);
        QCOMPARE(rig.page().value("tikgok_http_requests_total", {{"status", "429"}}), 1.0);
        rig.stage.services.worker.hold(false);
        QCOMPARE(one.read().status, 200);
        QCOMPARE(two.read().status, 200);
        QVERIFY(Stage::eventually([&] { return limiter.state().inFlight == 0; }));
        QCOMPARE(ask(rig.stage.port(), "GET", "/douyin/feed/").status, 200);
        // A client that goes away gives its place back.
        rig.stage.services.worker.hold(true);
        {
            Wire three(rig.stage.port());
            three.send(request);
            QVERIFY(Stage::eventually([&] { return limiter.state().inFlight == 1; }));
        }
        rig.stage.services.worker.hold(false);
        QVERIFY(Stage::eventually([&] { return limiter.state().inFlight == 0; }));
        limiter.setEnabled(false);
        QCOMPARE(ask(rig.stage.port(), "GET", "/douyin/feed/").status, 200);
    }

    void ofTheWholeSimulator() {
        const QTemporaryDir directory;
        SimulatorConfig config;
        config.dataDirectory = directory.filePath(QStringLiteral("data")).toStdString();
        config.world = "empty";
        auto simulator = Simulator::start(std::move(config));
        QVERIFY2(simulator.has_value(), simulator ? "" : simulator.error().c_str());
        const std::uint16_t port = (*simulator)->port();
        QVERIFY(ask(port, "POST", "/douyin/user/register/?username=a&password=b")
                    .body.starts_with(R"({"status_code":0)"));
        QVERIFY(ask(port, "POST", "/douyin/user/login/?username=a&password=wrong").status == 200);
        const Wire open(port);
        const Exposition page = read(ask(port, "GET", "/metrics").body);
        QVERIFY(page.value("tikgok_http_connections") >= 1.0);
        QCOMPARE(page.value("tikgok_limiter_enabled"), 0.0);
        QCOMPARE(page.value("tikgok_limiter_refused_total"), 0.0);
        QCOMPARE(page.value("tikgok_build_info", {{"version", TIKGOK_VERSION}}), 1.0);
        QCOMPARE(page.value("tikgok_logins_refused_total", {{"reason", "wrong"}}), 1.0);
        QCOMPARE(page.value("tikgok_password_hash_duration_seconds_count"), 2.0);
        QCOMPARE(page.value("tikgok_hash_queue_depth"), 0.0);
        QCOMPARE(page.value("tikgok_dead_letters"), 0.0);
        QCOMPARE(page.value("tikgok_writes_total", {{"outcome", "accepted"}}), 1.0);
        QCOMPARE(page.value("tikgok_commit_batch_writes_sum"), 1.0);
        QVERIFY(page.value("tikgok_fsync_duration_seconds_count") >= 1.0);
        QVERIFY(page.value("tikgok_fsync_duration_seconds_sum") > 0.0);
        QVERIFY(page.value("tikgok_queue_wait_seconds_count") >= 1.0);
        QVERIFY(page.value("tikgok_queue_wait_seconds_sum") > 0.0);
    }

    void traceParent_data() {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("parent");
        const QByteArray id = "0af7651916cd43dd8448eb211c80319c";
        const QByteArray parent = "b7ad6b7169203331";
        QTest::newRow("plain") << QByteArray("00-" + id + "-" + parent + "-01") << id << parent;
        QTest::newRow("other flags") << QByteArray("00-" + id + "-" + parent + "-ff") << id << parent;
        QTest::newRow("half of the id is zero")
            << QByteArray("00-0000000000000000000000000000000a-" + parent + "-00")
            << QByteArray("0000000000000000000000000000000a") << parent;
        QTest::newRow("newer version") << QByteArray("01-" + id + "-" + parent + "-01") << id << parent;
        QTest::newRow("newer version with more")
            << QByteArray("cc-" + id + "-" + parent + "-01-what-ever") << id << parent;
        const QByteArray none;
        QTest::newRow("empty") << none << none << none;
        QTest::newRow("version ff") << QByteArray("ff-" + id + "-" + parent + "-01") << none << none;
        QTest::newRow("version 00 with more")
            << QByteArray("00-" + id + "-" + parent + "-01-x") << none << none;
        QTest::newRow("newer, glued") << QByteArray("01-" + id + "-" + parent + "-01x") << none << none;
        QTest::newRow("upper case") << QByteArray("00-" + id.toUpper() + "-" + parent + "-01") << none
                                    << none;
        QTest::newRow("zero id") << QByteArray("00-00000000000000000000000000000000-" + parent + "-01")
                                 << none << none;
        QTest::newRow("zero parent") << QByteArray("00-" + id + "-0000000000000000-01") << none << none;
        QTest::newRow("not hex") << QByteArray("00-" + id.chopped(1) + "g-" + parent + "-01") << none << none;
        QTest::newRow("short") << QByteArray("00-" + id + "-" + parent + "-0") << none << none;
        QTest::newRow("other dashes") << QByteArray("00_" + id + "_" + parent + "_01") << none << none;
        QTest::newRow("bad flags") << QByteArray("00-" + id + "-" + parent + "-0g") << none << none;
        QTest::newRow("bad version") << QByteArray("0x-" + id + "-" + parent + "-01") << none << none;
    }
    void traceParent() {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, id);
        QFETCH(QByteArray, parent);
        const auto trace = parseTraceParent(header.toStdString());
        QCOMPARE(trace.has_value(), !id.isEmpty());
        if (trace) {
            QCOMPARE(QByteArray::fromStdString(traceIdText(*trace)), id);
            QCOMPARE(QByteArray::fromStdString(parentIdText(*trace)), parent);
        }
    }

    void madeTraces() {
        TraceIds ids(randomSeed());
        std::set<std::string> seen;
        for (int i = 0; i < 10'000; ++i) {
            const TraceContext trace = ids.make();
            QVERIFY(trace.known() && trace.parent == 0);
            const std::string text = traceIdText(trace);
            QCOMPARE(text.size(), std::size_t{32});
            QVERIFY(seen.insert(text).second);
        }
    }
};

QTEST_GUILESS_MAIN(MetricsTest)
#include "metrics_test.moc"
