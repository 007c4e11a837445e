// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/storage/database.h"

#include "core/storage/account_rows.h"
#include "tests/core/support/wait.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <vector>

namespace tikgok {

namespace {

constexpr std::array<MigrationStep, 3> kNotes{
    [](SQLite::Database& db) { db.exec("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"); },
    [](SQLite::Database& db) { db.exec("ALTER TABLE notes ADD COLUMN colour INTEGER NOT NULL DEFAULT 7"); },
    [](SQLite::Database& db) { db.exec("CREATE INDEX notes_by_colour ON notes (colour)"); },
};
constexpr std::array<MigrationStep, 1> kOthers{
    [](SQLite::Database& db) { db.exec("CREATE TABLE others (id INTEGER PRIMARY KEY)"); },
};
constexpr std::array<MigrationStep, 3> kBreaking{
    kNotes[0],
    kNotes[1],
    [](SQLite::Database& db) {
        db.exec("DELETE FROM notes");
        throw std::runtime_error("no");
    },
};

QList<SchemaPart> notes(std::size_t steps = kNotes.size()) {
    return {{QStringLiteral("notes"), std::span(kNotes).first(steps)}};
}

auto insertNote(std::string text) {
    return [text = std::move(text)](SQLite::Database& db) {
        SQLite::Statement insert(db, "INSERT INTO notes (text) VALUES (?)");
        insert.bind(1, text);
        insert.exec();
        return static_cast<qint64>(db.getLastInsertRowid());
    };
}

QStringList rowsOf(SQLite::Database& db, const char* sql) {
    QStringList rows;
    SQLite::Statement query(db, sql);
    while (query.executeStep()) {
        rows.append(QString::fromStdString(query.getColumn(0).getString()));
    }
    return rows;
}

QStringList texts(Database& database) {
    return test::waitFor(
               database.run(
                   [](SQLite::Database& db) { return rowsOf(db, "SELECT text FROM notes ORDER BY id"); }, {}))
        .value_or(QStringList{QStringLiteral("(error)")});
}

QStringList schemaOf(Database& database) {
    return *test::waitFor(database.run(
        [](SQLite::Database& db) {
            return rowsOf(db,
                          "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master "
                          "UNION ALL SELECT name || ' ' || version FROM schema_parts ORDER BY 1");
        },
        {}));
}

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

struct Owner {
    QCoro::Task<> add(Database& database, QStringList& log) {
        const std::stop_token alive = scope.token();
        auto id = co_await database.run(insertNote("of an owner"), alive);
        if (alive.stop_requested()) {
            log.append(id ? QStringLiteral("value") : QStringLiteral("gone"));
            co_return;
        }
        ++count;
    }
    int count = 0;
    TaskScope scope;
};

}  // namespace

class DatabaseTest : public QObject {
    Q_OBJECT

private:
    [[nodiscard]] QString path() const { return dir_->filePath(QStringLiteral("deep/er/client.sqlite")); }
    void ready(Database& database) const {
        QVERIFY(test::waitUntil([&] { return database.state() == Database::State::Ready; }));
    }
    void makeFile(std::size_t steps = kNotes.size()) const {
        Database database(path(), notes(steps));
        QVERIFY(test::waitFor(database.run(insertNote("first"), {})));
    }

    std::unique_ptr<QTemporaryDir> dir_;

private Q_SLOTS:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void jobsRunInOrderElsewhere() {
        Database database(path(), notes());
        QCOMPARE(database.state(), Database::State::Opening);
        auto thread = std::make_shared<QThread*>();
        std::vector<QCoro::Task<Result<qint64>>> tasks;
        for (int i = 0; i < 20; ++i) {
            tasks.push_back(database.run(insertNote(std::to_string(i)), {}));
        }
        QVERIFY(test::waitFor(
            database.run([thread](SQLite::Database&) { *thread = QThread::currentThread(); }, {})));
        QVERIFY(*thread != QThread::currentThread());
        QStringList expected;
        for (int i = 0; i < 20; ++i) {
            expected.append(QString::number(i));
            QVERIFY(tasks.at(static_cast<std::size_t>(i)).isReady());
        }
        QCOMPARE(texts(database), expected);
    }

