// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Accounts, servers, settings, keys and diagnostics as people use them. Each setting is tested by what it
// does.
#include "tests/qml/support/audit.h"
#include "tests/qml/support/test_main.h"
#include "tests/qml/support/tree_audit.h"

#include <QAccessible>
#include <QFileInfo>
#include <QMetaEnum>
#include <QSignalSpy>

namespace tikgok::test {

using Rule = StageServer::Rule;

namespace {

const QString kFeedPath = QStringLiteral("/douyin/feed/");

void typeText(Stage& stage, const QString& text) {
    for (const QChar c : text) {
        QTest::keyClick(stage.window(), c.toLatin1());
    }
}

bool startInEnglish(Stage& stage) {
    stage.setLanguage(QStringLiteral("en"));
    if (!stage.open()) {
        return false;
    }
    stage.start();
    return true;
}

// A comment that waits for its turn.
Intent waitingComment(const QString& account, const QString& text) {
    Intent comment;
    comment.account = account;
    comment.kind = IntentKind::Comment;
    comment.target = 1;
    comment.text = text;
    return comment;
}

void openSettings(Stage& stage) {
    QTest::keyClick(stage.window(), Qt::Key_S);
    QTRY_VERIFY(stage.find(QStringLiteral("themeChoice")));
}

// From the settings to one of their pages, by its row.
void openRow(Stage& stage, const char* row, const char* landmark) {
    openSettings(stage);
    QQuickItem* item = stage.find(QLatin1String(row));
    QVERIFY2(item, row);
    QMetaObject::invokeMethod(item, "clicked");
    QTRY_VERIFY2(stage.find(QLatin1String(landmark)), landmark);
}

void click(Stage& stage, const QString& name) {
    QTRY_VERIFY2(stage.find(name), qPrintable(name));
    QMetaObject::invokeMethod(stage.find(name), "clicked");
}

// A key that somebody keeps down.
void repeatKey(Stage& stage, Qt::Key key) {
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier, QString(), true);
    QCoreApplication::sendEvent(stage.window(), &event);
}

// A switch, as a finger on it would.
void flip(Stage& stage, const char* name) {
    auto* item = stage.find(QLatin1String(name));
    QVERIFY2(item, name);
    QMetaObject::invokeMethod(item, "flip");
}

void choose(Stage& stage, const char* name, const QVariant& value) {
    auto* item = stage.find(QLatin1String(name));
    QVERIFY2(item, name);
    QMetaObject::invokeMethod(item, "chosen", Q_ARG(QVariant, value));
}

QString textOf(Stage& stage, const QString& name) {
    QQuickItem* item = stage.find(name);
    return item ? item->property("text").toString() : QString();
}

QString nameOf(Stage& stage, const QString& name) {
    QQuickItem* item = stage.find(name);
    QAccessibleInterface* at = item ? QAccessible::queryAccessibleInterface(item) : nullptr;
    return at ? at->text(QAccessible::Name) : QString();
}

// Brings the stage to one of the pages of this file.
void showPage(Stage& stage, const QString& page) {
    if (page == QLatin1StringView("settings")) {
        openSettings(stage);
    } else if (page.startsWith(QLatin1StringView("accounts"))) {
        stage.session.signIn(QStringLiteral("林小满"), QStringLiteral("tikgok123"));
        QTRY_VERIFY(stage.session.signedIn());
        stage.signIn();
        QTRY_VERIFY(stage.accounts.count() == 2);
        if (page == QLatin1StringView("accounts-locked")) {
            stage.keychain.trouble = VaultError::Kind::Locked;
            stage.session.retryVault();
            QTRY_VERIFY(!stage.session.vaultBusy());
        } else if (page == QLatin1StringView("accounts-plain")) {
            stage.vault.usePlainText();
        }
        openRow(stage, "accountsRow", "addAccount");
    } else if (page.startsWith(QLatin1StringView("servers"))) {
        stage.servers.add(QStringLiteral("At home, behind the television"),
                          QStringLiteral("http://a-rather-long-name.of-a-server.example.org:8080/prefix"));
        openRow(stage, "serversRow", "addServer");
        stage.servers.test(1);
        stage.servers.test(2);
        if (page == QLatin1StringView("servers-form")) {
            click(stage, QStringLiteral("addServer"));
            QTRY_VERIFY(stage.find(QStringLiteral("saveServer")));
            click(stage, QStringLiteral("saveServer"));
        }
    } else if (page == QLatin1StringView("keys")) {
        openRow(stage, "shortcutsEditRow", "resetAllKeys");
    } else if (page == QLatin1StringView("keys-taken")) {
        openRow(stage, "shortcutsEditRow", "resetAllKeys");
        click(stage, QStringLiteral("addKey%1").arg(static_cast<int>(Command::Like)));
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar")));
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_M);
        QTRY_VERIFY(stage.find(QStringLiteral("useKey")));
    } else if (page == QLatin1StringView("diagnostics")) {
        openRow(stage, "diagnosticsRow", "saveBundle");
    } else if (page.startsWith(QLatin1StringView("storage"))) {
        openSettings(stage);
        if (page == QLatin1StringView("storage-clear")) {
            click(stage, QStringLiteral("clearPictures"));
            QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep")));
        } else {
            QTRY_VERIFY(stage.find(QStringLiteral("storageTrouble")));
        }
    } else if (page == QLatin1StringView("silent")) {
        stage.session.signIn(QStringLiteral("mika"), QStringLiteral("tikgok123"));
        QTRY_VERIFY(stage.session.signedIn());
        stage.keychain.trouble = VaultError::Kind::Locked;
        stage.session.retryVault();
        stage.server.setAway(true);
        stage.feed.refresh();
        QTRY_VERIFY(!stage.feed.refreshing());
        stage.feed.refresh();
        QTRY_VERIFY(stage.find(QStringLiteral("silentBanner")));
    }
    QTest::qWait(30);
}

