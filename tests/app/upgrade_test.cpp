// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What another version of the program left behind: files of an earlier one are taken over, files of a later
// one are left alone.

#include "app/client.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include <memory>

namespace tikgok {

namespace {

constexpr int kPatienceMs = 30'000;
const QString kName = QStringLiteral("mika");
const QString kPassword = QStringLiteral("tikgok123");

void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::unique_ptr<TokenVault> vaultWith(const QString& token) {
    auto vault = std::make_unique<MemoryVault>();
    if (!token.isEmpty()) {
        // MemoryVault answers at once.
        vault->store(QStringLiteral("builtin|mika"), token, {});
    }
    return vault;
}

}  // namespace

class UpgradeTest : public QObject {
    Q_OBJECT

private:
    // Leaves a world in which mika has signed in; gives mika's id, token, and the first video of the feed.
    static void live(const ClientPaths& paths, qint64& user, qint64& video, QString& token) {
        Client client(paths, vaultWith({}));
        client.start();
        QTRY_COMPARE_WITH_TIMEOUT(client.server().state(), ServerLink::State::Ready, kPatienceMs);
        client.session().signIn(kName, kPassword);
        QTRY_VERIFY_WITH_TIMEOUT(client.session().signedIn(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(client.feed().count() > 0, kPatienceMs);
        user = client.session().userId();
        token = client.session().token();
        video = client.feed().videoAt(0)->id();
    }

private Q_SLOTS:
    // Its outbox was a list of unsent comments in drafts.json, its list of accounts the last one of each
    // server.
    void firstVersionIsTakenOver() {
        const QTemporaryDir dir;
        const ClientPaths paths = ClientPaths::in(dir.path());
        qint64 user = 0;
        qint64 video = 0;
        QString token;
        live(paths, user, video, token);
        QVERIFY(user > 0 && video > 0);
        for (const QString& newer : {paths.databaseFile, paths.conversationsFile, paths.tokensFile}) {
            for (const char* end : {"", "-wal", "-shm"}) {
                QFile::remove(newer + QLatin1String(end));
            }
        }
        QDir(paths.cacheDirectory).removeRecursively();
        const QByteArray id = QByteArray::number(user);
        const QByteArray about = QByteArray::number(video);
        write(paths.settingsFile, R"({"accounts":{"builtin":{"id":")" + id +
                                      R"(","name":"mika"}},"language":"zh_CN","muted":true,"volume":0.25})");
        write(paths.draftsFile, R"({"builtin|)" + id + R"(":{")" + about +
                                    R"(":{"draft":"half a thought","unsent":[{"text":"unsent since then",)" +
                                    R"("uncertain":true}]}}})");

        Client client(paths, vaultWith(token));
        client.start();
        QTRY_COMPARE_WITH_TIMEOUT(client.server().state(), ServerLink::State::Ready, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(client.session().signedIn(), kPatienceMs);
        QCOMPARE(client.session().userId(), user);
        QCOMPARE(client.accounts().rowCount(), 1);
        QVERIFY(client.settings().muted());
        QCOMPARE(client.settings().volume(), 0.25);
        QCOMPARE(client.settings().language(), QStringLiteral("zh_CN"));
        QTRY_VERIFY_WITH_TIMEOUT(client.feed().count() > 0, kPatienceMs);
        client.comments().setVideo(client.feed().videoAt(0));
        QCOMPARE(client.comments().draft(), QStringLiteral("half a thought"));
        // The unsent one goes out by itself, once.
        QTRY_VERIFY_WITH_TIMEOUT(client.outbox().loaded(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(
            client.outbox().open(client.session().accountKey(), IntentKind::Comment, video).isEmpty(),
            kPatienceMs);
        client.comments().refresh();
        const auto times = [&client] {
            int found = 0;
            for (int row = 0; row < client.comments().rowCount(); ++row) {
                found += client.comments()
                             .data(client.comments().index(row), CommentsModel::ContentRole)
                             .toString() == QStringLiteral("unsent since then");
            }
            return found;
        };
        QTRY_COMPARE_WITH_TIMEOUT(times(), 1, kPatienceMs);
    }

    // A setting that this version does not know is still there when it wrote the file.
    void laterSettingsSurvive() {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("settings.json"));
        write(path, R"({"muted":true,"hologram":{"depth":3},"theme":"ultraviolet"})");
        {
            Settings settings(path);
            QVERIFY(settings.muted());
            QCOMPARE(settings.theme(), Settings::Theme::System);
            settings.setMuted(false);
        }
        const QJsonObject kept = QJsonDocument::fromJson(bytesOf(path)).object();
        QCOMPARE(kept.value(QLatin1String("hologram")).toObject().value(QLatin1String("depth")).toInt(), 3);
        QVERIFY(!kept.value(QLatin1String("muted")).toBool(true));
    }

    // What a later version made is not touched, and it is said.
    void laterDatabaseIsLeftAlone() {
        const QTemporaryDir dir;
        const ClientPaths paths = ClientPaths::in(dir.path());
        {
            Client client(paths, vaultWith({}));
            QTRY_COMPARE_WITH_TIMEOUT(client.database().state(), Database::State::Ready, kPatienceMs);
        }
        {
            SQLite::Database later(paths.databaseFile.toStdString(), SQLite::OPEN_READWRITE);
            later.exec("UPDATE schema_parts SET version = version + 1");
            later.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        const QByteArray before = bytesOf(paths.databaseFile);
        QVERIFY(!before.isEmpty());
        {
            Client client(paths, vaultWith({}));
            QTRY_COMPARE_WITH_TIMEOUT(client.activity().storage(), ActivityModel::Storage::TooNew,
                                      kPatienceMs);
        }
        QCOMPARE(bytesOf(paths.databaseFile), before);
    }
};

}  // namespace tikgok

QTEST_MAIN(tikgok::UpgradeTest)
#include "upgrade_test.moc"
