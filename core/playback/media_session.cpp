// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/media_session.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// How far ahead to read: the video that plays, and one that only waits.
constexpr int64_t kAheadUs = 20000000;
constexpr int64_t kAheadBytes = 8 << 20;
constexpr int64_t kFrugalAheadUs = 1500000;
constexpr int64_t kFrugalAheadBytes = 3 << 19;
// A file whose sound and picture lie far apart is read up to this.
constexpr int64_t kMostBytes = 32 << 20;

// Enough to start with or to go on after waiting.
constexpr int64_t kStartUs = 300000;
constexpr int64_t kStartBytes = 1 << 20;

constexpr std::size_t kFrameBytes = 12 << 20;
constexpr std::size_t kMostFrames = 8;
constexpr std::size_t kLeastFrames = 3;
constexpr std::size_t kWaitingFrames = 2;  // while not playing

}  // namespace

MediaSession::MediaSession(Options options, ThreadGroup threads, std::function<void()> notify)
    : options_(std::move(options)),
      threads_(std::move(threads)),
      audio_(std::make_shared<AudioStream>()),
      input_(options_.input),
      frugal_(options_.frugal),
      looping_(options_.looping),
      rate_(options_.rate),
      request_(options_.request),
      notify_(std::move(notify)) {}

void MediaSession::start() {
    if (!threads_.start([self = shared_from_this()] { self->readLoop(); }))
        fail({Player::ErrorKind::Internal, QStringLiteral("no thread for reading")});
}

void MediaSession::stop() {
    {
        const std::lock_guard lock(notifyMutex_);
        notify_ = nullptr;
    }
    input_.stop();
    const std::lock_guard lock(mutex_);
    stop_ = true;
    frames_.clear();
    changed_.notify_all();
}

void MediaSession::notify() {
    const std::lock_guard lock(notifyMutex_);
    if (notify_)
        notify_();
}

void MediaSession::fail(const Player::Error& error) {
    {
        const std::lock_guard lock(mutex_);
        if (stop_ || failed_)
            return;
        failed_ = true;
        error_ = error;
        changed_.notify_all();
    }
    notify();
}

void MediaSession::seek(int64_t timeUs, bool exact) {
    const std::lock_guard lock(mutex_);
    ++serial_;
    seekUs_ = timeUs;
    seekExact_ = exact;
    frames_.clear();
    audio_->clear();
    starved_ = ended_ = false;
    // A jump of the reader that has not happened yet is replaced.
    if (readerMustSeek_ || !store_ || !store_->seek(timeUs, !exact))
        readerMustSeek_ = true;
    changed_.notify_all();
}

void MediaSession::setPlaying(bool playing) {
    const std::lock_guard lock(mutex_);
    playing_ = playing;
    changed_.notify_all();
}

void MediaSession::setFrugal(bool frugal) {
    const std::lock_guard lock(mutex_);
    frugal_ = frugal;
    changed_.notify_all();
}

void MediaSession::setLooping(bool looping) {
    const std::lock_guard lock(mutex_);
    looping_ = looping;
    changed_.notify_all();
}

void MediaSession::setRate(double rate) {
    const std::lock_guard lock(mutex_);
    rate_ = rate;
    // What was stretched already has the wrong length now. Take it again from where we are.
    const int64_t nowUs = audio_->nowUs();
    audio_->clear();
    if (store_ && nowUs >= audioOffsetUs_) {
        store_->rewindAudio(nowUs - audioOffsetUs_);
        ++audioSerial_;
    }
    changed_.notify_all();
}

void MediaSession::setRequest(const FrameRequest& request) {
    const std::lock_guard lock(mutex_);
    request_ = request;
}

void MediaSession::setLate(bool late) {
    const std::lock_guard lock(mutex_);
    late_ = late;
}

MediaSession::Status MediaSession::status() const {
    const std::lock_guard lock(mutex_);
    Status status;
    status.opened = opened_;
    status.failed = failed_;
    status.starved = starved_;
    status.ended = ended_;
    status.durationUs = durationUs_;
    status.canStart = failed_ || ended_ ||
                      (store_ && (store_->atEnd() || store_->aheadUs(Track::Video) >= kStartUs ||
                                  store_->aheadBytes() >= kStartBytes));
    return status;
}

