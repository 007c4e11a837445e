// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the process is started with, put right before Qt looks at it, and words where Qt would crash for it.
#pragma once

#include <QtGlobal>

namespace tikgok {

// A home that is missing is the one of the user's account; XDG directories that are not absolute count as not
// set, as their specification wants (Qt 6.4 would take them). Before there are threads.
void mendEnvironment();

// While one lives, Qt's fatal message, with which it ends the process as a crash when it finds no display, is
// one of ours and a plain end with exit code 1. For the time in which the application object is made.
class NoDisplayInWords {
public:
    NoDisplayInWords();
    ~NoDisplayInWords();
    Q_DISABLE_COPY_MOVE(NoDisplayInWords)
};

}  // namespace tikgok
