// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Media under /static/: whole files, ranges, conditions (RFC 9110, sections 13 and 14).
#pragma once

#include "backend-sim/gateway/http.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

struct MediaEntry {
    std::filesystem::path file;
    // Lives for ever.
    std::string_view contentType;
};

// Where media files are. Called from any thread.
class MediaSource {
public:
    virtual ~MediaSource() = default;
    // `key`: what follows /static/ in a URL; relative, without empty, "." or ".." parts. Nothing when there
    // is no such file.
    [[nodiscard]] virtual std::optional<MediaEntry> mediaFile(std::string_view key) const = 0;
};

// What tells one state of a file from another.
enum class FileFacts : std::uint8_t {
    // Its size and the time of its last change.
    OfDisk,
    // Its size and what is in it, and always the same time: the same on every computer. Reads parts of it.
    OfContent,
};

// `encodedKey`: as it stands in the URL.
http::Response serveMedia(const MediaSource& source, const http::Request& request,
                          std::string_view encodedKey, FileFacts facts = FileFacts::OfDisk);

struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t length = 0;
};
enum class RangeVerdict : std::uint8_t { Whole, Part, Unsatisfiable };
// Several ranges, other units and nonsense mean the whole file.
RangeVerdict readRange(std::string_view header, std::uint64_t size, ByteRange& range);

}  // namespace tikgok::sim
