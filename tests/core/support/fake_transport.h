// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A Transport that records what is asked and answers what the test scripted.
#pragma once

#include "core/api/task_scope.h"
#include "core/api/transport.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

#include <deque>
#include <memory>
#include <string>

namespace tikgok::test {

class FakeTransport final : public Transport {
public:
    // An answer, or the lack of one.
    struct Script {
        enum class Kind { Answer, Fail, Hang } kind = Kind::Answer;
        HttpAnswer answer{.status = 200, .body = {}, .retryAfter = {}};
        Error error;
    };

    struct Sent {
        HttpRequest request;
        Once<Result<HttpAnswer>> ended;
        bool cancelled = false;

        [[nodiscard]] QString value(const char* name) const {
            for (const auto& [key, value] : request.query) {
                if (key == QLatin1String(name)) {
                    return value;
                }
            }
            return {};
        }
        [[nodiscard]] bool has(const char* name) const {
            for (const auto& pair : request.query) {
                if (pair.first == QLatin1String(name)) {
                    return true;
                }
            }
            return false;
        }
    };

    // Scripts are used in order. Without one, a request hangs and unscripted() counts it.
    FakeTransport& reply(const std::string& json, int status = 200) {
        Script script;
        script.answer.body = QByteArray::fromStdString(json);
        script.answer.status = status;
        scripts_.push_back(script);
        return *this;
    }
    FakeTransport& throttle(std::chrono::milliseconds after) {
        Script script;
        script.answer = {.status = 429, .body = "Too Many Requests", .retryAfter = after};
        scripts_.push_back(script);
        return *this;
    }
    FakeTransport& fail(ErrorKind kind, bool retryable = false, bool maybeDone = false) {
        Script script;
        script.kind = Script::Kind::Fail;
        script.error.kind = kind;
        script.error.retryable = retryable;
        script.error.maybeDone = maybeDone;
        scripts_.push_back(script);
        return *this;
    }
    // The line breaks after the request went out: whether it arrived is unknown.
    FakeTransport& cut() { return fail(ErrorKind::Cut, true, true); }
    FakeTransport& hang() {
        Script script;
        script.kind = Script::Kind::Hang;
        scripts_.push_back(script);
        return *this;
    }

    // Ends a request that hangs.
    void finish(qsizetype index, const std::string& json, int status = 200) {
        sent.at(index)->ended.finish(
            HttpAnswer{.status = status, .body = QByteArray::fromStdString(json), .retryAfter = {}});
    }
    void finishWithCut(qsizetype index) {
        Error error;
        error.kind = ErrorKind::Cut;
        error.retryable = true;
        error.maybeDone = true;
        sent.at(index)->ended.finish(std::unexpected(error));
    }

    [[nodiscard]] const Sent& at(qsizetype index) const { return *sent.at(index); }
    [[nodiscard]] const Sent& last() const { return *sent.last(); }
    [[nodiscard]] qsizetype count() const { return sent.size(); }
    [[nodiscard]] QString path(qsizetype index) const { return sent.at(index)->request.path; }
    void clearScripts() { scripts_.clear(); }
    [[nodiscard]] bool scriptsUsedUp() const { return scripts_.empty(); }
    [[nodiscard]] int unscripted() const { return unscripted_; }

    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, std::stop_token alive) override {
        auto one = std::make_shared<Sent>();
        one->request = std::move(request);
        sent.append(one);
        Script script;
        if (scripts_.empty()) {
            script.kind = Script::Kind::Hang;
            ++unscripted_;
        } else {
            script = scripts_.front();
            scripts_.pop_front();
        }
        // Never at once: a network does not answer inside the call either.
        switch (script.kind) {
            case Script::Kind::Answer:
                QMetaObject::invokeMethod(
                    &clock_, [one, answer = script.answer] { one->ended.finish(answer); },
                    Qt::QueuedConnection);
                break;
            case Script::Kind::Fail:
                QMetaObject::invokeMethod(
                    &clock_, [one, error = script.error] { one->ended.finish(std::unexpected(error)); },
                    Qt::QueuedConnection);
                break;
            case Script::Kind::Hang:
                break;
        }
        const std::stop_token mine = scope_.token();
        const auto stop = [one] {
            const auto kept = one;
            kept->cancelled = !kept->ended.isFinished();
            kept->ended.finish(std::unexpected(cancelledError()));
        };
        const std::stop_callback callerGone(alive, stop);
        const std::stop_callback transportGone(mine, stop);
        auto result = co_await one->ended;
        co_return std::move(result);
    }

    QList<std::shared_ptr<Sent>> sent;

private:
    std::deque<Script> scripts_;
    int unscripted_ = 0;
    QObject clock_;
    TaskScope scope_;
};

}  // namespace tikgok::test
