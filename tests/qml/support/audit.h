// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What every page has to hold to, whatever is on it.
#pragma once

#include <QList>
#include <QQuickWindow>
#include <QSize>
#include <QStringList>

namespace tikgok::test {

class Stage;

// Of a window whose layout has come to rest; they wait for that.

// Whatever can be pressed or filled in has a name for a screen reader: those without, and how many have one.
QStringList namelessIn(QQuickWindow* window, int& named);

// Buttons and words that do not fit where they are, or stand outside the window.
QStringList cutIn(QQuickWindow* window);
// The same for each of these sizes, in both languages, with text as it is and twice as large.
QStringList cutInShapes(Stage& stage, const QList<QSize>& sizes);

}  // namespace tikgok::test
