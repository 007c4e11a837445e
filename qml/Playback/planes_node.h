// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/video_frame.h"

#include <QRectF>
#include <QSGGeometryNode>
#include <QSGMaterial>

#include <array>
#include <memory>

namespace tikgok {

class PlaneTexture;

// The three planes of a YUV frame and how to make RGB of them.
class PlanesMaterial : public QSGMaterial {
public:
    PlanesMaterial();
    ~PlanesMaterial() override;

    QSGMaterialType* type() const override;
    QSGMaterialShader* createShader(QSGRendererInterface::RenderMode mode) const override;
    int compare(const QSGMaterial* other) const override;

    void setFrame(const VideoFrame& frame);

    std::array<std::unique_ptr<PlaneTexture>, 3> textures;
    ColorMatrix matrix = ColorMatrix::Bt709;
    bool fullRange = false;
};

// Draws one frame, turned and cut as told. Lives on the render thread.
class PlanesNode : public QSGGeometryNode {
public:
    PlanesNode();
    void setFrame(const VideoFrame& frame);
    // `content`: where the whole upright picture is; `visible`: the part of it to draw.
    void setRects(const QRectF& content, const QRectF& visible, int rotation);

private:
    QSGGeometry geometry_;
    PlanesMaterial material_;
    quint64 number_ = 0;
    QRectF content_;
    QRectF visible_;
    int rotation_ = -1;
};

}  // namespace tikgok
