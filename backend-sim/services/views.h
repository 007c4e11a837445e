// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a service shows to whoever writes answers, without copying it first.
#pragma once

#include "backend-sim/ports/media_urls.h"
#include "backend-sim/ports/read_model.h"

#include <functional>

namespace tikgok::sim {

// Called while the model is held for reading: must be quick, must not call services, must not keep
// references. The addresses make URLs of the keys in the rows.
using VideoVisitor = std::function<void(const VideoSight&, const MediaUrls&)>;

}  // namespace tikgok::sim
