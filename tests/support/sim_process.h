// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// tikgok-sim as a child process, for tests of the program itself.
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

#include <expected>
#include <memory>
#include <optional>

namespace tikgok::test {

// For one thread. Ends the child when it goes.
class SimProcess {
public:
    struct Ready {
        // Without a slash at the end.
        QString url;
        qint64 pid = 0;
        // The whole first line.
        QByteArray line;
    };
    struct Ended {
        // Nothing when a signal ended it.
        std::optional<int> exitCode;
        qint64 milliseconds = 0;
        QByteArray standardOutput;
        QByteArray standardError;
    };

    explicit SimProcess(QString program);
    ~SimProcess();
    SimProcess(const SimProcess&) = delete;
    SimProcess& operator=(const SimProcess&) = delete;

    // `serve` with these arguments and --ready-json, until the first line came. The error is what it said.
    std::expected<Ready, QString> serve(const QStringList& arguments, int milliseconds = 20'000);
    // Runs with these arguments until it ends by itself; otherwise it is killed, and exitCode is nothing.
    Ended run(const QStringList& arguments, int milliseconds = 20'000);
    // Sends the signal and waits.
    Ended signal(int number, int milliseconds = 20'000);
    [[nodiscard]] bool running() const;

private:
    Ended finish(int milliseconds);

    QString program_;
    std::unique_ptr<QProcess> process_;
    QByteArray output_;
};

}  // namespace tikgok::test
