// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every page and state as a picture: into files, or compared with references.
#include "resources/demo_media_dir.h"
#include "tests/core/support/test_camera.h"
#include "tests/qml/support/stage.h"
#include "tests/qml/support/stage_talk.h"
#include "tests/screenshots/reference.h"

#include <QDateTime>
#include <QDir>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QTest>

#include <array>
#include <cstdio>
#include <functional>
#include <vector>

namespace {

using namespace tikgok;
using namespace tikgok::test;
using Rule = StageServer::Rule;

struct Shape {
    const char* name;
    QSize size;
    double textScale;
};

// How long a page may take to look as it should.
constexpr int kPatienceMs = 5000;
// How many times as long a scene takes, one try after the other: what went wrong may only have come too late.
constexpr std::array kSlower{1, 4, 12};
constexpr int kPortrait = 0;
constexpr int kManyVideos = 40;

const std::vector<Shape> kShapes{
    {"phone", {390, 844}, 1.0},
    {"desktop", {1200, 800}, 1.0},
    {"small-200", {360, 640}, 2.0},
};

// The scenes that are compared: each page once, and nothing that says what day or time it is.
const QStringList kCompared{
    QStringLiteral("accounts"),       QStringLiteral("activity"),       QStringLiteral("activity-empty"),
    QStringLiteral("chat"),           QStringLiteral("chat-empty"),     QStringLiteral("comments"),
    QStringLiteral("comments-empty"), QStringLiteral("diagnostics"),    QStringLiteral("feed"),
    QStringLiteral("feed-error"),     QStringLiteral("friends"),        QStringLiteral("keys"),
    QStringLiteral("me-signed-in"),   QStringLiteral("messages-empty"), QStringLiteral("profile"),
    QStringLiteral("publish-empty"),  QStringLiteral("server-silent"),  QStringLiteral("servers"),
    QStringLiteral("settings"),       QStringLiteral("sign-in"),        QStringLiteral("simulator-checks"),
};

struct Scene {
    const char* name;
    StageOptions options;
    // Before the feed is asked for.
    std::function<void(Stage&)> before;
    std::function<void(Stage&)> then;
    // Also at 360 x 640 with text at 200 %.
    bool small = false;
};

// A scene takes its time; on a busy machine more of it.
int slowness = 1;

void pause(int ms) {
    QTest::qWait(ms * slowness);
}

// The greeting would stand over every page of somebody signed in.
void signIn(Stage& stage) {
    stage.signIn();
    QMetaObject::invokeMethod(stage.object(QStringLiteral("toasts")), "hide");
}

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

// People of the stage's world.
constexpr qint64 kFirstAuthor = 3;

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

const QString kPublish = QStringLiteral("/douyin/publish/action/");

// The page with a film that was looked into, and a title.
void prepareFilm(Stage& stage, const QString& title, const char* film = "05-vinyl") {
    const QString path =
        QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/%1.mp4").arg(QLatin1StringView(film));
    PublishEditor& editor = *stage.publishing.editor();
    QMetaObject::invokeMethod(stage.shell(), "openFile", Q_ARG(QUrl, QUrl::fromLocalFile(path)));
    static_cast<void>(QTest::qWaitFor(
        [&] { return editor.state() == PublishEditor::State::Checked && !editor.cover().isEmpty(); }, 20000));
    editor.setTitle(title);
}

// The same, on its way: the server does what the rule says.
void publishFilm(Stage& stage, const Rule& rule, const QString& title) {
    signIn(stage);
    prepareFilm(stage, title);
    stage.server.rule(kPublish, rule);
    stage.publishing.editor()->publish();
    static_cast<void>(QTest::qWaitFor([&] { return stage.server.count(kPublish) == 1; }, 10000));
    pause(30);
}

// A camera before which a film of ours is played. `program`: in place of ffmpeg.
StageOptions filmedBy(const QString& program = {}) {
    StageOptions options;
    const auto camera = [](const char* id, const char* name, const char* film) {
        return Camera{.id = QLatin1StringView(id),
                      .name = QLatin1StringView(name),
                      .input = {QStringLiteral("-re"), QStringLiteral("-stream_loop"), QStringLiteral("-1"),
                                QStringLiteral("-i"),
                                QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/%1.mp4")
                                    .arg(QLatin1StringView(film))}};
    };
    options.camera.cameras =
        std::make_shared<TestCameras>(CameraLook{.cameras = {camera("one", "Integrated Camera", "14-whale"),
                                                             camera("two", "Logitech C920", "05-vinyl")},
                                                 .sounds = {testSound()}});
    if (!program.isEmpty())
        options.camera.program = program;
    return options;
}

void openCamera(Stage& stage, CameraRecorder::State state, qint64 milliseconds = 0) {
    CameraRecorder& recorder = *stage.publishing.camera();
    const auto reach = [&recorder](CameraRecorder::State wanted) {
        return QTest::qWaitFor([&] { return recorder.state() == wanted; }, 20000);
    };
    stage.press(QStringLiteral("navPublish"));
    static_cast<void>(QTest::qWaitFor([&recorder] { return recorder.available(); }));
    QTest::qWait(50);
    if (state == CameraRecorder::State::Off)
        return;
    recorder.open();
    reach(CameraRecorder::State::Showing);
    QTest::qWait(300);
    if (state == CameraRecorder::State::Recording) {
        recorder.record();
        reach(state);
        static_cast<void>(QTest::qWaitFor([&] { return recorder.milliseconds() >= milliseconds; }, 20000));
    }
}

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

// The Simulator page on a real simulator, in one of its sections.
void openSimulator(Stage& stage, const char* section, bool open = true) {
    stage.startSimulator(open);
    QMetaObject::invokeMethod(stage.shell(), "openSimulator");
    if (!open ||
        !QTest::qWaitFor([&stage] { return stage.find(QStringLiteral("section_faults")) != nullptr; }))
        return;
    QMetaObject::invokeMethod(stage.find(QStringLiteral("section_") + QLatin1StringView(section)), "clicked");
    pause(400);
}

void breakSimulator(Stage& stage) {
    stage.simulatorDesk.addPreset(QStringLiteral("feed-500"));
    static_cast<void>(QTest::qWaitFor([&stage] { return stage.simulatorWatch.rulesOn() == 1; }));
    for (int i = 0; i < 3; ++i)
        stage.askSimulator(QStringLiteral("/douyin/feed/?latest_time=0"));
}

// A minute of a client's life, shortened.
void keepBusy(Stage& stage) {
    constexpr int kRounds = 60;
    for (int round = 0; round < kRounds; ++round) {
        if (round == kRounds / 2)
            stage.simulatorDesk.addPreset(QStringLiteral("one-in-three"));
        for (int i = 0; i < 1 + round % 7 / 2; ++i)
            stage.askSimulator(QStringLiteral("/douyin/feed/"));
        pause(20);
    }
}

std::vector<Scene> scenes() {
    return {
        {"publish-empty", {}, {}, [](Stage& stage) { stage.press(QStringLiteral("navPublish")); }, true},
        {"publish-record",
         filmedBy(),
         {},
         [](Stage& stage) { openCamera(stage, CameraRecorder::State::Off); },
         true},
        {"publish-record-missing",
         filmedBy(QStringLiteral("no-such-encoder")),
         {},
         [](Stage& stage) { openCamera(stage, CameraRecorder::State::Off); },
         true},
        {"publish-camera",
         filmedBy(),
         {},
         [](Stage& stage) { openCamera(stage, CameraRecorder::State::Showing); },
         true},
        {"publish-recording",
         filmedBy(),
         {},
         [](Stage& stage) { openCamera(stage, CameraRecorder::State::Recording, 2000); },
         true},
        {"publish-record-trouble",
         filmedBy(QStringLiteral("/bin/false")),
         {},
         [](Stage& stage) {
             openCamera(stage, CameraRecorder::State::Off);
             stage.publishing.camera()->open();
             static_cast<void>(QTest::qWaitFor(
                 [&stage] { return stage.publishing.camera()->trouble() != RecordTrouble::None; }));
         },
         true},
        {"publish-chosen",
         {},
         {},
         [](Stage& stage) { prepareFilm(stage, QStringLiteral("Side B, third groove")); },
         true},
        {"publish-chosen-below",
         {},
         {},
         [](Stage& stage) {
             prepareFilm(stage,
                         QStringLiteral("唱片在转，夜也在转，我们慢慢听完这一面好不好呀朋友们真的很好听啊"));
             stage.find(QStringLiteral("publishColumn"))->setProperty("contentY", 430);
         }},
        {"publish-checking",
         {},
         {},
         [](Stage& stage) {
             stage.press(QStringLiteral("navPublish"));
             stage.publishing.editor()->openFile(QUrl::fromLocalFile(
                 QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/05-vinyl.mp4")));
         }},
        {"publish-refused",
         {},
         {},
         [](Stage& stage) {
             QMetaObject::invokeMethod(stage.shell(), "openFile",
                                       Q_ARG(QUrl, QUrl::fromLocalFile(QStringLiteral(
                                                       TIKGOK_DEMO_MEDIA_DIR_SOURCE "/worlds/small.json"))));
             pause(100);
         },
         true},
        {"publish-uploading",
         {},
         {},
         [](Stage& stage) {
             publishFilm(stage, {.kind = Rule::Kind::Hang, .words = {}},
                         QStringLiteral("Side B, third groove"));
             stage.server.moved(31'000, 1'200'000);
             pause(800);
             stage.server.moved(520'000, 1'200'000);
         },
         true},
        {"publish-paused",
         {},
         {},
         [](Stage& stage) {
             publishFilm(stage, {.kind = Rule::Kind::Hang, .words = {}},
                         QStringLiteral("Side B, third groove"));
             PublishJobs& jobs = *stage.publishing.jobs();
             jobs.pause(jobs.data(jobs.index(0), PublishJobs::JobIdRole).toString());
             pause(50);
         },
         true},
        {"publish-failed",
         {},
         {},
         [](Stage& stage) {
             publishFilm(stage, {.kind = Rule::Kind::Fail, .error = ErrorKind::TooLarge, .words = {}},
                         QStringLiteral("Side B, third groove"));
         },
         true},
        {"publish-done",
         {},
         {},
         [](Stage& stage) {
             publishFilm(stage, {}, QStringLiteral("Side B, third groove"));
             prepareFilm(stage, QStringLiteral("not yet"), "38-enso");
             stage.publishing.editor()->close();
             pause(200);
         }},
        {"publish-chip",
         {},
         {},
         [](Stage& stage) {
             publishFilm(stage, {.kind = Rule::Kind::Hang, .words = {}},
                         QStringLiteral("Side B, third groove"));
             stage.server.moved(520'000, 1'200'000);
             stage.press(QStringLiteral("navHome"));
         },
         true},
        {"publish-cancel",
         {},
         {},
         [](Stage& stage) {
             publishFilm(stage, {.kind = Rule::Kind::Hang, .words = {}},
                         QStringLiteral("Side B, third groove"));
             stage.find(QStringLiteral("cancelJob"))->forceActiveFocus();
             QTest::keyClick(stage.window(), Qt::Key_Return);
         },
         true},
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
        {"feed-menu", {}, {}, [](Stage& stage) { stage.press(QStringLiteral("moreButton")); }},
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
        {"settings",
         {},
         {},
         [](Stage& stage) {
             stage.press(QStringLiteral("navMe"));
             pause(20);
             stage.press(QStringLiteral("settingsRow"));
         },
         true},
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
        {"simulator-faults",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "faults");
             breakSimulator(stage);
             stage.simulatorDesk.addRule(QStringLiteral("/douyin/comment/*"), QStringLiteral("latency"),
                                         3'000, 50, 10);
             stage.simulatorDesk.freezeClock();
             pause(400);
         },
         true},
        {"simulator-rule",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "faults");
             QMetaObject::invokeMethod(stage.find(QStringLiteral("ownRule")), "clicked");
             pause(50);
             stage.object(QStringLiteral("ruleNumber"))->setProperty("text", QStringLiteral("999"));
             QMetaObject::invokeMethod(stage.object(QStringLiteral("addRule")), "clicked");
             pause(300);
         },
         true},
        {"simulator-scenarios",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "scenarios");
             stage.simulatorDesk.loadScenario(QStringLiteral("answer-lost-after-commit"));
             pause(600);
         },
         true},
        {"simulator-clock",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "clock");
             stage.simulatorDesk.freezeClock();
             pause(400);
         },
         true},
        {"simulator-world",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "world");
             stage.simulatorDesk.saveSnapshot(QStringLiteral("before-the-bug"));
             pause(400);
         },
         true},
        {"simulator-world-file",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "world");
             const QUrl file = QUrl::fromLocalFile(stage.filePath(QStringLiteral("bug-1234.tikgok")));
             SimulatorFiles* files = stage.simulatorDesk.files();
             files->exportWorld(file);
             static_cast<void>(
                 QTest::qWaitFor([files] { return files->work() == SimulatorFiles::Work::None; }));
             files->importWorld(file);
             static_cast<void>(
                 QTest::qWaitFor([files] { return files->work() == SimulatorFiles::Work::None; }));
             pause(400);
             stage.find(QStringLiteral("dialect_standard"))->forceActiveFocus();
             pause(100);
         },
         true},
        {"simulator-other-world",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "world");
             QMetaObject::invokeMethod(stage.find(QStringLiteral("otherWorld")), "clicked");
             pause(400);
             QMetaObject::invokeMethod(stage.find(QStringLiteral("world_busy")), "clicked");
             pause(100);
         },
         true},
        {"simulator-people",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "people");
             stage.simulatorDesk.become(QStringLiteral("12"));
             pause(400);
         },
         true},
        {"simulator-journal",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "journal");
             stage.askSimulator(QStringLiteral("/douyin/feed/?latest_time=0"));
             stage.askSimulator(QStringLiteral("/static/demo/covers/01-aurora.jpg"));
             stage.askSimulator(QStringLiteral("/douyin/comment/list/?video_id=3"));
             breakSimulator(stage);
             pause(400);
         },
         true},
        {"simulator-entry",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "journal");
             breakSimulator(stage);
             pause(400);
             const auto* journal = stage.simulatorDesk.journal();
             const QString number = journal->data(journal->index(0), JournalModel::NumberRole).toString();
             QMetaObject::invokeMethod(stage.find(QStringLiteral("entry_") + number), "clicked");
             pause(400);
         },
         true},
        {"simulator-checks",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "checks");
             const SimulatorDesk& desk = stage.simulatorDesk;
             static_cast<void>(QTest::qWaitFor([&desk] { return desk.recording(); }));
             stage.simulatorDesk.setValidating(true);
             stage.simulatorDesk.setCovering(true);
             static_cast<void>(QTest::qWaitFor([&desk] { return desk.validating() && desk.covering(); }));
             stage.askSimulator(QStringLiteral("/douyin/feed/?latest_time=soon"));
             stage.askSimulator(QStringLiteral("/douyin/comment/list/"));
             breakSimulator(stage);
             static_cast<void>(QTest::qWaitFor([&desk] { return desk.checked() == QStringLiteral("5"); }));
         },
         true},
        {"simulator-coverage",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "checks");
             stage.simulatorDesk.setCovering(true);
             pause(300);
             breakSimulator(stage);
             stage.askSimulator(QStringLiteral("/douyin/comment/list/?video_id=3"));
             pause(300);
             QMetaObject::invokeMethod(stage.find(QStringLiteral("coverage_/douyin/feed/")), "clicked");
             pause(300);
         },
         true},
        {"simulator-replay",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "replay");
             stage.simulatorDesk.startReplay();
             static_cast<void>(QTest::qWaitFor([&stage] { return stage.simulatorDesk.replayOn(); }));
             stage.askSimulator(QStringLiteral("/douyin/feed/"));
             stage.askSimulator(QStringLiteral("/static/demo/covers/01-aurora.jpg"));
             stage.simulatorDesk.stopReplay();
             static_cast<void>(QTest::qWaitFor([&stage] { return !stage.simulatorDesk.replayOn(); }));
             stage.simulatorDesk.checkReplay();
             static_cast<void>(
                 QTest::qWaitFor([&stage] { return !stage.simulatorDesk.replaying(); }, 20'000));
             pause(300);
         },
         true},
        {"simulator-given-up",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "faults");
             stage.simulatorDesk.switchInside(QStringLiteral("poison_message"), true);
             pause(200);
             for (const char* name : {"one", "two", "three"})
                 stage.askSimulator(QStringLiteral("/douyin/user/register/?username=%1&password=secret123")
                                        .arg(QLatin1String(name)),
                                    true);
             static_cast<void>(QTest::qWaitFor(
                 [&stage] { return stage.simulatorDesk.deadLetters()->count() == 3; }, 20'000));
             pause(200);
             stage.find(QStringLiteral("resendAll"))->forceActiveFocus();
             pause(100);
         },
         true},
        {"simulator-load",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "load");
             keepBusy(stage);
         },
         true},
        {"simulator-token", {}, {}, [](Stage& stage) { openSimulator(stage, "faults", false); }, true},
        {"simulator-none",
         {},
         {},
         [](Stage& stage) {
             stage.startSimulator();
             stage.leaveSimulator();
             QMetaObject::invokeMethod(stage.shell(), "openSimulator");
         },
         true},
        {"simulator-banner",
         {},
         {},
         [](Stage& stage) {
             stage.startSimulator();
             breakSimulator(stage);
         },
         true},
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

