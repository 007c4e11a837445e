// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/embedded_simulator.h"

#include "backend-sim/simulator.h"

#include <QDir>
#include <QLoggingCategory>
#include <QMetaObject>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(lcSimulator, "tikgok.simulator", QtInfoMsg)

void toQtLog(sim::LogLevel level, std::string_view line) {
    const QString text = QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()));
    switch (level) {
        case sim::LogLevel::Debug:
            qCDebug(lcSimulator).noquote() << text;
            return;
        case sim::LogLevel::Info:
            qCDebug(lcSimulator).noquote() << text;
            return;
        case sim::LogLevel::Warning:
            qCWarning(lcSimulator).noquote() << text;
            return;
        case sim::LogLevel::Error:
            qCCritical(lcSimulator).noquote() << text;
            return;
    }
}

}  // namespace

EmbeddedSimulator::EmbeddedSimulator(QObject* parent) : QObject(parent) {}

EmbeddedSimulator::~EmbeddedSimulator() {
    if (thread_.joinable()) {
        thread_.join();
    }
}

void EmbeddedSimulator::start(const QString& dataDirectory) {
    if (isRunning() || thread_.joinable()) {
        return;
    }
    sim::SimulatorConfig config;
    config.dataDirectory = QDir::cleanPath(dataDirectory).toStdString();
    config.log = toQtLog;
    thread_ = std::thread([this, config = std::move(config)]() mutable {
        auto simulator = sim::Simulator::start(std::move(config));
        const QString problem = simulator ? QString() : QString::fromStdString(simulator.error());
        std::shared_ptr<sim::Simulator> running = simulator ? std::move(*simulator) : nullptr;
        // The destructor joins this thread, so `this` is alive; the call itself dies with it.
        QMetaObject::invokeMethod(
            this, [this, running = std::move(running), problem] { started(running, problem); },
            Qt::QueuedConnection);
    });
}

QUrl EmbeddedSimulator::url() const {
    return simulator_ ? QUrl(QString::fromStdString(simulator_->url())) : QUrl();
}

QString EmbeddedSimulator::adminToken() const {
    return simulator_ ? QString::fromStdString(simulator_->adminToken()) : QString();
}

void EmbeddedSimulator::started(std::shared_ptr<sim::Simulator> simulator, const QString& problem) {
    thread_.join();
    simulator_ = std::move(simulator);
    if (simulator_) {
        Q_EMIT ready(url());
    } else {
        Q_EMIT failed(problem);
    }
}

}  // namespace tikgok
