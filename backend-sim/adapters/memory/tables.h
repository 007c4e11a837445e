// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The tables behind MemoryStore, and their lock. Inside of this folder only.
#pragma once

#include "backend-sim/ports/kept_text.h"
#include "backend-sim/ports/read_model.h"
#include "backend-sim/ports/repositories.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace tikgok::sim::memory {

// Id to the place in the order of adding.
using OrderedSet = boost::unordered_flat_map<Id, std::uint64_t>;

struct VideoRecord;

// Rows may point to users and videos that do not exist (a dialect may take any id). Such a one has a record,
// too, with `known` false: it holds the counters and sets until the row comes, if it ever does.

struct UserRecord {
    UserRow row;
    bool known = false;
    OrderedSet likes;
    OrderedSet following;
    OrderedSet followers;
    // Oldest first.
    std::vector<VideoRecord*> works;
    TextSlot text;
};

struct VideoRecord {
    VideoRow row;
    // Null as long as the video is not known.
    UserRecord* author = nullptr;
    // Oldest first, by time, then by id.
    std::vector<const CommentRow*> comments;
    TextSlot text;
};

struct FeedEntry {
    std::int64_t at = 0;
    VideoRecord* video = nullptr;
};

using ConversationKey = std::pair<Id, Id>;

inline ConversationKey conversationOf(Id one, Id other) {
    return one < other ? ConversationKey{one, other} : ConversationKey{other, one};
}

// FNV-1a over the letters without their case.
struct FoldedHash {
    std::size_t operator()(std::string_view name) const noexcept {
        std::uint64_t hash = 0xcbf29ce484222325U;
        for (const char c : name) {
            hash = (hash ^ static_cast<unsigned char>(foldedLetter(c))) * 0x100000001b3U;
        }
        return static_cast<std::size_t>(hash);
    }
};
struct FoldedEqual {
    bool operator()(std::string_view one, std::string_view other) const noexcept {
        return std::ranges::equal(one, other, {}, foldedLetter, foldedLetter);
    }
};

struct Tables {
    boost::unordered_flat_map<Id, std::unique_ptr<UserRecord>> users;
    // The names live in the records.
    boost::unordered_flat_map<std::string_view, UserRecord*> names;
    // Of those whose names differ in case alone, whoever has the lowest id. The key is the name that came
    // first.
    boost::unordered_flat_map<std::string_view, UserRecord*, FoldedHash, FoldedEqual> foldedNames;
    // 0 when there is nobody.
    Id lowestUser = 0;
    boost::unordered_flat_map<Id, std::unique_ptr<VideoRecord>> videos;
    // Oldest first.
    std::vector<FeedEntry> feed;
    boost::unordered_flat_map<Id, std::unique_ptr<CommentRow>> comments;
    // Oldest first.
    boost::unordered_flat_map<ConversationKey, std::vector<MessageRow>> conversations;
    std::uint64_t lastOrder = 0;
    // First to last of each run of applied writes. Runs neither overlap nor touch.
    std::map<WriteId, WriteId> applied;
    Id idBound = 1;
    // Readers fill it.
    mutable TextShelf texts;

    // All but the texts, which must have been dropped on both sides.
    void swapRows(Tables& other) {
        users.swap(other.users);
        names.swap(other.names);
        foldedNames.swap(other.foldedNames);
        std::swap(lowestUser, other.lowestUser);
        videos.swap(other.videos);
        feed.swap(other.feed);
        comments.swap(other.comments);
        conversations.swap(other.conversations);
        std::swap(lastOrder, other.lastOrder);
        applied.swap(other.applied);
        std::swap(idBound, other.idBound);
    }

    // Null when there is no such row.
    UserRecord* user(Id id) const {
        UserRecord* record = anyUser(id);
        return record != nullptr && record->known ? record : nullptr;
    }
    VideoRecord* video(Id id) const {
        VideoRecord* record = anyVideo(id);
        return record != nullptr && record->author != nullptr ? record : nullptr;
    }
    // Null when nothing points to it, either.
    UserRecord* anyUser(Id id) const {
        const auto found = users.find(id);
        return found == users.end() ? nullptr : found->second.get();
    }
    VideoRecord* anyVideo(Id id) const {
        const auto found = videos.find(id);
        return found == videos.end() ? nullptr : found->second.get();
    }
    // What a new name has displaced.
    struct BeforeName {
        // Null: nobody had a name like this.
        UserRecord* folded = nullptr;
        Id lowestUser = 0;
    };
    // A name that nobody has yet.
    BeforeName addName(UserRecord& record) {
        names.emplace(record.row.name, &record);
        BeforeName before{nullptr, lowestUser};
        const auto [place, isNew] = foldedNames.emplace(record.row.name, &record);
        if (!isNew) {
            before.folded = place->second;
            if (record.row.id < place->second->row.id) {
                place->second = &record;
            }
        }
        lowestUser = lowestUser == 0 ? record.row.id : std::min(lowestUser, record.row.id);
        return before;
    }
    // Of the name that was added last.
    void removeName(const UserRecord& record, const BeforeName& before) {
        names.erase(record.row.name);
        if (before.folded == nullptr) {
            foldedNames.erase(record.row.name);
        } else {
            foldedNames.at(record.row.name) = before.folded;
        }
        lowestUser = before.lowestUser;
    }
    // Makes the record when there is none.
    UserRecord& userRecord(Id id) {
        auto& place = users[id];
        if (!place) {
            place = std::make_unique<UserRecord>();
            place->row.id = id;
        }
        return *place;
    }
    VideoRecord& videoRecord(Id id) {
        auto& place = videos[id];
        if (!place) {
            place = std::make_unique<VideoRecord>();
            place->row.id = id;
        }
        return *place;
    }
};

