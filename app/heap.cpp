// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/heap.h"

#include <QtGlobal>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace tikgok {

void shareHeaps() {
#ifdef __GLIBC__
    // Whoever knows better says so in the environment.
    if (!qEnvironmentVariableIsSet("MALLOC_ARENA_MAX")) {
        constexpr int kHeaps = 4;
        mallopt(M_ARENA_MAX, kHeaps);
    }
#endif
}

void returnFreePages() {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

}  // namespace tikgok
