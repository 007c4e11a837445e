// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Another server is chosen, and it does not come up: the former one is not asked any more.

#include "app/client.h"

#include <QFile>
#include <QGuiApplication>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tikgok {

namespace {

constexpr int kPatienceMs = 30'000;

}  // namespace

class LeftServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isNotAskedAnyMore() {
        QTcpServer former;
        QVERIFY(former.listen(QHostAddress::LocalHost));
        int asked = 0;
        connect(&former, &QTcpServer::newConnection, this, [&former, &asked] {
            ++asked;
            former.nextPendingConnection()->abort();
        });
        const QTemporaryDir dir;
        const ClientPaths paths = ClientPaths::in(dir.path());
        // The one inside cannot start: its folder is a file.
        QFile file(paths.simulatorDirectory);
        QVERIFY(file.open(QIODevice::WriteOnly));
        Client client(paths, std::make_unique<MemoryVault>());
        client.start(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(former.serverPort())));
        QTRY_VERIFY_WITH_TIMEOUT(asked > 0, kPatienceMs);
        QVERIFY(!client.session().server().isEmpty());

        client.server().use({});
        QTRY_COMPARE_WITH_TIMEOUT(client.server().state(), ServerLink::State::Failed, kPatienceMs);
        QVERIFY(client.session().server().isEmpty());
        // What was on its way to it.
        while (former.waitForNewConnection(20)) {
            former.nextPendingConnection()->abort();
        }
        QCoreApplication::processEvents();
        asked = 0;
        client.feed().refresh();
        client.simulatorWatch().look();
        QTRY_VERIFY_WITH_TIMEOUT(client.feed().state() != FeedModel::State::Loading, kPatienceMs);
        QVERIFY(!former.waitForNewConnection(300));
        QCOMPARE(asked, 0);
    }
};

}  // namespace tikgok

QTEST_MAIN(tikgok::LeftServerTest)
#include "left_server_test.moc"
