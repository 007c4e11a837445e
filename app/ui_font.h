// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace tikgok {

// The typeface of the whole program: the first of these that is installed, simplified Chinese shapes before
// Japanese ones. For QGuiApplication::setFont.
QFont uiFont();

}  // namespace tikgok
