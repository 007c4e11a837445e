// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The disk of the durability tests forgets what it must, keeps what it must, and tears.

#include "tests/durability/disk.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <set>
#include <sqlite3.h>
#include <string>

using namespace tikgok::sim::durability;

namespace {

namespace fs = std::filesystem;

class Database {
public:
    explicit Database(const fs::path& file, const char* vfs = nullptr) {
        opened_ = sqlite3_open_v2(file.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs);
    }
    ~Database() { sqlite3_close(handle_); }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    int run(const std::string& sql) { return sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr); }
    // The first value of the first row; "error" when there is none.
    std::string ask(const std::string& sql) {
        std::string answer = "error";
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
            sqlite3_step(statement) == SQLITE_ROW) {
            answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
        }
        sqlite3_finalize(statement);
        return answer;
    }
    bool opened() const { return opened_ == SQLITE_OK; }

private:
    sqlite3* handle_ = nullptr;
    int opened_ = SQLITE_ERROR;
};

// What a power cut now would leave, looked at by SQLite as it is.
class Aftermath {
public:
    explicit Aftermath(const QTemporaryDir& directory) {
        for (const auto& entry : fs::directory_iterator(directory.path().toStdString())) {
            fs::copy(entry.path(), copy() / entry.path().filename());
        }
    }
    std::string ask(const std::string& sql) const {
        Database database(copy() / "db", "unix");
        return database.ask(sql);
    }
    bool has(const char* name) const { return fs::exists(copy() / name); }
    std::uintmax_t size(const char* name) const { return fs::file_size(copy() / name); }

private:
    fs::path copy() const { return copy_.path().toStdString(); }
    QTemporaryDir copy_;
};

fs::path databaseIn(const QTemporaryDir& directory) {
    return fs::path(directory.path().toStdString()) / "db";
}

void fill(Database& database, int from, int to) {
    for (int i = from; i <= to; ++i) {
        QCOMPARE(database.run("INSERT INTO t VALUES (" + std::to_string(i) + ", hex(randomblob(300)))"),
                 SQLITE_OK);
    }
}

}  // namespace

class DurabilityDiskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatWasSynced_data();
    void keepsWhatWasSynced();
    void forgetsWhatWasNotSynced();
    void survivesCheckpointsAtEveryMoment_data();
    void survivesCheckpointsAtEveryMoment();
    void tears();
    void namesAreSyncedToo();
    void rollbackJournalsWork();
    void severalConnectionsSeeOneFile();
    void unsyncedWritesOutliveClosing();
    void failsWhereTold();
    void keepsDatabasesAtNormal();
};

void DurabilityDiskTest::keepsWhatWasSynced_data() {
    QTest::addColumn<DiskMode>("mode");
    QTest::newRow("plain") << DiskMode::Plain;
    QTest::newRow("power") << DiskMode::Power;
    QTest::newRow("torn") << DiskMode::Torn;
}

