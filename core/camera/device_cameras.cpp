// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/camera/device_cameras.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <utility>

#ifdef Q_OS_LINUX
#include <cerrno>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>
#endif

namespace tikgok {

namespace {

#ifdef Q_OS_LINUX

bool givesJpeg(int device) {
    v4l2_fmtdesc format{};
    format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    while (ioctl(device, VIDIOC_ENUM_FMT, &format) == 0) {
        if (format.pixelformat == V4L2_PIX_FMT_MJPEG) {
            return true;
        }
        ++format.index;
    }
    return false;
}

DeviceAnswer askDevice(const QString& path) {
    const int device = open(QFile::encodeName(path).constData(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (device < 0) {
        const bool refused = errno == EACCES || errno == EPERM;
        return {.kind = refused ? DeviceAnswer::Kind::Refused : DeviceAnswer::Kind::Other, .name = {}};
    }
    DeviceAnswer answer;
    v4l2_capability can{};
    if (ioctl(device, VIDIOC_QUERYCAP, &can) == 0) {
        const quint32 caps =
            (can.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? can.device_caps : can.capabilities;
        if ((caps & V4L2_CAP_VIDEO_CAPTURE) != 0 && (caps & V4L2_CAP_STREAMING) != 0) {
            answer.kind = DeviceAnswer::Kind::Camera;
            answer.jpeg = givesJpeg(device);
        }
        answer.name = QString::fromUtf8(reinterpret_cast<const char*>(can.card));
    }
    close(device);
    return answer;
}

#else

DeviceAnswer askDevice(const QString&) {
    return {};
}

#endif

QString deviceLine(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readLine(256)).trimmed() : QString();
}

QString soundSocketOfTheSession() {
    const QString server = qEnvironmentVariable("PULSE_SERVER");
    if (server.startsWith(QLatin1StringView("unix:"))) {
        return server.mid(5);
    }
    return qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/pulse/native");
}

}  // namespace

DeviceCameras::DeviceCameras(DevicePlaces places) : places_(std::move(places)) {
    if (!places_.ask) {
        places_.ask = askDevice;
    }
    if (places_.soundSocket.isEmpty()) {
        places_.soundSocket = soundSocketOfTheSession();
    }
}

CameraLook DeviceCameras::look() {
    CameraLook look;
    QStringList names = QDir(places_.classFolder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    // video2 before video10.
    std::ranges::sort(names, {}, [](const QString& name) { return std::pair(name.size(), name); });
    for (const QString& name : std::as_const(names)) {
        const QString about = places_.classFolder + QLatin1Char('/') + name;
        const QString path = places_.devices + QLatin1Char('/') + name;
        const DeviceAnswer answer = places_.ask(path);
        // Of one that may not be opened only its first entry counts: the others give no pictures.
        const bool shown = answer.kind == DeviceAnswer::Kind::Camera ||
                           (answer.kind == DeviceAnswer::Kind::Refused &&
                            deviceLine(about + QStringLiteral("/index")) == QLatin1StringView("0"));
        if (!shown) {
            continue;
        }
        Camera camera{.id = path, .name = answer.name, .input = {}};
        if (camera.name.isEmpty()) {
            camera.name = deviceLine(about + QStringLiteral("/name"));
        }
        if (camera.name.isEmpty()) {
            camera.name = name;
        }
        camera.input = {QStringLiteral("-f"), QStringLiteral("v4l2")};
        if (answer.jpeg) {
            camera.input << QStringLiteral("-input_format") << QStringLiteral("mjpeg");
        }
        // A camera that has no such size gives the one that comes nearest.
        camera.input << QStringLiteral("-video_size") << QStringLiteral("1280x720") << QStringLiteral("-i")
                     << path;
        look.cameras.append(std::move(camera));
    }
    if (QFileInfo::exists(places_.soundSocket)) {
        look.sounds.append(
            {QStringLiteral("-f"), QStringLiteral("pulse"), QStringLiteral("-i"), QStringLiteral("default")});
    }
    QFile cards(places_.soundCards);
    if (cards.open(QIODevice::ReadOnly) && cards.readAll().contains("capture")) {
        look.sounds.append(
            {QStringLiteral("-f"), QStringLiteral("alsa"), QStringLiteral("-i"), QStringLiteral("default")});
    }
    return look;
}

}  // namespace tikgok
