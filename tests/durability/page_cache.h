// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What one file looks like to the process, and what of it is on the medium. Used by disk.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>

struct sqlite3_file;

namespace tikgok::sim::durability {

// Where bytes outlive the process. Offsets and sizes in bytes; false: the system refused.
class Medium {
public:
    virtual ~Medium() = default;
    // Reads what is there; the rest of `to` is left alone.
    virtual bool read(char* to, std::int64_t count, std::int64_t offset) = 0;
    virtual bool write(const char* from, std::int64_t count, std::int64_t offset) = 0;
    // Makes it longer, too.
    virtual bool resize(std::int64_t size) = 0;
    virtual std::int64_t size() = 0;
};

// A file without a name on the medium: it goes with the process.
class NamelessMedium final : public Medium {
public:
    bool read(char* to, std::int64_t count, std::int64_t offset) override;
    bool write(const char* from, std::int64_t count, std::int64_t offset) override;
    bool resize(std::int64_t size) override;
    std::int64_t size() override { return static_cast<std::int64_t>(bytes_.size()); }
    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

// A file by its name, opened by us. Not for files that SQLite locks: closing ours would drop its locks.
class NamedMedium final : public Medium {
public:
    // Made when it is not there. Check valid().
    explicit NamedMedium(const std::filesystem::path& file);
    ~NamedMedium() override;
    NamedMedium(const NamedMedium&) = delete;
    NamedMedium& operator=(const NamedMedium&) = delete;
    bool valid() const { return descriptor_ >= 0; }
    bool read(char* to, std::int64_t count, std::int64_t offset) override;
    bool write(const char* from, std::int64_t count, std::int64_t offset) override;
    bool resize(std::int64_t size) override;
    std::int64_t size() override;

private:
    int descriptor_;
};

// A file that SQLite's own VFS has opened. Does not own it.
class OpenedMedium final : public Medium {
public:
    explicit OpenedMedium(sqlite3_file* file) : file_(file) {}
    bool read(char* to, std::int64_t count, std::int64_t offset) override;
    bool write(const char* from, std::int64_t count, std::int64_t offset) override;
    bool resize(std::int64_t size) override;
    std::int64_t size() override;

private:
    sqlite3_file* file_;
};

// The file as the process sees it. The medium is handed in with each call because all connections to one file
// share its cache, and any of them may be the one that is still open.
class PageCache {
public:
    static constexpr std::int64_t kSector = 512;

    explicit PageCache(std::int64_t size) : size_(size), valid_(size) {}

    std::int64_t size() const { return size_; }
    bool clean() const { return dirty_.empty() && !resized_; }
    // Reads `count` bytes at `offset`, zeros behind the end.
    bool read(Medium& medium, char* to, std::int64_t count, std::int64_t offset) const;
    bool write(Medium& medium, const char* from, std::int64_t count, std::int64_t offset);
    void truncate(std::int64_t size);
    // Everything reaches the medium.
    bool sync(Medium& medium);
    // Sectors among those of `count` bytes at `offset` reach the medium before their time, each with a chance
    // of one half. Truncations that came before them do as well.
    bool leak(Medium& medium, std::int64_t count, std::int64_t offset, std::mt19937_64& random);
    // The same for all sectors that are not synced.
    bool leakAny(Medium& medium, std::mt19937_64& random);

private:
    using Sector = std::array<char, kSector>;

    bool cut(Medium& medium);
    bool put(Medium& medium, std::int64_t sector, const Sector& bytes) const;

    std::int64_t size_;
    // What the medium holds from here on does not belong to the file any more.
    std::int64_t valid_;
    bool cutDue_ = false;
    bool resized_ = false;
    std::map<std::int64_t, Sector> dirty_;
};

}  // namespace tikgok::sim::durability
