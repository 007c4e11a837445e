// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/ffmpeg_player.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tikgok {

namespace {

using Steady = std::chrono::steady_clock;

constexpr int kFadeMs = 60;
constexpr int kTellMs = 100;
// Without a frame in the queue the player looks so often, in case the decoder is only slow.
constexpr int kIdleLookMs = 50;
constexpr int64_t kStallUs = 30000;      // the last frame may stand so much longer before playing waits
constexpr int64_t kLateUs = 80000;       // from here on fewer frames are decoded
constexpr int64_t kHopelessUs = 400000;  // from here on the film plays slower than it should
// A frame that is due within this is shown now: a timer is no more exact.
constexpr int64_t kEarlyUs = 1000;

int64_t nowMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now().time_since_epoch()).count();
}

}  // namespace

FfmpegPlayer::FfmpegPlayer(std::shared_ptr<EngineParts> parts) : parts_(std::move(parts)) {
    timer_.setSingleShot(true);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &FfmpegPlayer::tick);
    fadeTimer_.setSingleShot(true);
    fadeTimer_.setInterval(kFadeMs);
    connect(&fadeTimer_, &QTimer::timeout, this, [this] {
        if (session_ && parts_->audio && !clock_.running)
            parts_->audio->remove(session_->audio());
    });
}

FfmpegPlayer::~FfmpegPlayer() {
    closeSession();
}

void FfmpegPlayer::setSource(const QUrl& source) {
    const bool other = source_ != source;
    source_ = source;
    wantsPlay_ = everPlayed_ = false;
    closeSession();
    error_ = {};
    if (sink_)
        sink_->reset();
    if (!source_.isEmpty())
        openSession(0);
    if (other)
        Q_EMIT sourceChanged();
    updateState();
    tellPosition(true);
}

void FfmpegPlayer::openSession(qint64 startMs) {
    MediaSession::Options options;
    options.input = {source_, parts_->options.userAgent,
                     std::chrono::milliseconds(parts_->options.networkTimeoutMs), parts_->options.source,
                     source_.isLocalFile() ? nullptr : parts_->options.received};
    options.request = request_;
    options.frugal = frugal_;
    options.looping = looping_;
    options.rate = clock_.rate;
    options.frameNumbers = parts_->frameNumbers;
    session_ = std::make_shared<MediaSession>(std::move(options), parts_->threads, [this] {
        // From another thread; the session calls no more once stop() has returned.
        QMetaObject::invokeMethod(this, &FfmpegPlayer::tick, Qt::QueuedConnection);
    });
    awaitsFrame_ = true;
    soughtMs_ = startMs;
    if (startMs > 0)
        session_->seek(startMs * 1000, true);
    clock_.set(startMs * 1000, Steady::now());
    applySound();
    session_->start();
}

void FfmpegPlayer::closeSession() {
    timer_.stop();
    fadeTimer_.stop();
    if (session_) {
        if (parts_->audio)
            parts_->audio->remove(session_->audio());
        session_->stop();
        decodedBefore_ += session_->framesDecoded();
        session_.reset();
    }
    clock_.running = false;
    clock_.set(0, Steady::now());
    frame_ = {};
    hasFrame_ = awaitsFrame_ = atEnd_ = false;
    soughtMs_ = 0;
    if (std::exchange(durationUs_, 0) != 0)
        Q_EMIT durationChanged();
}

void FfmpegPlayer::play() {
    if (wantsPlay_ || source_.isEmpty() || state_ == State::Failed)
        return;
    wantsPlay_ = everPlayed_ = true;
    session_->setPlaying(true);
    if (std::exchange(atEnd_, false))
        seek(0, true);
    tick();
}

void FfmpegPlayer::pause() {
    if (!wantsPlay_)
        return;
    wantsPlay_ = false;
    timer_.stop();
    stopClock();
    if (session_)
        session_->setPlaying(false);
    updateState();
    tellPosition(true);
}

void FfmpegPlayer::retry() {
    if (state_ != State::Failed)
        return;
    const bool play = everPlayed_;
    const qint64 from = position();
    const bool hadFrame = hasFrame_;
    closeSession();
    error_ = {};
    // The old picture stays until the new one is there.
    hasFrame_ = hadFrame;
    openSession(from);
    wantsPlay_ = play;
    session_->setPlaying(play);
    updateState();
}

