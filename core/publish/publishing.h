// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// All of publishing, wired: what a page needs, and the outbox's handler.
#pragma once

#include "core/camera/camera_recorder.h"
#include "core/playback/preview_player.h"
#include "core/publish/file_desk.h"
#include "core/publish/publish_drafts.h"
#include "core/publish/publish_editor.h"
#include "core/publish/publish_jobs.h"
#include "core/publish/publish_store.h"
#include "core/publish/publisher.h"
#include "core/publish/server_limits.h"

#include <QObject>
#include <QString>

#include <functional>

namespace tikgok {

struct PublishingOptions {
    // Where copies of files from temporary places are kept.
    QString directory;
    PublisherOptions publisher = {};
    // Its directory is chosen here.
    RecorderOptions camera = {};
};

class Publishing final : public QObject {
    Q_OBJECT
    Q_PROPERTY(tikgok::PublishEditor* editor READ editor CONSTANT)
    Q_PROPERTY(tikgok::PublishDrafts* drafts READ drafts CONSTANT)
    Q_PROPERTY(tikgok::PublishJobs* jobs READ jobs CONSTANT)
    Q_PROPERTY(tikgok::CameraRecorder* camera READ camera CONSTANT)
    // For the file that is being prepared, and for what was published.
    Q_PROPERTY(tikgok::PreviewPlayer* preview READ preview CONSTANT)

public:
    // All must outlive this; the database has publishSchema() among its parts.
    Publishing(Api& api, Session& session, Database& database, Outbox& outbox, const PlayerFactory& players,
               const PublishingOptions& options, QObject* parent = nullptr);
    ~Publishing() override;

    [[nodiscard]] PublishEditor* editor() { return &editor_; }
    [[nodiscard]] PublishDrafts* drafts() { return &drafts_; }
    [[nodiscard]] PublishJobs* jobs() { return &jobs_; }
    [[nodiscard]] PreviewPlayer* preview() { return &preview_; }
    [[nodiscard]] CameraRecorder* camera() { return &camera_; }
    [[nodiscard]] ServerLimits& limits() { return limits_; }

    // How many files that were recorded here go with a server's drafts and what waits to be published there.
    [[nodiscard]] int recordingsOf(const QString& server) const;

    // Finds where the media of a video of one's own are, for watching it: found() says so.
    Q_INVOKABLE void locate(const QString& videoId);

Q_SIGNALS:
    // `playUrl` is empty when it is not there, or the server cannot be reached.
    void located(const QString& videoId, const QUrl& playUrl, const QUrl& coverUrl, const QString& title);

private:
    QCoro::Task<> find(QString videoId);
    QCoro::Task<> adopt(QString recording);
    QCoro::Task<> adoptStrays(QStringList named);
    void tidyUp();
    // Calls it for each recording that a draft or an upload needs, with their account.
    void eachRecording(const std::function<void(const QString& account, const QString& path)>& call) const;

    Api& api_;
    Session& session_;
    Database& database_;
    Outbox& outbox_;
    // Each may use those above it; destroyed from the last to the first.
    PublishStore store_;
    FileDesk files_;
    ServerLimits limits_;
    Publisher publisher_;
    PublishDrafts drafts_;
    PublishJobs jobs_;
    PublishEditor editor_;
    PreviewPlayer preview_;
    CameraRecorder camera_;
    bool tidy_ = false;
    TaskScope scope_;
};

}  // namespace tikgok
