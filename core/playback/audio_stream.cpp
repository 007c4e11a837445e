// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/audio_stream.h"

#include <algorithm>
#include <cmath>

namespace tikgok {

namespace {

// Further apart than this and the sound jumps to where it belongs; well under what is noticed (40 ms).
constexpr int64_t kToleranceUs = 20000;
// A change of loudness takes 5 ms, so that it does not click.
constexpr float kRampStep = 1.0F / (AudioStream::kRate * 5 / 1000.0F);

int64_t microseconds(MediaClock::Time::duration span) {
    return std::chrono::duration_cast<std::chrono::microseconds>(span).count();
}

}  // namespace

int64_t MediaClock::at(Time now) const {
    if (!running)
        return baseUs;
    return baseUs + int64_t(std::llround(double(microseconds(now - since)) * rate));
}

void MediaClock::set(int64_t timeUs, Time now) {
    baseUs = timeUs;
    since = now;
}

void MediaClock::start(Time now) {
    if (running)
        return;
    running = true;
    since = now;
}

void MediaClock::stop(Time now) {
    set(at(now), now);
    running = false;
}

void MediaClock::setRate(double newRate, Time now) {
    set(at(now), now);
    rate = newRate;
}

void AudioStream::append(const int16_t* samples, int frames, int64_t timeUs, double rate) {
    if (frames <= 0)
        return;
    const std::lock_guard lock(mutex_);
    // Sound that reaches over the end of a loop gives way to the start of the next.
    while (!chunks_.empty() && chunks_.back().nowUs() >= timeUs)
        chunks_.pop_back();
    if (!chunks_.empty() && chunks_.back().endUs() > timeUs) {
        Chunk& tail = chunks_.back();
        const auto keep = std::size_t(std::max(0.0, double(timeUs - tail.timeUs) / tail.usPerFrame));
        tail.samples.resize(std::min(tail.frames(), std::max(keep, tail.used)) * kChannels);
    }
    Chunk chunk;
    chunk.timeUs = timeUs;
    chunk.usPerFrame = 1e6 * rate / kRate;
    chunk.samples.assign(samples, samples + std::ptrdiff_t(frames) * kChannels);
    chunks_.push_back(std::move(chunk));
}

void AudioStream::clear() {
    const std::lock_guard lock(mutex_);
    chunks_.clear();
    inSync_ = false;
}

int64_t AudioStream::bufferedUs() {
    const std::lock_guard lock(mutex_);
    const int64_t timeUs = clock_.at(std::chrono::steady_clock::now());
    // Nobody listens without a device: what has passed must go all the same.
    dropBefore(timeUs - 1000000);
    return chunks_.empty() ? 0 : std::max<int64_t>(0, chunks_.back().endUs() - timeUs);
}

int64_t AudioStream::nowUs() {
    const std::lock_guard lock(mutex_);
    return clock_.at(std::chrono::steady_clock::now());
}

void AudioStream::setClock(const MediaClock& clock) {
    const std::lock_guard lock(mutex_);
    clock_ = clock;
}

void AudioStream::setGain(float gain) {
    const std::lock_guard lock(mutex_);
    gain_ = gain;
}

void AudioStream::dropBefore(int64_t timeUs) {
    while (!chunks_.empty() && chunks_.front().endUs() <= timeUs)
        chunks_.pop_front();
}

bool AudioStream::mixInto(int32_t* sum, int frames, MediaClock::Time heardAt) {
    const std::lock_guard lock(mutex_);
    // A pause lets what follows fade out, and takes it back by the clock when playing goes on.
    const float wanted = clock_.running ? gain_ : 0;
    if (wanted == 0 && ramp_ == 0) {
        inSync_ = false;
        return clock_.running;
    }
    int at = 0;
    if (clock_.running) {
        const int64_t nowUs = clock_.at(heardAt);
        dropBefore(nowUs);
        if (!chunks_.empty()) {
            Chunk& front = chunks_.front();
            // In the listener's time, above 0: the sound is early.
            const double offUs = double(front.nowUs() - nowUs) / clock_.rate;
            if (std::abs(offUs) > kToleranceUs || !inSync_) {
                if (offUs > 0)
                    at = int(std::min<int64_t>(frames, int64_t(offUs * kRate / 1e6)));
                else
                    front.used = std::min(front.frames(),
                                          front.used + std::size_t(-offUs * clock_.rate / front.usPerFrame));
                inSync_ = true;
                ramp_ = 0;
            }
        } else {
            inSync_ = false;
        }
    }
    while (at < frames && !chunks_.empty()) {
        Chunk& front = chunks_.front();
        for (; at < frames && front.used < front.frames(); ++at, ++front.used) {
            ramp_ =
                wanted > ramp_ ? std::min(wanted, ramp_ + kRampStep) : std::max(wanted, ramp_ - kRampStep);
            for (int channel = 0; channel < kChannels; ++channel) {
                const float sample = front.samples[front.used * kChannels + std::size_t(channel)];
                sum[at * kChannels + channel] += int32_t(sample * ramp_);
            }
        }
        if (front.used < front.frames())
            break;
        const int64_t endUs = front.endUs();
        chunks_.pop_front();
        // A hole: the next round waits for its time.
        if (!chunks_.empty() && chunks_.front().nowUs() - endUs > kToleranceUs) {
            inSync_ = false;
            break;
        }
    }
    if (!clock_.running && (ramp_ == 0 || chunks_.empty()))
        ramp_ = 0;
    return true;
}

}  // namespace tikgok
