// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole inside: opening, restarts, shutting down. Its worlds are in backend_worlds_test.cpp, what is
// published in backend_media_test.cpp.

#include "backend-sim/backend.h"

#include "tests/backend_sim/services/backend_stage.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <atomic>
#include <barrier>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

class BackendTest : public QObject, private BackendStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void emptyWorld();
    void existingWorldIsOpenedAsItIs();
    void everythingSurvivesARestart();
    void secondOpenerIsRefused();
    void unusableDirectories();
    void damagedStore();
    void newerStore();
    void snowflakesLastOverRestarts();
    void firstIdOfANewDirectory();
    void afterShutdown();
    void shutdownFinishesWhatWasAccepted();
    void tokenKeyLasts();
    void directoryIsPrivate();
};

void BackendTest::emptyWorld() {
    QVERIFY2(open(), error_.words.c_str());
    QCOMPARE(backend_->world(), std::string("empty"));
    QVERIFY(backend_->services().video.feed({}, 0)->videos.empty());
    QVERIFY(std::filesystem::is_directory(backend_->stagingDirectory()));
}

void BackendTest::existingWorldIsOpenedAsItIs() {
    QVERIFY2(open(), error_.words.c_str());
    BackendConfig small = config();
    small.world = "small";
    QVERIFY2(open(small), error_.words.c_str());
    QCOMPARE(backend_->world(), std::string("empty"));
    QVERIFY(backend_->services().video.feed({}, 0)->videos.empty());
}

void BackendTest::everythingSurvivesARestart() {
    BackendConfig small = config();
    small.world = "small";
    QVERIFY2(open(small), error_.words.c_str());
    const Id ann = registerUser("ann");
    const Id bob = registerUser("bob");
    const Services before = backend_->services();
    const auto feed = before.video.feed(as(ann), 0)->videos;
    QVERIFY(waitFor<void>([&](Done<void> done) {
                before.interaction.favorite(as(ann), feed[3].id, contract::Action::Do, std::move(done));
            }).has_value());
    const auto comment = waitFor<contract::Comment>([&](Done<contract::Comment> done) {
        before.interaction.addComment(as(bob), feed[3].id, "hello", std::move(done));
    });
    QVERIFY(comment.has_value());
    QVERIFY(waitFor<void>([&](Done<void> done) {
                before.interaction.deleteComment(as(bob), feed[3].id, comment->id, std::move(done));
            }).has_value());
    QVERIFY(waitFor<void>([&](Done<void> done) {
                before.sociality.follow(as(ann), bob, contract::Action::Do, std::move(done));
            }).has_value());
    QVERIFY(waitFor<void>([&](Done<void> done) {
                before.chat.send(as(ann), bob, "hi", std::move(done));
            }).has_value());
    const auto pictureOf = [&](Id caller) {
        const Services now = backend_->services();
        return std::tuple(now.video.feed(as(caller), 0)->videos, *now.user.user(as(caller), ann),
                          *now.interaction.favoritesOf(as(caller), ann),
                          *now.interaction.commentsOn(as(caller), feed[3].id),
                          *now.sociality.followersOf(as(caller), bob),
                          *now.chat.conversation(as(caller), ann, 0));
    };
    const auto expected = pictureOf(bob);
    QVERIFY2(open(small), error_.words.c_str());
    QVERIFY(pictureOf(bob) == expected);
    QVERIFY(backend_->services().video.feed(as(ann), 0)->videos[3].isFavorite);
    // New ids go on after the old ones, also after that of the comment that is gone.
    QVERIFY(registerUser("cleo") > comment->id);
    QCOMPARE(waitFor<Id>([&](Done<Id> done) {
                 backend_->services().user.login({}, "bob", "secret", std::move(done));
             }).value_or(0),
             bob);
}

void BackendTest::secondOpenerIsRefused() {
    QVERIFY2(open(), error_.words.c_str());
    const auto second = Backend::open(config());
    QVERIFY(!second.has_value());
    QCOMPARE(second.error().kind, BackendError::Kind::InUse);
    QVERIFY(second.error().words.find(std::to_string(QCoreApplication::applicationPid())) !=
            std::string::npos);
    backend_.reset();
    QVERIFY2(open(), error_.words.c_str());
}

void BackendTest::unusableDirectories() {
    QVERIFY(writeFile(path("file"), "x"));
    std::vector<QString> bad{QString(), path("file"), path("file") + QStringLiteral("/below")};
    if (geteuid() != 0) {
        QVERIFY(QDir().mkdir(path("closed")));
        QVERIFY(QFile::setPermissions(path("closed"), QFile::ReadOwner | QFile::ExeOwner));
        bad.push_back(path("closed"));
    }
    for (const QString& directory : bad) {
        BackendConfig wrong = config();
        wrong.dataDirectory = directory.toStdString();
        QVERIFY(!open(wrong));
        QCOMPARE(error_.kind, BackendError::Kind::Unwritable);
        QVERIFY(!error_.words.empty());
    }
}

void BackendTest::damagedStore() {
    QVERIFY(QDir().mkdir(path("data")));
    QVERIFY(writeFile(path("data/store.sqlite"), QByteArray(4096, 'x')));
    QVERIFY(!open());
    QCOMPARE(error_.kind, BackendError::Kind::Corrupt);
}

