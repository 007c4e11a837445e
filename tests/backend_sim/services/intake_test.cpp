// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The intake's decisions: the rules that need the newest state. How writes come through is in
// intake_commits_test.cpp.

#include "backend-sim/services/write/intake.h"

#include "backend-sim/services/write/change_codec.h"
#include "tests/backend_sim/services/intake_stage.h"

#include <QTest>

#include <atomic>
#include <barrier>
#include <string>
#include <thread>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

class IntakeTest : public QObject, private IntakeStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void registerTakesANameOnce();
    void publishTimesAreUnique();
    void likesAreIdempotent();
    void refusals_data();
    void refusals();
    void deletingComments();
    void deletingAnybodysComment();
    void delayedMessage();
    void messageTimesGrow();
    void whatChangesNothingWritesNothing();
    void decisionsWithinABatch();
    void repeatedPublishIsOneVideo();
    void idsAreRemembered();
    void raceForAName();
};

void IntakeTest::registerTakesANameOnce() {
    const auto first = write(RegisterUser{"ann", "h1", "a", "b", "s"});
    QVERIFY(first.has_value());
    QCOMPARE(write(RegisterUser{"ann", "h2", {}, {}, {}}).error(), contract::kUserExists);
    const UserRow row = **readModel_->users().find(*first);
    QCOMPARE(row.passwordHash, std::string("h1"));
    QCOMPARE(row.avatarKey, std::string("a"));
    QCOMPARE(row.backgroundKey, std::string("b"));
    QCOMPARE(row.signature, std::string("s"));
    QCOMPARE(row.createdAt, clock_->nowMs());
}

void IntakeTest::publishTimesAreUnique() {
    const Id ann = newUser("ann");
    const Id first = newVideo(ann);
    const Id second = newVideo(ann);
    clock_->now -= 1;
    const Id third = newVideo(ann);
    const Id fourth = newVideo(ann);
    const auto timeOf = [this](Id id) { return (**readModel_->videos().find(id)).publishedAt; };
    const std::int64_t start = clock_->nowMs();
    QCOMPARE(timeOf(third), start);
    QCOMPARE(timeOf(first), start + 1);
    QCOMPARE(timeOf(second), start + 2);
    QCOMPARE(timeOf(fourth), start + 3);
}

void IntakeTest::likesAreIdempotent() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(write(SetFavorite{ann, video, true}).has_value());
    }
    QCOMPARE((**readModel_->videos().find(video)).favoriteCount, 1);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(write(SetFavorite{ann, video, false}).has_value());
    }
    QCOMPARE((**readModel_->videos().find(video)).favoriteCount, 0);
    const Id bob = newUser("bob");
    for (int i = 0; i < 3; ++i) {
        QVERIFY(write(SetFollow{ann, bob, true}).has_value());
    }
    QCOMPARE((**readModel_->users().find(bob)).followerCount, 1);
    QVERIFY(write(SetFollow{bob, ann, false}).has_value());
}

void IntakeTest::refusals_data() {
    QTest::addColumn<QString>("what");
    for (const char* what : {"like: video", "unlike: video", "like: caller", "comment: video",
                             "comment: caller", "delete: video", "follow: target", "unfollow: target",
                             "follow: caller", "message: target", "message: caller", "publish: caller"}) {
        QTest::newRow(what) << QString::fromLatin1(what);
    }
}

void IntakeTest::refusals() {
    QFETCH(QString, what);
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    constexpr Id kNobody = 4711;
    std::map<QString, std::function<Outcome<void>()>> cases;
    const auto plain = [](const auto& outcome) -> Outcome<void> {
        return outcome ? Outcome<void>() : std::unexpected(outcome.error());
    };
    cases[QStringLiteral("like: video")] = [&] { return write(SetFavorite{ann, kNobody, true}); };
    cases[QStringLiteral("unlike: video")] = [&] { return write(SetFavorite{ann, -1, false}); };
    cases[QStringLiteral("like: caller")] = [&] { return write(SetFavorite{kNobody, video, true}); };
    cases[QStringLiteral("comment: video")] = [&] { return plain(write(AddComment{ann, kNobody, "x"})); };
    cases[QStringLiteral("comment: caller")] = [&] { return plain(write(AddComment{kNobody, video, "x"})); };
    cases[QStringLiteral("delete: video")] = [&] { return write(DeleteComment{ann, kNobody, 1}); };
    cases[QStringLiteral("follow: target")] = [&] { return write(SetFollow{ann, kNobody, true}); };
    cases[QStringLiteral("unfollow: target")] = [&] { return write(SetFollow{ann, 0, false}); };
    cases[QStringLiteral("follow: caller")] = [&] { return write(SetFollow{kNobody, ann, true}); };
    cases[QStringLiteral("message: target")] = [&] { return write(SendMessage{ann, kNobody, "x"}); };
    cases[QStringLiteral("message: caller")] = [&] { return write(SendMessage{kNobody, ann, "x"}); };
    cases[QStringLiteral("publish: caller")] = [&] {
        return plain(write(PublishVideo{ids_->next(), kNobody, "t", "p", "c"}));
    };
    const auto outcome = cases.at(what)();
    QVERIFY(!outcome.has_value());
    QCOMPARE(outcome.error(),
             what.endsWith(QStringLiteral("video")) ? contract::kVideoNotFound : contract::kUserNotFound);
    QCOMPARE(logged_.load(), 0);
}

