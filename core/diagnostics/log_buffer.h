// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The last lines of the log, in memory, without anybody's texts: for the diagnostics.
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <deque>
#include <mutex>

namespace tikgok {

struct LogLimits {
    std::size_t lines = 2000;
    // Of UTF-8.
    std::size_t bytes = std::size_t{256} * 1024;
    // Longer lines are cut.
    qsizetype longestLine = 2000;
};

// All functions may be called from any thread.
class LogBuffer {
public:
    explicit LogBuffer(LogLimits limits = {});
    LogBuffer(const LogBuffer&) = delete;
    LogBuffer& operator=(const LogBuffer&) = delete;
    // Puts the former message handler back.
    ~LogBuffer();

    // From now on every line that the program logs is kept here, too; it still goes where it went. One buffer
    // of the process at a time: Qt has one handler.
    void install();

    // `now`: milliseconds of the Unix epoch. Only the lines of our own categories ("tikgok.*"), redacted, and
    // the QML engine's warnings: of others, libraries and scripts, nobody knows what they quote, so they are
    // kept as their length.
    void add(std::int64_t now, QtMsgType type, const QString& category, const QString& text);

    // One line each, oldest first.
    [[nodiscard]] QByteArray text() const;
    [[nodiscard]] std::size_t count() const;

private:
    static void handle(QtMsgType type, const QMessageLogContext& context, const QString& text);

    LogLimits limits_;
    mutable std::mutex mutex_;
    std::deque<QByteArray> lines_;
    std::size_t bytes_ = 0;
    std::uint64_t dropped_ = 0;
};

}  // namespace tikgok
