// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Uploads that are too large, come from strangers or are given up, and disks that are full: nothing stays,
// and memory stays flat.

#include "tests/backend_sim/gateway/stage.h"
#include "tests/backend_sim/gateway/upload_stage.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;

namespace {

std::size_t memoryKb() {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with("VmRSS:")) {
            return static_cast<std::size_t>(std::strtoul(line.c_str() + 6, nullptr, 10));
        }
    }
    return 0;
}

// Writes a body of this size without keeping it. `tick` is called between pieces.
void sendLarge(Wire& wire, const std::string& token, std::uint64_t size, const std::function<void()>& tick) {
    const std::string before = multipartBody("bnd", {field("title", "large")});
    const std::string head =
        before.substr(0, before.size() - 9) + "\r\n--bnd\r\n" + file("data", "l.mp4", "").head + "\r\n";
    const std::string tail = "\r\n--bnd--\r\n";
    wire.send("POST /douyin/publish/action/?token=" + token +
              " HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; "
              "boundary=bnd\r\nContent-Length: " +
              std::to_string(head.size() + size + tail.size()) + "\r\n\r\n" + head);
    std::string piece(1024 * 1024, 'v');
    for (std::size_t i = 0; i < piece.size(); i += 97) {
        piece[i] = '\r';
    }
    for (std::uint64_t sent = 0; sent < size; sent += piece.size()) {
        if (!wire.send(
                std::string_view(piece).substr(0, std::min<std::uint64_t>(piece.size(), size - sent)))) {
            return;
        }
        tick();
    }
    wire.send(tail);
}

}  // namespace

class UploadLimitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coverTooLarge();
    void strangersLeaveNothing();
    void tooLarge();
    void clientGone();
    void diskFull();
    void diskReserve_data();
    void diskReserve();
    void serviceFailure();
    void memoryStaysFlat();
    void hostileHeadsStayFlat();
    void manyAtOnce();
};

void UploadLimitsTest::coverTooLarge() {
    Stage stage;
    const auto body = [&](std::size_t size) {
        return multipartBody("bnd",
                             {field("title", "t"), field("token", stage.token()), file("data", "c.mp4", "v"),
                              file("cover", "c.png", std::string(size, 'c'))});
    };
    constexpr std::size_t kMost = std::size_t{8} * 1024 * 1024;
    QCOMPARE(stage.post(kTarget, kType, body(kMost)).body, std::string(kSuccess));
    QCOMPARE(stage.post(kTarget, kType, body(kMost + 1)).status, 413);
    QCOMPARE(stage.services.published().size(), std::size_t{1});
    QVERIFY(Stage::eventually([&] { return stage.stagedFiles() == 0; }));
}

