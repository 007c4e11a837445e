// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Likes, comments, follows and chat, with doubles of the writer.

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/services/chat.h"
#include "backend-sim/services/interactions.h"
#include "backend-sim/services/shapes.h"
#include "backend-sim/services/sociality.h"
#include "tests/backend_sim/services/doubles.h"

#include <QtTest>

#include <cstdlib>
#include <ctime>
#include <limits>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

class SocialTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void likesAreHandedOn();
    void favoritesOf();
    void comments();
    void commentTexts_data();
    void commentTexts();
    void commentFailures();
    void commentOfSomebodyGone();
    void deletingIsHandedOn();
    void commentsOn();
    void follows();
    void followLists();
    void friends();
    void messages();
    void messageTexts_data();
    void messageTexts();
    void conversation_data();
    void conversation();
    void listsOfTheReference();
    void textsOfTheReference();
    void chatOfTheReference_data();
    void chatOfTheReference();
    void messagesAreSeenWhenTheirTimeComes();
    void createDate_data();
    void createDate();
    void failuresAreHandedOn_data();
    void failuresAreHandedOn();
    void listsThatNobodyWaitsFor_data();
    void listsThatNobodyWaitsFor();

private:
    RequestContext context_;
    std::unique_ptr<MemoryStore> store_;
    FakeSubmit<SetFavorite> favorites_;
    FakeSubmit<AddComment> adding_;
    FakeSubmit<DeleteComment> deleting_;
    FakeSubmit<SetFollow> following_;
    FakeSubmit<SendMessage> sending_;
    FakeClock clock_;
    FakeUrls urls_;
    std::unique_ptr<Interactions> interactions_;
    std::unique_ptr<Sociality> sociality_;
    std::unique_ptr<Chat> chat_;
};

void SocialTest::init() {
    context_ = {};
    context_.caller = 1;
    store_ = std::make_unique<MemoryStore>();
    favorites_ = {};
    adding_ = {};
    deleting_ = {};
    following_ = {};
    sending_ = {};
    interactions_ = std::make_unique<Interactions>(
        Interactions::Needs{*store_, *store_, favorites_, adding_, deleting_, urls_, clock_});
    sociality_ = std::make_unique<Sociality>(Sociality::Needs{*store_, following_, urls_, clock_});
    chat_ = std::make_unique<Chat>(*store_, sending_, clock_);
    for (Id id = 1; id <= 3; ++id) {
        UserRow row;
        row.id = id;
        row.name = "user" + std::to_string(id);
        QVERIFY(*store_->users().add(row));
    }
    VideoRow video;
    video.id = 10;
    video.author = 2;
    video.publishedAt = 1;
    QVERIFY(*store_->videos().add(video));
    for (const auto& [one, other] : {std::pair<Id, Id>{1, 2}, {2, 1}, {2, 3}, {3, 2}}) {
        QVERIFY(*store_->relations().set(one, other, true, 1));
    }
    QVERIFY(*store_->messages().add({30, 2, 1, "to you", 1'800'000'000'000}));
    QVERIFY(*store_->messages().add({31, 2, 3, "to three", 1'800'000'000'500}));
    QVERIFY(*store_->messages().add({32, 1, 2, "from me", 1'800'000'000'600}));
}

void SocialTest::likesAreHandedOn() {
    favorites_.answer = Outcome<void>();
    Answer<void> liked;
    interactions_->favorite(context_, 10, contract::Action::Do, liked.done());
    QVERIFY(liked.good());
    Answer<void> unliked;
    interactions_->favorite(context_, 11, contract::Action::Undo, unliked.done());
    QCOMPARE(favorites_.commands.size(), std::size_t{2});
    QCOMPARE(favorites_.commands[0].user, Id{1});
    QCOMPARE(favorites_.commands[0].video, Id{10});
    QVERIFY(favorites_.commands[0].on);
    QVERIFY(!favorites_.commands[1].on);
    favorites_.answer = std::unexpected(contract::kVideoNotFound);
    Answer<void> refused;
    interactions_->favorite(context_, 99, contract::Action::Do, refused.done());
    QCOMPARE(refused.failure(), contract::kVideoNotFound);
}