void IntakeTest::deletingComments() {
    const Id ann = newUser("ann");
    const Id bob = newUser("bob");
    const Id video = newVideo(ann);
    const Id other = newVideo(ann);
    const auto comment = write(AddComment{ann, video, "mine"});
    QVERIFY(comment.has_value());
    QCOMPARE(comment->createdAt, clock_->nowMs());
    // Not even the owner of the video.
    const auto byBob = write(AddComment{bob, video, "bob's"});
    QCOMPARE(write(DeleteComment{bob, video, comment->id}).error(), contract::kCommentNotYours);
    QCOMPARE(write(DeleteComment{ann, video, byBob->id}).error(), contract::kCommentNotYours);
    QCOMPARE(write(DeleteComment{ann, other, comment->id}).error(), contract::kCommentNotFound);
    QCOMPARE(write(DeleteComment{ann, video, 4711}).error(), contract::kCommentNotFound);
    QVERIFY(write(DeleteComment{ann, video, comment->id}).has_value());
    QCOMPARE(write(DeleteComment{ann, video, comment->id}).error(), contract::kCommentNotFound);
    QCOMPARE((**readModel_->videos().find(video)).commentCount, 1);
}

void IntakeTest::deletingAnybodysComment() {
    const Id ann = newUser("ann");
    const Id bob = newUser("bob");
    const Id video = newVideo(ann);
    const Id other = newVideo(ann);
    const auto comment = write(AddComment{ann, video, "mine"});
    const bool free = false;
    QCOMPARE(write(DeleteComment{bob, other, 4711, true, free}).error(), contract::kCommentNotFound);
    QCOMPARE(write(DeleteComment{bob, other, 4711, free, free}).error(), contract::kCommentNotFound);
    QCOMPARE(write(DeleteComment{bob, video, comment->id, free, true}).error(), contract::kCommentNotYours);
    QCOMPARE(write(DeleteComment{ann, other, comment->id, free, true}).error(), contract::kCommentNotFound);
    QCOMPARE((**readModel_->videos().find(video)).commentCount, 1);
    QVERIFY(write(DeleteComment{bob, other, comment->id, free, free}).has_value());
    QCOMPARE((**readModel_->videos().find(video)).commentCount, 0);
}

void IntakeTest::delayedMessage() {
    const Id ann = newUser("ann");
    const Id bob = newUser("bob");
    QVERIFY(write(SendMessage{ann, bob, "later", true, 150}).has_value());
    QVERIFY(write(SendMessage{ann, bob, "sooner", true, 0}).has_value());
    const auto rows = *readModel_->messages().between(ann, bob, 0);
    QCOMPARE(rows[0].createdAt, clock_->nowMs() + 150);
    QCOMPARE(rows[1].createdAt, clock_->nowMs() + 151);
}

void IntakeTest::messageTimesGrow() {
    const Id ann = newUser("ann");
    const Id bob = newUser("bob");
    QVERIFY(write(SendMessage{ann, bob, "1"}).has_value());
    QVERIFY(write(SendMessage{bob, ann, "2"}).has_value());
    clock_->now -= 1000;
    QVERIFY(write(SendMessage{ann, bob, "3"}).has_value());
    const auto rows = *readModel_->messages().between(ann, bob, 0);
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[1].createdAt, rows[0].createdAt + 1);
    QCOMPARE(rows[2].createdAt, rows[0].createdAt + 2);
    QCOMPARE(rows[2].text, std::string("3"));
}

// Even the id of a comment that is gone does not come back after a restart.
void IntakeTest::idsAreRemembered() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    const auto comment = write(AddComment{ann, video, "x"});
    QVERIFY(write(DeleteComment{ann, video, comment->id}).has_value());
    const auto messages = *queue_->read(Topic::Writes, 0, 100);
    QVERIFY(decodeChange(messages.back().body)->idBound > comment->id);
}

