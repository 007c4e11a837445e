// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The end of the program at every step of an upload. The parts that lead to the disk are wrapped: at the k-th
// step, before or after what it does, everything stops working, as after a kill. Then the directory is opened
// again as usual, and there must be the whole video or nothing, the first whenever it was promised.

#include "backend-sim/adapters/files/directory_object_store.h"
#include "backend-sim/adapters/sqlite/queue.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/backend.h"
#include "backend-sim/media/ffmpeg_inspector.h"
#include "backend-sim/services/uploads/publisher.h"
#include "tests/backend_sim/services/doubles.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

namespace {

namespace fs = std::filesystem;

// Deliberately no std::exception: nobody may treat it as an error among others.
struct Killed {};

class Life {
public:
    explicit Life(int steps) : left_(steps) {}
    void step() {
        if (over()) {
            throw Killed{};
        }
    }
    // For destructors, which must not throw. True: too late.
    bool over() {
        over_ = over_ || left_-- == 0;
        return over_;
    }
    [[nodiscard]] bool ended() const { return over_; }

private:
    int left_;
    bool over_ = false;
};

template <class Work>
auto lived(Life& life, Work work) {
    life.step();
    auto result = work();
    life.step();
    return result;
}

class MortalObjects final : public ObjectStore {
public:
    MortalObjects(DirectoryObjectStore& inner, Life& life) : inner_(inner), life_(life) {}
    std::string keyFor(contract::Id id, std::int64_t timeMs, std::string_view suffix) const override {
        return inner_.keyFor(id, timeMs, suffix);
    }
    std::expected<void, ObjectError> put(const fs::path& staged, std::string_view key) override {
        return lived(life_, [&] { return inner_.put(staged, key); });
    }
    std::optional<fs::path> find(std::string_view key) const override { return inner_.find(key); }
    void hideUntil(std::string_view key, std::int64_t timeMs, std::int64_t nowMs) override {
        inner_.hideUntil(key, timeMs, nowMs);
    }
    bool hidden(std::string_view key, std::int64_t nowMs) const override { return inner_.hidden(key, nowMs); }
    void remove(std::string_view key) override {
        if (!life_.over()) {
            inner_.remove(key);
        }
    }

private:
    DirectoryObjectStore& inner_;
    Life& life_;
};

class MortalQueue final : public MessageQueue {
public:
    MortalQueue(MessageQueue& inner, Life& life) : inner_(inner), life_(life) {}
    StoreResult<MessageId> append(std::span<const NewMessage> batch) override {
        return lived(life_, [&] { return inner_.append(batch); });
    }
    StoreResult<std::vector<Message>> read(Topic topic, MessageId after, std::size_t limit) override {
        return lived(life_, [&] { return inner_.read(topic, after, limit); });
    }
    StoreResult<void> acknowledge(Topic topic, std::span<const MessageId> done) override {
        return lived(life_, [&] { return inner_.acknowledge(topic, done); });
    }
    StoreResult<int> countFailure(Topic topic, MessageId id) override {
        return lived(life_, [&] { return inner_.countFailure(topic, id); });
    }
    StoreResult<bool> bury(Topic topic, MessageId id, std::string_view reason, std::int64_t at) override {
        return lived(life_, [&] { return inner_.bury(topic, id, reason, at); });
    }
    StoreResult<std::vector<DeadLetter>> deadLetters() override { return inner_.deadLetters(); }
    StoreResult<MessageId> resend(MessageId deadLetter) override { return inner_.resend(deadLetter); }
    std::size_t depth(Topic topic) const override { return inner_.depth(topic); }
    StoreResult<void> take(Topic topic, std::span<const MessageId> early) override {
        return inner_.take(topic, early);
    }
    StoreResult<void> settle(std::span<const MessageId> applied) override { return inner_.settle(applied); }
    StoreResult<std::vector<Message>> taken() override { return inner_.taken(); }

private:
    MessageQueue& inner_;
    Life& life_;
};

class MortalInspector final : public MediaInspector {
public:
    explicit MortalInspector(Life& life) : life_(life) {}
    std::expected<MediaFacts, MediaError> inspect(const fs::path& video, const fs::path& cover,
                                                  const Cancelled& cancelled) override {
        return lived(life_, [&] { return inner_.inspect(video, cover, cancelled); });
    }

private:
    FfmpegInspector inner_;
    Life& life_;
};

// Writes the row straight into the store.
class MortalWriter final : public Submit<PublishVideo> {
public:
    MortalWriter(Store& store, Life& life) : store_(store), life_(life) {}
    void submit(PublishVideo command, Done<contract::Id> done) override {
        lived(life_, [&] {
            VideoRow row;
            row.id = command.id;
            row.author = command.author;
            row.title = command.title;
            row.playKey = command.playKey;
            row.coverKey = command.coverKey;
            row.publishedAt = 1'800'000'000'000;
            return *store_.videos().exists(row.id) || *store_.videos().add(row);
        });
        done(command.id);
    }

private:
    Store& store_;
    Life& life_;
};

std::vector<fs::path> filesIn(const fs::path& directory) {
    std::vector<fs::path> files;
    if (fs::exists(directory)) {
        for (const auto& entry : fs::recursive_directory_iterator(directory)) {
            if (!entry.is_directory()) {
                files.push_back(entry.path());
            }
        }
    }
    return files;
}

}  // namespace

class UploadKillTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyStep_data();
    void everyStep();

private:
    static QString someVideo();
};

