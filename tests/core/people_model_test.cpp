// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/social/people_model.h"

#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

namespace tikgok {

using test::failure;
using test::kMe;
using test::person;
using test::waitUntil;
using test::World;

using Ids = QList<qint64>;
using Kind = PeopleModel::Kind;
using State = PeopleModel::State;

namespace {

const auto kUser = QStringLiteral("/douyin/user/");

std::string peopleOf(const Ids& ids) {
    std::vector<contract::User> people;
    for (const qint64 id : ids) {
        people.push_back(person(id, "p" + std::to_string(id)));
    }
    return contract::writeUsers(people);
}

contract::FriendUser friendOf(qint64 id, const char* message, bool sent) {
    return {.user = person(id, "p" + std::to_string(id)),
            .message = message,
            .direction = sent ? contract::MessageDirection::Sent : contract::MessageDirection::Received};
}

struct List {
    explicit List(Kind kind = Kind::Following, contract::Id userId = 900, bool signedIn = true)
        : world(signedIn),
          details(world.api, world.session, world.store),
          model(kind, userId, world.api, world.session, world.store, details),
          tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest) {}

    [[nodiscard]] Ids ids() const {
        Ids all;
        for (int row = 0; row < model.count(); ++row) {
            all.append(model.userAt(row)->id());
        }
        return all;
    }
    [[nodiscard]] bool settles() {
        return waitUntil([&] { return model.state() != State::Loading && !model.refreshing(); });
    }
    [[nodiscard]] bool load(const std::string& answer) {
        world.net.reply(answer);
        model.refresh();
        return settles();
    }
    QVariant at(int row, int role) { return model.data(model.index(row), role); }

    World world;
    PeopleDetails details;
    PeopleModel model;
    QAbstractItemModelTester tester;
};

}  // namespace

class PeopleModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksForTheList_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("path");
        QTest::newRow("following") << int(Kind::Following) << QStringLiteral("/douyin/relation/follow/list/");
        QTest::newRow("followers") << int(Kind::Followers)
                                   << QStringLiteral("/douyin/relation/follower/list/");
        QTest::newRow("friends") << int(Kind::Friends) << QStringLiteral("/douyin/relation/friend/list/");
    }
    void asksForTheList() {
        QFETCH(int, kind);
        QFETCH(QString, path);
        List list(static_cast<Kind>(kind));
        QCOMPARE(list.model.state(), State::Empty);
        QVERIFY(list.load(peopleOf({3, 2, 1})));
        QCOMPARE(list.world.net.path(0), path);
        QCOMPARE(list.world.net.at(0).value("user_id"), QStringLiteral("900"));
        QCOMPARE(list.model.state(), State::Ready);
        QCOMPARE(list.ids(), (Ids{3, 2, 1}));
        QCOMPARE(list.at(0, PeopleModel::UserRole).value<UserEntity*>(), list.world.store.findUser(3));
    }

    void withoutAnIdItIsOnesOwn() {
        List list(Kind::Friends, 0);
        QVERIFY(list.load(peopleOf({3})));
        QCOMPARE(list.world.net.at(0).value("user_id"), QString::number(kMe));
        // Another account has other friends.
        list.world.session.signOut();
        QCOMPARE(list.model.count(), 0);
        QCOMPARE(list.model.state(), State::Failed);
        QCOMPARE(list.model.errorKind(), ErrorKind::SignedOut);
        list.world.net.reply(contract::writeAccount(5, "token")).reply(peopleOf({8}));
        list.world.session.signIn(QStringLiteral("bo"), QStringLiteral("password"));
        QVERIFY(waitUntil([&] { return list.model.state() == State::Ready; }));
        QCOMPARE(list.ids(), Ids{8});
    }

    // contract.md section 5, rows 12, 19, 26, 27, 28 and 33.
    void oddLists_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<Ids>("ids");
        QTest::newRow("no list") << QByteArray(R"({"status_code":0})") << Ids();
        QTest::newRow("null") << QByteArray(R"({"status_code":0,"user_list":null})") << Ids();
        QTest::newRow("code as a text")
            << QByteArray(R"({"status_code":"0","user_list":[{"id":"5","name":"p"}]})") << Ids{5};
        QTest::newRow("all zero") << QByteArray(R"({"status_code":0,"user_list":[{"id":0,"name":""},)"
                                                R"({"id":4,"name":"p"},null,7]})")
                                  << Ids{4};
        QTest::newRow("twice") << QByteArray(R"({"status_code":0,"user_list":[{"id":4,"name":"p"},)"
                                             R"({"id":4,"name":"p"}]})")
                               << Ids{4};
        QTest::newRow("without a name") << QByteArray(R"({"status_code":0,"user_list":[{"id":4}]})") << Ids();
    }
    void oddLists() {
        QFETCH(QByteArray, answer);
        QFETCH(Ids, ids);
        for (const Kind kind : {Kind::Following, Kind::Friends}) {
            List list(kind);
            QVERIFY(list.load(answer.toStdString()));
            QCOMPARE(list.ids(), ids);
            QCOMPARE(list.model.state(), State::Ready);
        }
    }

    // Row 12.
    void countsAsTexts() {
        List list;
        QVERIFY(list.load(R"({"status_code":0,"user_list":[{"id":4,"name":"p","follower_count":"12",)"
                          R"("total_favorited":"34"}]})"));
        QCOMPARE(list.model.userAt(0)->followerCount(), 12);
        QCOMPARE(list.model.userAt(0)->totalFavorited(), 34);
    }

    void friendsCarryTheLastMessage() {
        List list(Kind::Friends);
        QVERIFY(list.load(contract::writeFriends(
            std::vector{friendOf(3, "see you", true), friendOf(2, "hello", false), friendOf(1, "", false)})));
        QCOMPARE(list.at(0, PeopleModel::MessageRole).toString(), QStringLiteral("see you"));
        QVERIFY(list.at(0, PeopleModel::MessageSentRole).toBool());
        QCOMPARE(list.at(1, PeopleModel::MessageRole).toString(), QStringLiteral("hello"));
        QVERIFY(!list.at(1, PeopleModel::MessageSentRole).toBool());
        QCOMPARE(list.at(2, PeopleModel::MessageRole).toString(), QString());
        // A new message moves one up; nobody else is touched.
        QSignalSpy resets(&list.model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&list.model, &QAbstractItemModel::dataChanged);
        QVERIFY(list.load(contract::writeFriends(std::vector{
            friendOf(2, "hello?", false), friendOf(3, "see you", true), friendOf(1, "", false)})));
        QCOMPARE(list.ids(), (Ids{2, 3, 1}));
        QCOMPARE(list.at(0, PeopleModel::MessageRole).toString(), QStringLiteral("hello?"));
        QCOMPARE(resets.count(), 0);
        QCOMPARE(changed.count(), 1);
    }

    // Row 21: the reference drops pictures and counters of friends.
    void missingPicturesAreAskedForOnce() {
        List list(Kind::Friends);
        std::vector<contract::FriendUser> stripped;
        for (qint64 id = 1; id <= 9; ++id) {
            stripped.push_back(friendOf(id, "", false));
            stripped.back().user.avatar.clear();
        }
        stripped.push_back(friendOf(10, "", false));  // has one
        QVERIFY(list.load(contract::writeFriends(stripped)));
        QCOMPARE(list.model.count(), 10);
        // A few at a time.
        QCOMPARE(list.world.net.count(), 1 + PeopleDetails::kAtOnce);
        for (qsizetype i = 1; i <= 9; ++i) {
            QVERIFY(i < list.world.net.count());
            QCOMPARE(list.world.net.path(i), kUser);
            contract::User whole =
                person(list.world.net.at(i).value("user_id").toLongLong(), "p" + std::to_string(i));
            whole.followerCount = 7;
            list.world.net.finish(i, contract::writeUser(whole));
        }
        QCOMPARE(list.world.net.count(), 10);
        QVERIFY(!list.model.userAt(0)->avatarUrl().isEmpty());
        QCOMPARE(list.model.userAt(0)->followerCount(), 7);
        // Looking again asks for nobody again, and what is known is not overwritten with nothing.
        QVERIFY(list.load(contract::writeFriends(stripped)));
        QCOMPARE(list.world.net.count(), 11);
        QVERIFY(!list.model.userAt(0)->avatarUrl().isEmpty());
        QCOMPARE(list.model.userAt(0)->followerCount(), 7);
    }

    void somebodyElsesAnswerIsNotTaken() {
        List list(Kind::Friends);
        contract::FriendUser stripped = friendOf(1, "", false);
        stripped.user.avatar.clear();
        QVERIFY(list.load(contract::writeFriends(std::vector{stripped})));
        list.world.net.finish(1, contract::writeUser(person(kMe, "mei")));
        QVERIFY(list.model.userAt(0)->avatarUrl().isEmpty());
        QCOMPARE(list.model.userAt(0)->name(), QStringLiteral("p1"));
    }

    void refreshChangesOnlyWhatIsDifferent_data() {
        QTest::addColumn<Ids>("before");
        QTest::addColumn<Ids>("after");
        QTest::newRow("the same") << Ids{5, 4, 3} << Ids{5, 4, 3};
        QTest::newRow("newer ones") << Ids{5, 4, 3} << Ids{7, 6, 5, 4, 3};
        QTest::newRow("some gone") << Ids{5, 4, 3} << Ids{4};
        QTest::newRow("another order") << Ids{5, 4, 3, 2} << Ids{2, 5, 4, 3};
        QTest::newRow("all mixed") << Ids{1, 2, 3, 4, 5, 6} << Ids{9, 6, 2, 8, 7, 4, 1};
        QTest::newRow("nothing left") << Ids{5, 4} << Ids();
        QTest::newRow("out of nothing") << Ids() << Ids{5, 4};
    }
    void refreshChangesOnlyWhatIsDifferent() {
        QFETCH(Ids, before);
        QFETCH(Ids, after);
        List list;
        QVERIFY(list.load(peopleOf(before)));
        QSignalSpy resets(&list.model, &QAbstractItemModel::modelReset);
        QVERIFY(list.load(peopleOf(after)));
        QCOMPARE(list.ids(), after);
        QCOMPARE(resets.count(), 0);
    }

    void failures() {
        List list;
        QVERIFY(list.load(failure(20009, "not for you")));
        QCOMPARE(list.model.state(), State::Failed);
        QCOMPARE(list.model.errorKind(), ErrorKind::Refused);
        QCOMPARE(list.model.errorWords(), QStringLiteral("not for you"));
        QVERIFY(list.load(peopleOf({3})));
        QCOMPARE(list.model.errorKind(), ErrorKind::None);
        QSignalSpy failed(&list.model, &PeopleModel::refreshFailed);
        list.world.net.fail(ErrorKind::Offline);
        list.model.refresh();
        QVERIFY(list.settles());
        QCOMPARE(failed.count(), 1);
        QCOMPARE(list.ids(), Ids{3});
        QVERIFY(list.load(failure(1, "token is expired")));
        QVERIFY(list.world.session.expired());
        QCOMPARE(list.ids(), Ids{3});
    }

    void otherServerEmptiesIt() {
        List list;
        QVERIFY(list.load(peopleOf({3})));
        list.world.session.setServer(QStringLiteral("http://other"));
        QCOMPARE(list.model.count(), 0);
        QCOMPARE(list.model.state(), State::Empty);
    }

    void dyingInTheMiddle() {
        World world(true);
        {
            PeopleDetails details(world.api, world.session, world.store);
            details.want(5);
            details.want(5);
            details.want(0);
            PeopleModel model(Kind::Friends, 0, world.api, world.session, world.store, details);
            model.refresh();
            QCOMPARE(world.net.count(), 2);
        }
        QVERIFY(world.net.at(0).cancelled);
        QVERIFY(world.net.at(1).cancelled);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::PeopleModelTest)
#include "people_model_test.moc"
