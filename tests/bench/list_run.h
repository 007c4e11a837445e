// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Opens a long conversation and a long list of comments, scrolls each there and back with the wheel and the
// keys, and measures how long the GUI thread was busy at a time.
#pragma once

#include "app/client.h"
#include "tests/bench/gui_watch.h"

#include <QJsonObject>
#include <QObject>
#include <QQuickWindow>
#include <QTimer>

#include <functional>
#include <vector>

namespace tikgok::bench {

class ListRun final : public QObject {
public:
    // Who looks, at whose conversation, and how many rows there are before scrolling begins.
    struct Plan {
        QString user;
        QString password;
        QString peerId;
        int messages = 0;
        int comments = 0;
    };

    // `finished` gets the report once; it has "problem" when something went wrong.
    ListRun(Client& client, QQuickWindow& window, WatchedApplication& application, Plan plan,
            std::function<void(const QJsonObject&)> finished);

    // A video is being shown, and it is the one with the comments.
    void start();

private:
    // Asks until `ready`, then goes on.
    void when(std::function<bool()> ready, const QString& what, std::function<void()> then);
    // Whether there are as many rows as wanted and a list shows them: a sheet comes up after its first rows.
    bool isShown(int rows, int wanted) const;
    void openChat();
    void openComments();
    // Turns the wheel up and down over the list, then Home and End.
    void scroll(const QString& name, std::function<void()> then);
    void wheel(QQuickItem& list, int pixels);
    void tellBusy(const QString& name);
    void finish(const QString& problem = {});

    Client& client_;
    QQuickWindow& window_;
    WatchedApplication& application_;
    Plan plan_;
    std::function<void(const QJsonObject&)> finished_;
    QJsonObject report_;
    qint64 opened_ = 0;
    QTimer steps_;
    QTimer patience_;
};

}  // namespace tikgok::bench
