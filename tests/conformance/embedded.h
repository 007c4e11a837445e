// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files that the program carries with it, so that it can be taken anywhere. Made by CMake.
#pragma once

#include "tests/conformance/dialect.h"

#include <string_view>

namespace tikgok::conformance {

// docs/openapi.yaml, docs/openapi-tikgok.yaml, docs/openapi-demo.yaml
std::string_view embeddedDescription(Dialect dialect);
std::string_view embeddedClip();  // data/clip.mp4

}  // namespace tikgok::conformance
