// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Controls/round_image.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QNetworkAccessManager>
#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>
#include <QQmlEngine>
#include <QQmlFile>

namespace tikgok {

namespace {

// The longest side kept, in pixels: more is never shown, and a hostile picture must not fill the memory.
constexpr int kMaxSide = 512;
constexpr qint64 kMaxBytes = 8 * 1024 * 1024;

QImage decodeScaled(QIODevice* device) {
    QImageReader reader(device);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.isValid() && std::max(size.width(), size.height()) > kMaxSide)
        reader.setScaledSize(size.scaled(kMaxSide, kMaxSide, Qt::KeepAspectRatio));
    return reader.read();
}

}  // namespace

RoundImage::RoundImage(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setAntialiasing(true);
}

RoundImage::~RoundImage() {
    stop();
}

void RoundImage::setSource(const QUrl& source) {
    if (source_ == source)
        return;
    source_ = source;
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

void RoundImage::componentComplete() {
    QQuickPaintedItem::componentComplete();
    load();
}

void RoundImage::stop() {
    if (!reply_)
        return;
    reply_->disconnect(this);
    reply_->abort();
    reply_->deleteLater();
    reply_ = nullptr;
}

void RoundImage::load() {
    stop();
    if (source_.isEmpty()) {
        setImage({});
        return;
    }
    const QString key = QLatin1String("round/") + source_.toString();
    if (QPixmap known; QPixmapCache::find(key, &known)) {
        setImage(known.toImage());
        return;
    }
    setImage({});
    if (const QString local = QQmlFile::urlToLocalFileOrQrc(source_); !local.isEmpty()) {
        QFile file(local);
        if (file.open(QIODevice::ReadOnly))
            setImage(decodeScaled(&file));
        return;
    }
    auto* engine = qmlEngine(this);
    if (!engine)
        return;
    QNetworkRequest request(source_);
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
        if (reply->error() != QNetworkReply::NoError)
            return;  // what stands behind the picture (initials) stays
        QByteArray bytes = reply->readAll();
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::ReadOnly);
        const QImage image = decodeScaled(&buffer);
        if (image.isNull())
            return;
        QPixmapCache::insert(key, QPixmap::fromImage(image));
        setImage(image);
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
