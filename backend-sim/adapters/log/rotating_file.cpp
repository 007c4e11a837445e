// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/log/rotating_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>
#include <zlib.h>

namespace tikgok::sim {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kAside = ".aside-";

// False when it did not work; `to` may then hold a part.
bool pack(const fs::path& from, const fs::path& to) {
    std::ifstream in(from, std::ios::binary);
    const gzFile out = ::gzopen(to.c_str(), "wbe6");
    if (!in || out == nullptr) {
        if (out != nullptr) {
            ::gzclose(out);
        }
        return false;
    }
    std::vector<char> piece(std::size_t{64} * 1024);
    bool good = true;
    while (good && in) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto count = static_cast<unsigned>(in.gcount());
        good = count == 0 || ::gzwrite(out, piece.data(), count) == static_cast<int>(count);
    }
    return ::gzclose(out) == Z_OK && good && in.eof();
}

std::int64_t milliseconds(const statx_timestamp& time) {
    return time.tv_sec * 1'000 + time.tv_nsec / 1'000'000;
}

}  // namespace

std::expected<std::unique_ptr<RotatingFile>, std::string> RotatingFile::open(Config config,
                                                                             const Clock& clock) {
    std::error_code error;
    if (config.file.has_parent_path()) {
        fs::create_directories(config.file.parent_path(), error);
    }
    std::unique_ptr<RotatingFile> file(new RotatingFile(std::move(config), clock));
    if (!file->openFile()) {
        return std::unexpected("The log file " + file->config_.file.string() +
                               " cannot be written: " + std::strerror(errno));
    }
    // What an earlier end left half-way.
    const fs::path directory =
        file->config_.file.has_parent_path() ? file->config_.file.parent_path() : fs::path(".");
    const std::string start = file->config_.file.filename().string() + std::string(kAside);
    for (const auto& entry : fs::directory_iterator(directory, error)) {
        if (entry.path().filename().string().starts_with(start)) {
            file->aside_.push_back(entry.path());
        }
    }
    std::ranges::sort(file->aside_);
    file->thread_ = std::thread([f = file.get()] { f->run(); });
    return file;
}

RotatingFile::RotatingFile(Config config, const Clock& clock) : config_(std::move(config)), clock_(clock) {}

RotatingFile::~RotatingFile() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

bool RotatingFile::openFile() {
    constexpr mode_t kOwnerOnly = 0600;
    descriptor_ = ::open(config_.file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kOwnerOnly);
    if (descriptor_ < 0) {
        return false;
    }
    struct statx facts{};
    size_ = 0;
    begunMs_ = clock_.nowMs();
    if (::statx(descriptor_, "", AT_EMPTY_PATH, STATX_SIZE | STATX_BTIME | STATX_MTIME, &facts) == 0) {
        size_ = facts.stx_size;
        if (size_ > 0) {
            begunMs_ = milliseconds((facts.stx_mask & STATX_BTIME) != 0 ? facts.stx_btime : facts.stx_mtime);
        }
    }
    return true;
}

void RotatingFile::write(std::string_view line) {
    const std::lock_guard lock(mutex_);
    const std::int64_t now = clock_.nowMs();
    if (size_ == 0) {
        begunMs_ = now;
    }
    const bool large = config_.maxBytes > 0 && size_ > 0 && size_ + line.size() + 1 > config_.maxBytes;
    const bool old = config_.maxAge.count() > 0 && size_ > 0 && now - begunMs_ >= config_.maxAge.count();
    if (large || old) {
        rotate();
    }
    if (lostSince_ > 0 && descriptor_ >= 0) {
        const std::uint64_t count = lostSince_;
        lostSince_ = 0;
        putDown("level=warning log lines lost=" + std::to_string(count));
        if (lostSince_ > 0) {
            // Still no room; that line of ours is none of theirs.
            lostSince_ = count;
            --lost_;
        }
    }
    putDown(line);
}

void RotatingFile::putDown(std::string_view text) {
    buffer_.clear();
    if (torn_) {
        buffer_ += '\n';
    }
    buffer_.append(text);
    buffer_ += '\n';
    std::size_t done = 0;
    while (descriptor_ >= 0 && done < buffer_.size()) {
        const ssize_t count = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            break;
        }
        done += static_cast<std::size_t>(count);
    }
    size_ += done;
    if (done < buffer_.size()) {
        torn_ = torn_ || done > 0;
        ++lost_;
        ++lostSince_;
    } else {
        torn_ = false;
    }
}

// The lock is held. The file gets a name of passage at once; the rest is the other thread's.
void RotatingFile::rotate() {
    std::string number = std::to_string(++asideNumber_);
    constexpr std::size_t kDigits = 8;
    number.insert(0, kDigits - std::min(kDigits, number.size()), '0');
    fs::path aside = config_.file;
    // Sorted by time, also those of an earlier start.
    aside += std::string(kAside) + std::to_string(clock_.nowMs()) + "-" + number;
    std::error_code error;
    fs::rename(config_.file, aside, error);
    if (error) {
        // Not a plain file, or no right to: it goes on as it is, and is tried again only after as much again.
        size_ = 0;
        begunMs_ = clock_.nowMs();
        return;
    }
    ::close(descriptor_);
    torn_ = false;
    if (!openFile()) {
        descriptor_ = -1;
    }
    aside_.push_back(std::move(aside));
    changed_.notify_all();
}

void RotatingFile::settle() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return aside_.empty() && !storing_; });
}

std::uint64_t RotatingFile::lost() const {
    const std::lock_guard lock(mutex_);
    return lost_;
}

void RotatingFile::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return ending_ || !aside_.empty(); });
        if (aside_.empty()) {
            return;
        }
        const fs::path next = std::move(aside_.front());
        aside_.pop_front();
        storing_ = true;
        lock.unlock();
        try {
            store(next);
        } catch (const std::exception&) {
            // No memory: the file stays under its name of passage until the next start.
            static_cast<void>(next);
        }
        lock.lock();
        storing_ = false;
        changed_.notify_all();
    }
}

fs::path RotatingFile::numbered(std::size_t number, bool packed) const {
    fs::path name = config_.file;
    name += "." + std::to_string(number) + (packed ? ".gz" : "");
    return name;
}

// Every file moves one number on; the one at the end goes.
void RotatingFile::store(const fs::path& aside) {
    std::error_code ignored;
    if (config_.keep == 0) {
        fs::remove(aside, ignored);
        return;
    }
    // Also what a larger `keep` of an earlier start left. Numbers have no gaps.
    std::size_t last = config_.keep;
    while (fs::exists(numbered(last, true), ignored) || fs::exists(numbered(last, false), ignored)) {
        fs::remove(numbered(last, true), ignored);
        fs::remove(numbered(last, false), ignored);
        ++last;
    }
    for (std::size_t number = config_.keep; number > 1; --number) {
        for (const bool packed : {true, false}) {
            fs::rename(numbered(number - 1, packed), numbered(number, packed), ignored);
        }
    }
    if (config_.compress) {
        fs::path part = config_.file;
        part += ".part";
        if (pack(aside, part)) {
            fs::rename(part, numbered(1, true), ignored);
            fs::permissions(numbered(1, true), fs::perms::owner_read | fs::perms::owner_write, ignored);
            fs::remove(aside, ignored);
            return;
        }
        // A full disk, most likely. The text stays as it is.
        fs::remove(part, ignored);
    }
    fs::rename(aside, numbered(1, false), ignored);
}

}  // namespace tikgok::sim