void FfmpegPlayer::setMuted(bool muted) {
    muted_ = muted;
    applySound();
}

void FfmpegPlayer::setVolume(double volume) {
    volume_ = std::clamp(volume, 0.0, 1.0);
    applySound();
}

void FfmpegPlayer::setRate(double rate) {
    rate = std::clamp(rate, 0.5, 2.0);
    if (clock_.rate == rate)
        return;
    clock_.setRate(rate, Steady::now());
    if (!session_)
        return;
    applySound();
    session_->setRate(rate);
    if (clock_.running)
        tick();
}

void FfmpegPlayer::setLooping(bool looping) {
    looping_ = looping;
    if (session_)
        session_->setLooping(looping);
}

void FfmpegPlayer::setFrugal(bool frugal) {
    if (std::exchange(frugal_, frugal) != frugal && session_)
        session_->setFrugal(frugal);
}

void FfmpegPlayer::setFrameRequest(const FrameRequest& request) {
    if (request_ == request)
        return;
    request_ = request;
    if (session_)
        session_->setRequest(request);
}

void FfmpegPlayer::setFrameSink(FrameSink* sink) {
    if (sink_ == sink)
        return;
    if (sink_)
        sink_->reset();
    sink_ = sink;
    if (sink_ && hasFrame_ && !frame_.frame.isNull())
        sink_->present(frame_.frame);
}

void FfmpegPlayer::clearFrameSink(const FrameSink* sink) {
    if (sink_ == sink)
        sink_ = nullptr;
}

void FfmpegPlayer::seek(qint64 positionMs, bool exact) {
    if (!session_ || state_ == State::Failed)
        return;
    qint64 us = std::max<qint64>(0, positionMs) * 1000;
    if (durationUs_ > 0)
        us = std::min(us, std::max<qint64>(0, durationUs_ - 1000));
    soughtMs_ = us / 1000;
    awaitsFrame_ = true;
    atEnd_ = false;
    timer_.stop();
    clock_.stop(Steady::now());
    clock_.set(us, Steady::now());
    applySound();
    session_->seek(us, exact);
    updateState();
    tellPosition(true);
}

qint64 FfmpegPlayer::position() const {
    if (awaitsFrame_ || frame_.frame.isNull())
        return soughtMs_;
    const int64_t since = std::max<int64_t>(0, clock_.at(Steady::now()) - frame_.timeUs);
    // The frame knows where it is; the clock only how long it has been there.
    const int64_t us =
        frame_.frame.positionMs * 1000 + (clock_.running ? since : std::min(since, frame_.durationUs));
    return (durationUs_ > 0 ? std::min<int64_t>(us, durationUs_) : us) / 1000;
}

Player::Statistics FfmpegPlayer::statistics() const {
    Statistics result = statistics_;
    result.framesDecoded = decodedBefore_ + (session_ ? session_->framesDecoded() : 0);
    return result;
}

void FfmpegPlayer::applySound() {
    if (!session_)
        return;
    session_->audio()->setClock(clock_);
    session_->audio()->setGain(muted_ ? 0.0F : float(volume_));
}

void FfmpegPlayer::startClock() {
    if (clock_.running)
        return;
    clock_.start(Steady::now());
    applySound();
    fadeTimer_.stop();
    if (parts_->audio)
        parts_->audio->add(session_->audio());
}

void FfmpegPlayer::stopClock() {
    if (!clock_.running)
        return;
    clock_.stop(Steady::now());
    applySound();
    fadeTimer_.start();
}

void FfmpegPlayer::tick() {
    if (!session_ || state_ == State::Failed)
        return;
    const MediaSession::Status status = session_->status();
    if (durationUs_ != status.durationUs) {
        durationUs_ = status.durationUs;
        Q_EMIT durationChanged();
    }
    const std::shared_ptr<MediaSession> same = session_;
    if (awaitsFrame_ && !takeAwaited(status))
        return;
    // Whoever listens to signals may have changed the source meanwhile.
    if (session_ != same)
        return;
    if (wantsPlay_ && !clock_.running && status.canStart)
        startClock();
    if (clock_.running)
        advance(status);
    if (session_ != same || state_ == State::Failed)
        return;
    // Data trickles in without a call for each piece: look whether it is enough by now.
    if (wantsPlay_ && !clock_.running && !timer_.isActive())
        timer_.start(kIdleLookMs);
    updateState();
}

