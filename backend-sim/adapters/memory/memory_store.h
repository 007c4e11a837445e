// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The memory implementation of the repositories, which is at the same time the read model: videos in one
// array ordered by publish time, likes and follows as hash sets per user, counters kept beside the rows.
//
// Any thread. Readers share the lock; a unit of work holds it alone.
#pragma once

#include "backend-sim/ports/bulk_rows.h"
#include "backend-sim/ports/read_model.h"
#include "backend-sim/ports/repositories.h"

#include <functional>
#include <memory>

namespace tikgok::sim {

class MemoryStore final : public Store,
                          public UserReader,
                          public VideoReader,
                          public InteractionReader,
                          public SocialityReader,
                          public ChatReader {
public:
    MemoryStore();
    ~MemoryStore() override;
    MemoryStore(const MemoryStore&) = delete;
    MemoryStore& operator=(const MemoryStore&) = delete;

    UserRepository& users() override;
    VideoRepository& videos() override;
    FavoriteRepository& favorites() override;
    CommentRepository& comments() override;
    RelationRepository& relations() override;
    MessageRepository& messages() override;
    AppliedWrites& applied() override;
    StoreResult<Id> idBound() override;
    StoreResult<void> setIdBound(Id bound) override;
    StoreResult<void> atomically(const Work& work) override;

    // For an empty store that nobody reads yet. All that `give` hands over, or an error, after which the
    // store is of no use.
    StoreResult<void> fill(const std::function<StoreResult<void>(BulkRows&)>& give);

    // Keeps in mind how to take back what happens from now on, up to so many changes; 0: nothing.
    void remember(std::size_t changes);
    // Takes all of that back. False, and nothing happens, when more has happened, or remember() was not
    // called.
    bool rewind();
    // Puts what `other` holds in place of what is here, at once for all readers. `other` then holds that.
    void exchange(MemoryStore& other);
    // Everything that is here now.
    [[nodiscard]] std::unique_ptr<MemoryStore> clone() const;

    // Forgets what readers keep with rows, for when that would be written in another way now: keys lead to
    // other addresses. Readers who start after this returned make it anew.
    void dropTexts();

    bool readUser(Id caller, Id user, const Visitor<UserSight>& visit) const override;
    [[nodiscard]] std::optional<Credentials> credentials(std::string_view name, bool foldCase) const override;
    [[nodiscard]] Id firstUser() const override;
    void readFeed(Id caller, std::int64_t bound, std::size_t limit,
                  const Visitor<VideoSight>& visit) const override;
    ListFacts readPublished(Id caller, Id author, const Visitor<VideoSight>& visit) const override;
    ListFacts readFavorites(Id caller, Id user, const Visitor<VideoSight>& visit) const override;
    ListFacts readComments(Id caller, Id video, const ListOptions& options,
                           const Visitor<CommentSight>& visit) const override;
    ListFacts readFollowed(Id caller, Id user, const ListOptions& options,
                           const Visitor<UserSight>& visit) const override;
    ListFacts readFollowers(Id caller, Id user, const ListOptions& options,
                            const Visitor<UserSight>& visit) const override;
    ListFacts readFriends(Id caller, Id user, const ListOptions& options,
                          const Visitor<FriendSight>& visit) const override;
    ListFacts readConversation(Id caller, Id with, const MessageWindow& window,
                               const Visitor<MessageRow>& visit) const override;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace tikgok::sim
