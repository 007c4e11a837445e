// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole inside: opening, worlds, restarts, publishing real files, shutting down.

#include "backend-sim/backend.h"

#include "backend-sim/adapters/sqlite/queue.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/services/uploads/upload.h"
#include "backend-sim/services/write/write_side.h"
#include "tests/backend_sim/services/doubles.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <set>
#include <thread>
#include <unistd.h>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

namespace {

std::filesystem::path resources() {
    return qEnvironmentVariable("TIKGOK_TEST_RESOURCES").toStdString();
}

bool writeFile(const QString& name, const QByteArray& content) {
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

}  // namespace

class BackendTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void emptyWorld();
    void smallWorld();
    void busyWorld();
    void unfinishedWorldIsMadeAgain_data();
    void unfinishedWorldIsMadeAgain();
    void seededPeopleCanSignIn();
    void existingWorldIsOpenedAsItIs();
    void everythingSurvivesARestart();
    void secondOpenerIsRefused();
    void unusableDirectories();
    void damagedStore();
    void newerStore();
    void worldsThatAreWrong_data();
    void worldsThatAreWrong();
    void publishing();
    void textCalledMp4();
    void snowflakesLastOverRestarts();
    void firstIdOfANewDirectory();
    void firstIdOfAMadeWorld();
    void lateMedia();
    void uploadsAreSentAgain();
    void forksThatFail_data();
    void forksThatFail();
    void publishingAtOnce();
    void leftoversOfACrashGo();
    void filesOfOthersStay_data();
    void filesOfOthersStay();
    void stagingThatIsALink();
    void mediaNeverLeadOutside_data();
    void mediaNeverLeadOutside();
    void afterShutdown();
    void shutdownFinishesWhatWasAccepted();
    void tokenKeyLasts();
    void directoryIsPrivate();

private:
    BackendConfig config() const;
    // Opens the directory of this test; the one before must be closed.
    bool open(const BackendConfig& config);
    bool open() { return open(config()); }
    QString path(const char* name) const { return directory_->filePath(QString::fromLatin1(name)); }
    Id registerUser(const std::string& name) {
        return waitFor<Id>([&](Done<Id> done) {
                   backend_->services().user.registerUser({}, name, "secret", std::move(done));
               })
            .value_or(0);
    }
    RequestContext as(Id user) const {
        RequestContext context;
        context.caller = user;
        return context;
    }
    Outcome<Id> publish(Id user, const QByteArray& content, const std::string& name,
                        const std::string& title);
    static QByteArray someVideo();

    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Backend> backend_;
    BackendError error_;
};

void BackendTest::init() {
    directory_ = std::make_unique<QTemporaryDir>();
    QVERIFY(directory_->isValid());
}

void BackendTest::cleanup() {
    backend_.reset();
    directory_.reset();
}

BackendConfig BackendTest::config() const {
    BackendConfig result;
    result.dataDirectory = path("data").toStdString();
    result.resourceDirectory = resources();
    result.world = "empty";
    result.mediaBaseUrl = "http://127.0.0.1:1/static/";
    result.passwordCost = {1, 8192};
    return result;
}

bool BackendTest::open(const BackendConfig& config) {
    backend_.reset();
    auto opened = Backend::open(config);
    if (!opened) {
        error_ = opened.error();
        return false;
    }
    backend_ = std::move(*opened);
    return true;
}

