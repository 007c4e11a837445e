// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the program was started for: a file from the file manager, or a link from a browser.
#pragma once

#include "core/contract/types.h"

#include <QString>

#include <optional>
#include <variant>

namespace tikgok {

// tikgok://video/ID
struct VideoLink {
    contract::Id id = 0;

    bool operator==(const VideoLink&) const = default;
};

// tikgok://user/ID
struct UserLink {
    contract::Id id = 0;

    bool operator==(const UserLink&) const = default;
};

// A file to publish. Absolute; whether it is there is found out by whoever opens it.
struct VideoFile {
    QString path;

    bool operator==(const VideoFile&) const = default;
};

// One for us that means nothing. Mostly it was pressed in a browser, where nobody reads what a program
// prints, so the window has to say it.
struct BrokenLink {
    QString word;

    bool operator==(const BrokenLink&) const = default;
};

using LaunchTarget = std::variant<VideoLink, UserLink, VideoFile, BrokenLink>;

// `word` as it stands on a command line or comes from another start: a link, a file URL or a path, which is
// taken from `directory` when it is relative. Nothing when it is none of these, as for links of other
// schemes.
std::optional<LaunchTarget> parseLaunchTarget(const QString& word, const QString& directory);

// The same as a word that means the same from any directory.
QString launchWord(const LaunchTarget& target);

}  // namespace tikgok
