// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Publishing from the staged file to the answer, with doubles of all neighbours: every error, every retry,
// the end of the program, and threads.

#include "backend-sim/adapters/memory/memory_queue.h"
#include "backend-sim/services/uploads/publisher.h"
#include "backend-sim/services/uploads/recovery.h"
#include "backend-sim/services/write/change_codec.h"
#include "core/contract/endpoints.h"
#include "tests/backend_sim/services/doubles.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <new>
#include <set>
#include <stdexcept>
#include <thread>

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
        while (untilCancelled && !cancelled()) {
            std::this_thread::yield();
        }
        if (cancelled()) {
            return std::unexpected(MediaError{MediaError::Kind::Cancelled, "cancelled"});
        }
        if (error && failures-- > 0) {
            return std::unexpected(*error);
        }
        looked = video;
        std::ofstream(cover) << "cover";
        return MediaFacts{540, 960, 8000, "h264"};
    }

    std::atomic<int> calls = 0;
    std::optional<MediaError> error;
    // How often `error` strikes.
    int failures = 1'000'000;
    std::filesystem::path looked;
    std::function<void()> duringWork;
    // Works until it is told to stop.
    bool untilCancelled = false;
};

class FakeObjects final : public ObjectStore {
public:
    std::string keyFor(contract::Id id, std::int64_t timeMs, std::string_view suffix) const override {
        return std::to_string(timeMs) + "/" + std::to_string(id) + "." + std::string(suffix);
    }
    std::expected<void, ObjectError> put(const std::filesystem::path& staged, std::string_view key) override {
        const std::lock_guard lock(mutex);
        if (!failFor.empty() && key.ends_with(failFor) && failures-- > 0) {
            return std::unexpected(ObjectError{"full"});
        }
        if (!std::filesystem::remove(staged) || !keys.insert(std::string(key)).second) {
            return std::unexpected(ObjectError{"no file, or there already"});
        }
        if (afterPut) {
            afterPut();
        }
        return {};
    }
    std::optional<std::filesystem::path> find(std::string_view key) const override {
        const std::lock_guard lock(mutex);
        return keys.contains(std::string(key)) ? std::optional(std::filesystem::path("objects") / key)
                                               : std::nullopt;
    }
    void hideUntil(std::string_view key, std::int64_t timeMs, std::int64_t /*nowMs*/) override {
        hiding[std::string(key)] = timeMs;
    }
    bool hidden(std::string_view /*key*/, std::int64_t /*nowMs*/) const override { return false; }
    void remove(std::string_view key) override {
        const std::lock_guard lock(mutex);
        keys.erase(std::string(key));
    }

    std::string failFor;
    int failures = 1'000'000;
    std::set<std::string> keys;
    std::map<std::string, std::int64_t> hiding;
    std::function<void()> afterPut;

private:
    mutable std::mutex mutex;
};

class FakePictures final : public PictureMaker {
public:
    std::expected<void, MediaError> recode(const std::filesystem::path& /*from*/,
                                           const std::filesystem::path& to) override {
        if (error) {
            return std::unexpected(*error);
        }
        std::ofstream(to) << "picture";
        return {};
    }
    std::optional<MediaError> error;
};

class FakeIds final : public IdGenerator {
public:
    contract::Id next() override { return next_++; }
    contract::Id bound() const override { return next_; }

private:
    std::atomic<contract::Id> next_ = 500;
};

// A queue whose operations can fail.
class FlakyQueue final : public MessageQueue {
public:
    StoreResult<MessageId> append(std::span<const NewMessage> batch) override {
        return failAppend ? StoreResult<MessageId>(bad()) : inner.append(batch);
    }
    StoreResult<std::vector<Message>> read(Topic topic, MessageId after, std::size_t limit) override {
        return failRead ? StoreResult<std::vector<Message>>(bad()) : inner.read(topic, after, limit);
    }
    StoreResult<void> acknowledge(Topic topic, std::span<const MessageId> done) override {
        if (throwAcknowledge) {
            throw std::bad_alloc();
        }
        return failAcknowledge ? StoreResult<void>(bad()) : inner.acknowledge(topic, done);
    }
    StoreResult<int> countFailure(Topic topic, MessageId id) override {
        return failCount ? StoreResult<int>(bad()) : inner.countFailure(topic, id);
    }
    StoreResult<bool> bury(Topic topic, MessageId id, std::string_view reason, std::int64_t at) override {
        return failBury ? StoreResult<bool>(bad()) : inner.bury(topic, id, reason, at);
    }
    StoreResult<std::vector<DeadLetter>> deadLetters() override {
        return failDeadLetters ? StoreResult<std::vector<DeadLetter>>(bad()) : inner.deadLetters();
    }
    StoreResult<MessageId> resend(MessageId deadLetter) override { return inner.resend(deadLetter); }
    std::size_t depth(Topic topic) const override { return inner.depth(topic); }
    StoreResult<void> take(Topic topic, std::span<const MessageId> early) override {
        return inner.take(topic, early);
    }
    StoreResult<void> settle(std::span<const MessageId> applied) override { return inner.settle(applied); }
    StoreResult<std::vector<Message>> taken() override { return inner.taken(); }

