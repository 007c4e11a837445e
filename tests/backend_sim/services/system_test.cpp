// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ids, the pool of threads, files that last, password hashes.

#include "backend-sim/adapters/system/system.h"

#include "backend-sim/adapters/crypto/argon_hasher.h"
#include "backend-sim/adapters/files/content_types.h"
#include "backend-sim/adapters/files/directory_object_store.h"
#include "backend-sim/adapters/files/durable_files.h"
#include "backend-sim/adapters/system/snowflake_ids.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <latch>
#include <set>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace tikgok::sim;
using tikgok::contract::Id;

namespace {

std::filesystem::path write(const QTemporaryDir& directory, const QString& name, const QByteArray& content) {
    QFile file(directory.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
        return {};
    }
    return file.fileName().toStdString();
}

QByteArray read(const std::filesystem::path& path) {
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

class SetClock final : public Clock {
public:
    explicit SetClock(std::int64_t at) : now(at) {}
    [[nodiscard]] std::int64_t nowMs() const override { return now.load(); }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override { return {}; }

    std::atomic<std::int64_t> now;
};

}  // namespace

class SystemTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void idsAreNeverGivenTwice();
    void snowflakesAreWhatTheReferenceMakes();
    void snowflakesAreNeverGivenTwice();
    void snowflakesWhenTheClockJumps_data();
    void snowflakesWhenTheClockJumps();
    void poolRunsEverything();
    void poolIsBounded();
    void poolFinishesWhatItTook();
    void objects();
    void objectsAreNeverReplaced();
    void objectKeys_data();
    void objectKeys();
    void objectsBehindLinks();
    void sweeping();
    void keyFile();
    void brokenKeyFile();
    void lock();
    void contentTypes();
    void hashing();
    void hashingWithoutMemory();
};

void SystemTest::idsAreNeverGivenTwice() {
    SequentialIds ids(10);
    std::vector<std::vector<Id>> given(8);
    {
        std::vector<std::jthread> workers;
        workers.reserve(given.size());
        for (auto& mine : given) {
            workers.emplace_back([&ids, &mine] {
                for (int i = 0; i < 1000; ++i) {
                    mine.push_back(ids.next());
                }
            });
        }
    }
    std::set<Id> all;
    for (const auto& mine : given) {
        all.insert(mine.begin(), mine.end());
    }
    QCOMPARE(all.size(), std::size_t{8000});
    QCOMPARE(*all.begin(), Id{10});
    QCOMPARE(ids.bound(), Id{8010});
}

void SystemTest::snowflakesAreWhatTheReferenceMakes() {
    const std::int64_t now = SnowflakeIds::kEpochMs + 1000;
    const SetClock clock(now);
    SnowflakeIds ids(clock, 1, 5);
    QCOMPARE(ids.bound(), Id{1});
    QCOMPARE(ids.next(), (Id{1000} << 22) | (5 << 12));
    // The same millisecond: the next one is taken.
    QCOMPARE(ids.next(), (Id{1001} << 22) | (5 << 12));
    QCOMPARE(ids.bound(), ((Id{1001} << 22) | (5 << 12)) + 1);
    const SetClock today(1'800'000'000'000);
    SnowflakeIds long63(today, 1);
    const Id id = long63.next();
    QCOMPARE(std::to_string(id).size(), std::size_t{19});
    QCOMPARE(id % 4096, Id{0});
    QVERIFY(id > (Id{1} << 53));
}

void SystemTest::snowflakesAreNeverGivenTwice() {
    constexpr int kEach = 2000;
    SetClock clock(1'800'000'000'000);
    SnowflakeIds ids(clock, 1);
    std::vector<std::vector<Id>> given(20);
    {
        std::vector<std::jthread> workers;
        workers.reserve(given.size());
        for (auto& mine : given) {
            workers.emplace_back([&ids, &mine, &clock] {
                for (int i = 0; i < kEach; ++i) {
                    // A clock that is pushed about by all of them.
                    clock.now += (i % 7) - 3;
                    mine.push_back(ids.next());
                }
            });
        }
    }
    std::set<Id> all;
    for (const auto& mine : given) {
        QVERIFY(std::is_sorted(mine.begin(), mine.end()));
        all.insert(mine.begin(), mine.end());
    }
    QCOMPARE(all.size(), given.size() * kEach);
    QVERIFY(std::all_of(all.begin(), all.end(), [](Id id) { return id > 0 && id % 4096 == 0; }));
    QCOMPARE(ids.bound(), *all.rbegin() + 1);
}

