// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/video_list_model.h"

#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace tikgok {

using test::clip;
using test::failure;
using test::waitUntil;
using test::World;

using Ids = QList<qint64>;
using Kind = VideoListModel::Kind;
using State = VideoList::State;

namespace {

constexpr contract::Id kSomebody = 900;

std::string videosOf(const Ids& ids, bool liked = false) {
    std::vector<contract::Video> videos;
    for (const qint64 id : ids) {
        videos.push_back(clip(id, liked));
    }
    return contract::writeVideos(videos);
}

struct List {
    explicit List(bool signedIn = true, Kind kind = Kind::Works)
        : world(signedIn),
          model(kind, kSomebody, world.api, world.session, world.store),
          tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest) {}

    [[nodiscard]] Ids ids() const {
        Ids all;
        for (int row = 0; row < model.count(); ++row) {
            all.append(model.videoAt(row)->id());
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

    World world;
    VideoListModel model;
    QAbstractItemModelTester tester;
};

}  // namespace

class VideoListModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksForThePersonsList_data() {
        QTest::addColumn<bool>("likes");
        QTest::addColumn<QString>("path");
        QTest::newRow("works") << false << QStringLiteral("/douyin/publish/list/");
        QTest::newRow("likes") << true << QStringLiteral("/douyin/favorite/list/");
    }
    void asksForThePersonsList() {
        QFETCH(bool, likes);
        QFETCH(QString, path);
        List list(true, likes ? Kind::Likes : Kind::Works);
        QCOMPARE(list.model.state(), State::Empty);
        QCOMPARE(list.world.net.count(), 0);
        QVERIFY(list.load(videosOf({9, 8, 7})));
        QCOMPARE(list.model.state(), State::End);
        QCOMPARE(list.ids(), (Ids{9, 8, 7}));
        QCOMPARE(list.world.net.path(0), path);
        QCOMPARE(list.world.net.at(0).value("user_id"), QString::number(kSomebody));
        QCOMPARE(list.world.net.at(0).value("token"), QStringLiteral("secret-token"));
    }