    void survivesAndIsPrivate() {
        makeFile();
        constexpr auto kOthersMay = QFileDevice::ReadGroup | QFileDevice::ReadOther |
                                    QFileDevice::WriteGroup | QFileDevice::WriteOther;
        Database database(path(), notes());
        QCOMPARE(texts(database), QStringList{QStringLiteral("first")});
        QVERIFY(test::waitFor(database.run(insertNote("second"), {})));
        for (const char* suffix : {"", "-wal", "-shm"}) {
            const QFileInfo file(path() + QLatin1String(suffix));
            QVERIFY(file.exists());
            QVERIFY(!(file.permissions() & kOthersMay));
        }
        const auto sync = test::waitFor(database.run(
            [](SQLite::Database& db) {
                return QStringLiteral("%1 %2").arg(
                    QString::fromStdString(db.execAndGet("PRAGMA journal_mode").getString()),
                    QString::fromStdString(db.execAndGet("PRAGMA synchronous").getString()));
            },
            {}));
        QCOMPARE(*sync, QStringLiteral("wal 2"));
    }

    void aJobIsAllOrNothing() {
        Database database(path(), notes());
        const auto result = test::waitFor(database.run(
            [](SQLite::Database& db) {
                insertNote("half")(db);
                throw std::runtime_error("thrown by the job");
            },
            {}));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Storage);
        QVERIFY(result.error().detail.contains(QLatin1String("thrown")));
        const auto broken =
            test::waitFor(database.run([](SQLite::Database& db) { db.exec("no such words"); }, {}));
        QVERIFY(!broken);
        QCOMPARE(broken.error().kind, ErrorKind::Storage);
        QCOMPARE(texts(database), QStringList());
        QVERIFY(test::waitFor(database.run(insertNote("goes on"), {})));
        QCOMPARE(texts(database), QStringList{QStringLiteral("goes on")});
    }

    void ownerDestroyedInTheMiddle() {
        Database database(path(), notes());
        QStringList log;
        {
            Owner owner;
            owner.add(database, log);
        }
        QCOMPARE(log, QStringList{QStringLiteral("gone")});
        QCOMPARE(texts(database), QStringList{QStringLiteral("of an owner")});  // the work was done
    }

    void databaseDestroyedInTheMiddle() {
        QStringList log;
        Owner owner;
        std::vector<QCoro::Task<Result<qint64>>> tasks;
        {
            Database database(path(), notes());
            for (int i = 0; i < 10; ++i) {
                tasks.push_back(database.run(insertNote("kept"), {}));
            }
        }
        for (auto& task : tasks) {
            QVERIFY(task.isReady());
        }
        Database again(path(), notes());
        QCOMPARE(texts(again).size(), 10);
    }

    void migratedEqualsFresh_data() {
        QTest::addColumn<int>("from");
        for (int i = 1; i <= static_cast<int>(kNotes.size()); ++i) {
            QTest::addRow("version %d", i) << i;
        }
    }
    void migratedEqualsFresh() {
        QFETCH(const int, from);
        Database fresh(dir_->filePath(QStringLiteral("fresh.sqlite")), notes());
        makeFile(static_cast<std::size_t>(from));
        Database migrated(path(), notes());
        QCOMPARE(texts(migrated), QStringList{QStringLiteral("first")});
        // ALTER TABLE leaves the text of the statement as it was written; both took the same way.
        QCOMPARE(schemaOf(migrated), schemaOf(fresh));
    }

    void aPartMayComeLater() {
        makeFile();
        const QList<SchemaPart> both = notes() + QList<SchemaPart>{{QStringLiteral("others"), kOthers}};
        {
            Database database(path(), both);
            ready(database);
            QCOMPARE(texts(database), QStringList{QStringLiteral("first")});
        }
        // Whoever does not know the other part leaves it alone.
        Database database(path(), notes());
        QCOMPARE(texts(database), QStringList{QStringLiteral("first")});
        QVERIFY(schemaOf(database).join(QLatin1Char('\n')).contains(QLatin1String("others 1")));
    }

    void aMigrationIsAllOrNothing() {
        makeFile(2);
        {
            Database database(path(), {{QStringLiteral("notes"), kBreaking}});
            QVERIFY(test::waitUntil([&] { return database.state() == Database::State::Unwritable; }));
        }
        Database database(path(), notes());
        QCOMPARE(texts(database), QStringList{QStringLiteral("first")});
        QCOMPARE(database.asidePath(), QString());
    }

