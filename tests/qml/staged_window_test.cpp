// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window that is there before what is in it.
#include "app/first_look.h"
#include "tests/qml/support/test_main.h"
#include "tests/qml/support/use.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <qpa/qwindowsysteminterface.h>

namespace tikgok::test {

class StagedWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstLookIsThatOfTheSettings_data();
    void firstLookIsThatOfTheSettings();
    void showsItsShapeFirst_data();
    void showsItsShapeFirst();
    void earlyKeysAndClicksAreKept();
    void earlyTouchDoesNoHarm_data();
    void earlyTouchDoesNoHarm();
    void earlyWishesAreKept();
    void linksWaitForTheServerInside();
    void brokenLinkIsRefusedInWords();
    void focusIsOnThePage();
    void keepsItsSize();
    void saysThatTheShellCannotBeMade();
    void railFrom720On();
};

// A bar below the page up to 719 pixels, a rail beside it from 720 on; the same destinations in both.
void StagedWindowTest::railFrom720On() {
    Stage stage;
    QVERIFY(stage.open(QSize(719, 800)));
    stage.start();
    const auto where = [&stage](const char* name) {
        const QQuickItem* item = stage.find(QLatin1String(name));
        return item ? item->mapRectToScene(item->boundingRect()) : QRectF();
    };
    // Never both.
    const auto oneOfEach = [&stage] { return all(stage, "navHome").size() == 1; };
    for (const char* name : {"navHome", "navFriends", "navPublish", "navMessages", "navMe"})
        QVERIFY2(where(name).top() > 800 - 100, name);
    QVERIFY(oneOfEach());
    stage.window()->resize(720, 800);
    QTRY_VERIFY(where("navHome").bottom() < 400);
    for (const char* name : {"navHome", "navFriends", "navPublish", "navMessages", "navMe"})
        QVERIFY2(where(name).isValid() && where(name).right() < 720 / 2.0, name);
    QVERIFY(oneOfEach());
    stage.window()->resize(719, 800);
    QTRY_VERIFY(where("navHome").top() > 800 - 100);
    QVERIFY(oneOfEach());
}

void StagedWindowTest::firstLookIsThatOfTheSettings_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QVariantMap>("look");
    const auto theme = QStringLiteral("theme");
    const auto scale = QStringLiteral("textScale");
    QTest::newRow("none") << QByteArray() << QVariantMap();
    QTest::newRow("dark") << QByteArray(R"({"theme":"dark"})")
                          << QVariantMap{{theme, QStringLiteral("dark")}};
    QTest::newRow("large") << QByteArray(R"({"theme":"light","textScale":1.5})")
                           << QVariantMap{{theme, QStringLiteral("light")}, {scale, 1.5}};
    QTest::newRow("system") << QByteArray(R"({"theme":"system","textScale":1})") << QVariantMap{{scale, 1.0}};
    QTest::newRow("wrong") << QByteArray(R"({"theme":7,"textScale":"big"})") << QVariantMap();
    QTest::newRow("out of range") << QByteArray(R"({"theme":"pink","textScale":9})") << QVariantMap();
    QTest::newRow("torn") << QByteArray(R"({"theme":"da)") << QVariantMap();
}

void StagedWindowTest::firstLookIsThatOfTheSettings() {
    QFETCH(const QByteArray, file);
    QFETCH(const QVariantMap, look);
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("settings.json"));
    if (!file.isEmpty()) {
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(file) == file.size());
        out.close();
    }
    QCOMPARE(firstLook(path), look);
}

void StagedWindowTest::showsItsShapeFirst_data() {
    QTest::addColumn<int>("theme");
    QTest::addColumn<QColor>("ground");
    QTest::newRow("light") << int(Settings::Theme::Light) << QColor(0xF6, 0xF1, 0xE8);
    QTest::newRow("dark") << int(Settings::Theme::Dark) << QColor(0x13, 0x11, 0x10);
}

