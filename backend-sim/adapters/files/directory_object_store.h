// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The object store in a directory, one sub-directory per day.
#pragma once

#include "backend-sim/ports/object_store.h"

#include <functional>

namespace tikgok::sim {

class DirectoryObjectStore final : public ObjectStore {
public:
    // The directory is made when the first object comes.
    explicit DirectoryObjectStore(std::filesystem::path root) : root_(std::move(root)) {}

    std::expected<std::string, ObjectError> put(const std::filesystem::path& staged, contract::Id id,
                                                std::int64_t timeMs, std::string_view suffix) override;
    std::optional<std::filesystem::path> find(std::string_view key) const override;
    void remove(std::string_view key) override;

    // Removes every file for which `wanted(key)` is false, for instance what a crash left between file and
    // row. Gives how many. Only before anything else uses the store.
    std::size_t sweep(const std::function<bool(const std::string& key)>& wanted);

private:
    const std::filesystem::path root_;
};

// Whether `key` consists of plain names joined by single slashes: no "..", no empty part, no backslash, no
// control character, no leading dot.
bool isPlainKey(std::string_view key);

}  // namespace tikgok::sim
