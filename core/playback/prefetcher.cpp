// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/prefetcher.h"

#include <utility>

namespace tikgok {

namespace {

// A person who hurries through the feed needs no prefetch of what they pass.
constexpr std::chrono::milliseconds kCalm{150};

}  // namespace

Prefetcher::Prefetcher(PlaybackController& playback, std::function<void(const std::vector<Wish>&)> wished,
                       QObject* parent)
    : QObject(parent), playback_(playback), wished_(std::move(wished)) {
    soon_.setSingleShot(true);
    soon_.setInterval(kCalm);
    connect(&soon_, &QTimer::timeout, this, &Prefetcher::now);
    connect(&playback_, &PlaybackController::currentIndexChanged, this, &Prefetcher::update);
    connect(&playback_, &PlaybackController::activeChanged, this, &Prefetcher::update);
    connect(&playback_, &PlaybackController::dataSaverChanged, this, &Prefetcher::update);
    connect(&playback_, &PlaybackController::firstFrame, this, &Prefetcher::update);
    connect(&playback_, &PlaybackController::revisionChanged, this, &Prefetcher::update);
}

void Prefetcher::setMetered(std::optional<bool> metered) {
    metered_ = metered;
    update();
}

void Prefetcher::update() {
    soon_.start();
}

void Prefetcher::now() {
    std::vector<Wish> wishes;
    const PlaylistSource* list = playback_.source();
    // The video that is watched comes first, and with it the line.
    const Player* player = playback_.playerFor(playback_.currentIndex());
    const bool shown =
        player && (player->state() == Player::State::Playing || player->state() == Player::State::Paused ||
                   player->state() == Player::State::Failed);
    if (list && shown) {
        for (const prefetch::Want& want :
             prefetch::plan(list->count(), playback_.currentIndex(),
                            {playback_.isActive(), playback_.dataSaver(), metered_})) {
            if (const QUrl url = list->urlAt(want.index); !url.isEmpty())
                wishes.push_back({url, want.bytes});
        }
    }
    if (wishes != last_) {
        last_ = wishes;
        wished_(wishes);
    }
}

}  // namespace tikgok
