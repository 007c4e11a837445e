// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files that survive a power cut, and files that only one process may have.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace tikgok::sim::files {

struct FileError {
    std::string what;
    // Only from DirectoryLock: somebody else has it, and `what` is their name.
    bool held = false;
};

// Syncs a file's or a directory's content to the medium.
std::expected<void, FileError> syncPath(const std::filesystem::path& path);

// Copies a file to a new name, not durably; what is there of `to` after an error is of no use. A full disk is
// called that: std::filesystem::copy_file() of GCC speaks of an input/output error when room runs out in the
// middle of a file.
std::error_code copyFile(const std::filesystem::path& from, const std::filesystem::path& to);

// Makes a directory and its missing parents, each synced into its own parent. What is made is the owner's
// alone (0700); what is there already keeps its mode.
std::expected<void, FileError> makeDirectories(const std::filesystem::path& path);

// Moves a file to a new name on the same file system, durably. Fails when `to` exists.
std::expected<void, FileError> moveDurably(const std::filesystem::path& from,
                                           const std::filesystem::path& to);

// The 32 random bytes in `file`, which are made, durably and readable by the owner only, when there is no
// such file. An existing file that others can read is closed to them.
std::expected<std::string, FileError> keyIn(const std::filesystem::path& file);

// 64 new random hexadecimal digits, also written to `file`, which only its owner can read, whatever was there
// before. It is worth nothing to a later start, so it is not synced.
std::expected<std::string, FileError> freshSecretIn(const std::filesystem::path& file);

// Holds a directory against other processes and other objects of this process for as long as it lives. A
// process that dies lets go.
class DirectoryLock {
public:
    // The error names the holder.
    static std::expected<DirectoryLock, FileError> take(const std::filesystem::path& file);
    DirectoryLock(DirectoryLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
    DirectoryLock& operator=(DirectoryLock&& other) noexcept;
    ~DirectoryLock();

private:
    explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace tikgok::sim::files
