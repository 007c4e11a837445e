// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/preview_player.h"

#include <algorithm>

namespace tikgok {

PreviewPlayer::PreviewPlayer(const PlayerFactory& factory, QObject* parent)
    : PreviewPlayer(factory, Options(), parent) {}

PreviewPlayer::PreviewPlayer(const PlayerFactory& factory, Options options, QObject* parent)
    : QObject(parent), factory_(factory), options_(options) {
    again_.setSingleShot(true);
    connect(&again_, &QTimer::timeout, this, [this] {
        Q_EMIT waitingChanged();
        player_->retry();
    });
}

void PreviewPlayer::makePlayer() {
    player_ = factory_();
    player_->setMuted(muted_);
    connect(player_.get(), &Player::failed, this, &PreviewPlayer::playerFailed);
    connect(player_.get(), &Player::firstFrame, this, [this] { tries_ = 0; });
    connect(player_.get(), &Player::stateChanged, this, &PreviewPlayer::waitingChanged);
    Q_EMIT playerChanged();
}

void PreviewPlayer::setSource(const QUrl& source) {
    if (source == source_)
        return;
    source_ = source;
    tries_ = 0;
    again_.stop();
    if (!player_)
        makePlayer();
    player_->setSource(source);
    if (playing_ && !source.isEmpty())
        player_->play();
    Q_EMIT sourceChanged();
    Q_EMIT waitingChanged();
}

void PreviewPlayer::setPlaying(bool playing) {
    if (playing == playing_)
        return;
    playing_ = playing;
    if (!source_.isEmpty()) {
        if (playing)
            player_->play();
        else
            player_->pause();
    }
    Q_EMIT playingChanged();
}

void PreviewPlayer::setMuted(bool muted) {
    if (muted == muted_)
        return;
    muted_ = muted;
    if (player_)
        player_->setMuted(muted);
    Q_EMIT mutedChanged();
}

bool PreviewPlayer::failed() const {
    return player_ && player_->state() == Player::State::Failed && !again_.isActive();
}

void PreviewPlayer::retry() {
    tries_ = 0;
    again_.stop();
    if (player_)
        player_->retry();
    Q_EMIT waitingChanged();
}

void PreviewPlayer::seek(qint64 positionMs) {
    if (player_)
        player_->seek(positionMs, true);
}

void PreviewPlayer::playerFailed() {
    const bool mayCome = player_->errorKind() == Player::ErrorKind::NotFound && !source_.isLocalFile();
    if (mayCome && tries_ < options_.tries) {
        const auto wait = options_.firstWait * (1 << std::min(tries_, 10));
        ++tries_;
        again_.start(std::min(wait, options_.longestWait));
    }
    Q_EMIT waitingChanged();
}

}  // namespace tikgok