// Pictures come from files, but on another thread.
void settle(Stage& stage) {
    // No pointer over anything: what it lies on shows its name after a while.
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(stage.window(), &leave);
    pause(90);
    stage.projector->roll();
    pause(20);
}

// What comes and goes by itself, or says what day it is, is on a picture by chance.
void hideChance(Stage& stage) {
    if (QObject* toasts = stage.object(QStringLiteral("toasts")))
        toasts->setProperty("visible", false);
    const std::function<void(const QQuickItem*)> hide = [&hide](const QQuickItem* from) {
        for (QQuickItem* child : from->childItems()) {
            if (child->objectName() == QLatin1StringView("conversationTime"))
                child->setOpacity(0);
            hide(child);
        }
    };
    hide(stage.window()->contentItem());
}

struct Variant {
    const Shape* shape;
    bool dark;
    const char* language;
    QString name;
};

// All of them, or the few that between them show every theme, language, shape and text size.
std::vector<Variant> variantsOf(const Scene& scene, bool few) {
    std::vector<Variant> variants;
    for (std::size_t i = 0; i < kShapes.size(); ++i) {
        const Shape& shape = kShapes[i];
        if (shape.textScale > 1 && !scene.small)
            continue;
        for (const bool dark : {false, true}) {
            for (const bool chinese : {false, true}) {
                // Light with English on a phone, dark with Chinese; the other way round on a desktop.
                if (few && (shape.textScale > 1 ? dark || !chinese : (dark == chinese) == (i % 2 == 1)))
                    continue;
                const char* language = chinese ? "zh_CN" : "en";
                variants.push_back({&shape, dark, language,
                                    QStringLiteral("%1-%2-%3-%4")
                                        .arg(QLatin1StringView(scene.name), QLatin1StringView(shape.name),
                                             dark ? QStringLiteral("dark") : QStringLiteral("light"),
                                             QLatin1StringView(language))});
            }
        }
    }
    return variants;
}

