// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Something to read in the messages of a stage, mika's friends and what they said, and the ways there.
#pragma once

#include "tests/qml/support/small_world.h"
#include "tests/qml/support/use.h"

#include <QDateTime>

namespace tikgok::test {

inline void fillTalk(StageServer& server) {
    const QDateTime today(QDate::currentDate(), QTime(9, 30));
    const auto say = [&server, &today](qint64 peer, bool own, int daysAgo, int minute, const QString& text) {
        server.chat.say(own ? kMika : peer, own ? peer : kMika, text,
                        today.addDays(-daysAgo).addSecs(minute * 60).toMSecsSinceEpoch());
    };
    for (const qint64 id : {kLin, kNora, kChen, kTomas, kKiko}) {
        server.chat.befriend(id);
    }
    say(kTomas, false, 12, 0, QStringLiteral("The river was frozen this morning."));
    say(kTomas, true, 12, 4, QStringLiteral("Already? Send me a picture."));
    say(kChen, false, 3, 0, QStringLiteral("到拉萨了，路上拍了好多，回去慢慢剪。"));
    say(kChen, true, 3, 2, QStringLiteral("注意安全，等你的片子！"));
    say(kChen, false, 1, 5, QStringLiteral("剪好第一段了，晚上发你看看。"));
    say(kLin, false, 1, 0, QStringLiteral("早上好，今天的云真好看"));
    say(kLin, false, 1, 1, QStringLiteral("我在屋顶上拍到了"));
    say(kLin, true, 1, 8, QStringLiteral("刚看到！是在老城那边吗？"));
    say(kLin, true, 1, 8, QStringLiteral("下次叫上我一起"));
    say(kLin, false, 0, 0, QStringLiteral("好呀，周六早上六点，老地方见。带上你的长焦，那边能拍到整条江。"));
    say(kNora, false, 0, 1, QStringLiteral("Did you see the fox in my last one? It walked right past me."));
    say(kNora, false, 0, 2, QStringLiteral("I did not dare to breathe 😀"));
}

inline const QString kChatPath = QStringLiteral("/douyin/message/chat/");
inline const QString kFriendsPath = QStringLiteral("/douyin/relation/friend/list/");

// Signed in, on the page of messages.
inline void showMessages(Stage& stage, QSize size = QSize(390, 844)) {
    fillTalk(stage.server);
    QVERIFY(stage.open(size));
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("navMessages"));
    QTRY_COMPARE(stage.conversations.count(), 5);
    QTRY_COMPARE(stage.conversations.unread(), 4);
}

inline void showChat(Stage& stage, qint64 peer = kLin, QSize size = QSize(390, 844)) {
    showMessages(stage, size);
    UserEntity* user = stage.entities.findUser(peer);
    QVERIFY(user);
    QMetaObject::invokeMethod(stage.shell(), "openChat", Q_ARG(QVariant, QVariant::fromValue(user)));
    QTRY_VERIFY(stage.find(QStringLiteral("messageInput")));
    QTRY_COMPARE(stage.chat.state(), ChatModel::State::Ready);
}

inline QQuickItem* messageList(const Stage& stage) {
    return stage.find(QStringLiteral("messageList"));
}

// By how many pixels the newest message is below what is seen of the open conversation.
inline double distanceFromTheEnd(const Stage& stage) {
    const QQuickItem* list = messageList(stage);
    const double end = list->property("originY").toDouble() + list->property("contentHeight").toDouble() +
                       list->property("bottomMargin").toDouble() - list->height();
    return end - list->property("contentY").toDouble();
}

}  // namespace tikgok::test