void SocialTest::favoritesOf() {
    QVERIFY(*store_->favorites().set(3, 10, true, 1));
    const auto others = interactions_->favoritesOf(context_, 3);
    QVERIFY(others.has_value());
    QCOMPARE(others->size(), std::size_t{1});
    // Relative to the caller, not to the owner of the list.
    QVERIFY(!others->front().isFavorite);
    QVERIFY(others->front().author.isFollow);
    QVERIFY(interactions_->favoritesOf(context_, 0)->empty());
    QCOMPARE(interactions_->favoritesOf(context_, 99).error(), contract::kUserNotFound);
}

void SocialTest::comments() {
    adding_.answer = CommentRow{77, 1, 10, "stored", 1'800'000'000'000};
    Answer<contract::Comment> answer;
    interactions_->addComment(context_, 10, "first line\nsecond", answer.done());
    QVERIFY(answer.good());
    QCOMPARE(answer.get()->id, contract::Id{77});
    QCOMPARE(answer.get()->content, std::string("stored"));
    QCOMPARE(answer.get()->user.name, std::string("user1"));
    QCOMPARE(answer.get()->createDate, monthAndDay(1'800'000'000'000));
    QCOMPARE(adding_.commands[0].user, Id{1});
    QCOMPARE(adding_.commands[0].video, Id{10});
    QCOMPARE(adding_.commands[0].text, std::string("first line\nsecond"));
}

void SocialTest::commentTexts_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("empty") << std::string() << false;
    QTest::newRow("1") << std::string("x") << true;
    QTest::newRow("256") << std::string(256, 'x') << true;
    QTest::newRow("257") << std::string(257, 'x') << false;
    std::string wide;
    for (int i = 0; i < 256; ++i) {
        wide += "好";
    }
    QTest::newRow("256 wide") << wide << true;
    QTest::newRow("257 wide") << wide + "好" << false;
    QTest::newRow("bad utf-8") << std::string("a\xC3(") << false;
    QTest::newRow("nul") << std::string("a\0", 2) << true;
}

void SocialTest::commentTexts() {
    QFETCH(std::string, text);
    QFETCH(bool, good);
    adding_.answer = CommentRow{77, 1, 10, text, 1};
    Answer<contract::Comment> answer;
    interactions_->addComment(context_, 10, text, answer.done());
    QCOMPARE(answer.good(), good);
    QCOMPARE(adding_.commands.size(), good ? std::size_t{1} : std::size_t{0});
    if (!good) {
        QCOMPARE(answer.failure(), contract::kParamsErr);
    }
}

void SocialTest::commentFailures() {
    for (const contract::Failure& failure : {contract::kVideoNotFound, contract::kServiceErr}) {
        adding_.answer = std::unexpected(failure);
        Answer<contract::Comment> answer;
        interactions_->addComment(context_, 10, "x", answer.done());
        QCOMPARE(answer.failure(), failure);
    }
}

void SocialTest::commentOfSomebodyGone() {
    adding_.answer = CommentRow{77, 99, 10, "x", 1};
    Answer<contract::Comment> answer;
    interactions_->addComment(context_, 10, "x", answer.done());
    QCOMPARE(answer.failure(), contract::kInteractionErr);
}

void SocialTest::deletingIsHandedOn() {
    for (const contract::Failure& failure :
         {contract::kCommentNotFound, contract::kCommentNotYours, contract::kVideoNotFound}) {
        deleting_.answer = std::unexpected(failure);
        Answer<void> answer;
        interactions_->deleteComment(context_, 10, 20, answer.done());
        QCOMPARE(answer.failure(), failure);
    }
    QCOMPARE(deleting_.commands[0].comment, Id{20});
    QCOMPARE(deleting_.commands[0].video, Id{10});
    QCOMPARE(deleting_.commands[0].user, Id{1});
}

void SocialTest::commentsOn() {
    QVERIFY(store_->comments().add({20, 2, 10, "old", 1}).has_value());
    QVERIFY(store_->comments().add({21, 1, 10, "new", 2}).has_value());
    const auto seen = interactions_->commentsOn(context_, 10);
    QVERIFY(seen.has_value());
    QCOMPARE(seen->size(), std::size_t{2});
    QCOMPARE((*seen)[0].content, std::string("new"));
    QVERIFY((*seen)[1].user.isFollow);
    QVERIFY(!interactions_->commentsOn(RequestContext(), 10)->at(1).user.isFollow);
    QCOMPARE(interactions_->commentsOn(context_, 99).error(), contract::kVideoNotFound);
}

