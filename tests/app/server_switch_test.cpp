// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What one server's session allows is nothing to the next server.

#include "app/client.h"
#include "tests/core/support/raw_server.h"

#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

namespace tikgok {

namespace {

constexpr int kSwitchPatienceMs = 30'000;

int asked(const test::RawServer& server, const QByteArray& words) {
    return static_cast<int>(std::ranges::count_if(
        server.requests, [&](const auto& request) { return request.target.contains(words); }));
}

}  // namespace

class ServerSwitchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A request that waits to be tried again, because the server asked for it, holds that server's token.
    void theNextServerGetsNoToken() {
        test::RawServer first;
        first.thenSend(
            "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 2\r\nConnection: close\r\nContent-Length: "
            "0\r\n\r\n");
        test::RawServer second;
        second.thenJson(R"({"status_code":0})");
        const QTemporaryDir dir;
        Client client(ClientPaths::in(dir.path()), std::make_unique<MemoryVault>());
        client.start(first.url());
        QTRY_COMPARE_WITH_TIMEOUT(client.server().state(), ServerLink::State::Ready, kSwitchPatienceMs);
        client.session().enter(QStringLiteral("mei"), 77, QStringLiteral("token-of-the-first"));
        QSignalSpy located(&client.publishing(), &Publishing::located);
        client.publishing().locate(QStringLiteral("5"));
        QTRY_VERIFY_WITH_TIMEOUT(asked(first, "/publish/list/") > 0, kSwitchPatienceMs);
        // Who has read such an answer hangs up, and the wait begins a turn later. Where that is too early
        // after all, the request is cancelled on its way, and the test says nothing.
        QTRY_VERIFY_WITH_TIMEOUT(first.disconnects >= first.requests.size(), kSwitchPatienceMs);
        QCoreApplication::processEvents();
        QCOMPARE(located.count(), 0);
        client.server().use(second.url());
        QTRY_COMPARE_WITH_TIMEOUT(located.count(), 1, kSwitchPatienceMs);  // it has ended, one way or another
        QTRY_VERIFY_WITH_TIMEOUT(asked(second, "/feed/") > 0, kSwitchPatienceMs);
        QCOMPARE(asked(second, "token-of-the-first"), 0);
    }
};

}  // namespace tikgok

QTEST_MAIN(tikgok::ServerSwitchTest)
#include "server_switch_test.moc"
