// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/qml/support/still_player.h"

#include "resources/demo_media_dir.h"
#include "tests/qml/support/stage_server.h"

#include <QFileInfo>

namespace tikgok::test {

void StillProjector::roll() {
    for (StillPlayer* player : players)
        player->roll();
}

StillPlayer::StillPlayer(std::shared_ptr<StillProjector> projector) : projector_(std::move(projector)) {
    projector_->players.append(this);
}

StillPlayer::~StillPlayer() {
    projector_->players.removeAll(this);
}

void StillPlayer::setSource(const QUrl& source) {
    source_ = source;
    frame_ = {};
    error_ = ErrorKind::None;
    if (sink_)
        sink_->reset();
    Q_EMIT sourceChanged();
    if (source.isEmpty()) {
        setState(State::Empty);
        return;
    }
    for (const auto& [name, kind] : projector_->failures.asKeyValueRange()) {
        if (source.path().endsWith(name)) {
            error_ = kind;
            setState(State::Failed);
            Q_EMIT failed();
            return;
        }
    }
    setState(State::Loading);
    Q_EMIT durationChanged();
    if (projector_->automatic)
        QMetaObject::invokeMethod(this, &StillPlayer::roll, Qt::QueuedConnection);
}

void StillPlayer::roll() {
    if (source_.isEmpty() || !frame_.isNull() || state_ == State::Failed)
        return;
    // Whether it comes from the server or from a file.
    auto image = std::make_shared<QImage>(QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/covers/%1.jpg")
                                              .arg(QFileInfo(source_.path()).completeBaseName()));
    if (!projector_->picture.isNull()) {
        *image = projector_->picture;
    }
    if (image->isNull()) {
        *image = QImage(540, 960, QImage::Format_RGB32);
        image->fill(Qt::black);
    }
    *image = image->convertToFormat(QImage::Format_RGB32);
    static quint64 number = 0;
    frame_.layout = PixelLayout::Rgb32;
    frame_.size = frame_.displaySize = image->size();
    frame_.planes[0] = {image->constBits(), image->bytesPerLine(), image->size()};
    frame_.number = ++number;
    frame_.owner = image;
    if (state_ == State::Loading)
        setState(wanted_ ? State::Playing : State::Ready);
    if (sink_)
        sink_->present(frame_);
    Q_EMIT firstFrame();
    Q_EMIT positionChanged();
}

void StillPlayer::seek(qint64 positionMs, bool) {
    position_ = positionMs;
    Q_EMIT positionChanged();
}

void StillPlayer::setFrameSink(FrameSink* sink) {
    sink_ = sink;
    if (sink_ && !frame_.isNull())
        sink_->present(frame_);
}

void StillPlayer::clearFrameSink(const FrameSink* sink) {
    if (sink_ == sink)
        sink_ = nullptr;
}

void StillPlayer::setState(State state) {
    if (state == State::Playing || state == State::Paused) {
        wanted_ = state == State::Playing;
        if (frame_.isNull())
            return;
    }
    if (state_ == state)
        return;
    state_ = state;
    Q_EMIT stateChanged();
}

}  // namespace tikgok::test
