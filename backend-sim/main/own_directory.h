// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A directory for temporary files that nobody else can read.
#pragma once

#include <filesystem>

namespace tikgok::sim {

// Goes with this object, and everything in it.
class OwnDirectory {
public:
    OwnDirectory();
    OwnDirectory(const OwnDirectory&) = delete;
    OwnDirectory& operator=(const OwnDirectory&) = delete;
    ~OwnDirectory();
    // Empty when there is no room for it.
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace tikgok::sim
