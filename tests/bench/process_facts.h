// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the kernel knows about this process, and the clock that it shares with the one that started it.
#pragma once

#include <QtGlobal>

namespace tikgok::bench {

// CLOCK_MONOTONIC.
qint64 nowNs();
// CPU time of the calling thread.
qint64 threadCpuNs();
// CPU time of all threads of this process.
qint64 processCpuNs();
// How often the calling thread has given up the CPU by itself so far: it waited for a lock, a file, another
// thread.
qint64 threadWaits();
// When this process was started, as its starter says in TIKGOK_BENCH_START_NS; otherwise when this was first
// called.
qint64 processStartNs();
double msSinceStart(qint64 ns);

struct ProcessFacts {
    qint64 rssKb = 0;
    qint64 pssKb = 0;
    qint64 peakKb = 0;  // VmHWM
    qint64 heapKb = 0;  // what was asked of the heap and not given back; 0 where that is not known
    int threads = 0;
    int descriptors = 0;

    static ProcessFacts now();
    // peakKb starts again from rssKb.
    static void forgetPeak();
};

}  // namespace tikgok::bench
