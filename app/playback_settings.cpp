// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/playback_settings.h"

#include "core/playback/playback_controller.h"
#include "core/settings/settings.h"

namespace tikgok {

void connectPlaybackSettings(Settings& settings, PlaybackController& playback) {
    const auto followPolicy = [&settings, &playback] {
        const DataPolicy policy = settings.dataPolicy();
        playback.setDataSaver(policy.videos == DataPolicy::Videos::OnlyPresent);
        playback.setLoadsBehind(policy.videos == DataPolicy::Videos::Neighbours);
    };
    followPolicy();
    playback.setAutoplay(settings.autoplay());
    playback.setMuted(settings.muted());
    playback.setVolume(settings.volume());
    playback.setRate(settings.playbackRate());
    QObject::connect(&settings, &Settings::dataPolicyChanged, &playback, followPolicy);
    QObject::connect(&settings, &Settings::autoplayChanged, &playback,
                     [&settings, &playback] { playback.setAutoplay(settings.autoplay()); });
    QObject::connect(&settings, &Settings::mutedChanged, &playback,
                     [&settings, &playback] { playback.setMuted(settings.muted()); });
    QObject::connect(&settings, &Settings::playbackRateChanged, &playback,
                     [&settings, &playback] { playback.setRate(settings.playbackRate()); });
    // The controller is what people change while they watch; the settings remember it.
    QObject::connect(&playback, &PlaybackController::mutedChanged, &settings,
                     [&settings, &playback] { settings.setMuted(playback.isMuted()); });
    QObject::connect(&playback, &PlaybackController::volumeChanged, &settings,
                     [&settings, &playback] { settings.setVolume(playback.volume()); });
    QObject::connect(&playback, &PlaybackController::rateChanged, &settings,
                     [&settings, &playback] { settings.setPlaybackRate(playback.rate()); });
}

}  // namespace tikgok
