// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of the settings' pages share: ways to those pages.
#pragma once

#include "tests/qml/support/use.h"

#include <QTest>

namespace tikgok::test {

inline bool startInEnglish(Stage& stage) {
    stage.setLanguage(QStringLiteral("en"));
    if (!stage.open()) {
        return false;
    }
    stage.start();
    return true;
}

inline void openSettings(Stage& stage) {
    QTest::keyClick(stage.window(), Qt::Key_S);
    QTRY_VERIFY(stage.find(QStringLiteral("themeChoice")));
}

// From the settings to one of their pages, by its row.
inline void openRow(Stage& stage, const char* row, const char* landmark) {
    openSettings(stage);
    QQuickItem* item = stage.find(QLatin1String(row));
    QVERIFY2(item, row);
    QMetaObject::invokeMethod(item, "clicked");
    QTRY_VERIFY2(stage.find(QLatin1String(landmark)), landmark);
}

// Brings the stage to one of those pages, in one of its states.
inline void showPage(Stage& stage, const QString& page) {
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

}  // namespace tikgok::test
