// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The client is killed in the middle of publishing, again and again: every video is published once.
//
// The test holds the simulator and is the judge; the victim is this program, started again as a client
// without a window (--victim URL DIRECTORY NAME [FILE TITLE]). It says "kept" when an upload is safely in the
// outbox, and "done" when nothing is open any more.

#include "backend-sim/simulator.h"
#include "core/api/network_transport.h"
#include "core/outbox/outbox_clock.h"
#include "core/outbox/outbox_store.h"
#include "core/playback/playback_engine.h"
#include "core/publish/publishing.h"
#include "core/settings/settings.h"
#include "resources/demo_media_dir.h"
#include "tests/core/support/wait.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <memory>

namespace tikgok {

using test::waitFor;
using test::waitUntil;

namespace {

const QString kPassword = QStringLiteral("password");

void say(const char* word) {
    std::puts(word);
    std::fflush(stdout);
}

int runVictim(const QStringList& arguments) {
    const QString directory = arguments.at(1);
    MemoryVault vault;
    Settings settings(directory + QStringLiteral("/settings.json"));
    NetworkTransport transport(QUrl(arguments.at(0)));
    Api api(transport);
    Session session(api, vault, settings);
    session.setServer(QStringLiteral("server"));
    Database database(directory + QStringLiteral("/client.sqlite"), {outboxSchema(), publishSchema()});
    SystemOutboxClock clock;
    OutboxOptions quick;
    quick.firstDelay = std::chrono::milliseconds(50);
    Outbox outbox(database, session, clock, quick);
    PlaybackEngine engine({.audio = false});
    PublishingOptions options{.directory = directory + QStringLiteral("/publish")};
    options.publisher.findPauses = {std::chrono::milliseconds(0), std::chrono::milliseconds(500),
                                    std::chrono::milliseconds(1500)};
    Publishing publishing(api, session, database, outbox, engine.factory(), options);
    PublishJobs::State told = PublishJobs::State::Preparing;
    QObject::connect(publishing.jobs(), &PublishJobs::currentChanged, publishing.jobs(), [&] {
        const PublishJobs::State now = publishing.jobs()->currentState();
        if (now == PublishJobs::State::Sending && told != now) {
            say("sending");
        } else if (now == PublishJobs::State::Processing && told != now) {
            say("complete");
        }
        told = now;
    });
    session.signIn(arguments.at(2), kPassword);
    if (!waitUntil([&] { return !session.busy() && outbox.loaded() && publishing.drafts()->loaded(); }) ||
        !session.signedIn()) {
        return 3;
    }
    if (arguments.size() > 3) {
        PublishEditor& editor = *publishing.editor();
        bool kept = false;
        QObject::connect(&outbox, &Outbox::kept, &editor, [&](const Intent& intent) {
            kept = intent.kept;
            say("kept");
        });
        editor.openFile(QUrl::fromLocalFile(arguments.at(3)));
        if (!waitUntil([&] { return editor.state() == PublishEditor::State::Checked; })) {
            return 4;
        }
        editor.setTitle(arguments.at(4));
        editor.publish();
        if (!waitUntil([&] { return kept; })) {
            return 5;
        }
    }
    if (!waitUntil([&] { return outbox.openCount() == 0; }, std::chrono::seconds(60))) {
        return 6;
    }
    say("done");
    return 0;
}

}  // namespace

class PublishKillTest : public QObject {
    Q_OBJECT

private:
    static constexpr int kKills = 20;

    std::unique_ptr<QTemporaryDir> directory_ =
        std::make_unique<QTemporaryDir>(QDir::currentPath() + QStringLiteral("/publish-kill-XXXXXX"));
    std::unique_ptr<sim::Simulator> simulator_;

