// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Some servers refuse to do twice what others take in silence. What they list says whether it is done
// (contract 5, row 17).
#include "core/entities/entity_store.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QTest>

#include <array>
#include <memory>
#include <vector>

namespace tikgok {

using test::clip;
using test::failure;
using test::person;
using test::waitUntil;
using test::World;

namespace {

constexpr auto kAlready = "already done";
constexpr std::int32_t kRefusal = 10008;

std::string videosOf(int count, contract::Id first) {
    std::vector<contract::Video> videos;
    for (int i = 0; i < count; ++i) {
        videos.push_back(clip(first + i));
    }
    return contract::writeVideos(videos);
}

}  // namespace

class AlreadyDoneTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // What servers say to a like, or to taking one back, that they have already; and what is something else.
    void wordsAreUnderstood_data() {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<bool>("on");
        QTest::addColumn<bool>("done");
        const auto row = [](const char* words, bool on, bool done) {
            QTest::addRow("%s, %s", on ? "on" : "off", words) << QByteArray(words) << on << done;
        };
        for (const char* words : {"You have Already liked this video",
                                  "already followed",
                                  "favorite record already exists",
                                  "repeated like",
                                  "duplicate favorite",
                                  "重复点赞",
                                  "请勿重复关注",
                                  "已点赞",
                                  "您已经点赞过该视频",
                                  "已经点过赞了",
                                  "已对该视频点过赞",
                                  "已关注",
                                  "已经是关注状态",
                                  "已经关注了该用户",
                                  "您已收藏该视频",
                                  "你已经喜欢过了",
                                  "点赞过了",
                                  "该用户你关注过了",
                                  "点赞记录已存在",
                                  "关注关系已经存在"}) {
            row(words, true, true);
        }
        for (const char* words : {"already unliked", "not liked yet", "You have not followed this user",
                                  "haven't liked", "未点赞", "尚未关注该用户", "还没有点赞", "没有收藏过",
                                  "已取消点赞", "已经取消关注", "已取关"}) {
            row(words, false, true);
        }
        for (const bool on : {true, false}) {
            for (const char* words : {"",
                                      "service err",
                                      "like failed",
                                      "未登录",
                                      "用户未登录，请先登录",
                                      "重复登录",
                                      "视频已删除",
                                      "该视频已经下架",
                                      "视频已经不存在",
                                      "用户已注销",
                                      "已被对方拉黑",
                                      "您已达到关注上限",
                                      "点赞已达上限",
                                      "已关注人数超过限制",
                                      "操作频繁",
                                      "token已过期",
                                      "点赞失败",
                                      "关注失败",
                                      "不能关注自己",
                                      "the video has already been deleted",
                                      "you are already logged out",
                                      "you have already reached the limit",
                                      "user not found",
                                      "video does not exist",
                                      "you cannot follow yourself"}) {
                row(words, on, false);
            }
        }
        // What is so is not what was wanted.
        for (const char* words : {"未点赞", "not liked yet", "已取消点赞"}) {
            row(words, true, false);
        }
        for (const char* words : {"已点赞", "已经关注了该用户", "点赞过了"}) {
            row(words, false, false);
        }
    }
    void wordsAreUnderstood() {
        QFETCH(const QByteArray, words);
        QFETCH(const bool, on);
        QFETCH(const bool, done);
        World world(true);
        VideoEntity* video = world.show(clip(5, !on));
        world.net.reply(failure(kRefusal, std::string_view(words.constData())));
        if (done) {
            world.net.reply(videosOf(1, on ? 5 : 40));
        }
        video->toggleLike();
        QVERIFY(waitUntil([&] { return !video->likePending(); }));
        QCOMPARE(video->liked(), done ? on : !on);
        QCOMPARE(video->likeFailed(), !done);
        QCOMPARE(world.net.unscripted(), 0);
    }

