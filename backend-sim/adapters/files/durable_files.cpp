// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/files/durable_files.h"

#include <sodium.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tikgok::sim::files {

namespace {

std::unexpected<FileError> failure(const std::string& doing, const std::filesystem::path& path) {
    const int code = errno;
    return std::unexpected(
        FileError{doing + " " + path.string() + ": " + std::generic_category().message(code), false});
}

class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (value_ >= 0) {
            ::close(value_);
        }
    }
    int get() const { return value_; }
    int release() { return std::exchange(value_, -1); }
    bool ok() const { return value_ >= 0; }

private:
    int value_;
};

constexpr std::size_t kKeySize = 32;

bool writeAll(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

std::expected<void, FileError> syncPath(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.ok() || ::fsync(file.get()) != 0) {
        return failure("cannot sync", path);
    }
    return {};
}

std::error_code copyFile(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code error;
    if (std::filesystem::copy_file(from, to, error) || error != std::errc::io_error) {
        return error;
    }
    std::error_code unknown;
    const auto size = std::filesystem::file_size(from, unknown);
    const auto space = std::filesystem::space(to.parent_path(), unknown);
    return !unknown && space.available < size ? std::make_error_code(std::errc::no_space_on_device) : error;
}

std::expected<void, FileError> makeDirectories(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        return {};
    }
    const std::filesystem::path parent = path.parent_path();
    if (!parent.empty() && parent != path) {
        if (auto made = makeDirectories(parent); !made) {
            return made;
        }
    }
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
        return failure("cannot make directory", path);
    }
    if (!std::filesystem::is_directory(path, error)) {
        return std::unexpected(FileError{path.string() + " is not a directory", false});
    }
    return syncPath(parent.empty() ? std::filesystem::path(".") : parent);
}

namespace {

// The owner's alone from its first moment on, durably.
std::expected<void, FileError> writeSecret(const std::filesystem::path& file, std::string_view secret,
                                           bool lasting) {
    std::filesystem::path half = file;
    half += ".new";
    ::unlink(half.c_str());
    {
        const Descriptor made(::open(half.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!made.ok() || !writeAll(made.get(), secret) || (lasting && ::fsync(made.get()) != 0)) {
            return failure("cannot write", half);
        }
    }
    if (::rename(half.c_str(), file.c_str()) != 0) {
        return failure("cannot write", file);
    }
    return lasting ? syncPath(file.parent_path()) : std::expected<void, FileError>();
}

}  // namespace

std::expected<void, FileError> moveDurably(const std::filesystem::path& from,
                                           const std::filesystem::path& to) {
    if (auto synced = syncPath(from); !synced) {
        return synced;
    }
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
        // Some file systems do not know the flag. A link never replaces either.
        if (errno != EINVAL || ::link(from.c_str(), to.c_str()) != 0) {
            return failure("cannot move to", to);
        }
        ::unlink(from.c_str());
    }
    if (auto synced = syncPath(to.parent_path()); !synced) {
        ::rename(to.c_str(), from.c_str());
        return synced;
    }
    return {};
}

std::expected<std::string, FileError> keyIn(const std::filesystem::path& file) {
    if (const Descriptor existing(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)); existing.ok()) {
        std::string key(kKeySize + 1, '\0');
        const ssize_t length = ::read(existing.get(), key.data(), key.size());
        if (length != static_cast<ssize_t>(kKeySize)) {
            return std::unexpected(FileError{file.string() + " does not hold a key of 32 bytes", false});
        }
        key.resize(kKeySize);
        if (::fchmod(existing.get(), 0600) != 0) {
            return failure("cannot protect", file);
        }
        return key;
    }
    if (errno != ENOENT) {
        return failure("cannot read", file);
    }
    if (sodium_init() < 0) {
        return std::unexpected(FileError{"no source of random numbers", false});
    }
    std::string key(kKeySize, '\0');
    randombytes_buf(key.data(), key.size());
    if (auto kept = writeSecret(file, key, true); !kept) {
        return std::unexpected(kept.error());
    }
    return key;
}

std::expected<std::string, FileError> freshSecretIn(const std::filesystem::path& file) {
    if (sodium_init() < 0) {
        return std::unexpected(FileError{"no source of random numbers", false});
    }
    std::array<unsigned char, kKeySize> random{};
    randombytes_buf(random.data(), random.size());
    std::array<char, 2 * kKeySize + 1> digits{};
    sodium_bin2hex(digits.data(), digits.size(), random.data(), random.size());
    std::string secret(digits.data());
    if (auto kept = writeSecret(file, secret + "\n", false); !kept) {
        return std::unexpected(kept.error());
    }
    return secret;
}

std::expected<DirectoryLock, FileError> DirectoryLock::take(const std::filesystem::path& file) {
    Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock.ok()) {
        return failure("cannot open", file);
    }
    std::array<char, 24> text{};
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return failure("cannot lock", file);
        }
        const ssize_t length = ::pread(lock.get(), text.data(), text.size() - 1, 0);
        std::string holder(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
        while (!holder.empty() && holder.back() == '\n') {
            holder.pop_back();
        }
        return std::unexpected(
            FileError{holder.empty() ? std::string("another process") : "process " + holder, true});
    }
    const int length = std::snprintf(text.data(), text.size(), "%ld\n", static_cast<long>(::getpid()));
    if (::ftruncate(lock.get(), 0) != 0 ||
        ::pwrite(lock.get(), text.data(), static_cast<size_t>(length), 0) != length) {
        return failure("cannot write", file);
    }
    return DirectoryLock(lock.release());
}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

DirectoryLock::~DirectoryLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

}  // namespace tikgok::sim::files