// What is done with a picture. `again` makes another one, a moment later.
using Taker = std::function<bool(const QString& name, const std::function<QImage()>& again)>;

bool comparePicture(const References& references, const QString& name, const std::function<QImage()>& again) {
    // A busy machine needs longer for the last picture on a page.
    QImage picture;
    Distance distance;
    const bool like = QTest::qWaitFor(
        [&] {
            picture = again();
            distance = references.distance(name, picture);
            return distance.isSmall();
        },
        kPatienceMs);
    if (!like) {
        references.saveDifference(name, picture);
        std::fprintf(stderr, "%s: %.2f %% of the pixels differ, %.2f on average\n", qPrintable(name),
                     distance.pixels * 100, distance.mean);
    }
    return like;
}

// How many pictures or warnings were not as they should be.
int takeScene(const Scene& scene, const std::vector<Variant>& variants, bool few, const Taker& take) {
    Stage stage(scene.options);
    if (scene.before)
        scene.before(stage);
    stage.setLanguage(QStringLiteral("en"));
    if (!stage.open(variants.front().shape->size))
        return static_cast<int>(variants.size());
    if (QByteArray(scene.name) != "feed-loading")
        stage.start();
    else
        stage.feed.refresh();
    settle(stage);
    if (scene.then)
        scene.then(stage);
    int problems = 0;
    for (const Variant& variant : variants) {
        stage.settings.setTheme(variant.dark ? Settings::Theme::Dark : Settings::Theme::Light);
        stage.settings.setTextScale(variant.shape->textScale);
        stage.setLanguage(QLatin1StringView(variant.language));
        stage.window()->resize(variant.shape->size);
        settle(stage);
        if (few)
            hideChance(stage);
        if (!take(variant.name, [&stage] { return stage.window()->grabWindow(); }))
            ++problems;
    }
    for (const QString& warning : stage.warnings()) {
        std::fprintf(stderr, "%s: %s\n", scene.name, qPrintable(warning));
        ++problems;
    }
    return problems;
}

