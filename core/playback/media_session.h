// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/audio_stream.h"
#include "core/playback/media_input.h"
#include "core/playback/packet_store.h"
#include "core/playback/thread_group.h"
#include "core/playback/video_frame.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace tikgok {

// One decoded frame, placed on the time line that goes on through the loops.
struct TimedFrame {
    VideoFrame frame;
    int64_t timeUs = 0;
    int64_t durationUs = 0;
    int loop = 0;
};

// One source being read (a thread) and decoded (another). The player on the GUI thread takes frames out and
// says how much is wanted; no call waits for reading or decoding. The threads hold the session and end soon
// after stop().
class MediaSession : public std::enable_shared_from_this<MediaSession> {
public:
    struct Options {
        MediaInput::Options input;
        FrameRequest request;
        bool frugal = false;
        bool looping = true;
        double rate = 1;
        std::shared_ptr<std::atomic<uint64_t>> frameNumbers;
    };
    // `notify` is called on any thread when something the player waits for may have happened.
    MediaSession(Options options, ThreadGroup threads, std::function<void()> notify);

    void start();
    void stop();  // notify is not called any more once this has returned

    // Frames from before the call are gone; the time line starts again at `timeUs`.
    void seek(int64_t timeUs, bool exact);
    void setPlaying(bool playing);
    void setFrugal(bool frugal);
    void setLooping(bool looping);
    void setRate(double rate);
    void setRequest(const FrameRequest& request);
    void setLate(bool late);  // frames come too late: decode fewer

    struct Status {
        bool opened = false;
        bool failed = false;    // nothing more will be read; what is here still plays
        bool starved = false;   // the decoder waits for data
        bool canStart = false;  // enough is here to go on for a moment
        bool ended = false;     // the last frame is in the queue or was taken
        int64_t durationUs = 0;
    };
    Status status() const;
    Player::Error error() const;
    uint64_t framesDecoded() const { return framesDecoded_; }

    struct Due {
        std::optional<TimedFrame> frame;  // the newest that is due
        int dropped = 0;                  // older ones that were due as well
        std::optional<int64_t> nextUs;    // when the one behind it is due
    };
    Due takeDue(int64_t nowUs);
    std::optional<TimedFrame> takeFirst();

    const std::shared_ptr<AudioStream>& audio() const { return audio_; }

private:
    struct Decoders;

    void readLoop();
    void decodeLoop();
    bool wantsMore() const;
    std::size_t frameLimit() const;
    void fail(const Player::Error& error);
    void notify();

    // Steps of decodeLoop(); each is called with the lock held and gives it back held.
    void resetDecoders(Decoders& d, std::unique_lock<std::mutex>& lock);
    bool stepVideo(Decoders& d, std::unique_lock<std::mutex>& lock);
    bool stepAudio(Decoders& d, std::unique_lock<std::mutex>& lock);
    // Without the lock.
    void receiveVideo(Decoders& d);
    void receiveAudio(Decoders& d);
    void deliver(Decoders& d, av::FramePtr frame, int64_t mediaUs, int64_t durationUs);

    const Options options_;
    ThreadGroup threads_;
    const std::shared_ptr<AudioStream> audio_;
    MediaInput input_;  // the reading thread's; the others read only what open() left

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool stop_ = false;
    bool opened_ = false;
    bool failed_ = false;
    Player::Error error_;
    bool starved_ = false;
    bool ended_ = false;
    bool playing_ = false;
    bool frugal_;
    bool looping_;
    bool late_ = false;
    double rate_;
    FrameRequest request_;
    int64_t durationUs_ = 0;
    int64_t periodUs_ = 0;
    std::optional<PacketStore> store_;
    std::deque<TimedFrame> frames_;

    unsigned serial_ = 1;       // grows with each seek
    unsigned audioSerial_ = 1;  // grows when the sound starts over
    int64_t seekUs_ = 0;
    bool seekExact_ = false;
    bool readerMustSeek_ = false;
    int64_t audioOffsetUs_ = 0;  // of the loop that the sound is in

    std::atomic<uint64_t> framesDecoded_ = 0;

    std::mutex notifyMutex_;
    std::function<void()> notify_;
};

}  // namespace tikgok
