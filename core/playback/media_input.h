// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/av_types.h"
#include "core/playback/frame_converter.h"
#include "core/playback/media_source.h"
#include "core/playback/player.h"

#include <QUrl>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace tikgok {

// The reading end of one media: opens it and hands out packets. Lives on one thread; stop() may be called
// from any. Times are microseconds from the start of the media.
class MediaInput {
public:
    struct Options {
        QUrl url;
        QString userAgent;
        std::chrono::milliseconds timeout{10000};  // without a byte
        MediaSource* source = nullptr;             // asked first; outlives the input
        // Bytes that came over the network since the last time; on the thread of this object. May be empty.
        std::function<void(int64_t)> received{};
    };
    enum class Read { Packet, End, Failed, Stopped };

    explicit MediaInput(Options options) : options_(std::move(options)) {}
    ~MediaInput() { close(); }
    MediaInput(const MediaInput&) = delete;
    MediaInput& operator=(const MediaInput&) = delete;

    // Blocks; ends within about 100 ms after stop(). False: see error(), or stopped.
    bool open();
    Read read();
    bool seek(int64_t timeUs);
    void close();  // ends the connection; what was learnt stays
    void stop() { stopped_ = true; }
    bool isStopped() const { return stopped_; }

    const Player::Error& error() const { return error_; }

    // The packet of the last read().
    av::PacketPtr takePacket() { return std::move(packet_); }
    bool isVideo() const { return isVideo_; }
    int64_t timeUs() const { return timeUs_; }
    // Where the picture of this pass over the file ends (sound that goes on much longer counts).
    int64_t periodUs() const;

    // After open().
    int64_t durationUs() const { return durationUs_; }
    // The library's name for the container, e.g. "mov,mp4,m4a,3gp,3g2,mj2".
    const QByteArray& container() const { return container_; }
    int64_t startUs() const { return startUs_; }
    const AVCodecParameters* video() const { return video_.get(); }
    const AVCodecParameters* audio() const { return audio_.get(); }  // null without sound
    AVRational videoTimeBase() const { return videoTimeBase_; }
    AVRational audioTimeBase() const { return audioTimeBase_; }
    int64_t frameDurationUs() const { return frameDurationUs_; }
    const PictureHints& hints() const { return hints_; }

private:
    static int interrupt(void* self);
    static int readKept(void* self, uint8_t* into, int most);
    static int64_t seekKept(void* self, int64_t to, int whence);
    int readDirectly(uint8_t* into, int most);
    AVDictionary* networkOptions() const;
    bool useSource();
    void fail(int code, const char* doing);
    bool chooseStreams();
    void report();  // what was received

    Options options_;
    // With a source: its bytes, the context that reads them, and where it is in them. `direct_` takes over
    // when the source cannot go on.
    std::unique_ptr<MediaBytes> bytes_;
    AVIOContext* kept_ = nullptr;
    AVIOContext* direct_ = nullptr;
    int64_t place_ = 0;
    // Of what is read over the network, as the server named it at first; negative: it did not.
    int64_t size_ = -1;
    int keptFailure_ = 0;
    av::FormatPtr format_;
    av::PacketPtr packet_;
    bool isVideo_ = false;
    int64_t timeUs_ = 0;
    int videoIndex_ = -1;
    int audioIndex_ = -1;
    av::ParametersPtr video_;
    av::ParametersPtr audio_;
    AVRational videoTimeBase_{1, 1};
    AVRational audioTimeBase_{1, 1};
    PictureHints hints_;
    QByteArray container_;
    int64_t startUs_ = 0;
    int64_t durationUs_ = 0;
    int64_t frameDurationUs_ = 33333;
    int64_t videoEndUs_ = 0;
    int64_t audioEndUs_ = 0;
    bool readAnything_ = false;
    Player::Error error_;

    std::atomic<bool> stopped_ = false;
    AVFormatContext* watched_ = nullptr;  // the one that interrupt() looks at
    int64_t bytesSeen_ = 0;
    int64_t bytesReported_ = 0;
    bool timedOut_ = false;
    std::chrono::steady_clock::time_point deadline_;
};

}  // namespace tikgok
