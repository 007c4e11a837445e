// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Saves a video to a file of its own, from what is kept of it and, for the rest, from the network.
#pragma once

#include "core/api/error.h"
#include "core/playback/media_source.h"

#include <QObject>
#include <QString>
#include <QThread>
#include <QUrl>

#include <atomic>
#include <functional>
#include <memory>

namespace tikgok {

struct VideoSaverOptions {
    // Where the files go. Made when it is needed.
    QString directory;
    QByteArray userAgent = "TikGok/" TIKGOK_VERSION;
    // Told of the bytes that came over the network and not through `source`, in portions, on the saver's
    // thread; may be empty.
    std::function<void(qint64 bytes)> received = {};
};

// GUI thread; reading and writing happen on a thread of its own. One video at a time.
class VideoSaver final : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool saving READ saving NOTIFY savingChanged)
    // 0 to 1; negative while it cannot be told.
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged)

public:
    // `source` must outlive this.
    VideoSaver(MediaSource& source, VideoSaverOptions options, QObject* parent = nullptr);
    // Stops what is under way; no half file is left.
    ~VideoSaver() override;

    [[nodiscard]] bool saving() const { return saving_; }
    [[nodiscard]] double progress() const { return progress_; }
    // As a URL, for opening it.
    Q_INVOKABLE [[nodiscard]] QUrl folder() const;

    // Does nothing while another one is under way. The file gets a name made of these; one that is there
    // already is never replaced.
    Q_INVOKABLE void save(const QUrl& url, const QString& author, const QString& title);
    // No file, and no signal but savingChanged.
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void savingChanged();
    void progressChanged();
    // The name of the file, without its folder.
    void saved(const QString& name);
    // Offline, NotFound, or Storage: this device does not take it.
    void failed(tikgok::ErrorKinds::Kind kind);

private:
    class Worker;

    void setProgress(double progress);
    void finished(ErrorKind kind, const QString& name);

    const VideoSaverOptions options_;
    QThread thread_;
    Worker* worker_ = nullptr;
    // Shared with the worker; a new one for each video.
    std::shared_ptr<std::atomic<bool>> stop_;
    bool saving_ = false;
    double progress_ = -1;
};

// A file name (without folder) that every system takes: "ann - Rain on the bridge.mp4". `suffix` without dot.
QString nameForVideo(const QString& author, const QString& title, const QString& suffix);

}  // namespace tikgok
