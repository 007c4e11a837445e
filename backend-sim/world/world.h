// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ready-made worlds: people, videos, likes, comments, follows and chats, described in one JSON file each.
#pragma once

#include "backend-sim/ports/ids.h"
#include "backend-sim/ports/repositories.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

// Seeded media have keys below this one; everything else was uploaded.
inline constexpr std::string_view kWorldMediaPrefix = "demo/";

// Ages are seconds before the moment at which the world is made. People and videos are told by their place in
// their list. Pictures and videos are keys, such as "demo/videos/01-aurora.mp4".
struct World {
    struct Person {
        std::string name;
        std::string signature;
        std::string avatarKey;
        std::string backgroundKey;
    };
    struct Video {
        std::string playKey;
        std::string coverKey;
        std::size_t author = 0;
        std::string title;
        std::int64_t age = 0;
    };
    struct Comment {
        std::size_t video = 0;
        std::size_t author = 0;
        std::string text;
        std::int64_t age = 0;
    };
    struct Like {
        std::size_t person = 0;
        std::size_t video = 0;
    };
    struct Follow {
        std::size_t follower = 0;
        std::size_t followed = 0;
    };
    struct Message {
        std::size_t from = 0;
        std::size_t to = 0;
        std::string text;
        std::int64_t age = 0;
    };

    // All people share it; the README prints it.
    std::string password;
    std::vector<Person> people;
    std::vector<Video> videos;
    std::vector<Comment> comments;
    std::vector<Like> likes;
    std::vector<Follow> follows;
    std::vector<Message> messages;
};

struct WorldError {
    std::string what;
};

// Reads a description, see resources/worlds/README.md. The cover of videos/x.mp4 is covers/x.jpg.
std::expected<World, WorldError> readWorld(const std::filesystem::path& file);

// Puts a world into an empty store. The same description, time and first id make the same rows. Meant to run
// within a unit of work.
StoreResult<void> makeWorld(const World& world, Store& store, IdGenerator& ids, std::int64_t nowMs,
                            const std::string& passwordHash);

}  // namespace tikgok::sim
