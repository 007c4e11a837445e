// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Simulator page and its banner, on a real simulator.
#include "tests/qml/support/audit.h"
#include "tests/qml/support/test_main.h"
#include "tests/qml/support/tree_audit.h"

#include <QAccessible>
#include <QFile>
#include <QSignalSpy>

namespace tikgok::test {

namespace {

using Presence = SimulatorWatch::Presence;

void openPage(Stage& stage) {
    QMetaObject::invokeMethod(stage.shell(), "openSimulator");
    QTRY_VERIFY(stage.find(QStringLiteral("simulatorPage")));
}

void click(Stage& stage, const QString& name) {
    QTRY_VERIFY2(stage.find(name), qPrintable(name));
    QMetaObject::invokeMethod(stage.find(name), "clicked");
}

void openSection(Stage& stage, const char* section) {
    click(stage, QStringLiteral("section_") + QLatin1StringView(section));
}

void type(Stage& stage, const QString& field, const QString& text) {
    QTRY_VERIFY2(stage.find(field), qPrintable(field));
    stage.find(field)->setProperty("text", text);
}

QString textOf(Stage& stage, const QString& name) {
    QQuickItem* item = stage.find(name);
    return item ? item->property("text").toString() : QString();
}

// Two writes that nothing can be done with.
void poison(Stage& stage) {
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
void bringTo(Stage& stage, const QString& look) {
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

void showLook(Stage& stage, const QString& look) {
    bringTo(stage, look);
    QTRY_VERIFY(!stage.simulatorDesk.busy());
}

constexpr std::array kLooks{"none",      "token",  "faults",   "rule",        "given up",
                            "scenarios", "clock",  "world",    "other world", "people",
                            "journal",   "checks", "coverage", "replay",      "load"};

}  // namespace

class SimulatorPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // --- the door

    void theEntryIsThereForSimulatorsOnly() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QMetaObject::invokeMethod(stage.shell(), "showPage", Q_ARG(QString, QStringLiteral("me")));
        QTRY_VERIFY(stage.find(QStringLiteral("settingsRow")));
        QVERIFY(!stage.find(QStringLiteral("simulatorRow")));
        QVERIFY(stage.startSimulator());
        QTRY_VERIFY(stage.find(QStringLiteral("simulatorRow")));
        click(stage, QStringLiteral("simulatorRow"));
        QTRY_VERIFY(stage.find(QStringLiteral("simulatorPage")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void saysWhenThereIsNone() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        openPage(stage);
        QTRY_VERIFY(stage.find(QStringLiteral("section_faults")));
        stage.stopSimulator();
        QTRY_VERIFY(stage.find(QStringLiteral("silentSimulator")));
        QVERIFY(!stage.find(QStringLiteral("section_faults")));
        QVERIFY(stage.find(QStringLiteral("lookAgain")));
        // Back again, and the page goes on by itself when it is asked to.
        QVERIFY(stage.startSimulator());
        QTRY_VERIFY(stage.find(QStringLiteral("section_faults")));
        QVERIFY(stage.leaveSimulator());
        QTRY_VERIFY(stage.find(QStringLiteral("noSimulator")));
        QVERIFY(!stage.find(QStringLiteral("silentSimulator")));
        QSignalSpy wanted(stage.find(QStringLiteral("simulatorPage")), SIGNAL(serversWanted()));
        click(stage, QStringLiteral("chooseServer"));
        QTRY_COMPARE(wanted.count(), 1);
        QTRY_VERIFY(stage.find(QStringLiteral("addServer")));
    }

    void opensWithATypedToken() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator(false));
        openPage(stage);
        type(stage, QStringLiteral("adminToken"), QStringLiteral("nonsense"));
        click(stage, QStringLiteral("giveToken"));
        QTRY_VERIFY(!stage.find(QStringLiteral("adminToken"))->property("problem").toString().isEmpty());
        // It does not stay on the screen.
        QVERIFY(textOf(stage, QStringLiteral("adminToken")).isEmpty());
        type(stage, QStringLiteral("adminToken"), stage.simulatorToken());
        click(stage, QStringLiteral("giveToken"));
        QTRY_VERIFY(stage.find(QStringLiteral("section_faults")));
        QTRY_VERIFY(stage.find(QStringLiteral("preset_feed-500")));
    }

