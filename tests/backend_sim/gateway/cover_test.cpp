// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Publishing with a picture of one's own, through the whole simulator.

#include "backend-sim/simulator.h"
#include "tests/backend_sim/gateway/stage.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;

namespace {

QByteArray pictureOf(const QSize& size, const QColor& colour, const char* type) {
    QImage image(size, QImage::Format_RGB32);
    image.fill(colour);
    QByteArray content;
    QBuffer buffer(&content);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, type);
    return content;
}

QByteArray smallestVideo() {
    const QDir videos(qEnvironmentVariable("TIKGOK_TEST_RESOURCES") + QStringLiteral("/media/videos"));
    QFile file(videos.filePath(
        videos.entryList({QStringLiteral("*.mp4")}, QDir::Files, QDir::Size | QDir::Reversed).first()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string textAfter(const std::string& json, std::string_view start) {
    const std::size_t at = json.find(start);
    if (at == std::string::npos) {
        return {};
    }
    const std::size_t from = at + start.size();
    return json.substr(from, json.find('"', from) - from);
}

}  // namespace

class CoverTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void becomesTheCover_data();
    void becomesTheCover();
    void refused_data();
    void refused();
    void ignoredElsewhere();
    void survivesARestart();

private:
    Reply ask(const std::string& request) const {
        Wire wire(simulator_->port());
        return wire.ask(request);
    }
    Reply get(const std::string& target) const {
        return ask("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    Reply publish(const QByteArray& video, const QByteArray& cover) const {
        const std::string body =
            multipartBody("bnd", {field("title", "mine"), file("data", "c.mp4", video.toStdString()),
                                  file("cover", "whatever", cover.toStdString())});
        return ask("POST /douyin/publish/action/?token=" + token_ +
                   " HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=bnd\r\n"
                   "Content-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    std::string published() const {
        return get("/douyin/publish/list/?user_id=" + user_ + "&token=" + token_).body;
    }
    QImage cover() const {
        const std::string url = textAfter(published(), "\"cover_url\":\"");
        return QImage::fromData(QByteArray::fromStdString(get(url.substr(simulator_->url().size())).body));
    }
    std::size_t filesBelow(const char* folder) const {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(
                 std::filesystem::path(directory_->path().toStdString()) / folder)) {
            count += entry.is_regular_file() ? 1 : 0;
        }
        return count;
    }
    void start() {
        SimulatorConfig config;
        config.dataDirectory = directory_->path().toStdString();
        config.world = "empty";
        auto simulator = Simulator::start(std::move(config));
        QVERIFY(simulator);
        simulator_ = std::move(*simulator);
    }

    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Simulator> simulator_;
    std::string token_;
    std::string user_;
};

void CoverTest::init() {
    simulator_.reset();
    directory_ = std::make_unique<QTemporaryDir>();
    start();
    const Reply reply =
        ask("POST /douyin/user/register/?username=ann&password=secret HTTP/1.1\r\nHost: "
            "localhost\r\nContent-Length: "
            "0\r\n\r\n");
    token_ = textAfter(reply.body, "\"token\":\"");
    user_ = std::to_string(std::stoll(reply.body.substr(reply.body.find("\"user_id\":") + 10)));
}

void CoverTest::becomesTheCover_data() {
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QSize>("want");
    QTest::newRow("png") << QByteArray("png") << QSize(90, 160) << QSize(90, 160);
    QTest::newRow("jpeg") << QByteArray("jpg") << QSize(160, 90) << QSize(160, 90);
    QTest::newRow("large") << QByteArray("png") << QSize(1440, 2880) << QSize(360, 720);
}

void CoverTest::becomesTheCover() {
    QFETCH(QByteArray, type);
    QFETCH(QSize, size);
    QFETCH(QSize, want);
    const Reply reply = publish(smallestVideo(), pictureOf(size, Qt::blue, type.constData()));
    QVERIFY2(reply.body.starts_with("{\"status_code\":0"), reply.body.c_str());
    const QImage shown = cover();
    QCOMPARE(shown.size(), want);
    const QRgb pixel = shown.pixel(shown.width() / 2, shown.height() / 2);
    QVERIFY(qBlue(pixel) > 220 && qRed(pixel) < 40 && qGreen(pixel) < 40);
    QCOMPARE(filesBelow("staging"), std::size_t{0});
}

void CoverTest::refused_data() {
    QTest::addColumn<QByteArray>("video");
    QTest::addColumn<QByteArray>("picture");
    QTest::addColumn<int>("code");
    const QByteArray good = pictureOf({64, 64}, Qt::blue, "png");
    QTest::newRow("no picture") << smallestVideo() << QByteArray("text") << 1;
    QTest::newRow("empty") << smallestVideo() << QByteArray() << 1;
    QTest::newRow("half") << smallestVideo() << good.left(60) << 1;
    QTest::newRow("a video") << smallestVideo() << smallestVideo() << 1;
    // A good picture does not make a video of a text.
    QTest::newRow("the video is none") << QByteArray("text") << good << 2;
}

void CoverTest::refused() {
    QFETCH(QByteArray, video);
    QFETCH(QByteArray, picture);
    QFETCH(int, code);
    const Reply reply = publish(video, picture);
    QVERIFY2(reply.body.starts_with("{\"status_code\":" + std::to_string(code) + ","), reply.body.c_str());
    QVERIFY(published().find("\"video_list\":[]") != std::string::npos);
    // Nothing stays behind.
    QCOMPARE(filesBelow("staging"), std::size_t{0});
    QCOMPARE(filesBelow("media"), std::size_t{0});
}

void CoverTest::ignoredElsewhere() {
    simulator_->setDialect(DialectName::Tikgok);
    LiveSettings settings;
    settings.mediaDelay = std::chrono::milliseconds(0);
    simulator_->apply(settings);
    const Reply reply = publish(smallestVideo(), QByteArray("text"));
    QVERIFY2(reply.body.starts_with("{\"status_code\":0"), reply.body.c_str());
    // Its own frame becomes the cover there, a little later.
    QVERIFY(Stage::eventually(
        [&] { return published().find("cover_url") != std::string::npos && !cover().isNull(); }));
}

void CoverTest::survivesARestart() {
    QVERIFY(publish(smallestVideo(), pictureOf({90, 160}, Qt::blue, "png"))
                .body.starts_with("{\"status_code\":0"));
    simulator_.reset();
    start();
    QCOMPARE(cover().size(), QSize(90, 160));
}

QTEST_GUILESS_MAIN(CoverTest)
#include "cover_test.moc"
