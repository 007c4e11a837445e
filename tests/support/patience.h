// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How much longer things may take here than on a plain build: builds under sanitizers set TIKGOK_PATIENCE.
#pragma once

#include <QtGlobal>

#include <algorithm>

namespace tikgok::test {

// At least 1.
inline int patience() {
    return std::max(1, qEnvironmentVariableIntValue("TIKGOK_PATIENCE"));
}

}  // namespace tikgok::test
