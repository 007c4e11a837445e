// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Publishing from the staged file to the answer, with doubles of all neighbours: what is taken and what is
// refused, covers, the reference server's way, and threads. What goes wrong later is in
// upload_troubles_test.cpp.

#include "backend-sim/services/uploads/publisher.h"
#include "core/contract/endpoints.h"
#include "tests/backend_sim/services/uploads_stage.h"

#include <QTest>

#include <array>
#include <atomic>
#include <map>
#include <set>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

class UploadsTest : public QObject, private UploadsStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
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
    void coversThatCame_data();
    void coversThatCame();
    void coversWithoutAMaker();
    void nobodyWaits_data();
    void nobodyWaits();
    void likeTheReference();
    void likeTheReferenceWithoutAVideo();
    void likeTheReferenceWithoutRoom();
    void manyAtOnce();

private:
    // With a picture of one's own.
    void publishWithCover(Answer<contract::Id>& answer) {
        StagedUpload upload = stage();
        upload.cover = stage().file;
        publisher_->publish(context_, std::move(upload), "t", answer.done());
        executor_.runAll();
    }
};

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
