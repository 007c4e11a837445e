// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Pictures that come later than what they belong to.
#include "core/cache/picture_access.h"
#include "tests/core/support/raw_server.h"
#include "tests/qml/support/test_main.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QImage>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQmlNetworkAccessManagerFactory>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QThreadPool>

#include <memory>

namespace tikgok::test {

namespace {

const QByteArray kNotThere = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

QByteArray pictureAnswer() {
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: " +
           QByteArray::number(bytes.size()) + "\r\n\r\n" + bytes;
}

// What the client has: pictures come from the files that are kept.
class FromCache final : public QQmlNetworkAccessManagerFactory {
public:
    explicit FromCache(FileCache& cache) : cache_(cache) {}
    QNetworkAccessManager* create(QObject* parent) override { return new PictureAccess(cache_, parent); }

private:
    FileCache& cache_;
};

// One of the two kinds in a window of its own.
struct Shown {
    explicit Shown(const QString& kind, const QUrl& url, bool visible = true,
                   QQmlNetworkAccessManagerFactory* network = nullptr) {
        engine.setNetworkAccessManagerFactory(network);
        const bool round = kind == QLatin1StringView("RoundImage");
        engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        QQmlComponent component(&engine);
        component.setData(
            QStringLiteral("import QtQuick\nimport TikGok.Controls\n%1 { width: 8; height: 8; "
                           "visible: %2; firstWait: 20; %3: \"%4\" }")
                .arg(kind, visible ? QStringLiteral("true") : QStringLiteral("false"),
                     round ? QStringLiteral("source") : QStringLiteral("address"), url.toString())
                .toUtf8(),
            QUrl());
        item.reset(qobject_cast<QQuickItem*>(component.create()));
        if (!item) {
            qWarning("%s", qPrintable(component.errorString()));
            return;
        }
        item->setParentItem(window.contentItem());
        window.resize(40, 40);
        window.show();
    }
    [[nodiscard]] bool ready() const {
        const QVariant round = item->property("ready");
        return round.isValid() ? round.toBool() : item->property("status").toInt() == 1;
    }

    QQmlEngine engine;
    QQuickWindow window;
    std::unique_ptr<QQuickItem> item;
};

}  // namespace

class PictureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesLater_data() {
        QTest::addColumn<QString>("kind");
        QTest::newRow("round") << QStringLiteral("RoundImage");
        QTest::newRow("cover") << QStringLiteral("LateImage");
    }
    void comesLater() {
        QFETCH(const QString, kind);
        RawServer server;
        server.thenSend(kNotThere).thenSend(kNotThere).thenSend(pictureAnswer());
        Shown shown(kind, server.url().resolved(QUrl(QStringLiteral("/%1-later.png").arg(kind))));
        QVERIFY(shown.item);
        QTRY_VERIFY(shown.ready());
        QCOMPARE(server.requests.size(), 3);
    }

