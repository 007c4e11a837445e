// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/process_facts.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QtGlobal>

#include <ctime>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <sys/resource.h>

namespace tikgok::bench {

namespace {

qint64 clockNs(clockid_t clock) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return qint64{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

// The number behind "Name:" in one of the kernel's lists; 0 when it is not there.
qint64 field(const QByteArray& list, QByteArrayView name) {
    for (const QByteArray& line : list.split('\n')) {
        if (line.startsWith(name) && line.mid(name.size()).startsWith(':')) {
            return line.mid(name.size() + 1).simplified().split(' ').constFirst().toLongLong();
        }
    }
    return 0;
}

QByteArray contents(const char* path) {
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 heapInUseKb() {
#ifdef __GLIBC__
    const struct mallinfo2 heaps = ::mallinfo2();
    return static_cast<qint64>((heaps.uordblks + heaps.hblkhd) / 1024);
#else
    return 0;
#endif
}

int entries(const char* path) {
    return static_cast<int>(QDir(QString::fromLatin1(path))
                                .entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::System)
                                .size());
}

}  // namespace

qint64 nowNs() {
    return clockNs(CLOCK_MONOTONIC);
}

qint64 threadCpuNs() {
    return clockNs(CLOCK_THREAD_CPUTIME_ID);
}

qint64 processCpuNs() {
    return clockNs(CLOCK_PROCESS_CPUTIME_ID);
}

qint64 threadWaits() {
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_nvcsw;
}

qint64 processStartNs() {
    static const qint64 start = [] {
        bool told = false;
        const qint64 ns = qEnvironmentVariable("TIKGOK_BENCH_START_NS").toLongLong(&told);
        return told ? ns : nowNs();
    }();
    return start;
}

double msSinceStart(qint64 ns) {
    return static_cast<double>(ns - processStartNs()) / 1e6;
}

ProcessFacts ProcessFacts::now() {
    const QByteArray rollup = contents("/proc/self/smaps_rollup");
    return {.rssKb = field(rollup, "Rss"),
            .pssKb = field(rollup, "Pss"),
            .peakKb = field(contents("/proc/self/status"), "VmHWM"),
            .heapKb = heapInUseKb(),
            .threads = entries("/proc/self/task"),
            .descriptors = entries("/proc/self/fd")};
}

void ProcessFacts::forgetPeak() {
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (file.open(QIODevice::WriteOnly)) {
        file.write("5");
    }
}

}  // namespace tikgok::bench
