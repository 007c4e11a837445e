// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/memory/memory_store.h"

#include "backend-sim/adapters/memory/bulk.h"
#include "backend-sim/adapters/memory/repositories.h"

#include <algorithm>
#include <iterator>

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
    const memory::Tables& tables;
    TextShelf& texts;

    Viewer(const memory::Tables& all, Id caller) : tables(all), texts(all.texts) {
        if (const memory::UserRecord* record = caller == 0 ? nullptr : tables.anyUser(caller)) {
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
    template <class Visit>
    // Whether the list goes on.
    bool show(Id user, const ListOptions& options, ListFacts& facts, const Visit& visit) const {
        static const UserRow kNobody;
        if (const memory::UserRecord* record = tables.user(user)) {
            return visit(see(*record));
        }
        ++facts.missing;
        return !options.showMissing || visit(UserSight{kNobody});
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
    StoreResult<void> result;
    try {
        result = work();
    } catch (...) {
        // No memory, most likely. Readers must get in again all the same.
        undo.undoTo(mark);
        if (outermost) {
            gate.leave();
        }
        throw;
    }
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

StoreResult<void> MemoryStore::fill(const std::function<StoreResult<void>(BulkRows&)>& give) {
    const Gate::Writing lock(parts_->shared.gate);
    memory::Loader loader(parts_->shared.tables);
    if (StoreResult<void> given = give(loader); !given) {
        return given;
    }
    return loader.finish();
}

void MemoryStore::remember(std::size_t changes) {
    const Gate::Writing lock(parts_->shared.gate);
    parts_->shared.undo.remember(changes);
}

bool MemoryStore::rewind() {
    const Gate::Writing lock(parts_->shared.gate);
    parts_->tables().texts.dropAll();
    return parts_->shared.undo.rewind();
}

void MemoryStore::exchange(MemoryStore& other) {
    const Gate::Writing lock(parts_->shared.gate);
    const Gate::Writing otherLock(other.parts_->shared.gate);
    parts_->tables().texts.dropAll();
    other.parts_->tables().texts.dropAll();
    parts_->shared.undo.remember(0);
    other.parts_->shared.undo.remember(0);
    parts_->shared.tables.swapRows(other.parts_->shared.tables);
}

std::unique_ptr<MemoryStore> MemoryStore::clone() const {
    auto copy = std::make_unique<MemoryStore>();
    const Gate::Reading lock(parts_->shared.gate);
    memory::copyRows(parts_->tables(), copy->parts_->shared.tables);
    return copy;
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

std::optional<Credentials> MemoryStore::credentials(std::string_view name, bool foldCase) const {
    const Gate::Reading lock(parts_->shared.gate);
    const auto& tables = parts_->tables();
    const memory::UserRecord* record = nullptr;
    if (const auto found = tables.names.find(name); found != tables.names.end()) {
        record = found->second;
    } else if (foldCase) {
        const auto alike = tables.foldedNames.find(name);
        record = alike == tables.foldedNames.end() ? nullptr : alike->second;
    }
    return record == nullptr ? std::nullopt
                             : std::optional(Credentials{record->row.id, record->row.passwordHash});
}

Id MemoryStore::firstUser() const {
    const Gate::Reading lock(parts_->shared.gate);
    return parts_->tables().lowestUser;
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

ListFacts MemoryStore::readPublished(Id caller, Id author, const Visitor<VideoSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const memory::UserRecord* record = parts_->tables().user(author);
    if (record == nullptr) {
        return {};
    }
    const Viewer viewer(parts_->tables(), caller);
    for (auto video = record->works.rbegin(); video != record->works.rend(); ++video) {
        if (!visit(viewer.see(**video))) {
            break;
        }
    }
    return {true, 0};
}

ListFacts MemoryStore::readFavorites(Id caller, Id user, const Visitor<VideoSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const auto& tables = parts_->tables();
    const memory::UserRecord* record = tables.anyUser(user);
    if (record == nullptr) {
        return {};
    }
    ListFacts facts{record->known, 0};
    const Viewer viewer(tables, caller);
    for (const Id id : memory::latestFirst(record->likes)) {
        if (const memory::VideoRecord* video = tables.video(id)) {
            if (!visit(viewer.see(*video))) {
                break;
            }
        } else {
            ++facts.missing;
        }
    }
    return facts;
}

ListFacts MemoryStore::readComments(Id caller, Id video, const ListOptions& options,
                                    const Visitor<CommentSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const auto& tables = parts_->tables();
    const memory::VideoRecord* record = tables.anyVideo(video);
    if (record == nullptr) {
        return {};
    }
    ListFacts facts{record->author != nullptr, 0};
    const Viewer viewer(tables, caller);
    for (auto comment = record->comments.rbegin(); comment != record->comments.rend(); ++comment) {
        if (!viewer.show((*comment)->user, options, facts,
                         [&](const UserSight& author) { return visit({**comment, author}); })) {
            break;
        }
    }
    return facts;
}

namespace {

ListFacts readPeople(const memory::Tables& tables, Id caller, const memory::UserRecord* owner,
                     memory::OrderedSet memory::UserRecord::* set, const ListOptions& options,
                     const Visitor<UserSight>& visit) {
    if (owner == nullptr) {
        return {};
    }
    ListFacts facts{owner->known, 0};
    const Viewer viewer(tables, caller);
    std::vector<Id> ids = memory::latestFirst(owner->*set);
    if (options.order == ListOptions::Order::ById) {
        std::sort(ids.begin(), ids.end());
    }
    for (const Id id : ids) {
        if (!viewer.show(id, options, facts, visit)) {
            break;
        }
    }
    return facts;
}

}  // namespace

ListFacts MemoryStore::readFollowed(Id caller, Id user, const ListOptions& options,
                                    const Visitor<UserSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const auto& tables = parts_->tables();
    return readPeople(tables, caller, tables.anyUser(user), &memory::UserRecord::following, options, visit);
}

ListFacts MemoryStore::readFollowers(Id caller, Id user, const ListOptions& options,
                                     const Visitor<UserSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const auto& tables = parts_->tables();
    return readPeople(tables, caller, tables.anyUser(user), &memory::UserRecord::followers, options, visit);
}

ListFacts MemoryStore::readFriends(Id caller, Id user, const ListOptions& options,
                                   const Visitor<FriendSight>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const auto& tables = parts_->tables();
    const memory::UserRecord* record = tables.anyUser(user);
    if (record == nullptr) {
        return {};
    }
    struct Friend {
        Id id;
        const MessageRow* newest;
    };
    std::vector<Friend> friends;
    for (const auto& [id, place] : record->following) {
        if (!record->followers.contains(id)) {
            continue;
        }
        const MessageRow* newest = nullptr;
        const auto talk = tables.conversations.find(memory::conversationOf(caller, id));
        if (talk != tables.conversations.end()) {
            const auto end = memory::firstFrom(talk->second, options.messagesBefore);
            newest = end == talk->second.begin() ? nullptr : &*std::prev(end);
        }
        friends.push_back({id, newest});
    }
    const bool byId = options.order == ListOptions::Order::ById;
    std::sort(friends.begin(), friends.end(), [byId](const Friend& one, const Friend& other) {
        const auto timeOf = [](const Friend& f) { return f.newest == nullptr ? 0 : f.newest->createdAt; };
        if (byId) {
            return one.id < other.id;
        }
        if ((one.newest != nullptr) != (other.newest != nullptr)) {
            return one.newest != nullptr;
        }
        return timeOf(one) != timeOf(other) ? timeOf(one) > timeOf(other) : one.id < other.id;
    });
    ListFacts facts{record->known, 0};
    const Viewer viewer(tables, caller);
    for (const Friend& each : friends) {
        if (!viewer.show(each.id, options, facts,
                         [&](const UserSight& who) { return visit({who, each.newest}); })) {
            break;
        }
    }
    return facts;
}

ListFacts MemoryStore::readConversation(Id caller, Id with, const MessageWindow& window,
                                        const Visitor<MessageRow>& visit) const {
    const Gate::Reading lock(parts_->shared.gate);
    const auto& tables = parts_->tables();
    const ListFacts facts{tables.user(with) != nullptr, 0};
    const auto found = tables.conversations.find(memory::conversationOf(caller, with));
    if (found == tables.conversations.end() || window.after >= window.before) {
        return facts;
    }
    const auto& list = found->second;
    const auto later = [](std::int64_t at, const MessageRow& message) { return at < message.createdAt; };
    const auto begin = std::upper_bound(list.begin(), list.end(), window.after, later);
    const auto end = std::max(begin, memory::firstFrom(list, window.before));
    if (window.newestFirst) {
        static_cast<void>(std::all_of(std::reverse_iterator(end), std::reverse_iterator(begin), visit));
    } else {
        static_cast<void>(std::all_of(begin, end, visit));
    }
    return facts;
}

}  // namespace tikgok::sim
