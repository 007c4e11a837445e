// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What can go wrong with a camera, told from what the encoder said and how it ended.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

// A namespace of its own, so that QML sees RecordTrouble.CameraBusy and nothing else comes along.
namespace tikgok::RecordTroubles {
Q_NAMESPACE

enum class Trouble {
    None,
    NoEncoder,      // the program ffmpeg is not installed, or cannot be started
    EncoderUnfit,   // it can write no H.264, or read no camera
    EncoderDied,    // it was killed, or crashed
    CameraBusy,     // another program has it
    CameraGone,     // it is not there (any more)
    CameraRefused,  // this user may not open it
    CameraSilent,   // no picture came, or no more
    CameraFailed,   // anything else
    FileRefused,    // nothing can be written where recordings are kept
    DiskFull,
    // Not troubles, but why a recording ended without being stopped.
    LongestReached,
    LargestReached,
};
Q_ENUM_NS(Trouble)

}  // namespace tikgok::RecordTroubles

namespace tikgok {

using RecordTrouble = RecordTroubles::Trouble;

// How a run of the encoder ended.
enum class EncoderEnd {
    ByItself,
    Asked,  // by whoever uses it
    Crashed,
    NotStarted,
    Silent,  // no picture in time
    Lost,    // it said that the camera is gone, and went on with the sound
    DiskLow,
    Longest,
    Largest,
};

struct EncoderReport {
    EncoderEnd end = EncoderEnd::ByItself;
    int exitCode = 0;
    // The last of what it said.
    QStringList lines = {};
    // What it had written when it ended.
    qint64 milliseconds = 0;
    qint64 bytes = 0;
    // At least one picture came.
    bool pictured = false;
};

// `camera` and `file` as the encoder calls them. None for a run that ended as it should.
[[nodiscard]] RecordTrouble readTrouble(const EncoderReport& report, const QString& camera,
                                        const QString& file);
// Whether another encoder, or no sound, may help.
[[nodiscard]] bool wantsOtherEncoder(const EncoderReport& report);

}  // namespace tikgok
