// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The file of an upload while it waits: looked at before it is sent, kept where the system cleans up, and
// there when what names it cannot be read.

#include "core/publish/publishing.h"
#include "tests/core/support/publish_desk.h"
#include "tests/support/grow_film.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <csignal>
#include <sys/resource.h>

namespace tikgok {

using test::Desk;
using test::kFilm;
using test::kNone;
using test::kPublish;
using test::kYes;
using test::listOf;
using test::waitUntil;
using JobState = PublishJobs::State;
using EditorState = PublishEditor::State;

class PublishFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changedFileIsNotSent_data() {
        QTest::addColumn<bool>("gone");
        QTest::newRow("gone") << true;
        QTest::newRow("changed") << false;
    }
    void changedFileIsNotSent() {
        QFETCH(bool, gone);
        Desk desk;
        if (gone && FileDesk::isTemporary(desk.path("film.mp4"))) {
            QSKIP("this checkout lies where files are kept when they are handed over, so none can go");
        }
        desk.world.net.fail(ErrorKind::Offline, false);
        QVERIFY(desk.hands());
        QVERIFY(desk.reaches(JobState::Retrying));
        if (gone) {
            QVERIFY(QFile::remove(desk.path("film.mp4")));
        } else {
            QFile file(desk.path("film.mp4"));
            QVERIFY(file.open(QIODevice::Append));
            file.write("more");
        }
        desk.jobs().retry(desk.job(PublishJobs::JobIdRole).toString());
        QVERIFY(desk.reaches(JobState::Failed));
        QCOMPARE(desk.count(kPublish), 0);
        QCOMPARE(desk.job(PublishJobs::ProblemRole).value<PublishProblem>(),
                 gone ? PublishProblem::FileGone : PublishProblem::FileChanged);
    }

    // What lies where the system cleans up by itself is kept until it is sent.
    void temporaryFileIsKept() {
        Desk desk;
        QTemporaryDir place;  // in the system's own place for temporary things
        QVERIFY(FileDesk::isTemporary(place.path()));
        QVERIFY(!FileDesk::isTemporary(QStringLiteral("/home/x/tmp/a.mp4")));
        const QString path = place.filePath(QStringLiteral("shared.mp4"));
        QVERIFY(QFile::copy(kFilm, path));
        QVERIFY(desk.opens(path));
        desk.editor().setTitle(QStringLiteral("hello"));
        desk.world.net.fail(ErrorKind::Offline, false);
        desk.editor().publish();
        QVERIFY(desk.reaches(JobState::Retrying));
        QVERIFY(QFile::remove(path));
        const QDir kept(desk.path("publish"));
        QCOMPARE(kept.entryList(QDir::Files).size(), 1);
        // A copy may be one that everybody could read where it was.
        QCOMPARE(QFile::permissions(kept.path()) & (QFile::ExeGroup | QFile::ExeOther), QFile::Permissions());
        desk.begin();
        QVERIFY(desk.reaches(JobState::Retrying));
        QCOMPARE(kept.entryList(QDir::Files).size(), 1);
        desk.world.net.reply(kNone).reply(kYes).reply(listOf({{8, "hello"}}));
        desk.jobs().retry(desk.job(PublishJobs::JobIdRole).toString());
        QVERIFY(desk.reaches(JobState::Sent));
        QVERIFY(waitUntil([&] { return kept.entryList(QDir::Files).isEmpty(); }));
    }

    // What waits may be named in a file that cannot be read, and may be the only copy.
    void keptCopiesOutliveTheirDatabase_data() {
        QTest::addColumn<QString>("trouble");
        QTest::addColumn<bool>("passes");  // the job is there again afterwards
        QTest::newRow("the outbox is of a newer version") << "outbox" << true;
        QTest::newRow("the drafts are of a newer version") << "publish" << true;
        QTest::newRow("the outbox cannot be read") << "intents" << true;
        QTest::newRow("the drafts cannot be read") << "publish_drafts" << true;
        QTest::newRow("the file cannot be opened") << "folder" << true;
        QTest::newRow("the file is damaged") << "damage" << false;
    }
    void keptCopiesOutliveTheirDatabase() {
        QFETCH(const QString, trouble);
        QFETCH(const bool, passes);
        Desk desk;
        QTemporaryDir place;  // of which publishing keeps a copy
        QVERIFY(QFile::copy(kFilm, place.filePath(QStringLiteral("shared.mp4"))));
        QVERIFY(desk.opens(place.filePath(QStringLiteral("shared.mp4"))));
        desk.editor().setTitle(QStringLiteral("hello"));
        desk.world.net.fail(ErrorKind::Offline, false);
        desk.editor().publish();
        QVERIFY(desk.reaches(JobState::Retrying));
        QVERIFY(desk.opens(desk.recording()));
        desk.editor().close();
        QVERIFY(desk.settled());
        const QDir kept(desk.path("publish"));
        const QStringList copies = kept.entryList(QDir::Files);
        QCOMPARE(copies.size(), 1);
        desk.publishing.reset();
        desk.outbox.reset();
        desk.database.reset();
        const QString file = desk.path("client.sqlite");
        const QString other = desk.path("for later");
        const auto execute = [&file](const QString& sql) {
            SQLite::Database(file.toStdString(), SQLite::OPEN_READWRITE).exec(sql.toStdString());
        };
        const auto setVersion = [&](int by) {
            execute(QStringLiteral("UPDATE schema_parts SET version = version + %1 WHERE name = '%2'")
                        .arg(by)
                        .arg(trouble));
        };
        const bool table = trouble == QLatin1String("intents") || trouble == QLatin1String("publish_drafts");
        if (table) {
            execute(QStringLiteral("ALTER TABLE %1 RENAME TO elsewhere").arg(trouble));
        } else if (trouble == QLatin1String("folder")) {
            QVERIFY(QFile::rename(file, other) && QDir().mkdir(file));
        } else if (trouble == QLatin1String("damage")) {
            QFile damaged(file);
            QVERIFY(damaged.open(QIODevice::ReadWrite));
            damaged.write(QByteArray(200, 'z'));
        } else {
            setVersion(100);
        }
        // Also when it was put aside by an earlier start.
        for (int i = 0; i < 2; ++i) {
            desk.begin();
            QVERIFY(desk.opens(desk.path("nothing.mp4")));  // the desk has done what it was asked for
            desk.editor().discard();
            QCOMPARE(kept.entryList(QDir::Files), copies);
            QCOMPARE(desk.jobs().count(), trouble == QLatin1String("publish_drafts") ? 1 : 0);
        }
        desk.publishing.reset();
        desk.outbox.reset();
        desk.database.reset();
        if (table) {
            execute(QStringLiteral("ALTER TABLE elsewhere RENAME TO %1").arg(trouble));
        } else if (trouble == QLatin1String("folder")) {
            QVERIFY(QDir().rmdir(file) && QFile::rename(other, file));
        } else if (passes) {
            setVersion(-100);
        }
        desk.begin();
        QCOMPARE(desk.jobs().count(), passes ? 1 : 0);
        // The recording is in one draft, the one that it had or a new one.
        QVERIFY(waitUntil([&] { return desk.drafts().count() == 1; }));
        QVERIFY(desk.opens(desk.path("nothing.mp4")));
        desk.editor().discard();
        QCOMPARE(kept.entryList(QDir::Files), copies);
        QCOMPARE(desk.drafts().count(), 1);
    }

