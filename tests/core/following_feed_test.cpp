// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/following_feed.h"

#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <functional>

namespace tikgok {

using test::clip;
using test::failure;
using test::person;
using test::waitUntil;
using test::World;

using Ids = QList<qint64>;
using State = VideoList::State;

namespace {

const auto kFollow = QStringLiteral("/douyin/relation/follow/list/");
const auto kWorks = QStringLiteral("/douyin/publish/list/");

std::string peopleOf(const Ids& ids) {
    std::vector<contract::User> people;
    for (const qint64 id : ids) {
        people.push_back(person(id, "p" + std::to_string(id)));
    }
    return contract::writeUsers(people);
}

std::string worksOf(qint64 author, const Ids& ids) {
    std::vector<contract::Video> videos;
    for (const qint64 id : ids) {
        videos.push_back(clip(id));
        videos.back().author = person(author, "p" + std::to_string(author));
    }
    return contract::writeVideos(videos);
}

// Every request waits until the test answers it.
struct Feed {
    explicit Feed(bool signedIn = true)
        : world(signedIn),
          model(world.api, world.session, world.store),
          tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest) {}

    [[nodiscard]] Ids ids() const {
        Ids all;
        for (int row = 0; row < model.count(); ++row) {
            all.append(model.videoAt(row)->id());
        }
        return all;
    }
    // Index of the open request for this person's works; -1 when there is none.
    [[nodiscard]] qsizetype open(qint64 author) const {
        for (qsizetype i = world.net.count() - 1; i >= 0; --i) {
            if (world.net.path(i) == kWorks && world.net.at(i).value("user_id") == QString::number(author) &&
                !world.net.at(i).ended.isFinished()) {
                return i;
            }
        }
        return -1;
    }
    [[nodiscard]] int openRequests(qsizetype from = 0) const {
        return static_cast<int>(std::ranges::count_if(
            world.net.sent.sliced(from), [](const auto& one) { return !one->ended.isFinished(); }));
    }
    void answerPeople(const Ids& people) { world.net.finish(world.net.count() - 1, peopleOf(people)); }
    void answer(qint64 author, const Ids& videos) {
        QVERIFY(open(author) >= 0);
        world.net.finish(open(author), worksOf(author, videos));
    }
    void answerError(qint64 author, int code, const char* words) {
        QVERIFY(open(author) >= 0);
        world.net.finish(open(author), failure(code, words));
    }
    void load(const QList<std::pair<qint64, Ids>>& people) {
        Ids all;
        for (const auto& one : people) {
            all.append(one.first);
        }
        model.refresh();
        answerPeople(all);
        for (const auto& [author, videos] : people) {
            answer(author, videos);
        }
    }

    World world;
    FollowingFeed model;
    QAbstractItemModelTester tester;
};

// Many people with many works, and a server that answers each list when it is asked for.
struct Crowd {
    enum class Order { Mixed, InTurn, InBursts };

    Crowd(int people, int worksOfEach, Order order) : people_(people) {
        const int all = people * worksOfEach;
        for (int id = 1; id <= all; ++id) {
            const int owner = order == Order::InBursts ? (id - 1) / worksOfEach
                              : order == Order::InTurn ? id % people
                                                       : id * 7919 % people;
            works_[owner + 1].prepend(id);
        }
    }
    void begin() {
        feed.model.refresh();
        Ids all;
        for (int id = 1; id <= people_; ++id) {
            all.append(id);
        }
        serve(all);
    }
    // Answers until nothing is asked any more.
    void serve(const Ids& followed = {}) {
        for (; answered_ < feed.world.net.count(); ++answered_) {
            mostOpen = std::max(mostOpen, feed.openRequests(answered_));
            const auto author = feed.world.net.at(answered_).value("user_id").toLongLong();
            if (feed.world.net.path(answered_) == kFollow) {
                feed.world.net.finish(answered_, peopleOf(followed));
            } else if (refused.contains(author)) {
                feed.world.net.finish(answered_, failure(40009, "not now"));
            } else {
                feed.world.net.finish(answered_, worksOf(author, works_.value(author)));
            }
            mostRows = std::max(mostRows, feed.model.count());
        }
        QCoreApplication::processEvents();  // what nobody holds goes
    }
    [[nodiscard]] qint64 watched() const { return feed.model.videoAt(feed.model.currentRow())->id(); }
    // False at the end.
    bool swipe() {
        if (feed.model.currentRow() + 1 >= feed.model.count()) {
            return false;
        }
        feed.model.setCurrentRow(feed.model.currentRow() + 1);
        serve();
        return true;
    }
    // What is seen from here to the end, as far as that many.
    Ids swipeOn(int most = 1'000'000) {
        Ids seen;
        while (seen.size() < most && swipe()) {
            seen.append(watched());
        }
        return seen;
    }