int runScenes(const QRegularExpression& pattern, bool few, const Taker& take) {
    int made = 0;
    int problems = 0;
    for (const Scene& scene : scenes()) {
        if (few && !kCompared.contains(QLatin1StringView(scene.name)))
            continue;
        std::vector<Variant> variants = variantsOf(scene, few);
        std::erase_if(variants,
                      [&pattern](const Variant& one) { return !pattern.match(one.name).hasMatch(); });
        if (variants.empty())
            continue;
        int wrong = 0;
        for (const int slow : kSlower) {
            slowness = slow;
            wrong = takeScene(scene, variants, few, take);
            if (wrong == 0)
                break;
        }
        problems += wrong;
        made += static_cast<int>(variants.size());
    }
    std::printf("%d screenshots, %d problems\n", made, problems);
    return made > 0 && problems == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char* argv[]) {
    const QByteArray first = argc > 1 ? argv[1] : "";
    const bool check = first == "--check";
    const bool update = first == "--update";
    const int words = check ? 3 : 1;
    if (argc < (check ? 4 : update ? 3 : 2)) {
        std::fputs(
            "usage: tikgok-screenshots OUTDIR [PATTERN]                          all of them\n"
            "       tikgok-screenshots --check REFERENCES DIFFERENCES [PATTERN]  compare the few\n"
            "       tikgok-screenshots --update REFERENCES [PATTERN]             make the references anew\n",
            stderr);
        return 2;
    }
    QGuiApplication app(argc, argv);
    Stage::prepare();
    const auto word = [argc, argv](int at) { return QString::fromLocal8Bit(at < argc ? argv[at] : ""); };
    const QRegularExpression pattern(word(update ? 3 : words + 1));
    if (check) {
        const References references(QDir(word(2)), QDir(word(3)));
        return runScenes(pattern, true,
                         [&references](const QString& name, const std::function<QImage()>& again) {
                             return comparePicture(references, name, again);
                         });
    }
    if (update) {
        const References references(QDir(word(2)), QDir());
        return runScenes(pattern, true,
                         [&references](const QString& name, const std::function<QImage()>& again) {
                             return references.update(name, again());
                         });
    }
    const QDir out(word(1));
    return runScenes(pattern, false, [&out](const QString& name, const std::function<QImage()>& again) {
        return again().save(out.filePath(name + QStringLiteral(".png")));
    });
}
