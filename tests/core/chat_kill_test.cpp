// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A client that is killed (kill -9) while it sends: what it had shown as taken arrives, once, in order. The
// client is this program itself, started again; the simulator and the judge are here.

#include "backend-sim/simulator.h"
#include "core/api/network_transport.h"
#include "tests/core/support/chat_world.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <cstdio>
#include <memory>

namespace tikgok {

using sim::DialectName;
using test::ChatClient;
using test::ChatFiles;
using test::waitFor;
using test::waitUntil;

namespace {

const QString kPassword = QStringLiteral("password");

// Sends one text, says when it is kept, and goes on until it is killed.
int runVictim(const QStringList& words) {
    NetworkTransport transport(QUrl(words.at(0)));
    ChatFiles files;
    files.place = words.at(1);
    const contract::Id peer = words.at(2).toLongLong();
    ChatClient client(transport, files, 0, test::patientSender());
    client.session.signIn(QStringLiteral("ann"), kPassword);
    if (!waitUntil([&] { return client.book.canRead() && client.outbox.loaded(); })) {
        return 1;
    }
    QObject::connect(&client.outbox, &Outbox::kept, &client.outbox, [](const Intent& intent) {
        if (intent.kept) {
            std::fputs("kept\n", stdout);
            std::fflush(stdout);
        }
    });
    QTimer time;
    QObject::connect(&time, &QTimer::timeout, &client.outbox, [&client] { client.clock.advance(500); });
    time.start(2);
    client.chat.setShown(true);
    client.chat.open(QString::number(peer), {}, {});
    client.chat.send(words.at(3));
    return QCoreApplication::exec();
}

}  // namespace

class ChatKillTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachOnceAndInOrder_data() {
        QTest::addColumn<int>("dialect");
        QTest::newRow("standard") << int(DialectName::Standard);
        QTest::newRow("tikgok") << int(DialectName::Tikgok);
    }
    void eachOnceAndInOrder() {
        QFETCH(int, dialect);
        QTemporaryDir directory;
        sim::SimulatorConfig config;
        config.dataDirectory = directory.path().toStdString();
        config.dialect = static_cast<DialectName>(dialect);
        config.limiter = false;
        auto simulator = sim::Simulator::start(std::move(config));
        QVERIFY(simulator);
        const QString url = QString::fromStdString((*simulator)->url());
        NetworkTransport transport{QUrl(url)};
        ChatFiles files;
        ChatFiles others;
        auto bob = std::make_unique<ChatClient>(transport, others, 0);
        bob->session.registerAccount(QStringLiteral("bob"), kPassword);
        QVERIFY(waitUntil([&] { return bob->book.canRead(); }));
        const auto ann = waitFor(bob->api.registerAccount(QStringLiteral("ann"), kPassword, {}));
        QVERIFY(ann);

        constexpr int kKills = 10;
        QStringList taken;
        for (int i = 0; i < kKills; ++i) {
            // Some are said twice in a row.
            const QString text = QStringLiteral("m%1").arg(i / 2);
            QProcess victim;
            victim.start(
                QCoreApplication::applicationFilePath(),
                {QStringLiteral("--victim"), url, files.dir.path(), bob->session.userIdText(), text});
            QVERIFY(victim.waitForStarted());
            QVERIFY2(waitUntil([&] { return victim.canReadLine(); }),
                     victim.readAllStandardError().constData());
            taken.append(text);
            QTest::qWait(QRandomGenerator::global()->bounded(25));
            victim.kill();
            QVERIFY(victim.waitForFinished());
            QCOMPARE(victim.exitStatus(), QProcess::CrashExit);
        }

        ChatClient last(transport, files, 0, test::patientSender());
        last.session.signIn(QStringLiteral("ann"), kPassword);
        QVERIFY(waitUntil([&] { return last.book.canRead() && last.outbox.loaded(); }));
        QVERIFY(waitUntil([&] {
            last.later();
            return last.outbox.openCount() == 0;
        }));
        QVERIFY(bob->open(ann->userId));
        const bool all = waitUntil([&] { return bob->texts() == taken.join(u' '); });
        QVERIFY2(all, qPrintable(bob->texts()));
        QVERIFY(last.open(bob->session.userId()));
        QVERIFY(waitUntil([&] { return last.chat.count() == kKills && last.allSent(); }));
    }
};

}  // namespace tikgok

int main(int argc, char* argv[]) {
    QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() == 6 && words.at(1) == QLatin1StringView("--victim")) {
        return tikgok::runVictim(words.sliced(2));
    }
    tikgok::ChatKillTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "chat_kill_test.moc"
