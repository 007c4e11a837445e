// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/watch.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace tikgok::sim::durability {

void Unmap::operator()(Watch* watch) const {
    ::munmap(watch, sizeof(Watch));
}

WatchPage mapWatch(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return nullptr;
    }
    void* page = MAP_FAILED;
    if (::ftruncate(descriptor, sizeof(Watch)) == 0) {
        page = ::mmap(nullptr, sizeof(Watch), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    }
    ::close(descriptor);
    return WatchPage(page == MAP_FAILED ? nullptr : static_cast<Watch*>(page));
}

}  // namespace tikgok::sim::durability
