// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The feed and works, with doubles of all neighbours.

#include "backend-sim/services/videos.h"

#include "backend-sim/adapters/memory/memory_store.h"
#include "tests/backend_sim/services/doubles.h"

#include <QtTest>

#include <limits>
#include <memory>
#include <string>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

namespace {

// Publishing has a test of its own.
class FakePublishing final : public Publishing {
public:
    void publish(const RequestContext& context, StagedUpload upload, std::string title,
                 Done<contract::Id> done) override {
        last = std::to_string(context.caller) + " " + upload.clientFileName + " " + title;
        done(answer);
    }
    std::string last;
    Outcome<contract::Id> answer = contract::Id{7};
};

}  // namespace

class VideosTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void feedBounds_data();
    void feedBounds();
    void feedOfTheReference_data();
    void feedOfTheReference();
    void feedShowsWhatTheCallerLikes();
    void emptyFeed();
    void pageSize();
    void pageSizeIsChanged();
    void published();
    void worksThatNobodyWaitsFor_data();
    void worksThatNobodyWaitsFor();
    void publishing();
    void publishingFails_data();
    void publishingFails();

private:
    void makeService(std::size_t pageSize = 30);

    RequestContext context_;
    std::unique_ptr<MemoryStore> store_;
    FakePublishing publishing_;
    FakeClock clock_;
    FakeUrls urls_;
    std::unique_ptr<Videos> videos_;
};

void VideosTest::init() {
    context_ = {};
    context_.caller = 1;
    store_ = std::make_unique<MemoryStore>();
    publishing_ = {};
    makeService();
    UserRow ann;
    ann.id = 1;
    ann.name = "ann";
    QVERIFY(*store_->users().add(ann));
    // 40 videos, one second apart, the newest ten seconds old.
    for (int i = 0; i < 40; ++i) {
        VideoRow row;
        row.id = 100 + i;
        row.author = 1;
        row.playKey = "p";
        row.publishedAt = clock_.nowMs() - 10'000 - std::int64_t{i} * 1000;
        QVERIFY(*store_->videos().add(row));
    }
}

void VideosTest::makeService(std::size_t pageSize) {
    videos_ = std::make_unique<Videos>(Videos::Needs{*store_, publishing_, clock_, urls_, pageSize});
}

