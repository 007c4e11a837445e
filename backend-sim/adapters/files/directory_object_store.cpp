// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/files/directory_object_store.h"

#include "backend-sim/adapters/files/durable_files.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <system_error>
#include <vector>

namespace tikgok::sim {

namespace {

std::string dayOf(std::int64_t timeMs) {
    const auto time = static_cast<std::time_t>(timeMs / 1000);
    std::tm utc{};
    std::array<char, 32> text{};
    if (gmtime_r(&time, &utc) == nullptr || std::strftime(text.data(), text.size(), "%Y/%m/%d", &utc) == 0) {
        return "1970/01/01";
    }
    return text.data();
}

}  // namespace

bool isPlainKey(std::string_view key) {
    if (key.empty() || key.size() > 1024) {
        return false;
    }
    bool atStart = true;
    for (const char c : key) {
        if (atStart && (c == '.' || c == '/')) {
            return false;
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '\\') {
            return false;
        }
        atStart = c == '/';
    }
    return !atStart;
}

std::string DirectoryObjectStore::keyFor(contract::Id id, std::int64_t timeMs,
                                         std::string_view suffix) const {
    return dayOf(timeMs) + "/" + std::to_string(id) + "." + std::string(suffix);
}

std::expected<void, ObjectError> DirectoryObjectStore::put(const std::filesystem::path& staged,
                                                           std::string_view key) {
    if (!isPlainKey(key)) {
        return std::unexpected(ObjectError{"no key: " + std::string(key)});
    }
    const std::filesystem::path target = root_ / key;
    if (auto made = files::makeDirectories(target.parent_path()); !made) {
        return std::unexpected(ObjectError{made.error().what});
    }
    if (auto moved = files::moveDurably(staged, target); !moved) {
        return std::unexpected(ObjectError{moved.error().what});
    }
    return {};
}

void DirectoryObjectStore::hideUntil(std::string_view key, std::int64_t timeMs, std::int64_t nowMs) {
    const std::lock_guard lock(mutex_);
    std::erase_if(hiddenUntil_, [nowMs](const auto& entry) { return entry.second <= nowMs; });
    hiddenUntil_.insert_or_assign(std::string(key), timeMs);
}

bool DirectoryObjectStore::hidden(std::string_view key, std::int64_t nowMs) const {
    const std::lock_guard lock(mutex_);
    const auto found = hiddenUntil_.find(key);
    return found != hiddenUntil_.end() && nowMs < found->second;
}

std::optional<std::filesystem::path> DirectoryObjectStore::find(std::string_view key) const {
    if (!isPlainKey(key)) {
        return std::nullopt;
    }
    std::filesystem::path path = root_ / key;
    std::error_code error;
    // Not through links: what lies here was put here by put().
    if (std::filesystem::symlink_status(path, error).type() != std::filesystem::file_type::regular) {
        return std::nullopt;
    }
    return path;
}

void DirectoryObjectStore::remove(std::string_view key) {
    if (isPlainKey(key)) {
        std::error_code ignored;
        std::filesystem::remove(root_ / key, ignored);
    }
    const std::lock_guard lock(mutex_);
    if (const auto found = hiddenUntil_.find(key); found != hiddenUntil_.end()) {
        hiddenUntil_.erase(found);
    }
}

std::size_t DirectoryObjectStore::sweep(const std::function<bool(const std::string& key)>& wanted) {
    namespace fs = std::filesystem;
    std::vector<fs::path> unwanted;
    std::error_code error;
    for (fs::recursive_directory_iterator at(root_, error), end; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        if (!at->is_directory(ignored) && !wanted(at->path().lexically_relative(root_).generic_string())) {
            unwanted.push_back(at->path());
        }
    }
    for (const fs::path& path : unwanted) {
        fs::remove(path, error);
    }
    return unwanted.size();
}

std::expected<void, ObjectError> DirectoryObjectStore::replaceAll(const std::filesystem::path& from,
                                                                  const std::filesystem::path& away) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (fs::exists(root_, error)) {
        fs::rename(root_, away, error);
        if (error) {
            return std::unexpected(ObjectError{error.message()});
        }
    }
    {
        const std::lock_guard lock(mutex_);
        hiddenUntil_.clear();
    }
    return DirectoryObjectStore(from).linkAll(root_);
}

std::expected<void, ObjectError> DirectoryObjectStore::linkAll(const std::filesystem::path& to) const {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::is_directory(root_, error)) {
        return {};
    }
    for (fs::recursive_directory_iterator at(root_, error), end; !error && at != end; at.increment(error)) {
        if (!at->is_regular_file(error) || at->is_symlink(error)) {
            continue;
        }
        const fs::path target = to / at->path().lexically_relative(root_);
        if (fs::exists(target, error)) {
            continue;
        }
        if (auto made = files::makeDirectories(target.parent_path()); !made) {
            return std::unexpected(ObjectError{made.error().what});
        }
        fs::create_hard_link(at->path(), target, error);
        if (error) {
            return std::unexpected(ObjectError{error.message()});
        }
    }
    return error ? std::expected<void, ObjectError>(std::unexpected(ObjectError{error.message()}))
                 : std::expected<void, ObjectError>();
}

}  // namespace tikgok::sim
