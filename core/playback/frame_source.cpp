// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/frame_source.h"

namespace tikgok {

FrameSource::FrameSource(QObject* parent) : QObject(parent) {}

FrameSource::~FrameSource() = default;

}  // namespace tikgok
