// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/backend_world_files.h"

#include "backend-sim/backend_parts.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sys/stat.h>
#include <vector>

namespace tikgok::sim {

namespace {

namespace fs = std::filesystem;

constexpr const char* kCurrentFile = "store.current";

void closeToOthers(const fs::path& file) {
    std::error_code ignored;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, ignored);
}

}  // namespace

std::unexpected<WorldProblem> worldProblem(WorldProblem::Kind kind, std::string words) {
    return std::unexpected(WorldProblem{kind, std::move(words)});
}

std::unexpected<WorldProblem> ioProblem(const std::string& what) {
    return worldProblem(WorldProblem::Kind::Io, "The disk or the store did not do it: " + what);
}

void makePrivateDirectories(const fs::path& path, std::error_code& error) {
    if (fs::is_directory(path, error)) {
        error.clear();
        return;
    }
    if (path.has_parent_path()) {
        makePrivateDirectories(path.parent_path(), error);
    }
    if (!error && ::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
        error = std::error_code(errno, std::generic_category());
    }
}

ScratchDirectory::ScratchDirectory(fs::path path) : path_(std::move(path)) {
    remove();
    std::error_code ignored;
    makePrivateDirectories(path_, ignored);
}

void ScratchDirectory::remove() const {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::expected<void, WorldProblem> installDirectory(const fs::path& from, const fs::path& to,
                                                   const fs::path& away, bool sync) {
    std::error_code error;
    const bool replaces = fs::exists(to, error);
    if (replaces) {
        fs::rename(to, away, error);
    } else {
        error.clear();
        makePrivateDirectories(to.parent_path(), error);
    }
    if (!error) {
        fs::rename(from, to, error);
    }
    if (error) {
        return ioProblem(error.message());
    }
    if (sync) {
        static_cast<void>(files::syncPath(to.parent_path()));
    }
    if (replaces) {
        fs::remove_all(away, error);
    }
    return {};
}

bool writeAbout(const fs::path& directory, std::int64_t madeMs, const std::string& world) {
    std::ofstream about(directory / kAboutName, std::ios::trunc);
    about << madeMs << ' ' << world << '\n';
    about.close();
    closeToOthers(directory / kAboutName);
    return !about.fail();
}

// --- which store is the current one

CurrentStore CurrentStore::in(const fs::path& directory) {
    std::ifstream file(directory / kCurrentFile);
    CurrentStore current;
    if (!(file >> current.generation >> current.floor) || current.generation < 0 || current.floor < 0) {
        return {};
    }
    return current;
}

fs::path CurrentStore::fileOf(const fs::path& directory, int generation) {
    return directory / (generation == 0 ? kStoreName : "store-" + std::to_string(generation) + ".sqlite");
}

std::expected<void, files::FileError> CurrentStore::write(const fs::path& directory) const {
    const fs::path next = directory / (std::string(kCurrentFile) + ".new");
    std::ofstream file(next, std::ios::trunc);
    file << generation << ' ' << floor << '\n';
    file.close();
    std::error_code error;
    if (file.fail()) {
        const std::string why = std::strerror(errno);
        fs::remove(next, error);
        return std::unexpected(files::FileError{"cannot write " + next.string() + ": " + why});
    }
    closeToOthers(next);
    if (auto synced = files::syncPath(next); !synced) {
        fs::remove(next, error);
        return synced;
    }
    fs::rename(next, directory / kCurrentFile, error);
    if (error) {
        return std::unexpected(files::FileError{error.message()});
    }
    return files::syncPath(directory);
}

void CurrentStore::sweep(const fs::path& directory, int keep) {
    const std::string kept = fileOf(directory, keep).filename().string();
    std::vector<fs::path> old;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory, error)) {
        const std::string name = entry.path().filename().string();
        const bool isStore = name.starts_with("store-") || name.starts_with(kStoreName);
        if (isStore && name.find(".sqlite") != std::string::npos && !name.starts_with(kept)) {
            old.push_back(entry.path());
        }
    }
    for (const fs::path& path : old) {
        fs::remove(path, error);
    }
}

}  // namespace tikgok::sim