void SocialTest::follows() {
    following_.answer = Outcome<void>();
    Answer<void> followed;
    sociality_->follow(context_, 3, contract::Action::Do, followed.done());
    QVERIFY(followed.good());
    Answer<void> unfollowed;
    sociality_->follow(context_, 2, contract::Action::Undo, unfollowed.done());
    QCOMPARE(following_.commands.size(), std::size_t{2});
    QCOMPARE(following_.commands[0].followed, Id{3});
    QVERIFY(following_.commands[0].on);
    QVERIFY(!following_.commands[1].on);
    for (const auto action : {contract::Action::Do, contract::Action::Undo}) {
        Answer<void> self;
        sociality_->follow(context_, 1, action, self.done());
        QCOMPARE(self.failure(), contract::kSelfFollow);
    }
    QCOMPARE(following_.commands.size(), std::size_t{2});
    following_.answer = std::unexpected(contract::kUserNotFound);
    Answer<void> unknown;
    sociality_->follow(context_, 99, contract::Action::Do, unknown.done());
    QCOMPARE(unknown.failure(), contract::kUserNotFound);
}

void SocialTest::followLists() {
    const auto followed = sociality_->followedBy(context_, 2);
    QVERIFY(followed.has_value());
    QCOMPARE(followed->size(), std::size_t{2});
    QCOMPARE((*followed)[0].id, contract::Id{3});
    QVERIFY(!(*followed)[0].isFollow);
    const auto followers = sociality_->followersOf(context_, 0);
    QCOMPARE(followers->size(), std::size_t{1});
    QVERIFY((*followers)[0].isFollow);
    QCOMPARE(sociality_->followedBy(context_, 99).error(), contract::kUserNotFound);
    QCOMPARE(sociality_->followersOf(context_, 99).error(), contract::kUserNotFound);
    QCOMPARE(sociality_->friendsOf(context_, 99).error(), contract::kUserNotFound);
}

void SocialTest::friends() {
    const auto own = sociality_->friendsOf(context_, 0);
    QVERIFY(own.has_value());
    QCOMPARE(own->size(), std::size_t{1});
    QCOMPARE(own->front().message, std::string("from me"));
    QCOMPARE(own->front().direction, contract::MessageDirection::Sent);
    // Two's friends, as one sees them: messages are the caller's.
    const auto others = sociality_->friendsOf(context_, 2);
    QCOMPARE(others->size(), std::size_t{2});
    QVERIFY(others->at(0).message.empty());
    QCOMPARE(others->at(0).direction, contract::MessageDirection::Received);
    context_.caller = 3;
    QCOMPARE(sociality_->friendsOf(context_, 0)->front().message, std::string("to three"));
    QCOMPARE(sociality_->friendsOf(context_, 0)->front().direction, contract::MessageDirection::Received);
}

void SocialTest::messages() {
    sending_.answer = Outcome<void>();
    Answer<void> sent;
    chat_->send(context_, 2, "你好", sent.done());
    QVERIFY(sent.good());
    QCOMPARE(sending_.commands[0].from, Id{1});
    QCOMPARE(sending_.commands[0].to, Id{2});
    QCOMPARE(sending_.commands[0].text, std::string("你好"));
    Answer<void> self;
    chat_->send(context_, 1, "me", self.done());
    QCOMPARE(self.failure(), contract::kSelfMessage);
    sending_.answer = std::unexpected(contract::kUserNotFound);
    Answer<void> unknown;
    chat_->send(context_, 99, "x", unknown.done());
    QCOMPARE(unknown.failure(), contract::kUserNotFound);
}

void SocialTest::messageTexts_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("empty") << std::string() << false;
    QTest::newRow("254") << std::string(254, 'x') << true;
    QTest::newRow("255") << std::string(255, 'x') << false;
    QTest::newRow("bad utf-8") << std::string("\xFE") << false;
    QTest::newRow("escape") << std::string("\x1B") << true;
}

void SocialTest::messageTexts() {
    QFETCH(std::string, text);
    QFETCH(bool, good);
    sending_.answer = Outcome<void>();
    Answer<void> answer;
    chat_->send(context_, 2, text, answer.done());
    QCOMPARE(answer.good(), good);
    if (!good) {
        QCOMPARE(answer.failure(), contract::kParamsErr);
        QVERIFY(sending_.commands.empty());
    }
}

