// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/playback_engine.h"

namespace tikgok {

struct PlaybackEngine::Shared {
    EngineOptions options;
};

namespace {

class IdlePlayer : public Player {
public:
    QUrl source() const override { return source_; }
    void setSource(const QUrl& source) override { source_ = source; }
    void play() override {}
    void pause() override {}
    void retry() override {}
    bool isMuted() const override { return false; }
    void setMuted(bool) override {}
    double volume() const override { return 1; }
    void setVolume(double) override {}
    double rate() const override { return 1; }
    void setRate(double) override {}
    bool isLooping() const override { return true; }
    void setLooping(bool) override {}
    void seek(qint64, bool) override {}
    State state() const override { return State::Empty; }
    Error error() const override { return {}; }
    qint64 position() const override { return 0; }
    qint64 duration() const override { return 0; }
    Statistics statistics() const override { return {}; }
    void setFrameSink(FrameSink*) override {}
    void clearFrameSink(const FrameSink*) override {}
    void setFrameRequest(const FrameRequest&) override {}
    void setFrugal(bool) override {}

private:
    QUrl source_;
};

}  // namespace

PlaybackEngine::PlaybackEngine(EngineOptions options)
    : shared_(std::make_shared<Shared>(std::move(options))) {}

PlaybackEngine::~PlaybackEngine() = default;

std::unique_ptr<Player> PlaybackEngine::makePlayer() {
    return std::make_unique<IdlePlayer>();
}

PlayerFactory PlaybackEngine::factory() {
    return [this] { return makePlayer(); };
}

int PlaybackEngine::runningThreads() const {
    return 0;
}

QString PlaybackEngine::name() {
    return QStringLiteral("none");
}

}  // namespace tikgok
