// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether the present server answers, told from the calls that are made anyway.
#pragma once

#include "core/api/task_scope.h"
#include "core/api/transport.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace tikgok {

struct HealthTimes {
    std::chrono::milliseconds first{2'000};
    // The wait doubles up to this; each is random between a half and a whole.
    std::chrono::milliseconds longest{60'000};
};

// A Transport that passes everything on. Asks by itself only while the server does not answer and somebody
// looks: see setWatched().
class ServerHealth final : public QObject, public Transport {
    Q_OBJECT
    // False after two calls in a row that got no answer at all; true again with the next answer.
    Q_PROPERTY(bool answering READ answering NOTIFY answeringChanged)
    // tryAgain() is at work.
    Q_PROPERTY(bool trying READ trying NOTIFY tryingChanged)

public:
    // `inner` must outlive this.
    explicit ServerHealth(Transport& inner, HealthTimes times = {}, QObject* parent = nullptr);
    ~ServerHealth() override;

    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, std::stop_token alive) override;

    [[nodiscard]] bool answering() const { return failures_ < kPatience; }
    [[nodiscard]] bool trying() const { return trying_; }

    // Another server: nothing is known of it.
    void reset();
    // Somebody looks: a server that does not answer is asked for a sign of life now and then. False at first.
    void setWatched(bool watched);
    // Asks for a sign of life. Any answer counts.
    Q_INVOKABLE void tryAgain();

Q_SIGNALS:
    void answeringChanged();
    void tryingChanged();
    // It answers again after it did not: whoever waits may try.
    void recovered();

private:
    static constexpr int kPatience = 2;

    QCoro::Task<> ask();
    void heard();
    void missed();
    void setTrying(bool trying);
    void askLater();

    Transport& inner_;
    HealthTimes times_;
    std::chrono::milliseconds next_;
    bool watched_ = false;
    QTimer later_;
    int failures_ = 0;
    bool trying_ = false;
    TaskScope trialScope_;
    TaskScope scope_;
};

}  // namespace tikgok