    bool failAppend = false;
    bool failRead = false;
    bool failAcknowledge = false;
    bool throwAcknowledge = false;
    bool failDeadLetters = false;
    bool failCount = false;
    bool failBury = false;
    MemoryQueue inner;

private:
    static std::unexpected<StoreError> bad() {
        return std::unexpected(StoreError{StoreError::Kind::Io, "disk"});
    }
};

}  // namespace

class UploadsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void messages();
    void damagedMessages_data();
    void damagedMessages();
    void publishing();
    void titles_data();
    void titles();
    void suffixes_data();
    void suffixes();
    void refusedForGood_data();
    void refusedForGood();
    void notAccepted_data();
    void notAccepted();
    void triedAgain_data();
    void triedAgain();
    void fiveFailures_data();
    void fiveFailures();
    void deadLettersCanBeSentAgain();
    void pausesGrow();
    void queueFailures_data();
    void queueFailures();
    void unreadableQueueIsSaidOnce();
    void interruptedWorkIsDoneLater();
    void held();
    void coversThatCame_data();
    void coversThatCame();
    void coversWithoutAMaker();
    void whatAnEarlierRunLeft();
    void nobodyWaits_data();
    void nobodyWaits();
    void likeTheReference();
    void likeTheReferenceWithoutAVideo();
    void likeTheReferenceWithoutRoom();
    void redelivered_data();
    void redelivered();
    void fileIsGone();
    void inspectorThrows_data();
    void inspectorThrows();
    void closing();
    void closingFinishesWhatSomebodyWaitsFor();
    void manyAtOnce();

private:
    void makeParts(UploadConsumer::Limits limits = {});
    // With a picture of one's own.
    void publishWithCover(Answer<contract::Id>& answer) {
        StagedUpload upload = stage();
        upload.cover = stage().file;
        publisher_->publish(context_, std::move(upload), "t", answer.done());
        executor_.runAll();
    }
    StagedUpload stage(const std::string& name = "a.mp4");
    void publish(Answer<contract::Id>& answer, const std::string& name = "a.mp4") {
        publisher_->publish(context_, stage(name), "t", answer.done());
        executor_.runAll();
    }
    // Works on what is due, then lets time pass until nothing is left to do.
    void workOff();
    bool stagingIsEmpty() const { return std::filesystem::is_empty(directory_->path().toStdString()); }
    static Policy policyLikeReference() { return kTikgokPolicy; }

    RequestContext context_;
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<FlakyQueue> queue_;
    std::unique_ptr<FakeInspector> inspector_;
    std::unique_ptr<FakeObjects> objects_;
    FakePictures pictures_;
    std::atomic<int> logged_ = 0;
    FakeSubmit<PublishVideo> writer_;
    FakeExecutor executor_;
    FakeIds ids_;
    FakeClock clock_;
    CountingTelemetry telemetry_;
    std::unique_ptr<UploadProcessor> processor_;
    std::unique_ptr<UploadConsumer> consumer_;
    std::unique_ptr<Publisher> publisher_;
};

void UploadsTest::init() {
    context_ = {};
    context_.caller = 1;
    directory_ = std::make_unique<QTemporaryDir>();
    queue_ = std::make_unique<FlakyQueue>();
    inspector_ = std::make_unique<FakeInspector>();
    objects_ = std::make_unique<FakeObjects>();
    writer_ = {};
    writer_.answer = 42;
    pictures_.error.reset();
    logged_ = 0;
    executor_.full = false;
    executor_.waiting.clear();
    makeParts();
}

void UploadsTest::makeParts(UploadConsumer::Limits limits) {
    publisher_.reset();
    consumer_.reset();
    processor_ = std::make_unique<UploadProcessor>(
        UploadProcessor::Needs{writer_, *inspector_, *objects_, directory_->path().toStdString(), {}});
    consumer_ = std::make_unique<UploadConsumer>(UploadConsumer::Needs{
        *queue_, *processor_, clock_, telemetry_, [this](LogLevel, std::string_view) { ++logged_; }, limits});
    publisher_ = std::make_unique<Publisher>(
        Publisher::Needs{*consumer_, *objects_, executor_, ids_, clock_, {}, &telemetry_, &pictures_});
}

StagedUpload UploadsTest::stage(const std::string& name) {
    static int count = 0;
    const std::filesystem::path file =
        std::filesystem::path(directory_->path().toStdString()) / ("upload" + std::to_string(++count));
    std::ofstream(file) << "video";
    return {file, name};
}

void UploadsTest::workOff() {
    for (int i = 0; i < 50; ++i) {
        while (consumer_->step()) {
        }
        clock_.steady += std::chrono::seconds(1);
    }
}

void UploadsTest::messages() {
    const Upload upload{9'223'372'036'854'775'807, 5, "a\nb\n标题", "2026/1.mp4", "2026/1.jpg", 77, false};
    QCOMPARE(*decodeUpload(encodeUpload(upload)), upload);
    const Upload plain{1, 2, "", "p", "c", 0, true};
    QCOMPARE(*decodeUpload(encodeUpload(plain)), plain);
}