QByteArray BackendTest::someVideo() {
    const QDir videos(QString::fromStdString((resources() / "media" / "videos").string()));
    const QStringList names =
        videos.entryList({QStringLiteral("*.mp4")}, QDir::Files, QDir::Size | QDir::Reversed);
    QFile file(names.isEmpty() ? QString() : videos.filePath(names.first()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Outcome<Id> BackendTest::publish(Id user, const QByteArray& content, const std::string& name,
                                 const std::string& title) {
    static std::atomic<int> number = 0;
    const auto staged = backend_->stagingDirectory() / ("upload-" + std::to_string(++number));
    if (!writeFile(QString::fromStdString(staged.string()), content)) {
        return std::unexpected(contract::Failure{contract::Code::Service, "test cannot stage"});
    }
    return waitFor<Id>([&](Done<Id> done) {
        backend_->services().video.publish(as(user), {staged, name}, title, std::move(done));
    });
}

void BackendTest::emptyWorld() {
    QVERIFY2(open(), error_.words.c_str());
    QCOMPARE(backend_->world(), std::string("empty"));
    QVERIFY(backend_->services().video.feed({}, 0)->videos.empty());
    QVERIFY(std::filesystem::is_directory(backend_->stagingDirectory()));
}

void BackendTest::smallWorld() {
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

void BackendTest::busyWorld() {
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
void BackendTest::unfinishedWorldIsMadeAgain_data() {
    QTest::addColumn<bool>("filled");
    QTest::newRow("before the first transaction") << false;
    QTest::newRow("after the first transaction") << true;
}
void BackendTest::unfinishedWorldIsMadeAgain() {
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

void BackendTest::seededPeopleCanSignIn() {
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

void BackendTest::worldsThatAreWrong_data() {
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
void BackendTest::worldsThatAreWrong() {
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

void BackendTest::publishing() {
    QVERIFY2(open(), error_.words.c_str());
    const QByteArray video = someVideo();
    QVERIFY(!video.isEmpty());
    const Id ann = registerUser("ann");
    const auto id = publish(ann, video, "Mine.MP4", "我的视频");
    QVERIFY(id.has_value());
    // At once in feed and list, and its media answer.
    const auto feed = backend_->services().video.feed({}, 0);
    QCOMPARE(feed->videos.size(), std::size_t{1});
    QCOMPARE(feed->videos[0].id, *id);
    QCOMPARE(feed->videos[0].title, std::string("我的视频"));
    QCOMPARE(backend_->services().video.publishedBy({}, ann)->size(), std::size_t{1});
    backend_->setMediaBaseUrl("https://elsewhere/");
    const auto moved = backend_->services().video.feed({}, 0)->videos[0];
    for (int start = 0; start < 2; ++start) {
        const auto play = backend_->media(moved.playUrl.substr(18));
        const auto cover = backend_->media(moved.coverUrl.substr(18));
        QVERIFY(moved.playUrl.starts_with("https://elsewhere/"));
        QVERIFY(play.has_value() && cover.has_value());
        QCOMPARE(play->contentType, std::string_view("video/mp4"));
        QCOMPARE(cover->contentType, std::string_view("image/jpeg"));
        QCOMPARE(std::filesystem::file_size(play->file), static_cast<std::uintmax_t>(video.size()));
        QVERIFY(std::filesystem::file_size(cover->file) > 500);
        QVERIFY(std::filesystem::is_empty(backend_->stagingDirectory()));
        QVERIFY2(open(), error_.words.c_str());
    }
}

void BackendTest::textCalledMp4() {
    QVERIFY2(open(), error_.words.c_str());
    const Id ann = registerUser("ann");
    for (const QByteArray& content : {QByteArray(), QByteArray("hello"), QByteArray(1 << 20, '\0')}) {
        QCOMPARE(publish(ann, content, "a.mp4", "t").error(), contract::kServiceErr);
    }
    QCOMPARE(publish(4711, someVideo(), "a.mp4", "t").error(), contract::kUserNotFound);
    QVERIFY(backend_->services().video.feed({}, 0)->videos.empty());
    // No file is left.
    QVERIFY(std::filesystem::is_empty(backend_->stagingDirectory()));
    const std::filesystem::path media = backend_->stagingDirectory().parent_path() / "media";
    if (std::filesystem::exists(media)) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(media)) {
            QVERIFY2(entry.is_directory(), entry.path().c_str());
        }
    }
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

// Whoever has the ids below the first one is not in the world.
void BackendTest::firstIdOfAMadeWorld() {
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

// The reference server answers before anybody has looked at the file.
void BackendTest::lateMedia() {
    FakeClock clock;
    BackendConfig late = config();
    late.clock = &clock;
    late.mediaDelay = std::chrono::milliseconds(5000);
    QVERIFY2(open(late), error_.words.c_str());
    RequestContext ann = as(registerUser("ann"));
    ann.policy = &kTikgokPolicy;
    const auto publishAs = [&](const QByteArray& content) {
        const auto staged = backend_->stagingDirectory() / "late";
        return writeFile(QString::fromStdString(staged.string()), content) ? waitFor<Id>([&](Done<Id> done) {
            backend_->services().video.publish(ann, {staged, "a.mp4"}, "t", std::move(done));
        })
                                                                           : Outcome<Id>(0);
    };
    QVERIFY(publishAs(someVideo()).has_value());
    const auto newest = [&] {
        const auto works = backend_->services().video.publishedBy(ann, ann.caller);
        return works->empty() ? contract::Video() : works->front();
    };
    QVERIFY(QTest::qWaitFor([&] { return newest().id != 0; }, 10'000));
    const std::size_t prefix = config().mediaBaseUrl.size();
    const std::string play = newest().playUrl.substr(prefix);
    const std::string cover = newest().coverUrl.substr(prefix);
    clock.now += 4999;
    QVERIFY(!backend_->media(play) && !backend_->media(cover));
    clock.now += 1;
    QVERIFY(backend_->media(play));
    QVERIFY(QTest::qWaitFor([&] { return backend_->media(cover).has_value(); }, 10'000));
    // What is no video never gets a cover.
    QVERIFY(publishAs("hello").has_value());
    QVERIFY(QTest::qWaitFor([&] { return newest().playUrl.substr(prefix) != play; }, 10'000));
    const std::string text = newest().coverUrl.substr(prefix);
    clock.now += 5000;
    QVERIFY(backend_->media(newest().playUrl.substr(prefix)));
    late.mediaDelay.reset();
    QVERIFY2(open(late), error_.words.c_str());
    QVERIFY(!backend_->media(text));
    QVERIFY(backend_->media(cover));
    backend_.reset();  // before its clock
}

// An upload whose file is gone becomes a dead letter; with the file back it is published.
void BackendTest::uploadsAreSentAgain() {
    QVERIFY2(open(), error_.words.c_str());
    const Id ann = registerUser("ann");
    backend_.reset();
    const std::string folder = "2026/01/01";
    {
        auto queue = SqliteQueue::open(config().dataDirectory / "queue.sqlite");
        QVERIFY(queue);
        const Upload upload{900, ann, "t", folder + "/900.mp4", folder + "/900.jpg", 0, true};
        const std::array<NewMessage, 1> message{
            {{.topic = Topic::Uploads, .write = 0, .at = 1, .body = encodeUpload(upload)}}};
        QVERIFY((*queue)->append(message).has_value());
    }
    QVERIFY2(open(), error_.words.c_str());
    QVERIFY(QTest::qWaitFor([&] { return backend_->deadLetters() == 1; }, 10'000));
    QVERIFY(backend_->services().video.feed({}, 0)->videos.empty());
    const std::filesystem::path media = config().dataDirectory / "media" / folder;
    std::filesystem::create_directories(media);
    QVERIFY(writeFile(QString::fromStdString((media / "900.mp4").string()), someVideo()));
    QVERIFY(!*backend_->resend(987654));
    QVERIFY(*backend_->resend(backend_->writes().deadLetters()->front().message.id));
    QVERIFY(QTest::qWaitFor([&] { return !backend_->services().video.feed({}, 0)->videos.empty(); }, 10'000));
    QCOMPARE(backend_->services().video.feed({}, 0)->videos[0].id, Id{900});
    QCOMPARE(backend_->deadLetters(), std::size_t{0});
    // Its id was given out when it was a message only.
    QVERIFY(registerUser("bob") > 900);
}

void BackendTest::forksThatFail_data() {
    QTest::addColumn<QString>("what");
    QTest::newRow("no key to sign with") << QStringLiteral("key");
    QTest::newRow("no place for a queue") << QStringLiteral("queue");
}

// A fork that would lack something is none: it says so, and leaves nothing behind.
void BackendTest::forksThatFail() {
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

void BackendTest::publishingAtOnce() {
    QVERIFY2(open(), error_.words.c_str());
    const QByteArray video = someVideo();
    const Id ann = registerUser("ann");
    constexpr int kUploads = 8;
    std::barrier go(kUploads);
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> workers;
        workers.reserve(kUploads);
        for (int i = 0; i < kUploads; ++i) {
            workers.emplace_back([&, i] {
                go.arrive_and_wait();
                good += publish(ann, video, "a.mp4", "t" + std::to_string(i)).has_value() ? 1 : 0;
            });
        }
    }
    QCOMPARE(good.load(), kUploads);
    const auto feed = backend_->services().video.feed({}, 0);
    QCOMPARE(feed->videos.size(), std::size_t{kUploads});
    std::set<std::string> urls;
    for (const contract::Video& each : feed->videos) {
        urls.insert(each.playUrl);
    }
    QCOMPARE(urls.size(), std::size_t{kUploads});
}

void BackendTest::leftoversOfACrashGo() {
    QVERIFY2(open(), error_.words.c_str());
    const Id ann = registerUser("ann");
    const auto id = publish(ann, someVideo(), "a.mp4", "t");
    QVERIFY(id.has_value());
    const std::string play = backend_->services().video.feed({}, 0)->videos[0].playUrl.substr(26);
    const std::filesystem::path day = backend_->media(play)->file.parent_path();
    const auto staged = backend_->stagingDirectory() / "half";
    backend_.reset();
    QVERIFY(writeFile(QString::fromStdString(staged.string()), "half an upload"));
    const std::string next = std::to_string(*id + 1);
    for (const std::string& orphan :
         {next + ".mp4", next + ".jpg", std::to_string(*id) + ".avi", std::string("x")}) {
        QVERIFY(writeFile(QString::fromStdString((day / orphan).string()), "orphan"));
    }
    QVERIFY2(open(), error_.words.c_str());
    QVERIFY(!std::filesystem::exists(staged));
    QVERIFY(backend_->media(play).has_value());
    std::size_t left = 0;
    for (const auto& entry : std::filesystem::directory_iterator(day)) {
        left += entry.is_regular_file() ? 1 : 0;
    }
    QCOMPARE(left, std::size_t{2});
    // An id that an orphan was named after can be used.
    QVERIFY(publish(ann, someVideo(), "a.mp4", "t").has_value());
}

void BackendTest::filesOfOthersStay_data() {
    QTest::addColumn<QString>("folder");
    QTest::newRow("media") << "data/media";
    QTest::newRow("staging") << "data/staging";
    QTest::newRow("deep") << "data/media/2026/11/21";
}

// Somebody names a directory of their own, or the store was lost.
void BackendTest::filesOfOthersStay() {
    QFETCH(QString, folder);
    QVERIFY(QDir(directory_->path()).mkpath(folder));
    const QString file = directory_->filePath(folder + QStringLiteral("/12.mp4"));
    QVERIFY(writeFile(file, "family"));
    // The second time there is a store, but still one that knows nothing.
    for (int i = 0; i < 2; ++i) {
        QVERIFY(!open());
        QCOMPARE(error_.kind, BackendError::Kind::Unwritable);
        QVERIFY2(error_.words.find(folder.split('/')[1].toStdString()) != std::string::npos,
                 error_.words.c_str());
        QVERIFY(QFile::exists(file));
    }
    QVERIFY(QFile::remove(file));
    QVERIFY(QDir(directory_->filePath(QStringLiteral("data/media"))).removeRecursively());
    QVERIFY2(open(), error_.words.c_str());
}

void BackendTest::stagingThatIsALink() {
    QVERIFY2(open(), error_.words.c_str());
    const std::filesystem::path staging = backend_->stagingDirectory();
    backend_.reset();
    const QString file = path("outside/file");
    QVERIFY(QDir(directory_->path()).mkpath(QStringLiteral("outside")));
    QVERIFY(writeFile(file, "precious"));
    std::filesystem::remove(staging);
    std::filesystem::create_directory_symlink(path("outside").toStdString(), staging);
    QVERIFY(!open());
    QCOMPARE(error_.kind, BackendError::Kind::Unwritable);
    QVERIFY(QFile::exists(file));
}

void BackendTest::mediaNeverLeadOutside_data() {
    QTest::addColumn<std::string>("path");
    for (const char* each :
         {"", "/", "demo", "demo/", "demo/..", "demo/../worlds/small.json",
          "demo/videos/../../worlds/small.json", "demo//etc/passwd", "../store.sqlite", "..", "store.sqlite",
          "../token.key", "/etc/passwd", "demo/./videos", "demo/videos", "demo\\videos", "demo/.hidden",
          "2026/../../token.key", "%2e%2e/token.key"}) {
        QTest::newRow(*each == '\0' ? "empty" : each) << std::string(each);
    }
    QTest::newRow("nul") << std::string("demo/avatars/01.png\0.mp4", 24);
}

void BackendTest::mediaNeverLeadOutside() {
    QFETCH(std::string, path);
    QVERIFY2(open(), error_.words.c_str());
    QVERIFY(!backend_->media(path).has_value());
    QVERIFY(backend_->media("demo/avatars/01.png").has_value());
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
