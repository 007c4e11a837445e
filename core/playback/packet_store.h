// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/av_types.h"

#include <array>
#include <cstdint>
#include <deque>

namespace tikgok {

enum class Track { Video = 0, Audio = 1 };

// The packets of one media between the thread that reads and the one that decodes. A media that is small
// enough stays here as a whole: then loops and seeks need neither network nor disk. A larger one streams
// through. Not thread-safe: its owner has the lock. Times are microseconds from the start of the media.
class PacketStore {
public:
    struct Limits {
        int64_t keepBytes = 8 << 20;  // a media up to this size is kept whole
    };
    enum class Taken {
        Packet,
        Loop,     // the next packet is from the start again
        End,      // nothing follows
        Nothing,  // not read yet
    };

    PacketStore(Limits limits, bool hasAudio) : limits_(limits), hasAudio_(hasAudio) {}

    // For the reader, in the order of the file.
    void push(Track track, av::PacketPtr packet, int64_t timeUs);
    // The reader reached the end of the file. With everything kept it need not read again: true. Otherwise,
    // when `looping`, it goes on from the start of the file; when not, the end is the end.
    bool finish(bool looping);
    // After a jump of the reader: forget everything.
    void restart(bool atStart);

    // For the decoder. `looping` decides what the end of a media that is kept whole means.
    Taken take(Track track, bool looping, av::PacketPtr& packet);
    // Goes to the key frame before `timeUs` if that is here. When `toKey`, the sound starts there too.
    bool seek(int64_t timeUs, bool toKey);
    // Goes back in the sound only, as far as packets are still here.
    void rewindAudio(int64_t timeUs);

    bool isComplete() const { return complete_; }
    bool atEnd() const { return complete_ || ended_; }
    // How much lies ready in front of the decoder.
    int64_t aheadBytes() const { return aheadBytes_; }
    int64_t aheadUs(Track track) const;
    bool isEmptyAhead(Track track) const { return at(track).cursor == at(track).end(); }
    int64_t totalBytes() const { return totalBytes_; }

private:
    struct Entry {
        av::PacketPtr packet;  // null: the media starts again behind this
        int64_t timeUs = 0;
        int bytes = 0;
        bool key = false;
    };
    // Places in a queue are counted from the first packet ever, so that they stay valid when the front goes.
    struct Queue {
        std::deque<Entry> entries;
        int64_t base = 0;     // place of entries.front()
        int64_t cursor = 0;   // next to be taken
        int64_t segment = 0;  // first one behind the last jump or loop of the reader
        int64_t lastUs = 0;
        int64_t end() const { return base + int64_t(entries.size()); }
        const Entry& entry(int64_t place) const { return entries[std::size_t(place - base)]; }
    };

    Queue& at(Track track) { return queues_[std::size_t(track)]; }
    const Queue& at(Track track) const { return queues_[std::size_t(track)]; }
    void dropBehind();
    void countAhead();

    Limits limits_;
    bool hasAudio_;
    std::array<Queue, 2> queues_;
    bool keeping_ = true;  // everything from `segment` on is still here, and that is the media's start
    int64_t keptBytes_ = 0;
    int64_t totalBytes_ = 0;
    int64_t aheadBytes_ = 0;
    bool complete_ = false;
    bool ended_ = false;
};

}  // namespace tikgok
