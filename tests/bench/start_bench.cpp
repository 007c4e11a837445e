// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The program's window as app/main.cpp opens it, with the client loaded behind it: prints when what was
// there, from the start of the process to the first picture of a video, and leaves.
//
// bench_start --data DIR

#include "app/front.h"
#include "app/front_plugins.h"
#include "app/heap.h"
#include "tests/bench/process_facts.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQuickStyle>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <string_view>

namespace tikgok::bench {

namespace {

constexpr std::chrono::seconds kPatience{30};

class StartRun final : public QObject {
    Q_OBJECT

public:
    explicit StartRun(StagedWindow& staged) : window_(staged.window()) {
        connect(
            window_, &QQuickWindow::afterSynchronizing, this, [this] { inThisFrame_ = decoded_.load(); },
            Qt::DirectConnection);
        connect(window_, &QQuickWindow::frameSwapped, this, &StartRun::swapped, Qt::DirectConnection);
        connect(&staged, &StagedWindow::shown, this, [this] { mark("window shown"); });
        connect(&staged, &StagedWindow::ready, this, [this, &staged] {
            mark("shell");
            // Types of the shared object have no names in here.
            const bool heard = connect(staged.shell()->property("server").value<QObject*>(), SIGNAL(ready()),
                                       this, SLOT(serverReady())) &&
                               connect(staged.shell()->property("playback").value<QObject*>(),
                                       SIGNAL(firstFrame(int)), this, SLOT(firstFrame()));
            if (!heard) {
                end(QStringLiteral("a signal has another name now"));
            }
        });
        QTimer::singleShot(kPatience, this, [this] { end(QStringLiteral("no video was shown")); });
    }
    void mark(const char* name) { marks_.append(QJsonArray{QLatin1StringView(name), msSinceStart(nowNs())}); }

private Q_SLOTS:
    void serverReady() { mark("server"); }
    void firstFrame() {
        if (!decoded_) {
            mark("decoded");
            decoded_ = true;
            window_->update();
        }
    }

private:
    // On the thread that draws.
    void swapped() {
        const qint64 now = nowNs();
        if (first_ == 0) {
            first_ = now;
        } else if (inThisFrame_ && video_ == 0) {
            video_ = now;
            QMetaObject::invokeMethod(this, [this] { end({}); }, Qt::QueuedConnection);
        }
    }
    void end(const QString& problem) {
        QJsonObject report{{QStringLiteral("first_window_frame_ms"), msSinceStart(first_)},
                           {QStringLiteral("first_video_frame_ms"), msSinceStart(video_)},
                           {QStringLiteral("marks"), marks_}};
        if (!problem.isEmpty()) {
            report.insert(QStringLiteral("problem"), problem);
        }
        std::printf("%s\n", QJsonDocument(report).toJson(QJsonDocument::Compact).constData());
        std::fflush(stdout);
        QCoreApplication::exit(problem.isEmpty() ? 0 : 1);
    }

    QQuickWindow* window_;
    QJsonArray marks_;
    std::atomic<bool> decoded_ = false;
    std::atomic<qint64> first_ = 0;
    std::atomic<qint64> video_ = 0;
    bool inThisFrame_ = false;
};

int runStart(int argc, char* argv[]) {
    shareHeaps();
    QCoreApplication::setApplicationName(QStringLiteral("tikgok"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TIKGOK_VERSION));
    QGuiApplication app(argc, argv);
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    if (argc != 3 || std::string_view(argv[1]) != "--data") {
        std::fputs("usage: bench_start --data DIR\n", stderr);
        return 2;
    }
    Front front(QString::fromLocal8Bit(argv[2]), {});
    if (!front.load()) {
        return 1;
    }
    StartRun run(front.window());
    run.mark("window");
    return QCoreApplication::exec();
}

}  // namespace

}  // namespace tikgok::bench

int main(int argc, char* argv[]) {
    return tikgok::bench::runStart(argc, argv);
}

#include "start_bench.moc"
