// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Looks inside video files with FFmpeg's libraries, in this process.
#pragma once

#include "backend-sim/ports/media_inspector.h"

#include <chrono>

namespace tikgok::sim {

// Each call has its own decoder with one thread, reads local files only, follows no references inside of
// files, and knows the containers behind the suffixes of the contract only.
class FfmpegInspector final : public MediaInspector {
public:
    struct Limits {
        // Per side, and for the whole picture. Larger ones are refused before anything is decoded.
        int maxSide = 8192;
        std::int64_t maxPixels = std::int64_t{8192} * 4608;
        // For one file.
        std::chrono::milliseconds budget{10000};
        // The longer side of a cover. Smaller pictures are not enlarged.
        int coverSide = 720;
    };

    FfmpegInspector() : FfmpegInspector(Limits()) {}
    explicit FfmpegInspector(const Limits& limits);

    std::expected<MediaFacts, MediaError> inspect(const std::filesystem::path& video,
                                                  const std::filesystem::path& cover,
                                                  const Cancelled& cancelled) override;

private:
    const Limits limits_;
};

}  // namespace tikgok::sim