void UploadsTest::damagedMessages_data() {
    QTest::addColumn<std::string>("body");
    const std::string good = encodeUpload({1, 2, "t", "p", "c", 0, true});
    QTest::newRow("empty") << std::string();
    QTest::newRow("other format") << "upload 2" + good.substr(8);
    QTest::newRow("cut") << good.substr(0, 12);
    QTest::newRow("id no number") << std::string("upload 1\nx\n2\n0\n1\np\nc\nt");
    QTest::newRow("id zero") << std::string("upload 1\n0\n2\n0\n1\np\nc\nt");
    QTest::newRow("id too large") << std::string("upload 1\n9223372036854775808\n2\n0\n1\np\nc\nt");
    QTest::newRow("flag") << std::string("upload 1\n1\n2\n0\n4\np\nc\nt");
    QTest::newRow("no key") << std::string("upload 1\n1\n2\n0\n1\n\nc\nt");
    QTest::newRow("no cover") << std::string("upload 1\n1\n2\n0\n1\np\n\nt");
}

void UploadsTest::damagedMessages() {
    QFETCH(std::string, body);
    QVERIFY(!decodeUpload(body));
    const std::array<NewMessage, 1> message{{{.topic = Topic::Uploads, .write = 0, .at = 0, .body = body}}};
    QVERIFY(queue_->append(message).has_value());
    workOff();
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    const auto dead = *queue_->deadLetters();
    QCOMPARE(dead.size(), std::size_t{1});
    QCOMPARE(dead[0].reason, std::string("the message cannot be read"));
    QCOMPARE(inspector_->calls.load(), 0);
}

void UploadsTest::publishing() {
    Answer<contract::Id> answer;
    publisher_->publish(context_, stage("../../My Film.MP4"), "标题", answer.done());
    QVERIFY(objects_->keys.empty());
    executor_.runAll();
    // Durable, and not answered yet.
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{1});
    QCOMPARE(answer.count, 0);
    QVERIFY(consumer_->step());
    QVERIFY(answer.good());
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    QCOMPARE(writer_.commands.size(), std::size_t{1});
    const PublishVideo& command = writer_.commands[0];
    QCOMPARE(*answer.get(), command.id);
    QCOMPARE(command.author, contract::Id{1});
    QCOMPARE(command.title, std::string("标题"));
    // Named after the id, never after the client's file.
    const std::string day = std::to_string(clock_.nowMs()) + "/" + std::to_string(command.id);
    QCOMPARE(command.playKey, day + ".mp4");
    QCOMPARE(command.coverKey, day + ".jpg");
    QCOMPARE(objects_->keys, (std::set<std::string>{command.playKey, command.coverKey}));
    QCOMPARE(inspector_->looked, std::filesystem::path("objects") / command.playKey);
    QVERIFY(objects_->hiding.empty());
    QVERIFY(stagingIsEmpty());
    QVERIFY(!consumer_->step());
}

void UploadsTest::titles_data() {
    QTest::addColumn<std::string>("title");
    QTest::newRow("empty") << std::string();
    QTest::newRow("33 characters") << std::string(33, 't');
    QTest::newRow("bad utf-8") << std::string("\xFF");
}

void UploadsTest::titles() {
    QFETCH(std::string, title);
    Answer<contract::Id> answer;
    // The title is looked at before the suffix.
    publisher_->publish(context_, stage("x.txt"), title, answer.done());
    QCOMPARE(answer.failure(), contract::kParamsErr);
    QVERIFY(stagingIsEmpty());
    QVERIFY(executor_.waiting.empty());
}

