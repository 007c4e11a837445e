// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Accounts and servers as people use them.

#include "tests/qml/support/rest.h"
#include "tests/qml/support/stage_settings.h"
#include "tests/qml/support/test_main.h"

#include <QAccessible>
#include <QFileInfo>
#include <QSignalSpy>

namespace tikgok::test {

using Rule = StageServer::Rule;

namespace {

const QString kFeedPath = QStringLiteral("/douyin/feed/");

// A comment that waits for its turn.
Intent waitingComment(const QString& account, const QString& text) {
    Intent comment;
    comment.account = account;
    comment.kind = IntentKind::Comment;
    comment.target = 1;
    comment.text = text;
    return comment;
}

// A key that somebody keeps down.
void repeatKey(Stage& stage, Qt::Key key) {
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier, QString(), true);
    QCoreApplication::sendEvent(stage.window(), &event);
}

QString nameOf(Stage& stage, const QString& name) {
    QQuickItem* item = stage.find(name);
    QAccessibleInterface* at = item ? QAccessible::queryAccessibleInterface(item) : nullptr;
    return at ? at->text(QAccessible::Name) : QString();
}

}  // namespace

class AccountPagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // --- accounts

    void switchesAccounts() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.session.signIn(QStringLiteral("林小满"), QStringLiteral("tikgok123"));
        QTRY_VERIFY(stage.session.signedIn());
        const QString lin = stage.session.userIdText();
        stage.feed.videoAt(0)->toggleLike();
        QTRY_VERIFY(stage.feed.videoAt(0)->liked() && !stage.feed.videoAt(0)->likePending());
        openRow(stage, "accountsRow", "addAccount");
        click(stage, QStringLiteral("addAccount"));
        QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
        QVERIFY(stage.session.signedIn());
        QCOMPARE(stage.object(QStringLiteral("nameField"))->property("text").toString(), QString());
        QTRY_VERIFY(stage.focused());
        typeText(stage, QStringLiteral("mika"));
        QTest::keyClick(stage.window(), Qt::Key_Return);
        typeText(stage, QStringLiteral("tikgok123"));
        // The stage's server knows one list of likes: only what is known before it answers is of interest.
        stage.server.rule(kFeedPath, {.kind = Rule::Kind::Hang});
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_COMPARE(stage.session.userName(), QStringLiteral("mika"));
        QTRY_VERIFY(!stage.find(QStringLiteral("submitButton")));
        const QString mika = stage.session.userIdText();
        // Nothing of the former viewer.
        QVERIFY(!stage.feed.videoAt(0) || !stage.feed.videoAt(0)->liked());
        stage.server.clearRules();
        stage.server.letGo();
        QCOMPARE(stage.accounts.count(), 2);
        click(stage, QStringLiteral("account") + lin);
        QTRY_COMPARE(stage.session.userIdText(), lin);
        // Signing out of the other: it stays in the list, and asks.
        click(stage, QStringLiteral("accountMore") + mika);
        QTRY_VERIFY(stage.find(QStringLiteral("signOutAccount")));
        click(stage, QStringLiteral("signOutAccount"));
        QTRY_VERIFY(stage.accounts.data(stage.accounts.index(1), AccountsModel::SignedOutRole).toBool());
        QTRY_VERIFY(!stage.find(QStringLiteral("signOutAccount")));
        click(stage, QStringLiteral("account") + mika);
        QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
        QCOMPARE(stage.object(QStringLiteral("nameField"))->property("text").toString(),
                 QStringLiteral("mika"));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(!stage.find(QStringLiteral("submitButton")));
        QCOMPARE(stage.session.userIdText(), lin);
        // Removing is asked twice.
        click(stage, QStringLiteral("accountMore") + mika);
        click(stage, QStringLiteral("removeAccount"));
        QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep")));
        QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(!stage.find(QStringLiteral("confirmKeep")));
        QCOMPARE(stage.accounts.count(), 2);
        click(stage, QStringLiteral("accountMore") + mika);
        // Not where the keyboard was the last time.
        QTRY_VERIFY(stage.find(QStringLiteral("switchAccount")));
        QVERIFY(stage.find(QStringLiteral("switchAccount"))->hasActiveFocus());
        click(stage, QStringLiteral("removeAccount"));
        QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
        click(stage, QStringLiteral("confirmAction"));
        QTRY_COMPARE(stage.accounts.count(), 1);
        QVERIFY(stage.session.signedIn());
        QCOMPARE(stage.warnings(), QStringList());
    }

    void draftsStayWithTheirAccount() {
        Stage stage;
        QVERIFY(stage.open(QSize(1200, 800)));
        stage.start();
        stage.session.signIn(QStringLiteral("林小满"), QStringLiteral("tikgok123"));
        QTRY_VERIFY(stage.session.signedIn());
        const QString lin = stage.session.userIdText();
        stage.signIn();
        QTRY_COMPARE(stage.session.userName(), QStringLiteral("mika"));
        QTRY_VERIFY(stage.feed.videoAt(0));
        stage.comments.setVideo(stage.feed.videoAt(0));
        stage.comments.setDraft(QStringLiteral("mika's own"));
        stage.session.switchTo(lin);
        QTRY_COMPARE(stage.session.userIdText(), lin);
        QTRY_VERIFY(stage.feed.videoAt(0));
        stage.comments.setVideo(stage.feed.videoAt(0));
        QCOMPARE(stage.comments.draft(), QString());
        stage.signIn();
        QTRY_COMPARE(stage.session.userName(), QStringLiteral("mika"));
        QTRY_VERIFY(stage.feed.videoAt(0));
        stage.comments.setVideo(stage.feed.videoAt(0));
        QCOMPARE(stage.comments.draft(), QStringLiteral("mika's own"));
    }

    void keychainTrouble_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("locked") << static_cast<int>(VaultError::Kind::Locked) << QStringLiteral("is locked");
        QTest::newRow("absent") << static_cast<int>(VaultError::Kind::NoVault)
                                << QStringLiteral("no keychain");
        QTest::newRow("denied") << static_cast<int>(VaultError::Kind::Denied) << QStringLiteral("refused");
        QTest::newRow("silent") << static_cast<int>(VaultError::Kind::Unavailable)
                                << QStringLiteral("does not answer");
    }
    void keychainTrouble() {
        QFETCH(int, kind);
        QFETCH(QString, words);
        Stage stage;
        stage.keychain.trouble = static_cast<VaultError::Kind>(kind);
        QVERIFY(startInEnglish(stage));
        QVERIFY(!stage.find(QStringLiteral("vaultBanner")));
        stage.signIn();
        QTRY_VERIFY(stage.find(QStringLiteral("vaultBanner")));
        QVERIFY2(textOf(stage, QStringLiteral("vaultBanner")).contains(words),
                 qPrintable(textOf(stage, QStringLiteral("vaultBanner"))));
        QVERIFY(stage.session.signedIn());
        QVERIFY(!QFileInfo::exists(stage.filePath(QStringLiteral("tokens.json"))));
        click(stage, QStringLiteral("tryVaultAgain"));
        QTRY_VERIFY(!stage.session.vaultBusy());
        QVERIFY(stage.find(QStringLiteral("vaultBanner")));
        // In so many words, and only then.
        click(stage, QStringLiteral("vaultMore"));
        QTRY_VERIFY(stage.find(QStringLiteral("plainTextToggle")));
        QVERIFY(textOf(stage, QStringLiteral("vaultTitle")).contains(words));
        flip(stage, "plainTextToggle");
        QTRY_VERIFY(QFileInfo::exists(stage.filePath(QStringLiteral("tokens.json"))));
        QTRY_VERIFY(stage.find(QStringLiteral("plainBanner")));
        QVERIFY(!stage.find(QStringLiteral("vaultBanner")));
        // Once dismissed it stays away from whoever has dismissed it, also after the next start.
        QMetaObject::invokeMethod(stage.find(QStringLiteral("plainBanner")), "dismissed");
        QTRY_VERIFY(!stage.find(QStringLiteral("plainBanner")));
        const QString me = QStringLiteral("http://stage.test|") + stage.session.property("userId").toString();
        QCOMPARE(stage.settings.plainTextSeen(), QStringList{me});
        // The way back is refused while the keychain is in trouble, and open afterwards.
        click(stage, QStringLiteral("useKeychain"));
        QTRY_VERIFY(stage.find(QStringLiteral("moveFailed")));
        QVERIFY(stage.vault.plainText());
        stage.keychain.trouble.reset();
        click(stage, QStringLiteral("useKeychain"));
        QTRY_VERIFY(!stage.vault.plainText());
        QTRY_VERIFY(!stage.find(QStringLiteral("plainBanner")));
        QVERIFY(!QFileInfo::exists(stage.filePath(QStringLiteral("tokens.json"))));
        QTRY_VERIFY(stage.session.vaultState() == Session::VaultState::Ok);
        QVERIFY(stage.session.signedIn());
        QCOMPARE(stage.warnings(), QStringList());
    }

    // --- servers

    void addsTestsAndUsesAServer() {
        Stage stage;
        QVERIFY(startInEnglish(stage));
        openRow(stage, "serversRow", "addServer");
        click(stage, QStringLiteral("addServer"));
        QTRY_VERIFY(stage.find(QStringLiteral("saveServer")));
        QTRY_VERIFY(stage.find(QStringLiteral("serverAddressInput"))->hasActiveFocus());
        QObject* address = stage.object(QStringLiteral("serverAddress"));
        // Nothing is wrong before anybody typed.
        QCOMPARE(address->property("problem").toString(), QString());
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QVERIFY(!address->property("problem").toString().isEmpty());
        typeText(stage, QStringLiteral("ftp://home"));
        QVERIFY(address->property("problem").toString().contains(QLatin1String("https://")));
        stage.find(QStringLiteral("serverAddressInput"))->setProperty("text", QString());
        typeText(stage, QStringLiteral("home:8080"));
        QVERIFY(address->property("problem").toString().isEmpty());
        QVERIFY(address->property("hint").toString().contains(QLatin1String("http://home:8080")));
        click(stage, QStringLiteral("testAddress"));
        QTRY_VERIFY(nameOf(stage, QStringLiteral("formReport")).contains(QLatin1String("TikGok can use it")));
        QVERIFY(nameOf(stage, QStringLiteral("formReport")).contains(QLatin1String("Standard server")));
        click(stage, QStringLiteral("saveServer"));
        QTRY_VERIFY(!stage.find(QStringLiteral("saveServer")));
        QCOMPARE(stage.servers.count(), 3);
        click(stage, QStringLiteral("useServer2"));
        QTRY_COMPARE(stage.link.key(), QStringLiteral("http://home:8080"));
        QCOMPARE(stage.servers.presentRow(), stage.servers.count() - 1);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void removingAServerSaysWhatGoes() {
        Stage stage;
        QVERIFY(startInEnglish(stage));
        const QString home = QStringLiteral("http://home:8080");
        stage.servers.add(QStringLiteral("Home"), home);
        stage.servers.add(QStringLiteral("Bare"), QStringLiteral("http://bare:8080"));
        keepFor(stage, home);
        openRow(stage, "serversRow", "addServer");
        // By the order of the book: built in, the stage's, these.
        click(stage, QStringLiteral("removeServer2"));
        QTRY_VERIFY(stage.find(QStringLiteral("confirmText")));
        const QString losses = textOf(stage, QStringLiteral("confirmText"));
        QVERIFY2(losses.contains(QLatin1String("2 writes wait for this server and will not be sent.")),
                 qPrintable(losses));
        QVERIFY2(losses.contains(QLatin1String("1 draft is deleted.")), qPrintable(losses));
        // A text was not recorded.
        QVERIFY2(!losses.contains(QLatin1String("recorded")), qPrintable(losses));
        QVERIFY2(losses.contains(QLatin1String("1 account is signed out")), qPrintable(losses));
        // What loses nothing has the keyboard.
        QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep"))->hasActiveFocus());
        click(stage, QStringLiteral("confirmKeep"));
        QTRY_VERIFY(!stage.find(QStringLiteral("confirmText")));
        QCOMPARE(stage.servers.writesOf(2), 2);
        // A vault that does not let go: nothing of it is lost sight of.
        stage.keychain.trouble = VaultError::Kind::Locked;
        click(stage, QStringLiteral("removeServer2"));
        QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
        click(stage, QStringLiteral("confirmAction"));
        QTRY_VERIFY(textOf(stage, QStringLiteral("toasts")).contains(QLatin1String("could not be removed")));
        QCOMPARE(stage.servers.count(), 4);
        QCOMPARE(stage.servers.accountsOf(2), 1);
        stage.keychain.trouble.reset();
        click(stage, QStringLiteral("removeServer2"));
        QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
        click(stage, QStringLiteral("confirmAction"));
        QTRY_COMPARE(stage.servers.count(), 3);
        QCOMPARE(stage.outbox.openCount(home + QStringLiteral("|5")), 0);
        QVERIFY(stage.settings.accounts(home).isEmpty());
        QCOMPARE(stage.drafts.draft(home + QStringLiteral("|5"), QStringLiteral("1")), QString());
        // Where nothing goes along, nothing is asked.
        click(stage, QStringLiteral("removeServer2"));
        QTRY_COMPARE(stage.servers.count(), 2);
        QCOMPARE(stage.warnings(), QStringList());
    }

    // Sentences follow each other as the language wants it: without a space in Chinese.
    void lossesAreOneTextInChinese() {
        Stage stage;
        stage.setLanguage(QStringLiteral("zh_CN"));
        QVERIFY(stage.open());
        stage.start();
        openServersWithHome(stage);
        click(stage, QStringLiteral("removeServer2"));
        QTRY_VERIFY(stage.find(QStringLiteral("confirmText")));
        const QString losses = textOf(stage, QStringLiteral("confirmText"));
        QCOMPARE(losses.count(QStringLiteral("。")), 4);
        QVERIFY2(!losses.contains(QStringLiteral("。 ")), qPrintable(losses));
        // They follow the language while the question stands.
        stage.setLanguage(QStringLiteral("en"));
        QVERIFY(textOf(stage, QStringLiteral("confirmText")).contains(QLatin1String("1 draft is deleted.")));
        QCOMPARE(textOf(stage, QStringLiteral("sheetTitle")), QStringLiteral("Remove Home?"));
        click(stage, QStringLiteral("confirmKeep"));
        click(stage, QStringLiteral("editServer2"));
        QTRY_VERIFY(stage.find(QStringLiteral("serverAddressInput")));
        stage.find(QStringLiteral("serverAddressInput"))->setProperty("text", QStringLiteral("house:8080"));
        click(stage, QStringLiteral("saveServer"));
        QTRY_VERIFY(
            textOf(stage, QStringLiteral("editLosses")).contains(QLatin1String("1 draft is deleted.")));
        stage.setLanguage(QStringLiteral("zh_CN"));
        QVERIFY(!textOf(stage, QStringLiteral("editLosses")).contains(QLatin1String("draft")));
    }

    // A double click on what asks is no answer.
    void doubleClicksAnswerNothing() {
        Stage stage;
        QVERIFY(startInEnglish(stage));
        stage.signIn();
        const QString me = stage.session.userIdText();
        openRow(stage, "accountsRow", "addAccount");
        click(stage, QStringLiteral("accountMore") + me);
        QTRY_VERIFY(stage.find(QStringLiteral("removeAccount")));
        QVERIFY(waitUntilItStands(stage.find(QStringLiteral("removeAccount"))));
        clickTwice(stage, "removeAccount");
        QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep")));
        QCOMPARE(stage.accounts.count(), 1);
        QVERIFY(stage.session.signedIn());
    }
    void doubleClicksMoveNoServer() {
        Stage stage;
        QVERIFY(startInEnglish(stage));
        const QString home = openServersWithHome(stage);
        click(stage, QStringLiteral("editServer2"));
        QTRY_VERIFY(stage.find(QStringLiteral("serverAddressInput")));
        stage.find(QStringLiteral("serverAddressInput"))->setProperty("text", QStringLiteral("house:8080"));
        QVERIFY(waitUntilItStands(stage.find(QStringLiteral("saveServer"))));
        clickTwice(stage, "saveServer");
        QTRY_VERIFY(stage.find(QStringLiteral("editLosses")));
        QCOMPARE(stage.servers.rowWithAddress(home), 2);
    }
    // The second half comes when the question is already there.
    void doubleClicksConfirmNothing() {
        Stage stage;
        QVERIFY(startInEnglish(stage));
        const QString home = openServersWithHome(stage);
        click(stage, QStringLiteral("removeServer2"));
        QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
        QVERIFY(waitUntilItStands(stage.find(QStringLiteral("confirmAction"))));
        const QPointF middle = middleOf(stage.find(QStringLiteral("confirmAction")));
        for (const auto type :
             {QEvent::MouseButtonPress, QEvent::MouseButtonDblClick, QEvent::MouseButtonRelease}) {
            QMouseEvent half(type, middle, stage.window()->mapToGlobal(middle), Qt::LeftButton,
                             type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, {});
            QCoreApplication::sendEvent(stage.window(), &half);
        }
        QVERIFY(stage.object(QStringLiteral("removalSheet"))->property("opened").toBool());
        QTest::mouseClick(stage.window(), Qt::LeftButton, {}, middle.toPoint());
        QTRY_COMPARE(stage.servers.rowWithAddress(home), -1);
    }

    // What is the matter is said in whole words, whatever room there is.
    void keychainBannerIsWhole_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("phone") << QSize(390, 844);
        QTest::newRow("small") << QSize(320, 640);
        QTest::newRow("desktop") << QSize(1200, 800);
    }
    void keychainBannerIsWhole() {
        QFETCH(QSize, size);
        Stage stage;
        QVERIFY(stage.open(size));
        stage.settings.setTextScale(2);
        stage.start();
        for (const auto kind : {VaultError::Kind::Locked, VaultError::Kind::NoVault, VaultError::Kind::Denied,
                                VaultError::Kind::Unavailable}) {
            stage.keychain.trouble = kind;
            stage.signIn();
            QTRY_VERIFY(stage.find(QStringLiteral("vaultBanner")));
            for (const char* language : {"en", "zh_CN"}) {
                stage.setLanguage(QLatin1StringView(language));
                QVERIFY(waitForRest(stage.window()));
                for (const QQuickItem* part : stage.find(QStringLiteral("vaultBanner"))->childItems()) {
                    QVERIFY2(!part->property("truncated").toBool(),
                             qPrintable(part->property("text").toString()));
                }
            }
        }
    }

    void anotherAddressSaysWhatGoes() {
        Stage stage;
        QVERIFY(startInEnglish(stage));
        const QString home = openServersWithHome(stage);
        click(stage, QStringLiteral("editServer2"));
        QTRY_VERIFY(stage.find(QStringLiteral("serverAddressInput")));
        QTRY_VERIFY(stage.find(QStringLiteral("serverAddressInput"))->hasActiveFocus());
        stage.find(QStringLiteral("serverAddressInput"))->setProperty("text", QString());
        typeText(stage, QStringLiteral("house:8080"));
        click(stage, QStringLiteral("saveServer"));
        QTRY_VERIFY(stage.find(QStringLiteral("editLosses")));
        QVERIFY(textOf(stage, QStringLiteral("editLosses")).contains(QLatin1String("2 writes wait")));
        QCOMPARE(stage.servers.writesOf(2), 2);
        // Whoever types on is asked again.
        stage.find(QStringLiteral("serverAddressInput"))->forceActiveFocus();
        typeText(stage, QStringLiteral("/x"));
        QTRY_VERIFY(!stage.find(QStringLiteral("editLosses")));
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(stage.find(QStringLiteral("editLosses")));
        // Enter once more, or a key that is held, is no consent.
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QVERIFY(stage.find(QStringLiteral("editLosses")));
        stage.find(QStringLiteral("saveServer"))->forceActiveFocus();
        repeatKey(stage, Qt::Key_Return);
        QVERIFY(stage.find(QStringLiteral("editLosses")));
        QCOMPARE(stage.servers.writesOf(2), 2);
        click(stage, QStringLiteral("saveServer"));
        QTRY_COMPARE(stage.outbox.openCount(home + QStringLiteral("|5")), 0);
        QTRY_COMPARE(stage.servers.count(), 3);
        QCOMPARE(stage.servers.data(stage.servers.index(2), ServersModel::AddressRole).toString(),
                 QStringLiteral("http://house:8080/x"));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void saysThatTheSessionEnded_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("ended");
        QTest::addColumn<QString>("like");
        QTest::newRow("en") << QStringLiteral("en") << QStringLiteral("The server has ended your session")
                            << QStringLiteral("Your like is kept");
        QTest::newRow("zh_CN") << QStringLiteral("zh_CN") << QStringLiteral("服务器结束了你的登录")
                               << QStringLiteral("点赞");
    }
    void saysThatTheSessionEnded() {
        QFETCH(QString, language);
        QFETCH(QString, ended);
        QFETCH(QString, like);
        Stage stage;
        stage.setLanguage(language);
        QVERIFY(stage.open());
        stage.start();
        // Nothing has ended for a stranger.
        stage.session.whenSignedIn(&stage, QStringLiteral("like"), [](bool) {});
        QTRY_VERIFY(stage.find(QStringLiteral("signInReason")));
        QVERIFY(!stage.find(QStringLiteral("expiredNote")));
        stage.signIn();
        QTRY_VERIFY(!stage.find(QStringLiteral("signInReason")));
        stage.session.reportSignedOut(stage.session.token());
        QVERIFY(stage.session.expired());
        stage.session.whenSignedIn(&stage, QStringLiteral("like"), [](bool) {});
        QTRY_VERIFY(stage.find(QStringLiteral("expiredNote")));
        QVERIFY(textOf(stage, QStringLiteral("expiredNote")).contains(ended));
        QVERIFY(textOf(stage, QStringLiteral("signInReason")).contains(like));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(!stage.find(QStringLiteral("signInReason")));
        // Said once.
        stage.session.requestAccount();
        QTRY_VERIFY(stage.find(QStringLiteral("signInReason")));
        QVERIFY(textOf(stage, QStringLiteral("signInReason")).contains(ended));
        QVERIFY(!stage.find(QStringLiteral("expiredNote")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    // Those whose session goes on are one press away from where it says that this one has ended.
    void endedSessionLeadsToTheOthers() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.signIn();
        const QString row = QStringLiteral("account%1").arg(stage.session.userId());
        stage.session.reportSignedOut(stage.session.token());
        stage.press(QStringLiteral("navMe"));
        QTRY_VERIFY(stage.find(QStringLiteral("accountSignIn")));
        stage.press(QStringLiteral("accountsRow"));
        QTRY_VERIFY(stage.find(row));
        QCOMPARE(stage.warnings(), QStringList());
    }

    // In the unit in which the server counts, and with nothing of the last time in the field.
    void namesThatAreTooLong_data() {
        QTest::addColumn<Dialect>("dialect");
        QTest::addColumn<QString>("words");
        QTest::newRow("characters") << Dialect::Standard << QStringLiteral("32 character");
        QTest::newRow("bytes") << Dialect::TikGok << QStringLiteral("32 byte");
    }
    void namesThatAreTooLong() {
        QFETCH(Dialect, dialect);
        QFETCH(QString, words);
        struct Facts : ServerFacts {
            [[nodiscard]] ServerTraits traits() const override { return traits_; }
            ServerTraits traits_;
        } facts;
        facts.traits_.dialect = dialect;
        Stage stage;
        stage.session.setServerFacts(&facts);
        QVERIFY(stage.open());
        stage.start();
        stage.session.requestAccount();
        QTRY_VERIFY(stage.find(QStringLiteral("nameField")));
        stage.find(QStringLiteral("nameField"))->setProperty("text", QString(33, QLatin1Char('n')));
        stage.find(QStringLiteral("passwordField"))->setProperty("text", QStringLiteral("secret"));
        stage.press(QStringLiteral("submitButton"));
        QTRY_VERIFY(stage.find(QStringLiteral("nameField"))->property("problem").toString().contains(words));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(!stage.find(QStringLiteral("nameField")));
        stage.session.requestAccount();
        QTRY_VERIFY(stage.find(QStringLiteral("passwordField")));
        QCOMPARE(stage.find(QStringLiteral("passwordField"))->property("text").toString(), QString());
        stage.session.setServerFacts(nullptr);
    }

    // Why somebody would want to go back to another account.
    void accountsSayWhatWaits() {
        Stage stage;
        QVERIFY(startInEnglish(stage));
        showPage(stage, QStringLiteral("accounts"));
        const QString other = QString::number(stage.session.accounts().constFirst().userId);
        QVERIFY(other != stage.session.userIdText());
        const auto status = [&] {
            QQuickItem* row = stage.find(QStringLiteral("account") + other);
            return row ? row->property("status").toString() : QString();
        };
        QTRY_COMPARE(status(), QStringLiteral("Signed in"));
        const Intent comment =
            waitingComment(stage.session.server() + QLatin1Char('|') + other, QStringLiteral("x"));
        const IntentId first = stage.outbox.put(comment);
        QTRY_VERIFY2(status().contains(QLatin1String("1 write waits to be sent")), qPrintable(status()));
        stage.outbox.put(comment);
        QTRY_VERIFY2(status().contains(QLatin1String("2 writes wait to be sent")), qPrintable(status()));
        stage.outbox.discard(first);
        QTRY_VERIFY(status().contains(QLatin1String("1 write waits")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void saysWhatIsWrongWithAServer_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("link");
        QTest::addColumn<QString>("words");
        QTest::newRow("nobody") << static_cast<int>(ErrorKind::Offline)
                                << static_cast<int>(LinkProblem::Refused)
                                << QStringLiteral("no server listens");
        QTest::newRow("no host") << static_cast<int>(ErrorKind::Offline)
                                 << static_cast<int>(LinkProblem::NoSuchHost)
                                 << QStringLiteral("no server of this name");
        QTest::newRow("tls") << static_cast<int>(ErrorKind::Offline) << static_cast<int>(LinkProblem::Tls)
                             << QStringLiteral("No safe connection");
        QTest::newRow("slow") << static_cast<int>(ErrorKind::Timeout) << static_cast<int>(LinkProblem::None)
                              << QStringLiteral("No answer");
        QTest::newRow("cut") << static_cast<int>(ErrorKind::Cut) << static_cast<int>(LinkProblem::None)
                             << QStringLiteral("was cut");
    }
    void saysWhatIsWrongWithAServer() {
        QFETCH(int, kind);
        QFETCH(int, link);
        QFETCH(QString, words);
        Stage stage;
        QVERIFY(startInEnglish(stage));
        stage.server.rule(QStringLiteral("/ping"), {.kind = Rule::Kind::Fail,
                                                    .error = static_cast<ErrorKind>(kind),
                                                    .link = static_cast<LinkProblem>(link)});
        openRow(stage, "serversRow", "addServer");
        click(stage, QStringLiteral("addServer"));
        QTRY_VERIFY(stage.find(QStringLiteral("serverAddressInput")));
        stage.find(QStringLiteral("serverAddressInput"))->setProperty("text", QStringLiteral("home"));
        click(stage, QStringLiteral("testAddress"));
        QTRY_VERIFY2(nameOf(stage, QStringLiteral("formReport")).contains(words),
                     qPrintable(nameOf(stage, QStringLiteral("formReport"))));
    }

    void silentServerIsSaidCalmly() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(!stage.find(QStringLiteral("silentBanner")));
        QSignalSpy recovered(&stage.health, &ServerHealth::recovered);
        stage.server.rule(kFeedPath, {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
        stage.server.rule(QStringLiteral("/ping"), {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
        for (int i = 0; i < 2; ++i) {
            stage.feed.refresh();
            QTRY_VERIFY(!stage.feed.refreshing());
        }
        QTRY_VERIFY(stage.find(QStringLiteral("silentBanner")));
        click(stage, QStringLiteral("tryServerAgain"));
        QTRY_VERIFY(!stage.health.trying());
        QVERIFY(stage.find(QStringLiteral("silentBanner")));
        click(stage, QStringLiteral("anotherServer"));
        QTRY_VERIFY(stage.find(QStringLiteral("addServer")));
        // What was found when it answered is not shown as if it were so now.
        const QString report = QStringLiteral("serverReport%1").arg(stage.servers.presentRow());
        QTRY_VERIFY2(nameOf(stage, report).contains(QLatin1StringView("does not answer")),
                     qPrintable(nameOf(stage, report)));
        // Nor what was found when it did not, once it does.
        click(stage, QStringLiteral("testServer%1").arg(stage.servers.presentRow()));
        QTRY_VERIFY2(nameOf(stage, report).contains(QLatin1StringView("No connection")),
                     qPrintable(nameOf(stage, report)));
        QTRY_VERIFY(!stage.health.trying());
        stage.server.clearRules();
        click(stage, QStringLiteral("tryServerAgain"));
        QTRY_VERIFY(!stage.find(QStringLiteral("silentBanner")));
        QTRY_VERIFY2(nameOf(stage, report).contains(QLatin1StringView("It answers")),
                     qPrintable(nameOf(stage, report)));
        QCOMPARE(recovered.count(), 1);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void commandLineServerSaysSo() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.servers.setPresent(QStringLiteral("http://elsewhere:99"), {}, true);
        openRow(stage, "serversRow", "addServer");
        QVERIFY(stage.find(QStringLiteral("forThisRunNote")));
    }

private:
    // What waits for a server, and whose it is.
    static void keepFor(Stage& stage, const QString& server) {
        const QString mei = server + QStringLiteral("|5");
        stage.outbox.put(waitingComment(mei, QStringLiteral("x")));
        stage.outbox.put(waitingComment(mei, QStringLiteral("y")));
        stage.drafts.setDraft(mei, QStringLiteral("1"), QStringLiteral("half a"));
        stage.settings.setAccounts(server, {{.userName = QStringLiteral("mei"), .userId = 5}});
    }
    // The page of servers, with one in row 2 that something is kept for. Returns its address.
    static QString openServersWithHome(Stage& stage) {
        const auto home = QStringLiteral("http://home:8080");
        stage.servers.add(QStringLiteral("Home"), home);
        keepFor(stage, home);
        openRow(stage, "serversRow", "addServer");
        return home;
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::AccountPagesTest)
#include "account_pages_test.moc"
