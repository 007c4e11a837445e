// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The seconds until the next tries of what a list shows, told once a second.
#pragma once

#include "core/outbox/intent.h"

#include <QAbstractListModel>
#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>

namespace tikgok {

class Outbox;

// Runs only while somebody sees a row that waits for its next try.
class RetryCountdown final : public QObject {
    Q_OBJECT

public:
    // `roles` of `model` say something else each second for rows that wait. All must outlive it.
    RetryCountdown(QAbstractListModel& model, const Outbox& outbox,
                   std::function<const Intent&(int row)> intentAt, QList<int> roles);

    // Whole ones until the next try; 0: none is planned, or it is now.
    [[nodiscard]] int secondsLeft(const Intent& intent) const;
    // Who begins to look is told at once what it is by now.
    void setSeen(bool seen);
    // Rows came or went, or wait for something else.
    void update();

private:
    void tell();

    QAbstractListModel& model_;
    const Outbox& outbox_;
    std::function<const Intent&(int row)> intentAt_;
    QList<int> roles_;
    bool seen_ = false;
    QTimer timer_;
};

}  // namespace tikgok