void SystemTest::snowflakesWhenTheClockJumps_data() {
    QTest::addColumn<qint64>("then");
    QTest::newRow("an hour back") << qint64{1'800'000'000'000 - 3'600'000};
    QTest::newRow("before the epoch") << qint64{0};
    QTest::newRow("before 1970") << qint64{-5'000'000'000'000};
    QTest::newRow("stands still") << qint64{1'800'000'000'000};
    QTest::newRow("a day on") << qint64{1'800'086'400'000};
    QTest::newRow("beyond the last bit") << std::numeric_limits<qint64>::max();
}

void SystemTest::snowflakesWhenTheClockJumps() {
    QFETCH(qint64, then);
    SetClock clock(1'800'000'000'000);
    SnowflakeIds before(clock, 1);
    Id last = before.next();
    clock.now = then;
    for (int i = 0; i < 5; ++i) {
        const Id id = before.next();
        QVERIFY(id > last);
        last = id;
    }
    // A restart knows the bound only, whichever kind of ids it goes on with.
    SnowflakeIds after(clock, before.bound());
    QCOMPARE(after.bound(), before.bound());
    for (int i = 0; i < 5; ++i) {
        const Id id = after.next();
        QVERIFY(id > last && id % 4096 == 0);
        last = id;
    }
    SequentialIds others(after.bound());
    QVERIFY(others.next() > last);
    // From sequential ids, small or odd.
    SnowflakeIds mixed(clock, last + 2);
    QVERIFY(mixed.next() >= last + 2);
}

void SystemTest::poolRunsEverything() {
    WorkerPool pool(3, 1000);
    std::latch all(500);
    for (int i = 0; i < 500; ++i) {
        QVERIFY(pool.tryRun([&all] { all.count_down(); }));
    }
    all.wait();
}

void SystemTest::poolIsBounded() {
    WorkerPool pool(1, 2);
    std::latch started(1);
    std::latch release(1);
    QVERIFY(pool.tryRun([&] {
        started.count_down();
        release.wait();
    }));
    started.wait();
    std::atomic<int> ran = 0;
    QVERIFY(pool.tryRun([&] { ++ran; }));
    QVERIFY(pool.tryRun([&] { ++ran; }));
    QVERIFY(!pool.tryRun([&] { ++ran; }));
    release.count_down();
    pool.close();
    QCOMPARE(ran.load(), 2);
}

void SystemTest::poolFinishesWhatItTook() {
    WorkerPool pool(2, 100);
    std::atomic<int> ran = 0;
    for (int i = 0; i < 50; ++i) {
        QVERIFY(pool.tryRun([&] { ++ran; }));
    }
    pool.close();
    QCOMPARE(ran.load(), 50);
    QVERIFY(!pool.tryRun([&] { ++ran; }));
    pool.close();
    QCOMPARE(ran.load(), 50);
}

void SystemTest::objects() {
    const QTemporaryDir directory;
    DirectoryObjectStore store(directory.filePath(QStringLiteral("media")).toStdString());
    const auto staged = write(directory, QStringLiteral("staged"), "video");
    const std::string key = store.keyFor(101, 1'795'185'000'000, "mp4");
    QCOMPARE(key, std::string("2026/11/20/101.mp4"));
    QVERIFY(store.put(staged, key).has_value());
    QVERIFY(!std::filesystem::exists(staged));
    QCOMPARE(read(*store.find(key)), QByteArray("video"));
    // Hidden is not gone: it can be looked into, but is not shown.
    QVERIFY(!store.hidden(key, 0));
    store.hideUntil(key, 1000, 500);
    store.hideUntil("2026/11/20/101.jpg", 2000, 500);
    QVERIFY(store.hidden(key, 999) && store.find(key));
    QVERIFY(!store.hidden(key, 1000));
    QVERIFY(store.hidden("2026/11/20/101.jpg", 1999));
    store.remove(key);
    QVERIFY(!store.find(key));
    QVERIFY(!store.hidden(key, 999));
    store.remove(key);
    store.remove("");
    for (const char* bad : {"", "../x", "/etc/x", "a//b"}) {
        QVERIFY(!store.put(write(directory, QStringLiteral("c"), "x"), bad).has_value());
    }
    const auto missing = store.put(staged, store.keyFor(102, 0, "mp4"));
    QVERIFY(!missing.has_value());
    QVERIFY(!missing.error().what.empty());
}