void UploadsTest::suffixes_data() {
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

void UploadsTest::suffixes() {
    QFETCH(std::string, name);
    QFETCH(bool, good);
    Answer<contract::Id> answer;
    publish(answer, name);
    workOff();
    QCOMPARE(answer.good(), good);
    if (!good) {
        QCOMPARE(answer.failure(), contract::kServiceErr);
    }
    QVERIFY(stagingIsEmpty());
    // The official demo server takes everything.
    context_.policy = &kDemoPolicy;
    Answer<contract::Id> demo;
    publish(demo, name);
    workOff();
    QVERIFY(demo.good());
}

void UploadsTest::refusedForGood_data() {
    QTest::addColumn<int>("kind");
    QTest::newRow("not a video") << static_cast<int>(MediaError::Kind::NotAVideo);
    QTest::newRow("too large") << static_cast<int>(MediaError::Kind::TooLarge);
    QTest::newRow("took too long") << static_cast<int>(MediaError::Kind::TimedOut);
    QTest::newRow("author is gone") << -1;
}

void UploadsTest::refusedForGood() {
    QFETCH(int, kind);
    contract::Failure expected = contract::kServiceErr;
    if (kind < 0) {
        writer_.answer = std::unexpected(contract::kUserNotFound);
        expected = contract::kUserNotFound;
    } else {
        inspector_->error = MediaError{static_cast<MediaError::Kind>(kind), "words"};
    }
    Answer<contract::Id> answer;
    publish(answer);
    QVERIFY(consumer_->step());
    QCOMPARE(answer.failure(), expected);
    workOff();
    // Once, and nothing is left: no file, no message, no dead letter.
    QCOMPARE(inspector_->calls.load(), 1);
    QCOMPARE(writer_.commands.size(), std::size_t(kind < 0 ? 1 : 0));
    QVERIFY(objects_->keys.empty());
    QVERIFY(stagingIsEmpty());
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    QVERIFY(queue_->deadLetters()->empty());
}

void UploadsTest::notAccepted_data() {
    QTest::addColumn<QString>("where");
    QTest::addColumn<int>("retryAfter");
    QTest::newRow("no thread") << QStringLiteral("no thread") << 1;
    QTest::newRow("queue full") << QStringLiteral("queue full") << 1;
    QTest::newRow("cannot store") << QStringLiteral("cannot store") << 0;
    QTest::newRow("cannot append") << QStringLiteral("cannot append") << 0;
    QTest::newRow("closed") << QStringLiteral("closed") << 0;
}

void UploadsTest::notAccepted() {
    QFETCH(QString, where);
    QFETCH(int, retryAfter);
    for (const Policy* policy : {&kStandardPolicy, &kTikgokPolicy}) {
        init();
        context_.policy = policy;
        std::size_t waiting = 0;
        std::array<Answer<contract::Id>, 2> before;
        if (where == QStringLiteral("no thread")) {
            executor_.full = true;
        } else if (where == QStringLiteral("queue full")) {
            makeParts({.waiting = 2});
            publish(before[0]);
            publish(before[1]);
            waiting = 2;
        } else if (where == QStringLiteral("cannot store")) {
            objects_->failFor = "mp4";
        } else if (where == QStringLiteral("cannot append")) {
            queue_->failAppend = true;
        } else {
            consumer_->close();
        }
        Answer<contract::Id> answer;
        publish(answer);
        QVERIFY(answer.came() && !answer.good());
        QCOMPARE(answer.failure().code, contract::Code::Service);
        QCOMPARE(answer.failure().retryAfter, retryAfter);
        QVERIFY(stagingIsEmpty());
        QCOMPARE(objects_->keys.size(), waiting);
        QCOMPARE(queue_->depth(Topic::Uploads), waiting);
        // Before the answers go.
        consumer_.reset();
    }
}

void UploadsTest::triedAgain_data() {
    QTest::addColumn<QString>("what");
    QTest::newRow("looking") << QStringLiteral("looking");
    QTest::newRow("storing the cover") << QStringLiteral("storing");
}

void UploadsTest::triedAgain() {
    QFETCH(QString, what);
    if (what == QStringLiteral("looking")) {
        inspector_->error = MediaError{MediaError::Kind::Io, "no memory"};
        inspector_->failures = 4;
    } else {
        objects_->failFor = "jpg";
        objects_->failures = 4;
    }
    Answer<contract::Id> answer;
    publish(answer);
    for (int i = 0; i < 4; ++i) {
        QVERIFY(consumer_->step());
        QCOMPARE(answer.count, 0);
        // Not at once.
        QVERIFY(!consumer_->step());
        clock_.steady += std::chrono::seconds(10);
    }
    QVERIFY(consumer_->step());
    QVERIFY(answer.good());
    QCOMPARE(inspector_->calls.load(), 5);
    QCOMPARE(writer_.commands.size(), std::size_t{1});
    QCOMPARE(objects_->keys.size(), std::size_t{2});
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    QVERIFY(stagingIsEmpty());
}

void UploadsTest::fiveFailures_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("reason");
    QTest::newRow("looking") << QStringLiteral("looking")
                             << QStringLiteral("the cover could not be made: no memory");
    QTest::newRow("storing the cover")
        << QStringLiteral("storing") << QStringLiteral("the cover could not be stored: full");
    QTest::newRow("writing") << QStringLiteral("writing") << QStringLiteral("the video could not be written");
}

void UploadsTest::fiveFailures() {
    QFETCH(QString, what);
    QFETCH(QString, reason);
    if (what == QStringLiteral("looking")) {
        inspector_->error = MediaError{MediaError::Kind::Io, "no memory"};
    } else if (what == QStringLiteral("storing")) {
        objects_->failFor = "jpg";
    } else {
        writer_.answer = std::unexpected(contract::kServiceErr);
    }
    Answer<contract::Id> answer;
    publish(answer);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(answer.count, 0);
        QVERIFY(consumer_->step());
        clock_.steady += std::chrono::seconds(10);
    }
    QCOMPARE(answer.failure(), contract::kServiceErr);
    QVERIFY(!consumer_->step());
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    const auto dead = *queue_->deadLetters();
    QCOMPARE(dead.size(), std::size_t{1});
    QCOMPARE(QString::fromStdString(dead[0].reason), reason);
    QCOMPARE(dead[0].at, clock_.nowMs());
    // The file stays: the letter may be sent again.
    QVERIFY(objects_->find(decodeUpload(dead[0].message.body)->playKey));
}

