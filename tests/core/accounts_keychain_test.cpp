// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The keychain in each of its moods, and what becomes of the accounts meanwhile.

#include "core/account/session.h"
#include "tests/core/support/two_accounts.h"
#include "tests/core/support/wait.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <optional>

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

namespace {

bool forgets(World& world, const QString& server) {
    const auto done = std::make_shared<std::optional<bool>>();
    test::storeInto(world.session.forgetServer(server, {}), done);
    return waitUntil([&] { return done->has_value(); }) && **done;
}

}  // namespace

class AccountsKeychainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void troubleIsToldApart_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("state");
        const auto row = [](const char* name, VaultError::Kind kind, Session::VaultState state) {
            QTest::newRow(name) << static_cast<int>(kind) << static_cast<int>(state);
        };
        row("locked", VaultError::Kind::Locked, Session::VaultState::Locked);
        row("absent", VaultError::Kind::NoVault, Session::VaultState::Missing);
        row("denied", VaultError::Kind::Denied, Session::VaultState::Denied);
        row("silent", VaultError::Kind::Unavailable, Session::VaultState::Unavailable);
    }
    void troubleIsToldApart() {
        QFETCH(int, kind);
        QFETCH(int, state);
        World world;
        world.session.setServer(QString());
        world.vault.broken = true;
        world.vault.trouble = static_cast<VaultError::Kind>(kind);
        world.vault.tokens.insert(kMei, QStringLiteral("kept"));
        world.accounts.last.insert(QStringLiteral("http://server"), {QStringLiteral("mei"), kMe});
        world.session.setServer(QStringLiteral("http://server"));
        QVERIFY(waitUntil([&] { return !world.session.restoring(); }));
        QCOMPARE(static_cast<int>(world.session.vaultState()), state);
        // Nobody was signed out: the account is known, and comes back with the keychain.
        QCOMPARE(world.session.userName(), QStringLiteral("mei"));
        QCOMPARE(world.session.accounts().size(), 1);
        QVERIFY(!world.session.accounts().constFirst().signedOut);
        world.session.retryVault();
        QVERIFY(waitUntil([&] { return !world.session.vaultBusy() && !world.session.restoring(); }));
        QCOMPARE(static_cast<int>(world.session.vaultState()), state);
        QVERIFY(!world.session.signedIn());
        world.vault.broken = false;
        world.session.retryVault();
        QVERIFY(waitUntil([&] { return world.session.signedIn(); }));
        QCOMPARE(world.session.token(), QStringLiteral("kept"));
        QVERIFY(world.session.vaultState() == Session::VaultState::Ok);
    }

    void memoryCarriesOverAnUnusableVault() {
        World world;
        world.vault.broken = true;
        world.vault.trouble = VaultError::Kind::Locked;
        world.signIn(kMe, "mei", "token-mei");
        QVERIFY(waitUntil([&] { return world.session.vaultState() == Session::VaultState::Locked; }));
        world.signIn(kOther, "lin", "token-lin");
        world.session.switchTo(kMeText);
        QCOMPARE(world.session.token(), QStringLiteral("token-mei"));
        // To another server and back, too.
        world.session.setServer(QStringLiteral("http://elsewhere"));
        world.session.setServer(QStringLiteral("http://server"));
        QCOMPARE(world.session.token(), QStringLiteral("token-mei"));
        QVERIFY(world.vault.tokens.isEmpty());
        world.vault.broken = false;
        world.session.retryVault();
        QVERIFY(waitUntil([&] { return world.session.vaultState() == Session::VaultState::Ok; }));
        QCOMPARE(world.vault.tokens.value(kMei), QStringLiteral("token-mei"));
        QCOMPARE(world.vault.tokens.value(kLin), QStringLiteral("token-lin"));
    }

    // A vault that is well again is seen to be at the next sign-in.
    void theNextOneThatIsKeptEndsTheTrouble() {
        World world;
        world.vault.broken = true;
        world.vault.trouble = VaultError::Kind::Locked;
        world.signIn(kMe, "mei", "token-mei");
        QVERIFY(world.session.vaultState() == Session::VaultState::Locked);
        world.vault.broken = false;
        QSignalSpy state(&world.session, &Session::vaultStateChanged);
        world.signIn(kOther, "lin", "token-lin");
        QVERIFY(world.session.vaultState() == Session::VaultState::Ok);
        QCOMPARE(state.count(), 1);
    }

    // What is still only in memory, or still in the vault, is not said to be in order.
    void aRetryThatFailsSaysSo_data() {
        QTest::addColumn<bool>("signedOut");
        QTest::newRow("a token to keep") << false;
        QTest::newRow("a token to remove") << true;
    }
    void aRetryThatFailsSaysSo() {
        QFETCH(bool, signedOut);
        World world;
        world.vault.broken = !signedOut;
        world.vault.trouble = VaultError::Kind::Locked;
        world.signIn(kMe, "mei", "token-mei");
        if (signedOut) {
            world.vault.broken = true;
            world.session.signOut();
        }
        QVERIFY(world.session.vaultState() == Session::VaultState::Locked);
        world.vault.trouble = VaultError::Kind::Denied;
        // Whoever is signed in stays so, and nothing is read again for them.
        QSignalSpy signedIn(&world.session, &Session::signedInChanged);
        world.session.retryVault();
        QVERIFY(waitUntil([&] { return !world.session.vaultBusy(); }));
        QCOMPARE(signedIn.count(), 0);
        QVERIFY(world.session.vaultState() == Session::VaultState::Denied);
        world.vault.broken = false;
        world.session.retryVault();
        QVERIFY(waitUntil([&] { return !world.session.vaultBusy(); }));
        QVERIFY(world.session.vaultState() == Session::VaultState::Ok);
        QCOMPARE(world.vault.tokens.contains(kMei), !signedOut);
        QCOMPARE(world.session.signedIn(), !signedOut);
    }

    // The vault takes its time to keep a token, and its owner signs out meanwhile.
    void signedOutWhileTheVaultIsAtWork_data() {
        QTest::addColumn<bool>("retry");
        QTest::newRow("signing in") << false;
        QTest::newRow("trying again") << true;
    }
    void signedOutWhileTheVaultIsAtWork() {
        QFETCH(bool, retry);
        World world;
        world.vault.broken = retry;
        world.vault.holdChanges = !retry;
        world.signIn(kMe, "mei", "token-mei");
        QSignalSpy busy(&world.session, &Session::vaultBusyChanged);
        QSignalSpy signedIn(&world.session, &Session::signedInChanged);
        if (retry) {
            world.vault.broken = false;
            world.vault.holdChanges = true;
            world.session.retryVault();
            QVERIFY(world.session.vaultBusy());
            world.session.retryVault();
            QCOMPARE(busy.count(), 1);
        }
        QCOMPARE(signedIn.count(), 0);
        // The removal overtakes: what is kept after it has to go, too.
        world.vault.holdChanges = false;
        world.session.signOut();
        QVERIFY(world.vault.tokens.isEmpty());
        world.vault.heldChanges.finish(true);
        QVERIFY(waitUntil([&] { return !world.session.vaultBusy(); }));
        QCOMPARE(busy.count(), retry ? 2 : 0);
        QCOMPARE(world.vault.tokens, (QHash<QString, QString>()));
        QVERIFY(!world.session.signedIn());
    }

    void aLockedVaultStopsNoSwitchForGood() {
        World world;
        world.session.setServer(QString());
        const QString server = QStringLiteral("http://server");
        world.accounts.lists.insert(server, {{QStringLiteral("mei"), kMe}});
        world.vault.tokens.insert(kMei, QStringLiteral("kept"));
        world.session.setServer(server);
        world.signIn(kOther, "lin", "token-lin");
        world.vault.broken = true;
        world.vault.trouble = VaultError::Kind::Locked;
        QSignalSpy failed(&world.session, &Session::switchFailed);
        world.session.switchTo(kMeText);
        QCOMPARE(failed.takeFirst().at(0).toString(), QStringLiteral("mei"));
        QVERIFY(world.session.vaultState() == Session::VaultState::Locked);
        QCOMPARE(world.session.userIdText(), kOtherText);
        world.vault.broken = false;
        world.session.switchTo(kMeText);
        QCOMPARE(world.session.token(), QStringLiteral("kept"));
        QVERIFY(world.session.vaultState() == Session::VaultState::Ok);
    }

    void whatCouldNotBeRemovedIsRemovedLater() {
        TwoAccounts world;
        world.vault.broken = true;
        world.vault.trouble = VaultError::Kind::Denied;
        world.session.signOut();
        QVERIFY(world.vault.tokens.contains(kLin));
        QVERIFY(world.session.vaultState() == Session::VaultState::Denied);
        // It is not used meanwhile.
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        world.session.switchTo(kOtherText);
        QCOMPARE(needed.count(), 1);
        world.vault.broken = false;
        world.session.retryVault();
        QVERIFY(waitUntil([&] { return !world.vault.tokens.contains(kLin); }));
        QVERIFY(!world.session.signedIn());
    }

    // With their tokens, also of one that is only known as the last. What the vault does not let go of keeps
    // the list, for another try.
    void forgetsAServer_data() {
        QTest::addColumn<int>("trouble");
        QTest::addColumn<bool>("done");
        QTest::newRow("well") << -1 << true;
        QTest::newRow("nothing in it") << static_cast<int>(VaultError::Kind::Absent) << true;
        QTest::newRow("no keychain") << static_cast<int>(VaultError::Kind::NoVault) << true;
        QTest::newRow("locked") << static_cast<int>(VaultError::Kind::Locked) << false;
        QTest::newRow("refused") << static_cast<int>(VaultError::Kind::Denied) << false;
    }
    void forgetsAServer() {
        QFETCH(int, trouble);
        QFETCH(bool, done);
        TwoAccounts world;
        const QString server = QStringLiteral("http://server");
        QVERIFY(!forgets(world, server));  // one is there
        QCOMPARE(world.session.accounts().size(), 2);
        QVERIFY(world.session.signedIn());
        world.session.setServer(QStringLiteral("http://elsewhere"));
        world.accounts.lists.insert(server, {{QStringLiteral("mei"), kMe}});
        QVERIFY(world.accounts.last.contains(server));
        world.vault.broken = trouble >= 0;
        world.vault.trouble = static_cast<VaultError::Kind>(trouble);
        QCOMPARE(forgets(world, server), done);
        QCOMPARE(world.accounts.lists.value(server).isEmpty(), done);
        QCOMPARE(!world.accounts.last.contains(server), done);
        QCOMPARE(world.vault.tokens.isEmpty(), trouble < 0);
        QCOMPARE(world.session.vaultState() == Session::VaultState::Ok, done);
        QCOMPARE(world.session.accountCount(server), done ? 0 : 1);
        world.vault.broken = false;
        QVERIFY(forgets(world, server));
        QVERIFY(world.accounts.lists.value(server).isEmpty());
        QVERIFY(!world.accounts.last.contains(server));
        // Nor does this run remember a session.
        world.vault.tokens.clear();
        world.accounts.lists.insert(server, {{QStringLiteral("mei"), kMe}, {QStringLiteral("lin"), kOther}});
        world.session.setServer(server);
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        world.session.switchTo(kMeText);
        QVERIFY(waitUntil([&] { return needed.count() == 1; }));
        world.session.switchTo(kOtherText);
        QVERIFY(waitUntil([&] { return needed.count() == 2; }));
        QVERIFY(!world.session.signedIn());
    }

    // Somebody goes there after all while the vault is at work: its accounts are wanted.
    void isUsedWhileItIsForgotten() {
        TwoAccounts world;
        const QString server = QStringLiteral("http://server");
        world.session.setServer(QStringLiteral("http://elsewhere"));
        world.vault.holdChanges = true;
        const auto done = std::make_shared<std::optional<bool>>();
        test::storeInto(world.session.forgetServer(server, {}), done);
        world.session.setServer(server);
        world.vault.heldChanges.finish(true);
        QVERIFY(waitUntil([&] { return done->has_value(); }));
        QVERIFY(!**done);
        QCOMPARE(world.session.accounts().size(), 2);
    }

    // A token of an account that was removed while the vault refused.
    void whatWasLeftBehindGoesWithTheServer() {
        TwoAccounts world;
        world.vault.broken = true;
        world.vault.trouble = VaultError::Kind::Denied;
        world.session.removeAccount(kMeText);
        QVERIFY(world.vault.tokens.contains(kMei));
        world.session.setServer(QStringLiteral("http://elsewhere"));
        world.vault.broken = false;
        QVERIFY(forgets(world, QStringLiteral("http://server")));
        QVERIFY(world.vault.tokens.isEmpty());
    }

    // The vault takes its time with mei's token, and meanwhile something else is decided.
    void slowSwitchIsOvertaken_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("then");
        const auto row = [](const char* what, const QString& then) {
            QTest::newRow(what) << QString::fromLatin1(what) << then;
        };
        row("sign in", QStringLiteral("99"));
        row("sign in under way", QStringLiteral("99"));
        row("sign in refused", kOtherText);
        row("enter", QStringLiteral("99"));
        row("another switch", QStringLiteral("99"));
        row("sign out of it", kOtherText);
        row("remove it", kOtherText);
        row("sign out", QString());
        row("remove a third", kMeText);
    }
    void slowSwitchIsOvertaken() {
        QFETCH(QString, what);
        QFETCH(QString, then);
        World world;
        world.session.setServer(QString());
        const QString server = QStringLiteral("http://server");
        world.vault.tokens = {{kMei, QStringLiteral("kept-mei")}, {kLin, QStringLiteral("kept-lin")}};
        world.accounts.lists.insert(
            server,
            {{QStringLiteral("mei"), kMe}, {QStringLiteral("lin"), kOther}, {QStringLiteral("bo"), 5}});
        world.accounts.last.insert(server, {QStringLiteral("lin"), kOther});
        world.session.setServer(server);
        QVERIFY(waitUntil([&] { return world.session.signedIn(); }));
        if (what == QLatin1String("another switch")) {
            world.signIn(99, "tom", "token-tom");
            world.session.switchTo(kOtherText);
        }
        world.vault.hold = true;
        const bool underWay = what == QLatin1String("sign in under way");
        if (underWay) {
            world.session.signIn(QStringLiteral("tom"), QStringLiteral("password"));
        }
        world.session.switchTo(kMeText);
        QVERIFY(world.session.switching());
        if (what == QLatin1String("sign in")) {
            world.signIn(99, "tom", "token-tom");
        } else if (underWay) {
            world.net.finish(0, contract::writeAccount(99, "token-tom"));
        } else if (what == QLatin1String("sign in refused")) {
            world.net.reply(test::failure(30001, "no"));
            world.session.signIn(QStringLiteral("tom"), QStringLiteral("password"));
            QVERIFY(waitUntil([&] { return !world.session.busy(); }));
        } else if (what == QLatin1String("enter")) {
            world.session.enter(QStringLiteral("tom"), 99, QStringLiteral("token-tom"));
        } else if (what == QLatin1String("another switch")) {
            world.session.switchTo(QStringLiteral("99"));
        } else if (what == QLatin1String("sign out of it")) {
            world.session.signOutOf(kMeText);
        } else if (what == QLatin1String("remove it")) {
            world.session.removeAccount(kMeText);
        } else if (what == QLatin1String("sign out")) {
            world.session.signOut();
        } else {
            world.session.removeAccount(QStringLiteral("5"));
        }
        QCOMPARE(world.session.switching(), what == QLatin1String("remove a third"));
        world.vault.held.finish(true);  // the vault comes up with mei's token after all
        QVERIFY(!world.session.switching());
        QCOMPARE(world.session.userIdText(), then);
    }

    // The server takes "mei" for "Mei", and the name that was typed last counts.
    void anotherSpellingLeavesNoTokenBehind() {
        World world;
        world.signIn(kMe, "Mei", "token-1");
        QVERIFY(world.vault.tokens.contains(QStringLiteral("http://server|Mei")));
        world.signIn(kMe, "mei", "token-2");
        QCOMPARE(world.session.accounts().size(), 1);
        QCOMPARE(world.session.accounts().constFirst().userName, QStringLiteral("mei"));
        QCOMPARE(world.vault.tokens, (QHash<QString, QString>{{kMei, QStringLiteral("token-2")}}));
        QCOMPARE(world.session.token(), QStringLiteral("token-2"));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::AccountsKeychainTest)
#include "accounts_keychain_test.moc"
