// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What victim and judge have agreed upon.
//
// The victim is started as: victim DATABASE PHASE SEED HONEST. It writes to stdout "ready", then one line for
// each write that it starts and one for each that was answered:
//   T m TEXT    A m TEXT     a message or a comment with a text that nobody else uses
//   T l P 0|1   A l P 0|1    the like of producer P; the next one starts when this one was answered
// The first byte of the file PHASE is 1 while a commit is under way.
#pragma once

namespace tikgok::sim::durability {

inline constexpr int kProducers = 4;
// Users 1 to kProducers; the video that all like and comment on.
inline constexpr int kVideo = 100;

}  // namespace tikgok::sim::durability
