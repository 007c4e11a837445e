// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Takes pictures apart and writes them anew with FFmpeg's libraries, in this process.
#pragma once

#include "backend-sim/ports/media_inspector.h"

#include <cstddef>
#include <cstdint>

namespace tikgok::sim {

// Each call has its own decoder with one thread. Which one is told by the first bytes: no other format is
// ever tried.
class FfmpegPictures final : public PictureMaker {
public:
    struct Limits {
        // Of the file.
        std::size_t maxBytes = std::size_t{16} * 1024 * 1024;
        // Per side, and for the whole picture. Larger ones are refused before anything is decoded.
        int maxSide = 8192;
        std::int64_t maxPixels = std::int64_t{8192} * 4608;
        // The longer side of what is written. Smaller pictures are not enlarged.
        int side = 720;
    };

    FfmpegPictures() : FfmpegPictures(Limits()) {}
    explicit FfmpegPictures(const Limits& limits);

    std::expected<void, MediaError> recode(const std::filesystem::path& from,
                                           const std::filesystem::path& to) override;

private:
    const Limits limits_;
};

}  // namespace tikgok::sim
