// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Playback/video_surface.h"

#include "qml/Playback/planes_node.h"

#include <QQuickWindow>
#include <QSGImageNode>
#include <QSGRendererInterface>

#include <cmath>
#include <utility>

namespace tikgok {

VideoSurface::VideoSurface(QQuickItem* parent) : QQuickItem(parent) {
    setFlag(ItemHasContents);
}

VideoSurface::~VideoSurface() {
    if (player_)
        player_->clearFrameSink(this);
}

void VideoSurface::setPlayer(FrameSource* player) {
    if (player_ == player)
        return;
    if (player_) {
        player_->disconnect(this);
        player_->clearFrameSink(this);
    }
    reset();
    player_ = player;
    if (player_) {
        connect(player_, &QObject::destroyed, this, [this] {
            reset();
            Q_EMIT playerChanged();
        });
        updateRequest();
        player_->setFrameSink(this);
    }
    Q_EMIT playerChanged();
}

void VideoSurface::setFillMode(FillMode mode) {
    if (fillMode_ == mode)
        return;
    fillMode_ = mode;
    updateRequest();
    update();
    Q_EMIT fillModeChanged();
    Q_EMIT contentRectChanged();
}

void VideoSurface::present(const VideoFrame& frame) {
    frame_ = frame;
    if (sourceSize_ != frame.displaySize) {
        sourceSize_ = frame.displaySize;
        updateRequest();
        Q_EMIT sourceSizeChanged();
        Q_EMIT contentRectChanged();
    }
    update();
}

void VideoSurface::reset() {
    frame_ = {};
    shownNumber_ = 0;
    update();
    if (std::exchange(hasFrame_, false))
        Q_EMIT hasFrameChanged();
}

QRectF VideoSurface::contentRect() const {
    const QRectF box = boundingRect();
    if (sourceSize_.isEmpty() || box.isEmpty())
        return box;
    QSizeF size = sourceSize_;
    size.scale(box.size(), fillMode_ == Fit ? Qt::KeepAspectRatio : Qt::KeepAspectRatioByExpanding);
    QRectF rect(QPointF(), size);
    rect.moveCenter(box.center());
    return rect;
}

bool VideoSurface::isSoftware() const {
    if (const QQuickWindow* w = window(); w && w->rendererInterface()) {
        const auto api = w->rendererInterface()->graphicsApi();
        if (api != QSGRendererInterface::Unknown)
            return !QSGRendererInterface::isApiRhiBased(api);
    }
    return QQuickWindow::sceneGraphBackend() == QLatin1StringView("software");
}

void VideoSurface::updateRequest() {
    if (!player_ || !window())
        return;
    FrameRequest request;
    if (isSoftware()) {
        request.layout = PixelLayout::Rgb32;
        // A picture larger than the window is scaled where it is decoded, not at each repaint.
        if (!sourceSize_.isEmpty() && !boundingRect().isEmpty())
            request.target = (contentRect().size() * window()->effectiveDevicePixelRatio()).toSize();
    }
    player_->setFrameRequest(request);
}

void VideoSurface::geometryChange(const QRectF& now, const QRectF& before) {
    QQuickItem::geometryChange(now, before);
    if (now.size() == before.size())
        return;
    updateRequest();
    update();
    Q_EMIT contentRectChanged();
}

void VideoSurface::itemChange(ItemChange change, const ItemChangeData& data) {
    QQuickItem::itemChange(change, data);
    if ((change == ItemSceneChange && data.window) || change == ItemDevicePixelRatioHasChanged) {
        if (change == ItemSceneChange) {
            connect(data.window, &QQuickWindow::sceneGraphInitialized, this, &VideoSurface::updateRequest,
                    Qt::ConnectionType(Qt::QueuedConnection | Qt::UniqueConnection));
        }
        updateRequest();
        update();
    }
}

// Runs while the GUI thread waits, so the members may be used.
QSGNode* VideoSurface::updatePaintNode(QSGNode* old, UpdatePaintNodeData*) {
    const QRectF content = contentRect();
    const QRectF visible = content & boundingRect();
    if (frame_.isNull() || visible.isEmpty()) {
        delete old;
        return nullptr;
    }
    // Frames in the other layout can still be on their way after the request has changed.
    const bool planes = !isSoftware() && frame_.layout == PixelLayout::Yuv420;
    if (old && (dynamic_cast<PlanesNode*>(old) != nullptr) != planes) {
        delete old;
        old = nullptr;
    }
    QSGNode* node = planes ? planesNode(old, content, visible) : imageNode(old, content, visible);
    if (node && shownNumber_ != frame_.number) {
        shownNumber_ = frame_.number;
        ++framesPresented_;
        QMetaObject::invokeMethod(this, &VideoSurface::frameShown, Qt::QueuedConnection);
    }
    return node;
}

void VideoSurface::frameShown() {
    Q_EMIT framesPresentedChanged();
    if (shownNumber_ != 0 && !std::exchange(hasFrame_, true))
        Q_EMIT hasFrameChanged();
}

QSGNode* VideoSurface::planesNode(QSGNode* old, const QRectF& content, const QRectF& visible) {
    auto* node = old ? static_cast<PlanesNode*>(old) : new PlanesNode;
    node->setFrame(frame_);
    node->setRects(content, visible, frame_.rotation);
    return node;
}

QSGNode* VideoSurface::imageNode(QSGNode* old, const QRectF& content, const QRectF& visible) {
    auto* node = static_cast<QSGImageNode*>(old);
    if (!node) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        node->setFiltering(QSGTexture::Linear);
    }
    if (!old || shownNumber_ != frame_.number) {
        QImage image;
        if (frame_.layout == PixelLayout::Rgb32) {
            const auto* keep = new std::shared_ptr<const void>(frame_.owner);
            image = QImage(
                frame_.planes[0].data, frame_.size.width(), frame_.size.height(), frame_.planes[0].stride,
                QImage::Format_RGB32,
                [](void* p) { delete static_cast<const std::shared_ptr<const void>*>(p); },
                const_cast<std::shared_ptr<const void>*>(keep));
        } else {
            image = toImage(frame_);
        }
        QSGTexture* texture = window()->createTextureFromImage(image, QQuickWindow::TextureIsOpaque);
        if (!texture) {
            delete node;
            return nullptr;
        }
        node->setTexture(texture);
    }
    const QSizeF pixels = node->texture()->textureSize();
    const double sx = pixels.width() / content.width();
    const double sy = pixels.height() / content.height();
    node->setRect(visible);
    node->setSourceRect(QRectF((visible.x() - content.x()) * sx, (visible.y() - content.y()) * sy,
                               visible.width() * sx, visible.height() * sy));
    return node;
}

}  // namespace tikgok
