// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diagnostics/log_buffer.h"

#include "core/diagnostics/redaction.h"

#include <QDateTime>

#include <shared_mutex>

namespace tikgok {

namespace {

// Qt calls a plain function: this is how it finds its buffer.
struct InstalledLog {
    std::shared_mutex mutex;
    LogBuffer* buffer = nullptr;
    QtMessageHandler former = nullptr;
};

InstalledLog& installedLog() {
    static InstalledLog installed;
    return installed;
}

const char* levelOf(QtMsgType type) {
    switch (type) {
        case QtDebugMsg:
            return "debug";
        case QtInfoMsg:
            return "info";
        case QtWarningMsg:
            return "warning";
        case QtCriticalMsg:
            return "critical";
        case QtFatalMsg:
            return "fatal";
    }
    return "";
}

}  // namespace

LogBuffer::LogBuffer(LogLimits limits) : limits_(limits) {}

LogBuffer::~LogBuffer() {
    InstalledLog& installed = installedLog();
    const std::unique_lock lock(installed.mutex);
    if (installed.buffer == this) {
        installed.buffer = nullptr;
        qInstallMessageHandler(installed.former);
    }
}

void LogBuffer::install() {
    InstalledLog& installed = installedLog();
    const std::unique_lock lock(installed.mutex);
    if (installed.buffer == nullptr) {
        installed.former = qInstallMessageHandler(&LogBuffer::handle);
    }
    installed.buffer = this;
}

void LogBuffer::handle(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    InstalledLog& installed = installedLog();
    const std::shared_lock lock(installed.mutex);
    if (installed.buffer != nullptr) {
        installed.buffer->add(QDateTime::currentMSecsSinceEpoch(), type, QString::fromUtf8(context.category),
                              text);
    }
    if (installed.former != nullptr) {
        installed.former(type, context, text);
    }
}

void LogBuffer::add(std::int64_t now, QtMsgType type, const QString& category, const QString& text) {
    const bool ours = category.startsWith(QLatin1String("tikgok"));
    const bool engine = text.startsWith(QLatin1String("qrc:"));
    QString kept = ours || engine ? redacted(text.left(limits_.longestLine))
                                  : QStringLiteral("(%1 characters, not kept)").arg(text.size());
    kept.replace(QLatin1Char('\n'), QLatin1Char(' '));
    const QByteArray line =
        (QDateTime::fromMSecsSinceEpoch(now).toUTC().toString(Qt::ISODateWithMs) + QLatin1Char(' ') +
         QLatin1String(levelOf(type)) + QLatin1Char(' ') + category + QLatin1String(": ") + kept)
            .toUtf8();
    const std::scoped_lock lock(mutex_);
    lines_.push_back(line);
    bytes_ += static_cast<std::size_t>(line.size()) + 1;
    while (lines_.size() > limits_.lines || bytes_ > limits_.bytes) {
        bytes_ -= static_cast<std::size_t>(lines_.front().size()) + 1;
        lines_.pop_front();
        ++dropped_;
    }
}

QByteArray LogBuffer::text() const {
    const std::scoped_lock lock(mutex_);
    QByteArray all;
    if (dropped_ > 0) {
        all += "(" + QByteArray::number(static_cast<qulonglong>(dropped_)) + " older lines are gone)\n";
    }
    for (const QByteArray& line : lines_) {
        all += line + '\n';
    }
    return all;
}

std::size_t LogBuffer::count() const {
    const std::scoped_lock lock(mutex_);
    return lines_.size();
}

}  // namespace tikgok
