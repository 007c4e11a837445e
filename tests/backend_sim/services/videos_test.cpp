// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The feed and publishing, with doubles of all neighbours.

#include "backend-sim/services/videos.h"

#include "backend-sim/adapters/memory/memory_store.h"
#include "tests/backend_sim/services/doubles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <set>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

namespace {

class FakeInspector final : public MediaInspector {
public:
    std::expected<MediaFacts, MediaError> inspect(const std::filesystem::path& video,
                                                  const std::filesystem::path& cover,
                                                  const Cancelled& cancelled) override {
        ++calls;
        if (duringWork) {
            duringWork();
        }
        if (cancelled()) {
            return std::unexpected(MediaError{MediaError::Kind::Cancelled, "cancelled"});
        }
        if (error) {
            return std::unexpected(*error);
        }
        if (!std::filesystem::exists(video)) {
            return std::unexpected(MediaError{MediaError::Kind::Io, "no file"});
        }
        QFile file(QString::fromStdString(cover.string()));
        if (!file.open(QIODevice::WriteOnly) || file.write("cover") != 5) {
            return std::unexpected(MediaError{MediaError::Kind::Io, "cannot write"});
        }
        return MediaFacts{540, 960, 8000, "h264"};
    }

    int calls = 0;
    std::optional<MediaError> error;
    std::function<void()> duringWork;
};

class FakeObjects final : public ObjectStore {
public:
    std::expected<std::string, ObjectError> put(const std::filesystem::path& staged, contract::Id id,
                                                std::int64_t timeMs, std::string_view suffix) override {
        if (suffix == failFor) {
            return std::unexpected(ObjectError{"full"});
        }
        lastTime = timeMs;
        std::filesystem::remove(staged);
        std::string key = "day/" + std::to_string(id) + "." + std::string(suffix);
        keys.insert(key);
        return key;
    }
    std::optional<std::filesystem::path> find(std::string_view) const override { return std::nullopt; }
    void remove(std::string_view key) override { keys.erase(std::string(key)); }

    std::string failFor;
    std::int64_t lastTime = 0;
    std::set<std::string> keys;
};

class FakeIds final : public IdGenerator {
public:
    contract::Id next() override { return next_++; }
    contract::Id bound() const override { return next_; }

private:
    contract::Id next_ = 500;
};

}  // namespace

class VideosTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void feedBounds_data();
    void feedBounds();
    void feedOfTheReference_data();
    void feedOfTheReference();
    void feedShowsWhatTheCallerLikes();
    void emptyFeed();
    void pageSize();
    void published();
    void publishing();
    void titles_data();
    void titles();
    void suffixes_data();
    void suffixes();
    void failuresLeaveNothing_data();
    void failuresLeaveNothing();
    void nobodyWaits();
    void cancelledWhileInspecting();

private:
    void makeService(std::size_t pageSize = 30);
    std::filesystem::path stage();
    bool stagingIsEmpty() const {
        return directory_->isValid() && std::filesystem::is_empty(directory_->path().toStdString());
    }

    RequestContext context_;
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<MemoryStore> store_;
    std::unique_ptr<FakeInspector> inspector_;
    std::unique_ptr<FakeObjects> objects_;
    FakeSubmit<PublishVideo> writer_;
    FakeExecutor executor_;
    FakeIds ids_;
    FakeClock clock_;
    FakeUrls urls_;
    std::unique_ptr<Videos> videos_;
};

void VideosTest::init() {
    context_ = {};
    context_.caller = 1;
    directory_ = std::make_unique<QTemporaryDir>();
    store_ = std::make_unique<MemoryStore>();
    inspector_ = std::make_unique<FakeInspector>();
    objects_ = std::make_unique<FakeObjects>();
    writer_ = {};
    writer_.answer = 42;
    executor_.full = false;
    executor_.waiting.clear();
    makeService();
    UserRow ann;
    ann.id = 1;
    ann.name = "ann";
    QVERIFY(*store_->users().add(ann));
    // 40 videos, one second apart, the newest ten seconds old.
    for (int i = 0; i < 40; ++i) {
        VideoRow row;
        row.id = 100 + i;
        row.author = 1;
        row.playKey = "p";
        row.publishedAt = clock_.nowMs() - 10'000 - std::int64_t{i} * 1000;
        QVERIFY(*store_->videos().add(row));
    }
}