void SocialTest::conversation_data() {
    QTest::addColumn<qint64>("after");
    QTest::addColumn<int>("count");
    QTest::newRow("all") << qint64{0} << 2;
    QTest::newRow("negative") << qint64{-1} << 2;
    QTest::newRow("strictly after") << qint64{1'800'000'000'000} << 1;
    QTest::newRow("seconds") << qint64{1'800'000'000} << 1;
    QTest::newRow("nanoseconds") << qint64{1'800'000'000'599'999'999} << 1;
    QTest::newRow("newest") << qint64{1'800'000'000'600} << 0;
    QTest::newRow("largest") << std::numeric_limits<qint64>::max() << 0;
}

void SocialTest::conversation() {
    QFETCH(qint64, after);
    QFETCH(int, count);
    const auto seen = chat_->conversation(context_, 2, after);
    QVERIFY(seen.has_value());
    QCOMPARE(static_cast<int>(seen->size()), count);
    if (count == 2) {
        QCOMPARE(seen->at(0), (contract::Message{30, 1, 2, "to you", 1'800'000'000'000}));
        QCOMPARE(seen->at(1).fromUserId, contract::Id{1});
    }
    QCOMPARE(chat_->conversation(context_, 99, after).error(), contract::kUserNotFound);
    QVERIFY(chat_->conversation(context_, 1, after)->empty());
}

// Rows that point to nothing are the reference's to take, and its lists show what comes of it.
void SocialTest::listsOfTheReference() {
    QVERIFY(*store_->relations().set(2, 77, true, 1));
    QVERIFY(*store_->favorites().set(2, 99, true, 1));
    QVERIFY(*store_->favorites().set(2, 10, true, 1));
    QVERIFY(store_->comments().add({50, 77, 10, "who", 5}).has_value());
    // The standard leaves them out.
    QCOMPARE(sociality_->followedBy(context_, 2)->size(), std::size_t{2});
    QCOMPARE(interactions_->favoritesOf(context_, 2)->size(), std::size_t{1});
    QVERIFY(interactions_->commentsOn(context_, 10)->empty());
    QCOMPARE(sociality_->followersOf(context_, 77).error(), contract::kUserNotFound);

    context_.policy = &kTikgokPolicy;
    const auto followed = sociality_->followedBy(context_, 2);
    QCOMPARE(followed->size(), std::size_t{3});
    QCOMPARE(followed->at(0).id, Id{1});
    QCOMPARE(followed->at(1).id, Id{3});
    QCOMPARE(followed->at(2), contract::User());
    QCOMPARE(sociality_->followersOf(context_, 77)->size(), std::size_t{1});
    QVERIFY(sociality_->followersOf(context_, 1234)->empty());
    QVERIFY(sociality_->friendsOf(context_, 1234)->empty());
    QCOMPARE(sociality_->friendsOf(context_, 2)->at(0).user.id, Id{1});
    QCOMPARE(interactions_->favoritesOf(context_, 2).error(), contract::kInteractionRpc);
    QVERIFY(interactions_->favoritesOf(context_, 1234)->empty());
    QCOMPARE(interactions_->commentsOn(context_, 10)->front().user, contract::User());
    QVERIFY(interactions_->commentsOn(context_, 1234)->empty());
    // 0 is a user like any other who does not exist, and not the caller.
    QVERIFY(sociality_->followedBy(context_, 0)->empty());
    QVERIFY(sociality_->followersOf(context_, 0)->empty());
    QVERIFY(sociality_->friendsOf(context_, 0)->empty());
    QVERIFY(interactions_->favoritesOf(context_, 0)->empty());
    QCOMPARE(interactions_->commentsOn(context_, 10)->front().createDate, std::string("5000000"));
    // Until the like is taken back.
    QVERIFY(*store_->favorites().set(2, 99, false, 1));
    QCOMPARE(interactions_->favoritesOf(context_, 2)->size(), std::size_t{1});
    // A comment of a caller who is gone is answered all the same.
    adding_.answer = CommentRow{78, 66, 10, "ghost", 1};
    Answer<contract::Comment> answer;
    interactions_->addComment(context_, 10, "ghost", answer.done());
    QVERIFY(answer.good());
    QCOMPARE(answer.get()->user, contract::User());
    QCOMPARE(answer.get()->createDate, std::string("1000000"));
}

// What nobody looks at there: texts of comments, whom one writes to, and how long a message is in characters.
void SocialTest::textsOfTheReference() {
    context_.policy = &kTikgokPolicy;
    adding_.answer = CommentRow{78, 1, 10, "", 1};
    for (const std::string& text : {std::string(), std::string(5000, 'x'), std::string("a\x1B")}) {
        Answer<contract::Comment> answer;
        interactions_->addComment(context_, 10, text, answer.done());
        QVERIFY(answer.good());
        QCOMPARE(adding_.commands.back().text, text);
        QVERIFY(!adding_.commands.back().checkTargets);
    }
    sending_.answer = {};
    std::string wide;
    for (int i = 0; i < 63; ++i) {
        wide += "\U0001F600";
    }
    for (const auto& [text, good] : std::initializer_list<std::pair<std::string, bool>>{
             {wide, true}, {wide + "xx", true}, {wide + "xxx", false}, {std::string(), false}}) {
        Answer<void> answer;
        chat_->send(context_, context_.caller, text, answer.done());
        QCOMPARE(answer.good(), good);
    }
    QCOMPARE(sending_.commands.size(), std::size_t{2});
    QCOMPARE(sending_.commands[0].to, context_.caller);
    QVERIFY(!sending_.commands[0].checkTargets);
    QCOMPARE(sending_.commands[0].delay, std::int64_t{kTikgokPolicy.messageDelay.count()});
}

void SocialTest::chatOfTheReference_data() {
    QTest::addColumn<qint64>("bound");
    QTest::addColumn<std::vector<Id>>("ids");
    const auto row = [](const char* name, std::int64_t bound, const std::vector<Id>& ids) {
        QTest::newRow(name) << qint64{bound} << ids;
    };
    constexpr std::int64_t kFirst = 1'800'000'000'000'000'000;
    row("zero", 0, {});
    row("negative", -1, {});
    row("largest", std::numeric_limits<std::int64_t>::max(), {32, 30});
    row("at the first", kFirst, {});
    row("a nanosecond after the first", kFirst + 1, {30});
    row("at the second", kFirst + 600'000'000, {30});
    row("after the second", kFirst + 600'000'001, {32, 30});
    row("milliseconds are long ago", kFirst / 1'000'000, {});
}

void SocialTest::chatOfTheReference() {
    QFETCH(qint64, bound);
    QFETCH(std::vector<Id>, ids);
    clock_.now = 1'800'000'001'000;
    context_.policy = &kTikgokPolicy;
    const auto messages = chat_->conversation(context_, 2, bound);
    std::vector<Id> seen;
    for (const contract::Message& message : *messages) {
        seen.push_back(message.id);
    }
    QCOMPARE(seen, ids);
    QVERIFY(chat_->conversation(context_, 1234, bound)->empty());
}

void SocialTest::messagesAreSeenWhenTheirTimeComes() {
    constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
    context_.policy = &kTikgokPolicy;
    clock_.now = 1'800'000'000'599;
    QCOMPARE(chat_->conversation(context_, 2, kAll)->size(), std::size_t{1});
    QCOMPARE(sociality_->friendsOf(context_, 1)->front().message, std::string("to you"));
    clock_.now = 1'800'000'000'600;
    QCOMPARE(chat_->conversation(context_, 2, kAll)->size(), std::size_t{2});
    QCOMPARE(sociality_->friendsOf(context_, 1)->front().message, std::string("from me"));
}

void SocialTest::createDate_data() {
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<qint64>("time");
    QTest::addColumn<std::string>("date");
    QTest::newRow("epoch") << QByteArray("UTC0") << qint64{0} << std::string("01-01");
    QTest::newRow("before") << QByteArray("UTC0") << qint64{-1} << std::string("12-31");
    QTest::newRow("new year, west") << QByteArray("XXX5") << qint64{1'767'225'600'000}
                                    << std::string("12-31");
    QTest::newRow("new year, east") << QByteArray("CST-8") << qint64{1'767'200'400'000}
                                    << std::string("01-01");
    QTest::newRow("leap day") << QByteArray("UTC0") << qint64{1'709'200'000'000} << std::string("02-29");
}

void SocialTest::createDate() {
    QFETCH(QByteArray, zone);
    QFETCH(qint64, time);
    const QByteArray old = qgetenv("TZ");
    qputenv("TZ", zone);
    tzset();
    QTEST(monthAndDay(time), "date");
    old.isNull() ? qunsetenv("TZ") : qputenv("TZ", old);
    tzset();
}

void SocialTest::failuresAreHandedOn_data() {
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("retryAfter");
    QTest::newRow("store") << static_cast<int>(contract::kServiceErr.code) << 0;
    QTest::newRow("gone") << static_cast<int>(contract::kUserNotFound.code) << 0;
    QTest::newRow("full") << static_cast<int>(contract::kServiceErr.code) << 1;
}

// Whatever the writer says goes to the caller, once and unchanged.
void SocialTest::failuresAreHandedOn() {
    QFETCH(int, code);
    QFETCH(int, retryAfter);
    const contract::Failure failure{static_cast<contract::Code>(code), "words", retryAfter};
    favorites_.answer = std::unexpected(failure);
    adding_.answer = std::unexpected(failure);
    deleting_.answer = std::unexpected(failure);
    following_.answer = std::unexpected(failure);
    sending_.answer = std::unexpected(failure);
    Answer<void> liked;
    interactions_->favorite(context_, 10, contract::Action::Do, liked.done());
    QCOMPARE(liked.failure(), failure);
    Answer<contract::Comment> commented;
    interactions_->addComment(context_, 10, "text", commented.done());
    QCOMPARE(commented.failure(), failure);
    Answer<void> deleted;
    interactions_->deleteComment(context_, 10, 1, deleted.done());
    QCOMPARE(deleted.failure(), failure);
    Answer<void> followed;
    sociality_->follow(context_, 2, contract::Action::Do, followed.done());
    QCOMPARE(followed.failure(), failure);
    Answer<void> sent;
    chat_->send(context_, 2, "text", sent.done());
    QCOMPARE(sent.failure(), failure);
}

void SocialTest::listsThatNobodyWaitsFor_data() {
    QTest::addColumn<bool>("cancelled");
    QTest::newRow("the caller is gone") << true;
    QTest::newRow("the budget is spent") << false;
}

// Long lists are given up on the way, short ones are done before anybody asks.
void SocialTest::listsThatNobodyWaitsFor() {
    QFETCH(bool, cancelled);
    for (Id id = 1000; id < 1300; ++id) {
        UserRow row;
        row.id = id;
        row.name = "many" + std::to_string(id);
        QVERIFY(*store_->users().add(row));
        QVERIFY(*store_->relations().set(1, id, true, 1));
        QVERIFY(*store_->relations().set(id, 1, true, 1));
        VideoRow video;
        video.id = id + 1000;
        video.author = id;
        video.publishedAt = id;
        QVERIFY(*store_->videos().add(video));
        QVERIFY(*store_->favorites().set(1, video.id, true, 1));
        QVERIFY(store_->comments().add({id + 2000, id, 10, "text", id}).has_value());
        QVERIFY(*store_->messages().add({id + 3000, 1, 3, "text", 1'700'000'000'000 + id}));
    }
    std::stop_source source;
    context_.cancelled = source.get_token();
    context_.deadline = clock_.steady + std::chrono::seconds(1);
    QCOMPARE(interactions_->favoritesOf(context_, 1)->size(), std::size_t{300});
    if (cancelled) {
        source.request_stop();
    } else {
        clock_.steady += std::chrono::seconds(1);
    }
    const auto given = [](const auto& outcome) {
        return outcome ? contract::Failure{contract::Code::Success, "none"} : outcome.error();
    };
    QCOMPARE(given(interactions_->favoritesOf(context_, 1)), contract::kServiceErr);
    QCOMPARE(given(interactions_->commentsOn(context_, 10)), contract::kServiceErr);
    QCOMPARE(given(sociality_->followedBy(context_, 1)), contract::kServiceErr);
    QCOMPARE(given(sociality_->followersOf(context_, 1)), contract::kServiceErr);
    QCOMPARE(given(sociality_->friendsOf(context_, 1)), contract::kServiceErr);
    QCOMPARE(given(chat_->conversation(context_, 3, 0)), contract::kServiceErr);
    QVERIFY(sociality_->followersOf(context_, 3).has_value());
}

QTEST_GUILESS_MAIN(SocialTest)
#include "social_test.moc"
