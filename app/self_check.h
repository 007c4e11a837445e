// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// `tikgok --self-check`: does the installed program work, for real?
#pragma once

#include "app/app_window.h"
#include "app/client.h"
#include "core/api/task_scope.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QTemporaryDir>

#include <chrono>
#include <functional>
#include <memory>

namespace tikgok {

// Runs the whole client, window included, against a simulator of its own in a temporary directory: loads the
// feed, plays the first two videos, registers, likes, comments, and reads both back from the server. Needs an
// event loop; GUI thread.
class SelfCheck final : public QObject {
    Q_OBJECT

public:
    explicit SelfCheck(QObject* parent = nullptr);
    ~SelfCheck() override;

    void start();

Q_SIGNALS:
    // Once. `report` has at least: ok, videos, first_frame_ms, frames_shown, qt, media_backend; and `problem`
    // when it is not ok.
    void finished(const QJsonObject& report);

private:
    using Step = QCoro::Task<bool>;

    QCoro::Task<> run();
    Step loadFeed();
    Step playVideo(int index);
    Step registerPerson();
    Step likeFirst();
    Step commentFirst();
    Step readBack();
    // False when `done` did not become true in time; `what` is then the problem of the report.
    Step waitFor(std::function<bool()> done, const QString& what);
    // `what` becomes the problem of the report, with what is known about its cause.
    bool fail(const QString& what, const QString& cause = {});

    QTemporaryDir directory_;
    std::unique_ptr<Client> client_;
    std::unique_ptr<AppWindow> window_;
    QElapsedTimer sinceStart_;
    QJsonObject report_;
    QString problem_;
    QString commentText_;
    TaskScope scope_;
};

}  // namespace tikgok
