// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// An empty Qt Quick window: prints how long its first frame took, and leaves. With --idle SECONDS it stays
// and prints how much CPU it took to do nothing.

#include "tests/bench/process_facts.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

int showEmptyWindow(int argc, char* argv[]) {
    using namespace tikgok::bench;
    const qint64 entered = nowNs();
    QGuiApplication app(argc, argv);
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    QQmlApplicationEngine engine;
    engine.load(QUrl(QStringLiteral("qrc:/bench/empty_window.qml")));
    auto* window = engine.rootObjects().isEmpty()
                       ? nullptr
                       : qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    if (window == nullptr) {
        return 1;
    }
    if (argc == 3 && std::string_view(argv[1]) == "--idle") {
        constexpr std::chrono::seconds kIdleAfter{3};
        const std::chrono::seconds length(std::atoi(argv[2]));
        QTimer::singleShot(kIdleAfter, window, [window, length] {
            const qint64 before = processCpuNs();
            QTimer::singleShot(length, window, [before, length] {
                std::printf("{\"idle_cpu_percent\":%.3f}\n",
                            100.0 * static_cast<double>(processCpuNs() - before) /
                                static_cast<double>(std::chrono::nanoseconds(length).count()));
                std::fflush(stdout);
                QCoreApplication::quit();
            });
        });
        return QGuiApplication::exec();
    }
    bool done = false;
    // Comes on the thread that draws.
    QObject::connect(
        window, &QQuickWindow::frameSwapped, window,
        [&done, entered] {
            if (!done) {
                done = true;
                std::printf("{\"main_ms\":%.3f,\"first_window_frame_ms\":%.3f}\n", msSinceStart(entered),
                            msSinceStart(nowNs()));
                std::fflush(stdout);
                QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
            }
        },
        Qt::DirectConnection);
    return QGuiApplication::exec();
}

}  // namespace

int main(int argc, char* argv[]) {
    return showEmptyWindow(argc, argv);
}
