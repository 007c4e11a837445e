// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/one_video.h"

#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QAbstractItemModelTester>
#include <QTest>

namespace tikgok {

using test::clip;
using test::failure;
using test::feedOf;
using test::quickApi;
using test::waitUntil;
using test::World;

using State = VideoList::State;

namespace {

struct One {
    explicit One(contract::Id id)
        : model(id, world.api, world.session, world.store),
          tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest) {}

    [[nodiscard]] bool look() {
        model.refresh();
        return waitUntil([&] { return model.state() != State::Loading; });
    }

    World world;
    OneVideo model;
    QAbstractItemModelTester tester;
};

}  // namespace

class OneVideoTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasSeenIsAtHand() {
        One one(7);
        one.world.store.video(clip(7), one.world.store.beginReading());
        QVERIFY(one.look());
        QCOMPARE(one.model.state(), State::End);
        QCOMPARE(one.model.videoAt(0)->id(), 7);
        QCOMPARE(one.world.net.count(), 0);
    }

    void pagesAreLookedThrough() {
        One one(5);
        one.world.net.reply(feedOf({9, 8}, 80)).reply(feedOf({7, 6}, 60)).reply(feedOf({5, 4}, 40));
        QVERIFY(one.look());
        QCOMPARE(one.model.count(), 1);
        QCOMPARE(one.model.videoAt(0)->id(), 5);
        QCOMPARE(one.world.net.at(2).value("latest_time"), QStringLiteral("60"));
        one.model.refresh();
        QCOMPARE(one.world.net.count(), 3);
    }

    void notFound_data() {
        QTest::addColumn<QByteArray>("second");
        QTest::newRow("empty page") << QByteArray::fromStdString(feedOf({}, 999));
        QTest::newRow("the same cursor") << QByteArray::fromStdString(feedOf({8}, 80));
        QTest::newRow("no cursor") << QByteArray::fromStdString(feedOf({7}, 0));
    }
    void notFound() {
        QFETCH(QByteArray, second);
        One one(5);
        one.world.net.reply(feedOf({9, 8}, 80)).reply(second.toStdString());
        QVERIFY(one.look());
        QCOMPARE(one.model.state(), State::NoVideos);
        QCOMPARE(one.world.net.count(), 2);
    }

    void doesNotLookForEver() {
        One one(5);
        for (int page = 0; page < OneVideo::kMostPages + 3; ++page) {
            one.world.net.reply(feedOf({1000 - page}, 1000 - page));
        }
        QVERIFY(one.look());
        QCOMPARE(one.model.state(), State::NoVideos);
        QCOMPARE(one.world.net.count(), OneVideo::kMostPages);
    }

    void failureCanBeTriedAgain() {
        One one(5);
        one.world.net.reply(failure(40009, "not now"));
        QVERIFY(one.look());
        QCOMPARE(one.model.state(), State::Failed);
        one.world.net.reply(feedOf({5}, 40));
        one.model.retry();
        QVERIFY(waitUntil([&] { return one.model.state() == State::End; }));
    }

    void otherServerEmptiesIt() {
        One one(7);
        one.world.store.video(clip(7), one.world.store.beginReading());
        QVERIFY(one.look());
        one.world.net.reply(feedOf({9, 8}, 0));
        one.world.session.setServer(QStringLiteral("http://other"));
        QCOMPARE(one.model.count(), 0);
        // Its page is open: it is looked for there.
        QTRY_COMPARE(one.model.state(), State::NoVideos);
    }

    void looksOnceThereIsAServer() {
        One one(8);
        one.world.session.setServer({});
        for (int i = 0; i <= quickApi().retries; ++i) {
            one.world.net.fail(ErrorKind::Offline, true);
        }
        QVERIFY(one.look());
        QCOMPARE(one.model.state(), State::Failed);
        one.world.net.reply(feedOf({9, 8}, 0));
        one.world.session.setServer(QStringLiteral("builtin"));
        QTRY_COMPARE(one.model.state(), State::End);
        // And when it leaves in the middle of the answer.
        one.world.session.setServer({});
        one.world.net.hang().reply(feedOf({9, 8}, 0));
        one.world.session.setServer(QStringLiteral("http://other"));
        QCOMPARE(one.model.state(), State::Loading);
        one.world.session.setServer({});
        QCOMPARE(one.model.state(), State::Empty);
        one.world.session.setServer(QStringLiteral("builtin"));
        QTRY_COMPARE(one.model.state(), State::End);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::OneVideoTest)
#include "one_video_test.moc"
