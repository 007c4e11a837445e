// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The bundle of the whole client: secrets are planted wherever the client keeps or says something, and none
// of them may be in it.

#include "app/client.h"

#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(plantedLog, "tikgok.planted")

constexpr int kPatienceMs = 20'000;

const QString kPassword = QStringLiteral("pl4nted-passw0rd");
const QString kComment = QStringLiteral("planted comment, quite private");
const QString kDraft = QStringLiteral("planted draft that nobody has seen");
const QString kMessage = QStringLiteral("planted message to a friend");
const QString kName = QStringLiteral("plantedname");
const QString kServerName = QStringLiteral("planted server name");

class ListeningVault final : public TokenVault {
public:
    Call<QString> load(QString key, std::stop_token alive) override {
        auto token = co_await inside.load(key, alive);
        co_return token;
    }
    Call<void> store(QString key, QString token, std::stop_token alive) override {
        seen.append(token);
        auto kept = co_await inside.store(key, token, alive);
        co_return kept;
    }
    Call<void> remove(QString key, std::stop_token alive) override {
        auto gone = co_await inside.remove(key, alive);
        co_return gone;
    }
    MemoryVault inside;
    QStringList seen;
};

}  // namespace

class DiagnosticsBundleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsNobodysSecrets() {
        const QTemporaryDir dir;
        const ClientPaths paths = ClientPaths::in(dir.path());
        {
            // As an older version, or a person, may have left it.
            QFile file(paths.settingsFile);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QJsonDocument(QJsonObject{
                                         {QStringLiteral("theme"), kDraft},
                                         {QStringLiteral("serverUrl"),
                                          QStringLiteral("http://%1:%2@example.org/").arg(kName, kPassword)},
                                         {QStringLiteral("token"), kPassword},
                                         {QStringLiteral("shortcuts"), QJsonObject{{kDraft, kComment}}},
                                     })
                           .toJson());
        }
        auto ownedVault = std::make_unique<ListeningVault>();
        ListeningVault& vault = *ownedVault;
        Client client(paths, std::move(ownedVault));
        client.log().install();
        client.start();
        QTRY_COMPARE_WITH_TIMEOUT(client.server().state(), ServerLink::State::Ready, kPatienceMs);
        client.session().registerAccount(kName, kPassword);
        QTRY_VERIFY_WITH_TIMEOUT(client.session().signedIn(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(client.feed().count() > 0, kPatienceMs);
        client.servers().add(kServerName, QStringLiteral("http://example.org"));
        client.comments().setVideo(client.feed().videoAt(0));
        client.comments().setDraft(kDraft);
        client.comments().post(kComment);
        Intent message;
        message.account = client.session().accountKey();
        message.kind = IntentKind::Message;
        message.target = 5;
        message.text = kMessage;
        message.caption = kMessage;
        client.outbox().put(message);
        const QString token = client.session().token();
        QVERIFY(token.size() > 10);
        qCWarning(plantedLog) << "could not keep" << token << "for" << kName << "with" << kPassword;
        qCWarning(plantedLog) << QUrl(QStringLiteral("http://host/douyin/feed/?token=") + token);
        qCWarning(plantedLog).noquote() << "GET http://host/douyin/message/action/?content=" + kMessage;
        qCWarning(plantedLog).noquote() << "comment_text=" + kComment;
        qWarning("%s", qPrintable(kDraft));
        qWarning("%s and %s", qPrintable(kPassword), qPrintable(token));

        QSignalSpy saved(&client.diagnostics(), &Diagnostics::saved);
        client.diagnostics().collect();
        client.diagnostics().saveIn(dir.filePath(QStringLiteral("out")));
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatienceMs);
        QProcess tar;
        tar.start(QStringLiteral("tar"), {QStringLiteral("-xzOf"), saved.at(0).at(0).toString()});
        QVERIFY(tar.waitForFinished());
        const QByteArray all = tar.readAllStandardOutput();
        QVERIFY(!vault.seen.isEmpty());
        QStringList secrets{kPassword, kComment, kDraft, kMessage, kName, kServerName, token};
        secrets += vault.seen;
        for (const QString& secret : secrets) {
            QVERIFY2(!all.contains(secret.toUtf8()), qPrintable(secret + QStringLiteral(" is in\n") + all));
            QVERIFY(!client.diagnostics().preview().contains(secret));
        }
        // And yet it says something.
        for (const char* fact :
             {"tikgok: ", "Qt: ", "ffmpeg", "\"theme\": \"system\"", "\"dialect\": ", "\"builtIn\": true",
              "\"accounts\": 1", "\"signedIn\": true", "tikgok.planted", "\"outboxOpen\": "}) {
            QVERIFY2(all.contains(fact), fact);
        }
    }

    // The tick of an earlier run, and another server for this one.
    void commandLineServerIsForOneRun() {
        const QTemporaryDir dir;
        const ClientPaths paths = ClientPaths::in(dir.path());
        {
            Client client(paths, std::make_unique<MemoryVault>());
            client.start(QUrl(QStringLiteral("http://127.0.0.1:9")));
            QCOMPARE(client.server().key(), QStringLiteral("http://127.0.0.1:9"));
            QVERIFY(client.servers().forThisRun());
            QVERIFY(client.settings().serverUrl().isEmpty());
            // Going to another one keeps what was chosen.
            client.servers().add(QString(), QStringLiteral("http://127.0.0.1:10"));
            client.servers().choose(client.servers().count() - 1);
            QVERIFY(!client.servers().forThisRun());
            QCOMPARE(client.settings().serverUrl(), QStringLiteral("http://127.0.0.1:10"));
            // Nobody is there: two calls in vain, and it is said.
            QTRY_VERIFY_WITH_TIMEOUT(!client.health().answering(), kPatienceMs);
            client.settings().setDataSaver(true);
            QVERIFY(client.playback().dataSaver());
            client.settings().setDataSaver(false);
            client.settings().setPrefetch(Settings::Ahead::Neighbours);
            QVERIFY(!client.playback().dataSaver());
            QVERIFY(client.playback().loadsBehind());
            client.settings().setAutoplay(false);
            QVERIFY(!client.playback().autoplay());
        }
        Client client(paths, std::make_unique<MemoryVault>());
        client.start();
        QCOMPARE(client.server().key(), QStringLiteral("http://127.0.0.1:10"));
        QVERIFY(client.playback().loadsBehind());
        QVERIFY(!client.playback().autoplay());
    }

    void findsOutAboutTheOneInside() {
        const QTemporaryDir dir;
        Client client(ClientPaths::in(dir.path()), std::make_unique<MemoryVault>());
        client.start();
        QTRY_VERIFY_WITH_TIMEOUT(client.servers().traits().dialect == Dialect::Standard, kPatienceMs);
        QVERIFY(client.servers().traits().pageSize > 0);
        QTRY_VERIFY_WITH_TIMEOUT(client.usage().calls() > 0, kPatienceMs);
    }

    void aRemovedAccountTakesItsThings() {
        const QTemporaryDir dir;
        Client client(ClientPaths::in(dir.path()), std::make_unique<MemoryVault>());
        client.start();
        QTRY_COMPARE_WITH_TIMEOUT(client.server().state(), ServerLink::State::Ready, kPatienceMs);
        client.session().registerAccount(QStringLiteral("first"), kPassword);
        QTRY_VERIFY_WITH_TIMEOUT(client.session().signedIn(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(client.feed().count() > 0, kPatienceMs);
        const QString id = client.session().userIdText();
        const QString key = client.session().accountKey();
        client.comments().setVideo(client.feed().videoAt(0));
        client.comments().setDraft(kDraft);
        Intent message;
        message.account = key;
        message.kind = IntentKind::Message;
        message.target = 5;
        message.text = kMessage;
        client.outbox().put(message);
        client.session().registerAccount(QStringLiteral("second"), kPassword);
        QTRY_COMPARE_WITH_TIMEOUT(client.accounts().count(), 2, kPatienceMs);
        QCOMPARE(client.outbox().all(key).size(), 1);
        client.session().removeAccount(id);
        QTRY_VERIFY_WITH_TIMEOUT(client.outbox().all(key).isEmpty(), kPatienceMs);
        QCOMPARE(client.accounts().count(), 1);
        QVERIFY(client.session().signedIn());
    }
};

}  // namespace tikgok

int main(int argc, char* argv[]) {
    QGuiApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("tikgok"));
    tikgok::DiagnosticsBundleTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "diagnostics_bundle_test.moc"