    void start(QProcess& victim, const QStringList& more = {}) const {
        victim.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        victim.start(QCoreApplication::applicationFilePath(),
                     QStringList{QStringLiteral("--victim"), QString::fromStdString(simulator_->url()),
                                 directory_->path(), QStringLiteral("killed")} +
                         more);
    }

private Q_SLOTS:
    void publishedOnce() {
        sim::SimulatorConfig config;
        config.dataDirectory = directory_->filePath(QStringLiteral("world")).toStdString();
        config.limiter = false;
        auto started = sim::Simulator::start(std::move(config));
        QVERIFY2(started, started ? "" : started.error().c_str());
        simulator_ = std::move(*started);
        NetworkTransport transport(QUrl(QString::fromStdString(simulator_->url())));
        Api api(transport);
        const auto account = waitFor(api.registerAccount(QStringLiteral("killed"), kPassword, {}));
        QVERIFY(account);
        const QString token = QString::fromStdString(account->token);

        // Playable, and large enough to take a moment.
        const QString film = directory_->filePath(QStringLiteral("film.mp4"));
        QVERIFY(QFile::copy(QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/38-enso.mp4"), film));
        QFile file(film);
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY(file.open(QIODevice::Append));
        const quint32 rest = 40'000'000;
        QByteArray box(8, 0);
        for (int i = 0; i < 4; ++i) {
            box[i] = static_cast<char>(rest >> (24 - 8 * i));
        }
        box.replace(4, 4, "free");
        file.write(box + QByteArray(rest - 8, 'x'));
        file.close();

        const quint32 seed = qEnvironmentVariableIntValue("TIKGOK_SEED") != 0
                                 ? static_cast<quint32>(qEnvironmentVariableIntValue("TIKGOK_SEED"))
                                 : QRandomGenerator::global()->generate();
        QRandomGenerator chance(seed);
        int kills = 0;
        int arrivedKills = 0;
        for (int round = 0; kills < kKills; ++round) {
            QStringList more{film, QStringLiteral("film %1").arg(round)};
            bool done = false;
            // Up to three kills for each upload, then it may end.
            for (int life = 0; !done; ++life) {
                QProcess victim;
                start(victim, more);
                QVERIFY(victim.waitForStarted());
                const auto hears = [&](const QByteArray& word) {
                    return waitUntil(
                        [&] {
                            while (victim.canReadLine()) {
                                if (victim.readLine().trimmed() == word) {
                                    return true;
                                }
                            }
                            return victim.state() == QProcess::NotRunning;
                        },
                        std::chrono::seconds(70));
                };
                if (!more.isEmpty()) {
                    QVERIFY(hears("kept"));
                    QCOMPARE(victim.state(), QProcess::Running);
                    more.clear();
                }
                if (life < 3 && kills < kKills) {
                    const quint32 moment = chance.bounded(4);
                    if (moment > 0) {
                        QVERIFY(hears(moment == 1 ? "sending" : "complete"));
                    }
                    QTest::qWait(chance.bounded(moment < 2 ? 60 : 8));
                    if (victim.state() == QProcess::Running) {
                        victim.kill();
                    }
                }
                QVERIFY(waitUntil([&] { return victim.state() == QProcess::NotRunning; },
                                  std::chrono::seconds(70)));
                done = victim.exitStatus() == QProcess::NormalExit;
                if (done) {
                    QCOMPARE(victim.exitCode(), 0);
                    continue;
                }
                ++kills;
                const auto list = waitFor(api.publishList(account->userId, token, {}));
                QVERIFY(list);
                arrivedKills += list->size() == static_cast<std::size_t>(round + 1) ? 1 : 0;
            }
        }
        const auto list = waitFor(api.publishList(account->userId, token, {}));
        QVERIFY(list);
        QHash<QString, int> times;
        for (const contract::Video& video : *list) {
            ++times[QString::fromStdString(video.title)];
        }
        qInfo("%d kills, %d uploads, %zu published, seed %u; the video was there already after %d of them",
              kills, static_cast<int>(times.size()), list->size(), seed, arrivedKills);
        QVERIFY2(arrivedKills > 0, "inconclusive: no kill fell between arriving and remembering it");
        for (auto one = times.cbegin(); one != times.cend(); ++one) {
            QVERIFY2(one.value() == 1, qPrintable(one.key()));
        }
        for (int round = 0; round < times.size(); ++round) {
            QVERIFY2(times.contains(QStringLiteral("film %1").arg(round)), "an upload was lost");
        }
    }
};

}  // namespace tikgok

int main(int argc, char* argv[]) {
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1StringView("--victim")) {
        return tikgok::runVictim(arguments.mid(2));
    }
    tikgok::PublishKillTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "publish_kill_test.moc"
