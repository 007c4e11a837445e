// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/memory/memory_store.h"

#include "backend-sim/adapters/memory/repositories.h"

#include <algorithm>

namespace tikgok::sim {

using memory::Gate;

struct MemoryStore::Parts {
    memory::Shared shared;
    memory::Users users{shared};
    memory::Videos videos{shared};
    memory::Favorites favorites{shared};
    memory::Comments comments{shared};
    memory::Relations relations{shared};
    memory::Messages messages{shared};
    memory::Applied applied{shared};

    const memory::Tables& tables() const { return shared.tables; }
    // Before reading: who goes through a long feed shall not fill the memory.
    void makeRoomForTexts() {
        if (tables().texts.full()) {
            const Gate::Writing lock(shared.gate);
            tables().texts.dropAll();
        }
    }
};

namespace {

// What the caller knows of others. Null members for a stranger.
struct Viewer {
    const memory::OrderedSet* likes = nullptr;
    const memory::OrderedSet* following = nullptr;
    TextShelf& texts;

    Viewer(const memory::Tables& tables, Id caller) : texts(tables.texts) {
        if (const memory::UserRecord* record = caller == 0 ? nullptr : tables.user(caller)) {
            likes = record->likes.empty() ? nullptr : &record->likes;
            following = record->following.empty() ? nullptr : &record->following;
        }
    }
    UserSight see(const memory::UserRecord& user) const {
        return {user.row, following != nullptr && following->contains(user.row.id), {user.text, texts}};
    }
    VideoSight see(const memory::VideoRecord& video) const {
        return {video.row,
                see(*video.author),
                likes != nullptr && likes->contains(video.row.id),
                {video.text, texts}};
    }
};

}  // namespace

MemoryStore::MemoryStore() : parts_(std::make_unique<Parts>()) {}
MemoryStore::~MemoryStore() = default;

UserRepository& MemoryStore::users() {
    return parts_->users;
}
VideoRepository& MemoryStore::videos() {
    return parts_->videos;
}
FavoriteRepository& MemoryStore::favorites() {
    return parts_->favorites;
}
CommentRepository& MemoryStore::comments() {
    return parts_->comments;
}
RelationRepository& MemoryStore::relations() {
    return parts_->relations;
}
MessageRepository& MemoryStore::messages() {
    return parts_->messages;
}

AppliedWrites& MemoryStore::applied() {
    return parts_->applied;
}

StoreResult<Id> MemoryStore::idBound() {
    const Gate::Reading lock(parts_->shared.gate);
    return parts_->tables().idBound;
}

StoreResult<void> MemoryStore::setIdBound(Id bound) {
    const Gate::Writing lock(parts_->shared.gate);
    auto& tables = parts_->shared.tables;
    parts_->shared.undo.add([&tables, old = tables.idBound] { tables.idBound = old; });
    tables.idBound = bound;
    return {};
}

StoreResult<void> MemoryStore::atomically(const Work& work) {
    auto& [gate, tables, undo] = parts_->shared;
    const bool outermost = !gate.isMine();
    if (outermost) {
        gate.enter();
    }
    const std::size_t mark = undo.mark();
    StoreResult<void> result = work();
    if (result) {
        undo.keep();
    } else {
        undo.undoTo(mark);
    }
    if (outermost) {
        gate.leave();
    }
    return result;
}

void MemoryStore::dropTexts() {
    const Gate::Writing lock(parts_->shared.gate);
    parts_->tables().texts.dropAll();
}

bool MemoryStore::readUser(Id caller, Id user, const Visitor<UserSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const memory::UserRecord* record = parts_->tables().user(user);
    if (record == nullptr) {
        return false;
    }
    visit(Viewer(parts_->tables(), caller).see(*record));
    return true;
}

std::optional<Credentials> MemoryStore::credentials(std::string_view name) const {
    const Gate::Reading lock(parts_->shared.gate);
    const auto found = parts_->tables().names.find(name);
    if (found == parts_->tables().names.end()) {
        return std::nullopt;
    }
    return Credentials{found->second->row.id, found->second->row.passwordHash};
}

void MemoryStore::readFeed(Id caller, std::int64_t bound, std::size_t limit,
                           const Visitor<VideoSight>& visit) const {
    parts_->makeRoomForTexts();
    const Gate::Reading lock(parts_->shared.gate);
    const auto& feed = parts_->tables().feed;
    const Viewer viewer(parts_->tables(), caller);
    auto at = std::lower_bound(
        feed.begin(), feed.end(), bound,
        [](const memory::FeedEntry& entry, std::int64_t before) { return entry.at < before; });
    for (std::size_t count = 0; at != feed.begin() && count < limit; ++count) {
        visit(viewer.see(*(--at)->video));
    }
}

bool MemoryStore::readPublished(Id caller, Id author, const Visitor<VideoSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const memory::UserRecord* record = parts_->tables().user(author);
    if (record == nullptr) {
        return false;
    }
    const Viewer viewer(parts_->tables(), caller);
    std::for_each(record->works.rbegin(), record->works.rend(),
                  [&](const memory::VideoRecord* video) { visit(viewer.see(*video)); });
    return true;
}

bool MemoryStore::readFavorites(Id caller, Id user, const Visitor<VideoSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const memory::UserRecord* record = parts_->tables().user(user);
    if (record == nullptr) {
        return false;
    }
    const Viewer viewer(parts_->tables(), caller);
    for (const Id id : memory::latestFirst(record->likes)) {
        visit(viewer.see(*parts_->tables().video(id)));
    }
    return true;
}

bool MemoryStore::readComments(Id caller, Id video, const Visitor<CommentSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const memory::VideoRecord* record = parts_->tables().video(video);
    if (record == nullptr) {
        return false;
    }
    const Viewer viewer(parts_->tables(), caller);
    std::for_each(record->comments.rbegin(), record->comments.rend(), [&](const CommentRow* comment) {
        visit({*comment, viewer.see(*parts_->tables().user(comment->user))});
    });
    return true;
}

bool MemoryStore::readFollowed(Id caller, Id user, const Visitor<UserSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const memory::UserRecord* record = parts_->tables().user(user);
    if (record == nullptr) {
        return false;
    }
    const Viewer viewer(parts_->tables(), caller);
    for (const Id id : memory::latestFirst(record->following)) {
        visit(viewer.see(*parts_->tables().user(id)));
    }
    return true;
}

bool MemoryStore::readFollowers(Id caller, Id user, const Visitor<UserSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const memory::UserRecord* record = parts_->tables().user(user);
    if (record == nullptr) {
        return false;
    }
    const Viewer viewer(parts_->tables(), caller);
    for (const Id id : memory::latestFirst(record->followers)) {
        visit(viewer.see(*parts_->tables().user(id)));
    }
    return true;
}

bool MemoryStore::readFriends(Id caller, Id user, const Visitor<FriendSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const auto& tables = parts_->tables();
    const memory::UserRecord* record = tables.user(user);
    if (record == nullptr) {
        return false;
    }
    struct Friend {
        const memory::UserRecord* who;
        const MessageRow* newest;
    };
    std::vector<Friend> friends;
    for (const auto& [id, place] : record->following) {
        if (!record->followers.contains(id)) {
            continue;
        }
        const auto talk = tables.conversations.find(memory::conversationOf(caller, id));
        const bool hasTalk = talk != tables.conversations.end() && !talk->second.empty();
        friends.push_back({tables.user(id), hasTalk ? &talk->second.back() : nullptr});
    }
    std::sort(friends.begin(), friends.end(), [](const Friend& one, const Friend& other) {
        const auto timeOf = [](const Friend& f) { return f.newest == nullptr ? 0 : f.newest->createdAt; };
        if ((one.newest != nullptr) != (other.newest != nullptr)) {
            return one.newest != nullptr;
        }
        return timeOf(one) != timeOf(other) ? timeOf(one) > timeOf(other)
                                            : one.who->row.id < other.who->row.id;
    });
    const Viewer viewer(tables, caller);
    for (const Friend& each : friends) {
        visit({viewer.see(*each.who), each.newest});
    }
    return true;
}

bool MemoryStore::readConversation(Id caller, Id with, std::int64_t after,
                                   const Visitor<MessageRow>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const auto& tables = parts_->tables();
    if (tables.user(with) == nullptr) {
        return false;
    }
    const auto found = tables.conversations.find(memory::conversationOf(caller, with));
    if (found == tables.conversations.end()) {
        return true;
    }
    const auto& list = found->second;
    const auto later = [](std::int64_t at, const MessageRow& message) { return at < message.createdAt; };
    std::for_each(std::upper_bound(list.begin(), list.end(), after, later), list.end(), visit);
    return true;
}

}  // namespace tikgok::sim
