// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which cameras and microphones there are, and how the encoder reads them. Real ones and those of tests.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace tikgok {

struct Camera {
    // The same as long as it is plugged in; for a device its path.
    QString id;
    // As its maker calls it.
    QString name;
    // What ffmpeg is told to read it: options, "-i", the address.
    QStringList input;

    bool operator==(const Camera&) const = default;
};

struct CameraLook {
    QList<Camera> cameras;
    // Ways to hear something, the best first, as options of ffmpeg. One that does not work is passed over.
    QList<QStringList> sounds;
};

class CameraSource {
public:
    virtual ~CameraSource() = default;
    // What is there now. Called on a thread of the recorder's own, and may open devices.
    virtual CameraLook look() = 0;
    // A folder that changes when a camera comes or goes. Empty: there is none.
    [[nodiscard]] virtual QString watchedFolder() const = 0;
};

}  // namespace tikgok