bool FfmpegPlayer::takeAwaited(const MediaSession::Status& status) {
    std::optional<TimedFrame> first = session_->takeFirst();
    if (!first) {
        if (status.failed)
            fail(session_->error());
        else
            updateState();
        return false;
    }
    awaitsFrame_ = false;
    clock_.set(first->timeUs, Steady::now());
    applySound();
    const bool isFirst = !std::exchange(hasFrame_, true);
    const std::shared_ptr<MediaSession> same = session_;
    show(*first);
    if (session_ == same)
        tellPosition(true);
    if (session_ == same && isFirst) {
        updateState();
        if (session_ == same)
            Q_EMIT firstFrame();
    }
    return session_ == same;
}

void FfmpegPlayer::advance(const MediaSession::Status& status) {
    const std::shared_ptr<MediaSession> same = session_;
    const int64_t nowUs = clock_.at(Steady::now());
    MediaSession::Due due = session_->takeDue(nowUs + kEarlyUs);
    statistics_.framesDropped += uint64_t(due.dropped);
    if (due.frame) {
        const int64_t lateUs = nowUs - due.frame->timeUs;
        session_->setLate(lateUs > kLateUs);
        if (lateUs > kHopelessUs && !due.nextUs) {
            clock_.set(due.frame->timeUs, Steady::now());
            applySound();
        }
        const bool again = due.frame->loop != frame_.loop;
        show(*due.frame);
        if (session_ == same && again)
            Q_EMIT looped();
        if (session_ == same)
            tellPosition(again);
        if (session_ != same || !clock_.running)
            return;
    }
    int waitMs = kIdleLookMs;
    if (due.nextUs) {
        const double ms = double(*due.nextUs - clock_.at(Steady::now())) / clock_.rate / 1000;
        waitMs = std::clamp(int(std::ceil(ms - 0.5)), 0, 1000);
    } else if (!due.frame) {
        const int64_t overUs = nowUs - (frame_.timeUs + frame_.durationUs);
        if (status.ended && overUs >= 0) {
            atEnd_ = true;
            clock_.set(frame_.timeUs + frame_.durationUs, Steady::now());
            return pause();
        }
        if (status.starved && overUs > kStallUs) {
            // From here it goes on when data is there.
            clock_.set(frame_.timeUs + frame_.durationUs, Steady::now());
            stopClock();
            if (status.failed)
                return fail(session_->error());
            return;
        }
    }
    timer_.start(waitMs);
}

void FfmpegPlayer::show(const TimedFrame& frame) {
    frame_ = frame;
    ++statistics_.framesShown;
    if (sink_)
        sink_->present(frame_.frame);
}

void FfmpegPlayer::fail(const Error& error) {
    timer_.stop();
    soughtMs_ = position();
    stopClock();
    wantsPlay_ = false;
    error_ = error;
    session_->stop();
    state_ = State::Failed;
    const QUrl source = source_;
    Q_EMIT stateChanged();
    if (state_ == State::Failed && source_ == source)
        Q_EMIT failed();
}

void FfmpegPlayer::updateState() {
    State state = State::Loading;
    if (!session_)
        state = State::Empty;
    else if (!hasFrame_)
        state = State::Loading;
    else if (wantsPlay_)
        state = clock_.running ? State::Playing : State::Loading;
    else
        state = everPlayed_ ? State::Paused : State::Ready;
    if (std::exchange(state_, state) != state)
        Q_EMIT stateChanged();
}

void FfmpegPlayer::tellPosition(bool now) {
    const int64_t ms = nowMs();
    if (!now && ms - toldAtMs_ < kTellMs)
        return;
    toldAtMs_ = ms;
    Q_EMIT positionChanged();
}

}  // namespace tikgok
