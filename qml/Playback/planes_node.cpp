// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Playback/planes_node.h"

#include <QMatrix4x4>
#include <QSGMaterialShader>
#include <QSGTexture>

#include <cstring>

#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
#include <rhi/qrhi.h>
#else
#include <private/qrhi_p.h>
#endif

namespace tikgok {

// One plane on the GPU. The texture is made once per size and filled again for each frame.
class PlaneTexture : public QSGTexture {
public:
    PlaneTexture() {
        setFiltering(Linear);
        setHorizontalWrapMode(ClampToEdge);
        setVerticalWrapMode(ClampToEdge);
    }

    void setPlane(const VideoFrame::Plane& plane, const std::shared_ptr<const void>& owner) {
        plane_ = plane;
        owner_ = owner;
        dirty_ = true;
    }

    qint64 comparisonKey() const override { return qint64(this); }
    QRhiTexture* rhiTexture() const override { return texture_.get(); }
    QSize textureSize() const override { return plane_.size; }
    bool hasAlphaChannel() const override { return false; }
    bool hasMipmaps() const override { return false; }

    void commitTextureOperations(QRhi* rhi, QRhiResourceUpdateBatch* updates) override {
        if (!dirty_)
            return;
        dirty_ = false;
        if (!texture_ || texture_->pixelSize() != plane_.size) {
            const auto format =
                rhi->isTextureFormatSupported(QRhiTexture::R8) ? QRhiTexture::R8 : QRhiTexture::RED_OR_ALPHA8;
            texture_.reset(rhi->newTexture(format, plane_.size));
            if (!texture_->create()) {
                texture_.reset();
                return;
            }
        }
        // The bytes are read when the batch is carried out, at the latest before the next frame is set.
        QRhiTextureSubresourceUploadDescription description(
            QByteArray::fromRawData(reinterpret_cast<const char*>(plane_.data),
                                    plane_.stride * (plane_.size.height() - 1) + plane_.size.width()));
        description.setDataStride(quint32(plane_.stride));
        updates->uploadTexture(texture_.get(), QRhiTextureUploadEntry(0, 0, description));
    }

private:
    VideoFrame::Plane plane_;
    std::shared_ptr<const void> owner_;
    std::unique_ptr<QRhiTexture> texture_;
    bool dirty_ = false;
};

namespace {

// From Y, Cb, Cr as sampled (0 to 1) to RGB.
QMatrix4x4 toRgb(ColorMatrix matrix, bool fullRange) {
    float kr = 0.2126F;
    float kb = 0.0722F;
    switch (matrix) {
        case ColorMatrix::Bt601:
            kr = 0.299F;
            kb = 0.114F;
            break;
        case ColorMatrix::Bt709:
            break;
        case ColorMatrix::Bt2020:
            kr = 0.2627F;
            kb = 0.0593F;
            break;
    }
    const float kg = 1 - kr - kb;
    const float y = fullRange ? 1.0F : 255.0F / 219.0F;
    const float c = fullRange ? 1.0F : 255.0F / 224.0F;
    const float yOffset = fullRange ? 0.0F : 16.0F / 255.0F;
    const float cOffset = 128.0F / 255.0F;
    const float rCr = 2 * (1 - kr) * c;
    const float bCb = 2 * (1 - kb) * c;
    const float gCb = -2 * kb * (1 - kb) / kg * c;
    const float gCr = -2 * kr * (1 - kr) / kg * c;
    const auto offset = [&](float cb, float cr) { return -y * yOffset - (cb + cr) * cOffset; };
    return QMatrix4x4(y, 0, rCr, offset(0, rCr), y, gCb, gCr, offset(gCb, gCr), y, bCb, 0, offset(bCb, 0), 0,
                      0, 0, 1);
}

// Layout of the uniform block in planes.vert and planes.frag.
constexpr int kMatrixAt = 0;
constexpr int kColorAt = 64;
constexpr int kOpacityAt = 128;

class PlanesShader : public QSGMaterialShader {
public:
    PlanesShader() {
        setShaderFileName(VertexStage, QStringLiteral(":/tikgok/playback/shaders/planes.vert.qsb"));
        setShaderFileName(FragmentStage, QStringLiteral(":/tikgok/playback/shaders/planes.frag.qsb"));
    }