QString UploadKillTest::someVideo() {
    const QDir videos(qEnvironmentVariable("TIKGOK_TEST_RESOURCES") + QStringLiteral("/media/videos"));
    const QStringList names =
        videos.entryList({QStringLiteral("*.mp4")}, QDir::Files, QDir::Size | QDir::Reversed);
    return names.isEmpty() ? QString() : videos.filePath(names.first());
}

void UploadKillTest::everyStep_data() {
    QTest::addColumn<bool>("reference");
    QTest::addColumn<bool>("video");
    QTest::newRow("standard") << false << true;
    QTest::newRow("standard, not a video") << false << false;
    QTest::newRow("tikgok") << true << true;
    QTest::newRow("tikgok, not a video") << true << false;
}

void UploadKillTest::everyStep() {
    QFETCH(bool, reference);
    QFETCH(bool, video);
    int published = 0;
    int nothing = 0;
    bool died = true;
    int steps = 0;
    for (; died; ++steps) {
        QVERIFY2(steps < 100, "an upload has no end");
        const QTemporaryDir temporary;
        BackendConfig config;
        config.dataDirectory = fs::path(temporary.path().toStdString()) / "data";
        config.world = "empty";
        config.passwordCost = {1, 8192};
        contract::Id ann = 0;
        {
            auto backend = Backend::open(config);
            QVERIFY(backend);
            ann = *waitFor<contract::Id>([&](Done<contract::Id> done) {
                (*backend)->services().user.registerUser({}, "ann", "secret", std::move(done));
            });
        }
        bool promised = false;
        std::size_t waiting = 0;
        bool row = false;
        {
            Life life(steps);
            auto store = SqliteStore::open(config.dataDirectory / "store.sqlite");
            auto queue = SqliteQueue::open(config.dataDirectory / "queue.sqlite");
            QVERIFY(store && queue);
            DirectoryObjectStore directory(config.dataDirectory / "media");
            MortalObjects objects(directory, life);
            MortalQueue mortalQueue(**queue, life);
            MortalInspector inspector(life);
            MortalWriter writer(**store, life);
            FakeExecutor executor;
            FakeClock clock;
            NoTelemetry telemetry;
            class Ids final : public IdGenerator {
            public:
                contract::Id next() override { return 77; }
                contract::Id bound() const override { return 78; }
            } ids;
            UploadProcessor processor({writer, inspector, objects, config.dataDirectory / "staging", {}});
            UploadConsumer consumer({mortalQueue, processor, clock, telemetry, {}, {}});
            Publisher publisher({consumer, objects, executor, ids, clock, {}});
            RequestContext context;
            context.caller = ann;
            context.policy = reference ? &kTikgokPolicy : &kStandardPolicy;
            const fs::path staged = config.dataDirectory / "staging" / "upload";
            if (video) {
                QVERIFY(QFile::copy(someVideo(), QString::fromStdString(staged.string())));
            } else {
                QFile file(QString::fromStdString(staged.string()));
                QVERIFY(file.open(QIODevice::WriteOnly) && file.write("no video") == 8);
            }
            Answer<contract::Id> answer;
            try {
                publisher.publish(context, {staged, "a.mp4"}, "t", answer.done());
                executor.runAll();
                while (consumer.step()) {
                }
            } catch (const Killed&) {
            }
            died = life.ended();
            promised = answer.good();
            waiting = (*queue)->depth(Topic::Uploads);
            row = *(*store)->videos().exists(77);
            consumer.close();
        }
        // Once more, as always.
        auto backend = Backend::open(config);
        QVERIFY(backend);
        const auto feed = [&] { return (*backend)->services().video.feed({}, 0)->videos; };
        const auto files = [&] { return filesIn(config.dataDirectory / "media"); };
        const bool expected = row || (waiting > 0 && (video || reference));
        const std::size_t objects = video ? 2 : 1;
        // Promised is promised.
        QVERIFY2(!promised || expected, qPrintable(QStringLiteral("step %1").arg(steps)));
        const bool settled = QTest::qWaitFor(
            [&] {
                const auto videos = feed();
                return expected       ? videos.size() == 1 && files().size() == objects
                       : waiting == 0 ? true
                                      : files().empty();
            },
            10'000);
        QVERIFY2(settled, qPrintable(QStringLiteral("step %1: %2 videos, %3 files")
                                         .arg(steps)
                                         .arg(feed().size())
                                         .arg(files().size())));
        (*backend)->shutdown();
        QCOMPARE(feed().size(), std::size_t(expected ? 1 : 0));
        QCOMPARE(files().size(), expected ? objects : 0);
        QVERIFY(filesIn(config.dataDirectory / "staging").empty());
        backend->reset();
        // What was not done yet when it ended is done after the next start.
        const auto left = [&] {
            return (*SqliteQueue::open(config.dataDirectory / "queue.sqlite"))->depth(Topic::Uploads);
        };
        const bool emptied = QTest::qWaitFor(
            [&] {
                if (left() == 0) {
                    return true;
                }
                const auto again = Backend::open(config);
                QTest::qWait(20);
                return false;
            },
            10'000);
        QVERIFY(emptied);
        QVERIFY((*SqliteQueue::open(config.dataDirectory / "queue.sqlite"))->deadLetters()->empty());
        QCOMPARE(files().size(), expected ? objects : 0);
        (expected ? published : nothing) += 1;
    }
    // Without both there were no steps where it matters.
    QVERIFY2(steps > 8, qPrintable(QString::number(steps)));
    QVERIFY(nothing > 0);
    QCOMPARE(published > 0, video || reference);
}

QTEST_GUILESS_MAIN(UploadKillTest)
#include "upload_kill_test.moc"
