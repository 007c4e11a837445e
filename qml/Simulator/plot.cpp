// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "qml/Simulator/plot.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace tikgok {

Plot::Plot(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setAntialiasing(true);
}

void Plot::setValues(const QList<double>& values) {
    if (values_ == values)
        return;
    values_ = values;
    Q_EMIT valuesChanged();
    update();
}

void Plot::setRoom(int room) {
    if (room_ == room)
        return;
    room_ = room;
    Q_EMIT roomChanged();
    update();
}

void Plot::setLeast(double least) {
    if (least_ == least)
        return;
    least_ = least;
    Q_EMIT leastChanged();
    update();
}

void Plot::setColor(const QColor& color) {
    if (color_ == color)
        return;
    color_ = color;
    Q_EMIT colorChanged();
    update();
}

void Plot::setGround(const QColor& ground) {
    if (ground_ == ground)
        return;
    ground_ = ground;
    Q_EMIT groundChanged();
    update();
}

void Plot::paint(QPainter* painter) {
    constexpr double kLine = 1.75;
    constexpr int kFaint = 40;
    const double bottom = height() - kLine / 2;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(ground_, 1));
    for (const double share : {0.0, 0.5, 1.0}) {
        const double y = qRound(bottom - share * (height() - kLine)) + 0.5;
        painter->drawLine(QPointF(0, y), QPointF(width(), y));
    }
    if (values_.isEmpty() || room_ < 2)
        return;
    const double top = std::max(least_, *std::ranges::max_element(values_));
    const double step = width() / (room_ - 1);
    const auto point = [&](qsizetype i) {
        return QPointF(width() - static_cast<double>(values_.size() - 1 - i) * step,
                       bottom - values_.at(i) / top * (height() - kLine));
    };
    QPainterPath curve(point(0));
    for (qsizetype i = 1; i < values_.size(); ++i)
        curve.lineTo(point(i));
    if (values_.size() == 1)
        curve.lineTo(point(0) - QPointF(step, 0));
    QPainterPath area = curve;
    area.lineTo(curve.currentPosition().x(), height());
    area.lineTo(curve.elementAt(0).x, height());
    area.closeSubpath();
    QColor faint = color_;
    faint.setAlpha(kFaint);
    painter->fillPath(area, faint);
    painter->strokePath(curve, QPen(color_, kLine, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

}  // namespace tikgok
