// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The feed and the comments on a video.
#include "tests/screenshots/scenes.h"

#include <QTest>

namespace tikgok::test {

namespace {

using Rule = StageServer::Rule;

constexpr int kPortrait = 0;

void go(Stage& stage, int index) {
    QObject* pager = stage.object(QStringLiteral("pager"));
    QMetaObject::invokeMethod(pager, "jumpTo", Q_ARG(int, index));
    stage.playback.setCurrentIndex(index);
    pause(20);
}

void openComments(Stage& stage) {
    stage.press(QStringLiteral("commentsButton"));
    if (!QTest::qWaitFor([&stage] { return stage.comments.state() != CommentsModel::State::Loading; }, 300))
        return;
    pause(20);
}

}  // namespace

std::vector<Scene> feedScenes() {
    return {
        {"feed", {}, {}, [](Stage& stage) { go(stage, kPortrait); }, true},
        {"feed-landscape",
         {.videos = kManyVideos},
         [](Stage& stage) { stage.server.setPageSize(kManyVideos); },
         [](Stage& stage) { go(stage, stage.server.rowOf(QStringLiteral("14-whale"))); }},
        {"feed-paused",
         {},
         {},
         [](Stage& stage) {
             go(stage, 4);
             stage.playback.setPaused(true);
         }},
        {"feed-saved",
         {.cache = true},
         {},
         [](Stage& stage) {
             go(stage, 2);
             stage.server.setAway(true);
             stage.feed.refresh();
             pause(60);
         },
         true},
        {"comments-saved",
         {.cache = true},
         {},
         [](Stage& stage) {
             signIn(stage);
             openComments(stage);
             stage.server.setAway(true);
             stage.comments.refresh();
             pause(50);
             stage.comments.post(QStringLiteral("The second half is unreal. How long did you wait for it?"));
             pause(100);
         },
         true},
        {"feed-menu", {}, {}, [](Stage& stage) { stage.press(QStringLiteral("moreButton")); }},
        {"feed-loading",
         {},
         [](Stage& stage) { stage.server.rule(QStringLiteral("/douyin/feed/"), {.kind = Rule::Kind::Hang}); },
         {}},
        {"feed-error",
         {},
         [](Stage& stage) {
             stage.server.rule(QStringLiteral("/douyin/feed/"),
                               {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
         },
         {},
         true},
        {"feed-empty", {.videos = 0}, {}, {}},
        {"feed-end", {.videos = 3}, {}, [](Stage& stage) { go(stage, 3); }},
        {"feed-video-error",
         {},
         [](Stage& stage) {
             stage.projector->failures.insert(QStringLiteral(".mp4"), Player::ErrorKind::Network);
         },
         {},
         true},
        {"comments",
         {.comments = 9},
         {},
         [](Stage& stage) {
             signIn(stage);
             go(stage, kPortrait);
             stage.comments.setVideo(stage.feed.videoAt(0));
             pause(50);
             stage.comments.post(QStringLiteral("Watched it five times already"));
             pause(50);
             openComments(stage);
             stage.comments.post(QStringLiteral("The second half is unreal. How long did you wait for it?"));
             pause(50);
             stage.server.rule(
                 QStringLiteral("/douyin/comment/action/"),
                 {.kind = Rule::Kind::Refuse, .code = 10001, .words = QStringLiteral("no comments today")});
             stage.comments.post(QStringLiteral("我也想去看一次"));
             pause(50);
             stage.server.rule(QStringLiteral("/douyin/comment/action/"), {.kind = Rule::Kind::Hang});
             stage.comments.post(QStringLiteral("太美了 ✨"));
             pause(50);
         },
         true},
        {"comments-empty", {.comments = 0}, {}, [](Stage& stage) { openComments(stage); }},
        {"comments-error",
         {},
         [](Stage& stage) {
             stage.server.rule(QStringLiteral("/douyin/comment/list/"),
                               {.kind = Rule::Kind::Fail, .error = ErrorKind::ServerBroken});
         },
         [](Stage& stage) { openComments(stage); }},
        {"comments-loading",
         {},
         [](Stage& stage) {
             stage.server.rule(QStringLiteral("/douyin/comment/list/"), {.kind = Rule::Kind::Hang});
         },
         [](Stage& stage) { openComments(stage); }},
    };
}

}  // namespace tikgok::test