void UploadLimitsTest::strangersLeaveNothing() {
    Stage stage;
    const auto failure = [](const contract::Failure& f) {
        return R"({"status_code":1,"status_msg":")" + std::string(f.message) + "\"}";
    };
    const Part title = field("title", "t");
    const Part data = file("data", "c.mp4", std::string(300'000, 'c'));
    struct Row {
        std::string query;
        std::vector<Part> parts;
        contract::Failure expected;
    };
    for (const Row& row :
         std::vector<Row>{{"", {title, data}, contract::kNoToken},
                          {"?token=hello", {title, data}, contract::kTokenMalformed},
                          {"", {field("token", "hello"), title, data}, contract::kTokenMalformed},
                          {"", {title, data, field("token", "hello")}, contract::kTokenMalformed},
                          {"?token=" + stage.token(77), {title, data}, contract::kTokenInvalid},
                          {"?token=hello", {title}, contract::kTokenMalformed},
                          {"?token=hello", {}, contract::kTokenMalformed}}) {
        QCOMPARE(stage.post(kTarget + row.query, kType, multipartBody("bnd", row.parts)).body,
                 failure(row.expected));
        QCOMPARE(stage.stagedFiles(), std::size_t{0});
    }
    // While it is known that this is a stranger, nothing is even written.
    Wire wire(stage.port());
    const std::string all =
        request(std::string(kTarget) + "?token=hello", kType, multipartBody("bnd", {title, data}));
    wire.send(std::string_view(all).substr(0, 200'000));
    QCOMPARE(stage.get("/ping").status, 200);
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
    wire.send(std::string_view(all).substr(200'000));
    QCOMPARE(wire.read().body, failure(contract::kTokenMalformed));
    QVERIFY(stage.services.calls().empty());
}

void UploadLimitsTest::tooLarge() {
    GatewayConfig config;
    config.upload.maxFileBytes = 100'000;
    Stage stage({}, std::move(config));
    const auto body = [&](std::size_t size) {
        return multipartBody("bnd", {field("title", "t"), field("token", stage.token()),
                                     file("data", "c.mp4", std::string(size, 'c'))});
    };
    QCOMPARE(stage.post(kTarget, kType, body(100'000)).body, std::string(kSuccess));
    for (const std::size_t size : {std::size_t{100'001}, std::size_t{350'000}, std::size_t{20'000'000}}) {
        Wire wire(stage.port());
        QVERIFY(wire.send(request(kTarget, kType, body(size))));
        const Reply reply = wire.read();
        QCOMPARE(reply.status, 413);
        QCOMPARE(reply.body, std::string("Request Entity Too Large"));
        QCOMPARE(reply.header("connection"), std::string("close"));
    }
    QCOMPARE(stage.services.published().size(), std::size_t{1});
    QVERIFY(Stage::eventually([&] { return stage.stagedFiles() == 0; }));
}

void UploadLimitsTest::clientGone() {
    Stage stage;
    const std::string all = request(kTarget, kType,
                                    multipartBody("bnd", {field("title", "t"), field("token", stage.token()),
                                                          file("data", "c.mp4", std::string(500'000, 'c'))}));
    for (const std::size_t cut : {all.size() - 1, all.size() - 30, all.size() / 2, std::size_t{600}}) {
        Wire wire(stage.port());
        wire.send(std::string_view(all).substr(0, cut));
        QVERIFY(Stage::eventually([&] { return stage.stagedFiles() == 1; }));
        if (cut % 2 == 0) {
            wire.reset();
        } else {
            wire.endOfInput();
        }
        QVERIFY(Stage::eventually([&] { return stage.stagedFiles() == 0; }));
    }
    QVERIFY(stage.services.calls().empty());
}

void UploadLimitsTest::diskFull() {
    // Every write to this device fails as on a full disk.
    Stage stage;
    const std::filesystem::path staging =
        std::filesystem::path(stage.directory.path().toStdString()) / "staging";
    std::filesystem::remove_all(staging);
    const Reply reply = stage.post(
        std::string(kTarget) + "?token=" + stage.token(), kType,
        multipartBody("bnd", {field("title", "t"), file("data", "c.mp4", std::string(300'000, 'c'))}));
    QCOMPARE(reply.body, std::string(kService));
    QVERIFY(stage.services.calls().empty());
}

void UploadLimitsTest::diskReserve_data() {
    QTest::addColumn<DialectName>("dialect");
    QTest::addRow("standard") << DialectName::Standard;
    QTest::addRow("demo") << DialectName::Demo;
}

void UploadLimitsTest::diskReserve() {
    QFETCH(DialectName, dialect);
    const bool demo = dialect == DialectName::Demo;
    std::atomic<std::uint64_t> room = 100'000;
    GatewayConfig config;
    config.dialect = dialect;
    config.upload.maxFileBytes = 8'000'000;
    config.upload.roomFor = [&room](std::uint64_t bytes) { return bytes <= room; };
    Stage stage({}, std::move(config));
    if (demo) {
        QCOMPARE(stage.post("/douyin/user/login/?username=alice&password=pw").status, 200);
    }
    const std::string token = demo ? "alicepw" : stage.token();
    const auto body = [&token](std::size_t size) {
        return multipartBody("bnd", {field("token", token), field("title", "t"),
                                     file("data", "c.mp4", std::string(size, 'c'))});
    };
    const auto head = [](const std::string& length) {
        return "POST " + std::string(kTarget) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + kType +
               "\r\n" + length + "\r\n\r\n";
    };
    const auto turnedAway = [&](const Reply& reply) {
        QCOMPARE(reply.status, 503);
        QCOMPARE(reply.header("retry-after"), std::string("1"));
        QCOMPARE(reply.body, std::string(kService));
        QCOMPARE(stage.stagedFiles(), std::size_t{0});
        QVERIFY(stage.services.published().empty());
    };
    // The length alone is enough.
    turnedAway(Wire(stage.port()).ask(head("Content-Length: 2000000")));
    turnedAway(Wire(stage.port()).ask(head("Content-Length: 200000\r\nExpect: 100-continue")));
    Wire wire(stage.port());
    turnedAway(wire.ask(request(kTarget, kType, body(200'000))));
    // The next one on this connection fits.
    QVERIFY(wire.ask(request(kTarget, kType, body(50'000))).body.starts_with(R"({"status_code":0)"));
    QCOMPARE(stage.services.published().size(), std::size_t{1});
    QCOMPARE(stage.post(kTarget, kType, body(20'000'000)).status, 413);

    // The others were quicker: the file goes as soon as that is seen, not when the client is done.
    for (const bool chunked : {true, false}) {
        room = 10'000'000;
        const std::string all = body(4'000'000);
        Wire slow(stage.port());
        slow.send(chunked ? head("Transfer-Encoding: chunked") + "3D0900\r\n"
                          : head("Content-Length: " + std::to_string(all.size())));
        // One chunk of 4,000,000 bytes, and what is left.
        const std::string sent = chunked ? all.substr(0, 0x3D0900) : all;
        slow.send(std::string_view(sent).substr(0, 500'000));
        QVERIFY(Stage::eventually([&] { return stage.stagedFiles() == 1; }));
        room = 0;
        slow.send(std::string_view(sent).substr(500'000, 2'000'000));
        QVERIFY(Stage::eventually([&] { return stage.stagedFiles() == 0; }));
        slow.send(std::string_view(sent).substr(2'500'000));
        if (chunked) {
            const std::string rest = all.substr(sent.size());
            slow.send("\r\n" + QByteArray::number(static_cast<qulonglong>(rest.size()), 16).toStdString() +
                      "\r\n" + rest + "\r\n0\r\n\r\n");
        }
        const Reply reply = slow.read();
        QCOMPARE(reply.status, 503);
        QCOMPARE(reply.header("retry-after"), std::string("1"));
        QCOMPARE(reply.body, std::string(kService));
        QCOMPARE(stage.services.published().size(), std::size_t{1});
    }
    // Nothing is kept of strangers, so they hear who they are.
    if (!demo) {
        QCOMPARE(
            stage.post(std::string(kTarget) + "?token=hello", kType, body(1000)).body,
            R"({"status_code":1,"status_msg":")" + std::string(contract::kTokenMalformed.message) + "\"}");
    }
    room = 10'000'000;
    QVERIFY(stage.post(kTarget, kType, body(4'000'000)).body.starts_with(R"({"status_code":0)"));
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
}

void UploadLimitsTest::serviceFailure() {
    Stage stage;
    stage.services.failure = contract::kServiceErr;
    const Reply reply =
        stage.post(std::string(kTarget) + "?token=" + stage.token(), kType,
                   multipartBody("bnd", {field("title", "t"), file("data", "c.txt", "text")}));
    QCOMPARE(reply.body, std::string(kService));
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
}

void UploadLimitsTest::memoryStaysFlat() {
    Stage stage;
    stage.services.measureOnly = true;
    constexpr std::uint64_t kSize = std::uint64_t{200} * 1024 * 1024;
    const auto upload = [&](std::uint64_t size, const std::function<void()>& tick) {
        Wire wire(stage.port());
        sendLarge(wire, stage.token(), size, tick);
        QCOMPARE(wire.read().body, std::string(kSuccess));
        QCOMPARE(stage.services.publishedBytes, size);
    };
    upload(4 * 1024 * 1024, [] {});
    const std::size_t before = memoryKb();
    std::size_t peak = 0;
    upload(kSize, [&peak] { peak = std::max(peak, memoryKb()); });
    QVERIFY2(peak < before + 16 * 1024,
             qPrintable(QStringLiteral("%1 KB, then %2 KB").arg(before).arg(peak)));
}

void UploadLimitsTest::hostileHeadsStayFlat() {
    Stage stage;
    const std::size_t before = memoryKb();
    const std::string block(1024 * 1024, 'x');
    for (const char* start :
         {"--bnd\r\nContent-Disposition: ", "--bnd\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n", "",
          "--bnd", "--bnd\r\nContent-Disposition: form-data; name=\"data\"; filename=\""}) {
        Wire wire(stage.port());
        const std::uint64_t size = std::uint64_t{60} * block.size() + std::string_view(start).size();
        wire.send("POST " + std::string(kTarget) + "?token=" + stage.token() +
                  " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + kType +
                  "\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" + start);
        for (int i = 0; i < 60; ++i) {
            wire.send(block);
        }
        QCOMPARE(wire.read().body, std::string(kParams));
        QCOMPARE(stage.stagedFiles(), std::size_t{0});
    }
    QVERIFY(memoryKb() < before + 16 * 1024);
}

void UploadLimitsTest::manyAtOnce() {
    Stage stage;
    std::vector<std::thread> clients;
    std::atomic<int> good = 0;
    std::atomic<bool> go = false;
    for (int i = 0; i < 20; ++i) {
        clients.emplace_back([&, i] {
            while (!go) {
                std::this_thread::yield();
            }
            const std::string content(100'000 + static_cast<std::size_t>(i), static_cast<char>('a' + i));
            good += stage.post(kTarget, kType,
                               multipartBody("bnd", {field("title", "t" + std::to_string(i)),
                                                     file("data", std::to_string(i) + ".mp4", content),
                                                     field("token", stage.token())}))
                                .body == kSuccess
                        ? 1
                        : 0;
        });
    }
    go = true;
    for (std::thread& client : clients) {
        client.join();
    }
    QCOMPARE(good.load(), 20);
    for (const auto& one : stage.services.published()) {
        const int i = std::stoi(one.title.substr(1));
        QCOMPARE(one.clientFileName, std::to_string(i) + ".mp4");
        QVERIFY(one.content ==
                std::string(100'000 + static_cast<std::size_t>(i), static_cast<char>('a' + i)));
    }
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
}

QTEST_GUILESS_MAIN(UploadLimitsTest)
#include "upload_limits_test.moc"
