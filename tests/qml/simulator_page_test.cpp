// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Simulator page and its banner, on a real simulator. What it shows of what happened is in
// simulator_findings_page_test.cpp.
#include "tests/qml/support/audit.h"
#include "tests/qml/support/stage_simulator.h"
#include "tests/qml/support/test_main.h"
#include "tests/qml/support/tree_audit.h"

#include <QFile>
#include <QSignalSpy>

namespace tikgok::test {

using Presence = SimulatorWatch::Presence;

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
        QVERIFY(openOnSimulator(stage));
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
        QVERIFY(openOnSimulator(stage));
        QTRY_VERIFY(stage.simulatorDesk.shown());
        click(stage, QStringLiteral("backButton"));
        QTRY_VERIFY(!stage.simulatorDesk.shown());
    }

    // --- faults

    void rulesAreSwitchedAndRemovedOneByOne() {
        Stage stage;
        QVERIFY(openOnSimulator(stage));
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
        QVERIFY(openOnSimulator(stage));
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

    // --- worlds

    void aWorldIsNotReplacedUnasked() {
        Stage stage;
        QVERIFY(openOnSimulator(stage));
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
        QVERIFY(openOnSimulator(stage));
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
        QVERIFY(openOnSimulator(stage));
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

    // --- as every page

    void sectionsByKeyboardAlone() {
        Stage stage;
        QVERIFY(openOnSimulator(stage));
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
