// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which server the client talks to, and what happens when the one inside cannot start.

#include "app/server_link.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tikgok {

using State = ServerLink::State;

class ServerLinkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsTheOneInside() {
        const QTemporaryDir dir;
        ServerLink link(dir.filePath(QStringLiteral("simulator")));
        QSignalSpy ready(&link, &ServerLink::ready);
        link.use({});
        QCOMPARE(link.state(), State::Starting);
        QVERIFY(link.url().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(link.state(), State::Ready, kPatienceMs);
        QCOMPARE(ready.count(), 1);
        QVERIFY(link.builtIn());
        QCOMPARE(link.key(), QStringLiteral("builtin"));
        QCOMPARE(link.url().host(), QStringLiteral("127.0.0.1"));
        QVERIFY(link.url().port() > 0);
        link.use({});  // it runs already
        QCOMPARE(link.state(), State::Ready);
    }

    void anotherServerNeedsNoStart() {
        const QTemporaryDir dir;
        const QString inside = dir.filePath(QStringLiteral("simulator"));
        ServerLink link(inside);
        link.use(QUrl(QStringLiteral("http://box:8080")));
        QCOMPARE(link.state(), State::Ready);
        QVERIFY(!link.builtIn());
        QCOMPARE(link.key(), QStringLiteral("http://box:8080"));
        QVERIFY(!QDir(inside).exists());
    }

    // What a person gets who starts the program twice.
    void directoryInUse() {
        const QTemporaryDir dir;
        const QString inside = dir.filePath(QStringLiteral("simulator"));
        auto first = std::make_unique<ServerLink>(inside);
        first->use({});
        QTRY_COMPARE_WITH_TIMEOUT(first->state(), State::Ready, kPatienceMs);
        ServerLink second(inside);
        QSignalSpy ready(&second, &ServerLink::ready);
        second.use({});
        QTRY_COMPARE_WITH_TIMEOUT(second.state(), State::Failed, kPatienceMs);
        QVERIFY2(second.problem().contains(QLatin1String("in use")), qPrintable(second.problem()));
        QVERIFY(second.url().isEmpty());
        first.reset();
        second.retry();
        QCOMPARE(second.state(), State::Starting);
        QVERIFY(second.problem().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(second.state(), State::Ready, kPatienceMs);
        QCOMPARE(ready.count(), 1);
    }

    void directoryThatIsNone() {
        const QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        ServerLink link(file.fileName());
        link.use({});
        QTRY_COMPARE_WITH_TIMEOUT(link.state(), State::Failed, kPatienceMs);
        QVERIFY(!link.problem().isEmpty());
    }

    void theOneInsideDoesNotPushItselfForward() {
        const QTemporaryDir dir;
        ServerLink link(dir.filePath(QStringLiteral("simulator")));
        QSignalSpy ready(&link, &ServerLink::ready);
        link.use({});
        link.use(QUrl(QStringLiteral("http://box:8080")));
        QCOMPARE(ready.count(), 1);
        QCOMPARE(link.address(), QStringLiteral("http://box:8080"));
        link.use({});
        QTRY_COMPARE_WITH_TIMEOUT(link.state(), State::Ready, kPatienceMs);
        QCOMPARE(ready.count(), 2);
        QCOMPARE(link.url().host(), QStringLiteral("127.0.0.1"));
    }

    void goesWhileStarting() {
        const QTemporaryDir dir;
        const QString inside = dir.filePath(QStringLiteral("simulator"));
        {
            ServerLink link(inside);
            link.use({});
        }
        // Nothing holds the directory any more.
        ServerLink next(inside);
        next.use({});
        QTRY_COMPARE_WITH_TIMEOUT(next.state(), State::Ready, kPatienceMs);
    }

private:
    static constexpr int kPatienceMs = 20'000;
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ServerLinkTest)
#include "server_link_test.moc"
