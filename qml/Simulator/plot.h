// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QList>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

namespace tikgok {

// A curve with what is below it filled, from the oldest value at the left to the newest at the right. It
// starts at zero and reaches as high as its peak, or `least`. Painted, so that it looks the same with the
// software scene graph.
class Plot : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QList<double> values READ values WRITE setValues NOTIFY valuesChanged FINAL)
    // So many values fill the width; fewer stand at the right.
    Q_PROPERTY(int room READ room WRITE setRoom NOTIFY roomChanged FINAL)
    // What the top stands for when all values are below it.
    Q_PROPERTY(double least READ least WRITE setLeast NOTIFY leastChanged FINAL)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY colorChanged FINAL)
    Q_PROPERTY(QColor ground READ ground WRITE setGround NOTIFY groundChanged FINAL)

public:
    explicit Plot(QQuickItem* parent = nullptr);

    QList<double> values() const { return values_; }
    void setValues(const QList<double>& values);
    int room() const { return room_; }
    void setRoom(int room);
    double least() const { return least_; }
    void setLeast(double least);
    QColor color() const { return color_; }
    void setColor(const QColor& color);
    QColor ground() const { return ground_; }
    void setGround(const QColor& ground);

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void valuesChanged();
    void roomChanged();
    void leastChanged();
    void colorChanged();
    void groundChanged();

private:
    QList<double> values_;
    int room_ = 120;
    double least_ = 1;
    QColor color_ = Qt::black;
    QColor ground_ = Qt::gray;
};

}  // namespace tikgok