void UploadsTest::deadLettersCanBeSentAgain() {
    writer_.answer = std::unexpected(contract::kServiceErr);
    Answer<contract::Id> answer;
    publish(answer);
    workOff();
    const auto dead = *queue_->deadLetters();
    QCOMPARE(dead.size(), std::size_t{1});
    writer_.answer = 42;
    QVERIFY(*queue_->resend(dead[0].message.id) > 0);
    consumer_->wake();
    QVERIFY(consumer_->step());
    QCOMPARE(writer_.commands.back(), writer_.commands.front());
    QVERIFY(queue_->deadLetters()->empty());
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    QCOMPARE(answer.count, 1);
}

void UploadsTest::pausesGrow() {
    makeParts({.attempts = 6,
               .firstPause = std::chrono::milliseconds(100),
               .longestPause = std::chrono::milliseconds(500)});
    writer_.answer = std::unexpected(contract::kServiceErr);
    Answer<contract::Id> answer;
    publish(answer);
    for (const int pause : {100, 200, 400, 500, 500}) {
        QVERIFY(consumer_->step());
        clock_.steady += std::chrono::milliseconds(pause - 1);
        QVERIFY(!consumer_->step());
        clock_.steady += std::chrono::milliseconds(1);
    }
    QVERIFY(consumer_->step());
    QCOMPARE(answer.failure(), contract::kServiceErr);
}

void UploadsTest::queueFailures_data() {
    QTest::addColumn<QString>("what");
    for (const char* what : {"read", "acknowledge", "acknowledge a refusal", "count", "bury"}) {
        QTest::newRow(what) << QString::fromLatin1(what);
    }
}

// The queue's own failures never lose an upload, and never leave anybody waiting.
void UploadsTest::queueFailures() {
    QFETCH(QString, what);
    Answer<contract::Id> answer;
    if (what == QStringLiteral("read")) {
        queue_->failRead = true;
        publish(answer);
        QVERIFY(!consumer_->step());
        QCOMPARE(answer.count, 0);
        queue_->failRead = false;
        QVERIFY(consumer_->step());
        QVERIFY(answer.good());
    } else if (what == QStringLiteral("acknowledge")) {
        queue_->failAcknowledge = true;
        publish(answer);
        workOff();
        QVERIFY(answer.good());
        QCOMPARE(writer_.commands.size(), std::size_t{1});
        // The next start finds everything done.
        queue_->failAcknowledge = false;
        makeParts();
        workOff();
        QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
        QCOMPARE(inspector_->calls.load(), 1);
        QCOMPARE(objects_->keys.size(), std::size_t{2});
    } else if (what == QStringLiteral("acknowledge a refusal")) {
        queue_->failAcknowledge = true;
        inspector_->error = MediaError{MediaError::Kind::NotAVideo, "text"};
        publish(answer);
        workOff();
        QCOMPARE(answer.failure(), contract::kServiceErr);
        QVERIFY(objects_->keys.empty());
    } else if (what == QStringLiteral("count")) {
        queue_->failCount = true;
        writer_.answer = std::unexpected(contract::kServiceErr);
        publish(answer);
        workOff();
        QCOMPARE(answer.failure(), contract::kServiceErr);
        QCOMPARE(writer_.commands.size(), std::size_t{5});
    } else {
        queue_->failBury = true;
        writer_.answer = std::unexpected(contract::kServiceErr);
        publish(answer);
        workOff();
        QCOMPARE(answer.failure(), contract::kServiceErr);
        // Still there, for the next start.
        QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{1});
    }
}

// It is looked at twenty times a second while it cannot be read.
void UploadsTest::unreadableQueueIsSaidOnce() {
    queue_->failRead = true;
    Answer<contract::Id> answer;
    publish(answer);
    for (int i = 0; i < 20; ++i) {
        QVERIFY(!consumer_->step());
    }
    QCOMPARE(logged_.load(), 1);
    queue_->failRead = false;
    QVERIFY(consumer_->step());
    QVERIFY(answer.good());
    QCOMPARE(logged_.load(), 2);
    // And again when it happens again.
    queue_->failRead = true;
    Answer<contract::Id> next;
    publish(next);
    QVERIFY(!consumer_->step());
    QCOMPARE(logged_.load(), 3);
    queue_->failRead = false;
    QVERIFY(consumer_->step());
    QVERIFY(next.good());
}

// Out of memory in the middle: the upload stays, and whoever waits goes on waiting.
void UploadsTest::interruptedWorkIsDoneLater() {
    queue_->throwAcknowledge = true;
    Answer<contract::Id> answer;
    publish(answer);
    QVERIFY_THROWS_EXCEPTION(std::bad_alloc, consumer_->step());
    QCOMPARE(answer.count, 0);
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{1});
    queue_->throwAcknowledge = false;
    // Not at once.
    QVERIFY(!consumer_->step());
    clock_.steady += std::chrono::seconds(10);
    QVERIFY(consumer_->step());
    QVERIFY(answer.good());
    // The same video, and its cover was there already.
    QCOMPARE(writer_.commands.size(), std::size_t{2});
    QCOMPARE(writer_.commands[0], writer_.commands[1]);
    QCOMPARE(inspector_->calls.load(), 1);
}