    Feed feed;
    int mostOpen = 0;
    int mostRows = 0;
    QSet<qint64> refused;

private:
    int people_;
    QHash<qint64, Ids> works_;
    qsizetype answered_ = 0;
};

}  // namespace

class FollowingFeedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mergesNewestFirst() {
        Feed feed;
        feed.model.refresh();
        QCOMPARE(feed.model.state(), State::Loading);
        QCOMPARE(feed.world.net.path(0), kFollow);
        QCOMPARE(feed.world.net.at(0).value("user_id"), QString::number(test::kMe));
        feed.answerPeople({1, 2, 3});
        feed.answer(2, {80, 50});
        feed.answer(1, {90, 60, 10});
        QCOMPARE(feed.model.state(), State::Loading);
        feed.answer(3, {70});
        QCOMPARE(feed.ids(), (Ids{90, 80, 70, 60, 50, 10}));
        QCOMPARE(feed.model.state(), State::End);
        QCOMPARE(feed.model.currentRow(), 0);
    }

    // Where ids do not rise with time, each person's own order is still the server's.
    void keepsThePersonsOwnOrder() {
        Feed feed;
        feed.load({{1, {5, 90, 7}}, {2, {60, 8}}});
        const Ids ids = feed.ids();
        QCOMPARE(ids.size(), 5);
        QVERIFY(ids.indexOf(5) < ids.indexOf(90));
        QVERIFY(ids.indexOf(90) < ids.indexOf(7));
        QVERIFY(ids.indexOf(60) < ids.indexOf(8));
    }

    void asksFourAtOnce() {
        Feed feed;
        feed.model.refresh();
        Ids people;
        for (qint64 id = 1; id <= 30; ++id) {
            people.append(id);
        }
        feed.answerPeople(people);
        for (qint64 id = 1; id <= 30; ++id) {
            QCOMPARE(feed.openRequests(), std::min(FollowingFeed::kAtOnce, int(31 - id)));
            feed.answer(id, {1000 + id});
        }
        QCOMPARE(feed.model.count(), 30);
        QCOMPARE(feed.model.state(), State::End);
    }

    // Nobody waits for hundreds of lists, and nothing moves under the person who watches.
    void laterPeopleComeBehindWhatIsWatched() {
        Feed feed;
        feed.model.refresh();
        Ids people;
        for (qint64 id = 1; id <= 10; ++id) {
            people.append(id);
        }
        feed.answerPeople(people);
        for (qint64 id = 1; id <= FollowingFeed::kFirstPeople; ++id) {
            QCOMPARE(feed.model.count(), 0);
            feed.answer(id, {100 + id * 10});
        }
        QCOMPARE(feed.ids(), (Ids{180, 170, 160, 150, 140, 130, 120, 110}));
        QCOMPARE(feed.model.state(), State::LoadingMore);
        feed.model.setCurrentRow(2);
        feed.answer(9, {999, 155, 1});
        QCOMPARE(feed.ids(), (Ids{180, 170, 160, 999, 155, 150, 140, 130, 120, 110, 1}));
        feed.answer(10, {});
        QCOMPARE(feed.model.state(), State::End);
        QCOMPARE(feed.model.currentRow(), 2);
    }

    void refreshPutsNewOnesBehindWhatIsWatched() {
        Feed feed;
        feed.load({{1, {90, 60}}, {2, {80, 50}}});
        feed.model.setCurrentRow(1);
        feed.model.refresh();
        QVERIFY(feed.model.refreshing());
        feed.answerPeople({1, 2});
        feed.answer(1, {99, 90, 60});
        feed.answer(2, {95, 80, 50});
        QCOMPARE(feed.ids(), (Ids{90, 80, 99, 95, 60, 50}));
        QCOMPARE(feed.model.videoAt(feed.model.currentRow())->id(), 80);
        QVERIFY(!feed.model.refreshing());
    }

    void unfollowedPeopleGo() {
        Feed feed;
        feed.load({{1, {90, 60}}, {2, {80, 50}}});
        feed.model.setCurrentRow(1);
        feed.model.refresh();
        feed.answerPeople({1});
        feed.answer(1, {90, 60});
        // The one being watched is not taken away.
        QCOMPARE(feed.ids(), (Ids{90, 80, 60}));
    }

    // One person's list may fail; the others are shown, and the one can be asked for again.
    void onePersonsErrorIsNotEverybodys() {
        Feed feed;
        feed.model.refresh();
        feed.answerPeople({1, 2, 3});
        feed.answer(1, {90});
        feed.answerError(2, 30003, "user not found");
        feed.answer(3, {70});
        QCOMPARE(feed.ids(), (Ids{90, 70}));
        QCOMPARE(feed.model.state(), State::MoreFailed);
        QCOMPARE(feed.model.missedPeople(), 1);
        const qsizetype before = feed.world.net.count();
        feed.model.retry();
        QCOMPARE(feed.model.state(), State::LoadingMore);
        QCOMPARE(feed.world.net.count(), before + 1);
        feed.answer(2, {80});
        QCOMPARE(feed.ids(), (Ids{90, 80, 70}));
        QCOMPARE(feed.model.state(), State::End);
        QCOMPARE(feed.model.missedPeople(), 0);
    }

    void everybodyFails() {
        Feed feed;
        feed.model.refresh();
        feed.answerPeople({1, 2});
        feed.answerError(1, 40009, "not now");
        feed.answerError(2, 40009, "not now");
        QCOMPARE(feed.model.state(), State::Failed);
        QCOMPARE(feed.model.errorKind(), ErrorKind::Refused);
        QCOMPARE(feed.model.errorWords(), QStringLiteral("not now"));
        feed.model.retry();
        QCOMPARE(feed.model.state(), State::Loading);
        feed.answerPeople({1});
        feed.answer(1, {90});
        QCOMPARE(feed.ids(), Ids{90});
    }

    void listOfPeopleFails() {
        Feed feed;
        feed.model.refresh();
        feed.world.net.finish(0, failure(20001, "get follow list err"));
        QCOMPARE(feed.model.state(), State::Failed);
        feed.model.retry();
        feed.answerPeople({1});
        feed.answer(1, {90});
        QCOMPARE(feed.model.state(), State::End);
        // Once something is shown, it stays.
        QSignalSpy failed(&feed.model, &VideoList::refreshFailed);
        feed.model.refresh();
        feed.world.net.finish(feed.world.net.count() - 1, failure(20001, "get follow list err"));
        QCOMPARE(failed.count(), 1);
        QCOMPARE(feed.ids(), Ids{90});
        QCOMPARE(feed.model.state(), State::End);
    }

    void nobodyIsFollowed() {
        Feed feed;
        feed.model.refresh();
        feed.answerPeople({});
        QCOMPARE(feed.model.state(), State::NoVideos);
        QVERIFY(feed.model.followsNobody());
        feed.model.refresh();
        feed.answerPeople({1});
        feed.answer(1, {});
        QCOMPARE(feed.model.state(), State::NoVideos);
        QVERIFY(!feed.model.followsNobody());
    }

    void signedOutWaitsForAnAccount() {
        Feed feed(false);
        feed.model.refresh();
        QCOMPARE(feed.model.state(), State::Failed);
        QCOMPARE(feed.model.errorKind(), ErrorKind::SignedOut);
        QCOMPARE(feed.world.net.count(), 0);
        feed.world.signIn();
        QVERIFY(waitUntil([&] { return feed.world.net.count() == 1; }));
        feed.answerPeople({1});
        feed.answer(1, {90});
        QCOMPARE(feed.ids(), Ids{90});
    }

    void expiredTokenEndsAllReaders() {
        Feed feed;
        feed.model.refresh();
        feed.answerPeople({1, 2, 3, 4, 5, 6});
        feed.answerError(2, 1, "token is expired");
        QVERIFY(feed.world.session.expired());
        QCOMPARE(feed.model.state(), State::Failed);
        QCOMPARE(feed.model.errorKind(), ErrorKind::SignedOut);
        QVERIFY(waitUntil([&] { return feed.openRequests() == 0; }));
    }

    void otherAccountFollowsOthers() {
        Feed feed;
        feed.load({{1, {90}}});
        feed.world.session.signOut();
        QCOMPARE(feed.model.count(), 0);
        QCOMPARE(feed.model.errorKind(), ErrorKind::SignedOut);
    }

    void otherServerEmptiesIt() {
        Feed feed;
        feed.load({{1, {90}}});
        feed.world.session.setServer(QStringLiteral("http://other"));
        QCOMPARE(feed.model.count(), 0);
        QCOMPARE(feed.model.state(), State::Empty);
    }

    void manyPeopleToTheEnd_data() {
        QTest::addColumn<Crowd::Order>("order");
        QTest::newRow("mixed") << Crowd::Order::Mixed;
        QTest::newRow("in turn") << Crowd::Order::InTurn;
        QTest::newRow("in bursts") << Crowd::Order::InBursts;
    }
    // Whatever there is, rows and calls are bounded, and nothing is out of order, missing or there twice.
    void manyPeopleToTheEnd() {
        QFETCH(Crowd::Order, order);
        Crowd crowd(300, 30, order);
        crowd.begin();
        QCOMPARE(crowd.feed.model.state(), State::Ready);
        const qint64 first = crowd.watched();
        Ids expected;
        for (qint64 id = 9'000; id > 0; --id) {
            if (id != first) {
                expected.append(id);
            }
        }
        const Ids seen = crowd.swipeOn();
        QCOMPARE(seen.size(), expected.size());
        QCOMPARE(seen, expected);
        QCOMPARE(crowd.feed.model.state(), State::End);
        QCOMPARE(crowd.mostOpen, FollowingFeed::kAtOnce);
        QVERIFY2(crowd.mostRows <= FollowingFeed::kMostRows, QByteArray::number(crowd.mostRows).constData());
        // Everybody once, and then about every sixth video needs a list again.
        QVERIFY(crowd.feed.world.store.videoCount() <= 1'000);
        QVERIFY2(crowd.feed.world.net.count() < 301 + 9'000 / 4,
                 QByteArray::number(crowd.feed.world.net.count()).constData());
    }

    // Who is faster than the server waits at the last row rather than seeing what comes later.
    void fasterThanTheServer() {
        Crowd crowd(100, 30, Crowd::Order::InBursts);
        crowd.begin();
        Ids seen;
        for (bool more = true; more;) {
            while (crowd.feed.model.currentRow() + 1 < crowd.feed.model.count()) {
                crowd.feed.model.setCurrentRow(crowd.feed.model.currentRow() + 1);
                seen.append(crowd.watched());
            }
            more = crowd.feed.openRequests() > 0;
            crowd.serve();
        }
        QCOMPARE(seen.size(), 2'999);
        QVERIFY(std::ranges::is_sorted(seen, std::greater()));
    }

    // The way back is there, and the way on is the same again.
    void backAndOnAgain() {
        Crowd crowd(50, 30, Crowd::Order::Mixed);
        crowd.begin();
        const Ids seen = crowd.swipeOn(700);
        QCOMPARE(seen.size(), 700);
        Ids back;
        for (int i = 0; i < FollowingFeed::kRowsBehind; ++i) {
            crowd.feed.model.setCurrentRow(crowd.feed.model.currentRow() - 1);
            back.prepend(crowd.watched());
        }
        QCOMPARE(back, seen.sliced(seen.size() - 1 - back.size(), back.size()));
        crowd.feed.model.loadMore();
        QCOMPARE(crowd.swipeOn(FollowingFeed::kRowsBehind), seen.last(FollowingFeed::kRowsBehind));
        QVERIFY(crowd.mostRows <= FollowingFeed::kMostRows);
    }

    void refreshDeepDownKeepsThePlace() {
        Crowd crowd(50, 30, Crowd::Order::Mixed);
        crowd.begin();
        const Ids seen = crowd.swipeOn(700);
        const qint64 watched = crowd.watched();
        crowd.feed.model.refresh();
        Ids everybody;
        for (int id = 1; id <= 50; ++id) {
            everybody.append(id);
        }
        crowd.serve(everybody);
        QVERIFY(!crowd.feed.model.refreshing());
        QCOMPARE(crowd.watched(), watched);
        // What was seen long ago does not come again.
        const Ids rest = crowd.swipeOn();
        QCOMPARE(rest.size(), 1'500 - 1 - 700);
        QCOMPARE(rest.constFirst(), watched - 1);
        QVERIFY(std::ranges::is_sorted(rest, std::greater()));
    }

    // Who does not answer when their list is needed again is left out, and the others go on.
    void listThatDoesNotComeAgain() {
        Crowd crowd(100, 30, Crowd::Order::InBursts);
        crowd.begin();
        crowd.refused = {50};
        const Ids seen = crowd.swipeOn();
        QCOMPARE(crowd.feed.model.missedPeople(), 1);
        QCOMPARE(crowd.feed.model.state(), State::MoreFailed);
        QCOMPARE(crowd.feed.model.errorWords(), QStringLiteral("not now"));
        QVERIFY(seen.size() < 2'999 && seen.size() >= 2'999 - 30);
        QVERIFY(std::ranges::is_sorted(seen, std::greater()));
        crowd.refused.clear();
        crowd.feed.model.retry();
        crowd.serve();
        const Ids rest = crowd.swipeOn();
        QCOMPARE(seen.size() + rest.size(), 2'999);
        QCOMPARE(crowd.feed.model.state(), State::End);
    }

    // A token may expire while a list is needed again.
    void expiredInTheMiddle() {
        Crowd crowd(100, 30, Crowd::Order::InBursts);
        crowd.begin();
        while (crowd.feed.openRequests() == 0) {
            QVERIFY(crowd.feed.model.currentRow() + 1 < crowd.feed.model.count());
            crowd.feed.model.setCurrentRow(crowd.feed.model.currentRow() + 1);
        }
        const qint64 watched = crowd.watched();
        QCOMPARE(crowd.feed.model.state(), State::LoadingMore);
        crowd.feed.world.net.finish(crowd.feed.world.net.count() - 1, failure(1, "token is expired"));
        QCOMPARE(crowd.feed.model.state(), State::MoreFailed);
        QCOMPARE(crowd.feed.model.errorKind(), ErrorKind::SignedOut);
        QCOMPARE(crowd.watched(), watched);
        QVERIFY(waitUntil([&] { return crowd.feed.openRequests() == 0; }));
        const qsizetype asked = crowd.feed.world.net.count();
        crowd.feed.model.loadMore();
        QCOMPARE(crowd.feed.world.net.count(), asked);
        QCOMPARE(crowd.feed.model.state(), State::MoreFailed);
    }

    void refreshWhileALittleIsReadAgain() {
        Crowd crowd(100, 30, Crowd::Order::InBursts);
        crowd.begin();
        while (crowd.feed.openRequests() == 0) {
            crowd.feed.model.setCurrentRow(crowd.feed.model.currentRow() + 1);
        }
        crowd.feed.model.refresh();
        QVERIFY(crowd.feed.model.refreshing());
        crowd.feed.world.net.finish(crowd.feed.world.net.count() - 1, failure(20001, "get follow list err"));
        QVERIFY(!crowd.feed.model.refreshing());
        QCOMPARE(crowd.feed.model.state(), State::Ready);
    }

    // Some servers leave the author out of the list of one's works.
    void authorIsWhoWasAskedFor() {
        Feed feed;
        feed.model.refresh();
        feed.answerPeople({1});
        feed.world.net.finish(feed.open(1), R"({"status_code":0,"video_list":[{"id":90}]})");
        QVERIFY(feed.model.videoAt(0)->author());
        QCOMPARE(feed.model.videoAt(0)->author()->name(), QStringLiteral("p1"));
    }

    void dyingInTheMiddle() {
        World world(true);
        {
            FollowingFeed model(world.api, world.session, world.store);
            model.refresh();
            world.net.finish(0, peopleOf({1, 2, 3, 4, 5}));
            QCOMPARE(world.net.count(), 5);
        }
        for (qsizetype i = 1; i < 5; ++i) {
            QVERIFY(world.net.at(i).cancelled);
        }
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::FollowingFeedTest)
#include "following_feed_test.moc"
