// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/backend_sim/gateway/doubles.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tikgok::sim::doubles {

Worker::Worker() : thread_([this] { loop(); }) {}

Worker::~Worker() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Worker::run(std::move_only_function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    changed_.notify_all();
}

void Worker::hold(bool held) {
    {
        const std::lock_guard lock(mutex_);
        held_ = held;
    }
    changed_.notify_all();
}

void Worker::loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return ending_ || (!held_ && !jobs_.empty()); });
        if (ending_) {
            return;
        }
        auto job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        job();
        job = nullptr;
        lock.lock();
    }
}

contract::User someUser(contract::Id id) {
    contract::User user;
    user.id = id;
    user.name = id == 1 ? "alice" : "bob";
    return user;
}

contract::Video someVideo(contract::Id id, std::size_t titleBytes) {
    contract::Video video;
    video.id = id;
    video.author = someUser(2);
    video.playUrl = "http://127.0.0.1/static/" + std::to_string(id) + ".mp4";
    video.coverUrl = "http://127.0.0.1/static/" + std::to_string(id) + ".jpg";
    video.title = std::string(titleBytes, 't');
    return video;
}

std::vector<std::string> FakeServices::calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
}

std::string FakeServices::lastCall() const {
    const std::lock_guard lock(mutex_);
    return calls_.empty() ? std::string() : calls_.back();
}

std::vector<FakeServices::Published> FakeServices::published() const {
    const std::lock_guard lock(mutex_);
    return published_;
}

void FakeServices::note(std::string call) const {
    {
        const std::lock_guard lock(mutex_);
        calls_.push_back(std::move(call));
    }
    if (throws) {
        throw std::runtime_error("a service that throws");
    }
}

template <class T>
Outcome<T> FakeServices::outcome(T value) const {
    if (failure) {
        return std::unexpected(*failure);
    }
    return value;
}

template <class T>
void FakeServices::answer(Done<T> done, Outcome<T> value) {
    if (failure) {
        value = std::unexpected(*failure);
    }
    worker.run([this, done = std::move(done), value = std::move(value)]() mutable {
        if (!forgets) {
            done(std::move(value));
        }
    });
}

void FakeServices::answer(Done<void> done) {
    answer<void>(std::move(done), Outcome<void>());
}

void FakeServices::registerUser(const RequestContext&, std::string name, std::string password,
                                Done<contract::Id> done) {
    note("register " + name + " " + password);
    answer<contract::Id>(std::move(done), contract::Id{1});
}

RequestContext FakeServices::lastContext() const {
    const std::lock_guard lock(mutex_);
    return context_;
}

void FakeServices::login(const RequestContext& context, std::string name, std::string password,
                         Done<contract::Id> done) {
    {
        const std::lock_guard lock(mutex_);
        context_ = context;
    }
    note("login " + name + " " + password);
    answer<contract::Id>(std::move(done), contract::Id{name == "bob" ? 2 : 1});
}

Outcome<contract::User> FakeServices::user(const RequestContext& context, contract::Id id) const {
    note("user " + std::to_string(context.caller) + " " + std::to_string(id));
    return outcome(someUser(id == 0 ? context.caller : id));
}

bool FakeServices::exists(contract::Id id) const {
    return !gone && (id == 1 || id == 2);
}

Outcome<FeedSlice> FakeServices::feed(const RequestContext& context, std::int64_t latestTime) const {
    note("feed " + std::to_string(context.caller) + " " + std::to_string(latestTime));
    FeedSlice slice;
    const std::size_t page = context.policy->feedPage;
    for (std::size_t i = 0; i < (page == 0 ? feedSize : std::min(feedSize, page)); ++i) {
        slice.videos.push_back(someVideo(static_cast<contract::Id>(140 - i), titleBytes));
    }
    slice.nextTime = 1700000000000;
    return outcome(std::move(slice));
}

// The addresses of the double's videos are its keys.
Outcome<std::int64_t> FakeServices::visitFeed(const RequestContext& context, std::int64_t latestTime,
                                              const VideoVisitor& visit) const {
    class SameUrls final : public MediaUrls {
    public:
        std::string urlOf(std::string_view key) const override { return std::string(key); }
    };
    const auto slice = feed(context, latestTime);
    if (!slice) {
        return std::unexpected(slice.error());
    }
    for (const contract::Video& video : slice->videos) {
        UserRow author;
        author.id = video.author.id;
        author.name = video.author.name;
        author.avatarKey = video.author.avatar;
        author.backgroundKey = video.author.backgroundImage;
        author.signature = video.author.signature;
        author.followCount = video.author.followCount;
        author.followerCount = video.author.followerCount;
        author.totalFavorited = video.author.totalFavorited;
        author.workCount = video.author.workCount;
        author.favoriteCount = video.author.favoriteCount;
        VideoRow row;
        row.id = video.id;
        row.author = author.id;
        row.title = video.title;
        row.playKey = video.playUrl;
        row.coverKey = video.coverUrl;
        row.favoriteCount = video.favoriteCount;
        row.commentCount = video.commentCount;
        visit({row, {author, video.author.isFollow}, video.isFavorite}, SameUrls());
    }
    return slice->nextTime;
}

