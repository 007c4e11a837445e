// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Writes of the whole backend across restarts: what waited, what was lost on purpose, a queue that is gone.

#include "backend-sim/adapters/sqlite/queue.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/backend.h"
#include "tests/backend_sim/services/doubles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <mutex>
#include <stdexcept>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 20s;

// Cannot do one kind of change.
template <class Kind>
class Without final : public ChangeApplier {
public:
    StoreResult<void> apply(Store& store, const Change& change, const std::stop_token& expired) override {
        if (std::holds_alternative<Kind>(change)) {
            throw std::runtime_error("on purpose");
        }
        return real_.apply(store, change, expired);
    }

private:
    TableApplier real_;
};

class FullDisk final : public FreeSpace {
public:
    std::optional<std::uint64_t> freeBytes() const override { return 1; }
};

RequestContext as(Id caller) {
    RequestContext context;
    context.caller = caller;
    return context;
}

}  // namespace

class BackendWritesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { directory_ = std::make_unique<QTemporaryDir>(); }
    void cleanup() { backend_.reset(); }

    void waitingWritesSurviveARestart();
    void parityLosesAndLists();
    void deadLettersAndResend();
    void videoAmongDeadLettersKeepsItsFile();
    void uploadsAreSentAgain();
    void queueThatIsGone();
    void damagedQueueIsSaid();
    void fullDiskTurnsAway();

private:
    std::filesystem::path data() const { return directory_->path().toStdString(); }
    BackendConfig config() {
        BackendConfig config;
        config.dataDirectory = data();
        config.world = "empty";
        config.passwordCost = {1, 8192};
        config.log = [this](LogLevel, std::string_view words) {
            const std::lock_guard lock(mutex_);
            log_ += std::string(words) + "\n";
        };
        return config;
    }
    void open(BackendConfig config) {
        backend_.reset();
        auto opened = Backend::open(std::move(config));
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().words.c_str());
        backend_ = std::move(*opened);
    }
    void open() { open(config()); }
    Id person(const char* name) {
        return waitFor<Id>([&](Done<Id> done) {
                   backend_->services().user.registerUser(as(0), name, "password", std::move(done));
               })
            .value_or(0);
    }
    Outcome<void> follow(Id who, Id whom) {
        return waitFor<void>([&](Done<void> done) {
            backend_->services().sociality.follow(as(who), whom, contract::Action::Do, std::move(done));
        });
    }
    // Nobody looks into the file.
    Outcome<Id> publish(Id who) {
        RequestContext context = as(who);
        context.policy = &kDemoPolicy;
        const auto staged = backend_->stagingDirectory() / "upload";
        QFile file(QString::fromStdString(staged.string()));
        if (!file.open(QIODevice::WriteOnly) || file.write("film") != 4) {
            return std::unexpected(contract::kServiceErr);
        }
        file.close();
        return waitFor<Id>([&](Done<Id> done) {
            backend_->services().video.publish(context, {staged, "a.mp4"}, "t", std::move(done));
        });
    }
    std::size_t followed(Id who) {
        const auto list = backend_->services().sociality.followedBy(as(who), who);
        return list ? list->size() : 0;
    }
    bool logged(const char* words) {
        const std::lock_guard lock(mutex_);
        return log_.find(words) != std::string::npos;
    }

    std::unique_ptr<QTemporaryDir> directory_;
    std::mutex mutex_;
    std::string log_;
    std::unique_ptr<Backend> backend_;
};

void BackendWritesTest::waitingWritesSurviveARestart() {
    open();
    backend_->writes().pauseConsumer();
    const Id ann = person("ann");
    const Id bob = person("bob");
    QVERIFY(follow(ann, bob).has_value());
    QCOMPARE(backend_->writes().depth(), std::size_t{3});
    backend_.reset();
    {
        const auto store = SqliteStore::open(data() / "store.sqlite");
        QVERIFY(!*(*store)->users().exists(ann));
    }
    open();
    QVERIFY(logged("3 writes"));
    // Shown, whether or not they are in the tables by now; and their ids are taken.
    QCOMPARE(followed(ann), std::size_t{1});
    QVERIFY(person("eve") > bob);
    QVERIFY(backend_->writes().freeze(kPatience));
    backend_->writes().thaw();
    backend_.reset();
    const auto store = SqliteStore::open(data() / "store.sqlite");
    QVERIFY(*(*store)->relations().contains(ann, bob));
    QCOMPARE((*store)->users().all()->size(), std::size_t{3});
}

