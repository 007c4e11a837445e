// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The server without memory: every single allocation on the way from the listener to the answer fails once,
// and the next client is served all the same. This program replaces operator new.

#include "tests/backend_sim/gateway/stage.h"

#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>
#include <thread>

namespace {

// Counts down; the allocation that takes it from 1 to 0 fails. The thread that armed it is spared.
std::atomic<int> untilFailure = 0;
std::atomic<std::thread::id> spared;
std::atomic<bool> failed = false;

void* allocate(std::size_t size) {
    if (untilFailure.load(std::memory_order_relaxed) > 0 && spared.load() != std::this_thread::get_id() &&
        untilFailure.fetch_sub(1) == 1) {
        failed = true;
        throw std::bad_alloc();
    }
    if (void* const memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) {
    return allocate(size);
}
void* operator new[](std::size_t size) {
    return allocate(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t /*size*/) noexcept {
    std::free(memory);
}

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;
using namespace std::chrono_literals;

class MemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyAllocationFailsOnce_data();
    void everyAllocationFailsOnce();
};

void MemoryTest::everyAllocationFailsOnce_data() {
    QTest::addColumn<std::string>("request");
    QTest::newRow("ping") << std::string(
        "GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QTest::newRow("feed") << std::string(
        "GET /douyin/feed/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    // Answered by the gateway itself: the threads of the services are not what is tested here.
    QTest::newRow("form") << std::string(
        "POST /douyin/user/login/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 21\r\n\r\nusername=a&passwort=b");
}

void MemoryTest::everyAllocationFailsOnce() {
    QFETCH(std::string, request);
    http::Limits limits;
    limits.headTime = 300ms;
    limits.pieceTime = 300ms;
    limits.bodyTime = 300ms;
    limits.idleTime = 300ms;
    limits.lingerTime = 300ms;
    limits.sweepTime = 20ms;
    Stage stage(limits);
    stage.services.feedSize = 2;
    spared = std::this_thread::get_id();
    int nth = 1;
    int unanswered = 0;
    int clean = 0;
    // The sweep allocates too, so one round without a failure may be luck.
    for (; clean < 5 && nth < 400; ++nth) {
        failed = false;
        untilFailure = nth;
        {
            Wire wire(stage.port());
            wire.send(request);
            unanswered += wire.read().status == 0 ? 1 : 0;
        }
        untilFailure = 0;
        clean = failed ? 0 : clean + 1;
        // The next one is served, and nothing is left behind.
        QVERIFY2(stage.get("/ping").status == 200,
                 qPrintable(QStringLiteral("after allocation %1").arg(nth)));
        QVERIFY2(Stage::eventually([&] { return stage.server->counters().connections == 0; }),
                 qPrintable(QStringLiteral("after allocation %1").arg(nth)));
    }
    QVERIFY2(nth > 10 && nth < 400, qPrintable(QString::number(nth)));
    // Some clients pay for it; or nothing failed where it matters.
    QVERIFY(unanswered > 0);
}

QTEST_GUILESS_MAIN(MemoryTest)
#include "memory_test.moc"
