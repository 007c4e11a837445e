// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/gui_watch.h"

#include "tests/bench/process_facts.h"

#include <QEvent>
#include <QMetaEnum>
#include <QThread>
#include <QWindow>

#include <algorithm>
#include <chrono>

namespace tikgok::bench {

namespace {

constexpr std::chrono::milliseconds kBeat{4};
constexpr double kWorthRemembering = 0.5;  // ms
constexpr std::size_t kRemembered = 8;

// A window asks to be drawn through a timer of its own; the GUI thread then waits for the thread that draws.
bool isDrawing(const QObject* receiver, QEvent::Type type) {
    if (QByteArrayView(receiver->metaObject()->className()).startsWith("QSG")) {
        return true;
    }
    return qobject_cast<const QWindow*>(receiver) != nullptr &&
           (type == QEvent::UpdateRequest || type == QEvent::Timer || type == QEvent::Expose ||
            type == QEvent::Paint);
}

QString nameOf(QEvent::Type type) {
    const char* name = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    return name != nullptr ? QLatin1StringView(name) : QStringLiteral("event %1").arg(int{type});
}

}  // namespace

WatchedApplication::WatchedApplication(int& argc, char** argv) : QGuiApplication(argc, argv) {
    heart_.setTimerType(Qt::PreciseTimer);
    heart_.setInterval(kBeat);
    connect(&heart_, &QTimer::timeout, this, &WatchedApplication::beat);
}

void WatchedApplication::restart() {
    slow_.clear();
    other_ = {};
    longestGapMs_ = 0;
    own_ = {};
    busy_ = {};
    lastBeat_ = nowNs();
    heart_.start();
}

bool WatchedApplication::notify(QObject* receiver, QEvent* event) {
    if (QThread::currentThread() != thread() || depth_ > 0 || !heart_.isActive()) {
        return QGuiApplication::notify(receiver, event);
    }
    // The receiver may be gone afterwards.
    const QLatin1StringView receiverClass(receiver->metaObject()->className());
    const QString receiverName = receiver->objectName();
    const QEvent::Type type = event->type();
    const bool drawing = isDrawing(receiver, type);
    const qint64 waits = threadWaits();
    const qint64 wall = nowNs();
    const qint64 cpu = threadCpuNs();
    ignoreCurrent_ = false;
    ++depth_;
    const bool result = QGuiApplication::notify(receiver, event);
    --depth_;
    if (ignoreCurrent_) {
        lastBeat_ = nowNs();
        return result;
    }
    SlowEvent seen;
    seen.wallMs = static_cast<double>(nowNs() - wall) / 1e6;
    seen.cpuMs = static_cast<double>(threadCpuNs() - cpu) / 1e6;
    seen.waits = threadWaits() - waits;
    seen.drawing = drawing;
    if (seen.wallMs >= kWorthRemembering) {
        seen.what = receiverClass + QLatin1Char(' ') + receiverName + QLatin1Char(' ') + nameOf(type);
        remember(seen);
    }
    return result;
}

void WatchedApplication::remember(const SlowEvent& event) {
    if (!event.drawing && event.wallMs > other_.wallMs) {
        other_ = event;
    }
    if (!event.drawing && event.ownMs() > own_.ownMs()) {
        own_ = event;
    }
    if (event.busyMs() > busy_.busyMs()) {
        busy_ = event;
    }
    slow_.push_back(event);
    std::ranges::sort(slow_, std::greater(), &SlowEvent::wallMs);
    if (slow_.size() > kRemembered) {
        slow_.pop_back();
    }
}

void WatchedApplication::beat() {
    const qint64 now = nowNs();
    const double gap = static_cast<double>(now - lastBeat_) / 1e6 - static_cast<double>(kBeat.count());
    longestGapMs_ = std::max(longestGapMs_, gap);
    lastBeat_ = now;
}

}  // namespace tikgok::bench
