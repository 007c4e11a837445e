// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What only the durable store has: files, versions, damage.

#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "tests/backend_sim/store/first_schema.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace tikgok::sim;

namespace {

UserRow someUser() {
    UserRow row;
    row.id = 1;
    row.name = "ann";
    return row;
}

std::string indexesOf(const std::filesystem::path& file) {
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    return database
        .execAndGet(
            "SELECT group_concat(name) FROM (SELECT name FROM sqlite_master"
            " WHERE type = 'index' ORDER BY name)")
        .getString();
}

// How often something was made to reach the medium.
std::atomic<int> syncs = 0;

}  // namespace

// In front of the C library's: SQLite syncs through these.
extern "C" int fdatasync(int descriptor) {
    ++syncs;
    return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
}
extern "C" int fsync(int descriptor) {
    ++syncs;
    return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

class SqliteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void reopenedHoldsEverything();
    void nobodyElseMayRead();
    void schemaIsThatOfTheReference();
    void writesAreSynced();
    void newerSchemaIsRefused();
    void firstSchemaIsBroughtUpToDate();
    void damageIsSaid_data();
    void damageIsSaid();
    void missingDirectoryIsSaid();
    void facts();
    void replayStopsAtAnError();
    void fullMediumIsAnErrorAndKeepsNothing();
    void fillingThatFails();

private:
    std::string file() const { return directory_->filePath(QStringLiteral("store.sqlite")).toStdString(); }

    std::unique_ptr<QTemporaryDir> directory_;
};

void SqliteTest::init() {
    directory_ = std::make_unique<QTemporaryDir>();
    QVERIFY(directory_->isValid());
}

void SqliteTest::reopenedHoldsEverything() {
    {
        auto store = SqliteStore::open(file());
        QVERIFY(store.has_value());
        QVERIFY(*(*store)->users().add(someUser()));
        QVERIFY((*store)->setIdBound(5).has_value());
    }
    auto store = SqliteStore::open(file());
    QVERIFY(store.has_value());
    QCOMPARE(**(*store)->users().find(1), someUser());
    QCOMPARE(*(*store)->idBound(), Id{5});
    QCOMPARE(*(*store)->integrity(), std::string("ok"));
}

void SqliteTest::nobodyElseMayRead() {
    namespace fs = std::filesystem;
    const fs::perms ownerOnly = fs::perms::owner_read | fs::perms::owner_write;
    const auto modeOf = [this](const char* suffix) { return fs::status(file() + suffix).permissions(); };
    for (const bool madeBefore : {false, true}) {
        if (madeBefore) {
            // As earlier versions left it.
            fs::permissions(file(), ownerOnly | fs::perms::group_read | fs::perms::others_read);
        }
        auto store = SqliteStore::open(file());
        QVERIFY(store.has_value());
        QVERIFY((*store)->setIdBound(madeBefore ? 6 : 5).has_value());
        QCOMPARE(modeOf(""), ownerOnly);
        QCOMPARE(modeOf("-wal"), ownerOnly);
        QCOMPARE(modeOf("-shm"), ownerOnly);
    }
}

void SqliteTest::schemaIsThatOfTheReference() {
    QVERIFY(SqliteStore::open(file()).has_value());
    const SQLite::Database database(file());
    for (const char* table : {"users", "videos", "favorites", "comments", "relations", "messages"}) {
        QVERIFY2(database.tableExists(table), table);
    }
}

void SqliteTest::writesAreSynced() {
    auto store = SqliteStore::open(file());
    QVERIFY(store.has_value());
    for (Id id = 1; id <= 3; ++id) {
        UserRow row = someUser();
        row.id = id;
        row.name += std::to_string(id);
        const int before = syncs;
        QVERIFY(*(*store)->users().add(row));
        QVERIFY2(syncs > before, "a commit came back without a sync");
    }
    QVERIFY(QFile::exists(QString::fromStdString(file() + "-wal")));
}