    bool updateUniformData(RenderState& state, QSGMaterial* material, QSGMaterial* before) override {
        char* bytes = state.uniformData()->data();
        bool changed = false;
        if (state.isMatrixDirty()) {
            const QMatrix4x4 matrix = state.combinedMatrix();
            std::memcpy(bytes + kMatrixAt, matrix.constData(), 64);
            changed = true;
        }
        if (state.isOpacityDirty()) {
            const float opacity = state.opacity();
            std::memcpy(bytes + kOpacityAt, &opacity, 4);
            changed = true;
        }
        const auto* now = static_cast<PlanesMaterial*>(material);
        const auto* last = static_cast<PlanesMaterial*>(before);
        if (!last || last->matrix != now->matrix || last->fullRange != now->fullRange || last == now) {
            const QMatrix4x4 color = toRgb(now->matrix, now->fullRange);
            std::memcpy(bytes + kColorAt, color.constData(), 64);
            changed = true;
        }
        return changed;
    }

    void updateSampledImage(RenderState& state, int binding, QSGTexture** texture, QSGMaterial* material,
                            QSGMaterial*) override {
        const auto* planes = static_cast<PlanesMaterial*>(material);
        if (binding < 1 || binding > 3)
            return;
        PlaneTexture* plane = planes->textures[std::size_t(binding - 1)].get();
        plane->commitTextureOperations(state.rhi(), state.resourceUpdateBatch());
        *texture = plane;
    }
};

}  // namespace

PlanesMaterial::PlanesMaterial() {
    for (auto& texture : textures)
        texture = std::make_unique<PlaneTexture>();
}

PlanesMaterial::~PlanesMaterial() = default;

QSGMaterialType* PlanesMaterial::type() const {
    static QSGMaterialType type;
    return &type;
}

QSGMaterialShader* PlanesMaterial::createShader(QSGRendererInterface::RenderMode) const {
    return new PlanesShader;
}

int PlanesMaterial::compare(const QSGMaterial* other) const {
    return this == other ? 0 : this < other ? -1 : 1;
}

void PlanesMaterial::setFrame(const VideoFrame& frame) {
    for (std::size_t i = 0; i < textures.size(); ++i)
        textures[i]->setPlane(frame.planes[i], frame.owner);
    matrix = frame.matrix;
    fullRange = frame.fullRange;
}

PlanesNode::PlanesNode() : geometry_(QSGGeometry::defaultAttributes_TexturedPoint2D(), 4) {
    geometry_.setDrawingMode(QSGGeometry::DrawTriangleStrip);
    setGeometry(&geometry_);
    setMaterial(&material_);
}

void PlanesNode::setFrame(const VideoFrame& frame) {
    if (number_ == frame.number)
        return;
    number_ = frame.number;
    material_.setFrame(frame);
    markDirty(DirtyMaterial);
}

void PlanesNode::setRects(const QRectF& content, const QRectF& visible, int rotation) {
    if (content == content_ && visible == visible_ && rotation == rotation_)
        return;
    content_ = content;
    visible_ = visible;
    rotation_ = rotation;
    const float left = float((visible.left() - content.left()) / content.width());
    const float right = float((visible.right() - content.left()) / content.width());
    const float top = float((visible.top() - content.top()) / content.height());
    const float bottom = float((visible.bottom() - content.top()) / content.height());
    auto* vertex = geometry_.vertexDataAsTexturedPoint2D();
    const auto set = [&](int i, double x, double y, float u, float v) {
        // (u, v) is in the upright picture; the texture is as the camera held it.
        float s = u;
        float t = v;
        switch (rotation) {
            case 90:
                s = v;
                t = 1 - u;
                break;
            case 180:
                s = 1 - u;
                t = 1 - v;
                break;
            case 270:
                s = 1 - v;
                t = u;
                break;
            default:
                break;
        }
        vertex[i].set(float(x), float(y), s, t);
    };
    set(0, visible.left(), visible.top(), left, top);
    set(1, visible.left(), visible.bottom(), left, bottom);
    set(2, visible.right(), visible.top(), right, top);
    set(3, visible.right(), visible.bottom(), right, bottom);
    markDirty(DirtyGeometry);
}

}  // namespace tikgok