    void saysWhenTheKeychainDoesNotTakeTheToken() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator(false));
        openPage(stage);
        stage.keychain.trouble = VaultError::Kind::Locked;
        QSignalSpy lost(&stage.simulatorWatch, &SimulatorWatch::tokenNotKept);
        type(stage, QStringLiteral("adminToken"), stage.simulatorToken());
        click(stage, QStringLiteral("giveToken"));
        QTRY_VERIFY(stage.find(QStringLiteral("section_faults")));
        QTRY_COMPARE(lost.count(), 1);
    }

    // --- the banner

    // On the smallest window with the largest words most of it is still the page's.
    void bannerLeavesRoomForThePage() {
        Stage stage;
        QVERIFY(stage.open(QSize(360, 640)));
        stage.start();
        stage.settings.setTextScale(2.0);
        QVERIFY(stage.startSimulator());
        QTRY_COMPARE(stage.simulatorWatch.presence(), Presence::Open);
        stage.simulatorDesk.freezeClock();
        stage.simulatorDesk.addPreset(QStringLiteral("slow-media"));
        QTRY_COMPARE(stage.simulatorWatch.rulesOn(), 1);
        for (const char* const language : {"en", "zh_CN"}) {
            stage.setLanguage(QLatin1String(language));
            QTRY_VERIFY(stage.find(QStringLiteral("chaosBanner")));
            const QQuickItem* banner = stage.find(QStringLiteral("chaosBanner"));
            QTRY_VERIFY2(banner->height() < 640 / 3.0, qPrintable(QString::number(banner->height())));
            QVERIFY(!textOf(stage, QStringLiteral("chaosBanner")).isEmpty());
            const QStringList cut = cutIn(stage.window());
            QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QLatin1Char('\n'))));
        }
        stage.press(QStringLiteral("makeGood"));
        QTRY_VERIFY(!stage.find(QStringLiteral("chaosBanner")));
    }

    void bannerLeadsHereAndMakesItGood() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        QTRY_COMPARE(stage.simulatorWatch.presence(), Presence::Open);
        QVERIFY(!stage.find(QStringLiteral("chaosBanner")));
        stage.simulatorDesk.freezeClock();
        QTRY_VERIFY(stage.find(QStringLiteral("chaosBanner")));
        stage.simulatorDesk.addPreset(QStringLiteral("slow-media"));
        QTRY_VERIFY(textOf(stage, QStringLiteral("chaosBanner")).contains(QStringLiteral("clock")));
        QTRY_VERIFY(textOf(stage, QStringLiteral("chaosBanner")).contains(QStringLiteral("1 ")));
        stage.press(QStringLiteral("openSimulator"));
        QTRY_VERIFY(stage.find(QStringLiteral("simulatorPage")));
        // Here it need not lead here.
        QTRY_VERIFY(!stage.find(QStringLiteral("openSimulator")));
        QTRY_VERIFY(!stage.simulatorDesk.busy());
        stage.press(QStringLiteral("makeGood"));
        QTRY_VERIFY(!stage.find(QStringLiteral("chaosBanner")));
        QVERIFY(!stage.simulatorWatch.chaotic());
        QCOMPARE(stage.warnings(), QStringList());
    }

    void asksNothingOnceThePageIsLeft() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        openPage(stage);
        QTRY_VERIFY(stage.simulatorDesk.shown());
        click(stage, QStringLiteral("backButton"));
        QTRY_VERIFY(!stage.simulatorDesk.shown());
    }

    // --- faults

    void rulesAreSwitchedAndRemovedOneByOne() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        openPage(stage);
        click(stage, QStringLiteral("preset_feed-500"));
        QTRY_VERIFY(stage.find(QStringLiteral("switch_feed-500")));
        QCOMPARE(stage.askSimulator(QStringLiteral("/douyin/feed/")), 500);
        QMetaObject::invokeMethod(stage.find(QStringLiteral("switch_feed-500")), "flip");
        QTRY_COMPARE(stage.simulatorWatch.rulesOn(), 0);
        QCOMPARE(stage.askSimulator(QStringLiteral("/douyin/feed/")), 200);
        QTRY_VERIFY(!stage.find(QStringLiteral("switch_feed-500"))->property("checked").toBool());
        click(stage, QStringLiteral("remove_feed-500"));
        QTRY_VERIFY(!stage.find(QStringLiteral("switch_feed-500")));
        QMetaObject::invokeMethod(stage.find(QStringLiteral("switch_disk_full")), "flip");
        QTRY_COMPARE(stage.simulatorWatch.insideOn(), 1);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void refusedRuleIsSaidInTheForm() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        openPage(stage);
        click(stage, QStringLiteral("ownRule"));
        type(stage, QStringLiteral("ruleNumber"), QStringLiteral("999"));
        click(stage, QStringLiteral("addRule"));
        QTRY_VERIFY(stage.find(QStringLiteral("ruleRefused")));
        QVERIFY(textOf(stage, QStringLiteral("ruleRefused")).contains(QStringLiteral("status")));
        // Mended, it is taken, and the form goes.
        type(stage, QStringLiteral("ruleNumber"), QStringLiteral("418"));
        type(stage, QStringLiteral("ruleTimes"), QStringLiteral("1"));
        click(stage, QStringLiteral("addRule"));
        QTRY_VERIFY(!stage.find(QStringLiteral("addRule")));
        QCOMPARE(stage.askSimulator(QStringLiteral("/douyin/feed/")), 418);
        QCOMPARE(stage.askSimulator(QStringLiteral("/douyin/feed/")), 200);
        QCOMPARE(stage.warnings(), QStringList());
    }

    // --- worlds, people, journal

    void aWorldIsNotReplacedUnasked() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        openPage(stage);
        openSection(stage, "world");
        click(stage, QStringLiteral("resetWorld"));
        click(stage, QStringLiteral("confirmKeep"));
        QTRY_VERIFY(!stage.find(QStringLiteral("confirmKeep")));
        click(stage, QStringLiteral("otherWorld"));
        click(stage, QStringLiteral("world_empty"));
        click(stage, QStringLiteral("confirmKeep"));
        QTRY_VERIFY(!stage.find(QStringLiteral("confirmKeep")));
        QVERIFY(!stage.simulatorDesk.busy());
        QCOMPARE(stage.simulatorWatch.world(), QStringLiteral("small"));
        click(stage, QStringLiteral("otherWorld"));
        click(stage, QStringLiteral("world_empty"));
        click(stage, QStringLiteral("confirmAction"));
        QTRY_COMPARE(stage.simulatorWatch.world(), QStringLiteral("empty"));
        click(stage, QStringLiteral("dialect_tikgok"));
        QTRY_COMPARE(stage.simulatorWatch.dialect(), QStringLiteral("tikgok"));
        type(stage, QStringLiteral("snapshotName"), QStringLiteral("no/good"));
        click(stage, QStringLiteral("saveSnapshot"));
        QTRY_VERIFY(stage.find(QStringLiteral("simulatorRefused")));
        type(stage, QStringLiteral("snapshotName"), QStringLiteral("mine"));
        click(stage, QStringLiteral("saveSnapshot"));
        QTRY_VERIFY(stage.find(QStringLiteral("snapshot_mine")));
        QVERIFY(!stage.find(QStringLiteral("simulatorRefused")));
    }

    void aSeedIsAskedForWhereOneMakesTheWorld() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        openPage(stage);
        openSection(stage, "world");
        click(stage, QStringLiteral("otherWorld"));
        QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
        QVERIFY(!stage.find(QStringLiteral("worldSeed")));
        click(stage, QStringLiteral("world_busy"));
        for (const char* wrong : {"", "-1", "seven", "1.5", "12345678901234567890"}) {
            type(stage, QStringLiteral("worldSeed"), QLatin1String(wrong));
            QTRY_VERIFY2(!stage.find(QStringLiteral("confirmAction"))->isEnabled(), wrong);
            QVERIFY(!stage.find(QStringLiteral("worldSeed"))->property("problem").toString().isEmpty());
        }
        type(stage, QStringLiteral("worldSeed"), QStringLiteral("424242"));
        QTRY_VERIFY(stage.find(QStringLiteral("confirmAction"))->isEnabled());
        click(stage, QStringLiteral("confirmAction"));
        QTRY_COMPARE(stage.simulatorWatch.world(), QStringLiteral("busy"));
        QVERIFY(!stage.find(QStringLiteral("simulatorRefused")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void aWorldGoesOutAndComesIn() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        openPage(stage);
        openSection(stage, "world");
        QTRY_VERIFY(stage.find(QStringLiteral("exportWorld")));
        QVERIFY(!stage.find(QStringLiteral("fileOutcome")));
        // The dialogs are the desktop's business; this is what they say in the end.
        const auto choose = [&stage](const char* dialog, const QString& path) {
            QMetaObject::invokeMethod(stage.object(QLatin1String(dialog)), "chosen",
                                      Q_ARG(QUrl, QUrl::fromLocalFile(path)));
        };
        const QString path = stage.filePath(QStringLiteral("bug.tikgok"));
        choose("worldSaver", path);
        QTRY_VERIFY(textOf(stage, QStringLiteral("fileOutcome")).contains(path));
        choose("worldOpener", path);
        QTRY_VERIFY(stage.find(QStringLiteral("snapshot_bug")));
        QTRY_VERIFY(textOf(stage, QStringLiteral("fileOutcome")).contains(QStringLiteral("“bug”")));
        QFile wrong(stage.filePath(QStringLiteral("wrong.tikgok")));
        QVERIFY(wrong.open(QIODevice::WriteOnly));
        wrong.write("nothing");
        wrong.close();
        choose("worldOpener", wrong.fileName());
        QTRY_VERIFY(textOf(stage, QStringLiteral("fileOutcome")).contains(QStringLiteral("not an exported")));
        QCOMPARE(stage.simulatorDesk.snapshots()->count(), 1);
        choose("worldSaver", stage.filePath(QStringLiteral("no/folder/x.tikgok")));
        QTRY_VERIFY(
            textOf(stage, QStringLiteral("fileOutcome")).contains(QStringLiteral("cannot be written")));
        QCOMPARE(stage.warnings(), QStringList());
    }

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

    // --- what it found

    void whatWasGivenUpIsSentAgain() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        openPage(stage);
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
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        openPage(stage);
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
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        openPage(stage);
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
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        openPage(stage);
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

    // --- as every page

    void sectionsByKeyboardAlone() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.startSimulator());
        openPage(stage);
        QTRY_VERIFY(stage.find(QStringLiteral("section_faults")));
        const auto tabTo = [&stage](const QString& name) {
            for (int i = 0; i < 60; ++i) {
                if (stage.focused() && stage.focused()->objectName() == name) {
                    return true;
                }
                QTest::keyClick(stage.window(), Qt::Key_Tab);
            }
            return false;
        };
        QVERIFY(tabTo(QStringLiteral("section_faults")));
        QTest::keyClick(stage.window(), Qt::Key_Right);
        QTest::keyClick(stage.window(), Qt::Key_Right);
        QCOMPARE(stage.focused()->objectName(), QStringLiteral("section_clock"));
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(stage.find(QStringLiteral("freezeClock")));
        QVERIFY(tabTo(QStringLiteral("freezeClock")));
        QTest::keyClick(stage.window(), Qt::Key_Space);
        QTRY_VERIFY(stage.simulatorDesk.clockFrozen());
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(!stage.find(QStringLiteral("simulatorPage")));
    }

    void everythingHasAName_data() {
        QTest::addColumn<QString>("look");
        QTest::addColumn<QSize>("size");
        for (const char* look : kLooks) {
            for (const QSize size : {QSize(390, 844), QSize(1200, 800)}) {
                QTest::addRow("%s at %d", look, size.width()) << QString::fromLatin1(look) << size;
            }
        }
    }
    void everythingHasAName() {
        QFETCH(const QString, look);
        QFETCH(const QSize, size);
        Stage stage;
        QVERIFY(stage.open(size));
        stage.start();
        showLook(stage, look);
        int named = 0;
        const QStringList nameless = namelessIn(stage.window(), named);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
        QVERIFY2(named >= 2, qPrintable(QString::number(named)));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void accessibleTree_data() { everythingHasAName_data(); }
    void accessibleTree() {
        QFETCH(const QString, look);
        QFETCH(const QSize, size);
        Stage stage;
        QVERIFY(stage.open(size));
        stage.start();
        showLook(stage, look);
        const QStringList faults = accessibleFaults(stage.window());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void nothingIsCutOff_data() {
        QTest::addColumn<QString>("look");
        for (const char* look : kLooks) {
            QTest::newRow(look) << QString::fromLatin1(look);
        }
    }
    void nothingIsCutOff() {
        QFETCH(const QString, look);
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        showLook(stage, look);
        const QStringList cut = cutInShapes(stage, {QSize(360, 640), QSize(390, 844), QSize(1200, 800)});
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QLatin1Char('\n'))));
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::SimulatorPageTest)
#include "simulator_page_test.moc"
