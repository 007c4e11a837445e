// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Several accounts on one server. What the keychain does to them is in accounts_keychain_test.cpp.

#include "core/account/accounts_model.h"
#include "core/account/session.h"
#include "core/feed/feed_model.h"
#include "tests/core/support/two_accounts.h"
#include "tests/core/support/wait.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace tikgok {

using test::kLin;
using test::kMe;
using test::kMei;
using test::kMeText;
using test::kOther;
using test::kOtherText;
using test::TwoAccounts;
using test::waitUntil;
using test::World;

class AccountsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSecondOneLeavesTheFirstSignedIn() {
        World world;
        world.signIn(kMe, "mei", "token-mei");
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        world.session.addAccount();
        QCOMPARE(needed.takeFirst().at(0).toString(), QStringLiteral("add"));
        QVERIFY(world.session.signedIn());
        world.session.cancelSignIn();
        QCOMPARE(world.session.userIdText(), kMeText);
        world.signIn(kOther, "lin", "token-lin");
        QCOMPARE(world.session.userIdText(), kOtherText);
        QCOMPARE(world.vault.tokens.value(kMei), QStringLiteral("token-mei"));
        QCOMPARE(world.vault.tokens.value(kLin), QStringLiteral("token-lin"));
        QCOMPARE(world.session.accounts().size(), 2);
        // Signing in again as somebody known makes no second entry, and loses nothing of the first.
        world.session.switchTo(kMeText);
        world.session.rememberAvatar(QStringLiteral("http://media/mei.png"));
        world.signIn(kMe, "mei", "token-mei-2");
        QCOMPARE(world.session.accounts().size(), 2);
        QCOMPARE(world.session.accounts().constFirst().avatarUrl, QStringLiteral("http://media/mei.png"));
    }

    void switchesWithoutSigningOut() {
        TwoAccounts world;
        QSignalSpy changed(&world.session, &Session::signedInChanged);
        QSignalSpy now(&world.session, &Session::signedInNow);
        world.session.switchTo(kMeText);
        QCOMPARE(world.session.userIdText(), kMeText);
        QCOMPARE(world.session.token(), QStringLiteral("token-mei"));
        QCOMPARE(world.session.accountKey(), QStringLiteral("http://server|77"));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(now.count(), 0);
        QCOMPARE(world.net.count(), 0);
        QCOMPARE(world.accounts.last.value(QStringLiteral("http://server")).userId, kMe);
        world.session.switchTo(kMeText);  // is that already
        world.session.switchTo(QStringLiteral("4711"));
        QCOMPARE(changed.count(), 1);
    }

    void switchesWithTheVaultAfterARestart() {
        World world;
        world.session.setServer(QString());
        world.vault.tokens = {{kMei, QStringLiteral("kept-mei")}, {kLin, QStringLiteral("kept-lin")}};
        const QString server = QStringLiteral("http://server");
        world.accounts.lists.insert(server, {{QStringLiteral("mei"), kMe}, {QStringLiteral("lin"), kOther}});
        world.accounts.last.insert(server, {QStringLiteral("lin"), kOther});
        world.session.setServer(server);
        QVERIFY(waitUntil([&] { return world.session.signedIn(); }));
        QCOMPARE(world.session.token(), QStringLiteral("kept-lin"));
        world.vault.hold = true;
        QSignalSpy switching(&world.session, &Session::switchingChanged);
        world.session.switchTo(kMeText);
        QVERIFY(world.session.switching());
        QCOMPARE(switching.count(), 1);
        QCOMPARE(world.session.token(), QStringLiteral("kept-lin"));  // until the vault has answered
        world.vault.held.finish(true);
        QVERIFY(!world.session.switching());
        QCOMPARE(switching.count(), 2);
        QCOMPARE(world.session.token(), QStringLiteral("kept-mei"));
        QCOMPARE(world.session.userIdText(), kMeText);
    }

    void asksForThePasswordWhereThereIsNoToken() {
        TwoAccounts world;
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        QSignalSpy wanted(&world.session, &Session::nameWanted);
        world.session.signOutOf(kMeText);
        QVERIFY(!world.vault.tokens.contains(kMei));
        QVERIFY(world.session.accounts().constFirst().signedOut);
        QVERIFY(world.session.signedIn());
        world.session.switchTo(kMeText);
        QCOMPARE(needed.takeFirst().at(0).toString(), QStringLiteral("switch"));
        QCOMPARE(wanted.takeFirst().at(0).toString(), QStringLiteral("mei"));
        QCOMPARE(world.session.userIdText(), kOtherText);
        world.session.cancelSignIn();
        QCOMPARE(world.session.userIdText(), kOtherText);
        world.signIn(kMe, "mei", "token-new");
        QCOMPARE(world.session.userIdText(), kMeText);
        QVERIFY(!world.session.accounts().constFirst().signedOut);
    }

    // Who is in the list but whose session is over is asked, too.
    void theExpiredOneIsAskedForItsPassword() {
        TwoAccounts world;
        world.session.reportSignedOut(QStringLiteral("token-lin"));
        QSignalSpy wanted(&world.session, &Session::nameWanted);
        world.session.switchTo(kOtherText);
        QVERIFY(waitUntil([&] { return wanted.count() == 1; }));
        QCOMPARE(wanted.takeFirst().at(0).toString(), QStringLiteral("lin"));
    }

    // The server ended the session of both, and nobody knew of the second one.
    void anExpiredOneThatIsChosenIsAskedAtOnce() {
        TwoAccounts world;
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        QSignalSpy wanted(&world.session, &Session::nameWanted);
        world.session.reportSignedOut(QStringLiteral("token-lin"));
        QVERIFY(world.session.expired());
        QCOMPARE(needed.count(), 0);  // reading goes on without an account
        world.session.switchTo(kMeText);
        QVERIFY(world.session.signedIn());
        // The list says so of whom one has left.
        QVERIFY(world.session.accounts().at(1).signedOut);
        QVERIFY(!world.session.accounts().at(0).signedOut);
        world.session.reportSignedOut(QStringLiteral("token-mei"));
        QCOMPARE(needed.count(), 1);
        QCOMPARE(needed.takeFirst().at(0).toString(), QStringLiteral("expired"));
        QCOMPARE(wanted.takeFirst().at(0).toString(), QStringLiteral("mei"));
        world.signIn(kMe, "mei", "token-mei-2");
        QVERIFY(world.session.signedIn());
        // Asked once, for having been chosen.
        world.session.reportSignedOut(QStringLiteral("token-mei-2"));
        QCOMPARE(needed.count(), 0);
    }

    // Only of the one that was chosen, and only until something else is done.
    void anExpiredOneIsNotAskedInTheMiddleOfSomethingElse_data() {
        QTest::addColumn<std::function<void(Session&)>>("what");
        using What = std::function<void(Session&)>;
        QTest::newRow("another account is added") << What([](Session& session) { session.addAccount(); });
        QTest::newRow("signed out and in") << What([](Session& session) {
            session.signOut();
            session.enter(QStringLiteral("mei"), kMe, QStringLiteral("token-mei"));
        });
        QTest::newRow("somebody else") << What(
            [](Session& session) { session.enter(QStringLiteral("tom"), 99, QStringLiteral("token-mei")); });
    }
    void anExpiredOneIsNotAskedInTheMiddleOfSomethingElse() {
        QFETCH(const std::function<void(Session&)>, what);
        TwoAccounts world;
        world.session.switchTo(kMeText);
        what(world.session);
        QSignalSpy wanted(&world.session, &Session::nameWanted);
        world.session.reportSignedOut(QStringLiteral("token-mei"));
        QVERIFY(world.session.expired());
        QCOMPARE(wanted.count(), 0);
    }

    // The list tells it after a restart, and after a visit to another server.
    void anEndedSessionIsSaidLater_data() {
        QTest::addColumn<bool>("restart");
        QTest::newRow("restart") << true;
        QTest::newRow("another server") << false;
    }
    void anEndedSessionIsSaidLater() {
        QFETCH(const bool, restart);
        TwoAccounts world;
        world.session.reportSignedOut(QStringLiteral("token-lin"));
        QVERIFY(waitUntil([&] { return !world.vault.tokens.contains(kLin); }));
        Session next(world.api, world.vault, world.accounts);
        Session& session = restart ? next : world.session;
        if (!restart) {
            session.setServer(QStringLiteral("http://elsewhere"));
        }
        session.setServer(QStringLiteral("http://server"));
        QVERIFY(waitUntil([&] { return !session.restoring() && session.accounts().at(1).signedOut; }));
        QVERIFY(!session.accounts().at(0).signedOut);
        // And no longer, once it is signed in again.
        session.enter(QStringLiteral("lin"), kOther, QStringLiteral("token-lin-2"));
        QVERIFY(!session.accounts().at(1).signedOut);
    }

    // The name that was typed last does not come up later.
    void switchingStopsASignIn() {
        TwoAccounts world;
        world.session.signIn(QStringLiteral("tom"), QStringLiteral("password"));
        QVERIFY(world.session.busy());
        world.session.switchTo(kMeText);
        QVERIFY(!world.session.busy());
        world.net.finish(0, contract::writeAccount(99, "token-tom"));
        QCOMPARE(world.session.userIdText(), kMeText);
        QCOMPARE(world.session.accounts().size(), 2);
    }

    void signsOutOfOneAndKeepsTheOther() {
        TwoAccounts world;
        world.session.signOut();
        QVERIFY(!world.session.signedIn());
        QVERIFY(!world.vault.tokens.contains(kLin));
        QCOMPARE(world.session.accounts().size(), 2);
        QVERIFY(world.session.accounts().at(1).signedOut);
        world.session.switchTo(kMeText);
        QCOMPARE(world.session.token(), QStringLiteral("token-mei"));
    }

    void removesOne() {
        TwoAccounts world;
        QSignalSpy removed(&world.session, &Session::accountRemoved);
        world.session.removeAccount(kMeText);
        QCOMPARE(removed.takeFirst().at(0).toString(), QStringLiteral("http://server|77"));
        QVERIFY(!world.vault.tokens.contains(kMei));
        QCOMPARE(world.session.accounts().size(), 1);
        QVERIFY(world.session.signedIn());
        world.session.removeAccount(kOtherText);  // the present one
        QVERIFY(!world.session.signedIn());
        QVERIFY(world.session.accounts().isEmpty());
        QVERIFY(!world.accounts.last.contains(QStringLiteral("http://server")));
        world.session.removeAccount(kOtherText);
        QCOMPARE(removed.count(), 1);
    }

    // What waited for one account's session is not done in another's name.
    void whatWaitedIsNotDoneByAnother() {
        TwoAccounts world;
        world.session.reportSignedOut(QStringLiteral("token-lin"));
        QVERIFY(world.session.expired());
        QList<bool> ran;
        world.session.whenSignedIn(this, QStringLiteral("like"), [&](bool yes) { ran.append(yes); });
        world.session.switchTo(kMeText);
        QCOMPARE(ran, QList<bool>{false});
        // And the expired one is asked for its password, with its things replayed.
        world.session.switchTo(kOtherText);
        QCOMPARE(world.session.userIdText(), kMeText);
        world.session.reportSignedOut(QStringLiteral("token-mei"));
        ran.clear();
        world.session.whenSignedIn(this, QStringLiteral("like"), [&](bool yes) { ran.append(yes); });
        world.signIn(kMe, "mei", "token-mei-2");
        QCOMPARE(ran, QList<bool>{true});
    }

    void whatAStrangerWantedIsDoneByWhoeverComes() {
        TwoAccounts world;
        world.session.signOut();
        QList<bool> ran;
        world.session.whenSignedIn(this, QStringLiteral("like"), [&](bool yes) { ran.append(yes); });
        world.session.switchTo(kMeText);
        QCOMPARE(ran, QList<bool>{true});
    }

    void aLateAnswerToAnotherAccountCostsItOnly() {
        TwoAccounts world;
        world.session.reportSignedOut(QStringLiteral("token-mei"));
        QVERIFY(world.session.signedIn());
        QVERIFY(!world.session.expired());
        QVERIFY(!world.vault.tokens.contains(kMei));
        QVERIFY(world.session.accounts().constFirst().signedOut);
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        world.session.switchTo(kMeText);
        QCOMPARE(needed.count(), 1);
        QCOMPARE(world.session.userIdText(), kOtherText);
    }

    // Nothing of the former viewer is shown to the next.
    void theNextViewerSeesTheirOwn() {
        TwoAccounts world;
        contract::Video liked = test::clip(5, true);
        liked.author.isFollow = true;
        VideoEntity* video = world.store.video(liked, world.store.beginReading());
        QVERIFY(video->liked());
        world.session.switchTo(kMeText);
        QVERIFY(!video->liked());
    }

    void otherServersHaveTheirOwn() {
        TwoAccounts world;
        QSignalSpy listed(&world.session, &Session::accountsChanged);
        world.session.setServer(QStringLiteral("http://elsewhere"));
        QVERIFY(listed.count() > 0);
        QVERIFY(world.session.accounts().isEmpty());
        QVERIFY(!world.session.signedIn());
        world.session.setServer(QStringLiteral("http://server"));
        QVERIFY(waitUntil([&] { return world.session.signedIn(); }));
        QCOMPARE(world.session.userIdText(), kOtherText);
        QCOMPARE(world.session.accounts().size(), 2);
    }

    // A log may still hold what is no session any more.
    void secretsStaySecret() {
        TwoAccounts world;
        world.session.reportSignedOut(QStringLiteral("token-lin"));
        world.session.removeAccount(kMeText);
        const QStringList secrets = world.session.secrets();
        QVERIFY(secrets.contains(QStringLiteral("token-lin")));
        QVERIFY(secrets.contains(QStringLiteral("token-mei")));
    }

    void goesWhileSwitching() {
        auto world = std::make_unique<TwoAccounts>();
        world->session.setServer(QStringLiteral("x"));
        world->accounts.lists.insert(QStringLiteral("x"), {{QStringLiteral("a"), 5}});
        world->vault.hold = true;
        world->session.switchTo(QStringLiteral("5"));
        QVERIFY(world->session.switching());
        world.reset();
    }

    void countsBytesWhereTheServerDoes() {
        class Facts final : public ServerFacts {
        public:
            ServerTraits traits() const override { return {.dialect = dialect}; }
            Dialect dialect = Dialect::TikGok;
        } facts;
        World world;
        world.session.setServerFacts(&facts);
        QSignalSpy failed(&world.session, &Session::signInFailed);
        const QString eleven = QString(11, QChar(0x6797));  // 33 bytes
        world.session.signIn(eleven, QStringLiteral("password"));
        QCOMPARE(failed.takeFirst().at(2).toInt(), static_cast<int>(Session::NameTooLong));
        facts.dialect = Dialect::Standard;
        world.session.signIn(eleven, QStringLiteral("password"));
        QCOMPARE(world.net.count(), 1);
    }

    // --- the list

    void listsThem() {
        TwoAccounts world;
        AccountsModel model(world.session);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 2);
        const auto at = [&](int row, int role) { return model.data(model.index(row), role); };
        QCOMPARE(at(0, AccountsModel::NameRole).toString(), QStringLiteral("mei"));
        QCOMPARE(at(1, AccountsModel::UserIdRole).toString(), kOtherText);
        QVERIFY(!at(0, AccountsModel::PresentRole).toBool());
        QVERIFY(at(1, AccountsModel::PresentRole).toBool());
        world.session.rememberAvatar(QStringLiteral("http://media/lin.png"));
        QCOMPARE(at(1, AccountsModel::AvatarRole).toString(), QStringLiteral("http://media/lin.png"));
        QSignalSpy data(&model, &QAbstractItemModel::dataChanged);
        world.session.switchTo(kMeText);
        QVERIFY(data.count() > 0);
        QVERIFY(at(0, AccountsModel::PresentRole).toBool());
        world.session.signOut();
        QVERIFY(at(0, AccountsModel::SignedOutRole).toBool());
        QVERIFY(!at(0, AccountsModel::PresentRole).toBool());
        world.session.removeAccount(kMeText);
        QCOMPARE(model.rowCount(), 1);
        world.session.setServer(QStringLiteral("http://elsewhere"));
        QCOMPARE(model.rowCount(), 0);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::AccountsTest)
#include "accounts_test.moc"