void StagedWindowTest::showsItsShapeFirst() {
    QFETCH(const int, theme);
    QFETCH(const QColor, ground);
    Stage stage;
    stage.settings.setTheme(static_cast<Settings::Theme>(theme));
    QVERIFY(stage.openBare());
    QVERIFY(!stage.shell());
    QVERIFY(stage.window()->isVisible());
    QCOMPARE(stage.window()->color(), ground);
    QVERIFY(stage.find(QStringLiteral("skeleton")));
    // As it is drawn: the navigation's ground below, the feed's above.
    const QImage picture = stage.window()->grabWindow();
    QCOMPARE(picture.pixelColor(2, picture.height() - 3), ground);
    QVERIFY(picture.pixelColor(2, 2) != ground);
    QSignalSpy ready(&stage.staged(), &StagedWindow::ready);
    QVERIFY(ready.count() == 1 || ready.wait());
    QVERIFY(stage.shell());
    QVERIFY(!stage.find(QStringLiteral("skeleton")));
    // The shell has the same colours, from a theme of its own.
    QCOMPARE(stage.window()->color(), ground);
    QCOMPARE(stage.warnings(), QStringList());
}

void StagedWindowTest::earlyKeysAndClicksAreKept() {
    Stage stage;
    QVERIFY(stage.openBare());
    QVERIFY(!stage.shell());
    // Where the second destination of the bar will be.
    const QPoint friends(390 * 3 / 10, 844 - 30);
    // Not by QTest::keyClick() and the like, which would let the shell come in between.
    const auto send = [&stage](QEvent&& event) { QCoreApplication::sendEvent(stage.window(), &event); };
    for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
        send(QMouseEvent(type, friends, stage.window()->mapToGlobal(friends), Qt::LeftButton,
                         type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier));
    }
    for (const int key : {Qt::Key_4, Qt::Key_S}) {
        send(QKeyEvent(QEvent::KeyPress, key, Qt::NoModifier, QString(QChar(key)).toLower()));
        send(QKeyEvent(QEvent::KeyRelease, key, Qt::NoModifier, QString(QChar(key)).toLower()));
    }
    QTRY_VERIFY(stage.shell());
    // In their order: friends by the click, messages by the first key, settings over them by the second.
    QTRY_VERIFY(stage.find(QStringLiteral("accountsRow")));
    QCOMPARE(stage.shell()->property("page").toString(), QStringLiteral("messages"));
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(!stage.find(QStringLiteral("accountsRow")));
}

void StagedWindowTest::earlyTouchDoesNoHarm_data() {
    QTest::addColumn<bool>("liftedEarly");
    QTest::newRow("a tap before there is anything") << true;
    QTest::newRow("a finger that is still down when it comes") << false;
}

// Where the desktop makes a click of it, the click is kept; a finger that came too early is let go in any
// case.
void StagedWindowTest::earlyTouchDoesNoHarm() {
    QFETCH(const bool, liftedEarly);
    static QPointingDevice* screen = QTest::createTouchDevice();
    Stage stage;
    QVERIFY(stage.openBare());
    const QPoint friends(390 * 3 / 10, 844 - 30);
    const QPoint messages(390 * 7 / 10, 844 - 30);
    // As the desktop hands it in, at once: QTest would let the shell come in between.
    const auto touch = [&stage](QEventPoint::State state, QPoint at) {
        QWindowSystemInterface::TouchPoint point;
        point.id = 1;
        point.state = state;
        point.area = QRectF(stage.window()->mapToGlobal(QPointF(at)), QSizeF(1, 1));
        QWindowSystemInterface::handleTouchEvent<QWindowSystemInterface::SynchronousDelivery>(
            stage.window(), screen, {point});
    };
    touch(QEventPoint::State::Pressed, friends);
    if (liftedEarly) {
        touch(QEventPoint::State::Released, friends);
    }
    QVERIFY(!stage.shell());
    QTRY_VERIFY(stage.shell());
    stage.start();
    if (!liftedEarly) {
        touch(QEventPoint::State::Released, friends);
    }
    QTRY_VERIFY(stage.find(QStringLiteral("homePage")));
    // The next tap is one like any other.
    touch(QEventPoint::State::Pressed, messages);
    touch(QEventPoint::State::Released, messages);
    QTRY_COMPARE(stage.shell()->property("page").toString(), QStringLiteral("messages"));
    QCOMPARE(stage.warnings(), QStringList());
}

