// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What may be fetched before anybody asked for it. A plain value, made by one pure function, read by playback
// and by whoever fetches pictures.
#pragma once

#include <QObject>

#include <cstdint>

namespace tikgok {

struct DataPolicy {
    enum class Videos : std::uint8_t {
        OnlyPresent,  // nothing is loaded that is not watched
        Next,         // the beginning of the next one
        Neighbours,   // also the one before
    };
    Videos videos = Videos::Next;
    // Covers and avatars may be fetched before they can be seen.
    bool picturesAhead = true;

    bool operator==(const DataPolicy&) const = default;
};

// What the person chose for videos, as the settings keep it.
enum class Prefetch : std::uint8_t { Nothing, Next, Neighbours };

constexpr DataPolicy dataPolicy(bool dataSaver, Prefetch prefetch) {
    if (dataSaver) {
        return {.videos = DataPolicy::Videos::OnlyPresent, .picturesAhead = false};
    }
    switch (prefetch) {
        case Prefetch::Nothing:
            return {.videos = DataPolicy::Videos::OnlyPresent, .picturesAhead = true};
        case Prefetch::Neighbours:
            return {.videos = DataPolicy::Videos::Neighbours, .picturesAhead = true};
        case Prefetch::Next:
            break;
    }
    return {};
}

}  // namespace tikgok