constexpr std::array kPages{"settings",   "storage-clear",   "storage-refused",
                            "accounts",   "accounts-locked", "accounts-plain",
                            "servers",    "servers-form",    "keys",
                            "keys-taken", "diagnostics",     "silent"};

StageOptions optionsFor(const QString& page) {
    StageOptions options;
    options.cache = page.startsWith(QLatin1StringView("storage"));
    if (page == QLatin1StringView("storage-refused")) {
        options.filesDirectory = QStringLiteral("/proc/no/such/place");
    }
    return options;
}

}  // namespace

class SettingsPagesTest : public QObject {
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
        QCOMPARE(stage.accounts.count(), 2);
        click(stage, QStringLiteral("removeAccount"));
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

    // What waits for a server, and whose it is.
    static void keepFor(Stage& stage, const QString& server) {
        const QString mei = server + QStringLiteral("|5");
        stage.outbox.put(waitingComment(mei, QStringLiteral("x")));
        stage.outbox.put(waitingComment(mei, QStringLiteral("y")));
        stage.drafts.setDraft(mei, QStringLiteral("1"), QStringLiteral("half a"));
        stage.settings.setAccounts(server, {{.userName = QStringLiteral("mei"), .userId = 5}});
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
        QTRY_VERIFY(stage.find(QStringLiteral("losses")));
        const QString losses = textOf(stage, QStringLiteral("losses"));
        QVERIFY2(losses.contains(QLatin1String("2 writes wait for this server and will not be sent.")),
                 qPrintable(losses));
        QVERIFY2(losses.contains(QLatin1String("1 draft is deleted.")), qPrintable(losses));
        // A text was not recorded.
        QVERIFY2(!losses.contains(QLatin1String("recorded")), qPrintable(losses));
        QVERIFY2(losses.contains(QLatin1String("1 account is signed out")), qPrintable(losses));
        // What loses nothing has the keyboard.
        QTRY_VERIFY(stage.find(QStringLiteral("keepServer"))->hasActiveFocus());
        click(stage, QStringLiteral("keepServer"));
        QTRY_VERIFY(!stage.find(QStringLiteral("losses")));
        QCOMPARE(stage.servers.writesOf(2), 2);
        // A vault that does not let go: nothing of it is lost sight of.
        stage.keychain.trouble = VaultError::Kind::Locked;
        click(stage, QStringLiteral("removeServer2"));
        QTRY_VERIFY(stage.find(QStringLiteral("removeForGood")));
        click(stage, QStringLiteral("removeForGood"));
        QTRY_VERIFY(textOf(stage, QStringLiteral("toasts")).contains(QLatin1String("could not be removed")));
        QCOMPARE(stage.servers.count(), 4);
        QCOMPARE(stage.servers.accountsOf(2), 1);
        stage.keychain.trouble.reset();
        click(stage, QStringLiteral("removeServer2"));
        QTRY_VERIFY(stage.find(QStringLiteral("removeForGood")));
        click(stage, QStringLiteral("removeForGood"));
        QTRY_COMPARE(stage.servers.count(), 3);
        QCOMPARE(stage.outbox.openCount(home + QStringLiteral("|5")), 0);
        QVERIFY(stage.settings.accounts(home).isEmpty());
        QCOMPARE(stage.drafts.draft(home + QStringLiteral("|5"), QStringLiteral("1")), QString());
        // Where nothing goes along, nothing is asked.
        click(stage, QStringLiteral("removeServer2"));
        QTRY_COMPARE(stage.servers.count(), 2);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void anotherAddressSaysWhatGoes() {
        Stage stage;
        QVERIFY(startInEnglish(stage));
        const QString home = QStringLiteral("http://home:8080");
        stage.servers.add(QStringLiteral("Home"), home);
        keepFor(stage, home);
        openRow(stage, "serversRow", "addServer");
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
        stage.server.clearRules();
        click(stage, QStringLiteral("tryServerAgain"));
        QTRY_VERIFY(!stage.find(QStringLiteral("silentBanner")));
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

    // --- settings, by what they do

    void dataSaverLoadsNothingAhead() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(stage.playback.playerFor(1));
        openSettings(stage);
        flip(stage, "dataSaverToggle");
        QVERIFY(stage.settings.dataSaver());
        QVERIFY(!stage.settings.picturesAhead());
        stage.playback.setCurrentIndex(4);
        QTest::keyClick(stage.window(), Qt::Key_1);
        QTRY_VERIFY(stage.playback.playerFor(4));
        QTest::qWait(30);
        QVERIFY(!stage.playback.playerFor(5));
        // And with it off, as much as was chosen.
        openSettings(stage);
        flip(stage, "dataSaverToggle");
        choose(stage, "prefetchChoice", static_cast<int>(Settings::Ahead::Neighbours));
        QTest::keyClick(stage.window(), Qt::Key_1);
        QTRY_VERIFY(stage.playback.playerFor(5));
        QTRY_VERIFY(stage.playback.playerFor(3));
        openSettings(stage);
        choose(stage, "prefetchChoice", static_cast<int>(Settings::Ahead::Nothing));
        QTest::keyClick(stage.window(), Qt::Key_1);
        stage.playback.setCurrentIndex(8);
        QTRY_VERIFY(stage.playback.playerFor(8));
        QTest::qWait(30);
        QVERIFY(!stage.playback.playerFor(9));
    }

    // Sizes and numbers, too: who asks for the locale alone is not told that there is another one.
    void sizesFollowTheLanguage() {
        Stage stage;
        stage.setLanguage(QStringLiteral("en"));
        QVERIFY(stage.open());
        stage.start();
        openSettings(stage);
        QQuickItem* row = stage.find(QStringLiteral("usageRow"));
        QVERIFY(row);
        const QString english = row->property("value").toString();
        QVERIFY2(english.contains(QLatin1StringView("bytes")), qPrintable(english));
        stage.setLanguage(QStringLiteral("zh_CN"));
        QTRY_VERIFY2(row->property("value").toString().contains(QStringLiteral("字节")),
                     qPrintable(row->property("value").toString()));
    }

    void autoplayOffWaitsForATap() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(stage.playback.isPlaying());
        openSettings(stage);
        flip(stage, "autoplayToggle");
        QTest::keyClick(stage.window(), Qt::Key_1);
        QTest::keyClick(stage.window(), Qt::Key_J);
        QTRY_COMPARE(stage.playback.currentIndex(), 1);
        QVERIFY(stage.playback.isPaused());
        QTest::keyClick(stage.window(), Qt::Key_Space);
        QTRY_VERIFY(stage.playback.isPlaying());
        QTest::keyClick(stage.window(), Qt::Key_J);
        QTRY_VERIFY(stage.playback.isPaused());
    }

