// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The disk as publishing needs it, on threads of its own: looking at files, keeping copies, taking pictures.
#pragma once

#include "core/api/error.h"
#include "core/api/task_scope.h"
#include "core/playback/media_facts.h"
#include "core/playback/player.h"
#include "core/publish/publish_data.h"

#include <QImage>
#include <QObject>
#include <QStringList>
#include <QThreadPool>
#include <qcoro/qcorotask.h>

#include <expected>
#include <functional>
#include <memory>

namespace tikgok {

// FFmpeg's view of a file.
struct FileLook {
    MediaFacts facts;
    // Small pictures and their times, evenly spread.
    QList<QImage> pictures;
    QList<qint64> times;
    Player::ErrorKind error = Player::ErrorKind::None;
};

// GUI thread only. What is awaited ends at once when `alive` is stopped.
class FileDesk final : public QObject {
    Q_OBJECT

public:
    // Copies are kept in `directory`, which is made where needed.
    explicit FileDesk(QString directory, QObject* parent = nullptr);
    // Waits for what is under way; looking into files and copying are cut short.
    ~FileDesk() override;

    // FileGone, FileUnreadable or FileEmpty when it cannot be sent.
    QCoro::Task<std::expected<FileStamp, PublishProblem>> stamp(QString path, std::stop_token alive);
    // With so many pictures, each fitted into `bound`.
    QCoro::Task<FileLook> look(QString path, int pictures, QSize bound, std::stop_token alive);
    // One picture, exact in time, as JPEG; empty when there is none.
    QCoro::Task<QByteArray> cover(QString path, qint64 positionMs, QSize bound, std::stop_token alive);
    // A hard link, or a copy, that stays when the system cleans up. Its path; empty: the disk has no room, or
    // the file cannot be read. For a copy, `copied` is called with 0 when it begins and then about ten times
    // a second with the bytes so far. When stopped, nothing of it stays.
    QCoro::Task<QString> keep(QString path, std::function<void(qint64)> copied, std::stop_token alive);
    // Only files in our directory are removed, and no recording that is still named.
    void remove(const QString& keptPath);
    // Removes what nobody names any more. Nothing at all as long as a damaged `database` lies aside: what it
    // names is not known.
    void sweep(const QStringList& named, const QString& database);

    // Where recordings are, which belong to drafts and uploads; and whether a file is one.
    [[nodiscard]] QString recordings() const { return directory_ + QStringLiteral("/recordings"); }
    [[nodiscard]] bool isRecording(const QString& path) const;
    // Says whether a draft or an upload still needs a recording. Without it none does.
    void setStillNamed(std::function<bool(const QString& path)> named) { stillNamed_ = std::move(named); }
    // Whole recordings that nobody names.
    QCoro::Task<QStringList> strays(QStringList named, std::stop_token alive);

    // Whether the system may clean up there by itself.
    [[nodiscard]] static bool isTemporary(const QString& path);
    [[nodiscard]] static QByteArray encoded(const QImage& image, int quality);

private:
    template <class R, class Work>
    QCoro::Task<R> run(QThreadPool& pool, Work work, R cancelled, std::stop_token alive);

    const QString directory_;
    std::function<bool(const QString&)> stillNamed_;
    // Looking into a file may take seconds, and nothing else waits for it.
    QThreadPool looking_;
    QThreadPool filing_;
    TaskScope scope_;
};

}  // namespace tikgok
