// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/whole_file.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tikgok::sim {

namespace {

bool writeAll(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

std::optional<std::string> readWhole(const std::filesystem::path& file) {
    std::error_code error;
    // A directory can be opened, and throws when it is read; a device may have no end.
    const auto kind = std::filesystem::status(file, error).type();
    if (kind == std::filesystem::file_type::directory || kind == std::filesystem::file_type::block ||
        (kind == std::filesystem::file_type::character && file != "/dev/null" && file != "/dev/stdin")) {
        return std::nullopt;
    }
    std::ifstream in(file, std::ios::binary);
    if (!in.is_open()) {
        return std::nullopt;
    }
    std::ostringstream content;
    if (in.peek() != std::ifstream::traits_type::eof()) {
        content << in.rdbuf();
    }
    return in.bad() || content.bad() || content.fail() ? std::nullopt
                                                       : std::optional(std::move(content).str());
}

std::optional<std::string> readOwn(const std::filesystem::path& file) {
    // Asked of what was opened: another file may have the name a moment later. A pipe must not keep us
    // waiting.
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) {
        return std::nullopt;
    }
    std::optional<std::string> content;
    struct stat about{};
    if (::fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == ::geteuid()) {
        std::array<char, 4096> piece{};
        ssize_t count = 0;
        content.emplace();
        while ((count = ::read(descriptor, piece.data(), piece.size())) > 0) {
            content->append(piece.data(), static_cast<std::size_t>(count));
        }
        if (count < 0) {
            content.reset();
        }
    }
    ::close(descriptor);
    return content;
}

std::expected<void, std::string> writeWhole(const std::filesystem::path& file, std::string_view content,
                                            Readers readers) {
    constexpr mode_t kEverybody = 0666;
    constexpr mode_t kOwner = 0600;
    const std::filesystem::path next = file.string() + ".new";
    std::error_code error;
    // Left by somebody who was killed here; or a link that leads elsewhere.
    std::filesystem::remove(next, error);
    const int descriptor = ::open(next.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                                  readers == Readers::Owner ? kOwner : kEverybody);
    bool whole = descriptor >= 0 && writeAll(descriptor, content) && ::fsync(descriptor) == 0;
    // Some file systems tell only now.
    whole = descriptor >= 0 && ::close(descriptor) == 0 && whole;
    if (whole) {
        std::filesystem::rename(next, file, error);
    }
    if (!whole || error) {
        std::error_code ignored;
        std::filesystem::remove(next, ignored);
        return std::unexpected("'" + file.string() + "' cannot be written; what was there is left as it is.");
    }
    return {};
}

}  // namespace tikgok::sim
