// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// People: profiles, friends, whom one follows, and oneself.
#include "tests/qml/support/stage_talk.h"
#include "tests/screenshots/scenes.h"

#include <QTest>

namespace tikgok::test {

namespace {

using Rule = StageServer::Rule;

void makeFriends(Stage& stage) {
    for (qint64 id = 1; id <= 12; ++id) {
        if (id != kMika) {
            stage.server.setFollow(kMika, id, id % 4 != 1);
            stage.server.setFollow(id, kMika, id % 3 != 2);
            stage.server.setFollow(id, kFirstAuthor, id != kFirstAuthor);
        }
    }
    stage.server.setMessage(10, QStringLiteral("那家店周末还开吗？"), false);
    stage.server.setMessage(7, QStringLiteral("The second half is unreal. How long did you wait for it?"),
                            true);
    stage.server.setMessage(4, QStringLiteral("Saturday, then!"), false);
}

void openProfile(Stage& stage) {
    signIn(stage);
    stage.press(QStringLiteral("authorButton"));
    if (!QTest::qWaitFor([&stage] { return stage.find(QStringLiteral("coverCell")) != nullptr; }, 1000))
        return;
    pause(60);
}

}  // namespace

std::vector<Scene> peopleScenes() {
    return {
        {"profile-saved",
         {.videos = kManyVideos, .cache = true},
         {},
         [](Stage& stage) {
             openProfile(stage);
             stage.server.setAway(true);
             stage.press(QStringLiteral("profileRefresh"));
             pause(60);
         },
         true},
        {"friends-saved",
         {.cache = true},
         makeFriends,
         [](Stage& stage) {
             signIn(stage);
             stage.press(QStringLiteral("navFriends"));
             pause(60);
             stage.server.setAway(true);
             stage.press(QStringLiteral("navHome"));
             stage.press(QStringLiteral("navFriends"));
             pause(60);
         }},
        {"profile", {.videos = kManyVideos}, {}, [](Stage& stage) { openProfile(stage); }, true},
        {"profile-followed",
         {.videos = kManyVideos},
         [](Stage& stage) { stage.server.setFollow(kMika, kFirstAuthor); },
         [](Stage& stage) {
             openProfile(stage);
             stage.press(QStringLiteral("likesTab"));
             pause(60);
         }},
        {"profile-loading",
         {},
         [](Stage& stage) { stage.server.rule(QStringLiteral("/douyin/user/"), {.kind = Rule::Kind::Hang}); },
         [](Stage& stage) {
             signIn(stage);
             QMetaObject::invokeMethod(stage.shell(), "openUser",
                                       Q_ARG(QString, QStringLiteral("9007199254740993")));
             pause(30);
         }},
        {"profile-unknown",
         {},
         {},
         [](Stage& stage) {
             signIn(stage);
             QMetaObject::invokeMethod(stage.shell(), "openUser",
                                       Q_ARG(QString, QStringLiteral("9007199254740993")));
             pause(60);
         }},
        {"profile-signed-out",
         {},
         {},
         [](Stage& stage) {
             stage.press(QStringLiteral("authorButton"));
             pause(60);
         },
         true},
        {"profile-likes-refused",
         {},
         [](Stage& stage) {
             stage.server.rule(QStringLiteral("/douyin/favorite/list/"),
                               {.kind = Rule::Kind::Refuse,
                                .error = {},
                                .code = 10009,
                                .words = QStringLiteral("likes are private")});
         },
         [](Stage& stage) {
             openProfile(stage);
             stage.press(QStringLiteral("likesTab"));
             pause(60);
         }},
        {"list-player",
         {.videos = kManyVideos},
         {},
         [](Stage& stage) {
             openProfile(stage);
             stage.press(QStringLiteral("coverCell"));
             pause(60);
         }},
        {"people",
         {},
         makeFriends,
         [](Stage& stage) {
             openProfile(stage);
             stage.press(QStringLiteral("followersCount"));
             pause(60);
         }},
        {"friends",
         {},
         makeFriends,
         [](Stage& stage) {
             signIn(stage);
             stage.press(QStringLiteral("navFriends"));
             pause(60);
         },
         true},
        {"friends-none",
         {},
         {},
         [](Stage& stage) {
             signIn(stage);
             stage.press(QStringLiteral("navFriends"));
             pause(60);
         }},
        {"friends-signed-out", {}, {}, [](Stage& stage) { stage.press(QStringLiteral("navFriends")); }, true},
        {"following",
         {},
         makeFriends,
         [](Stage& stage) {
             signIn(stage);
             stage.press(QStringLiteral("followingFeedTab"));
             pause(90);
         },
         true},
        {"following-nobody",
         {},
         {},
         [](Stage& stage) {
             signIn(stage);
             stage.press(QStringLiteral("followingFeedTab"));
             pause(60);
         }},
        {"following-signed-out",
         {},
         {},
         [](Stage& stage) { stage.press(QStringLiteral("followingFeedTab")); },
         true},
        {"sign-in", {}, {}, [](Stage& stage) { stage.press(QStringLiteral("likeButton")); }, true},
        {"register",
         {},
         {},
         [](Stage& stage) {
             stage.session.requestAccount();
             pause(30);
             stage.press(QStringLiteral("switchButton"));
         }},
        {"sign-in-error",
         {},
         [](Stage& stage) {
             stage.server.rule(QStringLiteral("/douyin/user/login/"),
                               {.kind = Rule::Kind::Refuse,
                                .error = {},
                                .code = 30001,
                                .words = QStringLiteral("wrong password")});
         },
         [](Stage& stage) {
             stage.press(QStringLiteral("likeButton"));
             pause(30);
             stage.object(QStringLiteral("nameField"))->setProperty("text", QStringLiteral("mika"));
             stage.object(QStringLiteral("passwordField"))->setProperty("text", QStringLiteral("secret"));
             stage.press(QStringLiteral("submitButton"));
             pause(50);
         },
         true},
        {"me-signed-out", {}, {}, [](Stage& stage) { stage.press(QStringLiteral("navMe")); }, true},
        {"me-signed-in",
         {},
         {},
         [](Stage& stage) {
             signIn(stage);
             stage.press(QStringLiteral("navMe"));
             pause(60);
         }},
        {"me-no-keychain",
         {.vault = false},
         {},
         [](Stage& stage) {
             signIn(stage);
             stage.press(QStringLiteral("navMe"));
             pause(60);
         },
         true},
        {"me-not-sent",
         {},
         {},
         [](Stage& stage) {
             signIn(stage);
             stage.fillOutbox();
             stage.press(QStringLiteral("navMe"));
             pause(60);
         },
         true},
    };
}

}  // namespace tikgok::test
