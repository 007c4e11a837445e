// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A player that shows the cover of its video as its only frame, when the test says so.
#pragma once

#include "core/playback/player.h"

#include <QImage>

namespace tikgok::test {

// Shared by all players of one stage.
struct StillProjector {
    // Frames come by themselves as soon as a source is set.
    bool automatic = true;
    // Sources (the end of the address) that fail, and how.
    QHash<QString, Player::ErrorKind> failures;
    QList<class StillPlayer*> players;
    // What all of them show instead of the covers, if it is not null.
    QImage picture;
    // Hands out the first frames that were held back.
    void roll();
};

class StillPlayer final : public Player {
    Q_OBJECT

public:
    explicit StillPlayer(std::shared_ptr<StillProjector> projector);
    ~StillPlayer() override;

    QUrl source() const override { return source_; }
    void setSource(const QUrl& source) override;
    void play() override { setState(State::Playing); }
    void pause() override { setState(State::Paused); }
    void retry() override { setSource(source_); }
    bool isMuted() const override { return muted_; }
    void setMuted(bool muted) override { muted_ = muted; }
    double volume() const override { return 1; }
    void setVolume(double) override {}
    double rate() const override { return rate_; }
    void setRate(double rate) override { rate_ = rate; }
    bool isLooping() const override { return true; }
    void setLooping(bool) override {}
    void seek(qint64 positionMs, bool exact) override;
    State state() const override { return state_; }
    Error error() const override { return {error_, {}}; }
    qint64 position() const override { return position_; }
    qint64 duration() const override { return source_.isEmpty() ? 0 : 8000; }
    Statistics statistics() const override { return {}; }
    void setFrameSink(FrameSink* sink) override;
    void clearFrameSink(const FrameSink* sink) override;
    void setFrameRequest(const FrameRequest&) override {}
    void setFrugal(bool) override {}

    void roll();

private:
    void setState(State state);

    std::shared_ptr<StillProjector> projector_;
    QUrl source_;
    State state_ = State::Empty;
    ErrorKind error_ = ErrorKind::None;
    VideoFrame frame_;
    FrameSink* sink_ = nullptr;
    qint64 position_ = 3200;
    bool muted_ = false;
    bool wanted_ = false;
    double rate_ = 1;
};

}  // namespace tikgok::test
