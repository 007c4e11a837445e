// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What readers see: the newest state, in memory, joined the way the lists of the contract need it. Narrow
// interfaces, one per reader.
//
// Every call may come from any thread and answers at once. Visitors are called while the model is held for
// reading: they must be quick, must not call back into the model, and must not keep references.
#pragma once

#include "backend-sim/ports/kept_text.h"
#include "backend-sim/ports/repositories.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tikgok::sim {

// How names are folded: ASCII letters only.
constexpr char foldedLetter(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// A user as one caller sees them.
struct UserSight {
    const UserRow& user;
    bool followed = false;
    TextPlace kept{};
};

struct VideoSight {
    const VideoRow& video;
    UserSight author;
    bool liked = false;
    TextPlace kept{};
};

struct CommentSight {
    const CommentRow& comment;
    UserSight author;
};

struct FriendSight {
    UserSight user;
    // Newest message between caller and friend, or null.
    const MessageRow* newest = nullptr;
};

struct Credentials {
    Id user = 0;
    std::string passwordHash;
};

// Is shown one row after the other. Made of any function that takes one; a function that gives a bool ends
// the list with false, because nobody waits for the rest of it.
template <class Sight>
class Visitor {
public:
    template <class Function>
        requires(!std::is_same_v<std::remove_cvref_t<Function>, Visitor>)
    Visitor(Function&& function) {  // NOLINT(google-explicit-constructor): as std::function
        if constexpr (std::is_void_v<std::invoke_result_t<Function&, const Sight&>>) {
            call_ = [inner = std::forward<Function>(function)](const Sight& sight) mutable {
                inner(sight);
                return true;
            };
        } else {
            call_ = std::forward<Function>(function);
        }
    }
    // Whether the list goes on.
    bool operator()(const Sight& sight) const { return call_(sight); }

private:
    std::function<bool(const Sight&)> call_;
};

// Rows may point to users and videos that do not exist, when a dialect takes any id.
struct ListOptions {
    enum class Order : std::uint8_t { LatestFirst, ById };
    Order order = Order::LatestFirst;
    // Shows a user who does not exist as a row whose members are all zero. Otherwise entries that point to
    // nothing are left out.
    bool showMissing = false;
    // Messages from this time (milliseconds) on are not seen yet.
    std::int64_t messagesBefore = std::numeric_limits<std::int64_t>::max();
};

// What a list was made of.
struct ListFacts {
    // Whether the one exists whose list it is. When not, the list shows what points to it all the same.
    bool owner = false;
    // Entries that point to nothing, shown or not.
    std::size_t missing = 0;

    explicit operator bool() const { return owner; }
};

// Both bounds in milliseconds and outside of the window.
struct MessageWindow {
    std::int64_t after = std::numeric_limits<std::int64_t>::min();
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    bool newestFirst = false;
};

class UserReader {
public:
    virtual ~UserReader() = default;
    // False when there is no such user.
    virtual bool readUser(Id caller, Id user, const Visitor<UserSight>& visit) const = 0;
    // Byte for byte, or, with `foldCase`, without regard to the case of ASCII letters: then the exact one
    // comes first, else the one with the lowest id.
    [[nodiscard]] virtual std::optional<Credentials> credentials(std::string_view name,
                                                                 bool foldCase) const = 0;
    // The lowest id, or 0. Neither call takes longer when there are more users.
    [[nodiscard]] virtual Id firstUser() const = 0;
};

class VideoReader {
public:
    virtual ~VideoReader() = default;
    // At most `limit` videos published strictly before `bound`, newest first.
    virtual void readFeed(Id caller, std::int64_t bound, std::size_t limit,
                          const Visitor<VideoSight>& visit) const = 0;
    // Newest first.
    virtual ListFacts readPublished(Id caller, Id author, const Visitor<VideoSight>& visit) const = 0;
};

class InteractionReader {
public:
    virtual ~InteractionReader() = default;
    // Latest like first. Videos that do not exist are never shown.
    virtual ListFacts readFavorites(Id caller, Id user, const Visitor<VideoSight>& visit) const = 0;
    // Newest first. `missing`: authors who do not exist.
    virtual ListFacts readComments(Id caller, Id video, const ListOptions& options,
                                   const Visitor<CommentSight>& visit) const = 0;
};

class SocialityReader {
public:
    virtual ~SocialityReader() = default;
    virtual ListFacts readFollowed(Id caller, Id user, const ListOptions& options,
                                   const Visitor<UserSight>& visit) const = 0;
    virtual ListFacts readFollowers(Id caller, Id user, const ListOptions& options,
                                    const Visitor<UserSight>& visit) const = 0;
    // Mutual follows of `user`. Latest first: those with a message from or to the caller first, newest
    // message first; then the others by id.
    virtual ListFacts readFriends(Id caller, Id user, const ListOptions& options,
                                  const Visitor<FriendSight>& visit) const = 0;
};

class ChatReader {
public:
    virtual ~ChatReader() = default;
    // Oldest first, or newest first. `owner`: whether the partner exists.
    virtual ListFacts readConversation(Id caller, Id with, const MessageWindow& window,
                                       const Visitor<MessageRow>& visit) const = 0;
};

}  // namespace tikgok::sim