Player::Error MediaSession::error() const {
    const std::lock_guard lock(mutex_);
    return error_;
}

std::optional<TimedFrame> MediaSession::takeFirst() {
    const std::lock_guard lock(mutex_);
    if (frames_.empty())
        return std::nullopt;
    TimedFrame first = std::move(frames_.front());
    frames_.pop_front();
    changed_.notify_all();
    return first;
}

MediaSession::Due MediaSession::takeDue(int64_t nowUs) {
    const std::lock_guard lock(mutex_);
    Due due;
    while (!frames_.empty() && frames_.front().timeUs <= nowUs) {
        if (due.frame)
            ++due.dropped;
        due.frame = std::move(frames_.front());
        frames_.pop_front();
    }
    if (!frames_.empty())
        due.nextUs = frames_.front().timeUs;
    if (due.frame)
        changed_.notify_all();
    return due;
}

bool MediaSession::wantsMore() const {
    if (store_->atEnd())
        return false;
    if (store_->isEmptyAhead(Track::Video))
        return store_->aheadBytes() < kMostBytes;
    const bool little = frugal_ && !playing_;
    return store_->aheadBytes() < (little ? kFrugalAheadBytes : kAheadBytes) &&
           store_->aheadUs(Track::Video) < (little ? kFrugalAheadUs : kAheadUs);
}

std::size_t MediaSession::frameLimit() const {
    if (!playing_)
        return kWaitingFrames;
    if (frames_.empty())
        return kLeastFrames;
    std::size_t bytes = 1;
    for (const VideoFrame::Plane& plane : frames_.front().frame.planes)
        bytes += std::size_t(plane.stride) * std::size_t(std::max(0, plane.size.height()));
    return std::clamp(kFrameBytes / bytes, kLeastFrames, kMostFrames);
}

void MediaSession::readLoop() {
    if (!input_.open()) {
        fail(input_.error());
        return;
    }
    std::unique_lock lock(mutex_);
    if (stop_)
        return;
    opened_ = true;
    durationUs_ = input_.durationUs();
    store_.emplace(PacketStore::Limits{}, input_.audio() != nullptr);
    lock.unlock();
    if (!threads_.start([self = shared_from_this()] { self->decodeLoop(); })) {
        fail({Player::ErrorKind::Internal, QStringLiteral("no thread for decoding")});
        return;
    }
    notify();
    lock.lock();
    for (;;) {
        changed_.wait(lock, [this] { return stop_ || readerMustSeek_ || wantsMore(); });
        if (stop_)
            return;
        if (readerMustSeek_) {
            readerMustSeek_ = false;
            const int64_t target = seekUs_;
            store_->restart(target <= 0);
            lock.unlock();
            const bool done = input_.seek(target);
            if (!done)
                return fail(input_.error());
            lock.lock();
            continue;
        }
        lock.unlock();
        const MediaInput::Read read = input_.read();
        lock.lock();
        if (stop_ || read == MediaInput::Read::Stopped)
            return;
        if (readerMustSeek_)
            continue;
        switch (read) {
            case MediaInput::Read::Packet:
                store_->push(input_.isVideo() ? Track::Video : Track::Audio, input_.takePacket(),
                             input_.timeUs());
                break;
            case MediaInput::Read::End: {
                periodUs_ = std::max<int64_t>(input_.periodUs(), 1000);
                if (durationUs_ <= 0)
                    durationUs_ = periodUs_;
                const bool whole = store_->finish(looping_);
                const bool again = !whole && looping_;
                changed_.notify_all();
                lock.unlock();
                notify();
                if (whole) {
                    // All is in memory: neither connection nor thread is needed any more.
                    input_.close();
                    return;
                }
                if (again && !input_.seek(0))
                    return fail(input_.error());
                lock.lock();
                break;
            }
            case MediaInput::Read::Failed:
                lock.unlock();
                return fail(input_.error());
            case MediaInput::Read::Stopped:
                return;
        }
        changed_.notify_all();
    }
}

}  // namespace tikgok