void StagedWindowTest::earlyWishesAreKept() {
    Stage stage;
    QVERIFY(stage.openBare());
    QStringList order;
    stage.staged().whenReady([&] {
        order.append(QStringLiteral("first"));
        QMetaObject::invokeMethod(stage.shell(), "openVideo", Q_ARG(QString, QStringLiteral("123")));
    });
    stage.staged().whenReady([&order] { order.append(QStringLiteral("second")); });
    QVERIFY(order.isEmpty());
    QTRY_VERIFY(stage.shell());
    QCOMPARE(order, QStringList({QStringLiteral("first"), QStringLiteral("second")}));
    QTRY_VERIFY(stage.find(QStringLiteral("listPlayer")));
    // By then, at once.
    stage.staged().whenReady([&order] { order.append(QStringLiteral("third")); });
    QCOMPARE(order.size(), 3);
}

// At a first start it makes its world first, and whoever is asked for before that is not there.
void StagedWindowTest::linksWaitForTheServerInside() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.link.use(QUrl());
    QCOMPARE(stage.link.state(), ServerLink::State::Starting);
    stage.staged().show(UserLink{12});
    stage.staged().show(VideoLink{123});
    QVERIFY(!stage.find(QStringLiteral("profilePage")));
    QVERIFY(!stage.find(QStringLiteral("listPlayer")));
    QTRY_COMPARE(stage.link.state(), ServerLink::State::Ready);
    QTRY_VERIFY(stage.find(QStringLiteral("listPlayer")));
    stage.press(QStringLiteral("backButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("profilePage")));
}

void StagedWindowTest::brokenLinkIsRefusedInWords() {
    Stage stage;
    QVERIFY(stage.openBare());
    stage.staged().show(BrokenLink{QStringLiteral("tikgok://video/seven")});
    QTRY_VERIFY(stage.shell());
    QTRY_VERIFY(stage.find(QStringLiteral("toasts")));
    QVERIFY(
        stage.find(QStringLiteral("toasts"))->property("text").toString().contains(QStringLiteral("link")));
}

void StagedWindowTest::focusIsOnThePage() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    QTRY_VERIFY(stage.focused());
    QVERIFY(stage.find(QStringLiteral("homePage"))->hasActiveFocus());
}

void StagedWindowTest::keepsItsSize() {
    Stage stage;
    QVERIFY(stage.openBare(QSize(500, 700)));
    stage.window()->resize(520, 710);
    QTRY_VERIFY(stage.shell());
    QCOMPARE(stage.window()->size(), QSize(520, 710));
    QTRY_COMPARE(stage.shell()->size(), QSizeF(520, 710));
}

void StagedWindowTest::saysThatTheShellCannotBeMade() {
    QQmlEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    StagedWindow staged(engine, QUrl(QStringLiteral("qrc:/qt/qml/TikGok/NoSuch.qml")));
    connect(&staged, &StagedWindow::shown, &staged, [&staged] { staged.fill({}); });
    QSignalSpy failed(&staged, &StagedWindow::failed);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("NoSuch.qml.*No such file")));
    QVERIFY(staged.load({}));
    QVERIFY(failed.count() == 1 || failed.wait());
    QVERIFY(!staged.shell());
}

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::StagedWindowTest)

#include "staged_window_test.moc"
