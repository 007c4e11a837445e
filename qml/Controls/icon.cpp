// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Controls/icon.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace tikgok {

Icon::Icon(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setImplicitSize(24, 24);
    setAntialiasing(true);
}

void Icon::setName(const QString& name) {
    if (name_ == name)
        return;
    name_ = name;
    load();
    Q_EMIT nameChanged();
    update();
}

void Icon::setColor(const QColor& color) {
    if (color_ == color)
        return;
    color_ = color;
    Q_EMIT colorChanged();
    update();
}

void Icon::setSize(double size) {
    if (qFuzzyCompare(implicitWidth(), size))
        return;
    setImplicitSize(size, size);
    Q_EMIT sizeChanged();
}

void Icon::load() {
    source_.clear();
    if (name_.isEmpty())
        return;
    QFile file(QStringLiteral(":/tikgok/icons/%1.svg").arg(name_));
    if (file.open(QIODevice::ReadOnly))
        source_ = file.readAll();
    else
        qWarning("no icon of the name '%s'", qPrintable(name_));
}

void Icon::paint(QPainter* painter) {
    if (source_.isEmpty())
        return;
    // Qt Svg knows no currentColor from outside, so the colour is put into the text. The files are some
    // hundred bytes.
    QByteArray text = source_;
    text.replace("currentColor", color_.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(text);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setOpacity(color_.alphaF());
    const double side = std::min(width(), height());
    renderer.render(painter, QRectF((width() - side) / 2, (height() - side) / 2, side, side));
}

}  // namespace tikgok