void UploadsTest::held() {
    Answer<contract::Id> first;
    Answer<contract::Id> second;
    publish(first);
    consumer_->hold();
    consumer_->hold();
    publish(second);
    consumer_->release();
    QVERIFY(!consumer_->step());
    // The world is replaced: its messages go, and nobody waits for them in vain.
    const auto waiting = *queue_->read(Topic::Uploads, 0, 10);
    QCOMPARE(waiting.size(), std::size_t{2});
    QVERIFY(queue_->acknowledge(Topic::Uploads, std::vector<MessageId>{waiting[0].id, waiting[1].id}));
    consumer_->forget();
    QCOMPARE(first.failure(), contract::kServiceErr);
    QCOMPARE(second.failure(), contract::kServiceErr);
    consumer_->release();
    QVERIFY(!consumer_->step());
    QVERIFY(writer_.commands.empty());
    Answer<contract::Id> later;
    publish(later);
    QVERIFY(consumer_->step());
    QVERIFY(later.good());
    // One that is being looked into when the hold comes is stopped, and is no failure.
    std::jthread holding;
    inspector_->untilCancelled = true;
    inspector_->duringWork = [&] { holding = std::jthread([this] { consumer_->hold(); }); };
    Answer<contract::Id> stopped;
    publish(stopped);
    QVERIFY(consumer_->step());
    holding.join();
    QCOMPARE(stopped.count, 0);
    QCOMPARE(queue_->read(Topic::Uploads, 0, 1)->front().failures, 0);
    inspector_->untilCancelled = false;
    inspector_->duringWork = nullptr;
    QVERIFY(!consumer_->step());
    consumer_->release();
    QVERIFY(consumer_->step());
    QVERIFY(stopped.good());
}

void UploadsTest::coversThatCame_data() {
    QTest::addColumn<QString>("what");
    QTest::newRow("good") << QStringLiteral("good");
    QTest::newRow("no picture") << QStringLiteral("no picture");
    QTest::newRow("cannot be read or written") << QStringLiteral("io");
    QTest::newRow("cannot be stored") << QStringLiteral("store");
    QTest::newRow("the video is none") << QStringLiteral("no video");
    QTest::newRow("the queue is full") << QStringLiteral("full");
}

void UploadsTest::coversThatCame() {
    QFETCH(QString, what);
    if (what == QStringLiteral("no picture")) {
        pictures_.error = MediaError{MediaError::Kind::NotAVideo, "text"};
    } else if (what == QStringLiteral("io")) {
        pictures_.error = MediaError{MediaError::Kind::Io, "no memory"};
    } else if (what == QStringLiteral("store")) {
        objects_->failFor = "jpg";
    } else if (what == QStringLiteral("no video")) {
        inspector_->error = MediaError{MediaError::Kind::NotAVideo, "text"};
    } else if (what == QStringLiteral("full")) {
        makeParts({.waiting = 0});
    }
    Answer<contract::Id> answer;
    publishWithCover(answer);
    workOff();
    QVERIFY(stagingIsEmpty());
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    QVERIFY(queue_->deadLetters()->empty());
    if (what == QStringLiteral("good")) {
        QVERIFY(answer.good());
        // The video was looked into all the same, and its own frame thrown away.
        QCOMPARE(inspector_->calls.load(), 1);
        QCOMPARE(objects_->keys,
                 (std::set<std::string>{writer_.commands[0].playKey, writer_.commands[0].coverKey}));
        return;
    }
    // Nothing of either stays.
    QVERIFY(objects_->keys.empty());
    QVERIFY(writer_.commands.empty());
    QCOMPARE(answer.failure(), what == QStringLiteral("no picture") ? contract::kParamsErr
                               : what == QStringLiteral("full")     ? contract::tooManyRequests(1)
                                                                    : contract::kServiceErr);
}

void UploadsTest::coversWithoutAMaker() {
    publisher_ = std::make_unique<Publisher>(
        Publisher::Needs{*consumer_, *objects_, executor_, ids_, clock_, {}, &telemetry_});
    Answer<contract::Id> answer;
    publishWithCover(answer);
    workOff();
    QVERIFY(answer.good());
    QVERIFY(stagingIsEmpty());
    QCOMPARE(objects_->keys.size(), std::size_t{2});
}

// Files that must stay: of uploads that wait, and of dead letters of both kinds.
void UploadsTest::whatAnEarlierRunLeft() {
    const Upload waiting{1, 5, "t", "1.mp4", "1.jpg", 77, true};
    const Upload dead{2, 5, "t", "2.mp4", "2.jpg", 0, true};
    VideoRow row;
    row.id = 3;
    row.author = 5;
    row.playKey = "3.mp4";
    row.coverKey = "3.jpg";
    const auto append = [this](Topic topic, std::string body) {
        return queue_->append(std::vector<NewMessage>{{topic, 0, 1, std::move(body)}}).value_or(0);
    };
    QVERIFY(append(Topic::Uploads, encodeUpload(waiting)) > 0);
    QVERIFY(append(Topic::Uploads, "damaged") > 0);
    QVERIFY(*queue_->bury(Topic::Uploads, append(Topic::Uploads, encodeUpload(dead)), "x", 1));
    QVERIFY(*queue_->bury(Topic::Writes, append(Topic::Writes, encodeChange(row, 4)), "x", 1));
    QVERIFY(*queue_->bury(Topic::Writes, append(Topic::Writes, encodeChange(CommentRemoval{9}, 4)), "x", 1));
    QVERIFY(*queue_->bury(Topic::Writes, append(Topic::Writes, "damaged"), "x", 1));
    const auto left = uploadsIn(*queue_);
    QVERIFY(left.has_value());
    QCOMPARE(left->size(), std::size_t{3});
    QCOMPARE(left->at(0), waiting);
    QCOMPARE(left->at(1), dead);
    QCOMPARE(left->at(2).id, contract::Id{3});
    QCOMPARE(left->at(2).playKey, std::string("3.mp4"));
    QCOMPARE(left->at(2).coverKey, std::string("3.jpg"));
    // A list that may have gaps is none: files would be swept away.
    queue_->failDeadLetters = true;
    QVERIFY(!uploadsIn(*queue_).has_value());
    queue_->failDeadLetters = false;
    queue_->failRead = true;
    QVERIFY(!uploadsIn(*queue_).has_value());
}

