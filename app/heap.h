// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace tikgok {

// Lets all threads share a few heaps. glibc gives them up to eight for each processor otherwise, and each
// keeps the pictures that were freed in it: 85 MB after 60 videos on two processors. Does nothing elsewhere.
// To be called before there is a second thread.
void shareHeaps();

// Gives the pages of the heaps in which nothing is back to the system; those between two blocks that are in
// use stay otherwise, a tenth of all memory after a thousand videos. Takes some milliseconds, and who
// allocates from the same heap waits meanwhile: for a thread of the pool, now and then. Does nothing
// elsewhere.
void returnFreePages();

}  // namespace tikgok
