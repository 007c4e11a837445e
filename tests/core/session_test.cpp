// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/session.h"

#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace tikgok {

using test::kMe;
using test::waitUntil;
using test::World;

namespace {

const QString kServer = QStringLiteral("http://server");
const QString kName = QStringLiteral("mei");
const QString kPassword = QStringLiteral("pass word+");
const QString kVaultKey = QStringLiteral("http://server|mei");

// Keeps every line that is logged while it lives.
class LogCatcher {
public:
    LogCatcher() {
        text().clear();
        former_ = qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString& line) {
            text() += line + QLatin1Char('\n');
        });
    }
    LogCatcher(const LogCatcher&) = delete;
    LogCatcher& operator=(const LogCatcher&) = delete;
    ~LogCatcher() { qInstallMessageHandler(former_); }

    static QString& text() {
        static QString all;  // a message handler has no other way to its catcher
        return all;
    }

private:
    QtMessageHandler former_ = nullptr;
};

}  // namespace

class SessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("tikgok.*=true")); }

    void signsInAndKeepsTheToken_data() {
        QTest::addColumn<bool>("registers");
        QTest::newRow("sign in") << false;
        QTest::newRow("register") << true;
    }
    void signsInAndKeepsTheToken() {
        QFETCH(bool, registers);
        World world;
        QSignalSpy changed(&world.session, &Session::signedInChanged);
        QSignalSpy now(&world.session, &Session::signedInNow);
        world.net.reply(contract::writeAccount(kMe, "secret"));
        if (registers) {
            world.session.registerAccount(kName, kPassword);
        } else {
            world.session.signIn(kName, kPassword);
        }
        QVERIFY(world.session.busy());
        QVERIFY(!world.session.signedIn());
        QVERIFY(waitUntil([&] { return !world.session.busy(); }));
        QVERIFY(world.session.signedIn());
        QCOMPARE(world.session.userName(), kName);
        QCOMPARE(world.session.userIdText(), QStringLiteral("77"));
        QCOMPARE(world.session.token(), QStringLiteral("secret"));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(now.count(), 1);
        QCOMPARE(world.net.path(0), registers ? QStringLiteral("/douyin/user/register/")
                                              : QStringLiteral("/douyin/user/login/"));
        QCOMPARE(world.net.at(0).value("password"), kPassword);
        QCOMPARE(world.vault.tokens.value(kVaultKey), QStringLiteral("secret"));
        QCOMPARE(world.accounts.last.value(kServer).userId, kMe);
        QCOMPARE(world.session.vaultState(), Session::VaultState::Ok);
    }

    void saysWhyItFailed_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        QTest::newRow("wrong password")
            << QByteArray::fromStdString(contract::writeAccountFailure(contract::kWrongPassword))
            << static_cast<int>(ErrorKind::Refused) << 30001 << QStringLiteral("wrong password");
        QTest::newRow("taken") << QByteArray::fromStdString(
                                      contract::writeAccountFailure(contract::kUserExists))
                               << static_cast<int>(ErrorKind::Refused) << 30002
                               << QStringLiteral("user already exist");
        QTest::newRow("unknown") << QByteArray::fromStdString(
                                        contract::writeAccountFailure(contract::kUserNotFound))
                                 << static_cast<int>(ErrorKind::NotFound) << 30003
                                 << QStringLiteral("user not found");
        QTest::newRow("no token") << QByteArray("{\"status_code\":0,\"user_id\":3,\"token\":\"\"}")
                                  << static_cast<int>(ErrorKind::ServerBroken) << 0 << QString();
        QTest::newRow("no id") << QByteArray("{\"status_code\":0,\"token\":\"x\"}")
                               << static_cast<int>(ErrorKind::ServerBroken) << 0 << QString();
        QTest::newRow("not JSON") << QByteArray("<html>") << static_cast<int>(ErrorKind::ServerBroken) << 0
                                  << QString();
    }
    void saysWhyItFailed() {
        QFETCH(QByteArray, json);
        QFETCH(int, kind);
        QFETCH(int, code);
        QFETCH(QString, words);
        World world;
        QSignalSpy failed(&world.session, &Session::signInFailed);
        world.net.reply(json.toStdString());
        world.session.signIn(kName, kPassword);
        QVERIFY(waitUntil([&] { return failed.count() == 1; }));
        QCOMPARE(static_cast<int>(failed[0][0].value<ErrorKind>()), kind);
        QCOMPARE(failed[0][1].toString(), words);
        QCOMPARE(failed[0][2].toInt(), code);
        QVERIFY(!world.session.signedIn());
        QVERIFY(!world.session.busy());
        QVERIFY(world.vault.tokens.isEmpty());
    }

    void checksLengthsFirst_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("password");
        QTest::addColumn<int>("problem");
        const QString full(32, u'好');
        QTest::newRow("no name") << QString() << kPassword << int(Session::NameEmpty);
        QTest::newRow("long name") << full + u'x' << kPassword << int(Session::NameTooLong);
        QTest::newRow("no password") << kName << QString() << int(Session::PasswordEmpty);
        QTest::newRow("long password") << kName << full + u'x' << int(Session::PasswordTooLong);
        QTest::newRow("32 characters") << full << full << int(Session::NoProblem);
        // Two UTF-16 units and four bytes each, and one character.
        QTest::newRow("32 emoji") << QStringLiteral("😀").repeated(32) << kPassword
                                  << int(Session::NoProblem);
        QTest::newRow("33 emoji") << QStringLiteral("😀").repeated(33) << kPassword
                                  << int(Session::NameTooLong);
    }
    void checksLengthsFirst() {
        QFETCH(QString, name);
        QFETCH(QString, password);
        QFETCH(int, problem);
        World world;
        QSignalSpy failed(&world.session, &Session::signInFailed);
        world.session.registerAccount(name, password);
        if (problem == Session::NoProblem) {
            QCOMPARE(failed.count(), 0);
            QCOMPARE(world.net.count(), 1);
        } else {
            QCOMPARE(world.net.count(), 0);
            QCOMPARE(failed.count(), 1);
            QCOMPARE(failed[0][0].value<ErrorKind>(), ErrorKind::Invalid);
            QCOMPARE(failed[0][2].toInt(), problem);
        }
    }

    void oneSignInAtATime() {
        World world;
        world.session.signIn(kName, kPassword);
        world.session.signIn(kName, kPassword);
        QCOMPARE(world.net.count(), 1);
    }

    void restoresTheLastSession() {
        World world;
        world.accounts.last.insert(QStringLiteral("builtin"), {kName, kMe});
        world.vault.tokens.insert(QStringLiteral("builtin|mei"), QStringLiteral("kept"));
        QSignalSpy now(&world.session, &Session::signedInNow);
        world.session.setServer(QStringLiteral("builtin"));
        QVERIFY(waitUntil([&] { return world.session.signedIn(); }));
        QCOMPARE(world.session.token(), QStringLiteral("kept"));
        QCOMPARE(world.session.userId(), kMe);
        QCOMPARE(now.count(), 0);
        QCOMPARE(world.net.count(), 0);
        QVERIFY(!world.session.restoring());
    }

    void restoringDoesNotBlock() {
        World world;
        world.vault.hold = true;
        world.accounts.last.insert(QStringLiteral("s"), {kName, kMe});
        world.vault.tokens.insert(QStringLiteral("s|mei"), QStringLiteral("kept"));
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        world.session.setServer(QStringLiteral("s"));
        QVERIFY(world.session.restoring());
        QVERIFY(!world.session.signedIn());
        QList<bool> ran;
        world.session.whenSignedIn(this, QStringLiteral("like"), [&](bool yes) { ran.append(yes); });
        QCOMPARE(needed.count(), 0);  // the vault may still know
        world.vault.held.finish(true);
        QCOMPARE(ran, QList<bool>{true});
        QCOMPARE(needed.count(), 0);
    }

    void slowVaultDoesNotHoldUpTheSheet() {
        World world;
        world.vault.hold = true;
        world.accounts.last.insert(QStringLiteral("s"), {kName, kMe});
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        world.session.setServer(QStringLiteral("s"));
        world.session.whenSignedIn(this, QStringLiteral("like"), [](bool) {});
        QVERIFY(waitUntil([&] { return needed.count() == 1; }));
        QVERIFY(world.session.restoring());
    }

    void absentTokenMeansSignedOut() {
        World world;
        world.accounts.last.insert(QStringLiteral("s"), {kName, kMe});
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        world.session.setServer(QStringLiteral("s"));
        QVERIFY(waitUntil([&] { return !world.session.restoring(); }));
        QVERIFY(!world.session.signedIn());
        QCOMPARE(world.session.vaultState(), Session::VaultState::Ok);
        QCOMPARE(world.session.userName(), kName);  // for the sheet
        QCOMPARE(needed.count(), 0);
    }

    void brokenVaultKeepsTheSessionInMemory() {
        World world;
        world.vault.broken = true;
        QSignalSpy state(&world.session, &Session::vaultStateChanged);
        world.signIn();
        QVERIFY(waitUntil([&] { return state.count() == 1; }));
        QVERIFY(world.session.signedIn());
        QCOMPARE(world.session.vaultState(), Session::VaultState::Unavailable);
    }

    void brokenVaultAtTheStartForgetsNobody() {
        World world;
        world.vault.broken = true;
        world.accounts.last.insert(QStringLiteral("s"), {kName, kMe});
        world.session.setServer(QStringLiteral("s"));
        QVERIFY(waitUntil([&] { return !world.session.restoring(); }));
        QCOMPARE(world.session.vaultState(), Session::VaultState::Unavailable);
        QVERIFY(world.accounts.last.contains(QStringLiteral("s")));
    }

    void signsOut() {
        World world(true);
        QVERIFY(world.vault.tokens.contains(kVaultKey));
        world.session.signOut();
        QVERIFY(!world.session.signedIn());
        QVERIFY(world.session.token().isEmpty());
        QVERIFY(world.session.userName().isEmpty());
        QVERIFY(world.vault.tokens.isEmpty());
        QVERIFY(!world.accounts.last.contains(kServer));
        QVERIFY(!world.session.expired());
    }

    void accountKeyNamesWhoseThingsAreKept() {
        World world;
        QCOMPARE(world.session.accountKey(), QString());
        world.signIn();
        const QString mine = kServer + QStringLiteral("|77");
        QCOMPARE(world.session.accountKey(), mine);
        world.session.reportSignedOut(world.session.token());
        QVERIFY(world.session.expired());
        QCOMPARE(world.session.accountKey(), mine);
        // Whoever is asked for a password then is told why.
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        world.session.requestAccount();
        QCOMPARE(needed.takeFirst().at(0).toString(), QStringLiteral("expired"));
        world.signIn(78, "bo");
        QCOMPARE(world.session.accountKey(), kServer + QStringLiteral("|78"));
        world.session.signOut();
        QCOMPARE(world.session.accountKey(), QString());
        // Known while the vault is asked, and when it has no token.
        world.vault.hold = true;
        world.accounts.last.insert(QStringLiteral("s"), {kName, kMe});
        world.session.setServer(QStringLiteral("s"));
        QCOMPARE(world.session.accountKey(), QStringLiteral("s|77"));
        world.vault.held.finish(true);
        QVERIFY(!world.session.restoring());
        QCOMPARE(world.session.accountKey(), QStringLiteral("s|77"));
    }

    // --- what waits

    void actionsRunAfterSigningIn() {
        World world;
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        QList<bool> ran;
        world.session.whenSignedIn(this, QStringLiteral("like"), [&](bool yes) { ran.append(yes); });
        world.session.whenSignedIn(this, QStringLiteral("comment"), [&](bool yes) { ran.append(yes); });
        QCOMPARE(needed.count(), 2);
        QCOMPARE(needed[0][0].toString(), QStringLiteral("like"));
        QVERIFY(ran.isEmpty());
        world.signIn();
        QCOMPARE(ran, (QList<bool>{true, true}));
        world.session.whenSignedIn(this, QStringLiteral("like"), [&](bool yes) { ran.append(yes); });
        QCOMPARE(ran.size(), 3);
        QCOMPARE(needed.count(), 2);
    }

    void failedSignInKeepsThemWaiting() {
        World world;
        QList<bool> ran;
        world.session.whenSignedIn(this, QStringLiteral("like"), [&](bool yes) { ran.append(yes); });
        world.net.reply(contract::writeAccountFailure(contract::kWrongPassword));
        world.session.signIn(kName, kPassword);
        QVERIFY(waitUntil([&] { return !world.session.busy(); }));
        QVERIFY(ran.isEmpty());
        world.signIn();
        QCOMPARE(ran, QList<bool>{true});
    }

    void dismissedSheetTellsThem() {
        World world;
        QList<bool> ran;
        world.session.whenSignedIn(this, QStringLiteral("like"), [&](bool yes) { ran.append(yes); });
        world.session.signIn(kName, kPassword);
        world.session.cancelSignIn();
        QCOMPARE(ran, QList<bool>{false});
        QVERIFY(!world.session.busy());
        QVERIFY(world.net.last().cancelled);
        world.signIn();
        QCOMPARE(ran.size(), 1);
    }

    void deadOwnersAreNotCalled() {
        World world;
        auto owner = std::make_unique<QObject>();
        bool ran = false;
        world.session.whenSignedIn(owner.get(), QStringLiteral("like"), [&](bool) { ran = true; });
        owner.reset();
        world.signIn();
        QVERIFY(!ran);
    }

    void anActionMayAskAgain() {
        World world;
        int ran = 0;
        world.session.whenSignedIn(this, QStringLiteral("like"), [&](bool) {
            ++ran;
            world.session.whenSignedIn(this, QStringLiteral("like"), [&](bool) { ++ran; });
        });
        world.signIn();
        QCOMPARE(ran, 2);
    }

    // --- the end of a session

    void expires() {
        World world(true);
        QSignalSpy changed(&world.session, &Session::signedInChanged);
        world.session.reportSignedOut(QStringLiteral("an older token"));
        QVERIFY(world.session.signedIn());
        world.session.reportSignedOut(world.session.token());
        QVERIFY(!world.session.signedIn());
        QVERIFY(world.session.expired());
        QCOMPARE(changed.count(), 1);
        QCOMPARE(world.session.userName(), kName);
        QCOMPARE(world.session.userId(), 0);
        QCOMPARE(world.session.lastUserId(), kMe);
        QVERIFY(world.vault.tokens.isEmpty());
        world.signIn(kMe, "mei", "fresh");
        QVERIFY(!world.session.expired());
        QCOMPARE(world.vault.tokens.value(kVaultKey), QStringLiteral("fresh"));
    }

    void changingTheServerEndsIt() {
        World world(true);
        QSignalSpy changed(&world.session, &Session::serverChanged);
        world.session.setServer(kServer);
        QCOMPARE(changed.count(), 0);
        world.session.setServer(QStringLiteral("http://other"));
        QCOMPARE(changed.count(), 1);
        QVERIFY(!world.session.signedIn());
        // It waits in the vault for the way back.
        QVERIFY(world.vault.tokens.contains(kVaultKey));
        world.session.setServer(kServer);
        QVERIFY(waitUntil([&] { return world.session.signedIn(); }));
        QCOMPARE(world.session.userName(), kName);
    }

    // There and back, while the vault still thinks about the other one.
    void changingTheServerEndsTheLookup() {
        World world(true);
        world.vault.hold = true;
        world.accounts.last.insert(QStringLiteral("http://other"), {kName, kMe});
        world.session.setServer(QStringLiteral("http://other"));
        QVERIFY(world.session.restoring());
        world.session.setServer(kServer);
        QVERIFY(world.session.signedIn());
        QVERIFY(!world.session.restoring());
    }

    void changingTheServerStopsASignIn() {
        World world;
        QList<bool> ran;
        world.session.whenSignedIn(this, QStringLiteral("like"), [&](bool yes) { ran.append(yes); });
        world.session.signIn(kName, kPassword);
        world.session.setServer(QStringLiteral("http://other"));
        QVERIFY(world.net.last().cancelled);
        QVERIFY(!world.session.busy());
        QCOMPARE(ran, QList<bool>{false});
    }

    void nothingSecretIsLogged() {
        const LogCatcher log;
        World world;
        world.vault.broken = true;
        world.signIn(kMe, "mei", "t0p-s3cr3t");
        world.session.reportSignedOut(world.session.token());
        world.net.reply("<html>", 500);
        world.session.signIn(kName, kPassword);
        QVERIFY(waitUntil([&] { return !world.session.busy(); }));
        QVERIFY2(!LogCatcher::text().isEmpty(), "nothing was logged, so nothing was tested");
        QVERIFY(!LogCatcher::text().contains(QLatin1String("t0p-s3cr3t")));
        QVERIFY(!LogCatcher::text().contains(kPassword));
    }

    // --- ends of owners

    void goesDuringSignIn() {
        World world;
        auto session = std::make_unique<Session>(world.api, world.vault, world.accounts);
        session->setServer(QStringLiteral("x"));
        session->signIn(kName, kPassword);
        session.reset();
        QVERIFY(world.net.last().cancelled);
    }

    void goesDuringRestore() {
        World world;
        world.vault.hold = true;
        world.accounts.last.insert(QStringLiteral("x"), {kName, kMe});
        auto session = std::make_unique<Session>(world.api, world.vault, world.accounts);
        session->setServer(QStringLiteral("x"));
        session->whenSignedIn(this, QStringLiteral("like"), [](bool) {});
        QVERIFY(session->restoring());
        session.reset();
        QVERIFY(world.vault.held.isFinished());
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::SessionTest)
#include "session_test.moc"
