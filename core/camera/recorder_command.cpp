// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/camera/recorder_command.h"

namespace tikgok {

namespace {

const QString kBestEncoder = QStringLiteral("libx264");

QStringList optionWords(const char* text) {
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

// Errors and warnings as lines, and how far it is, four times a second, on the standard error output.
QStringList commonOptions() {
    return optionWords("-hide_banner -loglevel level+warning -nostats -progress pipe:2 -stats_period 0.25");
}

// What one camera gives while the other is late is kept; the input's own options follow.
QStringList inputOptions(const QStringList& input) {
    return optionWords("-thread_queue_size 256") + input;
}

// Small, and few: what a window shows beside its other work.
QStringList pictureOptions() {
    return optionWords("-map 0:v:0 -an -vf") +
           QStringList{QStringLiteral("fps=20,scale=-2:'min(360,ih)':out_color_matrix=bt709:out_range=tv")} +
           optionWords("-pix_fmt yuv420p -flush_packets 1 -f yuv4mpegpipe pipe:1");
}

}  // namespace

QStringList videoEncoders() {
    return {kBestEncoder, QStringLiteral("libopenh264")};
}

QStringList previewCommand(const Camera& camera) {
    return commonOptions() + inputOptions(camera.input) + pictureOptions();
}

QStringList recordCommand(const Camera& camera, const QStringList& sound, const QString& encoder,
                          const QString& file) {
    QStringList command = commonOptions() + inputOptions(camera.input);
    if (!sound.isEmpty()) {
        command += inputOptions(sound);
    }
    command += optionWords("-map 0:v:0");
    if (!sound.isEmpty()) {
        command += optionWords("-map 1:a:0 -c:a aac -b:a 128k");
    }
    // H.264 in this form wants even sizes. Without looking ahead little is lost with a killed encoder.
    command += optionWords("-vf crop=trunc(iw/2)*2:trunc(ih/2)*2 -pix_fmt yuv420p -fpsmax 30 -g 30 -c:v") +
               QStringList{encoder};
    command += encoder == kBestEncoder
                   ? optionWords("-preset veryfast -tune zerolatency -crf 23 -maxrate 4M -bufsize 8M")
                   : optionWords("-b:v 3M");
    // In pieces of half a second, each whole in itself.
    command += optionWords(
                   "-movflags +frag_keyframe+empty_moov+default_base_moof -frag_duration 500000 "
                   "-frag_duration 500000 -flush_packets 1 -f mp4 -y") +
               QStringList{file};
    return command + pictureOptions();
}

QStringList wholeCommand(const QString& from, const QString& to) {
    return commonOptions() + QStringList{QStringLiteral("-i"), from} +
           optionWords("-map 0 -c copy -movflags +faststart -f mp4 -y") + QStringList{to};
}

}  // namespace tikgok
