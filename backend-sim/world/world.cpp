// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/world/world.h"

#include <boost/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

namespace tikgok::sim {

namespace {

namespace json = boost::json;

// Reads members and remembers the first thing that was wrong, so that callers need no check after each.
class Reader {
public:
    const json::array& list(const json::object& from, const char* key) {
        static const json::array kNone;
        const json::value* value = from.if_contains(key);
        const json::array* array = value == nullptr ? nullptr : value->if_array();
        if (array == nullptr) {
            wrong(std::string(key) + " is not a list");
            return kNone;
        }
        return *array;
    }
    std::string text(const json::object& from, const char* key) {
        const json::value* value = from.if_contains(key);
        const json::string* string = value == nullptr ? nullptr : value->if_string();
        if (string == nullptr) {
            wrong(std::string(key) + " is not a text");
            return {};
        }
        return std::string(string->data(), string->size());
    }
    std::int64_t age(const json::object& from) {
        const json::value* value = from.if_contains("age");
        const std::int64_t* number = value == nullptr ? nullptr : value->if_int64();
        if (number == nullptr || *number < 0) {
            wrong("age is not a number of seconds");
            return 0;
        }
        return *number;
    }
    std::size_t place(const json::value* value, std::size_t size, const char* key) {
        const std::int64_t* number = value == nullptr ? nullptr : value->if_int64();
        if (number == nullptr || *number < 0 || static_cast<std::size_t>(*number) >= size) {
            wrong(std::string(key) + " is not a place in its list");
            return 0;
        }
        return static_cast<std::size_t>(*number);
    }
    std::size_t place(const json::object& from, const char* key, std::size_t size) {
        return place(from.if_contains(key), size, key);
    }
    // A file below resources/media as a key.
    std::string mediaKey(const json::object& from, const char* key) {
        std::string file = text(from, key);
        if (file.empty() || file.front() == '/' || file.find("..") != std::string::npos) {
            wrong(std::string(key) + " is not the name of a file");
        }
        return std::string(kWorldMediaPrefix) + file;
    }
    template <class Take>
    void each(const json::array& list, Take take) {
        for (const json::value& value : list) {
            if (const json::object* object = value.if_object()) {
                take(*object);
            } else {
                wrong("an entry is not an object");
            }
        }
    }
    void wrong(std::string what) {
        if (!error_) {
            error_ = std::move(what);
        }
    }
    const std::optional<std::string>& error() const { return error_; }

private:
    std::optional<std::string> error_;
};

std::string coverOf(const std::string& playKey) {
    const std::string folder = std::string(kWorldMediaPrefix) + "videos/";
    if (!playKey.starts_with(folder)) {
        return {};
    }
    std::string name = playKey.substr(folder.size());
    return std::string(kWorldMediaPrefix) + "covers/" + name.substr(0, name.rfind('.')) + ".jpg";
}

void readPeople(Reader& reader, const json::object& root, World& world) {
    reader.each(reader.list(root, "people"), [&](const json::object& entry) {
        world.people.push_back({reader.text(entry, "name"), reader.text(entry, "signature"),
                                reader.mediaKey(entry, "avatar"), reader.mediaKey(entry, "background")});
        std::string password = reader.text(entry, "password");
        if (!world.password.empty() && password != world.password) {
            reader.wrong("people have different passwords");
        }
        world.password = std::move(password);
    });
}

void readVideos(Reader& reader, const json::object& root, World& world) {
    reader.each(reader.list(root, "videos"), [&](const json::object& entry) {
        World::Video video;
        video.playKey = reader.mediaKey(entry, "file");
        video.coverKey = coverOf(video.playKey);
        video.author = reader.place(entry, "author", world.people.size());
        video.title = reader.text(entry, "title");
        video.age = reader.age(entry);
        world.videos.push_back(std::move(video));
    });
    reader.each(reader.list(root, "comments"), [&](const json::object& entry) {
        world.comments.push_back({reader.place(entry, "video", world.videos.size()),
                                  reader.place(entry, "author", world.people.size()),
                                  reader.text(entry, "text"), reader.age(entry)});
    });
}

void readTies(Reader& reader, const json::object& root, World& world) {
    const std::size_t people = world.people.size();
    reader.each(reader.list(root, "likes"), [&](const json::object& entry) {
        world.likes.push_back(
            {reader.place(entry, "person", people), reader.place(entry, "video", world.videos.size())});
    });
    reader.each(reader.list(root, "follows"), [&](const json::object& entry) {
        world.follows.push_back(
            {reader.place(entry, "follower", people), reader.place(entry, "followed", people)});
    });
    reader.each(reader.list(root, "chats"), [&](const json::object& chat) {
        const json::array& between = reader.list(chat, "between");
        if (between.size() != 2) {
            reader.wrong("a chat is not between two people");
            return;
        }
        const std::size_t one = reader.place(&between[0], people, "between");
        const std::size_t other = reader.place(&between[1], people, "between");
        reader.each(reader.list(chat, "messages"), [&](const json::object& entry) {
            const std::size_t from = reader.place(entry, "from", people);
            if (from != one && from != other) {
                reader.wrong("a message is from somebody else");
            }
            world.messages.push_back(
                {from, from == one ? other : one, reader.text(entry, "text"), reader.age(entry)});
        });
    });
}

}  // namespace

std::expected<World, WorldError> readWorld(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in.is_open() || in.bad()) {
        return std::unexpected(WorldError{file.string() + " cannot be read"});
    }
    boost::system::error_code error;
    const json::value root = json::parse(text, error);
    if (error || !root.is_object()) {
        return std::unexpected(WorldError{file.string() + " is not a JSON object"});
    }
    Reader reader;
    World world;
    const json::object& object = root.get_object();
    const json::value* format = object.if_contains("format");
    if (format == nullptr || !format->is_int64() || format->get_int64() != 1) {
        reader.wrong("the format is not 1");
    }
    readPeople(reader, object, world);
    readVideos(reader, object, world);
    readTies(reader, object, world);
    if (reader.error()) {
        return std::unexpected(WorldError{file.string() + ": " + *reader.error()});
    }
    return world;
}

