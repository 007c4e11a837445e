// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A connection test as a page shows it.
#pragma once

#include "core/api/server_probe.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace tikgok {

class ServerCheck final : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool running READ running NOTIFY changed)
    // Of the last test that ended; None before.
    Q_PROPERTY(tikgok::ServerVerdicts::Verdict verdict READ verdict NOTIFY changed)
    Q_PROPERTY(tikgok::Dialects::Dialect dialect READ dialect NOTIFY changed)
    // Milliseconds; -1 when no answer came.
    Q_PROPERTY(int roundTrip READ roundTrip NOTIFY changed)
    Q_PROPERTY(int pageSize READ pageSize NOTIFY changed)
    Q_PROPERTY(bool push READ push NOTIFY changed)
    Q_PROPERTY(int httpStatus READ httpStatus NOTIFY changed)
    Q_PROPERTY(QString serverWords READ serverWords NOTIFY changed)
    Q_PROPERTY(QString detail READ detail NOTIFY changed)

public:
    // A line to that server, apart from the one that the client uses.
    using TransportFactory = std::function<std::unique_ptr<Transport>(const QUrl&)>;

    explicit ServerCheck(TransportFactory factory, QObject* parent = nullptr);
    ~ServerCheck() override;

    [[nodiscard]] bool running() const { return running_; }
    [[nodiscard]] ServerVerdict verdict() const { return report_.verdict; }
    [[nodiscard]] Dialect dialect() const { return report_.traits.dialect; }
    [[nodiscard]] int roundTrip() const;
    [[nodiscard]] int pageSize() const { return report_.traits.pageSize; }
    [[nodiscard]] bool push() const { return report_.traits.push; }
    [[nodiscard]] int httpStatus() const { return report_.httpStatus; }
    [[nodiscard]] QString serverWords() const { return report_.serverWords; }
    [[nodiscard]] QString detail() const { return report_.detail; }

    // Ends a test that is under way.
    void run(const QUrl& server);
    // Also forgets what was found.
    Q_INVOKABLE void stop();

Q_SIGNALS:
    void changed();
    void done(const tikgok::ServerReport& report);

private:
    QCoro::Task<> start(QUrl server);

    TransportFactory factory_;
    ServerReport report_;
    bool running_ = false;
    TaskScope scope_;
};

}  // namespace tikgok
