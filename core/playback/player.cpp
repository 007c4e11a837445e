// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/player.h"

namespace tikgok {

Player::Player(QObject* parent) : FrameSource(parent) {}

Player::~Player() = default;

}  // namespace tikgok
