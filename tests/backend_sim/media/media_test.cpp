// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Looking into video files: good ones, odd ones, hostile ones.

#include "backend-sim/media/ffmpeg_inspector.h"
#include "backend-sim/media/ffmpeg_pictures.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QImageReader>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

using namespace tikgok::sim;

namespace {

using Kind = MediaError::Kind;

QByteArray contentOf(const QString& name) {
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString& name, const QByteArray& content) {
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

// Of the whole picture, 0 to 255.
int brightnessOf(const QImage& image) {
    return qGray(image.scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).pixel(0, 0));
}

}  // namespace

class MediaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void shippedVideos();
    void containers_data();
    void containers();
    void rotation_data();
    void rotation();
    void pixelsThatAreNotSquare();
    void blackBeginning();
    void blackThroughout();
    void anHourOfNothing();
    void smallestPicture();
    void notVideos_data();
    void notVideos();
    void playlistsAreNotFollowed();
    void hugePictures();
    void truncated();
    void damaged();
    void timeBudget();
    void cancelled();
    void missingFile();
    void coverAsPng();
    void coverCannotBeWritten();
    void pictures_data();
    void pictures();
    void notPictures_data();
    void notPictures();
    void pictureTooLarge();

private:
    QString path(const char* name) const { return directory_.filePath(QString::fromLatin1(name)); }
    // Runs ffmpeg with these words and an output file in the directory of the test.
    QString make(const QString& words, const char* name) const;
    std::expected<MediaFacts, MediaError> inspect(const QString& video) {
        QFile::remove(cover());
        return inspector_.inspect(video.toStdString(), cover().toStdString(), [] { return false; });
    }
    QString cover() const { return path("cover.jpg"); }
    bool noCover() const { return !QFile::exists(cover()); }

    QTemporaryDir directory_;
    FfmpegInspector inspector_;
    QString shipped_;
};

void MediaTest::initTestCase() {
    QVERIFY(directory_.isValid());
    const QDir videos(qEnvironmentVariable("TIKGOK_TEST_RESOURCES") + QStringLiteral("/media/videos"));
    const QStringList names =
        videos.entryList({QStringLiteral("*.mp4")}, QDir::Files, QDir::Size | QDir::Reversed);
    QVERIFY(!names.isEmpty());
    shipped_ = videos.filePath(names.first());
}

