// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The cameras of a Linux system (Video4Linux). Elsewhere there are none.
#pragma once

#include "core/camera/camera_source.h"

#include <functional>

namespace tikgok {

// What a device says of itself.
struct DeviceAnswer {
    enum class Kind {
        Camera,   // it gives pictures
        Other,    // it takes pictures, or gives something else
        Refused,  // this user may not open it
    };
    Kind kind = Kind::Other;
    QString name;
    // It can give JPEG pictures: over USB many give enough of large ones only so.
    bool jpeg = false;
};

struct DevicePlaces {
    // Has an entry per device.
    QString classFolder = QStringLiteral("/sys/class/video4linux");
    QString devices = QStringLiteral("/dev");
    // The socket of the sound server; there or not. Empty: found from the environment.
    QString soundSocket;
    // The kernel's list of sound devices.
    QString soundCards = QStringLiteral("/proc/asound/pcm");
    // Asks the device behind a path. Empty: with VIDIOC_QUERYCAP.
    std::function<DeviceAnswer(const QString& path)> ask = {};
};

class DeviceCameras final : public CameraSource {
public:
    explicit DeviceCameras(DevicePlaces places = {});

    CameraLook look() override;
    [[nodiscard]] QString watchedFolder() const override { return places_.devices; }

private:
    DevicePlaces places_;
};

}  // namespace tikgok
