// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/video_saver.h"

#include "core/cache/file_head.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSaveFile>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(saverLog, "tikgok.saver")

constexpr std::size_t kSavePortion = std::size_t{256} << 10;
constexpr int kTellEveryMs = 100;
constexpr int kStopLookMs = 50;
constexpr int kSaveIdleMs = 15'000;
constexpr qsizetype kMostNameLetters = 80;

QString tidyName(QString text) {
    for (QChar& letter : text) {
        if (letter.unicode() < 0x20 || letter.unicode() == 0x7f ||
            QStringLiteral("/\\:*?\"<>|").contains(letter)) {
            letter = QLatin1Char(' ');
        }
    }
    text = text.simplified();
    while (text.startsWith(QLatin1Char('.')) || text.startsWith(QLatin1Char(' '))) {
        text.remove(0, 1);
    }
    if (text.size() > kMostNameLetters) {
        text.truncate(text.at(kMostNameLetters - 1).isHighSurrogate() ? kMostNameLetters - 1
                                                                      : kMostNameLetters);
    }
    while (text.endsWith(QLatin1Char('.')) || text.endsWith(QLatin1Char(' '))) {
        text.chop(1);
    }
    return text;
}

QString suffixOfUrl(const QUrl& url) {
    const QString suffix = QFileInfo(url.path()).suffix().toLower();
    const bool plain = std::all_of(suffix.cbegin(), suffix.cend(), [](QChar letter) {
        return (letter >= QLatin1Char('a') && letter <= QLatin1Char('z')) ||
               (letter >= QLatin1Char('0') && letter <= QLatin1Char('9'));
    });
    return suffix.isEmpty() || suffix.size() > 4 || !plain ? QStringLiteral("mp4") : suffix;
}

}  // namespace

QString nameForVideo(const QString& author, const QString& title, const QString& suffix) {
    QString name = tidyName(author);
    const QString rest = tidyName(title);
    if (!rest.isEmpty()) {
        name += (name.isEmpty() ? QString() : QStringLiteral(" - ")) + rest;
    }
    name = tidyName(name);
    return (name.isEmpty() ? QStringLiteral("video") : name) + QLatin1Char('.') + suffix;
}

// Lives on the thread.
class VideoSaver::Worker final : public QObject {
public:
    using Stop = std::shared_ptr<std::atomic<bool>>;

    Worker(VideoSaver& owner, MediaSource& source, VideoSaverOptions options)
        : owner_(owner), source_(source), options_(std::move(options)) {}

    void run(const QUrl& url, const QString& wantedName, const Stop& stop) {
        ErrorKind kind = ErrorKind::Storage;
        QString name;
        if (QDir().mkpath(options_.directory)) {
            name = freeName(wantedName);
            kind = fromStore(url, path(name), stop);
            if (kind == ErrorKind::Invalid) {
                kind = fromNetwork(url, path(name), stop);
            }
        }
        QMetaObject::invokeMethod(
            &owner_,
            [&owner = owner_, kind, name, stop] {
                if (owner.stop_ == stop) {
                    owner.finished(kind, name);
                }
            },
            Qt::QueuedConnection);
    }

private:
    [[nodiscard]] QString path(const QString& name) const {
        return options_.directory + QLatin1Char('/') + name;
    }

    [[nodiscard]] QString freeName(const QString& wanted) const {
        QString name = wanted;
        const QFileInfo info(wanted);
        for (int i = 2; QFileInfo::exists(path(name)); ++i) {
            name = QStringLiteral("%1 (%2).%3").arg(info.completeBaseName()).arg(i).arg(info.suffix());
        }
        return name;
    }

    void tell(qint64 done, qint64 all, const Stop& stop) {
        if (told_.isValid() && told_.elapsed() < kTellEveryMs) {
            return;
        }
        told_.start();
        const double progress = all > 0 ? static_cast<double>(done) / static_cast<double>(all) : -1;
        QMetaObject::invokeMethod(
            &owner_,
            [&owner = owner_, progress, stop] {
                if (owner.stop_ == stop) {
                    owner.setProgress(progress);
                }
            },
            Qt::QueuedConnection);
    }

