// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/screenshots/reference.h"

#include <QBuffer>
#include <QFile>
#include <QPainter>

#include <algorithm>
#include <cstdlib>

namespace tikgok::test {

namespace {

// Less is noise of fonts and of JPEG.
constexpr int kClear = 40;
constexpr int kQuality = 88;

QByteArray packed(const QImage& picture) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.scaled(picture.size() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .save(&buffer, "JPG", kQuality);
    return bytes;
}

// Through JPEG as the reference went, so that its losses are the same on both sides.
QImage halved(const QImage& picture) {
    return QImage::fromData(packed(picture), "JPG").convertToFormat(QImage::Format_RGB32);
}

int apart(QRgb one, QRgb other) {
    return std::max({std::abs(qRed(one) - qRed(other)), std::abs(qGreen(one) - qGreen(other)),
                     std::abs(qBlue(one) - qBlue(other))});
}

}  // namespace

QImage References::reference(const QString& name) const {
    return QImage(where_.filePath(name + QStringLiteral(".jpg"))).convertToFormat(QImage::Format_RGB32);
}

Distance References::distance(const QString& name, const QImage& picture) const {
    const QImage wanted = reference(name);
    const QImage got = halved(picture);
    if (wanted.size() != got.size()) {
        return {};
    }
    qint64 clear = 0;
    qint64 sum = 0;
    for (int y = 0; y < got.height(); ++y) {
        const auto* a = reinterpret_cast<const QRgb*>(wanted.constScanLine(y));
        const auto* b = reinterpret_cast<const QRgb*>(got.constScanLine(y));
        for (int x = 0; x < got.width(); ++x) {
            const int by = apart(a[x], b[x]);
            sum += by;
            clear += by > kClear ? 1 : 0;
        }
    }
    const auto all = static_cast<double>(got.width()) * got.height();
    return {.pixels = static_cast<double>(clear) / all, .mean = static_cast<double>(sum) / all};
}

void References::saveDifference(const QString& name, const QImage& picture) const {
    const QImage wanted = reference(name);
    const QImage got = halved(picture);
    QImage sheet(got.width() * 3, std::max(got.height(), wanted.height()), QImage::Format_RGB32);
    sheet.fill(Qt::black);
    QPainter painter(&sheet);
    painter.drawImage(0, 0, wanted);
    painter.drawImage(got.width(), 0, got);
    for (int y = 0; y < std::min(got.height(), wanted.height()); ++y) {
        for (int x = 0; x < std::min(got.width(), wanted.width()); ++x) {
            const int by = apart(wanted.pixel(x, y), got.pixel(x, y));
            painter.fillRect(2 * got.width() + x, y, 1, 1,
                             by > kClear ? QColor(255, by, by) : QColor(by, by, by));
        }
    }
    painter.end();
    differences_.mkpath(QStringLiteral("."));
    sheet.save(differences_.filePath(name + QStringLiteral(".png")));
}

bool References::update(const QString& name, const QImage& picture) const {
    where_.mkpath(QStringLiteral("."));
    QFile file(where_.filePath(name + QStringLiteral(".jpg")));
    return file.open(QIODevice::WriteOnly) && file.write(packed(picture)) > 0;
}

}  // namespace tikgok::test
