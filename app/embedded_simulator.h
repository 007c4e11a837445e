// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The simulator inside the app, on threads of its own.
#pragma once

#include <QObject>
#include <QString>
#include <QUrl>

#include <memory>
#include <thread>

namespace tikgok::sim {
class Simulator;
}

namespace tikgok {

// Starts and stops without holding up the GUI thread: opening the store and making the first world take a
// moment. Every signal comes on the GUI thread.
class EmbeddedSimulator final : public QObject {
    Q_OBJECT

public:
    explicit EmbeddedSimulator(QObject* parent = nullptr);
    // Waits until the server has stopped; what it answered is on disk.
    ~EmbeddedSimulator() override;

    // `dataDirectory` is made when it is not there. The world in it is "small" when there is none yet. Does
    // nothing while starting or running.
    void start(const QString& dataDirectory);

    [[nodiscard]] bool isRunning() const { return simulator_ != nullptr; }
    // Empty unless running.
    [[nodiscard]] QUrl url() const;
    // What opens its admin API, new at each start. Empty unless running. Never logged.
    [[nodiscard]] QString adminToken() const;

Q_SIGNALS:
    void ready(const QUrl& url);
    // `words` are for people.
    void failed(const QString& words);

private:
    void started(std::shared_ptr<sim::Simulator> simulator, const QString& problem);

    std::thread thread_;
    std::shared_ptr<sim::Simulator> simulator_;
};

}  // namespace tikgok