void UploadsTest::nobodyWaits_data() {
    QTest::addColumn<bool>("afterStoring");
    QTest::newRow("before storing") << false;
    QTest::newRow("after storing") << true;
}

void UploadsTest::nobodyWaits() {
    QFETCH(bool, afterStoring);
    std::stop_source source;
    context_.cancelled = source.get_token();
    context_.deadline = clock_.steady + std::chrono::seconds(1);
    if (afterStoring) {
        objects_->afterPut = [&source] { source.request_stop(); };
    }
    const std::uint64_t before = telemetry_.of(Event::UploadAbandoned);
    Answer<contract::Id> answer;
    publisher_->publish(context_, stage(), "t", answer.done());
    if (!afterStoring) {
        clock_.steady += std::chrono::seconds(2);
    }
    executor_.runAll();
    QCOMPARE(answer.failure(), contract::kServiceErr);
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    QVERIFY(objects_->keys.empty());
    QVERIFY(stagingIsEmpty());
    QCOMPARE(telemetry_.of(Event::UploadAbandoned), before + 1);
}

// Who was answered already shall not lose the upload because the writer turns writes away for a while.
void UploadsTest::likeTheReferenceWithoutRoom() {
    context_.policy = &kTikgokPolicy;
    writer_.answer = std::unexpected(kTurnedAway);
    Answer<contract::Id> answer;
    publish(answer);
    QVERIFY(answer.good());
    for (int i = 0; i < 20; ++i) {
        QVERIFY(consumer_->step());
        QVERIFY(!consumer_->step());
        clock_.steady += std::chrono::seconds(1);
    }
    QVERIFY(queue_->deadLetters()->empty());
    QCOMPARE(queue_->read(Topic::Uploads, 0, 1)->front().failures, 0);
    writer_.answer = 42;
    QVERIFY(consumer_->step());
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
}

