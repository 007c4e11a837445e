// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether the present server answers, told from the calls that are made anyway.
#pragma once

#include "core/api/task_scope.h"
#include "core/api/transport.h"

#include <QObject>

namespace tikgok {

// A Transport that passes everything on. Asks nothing by itself.
class ServerHealth final : public QObject, public Transport {
    Q_OBJECT
    // False after two calls in a row that got no answer at all; true again with the next answer.
    Q_PROPERTY(bool answering READ answering NOTIFY answeringChanged)
    // tryAgain() is at work.
    Q_PROPERTY(bool trying READ trying NOTIFY tryingChanged)

public:
    // `inner` must outlive this.
    explicit ServerHealth(Transport& inner, QObject* parent = nullptr);
    ~ServerHealth() override;

    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, std::stop_token alive) override;

    [[nodiscard]] bool answering() const { return failures_ < kPatience; }
    [[nodiscard]] bool trying() const { return trying_; }

    // Another server: nothing is known of it.
    void reset();
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

    Transport& inner_;
    int failures_ = 0;
    bool trying_ = false;
    TaskScope trialScope_;
    TaskScope scope_;
};

}  // namespace tikgok
