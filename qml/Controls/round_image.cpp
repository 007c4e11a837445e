// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Controls/round_image.h"

#include "core/api/end_reply.h"
#include "core/cache/picture_access.h"

#include <QBuffer>
#include <QFile>
#include <QFutureWatcher>
#include <QImageReader>
#include <QNetworkAccessManager>
#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>
#include <QPromise>
#include <QQmlEngine>
#include <QQmlFile>
#include <QRandomGenerator>
#include <QThreadPool>
#include <QVarLengthArray>

#include <algorithm>
#include <memory>
#include <utility>

namespace tikgok {

namespace {

// The longest side kept, in pixels: more is never shown, and a hostile picture must not fill the memory.
constexpr int kMaxSide = 512;
// How often a picture that did not come, or could not be shown, is asked for again.
constexpr int kMostAgain = 5;
constexpr qint64 kMaxBytes = qint64{8} * 1024 * 1024;

QImage decodeScaled(QByteArray bytes) {
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.isValid() && std::max(size.width(), size.height()) > kMaxSide)
        reader.setScaledSize(size.scaled(kMaxSide, kMaxSide, Qt::KeepAspectRatio));
    return reader.read();
}

// Each pixel becomes the mean of its neighbours, along one line of the picture.
void blurLine(QRgb* first, int count, qsizetype step, int radius) {
    QVarLengthArray<QRgb, 64> line(count);
    for (int i = 0; i < count; ++i)
        line[i] = first[i * step];
    for (int i = 0; i < count; ++i) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int d = -radius; d <= radius; ++d) {
            const QRgb near = line[std::clamp(i + d, 0, count - 1)];
            red += qRed(near);
            green += qGreen(near);
            blue += qBlue(near);
        }
        const int n = 2 * radius + 1;
        first[i * step] = qRgb(red / n, green / n, blue / n);
    }
}

// Small first, so that it costs next to nothing; three box blurs are nearly a Gaussian one.
QImage blurredImage(const QImage& image) {
    QImage small = image.scaled(48, 48, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                       .convertToFormat(QImage::Format_RGB32);
    if (small.isNull())
        return small;
    auto* pixels = reinterpret_cast<QRgb*>(small.bits());
    const qsizetype stride = small.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    for (int pass = 0; pass < 3; ++pass) {
        for (int y = 0; y < small.height(); ++y)
            blurLine(pixels + y * stride, small.width(), 1, 3);
        for (int x = 0; x < small.width(); ++x)
            blurLine(pixels + x, small.height(), stride, 3);
    }
    return small.scaled(small.size() * 4, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

}  // namespace

RoundImage::RoundImage(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setAntialiasing(true);
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &RoundImage::askAgain);
}

RoundImage::~RoundImage() {
    stop();
}

void RoundImage::setSource(const QUrl& source) {
    if (source_ == source)
        return;
    source_ = source;
    unusable_ = false;
    if (isComponentComplete())
        load();
    Q_EMIT sourceChanged();
}

void RoundImage::setRadius(double radius) {
    if (radius_ == radius)
        return;
    radius_ = radius;
    Q_EMIT radiusChanged();
    update();
}

void RoundImage::setBlurred(bool blurred) {
    if (blurred_ == blurred)
        return;
    blurred_ = blurred;
    Q_EMIT blurredChanged();
    if (isComponentComplete())
        load();
}

// On another thread: a picture of a few bytes may be one of a hundred million pixels.
void RoundImage::decode(QByteArray bytes, const QString& key) {
    const auto promise = std::make_shared<QPromise<QImage>>();
    auto* watcher = new QFutureWatcher<QImage>(this);
    decoding_ = watcher;
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, key] {
        watcher->deleteLater();
        const QImage image = watcher->result();
        if (image.isNull()) {
            // What stands behind the picture (initials) stays.
            if (decoding_ == watcher && source_.scheme().startsWith(QLatin1String("http"))) {
                unusable_ = true;
                askAgainLater();
            }
            return;
        }
        QPixmapCache::insert(key, QPixmap::fromImage(image));
        if (decoding_ == watcher)
            setImage(image);
    });
    promise->start();
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, bytes = std::move(bytes), blurred = blurred_] {
        const QImage image = decodeScaled(bytes);
        promise->addResult(blurred && !image.isNull() ? blurredImage(image) : image);
        promise->finish();
    });
}

