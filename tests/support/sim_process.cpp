// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/sim_process.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>
#include <utility>

namespace tikgok::test {

SimProcess::SimProcess(QString program) : program_(std::move(program)) {}

SimProcess::~SimProcess() {
    if (running()) {
        process_->kill();
        process_->waitForFinished();
    }
}

bool SimProcess::running() const {
    return process_ && process_->state() != QProcess::NotRunning;
}

std::expected<SimProcess::Ready, QString> SimProcess::serve(const QStringList& arguments, int milliseconds) {
    output_.clear();
    process_ = std::make_unique<QProcess>();
    process_->start(program_,
                    QStringList{QStringLiteral("serve"), QStringLiteral("--ready-json")} + arguments);
    QElapsedTimer clock;
    clock.start();
    while (!process_->canReadLine()) {
        const auto left = static_cast<int>(milliseconds - clock.elapsed());
        if (left <= 0 || (!process_->waitForReadyRead(left) && !process_->canReadLine())) {
            const QString said = QString::fromUtf8(process_->readAllStandardError());
            if (running()) {
                process_->kill();
                process_->waitForFinished();
            }
            return std::unexpected(QStringLiteral("not ready: ") + said);
        }
    }
    Ready ready{.url = {}, .pid = 0, .line = process_->readLine()};
    output_ = ready.line;
    const QJsonObject object = QJsonDocument::fromJson(ready.line).object();
    ready.url = object.value(QLatin1String("url")).toString();
    ready.pid = object.value(QLatin1String("pid")).toInteger();
    while (ready.url.endsWith(QLatin1Char('/'))) {
        ready.url.chop(1);
    }
    if (!object.value(QLatin1String("ready")).toBool() || ready.url.isEmpty()) {
        return std::unexpected(QStringLiteral("not a ready line: ") + QString::fromUtf8(ready.line));
    }
    return ready;
}

SimProcess::Ended SimProcess::run(const QStringList& arguments, int milliseconds) {
    output_.clear();
    process_ = std::make_unique<QProcess>();
    process_->start(program_, arguments);
    return finish(milliseconds);
}

SimProcess::Ended SimProcess::signal(int number, int milliseconds) {
    if (running()) {
        ::kill(static_cast<pid_t>(process_->processId()), number);
    }
    return finish(milliseconds);
}

SimProcess::Ended SimProcess::finish(int milliseconds) {
    QElapsedTimer clock;
    clock.start();
    Ended ended;
    if (process_->state() != QProcess::NotRunning && !process_->waitForFinished(milliseconds)) {
        process_->kill();
        process_->waitForFinished();
        ended.milliseconds = clock.elapsed();
    } else {
        ended.milliseconds = clock.elapsed();
        if (process_->error() != QProcess::FailedToStart && process_->exitStatus() == QProcess::NormalExit) {
            ended.exitCode = process_->exitCode();
        }
    }
    ended.standardOutput = output_ + process_->readAllStandardOutput();
    ended.standardError = process_->readAllStandardError();
    return ended;
}

}  // namespace tikgok::test
