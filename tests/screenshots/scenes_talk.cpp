// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Messages, a conversation, and what was written.
#include "tests/qml/support/stage_talk.h"
#include "tests/screenshots/scenes.h"

#include <QDateTime>
#include <QTest>

namespace tikgok::test {

namespace {

using Rule = StageServer::Rule;

void openMessages(Stage& stage) {
    signIn(stage);
    stage.press(QStringLiteral("navMessages"));
    if (!QTest::qWaitFor(
            [&stage] { return stage.conversations.state() != ConversationsModel::State::Loading; }, 300))
        return;
    pause(100);
}

void openChat(Stage& stage, qint64 peer) {
    openMessages(stage);
    stage.chat.open(QString::number(peer), {}, {});
    QMetaObject::invokeMethod(stage.shell(), "showConversation");
    pause(100);
}

}  // namespace

std::vector<Scene> talkScenes() {
    return {
        {"messages",
         {},
         [](Stage& stage) { fillTalk(stage.server); },
         [](Stage& stage) { openMessages(stage); },
         true},
        {"messages-empty", {}, {}, [](Stage& stage) { openMessages(stage); }, true},
        {"messages-signed-out", {}, {}, [](Stage& stage) { stage.press(QStringLiteral("navMessages")); }},
        {"messages-error",
         {},
         [](Stage& stage) {
             stage.server.rule(QStringLiteral("/douyin/relation/friend/list/"),
                               {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
         },
         [](Stage& stage) { openMessages(stage); }},
        {"messages-loading",
         {},
         [](Stage& stage) {
             stage.server.rule(QStringLiteral("/douyin/relation/friend/list/"), {.kind = Rule::Kind::Hang});
         },
         [](Stage& stage) { openMessages(stage); }},
        {"chat",
         {},
         [](Stage& stage) {
             fillTalk(stage.server);
             // Nothing is said before what was said already, so all that follows is of this minute, too.
             stage.server.chat.say(kNora, kMika, QStringLiteral("Good night!"),
                                   QDateTime(QDate::currentDate(), QTime(23, 58)).toMSecsSinceEpoch());
         },
         [](Stage& stage) {
             openChat(stage, kLin);
             stage.chat.send(QStringLiteral("没问题，我带 70-200 ✨"));
             pause(100);
             stage.server.rule(
                 QStringLiteral("/douyin/message/action/"),
                 {.kind = Rule::Kind::Refuse, .code = 50001, .words = QStringLiteral("not today")});
             stage.chat.send(QStringLiteral("Shall I bring coffee?"));
             pause(100);
             stage.server.rule(QStringLiteral("/douyin/message/action/"), {.kind = Rule::Kind::Hang});
             stage.chat.send(QStringLiteral("I can be there at half past five."));
             stage.chat.setDraft(QStringLiteral("And one more thing"));
             pause(50);
         },
         true},
        {"chat-empty",
         {},
         [](Stage& stage) { fillTalk(stage.server); },
         [](Stage& stage) { openChat(stage, kKiko); }},
        {"chat-offline",
         {},
         [](Stage& stage) { fillTalk(stage.server); },
         [](Stage& stage) {
             openChat(stage, kNora);
             for (const char* path : {"/douyin/message/chat/", "/douyin/relation/friend/list/"}) {
                 stage.server.rule(QLatin1StringView(path),
                                   {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
             }
             stage.chat.refresh();
             stage.conversations.refresh();
             pause(100);
         },
         true},
        {"chat-scrolled",
         {},
         [](Stage& stage) {
             for (int i = 0; i < 60; ++i) {
                 stage.server.chat.say(i % 3 == 0 ? kMika : kLin, i % 3 == 0 ? kLin : kMika,
                                       QStringLiteral("Note %1 about the river and the fog").arg(i),
                                       1'790'000'000'000 + i * 3'600'000LL);
             }
             fillTalk(stage.server);
         },
         [](Stage& stage) {
             openChat(stage, kLin);
             QTest::keyClick(stage.window(), Qt::Key_PageUp);
             stage.server.chat.say(kLin, kMika, QStringLiteral("Look at this!"));
             pause(150);
         }},
        {"chat-hostile",
         {},
         [](Stage& stage) {
             stage.server.chat.befriend(kLin);
             for (const QString& text : {QStringLiteral("<h1>big</h1><img src='x'>"),
                                         QString(QChar(0x202e)) + QStringLiteral("txt.exe"),
                                         QStringLiteral("Z") + QString(QChar(0x0335)).repeated(40) +
                                             QString(QChar(0x0301)).repeated(40) + QStringLiteral("algo"),
                                         QString(400, u'w'), QStringLiteral("مرحبا بك 123 hello")}) {
                 stage.server.chat.say(kLin, kMika, text);
             }
         },
         [](Stage& stage) { openChat(stage, kLin); }},
        {"activity",
         {},
         {},
         [](Stage& stage) {
             stage.outboxClock.stop();
             signIn(stage);
             stage.fillOutbox();
             stage.press(QStringLiteral("navMe"));
             pause(20);
             stage.press(QStringLiteral("activityRow"));
             pause(50);
         },
         true},
        {"activity-empty",
         {},
         {},
         [](Stage& stage) { QMetaObject::invokeMethod(stage.shell(), "openActivity"); }},
        {"activity-discard",
         {},
         {},
         [](Stage& stage) {
             signIn(stage);
             stage.fillOutbox();
             QMetaObject::invokeMethod(stage.shell(), "openActivity");
             pause(50);
             stage.press(QStringLiteral("discardIntent"));
         },
         true},
    };
}

}  // namespace tikgok::test