void SystemTest::objectsAreNeverReplaced() {
    const QTemporaryDir directory;
    DirectoryObjectStore store(directory.filePath(QStringLiteral("media")).toStdString());
    const std::string key = store.keyFor(1, 0, "mp4");
    QVERIFY(store.put(write(directory, QStringLiteral("a"), "old"), key).has_value());
    const auto second = write(directory, QStringLiteral("b"), "new");
    QVERIFY(!store.put(second, key).has_value());
    QCOMPARE(read(*store.find(key)), QByteArray("old"));
    // A refused file stays where it was.
    QCOMPARE(read(second), QByteArray("new"));
}

void SystemTest::objectKeys_data() {
    QTest::addColumn<std::string>("key");
    for (const char* key :
         {"", "/", ".", "..", "../secret", "a/../../secret", "a/..", "/etc/passwd", "a//b", "a/", "./a",
          "a/./b", ".hidden", "a/.hidden", "a\\..\\b", "a\nb", "2026", "2026/11", "media/../../secret"}) {
        QTest::newRow(*key == '\0' ? "empty" : key) << std::string(key);
    }
    QTest::newRow("nul") << std::string("a\0b", 3);
    QTest::newRow("long") << std::string(100'000, 'a');
}

void SystemTest::objectKeys() {
    QFETCH(std::string, key);
    const QTemporaryDir directory;
    const auto secret = write(directory, QStringLiteral("secret"), "secret");
    DirectoryObjectStore store(directory.filePath(QStringLiteral("media")).toStdString());
    QVERIFY(store.put(write(directory, QStringLiteral("a"), "x"), "2026/11/20/1.mp4").has_value());
    QVERIFY(!store.find(key));
    store.remove(key);
    QVERIFY(std::filesystem::exists(secret));
}

void SystemTest::objectsBehindLinks() {
    const QTemporaryDir directory;
    const auto secret = write(directory, QStringLiteral("secret"), "secret");
    const std::filesystem::path root = directory.filePath(QStringLiteral("media")).toStdString();
    std::filesystem::create_directory(root);
    std::filesystem::create_symlink(secret, root / "link.mp4");
    QVERIFY(!DirectoryObjectStore(root).find("link.mp4"));
}

void SystemTest::sweeping() {
    const QTemporaryDir directory;
    DirectoryObjectStore store(directory.filePath(QStringLiteral("media")).toStdString());
    QCOMPARE(store.sweep([](const std::string&) { return false; }), std::size_t{0});
    const std::string kept = store.keyFor(1, 0, "mp4");
    const std::string gone = store.keyFor(2, 86'400'000, "mp4");
    QVERIFY(store.put(write(directory, QStringLiteral("a"), "x"), kept).has_value());
    QVERIFY(store.put(write(directory, QStringLiteral("b"), "x"), gone).has_value());
    QCOMPARE(store.sweep([&](const std::string& key) { return key == kept; }), std::size_t{1});
    QVERIFY(store.find(kept));
    QVERIFY(!store.find(gone));
}

void SystemTest::keyFile() {
    const QTemporaryDir directory;
    const std::filesystem::path file = directory.filePath(QStringLiteral("key")).toStdString();
    const auto made = files::keyIn(file);
    QVERIFY(made.has_value());
    QCOMPARE(made->size(), std::size_t{32});
    QCOMPARE(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
    QCOMPARE(*files::keyIn(file), *made);
    std::filesystem::permissions(file, std::filesystem::perms(0644));
    QVERIFY(files::keyIn(file).has_value());
    QCOMPARE(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
    const QTemporaryDir other;
    QVERIFY(*files::keyIn(other.filePath(QStringLiteral("key")).toStdString()) != *made);
}

void SystemTest::brokenKeyFile() {
    const QTemporaryDir directory;
    for (const QByteArray& content : {QByteArray(), QByteArray("short"), QByteArray(33, 'x')}) {
        QVERIFY(!files::keyIn(write(directory, QStringLiteral("key"), content)).has_value());
    }
    QVERIFY(!files::keyIn(directory.filePath(QStringLiteral("no/where")).toStdString()).has_value());
}

void SystemTest::lock() {
    const QTemporaryDir directory;
    const std::filesystem::path file = directory.filePath(QStringLiteral("lock")).toStdString();
    {
        auto first = files::DirectoryLock::take(file);
        QVERIFY(first.has_value());
        const auto second = files::DirectoryLock::take(file);
        QVERIFY(!second.has_value());
        QVERIFY(second.error().held);
        QCOMPARE(second.error().what, "process " + std::to_string(QCoreApplication::applicationPid()));
        const files::DirectoryLock moved = std::move(*first);
        QVERIFY(!files::DirectoryLock::take(file).has_value());
    }
    QVERIFY(files::DirectoryLock::take(file).has_value());
    const auto nowhere = files::DirectoryLock::take(file / "no");
    QVERIFY(!nowhere.has_value());
    QVERIFY(!nowhere.error().held);
}

void SystemTest::contentTypes() {
    QCOMPARE(contentTypeOf("a/b.mp4"), std::string_view("video/mp4"));
    QCOMPARE(contentTypeOf("b.jpg"), std::string_view("image/jpeg"));
    QCOMPARE(contentTypeOf("b"), std::string_view("application/octet-stream"));
}

void SystemTest::hashing() {
    ArgonHasher hasher(1, 8192);
    const auto first = hasher.hash("secret");
    const auto second = hasher.hash("secret");
    QVERIFY(first.has_value() && second.has_value());
    QVERIFY(first->starts_with("$argon2id$"));
    // Salted.
    QVERIFY(*first != *second);
    QCOMPARE(hasher.verify(*first, "secret"), PasswordCheck::Right);
    QCOMPARE(hasher.verify(*second, "secret"), PasswordCheck::Right);
    for (const char* wrong : {"", "Secret", "secret ", "secre"}) {
        QCOMPARE(hasher.verify(*first, wrong), PasswordCheck::Wrong);
    }
    QCOMPARE(hasher.verify(*first, std::string_view("secret\0", 7)), PasswordCheck::Wrong);
    QCOMPARE(hasher.verify("", "secret"), PasswordCheck::Wrong);
    QCOMPARE(hasher.verify("garbage", "secret"), PasswordCheck::Wrong);
    for (const char* part : {"argon2id", "v=19", "m=8,", "t=1,", "p=1$"}) {
        std::string changed = *first;
        changed.replace(changed.find(part), std::string_view(part).size(), "x");
        QCOMPARE(hasher.verify(changed, "secret"), PasswordCheck::Wrong);
    }
    for (std::size_t length = 0; length < first->size(); ++length) {
        QCOMPARE(hasher.verify(std::string_view(*first).substr(0, length), "secret"), PasswordCheck::Wrong);
    }
    // A cost that there cannot be.
    std::string free = *first;
    free.replace(free.find("m=8,"), 4, "m=0,");
    QCOMPARE(hasher.verify(free, "secret"), PasswordCheck::Wrong);
    // Well-formed, and nobody's.
    QCOMPARE(
        hasher.verify("$argon2id$v=19$m=8,t=1,p=1$" + std::string(22, 'A') + "$" + std::string(43, 'A'), "x"),
        PasswordCheck::Wrong);
    QCOMPARE(hasher.verify(std::string(5000, '$'), "secret"), PasswordCheck::Wrong);
    // The dummy costs the same and is nobody's.
    QCOMPARE(hasher.dummy().substr(0, hasher.dummy().rfind("p=1$")), first->substr(0, first->rfind("p=1$")));
    QCOMPARE(hasher.verify(hasher.dummy(), ""), PasswordCheck::Wrong);
    ArgonHasher again(1, 8192, std::string(hasher.dummy()));
    QCOMPARE(again.dummy(), hasher.dummy());
}

// Whoever cannot get the memory does not know whether the password was right.
void SystemTest::hashingWithoutMemory() {
    ArgonHasher hasher(1, 8192);
    std::string greedy = hasher.hash("secret").value_or(std::string());
    const std::size_t cost = greedy.find("m=8,");
    QVERIFY(cost != std::string::npos);
    greedy.replace(cost, 4, "m=1048576,");  // KiB
    rlimit old{};
    QCOMPARE(::getrlimit(RLIMIT_AS, &old), 0);
    {
        std::ifstream file("/proc/self/statm");
        rlim_t pages = 0;
        QVERIFY(file >> pages);
        constexpr rlim_t kSome = rlim_t{256} * 1024 * 1024;
        rlimit tight = old;
        tight.rlim_cur = std::min(old.rlim_max, pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)) + kSome);
        QCOMPARE(::setrlimit(RLIMIT_AS, &tight), 0);
    }
    const PasswordCheck check = hasher.verify(greedy, "secret");
    QCOMPARE(::setrlimit(RLIMIT_AS, &old), 0);
    QCOMPARE(check, PasswordCheck::NotChecked);
}

QTEST_GUILESS_MAIN(SystemTest)
#include "system_test.moc"
