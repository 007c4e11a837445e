// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/damage.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <vector>

namespace tikgok::sim::durability {

namespace {

namespace fs = std::filesystem;

std::string contentOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::string damageOneFile(const fs::path& directory, std::mt19937_64& random) {
    constexpr std::array<const char*, 4> kFiles{"store.sqlite", "store.sqlite-wal", "queue.sqlite",
                                                "queue.sqlite-wal"};
    std::vector<fs::path> files;
    for (const char* name : kFiles) {
        if (fs::exists(directory / name)) {
            files.push_back(directory / name);
        }
    }
    const fs::path& file = files.at(random() % files.size());
    const std::string name = file.filename().string();
    std::string content = contentOf(file);
    const std::size_t at = content.empty() ? 0 : random() % content.size();
    const auto write = [&] { std::ofstream(file, std::ios::binary | std::ios::trunc) << content; };
    switch (random() % 5) {
        case 0: {
            // Where it hurts: headers are at the start.
            const std::size_t place = random() % 2 == 0 ? at % 4096 : at;
            if (place < content.size()) {
                content[place] = static_cast<char>(content[place] ^ (1 << (random() % 8)));
            }
            write();
            return "a bit at " + std::to_string(place) + " of " + name;
        }
        case 1:
            content.resize(at);
            write();
            return name + " cut to " + std::to_string(at);
        case 2: {
            const std::size_t end = std::min(content.size(), at + 1 + random() % 8192);
            std::generate(content.begin() + static_cast<std::ptrdiff_t>(at),
                          content.begin() + static_cast<std::ptrdiff_t>(end),
                          [&] { return static_cast<char>(random()); });
            write();
            return "noise from " + std::to_string(at) + " to " + std::to_string(end) + " of " + name;
        }
        case 3:
            fs::remove(file);
            return "no " + name;
        default: {
            // The log of another database.
            const bool ofStore = random() % 2 == 0;
            const fs::path from = directory / (ofStore ? "store.sqlite-wal" : "queue.sqlite-wal");
            const fs::path to = directory / (ofStore ? "queue.sqlite-wal" : "store.sqlite-wal");
            std::error_code error;
            fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
            return "a strange " + to.filename().string();
        }
    }
}

}  // namespace tikgok::sim::durability
