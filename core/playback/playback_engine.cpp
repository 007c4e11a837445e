// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/playback_engine.h"

#include "core/playback/ffmpeg_player.h"

extern "C" {
#include <libavutil/log.h>
}

namespace tikgok {

namespace {

// A thread that still waits for a name server after this is left behind.
constexpr std::chrono::milliseconds kEndWait{2000};

}  // namespace

struct PlaybackEngine::Shared : EngineParts {};

PlaybackEngine::PlaybackEngine(EngineOptions options) : shared_(std::make_shared<Shared>()) {
    // The library writes to stderr what it thinks of each file; errors come back as values.
    av_log_set_level(AV_LOG_QUIET);
    shared_->options = std::move(options);
    if (shared_->options.audio)
        shared_->audio = std::make_unique<AudioOutput>();
}

PlaybackEngine::~PlaybackEngine() {
    shared_->audio.reset();
    shared_->threads.waitForNone(kEndWait);
}

std::unique_ptr<Player> PlaybackEngine::makePlayer() {
    return std::make_unique<FfmpegPlayer>(shared_);
}

PlayerFactory PlaybackEngine::factory() {
    return [this] { return makePlayer(); };
}

int PlaybackEngine::runningThreads() const {
    return shared_->threads.running();
}

QString PlaybackEngine::name() {
    return QStringLiteral("ffmpeg %1").arg(QLatin1StringView(av_version_info()));
}

}  // namespace tikgok
