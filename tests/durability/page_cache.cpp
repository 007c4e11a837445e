// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/page_cache.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace tikgok::sim::durability {

bool NamelessMedium::read(char* to, std::int64_t count, std::int64_t offset) {
    const std::int64_t there = std::clamp<std::int64_t>(size() - offset, 0, count);
    if (there > 0) {
        std::memcpy(to, bytes_.data() + offset, static_cast<std::size_t>(there));
    }
    return true;
}

bool NamelessMedium::write(const char* from, std::int64_t count, std::int64_t offset) {
    resize(std::max(size(), offset + count));
    std::memcpy(bytes_.data() + offset, from, static_cast<std::size_t>(count));
    return true;
}

bool NamelessMedium::resize(std::int64_t size) {
    bytes_.resize(static_cast<std::size_t>(size));
    return true;
}

NamedMedium::NamedMedium(const std::filesystem::path& file)
    : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {}

NamedMedium::~NamedMedium() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

bool NamedMedium::read(char* to, std::int64_t count, std::int64_t offset) {
    while (count > 0) {
        const ssize_t got = ::pread(descriptor_, to, static_cast<std::size_t>(count), offset);
        if (got <= 0) {
            return got == 0;
        }
        to += got;
        count -= got;
        offset += got;
    }
    return true;
}

bool NamedMedium::write(const char* from, std::int64_t count, std::int64_t offset) {
    return ::pwrite(descriptor_, from, static_cast<std::size_t>(count), offset) == count;
}

bool NamedMedium::resize(std::int64_t size) {
    return ::ftruncate(descriptor_, size) == 0;
}

std::int64_t NamedMedium::size() {
    struct stat status{};
    return ::fstat(descriptor_, &status) == 0 ? status.st_size : 0;
}

bool OpenedMedium::read(char* to, std::int64_t count, std::int64_t offset) {
    const std::int64_t there = std::clamp<std::int64_t>(size() - offset, 0, count);
    return there == 0 || file_->pMethods->xRead(file_, to, static_cast<int>(there), offset) == SQLITE_OK;
}

bool OpenedMedium::write(const char* from, std::int64_t count, std::int64_t offset) {
    return file_->pMethods->xWrite(file_, from, static_cast<int>(count), offset) == SQLITE_OK;
}

bool OpenedMedium::resize(std::int64_t size) {
    return file_->pMethods->xTruncate(file_, size) == SQLITE_OK;
}

std::int64_t OpenedMedium::size() {
    sqlite3_int64 size = 0;
    return file_->pMethods->xFileSize(file_, &size) == SQLITE_OK ? size : 0;
}

bool PageCache::read(Medium& medium, char* to, std::int64_t count, std::int64_t offset) const {
    std::memset(to, 0, static_cast<std::size_t>(count));
    const std::int64_t end = std::min(offset + count, size_);
    const std::int64_t onMedium = std::min(end, valid_);
    if (onMedium > offset && !medium.read(to, onMedium - offset, offset)) {
        return false;
    }
    for (auto at = dirty_.lower_bound(offset / kSector); at != dirty_.end() && at->first * kSector < end;
         ++at) {
        const std::int64_t from = std::max(offset, at->first * kSector);
        const std::int64_t until = std::min(end, (at->first + 1) * kSector);
        std::memcpy(to + (from - offset), at->second.data() + (from - at->first * kSector),
                    static_cast<std::size_t>(until - from));
    }
    return true;
}

bool PageCache::write(Medium& medium, const char* from, std::int64_t count, std::int64_t offset) {
    for (std::int64_t done = 0; done < count;) {
        const std::int64_t at = offset + done;
        const std::int64_t number = at / kSector;
        const std::int64_t inside = at % kSector;
        const std::int64_t part = std::min(kSector - inside, count - done);
        auto [sector, fresh] = dirty_.try_emplace(number);
        if (fresh) {
            sector->second.fill(0);
            const std::int64_t there =
                std::clamp<std::int64_t>(std::min(valid_, size_) - number * kSector, 0, kSector);
            if (there > 0 && !medium.read(sector->second.data(), there, number * kSector)) {
                return false;
            }
        }
        std::memcpy(sector->second.data() + inside, from + done, static_cast<std::size_t>(part));
        done += part;
    }
    if (offset + count > size_) {
        size_ = offset + count;
        resized_ = true;
    }
    return true;
}

void PageCache::truncate(std::int64_t size) {
    resized_ = resized_ || size != size_;
    size_ = size;
    cutDue_ = cutDue_ || size < valid_;
    valid_ = std::min(valid_, size);
    dirty_.erase(dirty_.lower_bound((size + kSector - 1) / kSector), dirty_.end());
    if (const auto last = dirty_.find(size / kSector); last != dirty_.end()) {
        std::fill(last->second.begin() + size % kSector, last->second.end(), '\0');
    }
}

bool PageCache::cut(Medium& medium) {
    // Only then: what leaked behind the synced end stays.
    return !std::exchange(cutDue_, false) || medium.size() <= valid_ || medium.resize(valid_);
}

bool PageCache::put(Medium& medium, std::int64_t sector, const Sector& bytes) const {
    const std::int64_t count = std::min(kSector, size_ - sector * kSector);
    return count <= 0 || medium.write(bytes.data(), count, sector * kSector);
}

bool PageCache::sync(Medium& medium) {
    if (clean()) {
        return true;
    }
    if (!cut(medium)) {
        return false;
    }
    // In runs, as a disk would like it.
    std::string run;
    std::int64_t start = 0;
    const auto flush = [&] {
        const auto count = std::min<std::int64_t>(static_cast<std::int64_t>(run.size()), size_ - start);
        return count <= 0 || medium.write(run.data(), count, start);
    };
    for (const auto& [number, bytes] : dirty_) {
        if (number * kSector != start + static_cast<std::int64_t>(run.size())) {
            if (!flush()) {
                return false;
            }
            run.clear();
            start = number * kSector;
        }
        run.append(bytes.data(), bytes.size());
    }
    if (!flush() || (medium.size() < size_ && !medium.resize(size_))) {
        return false;
    }
    dirty_.clear();
    valid_ = size_;
    resized_ = false;
    return true;
}

bool PageCache::leak(Medium& medium, std::int64_t count, std::int64_t offset, std::mt19937_64& random) {
    if (!cut(medium)) {
        return false;
    }
    for (auto at = dirty_.lower_bound(offset / kSector);
         at != dirty_.end() && at->first * kSector < offset + count; ++at) {
        if (random() % 2 == 0 && !put(medium, at->first, at->second)) {
            return false;
        }
    }
    return true;
}

bool PageCache::leakAny(Medium& medium, std::mt19937_64& random) {
    return leak(medium, size_, 0, random);
}

}  // namespace tikgok::sim::durability
