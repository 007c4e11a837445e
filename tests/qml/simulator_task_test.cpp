// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The task of a tester who has never seen the Simulator page, with the mouse, in the program as it is: the
// feed fails with 500, the clock stands, one is somebody else, and all of it lies in a HAR file.

#include "app/app_window.h"
#include "app/client.h"
#include "app/front_plugins.h"
#include "app/ui_font.h"

#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

namespace tikgok {

namespace {

QQuickItem* seen(QQuickItem* item, const QString& name) {
    if (!item->isVisible()) {
        return nullptr;
    }
    if (item->objectName() == name) {
        return item;
    }
    for (QQuickItem* child : item->childItems()) {
        if (QQuickItem* found = seen(child, name)) {
            return found;
        }
    }
    return nullptr;
}

// The middle of an item that can be hit; scrolls there as a finger would. Nothing while it cannot.
std::optional<QPoint> spotOf(QQuickWindow* window, const QString& name) {
    QQuickItem* const item = seen(window->contentItem(), name);
    if (item == nullptr) {
        return std::nullopt;
    }
    for (QQuickItem* up = item->parentItem(); up != nullptr; up = up->parentItem()) {
        if (up->metaObject()->indexOfMethod("reveal(QQuickItem*)") >= 0) {
            QMetaObject::invokeMethod(up, "reveal", Q_ARG(QQuickItem*, item));
        }
    }
    const QPointF middle = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
    return QRectF(QPointF(), QSizeF(window->size())).contains(middle) ? std::optional(middle.toPoint())
                                                                      : std::nullopt;
}

void click(QQuickWindow* window, const char* name) {
    const QString wanted = QString::fromLatin1(name);
    // Twice at the same place: what came just now may still move.
    std::optional<QPoint> spot;
    const auto rests = [&] {
        const auto now = spotOf(window, wanted);
        const bool same = now && now == spot;
        spot = now;
        return same;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(rests(), name, 20'000);
    QTest::mouseClick(window, Qt::LeftButton, Qt::NoModifier, *spot);
}

}  // namespace

class SimulatorTaskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void inTwoMinutes_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("phone") << QSize(390, 844);
        QTest::newRow("desktop") << QSize(1200, 800);
    }
    void inTwoMinutes() {
        QFETCH(const QSize, size);
        QTemporaryDir directory;
        Client client(ClientPaths::in(directory.path()), std::make_unique<MemoryVault>());
        client.settings().setReducedMotion(true);
        AppWindow app(client);
        QVERIFY(app.load());
        QQuickWindow* const window = app.window();
        window->resize(size);
        client.start();
        QTRY_COMPARE_WITH_TIMEOUT(client.simulatorWatch().presence(), SimulatorWatch::Presence::Open, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(client.feed().state(), FeedModel::State::Ready, 20'000);
        QVERIFY(!seen(window->contentItem(), QStringLiteral("chaosBanner")));

        click(window, "navMe");
        click(window, "simulatorRow");
        SimulatorDesk& desk = client.simulatorDesk();
        QTRY_VERIFY(desk.recording());

        click(window, "preset_feed-500");
        QTRY_COMPARE(client.simulatorWatch().rulesOn(), 1);
        QTRY_VERIFY(seen(window->contentItem(), QStringLiteral("chaosBanner")));
        client.feed().refresh();
        // The feed keeps what it has; the journal shows what came.
        QTRY_VERIFY_WITH_TIMEOUT(
            desk.rules()->count() == 1 &&
                desk.rules()->data(desk.rules()->index(0), FaultRulesModel::StruckRole).toLongLong() > 0,
            20'000);

        click(window, "section_clock");
        click(window, "freezeClock");
        QTRY_VERIFY(desk.clockFrozen());

        click(window, "section_people");
        click(window, "become_kiko");
        QTRY_COMPARE(client.session().userName(), QStringLiteral("kiko"));
        QVERIFY(client.session().signedIn());

        click(window, "section_journal");
        QTRY_VERIFY(desk.journal()->count() > 0);
        click(window, "exportHar");
        // The dialog is the desktop's business; this is what it says in the end.
        const QString path = directory.filePath(QStringLiteral("bug 1234.har"));
        QSignalSpy saved(&desk, &SimulatorDesk::harSaved);
        auto* saver = window->findChild<QObject*>(QStringLiteral("harSaver"));
        QVERIFY(saver);
        auto* dialog = saver->property("item").value<QObject*>();
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->property("visible").toBool());
        // Where it begins there is a folder.
        const QUrl folder = dialog->property("currentFolder").toUrl();
        QVERIFY2(QFileInfo(folder.toLocalFile()).isDir(), qPrintable(folder.toString()));
        QMetaObject::invokeMethod(dialog, "close");
        QMetaObject::invokeMethod(saver, "chosen", Q_ARG(QUrl, QUrl::fromLocalFile(path)));
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, 20'000);

        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        const QJsonObject log =
            QJsonDocument::fromJson(bytes).object().value(QLatin1StringView("log")).toObject();
        QCOMPARE(log.value(QLatin1StringView("version")).toString(), QStringLiteral("1.2"));
        bool failed = false;
        for (const QJsonValue& one : log.value(QLatin1StringView("entries")).toArray()) {
            const QJsonObject entry = one.toObject();
            const QString url = entry.value(QLatin1StringView("request"))
                                    .toObject()
                                    .value(QLatin1StringView("url"))
                                    .toString();
            const int status = entry.value(QLatin1StringView("response"))
                                   .toObject()
                                   .value(QLatin1StringView("status"))
                                   .toInt();
            failed = failed || (url.contains(QStringLiteral("/douyin/feed/")) && status == 500);
        }
        QVERIFY(failed);
        // Nobody can be this person with what is in the file, nor turn a lever.
        for (const QString& secret : client.session().secrets() + client.simulatorWatch().secrets()) {
            QVERIFY(!secret.isEmpty());
            QVERIFY(!bytes.contains(secret.toUtf8()));
        }

        // And all of it back, with one press, from wherever one is.
        click(window, "backButton");
        click(window, "makeGood");
        QTRY_VERIFY(!seen(window->contentItem(), QStringLiteral("chaosBanner")));
        QVERIFY(!client.simulatorWatch().chaotic());
    }
};

}  // namespace tikgok

int main(int argc, char* argv[]) {
    QCoreApplication::setApplicationName(QStringLiteral("tikgok"));
    QGuiApplication app(argc, argv);
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    tikgok::SimulatorTaskTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "simulator_task_test.moc"
