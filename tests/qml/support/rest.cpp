// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/qml/support/rest.h"

#include <QHash>
#include <QPointer>
#include <QRectF>
#include <QString>
#include <QTest>
#include <QtQuickTest/quicktest.h>

namespace tikgok::test {

namespace {

// Turns of QTest::qWaitFor(), 10 ms each on an idle machine. What is loaded or asked for in the background
// comes within the first.
constexpr int kCalmTurns = 2;

using Places = QHash<const QQuickItem*, QRectF>;

// Pictures of things that go on for ever (a spinner turns, a skeleton breathes) change neither place nor
// size.
void collectPlaces(const QQuickItem* item, Places& places) {
    if (!item->isVisible()) {
        return;
    }
    places.insert(item, QRectF(item->position(), item->size()));
    for (const QQuickItem* child : item->childItems()) {
        collectPlaces(child, places);
    }
}

// The layouts around item have put it where they want it. Elsewhere in the window something may be polished
// for ever: a playing video is.
bool isLaidOut(const QQuickItem* item) {
    for (; item; item = item->parentItem()) {
        if (QQuickTest::qIsPolishScheduled(item)) {
            return false;
        }
    }
    return true;
}

}  // namespace

bool isPolished(QQuickWindow* window) {
    return !QQuickTest::qIsPolishScheduled(window);
}

bool waitForRest(QQuickWindow* window) {
    Places before;
    QString moving;
    int calm = 0;
    const bool rested = QTest::qWaitFor([&] {
        Places now;
        collectPlaces(window->contentItem(), now);
        if (isPolished(window) && now == before) {
            return ++calm >= kCalmTurns;
        }
        calm = 0;
        for (auto it = now.cbegin(); it != now.cend(); ++it) {
            if (before.value(it.key()) != it.value()) {
                moving = QString::fromLatin1(it.key()->metaObject()->className()) + QLatin1Char(' ') +
                         it.key()->objectName();
            }
        }
        before = std::move(now);
        return false;
    });
    if (!rested) {
        qWarning("the layout does not come to rest; last moved %s", qPrintable(moving));
    }
    return rested;
}

bool waitUntilItStands(QQuickItem* item) {
    const QPointer<QQuickItem> watched = item;
    QRectF before;
    int calm = 0;
    return QTest::qWaitFor([&] {
               if (!watched) {
                   return true;
               }
               const QRectF now = watched->mapRectToScene(watched->boundingRect());
               calm = isLaidOut(watched) && now == before ? calm + 1 : 0;
               before = now;
               return calm >= kCalmTurns;
           }) &&
           watched;
}

}  // namespace tikgok::test
