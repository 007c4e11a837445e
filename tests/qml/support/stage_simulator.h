// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of the Simulator page share: the way there, and its looks.
#pragma once

#include "tests/qml/support/use.h"

#include <array>

namespace tikgok::test {

inline void openPage(Stage& stage) {
    QMetaObject::invokeMethod(stage.shell(), "openSimulator");
    QTRY_VERIFY(stage.find(QStringLiteral("simulatorPage")));
}

// On the page of a simulator whose door is open.
inline bool openOnSimulator(Stage& stage) {
    if (!stage.open()) {
        return false;
    }
    stage.start();
    if (!stage.startSimulator()) {
        return false;
    }
    openPage(stage);
    return true;
}

inline void openSection(Stage& stage, const char* section) {
    click(stage, QStringLiteral("section_") + QLatin1StringView(section));
}

inline void type(Stage& stage, const QString& field, const QString& text) {
    QTRY_VERIFY2(stage.find(field), qPrintable(field));
    stage.find(field)->setProperty("text", text);
}

// Two writes that nothing can be done with.
inline void poison(Stage& stage) {
    stage.simulatorDesk.switchInside(QStringLiteral("poison_message"), true);
    QTRY_COMPARE(stage.simulatorWatch.insideOn(), 1);
    for (const char* name : {"one", "two"}) {
        QCOMPARE(stage.askSimulator(QStringLiteral("/douyin/user/register/?username=%1&password=secret123")
                                        .arg(QLatin1String(name)),
                                    true),
                 200);
    }
}

// Brings the stage to one of the looks of the page. What comes of it comes with the answers of a real server.
inline void bringTo(Stage& stage, const QString& look) {
    if (look == QLatin1StringView("none")) {
        QVERIFY(stage.startSimulator());
        QVERIFY(stage.leaveSimulator());
        openPage(stage);
        QTRY_VERIFY(stage.find(QStringLiteral("noSimulator")));
        return;
    }
    QVERIFY(stage.startSimulator(look != QLatin1StringView("token")));
    openPage(stage);
    if (look == QLatin1StringView("token")) {
        QTRY_VERIFY(stage.find(QStringLiteral("adminToken")));
        return;
    }
    QTRY_VERIFY(stage.find(QStringLiteral("section_faults")));
    if (look == QLatin1StringView("faults")) {
        stage.simulatorDesk.addPreset(QStringLiteral("feed-500"));
        stage.simulatorDesk.addRule(QStringLiteral("/douyin/relation/friend/list/"),
                                    QStringLiteral("drop_answer"), 0, 25, 3);
        stage.simulatorDesk.freezeClock();
        QTRY_VERIFY(stage.find(QStringLiteral("remove_drop-answer")));
        // The banner says all of it, and comes when the watch has heard of it.
        QTRY_VERIFY(stage.simulatorWatch.rulesOn() == 2 && !stage.simulatorWatch.realTime());
        return;
    }
    if (look == QLatin1StringView("given up")) {
        poison(stage);
        QTRY_VERIFY_WITH_TIMEOUT(stage.find(QStringLiteral("resendAll")), 20'000);
        return;
    }
    if (look == QLatin1StringView("checks") || look == QLatin1StringView("coverage")) {
        openSection(stage, "checks");
        stage.simulatorDesk.setValidating(true);
        stage.simulatorDesk.setCovering(true);
        QTRY_VERIFY(stage.simulatorDesk.validating() && stage.simulatorDesk.covering());
        stage.askSimulator(QStringLiteral("/douyin/feed/?latest_time=soon"));
        QTRY_VERIFY(stage.find(QStringLiteral("finding_0")));
        if (look == QLatin1StringView("coverage")) {
            click(stage, QStringLiteral("coverage_/douyin/feed/"));
            QTRY_VERIFY(stage.find(QStringLiteral("coverageMet")));
        }
        return;
    }
    if (look == QLatin1StringView("replay")) {
        openSection(stage, "replay");
        click(stage, QStringLiteral("startReplay"));
        QTRY_VERIFY(stage.simulatorDesk.replayOn());
        stage.askSimulator(QStringLiteral("/ping"));
        click(stage, QStringLiteral("stopReplay"));
        click(stage, QStringLiteral("checkReplay"));
        QTRY_COMPARE_WITH_TIMEOUT(stage.simulatorDesk.replayed(), SimulatorDesk::Replayed::Same, 30'000);
        return;
    }
    if (look == QLatin1StringView("rule")) {
        click(stage, QStringLiteral("ownRule"));
        QTRY_VERIFY(stage.find(QStringLiteral("addRule")));
        return;
    }
    if (look == QLatin1StringView("scenarios")) {
        stage.simulatorDesk.loadScenario(QStringLiteral("friend-writes-while-you-type"));
    }
    if (look == QLatin1StringView("other world")) {
        openSection(stage, "world");
        click(stage, QStringLiteral("otherWorld"));
        click(stage, QStringLiteral("world_busy"));
        QTRY_VERIFY(stage.find(QStringLiteral("worldSeed")));
        return;
    }
    if (look == QLatin1StringView("world")) {
        stage.simulatorDesk.files()->exportWorld(
            QUrl::fromLocalFile(stage.filePath(QStringLiteral("no/such/folder/world.tikgok"))));
        QTRY_COMPARE(stage.simulatorDesk.files()->outcome(), SimulatorFiles::Outcome::FileTrouble);
        stage.simulatorDesk.saveSnapshot(QStringLiteral("before-the-bug-in-the-long-list-of-friends"));
    }
    if (look == QLatin1StringView("journal")) {
        QTRY_VERIFY(stage.simulatorDesk.recording());
        stage.simulatorDesk.addPreset(QStringLiteral("feed-500"));
        QTRY_COMPARE(stage.simulatorWatch.rulesOn(), 1);
        stage.askSimulator(QStringLiteral("/douyin/feed/?latest_time=0"));
        stage.askSimulator(QStringLiteral("/douyin/relation/follower/list/?user_id=2"));
        stage.askSimulator(QStringLiteral("/static/demo/covers/01-aurora.jpg"));
    }
    openSection(stage, look.toLatin1().constData());
    if (look == QLatin1StringView("scenarios")) {
        QTRY_VERIFY(stage.find(QStringLiteral("guestRow")));
        QTRY_VERIFY(stage.find(QStringLiteral("scenario_slow-3g")));
    } else if (look == QLatin1StringView("clock")) {
        QTRY_VERIFY(!textOf(stage, QStringLiteral("clockText")).isEmpty());
    } else if (look == QLatin1StringView("world")) {
        QTRY_COMPARE(stage.simulatorDesk.snapshots()->count(), 1);
    } else if (look == QLatin1StringView("people")) {
        QTRY_VERIFY(stage.find(QStringLiteral("become_mika")));
    } else if (look == QLatin1StringView("journal")) {
        QTRY_VERIFY(stage.simulatorDesk.journal()->count() >= 3);
    } else if (look == QLatin1StringView("load")) {
        QTRY_VERIFY(stage.simulatorDesk.load()->span() > 0);
    }
}

inline void showLook(Stage& stage, const QString& look) {
    bringTo(stage, look);
    QTRY_VERIFY(!stage.simulatorDesk.busy());
}

inline constexpr std::array kLooks{"none",      "token",  "faults",   "rule",        "given up",
                                   "scenarios", "clock",  "world",    "other world", "people",
                                   "journal",   "checks", "coverage", "replay",      "load"};

}  // namespace tikgok::test
