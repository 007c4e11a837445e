// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Renders every page and state into PNG files: tikgok-screenshots OUTDIR [PATTERN].
#include "tests/qml/support/stage.h"

#include <QDir>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QTest>

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

constexpr int kPortrait = 0;
constexpr int kManyVideos = 40;

const std::vector<Shape> kShapes{
    {"phone", {390, 844}, 1.0},
    {"desktop", {1200, 800}, 1.0},
    {"small-200", {360, 640}, 2.0},
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

void go(Stage& stage, int index) {
    QObject* pager = stage.object(QStringLiteral("pager"));
    QMetaObject::invokeMethod(pager, "jumpTo", Q_ARG(int, index));
    stage.playback.setCurrentIndex(index);
    QTest::qWait(20);
}

void openComments(Stage& stage) {
    stage.press(QStringLiteral("commentsButton"));
    if (!QTest::qWaitFor([&stage] { return stage.comments.state() != CommentsModel::State::Loading; }, 300))
        return;
    QTest::qWait(20);
}

std::vector<Scene> scenes() {
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
        {"feed-menu", {}, {}, [](Stage& stage) { stage.press(QStringLiteral("moreButton")); }},
        {"feed-author", {}, {}, [](Stage& stage) { stage.press(QStringLiteral("authorButton")); }},
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
             stage.signIn();
             go(stage, kPortrait);
             stage.comments.setVideo(stage.feed.videoAt(0));
             QTest::qWait(50);
             stage.comments.post(QStringLiteral("Watched it five times already"));
             QTest::qWait(50);
             openComments(stage);
             stage.comments.post(QStringLiteral("The second half is unreal. How long did you wait for it?"));
             QTest::qWait(50);
             stage.server.rule(QStringLiteral("/douyin/comment/action/"),
                               {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
             stage.comments.post(QStringLiteral("我也想去看一次"));
             QTest::qWait(50);
             stage.server.rule(QStringLiteral("/douyin/comment/action/"), {.kind = Rule::Kind::Hang});
             stage.comments.post(QStringLiteral("太美了 ✨"));
             QTest::qWait(50);
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
             QTest::qWait(30);
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
             QTest::qWait(30);
             stage.object(QStringLiteral("nameField"))->setProperty("text", QStringLiteral("mika"));
             stage.object(QStringLiteral("passwordField"))->setProperty("text", QStringLiteral("secret"));
             stage.press(QStringLiteral("submitButton"));
             QTest::qWait(50);
         },
         true},
        {"me-signed-out", {}, {}, [](Stage& stage) { stage.press(QStringLiteral("navMe")); }, true},
        {"me-signed-in",
         {},
         {},
         [](Stage& stage) {
             stage.signIn();
             stage.press(QStringLiteral("navMe"));
             QTest::qWait(60);
         }},
        {"me-no-keychain",
         {.vault = false},
         {},
         [](Stage& stage) {
             stage.signIn();
             stage.press(QStringLiteral("navMe"));
             QTest::qWait(60);
         },
         true},
        {"settings",
         {},
         {},
         [](Stage& stage) {
             stage.press(QStringLiteral("navMe"));
             QTest::qWait(20);
             stage.press(QStringLiteral("settingsRow"));
         },
         true},
        {"shortcuts", {}, {}, [](Stage& stage) { QTest::keyClick(stage.window(), '?'); }, true},
    };
}

// Pictures come from files, but on another thread.
void settle(Stage& stage) {
    QTest::mouseMove(stage.window(), QPoint(1, 1));
    QTest::qWait(90);
    stage.projector->roll();
    QTest::qWait(20);
}

}  // namespace

int main(int argc, char* argv[]) {
    if (argc < 2) {
        std::fputs("usage: tikgok-screenshots OUTDIR [PATTERN]\n", stderr);
        return 2;
    }
    QGuiApplication app(argc, argv);
    Stage::prepare();
    const QDir out(QString::fromLocal8Bit(argv[1]));
    const QRegularExpression pattern(QString::fromLocal8Bit(argc > 2 ? argv[2] : ""));
    int made = 0;
    int problems = 0;
    for (const Scene& scene : scenes()) {
        struct Variant {
            const Shape* shape;
            bool dark;
            const char* language;
            QString file;
        };
        std::vector<Variant> variants;
        for (const Shape& shape : kShapes) {
            if (shape.textScale > 1 && !scene.small)
                continue;
            for (const bool dark : {false, true}) {
                for (const char* language : {"en", "zh_CN"}) {
                    const QString file =
                        QStringLiteral("%1-%2-%3-%4.png")
                            .arg(QLatin1StringView(scene.name), QLatin1StringView(shape.name),
                                 dark ? QStringLiteral("dark") : QStringLiteral("light"),
                                 QLatin1StringView(language));
                    if (pattern.match(file).hasMatch())
                        variants.push_back({&shape, dark, language, file});
                }
            }
        }
        if (variants.empty())
            continue;
        Stage stage(scene.options);
        if (scene.before)
            scene.before(stage);
        stage.setLanguage(QStringLiteral("en"));
        if (!stage.open(variants.front().shape->size))
            return 1;
        if (QByteArray(scene.name) != "feed-loading")
            stage.start();
        else
            stage.feed.refresh();
        settle(stage);
        if (scene.then)
            scene.then(stage);
        for (const Variant& variant : variants) {
            stage.settings.setTheme(variant.dark ? Settings::Theme::Dark : Settings::Theme::Light);
            stage.settings.setTextScale(variant.shape->textScale);
            stage.setLanguage(QLatin1StringView(variant.language));
            stage.window()->resize(variant.shape->size);
            settle(stage);
            if (!stage.window()->grabWindow().save(out.filePath(variant.file)))
                ++problems;
            ++made;
        }
        for (const QString& warning : stage.warnings()) {
            std::fprintf(stderr, "%s: %s\n", scene.name, qPrintable(warning));
            ++problems;
        }
    }
    std::printf("%d screenshots in %s\n", made, qPrintable(out.absolutePath()));
    return problems == 0 ? 0 : 1;
}
