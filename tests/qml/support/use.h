// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How one uses what is on a page, and reads it.
#pragma once

#include "tests/qml/support/stage.h"

#include <QAnyStringView>
#include <QTest>

namespace tikgok::test {

inline void typeText(const Stage& stage, const QString& text) {
    for (const QChar c : text) {
        QTest::keyClick(stage.window(), c.toLatin1());
    }
}

inline void click(const Stage& stage, const QString& name) {
    QTRY_VERIFY2(stage.find(name), qPrintable(name));
    QMetaObject::invokeMethod(stage.find(name), "clicked");
}

// A switch, as a finger on it would.
inline void flip(const Stage& stage, const char* name) {
    auto* item = stage.find(QLatin1String(name));
    QVERIFY2(item, name);
    QMetaObject::invokeMethod(item, "flip");
}

// True when it had it already; gives it to it otherwise.
inline bool hasKeyboard(const Stage& stage, const char* name) {
    QQuickItem* item = stage.find(QLatin1String(name));
    if (item == nullptr || item->hasActiveFocus()) {
        return item != nullptr;
    }
    item->forceActiveFocus(Qt::TabFocusReason);
    return false;
}

inline void push(const Stage& stage, const char* name) {
    // A page that has just been opened takes the keyboard itself a moment later, and rows come and go: a key
    // that is pressed before would go elsewhere.
    QTRY_VERIFY2(hasKeyboard(stage, name), name);
    QTest::keyClick(stage.window(), Qt::Key_Return);
}

// Within the window.
inline QPointF middleOf(const QQuickItem* item) {
    return item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
}

// In the middle of it.
inline void pressItem(const Stage& stage, QQuickItem* item) {
    QVERIFY(item);
    QTest::mouseClick(stage.window(), Qt::LeftButton, Qt::NoModifier, middleOf(item).toPoint());
}

inline void clickItemTwice(const Stage& stage, const QQuickItem* item) {
    QVERIFY(item);
    QTest::mouseDClick(stage.window(), Qt::LeftButton, Qt::NoModifier, middleOf(item).toPoint());
}

inline void clickTwice(const Stage& stage, const char* name) {
    clickItemTwice(stage, stage.find(QLatin1StringView(name)));
}

inline QString textOf(const Stage& stage, QAnyStringView name) {
    const QQuickItem* item = stage.find(name.toString());
    return item ? item->property("text").toString() : QString();
}

// All visible ones of that objectName, from item down.
inline QList<QQuickItem*> all(QQuickItem* item, const QString& name) {
    QList<QQuickItem*> found;
    if (!item->isVisible())
        return found;
    if (item->objectName() == name)
        found.append(item);
    for (QQuickItem* child : item->childItems())
        found += all(child, name);
    return found;
}

// Labels that are seen, from item down.
inline QList<QQuickItem*> seenLabels(QQuickItem* item) {
    QList<QQuickItem*> found;
    if (!item->isVisible() || item->opacity() == 0)
        return found;
    if (item->inherits("QQuickText"))
        found.append(item);
    for (QQuickItem* child : item->childItems())
        found += seenLabels(child);
    return found;
}

inline QList<QQuickItem*> all(const Stage& stage, const char* name) {
    return all(stage.window()->contentItem(), QLatin1String(name));
}

}  // namespace tikgok::test