void SqliteTest::newerSchemaIsRefused() {
    QVERIFY(SqliteStore::open(file()).has_value());
    {
        SQLite::Database database(file(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA user_version=9999");
    }
    const auto store = SqliteStore::open(file());
    QVERIFY(!store.has_value());
    QCOMPARE(store.error().kind, SqliteStore::OpenError::Kind::TooNew);
}

void SqliteTest::firstSchemaIsBroughtUpToDate() {
    {
        SQLite::Database database(file(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec(test::kFirstSchema);
    }
    const auto opened = SqliteStore::open(file());
    QVERIFY(opened.has_value());
    SqliteStore& store = **opened;
    QCOMPARE(*store.integrity(), std::string("ok"));
    const std::string fresh = file() + "-fresh";
    QVERIFY(SqliteStore::open(fresh).has_value());
    QCOMPARE(indexesOf(file()), indexesOf(fresh));
    QCOMPARE((**store.users().find(1)).followCount, 1);
    QCOMPARE((**store.videos().find(10)).favoriteCount, 2);
    QCOMPARE((**store.comments().find(20)), (CommentRow{20, 2, 10, "nice", 15}));
    QCOMPARE(**store.messages().newestBetween(2, 1), (MessageRow{30, 1, 2, "hi", 17}));
    QCOMPARE(*store.idBound(), Id{31});
    // Rows may point to nothing now.
    QVERIFY(*store.favorites().set(99, 98, true, 1));
    QVERIFY(*store.favorites().contains(2, 10));
    QVERIFY(*store.relations().set(1, 99, true, 1));
    QVERIFY(store.comments().add({40, 99, 98, "where", 1}).has_value());
    QVERIFY(*store.messages().add({41, 1, 1, "note to myself", 1}));
    QVERIFY(*store.messages().add({42, 1, 99, "nobody", 1}));
    // Ties are still ties, and order is still order.
    QCOMPARE(*store.messages().add({43, 2, 1, "tie", 17}), false);
    QVERIFY(*store.favorites().set(1, 97, true, 1));
    QCOMPARE(*store.favorites().videosOf(1), (std::vector<Id>{97, 10}));
    QCOMPARE(*store.integrity(), std::string("ok"));
}

void SqliteTest::damageIsSaid_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray(8192, 'x');
    QTest::newRow("header, then nothing of sense")
        << QByteArray("SQLite format 3\0", 16) + QByteArray(8176, '\7');
}

void SqliteTest::damageIsSaid() {
    QFETCH(QByteArray, content);
    QFile damaged(QString::fromStdString(file()));
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(content);
    damaged.close();
    const auto store = SqliteStore::open(file());
    QVERIFY(!store.has_value());
    QCOMPARE(store.error().kind, SqliteStore::OpenError::Kind::Corrupt);
    // Nothing was "repaired": the file is as it was.
    QVERIFY(damaged.open(QIODevice::ReadOnly));
    QCOMPARE(damaged.readAll(), content);
}

void SqliteTest::missingDirectoryIsSaid() {
    const auto store = SqliteStore::open(file() + "/no/where");
    QVERIFY(!store.has_value());
    QCOMPARE(store.error().kind, SqliteStore::OpenError::Kind::Unwritable);
}

void SqliteTest::facts() {
    auto store = SqliteStore::open(file());
    QVERIFY(store.has_value());
    QVERIFY(!(*store)->fact("world")->has_value());
    QVERIFY((*store)->setFact("world", "small").has_value());
    QVERIFY((*store)->setFact("world", "other").has_value());
    QCOMPARE(**(*store)->fact("world"), std::string("other"));
    QVERIFY((*store)->setFact("id_bound", "many").has_value());
    QCOMPARE((*store)->idBound().error().kind, StoreError::Kind::Corrupt);
}

void SqliteTest::replayStopsAtAnError() {
    auto store = SqliteStore::open(file());
    QVERIFY(store.has_value());
    UserRow second = someUser();
    second.id = 2;
    second.name = "bob";
    QVERIFY(*(*store)->users().add(someUser()));
    QVERIFY(*(*store)->users().add(second));
    int seen = 0;
    const auto result = (*store)->replay([&seen](const Change&) -> StoreResult<void> {
        ++seen;
        return std::unexpected(StoreError{StoreError::Kind::Corrupt, "no"});
    });
    QVERIFY(!result.has_value());
    QCOMPARE(seen, 1);
}

// A file size limit plays the full disk: first writes fail, later, with room again, they work.
void SqliteTest::fullMediumIsAnErrorAndKeepsNothing() {
    auto store = SqliteStore::open(file());
    QVERIFY(store.has_value());
    QVERIFY(*(*store)->users().add(someUser()));
    struct rlimit old{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit small = old;
    small.rlim_cur = 300'000;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const std::string big(100'000, 's');
    int refused = 0;
    for (Id id = 2; id < 20; ++id) {
        const auto result = (*store)->atomically([&]() -> StoreResult<void> {
            UserRow row = someUser();
            row.id = id;
            row.name = "user " + std::to_string(id);
            row.signature = big;
            const auto added = (*store)->users().add(row);
            return added ? StoreResult<void>() : StoreResult<void>(std::unexpected(added.error()));
        });
        if (!result) {
            ++refused;
            QVERIFY(!*(*store)->users().exists(id));
        } else {
            QVERIFY(*(*store)->users().exists(id));
        }
    }
    QVERIFY(refused > 0);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &old), 0);
    UserRow last = someUser();
    last.id = 100;
    last.name = "room again";
    QVERIFY(*(*store)->users().add(last));
    QCOMPARE(*(*store)->integrity(), std::string("ok"));
}

// What goes wrong while a store is filled is told, and its indexes are those of any other store.
void SqliteTest::fillingThatFails() {
    const QTemporaryDir directory;
    const std::filesystem::path file = directory.filePath(QStringLiteral("filled")).toStdString();
    auto store = SqliteStore::open(file);
    QVERIFY(store.has_value());
    const std::string before = indexesOf(file);
    UserRow ann;
    ann.id = 1;
    ann.name = "ann";
    const auto twice = (*store)->fill([&ann](BulkRows& rows) {
        const auto first = rows.add(ann);
        return first ? rows.add(ann) : first;
    });
    QVERIFY(!twice);
    QCOMPARE(twice.error().kind, StoreError::Kind::Conflict);
    const auto ended = (*store)->fill([&ann](BulkRows& rows) -> StoreResult<void> {
        static_cast<void>(rows.add(ann));
        return std::unexpected(StoreError{StoreError::Kind::Io, "enough"});
    });
    QVERIFY(!ended);
    QCOMPARE(ended.error().what, std::string("enough"));
    QVERIFY((*store)->users().all()->empty());
    QCOMPARE(indexesOf(file), before);
    QVERIFY((*store)->fill([&ann](BulkRows& rows) { return rows.add(ann); }).has_value());
    QCOMPARE(indexesOf(file), before);
    QCOMPARE((*store)->users().all()->size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(SqliteTest)
#include "sqlite_test.moc"
