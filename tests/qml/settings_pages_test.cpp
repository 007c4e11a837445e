// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Settings, keys and diagnostics as people use them; each setting is tested by what it does. And the looks of
// these pages, those of account_pages_test.cpp included.

#include "tests/qml/support/audit.h"
#include "tests/qml/support/double_click.h"
#include "tests/qml/support/rest.h"
#include "tests/qml/support/stage_settings.h"
#include "tests/qml/support/test_main.h"
#include "tests/qml/support/tree_audit.h"

#include <QAccessible>
#include <QMetaEnum>
#include <QSignalSpy>

#include <array>

namespace tikgok::test {

namespace {

void choose(Stage& stage, const char* name, const QVariant& value) {
    auto* item = stage.find(QLatin1String(name));
    QVERIFY2(item, name);
    QMetaObject::invokeMethod(item, "chosen", Q_ARG(QVariant, value));
}

constexpr std::array kPages{"settings",   "storage-clear",   "storage-refused",
                            "accounts",   "accounts-locked", "accounts-plain",
                            "servers",    "servers-form",    "keys",
                            "keys-taken", "diagnostics",     "silent"};

StageOptions optionsFor(const QString& page) {
    StageOptions options;
    options.cache = page.startsWith(QLatin1StringView("storage"));
    if (page == QLatin1StringView("storage-refused")) {
        options.filesDirectory = QStringLiteral("/proc/no/such/place");
    }
    return options;
}

}  // namespace

class SettingsPagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // --- settings, by what they do

