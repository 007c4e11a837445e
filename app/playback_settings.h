// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the settings say about playback, done.
#pragma once

namespace tikgok {

class PlaybackController;
class Settings;

// From now on the controller follows the settings, and the settings remember what is changed at the
// controller (sound, volume, speed). Both must live as long as either.
void connectPlaybackSettings(Settings& settings, PlaybackController& playback);

}  // namespace tikgok
