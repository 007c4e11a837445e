// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/playback_engine.h"
#include "core/playback/player.h"
#include "tests/playback/recording_sink.h"

#include <QDir>
#include <QTest>

#include <ctime>
#include <memory>

namespace tikgok::test {

using State = Player::State;
using Kind = Player::ErrorKind;

// Sanitizers and full machines are slow; only hangs are meant to be caught.
inline constexpr int kPatienceMs = 20000;

inline QUrl clip(const QString& name) {
    return QUrl::fromLocalFile(QStringLiteral(TIKGOK_CLIPS "/") + name);
}

inline double processSeconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

inline int entries(const char* directory) {
    return int(QDir(QLatin1StringView(directory))
                   .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
                   .size());
}

inline EngineOptions quiet() {
    EngineOptions options;
    options.audio = false;
    options.networkTimeoutMs = 600;
    return options;
}

// One engine and one player with a sink.
struct Rig {
    explicit Rig(EngineOptions options = quiet()) : engine(std::move(options)), player(engine.makePlayer()) {
        player->setFrameSink(&sink);
    }
    ~Rig() { player.reset(); }
    bool waitFor(State state) {
        return QTest::qWaitFor([&] { return player->state() == state; }, kPatienceMs);
    }
    bool waitForFrames(std::size_t count) {
        return QTest::qWaitFor([&] { return sink.shown.size() >= count; }, kPatienceMs);
    }
    PlaybackEngine engine;
    RecordingSink sink;
    std::unique_ptr<Player> player;
};

}  // namespace tikgok::test