void IntakeTest::whatChangesNothingWritesNothing() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    QVERIFY(write(SetFavorite{ann, video, true}).has_value());
    const int before = queue_->appends;
    const int words = backlog_.words;
    QVERIFY(write(SetFavorite{ann, video, true}).has_value());
    QVERIFY(write(SetFollow{ann, newUser("bob"), false}).has_value());
    QCOMPARE(write(SetFavorite{ann, 4711, true}).error(), contract::kVideoNotFound);
    QCOMPARE(queue_->appends - before, 1);  // bob
    QCOMPARE(backlog_.words - words, 1);
    // A repetition in the same batch is answered when the first is durable, not before.
    blockIntake();
    queue_->failAppends = true;
    Answer<void> first;
    Answer<void> second;
    intake_->submit(SetFavorite{ann, video, false}, first.done());
    intake_->submit(SetFavorite{ann, video, false}, second.done());
    queue_->gate.release();
    intake_->close();
    QCOMPARE(second.failure(), contract::kServiceErr);
}

// Nobody else sees yet what these depend on.
void IntakeTest::decisionsWithinABatch() {
    const Id ann = newUser("ann");
    const Id bob = newUser("bob");
    const Id video = newVideo(ann);
    const auto comment = write(AddComment{ann, video, "x"});
    blockIntake();
    const auto now = clock_->nowMs();
    const Id fresh = ids_->next();
    const Id other = ids_->next();
    Answer<Id> one;
    Answer<Id> two;
    Answer<Id> name;
    Answer<Id> sameName;
    Answer<void> likeFresh;
    Answer<void> unlikeFresh;
    Answer<void> follow;
    Answer<void> hello;
    Answer<void> again;
    Answer<void> removed;
    Answer<void> removedTwice;
    Answer<CommentRow> added;
    intake_->submit(PublishVideo{fresh, ann, "t", "p", "c"}, one.done());
    intake_->submit(PublishVideo{other, ann, "t", "p", "c"}, two.done());
    intake_->submit(RegisterUser{"eve", "h", {}, {}, {}}, name.done());
    intake_->submit(RegisterUser{"eve", "h", {}, {}, {}}, sameName.done());
    intake_->submit(SetFavorite{ann, fresh, true}, likeFresh.done());
    intake_->submit(SetFavorite{ann, fresh, false}, unlikeFresh.done());
    intake_->submit(SetFollow{ann, bob, true}, follow.done());
    intake_->submit(SetFollow{ann, bob, true}, follow.done());
    intake_->submit(SendMessage{ann, bob, "1"}, hello.done());
    intake_->submit(SendMessage{bob, ann, "2"}, again.done());
    intake_->submit(DeleteComment{ann, video, comment->id}, removed.done());
    intake_->submit(DeleteComment{ann, video, comment->id}, removedTwice.done());
    intake_->submit(AddComment{ann, fresh, "y"}, added.done());
    queue_->gate.release();
    intake_->close();
    QVERIFY(one.good() && two.good() && name.good());
    QCOMPARE(sameName.failure(), contract::kUserExists);
    QCOMPARE((**readModel_->videos().find(other)).publishedAt,
             (**readModel_->videos().find(fresh)).publishedAt + 1);
    QVERIFY(likeFresh.good() && unlikeFresh.good());
    QVERIFY(!*readModel_->favorites().contains(ann, fresh));
    QCOMPARE(follow.count, 2);
    QCOMPARE((**readModel_->users().find(bob)).followerCount, 1);
    const auto rows = *readModel_->messages().between(ann, bob, 0);
    QCOMPARE(rows[0].createdAt, now);
    QCOMPARE(rows[1].createdAt, now + 1);
    QVERIFY(removed.good());
    QCOMPARE(removedTwice.failure(), contract::kCommentNotFound);
    QVERIFY(added.good());
}

void IntakeTest::repeatedPublishIsOneVideo() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    const auto before = queue_->depth(Topic::Writes);
    QCOMPARE(write(PublishVideo{video, ann, "t", "p", "c"}).value_or(0), video);
    QCOMPARE(queue_->depth(Topic::Writes), before);
    QCOMPARE((**readModel_->users().find(ann)).workCount, 1);
}

void IntakeTest::raceForAName() {
    constexpr int kWorkers = 20;
    std::barrier go(kWorkers);
    std::atomic<int> winners = 0;
    std::vector<std::jthread> workers;
    workers.reserve(kWorkers);
    for (int i = 0; i < kWorkers; ++i) {
        workers.emplace_back([&] {
            go.arrive_and_wait();
            winners += write(RegisterUser{"same", "h", {}, {}, {}}).has_value() ? 1 : 0;
        });
    }
    workers.clear();
    QCOMPARE(winners.load(), 1);
}

QTEST_GUILESS_MAIN(IntakeTest)
#include "intake_test.moc"