void BackendTest::newerStore() {
    QVERIFY2(open(), error_.words.c_str());
    backend_.reset();
    // user_version is a 4-byte number at offset 60 of the file.
    QFile file(path("data/store.sqlite"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(60));
    QCOMPARE(file.write(QByteArray("\x00\x00\x7f\x00", 4)), qint64{4});
    file.close();
    QVERIFY(!open());
    QCOMPARE(error_.kind, BackendError::Kind::TooNew);
}

// 63 bits in every table, in the keys of media, and in the sweep at start.
void BackendTest::snowflakesLastOverRestarts() {
    FakeClock clock;
    BackendConfig snowflakes = config();
    snowflakes.ids = IdKind::Snowflake;
    snowflakes.clock = &clock;
    QVERIFY2(open(snowflakes), error_.words.c_str());
    const Id ann = registerUser("ann");
    QCOMPARE(std::to_string(ann).size(), std::size_t{19});
    const auto video = publish(ann, someVideo(), "a.mp4", "t");
    QVERIFY(video.has_value());
    QVERIFY(*video > ann && *video % 4096 == 0);
    const auto comment = waitFor<contract::Comment>([&](Done<contract::Comment> done) {
        backend_->services().interaction.addComment(as(ann), *video, "c", std::move(done));
    });
    QVERIFY(comment.has_value() && comment->id > *video);
    // The clock was set back while the program did not run.
    clock.now -= 86'400'000;
    QVERIFY2(open(snowflakes), error_.words.c_str());
    const auto feed = backend_->services().video.feed(as(ann), 0);
    QCOMPARE(feed->videos.size(), std::size_t{1});
    QCOMPARE(feed->videos[0].id, *video);
    QCOMPARE(feed->videos[0].author.id, ann);
    QVERIFY(backend_->media(feed->videos[0].playUrl.substr(26)).has_value());
    QCOMPARE(backend_->services().interaction.commentsOn(as(ann), *video)->at(0).id, comment->id);
    const Id bob = registerUser("bob");
    QVERIFY(bob > comment->id && bob % 4096 == 0);
    // Sequential ids go on above.
    QVERIFY2(open(), error_.words.c_str());
    QVERIFY(registerUser("carl") > bob);
}

void BackendTest::firstIdOfANewDirectory() {
    BackendConfig two = config();
    two.firstId = 2;
    QVERIFY2(open(two), error_.words.c_str());
    QCOMPARE(registerUser("ann"), Id{2});
    QVERIFY2(open(two), error_.words.c_str());
    QCOMPARE(registerUser("bob"), Id{3});
}

void BackendTest::afterShutdown() {
    QVERIFY2(open(), error_.words.c_str());
    const Id ann = registerUser("ann");
    backend_->shutdown();
    backend_->shutdown();
    QCOMPARE(waitFor<Id>([&](Done<Id> done) {
                 backend_->services().user.registerUser({}, "bob", "secret", std::move(done));
             }).error(),
             contract::kServiceErr);
    QCOMPARE(waitFor<void>([&](Done<void> done) {
                 backend_->services().chat.send(as(ann), 4711, "x", std::move(done));
             }).error(),
             contract::kServiceErr);
    QCOMPARE(publish(ann, someVideo(), "a.mp4", "t").error().code, contract::Code::Service);
    QCOMPARE(backend_->services().user.user(as(ann), 0)->name, std::string("ann"));
}

void BackendTest::shutdownFinishesWhatWasAccepted() {
    QVERIFY2(open(), error_.words.c_str());
    const Id ann = registerUser("ann");
    const Id bob = registerUser("bob");
    std::atomic<int> sent = 0;
    std::atomic<int> refused = 0;
    constexpr int kMessages = 5000;
    std::jthread sender([&] {
        for (int i = 0; i < kMessages; ++i) {
            backend_->services().chat.send(as(ann), bob, "m",
                                           [&](Outcome<void> outcome) { outcome ? ++sent : ++refused; });
        }
    });
    while (sent < 100) {
        std::this_thread::yield();
    }
    backend_->shutdown();
    sender.join();
    QCOMPARE(sent + refused, kMessages);
    const int kept = sent;
    QVERIFY2(open(), error_.words.c_str());
    QCOMPARE(static_cast<int>(backend_->services().chat.conversation(as(ann), bob, 0)->size()), kept);
}

void BackendTest::tokenKeyLasts() {
    QVERIFY2(open(), error_.words.c_str());
    const std::string key(backend_->tokenKey());
    QCOMPARE(key.size(), std::size_t{32});
    QVERIFY2(open(), error_.words.c_str());
    QCOMPARE(std::string(backend_->tokenKey()), key);
    QVERIFY(writeFile(path("data/token.key"), "short"));
    QVERIFY(!open());
    QCOMPARE(error_.kind, BackendError::Kind::Unwritable);
}

// Password hashes, the key of the tokens and what people write to each other are in there.
void BackendTest::directoryIsPrivate() {
    namespace fs = std::filesystem;
    QVERIFY2(open(), error_.words.c_str());
    const fs::path data = config().dataDirectory;
    QCOMPARE(fs::status(data).permissions(), fs::perms::owner_all);
    for (const auto& entry : fs::directory_iterator(data)) {
        const fs::perms others =
            entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all);
        QVERIFY2(others == fs::perms::none, entry.path().c_str());
    }
}

QTEST_GUILESS_MAIN(BackendTest)
#include "backend_test.moc"
