// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// docs/openapi.yaml, docs/openapi-tikgok.yaml and docs/openapi-demo.yaml as JSON. Made by the build.
#pragma once

#include "backend-sim/services/dialect_name.h"

#include <string_view>

namespace tikgok::sim {

std::string_view embeddedDescription(DialectName dialect);

}  // namespace tikgok::sim
