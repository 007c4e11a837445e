// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The accessible tree of a window, as a screen reader and the Tab key go through it.
#pragma once

#include <QQuickWindow>
#include <QStringList>

namespace tikgok::test {

// What is not as it should be, in words; also as warnings, since QtTest cuts long messages. Of a sheet that
// is open, nothing behind it is looked at. It waits until the layout has come to rest.
//
// Elements that can be operated: each has a name, a role that says what it is, an action that fits the role,
// a size, and states that agree with the item's. One tab is selected, one choice is made.
//
// Then Tab is pressed until the keyboard is where it was, and Shift+Tab all the way back. What is reached is
// there, has a name, comes into sight, and follows the way one reads: down, and from left to right (a notice
// that floats over the page excepted). Every element that can be operated is reached, or its list or group
// is, within which arrow keys go.
QStringList accessibleFaults(QQuickWindow* window);

}  // namespace tikgok::test
