// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole client with its window, as app/main.cpp builds it, measured from inside.
//
// bench_app --data DIR              prints when what was there, from the start of the process to the first
// picture bench_app --data DIR --swipes N   goes on with N swipes and prints what they cost
// bench_app --data DIR --idle SECONDS       goes on with a paused, then with a hidden window, and prints
// their CPU

#include "app/app_window.h"
#include "app/client.h"
#include "app/front_plugins.h"
#include "app/heap.h"
#include "core/account/keychain_vault.h"
#include "tests/bench/frame_watch.h"
#include "tests/bench/gui_watch.h"
#include "tests/bench/list_run.h"
#include "tests/bench/process_facts.h"
#include "tests/bench/swipe_run.h"

#include <QCommandLineParser>
#include <QIcon>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQuickStyle>
#include <QSGRendererInterface>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

namespace tikgok::bench {

namespace {

constexpr std::chrono::seconds kPatience{30};
// What still moves when the window comes to rest is over by then.
constexpr std::chrono::seconds kIdleAfter{3};

void print(const QJsonObject& report) {
    std::printf("%s\n", QJsonDocument(report).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    QCoreApplication::exit(report.contains(QLatin1StringView("problem")) ? 1 : 0);
}

class Marks {
public:
    void add(const char* name, qint64 ns = nowNs()) {
        for (const auto& mark : std::as_const(marks_)) {
            if (mark.toArray().at(0).toString() == QLatin1StringView(name)) {
                return;
            }
        }
        marks_.append(QJsonArray{QLatin1StringView(name), msSinceStart(ns)});
    }
    [[nodiscard]] const QJsonArray& list() const { return marks_; }

private:
    QJsonArray marks_;
};

QString rendererOf(const QQuickWindow& window, bool ownThread) {
    const auto api = window.rendererInterface()->graphicsApi();
    const QString name = api == QSGRendererInterface::Software ? QStringLiteral("software")
                         : api == QSGRendererInterface::OpenGL ? QStringLiteral("OpenGL")
                                                               : QStringLiteral("api %1").arg(int{api});
    return name + (ownThread ? QStringLiteral(", own thread") : QStringLiteral(", GUI thread"));
}

// Everything between the window being there and the report.
class Run final : public QObject {
public:
    Run(Client& client, QQuickWindow& window, WatchedApplication& application, Marks& marks, int swipes,
        int idle, ListRun::Plan lists)
        : client_(client),
          window_(window),
          application_(application),
          marks_(marks),
          swipes_(swipes),
          idle_(idle),
          lists_(std::move(lists)),
          frames_(window, client.playback()) {
        connect(&client.server(), &ServerLink::ready, this, [this] { marks_.add("server"); });
        connect(&client.feed(), &FeedModel::countChanged, this, [this] { marks_.add("feed"); });
        connect(&client.playback(), &PlaybackController::firstFrame, this, [this] { marks_.add("decoded"); });
        connect(
            &window, &QQuickWindow::frameSwapped, this,
            [this] { ownThread_ = QThread::currentThread() != thread(); }, Qt::DirectConnection);
        frames_.onWindowFrame([this](qint64 ns) {
            marks_.add("window frame", ns);
            windowFrame_ = ns;
        });
        frames_.waitForVideo([this](qint64 ns) { firstVideo(ns); });
        QTimer::singleShot(kPatience, this, [this] {
            if (!sawVideo_) {
                print({{QStringLiteral("problem"),
                        QStringLiteral("no video was shown: %1").arg(client_.server().problem())},
                       {QStringLiteral("marks"), marks_.list()}});
            }
        });
    }

private:
    void firstVideo(qint64 ns) {
        sawVideo_ = true;
        marks_.add("video frame", ns);
        if (idle_ > 0) {
            client_.playback().setPaused(true);
            measureIdle(QStringLiteral("paused_cpu_percent"), [this] {
                client_.playback().setPaused(false);
                window_.hide();
                measureIdle(QStringLiteral("hidden_cpu_percent"), [this] { print(idleReport_); });
            });
            return;
        }
        if (lists_.messages > 0) {
            listRun_ = std::make_unique<ListRun>(client_, window_, application_, lists_,
                                                 [](const QJsonObject& report) { print(report); });
            listRun_->start();
            return;
        }
        if (swipes_ == 0) {
            print({{QStringLiteral("first_window_frame_ms"), msSinceStart(windowFrame_)},
                   {QStringLiteral("first_video_frame_ms"), msSinceStart(ns)},
                   {QStringLiteral("renderer"), rendererOf(window_, ownThread_)},
                   {QStringLiteral("marks"), marks_.list()}});
            return;
        }
        run_ = std::make_unique<SwipeRun>(client_, window_, frames_, application_,
                                          SwipeRun::Plan{.calm = swipes_}, [this](QJsonObject report) {
                                              report[QStringLiteral("renderer")] =
                                                  rendererOf(window_, ownThread_);
                                              print(report);
                                          });
        run_->start();
    }

    void measureIdle(const QString& name, std::function<void()> then) {
        QTimer::singleShot(kIdleAfter, this, [this, name, then = std::move(then)] {
            const qint64 before = processCpuNs();
            const std::chrono::seconds length(idle_);
            QTimer::singleShot(length, this, [this, name, before, length, then] {
                constexpr double kPercent = 100.0;
                idleReport_[name] = kPercent * static_cast<double>(processCpuNs() - before) /
                                    static_cast<double>(std::chrono::nanoseconds(length).count());
                then();
            });
        });
    }

    Client& client_;
    QQuickWindow& window_;
    WatchedApplication& application_;
    Marks& marks_;
    int swipes_;
    int idle_;
    ListRun::Plan lists_;
    QJsonObject idleReport_;
    qint64 windowFrame_ = 0;
    bool sawVideo_ = false;
    std::atomic<bool> ownThread_ = false;
    FrameWatch frames_;
    std::unique_ptr<SwipeRun> run_;
    std::unique_ptr<ListRun> listRun_;
};

int runApp(int argc, char* argv[]) {
    shareHeaps();
    Marks marks;
    marks.add("main");
    QCoreApplication::setApplicationName(QStringLiteral("tikgok"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TIKGOK_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("TikGok"));
    WatchedApplication app(argc, argv);
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/tikgok/icons/tikgok.svg")));
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    QCommandLineParser parser;
    const QCommandLineOption data(
        QStringLiteral("data"), QStringLiteral("Where the client keeps everything."), QStringLiteral("DIR"));
    const QCommandLineOption swipes(QStringLiteral("swipes"), QStringLiteral("How many, at least 120."),
                                    QStringLiteral("N"), QStringLiteral("0"));
    const QCommandLineOption idle(QStringLiteral("idle"), QStringLiteral("How many seconds each."),
                                  QStringLiteral("SECONDS"), QStringLiteral("0"));
    const auto number = [](const char* name, const char* words) {
        return QCommandLineOption(QLatin1StringView(name), QLatin1StringView(words), QStringLiteral("N"),
                                  QStringLiteral("0"));
    };
    const QCommandLineOption user(QStringLiteral("user"), QStringLiteral("Who looks at lists."),
                                  QStringLiteral("NAME"));
    const QCommandLineOption password(QStringLiteral("password"), QStringLiteral("Of that person."),
                                      QStringLiteral("WORD"));
    const QCommandLineOption peer(QStringLiteral("peer"), QStringLiteral("Whose conversation is opened."),
                                  QStringLiteral("ID"));
    const QCommandLineOption messages = number("messages", "How many it has.");
    const QCommandLineOption comments = number("comments", "How many the first video has.");
    parser.addOptions({data, swipes, idle, user, password, peer, messages, comments});
    parser.addHelpOption();
    parser.process(app);
    if (parser.value(data).isEmpty()) {
        parser.showHelp(2);
    }
    marks.add("application");

    Client client(ClientPaths::in(parser.value(data)), std::make_unique<KeychainVault>());
    AppWindow window(client);
    if (!window.load()) {
        print({{QStringLiteral("problem"), QStringLiteral("the window could not be made")}});
        return 1;
    }
    marks.add("window");
    const Run run(client, *window.window(), app, marks, parser.value(swipes).toInt(),
                  parser.value(idle).toInt(),
                  {.user = parser.value(user),
                   .password = parser.value(password),
                   .peerId = parser.value(peer),
                   .messages = parser.value(messages).toInt(),
                   .comments = parser.value(comments).toInt()});
    client.start();
    return QCoreApplication::exec();
}

}  // namespace

}  // namespace tikgok::bench

int main(int argc, char* argv[]) {
    return tikgok::bench::runApp(argc, argv);
}
