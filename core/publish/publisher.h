// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a video is sent, and how one finds out whether it arrived: the outbox's handler for Publish.
//
// Before the first byte of a video leaves, the ids of the account's videos are written into the intent. When
// an answer is lost, or the program ends in the middle, a video that is not among them, has this title and is
// not what another upload became, is this one. So nothing is published twice.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/task_scope.h"
#include "core/outbox/outbox.h"
#include "core/publish/file_desk.h"
#include "core/publish/publish_data.h"
#include "core/publish/server_limits.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>

#include <chrono>
#include <optional>
#include <vector>

namespace tikgok {

struct PublisherOptions {
    // Pauses between looks at publish/list, before a video counts as not arrived.
    std::vector<std::chrono::milliseconds> findPauses{
        std::chrono::milliseconds(0), std::chrono::milliseconds(2'000), std::chrono::milliseconds(5'000)};
    // After success, until its id is found.
    std::vector<std::chrono::milliseconds> idPauses{
        std::chrono::milliseconds(0), std::chrono::milliseconds(1'000), std::chrono::milliseconds(4'000),
        std::chrono::milliseconds(15'000)};
};

class Publisher final : public QObject, public IntentHandler {
    Q_OBJECT

public:
    struct Progress {
        // Of the request; total 0: not begun.
        qint64 acknowledged = 0;
        qint64 total = 0;
        double bytesPerSecond = 0;
        std::optional<int> secondsLeft;
        // Everything is there; the server works on it.
        [[nodiscard]] bool complete() const { return total > 0 && acknowledged >= total; }
    };

    // All must outlive the publisher. Becomes the outbox's handler.
    Publisher(Api& api, Session& session, Outbox& outbox, FileDesk& files, ServerLimits& limits,
              PublisherOptions options = {}, QObject* parent = nullptr);
    ~Publisher() override;

    QCoro::Task<Result<void>> send(Intent intent, QString token, std::stop_token alive) override;
    QCoro::Task<Result<Presence>> find(Intent intent, QString token, std::stop_token alive) override;

    // Of an intent that is being sent.
    [[nodiscard]] std::optional<Progress> progress(IntentId id) const;
    // Looks for the video of an upload that is Sent; see videoFound().
    void lookForVideo(IntentId id);

Q_SIGNALS:
    void progressChanged(tikgok::IntentId id);
    // Its data has the id of its video now.
    void videoFound(tikgok::IntentId id);

private:
    struct Running {
        Progress progress;
        TransferRate rate;
    };

    QCoro::Task<Result<void>> transmit(Intent intent, PublishData data, QString token, std::stop_token alive);
    [[nodiscard]] std::optional<contract::Id> match(const Intent& intent, const PublishData& data,
                                                    const std::vector<contract::Video>& list) const;
    QCoro::Task<Error> refuse(IntentId id, PublishData data, PublishProblem problem);
    QCoro::Task<> findVideo(IntentId id);
    void moved(IntentId id, qint64 acknowledged, qint64 total);
    void settle(const Intent& intent);

    Api& api_;
    Session& session_;
    Outbox& outbox_;
    FileDesk& files_;
    ServerLimits& limits_;
    const PublisherOptions options_;
    QHash<IntentId, Running> running_;
    // What was on the way when it was stopped: so much of the body could not have arrived.
    QHash<IntentId, qint64> missing_;
    QElapsedTimer clock_;
    TaskScope scope_;
};

}  // namespace tikgok
