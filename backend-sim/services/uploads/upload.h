// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// An upload that lies in the object store and waits to be looked at: what travels through the queue.
#pragma once

#include "core/contract/types.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

struct Upload {
    contract::Id id = 0;
    contract::Id author = 0;
    std::string title;
    // Where the file lies, and where the cover will.
    std::string playKey;
    std::string coverKey;
    // Milliseconds since the epoch; the media are not served before. 0: at once.
    std::int64_t visibleFrom = 0;
    // What is not a video is refused. Otherwise it is published all the same, and never gets a cover.
    bool mustBeVideo = true;
    // The cover came with the upload and lies in the store already.
    bool ownCover = false;

    bool operator==(const Upload&) const = default;
};

std::string encodeUpload(const Upload& upload);
// Nothing when it was not made by encodeUpload().
std::optional<Upload> decodeUpload(std::string_view body);

}  // namespace tikgok::sim