void RoundImage::componentComplete() {
    QQuickPaintedItem::componentComplete();
    load();
}

void RoundImage::itemChange(ItemChange change, const ItemChangeData& data) {
    QQuickPaintedItem::itemChange(change, data);
    if (change == ItemVisibleHasChanged && data.boolValue && due_)
        askAgain();
    else if (change == ItemVisibleHasChanged && data.boolValue && givenUp_)
        ask();
}

void RoundImage::stop() {
    later_.stop();
    due_ = false;
    decoding_ = nullptr;
    if (!reply_)
        return;
    reply_->disconnect(this);
    endReply(*reply_);
    reply_ = nullptr;
}

void RoundImage::load() {
    again_ = 0;
    givenUp_ = false;
    ask();
}

void RoundImage::askAgainLater() {
    if (again_ >= kMostAgain) {
        givenUp_ = true;
        return;
    }
    const int wait = firstWait_ << again_;
    // Not all at once that failed at once.
    later_.start(wait + QRandomGenerator::global()->bounded(wait / 4 + 1));
}

void RoundImage::askAgain() {
    due_ = !isVisible();
    if (due_)
        return;
    ++again_;
    ask();
}

void RoundImage::ask() {
    stop();
    if (source_.isEmpty()) {
        setImage({});
        return;
    }
    const QString key = QLatin1String(blurred_ ? "blurred/" : "round/") + source_.toString();
    if (QPixmap known; QPixmapCache::find(key, &known)) {
        setImage(known.toImage());
        return;
    }
    setImage({});
    if (const QString local = QQmlFile::urlToLocalFileOrQrc(source_); !local.isEmpty()) {
        QFile file(local);
        if (file.open(QIODevice::ReadOnly) && file.size() <= kMaxBytes)
            decode(file.readAll(), key);
        return;
    }
    auto* engine = qmlEngine(this);
    if (!engine)
        return;
    QNetworkRequest request(source_);
    if (std::exchange(unusable_, false))
        request.setAttribute(PictureAccess::kUnusable, true);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
    reply_ = engine->networkAccessManager()->get(request);
    connect(reply_, &QNetworkReply::downloadProgress, this, [this](qint64 received, qint64) {
        if (received > kMaxBytes)
            stop();
    });
    connect(reply_, &QNetworkReply::finished, this, [this, key] {
        QNetworkReply* reply = reply_;
        reply_ = nullptr;
        reply->deleteLater();
        // What stands behind the picture (initials) stays.
        if (reply->error() != QNetworkReply::NoError) {
            if (reply->error() != QNetworkReply::OperationCanceledError)
                askAgainLater();
            return;
        }
        decode(reply->readAll(), key);
    });
}

void RoundImage::setImage(const QImage& image) {
    const bool was = isReady();
    image_ = image;
    update();
    if (was != isReady())
        Q_EMIT readyChanged();
}

void RoundImage::paint(QPainter* painter) {
    if (image_.isNull() || width() <= 0 || height() <= 0)
        return;
    const QRectF area(0, 0, width(), height());
    const double radius = radius_ < 0 ? std::min(width(), height()) / 2 : radius_;
    // The middle of the picture that has the item's shape.
    QSizeF part = area.size();
    part.scale(image_.size(), Qt::KeepAspectRatio);
    const QRectF from(QPointF((image_.width() - part.width()) / 2, (image_.height() - part.height()) / 2),
                      part);

    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QBrush brush(image_);
    QTransform fit;
    fit.scale(area.width() / from.width(), area.height() / from.height());
    fit.translate(-from.x(), -from.y());
    brush.setTransform(fit);
    painter->setPen(Qt::NoPen);
    painter->setBrush(brush);
    painter->drawRoundedRect(area, radius, radius);
}

}  // namespace tikgok