void VideosTest::feedBounds_data() {
    const std::int64_t now = FakeClock().nowMs();
    QTest::addColumn<qint64>("latest");
    QTest::addColumn<int>("count");
    QTest::addColumn<qint64>("first");
    const auto row = [](const char* name, std::int64_t latest, int count, std::int64_t first) {
        QTest::newRow(name) << qint64{latest} << count << qint64{first};
    };
    row("absent", 0, 30, 100);
    row("negative", -5, 30, 100);
    row("smallest", std::numeric_limits<std::int64_t>::min(), 30, 100);
    row("future", now + 1'000'000, 30, 100);
    row("largest", std::numeric_limits<std::int64_t>::max(), 30, 100);
    row("now", now, 30, 100);
    row("strictly below the newest", now - 10'000, 30, 101);
    row("one later", now - 10'000 + 1, 30, 100);
    row("seconds", now / 1000 - 10, 30, 101);
    row("microseconds", (now - 12'000) * 1000, 30, 103);
    row("nanoseconds", (now - 12'000) * 1'000'000, 30, 103);
    row("near the end", now - 10'000 - 37'000, 2, 138);
    row("at the end", now - 10'000 - 39'000, 0, 0);
    row("long ago", 1000, 0, 0);
}

void VideosTest::feedBounds() {
    QFETCH(qint64, latest);
    QFETCH(int, count);
    QFETCH(qint64, first);
    const auto slice = videos_->feed(context_, latest);
    QVERIFY(slice.has_value());
    QCOMPARE(static_cast<int>(slice->videos.size()), count);
    if (count == 0) {
        QCOMPARE(slice->nextTime, clock_.nowMs());
        return;
    }
    QCOMPARE(slice->videos.front().id, first);
    QCOMPARE(slice->nextTime, (**store_->videos().find(slice->videos.back().id)).publishedAt);
    QCOMPARE(slice->videos.front().playUrl, std::string("http://sim/static/p"));
    QCOMPARE(slice->videos.front().author.name, std::string("ann"));
    QCOMPARE(slice->videos.front().author.workCount, 40);
}

void VideosTest::feedOfTheReference_data() {
    constexpr std::int64_t kMs = 1'000'000;
    const std::int64_t newest = FakeClock().nowMs() - 10'000;
    QTest::addColumn<qint64>("latest");
    QTest::addColumn<int>("count");
    QTest::addColumn<qint64>("first");
    const auto row = [](const char* name, std::int64_t latest, int count, std::int64_t first) {
        QTest::newRow(name) << qint64{latest} << count << qint64{first};
    };
    row("absent", 0, 10, 100);
    row("negative", -1, 10, 100);
    row("largest", std::numeric_limits<std::int64_t>::max(), 10, 100);
    row("at the newest", newest * kMs, 10, 100);
    row("a nanosecond before the newest", newest * kMs - 1, 10, 101);
    row("a nanosecond after the newest", newest * kMs + 1, 10, 100);
    row("the last page begins with the last of the one before", (newest - 36'000) * kMs, 4, 136);
    row("at the oldest", (newest - 39'000) * kMs, 1, 139);
    row("before the oldest", (newest - 39'000) * kMs - 1, 0, 0);
    row("milliseconds are long ago", newest, 0, 0);
    row("seconds are long ago", newest / 1000, 0, 0);
}

void VideosTest::feedOfTheReference() {
    QFETCH(qint64, latest);
    QFETCH(int, count);
    QFETCH(qint64, first);
    context_.policy = &kTikgokPolicy;
    const auto slice = videos_->feed(context_, latest);
    QCOMPARE(static_cast<int>(slice->videos.size()), count);
    QCOMPARE(count == 0 ? 0 : slice->videos.front().id, first);
    QVERIFY(videos_->publishedBy(context_, 1234)->empty());
}

void VideosTest::feedShowsWhatTheCallerLikes() {
    QVERIFY(*store_->favorites().set(1, 100, true, 1));
    QVERIFY(videos_->feed(context_, 0)->videos[0].isFavorite);
    QVERIFY(!videos_->feed(context_, 0)->videos[1].isFavorite);
    QVERIFY(!videos_->feed(RequestContext(), 0)->videos[0].isFavorite);
    QCOMPARE(videos_->feed(RequestContext(), 0)->videos[0].favoriteCount, 1);
}

void VideosTest::emptyFeed() {
    store_ = std::make_unique<MemoryStore>();
    makeService();
    const auto slice = videos_->feed(context_, 0);
    QVERIFY(slice.has_value());
    QVERIFY(slice->videos.empty());
    QCOMPARE(slice->nextTime, clock_.nowMs());
}

void VideosTest::pageSize() {
    makeService(3);
    QCOMPARE(videos_->feed(context_, 0)->videos.size(), std::size_t{3});
}

void VideosTest::pageSizeIsChanged() {
    videos_->setPageSize(5);
    QCOMPARE(videos_->feed(context_, 0)->videos.size(), std::size_t{5});
    // Where the dialect has one of its own it stays.
    context_.policy = &kTikgokPolicy;
    QCOMPARE(videos_->feed(context_, 0)->videos.size(), kTikgokPolicy.feedPage);
}

void VideosTest::worksThatNobodyWaitsFor_data() {
    QTest::addColumn<bool>("cancelled");
    QTest::newRow("the caller is gone") << true;
    QTest::newRow("the budget is spent") << false;
}

// A long list is given up on the way, a short one is done before anybody asks.
void VideosTest::worksThatNobodyWaitsFor() {
    QFETCH(bool, cancelled);
    UserRow bob;
    bob.id = 2;
    bob.name = "bob";
    QVERIFY(*store_->users().add(bob));
    for (int i = 0; i < 300; ++i) {
        VideoRow row;
        row.id = 1000 + i;
        row.author = 2;
        row.publishedAt = 1000 + i;
        QVERIFY(*store_->videos().add(row));
    }
    std::stop_source source;
    context_.cancelled = source.get_token();
    context_.deadline = clock_.steady + std::chrono::seconds(1);
    QCOMPARE(videos_->publishedBy(context_, 2)->size(), std::size_t{300});
    if (cancelled) {
        source.request_stop();
    } else {
        clock_.steady += std::chrono::seconds(1);
    }
    const auto given = videos_->publishedBy(context_, 2);
    QVERIFY(!given.has_value());
    QCOMPARE(given.error(), contract::kServiceErr);
    QCOMPARE(videos_->publishedBy(context_, 1)->size(), std::size_t{40});
}

void VideosTest::published() {
    const auto own = videos_->publishedBy(context_, 0);
    QVERIFY(own.has_value());
    QCOMPARE(own->size(), std::size_t{40});
    QCOMPARE(own->front().id, contract::Id{100});
    QCOMPARE(*videos_->publishedBy(RequestContext(), 1), *own);
    QCOMPARE(videos_->publishedBy(context_, 99).error(), contract::kUserNotFound);
    QCOMPARE(videos_->publishedBy(context_, -1).error(), contract::kUserNotFound);
}

void VideosTest::publishing() {
    Answer<contract::Id> answer;
    videos_->publish(context_, {"nowhere", "a.mp4"}, "title", answer.done());
    QVERIFY(answer.good());
    QCOMPARE(*answer.get(), contract::Id{7});
    QCOMPARE(publishing_.last, std::string("1 a.mp4 title"));
}

void VideosTest::publishingFails_data() {
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("retryAfter");
    QTest::newRow("title") << static_cast<int>(contract::kParamsErr.code) << 0;
    QTest::newRow("store") << static_cast<int>(contract::kServiceErr.code) << 0;
    QTest::newRow("full") << static_cast<int>(contract::kServiceErr.code) << 1;
}

// Whatever the publisher says goes to the caller, once and unchanged.
void VideosTest::publishingFails() {
    QFETCH(int, code);
    QFETCH(int, retryAfter);
    const contract::Failure failure{static_cast<contract::Code>(code), "words", retryAfter};
    publishing_.answer = std::unexpected(failure);
    Answer<contract::Id> answer;
    videos_->publish(context_, {"nowhere", "a.mp4"}, "title", answer.done());
    QCOMPARE(answer.failure(), failure);
}

QTEST_GUILESS_MAIN(VideosTest)
#include "videos_test.moc"
