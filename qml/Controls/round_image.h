// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QNetworkReply>
#include <QPointer>
#include <QQuickPaintedItem>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace tikgok {

// A picture cut to a circle (or to rounded corners), filling the item. Needs neither shaders nor layers, so
// that it looks the same with the software scene graph. Paints nothing until the picture is there.
class RoundImage : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QUrl source READ source WRITE setSource NOTIFY sourceChanged FINAL)
    // Of the corners, in pixels; negative (the default): a circle.
    Q_PROPERTY(double radius READ radius WRITE setRadius NOTIFY radiusChanged FINAL)
    // Only a soft impression of the picture, for behind other things.
    Q_PROPERTY(bool blurred READ isBlurred WRITE setBlurred NOTIFY blurredChanged FINAL)
    // It may come later than what it belongs to, as covers do after publishing: while it is shown, it is
    // asked for again a few times, first after these milliseconds, and each time after twice the wait.
    // LateImage does the same.
    Q_PROPERTY(int firstWait MEMBER firstWait_ FINAL)
    Q_PROPERTY(bool ready READ isReady NOTIFY readyChanged FINAL)

public:
    explicit RoundImage(QQuickItem* parent = nullptr);
    ~RoundImage() override;

    QUrl source() const { return source_; }
    void setSource(const QUrl& source);
    double radius() const { return radius_; }
    void setRadius(double radius);
    bool isBlurred() const { return blurred_; }
    void setBlurred(bool blurred);
    bool isReady() const { return !image_.isNull(); }

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void sourceChanged();
    void radiusChanged();
    void blurredChanged();
    void readyChanged();

protected:
    void componentComplete() override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;

private:
    void load();
    void ask();
    void askAgainLater();
    void askAgain();
    void stop();
    void setImage(const QImage& image);
    void decode(QByteArray bytes, const QString& key);

    QUrl source_;
    double radius_ = -1;
    bool blurred_ = false;
    QImage image_;
    QPointer<QNetworkReply> reply_;
    // Of the picture that is wanted now.
    QPointer<QObject> decoding_;
    int firstWait_ = 2'000;
    // How often it was asked for again.
    int again_ = 0;
    // That was often enough. It is asked for once more whenever it comes into sight again.
    bool givenUp_ = false;
    // What came the last time could not be shown.
    bool unusable_ = false;
    // Its time has come while nobody saw it.
    bool due_ = false;
    QTimer later_;
};

}  // namespace tikgok