    void theListDecides_data() {
        QTest::addColumn<bool>("on");
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<bool>("done");
        const auto row = [](const char* name, bool on, const std::string& list, bool done) {
            QTest::newRow(name) << on << QByteArray::fromStdString(list) << done;
        };
        row("liked, and listed", true, videosOf(3, 4), true);
        row("liked, and not listed", true, videosOf(3, 40), false);
        row("liked, and nothing is listed", true, videosOf(0, 0), false);
        row("liked, and not among nine", true, videosOf(9, 40), false);
        row("liked, and it may be on another page than these ten", true, videosOf(10, 40), true);
        row("not liked, and not listed", false, videosOf(3, 40), true);
        row("not liked, and listed", false, videosOf(3, 4), false);
        row("liked, and no list there", true, failure(kRefusal, "no such list"), true);
        row("not liked, and no list there", false, failure(kRefusal, "no such list"), true);
    }
    void theListDecides() {
        QFETCH(const bool, on);
        QFETCH(const QByteArray, list);
        QFETCH(const bool, done);
        World world(true);
        VideoEntity* video = world.show(clip(5, !on));
        world.net.reply(failure(kRefusal, kAlready)).reply(list.toStdString());
        video->toggleLike();
        QVERIFY(waitUntil([&] { return !video->likePending(); }));
        QCOMPARE(video->liked(), done ? on : !on);
        QCOMPARE(video->likeFailed(), !done);
        QCOMPARE(video->likeError(), done ? QString() : QString::fromLatin1(kAlready));
        QCOMPARE(world.net.count(), 2);
        QVERIFY(world.net.at(1).request.path.contains(QLatin1String("/favorite/list/")));
        QCOMPARE(world.net.at(1).value("user_id"), QString::number(test::kMe));
        QCOMPARE(world.net.at(1).value("token"), QStringLiteral("secret-token"));
    }

    void followsAreAmongThoseOneFollows_data() {
        QTest::addColumn<contract::Id>("listed");
        QTest::addColumn<bool>("done");
        QTest::newRow("listed") << contract::Id{8} << true;
        QTest::newRow("not listed") << contract::Id{9} << false;
    }
    void followsAreAmongThoseOneFollows() {
        QFETCH(const contract::Id, listed);
        QFETCH(const bool, done);
        World world(true);
        UserEntity* user = world.store.user(person(8, "lin"), world.store.beginReading());
        world.net.reply(failure(kRefusal, kAlready))
            .reply(contract::writeUsers(std::array{person(listed, "one")}));
        user->toggleFollow();
        QVERIFY(waitUntil([&] { return !user->followPending(); }));
        QCOMPARE(user->followed(), done);
        QCOMPARE(user->followFailed(), !done);
        QVERIFY(world.net.at(1).request.path.contains(QLatin1String("/follow/list/")));
    }

    // Nobody knows yet: it stays as it was chosen, and the whole is tried again.
    void aSilentServerIsAskedAgain() {
        World world(true);
        VideoEntity* video = world.show(clip(5));
        world.net.reply(failure(kRefusal, kAlready));
        for (int i = 0; i <= ApiOptions().retries; ++i) {
            world.net.fail(ErrorKind::Offline, true);
        }
        video->toggleLike();
        QVERIFY(waitUntil([&] { return world.clock.untilAlarm() > 0; }));
        QVERIFY(video->liked());
        QVERIFY(video->likePending());
        QVERIFY(!video->likeFailed());
        world.net.reply(failure(kRefusal, kAlready)).reply(videosOf(1, 5));
        world.clock.advance(60'000);
        QVERIFY(waitUntil([&] { return !video->likePending(); }));
        QVERIFY(video->liked());
        QCOMPARE(world.net.unscripted(), 0);
    }

    // The session ended just then: nothing is known, and the like is sent once somebody is signed in again.
    void aSessionThatEndedIsSaid() {
        World world(true);
        VideoEntity* video = world.show(clip(5));
        world.net.reply(failure(kRefusal, kAlready)).reply(failure(1, "token is expired"));
        video->toggleLike();
        QVERIFY(waitUntil([&] { return world.session.expired(); }));
        QVERIFY(video->liked());
        QVERIFY(video->likePending());
    }

    // Whoever goes while the list is being read leaves nothing behind.
    void goneInTheMiddle() {
        auto world = std::make_unique<World>(true);
        VideoEntity* video = world->show(clip(5));
        world->net.reply(failure(kRefusal, kAlready)).hang();
        video->toggleLike();
        QVERIFY(waitUntil([&] { return world->net.count() == 2; }));
        world.reset();
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::AlreadyDoneTest)

#include "already_done_test.moc"
