// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/server_health.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace tikgok {

ServerHealth::ServerHealth(Transport& inner, HealthTimes times, QObject* parent)
    : QObject(parent), inner_(inner), times_(times), next_(times.first) {
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &ServerHealth::tryAgain);
}

ServerHealth::~ServerHealth() = default;

QCoro::Task<Result<HttpAnswer>> ServerHealth::send(HttpRequest request, std::stop_token caller) {
    const std::stop_token alive = scope_.token();
    auto answer = co_await inner_.send(std::move(request), std::move(caller));
    // Answers of a former server say nothing about this one.
    if (alive.stop_requested()) {
        co_return std::move(answer);
    }
    if (answer) {
        heard();
    } else if (isSilence(answer.error().kind)) {
        missed();
    }
    co_return std::move(answer);
}

void ServerHealth::heard() {
    later_.stop();
    next_ = times_.first;
    if (std::exchange(failures_, 0) >= kPatience) {
        Q_EMIT answeringChanged();
        Q_EMIT recovered();
    }
}

void ServerHealth::missed() {
    if (failures_ >= kPatience) {
        return;
    }
    ++failures_;
    if (failures_ == kPatience) {
        Q_EMIT answeringChanged();
        askLater();
    }
}

void ServerHealth::reset() {
    scope_.restart();
    trialScope_.restart();
    setTrying(false);
    later_.stop();
    next_ = times_.first;
    if (std::exchange(failures_, 0) >= kPatience) {
        Q_EMIT answeringChanged();
    }
}

void ServerHealth::tryAgain() {
    if (!trying_) {
        ask();
    }
}

QCoro::Task<> ServerHealth::ask() {
    const std::stop_token alive = trialScope_.token();
    setTrying(true);
    HttpRequest request;
    request.path = QStringLiteral("/ping");
    request.idleTimeout = std::chrono::seconds(8);
    co_await send(std::move(request), alive);
    if (!alive.stop_requested()) {
        setTrying(false);
        askLater();
    }
}

void ServerHealth::setWatched(bool watched) {
    if (std::exchange(watched_, watched) == watched) {
        return;
    }
    later_.stop();
    next_ = times_.first;
    if (watched_ && !answering()) {
        tryAgain();
    }
}

void ServerHealth::askLater() {
    if (!watched_ || answering() || later_.isActive()) {
        return;
    }
    const auto half = static_cast<int>(next_.count() / 2);
    later_.start(std::chrono::milliseconds(half + QRandomGenerator::global()->bounded(half + 1)));
    next_ = std::min(next_ * 2, times_.longest);
}

void ServerHealth::setTrying(bool trying) {
    if (std::exchange(trying_, trying) != trying) {
        Q_EMIT tryingChanged();
    }
}

}  // namespace tikgok