    void speedAndMuteReachThePlayers() {
        Stage stage;
        stage.playback.setMuted(false);
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(stage.playback.playerFor(0));
        openSettings(stage);
        choose(stage, "speedChoice", 1.5);
        QCOMPARE(stage.playback.playerFor(0)->rate(), 1.5);
        flip(stage, "muteToggle");
        QVERIFY(stage.playback.playerFor(0)->isMuted());
    }

    void usageCountsLive() {
        Stage stage;
        QVERIFY(startInEnglish(stage));
        openSettings(stage);
        QQuickItem* row = stage.find(QStringLiteral("usageRow"));
        QVERIFY(row);
        QCOMPARE(row->property("value").toString(), QStringLiteral("0 bytes"));
        stage.usage.add(Traffic::Videos, 3 * 1024 * 1024);
        QTRY_COMPARE(row->property("value").toString(), QStringLiteral("3.0 MB"));
        auto* reset = stage.find(QStringLiteral("resetUsage"));
        QMetaObject::invokeMethod(reset, "clicked");
        QTRY_COMPARE(row->property("value").toString(), QStringLiteral("0 bytes"));
    }

    void looksChangeAtOnce() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        openSettings(stage);
        choose(stage, "themeChoice", static_cast<int>(Settings::Theme::Dark));
        QTRY_COMPARE(stage.window()->color(), QColor(0x13, 0x11, 0x10));
        choose(stage, "themeChoice", static_cast<int>(Settings::Theme::Light));
        QTRY_COMPARE(stage.window()->color(), QColor(0xF6, 0xF1, 0xE8));
        const double before = stage.find(QStringLiteral("backButton"))->height();
        choose(stage, "textScaleChoice", 2);
        QTRY_VERIFY(stage.find(QStringLiteral("backButton"))->height() > before);
        const bool reduced = stage.settings.reducedMotion();
        flip(stage, "motionToggle");
        QCOMPARE(stage.settings.reducedMotion(), !reduced);
    }

    // --- keys

    void keysAreChangedByKeyboardAlone() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        openRow(stage, "shortcutsEditRow", "resetAllKeys");
        const QString add = QStringLiteral("addKey%1").arg(static_cast<int>(Command::Like));
        // As far as Tab goes.
        for (int i = 0; i < 60 && stage.focused()->objectName() != add; ++i) {
            QTest::keyClick(stage.window(), Qt::Key_Tab);
        }
        QCOMPARE(stage.focused()->objectName(), add);
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar")));
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Control, Qt::ControlModifier);  // still to come
        QTest::keyClick(stage.window(), Qt::Key_H, Qt::ControlModifier);
        QTRY_VERIFY(!stage.find(QStringLiteral("keyEar")));
        QVERIFY(stage.shortcuts.keysOf(Command::Like).contains(QStringLiteral("Ctrl+H")));
        // One that is taken: said first.
        for (int i = 0; i < 60 && stage.focused()->objectName() != add; ++i) {
            QTest::keyClick(stage.window(), Qt::Key_Tab);
        }
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar")));
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Return);  // cannot be chosen
        QTRY_VERIFY(stage.find(QStringLiteral("keyProblem")));
        QTest::keyClick(stage.window(), Qt::Key_M);
        QTRY_VERIFY(stage.find(QStringLiteral("useKey")));
        QVERIFY(stage.shortcuts.holderOf(QStringLiteral("M")) == Command::Mute);
        QTRY_VERIFY(stage.find(QStringLiteral("useKey"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(stage.shortcuts.holderOf(QStringLiteral("M")) == Command::Like);
        QTRY_VERIFY(!stage.find(QStringLiteral("keyEar")));
        // They work where they should.
        QTest::keyClick(stage.window(), Qt::Key_1);
        stage.signIn();
        QTRY_VERIFY(stage.feed.videoAt(0));
        QTest::keyClick(stage.window(), Qt::Key_M);
        QTRY_VERIFY(stage.feed.videoAt(0)->liked());
        QTest::keyClick(stage.window(), Qt::Key_H, Qt::ControlModifier);
        QTRY_VERIFY(!stage.feed.videoAt(0)->liked());
        // And the table tells.
        QTest::keyClick(stage.window(), '?');
        QTRY_VERIFY(stage.find(QStringLiteral("editKeys")));
        click(stage, QStringLiteral("editKeys"));
        QTRY_VERIFY(stage.find(QStringLiteral("resetAllKeys")));
        click(stage, QStringLiteral("resetAllKeys"));
        QVERIFY(!stage.shortcuts.changedAny());
        QCOMPARE(stage.warnings(), QStringList());
    }

    void textFieldsAreLeftAlone() {
        Stage stage;
        QVERIFY(stage.open(QSize(1200, 800)));
        stage.start();
        QTest::keyClick(stage.window(), Qt::Key_C);
        QTRY_VERIFY(stage.find(QStringLiteral("commentInput")));
        QTRY_VERIFY(stage.find(QStringLiteral("commentInput"))->hasActiveFocus());
        const QString all = QStringLiteral("jklmcf sa12345? ");
        typeText(stage, all);
        QCOMPARE(stage.find(QStringLiteral("commentInput"))->property("text").toString(), all);
        QCOMPARE(stage.playback.currentIndex(), 0);
        QVERIFY(!stage.find(QStringLiteral("themeChoice")));
    }

    void everyCommandHasWords() {
        Stage stage;
        for (const char* language : {"en", "zh_CN"}) {
            stage.setLanguage(QLatin1String(language));
            QVERIFY(stage.open());
            stage.start();
            QTest::keyClick(stage.window(), '?');
            QTRY_VERIFY(stage.find(QStringLiteral("editKeys")));
            int rows = 0;
            QStringList empty;
            const std::function<void(QAccessibleInterface*)> walk = [&](QAccessibleInterface* at) {
                if (at->role() == QAccessible::StaticText &&
                    at->text(QAccessible::Name).contains(QLatin1String(": "))) {
                    ++rows;
                    if (at->text(QAccessible::Name).startsWith(QLatin1Char(':')))
                        empty.append(at->text(QAccessible::Name));
                }
                for (int i = 0; i < at->childCount(); ++i)
                    walk(at->child(i));
            };
            walk(QAccessible::queryAccessibleInterface(stage.window()));
            QVERIFY2(rows >= QMetaEnum::fromType<Command>().keyCount(), qPrintable(QString::number(rows)));
            QCOMPARE(empty, QStringList());
        }
    }

    // --- diagnostics

    void bundleIsShownAndSaved() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.signIn();
        stage.bundle.append({QStringLiteral("x.txt"), "a token: " + stage.session.token().toUtf8()});
        openRow(stage, "diagnosticsRow", "saveBundle");
        QVERIFY(stage.diagnostics.preview().contains(QStringLiteral("tikgok: 0.1.0")));
        QVERIFY(!stage.diagnostics.preview().contains(stage.session.token()));
        QSignalSpy saved(&stage.diagnostics, &Diagnostics::saved);
        stage.diagnostics.saveIn(stage.filePath(QString()));
        QTRY_COMPARE(saved.count(), 1);
        QTRY_VERIFY(
            textOf(stage, QStringLiteral("bundlePlace")).contains(QLatin1String("tikgok-diagnostics-")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    // --- every page

    void everythingHasAName_data() {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QSize>("size");
        for (const char* page : kPages) {
            for (const QSize size : {QSize(390, 844), QSize(1200, 800)}) {
                QTest::addRow("%s at %d", page, size.width()) << QString::fromLatin1(page) << size;
            }
        }
    }
    void everythingHasAName() {
        QFETCH(const QString, page);
        QFETCH(const QSize, size);
        Stage stage(optionsFor(page));
        QVERIFY(stage.open(size));
        stage.start();
        showPage(stage, page);
        int named = 0;
        const QStringList nameless = namelessIn(stage.window(), named);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
        QVERIFY2(named >= 3, qPrintable(QString::number(named)));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void accessibleTree_data() { everythingHasAName_data(); }
    void accessibleTree() {
        QFETCH(const QString, page);
        QFETCH(const QSize, size);
        Stage stage(optionsFor(page));
        QVERIFY(stage.open(size));
        stage.start();
        showPage(stage, page);
        const QStringList faults = accessibleFaults(stage.window());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void nothingIsCutOff_data() {
        QTest::addColumn<QString>("page");
        for (const char* page : kPages) {
            QTest::newRow(page) << QString::fromLatin1(page);
        }
    }
    void nothingIsCutOff() {
        QFETCH(const QString, page);
        Stage stage(optionsFor(page));
        QVERIFY(stage.open());
        stage.start();
        showPage(stage, page);
        const QStringList cut = cutInShapes(stage, {QSize(360, 640), QSize(390, 844), QSize(1200, 800)});
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QLatin1Char('\n'))));
        QCOMPARE(stage.warnings(), QStringList());
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::SettingsPagesTest)
#include "settings_pages_test.moc"
