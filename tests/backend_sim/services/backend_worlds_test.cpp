// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The worlds that a backend makes, and those that it refuses to make.

#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/backend.h"
#include "tests/backend_sim/services/backend_stage.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <barrier>
#include <string>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

class BackendWorldsTest : public QObject, private BackendStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void smallWorld();
    void busyWorld();
    void unfinishedWorldIsMadeAgain_data();
    void unfinishedWorldIsMadeAgain();
    void seededPeopleCanSignIn();
    void worldsThatAreWrong_data();
    void worldsThatAreWrong();
    void firstIdOfAMadeWorld();
    void forksThatFail_data();
    void forksThatFail();
};

void BackendWorldsTest::smallWorld() {
    BackendConfig small = config();
    small.world = "small";
    QVERIFY2(open(small), error_.words.c_str());
    QCOMPARE(backend_->world(), std::string("small"));
    QFile description(QString::fromStdString((resources() / "worlds" / "small.json").string()));
    QVERIFY(description.open(QIODevice::ReadOnly));
    const QJsonObject world = QJsonDocument::fromJson(description.readAll()).object();
    const QJsonArray people = world.value(QStringLiteral("people")).toArray();
    const QJsonArray videos = world.value(QStringLiteral("videos")).toArray();

    std::vector<contract::Video> all;
    std::int64_t bound = 0;
    for (;;) {
        const auto slice = backend_->services().video.feed({}, bound);
        QVERIFY(slice.has_value());
        if (slice->videos.empty()) {
            break;
        }
        all.insert(all.end(), slice->videos.begin(), slice->videos.end());
        bound = slice->nextTime;
    }
    QCOMPARE(static_cast<int>(all.size()), videos.size());
    std::int64_t likes = 0;
    std::int64_t comments = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        // The description, too, has the newest first.
        const QJsonObject entry = videos.at(static_cast<qsizetype>(i)).toObject();
        QCOMPARE(QString::fromStdString(all[i].title), entry.value(QStringLiteral("title")).toString());
        QCOMPARE(QString::fromStdString(all[i].author.name),
                 people.at(entry.value(QStringLiteral("author")).toInt())
                     .toObject()
                     .value(QStringLiteral("name"))
                     .toString());
        likes += all[i].favoriteCount;
        comments += all[i].commentCount;
        // Every address leads to a file that we have.
        constexpr std::string_view kBase = "http://127.0.0.1:1/static/";
        for (const auto& [url, type] : {std::pair<std::string, std::string_view>{all[i].playUrl, "video/mp4"},
                                        {all[i].coverUrl, "image/jpeg"},
                                        {all[i].author.avatar, "image/png"},
                                        {all[i].author.backgroundImage, "image/jpeg"}}) {
            QVERIFY2(url.starts_with(kBase), url.c_str());
            const auto media = backend_->media(std::string_view(url).substr(kBase.size()));
            QVERIFY2(media.has_value(), (url + " (covers are made by make_covers)").c_str());
            QCOMPARE(media->contentType, type);
        }
    }
    QCOMPARE(likes, world.value(QStringLiteral("likes")).toArray().size());
    QCOMPARE(comments, world.value(QStringLiteral("comments")).toArray().size());
}

void BackendWorldsTest::busyWorld() {
    BackendConfig busy = config();
    busy.world = "busy";
    busy.seed = 7;
    QVERIFY2(open(busy), error_.words.c_str());
    const auto seen = [this] {
        const auto page = backend_->services().video.feed({}, 0);
        std::string text;
        for (const contract::Video& video : page->videos) {
            text += std::to_string(video.id) + video.title + video.author.name +
                    std::to_string(video.favoriteCount) + '\n';
        }
        return text;
    };
    const std::string made = seen();
    QCOMPARE(std::ranges::count(made, '\n'), 30);
    QVERIFY(backend_->services().user.exists(1000));
    QVERIFY(!backend_->services().user.exists(1001));
    // Ids go on behind the world's.
    const Id newcomer = registerUser("newcomer");
    QVERIFY(newcomer > 11'000 + 30'000);
    // One password for all.
    const auto first = backend_->services().user.user({}, 1);
    QCOMPARE(waitFor<Id>([&](Done<Id> done) {
                 backend_->services().user.login({}, first->name, "tikgok123", std::move(done));
             }).value_or(0),
             Id{1});
    // Opened again it is the same, whatever the seed says now.
    busy.seed = 8;
    QVERIFY2(open(busy), error_.words.c_str());
    QCOMPARE(seen(), made);
    QCOMPARE(backend_->world(), std::string("busy"));
    QVERIFY(backend_->services().user.exists(newcomer));
    backend_.reset();

    busy.dataDirectory = path("other").toStdString();
    QVERIFY2(open(busy), error_.words.c_str());
    QVERIFY(seen() != made);
    backend_.reset();
    busy.dataDirectory = path("same").toStdString();
    busy.seed = 7;
    QVERIFY2(open(busy), error_.words.c_str());
    QCOMPARE(seen(), made);
}

