// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Real files: published, shown, and what a crash or somebody else left where they lie.

#include "backend-sim/adapters/sqlite/queue.h"
#include "backend-sim/backend.h"
#include "backend-sim/services/uploads/upload.h"
#include "backend-sim/services/write/write_side.h"
#include "tests/backend_sim/services/backend_stage.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTest>

#include <array>
#include <atomic>
#include <barrier>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

class BackendMediaTest : public QObject, private BackendStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void publishing();
    void textCalledMp4();
    void lateMedia();
    void lateMediaStayLateOverARestart();
    void uploadsAreSentAgain();
    void publishingAtOnce();
    void leftoversOfACrashGo();
    void filesOfOthersStay_data();
    void filesOfOthersStay();
    void stagingThatIsALink();
    void mediaNeverLeadOutside_data();
    void mediaNeverLeadOutside();
};

void BackendMediaTest::publishing() {
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

void BackendMediaTest::textCalledMp4() {
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

// The reference server answers before anybody has looked at the file.
void BackendMediaTest::lateMedia() {
    FakeClock clock;
    const auto beforeItsClock = qScopeGuard([this] { backend_.reset(); });
    BackendConfig late = config();
    late.clock = &clock;
    late.mediaDelay = std::chrono::milliseconds(5000);
    QVERIFY2(open(late), error_.words.c_str());
    RequestContext ann = as(registerUser("ann"));
    ann.policy = &kTikgokPolicy;
    const auto film = publish(ann, someVideo(), "a.mp4", "t");
    QVERIFY(film.has_value());
    const auto newest = [&] {
        const auto works = backend_->services().video.publishedBy(ann, ann.caller);
        return works->empty() ? contract::Video() : works->front();
    };
    QVERIFY(QTest::qWaitFor([&] { return newest().id == *film; }, 10'000));
    const std::size_t prefix = config().mediaBaseUrl.size();
    const std::string play = newest().playUrl.substr(prefix);
    const std::string cover = newest().coverUrl.substr(prefix);
    clock.now += 4999;
    QVERIFY(!backend_->media(play) && !backend_->media(cover));
    clock.now += 1;
    QVERIFY(backend_->media(play));
    QVERIFY(QTest::qWaitFor([&] { return backend_->media(cover).has_value(); }, 10'000));
    // What is no video never gets a cover.
    const auto words = publish(ann, "hello", "a.mp4", "t");
    QVERIFY(words.has_value() && *words != *film);
    QVERIFY(QTest::qWaitFor([&] { return newest().id == *words; }, 10'000));
    const std::string text = newest().coverUrl.substr(prefix);
    clock.now += 5000;
    QVERIFY(backend_->media(newest().playUrl.substr(prefix)));
    late.mediaDelay.reset();
    QVERIFY2(open(late), error_.words.c_str());
    QVERIFY(!backend_->media(text));
    QVERIFY(backend_->media(cover));
}

// It ended between the answer and the film's moment.
void BackendMediaTest::lateMediaStayLateOverARestart() {
    FakeClock clock;
    const auto beforeItsClock = qScopeGuard([this] { backend_.reset(); });
    BackendConfig late = config();
    late.clock = &clock;
    QVERIFY2(open(late), error_.words.c_str());
    const Id ann = registerUser("ann");
    backend_.reset();
    const std::string film = "2026/01/01/900.mp4";
    {
        auto queue = SqliteQueue::open(config().dataDirectory / "queue.sqlite");
        QVERIFY(queue);
        const Upload upload{900, ann, "t", film, "2026/01/01/900.jpg", clock.now + 5000, true};
        const std::array<NewMessage, 1> message{
            {{.topic = Topic::Uploads, .write = 0, .at = 1, .body = encodeUpload(upload)}}};
        QVERIFY((*queue)->append(message).has_value());
    }
    const std::filesystem::path file = config().dataDirectory / "media" / film;
    std::filesystem::create_directories(file.parent_path());
    QVERIFY(writeFile(QString::fromStdString(file.string()), someVideo()));
    QVERIFY2(open(late), error_.words.c_str());
    QVERIFY(QTest::qWaitFor([&] { return !backend_->services().video.feed({}, 0)->videos.empty(); }, 10'000));
    QVERIFY(!backend_->media(film));
    clock.now += 5000;
    QVERIFY(backend_->media(film));
}

// An upload whose file is gone becomes a dead letter; with the file back it is published.
void BackendMediaTest::uploadsAreSentAgain() {
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

void BackendMediaTest::publishingAtOnce() {
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

void BackendMediaTest::leftoversOfACrashGo() {
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

void BackendMediaTest::filesOfOthersStay_data() {
    QTest::addColumn<QString>("folder");
    QTest::newRow("media") << "data/media";
    QTest::newRow("staging") << "data/staging";
    QTest::newRow("deep") << "data/media/2026/11/21";
}

// Somebody names a directory of their own, or the store was lost.
void BackendMediaTest::filesOfOthersStay() {
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

void BackendMediaTest::stagingThatIsALink() {
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

void BackendMediaTest::mediaNeverLeadOutside_data() {
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

void BackendMediaTest::mediaNeverLeadOutside() {
    QFETCH(std::string, path);
    QVERIFY2(open(), error_.words.c_str());
    QVERIFY(!backend_->media(path).has_value());
    QVERIFY(backend_->media("demo/avatars/01.png").has_value());
}

QTEST_GUILESS_MAIN(BackendMediaTest)
#include "backend_media_test.moc"
