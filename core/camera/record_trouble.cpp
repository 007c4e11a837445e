// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/camera/record_trouble.h"

#include <algorithm>

namespace tikgok {

namespace {

bool lineSays(const QString& line, QLatin1StringView words) {
    return line.contains(words, Qt::CaseInsensitive);
}

bool anyLineSays(const QStringList& lines, QLatin1StringView words) {
    return std::ranges::any_of(lines, [words](const QString& line) { return lineSays(line, words); });
}

RecordTrouble troubleInWords(const EncoderReport& report, const QString& camera, const QString& file) {
    if (anyLineSays(report.lines, QLatin1StringView("No space left on device")) ||
        anyLineSays(report.lines, QLatin1StringView("Disk quota exceeded"))) {
        return RecordTrouble::DiskFull;
    }
    if (wantsOtherEncoder(report) || anyLineSays(report.lines, QLatin1StringView("Unknown input format"))) {
        return RecordTrouble::EncoderUnfit;
    }
    for (const QString& line : report.lines) {
        // The microphone has troubles of its own.
        if (lineSays(line, QLatin1StringView("v4l2")) || line.contains(camera)) {
            if (lineSays(line, QLatin1StringView("resource busy"))) {
                return RecordTrouble::CameraBusy;
            }
            if (lineSays(line, QLatin1StringView("Permission denied")) ||
                lineSays(line, QLatin1StringView("Operation not permitted"))) {
                return RecordTrouble::CameraRefused;
            }
            if (lineSays(line, QLatin1StringView("No such device")) ||
                lineSays(line, QLatin1StringView("No such file or directory"))) {
                return RecordTrouble::CameraGone;
            }
        }
        if (!file.isEmpty() && line.contains(file)) {
            return RecordTrouble::FileRefused;
        }
    }
    return RecordTrouble::None;
}

}  // namespace

bool wantsOtherEncoder(const EncoderReport& report) {
    return anyLineSays(report.lines, QLatin1StringView("Unknown encoder")) ||
           anyLineSays(report.lines, QLatin1StringView("Error while opening encoder"));
}

RecordTrouble readTrouble(const EncoderReport& report, const QString& camera, const QString& file) {
    switch (report.end) {
        case EncoderEnd::Asked:
            return RecordTrouble::None;
        case EncoderEnd::NotStarted:
            return RecordTrouble::NoEncoder;
        case EncoderEnd::DiskLow:
            return RecordTrouble::DiskFull;
        case EncoderEnd::Longest:
            return RecordTrouble::LongestReached;
        case EncoderEnd::Largest:
            return RecordTrouble::LargestReached;
        case EncoderEnd::Lost:
            return RecordTrouble::CameraGone;
        case EncoderEnd::Silent:
        case EncoderEnd::Crashed:
        case EncoderEnd::ByItself:
            break;
    }
    const RecordTrouble said = troubleInWords(report, camera, file);
    if (said != RecordTrouble::None) {
        return said;
    }
    return report.end == EncoderEnd::Crashed  ? RecordTrouble::EncoderDied
           : report.end == EncoderEnd::Silent ? RecordTrouble::CameraSilent
                                              : RecordTrouble::CameraFailed;
}

}  // namespace tikgok
