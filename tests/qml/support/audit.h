// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What every page has to hold to, whatever is on it.
#pragma once

#include <QAccessible>
#include <QQuickItem>
#include <QRectF>
#include <QStringList>

namespace tikgok::test {

// Whatever can be pressed or filled in has a name for a screen reader: those without, and how many have one.
void collectNameless(QAccessibleInterface* at, QStringList& nameless, int& named);

// Buttons and words that do not fit where they are, or stand outside the window.
void collectCut(QQuickItem* item, const QRectF& window, QStringList& cut);

}  // namespace tikgok::test
