// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a media file is called on the wire.
#pragma once

#include <filesystem>
#include <string_view>

namespace tikgok::sim {

// By suffix; "application/octet-stream" for others.
std::string_view contentTypeOf(const std::filesystem::path& file);

}  // namespace tikgok::sim
