// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Settings and the pages behind them.
#include "tests/screenshots/scenes.h"

#include <QTest>

namespace tikgok::test {

namespace {

using Rule = StageServer::Rule;

// From the settings to one of their pages.
void openRow(Stage& stage, const char* row) {
    QTest::keyClick(stage.window(), Qt::Key_S);
    pause(50);
    if (auto* item = stage.find(QLatin1String(row)))
        QMetaObject::invokeMethod(item, "clicked");
    pause(50);
}

// What is kept on this device, in sight.
void openStorage(Stage& stage) {
    QMetaObject::invokeMethod(stage.shell(), "openSettings");
    pause(80);
    QQuickItem* row = stage.find(QStringLiteral("keptVideos"));
    for (QQuickItem* up = row; up != nullptr; up = up->parentItem()) {
        if (up->property("contentY").isValid()) {
            auto* content = up->property("contentItem").value<QQuickItem*>();
            up->setProperty("contentY", row->mapToItem(content, QPointF()).y() - 60);
            break;
        }
    }
    pause(50);
}

void twoAccounts(Stage& stage) {
    stage.session.signIn(QStringLiteral("林小满"), QStringLiteral("tikgok123"));
    if (!QTest::qWaitFor([&stage] { return stage.session.signedIn(); }, 1000))
        return;
    pause(60);
    stage.session.signIn(QStringLiteral("mika"), QStringLiteral("tikgok123"));
    pause(120);
    // For their pictures.
    stage.entities.me();
    pause(60);
}

}  // namespace

std::vector<Scene> settingsScenes() {
    return {
        {"settings-storage", {.cache = true}, {}, openStorage, true},
        {"settings-clear",
         {.cache = true},
         {},
         [](Stage& stage) {
             openStorage(stage);
             QMetaObject::invokeMethod(stage.find(QStringLiteral("clearPictures")), "clicked");
             pause(60);
         },
         true},
        {"settings-storage-refused",
         {.cache = true, .filesDirectory = QStringLiteral("/proc/no/such/place")},
         {},
         openStorage},
        {"settings",
         {},
         {},
         [](Stage& stage) {
             stage.press(QStringLiteral("navMe"));
             pause(20);
             stage.press(QStringLiteral("settingsRow"));
         },
         true},
        {"shortcuts", {}, {}, [](Stage& stage) { QTest::keyClick(stage.window(), '?'); }, true},
        {"settings-data",
         {},
         {},
         [](Stage& stage) {
             stage.usage.add(Traffic::Videos, 734'003'200);
             stage.usage.add(Traffic::Pictures, 14'680'064);
             stage.usage.add(Traffic::Calls, 2'621'440);
             QTest::keyClick(stage.window(), Qt::Key_S);
             pause(700);
             if (auto* row = stage.find(QStringLiteral("diagnosticsRow")))
                 row->forceActiveFocus();
             pause(30);
         },
         true},
        {"accounts",
         {},
         {},
         [](Stage& stage) {
             twoAccounts(stage);
             openRow(stage, "accountsRow");
         },
         true},
        {"accounts-locked",
         {},
         {},
         [](Stage& stage) {
             twoAccounts(stage);
             stage.keychain.trouble = VaultError::Kind::Locked;
             stage.session.retryVault();
             openRow(stage, "accountsRow");
         },
         true},
        {"servers",
         {},
         {},
         [](Stage& stage) {
             stage.servers.add(QStringLiteral("At home"), QStringLiteral("http://192.168.1.20:8080"));
             stage.servers.add(QString(), QStringLiteral("https://videos.example.org"));
             openRow(stage, "serversRow");
             stage.servers.test(1);
             pause(30);
             stage.server.rule(
                 QStringLiteral("/ping"),
                 {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline, .link = LinkProblem::Refused});
             stage.servers.test(2);
             pause(30);
         },
         true},
        {"server-form",
         {},
         {},
         [](Stage& stage) {
             openRow(stage, "serversRow");
             stage.press(QStringLiteral("addServer"));
             pause(30);
             stage.object(QStringLiteral("serverAddress"))->setProperty("text", QStringLiteral("home:8080"));
             stage.press(QStringLiteral("testAddress"));
             pause(50);
         },
         true},
        {"keys", {}, {}, [](Stage& stage) { openRow(stage, "shortcutsEditRow"); }, true},
        {"keys-taken",
         {},
         {},
         [](Stage& stage) {
             openRow(stage, "shortcutsEditRow");
             QMetaObject::invokeMethod(
                 stage.find(QStringLiteral("addKey%1").arg(static_cast<int>(Command::Like))), "clicked");
             pause(30);
             QTest::keyClick(stage.window(), Qt::Key_M);
         },
         true},
        {"diagnostics", {}, {}, [](Stage& stage) { openRow(stage, "diagnosticsRow"); }, true},
        {"server-silent",
         {},
         {},
         [](Stage& stage) {
             stage.server.rule(QStringLiteral("/douyin/feed/"),
                               {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
             for (int i = 0; i < 2; ++i) {
                 stage.feed.refresh();
                 pause(30);
             }
         },
         true},
    };
}

}  // namespace tikgok::test
