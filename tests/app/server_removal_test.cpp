// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A server that is removed from the address book takes along all that was kept for it, and nothing of
// others; a program that ends in the middle strands nothing.

#include "app/client.h"
#include "core/cache/cached_file.h"
#include "tests/app/files_with.h"
#include "tests/core/support/world.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <exception>
#include <memory>
#include <string>

namespace tikgok {

namespace {

constexpr int kPatienceMs = 30'000;
const QString kGoes = QStringLiteral("http://goes.example.org");
// Its address only begins the same.
const QString kStays = QStringLiteral("http://goes.example.org:8080");

// Rows of a server's accounts, seen from outside; -1 while that cannot be told.
int rowsOf(const QString& file, const std::string& table, const QString& server) {
    try {
        SQLite::Database database(file.toStdString(), SQLite::OPEN_READONLY, 1'000);
        SQLite::Statement count(
            database, "SELECT COUNT(*) FROM " + table + " WHERE substr(account, 1, length(?1)) = ?1");
        count.bind(1, accountPrefix(server).toStdString());
        return count.executeStep() ? count.getColumn(0).getInt() : -1;
    } catch (const std::exception&) {
        return -1;
    }
}

// One picture in the cache of an earlier run.
void keepPicture(const ClientPaths& paths, const QString& server) {
    const QString folder = paths.cacheDirectory + QStringLiteral("/pictures");
    CachedFile file;
    file.key = server + QStringLiteral("/a.jpg");
    file.name = cachedFileName(file.key);
    file.size = 3;
    file.have.add(0, 3);
    QVERIFY(QDir().mkpath(folder));
    QFile data(dataPath(folder, file.name));
    QVERIFY(data.open(QIODevice::WriteOnly) && data.write("abc") == 3);
    QVERIFY(saveCachedFile(folder, file));
}

bool hasPicture(const ClientPaths& paths, const QString& server) {
    return QFile::exists(dataPath(paths.cacheDirectory + QStringLiteral("/pictures"),
                                  cachedFileName(server + QStringLiteral("/a.jpg"))));
}

// A client whose vault can be looked into. The vault is the keychain, so it outlives the program.
struct Run {
    Run(const ClientPaths& paths, QHash<QString, QString> tokens) {
        auto own = std::make_unique<test::FakeVault>();
        own->tokens = std::move(tokens);
        vault = own.get();
        client = std::make_unique<Client>(paths, std::move(own));
        client->start();
    }
    [[nodiscard]] int rowOf(const QString& server) {
        ServersModel& servers = client->servers();
        for (int row = 0; row < servers.count(); ++row) {
            if (servers.data(servers.index(row), ServersModel::AddressRole).toString() == server) {
                return row;
            }
        }
        return -1;
    }
    // Something of each kind, of two people.
    void keepFor(const QString& server) {
        client->servers().add(QString(), server);
        client->settings().setAccounts(server, {{.userName = QStringLiteral("mei"), .userId = 5},
                                                {.userName = QStringLiteral("kai"), .userId = 6}});
        client->settings().setLastAccount(server,
                                          KnownAccount{.userName = QStringLiteral("mei"), .userId = 5});
        vault->tokens.insert(accountPrefix(server) + QStringLiteral("mei"), QStringLiteral("t"));
        vault->tokens.insert(accountPrefix(server) + QStringLiteral("kai"), QStringLiteral("u"));
        vault->tokens.insert(SimulatorWatch::vaultKey(server), QStringLiteral("v"));
        for (const char* who : {"5", "6"}) {
            const QString account = accountPrefix(server) + QLatin1String(who);
            Intent comment;
            comment.account = account;
            comment.kind = IntentKind::Comment;
            comment.target = 1;
            comment.text = QStringLiteral("comment for ") + account;
            client->outbox().put(comment);
            PublishDrafts& videos = *client->publishing().drafts();
            PublishDraft video;
            video.id = videos.nextId();
            video.account = account;
            video.title = QStringLiteral("sea for ") + account;
            videos.put(video);
            videos.flush();
        }
    }

    test::FakeVault* vault = nullptr;
    std::unique_ptr<Client> client;
};

int tokensOf(const QHash<QString, QString>& tokens, const QString& server) {
    int all = tokens.contains(SimulatorWatch::vaultKey(server)) ? 1 : 0;
    for (auto one = tokens.cbegin(); one != tokens.cend(); ++one) {
        all += one.key().startsWith(accountPrefix(server)) ? 1 : 0;
    }
    return all;
}

}  // namespace

class ServerRemovalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesAlongWhatWasKept() {
        const QTemporaryDir dir;
        const ClientPaths paths = ClientPaths::in(dir.path());
        keepPicture(paths, kGoes);
        keepPicture(paths, kStays);
        QJsonObject texts;
        for (const QString& server : {kGoes, kStays}) {
            const QString account = accountPrefix(server) + QLatin1String("5");
            texts.insert(account,
                         QJsonObject{{QStringLiteral("1"),
                                      QJsonObject{{QStringLiteral("draft"),
                                                   QString(QStringLiteral("text for ") + account)}}}});
        }
        QFile drafts(paths.draftsFile);
        QVERIFY(drafts.open(QIODevice::WriteOnly) && drafts.write(QJsonDocument(texts).toJson()) > 0);
        drafts.close();
        Run run(paths, {});
        QTRY_COMPARE_WITH_TIMEOUT(run.client->server().state(), ServerLink::State::Ready, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(run.client->publishing().drafts()->loaded(), kPatienceMs);
        run.keepFor(kGoes);
        run.keepFor(kStays);
        for (const char* table : {"intents", "publish_drafts"}) {
            QTRY_COMPARE_WITH_TIMEOUT(rowsOf(paths.databaseFile, table, kGoes), 2, kPatienceMs);
            QTRY_COMPARE_WITH_TIMEOUT(rowsOf(paths.databaseFile, table, kStays), 2, kPatienceMs);
        }
        for (const QString& server : {kGoes, kStays}) {
            const QString account = accountPrefix(server) + QLatin1String("5");
            test::keepMessage(paths, account, "message for " + account.toUtf8());
            test::keepOwnComment(paths, account);
        }
        const int row = run.rowOf(kGoes);
        QCOMPARE(run.client->servers().writesOf(row), 2);
        QCOMPARE(run.client->servers().draftsOf(row), 3);
        QCOMPARE(run.client->servers().accountsOf(row), 2);
        QSignalSpy removed(&run.client->servers(), &ServersModel::removed);
        QVERIFY(run.client->servers().remove(row));
        QTRY_COMPARE_WITH_TIMEOUT(removed.count(), 1, kPatienceMs);
        QCOMPARE(run.rowOf(kGoes), -1);
        for (const char* table : {"intents", "publish_drafts"}) {
            QCOMPARE(rowsOf(paths.databaseFile, table, kGoes), 0);
            QCOMPARE(rowsOf(paths.databaseFile, table, kStays), 2);
        }
        QCOMPARE(rowsOf(paths.databaseFile, "own_comments", kGoes), 0);
        QCOMPARE(rowsOf(paths.databaseFile, "own_comments", kStays), 1);
        QCOMPARE(tokensOf(run.vault->tokens, kGoes), 0);
        QCOMPARE(tokensOf(run.vault->tokens, kStays), 3);
        QVERIFY(run.client->settings().accounts(kGoes).isEmpty());
        QVERIFY(!run.client->settings().lastAccount(kGoes));
        QCOMPARE(run.client->settings().accounts(kStays).size(), 2);
        QTRY_VERIFY_WITH_TIMEOUT(!hasPicture(paths, kGoes), kPatienceMs);
        QVERIFY(hasPicture(paths, kStays));
        // And nobody finds it in what the databases keep beside their rows.
        const auto left = [&](const QString& server) {
            return test::filesWith(" for " + accountPrefix(server).toUtf8(), dir.path(), paths);
        };
        QVERIFY(left(kStays).size() >= 2);
        QTRY_COMPARE_WITH_TIMEOUT(left(kGoes), QStringList(), kPatienceMs);
    }

