// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/carried_worlds.h"

#include "backend-sim/control/base64.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

void CarriedWorlds::begin(std::size_t mostBytes) {
    mostBytes_ = mostBytes;
    known_.clear();
}

json::array CarriedWorlds::forCall(std::string_view path) {
    constexpr std::string_view kSnapshots = "snapshots/";
    if (path.starts_with("imports/")) {
        // May put a snapshot in the place of one that is known; imports are not recorded.
        known_.clear();
        return {};
    }
    std::string name;
    if (path.starts_with(kSnapshots)) {
        path.remove_prefix(kSnapshots.size());
        name = path.substr(0, std::min(path.find('/'), path.size()));
    } else if (path != "world/reset") {
        return {};
    }
    if (!known_.insert(name).second) {
        return {};
    }
    if (name.empty()) {
        // Null: there is none, and the replay shall have none either.
        return {json::object{{"start", contentOf(std::nullopt)}}};
    }
    json::value content = contentOf(name);
    return content.is_null() ? json::array()
                             : json::array{json::object{{"snapshot", name}, {"world", std::move(content)}}};
}

json::value CarriedWorlds::contentOf(const std::optional<std::string>& snapshot) const {
    const auto file = worlds_.exportKept(snapshot);
    if (!file) {
        return nullptr;
    }
    std::error_code error;
    const auto size = std::filesystem::file_size(*file, error);
    json::value content = kTooLargeToCarry;
    if (!error && size < mostBytes_ / 4 * 3) {
        std::ifstream in(*file, std::ios::binary);
        content = toBase64(std::string(std::istreambuf_iterator<char>(in), {}));
    }
    std::filesystem::remove(*file, error);
    return content;
}

}  // namespace tikgok::sim
