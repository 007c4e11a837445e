// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/picture_access.h"

#include "core/api/end_reply.h"
#include "core/cache/file_head.h"

#include <QBuffer>
#include <QImageReader>

#include <algorithm>
#include <cstring>
#include <utility>

namespace tikgok {

namespace {

constexpr qint64 kDirectBuffer = qint64{512} << 10;

// By how it begins.
bool isPicture(QByteArray bytes) {
    QBuffer buffer(&bytes);
    QImageReader reader(&buffer);
    if (!buffer.open(QIODevice::ReadOnly) || !reader.canRead()) {
        return false;
    }
    // Qt takes any text of XML for a drawing. What may stand before the drawing itself is short.
    constexpr qsizetype kMostBefore = 4096;
    return reader.format() != "svg" || bytes.left(kMostBefore).contains("<svg");
}

}  // namespace

PictureAccess::PictureAccess(FileCache& cache, QObject* parent)
    : QNetworkAccessManager(parent), cache_(cache) {}

QNetworkReply* PictureAccess::getDirectly(const QUrl& url) {
    QNetworkReply* reply =
        QNetworkAccessManager::createRequest(GetOperation, fileRequest(url, cache_.options()), nullptr);
    reply->setReadBufferSize(kDirectBuffer);
    return reply;
}

QNetworkReply* PictureAccess::createRequest(Operation operation, const QNetworkRequest& request,
                                            QIODevice* body) {
    const QString scheme = request.url().scheme();
    if (operation != GetOperation || (scheme != QLatin1String("http") && scheme != QLatin1String("https"))) {
        return QNetworkAccessManager::createRequest(operation, request, body);
    }
    if (request.attribute(kUnusable).toBool() || request.url().fragment() == QLatin1String("again")) {
        cache_.noteUnusable(request.url());
    }
    auto* reply = new PictureReply(*this, request, cache_.fetch(request.url()));
    reply->setParent(this);
    return reply;
}

PictureReply::PictureReply(PictureAccess& access, const QNetworkRequest& request,
                           const QFuture<WholeFile>& file)
    : access_(access) {
    setRequest(request);
    setUrl(request.url());
    setOperation(QNetworkAccessManager::GetOperation);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    connect(&watcher_, &QFutureWatcherBase::finished, this, &PictureReply::cameFromCache);
    watcher_.setFuture(file);
}

PictureReply::~PictureReply() {
    watcher_.disconnect(this);
    watcher_.cancel();
}

void PictureReply::abort() {
    if (isFinished()) {
        return;
    }
    watcher_.disconnect(this);
    watcher_.cancel();
    if (direct_ != nullptr) {
        endDirectly(OperationCanceledError);
        return;
    }
    failWith(OperationCanceledError);
}

qint64 PictureReply::bytesAvailable() const {
    return bytes_.size() - place_ + QNetworkReply::bytesAvailable();
}

qint64 PictureReply::readData(char* into, qint64 most) {
    const qint64 count = std::min<qint64>(most, bytes_.size() - place_);
    if (count <= 0) {
        return isFinished() ? -1 : 0;
    }
    std::memcpy(into, bytes_.constData() + place_, static_cast<std::size_t>(count));
    place_ += count;
    return count;
}

void PictureReply::cameFromCache() {
    if (watcher_.isCanceled() || watcher_.future().resultCount() == 0) {
        failWith(OperationCanceledError);
        return;
    }
    const WholeFile file = watcher_.result();
    if (file && !isPicture(*file)) {
        access_.cache().noteUnusable(url());
        failWith(UnknownContentError);
        return;
    }
    if (file) {
        succeed(*file);
        return;
    }
    switch (file.error()) {
        case MediaBytes::Failure::NotFound:
            failWith(ContentNotFoundError);
            return;
        case MediaBytes::Failure::Network:
        case MediaBytes::Failure::Stopped:
            failWith(UnknownNetworkError);
            return;
        case MediaBytes::Failure::TooLarge:
            failWith(UnknownContentError);
            return;
        case MediaBytes::Failure::Unavailable:
            goDirectly();
            return;
    }
}

void PictureReply::goDirectly() {
    direct_ = access_.getDirectly(url());
    direct_->setParent(this);
    connect(direct_, &QNetworkReply::downloadProgress, this, &QNetworkReply::downloadProgress);
    connect(direct_, &QNetworkReply::readyRead, this, &PictureReply::takeDirectly);
    connect(direct_, &QNetworkReply::finished, this, &PictureReply::cameDirectly);
}

bool PictureReply::takeDirectly() {
    const QByteArray bytes = direct_->readAll();
    access_.cache().countDirect(bytes.size());
    const qint64 announced = direct_->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    const qint64 atLeast = std::max<qint64>(announced, coming_.size() + bytes.size());
    if (atLeast > FileCache::kMostWhole) {
        access_.cache().noteTooLarge(url(), atLeast);
        endDirectly(UnknownContentError);
        return false;
    }
    coming_ += bytes;
    return true;
}

void PictureReply::cameDirectly() {
    if (direct_->error() != NoError) {
        failWith(direct_->error());
    } else if (takeDirectly()) {
        const QByteArray bytes = std::exchange(coming_, {});
        if (isPicture(bytes)) {
            succeed(bytes);
        } else {
            failWith(UnknownContentError);
        }
    }
}

void PictureReply::endDirectly(NetworkError error) {
    direct_->disconnect(this);
    endReply(*std::exchange(direct_, nullptr));
    coming_.clear();
    failWith(error);
}

void PictureReply::succeed(const QByteArray& bytes) {
    bytes_ = bytes;
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, 200);
    setHeader(QNetworkRequest::ContentLengthHeader, bytes_.size());
    setFinished(true);
    Q_EMIT metaDataChanged();
    Q_EMIT downloadProgress(bytes_.size(), bytes_.size());
    Q_EMIT readyRead();
    Q_EMIT finished();
}

void PictureReply::failWith(NetworkError error) {
    setError(error, QString());
    setFinished(true);
    Q_EMIT errorOccurred(error);
    Q_EMIT finished();
}

}  // namespace tikgok
