// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// When what a window shows has come to rest. Whoever reads an item tree earlier reads rows that have no place
// yet.
#pragma once

#include <QQuickItem>
#include <QQuickWindow>

namespace tikgok::test {

// Whether everything is where the layouts want it: nothing waits to be polished.
bool isPolished(QQuickWindow* window);

// Waits until nothing waits to be polished, and until no item has come, gone, moved or changed its size for
// some turns of the event loop. Says what still moves, and is false, when that does not come.
bool waitForRest(QQuickWindow* window);

// Waits until item stands where a pointer finds it: laid out, and not moved for some turns of the event loop.
// No person presses a button of a sheet that has just begun to come up. False when that does not come, and
// when item goes meanwhile.
bool waitUntilItStands(QQuickItem* item);

}  // namespace tikgok::test
