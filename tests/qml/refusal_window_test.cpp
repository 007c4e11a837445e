// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window that says why the program does not start.
#include "app/refusal_window.h"

#include "tests/qml/support/audit.h"
#include "tests/qml/support/rest.h"
#include "tests/qml/support/test_main.h"
#include "tests/qml/support/use.h"

#include <QDir>
#include <QTemporaryDir>

#include <functional>
#include <utility>

namespace tikgok::test {

namespace {

// Every name and role that a screen reader finds.
QStringList namesBelow(QAccessibleInterface* at, QAccessible::Role role) {
    QStringList names;
    if (at->role() == role && !at->state().invisible) {
        names.append(at->text(QAccessible::Name));
    }
    for (int i = 0; i < at->childCount(); ++i) {
        names += namesBelow(at->child(i), role);
    }
    return names;
}

QStringList namesIn(QQuickWindow* window, QAccessible::Role role) {
    return namesBelow(QAccessible::queryAccessibleInterface(window), role);
}

// With the settings of somebody, who has a window open, perhaps.
class Refused {
public:
    explicit Refused(const QByteArray& settings, Refusal refusal) {
        QFile file(directory_.filePath(QStringLiteral("settings.json")));
        static_cast<void>(file.open(QIODevice::WriteOnly) && file.write(settings) == settings.size());
        file.close();
        refusal.dataDirectory = directory_.path();
        QObject::connect(&shown_.engine(), &QQmlEngine::warnings, &shown_.engine(),
                         [this](const QList<QQmlError>& list) {
                             for (const QQmlError& one : list) {
                                 warnings_.append(one.toString());
                             }
                         });
        loaded_ = shown_.load(refusal) && QTest::qWaitForWindowActive(window());
    }

    [[nodiscard]] bool isThere() const { return loaded_ && waitForRest(window()); }
    [[nodiscard]] QQuickWindow* window() const { return shown_.window(); }
    [[nodiscard]] QStringList warnings() const { return warnings_; }
    [[nodiscard]] QStringList files() const { return QDir(directory_.path()).entryList(QDir::Files); }

private:
    QTemporaryDir directory_;
    QStringList warnings_;
    RefusalWindow shown_;
    bool loaded_ = false;
};

}  // namespace

class RefusalWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatToDo_data();
    void saysWhatToDo();
    void isSeenAsSettingsSay_data();
    void isSeenAsSettingsSay();
    void longNamesKeepTheirEnds();
    void isClosed_data();
    void isClosed();
};

void RefusalWindowTest::saysWhatToDo_data() {
    QTest::addColumn<Refusal::Reason>("reason");
    QTest::addColumn<QByteArray>("language");
    QTest::addColumn<QString>("heading");
    QTest::addColumn<QString>("advice");  // a part of it
    QTest::addColumn<QString>("close");
    const auto row = [](Refusal::Reason reason, const char* heading, const char* advice,
                        const char* headingZh, const char* adviceZh) {
        QTest::addRow("%s", heading) << reason << QByteArray("en") << QString::fromUtf8(heading)
                                     << QString::fromUtf8(advice) << QStringLiteral("Close");
        QTest::addRow("%s, in Chinese", heading)
            << reason << QByteArray("zh_CN") << QString::fromUtf8(headingZh) << QString::fromUtf8(adviceZh)
            << QStringLiteral("关闭");
    };
    row(Refusal::Reason::NoAnswer, "TikGok does not answer", "end it with the system monitor",
        "TikGok 没有响应", "系统监视器");
    row(Refusal::Reason::DataInUse, "TikGok is running already", "Close it there first", "TikGok 已在运行",
        "请先在那里关闭");
    row(Refusal::Reason::Folder, "TikGok cannot open a folder", "“/a/夏天” is a folder",
        "TikGok 无法打开文件夹", "“/a/夏天”是文件夹");
    row(Refusal::Reason::NoTarget, "TikGok cannot open this", "“/a/夏天” is neither", "TikGok 无法打开此内容",
        "“/a/夏天”既不是");
}

void RefusalWindowTest::saysWhatToDo() {
    QFETCH(const Refusal::Reason, reason);
    QFETCH(const QByteArray, language);
    QFETCH(const QString, heading);
    QFETCH(const QString, advice);
    QFETCH(const QString, close);
    const Refused refused(R"({"language":")" + language + "\"}",
                          {.reason = reason, .word = QStringLiteral("/a/夏天")});
    QVERIFY(refused.isThere());
    const QStringList labels = namesIn(refused.window(), QAccessible::StaticText);
    QCOMPARE(labels.size(), 2);
    QCOMPARE(labels.first(), heading);
    QVERIFY2(labels.last().contains(advice), qPrintable(labels.last()));
    // In one piece, for who does not see the window come.
    const QStringList alerts = namesIn(refused.window(), QAccessible::AlertMessage);
    QCOMPARE(alerts.size(), 1);
    QVERIFY2(alerts.first().startsWith(heading) && alerts.first().endsWith(labels.last()),
             qPrintable(alerts.first()));
    QCOMPARE(namesIn(refused.window(), QAccessible::Button), QStringList{close});
    QCOMPARE(refused.window()->title(), QStringLiteral("TikGok"));
    QCOMPARE(refused.window()->activeFocusItem()->objectName(), QStringLiteral("refusalClose"));
    int named = 0;
    QCOMPARE(namelessIn(refused.window(), named), QStringList());
    // Tab leads nowhere else.
    for (const Qt::Key key : {Qt::Key_Tab, Qt::Key_Backtab}) {
        QTest::keyClick(refused.window(), key);
        QCOMPARE(refused.window()->activeFocusItem()->objectName(), QStringLiteral("refusalClose"));
    }
    QCOMPARE(refused.warnings(), QStringList());
}

