// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/frame_source.h"

#include <QPointer>
#include <QQuickItem>
#include <QSize>

namespace tikgok {

// Shows the frames of a player or of a camera. Works on the RHI scene graph (OpenGL and others: YUV planes go
// to the GPU as they are) and on the software one (RGB, converted and scaled on the decoder's thread).
// Transparent where there is no picture: it never draws black by itself.
class VideoSurface : public QQuickItem, public FrameSink {
    Q_OBJECT
    QML_ELEMENT
    // A player or a camera, not owned. It shows on one surface: the one that got it last.
    Q_PROPERTY(tikgok::FrameSource* player READ player WRITE setPlayer NOTIFY playerChanged FINAL)
    Q_PROPERTY(FillMode fillMode READ fillMode WRITE setFillMode NOTIFY fillModeChanged FINAL)
    // A frame of the current source has gone to the screen. False again as soon as the source or the player
    // changes, and the old picture is gone with it.
    Q_PROPERTY(bool hasFrame READ hasFrame NOTIFY hasFrameChanged FINAL)
    // Distinct frames that went to the screen since this item was made.
    Q_PROPERTY(int framesPresented READ framesPresented NOTIFY framesPresentedChanged FINAL)
    // Upright, square pixels; empty without a frame.
    Q_PROPERTY(QSize sourceSize READ sourceSize NOTIFY sourceSizeChanged FINAL)
    // Where the picture is, in the item's coordinates (larger than the item's own when cropped).
    Q_PROPERTY(QRectF contentRect READ contentRect NOTIFY contentRectChanged FINAL)

public:
    enum FillMode {
        Fit,   // all of the picture, centred
        Crop,  // fills the item, centred, what sticks out is cut off
    };
    Q_ENUM(FillMode)

    explicit VideoSurface(QQuickItem* parent = nullptr);
    ~VideoSurface() override;

    FrameSource* player() const { return player_; }
    void setPlayer(FrameSource* player);
    FillMode fillMode() const { return fillMode_; }
    void setFillMode(FillMode mode);
    bool hasFrame() const { return hasFrame_; }
    int framesPresented() const { return framesPresented_; }
    QSize sourceSize() const { return sourceSize_; }
    QRectF contentRect() const;

    void present(const VideoFrame& frame) override;
    void reset() override;

Q_SIGNALS:
    void playerChanged();
    void fillModeChanged();
    void hasFrameChanged();
    void framesPresentedChanged();
    void sourceSizeChanged();
    void contentRectChanged();

protected:
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData* data) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;

private:
    bool isSoftware() const;
    void updateRequest();
    void frameShown();
    QSGNode* imageNode(QSGNode* old, const QRectF& content, const QRectF& visible);
    QSGNode* planesNode(QSGNode* old, const QRectF& content, const QRectF& visible);

    QPointer<FrameSource> player_;
    VideoFrame frame_;
    FillMode fillMode_ = Fit;
    bool hasFrame_ = false;
    int framesPresented_ = 0;
    quint64 shownNumber_ = 0;  // of the frame on screen; 0 for none
    QSize sourceSize_;
};

}  // namespace tikgok
