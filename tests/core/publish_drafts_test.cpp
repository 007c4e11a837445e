// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Drafts of videos: made of work alone, kept as one goes, everybody's own, and back when their database is.

#include "core/publish/publishing.h"
#include "tests/core/support/publish_desk.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QTest>

#include <SQLiteCpp/Database.h>

namespace tikgok {

using test::Desk;
using test::kOther;
using test::waitFor;
using test::waitUntil;
using JobState = PublishJobs::State;
using EditorState = PublishEditor::State;

namespace {

// Makes the drafts on disk unreadable, and readable again. (Without its table the file would get a new
// one.)
void hideDrafts(const Desk& desk, bool hidden) {
    SQLite::Database(desk.path("client.sqlite").toStdString(), SQLite::OPEN_READWRITE)
        .exec(hidden ? "ALTER TABLE publish_drafts RENAME COLUMN title TO elsewhere"
                     : "ALTER TABLE publish_drafts RENAME COLUMN elsewhere TO title");
}

// A draft is on disk, and the next start cannot read it.
bool startsWithAHiddenDraft(Desk& desk) {
    if (!desk.opens(desk.film())) {
        return false;
    }
    desk.editor().setTitle(QStringLiteral("kept"));
    desk.editor().close();
    if (!desk.settled()) {
        return false;
    }
    hideDrafts(desk, true);
    desk.begin();
    return true;
}

}  // namespace

class PublishDraftsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void draftsSurvive() {
        Desk desk;
        const QAbstractItemModelTester tester(&desk.drafts());
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("first"));
        QVERIFY(waitUntil([&] { return !desk.editor().cover().isEmpty(); }));
        desk.editor().chooseCover(2000);
        // Another file puts the first aside.
        QVERIFY(desk.opens(desk.film("other.mp4", kOther)));
        QCOMPARE(desk.editor().title(), QString());
        QCOMPARE(desk.drafts().count(), 1);
        desk.editor().setTitle(QStringLiteral("second"));
        QCOMPARE(desk.drafts().count(), 2);
        desk.begin();
        QCOMPARE(desk.drafts().count(), 2);
        const auto titled = [&](const QString& title) {
            for (int row = 0; row < desk.drafts().count(); ++row) {
                const auto at = desk.drafts().index(row);
                if (desk.drafts().data(at, PublishDrafts::TitleRole).toString() == title) {
                    return desk.drafts().data(at, PublishDrafts::DraftIdRole).toString();
                }
            }
            return QString();
        };
        desk.editor().openDraft(titled(QStringLiteral("first")));
        QVERIFY(waitUntil([&] { return desk.editor().state() == EditorState::Checked; }));
        QCOMPARE(desk.editor().title(), QStringLiteral("first"));
        QCOMPARE(desk.editor().coverAt(), 2000);
        QCOMPARE(desk.editor().problem(), PublishProblem::None);
        desk.editor().discard();
        QCOMPARE(desk.drafts().count(), 1);
        QVERIFY(desk.settled());
        desk.begin();
        QCOMPARE(desk.drafts().count(), 1);
    }

    // They are read again when the page is opened, and when the disk takes a draft.
    void draftsComeBackWithTheirDatabase_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("drafts");
        QTest::newRow("the page is opened") << QStringLiteral("opened") << 1;
        QTest::newRow("a draft is written") << QStringLiteral("written") << 2;
        // What was read before it was removed does not bring it back.
        QTest::newRow("another one is removed meanwhile") << QStringLiteral("removed") << 1;
    }
    void draftsComeBackWithTheirDatabase() {
        QFETCH(const QString, what);
        QFETCH(const int, drafts);
        Desk desk;
        QVERIFY(startsWithAHiddenDraft(desk));
        const QAbstractItemModelTester tester(&desk.drafts());
        QCOMPARE(desk.drafts().count(), 0);
        QVERIFY(!desk.drafts().whole());
        if (what != QLatin1String("opened")) {
            QVERIFY(desk.opens(desk.film("other.mp4", kOther)));
            desk.editor().setTitle(QStringLiteral("new"));
            desk.editor().close();
            QCOMPARE(desk.drafts().count(), 1);
            QVERIFY(desk.settled());
        }
        hideDrafts(desk, false);
        if (what != QLatin1String("opened")) {
            desk.drafts().flush();
        }
        if (what != QLatin1String("written")) {
            desk.drafts().checkFiles();
        }
        if (what == QLatin1String("removed")) {
            desk.drafts().discard(
                desk.drafts().data(desk.drafts().index(0), PublishDrafts::DraftIdRole).toString());
        }
        QVERIFY(waitUntil([&] { return desk.drafts().whole(); }));
        QCOMPARE(desk.drafts().count(), drafts);
        desk.begin();
        QCOMPARE(desk.drafts().count(), drafts);
    }

    // The program ended between the upload and the removal of its draft: it must not be published again.
    void lateDraftOfAnUploadGoes() {
        Desk desk;
        desk.world.net.fail(ErrorKind::Offline, false);
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("hello"));
        desk.drafts().flush();
        QVERIFY(desk.settled());
        const auto execute = [&desk](const char* sql) {
            SQLite::Database(desk.path("client.sqlite").toStdString(), SQLite::OPEN_READWRITE).exec(sql);
        };
        execute("CREATE TABLE aside AS SELECT * FROM publish_drafts");
        desk.editor().publish();
        QVERIFY(desk.reaches(JobState::Retrying));
        QVERIFY(desk.settled());
        execute("INSERT INTO publish_drafts SELECT * FROM aside; DROP TABLE aside");
        hideDrafts(desk, true);
        desk.begin();
        QCOMPARE(desk.jobs().count(), 1);
        hideDrafts(desk, false);
        desk.drafts().checkFiles();
        QVERIFY(waitUntil([&] { return desk.drafts().whole(); }));
        QCOMPARE(desk.drafts().count(), 0);
    }

    // Prepared before anybody was signed in, and read after somebody was.
    void lateDraftsOfAStrangerAreAdopted() {
        Desk desk(false);
        QVERIFY(startsWithAHiddenDraft(desk));
        desk.world.signIn();
        QVERIFY(desk.settled());
        hideDrafts(desk, false);
        desk.drafts().checkFiles();
        QVERIFY(waitUntil([&] { return desk.drafts().count() == 1; }));
    }

    // A file that was only looked at leaves nothing behind.
    void draftIsMadeOnlyOfWork_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("drafts");
        QTest::newRow("looked at") << QString() << 0;
        QTest::newRow("spaces typed") << QStringLiteral("   ") << 0;
        QTest::newRow("typed") << QStringLiteral("x") << 1;
        QTest::newRow("cover") << QStringLiteral("(cover)") << 1;
        QTest::newRow("put aside") << QStringLiteral("(aside)") << 1;
    }
    void draftIsMadeOnlyOfWork() {
        QFETCH(QString, what);
        QFETCH(int, drafts);
        Desk desk;
        QVERIFY(desk.opens(desk.film()));
        QVERIFY(waitUntil([&] { return !desk.editor().cover().isEmpty(); }));
        if (what == QLatin1StringView("(cover)")) {
            desk.editor().chooseCover(2000);
        } else if (what == QLatin1StringView("(aside)")) {
            desk.editor().close();
        } else {
            desk.editor().setTitle(what);
        }
        QCOMPARE(desk.drafts().count(), drafts);
        // The next file does not take it along, and the next start finds it.
        QVERIFY(desk.opens(desk.film("other.mp4", kOther)));
        desk.editor().discard();
        QCOMPARE(desk.drafts().count(), drafts);
        desk.drafts().flush();
        QVERIFY(desk.settled());
        desk.begin();
        QCOMPARE(desk.drafts().count(), drafts);
    }

    // The program dies a second after the last key: the draft is on disk without any goodbye.
    void draftIsWrittenAsYouGo() {
        Desk desk;
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("kept"));
        QVERIFY(waitUntil([&] {
            SQLite::Database other(desk.path("client.sqlite").toStdString());
            return other.execAndGet("SELECT count(*) FROM publish_drafts WHERE title = 'kept'").getInt() == 1;
        }));
    }

    void draftWhoseFileIsGone() {
        Desk desk;
        const QString path = desk.film();
        QVERIFY(desk.opens(path));
        desk.editor().close();
        QVERIFY(QFile::remove(path));
        desk.begin();
        QVERIFY(waitUntil(
            [&] { return desk.drafts().data(desk.drafts().index(0), PublishDrafts::GoneRole).toBool(); }));
        desk.editor().openDraft(
            desk.drafts().data(desk.drafts().index(0), PublishDrafts::DraftIdRole).toString());
        QVERIFY(waitUntil([&] { return desk.editor().state() == EditorState::Checked; }));
        QCOMPARE(desk.editor().problem(), PublishProblem::FileGone);
        // It is back.
        desk.film();
        desk.editor().check();
        QVERIFY(waitUntil([&] { return desk.editor().state() == EditorState::Checked; }));
        QCOMPARE(desk.editor().problem(), PublishProblem::None);
    }

    void draftWhoseFileChanged() {
        Desk desk;
        const QString path = desk.film();
        QVERIFY(desk.opens(path));
        desk.editor().close();
        QVERIFY(QFile::remove(path));
        QVERIFY(QFile::copy(kOther, path));
        desk.editor().openDraft(
            desk.drafts().data(desk.drafts().index(0), PublishDrafts::DraftIdRole).toString());
        QVERIFY(waitUntil([&] { return desk.editor().state() == EditorState::Checked; }));
        QCOMPARE(desk.editor().problem(), PublishProblem::FileChanged);
        desk.editor().check();  // "take it as it is now"
        QVERIFY(waitUntil([&] { return desk.editor().state() == EditorState::Checked; }));
        QCOMPARE(desk.editor().problem(), PublishProblem::None);
    }

    void draftsAreOnesOwn() {
        Desk desk;
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("mei's"));
        desk.world.session.signOut();
        QCOMPARE(desk.drafts().count(), 0);
        QCOMPARE(desk.editor().state(), EditorState::Empty);
        desk.world.signIn(88, "lin", "other-token");
        QCOMPARE(desk.drafts().count(), 0);
        desk.world.session.signOut();
        desk.world.signIn();
        QCOMPARE(desk.drafts().count(), 1);
    }

    void draftsOfAnAccountAreForgotten() {
        Desk desk;
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("mei's"));
        const QString mine = desk.world.session.accountKey();
        desk.world.session.signOut();
        desk.world.signIn(88, "lin", "other-token");
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("lin's"));
        desk.drafts().forget(mine);
        QCOMPARE(desk.drafts().count(), 1);
        desk.drafts().flush();
        QVERIFY(desk.settled());
        const auto rows = waitFor(desk.database->run(
            [](SQLite::Database& db) {
                return db.execAndGet("SELECT count(*) FROM publish_drafts").getInt();
            },
            {}));
        QCOMPARE(*rows, 1);
    }

    // Nothing of it is there yet; what is read a moment later goes.
    void draftsAreForgottenBeforeTheyAreLoaded_data() {
        QTest::addColumn<bool>("wholeServer");
        QTest::newRow("an account") << false;
        QTest::newRow("a server") << true;
    }
    void draftsAreForgottenBeforeTheyAreLoaded() {
        QFETCH(bool, wholeServer);
        Desk desk;
        const QString file = desk.recording();
        QVERIFY(desk.opens(file));
        desk.editor().close();
        PublishDraft other;
        other.id = desk.drafts().nextId();
        other.account = QStringLiteral("http://other|77");
        other.title = QStringLiteral("theirs");
        desk.drafts().put(other);
        desk.drafts().flush();
        QVERIFY(desk.settled());
        desk.beginToLoad();
        QVERIFY(!desk.drafts().loaded());
        if (wholeServer) {
            QVERIFY(waitFor(desk.drafts().forgetServer(desk.world.session.server())));
        } else {
            desk.drafts().forget(desk.world.session.accountKey());
        }
        QVERIFY(waitUntil([&] { return desk.drafts().loaded(); }));
        QCOMPARE(desk.drafts().count(), 0);
        QVERIFY(waitUntil([&] { return !QFile::exists(file); }));
        QVERIFY(desk.settled());
        const auto rows = waitFor(desk.database->run(
            [](SQLite::Database& db) {
                return db.execAndGet("SELECT count(*) FROM publish_drafts WHERE title = 'theirs'").getInt() *
                           10 +
                       db.execAndGet("SELECT count(*) FROM publish_drafts").getInt();
            },
            {}));
        QCOMPARE(*rows, 11);
    }

    void diskIsFull() {
        Desk desk;
        waitFor(desk.database->run(
            [](SQLite::Database& database) {
                database.exec(
                    "CREATE TRIGGER full BEFORE INSERT ON publish_drafts BEGIN "
                    "SELECT RAISE(ABORT, 'database or disk is full'); END");
            },
            {}));
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return desk.drafts().unsaved(); }));
        // It goes on in memory, and can be published.
        QVERIFY(desk.editor().publishable());
        waitFor(
            desk.database->run([](SQLite::Database& database) { database.exec("DROP TRIGGER full"); }, {}));
        desk.drafts().flush();
        QVERIFY(waitUntil([&] { return !desk.drafts().unsaved(); }));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::PublishDraftsTest)
#include "publish_drafts_test.moc"