    // One that could not be shown, or did not come, may be a good one the next time.
    void comesAnew_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QByteArray>("first");
        const QByteArray damaged =
            "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 7\r\n\r\ndamaged";
        const QByteArray broken = "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n";
        for (const char* kind : {"RoundImage", "LateImage"}) {
            QTest::addRow("%s, damaged", kind) << QString::fromLatin1(kind) << damaged;
            QTest::addRow("%s, server in trouble", kind) << QString::fromLatin1(kind) << broken;
        }
    }
    void comesAnew() {
        QFETCH(const QString, kind);
        QFETCH(const QByteArray, first);
        RawServer server;
        server.thenSend(first).thenSend(pictureAnswer());
        Shown shown(kind, server.url().resolved(QUrl(QStringLiteral("/%1-anew.png").arg(kind))));
        QVERIFY(shown.item);
        QTRY_VERIFY(shown.ready());
        QCOMPARE(server.requests.size(), 2);
    }

    // It begins as a picture does, so it is kept, and only who shows it finds out.
    void damagedOneIsNotKept_data() { comesLater_data(); }
    void damagedOneIsNotKept() {
        QFETCH(const QString, kind);
        const QTemporaryDir directory;
        FileCacheOptions options;
        options.directory = directory.filePath(QStringLiteral("files"));
        FileCache cache(options);
        FromCache network(cache);
        RawServer server;
        server
            .thenSend(
                "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 15\r\n\r\n\x89PNG\r\n\x1a\n"
                "damaged")
            .thenSend(pictureAnswer());
        Shown shown(kind, server.url().resolved(QUrl(QStringLiteral("/%1-kept.png").arg(kind))), true,
                    &network);
        QVERIFY(shown.item);
        QTRY_VERIFY(shown.ready());
        QCOMPARE(server.requests.size(), 2);
    }

    // Not for ever, and each time after a longer wait.
    void isGivenUp_data() { comesLater_data(); }
    void isGivenUp() {
        QFETCH(const QString, kind);
        RawServer server;
        QElapsedTimer since;
        since.start();
        QList<qint64> asked;
        server.then([&](QTcpSocket& socket, const RawServer::Request&) {
            asked.append(since.elapsed());
            socket.write(kNotThere);
        });
        Shown shown(kind, server.url().resolved(QUrl(QStringLiteral("/%1-never.png").arg(kind))));
        QVERIFY(shown.item);
        // The first one, and after 20, 40, 80, 160 and 320 milliseconds; timers may be a little early.
        QTRY_COMPARE(asked.size(), 6);
        QVERIFY2(asked.at(5) - asked.at(4) > 280, qPrintable(QString::number(asked.at(5) - asked.at(4))));
        QTest::qWait(900);
        QCOMPARE(server.requests.size(), 6);
        QVERIFY(!shown.ready());
        // Once more whenever it comes into sight again.
        for (int time = 1; time <= 2; ++time) {
            shown.item->setVisible(false);
            shown.item->setVisible(true);
            QTRY_COMPARE(server.requests.size(), 6 + time);
            QTest::qWait(100);
            QCOMPARE(server.requests.size(), 6 + time);
        }
        // Another address has its own chances.
        RawServer other;
        other.thenSend(kNotThere).thenSend(pictureAnswer());
        shown.item->setProperty(kind == QLatin1StringView("RoundImage") ? "source" : "address", other.url());
        QTRY_VERIFY(shown.ready());
    }

    // A picture of a few bytes may be one of many million pixels: the window goes on meanwhile, and what was
    // wanted last is shown.
    void isDecodedElsewhere() {
        const QTemporaryDir directory;
        const auto file = [&directory](const char* name, int side, Qt::GlobalColor colour) {
            QImage image(side, side, QImage::Format_RGB32);
            image.fill(colour);
            const QString path = directory.filePath(QLatin1StringView(name));
            return image.save(path) ? QUrl::fromLocalFile(path) : QUrl();
        };
        const QUrl large = file("large.png", 3000, Qt::red);
        const QUrl small = file("small.png", 8, Qt::blue);
        Shown shown(QStringLiteral("RoundImage"), large);
        QVERIFY(shown.item);
        QVERIFY(!shown.ready());
        QVERIFY(shown.item->setProperty("source", small));
        QTRY_VERIFY(shown.ready());
        QVERIFY(QThreadPool::globalInstance()->waitForDone(10'000));
        QCoreApplication::processEvents();
        QVERIFY(QTest::qWaitForWindowExposed(&shown.window));
        QCOMPARE(shown.window.grabWindow().pixelColor(4, 4), QColor(Qt::blue));
        // Not in vain: it is known now.
        QVERIFY(shown.item->setProperty("source", large));
        QVERIFY(shown.ready());
        // Gone in the middle of it.
        const QUrl other = file("other.png", 3000, Qt::green);
        QVERIFY(shown.item->setProperty("source", other));
        shown.item.reset();
        QVERIFY(QThreadPool::globalInstance()->waitForDone(10'000));
        QCoreApplication::processEvents();
    }

    // Nobody sees it: nothing is asked until somebody does.
    void waitsUntilItIsSeen_data() { comesLater_data(); }
    void waitsUntilItIsSeen() {
        QFETCH(const QString, kind);
        RawServer server;
        server.thenSend(kNotThere).thenSend(pictureAnswer());
        Shown shown(kind, server.url().resolved(QUrl(QStringLiteral("/%1-hidden.png").arg(kind))), false);
        QVERIFY(shown.item);
        QTRY_COMPARE(server.requests.size(), 1);
        QTest::qWait(200);
        QCOMPARE(server.requests.size(), 1);
        shown.item->setVisible(true);
        QTRY_VERIFY(shown.ready());
        QCOMPARE(server.requests.size(), 2);
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::PictureTest)
#include "picture_test.moc"
