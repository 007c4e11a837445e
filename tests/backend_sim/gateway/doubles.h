// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Services that only write down what the gateway asked them, and a media source. Answers of writes come from
// a thread of their own, as from the real ones.
#pragma once

#include "backend-sim/gateway/media.h"
#include "backend-sim/services/services.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tikgok::sim::doubles {

class Worker {
public:
    Worker();
    ~Worker();
    void run(std::move_only_function<void()> job);
    // Jobs wait until this is called with false.
    void hold(bool held);

private:
    void loop();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::move_only_function<void()>> jobs_;
    bool held_ = false;
    bool ending_ = false;
    std::thread thread_;
};

// Users 1 ("alice") and 2 ("bob"); videos 101 to 140.
class FakeServices final : public UserService,
                           public VideoService,
                           public InteractionService,
                           public SocialityService,
                           public ChatService,
                           public MediaSource {
public:
    Services all() { return {*this, *this, *this, *this, *this}; }

    // What was called, e.g. "favorite 1 101 1": caller and arguments.
    std::vector<std::string> calls() const;
    // The last one, or nothing.
    std::string lastCall() const;
    // Of the last login.
    RequestContext lastContext() const;

    Worker worker;
    // Every call of a service fails with this.
    std::optional<contract::Failure> failure;
    // Every call throws.
    bool throws = false;
    // There are no users any more.
    std::atomic<bool> gone = false;
    // Answers are dropped without a word.
    bool forgets = false;
    // Size of the feed's titles, for answers of any size.
    std::size_t titleBytes = 8;
    std::size_t feedSize = 30;
    // Where media are; key "a/b.mp4" is the file a/b.mp4 in it.
    std::filesystem::path mediaDirectory;
    // Published files: their content, and how the client called them.
    struct Published {
        std::string content;
        std::string clientFileName;
        std::string title;
        std::filesystem::path stagedAs;
        // Of the picture that came along.
        std::string cover;
    };
    std::vector<Published> published() const;
    // Keep only the size of what was published.
    bool measureOnly = false;
    std::uintmax_t publishedBytes = 0;

    void registerUser(const RequestContext&, std::string name, std::string password,
                      Done<contract::Id> done) override;
    void login(const RequestContext&, std::string name, std::string password,
               Done<contract::Id> done) override;
    Outcome<contract::User> user(const RequestContext& context, contract::Id id) const override;
    bool exists(contract::Id id) const override;
    Outcome<FeedSlice> feed(const RequestContext& context, std::int64_t latestTime) const override;
    Outcome<std::int64_t> visitFeed(const RequestContext& context, std::int64_t latestTime,
                                    const VideoVisitor& visit) const override;
    void publish(const RequestContext& context, StagedUpload upload, std::string title,
                 Done<contract::Id> done) override;
    Outcome<std::vector<contract::Video>> publishedBy(const RequestContext& context,
                                                      contract::Id user) const override;
    void favorite(const RequestContext& context, contract::Id video, contract::Action action,
                  Done<void> done) override;
    Outcome<std::vector<contract::Video>> favoritesOf(const RequestContext& context,
                                                      contract::Id user) const override;
    void addComment(const RequestContext& context, contract::Id video, std::string text,
                    Done<contract::Comment> done) override;
    void deleteComment(const RequestContext& context, contract::Id video, contract::Id comment,
                       Done<void> done) override;
    Outcome<std::vector<contract::Comment>> commentsOn(const RequestContext& context,
                                                       contract::Id video) const override;
    void follow(const RequestContext& context, contract::Id user, contract::Action action,
                Done<void> done) override;
    Outcome<std::vector<contract::User>> followedBy(const RequestContext& context,
                                                    contract::Id user) const override;
    Outcome<std::vector<contract::User>> followersOf(const RequestContext& context,
                                                     contract::Id user) const override;
    Outcome<std::vector<contract::FriendUser>> friendsOf(const RequestContext& context,
                                                         contract::Id user) const override;
    void send(const RequestContext& context, contract::Id to, std::string text, Done<void> done) override;
    Outcome<std::vector<contract::Message>> conversation(const RequestContext& context, contract::Id with,
                                                         std::int64_t after) const override;

    std::optional<MediaEntry> mediaFile(std::string_view key) const override;

private:
    void note(std::string call) const;
    template <class T>
    Outcome<T> outcome(T value) const;
    template <class T>
    void answer(Done<T> done, Outcome<T> value);
    void answer(Done<void> done);

    mutable std::mutex mutex_;
    mutable std::vector<std::string> calls_;
    RequestContext context_;
    std::vector<Published> published_;
};

contract::User someUser(contract::Id id);
contract::Video someVideo(contract::Id id, std::size_t titleBytes);

}  // namespace tikgok::sim::doubles
