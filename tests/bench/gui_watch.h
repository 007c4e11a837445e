// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Watches the GUI thread: how long each event takes, and how regularly a timer comes.
#pragma once

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QString>
#include <QTimer>

#include <vector>

namespace tikgok::bench {

struct SlowEvent {
    QString what;  // receiver and kind
    double wallMs = 0;
    double cpuMs = 0;
    // Times that the thread waited by itself. None: the rest of the time the CPU was taken from it.
    qint64 waits = 0;
    // Drawing or waiting for it: without a GPU it takes what it takes.
    bool drawing = false;

    // How long the thread had work to do for it; waiting for the renderer is none.
    [[nodiscard]] double busyMs() const { return drawing ? cpuMs : ownMs(); }
    // What the event itself is to blame for: all of it when it waited for something, otherwise its CPU time.
    [[nodiscard]] double ownMs() const { return waits > 0 ? wallMs : cpuMs; }
};

// A QGuiApplication that times every event of the GUI thread.
class WatchedApplication final : public QGuiApplication {
public:
    WatchedApplication(int& argc, char** argv);

    bool notify(QObject* receiver, QEvent* event) override;

    // Forgets what was seen so far.
    void restart();

    // The event that is being handled belongs to the measurement, not to the app.
    void ignoreCurrentEvent() { ignoreCurrent_ = true; }

    // The longest ones, longest first.
    [[nodiscard]] const std::vector<SlowEvent>& slowEvents() const { return slow_; }
    [[nodiscard]] SlowEvent longestOther() const { return other_; }
    // The longest one by ownMs().
    [[nodiscard]] SlowEvent longestOwn() const { return own_; }
    // The longest one by busyMs(), drawing included.
    [[nodiscard]] SlowEvent longestBusy() const { return busy_; }
    [[nodiscard]] double longestBusyMs() const { return busy_.busyMs(); }
    // Longest time by which the heartbeat came late.
    [[nodiscard]] double longestGapMs() const { return longestGapMs_; }

private:
    void beat();
    void remember(const SlowEvent& event);

    int depth_ = 0;
    bool ignoreCurrent_ = false;
    std::vector<SlowEvent> slow_;
    SlowEvent other_;
    SlowEvent own_;
    SlowEvent busy_;
    QTimer heart_;
    qint64 lastBeat_ = 0;
    double longestGapMs_ = 0;
};

}  // namespace tikgok::bench
