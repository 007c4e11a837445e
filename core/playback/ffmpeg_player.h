// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/audio_output.h"
#include "core/playback/audio_stream.h"
#include "core/playback/media_session.h"
#include "core/playback/playback_engine.h"
#include "core/playback/player.h"

#include <QTimer>

#include <memory>

namespace tikgok {

// What the players of one engine share.
struct EngineParts {
    EngineOptions options;
    ThreadGroup threads;
    std::unique_ptr<AudioOutput> audio;  // null: no sound
    std::shared_ptr<std::atomic<uint64_t>> frameNumbers = std::make_shared<std::atomic<uint64_t>>(0);
};

// Shows the frames of a MediaSession at their time. The wall clock leads; the sound follows it.
class FfmpegPlayer final : public Player {
    Q_OBJECT

public:
    explicit FfmpegPlayer(std::shared_ptr<EngineParts> parts);
    ~FfmpegPlayer() override;

    QUrl source() const override { return source_; }
    void setSource(const QUrl& source) override;
    void play() override;
    void pause() override;
    void retry() override;
    bool isMuted() const override { return muted_; }
    void setMuted(bool muted) override;
    double volume() const override { return volume_; }
    void setVolume(double volume) override;
    double rate() const override { return clock_.rate; }
    void setRate(double rate) override;
    bool isLooping() const override { return looping_; }
    void setLooping(bool looping) override;
    void seek(qint64 positionMs, bool exact) override;
    State state() const override { return state_; }
    Error error() const override { return error_; }
    qint64 position() const override;
    qint64 duration() const override { return durationUs_ / 1000; }
    Statistics statistics() const override;
    void setFrameSink(FrameSink* sink) override;
    void clearFrameSink(const FrameSink* sink) override;
    void setFrameRequest(const FrameRequest& request) override;
    void setFrugal(bool frugal) override;

private:
    void openSession(qint64 startMs);
    void closeSession();
    void tick();  // something happened, or a frame is due
    bool takeAwaited(const MediaSession::Status& status);
    void advance(const MediaSession::Status& status);
    void show(const TimedFrame& frame);
    void startClock();
    void stopClock();
    void applySound();
    void fail(const Error& error);
    void updateState();
    void tellPosition(bool now);

    const std::shared_ptr<EngineParts> parts_;
    std::shared_ptr<MediaSession> session_;
    QTimer timer_;      // the next frame
    QTimer fadeTimer_;  // lets the sound fade out before its stream goes
    MediaClock clock_;

    QUrl source_;
    FrameSink* sink_ = nullptr;
    FrameRequest request_;
    State state_ = State::Empty;
    Error error_;
    bool wantsPlay_ = false;
    bool everPlayed_ = false;   // since the source was set
    bool awaitsFrame_ = false;  // opened or sought: the next frame is shown whatever its time
    bool hasFrame_ = false;     // of this source
    bool atEnd_ = false;        // not looping, and done
    bool looping_ = true;
    bool muted_ = false;
    bool frugal_ = false;
    double volume_ = 1;
    qint64 durationUs_ = 0;
    qint64 soughtMs_ = 0;  // where position() is while a frame is awaited
    TimedFrame frame_;     // on screen
    qint64 toldAtMs_ = 0;
    uint64_t decodedBefore_ = 0;  // by earlier sessions
    Statistics statistics_;
};

}  // namespace tikgok