    // From a disk of its own, of which no link can be made, to ours.
    void temporaryFileIsCopied_data() {
        QTest::addColumn<QString>("how");
        QTest::addColumn<int>("copies");
        QTest::addColumn<int>("jobs");
        QTest::newRow("to the end") << QStringLiteral("end") << 1 << 1;
        QTest::newRow("stopped") << QStringLiteral("stop") << 0 << 0;
        // It is sent from where it is.
        QTest::newRow("the disk takes half of it") << QStringLiteral("full") << 0 << 1;
        QTest::newRow("the program ends") << QStringLiteral("quit") << 0 << 0;
    }
    void temporaryFileIsCopied() {
        QFETCH(const QString, how);
        QFETCH(const int, copies);
        QFETCH(const int, jobs);
        const QTemporaryDir memory(QStringLiteral("/dev/shm/tikgok-XXXXXX"));
        if (!memory.isValid()) {
            QSKIP("there is no /dev/shm here");
        }
        Desk desk;
        const QString path = memory.filePath(QStringLiteral("shared.mp4"));
        QVERIFY(QFile::copy(kFilm, path));
        QVERIFY(test::growFilm(path, qint64{64} << 20));
        QVERIFY(desk.opens(path));
        desk.editor().setTitle(QStringLiteral("hello"));
        const qint64 bytes = desk.editor().bytes();
        QList<qint64> told;
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const auto limitFiles = [&](rlim_t most) {
            const rlimit now{.rlim_cur = most, .rlim_max = before.rlim_max};
            return ::setrlimit(RLIMIT_FSIZE, &now) == 0;
        };
        connect(&desk.editor(), &PublishEditor::copiedChanged, &desk.editor(), [&] {
            told.append(desk.editor().copied());
            if (desk.editor().copied() < 0) {
                return;
            }
            if (how == QLatin1String("stop")) {
                desk.editor().stopCopying();
            } else if (how == QLatin1String("quit")) {
                QTimer::singleShot(0, QCoreApplication::instance(), [&desk] { desk.publishing.reset(); });
            }
        });
        if (how == QLatin1String("full")) {
            // Else the kernel ends the program.
            QVERIFY(std::signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
            QVERIFY(limitFiles(rlim_t{32} << 20));
        }
        desk.editor().publish();
        QVERIFY(waitUntil([&] { return !desk.publishing || desk.editor().state() != EditorState::Handing; }));
        if (how == QLatin1String("full")) {
            QVERIFY(limitFiles(before.rlim_cur));
        }
        QCOMPARE(told.first(), 0);
        if (how == QLatin1String("quit")) {
            QVERIFY(!desk.publishing);
            QVERIFY(QDir(desk.path("publish")).entryList(QDir::Files).isEmpty());
            desk.begin();
        } else {
            QCOMPARE(told.last(), -1);
            QVERIFY(std::ranges::is_sorted(told.first(told.size() - 1)));
        }
        QVERIFY(waitUntil([&] { return desk.jobs().count() == jobs; }));
        // What comes after it on its thread is done, so nothing of it is under way any more.
        QVERIFY(desk.opens(desk.path("nothing.mp4")));
        const QFileInfoList kept = QDir(desk.path("publish")).entryInfoList(QDir::Files);
        QCOMPARE(kept.size(), copies);
        QCOMPARE(desk.jobs().count(), jobs);
        if (copies > 0) {
            QCOMPARE(kept.first().size(), bytes);
            QCOMPARE(kept.first().lastModified(), QFileInfo(path).lastModified());
        }
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::PublishFilesTest)
#include "publish_files_test.moc"
