// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the Simulator page shows of what happened: the journal, what was given up, what was found, recordings.
#include "tests/qml/support/stage_simulator.h"
#include "tests/qml/support/test_main.h"

#include <QAccessible>
#include <QFile>
#include <QSignalSpy>

namespace tikgok::test {

class SimulatorFindingsPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void entryIsShownWholeAndCopied() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        showLook(stage, QStringLiteral("journal"));
        const QString number = stage.simulatorDesk.journal()
                                   ->data(stage.simulatorDesk.journal()->index(0), JournalModel::NumberRole)
                                   .toString();
        click(stage, QStringLiteral("entry_") + number);
        QTRY_VERIFY(textOf(stage, QStringLiteral("entryText")).contains(QStringLiteral("/static/")));
        QSignalSpy curl(&stage.simulatorDesk, &SimulatorDesk::curlReady);
        click(stage, QStringLiteral("copyCurl"));
        QTRY_COMPARE(curl.count(), 1);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void whatWasCutIsSaidInWords() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        showLook(stage, QStringLiteral("journal"));
        const auto newest = [&stage] {
            const JournalModel* const journal = stage.simulatorDesk.journal();
            return QStringLiteral("entry_") +
                   journal->data(journal->index(0), JournalModel::NumberRole).toString();
        };
        const auto description = [&] {
            QQuickItem* const line = stage.find(newest());
            QAccessibleInterface* const heard = line ? QAccessible::queryAccessibleInterface(line) : nullptr;
            return heard ? heard->text(QAccessible::Description) : QString();
        };
        stage.simulatorDesk.addRule(QStringLiteral("/ping"), QStringLiteral("empty_reply"), 0, 100, 0);
        QTRY_COMPARE(stage.simulatorWatch.rulesOn(), 2);
        QCOMPARE(stage.askSimulator(QStringLiteral("/ping")), 0);
        QTRY_COMPARE(textOf(stage, newest()), QStringLiteral("GET /ping: cut"));
        QVERIFY2(description().contains(QStringLiteral("closed, no answer")), qPrintable(description()));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void fileThatCannotBeWrittenIsSaid() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        showLook(stage, QStringLiteral("journal"));
        stage.simulatorDesk.exportHar(QUrl::fromLocalFile(stage.filePath(QStringLiteral("no/folder/x.har"))));
        QTRY_VERIFY(stage.find(QStringLiteral("harPlace")));
        QVERIFY(textOf(stage, QStringLiteral("harPlace")).contains(QStringLiteral("could not be saved")));
        stage.simulatorDesk.exportHar(QUrl::fromLocalFile(stage.filePath(QStringLiteral("x.har"))));
        QTRY_VERIFY(textOf(stage, QStringLiteral("harPlace")).contains(QStringLiteral("x.har")));
    }

    void whatWasGivenUpIsSentAgain() {
        Stage stage;
        QVERIFY(openOnSimulator(stage));
        QTRY_VERIFY(stage.find(QStringLiteral("preset_feed-500")));
        QVERIFY(!stage.find(QStringLiteral("resendAll")));
        poison(stage);
        QTRY_COMPARE_WITH_TIMEOUT(stage.simulatorDesk.deadLetters()->count(), 2, 20'000);
        QMetaObject::invokeMethod(stage.find(QStringLiteral("switch_poison_message")), "flip");
        QTRY_COMPARE(stage.simulatorWatch.insideOn(), 0);
        const QString letter =
            stage.simulatorDesk.deadLetters()
                ->data(stage.simulatorDesk.deadLetters()->index(0), DeadLettersModel::LetterRole)
                .toString();
        click(stage, QStringLiteral("resend_") + letter);
        QTRY_COMPARE(stage.simulatorDesk.deadLetters()->count(), 1);
        // One alone needs no "all".
        QTRY_VERIFY(!stage.find(QStringLiteral("resendAll")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void findingsLeadIntoTheJournal() {
        Stage stage;
        QVERIFY(openOnSimulator(stage));
        openSection(stage, "checks");
        QTRY_VERIFY(textOf(stage, QStringLiteral("noFindings")).contains(QStringLiteral("Switch it on")));
        QTRY_VERIFY(stage.simulatorDesk.recording());
        QMetaObject::invokeMethod(stage.find(QStringLiteral("switch_validation")), "flip");
        QTRY_VERIFY(stage.simulatorDesk.validating());
        QTRY_VERIFY(textOf(stage, QStringLiteral("noFindings")).contains(QStringLiteral("Nothing wrong")));
        stage.askSimulator(QStringLiteral("/douyin/feed/?latest_time=soon"));
        QTRY_VERIFY(stage.find(QStringLiteral("finding_0")));
        QVERIFY(stage.find(QStringLiteral("finding_0"))
                    ->property("detail")
                    .toString()
                    .contains(QStringLiteral("latest_time")));
        click(stage, QStringLiteral("finding_0"));
        QTRY_VERIFY(textOf(stage, QStringLiteral("entryText")).contains(QStringLiteral("latest_time=soon")));
        QMetaObject::invokeMethod(stage.object(QStringLiteral("findingSheet")), "close");
        click(stage, QStringLiteral("clearFindings"));
        QTRY_VERIFY(!stage.find(QStringLiteral("finding_0")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void coverageSaysWhatNeverCame() {
        Stage stage;
        QVERIFY(openOnSimulator(stage));
        openSection(stage, "checks");
        QTRY_VERIFY(stage.find(QStringLiteral("switch_coverage")));
        QVERIFY(!stage.find(QStringLiteral("coverage_/douyin/feed/")));
        QMetaObject::invokeMethod(stage.find(QStringLiteral("switch_coverage")), "flip");
        QTRY_VERIFY(stage.find(QStringLiteral("coverage_/douyin/feed/")));
        stage.simulatorDesk.addPreset(QStringLiteral("feed-500"));
        QTRY_COMPARE(stage.simulatorWatch.rulesOn(), 1);
        stage.askSimulator(QStringLiteral("/douyin/feed/"));
        QTRY_VERIFY(stage.find(QStringLiteral("coverage_/douyin/feed/"))
                        ->property("detail")
                        .toString()
                        .contains(QStringLiteral("500")));
        click(stage, QStringLiteral("coverage_/douyin/feed/"));
        QTRY_VERIFY(stage.find(QStringLiteral("coverageMet")));
        const auto words = [&stage](const char* part) {
            return stage.find(QLatin1String(part))->property("words").toString();
        };
        QVERIFY(words("coverageMet").contains(QStringLiteral("HTTP 500")));
        QVERIFY(words("coverageMet").contains(QStringLiteral("status")));
        QVERIFY(words("coverageFaults").contains(QStringLiteral("latency")));
        QVERIFY(!words("coverageFaults").contains(QStringLiteral("status")));
        // From there to a rule that lets one of them happen.
        click(stage, QStringLiteral("breakRoute"));
        QTRY_VERIFY(stage.find(QStringLiteral("ruleRoute")));
        QCOMPARE(textOf(stage, QStringLiteral("ruleRoute")), QStringLiteral("/douyin/feed/"));
        click(stage, QStringLiteral("effectTooMany"));
        click(stage, QStringLiteral("addRule"));
        QTRY_COMPARE(stage.simulatorWatch.rulesOn(), 2);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void aRecordingIsSavedAndHappensAgain() {
        Stage stage;
        QVERIFY(openOnSimulator(stage));
        openSection(stage, "replay");
        QTRY_VERIFY(stage.find(QStringLiteral("startReplay")));
        QVERIFY(!stage.find(QStringLiteral("saveReplay")));
        QVERIFY(!stage.find(QStringLiteral("forgetReplay")));
        click(stage, QStringLiteral("startReplay"));
        QTRY_VERIFY(stage.find(QStringLiteral("stopReplay")));
        stage.askSimulator(QStringLiteral("/douyin/feed/"));
        QTRY_VERIFY(textOf(stage, QStringLiteral("replayState")).contains(QStringLiteral("1 ")));
        click(stage, QStringLiteral("stopReplay"));
        QTRY_VERIFY(stage.find(QStringLiteral("saveReplay")));
        const QString path = stage.filePath(QStringLiteral("bug.replay"));
        QMetaObject::invokeMethod(stage.object(QStringLiteral("replaySaver")), "chosen",
                                  Q_ARG(QUrl, QUrl::fromLocalFile(path)));
        QTRY_VERIFY(textOf(stage, QStringLiteral("fileOutcome")).contains(path));
        QVERIFY(QFile::exists(path));
        click(stage, QStringLiteral("checkReplay"));
        QTRY_VERIFY_WITH_TIMEOUT(
            textOf(stage, QStringLiteral("replayOutcome")).contains(QStringLiteral("The same")), 30'000);
        // What would be lost is asked about.
        for (const char* button : {"forgetReplay", "startReplay"}) {
            click(stage, QLatin1String(button));
            click(stage, QStringLiteral("confirmKeep"));
            QTRY_VERIFY(!stage.find(QStringLiteral("confirmKeep")));
            QVERIFY(!stage.simulatorDesk.busy());
            QVERIFY(stage.find(QStringLiteral("saveReplay")));
        }
        click(stage, QStringLiteral("forgetReplay"));
        click(stage, QStringLiteral("confirmAction"));
        QTRY_VERIFY(!stage.find(QStringLiteral("saveReplay")));
        QCOMPARE(stage.warnings(), QStringList());
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::SimulatorFindingsPageTest)
#include "simulator_findings_page_test.moc"
