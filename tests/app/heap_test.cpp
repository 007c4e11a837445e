// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/heap.h"

#include <QFile>
#include <QTest>

#include <array>
#include <memory>
#include <vector>

// A sanitizer brings a heap of its own.
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define TIKGOK_TESTS_GLIBC_HEAP
#include <malloc.h>
#endif

namespace tikgok {

namespace {

#ifdef TIKGOK_TESTS_GLIBC_HEAP
// Of memory, in bytes.
qint64 resident() {
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly)) {
        return -1;
    }
    return file.readAll().split(' ').value(1).toLongLong() * 4096;
}
#endif

}  // namespace

class HeapTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void freePagesBetweenBlocksInUseGoBack() {
#ifndef TIKGOK_TESTS_GLIBC_HEAP
        QSKIP("another heap than glibc's");
#else
        constexpr std::size_t kBlock = 64 * 1024;
        constexpr std::size_t kBlocks = 1024;
        // Else the first large block that is freed raises what is large, and where blocks are made.
        mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
        std::vector<std::unique_ptr<std::array<char, kBlock>>> pictures;
        std::vector<std::unique_ptr<int>> rows;
        for (std::size_t i = 0; i < kBlocks; ++i) {
            pictures.push_back(std::make_unique<std::array<char, kBlock>>());
            pictures.back()->fill('p');
            rows.push_back(std::make_unique<int>(1));
        }
        const qint64 full = resident();
        pictures.clear();
        const qint64 freed = resident();
        QVERIFY2(freed > full - qint64{kBlock * kBlocks} / 4,
                 "the blocks in use keep nothing: this tests nothing");
        returnFreePages();
        QCOMPARE_LT(resident(), freed - qint64{kBlock * kBlocks} / 2);
        QCOMPARE(rows.size(), kBlocks);
#endif
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::HeapTest)
#include "heap_test.moc"
