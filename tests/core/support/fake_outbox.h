// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A clock and a handler for tests of the outbox and of what puts into it.
#pragma once

#include "core/api/task_scope.h"
#include "core/outbox/outbox.h"
#include "core/outbox/outbox_clock.h"

#include <QList>

#include <deque>
#include <utility>

namespace tikgok::test {

class FakeOutboxClock final : public OutboxClock {
public:
    [[nodiscard]] std::int64_t now() const override { return time; }
    void wakeAt(std::int64_t at, std::function<void()> wake) override {
        at_ = at;
        wake_ = std::move(wake);
    }
    double random() override { return chance; }

    void advance(std::int64_t milliseconds) {
        time += milliseconds;
        while (wake_ && at_ <= time) {
            std::exchange(wake_, nullptr)();
        }
    }
    // How long from now; -1: no alarm is set.
    [[nodiscard]] std::int64_t untilAlarm() const { return wake_ ? at_ - time : -1; }

    std::int64_t time = 1'790'000'000'000;
    double chance = 0.0;

private:
    std::int64_t at_ = 0;
    std::function<void()> wake_;
};

// Answers of the test's choice, in order; without one a call hangs until finish().
class FakeIntentHandler final : public IntentHandler {
public:
    struct Call {
        bool isFind = false;
        Intent intent;
        QString token;
        Once<Result<Presence>> ended;
        bool stopped = false;
    };

    QCoro::Task<Result<void>> send(Intent intent, QString token, std::stop_token alive) override {
        auto answer = co_await answerOf(false, std::move(intent), std::move(token), std::move(alive));
        if (answer) {
            co_return Result<void>();
        }
        co_return std::unexpected(std::move(answer.error()));
    }
    QCoro::Task<Result<Presence>> find(Intent intent, QString token, std::stop_token alive) override {
        return answerOf(true, std::move(intent), std::move(token), std::move(alive));
    }

    FakeIntentHandler& then(Result<Presence> answer) {
        script_.push_back(std::move(answer));
        return *this;
    }
    FakeIntentHandler& thenDone() { return then(Presence::There); }
    FakeIntentHandler& thenFail(Error error) { return then(std::unexpected(std::move(error))); }
    FakeIntentHandler& thenFail(ErrorKind kind, bool retryable = false, bool maybeDone = false) {
        Error error;
        error.kind = kind;
        error.retryable = retryable;
        error.maybeDone = maybeDone;
        error.serverWords = QStringLiteral("words");
        return thenFail(std::move(error));
    }
    // Ends a call that hangs.
    void finish(qsizetype index, Result<Presence> answer = Presence::There) {
        const auto call = calls.at(index);
        call->ended.finish(std::move(answer));
    }
    [[nodiscard]] qsizetype running() const {
        qsizetype count = 0;
        for (const auto& call : calls) {
            count += call->ended.isFinished() ? 0 : 1;
        }
        return count;
    }
    // "send 5 on" and the like, to compare with.
    [[nodiscard]] QStringList log() const {
        QStringList lines;
        for (const auto& call : calls) {
            const Intent& intent = call->intent;
            const QString what = !intent.text.isEmpty() ? intent.text
                                 : intent.on            ? QStringLiteral("on")
                                                        : QStringLiteral("off");
            lines.append(QStringLiteral("%1 %2 %3")
                             .arg(call->isFind ? QStringLiteral("find") : QStringLiteral("send"))
                             .arg(intent.target)
                             .arg(what));
        }
        return lines;
    }

    QList<std::shared_ptr<Call>> calls;

private:
    QCoro::Task<Result<Presence>> answerOf(bool isFind, Intent intent, QString token, std::stop_token alive) {
        const auto call = std::make_shared<Call>();
        call->isFind = isFind;
        call->intent = std::move(intent);
        call->token = std::move(token);
        calls.append(call);
        if (!script_.empty()) {
            const Result<Presence> answer = std::move(script_.front());
            script_.pop_front();
            QMetaObject::invokeMethod(
                &context_, [call, answer] { call->ended.finish(answer); }, Qt::QueuedConnection);
        }
        const std::stop_callback gone(alive, [call] {
            const auto kept = call;
            kept->stopped = !kept->ended.isFinished();
            kept->ended.finish(std::unexpected(cancelledError()));
        });
        auto result = co_await call->ended;
        co_return std::move(result);
    }

    std::deque<Result<Presence>> script_;
    QObject context_;
};

}  // namespace tikgok::test
