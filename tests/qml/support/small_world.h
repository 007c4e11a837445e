// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// People of the stage's world.
#pragma once

#include <QtGlobal>

namespace tikgok::test {

inline constexpr qint64 kLin = 1;
// Whom Stage::signIn() signs in.
inline constexpr qint64 kMika = 2;
// Who made the first video of the feed.
inline constexpr qint64 kFirstAuthor = 3;
inline constexpr qint64 kNora = 4;
inline constexpr qint64 kChen = 5;
inline constexpr qint64 kTomas = 7;
inline constexpr qint64 kKiko = 12;

}  // namespace tikgok::test
