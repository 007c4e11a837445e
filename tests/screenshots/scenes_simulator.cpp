// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Simulator page.
#include "tests/screenshots/scenes.h"

#include <QTest>

namespace tikgok::test {

namespace {

// The Simulator page on a real simulator, in one of its sections.
void openSimulator(Stage& stage, const char* section, bool open = true) {
    stage.startSimulator(open);
    QMetaObject::invokeMethod(stage.shell(), "openSimulator");
    if (!open ||
        !QTest::qWaitFor([&stage] { return stage.find(QStringLiteral("section_faults")) != nullptr; }))
        return;
    QMetaObject::invokeMethod(stage.find(QStringLiteral("section_") + QLatin1StringView(section)), "clicked");
    pause(400);
}

void breakSimulator(Stage& stage) {
    stage.simulatorDesk.addPreset(QStringLiteral("feed-500"));
    static_cast<void>(QTest::qWaitFor([&stage] { return stage.simulatorWatch.rulesOn() == 1; }));
    for (int i = 0; i < 3; ++i)
        stage.askSimulator(QStringLiteral("/douyin/feed/?latest_time=0"));
}

// A minute of a client's life, shortened.
void keepBusy(Stage& stage) {
    constexpr int kRounds = 60;
    for (int round = 0; round < kRounds; ++round) {
        if (round == kRounds / 2)
            stage.simulatorDesk.addPreset(QStringLiteral("one-in-three"));
        for (int i = 0; i < 1 + round % 7 / 2; ++i)
            stage.askSimulator(QStringLiteral("/douyin/feed/"));
        pause(20);
    }
}

}  // namespace

std::vector<Scene> simulatorScenes() {
    return {
        {"simulator-faults",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "faults");
             breakSimulator(stage);
             stage.simulatorDesk.addRule(QStringLiteral("/douyin/comment/*"), QStringLiteral("latency"),
                                         3'000, 50, 10);
             stage.simulatorDesk.freezeClock();
             pause(400);
         },
         true},
        {"simulator-rule",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "faults");
             QMetaObject::invokeMethod(stage.find(QStringLiteral("ownRule")), "clicked");
             pause(50);
             stage.object(QStringLiteral("ruleNumber"))->setProperty("text", QStringLiteral("999"));
             QMetaObject::invokeMethod(stage.object(QStringLiteral("addRule")), "clicked");
             pause(300);
         },
         true},
        {"simulator-scenarios",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "scenarios");
             stage.simulatorDesk.loadScenario(QStringLiteral("answer-lost-after-commit"));
             pause(600);
         },
         true},
        {"simulator-clock",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "clock");
             stage.simulatorDesk.freezeClock();
             pause(400);
         },
         true},
        {"simulator-world",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "world");
             stage.simulatorDesk.saveSnapshot(QStringLiteral("before-the-bug"));
             pause(400);
         },
         true},
        {"simulator-world-file",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "world");
             const QUrl file = QUrl::fromLocalFile(stage.filePath(QStringLiteral("bug-1234.tikgok")));
             SimulatorFiles* files = stage.simulatorDesk.files();
             files->exportWorld(file);
             static_cast<void>(
                 QTest::qWaitFor([files] { return files->work() == SimulatorFiles::Work::None; }));
             files->importWorld(file);
             static_cast<void>(
                 QTest::qWaitFor([files] { return files->work() == SimulatorFiles::Work::None; }));
             pause(400);
             stage.find(QStringLiteral("dialect_standard"))->forceActiveFocus();
             pause(100);
         },
         true},
        {"simulator-other-world",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "world");
             QMetaObject::invokeMethod(stage.find(QStringLiteral("otherWorld")), "clicked");
             pause(400);
             QMetaObject::invokeMethod(stage.find(QStringLiteral("world_busy")), "clicked");
             pause(100);
         },
         true},
        {"simulator-people",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "people");
             stage.simulatorDesk.become(QStringLiteral("12"));
             pause(400);
         },
         true},
        {"simulator-journal",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "journal");
             stage.askSimulator(QStringLiteral("/douyin/feed/?latest_time=0"));
             stage.askSimulator(QStringLiteral("/static/demo/covers/01-aurora.jpg"));
             stage.askSimulator(QStringLiteral("/douyin/comment/list/?video_id=3"));
             breakSimulator(stage);
             pause(400);
         },
         true},
        {"simulator-entry",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "journal");
             breakSimulator(stage);
             pause(400);
             const auto* journal = stage.simulatorDesk.journal();
             const QString number = journal->data(journal->index(0), JournalModel::NumberRole).toString();
             QMetaObject::invokeMethod(stage.find(QStringLiteral("entry_") + number), "clicked");
             pause(400);
         },
         true},
        {"simulator-checks",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "checks");
             const SimulatorDesk& desk = stage.simulatorDesk;
             static_cast<void>(QTest::qWaitFor([&desk] { return desk.recording(); }));
             stage.simulatorDesk.setValidating(true);
             stage.simulatorDesk.setCovering(true);
             static_cast<void>(QTest::qWaitFor([&desk] { return desk.validating() && desk.covering(); }));
             stage.askSimulator(QStringLiteral("/douyin/feed/?latest_time=soon"));
             stage.askSimulator(QStringLiteral("/douyin/comment/list/"));
             breakSimulator(stage);
             static_cast<void>(QTest::qWaitFor([&desk] { return desk.checked() == QStringLiteral("5"); }));
         },
         true},
        {"simulator-coverage",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "checks");
             stage.simulatorDesk.setCovering(true);
             pause(300);
             breakSimulator(stage);
             stage.askSimulator(QStringLiteral("/douyin/comment/list/?video_id=3"));
             pause(300);
             QMetaObject::invokeMethod(stage.find(QStringLiteral("coverage_/douyin/feed/")), "clicked");
             pause(300);
         },
         true},
        {"simulator-replay",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "replay");
             stage.simulatorDesk.startReplay();
             static_cast<void>(QTest::qWaitFor([&stage] { return stage.simulatorDesk.replayOn(); }));
             stage.askSimulator(QStringLiteral("/douyin/feed/"));
             stage.askSimulator(QStringLiteral("/static/demo/covers/01-aurora.jpg"));
             stage.simulatorDesk.stopReplay();
             static_cast<void>(QTest::qWaitFor([&stage] { return !stage.simulatorDesk.replayOn(); }));
             stage.simulatorDesk.checkReplay();
             static_cast<void>(
                 QTest::qWaitFor([&stage] { return !stage.simulatorDesk.replaying(); }, 20'000));
             pause(300);
         },
         true},
        {"simulator-given-up",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "faults");
             stage.simulatorDesk.switchInside(QStringLiteral("poison_message"), true);
             pause(200);
             for (const char* name : {"one", "two", "three"})
                 stage.askSimulator(QStringLiteral("/douyin/user/register/?username=%1&password=secret123")
                                        .arg(QLatin1String(name)),
                                    true);
             static_cast<void>(QTest::qWaitFor(
                 [&stage] { return stage.simulatorDesk.deadLetters()->count() == 3; }, 20'000));
             pause(200);
             stage.find(QStringLiteral("resendAll"))->forceActiveFocus();
             pause(100);
         },
         true},
        {"simulator-load",
         {},
         {},
         [](Stage& stage) {
             openSimulator(stage, "load");
             keepBusy(stage);
         },
         true},
        {"simulator-token", {}, {}, [](Stage& stage) { openSimulator(stage, "faults", false); }, true},
        {"simulator-none",
         {},
         {},
         [](Stage& stage) {
             stage.startSimulator();
             stage.leaveSimulator();
             QMetaObject::invokeMethod(stage.shell(), "openSimulator");
         },
         true},
        {"simulator-banner",
         {},
         {},
         [](Stage& stage) {
             stage.startSimulator();
             breakSimulator(stage);
         },
         true},
    };
}

}  // namespace tikgok::test
