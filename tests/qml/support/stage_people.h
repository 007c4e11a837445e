// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of people and of their videos share: the way to somebody's page, and what is to be seen.
#pragma once

#include "tests/qml/support/small_world.h"
#include "tests/qml/support/use.h"

namespace tikgok::test {

inline const QString kFollow = QStringLiteral("/douyin/relation/action/");

// On the profile of the first video's author, signed in.
inline bool openProfile(Stage& stage, QSize size = QSize(390, 844)) {
    if (!stage.open(size))
        return false;
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("authorButton"));
    return QTest::qWaitFor([&stage] { return !all(stage, "coverCell").isEmpty(); });
}

// Of the video being watched; its neighbours have the same parts.
inline QQuickItem* part(const Stage& stage, const char* name) {
    const QQuickItem* pager = stage.find(QStringLiteral("pager"));
    auto* page = pager ? pager->property("currentPage").value<QQuickItem*>() : nullptr;
    return page ? all(page, QLatin1String(name)).value(0) : nullptr;
}

inline int playing(const Stage& stage) {
    return stage.playback.isPlaying() ? 1 : 0;
}

}  // namespace tikgok::test