// The making of a large world takes several transactions. One that a crash ended is thrown away, whether or
// not any of them came to its end: from the first one on the store has no indexes.
void BackendWorldsTest::unfinishedWorldIsMadeAgain_data() {
    QTest::addColumn<bool>("filled");
    QTest::newRow("before the first transaction") << false;
    QTest::newRow("after the first transaction") << true;
}

void BackendWorldsTest::unfinishedWorldIsMadeAgain() {
    QFETCH(bool, filled);
    QVERIFY(open());
    backend_.reset();
    {
        auto store = SqliteStore::open(path("data/store.sqlite").toStdString());
        QVERIFY(store.has_value());
        QVERIFY((*store)->setFact("unfinished_world", "1").has_value());
        UserRow half;
        half.id = 5;
        half.name = "half-made";
        QVERIFY((*store)->users().add(half).value_or(false));
        const auto stopsEarly = [](BulkRows& rows) -> StoreResult<void> {
            constexpr Id kMoreThanOneTransaction = 100'100;
            for (Id id = 6; id < kMoreThanOneTransaction; ++id) {
                UserRow user;
                user.id = id;
                user.name = "half-made " + std::to_string(id);
                if (auto added = rows.add(std::move(user)); !added) {
                    return added;
                }
            }
            return std::unexpected(StoreError{StoreError::Kind::Io, "the power is gone"});
        };
        QVERIFY(!filled || !(*store)->fill(stopsEarly));
    }
    std::vector<std::string> lines;
    BackendConfig again = config();
    again.world = "small";
    again.log = [&lines](LogLevel, std::string_view line) { lines.emplace_back(line); };
    QVERIFY2(open(again), error_.words.c_str());
    QCOMPARE(backend_->world(), std::string("small"));
    QVERIFY(backend_->services().user.user({}, 5)->name != "half-made");
    QVERIFY(std::ranges::any_of(
        lines, [](const std::string& line) { return line.find("never finished") != std::string::npos; }));
    // A whole one stays.
    backend_.reset();
    QVERIFY2(open(config()), error_.words.c_str());
    QCOMPARE(backend_->world(), std::string("small"));
}

void BackendWorldsTest::seededPeopleCanSignIn() {
    BackendConfig small = config();
    small.world = "small";
    QVERIFY2(open(small), error_.words.c_str());
    const auto id = waitFor<Id>(
        [&](Done<Id> done) { backend_->services().user.login({}, "林小满", "tikgok123", std::move(done)); });
    QVERIFY(id.has_value());
    const auto friends = backend_->services().sociality.friendsOf(as(*id), 0);
    QVERIFY(friends.has_value());
    QVERIFY(!friends->empty());
    QVERIFY(!friends->front().message.empty());
    const auto talk = backend_->services().chat.conversation(as(*id), friends->front().user.id, 0);
    QCOMPARE(talk->back().content, friends->front().message);
}

void BackendWorldsTest::worldsThatAreWrong_data() {
    QTest::addColumn<QByteArray>("json");
    const QByteArray person = R"({"name":"a","password":"p","signature":"","avatar":"x","background":"y"})";
    const auto world = [&](const QByteArray& people, const QByteArray& videos, const QByteArray& rest) {
        return QByteArray(R"({"format":1,"name":"w","people":[)") + people + R"(],"videos":[)" + videos +
               "]" + rest + "}";
    };
    const QByteArray rest = R"(,"comments":[],"likes":[],"follows":[],"chats":[])";
    const QByteArray video = R"({"file":"videos/a.mp4","author":0,"title":"t","age":5})";
    QTest::newRow("not json") << QByteArray("hello");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no lists") << QByteArray("{\"format\":1}");
    QTest::newRow("other format") << world(person, video, rest).replace("\"format\":1", "\"format\":2");
    QTest::newRow("unknown author") << world(person,
                                             QByteArray(video).replace("\"author\":0", "\"author\":1"), rest);
    QTest::newRow("negative author") << world(
        person, QByteArray(video).replace("\"author\":0", "\"author\":-1"), rest);
    QTest::newRow("age is a text") << world(person, QByteArray(video).replace("5", "\"5\""), rest);
    QTest::newRow("file outside") << world(person, QByteArray(video).replace("videos/a", "../../a"), rest);
    QTest::newRow("same name twice") << world(person + "," + person, video, rest);
    QTest::newRow("same age twice") << world(person, video + "," + video, rest);
    QTest::newRow("entry is no object") << world("5", video, rest);
    QTest::newRow("follows oneself") << world(
        person, video, R"(,"comments":[],"likes":[],"chats":[],"follows":[{"follower":0,"followed":0}])");
    QTest::newRow("like twice") << world(person, video,
                                         R"(,"comments":[],"chats":[],"follows":[],)"
                                         R"("likes":[{"person":0,"video":0},{"person":0,"video":0}])");
}