StoreResult<void> makeWorld(const World& world, Store& store, IdGenerator& ids, std::int64_t nowMs,
                            const std::string& passwordHash) {
    const auto timeOf = [nowMs](std::int64_t age) { return nowMs - age * 1000; };
    // People were there before everything that they did.
    std::int64_t eldest = 0;
    for (const World::Video& video : world.videos) {
        eldest = std::max(eldest, video.age);
    }
    for (const World::Message& message : world.messages) {
        eldest = std::max(eldest, message.age);
    }
    std::vector<Change> changes;
    std::vector<Id> people;
    for (const World::Person& person : world.people) {
        UserRow row;
        row.id = people.emplace_back(ids.next());
        row.name = person.name;
        row.passwordHash = passwordHash;
        row.avatarKey = person.avatarKey;
        row.backgroundKey = person.backgroundKey;
        row.signature = person.signature;
        row.createdAt = timeOf(eldest + 86400);
        changes.emplace_back(std::move(row));
    }
    // The list begins with the newest; ids grow with time.
    std::vector<Id> videos(world.videos.size());
    for (std::size_t i = world.videos.size(); i-- > 0;) {
        const World::Video& video = world.videos[i];
        VideoRow row;
        row.id = videos[i] = ids.next();
        row.author = people[video.author];
        row.title = video.title;
        row.playKey = video.playKey;
        row.coverKey = video.coverKey;
        row.publishedAt = timeOf(video.age);
        changes.emplace_back(std::move(row));
    }
    for (const World::Comment& comment : world.comments) {
        changes.emplace_back(CommentRow{ids.next(), people[comment.author], videos[comment.video],
                                        comment.text, timeOf(comment.age)});
    }
    for (const World::Like& like : world.likes) {
        changes.emplace_back(FavoriteChange{people[like.person], videos[like.video], true,
                                            timeOf(world.videos[like.video].age)});
    }
    for (const World::Follow& follow : world.follows) {
        changes.emplace_back(
            FollowChange{people[follow.follower], people[follow.followed], true, timeOf(eldest)});
    }
    for (const World::Message& message : world.messages) {
        changes.emplace_back(MessageRow{ids.next(), people[message.from], people[message.to], message.text,
                                        timeOf(message.age)});
    }
    for (const Change& change : changes) {
        if (StoreResult<void> applied = applyChange(store, change); !applied) {
            return applied;
        }
    }
    return {};
}

}  // namespace tikgok::sim
