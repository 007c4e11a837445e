// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every page and state as a picture: into files, or compared with references.
#include "tests/qml/support/stage.h"
#include "tests/screenshots/reference.h"
#include "tests/screenshots/scenes.h"

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

struct Shape {
    const char* name;
    QSize size;
    double textScale;
};

// How long a page may take to look as it should.
constexpr int kPatienceMs = 5000;
// How many times as long a scene takes, one try after the other: what went wrong may only have come too late.
constexpr std::array kSlower{1, 4, 12};

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
            setSlowness(slow);
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
