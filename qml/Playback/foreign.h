// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/playback_controller.h"
#include "core/playback/player.h"
#include "core/playback/preview_player.h"

#include <QtQml/qqml.h>

namespace tikgok {

// Names for QML of what core makes; core itself knows no QML.
struct FrameSourceForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::FrameSource)
    QML_NAMED_ELEMENT(FrameSource)
    QML_UNCREATABLE("Players and cameras are made by the application")
};

struct PlayerForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::Player)
    QML_NAMED_ELEMENT(Player)
    QML_UNCREATABLE("Players belong to a PlaybackController")
};

struct PlaybackControllerForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::PlaybackController)
    QML_NAMED_ELEMENT(PlaybackController)
    QML_UNCREATABLE("The application makes the controllers")
};

struct PreviewPlayerForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::PreviewPlayer)
    QML_NAMED_ELEMENT(PreviewPlayer)
    QML_UNCREATABLE("Belongs to Publishing")
};

}  // namespace tikgok