QString MediaTest::make(const QString& words, const char* name) const {
    const QString out = path(name);
    QStringList arguments{QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-y")};
    arguments += words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    arguments += out;
    QProcess ffmpeg;
    ffmpeg.start(QStringLiteral("ffmpeg"), arguments);
    if (!ffmpeg.waitForFinished(30'000) || ffmpeg.exitCode() != 0) {
        qWarning("ffmpeg: %s", ffmpeg.readAllStandardError().constData());
        return {};
    }
    return out;
}

void MediaTest::shippedVideos() {
    const QDir videos(qEnvironmentVariable("TIKGOK_TEST_RESOURCES") + QStringLiteral("/media/videos"));
    for (const QString& name : videos.entryList({QStringLiteral("*.mp4")}, QDir::Files)) {
        const auto facts = inspect(videos.filePath(name));
        QVERIFY2(facts.has_value(), qPrintable(name));
        QCOMPARE(facts->codec, std::string("h264"));
        QVERIFY(facts->durationMs >= 3000 && facts->durationMs <= 60'000);
        const QImage picture(cover());
        QVERIFY2(!picture.isNull(), qPrintable(name));
        QCOMPARE(std::max(picture.width(), picture.height()),
                 std::min(720, std::max(facts->width, facts->height)));
        QCOMPARE(picture.width() < picture.height(), facts->width < facts->height);
        QVERIFY(brightnessOf(picture) > 5);
    }
}

void MediaTest::containers_data() {
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("file");
    const auto row = [](const char* words, const char* file) {
        QTest::newRow(file) << QString::fromLatin1(words) << QString::fromLatin1(file);
    };
    row("-c:v mpeg4", "a.avi");
    row("-c:v wmv2", "a.wmv");
    row("-c:v wmv2", "a.asf");
    row("-c:v flv1", "a.flv");
    row("-c:v mpeg2video", "a.mpeg");
    row("-c:v mpeg1video", "a.mpg");
    row("-c:v mpeg2video -f vob", "a.vob");
    row("-c:v h264 -pix_fmt yuv420p", "a.mov");
    row("-c:v mpeg4 -an", "a.3gp");
    row("-c:v rv20 -an -s 176x144 -f rm", "a.rm");
    row("-c:v h264 -pix_fmt yuv444p -f matroska", "disguised.mp4");
}

void MediaTest::containers() {
    QFETCH(QString, words);
    QFETCH(QString, file);
    const QString video = make(QStringLiteral("-f lavfi -i testsrc=size=320x240:rate=25:duration=1 "
                                              "-f lavfi -i sine=duration=1 ") +
                                   words,
                               file.toLatin1().constData());
    QVERIFY(!video.isEmpty());
    // The name says nothing.
    const QString nameless = path("nameless");
    QFile::remove(nameless);
    QVERIFY(QFile::rename(video, nameless));
    const auto facts = inspect(nameless);
    QVERIFY2(facts.has_value(), facts ? "" : facts.error().what.c_str());
    QVERIFY(facts->width > 0 && facts->height > 0);
    QVERIFY(!QImage(cover()).isNull());
}

void MediaTest::rotation_data() {
    QTest::addColumn<int>("turn");
    QTest::addColumn<QSize>("size");
    // Where the red quarter, top left in the file, is to be seen: ffmpeg 5.1 turns counter-clockwise.
    QTest::addColumn<QPointF>("red");
    QTest::newRow("0") << 0 << QSize(640, 320) << QPointF(0.25, 0.25);
    QTest::newRow("90") << 90 << QSize(320, 640) << QPointF(0.25, 0.75);
    QTest::newRow("180") << 180 << QSize(640, 320) << QPointF(0.75, 0.75);
    QTest::newRow("270") << 270 << QSize(320, 640) << QPointF(0.75, 0.25);
}

void MediaTest::rotation() {
    QFETCH(int, turn);
    QFETCH(QSize, size);
    QFETCH(QPointF, red);
    const QString plain =
        make(QStringLiteral(
                 "-f lavfi -i color=c=blue:size=640x320:duration=1,drawbox=w=320:h=160:color=red:t=fill "
                 "-c:v libx264 -pix_fmt yuv420p"),
             "plain.mp4");
    QVERIFY(!plain.isEmpty());
    // The second way is that of ffmpeg 5.1, the first that of 6 and later; each refuses or ignores the
    // other's.
    QString turned =
        make(QStringLiteral("-display_rotation %2 -i %1 -c copy").arg(plain).arg(turn), "turned.mp4");
    if (turned.isEmpty()) {
        turned = make(QStringLiteral("-i %1 -c copy -metadata:s:v:0 rotate=%2").arg(plain).arg(turn),
                      "turned.mp4");
    }
    QVERIFY(!turned.isEmpty());
    const auto facts = inspect(turned);
    QVERIFY(facts.has_value());
    QCOMPARE(QSize(facts->width, facts->height), size);
    const QImage picture(cover());
    QCOMPARE(picture.size(), size);
    const auto colourAt = [&picture](QPointF at) {
        return picture.pixelColor(static_cast<int>(at.x() * picture.width()),
                                  static_cast<int>(at.y() * picture.height()));
    };
    for (const QPointF at :
         {QPointF(0.25, 0.25), QPointF(0.75, 0.25), QPointF(0.25, 0.75), QPointF(0.75, 0.75)}) {
        const QColor colour = colourAt(at);
        QCOMPARE(colour.red() > colour.blue(), at == red);
    }
}

void MediaTest::pixelsThatAreNotSquare() {
    const QString video = make(QStringLiteral("-f lavfi -i testsrc=size=360x288:duration=1 -vf setsar=2/1 "
                                              "-c:v libx264 -pix_fmt yuv420p"),
                               "wide.mp4");
    const auto facts = inspect(video);
    QVERIFY(facts.has_value());
    QCOMPARE(QSize(facts->width, facts->height), QSize(720, 288));
    QCOMPARE(QImage(cover()).size(), QSize(720, 288));
}

void MediaTest::blackBeginning() {
    const QString video = make(QStringLiteral("-f lavfi -i testsrc=size=320x240:duration=3 "
                                              "-vf fade=in:st=1:d=1 -c:v libx264 -pix_fmt yuv420p"),
                               "fade.mp4");
    QVERIFY(inspect(video).has_value());
    QVERIFY(brightnessOf(QImage(cover())) > 20);
}

void MediaTest::blackThroughout() {
    const QString video =
        make(QStringLiteral("-f lavfi -i color=c=black:size=320x240:duration=2 -c:v libx264"), "black.mp4");
    QVERIFY(inspect(video).has_value());
    QCOMPARE(QImage(cover()).size(), QSize(320, 240));
}

void MediaTest::anHourOfNothing() {
    const QString video = make(QStringLiteral("-f lavfi -i color=c=black:size=64x64:rate=1:duration=3600 "
                                              "-c:v libx264 -preset ultrafast"),
                               "hour.mp4");
    QElapsedTimer timer;
    timer.start();
    const auto facts = inspect(video);
    QVERIFY(facts.has_value());
    QCOMPARE(facts->durationMs, 3'600'000);
    QVERIFY(timer.elapsed() < 3000);
}

void MediaTest::smallestPicture() {
    const QString video =
        make(QStringLiteral("-f lavfi -i color=c=white:size=2x2:duration=1 -c:v libx264"), "2.mp4");
    const auto facts = inspect(video);
    QVERIFY(facts.has_value());
    QVERIFY(!QImage(cover()).isNull());
}

void MediaTest::notVideos_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("one byte") << QByteArray("x");
    QTest::newRow("text") << QByteArray("hello, I am a video\n").repeated(1000);
    QTest::newRow("zeros") << QByteArray(2'000'000, '\0');
    QRandomGenerator random(42);
    QByteArray noise(1'000'000, Qt::Uninitialized);
    for (char& byte : noise) {
        byte = static_cast<char>(random.generate());
    }
    QTest::newRow("noise") << noise;
    QTest::newRow("start of an mp4") << QByteArray(
        "\0\0\0\x18"
        "ftypmp42\0\0\0\0mp42isom",
        24);
    QTest::newRow("huge box") << QByteArray(
        "\0\0\0\x18"
        "ftypmp42\0\0\0\0mp42isom"
        "\0\0\0\x01"
        "moov\x7f\xff\xff\xff\xff\xff\xff\xff",
        40);
    QTest::newRow("web page") << QByteArray("<!DOCTYPE html><html><body>404</body></html>");
    QTest::newRow("subtitles") << QByteArray("1\n00:00:00,000 --> 00:00:05,000\nhello\n");
    QImage picture(100, 100, QImage::Format_RGB32);
    picture.fill(Qt::red);
    for (const char* format : {"PNG", "JPG", "BMP"}) {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        picture.save(&buffer, format);
        QTest::newRow(format) << bytes;
    }
}

void MediaTest::notVideos() {
    QFETCH(QByteArray, content);
    QVERIFY(writeFile(path("not.mp4"), content));
    const auto facts = inspect(path("not.mp4"));
    QVERIFY(!facts.has_value());
    QCOMPARE(facts.error().kind, Kind::NotAVideo);
    QVERIFY(!facts.error().what.empty());
    QVERIFY(noCover());
}

// Formats that make FFmpeg open other files, and sound without a picture.
void MediaTest::playlistsAreNotFollowed() {
    const QString good = QFileInfo(shipped_).absoluteFilePath();
    QVERIFY(writeFile(path("list.mp4"), "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://" +
                                            good.toUtf8() + "\n#EXT-X-ENDLIST\n"));
    QVERIFY(!inspect(path("list.mp4")).has_value());
    QVERIFY(writeFile(path("concat.mp4"), "ffconcat version 1.0\nfile '" + good.toUtf8() + "'\n"));
    QVERIFY(!inspect(path("concat.mp4")).has_value());
    const QString sound = make(QStringLiteral("-f lavfi -i sine=duration=1"), "sound.mp4");
    QCOMPARE(inspect(sound).error().kind, Kind::NotAVideo);
    QImage picture(64, 64, QImage::Format_RGB32);
    picture.fill(Qt::green);
    QVERIFY(picture.save(path("art.png")));
    const QString song = make(QStringLiteral("-f lavfi -i sine=duration=1 -i %1 -map 0 -map 1 -c:v png "
                                             "-disposition:v attached_pic")
                                  .arg(path("art.png")),
                              "song.mp4");
    QVERIFY(!song.isEmpty());
    QCOMPARE(inspect(song).error().kind, Kind::NotAVideo);
    QVERIFY(noCover());
}

void MediaTest::hugePictures() {
    for (const char* size : {"8208x32", "32x8208"}) {
        const QString video = make(QStringLiteral("-f lavfi -i color=c=red:size=%1:rate=5:duration=1 "
                                                  "-c:v libx264 -preset ultrafast -pix_fmt yuv420p")
                                       .arg(QLatin1String(size)),
                                   "huge.mp4");
        QVERIFY(!video.isEmpty());
        QCOMPARE(inspect(video).error().kind, Kind::TooLarge);
        QVERIFY(noCover());
    }
    // The whole picture counts, too.
    FfmpegInspector::Limits limits;
    limits.maxPixels = 100 * 100;
    FfmpegInspector strict(limits);
    QVERIFY(!strict.inspect(shipped_.toStdString(), cover().toStdString(), nullptr).has_value());
    QVERIFY(noCover());
}

// Cut off anywhere: a video or not, but an answer.
void MediaTest::truncated() {
    const QByteArray whole = contentOf(shipped_);
    QVERIFY(whole.size() > 10'000);
    int good = 0;
    for (int part = 0; part < 40; ++part) {
        QVERIFY(writeFile(path("cut.mp4"), whole.left(whole.size() * part / 40)));
        const auto facts = inspect(path("cut.mp4"));
        QCOMPARE(facts.has_value(), !noCover());
        good += facts.has_value() ? 1 : 0;
    }
    QVERIFY(good > 0);
    QVERIFY(good < 40);
}

void MediaTest::damaged() {
    const QByteArray whole = contentOf(shipped_);
    QRandomGenerator random(7);
    QElapsedTimer timer;
    timer.start();
    for (int round = 0; round < 60; ++round) {
        QByteArray content = whole;
        // The header is where damage hurts.
        const int span = round % 2 == 0 ? 2000 : static_cast<int>(content.size());
        for (int hit = 0; hit < 1 + round; ++hit) {
            content[random.bounded(span)] = static_cast<char>(random.generate());
        }
        QVERIFY(writeFile(path("hurt.mp4"), content));
        const auto facts = inspect(path("hurt.mp4"));
        QCOMPARE(facts.has_value(), !noCover());
    }
    QVERIFY(timer.elapsed() < 60'000);
}

void MediaTest::timeBudget() {
    FfmpegInspector::Limits limits;
    limits.budget = std::chrono::milliseconds(0);
    QFile::remove(cover());
    FfmpegInspector hurried(limits);
    const auto facts = hurried.inspect(shipped_.toStdString(), cover().toStdString(), nullptr);
    QVERIFY(!facts.has_value());
    QCOMPARE(facts.error().kind, Kind::TimedOut);
    QVERIFY(noCover());
}

void MediaTest::cancelled() {
    // At every point at which it can be noticed.
    int asked = 0;
    QVERIFY(inspector_
                .inspect(shipped_.toStdString(), cover().toStdString(),
                         [&asked] {
                             ++asked;
                             return false;
                         })
                .has_value());
    QVERIFY(asked > 1);
    for (int at = 1; at <= asked; at += 1 + asked / 20) {
        QFile::remove(cover());
        int count = 0;
        const auto facts = inspector_.inspect(shipped_.toStdString(), cover().toStdString(),
                                              [&count, at] { return ++count >= at; });
        QVERIFY(!facts.has_value());
        QCOMPARE(facts.error().kind, Kind::Cancelled);
        QVERIFY(noCover());
    }
}

void MediaTest::missingFile() {
    QVERIFY(!inspect(path("missing.mp4")).has_value());
    QVERIFY(!inspect(directory_.path()).has_value());
    QVERIFY(noCover());
}

void MediaTest::coverAsPng() {
    const QString png = path("cover.png");
    QVERIFY(inspector_.inspect(shipped_.toStdString(), png.toStdString(), nullptr).has_value());
    QVERIFY(inspect(shipped_).has_value());
    QImageReader reader(png);
    QCOMPARE(reader.format(), QByteArray("png"));
    const QImage picture = reader.read();
    QVERIFY(!picture.isNull());
    QCOMPARE(QImageReader(cover()).format(), QByteArray("jpeg"));
    QCOMPARE(picture.size(), QImage(cover()).size());
    QVERIFY(std::abs(brightnessOf(picture) - brightnessOf(QImage(cover()))) < 3);
}

void MediaTest::coverCannotBeWritten() {
    const auto facts =
        inspector_.inspect(shipped_.toStdString(), path("no/where/cover.jpg").toStdString(), nullptr);
    QVERIFY(!facts.has_value());
    QCOMPARE(facts.error().kind, Kind::Io);
}

void MediaTest::pictures_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QSize>("want");
    QTest::newRow("png") << QSize(360, 640) << int(QImage::Format_RGB32) << QByteArray("png")
                         << QSize(360, 640);
    QTest::newRow("jpeg") << QSize(640, 360) << int(QImage::Format_RGB32) << QByteArray("jpg")
                          << QSize(640, 360);
    QTest::newRow("transparent") << QSize(64, 64) << int(QImage::Format_ARGB32) << QByteArray("png")
                                 << QSize(64, 64);
    QTest::newRow("palette") << QSize(64, 64) << int(QImage::Format_Indexed8) << QByteArray("png")
                             << QSize(64, 64);
    QTest::newRow("grey") << QSize(64, 64) << int(QImage::Format_Grayscale8) << QByteArray("jpg")
                          << QSize(64, 64);
    QTest::newRow("large") << QSize(2000, 4000) << int(QImage::Format_RGB32) << QByteArray("png")
                           << QSize(360, 720);
    QTest::newRow("one pixel") << QSize(1, 1) << int(QImage::Format_RGB32) << QByteArray("png")
                               << QSize(2, 2);
}

void MediaTest::pictures() {
    QFETCH(QSize, size);
    QFETCH(int, format);
    QFETCH(QByteArray, type);
    QFETCH(QSize, want);
    QImage image(size, QImage::Format_RGB32);
    image.fill(qRgb(200, 100, 50));
    const QString from = path("picture.bin");
    QVERIFY(image.convertToFormat(static_cast<QImage::Format>(format)).save(from, type.constData()));
    FfmpegPictures maker;
    for (const char* name : {"made.jpg", "made.png"}) {
        QFile::remove(path(name));
        const auto made = maker.recode(from.toStdString(), path(name).toStdString());
        QVERIFY2(made.has_value(), made ? "" : made.error().what.c_str());
        const QImage result(path(name));
        QCOMPARE(result.size(), want);
        QVERIFY(std::abs(brightnessOf(result) - brightnessOf(image)) < 12);
        // What it is, it is by content.
        QCOMPARE(QImageReader(path(name)).format(),
                 path(name).endsWith(QStringLiteral("png")) ? QByteArray("png") : QByteArray("jpeg"));
    }
}

void MediaTest::notPictures_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("not a picture");
    QTest::newRow("a video") << contentOf(shipped_);
    QTest::newRow("gif") << QByteArray("GIF89a\x01\0\x01\0\0\0\0;", 14);
    QTest::newRow("start of a png") << QByteArray("\x89PNG\r\n\x1a\n", 8);
    QTest::newRow("start of a jpeg") << QByteArray("\xff\xd8\xff\xe0\0\x10JFIF", 10);
    QTest::newRow("svg") << QByteArray(
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>");
    QImage image(300, 300, QImage::Format_RGB32);
    image.fill(Qt::red);
    QVERIFY(image.save(path("whole.png")));
    QTest::newRow("half a png") << contentOf(path("whole.png")).left(100);
    QByteArray bomb = contentOf(path("whole.png"));
    bomb.replace(16, 8, QByteArray("\x7f\xff\xff\xff\x7f\xff\xff\xff", 8));
    QTest::newRow("png of 2 billion by 2 billion") << bomb;
}

void MediaTest::notPictures() {
    QFETCH(QByteArray, content);
    QVERIFY(writeFile(path("odd.png"), content));
    FfmpegPictures maker;
    const auto made = maker.recode(path("odd.png").toStdString(), path("made.png").toStdString());
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().kind, Kind::NotAVideo);
    QVERIFY(!QFile::exists(path("made.png")) || QFile::remove(path("made.png")));
}

void MediaTest::pictureTooLarge() {
    QImage image(300, 200, QImage::Format_RGB32);
    image.fill(Qt::red);
    QVERIFY(image.save(path("large.png")));
    FfmpegPictures::Limits limits;
    limits.maxBytes = 50;
    const std::string from = path("large.png").toStdString();
    const std::string to = path("made-of-large.png").toStdString();
    QCOMPARE(FfmpegPictures(limits).recode(from, to).error().kind, Kind::TooLarge);
    limits = {};
    limits.maxSide = 299;
    QCOMPARE(FfmpegPictures(limits).recode(from, to).error().kind, Kind::TooLarge);
    limits.maxSide = 300;
    QVERIFY(FfmpegPictures(limits).recode(from, to).has_value());
    QCOMPARE(FfmpegPictures().recode(path("absent").toStdString(), to).error().kind, Kind::Io);
    QCOMPARE(FfmpegPictures().recode(from, path("no/such/folder.png").toStdString()).error().kind, Kind::Io);
}

QTEST_GUILESS_MAIN(MediaTest)
#include "media_test.moc"
