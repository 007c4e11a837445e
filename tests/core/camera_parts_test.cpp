// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the recorder is made of, without ffmpeg: the stream of pictures, the newest of them, and the devices
// of a system.

#include "core/camera/camera_recorder.h"
#include "core/camera/device_cameras.h"
#include "core/camera/recorder_command.h"
#include "core/camera/y4m_reader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <optional>
#include <utility>

namespace tikgok {

class CameraPartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyTheNewestPictureWaits() {
        PictureBox box;
        VideoFrame frame;
        frame.number = 1;
        QVERIFY(box.put(frame));
        frame.number = 2;
        QVERIFY(!box.put(frame));
        const auto taken = box.take();
        QVERIFY(taken);
        QCOMPARE(taken->number, quint64(2));
        QVERIFY(!box.take());
        QVERIFY(box.put(frame));
    }

    void streamInAnyPieces_data() {
        QTest::addColumn<int>("piece");
        QTest::addColumn<int>("shown");
        // Of frames that end in one piece the last is shown. They end at 92, 130 and 168.
        for (const auto& [piece, shown] : {std::pair{1, 3}, std::pair{2, 3}, std::pair{7, 3},
                                           std::pair{30, 3}, std::pair{64, 2}, std::pair{1000, 1}}) {
            QTest::addRow("%d", piece) << piece << shown;
        }
    }
    void streamInAnyPieces() {
        QFETCH(int, piece);
        QFETCH(int, shown);
        // 5 x 3: the colours have 3 x 2.
        QByteArray stream("YUV4MPEG2 W5 H3 F20:1 Ip A1:1 C420jpeg XYSCSS=420JPEG\n");
        for (char i = 1; i <= 3; ++i) {
            stream += "FRAME Ixyz\n" + QByteArray(15, i) + QByteArray(6, char(10 * i)) +
                      QByteArray(6, char(20 * i));
        }
        Y4mReader reader;
        std::optional<VideoFrame> last;
        int frames = 0;
        for (qsizetype at = 0; at < stream.size(); at += piece) {
            if (auto frame = reader.feed(stream.mid(at, piece))) {
                last = std::move(frame);
                ++frames;
            }
        }
        QVERIFY(last);
        QCOMPARE(frames, shown);
        QCOMPARE(last->size, QSize(5, 3));
        QCOMPARE(int(last->planes[0].data[14]), 3);
        QCOMPARE(last->planes[1].size, QSize(3, 2));
        QCOMPARE(int(last->planes[1].data[0]), 30);
        QCOMPARE(int(last->planes[2].data[5]), 60);
        const quint64 number = last->number;
        reader.restart();
        const auto again = reader.feed(stream);
        QVERIFY(again && again->number > number);
    }

    void whatIsNoStreamShowsNothing_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("noise") << QByteArray(5000, 'x');
        QTest::newRow("no size") << QByteArray("YUV4MPEG2 F20:1\nFRAME\n");
        QTest::newRow("too large") << QByteArray("YUV4MPEG2 W100000 H100000\nFRAME\n");
        // All of its first picture is there.
        QTest::newRow("wider than any camera")
            << "YUV4MPEG2 W5000 H2 C420\nFRAME\n" + QByteArray(15'000, 'x');
        QTest::newRow("another kind of stream") << "YUV4MPEG3 W2 H2 C420\nFRAME\n" + QByteArray(100, 'x');
        QTest::newRow("negative") << QByteArray("YUV4MPEG2 W-4 H4\nFRAME\n");
        QTest::newRow("other colours") << "YUV4MPEG2 W2 H2 C444\nFRAME\n" + QByteArray(100, 'x');
        QTest::newRow("deeper colours") << "YUV4MPEG2 W2 H2 C420p10\nFRAME\n" + QByteArray(100, 'x');
        QTest::newRow("no frame") << "YUV4MPEG2 W2 H2 C420\nFRANK\n" + QByteArray(100, '\n');
    }
    void whatIsNoStreamShowsNothing() {
        QFETCH(QByteArray, bytes);
        Y4mReader reader;
        QVERIFY(!reader.feed(bytes));
        QVERIFY(!reader.feed(bytes));
    }

    void devicesOfASystem() {
        QTemporaryDir root;
        const auto write = [&root](const QString& name, const QByteArray& text) {
            const QString path = root.filePath(name);
            QFile file(path);
            return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
                   file.write(text) == text.size();
        };
        for (const int device : {0, 1, 2, 3, 10}) {
            const QString folder = QStringLiteral("class/video%1/").arg(device);
            QVERIFY(write(folder + QStringLiteral("name"), "Device " + QByteArray::number(device) + "\n"));
            QVERIFY(write(folder + QStringLiteral("index"), device == 3 ? "1\n" : "0\n"));
        }
        QVERIFY(write(QStringLiteral("pcm"), "00-00: ALC : ALC : playback 1 : capture 1\n"));
        DevicePlaces places{.classFolder = root.filePath(QStringLiteral("class")),
                            .devices = QStringLiteral("/dev"),
                            .soundSocket = root.filePath(QStringLiteral("native")),
                            .soundCards = root.filePath(QStringLiteral("pcm"))};
        places.ask = [](const QString& path) -> DeviceAnswer {
            using Kind = DeviceAnswer::Kind;
            if (path == QLatin1StringView("/dev/video0")) {
                return {.kind = Kind::Camera, .name = QStringLiteral("HD Webcam"), .jpeg = true};
            }
            if (path == QLatin1StringView("/dev/video1")) {
                return {.kind = Kind::Other, .name = {}};  // what it knows of its pictures
            }
            if (path == QLatin1StringView("/dev/video10")) {
                return {.kind = Kind::Camera, .name = {}};
            }
            return {.kind = Kind::Refused, .name = {}};
        };
        DeviceCameras devices(places);
        const CameraLook look = devices.look();
        QStringList names;
        for (const Camera& camera : look.cameras) {
            names.append(camera.id + QLatin1Char(' ') + camera.name);
        }
        QCOMPARE(names,
                 (QStringList{QStringLiteral("/dev/video0 HD Webcam"), QStringLiteral("/dev/video2 Device 2"),
                              QStringLiteral("/dev/video10 Device 10")}));
        const QString command =
            recordCommand(look.cameras.first(), {}, videoEncoders().first(), QStringLiteral("/x/y.mp4"))
                .join(QLatin1Char(' '));
        QVERIFY2(command.contains(
                     QLatin1StringView("-f v4l2 -input_format mjpeg -video_size 1280x720 -i /dev/video0")),
                 qPrintable(command));
        QCOMPARE(look.sounds.size(), 1);
        QVERIFY(look.sounds.first().contains(QStringLiteral("alsa")));
        // Loudspeakers are no microphones.
        QVERIFY(write(QStringLiteral("pcm"), "00-00: HDMI : HDMI : playback 1\n"));
        QVERIFY(devices.look().sounds.isEmpty());
        QVERIFY(write(QStringLiteral("pcm"), "00-00: ALC : ALC : playback 1 : capture 1\n"));
        QVERIFY(write(QStringLiteral("native"), ""));
        QCOMPARE(devices.look().sounds.size(), 2);
        QVERIFY(devices.look().sounds.first().contains(QStringLiteral("pulse")));
        // What is there but is no device says nothing, and does not crash.
        places.ask = {};
        places.devices = root.filePath(QStringLiteral("class"));
        QVERIFY(DeviceCameras(places).look().cameras.isEmpty());
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::CameraPartsTest)
#include "camera_parts_test.moc"
