// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Swipes through the feed as a person with a keyboard does, and measures each step.
#pragma once

#include "app/client.h"
#include "tests/bench/frame_watch.h"
#include "tests/bench/gui_watch.h"
#include "tests/bench/process_facts.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QQuickWindow>
#include <QTimer>

#include <chrono>
#include <cstddef>
#include <functional>
#include <vector>

namespace tikgok::bench {

class SwipeRun final : public QObject {
public:
    struct Plan {
        int calm = 200;  // swipes with a pause on each video
        int hasty = 40;  // then as many as soon as the picture is there
        std::chrono::milliseconds dwell{300};
    };

    // `finished` gets the report once; it has "problem" when something went wrong.
    SwipeRun(Client& client, QQuickWindow& window, FrameWatch& frames, WatchedApplication& application,
             const Plan& plan, std::function<void(const QJsonObject&)> finished);

    void start();

private:
    void swipe();
    void shown(qint64 ns);
    // Memory and the like, where the plan wants them. True when it did, and the swipe should wait for the
    // next event.
    bool takeStock();
    void takeNotes();
    void finish(const QString& problem = {});

    Client& client_;
    QQuickWindow& window_;
    FrameWatch& frames_;
    WatchedApplication& application_;
    Plan plan_;
    std::function<void(const QJsonObject&)> finished_;
    QJsonObject report_;
    std::vector<double> calmMs_;
    std::vector<double> hastyMs_;
    std::vector<ProcessFacts> early_;
    std::vector<ProcessFacts> late_;
    QJsonArray courseKb_;
    std::size_t stockTakenAt_ = 0;
    Player::Statistics before_;
    qint64 swipeStart_ = 0;
    QTimer pause_;
    QTimer patience_;
};

}  // namespace tikgok::bench