    // As many as were said go, and no other.
    void takesAlongWhatWasRecorded() {
        const QTemporaryDir dir;
        const ClientPaths paths = ClientPaths::in(dir.path());
        const auto recording = [&paths](const char* name) {
            return paths.publishDirectory + QStringLiteral("/recordings/") + QLatin1String(name);
        };
        {
            Run run(paths, {});
            QTRY_VERIFY_WITH_TIMEOUT(run.client->publishing().drafts()->loaded(), kPatienceMs);
            run.client->servers().add(QString(), kGoes);
            run.client->servers().add(QString(), kStays);
            PublishDrafts& videos = *run.client->publishing().drafts();
            const auto draft = [&](const QString& server, const QString& file) {
                PublishDraft video;
                video.id = videos.nextId();
                video.account = accountPrefix(server) + QLatin1String("5");
                video.path = file;
                videos.put(video);
                videos.flush();
            };
            draft(kGoes, recording("one.mp4"));
            draft(kGoes, recording("twice.mp4"));
            draft(kGoes, recording("twice.mp4"));
            draft(kGoes, recording("shared.mp4"));
            draft(kStays, recording("shared.mp4"));
            draft(kStays, recording("theirs.mp4"));
            draft(kGoes, dir.filePath(QStringLiteral("chosen.mp4")));
            PublishData data;
            data.path = data.keptPath = recording("waits.mp4");
            Intent upload;
            upload.account = accountPrefix(kGoes) + QLatin1String("5");
            upload.kind = IntentKind::Publish;
            upload.data = data.write();
            run.client->outbox().put(upload);
            QTRY_COMPARE_WITH_TIMEOUT(rowsOf(paths.databaseFile, "intents", kGoes), 1, kPatienceMs);
            QTRY_COMPARE_WITH_TIMEOUT(rowsOf(paths.databaseFile, "publish_drafts", kGoes), 5, kPatienceMs);
            QTRY_COMPARE_WITH_TIMEOUT(rowsOf(paths.databaseFile, "publish_drafts", kStays), 2, kPatienceMs);
        }
        const QString film =
            qEnvironmentVariable("TIKGOK_TEST_RESOURCES") + QStringLiteral("/media/videos/01-aurora.mp4");
        const QDir recordings(paths.publishDirectory + QStringLiteral("/recordings"));
        QVERIFY(QDir().mkpath(recordings.path()));
        for (const char* name : {"one.mp4", "twice.mp4", "shared.mp4", "theirs.mp4", "waits.mp4"}) {
            QVERIFY(QFile::copy(film, recording(name)));
        }
        QVERIFY(QFile::copy(film, dir.filePath(QStringLiteral("chosen.mp4"))));
        Run run(paths, {});
        QTRY_VERIFY_WITH_TIMEOUT(run.client->publishing().drafts()->loaded(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(run.client->outbox().loaded(), kPatienceMs);
        const int row = run.rowOf(kGoes);
        const int said = run.client->servers().recordingsOf(row);
        QCOMPARE(said, 3);
        QSignalSpy removed(&run.client->servers(), &ServersModel::removed);
        QVERIFY(run.client->servers().remove(row));
        QTRY_COMPARE_WITH_TIMEOUT(removed.count(), 1, kPatienceMs);
        const auto left = [&recordings] { return recordings.entryList(QDir::Files, QDir::Name); };
        QTRY_COMPARE_WITH_TIMEOUT(left().size(), 5 - said, kPatienceMs);
        run.client.reset();  // all that was begun is over
        QCOMPARE(left(), QStringList({QStringLiteral("shared.mp4"), QStringLiteral("theirs.mp4")}));
        QVERIFY(QFile::exists(dir.filePath(QStringLiteral("chosen.mp4"))));
    }

    // The program ends at any point of it: either the server is still in the book, or nothing is kept for it.
    void endsInTheMiddle_data() {
        QTest::addColumn<int>("turns");
        for (const int turns : {0, 1, 2, 3, 5, 8, 13}) {
            QTest::addRow("after %d turns", turns) << turns;
        }
    }
    void endsInTheMiddle() {
        QFETCH(int, turns);
        const QTemporaryDir dir;
        const ClientPaths paths = ClientPaths::in(dir.path());
        QHash<QString, QString> tokens;
        {
            Run run(paths, {});
            QTRY_VERIFY_WITH_TIMEOUT(run.client->publishing().drafts()->loaded(), kPatienceMs);
            run.keepFor(kGoes);
            QTRY_COMPARE_WITH_TIMEOUT(rowsOf(paths.databaseFile, "intents", kGoes), 2, kPatienceMs);
            run.client->servers().remove(run.rowOf(kGoes));
            for (int turn = 0; turn < turns; ++turn) {
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
            }
            tokens = run.vault->tokens;
        }
        Run run(paths, tokens);
        QTRY_VERIFY_WITH_TIMEOUT(run.client->publishing().drafts()->loaded(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(run.client->outbox().loaded(), kPatienceMs);
        if (run.rowOf(kGoes) > 0) {
            QSignalSpy removed(&run.client->servers(), &ServersModel::removed);
            QVERIFY(run.client->servers().remove(run.rowOf(kGoes)));
            QTRY_COMPARE_WITH_TIMEOUT(removed.count(), 1, kPatienceMs);
        }
        for (const char* table : {"intents", "publish_drafts"}) {
            QTRY_COMPARE_WITH_TIMEOUT(rowsOf(paths.databaseFile, table, kGoes), 0, kPatienceMs);
        }
        QCOMPARE(tokensOf(run.vault->tokens, kGoes), 0);
        QVERIFY(run.client->settings().accounts(kGoes).isEmpty());
    }
};

}  // namespace tikgok

QTEST_MAIN(tikgok::ServerRemovalTest)
#include "server_removal_test.moc"
