// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The object store in a directory, one sub-directory per day.
#pragma once

#include "backend-sim/ports/object_store.h"

#include <functional>
#include <map>
#include <mutex>

namespace tikgok::sim {

class DirectoryObjectStore final : public ObjectStore {
public:
    // The directory is made when the first object comes.
    explicit DirectoryObjectStore(std::filesystem::path root) : root_(std::move(root)) {}

    std::string keyFor(contract::Id id, std::int64_t timeMs, std::string_view suffix) const override;
    std::expected<void, ObjectError> put(const std::filesystem::path& staged, std::string_view key) override;
    std::optional<std::filesystem::path> find(std::string_view key) const override;
    void hideUntil(std::string_view key, std::int64_t timeMs, std::int64_t nowMs) override;
    bool hidden(std::string_view key, std::int64_t nowMs) const override;
    void remove(std::string_view key) override;

    // Removes every file for which `wanted(key)` is false, for instance what a crash left between file and
    // row. Gives how many. Only before anything else uses the store.
    std::size_t sweep(const std::function<bool(const std::string& key)>& wanted);

    // Puts the objects below `from` (none when there is no such directory) in place of all that are here,
    // which are moved to `away`, a name that is free; all on one file system. They are linked, not copied:
    // objects never change.
    std::expected<void, ObjectError> replaceAll(const std::filesystem::path& from,
                                                const std::filesystem::path& away);
    // Links every object to the same key below `to`. Keys that are there already stay what they are.
    [[nodiscard]] std::expected<void, ObjectError> linkAll(const std::filesystem::path& to) const;

private:
    const std::filesystem::path root_;
    mutable std::mutex mutex_;
    // Milliseconds, by key. Those that are past go when the next one comes.
    std::map<std::string, std::int64_t, std::less<>> hiddenUntil_;
};

// Whether `key` consists of plain names joined by single slashes: no "..", no empty part, no backslash, no
// control character, no leading dot.
bool isPlainKey(std::string_view key);

}  // namespace tikgok::sim
