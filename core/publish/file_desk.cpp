// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/publish/file_desk.h"

#include "core/playback/frame_grabber.h"
#include "core/storage/database.h"

#include <QBuffer>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QImageWriter>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace tikgok {

namespace {

constexpr int kCoverQuality = 88;
constexpr qint64 kPiece = qint64{1} << 20;
constexpr std::chrono::milliseconds kTellEvery{100};

std::expected<FileStamp, PublishProblem> stampNow(const QString& path) {
    const QFileInfo info(path);
    if (!info.exists() || !info.isFile()) {
        return std::unexpected(PublishProblem::FileGone);
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::unexpected(PublishProblem::FileUnreadable);
    }
    if (info.size() == 0) {
        return std::unexpected(PublishProblem::FileEmpty);
    }
    return FileStamp{.size = info.size(), .modified = info.lastModified().toMSecsSinceEpoch()};
}

FileLook lookNow(FrameGrabber& grabber, int pictures, QSize bound) {
    FileLook look;
    if (!grabber.open()) {
        look.error = grabber.error().kind;
        return look;
    }
    const qint64 duration = grabber.facts().durationMs;
    for (int i = 0; i < pictures && !grabber.isStopped(); ++i) {
        // The first one as well, and none at the very end, where many films are black.
        const qint64 at = duration * i / pictures;
        QImage picture = grabber.grab(at, bound);
        if (picture.isNull()) {
            break;
        }
        look.pictures.append(std::move(picture));
        look.times.append(at);
        if (duration <= 0) {
            break;
        }
    }
    if (look.pictures.isEmpty()) {
        look.error = grabber.error().kind;
    }
    look.facts = grabber.facts();
    return look;
}

// To the medium: the original lies where a restart of the system may empty everything.
bool settle([[maybe_unused]] int handle) {
#ifdef Q_OS_UNIX
    return ::fsync(handle) == 0;
#else
    return true;
#endif
}

// In pieces, so that it can be stopped in the middle. False: the disk has no room, the original cannot be
// read to its end, or it was stopped.
bool copyNow(QFile& from, QFile& to, const std::function<void(qint64)>& copied,
             const std::stop_token& alive) {
    QElapsedTimer sinceTold;
    qint64 done = 0;
    copied(done);
    sinceTold.start();
    std::vector<char> piece(kPiece);
    for (;;) {
        const qint64 bytes = from.read(piece.data(), kPiece);
        if (bytes <= 0) {
            return bytes == 0;
        }
        if (alive.stop_requested() || to.write(piece.data(), bytes) != bytes) {
            return false;
        }
        done += bytes;
        if (sinceTold.hasExpired(kTellEvery.count())) {
            copied(done);
            sinceTold.start();
        }
    }
}

QString keepNow(const QString& directory, const QString& path, const std::function<void(qint64)>& copied,
                const std::stop_token& alive) {
    if (!QDir().mkpath(directory)) {
        return {};
    }
    // A link has the mode of what it leads to, so it is the folder that keeps others out.
    QFile::setPermissions(directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QString suffix = suffixOf(QFileInfo(path).fileName());
    const QString to = directory + QLatin1Char('/') + QUuid::createUuid().toString(QUuid::WithoutBraces) +
                       (suffix.isEmpty() ? QString() : QLatin1Char('.') + suffix);
    std::error_code error;
    std::filesystem::create_hard_link(path.toStdString(), to.toStdString(), error);
    if (!error) {
        return QString(to);
    }
    // Of another name while it is not whole, so that a crash leaves nothing that looks like a film.
    const QString part = to + QStringLiteral(".part");
    const auto modified = QFileInfo(path).lastModified();
    QFile original(path);
    QFile copy(part);
    if (original.open(QIODevice::ReadOnly | QIODevice::Unbuffered) &&
        copy.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && copyNow(original, copy, copied, alive) &&
        settle(copy.handle()) && copy.setFileTime(modified, QFileDevice::FileModificationTime) &&
        copy.rename(to)) {
        return QString(to);
    }
    copy.close();
    QFile::remove(part);
    return {};
}

}  // namespace

FileDesk::FileDesk(QString directory, QObject* parent) : QObject(parent), directory_(std::move(directory)) {
    looking_.setMaxThreadCount(1);
    filing_.setMaxThreadCount(1);
}

FileDesk::~FileDesk() {
    scope_.restart();
    looking_.waitForDone();
    filing_.waitForDone();
}

template <class R, class Work>
QCoro::Task<R> FileDesk::run(QThreadPool& pool, Work work, R cancelled, std::stop_token alive) {
    const Once<R> done;
    // Filled on the other thread, read on this one after it.
    const auto value = std::make_shared<std::optional<R>>();
    pool.start([this, work = std::move(work), value, done]() mutable {
        value->emplace(work());
        // This object waits for its threads before it goes.
        QMetaObject::invokeMethod(
            this, [value, done] { done.finish(std::move(**value)); }, Qt::QueuedConnection);
    });
    const auto stop = [done, cancelled] { done.finish(cancelled); };
    const std::stop_token mine = scope_.token();
    const std::stop_callback callerGone(alive, stop);
    const std::stop_callback deskGone(mine, stop);
    R result = co_await done;
    co_return std::move(result);
}

QCoro::Task<std::expected<FileStamp, PublishProblem>> FileDesk::stamp(QString path, std::stop_token alive) {
    using Answer = std::expected<FileStamp, PublishProblem>;
    return run<Answer>(
        filing_, [path = std::move(path)] { return stampNow(path); },
        Answer(std::unexpected(PublishProblem::None)), std::move(alive));
}

QCoro::Task<FileLook> FileDesk::look(QString path, int pictures, QSize bound, std::stop_token alive) {
    const auto grabber = std::make_shared<FrameGrabber>(path);
    // Named: gcc 12 destroys a lambda within the awaited expression twice.
    auto work = [grabber, pictures, bound] { return lookNow(*grabber, pictures, bound); };
    auto look = co_await run<FileLook>(looking_, std::move(work), FileLook(), alive);
    grabber->stop();  // nobody waits for it any more
    co_return look;
}

QCoro::Task<QByteArray> FileDesk::cover(QString path, qint64 positionMs, QSize bound, std::stop_token alive) {
    const auto grabber = std::make_shared<FrameGrabber>(path);
    auto work = [grabber, positionMs, bound] {
        return grabber->open() ? encoded(grabber->grab(positionMs, bound), kCoverQuality) : QByteArray();
    };
    auto bytes = co_await run<QByteArray>(looking_, std::move(work), QByteArray(), alive);
    grabber->stop();
    co_return bytes;
}

QCoro::Task<QString> FileDesk::keep(QString path, std::function<void(qint64)> copied, std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    std::stop_source stop;
    auto tell = [this, copied = std::move(copied), alive](qint64 bytes) {
        QMetaObject::invokeMethod(
            this,
            [copied, alive, bytes] {
                if (!alive.stop_requested()) {
                    copied(bytes);
                }
            },
            Qt::QueuedConnection);
    };
    const auto made = std::make_shared<QString>();
    auto work = [directory = directory_, path = std::move(path), tell = std::move(tell),
                 token = stop.get_token(), made] { return *made = keepNow(directory, path, tell, token); };
    auto kept = co_await run<QString>(filing_, std::move(work), QString(), alive);
    stop.request_stop();  // nobody waits for it any more
    if (kept.isEmpty() && !mine.stop_requested()) {
        // It may have become whole in the very moment in which it was stopped. Files are kept one at a time,
        // so this comes after it.
        filing_.start([made] {
            if (!made->isEmpty()) {
                QFile::remove(*made);
            }
        });
    }
    co_return kept;
}

void FileDesk::remove(const QString& keptPath) {
    if (!keptPath.startsWith(directory_ + QLatin1Char('/')) ||
        (isRecording(keptPath) && stillNamed_ && stillNamed_(keptPath))) {
        return;
    }
    filing_.start([keptPath] { QFile::remove(keptPath); });
}

void FileDesk::sweep(const QStringList& named, const QString& database) {
    filing_.start([directory = directory_, named, database] {
        if (Database::hasDamagedAside(database)) {
            return;
        }
        const auto files = QDir(directory).entryInfoList(QDir::Files);
        for (const QFileInfo& file : files) {
            if (!named.contains(file.absoluteFilePath())) {
                QFile::remove(file.absoluteFilePath());
            }
        }
    });
}

bool FileDesk::isRecording(const QString& path) const {
    return path.startsWith(recordings() + QLatin1Char('/'));
}

QCoro::Task<QStringList> FileDesk::strays(QStringList named, std::stop_token alive) {
    auto work = [directory = recordings(), named = std::move(named)] {
        QStringList found;
        const auto files = QDir(directory).entryInfoList({QStringLiteral("*.mp4")}, QDir::Files, QDir::Name);
        for (const QFileInfo& file : files) {
            if (!named.contains(file.absoluteFilePath())) {
                found.append(file.absoluteFilePath());
            }
        }
        return found;
    };
    auto found = co_await run<QStringList>(filing_, std::move(work), QStringList(), alive);
    co_return found;
}

bool FileDesk::isTemporary(const QString& path) {
    const QString clean = QDir::cleanPath(path);
    QStringList places{QDir::tempPath(),
                       QStringLiteral("/tmp"),
                       QStringLiteral("/var/tmp"),
                       QStringLiteral("/dev/shm"),
                       QStandardPaths::writableLocation(QStandardPaths::TempLocation),
                       QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)};
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    places.append(runtime);
    return std::ranges::any_of(places, [&](const QString& place) {
        return !place.isEmpty() && clean.startsWith(QDir::cleanPath(place) + QLatin1Char('/'));
    });
}

QByteArray FileDesk::encoded(const QImage& image, int quality) {
    if (image.isNull()) {
        return {};
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "jpeg");
    writer.setQuality(quality);
    if (writer.write(image)) {
        return bytes;
    }
    bytes.clear();
    buffer.seek(0);
    image.save(&buffer, "png");
    return bytes;
}

}  // namespace tikgok