    void newerFileIsRefusedAndNotTouched_data() {
        QTest::addColumn<QString>("sql");
        QTest::newRow("part") << QStringLiteral("UPDATE schema_parts SET version = 99");
        QTest::newRow("file") << QStringLiteral("PRAGMA user_version = 99");
    }
    void newerFileIsRefusedAndNotTouched() {
        QFETCH(const QString, sql);
        makeFile();
        {
            SQLite::Database file(path().toStdString(), SQLite::OPEN_READWRITE);
            file.exec(sql.toStdString());
        }
        const QByteArray before = bytesOf(path());
        {
            Database database(path(), notes());
            QVERIFY(test::waitUntil([&] { return database.state() == Database::State::TooNew; }));
            const auto result = test::waitFor(database.run(insertNote("no"), {}));
            QVERIFY(!result);
            QCOMPARE(result.error().kind, ErrorKind::Storage);
            QVERIFY(result.error().detail.contains(QLatin1String("newer")));
        }
        QCOMPARE(bytesOf(path()), before);
        QVERIFY(!QFileInfo::exists(path() + QStringLiteral(".bad")));
    }

    void damagedFile_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("at");
        QTest::newRow("no database") << QByteArray(5000, 'x') << 0;
        QTest::newRow("header") << QByteArray(40, '\xff') << 0;
        QTest::newRow("first page") << QByteArray(1500, '\xee') << 100;
        QTest::newRow("later page") << QByteArray(4096, '\xee') << 4096;
    }
    void damagedFile() {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, at);
        makeFile();
        {
            QFile file(path());
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.seek(at);
            file.write(bytes);
        }
        const QByteArray damaged = bytesOf(path());
        Database database(path(), notes());
        QSignalSpy said(&database, &Database::damageFound);
        QCOMPARE(texts(database), QStringList());
        QCOMPARE(said.size(), 1);
        QCOMPARE(database.state(), Database::State::Ready);
        QCOMPARE(database.asidePath(), path() + QStringLiteral(".bad"));
        QCOMPARE(bytesOf(database.asidePath()), damaged);
    }

    void damagedTwiceKeepsBoth() {
        for (int i = 0; i < 2; ++i) {
            makeFile();
            QFile file(path());
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.write(QByteArray(100, 'z'));
        }
        Database database(path(), notes());
        ready(database);
        QCOMPARE(QDir(QFileInfo(path()).path()).entryList({QStringLiteral("*.bad*")}, QDir::Files).size(), 2);
    }

    void damagedAndDisposableIsRemoved() {
        makeFile();
        {
            QFile file(path());
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.write(QByteArray(100, 'z'));
        }
        Database database(path(), notes(), StorageClass::Disposable);
        QCOMPARE(texts(database), QStringList());
        QVERIFY(!QFileInfo::exists(path() + QStringLiteral(".bad")));
    }

    void bitFlipsNeverHurt() {
        makeFile();
        const QByteArray whole = bytesOf(path());
        for (int i = 0; i < 40; ++i) {
            QByteArray flipped = whole;
            const auto at = (i * 7919) % flipped.size();
            flipped[at] = static_cast<char>(flipped.at(at) ^ (1 << (i % 8)));
            const QString name = dir_->filePath(QStringLiteral("flip%1.sqlite").arg(i));
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(i % 4 == 3 ? flipped.left(at) : flipped);
            file.close();
            Database database(name, notes());
            QVERIFY(test::waitUntil([&] { return database.state() != Database::State::Opening; }));
            static_cast<void>(texts(database));
        }
    }

    void diskFull() {
        Database database(path(), notes());
        QVERIFY(test::waitFor(database.run(insertNote("first"), {})));
        const auto limit = [&database](int pages) {
            return test::waitFor(database.run(
                [pages](SQLite::Database& db) {
                    const int now = db.execAndGet("PRAGMA page_count").getInt();
                    db.exec("PRAGMA max_page_count = " + std::to_string(now + pages));
                },
                {}));
        };
        QVERIFY(limit(0));
        const auto full = test::waitFor(database.run(insertNote(std::string(100'000, 'x')), {}));
        QVERIFY(!full);
        QCOMPARE(full.error().kind, ErrorKind::Storage);
        QCOMPARE(texts(database), QStringList{QStringLiteral("first")});
        QVERIFY(limit(1'000));
        QVERIFY(test::waitFor(database.run(insertNote("space again"), {})));
    }

    void placeThatCannotBeWrittenYet() {
        // A file where the folder should be.
        const QString blocked = dir_->filePath(QStringLiteral("deep"));
        {
            QFile file(blocked);
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        Database database(path(), notes());
        const auto refused = test::waitFor(database.run(insertNote("no"), {}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
        QCOMPARE(database.state(), Database::State::Unwritable);
        QVERIFY(QFile::remove(blocked));
        QVERIFY(test::waitFor(database.run(insertNote("now"), {})));
        QCOMPARE(database.state(), Database::State::Ready);
    }

    // Neither in a page that became free, nor in the log.
    void whatWasRemovedCannotBeRead() {
        const std::string secret = "nobody shall find this ";
        Database database(path(), notes());
        QVERIFY(test::waitFor(database.run(insertNote("stays"), {})));
        std::string large;
        while (large.size() < 40'000) {
            large += secret;
        }
        QVERIFY(test::waitFor(database.run(insertNote(secret), {})));
        QVERIFY(test::waitFor(database.run(insertNote(large), {})));
        const auto findable = [this, &secret] {
            const QDir folder = QFileInfo(path()).dir();
            QStringList found;
            for (const QString& name : folder.entryList(QDir::Files)) {
                if (bytesOf(folder.filePath(name)).contains(secret.c_str())) {
                    found.append(name);
                }
            }
            return found;
        };
        QVERIFY(!findable().isEmpty());
        // Into the file, and then removed from there.
        QVERIFY(test::waitFor(database.emptyLog({})));
        QCOMPARE(findable(), QStringList{QStringLiteral("client.sqlite")});
        database.run([](SQLite::Database& db) { db.exec("DELETE FROM notes WHERE text <> 'stays'"); }, {});
        QVERIFY(test::waitFor(database.emptyLog({})));
        QCOMPARE(findable(), QStringList());
        QCOMPARE(texts(database), QStringList{QStringLiteral("stays")});
    }

    void aLogThatIsInUseStays() {
        Database database(path(), notes());
        QVERIFY(test::waitFor(database.run(insertNote("first"), {})));
        {
            SQLite::Database other(path().toStdString(), SQLite::OPEN_READONLY);
            SQLite::Statement reads(other, "SELECT text FROM notes");
            QVERIFY(reads.executeStep());
            const auto emptied = test::waitFor(database.emptyLog({}));
            QVERIFY(!emptied);
            QCOMPARE(emptied.error().kind, ErrorKind::Storage);
            QVERIFY(emptied.error().retryable);
        }
        QVERIFY(test::waitFor(database.emptyLog({})));
        QCOMPARE(texts(database), QStringList{QStringLiteral("first")});
    }

    void emptyLogOfADestroyedDatabase() {
        auto database = std::make_unique<Database>(path(), notes());
        const auto emptied = database->emptyLog({});
        database.reset();
        QVERIFY(emptied.isReady());
    }

    void removesTheRowsOfAServersAccounts() {
        static constexpr std::array<MigrationStep, 1> kKept{[](SQLite::Database& db) {
            db.exec("CREATE TABLE kept (account TEXT NOT NULL)");
            db.exec("CREATE TABLE others (account TEXT NOT NULL)");
            for (const char* table : {"kept", "others"}) {
                db.exec(std::string("INSERT INTO ") + table +
                        " VALUES ('http://a_b|1'), ('http://a_b|22'), ('http://a_b|'), ('http://a_bc|1'), "
                        "('http://axb|1'), ('HTTP://A_B|1'), ('x http://a_b|1'), (''), ('家|1'), ('家乡|1')");
            }
        }};
        Database database(path(), {{QStringLiteral("kept"), kKept}});
        const auto left = [&database](const char* sql, const std::string& prefix) {
            const auto rows = test::waitFor(database.run(
                [sql, prefix](SQLite::Database& db) {
                    removeAccountRows(db, "kept", prefix);
                    return rowsOf(db, sql);
                },
                {}));
            return rows ? *rows : QStringList();
        };
        const QStringList kept{QStringLiteral("http://a_bc|1"), QStringLiteral("http://axb|1"),
                               QStringLiteral("HTTP://A_B|1"), QStringLiteral("x http://a_b|1"), QString()};
        const char* sql = "SELECT account FROM kept ORDER BY rowid";
        QCOMPARE(left(sql, "http://a_b|"),
                 kept + QStringList({QStringLiteral("家|1"), QStringLiteral("家乡|1")}));
        QCOMPARE(left(sql, "家|"), kept + QStringList(QStringLiteral("家乡|1")));
        QCOMPARE(left("SELECT count(*) FROM others", "none|"), QStringList(QStringLiteral("10")));
    }

    void inMemory() {
        Database database(QString(), notes());
        QVERIFY(test::waitFor(database.run(insertNote("nowhere"), {})));
        QCOMPARE(texts(database), QStringList{QStringLiteral("nowhere")});
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::DatabaseTest)
#include "database_test.moc"
