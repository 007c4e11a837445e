// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files that the program carries with it, so that it can be taken anywhere. Made by CMake.
#pragma once

#include <string_view>

namespace tikgok::conformance {

std::string_view embeddedDescription();  // docs/openapi.yaml
std::string_view embeddedClip();         // data/clip.mp4

}  // namespace tikgok::conformance