// Nothing of a wrong world is kept: the directory can still get a right one.
void BackendWorldsTest::worldsThatAreWrong() {
    QFETCH(QByteArray, json);
    QVERIFY(QDir().mkpath(path("res/worlds")));
    QVERIFY(writeFile(path("res/worlds/w.json"), json));
    BackendConfig wrong = config();
    wrong.resourceDirectory = path("res").toStdString();
    wrong.world = "w";
    QVERIFY(!open(wrong));
    QCOMPARE(error_.kind, BackendError::Kind::World);
    wrong.world = "missing";
    QVERIFY(!open(wrong));
    QCOMPARE(error_.kind, BackendError::Kind::World);
    QVERIFY2(open(), error_.words.c_str());
    QCOMPARE(backend_->world(), std::string("empty"));
    QVERIFY(waitFor<Id>([&](Done<Id> done) {
                backend_->services().user.registerUser({}, "a", "b", std::move(done));
            }).has_value());
}

// Whoever has the ids below the first one is not in the world.
void BackendWorldsTest::firstIdOfAMadeWorld() {
    BackendConfig two = config();
    two.world = "busy";
    two.firstId = 2;
    QVERIFY2(open(two), error_.words.c_str());
    const auto& users = backend_->services().user;
    QVERIFY(!users.exists(1));
    QVERIFY(users.exists(2));
    QVERIFY(users.exists(1001));
    QVERIFY(!users.exists(1002));
    // Of everything in the world nothing has the newcomer's id.
    const Id newcomer = registerUser("newcomer");
    QVERIFY(newcomer > 11'001 + 30'000);
    QVERIFY2(open(two), error_.words.c_str());
    QVERIFY(registerUser("another") > newcomer);
}

void BackendWorldsTest::forksThatFail_data() {
    QTest::addColumn<QString>("what");
    QTest::newRow("no key to sign with") << QStringLiteral("key");
    QTest::newRow("no place for a queue") << QStringLiteral("queue");
}

// A fork that would lack something is none: it says so, and leaves nothing behind.
void BackendWorldsTest::forksThatFail() {
    QFETCH(QString, what);
    QVERIFY2(open(), error_.words.c_str());
    const Id ann = registerUser("ann");
    const std::filesystem::path data = config().dataDirectory;
    const std::filesystem::path fork = data / "instances" / "1";
    const std::filesystem::path queue = backend_->stagingDirectory() / "queue.empty";
    if (what == QStringLiteral("key")) {
        std::filesystem::rename(data / "token.key", data / "away");
    } else {
        std::filesystem::create_directory(queue);
    }
    const auto failed = backend_->forkInto(fork);
    QVERIFY(!failed.has_value());
    QCOMPARE(failed.error().kind, WorldProblem::Kind::Io);
    QVERIFY(!failed.error().words.empty());
    QVERIFY(!std::filesystem::exists(fork));
    // And the next one is whole.
    if (what == QStringLiteral("key")) {
        std::filesystem::rename(data / "away", data / "token.key");
    } else {
        std::filesystem::remove(queue);
    }
    const std::string key(backend_->tokenKey());
    QVERIFY(backend_->forkInto(fork).has_value());
    BackendConfig forked = config();
    forked.dataDirectory = fork;
    auto other = Backend::open(forked);
    QVERIFY(other.has_value());
    QCOMPARE(std::string((*other)->tokenKey()), key);
    QVERIFY((*other)->services().user.exists(ann));
    QVERIFY((*other)->reset().has_value());
}

QTEST_GUILESS_MAIN(BackendWorldsTest)
#include "backend_worlds_test.moc"