    // contract.md section 5, rows 10, 19 and 26: what a server may send instead of a list.
    void oddLists_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<Ids>("ids");
        QTest::newRow("no list") << QByteArray(R"({"status_code":0})") << Ids();
        QTest::newRow("null") << QByteArray(R"({"status_code":0,"video_list":null})") << Ids();
        QTest::newRow("empty") << QByteArray(R"({"status_code":0,"video_list":[]})") << Ids();
        QTest::newRow("code as a text")
            << QByteArray(R"({"status_code":"0","video_list":[{"id":"5"}]})") << Ids{5};
        QTest::newRow("an entry of nothing")
            << QByteArray(R"({"status_code":0,"video_list":[{"id":0},null,{},{"id":4}]})") << Ids{4};
        QTest::newRow("the same twice")
            << QByteArray(R"({"status_code":0,"video_list":[{"id":4},{"id":3},{"id":4}]})") << Ids{4, 3};
        QTest::newRow("author null") << QByteArray(
                                            R"({"status_code":0,"video_list":[{"id":4,"author":null}]})")
                                     << Ids{4};
    }
    void oddLists() {
        QFETCH(QByteArray, answer);
        QFETCH(Ids, ids);
        List list;
        QVERIFY(list.load(answer.toStdString()));
        QCOMPARE(list.ids(), ids);
        QCOMPARE(list.model.state(), ids.isEmpty() ? State::NoVideos : State::End);
    }

    void failureCanBeRetried_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("kind");
        QTest::newRow("refused") << QByteArray::fromStdString(failure(10000, "no likes for you"))
                                 << int(ErrorKind::Refused);
        QTest::newRow("not JSON") << QByteArray("<html>") << int(ErrorKind::ServerBroken);
        QTest::newRow("unknown user")
            << QByteArray::fromStdString(failure(30003, "user not found")) << int(ErrorKind::NotFound);
    }
    void failureCanBeRetried() {
        QFETCH(QByteArray, answer);
        QFETCH(int, kind);
        List list;
        // The call is repeated by itself when the code may pass.
        for (int i = 0; i < 3; ++i) {
            list.world.net.reply(answer.toStdString());
        }
        list.model.refresh();
        QVERIFY(list.settles());
        QCOMPARE(list.model.state(), State::Failed);
        QCOMPARE(int(list.model.errorKind()), kind);
        QCOMPARE(list.model.count(), 0);
        QVERIFY(list.world.session.signedIn());
        list.world.net.clearScripts();
        list.world.net.reply(videosOf({2}));
        list.model.retry();
        QVERIFY(list.settles());
        QCOMPARE(list.ids(), Ids{2});
        QCOMPARE(list.model.errorKind(), ErrorKind::None);
    }

    void failedRefreshKeepsWhatIsShown() {
        List list;
        QVERIFY(list.load(videosOf({9, 8})));
        QSignalSpy failed(&list.model, &VideoList::refreshFailed);
        list.world.net.fail(ErrorKind::Offline);
        list.model.refresh();
        QVERIFY(list.model.refreshing());
        QVERIFY(list.settles());
        QCOMPARE(failed.count(), 1);
        QCOMPARE(list.ids(), (Ids{9, 8}));
        QCOMPARE(list.model.state(), State::End);
    }

    // A grid keeps its place: only what is different changes, and the watched row stays with its video.
    void refreshChangesOnlyWhatIsDifferent_data() {
        QTest::addColumn<Ids>("before");
        QTest::addColumn<Ids>("after");
        QTest::addColumn<int>("watched");
        QTest::addColumn<int>("then");
        QTest::newRow("the same") << Ids{5, 4, 3} << Ids{5, 4, 3} << 1 << 1;
        QTest::newRow("newer ones") << Ids{5, 4, 3} << Ids{7, 6, 5, 4, 3} << 1 << 3;
        QTest::newRow("one gone before") << Ids{5, 4, 3} << Ids{4, 3} << 2 << 1;
        QTest::newRow("the watched one gone") << Ids{5, 4, 3} << Ids{5, 3} << 1 << 1;
        QTest::newRow("another order") << Ids{5, 4, 3, 2} << Ids{2, 5, 4, 3} << 3 << 0;
        QTest::newRow("everything else") << Ids{5, 4} << Ids{9, 8, 7} << 0 << 0;
        QTest::newRow("all mixed") << Ids{1, 2, 3, 4, 5, 6} << Ids{9, 6, 2, 8, 4, 1} << 3 << 4;
        QTest::newRow("nothing left") << Ids{5, 4} << Ids() << 1 << 0;
    }
    void refreshChangesOnlyWhatIsDifferent() {
        QFETCH(Ids, before);
        QFETCH(Ids, after);
        QFETCH(int, watched);
        QFETCH(int, then);
        List list;
        QVERIFY(list.load(videosOf(before)));
        list.model.setCurrentRow(watched);
        QSignalSpy resets(&list.model, &QAbstractItemModel::modelReset);
        QVERIFY(list.load(videosOf(after)));
        QCOMPARE(list.ids(), after);
        QCOMPARE(list.model.currentRow(), then);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(list.model.state(), after.isEmpty() ? State::NoVideos : State::End);
    }

    void signedOutIsSaidAndHealsWithTheAccount() {
        List list(false);
        QVERIFY(list.load(failure(1, "no token")));
        QCOMPARE(list.model.state(), State::Failed);
        QCOMPARE(list.model.errorKind(), ErrorKind::SignedOut);
        QVERIFY(!list.world.session.expired());
        list.world.net.reply(contract::writeAccount(test::kMe, "token")).reply(videosOf({3}, true));
        list.world.session.signIn(QStringLiteral("mei"), QStringLiteral("password"));
        QVERIFY(waitUntil([&] { return list.model.state() == State::End; }));
        QVERIFY(list.model.videoAt(0)->liked());
    }

    void expiredTokenIsReported() {
        List list;
        QVERIFY(list.load(failure(1, "token is expired")));
        QCOMPARE(list.model.errorKind(), ErrorKind::SignedOut);
        QVERIFY(list.world.session.expired());
    }

    void otherAccountReadsAgain() {
        List list;
        QVERIFY(list.load(videosOf({3}, true)));
        QVERIFY(list.model.videoAt(0)->liked());
        list.world.net.reply(videosOf({3}, false));
        list.world.session.signOut();
        QVERIFY(waitUntil([&] { return list.world.net.count() == 2; }));
        QVERIFY(list.settles());
        QVERIFY(!list.model.videoAt(0)->liked());
        QVERIFY(!list.world.net.last().has("token"));
    }

    void otherServerEmptiesIt() {
        List list;
        QVERIFY(list.load(videosOf({3})));
        list.world.session.setServer(QStringLiteral("http://other"));
        QCOMPARE(list.model.count(), 0);
        QCOMPARE(list.model.state(), State::Empty);
    }

    void startOverKeepsTheRows() {
        List list;
        QVERIFY(list.load(videosOf({9, 8, 7})));
        list.model.setCurrentRow(2);
        list.world.net.reply(videosOf({9, 8, 7}));
        list.model.startOver();
        QCOMPARE(list.model.currentRow(), 0);
        QCOMPARE(list.model.count(), 3);
        QVERIFY(list.settles());
    }

    // The same object as everywhere: a like in the feed shows here at once.
    void videosAreShared() {
        List list;
        QVERIFY(list.load(videosOf({9})));
        QCOMPARE(list.model.videoAt(0), list.world.store.findVideo(9));
    }

    void dyingInTheMiddle() {
        World world(true);
        {
            VideoListModel model(Kind::Works, kSomebody, world.api, world.session, world.store);
            model.refresh();
            QCOMPARE(world.net.count(), 1);
        }
        QVERIFY(world.net.at(0).cancelled);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::VideoListModelTest)
#include "video_list_model_test.moc"