void VideosTest::makeService(std::size_t pageSize) {
    videos_ = std::make_unique<Videos>(Videos::Needs{
        *store_, writer_, *inspector_, *objects_, executor_, ids_, clock_, urls_, {}, pageSize});
}

std::filesystem::path VideosTest::stage() {
    const QString name = directory_->filePath(QStringLiteral("upload"));
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write("video") != 5) {
        return {};
    }
    return name.toStdString();
}

void VideosTest::feedBounds_data() {
    const std::int64_t now = FakeClock().nowMs();
    QTest::addColumn<qint64>("latest");
    QTest::addColumn<int>("count");
    QTest::addColumn<qint64>("first");
    const auto row = [](const char* name, std::int64_t latest, int count, std::int64_t first) {
        QTest::newRow(name) << qint64{latest} << count << qint64{first};
    };
    row("absent", 0, 30, 100);
    row("negative", -5, 30, 100);
    row("smallest", std::numeric_limits<std::int64_t>::min(), 30, 100);
    row("future", now + 1'000'000, 30, 100);
    row("largest", std::numeric_limits<std::int64_t>::max(), 30, 100);
    row("now", now, 30, 100);
    row("strictly below the newest", now - 10'000, 30, 101);
    row("one later", now - 10'000 + 1, 30, 100);
    row("seconds", now / 1000 - 10, 30, 101);
    row("microseconds", (now - 12'000) * 1000, 30, 103);
    row("nanoseconds", (now - 12'000) * 1'000'000, 30, 103);
    row("near the end", now - 10'000 - 37'000, 2, 138);
    row("at the end", now - 10'000 - 39'000, 0, 0);
    row("long ago", 1000, 0, 0);
}

void VideosTest::feedBounds() {
    QFETCH(qint64, latest);
    QFETCH(int, count);
    QFETCH(qint64, first);
    const auto slice = videos_->feed(context_, latest);
    QVERIFY(slice.has_value());
    QCOMPARE(static_cast<int>(slice->videos.size()), count);
    if (count == 0) {
        QCOMPARE(slice->nextTime, clock_.nowMs());
        return;
    }
    QCOMPARE(slice->videos.front().id, first);
    QCOMPARE(slice->nextTime, (**store_->videos().find(slice->videos.back().id)).publishedAt);
    QCOMPARE(slice->videos.front().playUrl, std::string("http://sim/static/p"));
    QCOMPARE(slice->videos.front().author.name, std::string("ann"));
    QCOMPARE(slice->videos.front().author.workCount, 40);
}

void VideosTest::feedOfTheReference_data() {
    constexpr std::int64_t kMs = 1'000'000;
    const std::int64_t newest = FakeClock().nowMs() - 10'000;
    QTest::addColumn<qint64>("latest");
    QTest::addColumn<int>("count");
    QTest::addColumn<qint64>("first");
    const auto row = [](const char* name, std::int64_t latest, int count, std::int64_t first) {
        QTest::newRow(name) << qint64{latest} << count << qint64{first};
    };
    row("absent", 0, 10, 100);
    row("negative", -1, 10, 100);
    row("largest", std::numeric_limits<std::int64_t>::max(), 10, 100);
    row("at the newest", newest * kMs, 10, 100);
    row("a nanosecond before the newest", newest * kMs - 1, 10, 101);
    row("a nanosecond after the newest", newest * kMs + 1, 10, 100);
    row("the last page begins with the last of the one before", (newest - 36'000) * kMs, 4, 136);
    row("at the oldest", (newest - 39'000) * kMs, 1, 139);
    row("before the oldest", (newest - 39'000) * kMs - 1, 0, 0);
    row("milliseconds are long ago", newest, 0, 0);
    row("seconds are long ago", newest / 1000, 0, 0);
}

void VideosTest::feedOfTheReference() {
    QFETCH(qint64, latest);
    QFETCH(int, count);
    QFETCH(qint64, first);
    context_.policy = &kTikgokPolicy;
    const auto slice = videos_->feed(context_, latest);
    QCOMPARE(static_cast<int>(slice->videos.size()), count);
    QCOMPARE(count == 0 ? 0 : slice->videos.front().id, first);
    QVERIFY(videos_->publishedBy(context_, 1234)->empty());
}

void VideosTest::feedShowsWhatTheCallerLikes() {
    QVERIFY(*store_->favorites().set(1, 100, true, 1));
    QVERIFY(videos_->feed(context_, 0)->videos[0].isFavorite);
    QVERIFY(!videos_->feed(context_, 0)->videos[1].isFavorite);
    QVERIFY(!videos_->feed(RequestContext(), 0)->videos[0].isFavorite);
    QCOMPARE(videos_->feed(RequestContext(), 0)->videos[0].favoriteCount, 1);
}

void VideosTest::emptyFeed() {
    store_ = std::make_unique<MemoryStore>();
    makeService();
    const auto slice = videos_->feed(context_, 0);
    QVERIFY(slice.has_value());
    QVERIFY(slice->videos.empty());
    QCOMPARE(slice->nextTime, clock_.nowMs());
}

void VideosTest::pageSize() {
    makeService(3);
    QCOMPARE(videos_->feed(context_, 0)->videos.size(), std::size_t{3});
}

void VideosTest::published() {
    const auto own = videos_->publishedBy(context_, 0);
    QVERIFY(own.has_value());
    QCOMPARE(own->size(), std::size_t{40});
    QCOMPARE(own->front().id, contract::Id{100});
    QCOMPARE(*videos_->publishedBy(RequestContext(), 1), *own);
    QCOMPARE(videos_->publishedBy(context_, 99).error(), contract::kUserNotFound);
    QCOMPARE(videos_->publishedBy(context_, -1).error(), contract::kUserNotFound);
}

void VideosTest::publishing() {
    Answer<contract::Id> answer;
    videos_->publish(context_, {stage(), "../../My Film.MP4"}, "标题", answer.done());
    QCOMPARE(inspector_->calls, 0);
    executor_.runAll();
    QVERIFY(answer.good());
    QCOMPARE(*answer.get(), contract::Id{42});
    QCOMPARE(writer_.commands.size(), std::size_t{1});
    const PublishVideo& command = writer_.commands[0];
    QCOMPARE(command.author, contract::Id{1});
    QCOMPARE(command.title, std::string("标题"));
    // Named after the id, never after the client's file.
    QCOMPARE(command.playKey, "day/" + std::to_string(command.id) + ".mp4");
    QCOMPARE(command.coverKey, "day/" + std::to_string(command.id) + ".jpg");
    QCOMPARE(objects_->keys, (std::set<std::string>{command.playKey, command.coverKey}));
    QCOMPARE(objects_->lastTime, clock_.nowMs());
    QVERIFY(stagingIsEmpty());
}

void VideosTest::titles_data() {
    QTest::addColumn<std::string>("title");
    QTest::newRow("empty") << std::string();
    QTest::newRow("33 characters") << std::string(33, 't');
    QTest::newRow("bad utf-8") << std::string("\xFF");
}

void VideosTest::titles() {
    QFETCH(std::string, title);
    Answer<contract::Id> answer;
    // The title is looked at before the suffix.
    videos_->publish(context_, {stage(), "x.txt"}, title, answer.done());
    QCOMPARE(answer.failure(), contract::kParamsErr);
    QVERIFY(stagingIsEmpty());
    QCOMPARE(inspector_->calls, 0);
}

void VideosTest::suffixes_data() {
    QTest::addColumn<std::string>("name");
    QTest::addColumn<bool>("good");
    for (const auto suffix : contract::kVideoSuffixes) {
        QTest::newRow(std::string(suffix).c_str()) << "a." + std::string(suffix) << true;
    }
    QTest::newRow("upper case") << std::string("A.MoV") << true;
    QTest::newRow("two dots") << std::string("a.exe.mp4") << true;
    for (const char* bad : {"", "mp4", "a.", "a.mp4.", "a.mp4 ", "a.txt", "a.mkv", "a.mp4/b", "."}) {
        QTest::newRow(("bad: " + std::string(bad)).c_str()) << std::string(bad) << false;
    }
    QTest::newRow("nul") << std::string("a.mp4\0", 6) << false;
}

void VideosTest::suffixes() {
    QFETCH(std::string, name);
    QFETCH(bool, good);
    Answer<contract::Id> answer;
    videos_->publish(context_, {stage(), name}, "t", answer.done());
    executor_.runAll();
    QCOMPARE(answer.good(), good);
    if (!good) {
        QCOMPARE(answer.failure(), contract::kServiceErr);
    }
    QVERIFY(stagingIsEmpty());
}

void VideosTest::failuresLeaveNothing_data() {
    QTest::addColumn<QString>("where");
    for (const char* where : {"no room", "not a video", "too large", "cannot store video",
                              "cannot store cover", "cannot write row", "caller is gone"}) {
        QTest::newRow(where) << QString::fromLatin1(where);
    }
}

void VideosTest::failuresLeaveNothing() {
    QFETCH(QString, where);
    contract::Failure expected = contract::kServiceErr;
    if (where == QStringLiteral("no room")) {
        executor_.full = true;
    } else if (where == QStringLiteral("not a video")) {
        inspector_->error = MediaError{MediaError::Kind::NotAVideo, "text"};
    } else if (where == QStringLiteral("too large")) {
        inspector_->error = MediaError{MediaError::Kind::TooLarge, "large"};
    } else if (where == QStringLiteral("cannot store video")) {
        objects_->failFor = "mp4";
    } else if (where == QStringLiteral("cannot store cover")) {
        objects_->failFor = "jpg";
    } else if (where == QStringLiteral("cannot write row")) {
        writer_.answer = std::unexpected(contract::kServiceErr);
    } else {
        writer_.answer = std::unexpected(contract::kUserNotFound);
        expected = contract::kUserNotFound;
    }
    Answer<contract::Id> answer;
    videos_->publish(context_, {stage(), "a.mp4"}, "t", answer.done());
    executor_.runAll();
    QCOMPARE(answer.failure(), expected);
    QVERIFY(stagingIsEmpty());
    QVERIFY(objects_->keys.empty());
}

void VideosTest::nobodyWaits() {
    context_.deadline = clock_.steady + std::chrono::seconds(1);
    Answer<contract::Id> answer;
    videos_->publish(context_, {stage(), "a.mp4"}, "t", answer.done());
    clock_.steady += std::chrono::seconds(2);
    executor_.runAll();
    QCOMPARE(answer.failure(), contract::kServiceErr);
    QCOMPARE(inspector_->calls, 0);
    QVERIFY(stagingIsEmpty());
}

void VideosTest::cancelledWhileInspecting() {
    std::stop_source source;
    context_.cancelled = source.get_token();
    inspector_->duringWork = [&source] { source.request_stop(); };
    Answer<contract::Id> answer;
    videos_->publish(context_, {stage(), "a.mp4"}, "t", answer.done());
    executor_.runAll();
    QCOMPARE(answer.failure(), contract::kServiceErr);
    QVERIFY(writer_.commands.empty());
    QVERIFY(stagingIsEmpty());
}

QTEST_GUILESS_MAIN(VideosTest)
#include "videos_test.moc"
