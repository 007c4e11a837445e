// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Looks inside video files, and at pictures that come with them.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <string>

namespace tikgok::sim {

struct MediaFacts {
    // As shown, after rotation.
    int width = 0;
    int height = 0;
    // 0 when the file does not say.
    std::int64_t durationMs = 0;
    std::string codec;
};

struct MediaError {
    enum class Kind : std::uint8_t { NotAVideo, TooLarge, TimedOut, Cancelled, Io };
    Kind kind = Kind::NotAVideo;
    // For the log.
    std::string what;
};

// Any thread. Survives every file.
class MediaInspector {
public:
    virtual ~MediaInspector() = default;

    // Asked often while working; true ends the work with Cancelled.
    using Cancelled = std::function<bool()>;

    // Decides by content, never by name, whether this is a video that can be decoded, and writes a picture of
    // an early frame to `cover` (a PNG when it is called .png, otherwise a JPEG). Nothing is left at `cover`
    // on failure.
    [[nodiscard]] virtual std::expected<MediaFacts, MediaError> inspect(const std::filesystem::path& video,
                                                                        const std::filesystem::path& cover,
                                                                        const Cancelled& cancelled) = 0;
};

// Any thread. Survives every file.
class PictureMaker {
public:
    virtual ~PictureMaker() = default;

    // Decides by content whether `from` is a PNG or JPEG that can be decoded, and writes it anew to `to` (a
    // PNG when it is called .png, otherwise a JPEG), in the size of a cover and without anything else that
    // the file held. Nothing is left at `to` on failure. NotAVideo stands for "not a picture" here.
    [[nodiscard]] virtual std::expected<void, MediaError> recode(const std::filesystem::path& from,
                                                                 const std::filesystem::path& to) = 0;
};

}  // namespace tikgok::sim
