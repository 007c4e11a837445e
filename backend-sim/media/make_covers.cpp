// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Makes the covers of the demo videos: the same picture that the simulator would choose for an upload. They
// are kept in the repository, since making forty of them would delay the first start by seconds. Usage:
// make_covers VIDEOS COVERS
#include "backend-sim/media/ffmpeg_inspector.h"

#include <cstdio>
#include <filesystem>
#include <system_error>

int main(int argc, char** argv) {
    namespace fs = std::filesystem;
    if (argc != 3) {
        std::fputs("usage: make_covers VIDEOS COVERS\n", stderr);
        return 2;
    }
    const fs::path covers = argv[2];
    std::error_code error;
    fs::create_directories(covers, error);
    tikgok::sim::FfmpegInspector inspector;
    int failures = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(argv[1], error)) {
        if (entry.path().extension() != ".mp4") {
            continue;
        }
        const fs::path cover = covers / (entry.path().stem().string() + ".jpg");
        const auto facts = inspector.inspect(entry.path(), cover, nullptr);
        if (!facts) {
            std::fprintf(stderr, "%s: %s\n", entry.path().c_str(), facts.error().what.c_str());
            ++failures;
        } else {
            std::printf("%s %dx%d %lld ms %s\n", entry.path().filename().c_str(), facts->width, facts->height,
                        static_cast<long long>(facts->durationMs), facts->codec.c_str());
        }
    }
    if (error) {
        std::fprintf(stderr, "%s: %s\n", argv[1], error.message().c_str());
        return 1;
    }
    return failures == 0 ? 0 : 1;
}
