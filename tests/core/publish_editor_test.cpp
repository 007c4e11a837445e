// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Before anything is sent: what is found out about a file, recordings, and drafts.

#include "core/publish/publishing.h"
#include "tests/core/support/publish_desk.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QTest>
#include <QTimer>
#include <QtEndian>

#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <csignal>
#include <sys/resource.h>

namespace tikgok {

using test::Desk;
using test::kFilm;
using test::kNone;
using test::kOther;
using test::kYes;
using test::listOf;
using test::waitFor;
using test::waitUntil;
using JobState = PublishJobs::State;
using EditorState = PublishEditor::State;

class PublishEditorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void files_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<PublishProblem>("problem");
        QTest::addColumn<PublishProblem>("warning");
        QTest::newRow("good") << "good.mp4" << PublishProblem::None << PublishProblem::None;
        QTest::newRow("upper case") << "GOOD.MP4" << PublishProblem::None << PublishProblem::None;
        QTest::newRow("gone") << "gone.mp4" << PublishProblem::FileGone << PublishProblem::None;
        QTest::newRow("a folder") << "folder.mp4" << PublishProblem::FileGone << PublishProblem::None;
        QTest::newRow("empty") << "empty.mp4" << PublishProblem::FileEmpty << PublishProblem::None;
        QTest::newRow("text") << "text.mp4" << PublishProblem::Damaged << PublishProblem::None;
        QTest::newRow("half a film") << "half.mp4" << PublishProblem::Damaged << PublishProblem::None;
        QTest::newRow("of another suffix")
            << "good.webm" << PublishProblem::WrongSuffix << PublishProblem::None;
        QTest::newRow("without suffix") << "good" << PublishProblem::WrongSuffix << PublishProblem::None;
    }
    void files() {
        QFETCH(QString, kind);
        QFETCH(PublishProblem, problem);
        QFETCH(PublishProblem, warning);
        Desk desk;
        const QByteArray name = kind.toLatin1();
        const QString path = desk.path(name.constData());
        if (kind.startsWith(QLatin1String("good"), Qt::CaseInsensitive)) {
            desk.film(name.constData());
        } else if (kind.startsWith(QLatin1String("folder"))) {
            QDir().mkpath(path);
        } else if (!kind.startsWith(QLatin1String("gone"))) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            if (kind.startsWith(QLatin1String("text"))) {
                file.write("this is no film\n");
            } else if (kind.startsWith(QLatin1String("half"))) {
                QFile whole(kFilm);
                QVERIFY(whole.open(QIODevice::ReadOnly));
                file.write(whole.read(600));
            }
        }
        QVERIFY(desk.opens(path));
        QCOMPARE(desk.editor().problem(), problem);
        QCOMPARE(desk.editor().warning(), warning);
        desk.editor().setTitle(QStringLiteral("x"));
        QCOMPARE(desk.editor().publishable(), problem == PublishProblem::None);
        if (problem == PublishProblem::None) {
            QCOMPARE(desk.editor().container(), QStringLiteral("MP4"));
            QCOMPARE(desk.editor().codec(), QStringLiteral("H.264"));
            QVERIFY(desk.editor().duration() > 1000);
            QCOMPARE(desk.editor().frames().size(), 10);
            QVERIFY(desk.editor().pictureWidth() > 100);
            QVERIFY(waitUntil([&] { return !desk.editor().cover().isEmpty(); }));
        }
    }

    void unreadable() {
        Desk desk;
        const QString path = desk.film();
        QFile::setPermissions(path, {});
        QFile probe(path);
        if (probe.open(QIODevice::ReadOnly)) {
            QSKIP("this user may read everything");
        }
        QVERIFY(desk.opens(path));
        QCOMPARE(desk.editor().problem(), PublishProblem::FileUnreadable);
    }

    void notOfThisDevice() {
        Desk desk;
        desk.editor().openFile(QUrl(QStringLiteral("https://example.org/a.mp4")));
        QCOMPARE(desk.editor().problem(), PublishProblem::NotLocal);
        QVERIFY(!desk.editor().publishable());
        QCOMPARE(desk.drafts().count(), 0);
    }

    void titles_data() {
        QTest::addColumn<QString>("title");
        QTest::addColumn<bool>("inBytes");
        QTest::addColumn<int>("length");
        QTest::addColumn<PublishProblem>("problem");
        const QString han = QStringLiteral("海");
        QTest::newRow("none") << QString() << false << 0 << PublishProblem::TitleEmpty;
        QTest::newRow("spaces") << "  \n" << false << 0 << PublishProblem::TitleEmpty;
        QTest::newRow("one") << "a" << false << 1 << PublishProblem::None;
        QTest::newRow("spaces around") << " a " << false << 1 << PublishProblem::None;
        QTest::newRow("32") << QString(32, QLatin1Char('a')) << false << 32 << PublishProblem::None;
        QTest::newRow("33") << QString(33, QLatin1Char('a')) << false << 33 << PublishProblem::TitleTooLong;
        QTest::newRow("32 han") << han.repeated(32) << false << 32 << PublishProblem::TitleManyBytes;
        QTest::newRow("33 han") << han.repeated(33) << false << 33 << PublishProblem::TitleTooLong;
        QTest::newRow("emoji") << QStringLiteral("😀").repeated(32) << false << 32
                               << PublishProblem::TitleManyBytes;
        QTest::newRow("10 han in bytes") << han.repeated(10) << true << 30 << PublishProblem::None;
        QTest::newRow("11 han in bytes") << han.repeated(11) << true << 33 << PublishProblem::TitleTooLong;
    }
    void titles() {
        QFETCH(QString, title);
        QFETCH(bool, inBytes);
        QFETCH(int, length);
        QFETCH(PublishProblem, problem);
        QCOMPARE(titleLength(title.trimmed(), inBytes), length);
        QCOMPARE(titleProblem(title, {.titleInBytes = inBytes}).value_or(PublishProblem::None), problem);
    }

    void sizes_data() {
        QTest::addColumn<qint64>("file");
        QTest::addColumn<qint64>("limit");
        QTest::addColumn<qint64>("refused");
        QTest::addColumn<PublishProblem>("problem");
        QTest::newRow("nothing known") << (qint64(1) << 40) << qint64(0) << qint64(0) << PublishProblem::None;
        QTest::newRow("fits") << qint64(1000) << qint64(kReferenceUploadLimit) << qint64(0)
                              << PublishProblem::None;
        QTest::newRow("the form does not fit")
            << qint64(kReferenceUploadLimit - 10) << qint64(kReferenceUploadLimit) << qint64(0)
            << PublishProblem::TooLarge;
        QTest::newRow("as one that was refused")
            << qint64(5000) << qint64(0) << qint64(5000) << PublishProblem::ProbablyTooLarge;
        QTest::newRow("smaller than one that was refused")
            << qint64(4999) << qint64(0) << qint64(5000) << PublishProblem::None;
    }
    void sizes() {
        QFETCH(qint64, file);
        QFETCH(qint64, limit);
        QFETCH(qint64, refused);
        QFETCH(PublishProblem, problem);
        QCOMPARE(
            sizeProblem(file, 0, {.maxBytes = limit, .refusedBytes = refused}).value_or(PublishProblem::None),
            problem);
    }

    void speed() {
        TransferRate rate;
        QCOMPARE(rate.bytesPerSecond(), 0.0);
        rate.add(0, 0);
        rate.add(100, 1000);
        QCOMPARE(rate.bytesPerSecond(), 0.0);  // too early to tell
        QVERIFY(!rate.secondsFor(1));
        rate.add(1000, 10'000);
        QCOMPARE(rate.bytesPerSecond(), 10'000.0);
        QCOMPARE(rate.secondsFor(25'000), 3);
        // It slows down: five seconds later only the new speed counts.
        for (int t = 2000; t <= 12'000; t += 500) {
            rate.add(t, 10'000 + (t - 1000));
        }
        QVERIFY(rate.bytesPerSecond() < 1100);
    }

    // A recording lives with what it is for: its draft, then its upload.
    void recordingGoesWithItsDraft() {
        Desk desk;
        const QDir recordings(desk.path("publish/recordings"));
        QVERIFY(desk.opens(desk.recording()));
        QVERIFY(desk.editor().recorded());
        desk.editor().close();
        QVERIFY(desk.settled());
        desk.begin();
        QCOMPARE(desk.drafts().count(), 1);
        QVERIFY(desk.drafts().data(desk.drafts().index(0), PublishDrafts::RecordedRole).toBool());
        QCOMPARE(recordings.entryList(QDir::Files).size(), 1);
        desk.drafts().discard(
            desk.drafts().data(desk.drafts().index(0), PublishDrafts::DraftIdRole).toString());
        QVERIFY(waitUntil([&] { return recordings.entryList(QDir::Files).isEmpty(); }));
        // From the editor as well; a file from elsewhere stays.
        QVERIFY(desk.opens(desk.recording()));
        desk.editor().discard();
        QVERIFY(waitUntil([&] { return recordings.entryList(QDir::Files).isEmpty(); }));
        const QString film = desk.film();
        QVERIFY(desk.opens(film));
        QVERIFY(!desk.editor().recorded());
        desk.editor().discard();
        QVERIFY(desk.settled());
        QVERIFY(QFile::exists(film));
        QCOMPARE(desk.drafts().count(), 0);
    }

    void recordingGoesWithItsAccount() {
        Desk desk;
        const QString file = desk.recording();
        QVERIFY(desk.opens(file));
        desk.editor().close();
        desk.drafts().forget(desk.drafts().account());
        QVERIFY(waitUntil([&] { return !QFile::exists(file); }));
        QCOMPARE(desk.drafts().count(), 0);
    }

    void recordingOfTwoDraftsStays() {
        Desk desk;
        const QString file = desk.recording();
        QVERIFY(desk.opens(file));
        QVERIFY(desk.opens(file));
        QCOMPARE(desk.drafts().count(), 2);
        desk.editor().discard();
        QVERIFY(desk.settled());
        QVERIFY(QFile::exists(file));
        desk.drafts().discard(
            desk.drafts().data(desk.drafts().index(0), PublishDrafts::DraftIdRole).toString());
        QVERIFY(waitUntil([&] { return !QFile::exists(file); }));
    }

    // Of two drafts with the same recording one is published and the other is thrown away.
    void recordingOfAnUploadStays() {
        Desk desk;
        const QString file = desk.recording();
        QVERIFY(desk.opens(file));
        QVERIFY(desk.opens(file));
        desk.editor().setTitle(QStringLiteral("hello"));
        desk.world.net.fail(ErrorKind::Offline, false);
        desk.editor().publish();
        QVERIFY(desk.reaches(JobState::Retrying));
        QVERIFY(waitUntil([&] { return desk.drafts().count() == 1; }));
        const QString server = desk.world.session.server();
        QCOMPARE(desk.publishing->recordingsOf(server), 1);
        desk.drafts().discard(
            desk.drafts().data(desk.drafts().index(0), PublishDrafts::DraftIdRole).toString());
        QVERIFY(desk.settled());
        QVERIFY(QFile::exists(file));
        QCOMPARE(desk.publishing->recordingsOf(server), 1);
        desk.jobs().cancel(desk.job(PublishJobs::JobIdRole).toString());
        QVERIFY(waitUntil([&] { return !QFile::exists(file); }));
        QCOMPARE(desk.publishing->recordingsOf(server), 0);
    }

    void recordingGoesWithItsUpload_data() {
        QTest::addColumn<bool>("sent");
        QTest::newRow("sent") << true;
        QTest::newRow("cancelled") << false;
    }
    void recordingGoesWithItsUpload() {
        QFETCH(bool, sent);
        Desk desk;
        const QString file = desk.recording();
        QVERIFY(desk.opens(file));
        desk.editor().setTitle(QStringLiteral("hello"));
        desk.world.net.fail(ErrorKind::Offline, false);
        desk.editor().publish();
        QVERIFY(desk.reaches(JobState::Retrying));
        QVERIFY(desk.job(PublishJobs::RecordedRole).toBool());
        QVERIFY(waitUntil([&] { return desk.drafts().count() == 0; }));
        // Not twice on the disk, and there after the next start.
        QVERIFY(QDir(desk.path("publish")).entryList(QDir::Files).isEmpty());
        desk.begin();
        QVERIFY(desk.reaches(JobState::Retrying));
        QVERIFY(desk.settled());
        QVERIFY(QFile::exists(file));
        QCOMPARE(desk.drafts().count(), 0);
        const QString id = desk.job(PublishJobs::JobIdRole).toString();
        if (sent) {
            desk.world.net.reply(kNone).reply(kYes).reply(listOf({{8, "hello"}}));
            desk.jobs().retry(id);
            QVERIFY(desk.reaches(JobState::Sent));
        } else {
            desk.jobs().cancel(id);
        }
        QVERIFY(waitUntil([&] { return !QFile::exists(file); }));
    }

    // Signed out in the last moment: nothing is handed over, and the recording is still there.
    void recordingStaysWhenNothingIsHanded() {
        Desk desk;
        const QString file = desk.recording();
        QVERIFY(desk.opens(file));
        desk.editor().setTitle(QStringLiteral("hello"));
        desk.editor().publish();
        desk.world.session.signOut();
        QVERIFY(waitUntil([&] { return desk.editor().state() != EditorState::Handing; }));
        QVERIFY(desk.settled());
        QVERIFY(QFile::exists(file));
    }

    // The program ended between the recording and its draft.
    void recordingWithoutADraftIsFound() {
        Desk desk;
        desk.recording();
        desk.begin();
        QVERIFY(waitUntil([&] { return desk.drafts().count() == 1; }));
        const auto at = desk.drafts().index(0);
        QVERIFY(desk.drafts().data(at, PublishDrafts::RecordedRole).toBool());
        QVERIFY(desk.drafts().data(at, PublishDrafts::SizeRole).toLongLong() > 0);
        QVERIFY(!desk.drafts().data(at, PublishDrafts::ThumbRole).toString().isEmpty());
        QVERIFY(desk.settled());
        desk.begin();
        QVERIFY(desk.settled());
        QCOMPARE(desk.drafts().count(), 1);
    }

    void recordingsFit_data() {
        QTest::addColumn<qint64>("limit");
        QTest::addColumn<qint64>("refused");
        QTest::addColumn<qint64>("largest");
        // 19 parts of 20 of what is left beside a cover and the form, or of what was refused, and 256 KiB
        // less.
        QTest::newRow("reference server") << qint64(kReferenceUploadLimit) << qint64(0) << qint64(3'136'820);
        QTest::newRow("ours") << qint64(kOurUploadLimit) << qint64(0) << qint64(198'381'671);
        QTest::newRow("refused once") << qint64(0) << qint64(9'000'000) << qint64(8'287'856);
        QTest::newRow("refused below the limit")
            << qint64(kOurUploadLimit) << qint64(3'000'000) << qint64(2'587'856);
        // None fits: it ends at once, where 0 would mean that it may become as large as it likes.
        QTest::newRow("tiny") << qint64(1000) << qint64(0) << qint64(1);
        QTest::newRow("nothing is known") << qint64(0) << qint64(0) << qint64(0);
    }
    void recordingsFit() {
        QFETCH(qint64, limit);
        QFETCH(qint64, refused);
        QFETCH(qint64, largest);
        const PublishLimits limits{.maxBytes = limit, .refusedBytes = refused};
        QCOMPARE(largestRecording(limits), largest);
        // With what is still written until it ends.
        const auto problem = sizeProblem(largest + 256 * qint64{1024}, kCoverRoom, limits);
        QCOMPARE(problem.value_or(PublishProblem::None),
                 largest == 1 ? PublishProblem::TooLarge : PublishProblem::None);
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
        {
            // A box of nothing behind the film makes it large.
            constexpr qint64 kLarge = qint64{64} << 20;
            QFile film(path);
            QVERIFY(film.open(QIODevice::Append));
            QByteArray box(8, '\0');
            qToBigEndian(quint32(kLarge), box.data());
            box.replace(4, 4, "free");
            QCOMPARE(film.write(box), box.size());
            QVERIFY(film.resize(film.size() - box.size() + kLarge));
        }
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

    // Makes the drafts on disk unreadable, and readable again. (Without its table the file would get a new
    // one.)
    static void hideDrafts(const Desk& desk, bool hidden) {
        SQLite::Database(desk.path("client.sqlite").toStdString(), SQLite::OPEN_READWRITE)
            .exec(hidden ? "ALTER TABLE publish_drafts RENAME COLUMN title TO elsewhere"
                         : "ALTER TABLE publish_drafts RENAME COLUMN elsewhere TO title");
    }

    // A draft is on disk, and the next start cannot read it.
    static bool startsWithAHiddenDraft(Desk& desk) {
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

QTEST_GUILESS_MAIN(tikgok::PublishEditorTest)
#include "publish_editor_test.moc"