void RefusalWindowTest::isSeenAsSettingsSay_data() {
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QColor>("ground");
    QTest::addColumn<int>("letters");  // of the words, in pixels
    for (const char* language : {"en", "zh_CN"}) {
        for (const auto& [scale, letters] : {std::pair("1", 14), std::pair("2", 28)}) {
            const QByteArray rest =
                R"(","language":")" + QByteArray(language) + R"(","textScale":)" + scale + "}";
            QTest::addRow("light, %s, %s", language, scale)
                << R"({"theme":"light)" + rest << QColor(0xF6, 0xF1, 0xE8) << letters;
            QTest::addRow("dark, %s, %s", language, scale)
                << R"({"theme":"dark)" + rest << QColor(0x13, 0x11, 0x10) << letters;
        }
    }
}

void RefusalWindowTest::isSeenAsSettingsSay() {
    QFETCH(const QByteArray, settings);
    QFETCH(const QColor, ground);
    QFETCH(const int, letters);
    for (const auto reason : {Refusal::Reason::NoAnswer, Refusal::Reason::DataInUse, Refusal::Reason::Folder,
                              Refusal::Reason::NoTarget}) {
        const Refused refused(settings,
                              {.reason = reason, .word = QStringLiteral("smb://") + QString(200, u'm')});
        QVERIFY(refused.isThere());
        QCOMPARE(refused.window()->color(), ground);
        QCOMPARE(refused.window()->grabWindow().pixelColor(2, 2), ground);
        QCOMPARE(cutIn(refused.window()), QStringList());
        const QQuickItem* const words = seenLabels(refused.window()->contentItem()).at(1);
        QCOMPARE(words->property("font").value<QFont>().pixelSize(), letters);
        // Less than what small screens have.
        QVERIFY2(refused.window()->height() <= 700, qPrintable(QString::number(refused.window()->height())));
        QCOMPARE(refused.warnings(), QStringList());
        // The data is somebody else's: nothing has been put beside the settings.
        QCOMPARE(refused.files(), QStringList{QStringLiteral("settings.json")});
    }
}

void RefusalWindowTest::longNamesKeepTheirEnds() {
    const QString word =
        QStringLiteral("/a\nb/") + QString::fromUtf8("🎬").repeated(100) + QStringLiteral("/end");
    const Refused refused("{}", {.reason = Refusal::Reason::Folder, .word = word});
    QVERIFY(refused.isThere());
    const QString advice = namesIn(refused.window(), QAccessible::StaticText).last();
    QVERIFY2(advice.contains(QStringLiteral("“/a b/🎬")), qPrintable(advice));
    QVERIFY2(advice.contains(QStringLiteral("🎬…🎬")), qPrintable(advice));
    QVERIFY2(advice.contains(QStringLiteral("🎬/end”")), qPrintable(advice));
}

void RefusalWindowTest::isClosed_data() {
    QTest::addColumn<std::function<void(QQuickWindow*)>>("close");
    const auto byKey = [](Qt::Key key) {
        return std::function<void(QQuickWindow*)>(
            [key](QQuickWindow* window) { QTest::keyClick(window, key); });
    };
    QTest::newRow("Escape") << byKey(Qt::Key_Escape);
    QTest::newRow("Return") << byKey(Qt::Key_Return);
    QTest::newRow("Enter") << byKey(Qt::Key_Enter);
    QTest::newRow("Space") << byKey(Qt::Key_Space);
    QTest::newRow("the button") << std::function<void(QQuickWindow*)>([](QQuickWindow* window) {
        const QQuickItem* const button = window->activeFocusItem();
        QTest::mouseClick(window, Qt::LeftButton, {},
                          button->mapToScene(QPointF(button->width() / 2, button->height() / 2)).toPoint());
    });
    QTest::newRow("a screen reader") << std::function<void(QQuickWindow*)>([](QQuickWindow* window) {
        QAccessible::queryAccessibleInterface(window->activeFocusItem())
            ->actionInterface()
            ->doAction(QAccessibleActionInterface::pressAction());
    });
}

void RefusalWindowTest::isClosed() {
    QFETCH(const std::function<void(QQuickWindow*)>, close);
    const Refused refused("{}", {.reason = Refusal::Reason::DataInUse});
    QVERIFY(refused.isThere());
    QVERIFY(refused.window()->isVisible());
    close(refused.window());
    QTRY_VERIFY(!refused.window()->isVisible());
    QCOMPARE(refused.warnings(), QStringList());
}

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::RefusalWindowTest)
#include "refusal_window_test.moc"
