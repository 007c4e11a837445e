// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a test with ffmpeg does where there is none.
#pragma once

#include <QStandardPaths>
#include <QTest>

namespace tikgok::test {

inline bool hasEncoder() {
    return !QStandardPaths::findExecutable(QStringLiteral("ffmpeg")).isEmpty();
}

// For init(): the test that would follow is skipped.
inline void skipWithoutEncoder() {
    if (!hasEncoder()) {
        QSKIP("ffmpeg is not installed");
    }
}

}  // namespace tikgok::test