void UploadsTest::likeTheReference() {
    context_.policy = &kTikgokPolicy;
    Answer<contract::Id> answer;
    publish(answer);
    // Answered at once; nobody has looked.
    QVERIFY(answer.good());
    QCOMPARE(inspector_->calls.load(), 0);
    QVERIFY(writer_.commands.empty());
    const std::string day = std::to_string(clock_.nowMs()) + "/" + std::to_string(*answer.get());
    const std::int64_t visible = clock_.nowMs() + kTikgokPolicy.mediaDelay.count();
    QCOMPARE(objects_->hiding,
             (std::map<std::string, std::int64_t>{{day + ".mp4", visible}, {day + ".png", visible}}));
    QVERIFY(consumer_->step());
    QCOMPARE(writer_.commands.size(), std::size_t{1});
    QCOMPARE(writer_.commands[0].coverKey, day + ".png");
    QCOMPARE(objects_->keys.size(), std::size_t{2});
    QCOMPARE(answer.count, 1);
    // As configured; and never where the dialect shows them at once.
    publisher_->setMediaDelay(std::chrono::seconds(60));
    objects_->hiding.clear();
    Answer<contract::Id> slow;
    publish(slow);
    QCOMPARE(objects_->hiding.size(), std::size_t{2});
    QCOMPARE(objects_->hiding.begin()->second, clock_.nowMs() + 60'000);
    QVERIFY(consumer_->step());
    context_.policy = &kStandardPolicy;
    objects_->hiding.clear();
    Answer<contract::Id> standard;
    publish(standard);
    QVERIFY(consumer_->step());
    QVERIFY(standard.good() && objects_->hiding.empty());
}

void UploadsTest::likeTheReferenceWithoutAVideo() {
    context_.policy = &kTikgokPolicy;
    inspector_->error = MediaError{MediaError::Kind::NotAVideo, "text"};
    Answer<contract::Id> answer;
    publish(answer);
    QVERIFY(answer.good());
    workOff();
    // Published, with a cover that will never be.
    QCOMPARE(writer_.commands.size(), std::size_t{1});
    QCOMPARE(objects_->keys, std::set<std::string>{writer_.commands[0].playKey});
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    QVERIFY(queue_->deadLetters()->empty());
    QCOMPARE(inspector_->calls.load(), 1);
}

void UploadsTest::redelivered_data() {
    QTest::addColumn<bool>("reference");
    QTest::newRow("standard") << false;
    QTest::newRow("tikgok") << true;
}

// The program ended after the last step and before the acknowledgement.
void UploadsTest::redelivered() {
    QFETCH(bool, reference);
    context_.policy = reference ? &kTikgokPolicy : &kStandardPolicy;
    Answer<contract::Id> answer;
    queue_->failAcknowledge = true;
    publish(answer);
    workOff();
    queue_->failAcknowledge = false;
    makeParts();
    workOff();
    QCOMPARE(inspector_->calls.load(), 1);
    QCOMPARE(writer_.commands.size(), std::size_t{2});
    QCOMPARE(writer_.commands[0], writer_.commands[1]);
    QCOMPARE(objects_->keys.size(), std::size_t{2});
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
}

void UploadsTest::fileIsGone() {
    Answer<contract::Id> answer;
    publish(answer);
    objects_->keys.clear();
    workOff();
    QCOMPARE(answer.failure(), contract::kServiceErr);
    QCOMPARE(queue_->deadLetters()->size(), std::size_t{1});
    QVERIFY(writer_.commands.empty());
}

void UploadsTest::inspectorThrows_data() {
    QTest::addColumn<bool>("known");
    QTest::addColumn<std::string>("reason");
    QTest::newRow("an exception") << true << std::string("surprise");
    QTest::newRow("something else") << false << std::string("an unknown error");
}

void UploadsTest::inspectorThrows() {
    QFETCH(bool, known);
    QFETCH(std::string, reason);
    inspector_->duringWork = [known] {
        if (known) {
            throw std::runtime_error("surprise");
        }
        throw 1;
    };
    Answer<contract::Id> answer;
    publish(answer);
    workOff();
    QCOMPARE(answer.failure(), contract::kServiceErr);
    QCOMPARE(inspector_->calls.load(), 5);
    QCOMPARE(queue_->deadLetters()->at(0).reason, reason);
}

void UploadsTest::closing() {
    context_.policy = &kTikgokPolicy;
    Answer<contract::Id> answer;
    publish(answer);
    QVERIFY(answer.good());
    inspector_->duringWork = [this] { consumer_->close(); };
    workOff();
    // Stopped on the way, which is no failure; the next start goes on.
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{1});
    QCOMPARE(queue_->read(Topic::Uploads, 0, 1)->at(0).failures, 0);
    inspector_->duringWork = nullptr;
    makeParts();
    workOff();
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    QCOMPARE(objects_->keys.size(), std::size_t{2});
}

void UploadsTest::closingFinishesWhatSomebodyWaitsFor() {
    Answer<contract::Id> waits;
    publish(waits);
    context_.policy = &kTikgokPolicy;
    Answer<contract::Id> other;
    publish(other);
    context_.policy = &kStandardPolicy;
    // This one waits for its next attempt.
    inspector_->error = MediaError{MediaError::Kind::Io, "no memory"};
    inspector_->failures = 1;
    QVERIFY(consumer_->step());
    Answer<contract::Id> late;
    publish(late);
    consumer_->start();
    consumer_->close();
    QVERIFY(late.good());
    QCOMPARE(waits.failure(), contract::kServiceErr);
    QVERIFY(queue_->depth(Topic::Uploads) >= 1);
    consumer_->close();
}

void UploadsTest::manyAtOnce() {
    constexpr int kUploads = 100;
    std::atomic<int> good = 0;
    makeParts({.threads = 4});
    consumer_->start();
    // Only the intake is used from several threads; the doubles of the writer is not made for that.
    std::mutex writing;
    class Locked final : public Submit<PublishVideo> {
    public:
        explicit Locked(std::mutex& mutex) : mutex_(mutex) {}
        void submit(PublishVideo command, Done<contract::Id> done) override {
            {
                const std::lock_guard lock(mutex_);
                seen.insert(command.id);
            }
            done(command.id);
        }
        std::set<contract::Id> seen;

    private:
        std::mutex& mutex_;
    } writer(writing);
    publisher_.reset();
    consumer_.reset();
    processor_ = std::make_unique<UploadProcessor>(
        UploadProcessor::Needs{writer, *inspector_, *objects_, directory_->path().toStdString(), {}});
    consumer_ = std::make_unique<UploadConsumer>(
        UploadConsumer::Needs{*queue_, *processor_, clock_, telemetry_, {}, {.threads = 4}});
    consumer_->start();
    for (int i = 0; i < kUploads; ++i) {
        Upload upload{1000 + i, 1, "t", std::to_string(i) + ".mp4", std::to_string(i) + ".jpg", 0, true};
        QVERIFY(objects_->put(stage().file, upload.playKey).has_value());
        Done<contract::Id> done = [&good](Outcome<contract::Id> outcome) { good += outcome ? 1 : 0; };
        QVERIFY(consumer_->accept(upload, done).has_value());
    }
    consumer_->close();
    QCOMPARE(good.load(), kUploads);
    QCOMPARE(writer.seen.size(), std::size_t{kUploads});
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    processor_.reset();
    consumer_.reset();
}

QTEST_GUILESS_MAIN(UploadsTest)
#include "uploads_test.moc"
