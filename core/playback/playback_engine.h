// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/media_source.h"
#include "core/playback/player.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace tikgok {

struct EngineOptions {
    int networkTimeoutMs = 10000;  // without a single byte, then the player fails with Network
    QString userAgent = QStringLiteral("TikGok/" TIKGOK_VERSION);
    // Told of every byte that came over the network, in portions, on the reading threads; may be empty.
    std::function<void(std::int64_t bytes)> received{};
    bool audio = true;  // false: never opens a sound device
    // Asked for the bytes of a video first, on the reading threads; outlives the engine. Null: the network
    // only.
    MediaSource* source = nullptr;
};

// Makes players on FFmpeg's libraries that share one sound output and one set of threads' book-keeping.
// Keep it alive longer than its players; its end waits a bounded time for their threads. GUI thread.
class PlaybackEngine {
public:
    explicit PlaybackEngine(EngineOptions options = {});
    ~PlaybackEngine();
    PlaybackEngine(const PlaybackEngine&) = delete;
    PlaybackEngine& operator=(const PlaybackEngine&) = delete;

    std::unique_ptr<Player> makePlayer();
    PlayerFactory factory();  // valid as long as this object

    int runningThreads() const;  // reading and decoding; for tests and diagnostics
    static QString name();       // "ffmpeg 5.1.9": what plays, for reports

private:
    struct Shared;
    std::shared_ptr<Shared> shared_;
};

}  // namespace tikgok