void DurabilityDiskTest::keepsWhatWasSynced() {
    QFETCH(DiskMode, mode);
    const QTemporaryDir directory;
    const WatchPage watch = mapWatch(directory.filePath(QStringLiteral("watch")).toStdString());
    Disk disk({.mode = mode, .seed = 7}, watch.get());
    Database database(databaseIn(directory));
    QVERIFY(database.opened());
    database.run(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
    for (int i = 1; i <= 20; ++i) {
        fill(database, i, i);
        QCOMPARE(watch->committing.load(), 0U);
        const Aftermath aftermath(directory);
        QCOMPARE(aftermath.ask("SELECT count(*) FROM t"), std::to_string(i));
        QCOMPARE(aftermath.ask("PRAGMA integrity_check"), std::string("ok"));
    }
    QVERIFY(disk.operations() > 0);
    QCOMPARE(watch->operations.load(), disk.operations());
}

// Without syncs everything since the last one is gone; the process itself sees all of it.
void DurabilityDiskTest::forgetsWhatWasNotSynced() {
    const QTemporaryDir directory;
    const WatchPage watch = mapWatch(directory.filePath(QStringLiteral("watch")).toStdString());
    const Disk disk({}, watch.get());
    Database database(databaseIn(directory));
    database.run(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
    fill(database, 1, 5);
    database.run("PRAGMA synchronous=NORMAL");
    fill(database, 6, 50);
    QCOMPARE(watch->committing.load(), 1U);
    QCOMPARE(database.ask("SELECT count(*) FROM t"), std::string("50"));
    QCOMPARE(Aftermath(directory).ask("SELECT count(*) FROM t"), std::string("5"));
    // The next synced commit takes the earlier ones along.
    database.run("PRAGMA synchronous=FULL");
    fill(database, 51, 51);
    QCOMPARE(Aftermath(directory).ask("SELECT count(*) FROM t"), std::string("51"));
}

void DurabilityDiskTest::survivesCheckpointsAtEveryMoment_data() {
    keepsWhatWasSynced_data();
}

// A log that starts anew, a database that shrinks: after each step, what was committed is there.
void DurabilityDiskTest::survivesCheckpointsAtEveryMoment() {
    QFETCH(DiskMode, mode);
    const QTemporaryDir directory;
    const Disk disk({.mode = mode, .seed = 11}, nullptr);
    Database database(databaseIn(directory));
    database.run(
        "PRAGMA auto_vacuum=FULL; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b); PRAGMA wal_autocheckpoint=0");
    int next = 1;
    for (const char* checkpoint : {"PASSIVE", "RESTART", "TRUNCATE", "PASSIVE", "TRUNCATE"}) {
        fill(database, next, next + 30);
        next += 31;
        QCOMPARE(database.run("DELETE FROM t WHERE a % 3 = 0"), SQLITE_OK);
        const std::string expected = database.ask("SELECT count(*) FROM t");
        QCOMPARE(Aftermath(directory).ask("SELECT count(*) FROM t"), expected);
        QCOMPARE(database.run(std::string("PRAGMA wal_checkpoint(") + checkpoint + ")"), SQLITE_OK);
        const Aftermath after(directory);
        QCOMPARE(after.ask("SELECT count(*) FROM t"), expected);
        QCOMPARE(after.ask("PRAGMA integrity_check"), std::string("ok"));
    }
}

// Without syncs a torn log holds parts of frames that Power does not let through, other ones for other seeds.
void DurabilityDiskTest::tears() {
    std::set<std::uintmax_t> logs;
    for (const std::uint64_t seed : {1, 2, 3, 4}) {
        const QTemporaryDir directory;
        const Disk disk({.mode = DiskMode::Torn, .seed = seed}, nullptr);
        Database database(databaseIn(directory));
        database.run(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
        fill(database, 1, 5);
        const auto synced = Aftermath(directory).size("db-wal");
        database.run("PRAGMA synchronous=NORMAL");
        fill(database, 6, 60);
        const Aftermath aftermath(directory);
        const auto torn = aftermath.size("db-wal");
        QVERIFY(torn > synced);
        logs.insert(torn);
        const int rows = std::stoi(aftermath.ask("SELECT count(*) FROM t"));
        QVERIFY(rows >= 5 && rows < 60);
    }
    QVERIFY(logs.size() > 1);
}

// A name is there once the directory was synced, and gone once its deletion was.
void DurabilityDiskTest::namesAreSyncedToo() {
    const QTemporaryDir directory;
    const Disk disk({}, nullptr);
    {
        Database database(databaseIn(directory));
        database.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; CREATE TABLE t (a)");
        QCOMPARE(database.ask("SELECT count(*) FROM t"), std::string("0"));
        QVERIFY(!Aftermath(directory).has("db-wal"));
        database.run("PRAGMA synchronous=FULL; INSERT INTO t VALUES (1)");
        QVERIFY(Aftermath(directory).has("db-wal"));
    }
    // Closing deletes the log; whether that deletion is on the medium or not, the row is.
    QCOMPARE(Aftermath(directory).ask("SELECT count(*) FROM t"), std::string("1"));
    Database again(databaseIn(directory));
    QCOMPARE(again.ask("SELECT count(*) FROM t"), std::string("1"));
}

void DurabilityDiskTest::rollbackJournalsWork() {
    const QTemporaryDir directory;
    const Disk disk({.mode = DiskMode::Torn, .seed = 3}, nullptr);
    Database database(databaseIn(directory));
    database.run(
        "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
    fill(database, 1, 20);
    QCOMPARE(database.run("BEGIN; DELETE FROM t WHERE a > 10"), SQLITE_OK);
    QCOMPARE(Aftermath(directory).ask("SELECT count(*) FROM t"), std::string("20"));
    QCOMPARE(database.run("ROLLBACK"), SQLITE_OK);
    QCOMPARE(database.ask("SELECT count(*) FROM t"), std::string("20"));
    QCOMPARE(Aftermath(directory).ask("SELECT count(*) FROM t"), std::string("20"));
}

void DurabilityDiskTest::severalConnectionsSeeOneFile() {
    const QTemporaryDir directory;
    const Disk disk({}, nullptr);
    Database one(databaseIn(directory));
    Database other(databaseIn(directory));
    one.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
    fill(one, 1, 10);
    QCOMPARE(other.ask("SELECT count(*) FROM t"), std::string("10"));
    fill(other, 11, 20);
    QCOMPARE(one.ask("SELECT count(*) FROM t"), std::string("20"));
    // One writer at a time, as ever.
    QCOMPARE(one.run("BEGIN IMMEDIATE"), SQLITE_OK);
    QCOMPARE(other.run("BEGIN IMMEDIATE"), SQLITE_BUSY);
    QCOMPARE(one.run("COMMIT"), SQLITE_OK);
}

void DurabilityDiskTest::unsyncedWritesOutliveClosing() {
    const QTemporaryDir directory;
    const Disk disk({}, nullptr);
    {
        Database database(databaseIn(directory));
        database.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; CREATE TABLE t (a)");
        database.run("INSERT INTO t VALUES (1)");
    }
    Database again(databaseIn(directory));
    QCOMPARE(again.ask("SELECT count(*) FROM t"), std::string("1"));
    QCOMPARE(Aftermath(directory).ask("SELECT count(*) FROM t"), std::string("error"));
}

void DurabilityDiskTest::failsWhereTold() {
    const QTemporaryDir directory;
    Disk disk({}, nullptr);
    Database database(databaseIn(directory));
    database.run(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
    disk.arm(0, 1, false);
    QVERIFY((database.run("INSERT INTO t VALUES (1, 1)") & 0xff) == SQLITE_IOERR);
    QCOMPARE(database.run("INSERT INTO t VALUES (1, 1)"), SQLITE_OK);
    disk.arm(0, 1, true);
    for (int i = 0; i < 3; ++i) {
        QVERIFY((database.run("INSERT INTO t VALUES (2, 1)") & 0xff) == SQLITE_IOERR);
    }
    disk.arm(0, 0, false);
    QCOMPARE(database.run("INSERT INTO t VALUES (2, 1)"), SQLITE_OK);
    QCOMPARE(Aftermath(directory).ask("SELECT count(*) FROM t"), std::string("2"));
}

void DurabilityDiskTest::keepsDatabasesAtNormal() {
    const QTemporaryDir directory;
    {
        const Disk disk({.neverFull = true}, nullptr);
        Database database(databaseIn(directory));
        database.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
        QCOMPARE(database.ask("PRAGMA synchronous"), std::string("1"));
    }
    const Disk disk({}, nullptr);
    Database database(databaseIn(directory));
    database.run("PRAGMA synchronous=FULL");
    QCOMPARE(database.ask("PRAGMA synchronous"), std::string("2"));
}

QTEST_GUILESS_MAIN(DurabilityDiskTest)
#include "disk_test.moc"
