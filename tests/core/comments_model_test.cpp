// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/comments/comments_model.h"

#include "core/cache/kept_answers.h"
#include "core/cache/page_cache.h"
#include "core/comments/unsent_texts.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tikgok {

using test::clip;
using test::failure;
using test::kMe;
using test::person;
using test::remark;
using test::waitUntil;
using test::World;

using State = CommentsModel::State;
using Status = CommentsModel::Status;

namespace {

std::string listOf(const std::vector<contract::Comment>& comments) {
    return contract::writeComments(comments);
}

const contract::User kAnn = person(11, "ann");
const contract::User kMei = person(kMe, "mei");

std::string twoComments() {
    return listOf({remark(102, kAnn, "second"), remark(101, kMei, "first")});
}

struct Comments {
    explicit Comments(bool signedIn = true, const QString& draftsFile = {}, LookOptions looks = {.looks = 1})
        : world(signedIn),
          sender(world.api, world.session, world.outbox, looks),
          drafts(draftsFile.isEmpty() ? dir.filePath(QStringLiteral("drafts.json")) : draftsFile),
          model(world.api, world.session, world.store, world.outbox, sender, drafts,
                {.undoTime = std::chrono::milliseconds(30)}),
          tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest) {
        world.store.user(kMei);  // so that nobody asks for it
        video = world.store.video(clip(5), world.store.beginReading());
    }

    // Opens the video's comments; leaves no trace in `net`.
    void open(const std::string& list = twoComments()) {
        const qsizetype before = world.net.count();
        world.net.reply(list);
        model.setVideo(video);
        QVERIFY(waitUntil([&] { return model.state() == State::Ready; }));
        world.net.sent.remove(before, 1);
    }
    [[nodiscard]] QVariant at(int row, int role) const { return model.data(model.index(row), role); }
    [[nodiscard]] QString text(int row) const { return at(row, CommentsModel::ContentRole).toString(); }
    [[nodiscard]] Status status(int row) const { return at(row, CommentsModel::StatusRole).value<Status>(); }
    [[nodiscard]] QStringList texts() const {
        QStringList all;
        for (int row = 0; row < model.count(); ++row) {
            all.append(text(row));
        }
        return all;
    }
    // Waits until so many requests of this path have gone out.
    [[nodiscard]] bool reaches(const char* path, int count) const {
        return waitUntil([&] { return asked(path) >= count; }) && asked(path) == count;
    }
    // The wait after a failed try is over.
    void later() {
        QVERIFY(waitUntil([&] { return world.clock.untilAlarm() > 0; }));
        world.clock.advance(world.clock.untilAlarm());
    }
    [[nodiscard]] QList<Intent> waiting(contract::Id account = kMe) const {
        return world.outbox.open(QStringLiteral("http://server|%1").arg(account), IntentKind::Comment);
    }
    // Requests of this path so far.
    [[nodiscard]] int asked(const char* path) const {
        int count = 0;
        for (const auto& sent : world.net.sent) {
            count += sent->request.path == QLatin1String(path) ? 1 : 0;
        }
        return count;
    }

    QTemporaryDir dir;
    World world;
    CommentSender sender;
    Drafts drafts;
    CommentsModel model;
    QAbstractItemModelTester tester;
    VideoEntity* video = nullptr;
};

class FixedFacts final : public ServerFacts {
public:
    explicit FixedFacts(Dialect dialect) { traits_.dialect = dialect; }
    [[nodiscard]] ServerTraits traits() const override { return traits_; }

private:
    ServerTraits traits_;
};

// As the reference server sends it: its author is its own id and nothing else.
contract::Comment nameless(contract::Id id, const std::string& content) {
    contract::User nobody;
    nobody.id = id;
    return {.id = id, .user = nobody, .content = content, .createDate = "1676323215123456789"};
}

constexpr const char* kAction = "/douyin/comment/action/";
constexpr const char* kList = "/douyin/comment/list/";

// Comments that are kept on the device when they are read.
struct KeptComments {
    KeptComments() : tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest) {
        world.store.user(kMei);
        video = world.store.video(clip(5), world.store.beginReading());
    }
    void show() {
        model.setVideo(nullptr);
        model.setVideo(video);
    }
    [[nodiscard]] bool settles() {
        return waitUntil([&] { return model.state() == State::Ready || model.state() == State::Failed; });
    }
    void goOffline() {
        for (int i = 0; i < 3; ++i) {
            world.net.fail(ErrorKind::Offline, true);
        }
    }
    [[nodiscard]] QStringList texts() const {
        QStringList all;
        for (int row = 0; row < model.count(); ++row) {
            all.append(model.data(model.index(row), CommentsModel::ContentRole).toString());
        }
        return all;
    }

    QTemporaryDir dir;
    World world{true};
    Database database{QString(), {pageCacheSchema()}, StorageClass::Disposable};
    qint64 now = 1'700'000'000'000;
    PageCache pages{database, 1 << 20, [this] { return now; }};
    KeptAnswers kept{world.net, pages, [](const QString&) { return QStringLiteral("me"); }};
    Api reads{kept, test::quickApi()};
    CommentSender sender{world.api, world.session, world.outbox};
    Drafts drafts{dir.filePath(QStringLiteral("drafts.json"))};
    CommentsModel model{reads, world.session, world.store, world.outbox, sender, drafts};
    QAbstractItemModelTester tester;
    VideoEntity* video = nullptr;
};

QStringList words(std::initializer_list<const char*> list) {
    QStringList all;
    for (const char* word : list) {
        all.append(QString::fromUtf8(word));
    }
    return all;
}

}  // namespace

class CommentsModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The outbox forgets what it sent; whose a comment is stays known, on servers that do not say it.
    void ownCommentsAreKnownForLong() {
        const QTemporaryDir dir;
        Database database(dir.filePath(QStringLiteral("own.sqlite")), {OwnComments::schema()});
        OwnComments own(database);
        {
            Comments c;
            c.model.knowOwnBy(own);
            c.open(listOf({}));
            c.world.net.reply(contract::writeComment(nameless(500, "mine")));
            QVERIFY(c.model.post(QStringLiteral("mine")));
            QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
            QVERIFY(c.at(0, CommentsModel::OwnRole).toBool());
        }
        Comments c;  // which has sent nothing
        c.model.knowOwnBy(own);
        c.open(listOf({nameless(501, "theirs"), nameless(500, "mine")}));
        QVERIFY(waitUntil([&] { return c.at(1, CommentsModel::OwnRole).toBool(); }));
        QVERIFY(!c.at(0, CommentsModel::OwnRole).toBool());
        QCOMPARE(c.at(1, CommentsModel::AuthorNameRole).toString(), QStringLiteral("mei"));
        c.world.net.reply(R"({"status_code":0,"status_msg":"success"})");
        c.model.remove(1);
        QVERIFY(c.reaches(kAction, 1));
        QCOMPARE(c.world.net.last().value("comment_id"), QStringLiteral("500"));
        QVERIFY(waitUntil([&] { return c.model.count() == 1; }));
        const auto left = test::waitFor(own.of(c.world.session.accountKey(), 5, {}));
        QVERIFY(left && left->isEmpty());
        // Another account's are not this one's.
        own.add(QStringLiteral("http://server|99"), 5, 501);
        c.model.setVideo(nullptr);
        c.open(listOf({nameless(501, "theirs")}));
        QVERIFY(test::waitFor(own.of(c.world.session.accountKey(), 5, {})));
        QVERIFY(!c.at(0, CommentsModel::OwnRole).toBool());
    }

    void ownCommentsOfADestroyedModel() {
        Database database(QString(), {OwnComments::schema()});
        OwnComments own(database);
        own.add(QStringLiteral("http://server|77"), 5, 500);
        {
            Comments c;
            c.model.knowOwnBy(own);
            c.world.net.hang();
            c.model.setVideo(c.video);
        }
        QVERIFY(test::waitFor(own.of(QStringLiteral("http://server|77"), 5, {})));
    }

    void forgottenOwnComments() {
        Database database(QString(), {OwnComments::schema()});
        OwnComments own(database);
        for (const char* account : {"http://server|77", "http://server|88", "http://server2|77"}) {
            own.add(QString::fromLatin1(account), 5, 500);
        }
        const auto many = [&own](const char* account) {
            const auto ids = test::waitFor(own.of(QString::fromLatin1(account), 5, {}));
            return ids ? ids->size() : -1;
        };
        QCOMPARE(many("http://server|88"), 1);
        own.forget(QStringLiteral("http://server|88"));
        QCOMPARE(many("http://server|88"), 0);
        QCOMPARE(many("http://server|77"), 1);
        QVERIFY(test::waitFor(own.forgetAll(QStringLiteral("http://server|"), {})));
        QCOMPARE(many("http://server|77"), 0);
        QCOMPARE(many("http://server2|77"), 1);
    }

    // The official demo answers yes, with an id that another comment has, and its list is always the same.
    void serverThatKeepsNoComments() {
        const FixedFacts facts(Dialect::Demo);
        const std::string list = listOf({remark(1, person(1, "TestUser"), "Test Comment")});
        Comments c;
        c.world.session.setServerFacts(&facts);
        c.open(list);
        c.world.net.reply(list);  // what is there before
        c.world.net.reply(contract::writeComment(remark(1, kMei, "mine")));
        QVERIFY(c.model.post(QStringLiteral("mine")));
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        const QStringList both{QStringLiteral("mine"), QStringLiteral("Test Comment")};
        QCOMPARE(c.texts(), both);
        QVERIFY(c.at(0, CommentsModel::OwnRole).toBool());
        // Whose id was given to ours is still somebody else's.
        QVERIFY(!c.at(1, CommentsModel::OwnRole).toBool());
        QCOMPARE(c.at(1, CommentsModel::AuthorNameRole).toString(), QStringLiteral("TestUser"));
        // It stays for this run, whatever the list says.
        c.world.net.clearScripts();
        c.world.net.reply(list);
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), both);
        QCOMPARE(c.model.total(), 2);
        c.model.setVideo(nullptr);
        c.open(list);
        QCOMPARE(c.texts(), both);
        // There is nothing to ask the server for.
        const int asked = c.asked(kAction);
        c.model.remove(0);
        QCOMPARE(c.texts(), QStringList{QStringLiteral("Test Comment")});
        QCOMPARE(c.model.total(), 1);
        QCOMPARE(c.asked(kAction), asked);
        c.model.remove(0);
        QCOMPARE(c.texts().size(), 1);
        c.world.session.setServerFacts(nullptr);
    }

    // In the next run what was sent is known by an id that is another's.
    void nothingOfAnothersIsOwn() {
        Comments c;
        c.open(listOf({}));
        c.world.net.reply(contract::writeComment(remark(1, kMei, "mine")));
        QVERIFY(c.model.post(QStringLiteral("mine")));
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        c.model.setVideo(nullptr);
        c.open(listOf({remark(1, person(1, "TestUser"), "Test Comment")}));
        QVERIFY(!c.at(0, CommentsModel::OwnRole).toBool());
    }

    // --- without a network

    void readAgainWithoutANetwork() {
        KeptComments comments;
        comments.world.net.reply(twoComments());
        comments.show();
        QVERIFY(comments.settles());
        QVERIFY(!comments.model.savedAt().isValid());
        const QStringList read = comments.texts();
        const qint64 then = comments.now;
        comments.now += 7'200'000;
        // The server has counted on since.
        contract::Video later = clip(5);
        later.commentCount = 9;
        comments.world.store.video(later, comments.world.store.beginReading());
        comments.goOffline();
        comments.show();
        QVERIFY(comments.settles());
        QCOMPARE(comments.model.state(), State::Ready);
        QCOMPARE(comments.texts(), read);
        QCOMPARE(comments.model.savedAt().toMSecsSinceEpoch(), then);
        QCOMPARE(comments.model.total(), 9);
        // Asking again in vain changes nothing.
        comments.goOffline();
        comments.model.refresh();
        QVERIFY(comments.settles());
        QCOMPARE(comments.texts(), read);
        QVERIFY(comments.model.savedAt().isValid());
        // The server is back.
        comments.world.net.reply(listOf({remark(103, kAnn, "third"), remark(102, kAnn, "second")}));
        comments.model.serverIsBack();
        QVERIFY(waitUntil([&] { return !comments.model.savedAt().isValid(); }));
        QCOMPARE(comments.texts(), words({"third", "second"}));
        QCOMPARE(comments.model.total(), 2);
        // What is of now is not asked for.
        comments.model.serverIsBack();
        QVERIFY(comments.world.net.scriptsUsedUp());
        QCOMPARE(comments.world.net.unscripted(), 0);
    }

    // An old list does not know of what was written here after it was read: sent, and waiting.
    void writtenSinceTheListWasKept() {
        KeptComments comments;
        comments.now = comments.world.clock.now();
        comments.world.net.reply(twoComments());
        comments.show();
        QVERIFY(comments.settles());
        const auto say = [&comments](const char* text, contract::Id id) {
            comments.world.net.reply(contract::writeComment(remark(id, kMei, text)));
            comments.world.clock.advance(1'000);
            QVERIFY(comments.model.post(QString::fromUtf8(text)));
            QVERIFY(waitUntil([&] {
                return comments.model.data(comments.model.index(0), CommentsModel::StatusRole)
                           .value<Status>() == Status::Sent;
            }));
        };
        say("third", 103);
        say("fourth", 104);
        comments.world.net.reply(contract::writeComment(std::nullopt));
        comments.model.remove(1);
        comments.model.setVideo(nullptr);  // what is removed cannot be brought back any more
        QVERIFY(waitUntil([&] {
            return comments.world.outbox.open(comments.world.session.accountKey(), IntentKind::DeleteComment)
                .isEmpty();
        }));
        comments.goOffline();
        comments.show();
        QVERIFY(comments.settles());
        QVERIFY(comments.model.savedAt().isValid());
        QCOMPARE(comments.texts(), words({"fourth", "second", "first"}));
        const QModelIndex mine = comments.model.index(0);
        QCOMPARE(comments.model.data(mine, CommentsModel::StatusRole).value<Status>(), Status::Sent);
        QCOMPARE(comments.model.data(mine, CommentsModel::CommentIdRole).toString(), QStringLiteral("104"));
        QVERIFY(comments.model.data(mine, CommentsModel::OwnRole).toBool());
        QVERIFY(!comments.model.data(mine, CommentsModel::DateTextRole).toString().isEmpty());
        // A list that was read later has what it has: it may have been removed elsewhere.
        comments.now = comments.world.clock.now() + 1'000;
        comments.world.net.reply(twoComments());
        comments.model.refresh();
        QVERIFY(comments.settles());
        comments.goOffline();
        comments.show();
        QVERIFY(comments.settles());
        QCOMPARE(comments.texts(), words({"second", "first"}));
    }

    // Also what an earlier run wrote, of which the count that was kept with the feed knows nothing.
    void waitingCommentsAreCountedOverAKeptList() {
        KeptComments comments;
        comments.world.net.reply(twoComments());
        comments.show();
        QVERIFY(comments.settles());
        comments.world.net.fail(ErrorKind::Offline, true);
        QVERIFY(comments.model.post(QStringLiteral("third")));
        QVERIFY(waitUntil([&] {
            return comments.model.data(comments.model.index(0), CommentsModel::FailedKindRole)
                       .value<ErrorKind>() == ErrorKind::Offline;
        }));
        comments.model.setVideo(nullptr);
        comments.world.store.video(clip(5), comments.world.store.beginReading());
        QCOMPARE(comments.video->commentCount(), clip(5).commentCount);

        CommentsModel next(comments.reads, comments.world.session, comments.world.store,
                           comments.world.outbox, comments.sender, comments.drafts);
        comments.goOffline();
        next.setVideo(comments.video);
        QVERIFY(waitUntil([&] { return next.savedAt().isValid(); }));
        QCOMPARE(next.count(), 3);
        QCOMPARE(next.total(), clip(5).commentCount + 1);
    }

    void unseenCommentsFailAndComeWhenTheServerIsBack() {
        KeptComments comments;
        comments.goOffline();
        comments.show();
        QVERIFY(comments.settles());
        QCOMPARE(comments.model.state(), State::Failed);
        QVERIFY(!comments.model.savedAt().isValid());
        comments.world.net.reply(twoComments());
        comments.model.serverIsBack();
        QVERIFY(waitUntil([&] { return comments.model.state() == State::Ready; }));
        QCOMPARE(comments.model.count(), 2);
    }

    // What was refused is not asked for again because somebody answers.
    void refusedListsAreLeftAlone() {
        KeptComments comments;
        comments.world.net.reply(failure(10010, "no"));
        comments.show();
        QVERIFY(comments.settles());
        QCOMPARE(comments.model.state(), State::Failed);
        comments.model.serverIsBack();
        QCOMPARE(comments.model.state(), State::Failed);
        QCOMPARE(comments.world.net.unscripted(), 0);
    }

    void pendingSaysWhyItWaits() {
        Comments comments;
        comments.open();
        comments.world.net.fail(ErrorKind::Offline, true);
        QVERIFY(comments.model.post(QStringLiteral("hello")));
        QCOMPARE(comments.at(0, CommentsModel::FailedKindRole).value<ErrorKind>(), ErrorKind::None);
        QVERIFY(waitUntil([&] {
            return comments.at(0, CommentsModel::FailedKindRole).value<ErrorKind>() == ErrorKind::Offline;
        }));
        QCOMPARE(comments.status(0), Status::Pending);
        comments.world.net.reply(contract::writeComment(remark(103, kMei, "hello")));
        comments.later();
        QVERIFY(waitUntil([&] { return comments.status(0) == Status::Sent; }));
        QCOMPARE(comments.at(0, CommentsModel::FailedKindRole).value<ErrorKind>(), ErrorKind::None);
    }

    // --- reading

    void startsIdle() {
        Comments c;
        QCOMPARE(c.model.state(), State::Idle);
        QCOMPARE(c.model.count(), 0);
        QCOMPARE(c.model.total(), 0);
        QCOMPARE(c.model.maxLength(), 256);
        c.model.refresh();
        c.model.undoRemove();
        c.model.retry(0);
        c.model.discard(-1);
        c.model.remove(0);
        QCOMPARE(c.world.net.count(), 0);
    }

    void showsTheList() {
        Comments c;
        c.model.setLocale(QLocale(QLocale::English));
        c.world.net.reply(twoComments());
        c.model.setVideo(c.video);
        QCOMPARE(c.model.state(), State::Loading);
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"second", "first"}));
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("102"));
        QCOMPARE(c.at(0, CommentsModel::AuthorNameRole).toString(), QStringLiteral("ann"));
        QCOMPARE(c.at(0, CommentsModel::AuthorIdRole).toString(), QStringLiteral("11"));
        QVERIFY(c.at(0, CommentsModel::AuthorKnownRole).toBool());
        QVERIFY(!c.at(0, CommentsModel::OwnRole).toBool());
        QVERIFY(c.at(1, CommentsModel::OwnRole).toBool());
        QCOMPARE(c.at(0, CommentsModel::DateTextRole).toString(), QStringLiteral("20 Feb"));
        QVERIFY(!c.at(0, CommentsModel::AuthorAvatarRole).toUrl().isEmpty());
        QCOMPARE(c.model.total(), 2);
        QCOMPARE(c.video->commentCount(), 2);
        QCOMPARE(c.world.net.at(0).value("token"), QStringLiteral("secret-token"));
    }

    void strangersReadToo() {
        Comments c(false);
        c.open();
        QCOMPARE(c.model.count(), 2);
        QVERIFY(!c.at(1, CommentsModel::OwnRole).toBool());
    }

    void oddLists_data() {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<int>("count");
        QTest::newRow("empty") << QByteArray("{\"status_code\":0,\"comment_list\":[]}") << 0;
        QTest::newRow("null") << QByteArray("{\"status_code\":0,\"comment_list\":null}") << 0;
        QTest::newRow("absent") << QByteArray("{\"status_code\":0}") << 0;
        QTest::newRow("twice the same")
            << QByteArray("{\"status_code\":0,\"comment_list\":[{\"id\":1},{\"id\":1},{\"id\":0}]}") << 1;
        QTest::newRow("no user") << QByteArray(
                                        "{\"status_code\":0,\"comment_list\":[{\"id\":1,\"user\":null}]}")
                                 << 1;
    }
    void oddLists() {
        QFETCH(QByteArray, list);
        QFETCH(int, count);
        Comments c;
        c.open(list.toStdString());
        QCOMPARE(c.model.count(), count);
        QCOMPARE(c.video->commentCount(), count);
    }

    void tikgokDoesNotSayWhoWrote() {
        Comments c;
        c.open(R"({"status_code":0,"comment_list":[{"id":900,"user":{"id":900},"content":"x",)"
               R"("create_date":"1676323215123456789"}]})");
        QVERIFY(!c.at(0, CommentsModel::AuthorKnownRole).toBool());
        QCOMPARE(c.at(0, CommentsModel::AuthorIdRole).toString(), QString());
        QCOMPARE(c.at(0, CommentsModel::AuthorNameRole).toString(), QString());
        QVERIFY(!c.at(0, CommentsModel::DateTextRole).toString().contains(QLatin1String("1676323215")));
    }

    void commentIdEqualToMineIsNotMine() {
        Comments c;
        c.open(listOf({remark(kMe, person(kMe, ""), "x")}));
        QVERIFY(!c.at(0, CommentsModel::OwnRole).toBool());
    }

    void failsAndIsRetried() {
        Comments c;
        c.world.net.reply(failure(10001, "interaction server error"));
        c.model.setVideo(c.video);
        QVERIFY(waitUntil([&] { return c.model.state() == State::Failed; }));
        QCOMPARE(c.model.errorKind(), ErrorKind::Refused);
        QCOMPARE(c.model.errorWords(), QStringLiteral("interaction server error"));
        c.world.net.reply(twoComments());
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.model.errorKind(), ErrorKind::None);
        QCOMPARE(c.model.count(), 2);
    }

    void badTokenReadsAsAStranger() {
        Comments c;
        c.world.net.reply(contract::writeFailure(contract::kTokenExpired)).reply(twoComments());
        c.model.setVideo(c.video);
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QVERIFY(c.world.session.expired());
        QVERIFY(!c.world.net.at(1).has("token"));
    }

    void serverThatWantsAnAccountIsReadAfterSigningIn() {
        Comments c(false);
        c.world.net.reply(contract::writeFailure(contract::kNoToken));
        c.model.setVideo(c.video);
        QVERIFY(waitUntil([&] { return c.model.state() == State::Failed; }));
        QCOMPARE(c.model.errorKind(), ErrorKind::SignedOut);
        c.world.signIn();
        c.world.net.finish(c.world.net.count() - 1, twoComments());
        QCOMPARE(c.model.state(), State::Ready);
        QVERIFY(c.at(1, CommentsModel::OwnRole).toBool());
    }

    void refreshDisturbsOnlyWhatChanged() {
        Comments c;
        c.open();
        QSignalSpy reset(&c.model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&c.model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&c.model, &QAbstractItemModel::rowsRemoved);
        c.world.net.reply(
            listOf({remark(104, kAnn, "fourth"), remark(103, kAnn, "third"), remark(102, kAnn, "second")}));
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"fourth", "third", "second"}));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(inserted.count(), 1);  // both at once
        QCOMPARE(removed.count(), 1);
        c.world.net.reply(
            listOf({remark(102, kAnn, "second"), remark(104, kAnn, "fourth"), remark(103, kAnn, "third")}));
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"second", "fourth", "third"}));
    }

    void lateListOfAnotherVideoIsDropped() {
        Comments c;
        VideoEntity* other = c.world.store.video(clip(6), c.world.store.beginReading());
        c.model.setVideo(c.video);
        const auto first = c.world.net.sent.last();
        c.world.net.reply(listOf({remark(201, kAnn, "other")}));
        c.model.setVideo(other);
        QVERIFY(first->cancelled);
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"other"}));
        c.model.setVideo(nullptr);
        QCOMPARE(c.model.count(), 0);
        QCOMPARE(c.model.state(), State::Idle);
    }

    // --- posting

    void postsAtOnceAndIsConfirmed() {
        Comments c;
        c.open();
        QVERIFY(c.model.post(QStringLiteral("  hello +1 好 ")));
        QCOMPARE(c.texts(), words({"hello +1 好", "second", "first"}));
        QCOMPARE(c.status(0), Status::Pending);
        QVERIFY(c.at(0, CommentsModel::OwnRole).toBool());
        QCOMPARE(c.at(0, CommentsModel::AuthorNameRole).toString(), QStringLiteral("mei"));
        QCOMPARE(c.model.total(), 3);
        QVERIFY(c.reaches(kAction, 1));
        QCOMPARE(c.world.net.count(), 1);
        QCOMPARE(c.world.net.at(0).value("comment_text"), QStringLiteral("hello +1 好"));
        QSignalSpy inserted(&c.model, &QAbstractItemModel::rowsInserted);
        c.world.net.finish(0, contract::writeComment(remark(103, kMei, "hello +1 好")));
        QCOMPARE(c.status(0), Status::Sent);
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("103"));
        QCOMPARE(c.model.count(), 3);
        QCOMPARE(inserted.count(), 0);
        QCOMPARE(c.video->commentCount(), 3);
    }

    void tikgoksAnswerShowsMyName() {
        Comments c;
        c.open();
        c.model.post(QStringLiteral("x"));
        QVERIFY(c.reaches(kAction, 1));
        c.world.net.finish(0, R"({"status_code":0,"comment":{"id":103,"user":{"id":103},"content":"x",)"
                              R"("create_date":"1676323215123456789"}})");
        QCOMPARE(c.at(0, CommentsModel::AuthorNameRole).toString(), QStringLiteral("mei"));
        QVERIFY(c.at(0, CommentsModel::OwnRole).toBool());
        // And still after a refresh that does not name anybody.
        c.world.net.reply(R"({"status_code":0,"comment_list":[{"id":103,"user":{"id":103},"content":"x"}]})");
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.at(0, CommentsModel::AuthorNameRole).toString(), QStringLiteral("mei"));
    }

    void successWithoutACommentReadsTheList() {
        Comments c;
        c.open();
        c.model.post(QStringLiteral("x"));
        QVERIFY(c.reaches(kAction, 1));
        c.world.net.reply(
            listOf({remark(103, kMei, "x"), remark(102, kAnn, "second"), remark(101, kMei, "first")}));
        c.world.net.finish(0, contract::writeSuccess());
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        QCOMPARE(c.texts(), words({"x", "second", "first"}));
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("103"));
        QCOMPARE(c.video->commentCount(), 3);
    }

    void severalGoInOrderOneAtATime() {
        Comments c;
        c.open();
        c.model.post(QStringLiteral("a"));
        c.model.post(QStringLiteral("b"));
        c.model.post(QStringLiteral("b"));
        QCOMPARE(c.texts().mid(0, 3), words({"b", "b", "a"}));
        QVERIFY(c.reaches(kAction, 1));
        c.world.net.finish(0, contract::writeComment(remark(103, kMei, "a")));
        // Equal texts: each looks at what is there before it goes.
        for (contract::Id id = 104; id <= 105; ++id) {
            QVERIFY(c.reaches(kList, static_cast<int>(id) - 103));
            c.world.net.finish(c.world.net.count() - 1, twoComments());
            QVERIFY(c.reaches(kAction, static_cast<int>(id) - 102));
            c.world.net.finish(c.world.net.count() - 1, contract::writeComment(remark(id, kMei, "b")));
        }
        QVERIFY(waitUntil([&] { return c.waiting().isEmpty(); }));
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("105"));
        QCOMPARE(c.at(1, CommentsModel::CommentIdRole).toString(), QStringLiteral("104"));
        QCOMPARE(c.at(2, CommentsModel::CommentIdRole).toString(), QStringLiteral("103"));
        QCOMPARE(c.model.total(), 5);
    }

    void refusesLocally_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("problem");  // -1: taken
        QTest::newRow("empty") << QString() << int(CommentsModel::Problem::Empty);
        QTest::newRow("blank") << QStringLiteral(" \n\t ") << int(CommentsModel::Problem::Empty);
        QTest::newRow("256") << QString(256, u'x') << -1;
        QTest::newRow("257") << QString(257, u'x') << int(CommentsModel::Problem::TooLong);
        QTest::newRow("256 chinese") << QString(256, u'好') << -1;
        QTest::newRow("256 emoji") << QStringLiteral("😀").repeated(256) << -1;
        QTest::newRow("257 emoji") << QStringLiteral("😀").repeated(257)
                                   << int(CommentsModel::Problem::TooLong);
        QTest::newRow("spaces around do not count") << QStringLiteral("  %1  ").arg(QString(256, u'x')) << -1;
    }
    void refusesLocally() {
        QFETCH(QString, text);
        QFETCH(int, problem);
        Comments c;
        c.open();
        c.model.setDraft(text);
        QSignalSpy refused(&c.model, &CommentsModel::refused);
        QCOMPARE(c.model.post(text), problem < 0);
        QCOMPARE(refused.count(), problem < 0 ? 0 : 1);
        QCOMPARE(c.waiting().size(), problem < 0 ? 1 : 0);
        QCOMPARE(c.model.draft(), problem < 0 ? QString() : text);
        if (problem >= 0) {
            QCOMPARE(static_cast<int>(refused[0][0].value<CommentsModel::Problem>()), problem);
        }
    }

    void withoutAVideoNothingIsTaken() {
        Comments c;
        QSignalSpy refused(&c.model, &CommentsModel::refused);
        QVERIFY(!c.model.post(QStringLiteral("x")));
        QCOMPARE(refused.count(), 1);
    }

    void failedKeepsTheText() {
        Comments c;
        c.open();
        QSignalSpy failed(&c.model, &CommentsModel::postFailed);
        c.world.net.reply(failure(10001, "no comments today"));
        c.model.post(QStringLiteral("precious"));
        QVERIFY(waitUntil([&] { return failed.count() == 1; }));
        QCOMPARE(c.text(0), QStringLiteral("precious"));
        QCOMPARE(c.status(0), Status::Failed);
        QCOMPARE(c.at(0, CommentsModel::FailedWordsRole).toString(), QStringLiteral("no comments today"));
        QCOMPARE(c.at(0, CommentsModel::FailedKindRole).value<ErrorKind>(), ErrorKind::Refused);
        QCOMPARE(c.model.total(), 2);
        QCOMPARE(c.asked(kList), 0);  // a clear no needs no looking
        c.model.retry(0);
        QCOMPARE(c.status(0), Status::Pending);
        QCOMPARE(c.model.total(), 3);
        QVERIFY(c.reaches(kAction, 2));
        c.world.net.finish(1, contract::writeComment(remark(103, kMei, "precious")));
        QCOMPARE(c.status(0), Status::Sent);
        QCOMPARE(c.video->commentCount(), 3);
        QVERIFY(c.waiting().isEmpty());
    }

    void failedIsDiscarded() {
        Comments c;
        c.open();
        c.world.net.reply(failure(1, "params err"));
        c.model.post(QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Failed; }));
        c.model.discard(1);  // not that one
        QCOMPARE(c.model.count(), 3);
        c.model.discard(0);
        QVERIFY(waitUntil([&] { return c.model.count() == 2; }));
        QCOMPARE(c.texts(), words({"second", "first"}));
        QCOMPARE(c.model.total(), 2);
    }

    // The answer was lost: look before saying anything.
    void lostAnswerButArrived() {
        Comments c;
        c.open();
        c.world.net.cut().reply(
            listOf({remark(103, kMei, "x"), remark(102, kAnn, "second"), remark(101, kMei, "first")}));
        c.model.post(QStringLiteral("x"));
        c.later();
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("103"));
        QCOMPARE(c.asked(kAction), 1);
        QCOMPARE(c.model.total(), 3);
    }

    void lostAnswerAndDidNotArrive() {
        Comments c;
        c.open();
        c.world.net.cut().reply(twoComments()).reply(contract::writeComment(remark(103, kMei, "x")));
        c.model.post(QStringLiteral("x"));
        c.later();
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        QCOMPARE(c.asked(kAction), 2);
        QCOMPARE(c.asked(kList), 1);
        QCOMPARE(c.model.total(), 3);
    }

    // The server is still busy with it when the client has given up waiting.
    void lostAnswerAndArrivesLate() {
        Comments c(true, {}, {.looks = 3, .betweenLooks = std::chrono::milliseconds(1)});
        c.open();
        c.world.net.cut()
            .reply(twoComments())
            .reply(listOf({remark(103, kMei, "x"), remark(102, kAnn, "second"), remark(101, kMei, "first")}));
        c.model.post(QStringLiteral("x"));
        c.later();
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent || c.asked(kAction) > 1; }));
        QCOMPARE(c.asked(kAction), 1);  // posted once
        QCOMPARE(c.asked(kList), 2);
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("103"));
    }

    void slowServerWasOnlySlow() {
        Comments c;
        c.open();
        c.world.net.cut().reply("a", 500).reply("b", 500).reply("c", 500);
        c.model.post(QStringLiteral("x"));
        c.later();  // it cannot be told
        QVERIFY(c.reaches(kList, 3));
        c.world.net.reply(
            listOf({remark(103, kMei, "x"), remark(102, kAnn, "second"), remark(101, kMei, "first")}));
        c.later();
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        QCOMPARE(c.asked(kAction), 1);  // posted once
        QCOMPARE(c.model.count(), 3);
        QCOMPARE(c.model.total(), 3);
    }

    void refreshFindsWhatWasTakenForLost() {
        Comments c;
        c.open();
        c.world.net.cut();
        c.model.post(QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return c.world.clock.untilAlarm() > 0; }));
        const std::string list =
            listOf({remark(103, kMei, "x"), remark(102, kAnn, "second"), remark(101, kMei, "first")});
        c.world.net.reply(list).reply(list);
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"x", "second", "first"}));
        QCOMPARE(c.status(0), Status::Sent);
        QVERIFY(waitUntil([&] { return c.waiting().isEmpty(); }));  // without waiting for its time
        QCOMPARE(c.asked(kAction), 1);
        QCOMPARE(c.texts(), words({"x", "second", "first"}));
        QCOMPARE(c.model.total(), 3);
    }

    void sameWordsOfBeforeAreNotTakenForIt() {
        Comments c;
        c.open(listOf({remark(101, kMei, "ha")}));
        c.world.net.cut().reply(listOf({remark(101, kMei, "ha")}));
        c.model.post(QStringLiteral("ha"));
        c.later();
        QVERIFY(c.reaches(kAction, 2));
        QCOMPARE(c.status(0), Status::Pending);
        QCOMPARE(c.model.count(), 2);
    }

    // Written twice on purpose, and the first one's answer is lost: each is found once.
    void sameWordsTwice() {
        Comments c;
        c.open();
        c.world.net.reply(contract::writeComment(remark(103, kMei, "ha")));
        c.model.post(QStringLiteral("ha"));
        QVERIFY(waitUntil([&] { return c.waiting().isEmpty(); }));
        c.world.net.reply(listOf({remark(103, kMei, "ha")})).cut().reply(listOf({remark(103, kMei, "ha")}));
        c.model.post(QStringLiteral("ha"));
        c.later();
        QVERIFY(c.reaches(kAction, 3));  // the first one is not taken for it
        c.world.net.finish(c.world.net.count() - 1, contract::writeComment(remark(104, kMei, "ha")));
        QVERIFY(waitUntil([&] { return c.waiting().isEmpty(); }));
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("104"));
        QCOMPARE(c.at(1, CommentsModel::CommentIdRole).toString(), QStringLiteral("103"));
    }

    void sameWordsOfSomebodyElseAreNotTakenForIt() {
        Comments c;
        c.open();
        c.world.net.cut().reply(listOf({remark(103, kAnn, "x"), remark(102, kAnn, "second")}));
        c.model.post(QStringLiteral("x"));
        c.later();
        QVERIFY(c.reaches(kAction, 2));
    }

    void lookingFailsToo() {
        Comments c;
        c.open();
        c.world.net.cut();
        c.model.post(QStringLiteral("x"));
        for (int i = 1; i <= 2; ++i) {
            QVERIFY(waitUntil([&] { return c.world.clock.untilAlarm() > 0; }));
            c.world.net.reply("a", 500).reply("b", 500).reply("c", 500);
            c.later();
            QVERIFY(c.reaches(kList, 3 * i));
        }
        QCOMPARE(c.asked(kAction), 1);
        QCOMPARE(c.status(0), Status::Pending);
        QCOMPARE(c.model.total(), 3);
    }

    void neverConnectedIsNotLookedFor() {
        Comments c;
        c.open();
        c.world.net.fail(ErrorKind::Offline, true, false);
        c.model.post(QStringLiteral("x"));
        c.later();
        QVERIFY(c.reaches(kAction, 2));
        QCOMPARE(c.asked(kList), 0);
    }

    void postingBeforeTheListIsThere() {
        Comments c;
        c.world.net.hang();
        c.model.setVideo(c.video);
        c.world.net.reply(twoComments()).reply(contract::writeComment(remark(103, kMei, "x")));
        c.model.post(QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        // The list comes late and holds it already, or not yet: it stands there once.
        c.world.net.finish(0, listOf({remark(103, kMei, "x"), remark(102, kAnn, "second")}));
        QCOMPARE(c.texts(), words({"x", "second"}));
        QCOMPARE(c.video->commentCount(), 2);
    }

    void goesOnWhileAnotherVideoIsShown() {
        Comments c;
        c.open();
        VideoEntity* other = c.world.store.video(clip(6), c.world.store.beginReading());
        c.model.post(QStringLiteral("x"));
        QVERIFY(c.reaches(kAction, 1));
        const auto post = c.world.net.sent.last();
        c.model.setVideo(other);
        QVERIFY(!post->cancelled);
        QCOMPARE(c.video->commentCount(), 3);
        c.world.net.finish(0, failure(10001, "no"));
        QCOMPARE(c.video->commentCount(), 2);
        QCOMPARE(other->commentCount(), 2);
        c.world.net.reply(twoComments());
        c.model.setVideo(c.video);
        QCOMPARE(c.status(0), Status::Failed);
        QCOMPARE(c.text(0), QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"x", "second", "first"}));
    }

    // --- accounts

    void strangerIsAskedAndThenItIsPosted() {
        Comments c(false);
        c.open();
        QSignalSpy needed(&c.world.session, &Session::accountNeeded);
        c.model.setDraft(QStringLiteral("x"));
        QVERIFY(c.model.post(QStringLiteral("x")));
        QCOMPARE(needed.count(), 1);
        QCOMPARE(needed[0][0].toString(), QStringLiteral("comment"));
        QCOMPARE(c.model.draft(), QStringLiteral("x"));  // where it is safe
        QVERIFY(c.model.post(QStringLiteral("x")));      // an impatient finger
        QCOMPARE(needed.count(), 2);
        c.world.signIn();
        QCOMPARE(c.model.draft(), QString());
        QCOMPARE(c.text(0), QStringLiteral("x"));
        QCOMPARE(c.status(0), Status::Pending);
        QCOMPARE(c.waiting().size(), 1);
        // The list is read again with the new eyes, and once more to know it before posting.
        QVERIFY(c.reaches(kList, 2));
        c.world.net.finish(0, twoComments());
        c.world.net.finish(1, twoComments());
        QVERIFY(c.reaches(kAction, 1));
        QCOMPARE(c.world.net.last().value("comment_text"), QStringLiteral("x"));
        QCOMPARE(c.world.net.last().value("token"), QStringLiteral("secret-token"));
        c.world.net.finish(c.world.net.count() - 1, contract::writeComment(remark(103, kMei, "x")));
        QCOMPARE(c.status(0), Status::Sent);
        QCOMPARE(c.model.count(), 3);
    }

    void dismissedSheetLeavesTheTextWhereItIs() {
        Comments c(false);
        c.open();
        QVERIFY(c.model.post(QStringLiteral("x")));
        c.world.session.cancelSignIn();
        QCOMPARE(c.model.draft(), QStringLiteral("x"));
        QCOMPARE(c.model.count(), 2);
        QCOMPARE(c.model.total(), 2);
        c.world.signIn();
        QVERIFY(c.waiting().isEmpty());
        QCOMPARE(c.model.draft(), QStringLiteral("x"));
    }

    void strangersTextLeavesTheAccountsOwnDraftAlone() {
        Comments c(false);
        c.drafts.setDraft(QStringLiteral("http://server|77"), QStringLiteral("5"), QStringLiteral("mine"));
        c.open();
        QVERIFY(c.model.post(QStringLiteral("x")));
        c.world.signIn();
        QCOMPARE(c.model.draft(), QStringLiteral("mine"));
        QCOMPARE(c.waiting().size(), 1);
    }

    void expiredSessionIsRenewedAndReplayed() {
        Comments c;
        c.open();
        QSignalSpy needed(&c.world.session, &Session::accountNeeded);
        c.world.net.reply(contract::writeFailure(contract::kTokenExpired));
        c.model.post(QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return needed.count() == 1; }));
        QCOMPARE(c.status(0), Status::Pending);
        // Another one, while it is known that the session is over: safe at once, and the sheet again.
        QVERIFY(c.model.post(QStringLiteral("y")));
        QCOMPARE(needed.count(), 2);
        QCOMPARE(c.waiting().size(), 2);
        c.world.session.cancelSignIn();
        QCOMPARE(c.waiting().size(), 2);
        c.world.signIn(kMe, "mei", "fresh");
        QVERIFY(c.reaches(kAction, 2));
        QCOMPARE(c.world.net.last().value("token"), QStringLiteral("fresh"));
        c.world.net.finish(c.world.net.count() - 1, contract::writeComment(remark(103, kMei, "x")));
        QVERIFY(waitUntil([&] { return c.waiting().size() == 1; }));
        QCOMPARE(c.status(1), Status::Sent);
    }

    void draftsArePerVideoAndAccount() {
        Comments c;
        c.open();
        VideoEntity* other = c.world.store.video(clip(6), c.world.store.beginReading());
        QSignalSpy changed(&c.model, &CommentsModel::draftChanged);
        c.model.setDraft(QStringLiteral("for five 😀"));
        QCOMPARE(c.model.draftLength(), 10);
        QCOMPARE(changed.count(), 1);
        c.model.setVideo(other);
        QCOMPARE(c.model.draft(), QString());
        c.model.setDraft(QStringLiteral("for six"));
        c.world.net.reply(twoComments());
        c.model.setVideo(c.video);
        QCOMPARE(c.model.draft(), QStringLiteral("for five 😀"));
        c.world.session.signOut();
        QCOMPARE(c.model.draft(), QString());
        c.world.signIn();
        QCOMPARE(c.model.draft(), QStringLiteral("for five 😀"));
    }

    void strangersDraftGoesAlong() {
        Comments c(false);
        c.open();
        c.model.setDraft(QStringLiteral("typed before"));
        c.world.signIn();
        QCOMPARE(c.model.draft(), QStringLiteral("typed before"));
    }

    // As an earlier version kept them.
    void unsentTextsOfAnEarlierVersion() {
        Comments before(false);
        const QString file = before.dir.filePath(QStringLiteral("old.json"));
        {
            QFile old(file);
            QVERIFY(old.open(QIODevice::WriteOnly));
            old.write(QByteArray("{'http://server|77':{'5':{'draft':'half','unsent':[{'text':'arrived',"
                                 "'uncertain':true},{'text':'lost','uncertain':true},{'text':'never sent',"
                                 "'uncertain':false}]}},'http://server|0':{'6':{'unsent':[{'text':'x'}]}}}")
                          .replace('\'', '"'));
        }
        {
            Comments c(true, file);
            moveUnsentTexts(c.drafts, c.world.outbox);
            QCOMPARE(c.waiting().size(), 3);
            QCOMPARE(c.drafts.draft(QStringLiteral("http://server|0"), QStringLiteral("6")),
                     QStringLiteral("x"));
            QCOMPARE(c.drafts.draft(QStringLiteral("http://server|77"), QStringLiteral("5")),
                     QStringLiteral("half"));
            QVERIFY(waitUntil([&] { return c.drafts.unsent().isEmpty(); }));
            const std::string list = listOf({remark(103, kMei, "arrived")});
            c.world.net.finish(0, list);  // found
            QVERIFY(c.reaches(kList, 2));
            c.world.net.finish(1, list);  // not found, so it is sent
            QVERIFY(c.reaches(kAction, 1));
            QCOMPARE(c.world.net.last().value("comment_text"), QStringLiteral("lost"));
            moveUnsentTexts(c.drafts, c.world.outbox);
            QCOMPARE(c.waiting().size(), 2);
        }
        Comments c(true, file);
        QVERIFY(c.drafts.unsent().isEmpty());
    }

    // The outbox is read from disk after the video was opened.
    void postsOfAnEarlierRun() {
        QTemporaryDir dir;
        World world(true);
        world.store.user(kMei);
        Drafts drafts(dir.filePath(QStringLiteral("drafts.json")));
        const QString path = dir.filePath(QStringLiteral("client.sqlite"));
        {
            Database database(path, {outboxSchema()});
            Outbox outbox(database, world.session);
            QVERIFY(waitUntil([&] { return outbox.loaded(); }));
            Intent intent;
            intent.account = world.session.accountKey();
            intent.kind = IntentKind::Comment;
            intent.target = 5;
            intent.text = QStringLiteral("was on its way");
            const IntentId id = outbox.put(intent);
            QVERIFY(waitUntil([&] { return outbox.intent(id)->kept; }));
        }
        Database database(path, {outboxSchema()});
        Outbox outbox(database, world.session);
        CommentSender sender(world.api, world.session, outbox);
        CommentsModel model(world.api, world.session, world.store, outbox, sender, drafts);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setVideo(world.store.video(clip(5), world.store.beginReading()));
        QVERIFY(waitUntil([&] { return model.count() == 1; }));
        QCOMPARE(model.data(model.index(0), CommentsModel::StatusRole).value<Status>(), Status::Pending);
        QVERIFY(waitUntil([&] { return world.net.count() == 2; }));  // shown, and looked at before posting
        world.net.finish(0, twoComments());
        QCOMPARE(model.count(), 3);
        QCOMPARE(model.total(), 3);
    }

    void anotherAccountDoesNotSendIt() {
        Comments c;
        c.open();
        c.model.post(QStringLiteral("mei's words"));
        QVERIFY(c.reaches(kAction, 1));
        c.world.session.signOut();
        QVERIFY(c.world.net.at(0).cancelled);
        QCOMPARE(c.video->commentCount(), 2);
        c.world.signIn(78, "lin", "lins-token");
        c.world.net.finish(c.world.net.count() - 1, twoComments());
        QCOMPARE(c.texts(), words({"second", "first"}));
        QCOMPARE(c.asked(kAction), 1);
        QCOMPARE(c.waiting().size(), 1);
        QVERIFY(c.waiting(78).isEmpty());
    }

    // --- removing

    void removesAfterTheTimeToUndo() {
        Comments c;
        c.open();
        c.world.net.reply(contract::writeComment(std::nullopt));
        c.model.remove(1);
        QVERIFY(c.model.canUndo());
        QCOMPARE(c.status(1), Status::Deleting);
        QCOMPARE(c.model.total(), 1);
        QCOMPARE(c.world.net.count(), 0);
        QVERIFY(waitUntil([&] { return c.model.count() == 1; }));
        QVERIFY(!c.model.canUndo());
        QCOMPARE(c.world.net.at(0).value("action_type"), QStringLiteral("2"));
        QCOMPARE(c.world.net.at(0).value("comment_id"), QStringLiteral("101"));
        QCOMPARE(c.world.net.at(0).value("video_id"), QStringLiteral("5"));
        QCOMPARE(c.video->commentCount(), 1);
    }

    void undo() {
        Comments c;
        c.open();
        c.model.remove(1);
        c.model.undoRemove();
        QVERIFY(!c.model.canUndo());
        QCOMPARE(c.status(1), Status::Sent);
        QCOMPARE(c.model.total(), 2);
        QTest::qWait(60);
        QCOMPARE(c.world.net.count(), 0);
    }

    void onlyOnesOwn() {
        Comments c;
        c.open();
        c.model.remove(0);
        c.model.remove(7);
        QVERIFY(!c.model.canUndo());
        QCOMPARE(c.status(0), Status::Sent);
    }

    void refusedRemovalComesBack() {
        Comments c;
        c.open();
        QSignalSpy failed(&c.model, &CommentsModel::removeFailed);
        c.world.net.reply(contract::writeFailure(contract::kCommentNotYours));
        c.model.remove(1);
        QVERIFY(waitUntil([&] { return failed.count() == 1; }));
        QCOMPARE(failed[0][1].toString(), QStringLiteral("permission denied"));
        QCOMPARE(c.status(1), Status::Sent);
        QCOMPARE(c.at(1, CommentsModel::FailedWordsRole).toString(), QStringLiteral("permission denied"));
        QCOMPARE(c.model.total(), 2);
    }

    void goneAlreadyIsGone() {
        Comments c;
        c.open();
        c.world.net.reply(contract::writeFailure(contract::kCommentNotFound));
        c.model.remove(1);
        QVERIFY(waitUntil([&] { return c.model.count() == 1; }));
        QCOMPARE(c.model.total(), 1);
    }

    void secondRemovalMakesTheFirstFinal() {
        Comments c;
        c.open(listOf({remark(102, kMei, "b"), remark(101, kMei, "a")}));
        c.model.remove(0);
        c.model.remove(1);
        c.world.flush();
        QCOMPARE(c.world.net.count(), 1);
        QCOMPARE(c.world.net.at(0).value("comment_id"), QStringLiteral("102"));
        c.model.undoRemove();
        QCOMPARE(c.status(1), Status::Sent);
        QCOMPARE(c.status(0), Status::Deleting);
        c.world.net.finish(0, contract::writeSuccess());
        QCOMPARE(c.texts(), words({"a"}));
        QCOMPARE(c.model.total(), 1);
    }

    void leavingTheVideoMakesItFinal() {
        Comments c;
        c.open();
        VideoEntity* other = c.world.store.video(clip(6), c.world.store.beginReading());
        c.model.remove(1);
        c.model.setVideo(other);
        QVERIFY(!c.model.canUndo());
        c.world.flush();
        QCOMPARE(c.asked(kAction), 1);
        QVERIFY(!c.world.net.last().cancelled);
        c.world.net.finish(c.world.net.count() - 1, failure(10001, "no"));
        QCOMPARE(c.video->commentCount(), 2);
    }

    void refreshDoesNotBringItBack() {
        Comments c;
        c.open();
        c.model.remove(1);
        QVERIFY(waitUntil([&] { return c.asked(kAction) == 1; }));
        c.world.net.reply(twoComments());
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.status(1), Status::Deleting);
        QCOMPARE(c.model.total(), 1);
        c.world.net.finish(0, contract::writeSuccess());
        QCOMPARE(c.model.count(), 1);
        QCOMPARE(c.model.total(), 1);
    }

    void expiredSessionRemovesAfterwards() {
        Comments c;
        c.open();
        QSignalSpy needed(&c.world.session, &Session::accountNeeded);
        c.world.net.reply(contract::writeFailure(contract::kTokenExpired));
        c.model.remove(1);
        QVERIFY(waitUntil([&] { return needed.count() == 1; }));
        c.world.signIn(kMe, "mei", "fresh");
        QCOMPARE(c.status(1), Status::Deleting);
        QVERIFY(c.reaches(kAction, 2));
        QCOMPARE(c.world.net.last().value("token"), QStringLiteral("fresh"));
        c.world.net.finish(c.world.net.count() - 1, contract::writeSuccess());
        QCOMPARE(c.model.count(), 1);
    }

    void signingOutKeepsWhatWasNotRemovedYet() {
        Comments c;
        c.open();
        c.model.remove(1);
        c.world.session.signOut();
        QVERIFY(!c.model.canUndo());
        QCOMPARE(c.video->commentCount(), 2);
        QCOMPARE(c.asked(kAction), 0);
    }

    // It was wanted, and nobody took it back.
    void switchingKeepsTheRemoval_data() {
        QTest::addColumn<bool>("server");
        QTest::newRow("another account") << false;
        QTest::newRow("another server") << true;
    }
    void switchingKeepsTheRemoval() {
        QFETCH(bool, server);
        Comments c;
        c.open();
        const QString mine = c.world.session.accountKey();
        c.model.remove(1);
        if (server) {
            c.world.session.setServer(QStringLiteral("http://other"));
        } else {
            c.world.signIn(78, "lin", "lins-token");
        }
        QVERIFY(!c.model.canUndo());
        const QList<Intent> removals = c.world.outbox.open(mine, IntentKind::DeleteComment);
        QCOMPARE(removals.size(), 1);
        QCOMPARE(removals.at(0).object, contract::Id{101});
        c.world.flush();
        QCOMPARE(c.asked(kAction), 0);  // not in another's name
        if (!server) {
            QCOMPARE(c.video->commentCount(), 2);
        }
        c.world.session.setServer(QStringLiteral("http://server"));
        c.world.session.switchTo(QString::number(kMe));
        QVERIFY(waitUntil([&] { return c.asked(kAction) == 1; }));
        QCOMPARE(c.world.net.last().value("comment_id"), QStringLiteral("101"));
    }

    void longListsAreTakenTogether() {
        constexpr int kMany = 20'000;
        Comments c;
        std::vector<contract::Comment> many;
        for (int i = 0; i < kMany; ++i) {
            many.push_back(remark(1'000 + kMany - i, i % 2 == 0 ? kAnn : kMei, "c" + std::to_string(i)));
        }
        QSignalSpy inserted(&c.model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&c.model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&c.model, &QAbstractItemModel::dataChanged);
        c.open(listOf(many));
        QCOMPARE(c.model.count(), kMany);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(changed.count(), 1);
        // A new one on top, a hundred in the middle gone, one of the others on its way out.
        c.model.remove(1);
        many.insert(many.begin(), remark(900'000, kAnn, "new"));
        many.erase(many.begin() + 500, many.begin() + 600);
        inserted.clear();
        changed.clear();
        c.world.net.reply(listOf(many));
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.model.count(), kMany - 99);
        QCOMPARE(c.text(0), words({"new"}).constFirst());
        QCOMPARE(c.status(2), Status::Deleting);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(removed.count(), 1);
        QVERIFY(changed.count() <= 2);
    }

    // --- ends

    void anotherServerShowsNothing() {
        Comments c;
        c.open();
        c.model.post(QStringLiteral("x"));
        QVERIFY(c.reaches(kAction, 1));
        c.world.session.setServer(QStringLiteral("http://other"));
        QVERIFY(c.world.net.at(0).cancelled);
        QVERIFY(!c.model.video());
        QCOMPARE(c.model.count(), 0);
        QCOMPARE(c.model.state(), State::Idle);
        QCOMPARE(c.waiting().size(), 1);
    }

    void aFailedRemovalCanBeTriedAgain() {
        Comments c;
        c.open();
        c.world.net.reply(failure(10001, "no"));
        c.model.remove(1);
        QVERIFY(waitUntil(
            [&] { return c.at(1, CommentsModel::FailedKindRole).value<ErrorKind>() == ErrorKind::Refused; }));
        const auto removals = [&] {
            return c.world.outbox.open(c.world.session.accountKey(), IntentKind::DeleteComment);
        };
        QCOMPARE(removals().size(), 1);
        c.world.net.reply(contract::writeSuccess());
        c.model.remove(1);
        QVERIFY(waitUntil([&] { return c.model.count() == 1; }));
        QVERIFY(waitUntil([&] { return removals().isEmpty(); }));
        QCOMPARE(c.model.total(), 1);
    }

    void modelGoesDuringCalls_data() {
        QTest::addColumn<QString>("call");
        for (const char* call : {"list", "look before", "post", "look after", "look because of nothing",
                                 "remove", "sheet", "undo"}) {
            QTest::newRow(call) << QString::fromLatin1(call);
        }
    }
    void modelGoesDuringCalls() {
        QFETCH(QString, call);
        QTemporaryDir dir;
        World world(call != QLatin1String("sheet"));
        world.store.user(kMei);
        Drafts drafts(dir.filePath(QStringLiteral("d.json")));
        VideoEntity* video = world.store.video(clip(5), world.store.beginReading());
        auto sender = std::make_unique<CommentSender>(world.api, world.session, world.outbox);
        const bool undo = call == QLatin1String("undo");
        auto model = std::make_unique<CommentsModel>(
            world.api, world.session, world.store, world.outbox, *sender, drafts,
            CommentsOptions{.undoTime =
                                undo ? std::chrono::milliseconds(60'000) : std::chrono::milliseconds(0)});
        const auto sentSoFar = [&world](qsizetype count) {
            return waitUntil([&world, count] { return world.net.count() == count; });
        };
        if (call == QLatin1String("list")) {
            model->setVideo(video);
        } else if (call == QLatin1String("look before")) {
            model->setVideo(video);
            model->post(QStringLiteral("x"));
            QVERIFY(sentSoFar(2));
        } else {
            world.net.reply(twoComments());
            model->setVideo(video);
            QVERIFY(waitUntil([&] { return model->state() == State::Ready; }));
            if (call == QLatin1String("remove") || undo) {
                model->remove(1);
            } else {
                if (call == QLatin1String("look after")) {
                    world.net.cut();
                } else if (call == QLatin1String("look because of nothing")) {
                    world.net.reply(contract::writeSuccess());
                }
                model->post(QStringLiteral("x"));
                if (call == QLatin1String("look after")) {
                    QVERIFY(waitUntil([&] { return world.clock.untilAlarm() > 0; }));
                    world.clock.advance(1'000);
                }
            }
            const bool silent = call == QLatin1String("sheet") || undo;
            const bool looks = call.startsWith(QLatin1String("look"));
            QVERIFY(sentSoFar(silent ? 1 : looks ? 3 : 2));
        }
        model.reset();
        if (undo) {
            // Whoever removed it and closed the window meant it.
            QCOMPARE(world.outbox.open(world.session.accountKey(), IntentKind::DeleteComment).size(), 1);
            return;
        }
        if (call == QLatin1String("sheet")) {
            world.signIn();
            QCOMPARE(world.net.count(), 1);
            return;
        }
        if (call != QLatin1String("list")) {
            QVERIFY(!world.net.last().cancelled);  // the outbox goes on without the model
        }
        sender.reset();
        QVERIFY(world.net.last().cancelled);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::CommentsModelTest)
#include "comments_model_test.moc"