    void dataSaverLoadsNothingAhead() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(stage.playback.playerFor(1));
        openSettings(stage);
        flip(stage, "dataSaverToggle");
        QVERIFY(stage.settings.dataSaver());
        QVERIFY(!stage.settings.picturesAhead());
        stage.playback.setCurrentIndex(4);
        QTest::keyClick(stage.window(), Qt::Key_1);
        QTRY_VERIFY(stage.playback.playerFor(4));
        QTest::qWait(30);
        QVERIFY(!stage.playback.playerFor(5));
        // Nor are the pictures of those that nobody sees.
        const auto* shown = stage.find(QStringLiteral("pager"))->property("currentPage").value<QQuickItem*>();
        QVERIFY(shown != nullptr);
        QVERIFY(!shown->property("coverUrl").toUrl().isEmpty());
        int neighbours = 0;
        for (const QQuickItem* page : shown->parentItem()->childItems()) {
            if (page->objectName() == shown->objectName() && page->property("index").toInt() > 4) {
                QCOMPARE(page->property("coverUrl").toUrl(), QUrl());
                ++neighbours;
            }
        }
        QVERIFY(neighbours > 0);
        // And with it off, as much as was chosen.
        openSettings(stage);
        flip(stage, "dataSaverToggle");
        choose(stage, "prefetchChoice", static_cast<int>(Settings::Ahead::Neighbours));
        QTest::keyClick(stage.window(), Qt::Key_1);
        QTRY_VERIFY(stage.playback.playerFor(5));
        QTRY_VERIFY(stage.playback.playerFor(3));
        openSettings(stage);
        choose(stage, "prefetchChoice", static_cast<int>(Settings::Ahead::Nothing));
        QTest::keyClick(stage.window(), Qt::Key_1);
        stage.playback.setCurrentIndex(8);
        QTRY_VERIFY(stage.playback.playerFor(8));
        QTest::qWait(30);
        QVERIFY(!stage.playback.playerFor(9));
    }

    // Sizes and numbers, too: who asks for the locale alone is not told that there is another one.
    void sizesFollowTheLanguage() {
        Stage stage;
        stage.setLanguage(QStringLiteral("en"));
        QVERIFY(stage.open());
        stage.start();
        openSettings(stage);
        QQuickItem* row = stage.find(QStringLiteral("usageRow"));
        QVERIFY(row);
        const QString english = row->property("value").toString();
        QVERIFY2(english.contains(QLatin1StringView("bytes")), qPrintable(english));
        stage.setLanguage(QStringLiteral("zh_CN"));
        QTRY_VERIFY2(row->property("value").toString().contains(QStringLiteral("字节")),
                     qPrintable(row->property("value").toString()));
    }

    void autoplayOffWaitsForATap() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(stage.playback.isPlaying());
        openSettings(stage);
        flip(stage, "autoplayToggle");
        QTest::keyClick(stage.window(), Qt::Key_1);
        QTest::keyClick(stage.window(), Qt::Key_J);
        QTRY_COMPARE(stage.playback.currentIndex(), 1);
        QVERIFY(stage.playback.isPaused());
        QTest::keyClick(stage.window(), Qt::Key_Space);
        QTRY_VERIFY(stage.playback.isPlaying());
        QTest::keyClick(stage.window(), Qt::Key_J);
        QTRY_VERIFY(stage.playback.isPaused());
    }

    void speedAndMuteReachThePlayers() {
        Stage stage;
        stage.playback.setMuted(false);
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(stage.playback.playerFor(0));
        openSettings(stage);
        choose(stage, "speedChoice", 1.5);
        QCOMPARE(stage.playback.playerFor(0)->rate(), 1.5);
        flip(stage, "muteToggle");
        QVERIFY(stage.playback.playerFor(0)->isMuted());
    }

    void usageCountsLive() {
        Stage stage;
        QVERIFY(startInEnglish(stage));
        openSettings(stage);
        QQuickItem* row = stage.find(QStringLiteral("usageRow"));
        QVERIFY(row);
        QCOMPARE(row->property("value").toString(), QStringLiteral("0 bytes"));
        stage.usage.add(Traffic::Videos, 3 * 1024 * 1024);
        QTRY_COMPARE(row->property("value").toString(), QStringLiteral("3.0 MB"));
        auto* reset = stage.find(QStringLiteral("resetUsage"));
        QMetaObject::invokeMethod(reset, "clicked");
        QTRY_COMPARE(row->property("value").toString(), QStringLiteral("0 bytes"));
    }

    void looksChangeAtOnce() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        openSettings(stage);
        choose(stage, "themeChoice", static_cast<int>(Settings::Theme::Dark));
        QTRY_COMPARE(stage.window()->color(), QColor(0x13, 0x11, 0x10));
        choose(stage, "themeChoice", static_cast<int>(Settings::Theme::Light));
        QTRY_COMPARE(stage.window()->color(), QColor(0xF6, 0xF1, 0xE8));
        const double before = stage.find(QStringLiteral("backButton"))->height();
        choose(stage, "textScaleChoice", 2);
        QTRY_VERIFY(stage.find(QStringLiteral("backButton"))->height() > before);
        const bool reduced = stage.settings.reducedMotion();
        flip(stage, "motionToggle");
        QCOMPARE(stage.settings.reducedMotion(), !reduced);
    }

    // Arrow keys move inside of it; Tab leaves it from wherever one is.
    void choiceIsOneStop_data() {
        QTest::addColumn<double>("scale");
        QTest::addColumn<int>("next");
        QTest::newRow("side by side") << 1.0 << static_cast<int>(Qt::Key_Right);
        QTest::newRow("below each other") << 2.0 << static_cast<int>(Qt::Key_Down);
    }
    void choiceIsOneStop() {
        QFETCH(double, scale);
        QFETCH(int, next);
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.settings.setTextScale(scale);
        stage.settings.setTheme(Settings::Theme::Dark);
        openSettings(stage);
        const QQuickItem* choice = stage.find(QStringLiteral("themeChoice"));
        const auto inside = [&] { return choice->isAncestorOf(stage.focused()); };
        for (int i = 0; i < 60 && !inside(); ++i) {
            QTest::keyClick(stage.window(), Qt::Key_Tab);
        }
        QVERIFY(inside());
        // It comes in where the choice is.
        QVERIFY(stage.focused()->property("current").toBool());
        const QQuickItem* chosen = stage.focused();
        QTest::keyClick(stage.window(), Qt::Key_Left);
        QTest::keyClick(stage.window(), static_cast<Qt::Key>(next));
        QCOMPARE(stage.focused(), chosen);
        QTest::keyClick(stage.window(), Qt::Key_Left);
        QVERIFY(inside());
        QVERIFY(stage.focused() != chosen);
        QCOMPARE(stage.settings.theme(), Settings::Theme::Dark);
        QTest::keyClick(stage.window(), Qt::Key_Tab);
        QVERIFY(!inside());
        QTest::keyClick(stage.window(), Qt::Key_Backtab);
        QCOMPARE(stage.focused(), chosen);
        QTest::keyClick(stage.window(), Qt::Key_Backtab);
        QVERIFY(!inside());
        QCOMPARE(stage.warnings(), QStringList());
    }

    // --- keys

    void keysAreChangedByKeyboardAlone() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        openRow(stage, "shortcutsEditRow", "resetAllKeys");
        const QString add = QStringLiteral("addKey%1").arg(static_cast<int>(Command::Like));
        // As far as Tab goes.
        for (int i = 0; i < 60 && stage.focused()->objectName() != add; ++i) {
            QTest::keyClick(stage.window(), Qt::Key_Tab);
        }
        QCOMPARE(stage.focused()->objectName(), add);
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar")));
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Control, Qt::ControlModifier);  // still to come
        QTest::keyClick(stage.window(), Qt::Key_H, Qt::ControlModifier);
        QTRY_VERIFY(!stage.find(QStringLiteral("keyEar")));
        QVERIFY(stage.shortcuts.keysOf(Command::Like).contains(QStringLiteral("Ctrl+H")));
        // One that is taken: said first.
        for (int i = 0; i < 60 && stage.focused()->objectName() != add; ++i) {
            QTest::keyClick(stage.window(), Qt::Key_Tab);
        }
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar")));
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Return);  // cannot be chosen
        QTRY_VERIFY(stage.find(QStringLiteral("keyProblem")));
        QTest::keyClick(stage.window(), Qt::Key_M);
        QTRY_VERIFY(stage.find(QStringLiteral("useKey")));
        QVERIFY(stage.shortcuts.holderOf(QStringLiteral("M")) == Command::Mute);
        QTRY_VERIFY(stage.find(QStringLiteral("useKey"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(stage.shortcuts.holderOf(QStringLiteral("M")) == Command::Like);
        QTRY_VERIFY(!stage.find(QStringLiteral("keyEar")));
        // They work where they should.
        QTest::keyClick(stage.window(), Qt::Key_1);
        stage.signIn();
        QTRY_VERIFY(stage.feed.videoAt(0));
        QTest::keyClick(stage.window(), Qt::Key_M);
        QTRY_VERIFY(stage.feed.videoAt(0)->liked());
        QTest::keyClick(stage.window(), Qt::Key_H, Qt::ControlModifier);
        QTRY_VERIFY(!stage.feed.videoAt(0)->liked());
        // And the table tells.
        QTest::keyClick(stage.window(), '?');
        QTRY_VERIFY(stage.find(QStringLiteral("editKeys")));
        click(stage, QStringLiteral("editKeys"));
        QTRY_VERIFY(stage.find(QStringLiteral("resetAllKeys")));
        click(stage, QStringLiteral("resetAllKeys"));
        QVERIFY(!stage.shortcuts.changedAny());
        // And back again, also when the page is gone.
        stage.press(QStringLiteral("backButton"));
        QTRY_VERIFY(!stage.find(QStringLiteral("resetAllKeys")));
        QTRY_VERIFY(stage.find(QStringLiteral("toastAction")));
        click(stage, QStringLiteral("toastAction"));
        QVERIFY(stage.shortcuts.holderOf(QStringLiteral("M")) == Command::Like);
        QCOMPARE(stage.warnings(), QStringList());
    }

    // The keyboard stays in the row; and at the button, when there is nothing left to set back.
    void keysAreTakenAwayByKeyboard() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        openRow(stage, "shortcutsEditRow", "resetAllKeys");
        const DoubleClickInterval interval(0);
        const int command = static_cast<int>(Command::NextVideo);
        const auto name = [command](const char* what) {
            return QLatin1StringView(what) + QString::number(command);
        };
        stage.find(name("key") + QStringLiteral("_1"))->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QCOMPARE(stage.shortcuts.keysOf(Command::NextVideo).size(), 2);
        QTRY_COMPARE(stage.focused()->objectName(), name("key") + QStringLiteral("_1"));
        QTRY_VERIFY(waitForRest(stage.window()));
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_COMPARE(stage.focused()->objectName(), name("addKey"));
        QVERIFY(stage.focused()->property("visualFocus").toBool());
        stage.find(name("resetKey"))->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_COMPARE(stage.focused()->objectName(), name("addKey"));
        QVERIFY(!stage.shortcuts.changedAny());
        stage.shortcuts.addKey(Command::Mute, QStringLiteral("X"));
        QQuickItem* all = stage.find(QStringLiteral("resetAllKeys"));
        all->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QVERIFY(!stage.shortcuts.changedAny());
        QCOMPARE(stage.focused(), all);
        QTest::keyClick(stage.window(), Qt::Key_Return);  // there is nothing to do
        QTRY_VERIFY(stage.find(QStringLiteral("toastAction")));
        stage.find(QStringLiteral("toastAction"))->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QVERIFY(stage.shortcuts.changedAny());
        QTRY_COMPARE(stage.focused(), all);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void doubleClickTakesOneKey() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        openRow(stage, "shortcutsEditRow", "resetAllKeys");
        const DoubleClickInterval interval(10'000);
        QVERIFY(waitForRest(stage.window()));
        const QQuickItem* key =
            stage.find(QStringLiteral("key%1_0").arg(static_cast<int>(Command::NextVideo)));
        const QPoint at = key->mapToScene(QPointF(key->width() / 2, key->height() / 2)).toPoint();
        for (int i = 0; i < 2; ++i) {
            QTest::mouseClick(stage.window(), Qt::LeftButton, {}, at);
            QVERIFY(waitForRest(stage.window()));
        }
        QCOMPARE(stage.shortcuts.keysOf(Command::NextVideo).size(), 2);
    }

    // With the name of what is chosen.
    void choiceIsSeenAsAWhole() {
        Stage stage;
        QVERIFY(stage.open(QSize(390, 560)));
        stage.start();
        openSettings(stage);
        QQuickItem* column = stage.find(QStringLiteral("pageColumn"));
        for (const char* name : {"prefetchChoice", "languageChoice", "textScaleChoice"}) {
            const QQuickItem* choice = stage.find(QLatin1StringView(name));
            const auto inside = [&] { return choice->isAncestorOf(stage.focused()); };
            const auto key = qstrcmp(name, "prefetchChoice") == 0 ? Qt::Key_Tab : Qt::Key_Backtab;
            for (int i = 0; i < 90 && !inside(); ++i) {
                QTest::keyClick(stage.window(), key);
            }
            QVERIFY2(inside(), name);
            QVERIFY(waitForRest(stage.window()));
            // Where its name stands.
            const QQuickItem* row = choice->parentItem()->parentItem()->parentItem();
            const QRectF where = row->mapRectToItem(column, QRectF(0, 0, row->width(), row->height()));
            QVERIFY2(where.top() >= -0.5 && where.bottom() <= column->height() + 0.5, name);
        }
    }

    // Keys are taken as long as the sheet waits for one.
    void tabDoesNotLeaveTheKeyThatIsAsked() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        openRow(stage, "shortcutsEditRow", "resetAllKeys");
        const QString add = QStringLiteral("addKey%1").arg(static_cast<int>(Command::Like));
        click(stage, add);
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar")));
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Tab);
        QTRY_VERIFY(stage.find(QStringLiteral("keyProblem")));
        QVERIFY(stage.find(QStringLiteral("keyEar"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(stage.find(QStringLiteral("keyEar"))->hasActiveFocus());
        // One that is taken puts a question, and Tab goes through its answers.
        QTest::keyClick(stage.window(), Qt::Key_M);
        QTRY_VERIFY(stage.find(QStringLiteral("useKey")));
        QTRY_VERIFY(stage.find(QStringLiteral("useKey"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Tab);
        QCOMPARE(stage.focused()->objectName(), QStringLiteral("anotherKey"));
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QVERIFY(stage.find(QStringLiteral("keyEar"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_H, Qt::ControlModifier);
        QTRY_VERIFY(!stage.find(QStringLiteral("keyEar")));
        QVERIFY(stage.shortcuts.keysOf(Command::Like).contains(QStringLiteral("Ctrl+H")));
        // The way out.
        click(stage, add);
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar")));
        QTRY_VERIFY(stage.find(QStringLiteral("keyEar"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(!stage.find(QStringLiteral("keyEar")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void wayBackShowsWhereOneIs() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        openSettings(stage);
        const QString row = QStringLiteral("shortcutsEditRow");
        const auto open = [&] {
            for (int i = 0; i < 80 && stage.focused()->objectName() != row; ++i) {
                QTest::keyClick(stage.window(), Qt::Key_Tab);
            }
            QTest::keyClick(stage.window(), Qt::Key_Return);
            return QTest::qWaitFor([&] { return stage.find(QStringLiteral("resetAllKeys")) != nullptr; });
        };
        const auto ringShown = [&] {
            return stage.focused()->objectName() == row && stage.focused()->property("visualFocus").toBool();
        };
        // With the key that means it.
        QVERIFY(open());
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(!stage.find(QStringLiteral("resetAllKeys")));
        QVERIFY(ringShown());
        // With the button, by keyboard.
        QVERIFY(open());
        for (int i = 0; i < 80 && stage.focused()->objectName() != QLatin1StringView("backButton"); ++i) {
            QTest::keyClick(stage.window(), Qt::Key_Tab);
        }
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(!stage.find(QStringLiteral("resetAllKeys")));
        QVERIFY(ringShown());
        // With the button, by mouse: nobody looks for the keyboard.
        QVERIFY(open());
        stage.press(QStringLiteral("backButton"));
        QTRY_VERIFY(!stage.find(QStringLiteral("resetAllKeys")));
        QCOMPARE(stage.focused()->objectName(), row);
        QVERIFY(!ringShown());
        QCOMPARE(stage.warnings(), QStringList());
    }

    // What the sheet says of keys is what the table says, once.
    void sheetSaysEachKeyOnce() {
        Stage stage;
        QVERIFY(startInEnglish(stage));
        stage.shortcuts.addKey(Command::ForYou, QStringLiteral("G"));
        stage.shortcuts.removeKey(Command::ForYou, QStringLiteral("["));
        QTest::keyClick(stage.window(), '?');
        QTRY_VERIFY(stage.find(QStringLiteral("editKeys")));
        QHash<QString, int> caps;
        const std::function<void(QQuickItem*)> count = [&](QQuickItem* item) {
            if (item->isVisible() && QByteArrayView(item->metaObject()->className()).startsWith("KeyCap")) {
                ++caps[item->property("text").toString()];
            }
            for (QQuickItem* child : item->childItems()) {
                count(child);
            }
        };
        count(stage.find(QStringLiteral("editKeys"))->parentItem());
        QVERIFY(caps.size() > 15);
        QCOMPARE(caps.value(QStringLiteral("G")), 1);
        QCOMPARE(caps.value(QStringLiteral("[")), 0);
        QCOMPARE(caps.value(QStringLiteral("Esc")), 1);
        for (auto it = caps.cbegin(); it != caps.cend(); ++it) {
            QVERIFY2(it.value() == 1, qPrintable(it.key()));
        }
    }

    void longSheetScrollsByKeyboard() {
        Stage stage;
        QVERIFY(stage.open(QSize(360, 640)));
        stage.start();
        stage.settings.setTextScale(2.0);
        QTest::keyClick(stage.window(), '?');
        QTRY_VERIFY(stage.find(QStringLiteral("sheetContents")));
        QQuickItem* contents = stage.find(QStringLiteral("sheetContents"));
        QTRY_VERIFY(contents->property("contentHeight").toDouble() > 2 * contents->height());
        const auto at = [contents] { return contents->property("contentY").toDouble(); };
        const double end = contents->property("contentHeight").toDouble() - contents->height();
        const auto press = [&stage](Qt::Key key) { QTest::keyClick(stage.window(), key); };
        QTRY_COMPARE(at(), 0.0);
        press(Qt::Key_Down);
        QVERIFY(at() > 0 && at() < contents->height());
        press(Qt::Key_PageDown);
        QVERIFY(at() > contents->height() / 2 && at() < end);
        press(Qt::Key_PageUp);
        press(Qt::Key_Up);
        QCOMPARE(at(), 0.0);
        press(Qt::Key_End);
        QCOMPARE(at(), end);
        press(Qt::Key_Home);
        QCOMPARE(at(), 0.0);
        // With a modifier it is another key.
        QTest::keyClick(stage.window(), Qt::Key_End, Qt::AltModifier);
        QCOMPARE(at(), 0.0);
        QCOMPARE(stage.warnings(), QStringList());
    }

    // Also while the keyboard is with something above the column.
    void longPagesScrollByKeyboard_data() {
        QTest::addColumn<QString>("page");
        for (const char* page : {"settings", "servers", "keys"}) {
            QTest::newRow(page) << QString::fromLatin1(page);
        }
    }
    void longPagesScrollByKeyboard() {
        QFETCH(QString, page);
        Stage stage;
        QVERIFY(stage.open(QSize(360, 640)));
        stage.start();
        stage.settings.setTextScale(2.0);
        showPage(stage, page);
        QVERIFY(waitForRest(stage.window()));
        QTRY_VERIFY(stage.find(QStringLiteral("backButton")));
        stage.find(QStringLiteral("backButton"))->forceActiveFocus();
        QQuickItem* const flick = stage.find(QStringLiteral("pageColumn"));
        QVERIFY(flick);
        const auto at = [flick] { return flick->property("contentY").toDouble(); };
        const auto end = [flick] { return flick->property("contentHeight").toDouble() - flick->height(); };
        QVERIFY(end() > flick->height());
        QCOMPARE(at(), 0.0);
        QTest::keyClick(stage.window(), Qt::Key_Down);
        QVERIFY(at() > 0 && at() < flick->height());
        QTest::keyClick(stage.window(), Qt::Key_PageDown);
        QVERIFY(at() > flick->height() / 2);
        QTest::keyClick(stage.window(), Qt::Key_End);
        QCOMPARE(at(), end());
        QTest::keyClick(stage.window(), Qt::Key_Home);
        QCOMPARE(at(), 0.0);
        // With another key it is another one.
        QTest::keyClick(stage.window(), Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(at(), 0.0);
        // What somebody has chosen for the whole app is that.
        QVERIFY(stage.shortcuts.addKey(Command::GoFriends, QStringLiteral("End")));
        QTest::keyClick(stage.window(), Qt::Key_End);
        QTRY_VERIFY(!stage.find(QStringLiteral("pageColumn")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    // The order of the keyboard and of the reader is that of the screen.
    void answersGoAsTheyStand() {
        Stage stage(optionsFor(QStringLiteral("storage")));
        QVERIFY(stage.open());
        stage.start();
        openSettings(stage);
        click(stage, QStringLiteral("clearPictures"));
        QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep")));
        QQuickItem* keep = stage.find(QStringLiteral("confirmKeep"));
        QQuickItem* action = stage.find(QStringLiteral("confirmAction"));
        QTRY_VERIFY(keep->hasActiveFocus());
        const auto goes = [&] {
            const QPointF first = keep->mapToScene(QPointF(0, 0));
            const QPointF second = action->mapToScene(QPointF(0, 0));
            return first.y() < second.y() || (first.y() == second.y() && first.x() < second.x());
        };
        QVERIFY(goes());
        QTest::keyClick(stage.window(), Qt::Key_Tab);
        QVERIFY(action->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(keep->hasActiveFocus());
        // Below each other where they do not fit.
        action->setProperty("text", QStringLiteral("Clear all that was ever kept here, for good"));
        QTRY_VERIFY(keep->mapToScene(QPointF(0, 0)).y() < action->mapToScene(QPointF(0, 0)).y());
        QVERIFY(goes());
        QCOMPARE(stage.warnings(), QStringList());
    }

    // What is put together of parts has the signs of its language between them.
    void partsAreJoinedAsTheLanguageDoes() {
        Stage stage;
        stage.setLanguage(QStringLiteral("zh_CN"));
        QVERIFY(stage.open());
        stage.start();
        openSettings(stage);
        const auto nameOf = [&stage](const char* name) {
            return QAccessible::queryAccessibleInterface(stage.find(QLatin1String(name)))
                ->text(QAccessible::Name);
        };
        const QString row = nameOf("usageRow");
        QVERIFY2(row.contains(QStringLiteral("：")) && !row.contains(QStringLiteral(": ")), qPrintable(row));
        stage.setLanguage(QStringLiteral("en"));
        QTRY_VERIFY(nameOf("usageRow").contains(QStringLiteral(": ")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void textFieldsAreLeftAlone() {
        Stage stage;
        QVERIFY(stage.open(QSize(1200, 800)));
        stage.start();
        QTest::keyClick(stage.window(), Qt::Key_C);
        QTRY_VERIFY(stage.find(QStringLiteral("commentInput")));
        QTRY_VERIFY(stage.find(QStringLiteral("commentInput"))->hasActiveFocus());
        const QString all = QStringLiteral("jklmcf sa12345? ");
        typeText(stage, all);
        QCOMPARE(stage.find(QStringLiteral("commentInput"))->property("text").toString(), all);
        QCOMPARE(stage.playback.currentIndex(), 0);
        QVERIFY(!stage.find(QStringLiteral("themeChoice")));
    }

    void everyCommandHasWords() {
        Stage stage;
        for (const char* language : {"en", "zh_CN"}) {
            stage.setLanguage(QLatin1String(language));
            QVERIFY(stage.open());
            stage.start();
            QTest::keyClick(stage.window(), '?');
            QTRY_VERIFY(stage.find(QStringLiteral("editKeys")));
            const QString between = QLatin1StringView(language) == QLatin1StringView("en")
                                        ? QStringLiteral(": ")
                                        : QStringLiteral("：");
            int rows = 0;
            QStringList empty;
            const std::function<void(QAccessibleInterface*)> walk = [&](QAccessibleInterface* at) {
                if (at->role() == QAccessible::StaticText && at->text(QAccessible::Name).contains(between)) {
                    ++rows;
                    if (at->text(QAccessible::Name).startsWith(between))
                        empty.append(at->text(QAccessible::Name));
                }
                for (int i = 0; i < at->childCount(); ++i)
                    walk(at->child(i));
            };
            walk(QAccessible::queryAccessibleInterface(stage.window()));
            QVERIFY2(rows >= QMetaEnum::fromType<Command>().keyCount(), qPrintable(QString::number(rows)));
            QCOMPARE(empty, QStringList());
        }
    }

    // --- diagnostics

    void bundleIsShownAndSaved() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.signIn();
        stage.bundle.append({QStringLiteral("x.txt"), "a token: " + stage.session.token().toUtf8()});
        openRow(stage, "diagnosticsRow", "saveBundle");
        QVERIFY(stage.diagnostics.preview().contains(QStringLiteral("tikgok: 0.1.0")));
        QVERIFY(!stage.diagnostics.preview().contains(stage.session.token()));
        QSignalSpy saved(&stage.diagnostics, &Diagnostics::saved);
        stage.diagnostics.saveIn(stage.filePath(QString()));
        QTRY_COMPARE(saved.count(), 1);
        QTRY_VERIFY(
            textOf(stage, QStringLiteral("bundlePlace")).contains(QLatin1String("tikgok-diagnostics-")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    // --- every page

    void everythingHasAName_data() {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QSize>("size");
        for (const char* page : kPages) {
            for (const QSize size : {QSize(390, 844), QSize(1200, 800)}) {
                QTest::addRow("%s at %d", page, size.width()) << QString::fromLatin1(page) << size;
            }
        }
    }
    void everythingHasAName() {
        QFETCH(const QString, page);
        QFETCH(const QSize, size);
        Stage stage(optionsFor(page));
        QVERIFY(stage.open(size));
        stage.start();
        showPage(stage, page);
        int named = 0;
        const QStringList nameless = namelessIn(stage.window(), named);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
        QVERIFY2(named >= 3, qPrintable(QString::number(named)));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void accessibleTree_data() { everythingHasAName_data(); }
    void accessibleTree() {
        QFETCH(const QString, page);
        QFETCH(const QSize, size);
        Stage stage(optionsFor(page));
        QVERIFY(stage.open(size));
        stage.start();
        showPage(stage, page);
        const QStringList faults = accessibleFaults(stage.window());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void nothingIsCutOff_data() {
        QTest::addColumn<QString>("page");
        for (const char* page : kPages) {
            QTest::newRow(page) << QString::fromLatin1(page);
        }
    }
    void nothingIsCutOff() {
        QFETCH(const QString, page);
        Stage stage(optionsFor(page));
        QVERIFY(stage.open());
        stage.start();
        showPage(stage, page);
        const QStringList cut = cutInShapes(stage, {QSize(360, 640), QSize(390, 844), QSize(1200, 800)});
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QLatin1Char('\n'))));
        QCOMPARE(stage.warnings(), QStringList());
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::SettingsPagesTest)
#include "settings_pages_test.moc"
