// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Makes a shared object of late_client.cpp: keeps its entry, which nothing in here calls, and with it all the
// rest.

#include "app/late_client.h"

namespace {

[[maybe_unused, gnu::used]] const auto kEntry = &tikgokLateProgram;

}  // namespace
