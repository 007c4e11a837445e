// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/outbox/activity_model.h"

#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>

namespace tikgok {

using test::failure;
using test::FakeIntentHandler;
using test::waitUntil;
using test::World;

using Kind = ActivityModel::Kind;
using Status = ActivityModel::Status;

namespace {

struct Activity {
    explicit Activity(bool signedIn = true)
        : world(signedIn),
          model(world.outbox, world.session, world.database),
          tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest) {
        for (const IntentKind kind : {IntentKind::Like, IntentKind::Follow, IntentKind::Comment,
                                      IntentKind::DeleteComment, IntentKind::Message, IntentKind::Publish}) {
            world.outbox.removeHandler(kind);
            world.outbox.setHandler(kind, handler);
        }
    }
    ~Activity() {
        for (const IntentKind kind : {IntentKind::Like, IntentKind::Follow, IntentKind::Comment,
                                      IntentKind::DeleteComment, IntentKind::Message, IntentKind::Publish}) {
            world.outbox.removeHandler(kind);
        }
    }

    IntentId put(IntentKind kind, contract::Id target, const QString& text = {}, bool on = true) {
        Intent intent;
        intent.account = QStringLiteral("http://server|77");
        intent.kind = kind;
        intent.target = target;
        intent.text = text;
        intent.on = on;
        intent.caption = QStringLiteral("about %1").arg(target);
        return world.outbox.put(intent);
    }
    [[nodiscard]] QVariant at(int row, int role) const { return model.data(model.index(row), role); }
    [[nodiscard]] Status status(int row) const { return at(row, ActivityModel::StatusRole).value<Status>(); }
    [[nodiscard]] QString id(int row) const { return at(row, ActivityModel::IntentIdRole).toString(); }
    [[nodiscard]] QStringList groups() const {
        QStringList all;
        for (int row = 0; row < model.count(); ++row) {
            all.append(at(row, ActivityModel::GroupRole).toString());
        }
        return all;
    }

    World world;
    FakeIntentHandler handler;
    ActivityModel model;
    QAbstractItemModelTester tester;
};

}  // namespace

class ActivityModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isEmptyWhileNobodyLooks() {
        Activity a;
        QSignalSpy counts(&a.model, &ActivityModel::countsChanged);
        a.put(IntentKind::Like, 5);
        QVERIFY(waitUntil([&] { return counts.size() > 0; }));
        QCOMPARE(a.model.openCount(), 1);
        QCOMPARE(a.model.count(), 0);
        a.model.setActive(true);
        QCOMPARE(a.model.count(), 1);
        a.model.setActive(false);
        QVERIFY(waitUntil([&] { return a.model.count() == 0; }));
    }

    // The official demo takes comments and has always the same list of them.
    void saysWhatIsNotKept_data() {
        QTest::addColumn<Dialect>("dialect");
        QTest::addColumn<bool>("unkept");
        QTest::newRow("demo") << Dialect::Demo << true;
        QTest::newRow("standard") << Dialect::Standard << false;
        QTest::newRow("unknown") << Dialect::Unknown << false;
    }
    void saysWhatIsNotKept() {
        QFETCH(Dialect, dialect);
        QFETCH(bool, unkept);
        class Facts final : public ServerFacts {
        public:
            [[nodiscard]] ServerTraits traits() const override { return now; }
            ServerTraits now;
        };
        Facts facts;
        facts.now.dialect = dialect;
        Activity a;
        a.world.session.setServerFacts(&facts);
        a.model.setActive(true);
        a.put(IntentKind::Comment, 5, QStringLiteral("hello"));
        QVERIFY(waitUntil([&] { return a.handler.calls.size() == 1; }));
        QVERIFY(!a.at(0, ActivityModel::UnkeptRole).toBool());
        a.handler.finish(0);
        QVERIFY(waitUntil([&] { return a.status(0) == Status::Sent; }));
        QCOMPARE(a.at(0, ActivityModel::UnkeptRole).toBool(), unkept);
        a.put(IntentKind::Like, 6);
        QVERIFY(waitUntil([&] { return a.handler.calls.size() == 2; }));
        a.handler.finish(1);
        QVERIFY(waitUntil([&] { return a.model.count() == 2 && a.status(0) == Status::Sent; }));
        QCOMPARE(a.at(0, ActivityModel::KindRole).value<Kind>(), Kind::Like);
        QVERIFY(!a.at(0, ActivityModel::UnkeptRole).toBool());
        a.world.session.setServerFacts(nullptr);
    }

    void says_data() {
        QTest::addColumn<IntentKind>("intent");
        QTest::addColumn<bool>("on");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<bool>("precious");
        QTest::newRow("like") << IntentKind::Like << true << Kind::Like << false;
        QTest::newRow("unlike") << IntentKind::Like << false << Kind::Unlike << false;
        QTest::newRow("follow") << IntentKind::Follow << true << Kind::Follow << false;
        QTest::newRow("unfollow") << IntentKind::Follow << false << Kind::Unfollow << false;
        QTest::newRow("comment") << IntentKind::Comment << true << Kind::Comment << true;
        QTest::newRow("delete") << IntentKind::DeleteComment << true << Kind::DeleteComment << false;
        QTest::newRow("message") << IntentKind::Message << true << Kind::Message << true;
        QTest::newRow("publish") << IntentKind::Publish << true << Kind::Publish << true;
    }
    void says() {
        QFETCH(const IntentKind, intent);
        QFETCH(const bool, on);
        QFETCH(const Kind, kind);
        QFETCH(const bool, precious);
        Activity a;
        a.model.setActive(true);
        const IntentId id = a.put(intent, 5, QStringLiteral("words"), on);
        QVERIFY(waitUntil([&] { return a.model.count() == 1; }));
        QCOMPARE(a.id(0), QString::number(id));
        QCOMPARE(a.at(0, ActivityModel::KindRole).value<Kind>(), kind);
        QCOMPARE(a.at(0, ActivityModel::PreciousRole).toBool(), precious);
        QCOMPARE(a.at(0, ActivityModel::CaptionRole).toString(), QStringLiteral("about 5"));
        QCOMPARE(a.at(0, ActivityModel::ContentRole).toString(), QStringLiteral("words"));
        QVERIFY(waitUntil([&] { return a.status(0) == Status::Sending; }));
        QVERIFY(waitUntil([&] { return a.at(0, ActivityModel::KeptRole).toBool(); }));
    }

    void groupsStandTogether() {
        Activity a;
        a.model.setActive(true);
        a.handler.thenDone().thenFail(ErrorKind::Refused).thenFail(ErrorKind::Offline);
        const IntentId sent = a.put(IntentKind::Comment, 1, QStringLiteral("a"));
        QVERIFY(waitUntil([&] { return a.world.outbox.openCount() == 0 && a.model.count() == 1; }));
        const IntentId failed = a.put(IntentKind::Comment, 2, QStringLiteral("b"));
        QVERIFY(waitUntil([&] { return a.world.outbox.failedCount() == 1; }));
        const IntentId waiting = a.put(IntentKind::Like, 3);
        QVERIFY(waitUntil([&] { return a.world.clock.untilAlarm() > 0; }));
        QVERIFY(waitUntil([&] { return a.model.count() == 3; }));
        QVERIFY(waitUntil([&] { return a.groups() == QStringList({"failed", "waiting", "sent"}); }));
        QCOMPARE(a.id(0), QString::number(failed));
        QCOMPARE(a.id(1), QString::number(waiting));
        QCOMPARE(a.id(2), QString::number(sent));
        QCOMPARE(a.at(0, ActivityModel::FailedKindRole).value<ErrorKind>(), ErrorKind::Refused);
        QCOMPARE(a.at(0, ActivityModel::FailedWordsRole).toString(), QStringLiteral("words"));
        QCOMPARE(a.model.failedCount(), 1);
        QCOMPARE(a.model.openCount(), 2);
        // By a person.
        a.handler.thenDone().thenDone();
        a.model.retryAll();
        QVERIFY(waitUntil([&] { return a.groups() == QStringList({"sent", "sent", "sent"}); }));
        QCOMPARE(a.model.failedCount(), 0);
    }

    void countsDown() {
        Activity a;
        a.model.setActive(true);
        a.handler.thenFail(Error{.kind = ErrorKind::Throttled,
                                 .serverWords = {},
                                 .retryable = true,
                                 .retryAfter = std::chrono::milliseconds(90'500),
                                 .detail = {}});
        a.put(IntentKind::Like, 5);
        QVERIFY(waitUntil([&] {
            return a.model.count() == 1 && a.status(0) == Status::Waiting &&
                   a.at(0, ActivityModel::SecondsLeftRole).toInt() == 91;
        }));
        QSignalSpy data(&a.model, &QAbstractItemModel::dataChanged);
        a.world.clock.time += 2'000;
        // It says so by itself, once a second.
        QVERIFY(waitUntil([&] {
            return std::ranges::any_of(data, [](const QList<QVariant>& one) {
                return one.at(2).value<QList<int>>() == QList<int>{ActivityModel::SecondsLeftRole};
            });
        }));
        QCOMPARE(a.at(0, ActivityModel::SecondsLeftRole).toInt(), 89);
        // Nobody looks: nothing ticks.
        a.model.setActive(false);
        QVERIFY(waitUntil([&] { return a.model.count() == 0; }));
        QVERIFY(!a.model.findChild<QTimer*>()->isActive());
    }

    void retriesDiscardsAndPauses() {
        Activity a;
        a.model.setActive(true);
        const IntentId upload = a.put(IntentKind::Publish, 0, QStringLiteral("title"));
        QVERIFY(waitUntil([&] { return a.model.count() == 1 && a.status(0) == Status::Sending; }));
        const QString id = QString::number(upload);
        a.model.pause(id);
        QVERIFY(waitUntil([&] { return a.status(0) == Status::Paused; }));
        a.handler.then(Presence::Absent);
        a.model.resume(id);
        QVERIFY(waitUntil([&] { return a.status(0) == Status::Sending; }));
        a.model.discard(id);
        QVERIFY(waitUntil([&] { return a.model.count() == 0; }));
        for (const char* odd : {"", "x", "99"}) {
            a.model.retry(QString::fromLatin1(odd));
            a.model.discard(QString::fromLatin1(odd));
            a.model.pause(QString::fromLatin1(odd));
            a.model.resume(QString::fromLatin1(odd));
        }
    }

    void anotherAccountSeesItsOwn() {
        Activity a;
        a.model.setActive(true);
        a.put(IntentKind::Comment, 5, QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return a.model.count() == 1; }));
        a.world.session.signOut();
        QVERIFY(waitUntil([&] { return a.model.count() == 0; }));
        QCOMPARE(a.model.openCount(), 0);
        a.world.signIn();
        QVERIFY(waitUntil([&] { return a.model.count() == 1; }));
    }

    void storageTrouble() {
        Activity fine;
        QVERIFY(waitUntil([&] { return fine.world.database.state() == Database::State::Ready; }));
        QCOMPARE(fine.model.storage(), ActivityModel::Storage::Fine);
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("client.sqlite"));
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray(2'000, 'x'));
        }
        Database damaged(path, {outboxSchema()});
        ActivityModel said(fine.world.outbox, fine.world.session, damaged);
        QSignalSpy changed(&said, &ActivityModel::storageChanged);
        QVERIFY(waitUntil([&] { return said.storage() == ActivityModel::Storage::PutAside; }));
        QVERIFY(changed.size() > 0);
        QCOMPARE(said.asidePath(), path + QStringLiteral(".bad"));
        Database nowhere(path + QStringLiteral("/below/a/file.sqlite"), {outboxSchema()});
        ActivityModel lost(fine.world.outbox, fine.world.session, nowhere);
        QVERIFY(waitUntil([&] { return lost.storage() == ActivityModel::Storage::Unwritable; }));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ActivityModelTest)
#include "activity_model_test.moc"
