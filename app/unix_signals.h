// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SIGTERM, SIGINT and SIGHUP end the program as closing its window does: what was typed and chosen is kept.
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace tikgok {

// One per process. The signal handlers stay until the object is destroyed.
class UnixSignals final : public QObject {
    Q_OBJECT

public:
    explicit UnixSignals(QObject* parent = nullptr);
    ~UnixSignals() override;

Q_SIGNALS:
    // On the thread of this object, from its event loop.
    void endRequested();

private:
    int pipe_[2] = {-1, -1};
    std::unique_ptr<QSocketNotifier> notifier_;
};

}  // namespace tikgok
