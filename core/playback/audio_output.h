// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/audio_stream.h"

#include <memory>

namespace tikgok {

// The one sound output of all players. Its thread opens the device when the first stream is added and stops
// it soon after the last has gone. No device, or one that dies: silence, and a look from time to time whether
// it is back. add() and remove() never block.
class AudioOutput {
public:
    AudioOutput();
    // Waits a second at most for a sound server that does not answer.
    ~AudioOutput();
    AudioOutput(const AudioOutput&) = delete;
    AudioOutput& operator=(const AudioOutput&) = delete;

    void add(const std::shared_ptr<AudioStream>& stream);
    void remove(const std::shared_ptr<AudioStream>& stream);

    struct Worker;

private:
    std::shared_ptr<Worker> worker_;
};

}  // namespace tikgok