// The first message of that time or later, in a list that begins with the oldest.
inline std::vector<MessageRow>::const_iterator firstFrom(const std::vector<MessageRow>& list,
                                                         std::int64_t at) {
    return std::lower_bound(list.begin(), list.end(), at, [](const MessageRow& message, std::int64_t time) {
        return message.createdAt < time;
    });
}

inline bool earlierComment(const CommentRow* one, const CommentRow* other) {
    return std::pair(one->createdAt, one->id) < std::pair(other->createdAt, other->id);
}

inline void insertComment(VideoRecord& video, const CommentRow* comment) {
    auto& list = video.comments;
    list.insert(std::upper_bound(list.begin(), list.end(), comment, earlierComment), comment);
    ++video.row.commentCount;
}

inline void countLike(UserRecord& user, VideoRecord& video, std::int64_t by) {
    user.row.favoriteCount += by;
    video.row.favoriteCount += by;
    if (video.author != nullptr) {
        video.author->row.totalFavorited += by;
    }
}

// Ids of a set, latest first.
inline std::vector<Id> latestFirst(const OrderedSet& set) {
    std::vector<std::pair<std::uint64_t, Id>> order;
    order.reserve(set.size());
    for (const auto& [id, place] : set) {
        order.emplace_back(place, id);
    }
    std::sort(order.begin(), order.end(), std::greater<>());
    std::vector<Id> ids;
    ids.reserve(order.size());
    for (const auto& [place, id] : order) {
        ids.push_back(id);
    }
    return ids;
}

// One writer or many readers. The thread inside a unit of work passes freely. A writer who waits goes before
// readers who come later: the lock of the platform lets readers pass, and many of them would keep a writer
// out for ever.
class Gate {
public:
    class Reading {
    public:
        explicit Reading(const Gate& gate) {
            if (!gate.isMine()) {
                if (gate.writers_.load(std::memory_order_relaxed) > 0) {
                    const std::lock_guard wait(gate.turnstile_);
                }
                lock_ = std::shared_lock(gate.mutex_);
            }
        }

    private:
        std::shared_lock<std::shared_mutex> lock_;
    };
    class Writing {
    public:
        explicit Writing(const Gate& gate) : gate_(gate), locked_(!gate.isMine()) {
            if (locked_) {
                gate_.lock();
            }
        }
        ~Writing() {
            if (locked_) {
                gate_.unlock();
            }
        }
        Writing(const Writing&) = delete;
        Writing& operator=(const Writing&) = delete;

    private:
        const Gate& gate_;
        const bool locked_;
    };

    // For the outermost unit of work.
    void enter() {
        lock();
        owner_.store(std::this_thread::get_id(), std::memory_order_relaxed);
    }
    void leave() {
        owner_.store(std::thread::id(), std::memory_order_relaxed);
        unlock();
    }
    bool isMine() const { return owner_.load(std::memory_order_relaxed) == std::this_thread::get_id(); }

private:
    void lock() const {
        writers_.fetch_add(1, std::memory_order_relaxed);
        turnstile_.lock();
        mutex_.lock();
    }
    void unlock() const {
        mutex_.unlock();
        turnstile_.unlock();
        writers_.fetch_sub(1, std::memory_order_relaxed);
    }

    mutable std::shared_mutex mutex_;
    mutable std::mutex turnstile_;
    mutable std::atomic<int> writers_ = 0;
    std::atomic<std::thread::id> owner_;
};

// How to take back what was done, newest last: within a unit of work, and, after remember(), since then. Used
// only by whoever holds the gate for writing.
class UndoLog {
public:
    void add(std::function<void()> step) {
        if (depth_ > 0 || remembers_) {
            steps_.push_back(std::move(step));
            if (depth_ == 0) {
                bound();
            }
        }
    }
    std::size_t mark() {
        ++depth_;
        return steps_.size();
    }
    void keep() {
        if (--depth_ == 0) {
            bound();
        }
    }
    void undoTo(std::size_t mark) {
        takeBack(mark);
        --depth_;
    }

    // Keeps up to so many steps from now on; not within a unit of work.
    void remember(std::size_t most) {
        steps_.clear();
        most_ = most;
        remembers_ = most > 0;
    }
    // False when that is not known any more.
    bool rewind() {
        if (remembers_) {
            takeBack(0);
        }
        return remembers_;
    }

private:
    void takeBack(std::size_t mark) {
        while (steps_.size() > mark) {
            // Steps call what adds steps.
            const auto step = std::move(steps_.back());
            steps_.pop_back();
            step();
        }
    }
    void bound() {
        if (!remembers_ || steps_.size() > most_) {
            remembers_ = false;
            steps_.clear();
        }
    }

    std::vector<std::function<void()>> steps_;
    int depth_ = 0;
    bool remembers_ = false;
    std::size_t most_ = 0;
};

inline StoreError conflict(const char* what) {
    return {StoreError::Kind::Conflict, what};
}

}  // namespace tikgok::sim::memory
