// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/packet_store.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// Packets of sound kept behind the decoder, about one second, for rewindAudio().
constexpr int64_t kAudioBehind = 48;

constexpr std::array kTracks{Track::Video, Track::Audio};

}  // namespace

void PacketStore::push(Track track, av::PacketPtr packet, int64_t timeUs) {
    Queue& queue = at(track);
    const int bytes = packet->size;
    const bool key = (packet->flags & AV_PKT_FLAG_KEY) != 0;
    queue.lastUs = queue.cursor == queue.end() ? timeUs : std::max(queue.lastUs, timeUs);
    queue.entries.push_back({std::move(packet), timeUs, bytes, key});
    totalBytes_ += bytes;
    aheadBytes_ += bytes;
    if (keeping_) {
        keptBytes_ += bytes;
        if (keptBytes_ > limits_.keepBytes)
            keeping_ = false;
    }
    dropBehind();
}

bool PacketStore::finish(bool looping) {
    if (keeping_) {
        complete_ = true;
        return true;
    }
    if (!looping) {
        ended_ = true;
        return false;
    }
    for (const Track track : kTracks) {
        if (track == Track::Audio && !hasAudio_)
            continue;
        Queue& queue = at(track);
        queue.entries.push_back({});
        queue.lastUs = 0;
        queue.segment = queue.end();
    }
    // This time it may fit.
    keeping_ = true;
    keptBytes_ = 0;
    return false;
}

void PacketStore::restart(bool atStart) {
    for (Queue& queue : queues_) {
        queue.base = queue.cursor = queue.segment = queue.end();
        queue.entries.clear();
        queue.lastUs = 0;
    }
    keeping_ = atStart;
    keptBytes_ = totalBytes_ = aheadBytes_ = 0;
    complete_ = ended_ = false;
}

PacketStore::Taken PacketStore::take(Track track, bool looping, av::PacketPtr& packet) {
    Queue& queue = at(track);
    if (queue.cursor == queue.end()) {
        if (complete_) {
            if (!looping || queue.segment == queue.end())
                return Taken::End;
            queue.cursor = queue.segment;
            countAhead();
            return Taken::Loop;
        }
        return ended_ ? Taken::End : Taken::Nothing;
    }
    const Entry& entry = queue.entry(queue.cursor);
    if (!entry.packet) {
        ++queue.cursor;
        dropBehind();
        return Taken::Loop;
    }
    packet.reset(av_packet_clone(entry.packet.get()));
    aheadBytes_ -= entry.bytes;
    ++queue.cursor;
    dropBehind();
    return packet ? Taken::Packet : Taken::Nothing;
}

bool PacketStore::seek(int64_t timeUs, bool toKey) {
    Queue& video = at(Track::Video);
    const int64_t from = std::max(video.segment, video.base);
    int64_t key = -1;
    int64_t last = INT64_MIN;
    for (int64_t place = from; place < video.end(); ++place) {
        const Entry& entry = video.entry(place);
        last = std::max(last, entry.timeUs);
        if ((entry.key && entry.timeUs <= timeUs) || (key < 0 && keeping_))
            key = place;
    }
    if (key < 0 || (timeUs > last && !complete_))
        return false;
    video.cursor = key;
    if (hasAudio_) {
        Queue& audio = at(Track::Audio);
        const int64_t wanted = toKey ? video.entry(key).timeUs : timeUs;
        int64_t place = std::max(audio.segment, audio.base);
        while (place + 1 < audio.end() && audio.entry(place + 1).timeUs <= wanted)
            ++place;
        audio.cursor = std::min(place, audio.end());
    }
    countAhead();
    return true;
}

void PacketStore::rewindAudio(int64_t timeUs) {
    Queue& audio = at(Track::Audio);
    int64_t place = audio.cursor;
    const int64_t first = std::max(audio.base, audio.cursor >= audio.segment ? audio.segment : audio.base);
    // Ends at the packet that `timeUs` lies in, the last one that starts before it.
    while (place > first && audio.entry(place - 1).packet) {
        --place;
        if (audio.entry(place).timeUs <= timeUs)
            break;
    }
    audio.cursor = place;
    countAhead();
}

int64_t PacketStore::aheadUs(Track track) const {
    const Queue& queue = at(track);
    if (queue.cursor == queue.end())
        return 0;
    // Across a loop times start again: then what the first part holds counts, and that is enough to say.
    int64_t first = INT64_MAX;
    int64_t last = INT64_MIN;
    const Entry& front = queue.entry(queue.cursor);
    if (front.packet)
        first = front.timeUs;
    if (queue.cursor >= queue.segment)
        last = queue.lastUs;
    else
        return INT64_MAX;
    return first == INT64_MAX ? 0 : std::max<int64_t>(0, last - first);
}

void PacketStore::dropBehind() {
    for (const Track track : kTracks) {
        Queue& queue = at(track);
        int64_t keepFrom = queue.cursor;
        if (track == Track::Audio)
            keepFrom -= kAudioBehind;
        if (keeping_ || complete_)
            keepFrom = std::min(keepFrom, queue.segment);
        while (queue.base < keepFrom && !queue.entries.empty()) {
            totalBytes_ -= queue.entries.front().bytes;
            queue.entries.pop_front();
            ++queue.base;
        }
    }
}

void PacketStore::countAhead() {
    aheadBytes_ = 0;
    for (const Queue& queue : queues_) {
        for (int64_t place = queue.cursor; place < queue.end(); ++place)
            aheadBytes_ += queue.entry(place).bytes;
    }
}

}  // namespace tikgok
