// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/shortcuts.h"

#include "core/settings/settings.h"

#include <QAbstractItemModelTester>
#include <QMetaEnum>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tikgok {

namespace {

class Store final : public ShortcutStore {
public:
    ChosenKeys chosenKeys() const override { return keys; }
    void setChosenKeys(const ChosenKeys& chosen) override { keys = chosen; }
    ChosenKeys keys;
};

}  // namespace

class ShortcutsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaults_data() {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<int>("command");
        const auto row = [](const char* name, int key, int modifiers, Command command) {
            QTest::newRow(name) << key << modifiers << static_cast<int>(command);
        };
        row("down", Qt::Key_Down, 0, Command::NextVideo);
        row("j", Qt::Key_J, 0, Command::NextVideo);
        row("page down", Qt::Key_PageDown, 0, Command::NextVideo);
        row("down on the keypad", Qt::Key_Down, Qt::KeypadModifier, Command::NextVideo);
        row("space", Qt::Key_Space, 0, Command::PlayPause);
        row("?", Qt::Key_Question, Qt::ShiftModifier, Command::Help);
        row("? where it needs no shift", Qt::Key_Question, 0, Command::Help);
        row("1", Qt::Key_1, 0, Command::GoHome);
        row("5", Qt::Key_5, 0, Command::GoMe);
        row("ctrl comma", Qt::Key_Comma, Qt::ControlModifier, Command::OpenSettings);
        row("shift j", Qt::Key_J, Qt::ShiftModifier, Command::None);
        row("ctrl l", Qt::Key_L, Qt::ControlModifier, Command::None);
        row("alt left", Qt::Key_Left, Qt::AltModifier, Command::None);
        row("bracket", Qt::Key_BracketRight, 0, Command::Following);
        row("bracket by AltGr", Qt::Key_BracketLeft, Qt::GroupSwitchModifier, Command::ForYou);
        row("f5", Qt::Key_F5, 0, Command::Refresh);
        row("tab", Qt::Key_Tab, 0, Command::None);
        row("nothing", 0, 0, Command::None);
        row("unknown", Qt::Key_unknown, 0, Command::None);
    }
    void defaults() {
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(int, command);
        Store store;
        const Shortcuts shortcuts(store);
        QCOMPARE(static_cast<int>(shortcuts.commandFor(key, modifiers)), command);
        QVERIFY(!shortcuts.changedAny());
    }

    void everyCommandHasARowAKeyAndAName() {
        Store store;
        Shortcuts shortcuts(store);
        const QAbstractItemModelTester tester(&shortcuts,
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto commands = QMetaEnum::fromType<Command>();
        QCOMPARE(shortcuts.rowCount(), commands.keyCount() - 1);
        QSet<QString> names;
        QSet<QString> keys;
        for (int i = 1; i < commands.keyCount(); ++i) {
            const auto command = static_cast<Command>(commands.value(i));
            QVERIFY(!shortcuts.keysOf(command).isEmpty());
            names.insert(commandName(command));
            for (const QString& key : shortcuts.keysOf(command)) {
                QVERIFY2(!keys.contains(key), qPrintable(key));
                keys.insert(key);
            }
        }
        QVERIFY(!names.contains(QString()));
        QCOMPARE(names.size(), commands.keyCount() - 1);
        QCOMPARE(commandName(Command::None), QString());
    }

    void written_data() {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("text");
        QTest::newRow("letter") << int(Qt::Key_X) << 0 << QStringLiteral("X");
        QTest::newRow("shift letter")
            << int(Qt::Key_X) << int(Qt::ShiftModifier) << QStringLiteral("Shift+X");
        QTest::newRow("all") << int(Qt::Key_F6)
                             << int(Qt::ControlModifier | Qt::AltModifier | Qt::ShiftModifier |
                                    Qt::MetaModifier)
                             << QStringLiteral("Ctrl+Alt+Shift+Meta+F6");
        QTest::newRow("plus") << int(Qt::Key_Plus) << int(Qt::ControlModifier | Qt::ShiftModifier)
                              << QStringLiteral("Ctrl++");
        QTest::newRow("umlaut") << int(Qt::Key_Udiaeresis) << 0 << QStringLiteral("Ü");
        QTest::newRow("media") << int(Qt::Key_MediaNext) << 0 << QStringLiteral("MediaNext");
        QTest::newRow("tab") << int(Qt::Key_Tab) << 0 << QString();
        QTest::newRow("return") << int(Qt::Key_Return) << 0 << QString();
        QTest::newRow("escape") << int(Qt::Key_Escape) << 0 << QString();
        QTest::newRow("shift alone") << int(Qt::Key_Shift) << int(Qt::ShiftModifier) << QString();
        QTest::newRow("super alone") << int(Qt::Key_Super_L) << 0 << QString();
    }
    void written() {
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(QString, text);
        Store store;
        Shortcuts shortcuts(store);
        QCOMPARE(shortcuts.written(key, modifiers), text);
        if (!text.isEmpty()) {
            // And back: it can be given, and works.
            QVERIFY(shortcuts.addKey(Command::Like, text));
            QVERIFY(shortcuts.commandFor(key, modifiers) == Command::Like);
        }
    }

    void editsAndKeeps() {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("settings.json"));
        {
            Settings settings(path);
            Shortcuts shortcuts(settings);
            const QAbstractItemModelTester tester(&shortcuts,
                                                  QAbstractItemModelTester::FailureReportingMode::QtTest);
            QSignalSpy changed(&shortcuts, &Shortcuts::keysChanged);
            QVERIFY(shortcuts.addKey(Command::Like, QStringLiteral("Ctrl+H")));
            QVERIFY(shortcuts.addKey(Command::Like, QStringLiteral("Ctrl+H")));  // has it
            QCOMPARE(changed.count(), 1);
            shortcuts.removeKey(Command::Like, QStringLiteral("L"));
            shortcuts.removeKey(Command::Like, QStringLiteral("M"));  // not its own
            QCOMPARE(changed.count(), 2);
            QCOMPARE(shortcuts.keysOf(Command::Like), QStringList{QStringLiteral("Ctrl+H")});
            QVERIFY(shortcuts.isChanged(Command::Like));
            // Taking from another.
            QVERIFY(shortcuts.holderOf(QStringLiteral("M")) == Command::Mute);
            QVERIFY(shortcuts.addKey(Command::Comments, QStringLiteral("M")));
            QVERIFY(shortcuts.keysOf(Command::Mute).isEmpty());
            QVERIFY(!shortcuts.addKey(Command::Comments, QStringLiteral("Escape")));
            QVERIFY(!shortcuts.addKey(Command::Comments, QStringLiteral("Shift+?")));
            QVERIFY(!shortcuts.addKey(Command::Comments, QStringLiteral("nonsense")));
            QVERIFY(!shortcuts.addKey(Command::Comments, QString()));
            QVERIFY(!shortcuts.addKey(Command::None, QStringLiteral("X")));
        }
        Settings settings(path);
        Shortcuts shortcuts(settings);
        QVERIFY(shortcuts.commandFor(Qt::Key_H, Qt::ControlModifier) == Command::Like);
        QVERIFY(shortcuts.commandFor(Qt::Key_L, 0) == Command::None);
        QVERIFY(shortcuts.commandFor(Qt::Key_M, 0) == Command::Comments);
        QVERIFY(shortcuts.keysOf(Command::Mute).isEmpty());
        // One back: it takes its keys from whoever has them.
        shortcuts.reset(Command::Mute);
        QVERIFY(shortcuts.commandFor(Qt::Key_M, 0) == Command::Mute);
        QCOMPARE(shortcuts.keysOf(Command::Comments), QStringList{QStringLiteral("C")});
        QVERIFY(shortcuts.isChanged(Command::Like));
        shortcuts.resetAll();
        QVERIFY(!shortcuts.changedAny());
        QVERIFY(settings.chosenKeys().isEmpty());
        QVERIFY(shortcuts.commandFor(Qt::Key_L, 0) == Command::Like);
        QVERIFY(shortcuts.commandFor(Qt::Key_H, Qt::ControlModifier) == Command::None);
        // And back again, also in the file; once.
        shortcuts.undoResetAll();
        QVERIFY(shortcuts.commandFor(Qt::Key_H, Qt::ControlModifier) == Command::Like);
        QVERIFY(shortcuts.commandFor(Qt::Key_L, 0) == Command::None);
        QVERIFY(shortcuts.commandFor(Qt::Key_M, 0) == Command::Mute);
        QVERIFY(settings.chosenKeys().contains(commandName(Command::Like)));
        shortcuts.reset(Command::Like);
        shortcuts.undoResetAll();
        QVERIFY(shortcuts.commandFor(Qt::Key_L, 0) == Command::Like);
    }

    void oddKeysInTheFileAreLeftOut() {
        Store store;
        store.keys = {
            {QStringLiteral("like"), {QStringLiteral("X"), QStringLiteral("Tab"), QStringLiteral("?!"), {}}},
            {QStringLiteral("mute"), {QStringLiteral("X"), QStringLiteral("Down")}},
            {QStringLiteral("fly"), {QStringLiteral("Y")}}};
        const Shortcuts shortcuts(store);
        QCOMPARE(shortcuts.keysOf(Command::Like), QStringList{QStringLiteral("X")});
        QCOMPARE(shortcuts.keysOf(Command::Mute), QStringList{QStringLiteral("Down")});
        // A chosen key beats a default.
        QVERIFY(shortcuts.commandFor(Qt::Key_Down, 0) == Command::Mute);
        QVERIFY(shortcuts.commandFor(Qt::Key_J, 0) == Command::NextVideo);
        QVERIFY(shortcuts.commandFor(Qt::Key_Y, 0) == Command::None);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ShortcutsTest)
#include "shortcuts_test.moc"
