// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/own_directory.h"

#include <cstdlib>
#include <string>
#include <system_error>

namespace tikgok::sim {

OwnDirectory::OwnDirectory() {
    std::error_code error;
    const std::filesystem::path place = std::filesystem::temp_directory_path(error);
    std::string name = (place / "tikgok-sim-XXXXXX").string();
    if (!error && ::mkdtemp(name.data()) != nullptr) {
        path_ = name;
    }
}

OwnDirectory::~OwnDirectory() {
    std::error_code ignored;
    if (!path_.empty()) {
        std::filesystem::remove_all(path_, ignored);
    }
}

}  // namespace tikgok::sim
