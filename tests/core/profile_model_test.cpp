// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/social/people.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace tikgok {

using test::clip;
using test::failure;
using test::kMe;
using test::person;
using test::waitUntil;
using test::World;

using State = ProfileModel::State;

namespace {

constexpr contract::Id kBo = 900;

std::string bo(bool followed = false) {
    contract::User user = person(kBo, "bo");
    user.signature = "by the river";
    user.workCount = 2;
    user.isFollow = followed;
    return contract::writeUser(user);
}

std::string works() {
    std::vector<contract::Video> videos{clip(2), clip(1)};
    for (contract::Video& video : videos) {
        video.author = person(kBo, "bo");
    }
    return contract::writeVideos(videos);
}

// refresh() asks for the person first, then for the works.
struct Profile {
    explicit Profile(bool signedIn = true, contract::Id id = kBo)
        : world(signedIn), model(id, world.api, world.session, world.store) {}

    World world;
    ProfileModel model;
};

}  // namespace

class ProfileModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void loadsPersonAndWorks() {
        Profile page;
        QCOMPARE(page.model.state(), State::Loading);
        QVERIFY(!page.model.user());
        page.model.refresh();
        QCOMPARE(page.world.net.count(), 2);
        QCOMPARE(page.world.net.at(0).value("user_id"), QString::number(kBo));
        page.world.net.finish(0, bo());
        page.world.net.finish(1, works());
        QCOMPARE(page.model.state(), State::Ready);
        QCOMPARE(page.model.user()->signature(), QStringLiteral("by the river"));
        QCOMPARE(page.model.works()->count(), 2);
        QVERIFY(!page.model.mine());
        // What they like is not asked for before somebody looks.
        QCOMPARE(page.model.likes()->state(), VideoList::State::Empty);
        page.model.likes()->refresh();
        QCOMPARE(page.world.net.path(2), QStringLiteral("/douyin/favorite/list/"));
        page.world.net.finish(2, works());
        page.model.refresh();
        QCOMPARE(page.world.net.count(), 6);
        QVERIFY(page.model.refreshing());
    }

    void whatIsKnownIsShownAtOnce() {
        World world(true);
        world.store.user(person(kBo, "bo"), world.store.beginReading());
        ProfileModel model(kBo, world.api, world.session, world.store);
        QCOMPARE(model.state(), State::Ready);
        QCOMPARE(model.user()->name(), QStringLiteral("bo"));
        QSignalSpy failed(&model, &ProfileModel::refreshFailed);
        model.refresh();
        world.net.finish(0, failure(30009, "not now"));
        QCOMPARE(failed.count(), 1);
        QCOMPARE(model.state(), State::Ready);
    }

    void whatOthersMayNotSeeIsNoFailure_data() {
        QTest::addColumn<bool>("signedIn");
        QTest::addColumn<int>("failures");
        QTest::newRow("without an account") << false << 0;
        QTest::newRow("the session is over") << true << 1;
    }
    void whatOthersMayNotSeeIsNoFailure() {
        QFETCH(bool, signedIn);
        QFETCH(int, failures);
        World world(signedIn);
        world.store.user(person(kBo, "bo"), world.store.beginReading());
        ProfileModel model(kBo, world.api, world.session, world.store);
        QSignalSpy failed(&model, &ProfileModel::refreshFailed);
        model.refresh();
        world.net.finish(0, failure(1, "no token"));
        QCOMPARE(failed.count(), failures);
        QCOMPARE(model.state(), State::Ready);
    }

    void ones() {
        Profile page(true, kMe);
        QVERIFY(page.model.mine());
        QSignalSpy mine(&page.model, &ProfileModel::mineChanged);
        page.world.session.signOut();
        QVERIFY(mine.count() > 0);
        QVERIFY(!page.model.mine());
    }

    // contract.md section 5, row 10: the three ways of saying that there is nobody.
    void unknownUser_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("code") << QByteArray::fromStdString(failure(30003, "user not found"));
        QTest::newRow("null") << QByteArray(R"({"status_code":0,"user":null})");
        QTest::newRow("absent") << QByteArray(R"({"status_code":0})");
        QTest::newRow("zero object") << QByteArray(R"({"status_code":0,"user":{"id":0,"name":""}})");
        QTest::newRow("code and zero object")
            << QByteArray(R"({"status_code":30003,"status_msg":"user not found","user":{"id":0}})");
        QTest::newRow("an id without a name") << QByteArray(R"({"status_code":0,"user":{"id":900}})");
        QTest::newRow("whoever asks") << QByteArray(R"({"status_code":0,"user":{"id":77,"name":"mei"}})");
    }
    void unknownUser() {
        QFETCH(QByteArray, answer);
        Profile page;
        page.model.refresh();
        page.world.net.finish(0, answer.toStdString());
        QCOMPARE(page.model.state(), State::Unknown);
        QVERIFY(!page.model.user());
        QVERIFY(page.world.session.signedIn());
    }

    // The demo server answers every question with the caller.
    void answerAboutSomebodyElseChangesNothing() {
        World world(true);
        world.store.user(person(kBo, "bo"), world.store.beginReading());
        ProfileModel model(kBo, world.api, world.session, world.store);
        model.refresh();
        world.net.finish(0, contract::writeUser(person(kMe, "mei")));
        QCOMPARE(model.state(), State::Ready);
        QCOMPARE(model.user()->name(), QStringLiteral("bo"));
    }

    void failureCanBeTriedAgain() {
        Profile page;
        page.model.refresh();
        page.world.net.finish(0, failure(30009, "not now"));
        QCOMPARE(page.model.state(), State::Failed);
        QCOMPARE(page.model.errorWords(), QStringLiteral("not now"));
        page.model.refresh();
        QCOMPARE(page.model.state(), State::Loading);
        page.world.net.finish(2, bo());
        QCOMPARE(page.model.state(), State::Ready);
        QCOMPARE(page.model.errorKind(), ErrorKind::None);
    }

    // Another account follows others.
    void otherAccountReadsAgain() {
        Profile page;
        page.model.refresh();
        page.world.net.finish(0, bo(true));
        QVERIFY(page.model.user()->followed());
        page.world.net.finish(1, works());
        page.world.session.signOut();
        QCOMPARE(page.world.net.count(), 4);
        for (qsizetype i = 2; i < 4; ++i) {
            QVERIFY(!page.world.net.at(i).has("token"));
        }
    }

    void expiredTokenIsReported() {
        Profile page;
        page.model.refresh();
        page.world.net.finish(0, failure(1, "token is expired"));
        QVERIFY(page.world.session.expired());
        QCOMPARE(page.model.errorKind(), ErrorKind::SignedOut);
    }

    // The page is open: who is behind the number there is asked.
    void otherServerIsAskedAnew() {
        Profile page;
        page.model.refresh();
        page.world.net.finish(0, bo());
        page.world.session.setServer({});
        QCOMPARE(page.model.state(), State::Unknown);
        QVERIFY(!page.model.user());
        const qsizetype asked = page.world.net.count();
        page.world.session.setServer(QStringLiteral("http://other"));
        QVERIFY(!page.model.user());
        QCOMPARE(page.model.state(), State::Loading);
        // The person, the works and the likes.
        QVERIFY(page.world.net.count() > asked);
        page.world.net.finish(asked, failure(30003, "user not exist"));
        QCOMPARE(page.model.state(), State::Unknown);
    }

    void pagesOwnTheirModels() {
        World world(true);
        People people(world.api, world.session, world.store);
        auto page = std::make_unique<QObject>();
        const QPointer<ProfileModel> profile = people.profile(QStringLiteral("9007199254740993"), page.get());
        const QPointer<PeopleModel> list =
            people.list(PeopleModel::Kind::Followers, QStringLiteral("5"), page.get());
        QCOMPARE(profile->userId(), QStringLiteral("9007199254740993"));
        profile->refresh();
        list->refresh();
        QCOMPARE(world.net.at(0).value("user_id"), QStringLiteral("9007199254740993"));
        page.reset();
        QVERIFY(!profile);
        QVERIFY(!list);
        for (qsizetype i = 0; i < 3; ++i) {
            QVERIFY(world.net.at(i).cancelled);
        }
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ProfileModelTest)
#include "profile_model_test.moc"
