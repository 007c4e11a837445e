// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/list_recovery.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace tikgok {

ListRecovery::ListRecovery(VideoList& list, RecoveryTimes times, QObject* parent)
    : QObject(parent), list_(list), times_(times), next_(times.first) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &ListRecovery::tryNow);
    connect(&list_, &VideoList::savedAtChanged, this, &ListRecovery::look);
    connect(&list_, &VideoList::stateChanged, this, &ListRecovery::look);
    connect(&list_, &VideoList::refreshingChanged, this, &ListRecovery::look);
}

bool ListRecovery::busy() const {
    return list_.refreshing() || list_.state() == VideoList::State::Loading ||
           list_.state() == VideoList::State::LoadingMore;
}

void ListRecovery::setActive(bool active) {
    if (std::exchange(active_, active) == active) {
        return;
    }
    timer_.stop();
    next_ = times_.first;
    if (active_ && list_.isLacking() && !busy()) {
        timer_.start(0);
    }
}

void ListRecovery::look() {
    if (busy()) {
        return;  // its end is told, too
    }
    if (!list_.isLacking()) {
        timer_.stop();
        next_ = times_.first;
        if (std::exchange(lacked_, false)) {
            Q_EMIT recovered();
        }
        return;
    }
    lacked_ = true;
    if (!active_ || timer_.isActive()) {
        return;
    }
    const auto half = static_cast<int>(next_.count() / 2);
    timer_.start(std::chrono::milliseconds(half + QRandomGenerator::global()->bounded(half + 1)));
    next_ = std::min(next_ * 2, times_.longest);
}

void ListRecovery::tryNow() {
    if (!active_ || busy() || !list_.isLacking()) {
        return;
    }
    list_.serverIsBack();
}

}  // namespace tikgok