    // Invalid: the store does not have it and will not; None: it is there.
    ErrorKind fromStore(const QUrl& url, const QString& path, const Stop& stop) {
        const auto bytes = source_.open(url);
        if (!bytes) {
            return ErrorKind::Invalid;
        }
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly)) {
            return storage(file);
        }
        const auto stopped = [stop] { return stop->load(); };
        std::vector<char> portion(kSavePortion);
        const auto size = bytes->size(stopped);
        for (qint64 at = 0;;) {
            const auto got = bytes->read(at, portion, stopped);
            if (!got) {
                return kindOf(got.error());
            }
            if (*got == 0) {
                // A file that ends early is not the video.
                if (size && *size >= 0 && at != *size) {
                    return ErrorKind::Offline;
                }
                return file.flush() && file.commit() ? ErrorKind::None : storage(file);
            }
            if (file.write(portion.data(), *got) != *got) {
                return storage(file);
            }
            at += *got;
            tell(at, size.value_or(-1), stop);
        }
    }

    ErrorKind fromNetwork(const QUrl& url, const QString& path, const Stop& stop) {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly)) {
            return storage(file);
        }
        QNetworkAccessManager network;
        QNetworkRequest request(url);
        request.setHeader(QNetworkRequest::UserAgentHeader, options_.userAgent);
        // Unpacked, so that its length can be checked.
        request.setRawHeader("Accept-Encoding", "identity");
        request.setTransferTimeout(kSaveIdleMs);
        // Ends the request when it goes; see end_reply.h for why there is no abort().
        const std::unique_ptr<QNetworkReply> reply(network.get(request));
        QEventLoop loop;
        QTimer look;
        bool full = false;
        bool page = false;
        const auto take = [&] {
            const QByteArray bytes = reply->readAll();
            page = page || (file.pos() == 0 && isPage(*reply, bytes));
            if (options_.received && !bytes.isEmpty()) {
                options_.received(bytes.size());
            }
            full = full || file.write(bytes) != bytes.size();
            if (full) {
                loop.quit();
            }
        };
        connect(reply.get(), &QNetworkReply::readyRead, this, take);
        connect(reply.get(), &QNetworkReply::downloadProgress, this,
                [&](qint64 done, qint64 all) { tell(done, all, stop); });
        connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        connect(&look, &QTimer::timeout, this, [&] {
            if (stop->load()) {
                loop.quit();
            }
        });
        look.start(kStopLookMs);
        if (!reply->isFinished()) {
            loop.exec();
        }
        // They came, whatever becomes of them.
        take();
        if (stop->load()) {
            return ErrorKind::Cancelled;
        }
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (full) {
            return storage(file);
        }
        if (status == 404 || status == 410) {
            return ErrorKind::NotFound;
        }
        if (page || reply->error() != QNetworkReply::NoError || status < 200 || status >= 300) {
            return ErrorKind::Offline;
        }
        // Qt calls an answer finished whose connection ended early.
        const QVariant length = reply->header(QNetworkRequest::ContentLengthHeader);
        if (!full && length.isValid() && file.pos() != length.toLongLong()) {
            return ErrorKind::Offline;
        }
        return !full && file.flush() && file.commit() ? ErrorKind::None : storage(file);
    }

    static ErrorKind storage(const QSaveFile& file) {
        qCWarning(saverLog) << "cannot write:" << file.errorString();
        return ErrorKind::Storage;
    }

    static ErrorKind kindOf(MediaBytes::Failure failure) {
        switch (failure) {
            case MediaBytes::Failure::Network:
                return ErrorKind::Offline;
            case MediaBytes::Failure::NotFound:
                return ErrorKind::NotFound;
            case MediaBytes::Failure::Unavailable:
            case MediaBytes::Failure::TooLarge:
                return ErrorKind::Invalid;
            case MediaBytes::Failure::Stopped:
                return ErrorKind::Cancelled;
        }
        return ErrorKind::Offline;
    }

    VideoSaver& owner_;
    MediaSource& source_;
    const VideoSaverOptions options_;
    QElapsedTimer told_;
};

VideoSaver::VideoSaver(MediaSource& source, VideoSaverOptions options, QObject* parent)
    : QObject(parent), options_(std::move(options)) {
    worker_ = new Worker(*this, source, options_);
    worker_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
    thread_.setObjectName(QStringLiteral("video saver"));
}

VideoSaver::~VideoSaver() {
    cancel();
    thread_.quit();
    thread_.wait();
    // Without a start it has no event loop that could delete it.
    if (!thread_.isFinished()) {
        delete worker_;
    }
}

QUrl VideoSaver::folder() const {
    return QUrl::fromLocalFile(options_.directory);
}

void VideoSaver::save(const QUrl& url, const QString& author, const QString& title) {
    if (saving_ || url.isEmpty()) {
        return;
    }
    if (!thread_.isRunning()) {
        thread_.start();
    }
    stop_ = std::make_shared<std::atomic<bool>>(false);
    saving_ = true;
    progress_ = -1;
    QMetaObject::invokeMethod(
        worker_,
        [worker = worker_, url, name = nameForVideo(author, title, suffixOfUrl(url)), stop = stop_] {
            worker->run(url, name, stop);
        },
        Qt::QueuedConnection);
    Q_EMIT savingChanged();
    Q_EMIT progressChanged();
}

void VideoSaver::cancel() {
    if (stop_) {
        stop_->store(true);
        stop_.reset();
    }
    if (std::exchange(saving_, false)) {
        Q_EMIT savingChanged();
    }
}

void VideoSaver::setProgress(double progress) {
    if (std::exchange(progress_, progress) != progress) {
        Q_EMIT progressChanged();
    }
}

void VideoSaver::finished(ErrorKind kind, const QString& name) {
    stop_.reset();
    saving_ = false;
    Q_EMIT savingChanged();
    if (kind == ErrorKind::None) {
        Q_EMIT saved(name);
    } else if (kind != ErrorKind::Cancelled) {
        Q_EMIT failed(kind);
    }
}

}  // namespace tikgok
