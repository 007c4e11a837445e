// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/screenshots/scenes.h"

#include <QTest>

#include <algorithm>
#include <iterator>

namespace tikgok::test {

namespace {

int slowness = 1;

}  // namespace

void setSlowness(int times) {
    slowness = times;
}

void pause(int ms) {
    QTest::qWait(ms * slowness);
}

// The greeting would stand over every page of somebody signed in.
void signIn(Stage& stage) {
    stage.signIn();
    QMetaObject::invokeMethod(stage.object(QStringLiteral("toasts")), "hide");
}

std::vector<Scene> scenes() {
    std::vector<Scene> all;
    for (auto* const area :
         {publishScenes, feedScenes, peopleScenes, settingsScenes, talkScenes, simulatorScenes}) {
        std::ranges::move(area(), std::back_inserter(all));
    }
    return all;
}

}  // namespace tikgok::test