void FakeServices::publish(const RequestContext& context, StagedUpload upload, std::string title,
                           Done<contract::Id> done) {
    Published one{{}, upload.clientFileName, title, upload.file, {}};
    if (measureOnly) {
        publishedBytes = std::filesystem::file_size(upload.file);
    } else {
        std::ifstream in(upload.file, std::ios::binary);
        std::ostringstream content;
        content << in.rdbuf();
        one.content = content.str();
    }
    std::filesystem::remove(upload.file);
    if (!upload.cover.empty()) {
        std::ifstream in(upload.cover, std::ios::binary);
        one.cover.assign(std::istreambuf_iterator<char>(in), {});
        std::filesystem::remove(upload.cover);
    }
    {
        const std::lock_guard lock(mutex_);
        published_.push_back(std::move(one));
    }
    note("publish " + std::to_string(context.caller) + " " + title);
    answer<contract::Id>(std::move(done), contract::Id{141});
}

Outcome<std::vector<contract::Video>> FakeServices::publishedBy(const RequestContext& context,
                                                                contract::Id user) const {
    note("publishedBy " + std::to_string(context.caller) + " " + std::to_string(user));
    return outcome(std::vector{someVideo(141, titleBytes), someVideo(101, titleBytes)});
}

void FakeServices::favorite(const RequestContext& context, contract::Id video, contract::Action action,
                            Done<void> done) {
    note("favorite " + std::to_string(context.caller) + " " + std::to_string(video) + " " +
         std::to_string(static_cast<int>(action)));
    answer(std::move(done));
}

Outcome<std::vector<contract::Video>> FakeServices::favoritesOf(const RequestContext& context,
                                                                contract::Id user) const {
    note("favoritesOf " + std::to_string(context.caller) + " " + std::to_string(user));
    return outcome(std::vector<contract::Video>());
}

void FakeServices::addComment(const RequestContext& context, contract::Id video, std::string text,
                              Done<contract::Comment> done) {
    note("addComment " + std::to_string(context.caller) + " " + std::to_string(video) + " " + text);
    const bool digits = context.policy->commentDate == Policy::CommentDate::NanosecondDigits;
    answer<contract::Comment>(std::move(done), contract::Comment{501, someUser(context.caller), text,
                                                                 digits ? "1800000000000000001" : "11-20"});
}

void FakeServices::deleteComment(const RequestContext& context, contract::Id video, contract::Id comment,
                                 Done<void> done) {
    note("deleteComment " + std::to_string(context.caller) + " " + std::to_string(video) + " " +
         std::to_string(comment));
    answer(std::move(done));
}

Outcome<std::vector<contract::Comment>> FakeServices::commentsOn(const RequestContext& context,
                                                                 contract::Id video) const {
    note("commentsOn " + std::to_string(context.caller) + " " + std::to_string(video));
    return outcome(std::vector<contract::Comment>());
}

void FakeServices::follow(const RequestContext& context, contract::Id user, contract::Action action,
                          Done<void> done) {
    note("follow " + std::to_string(context.caller) + " " + std::to_string(user) + " " +
         std::to_string(static_cast<int>(action)));
    answer(std::move(done));
}

Outcome<std::vector<contract::User>> FakeServices::followedBy(const RequestContext& context,
                                                              contract::Id user) const {
    note("followedBy " + std::to_string(context.caller) + " " + std::to_string(user));
    return outcome(std::vector<contract::User>());
}

Outcome<std::vector<contract::User>> FakeServices::followersOf(const RequestContext& context,
                                                               contract::Id user) const {
    note("followersOf " + std::to_string(context.caller) + " " + std::to_string(user));
    return outcome(std::vector{someUser(2)});
}

Outcome<std::vector<contract::FriendUser>> FakeServices::friendsOf(const RequestContext& context,
                                                                   contract::Id user) const {
    note("friendsOf " + std::to_string(context.caller) + " " + std::to_string(user));
    return outcome(std::vector{contract::FriendUser{someUser(2), "hi", contract::MessageDirection::Sent}});
}

void FakeServices::send(const RequestContext& context, contract::Id to, std::string text, Done<void> done) {
    note("send " + std::to_string(context.caller) + " " + std::to_string(to) + " " + text);
    answer(std::move(done));
}

Outcome<std::vector<contract::Message>> FakeServices::conversation(const RequestContext& context,
                                                                   contract::Id with,
                                                                   std::int64_t after) const {
    note("conversation " + std::to_string(context.caller) + " " + std::to_string(with) + " " +
         std::to_string(after));
    return outcome(std::vector{contract::Message{7, 1, 2, "hello", 1700000000001}});
}

std::optional<MediaEntry> FakeServices::mediaFile(std::string_view key) const {
    std::filesystem::path file = mediaDirectory / std::filesystem::path(key);
    if (!std::filesystem::exists(file)) {
        return std::nullopt;
    }
    return MediaEntry{std::move(file), key.ends_with(".png") ? "image/png" : "video/mp4"};
}

}  // namespace tikgok::sim::doubles
