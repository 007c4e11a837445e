// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

namespace tikgok {

// Maps the wall clock to the media's time line, which grows for ever (loops are counted through).
struct MediaClock {
    using Time = std::chrono::steady_clock::time_point;

    bool running = false;
    int64_t baseUs = 0;  // of the media, at `since`
    Time since{};
    double rate = 1.0;

    int64_t at(Time now) const;
    void set(int64_t timeUs, Time now);
    void start(Time now);
    void stop(Time now);
    void setRate(double newRate, Time now);
};

// The decoded sound of one player on its way to the sound device: 48 kHz, two channels, 16 bit. Filled by the
// decoder, emptied by the output, steered by the player; thread-safe.
class AudioStream {
public:
    static constexpr int kRate = 48000;
    static constexpr int kChannels = 2;

    // `frames` sample pairs that belong to the media's time line from `timeUs` on, for playing at `rate`.
    void append(const int16_t* samples, int frames, int64_t timeUs, double rate);
    void clear();
    // How much sound is there from now on, in microseconds of the media.
    int64_t bufferedUs();
    int64_t nowUs();  // where the clock is

    void setClock(const MediaClock& clock);
    void setGain(float gain);  // 0 to 1

    // Adds `frames` sample pairs to `sum`. The first of them is heard at `heardAt`: what is too late by then
    // is left out, what is too early waits. Returns whether anything but silence may come.
    bool mixInto(int32_t* sum, int frames, MediaClock::Time heardAt);

private:
    struct Chunk {
        int64_t timeUs = 0;
        double usPerFrame = 0;
        std::vector<int16_t> samples;
        std::size_t used = 0;  // frames already taken
        std::size_t frames() const { return samples.size() / kChannels; }
        int64_t nowUs() const { return timeUs + int64_t(double(used) * usPerFrame); }
        int64_t endUs() const { return timeUs + int64_t(double(frames()) * usPerFrame); }
    };
    void dropBefore(int64_t timeUs);

    std::mutex mutex_;
    std::deque<Chunk> chunks_;
    MediaClock clock_;
    float gain_ = 1;
    float ramp_ = 0;  // what is applied now; moves towards the wanted gain
    bool inSync_ = false;
};

}  // namespace tikgok
