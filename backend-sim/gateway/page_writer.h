// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Writes videos as they stand in the model, byte for byte as the codec writes their copies. What never
// changes of a row (ids, names, titles, addresses, and the JSON between them) is made once by the codec and
// kept with it; counters and what depends on the viewer are written each time.
#pragma once

#include "backend-sim/services/views.h"

#include <cstdint>
#include <string>

namespace tikgok::sim {

class VideoPageWriter {
public:
    VideoPageWriter();

    void add(const VideoSight& sight, const MediaUrls& urls);

    // The whole answer: a success with the videos so far. Once.
    [[nodiscard]] std::string feed(std::int64_t nextTime);
    [[nodiscard]] std::string list();

private:
    std::string out_;
    bool first_ = true;
};

}  // namespace tikgok::sim
