// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/entities/toggle.h"

#include "core/account/session.h"

#include <utility>

namespace tikgok {

namespace {

// About a third of the servers of this contract refuse to do twice what others take in silence.
bool saysAlreadyDone(const Error& error) {
    return error.kind == ErrorKind::Refused &&
           (error.serverWords.contains(QLatin1String("already"), Qt::CaseInsensitive) ||
            error.serverWords.contains(QStringLiteral("重复")));
}

}  // namespace

Toggle::Toggle(IntentKind kind, contract::Id target, bool confirmed, Session& session, Outbox& outbox,
               ReadMark& writes, QObject* parent)
    : QObject(parent),
      kind_(kind),
      target_(target),
      session_(session),
      outbox_(outbox),
      writes_(writes),
      confirmed_(confirmed) {
    look();
}

Toggle::~Toggle() = default;

void Toggle::set(bool on, const QString& caption) {
    errorKind_ = ErrorKind::None;
    errorWords_.clear();
    if (session_.signedIn()) {
        put(on, caption);
        return;
    }
    if (!pending() && on == confirmed_) {
        Q_EMIT changed();
        return;
    }
    asked_ = on;
    if (on == confirmed_ && !wanted_) {
        asked_.reset();  // taken back before anybody signed in
        Q_EMIT changed();
        return;
    }
    Q_EMIT changed();
    askForAccount(caption);
}

void Toggle::put(bool on, const QString& caption) {
    asked_.reset();
    Intent intent;
    intent.account = session_.accountKey();
    intent.kind = kind_;
    intent.target = target_;
    intent.on = on;
    intent.caption = caption;
    outbox_.put(std::move(intent), confirmed_);
    look();
    Q_EMIT changed();
}

void Toggle::askForAccount(const QString& caption) {
    if (std::exchange(waitingForAccount_, true)) {
        session_.requestAccount();
        return;
    }
    const QString reason = kind_ == IntentKind::Follow ? QStringLiteral("follow") : QStringLiteral("like");
    session_.whenSignedIn(this, reason, [this, caption](bool signedIn) {
        if (!std::exchange(waitingForAccount_, false) || !asked_) {
            return;
        }
        if (signedIn) {
            put(*asked_, caption);
        } else {
            asked_.reset();
            Q_EMIT changed();
        }
    });
}

bool Toggle::believes(bool on, ReadMark read) const {
    // A reading from around the time of a write is older than it, or it agrees; then its count is the
    // server's.
    return on == this->on() || (read >= written_ && !underWay_);
}

void Toggle::forgetAccount() {
    waitingForAccount_ = false;
    const bool shown = pending() || confirmed_ || errorKind_ != ErrorKind::None;
    asked_.reset();
    confirmed_ = false;
    look();
    if (shown) {
        Q_EMIT changed();
    }
}

void Toggle::refresh() {
    const auto before = std::tuple(wanted_, errorKind_, errorWords_);
    look();
    if (before != std::tuple(wanted_, errorKind_, errorWords_)) {
        Q_EMIT changed();
    }
}

void Toggle::look() {
    wanted_.reset();
    underWay_ = false;
    errorKind_ = ErrorKind::None;
    errorWords_.clear();
    const QString account = session_.accountKey();
    if (account.isEmpty()) {
        return;
    }
    const QList<Intent> open = outbox_.open(account, kind_, target_);
    for (const Intent& intent : open) {
        if (intent.state == IntentState::Failed) {
            errorKind_ = intent.errorKind;
            errorWords_ = intent.errorWords;
            continue;
        }
        wanted_ = intent.on;
        underWay_ =
            underWay_ || intent.state == IntentState::Sending || intent.state == IntentState::Checking;
    }
}

void Toggle::onSent(const Intent& intent) {
    written_ = ++writes_;
    const bool news = std::exchange(confirmed_, intent.on) != intent.on;
    look();
    if (news) {
        Q_EMIT confirmedNow(intent.on ? 1 : -1);
    }
    Q_EMIT changed();
}

void Toggle::onFailed(const Intent& intent) {
    look();
    Q_EMIT changed();
    Q_EMIT refused(intent.errorKind, intent.errorWords);
}

QCoro::Task<Result<void>> ToggleSender::send(Intent intent, QString token, std::stop_token alive) {
    auto answer = co_await (api_.*call_)(intent.target, intent.on, token, alive);
    if (answer || saysAlreadyDone(answer.error())) {
        co_return Result<void>();
    }
    co_return std::unexpected(std::move(answer.error()));
}

}  // namespace tikgok
