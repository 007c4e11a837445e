// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/list_run.h"

#include "tests/bench/press_key.h"
#include "tests/bench/process_facts.h"

#include <QCoreApplication>
#include <QPointer>
#include <QQuickItem>
#include <QWheelEvent>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <utility>

namespace tikgok::bench {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 60s;
constexpr auto kLook = 10ms;
// A touchpad's pace: a step each frame.
constexpr auto kStep = 16ms;
constexpr int kPixels = 90;
// Each way.
constexpr int kSteps = 300;
// In heights of the list; less is no scrolling.
constexpr double kFar = 10;
// After Home or End, until what that brings is there.
constexpr int kStill = 40;

// The list with so many rows that can be seen. Null when there is none.
QQuickItem* listWith(QQuickItem* from, int rows) {
    if (from->inherits("QQuickListView") && from->isVisible() && from->property("count").toInt() == rows) {
        return from;
    }
    for (QQuickItem* child : from->childItems()) {
        if (QQuickItem* found = listWith(child, rows)) {
            return found;
        }
    }
    return nullptr;
}

}  // namespace

ListRun::ListRun(Client& client, QQuickWindow& window, WatchedApplication& application, Plan plan,
                 std::function<void(const QJsonObject&)> finished)
    : client_(client),
      window_(window),
      application_(application),
      plan_(std::move(plan)),
      finished_(std::move(finished)) {
    steps_.setTimerType(Qt::PreciseTimer);
    steps_.setObjectName(QStringLiteral("that scrolls"));
    patience_.setSingleShot(true);
    patience_.setInterval(kPatience);
}

void ListRun::start() {
    client_.session().signIn(plan_.user, plan_.password);
    when([this] { return client_.session().signedIn(); }, QStringLiteral("nobody is signed in"),
         [this] { openChat(); });
}

void ListRun::when(std::function<bool()> ready, const QString& what, std::function<void()> then) {
    patience_.disconnect(this);
    connect(&patience_, &QTimer::timeout, this, [this, what] { finish(what); });
    patience_.start();
    steps_.disconnect(this);
    connect(&steps_, &QTimer::timeout, this, [this, ready = std::move(ready), then = std::move(then)] {
        if (ready()) {
            patience_.stop();
            steps_.stop();
            // Replaces what is being called here.
            QTimer::singleShot(0, this, then);
        }
    });
    steps_.start(kLook);
}

bool ListRun::isShown(int rows, int wanted) const {
    return rows >= wanted && listWith(window_.contentItem(), rows) != nullptr;
}

void ListRun::openChat() {
    auto* shell = window_.findChild<QQuickItem*>(QStringLiteral("shell"));
    application_.restart();
    opened_ = nowNs();
    if (shell == nullptr ||
        !QMetaObject::invokeMethod(shell, "openConversation", Q_ARG(QString, plan_.peerId),
                                   Q_ARG(QString, QStringLiteral("somebody")), Q_ARG(QUrl, {}))) {
        finish(QStringLiteral("the conversation cannot be opened"));
        return;
    }
    when([this] { return isShown(client_.chat().rowCount(), plan_.messages); },
         QStringLiteral("the conversation has not come"),
         [this] {
             scroll(QStringLiteral("chat"), [this] {
                 pressKey(window_, Qt::Key_Escape);
                 openComments();
             });
         });
}

void ListRun::openComments() {
    auto* shell = window_.findChild<QQuickItem*>(QStringLiteral("shell"));
    QMetaObject::invokeMethod(shell, "showPage", Q_ARG(QString, QStringLiteral("home")));
    when([this] { return client_.playback().currentIndex() >= 0 && window_.activeFocusItem() != nullptr; },
         QStringLiteral("the feed does not come back"),
         [this] {
             application_.restart();
             opened_ = nowNs();
             pressKey(window_, Qt::Key_C);
             when([this] { return isShown(client_.comments().rowCount(), plan_.comments); },
                  QStringLiteral("the comments have not come"),
                  [this] { scroll(QStringLiteral("comments"), [this] { finish(); }); });
         });
}

void ListRun::scroll(const QString& name, std::function<void()> then) {
    const auto took = [this] { return static_cast<double>(nowNs() - opened_) / 1e6; };
    report_[name + QStringLiteral("_open_ms")] = took();
    report_[name + QStringLiteral("_open_busy_ms")] = application_.longestBusyMs();
    const bool isChat = name == QStringLiteral("chat");
    QPointer<QQuickItem> list =
        listWith(window_.contentItem(), isChat ? client_.chat().rowCount() : client_.comments().rowCount());
    if (list == nullptr) {
        finish(QStringLiteral("the list of the %1 is not shown").arg(name));
        return;
    }
    list->forceActiveFocus();
    application_.restart();
    auto step = std::make_shared<int>(0);
    auto furthest = std::make_shared<double>(0);
    const double begin = list->property("contentY").toDouble();
    steps_.disconnect(this);
    connect(&steps_, &QTimer::timeout, this,
            [this, name, list, isChat, step, furthest, begin, then = std::move(then)] {
                if (list == nullptr) {
                    finish(QStringLiteral("the list of the %1 is gone").arg(name));
                    return;
                }
                const int at = (*step)++;
                *furthest = std::max(*furthest, std::abs(list->property("contentY").toDouble() - begin));
                // A conversation begins at its end, a list of comments at its top.
                const int first = isChat ? kPixels : -kPixels;
                if (at < kSteps) {
                    wheel(*list, first);
                } else if (at < 2 * kSteps) {
                    wheel(*list, -first);
                } else if (at == 2 * kSteps) {
                    tellBusy(name);
                    application_.restart();
                } else if (at == 2 * kSteps + 1) {
                    // The event in which the watch began anew is not counted.
                    pressKey(window_, first > 0 ? Qt::Key_Home : Qt::Key_End);
                } else if (at == 2 * kSteps + kStill) {
                    pressKey(window_, first > 0 ? Qt::Key_End : Qt::Key_Home);
                } else if (at == 2 * (kSteps + kStill)) {
                    steps_.stop();
                    if (*furthest < kFar * list->height()) {
                        finish(QStringLiteral("the list of the %1 does not scroll").arg(name));
                        return;
                    }
                    report_[name + QStringLiteral("_far")] = *furthest / list->height();
                    tellBusy(name + QStringLiteral("_key"));
                    QTimer::singleShot(0, this, then);
                }
            });
    steps_.start(kStep);
}

void ListRun::tellBusy(const QString& name) {
    report_[name + QStringLiteral("_busy_ms")] = application_.longestBusyMs();
    report_[name + QStringLiteral("_busy_what")] = application_.longestBusy().what;
    report_[name + QStringLiteral("_gap_ms")] = application_.longestGapMs();
}

void ListRun::wheel(QQuickItem& list, int pixels) {
    const QPointF at = list.mapToScene({list.width() / 2, list.height() / 2});
    QWheelEvent event(at, window_.mapToGlobal(at), QPoint(0, pixels), QPoint(0, pixels), Qt::NoButton,
                      Qt::NoModifier, Qt::ScrollUpdate, false);
    QCoreApplication::sendEvent(&window_, &event);
}

void ListRun::finish(const QString& problem) {
    steps_.stop();
    patience_.stop();
    if (!problem.isEmpty()) {
        report_[QStringLiteral("problem")] = problem;
    }
    report_[QStringLiteral("messages")] = client_.chat().rowCount();
    report_[QStringLiteral("comments")] = client_.comments().rowCount();
    finished_(report_);
}

}  // namespace tikgok::bench