void BackendWritesTest::parityLosesAndLists() {
    Without<FollowChange> applier;
    BackendConfig parity = config();
    parity.parity = true;
    parity.applier = &applier;
    open(std::move(parity));
    const Id ann = person("ann");
    const Id bob = person("bob");
    QVERIFY(follow(ann, bob).has_value());
    QCOMPARE(followed(ann), std::size_t{1});
    QVERIFY(backend_->writes().freeze(kPatience));
    const auto lost = *backend_->writes().lost();
    backend_->writes().thaw();
    QCOMPARE(lost.size(), std::size_t{1});
    QCOMPARE(lost[0].kind, std::string("follow"));
    QCOMPARE(lost[0].target, bob);
    QVERIFY(lost[0].at > 0);
    QVERIFY(!logged("Lost: write"));
    open();
    QVERIFY(logged("Lost: write"));
    QCOMPARE(followed(ann), std::size_t{0});
    QCOMPARE(*backend_->writes().lost(), lost);
}

void BackendWritesTest::deadLettersAndResend() {
    Without<FollowChange> applier;
    BackendConfig poisoned = config();
    poisoned.applier = &applier;
    open(std::move(poisoned));
    const Id ann = person("ann");
    const Id bob = person("bob");
    QVERIFY(follow(ann, bob).has_value());
    QVERIFY(backend_->writes().freeze(kPatience));
    backend_->writes().thaw();
    open();
    QCOMPARE(followed(ann), std::size_t{0});
    const auto letters = *backend_->writes().deadLetters();
    QCOMPARE(letters.size(), std::size_t{1});
    QVERIFY(*backend_->writes().resend(letters[0].message.id));
    QCOMPARE(followed(ann), std::size_t{1});
    QVERIFY(backend_->writes().freeze(kPatience));
    backend_->writes().thaw();
    open();
    QCOMPARE(followed(ann), std::size_t{1});
}

// The tables remember more writes than the new queue knows: its ids must not be taken for theirs.
void BackendWritesTest::videoAmongDeadLettersKeepsItsFile() {
    Without<VideoRow> applier;
    BackendConfig failing = config();
    failing.applier = &applier;
    open(failing);
    QVERIFY(publish(person("ann")).has_value());
    QTRY_COMPARE(backend_->writes().deadLetters()->size(), std::size_t{1});
    open();
    QVERIFY(backend_->services().video.feed({}, 0)->videos.empty());
    QVERIFY(*backend_->writes().resend(backend_->writes().deadLetters()->front().message.id));
    const auto videos = backend_->services().video.feed({}, 0)->videos;
    QCOMPARE(videos.size(), std::size_t{1});
    QVERIFY(backend_->media(videos[0].playUrl.substr(std::string_view("/static/").size())).has_value());
}

void BackendWritesTest::uploadsAreSentAgain() {
    open();
    backend_.reset();
    {
        const auto queue = std::move(*SqliteQueue::open(data() / "queue.sqlite"));
        const MessageId id = *queue->append(std::vector<NewMessage>{{Topic::Uploads, 0, 1, "no upload"}});
        QVERIFY(*queue->bury(Topic::Uploads, id, "for a while", 1));
    }
    open();
    const MessageId letter = backend_->writes().deadLetters()->front().message.id;
    // The consumer has looked into the queue when this is done, and does so again only when it is told to.
    QVERIFY(publish(person("ann")).has_value());
    QVERIFY(*backend_->writes().resend(letter));
    // Somebody looked at it.
    QTRY_COMPARE(backend_->writes().deadLetters()->size(), std::size_t{1});
    QCOMPARE(backend_->writes().deadLetters()->front().reason, std::string("the message cannot be read"));
    QVERIFY(backend_->writes().deadLetters()->front().message.id != letter);
}

void BackendWritesTest::queueThatIsGone() {
    open();
    const Id ann = person("ann");
    const Id bob = person("bob");
    QVERIFY(backend_->writes().freeze(kPatience));
    backend_->writes().thaw();
    backend_.reset();
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::filesystem::remove(data() / (std::string("queue.sqlite") + suffix));
    }
    open();
    QVERIFY(follow(ann, bob).has_value());
    QVERIFY(backend_->writes().freeze(kPatience));
    backend_->writes().thaw();
    open();
    QCOMPARE(followed(ann), std::size_t{1});
}

void BackendWritesTest::damagedQueueIsSaid() {
    open();
    backend_.reset();
    QFile file(QString::fromStdString((data() / "queue.sqlite").string()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const auto opened = Backend::open(config());
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error().kind, BackendError::Kind::Corrupt);
}

void BackendWritesTest::fullDiskTurnsAway() {
    open();
    const Id ann = person("ann");
    const Id bob = person("bob");
    const FullDisk disk;
    BackendConfig full = config();
    full.space = &disk;
    open(std::move(full));
    const auto refused = follow(ann, bob);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error(), kTurnedAway);
    QCOMPARE(followed(ann), std::size_t{0});
    backend_.reset();
}

QTEST_GUILESS_MAIN(BackendWritesTest)
#include "backend_writes_test.moc"
