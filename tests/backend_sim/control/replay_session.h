// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sessions of clients, for recordings of them.
#pragma once

#include "tests/backend_sim/control/admin_stage.h"

#include <string>

namespace tikgok::sim::controltest {

// Rules of many kinds, as PUT /_sim/faults takes them.
extern const char* const kFaults;

// A small video.
std::string clip();
Reply publish(const AdminStage& stage, const std::string& token, const char* title);
// Comments on a video and likes it, so many times.
void write(const AdminStage& stage, const std::string& token, int video, int many, const char* words);
// All that a client may do, and what is done to it meanwhile.
void busySession(const AdminStage& stage);

}  // namespace tikgok::sim::controltest
