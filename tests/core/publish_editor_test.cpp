// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Before anything is sent: what is found out about a file, and recordings. Drafts are in
// publish_drafts_test.cpp.

#include "core/publish/publishing.h"
#include "tests/core/support/publish_desk.h"
#include "tests/support/encoder.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

namespace tikgok {

using test::Desk;
using test::kFilm;
using test::kNone;
using test::kYes;
using test::listOf;
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

    // What ffmpeg makes so, and a film of a codec that nobody knows.
    void rareFiles_data() {
        QTest::addColumn<QStringList>("made");
        QTest::addColumn<PublishProblem>("problem");
        QTest::addColumn<PublishProblem>("warning");
        const auto picture = QStringLiteral("testsrc=size=64x64:rate=10:duration=2");
        QTest::newRow("sound only") << QStringList{"-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac"}
                                    << PublishProblem::NoVideo << PublishProblem::None;
        QTest::newRow("another codec") << QStringList{"-f", "lavfi", "-i", picture, "-c:v", "mpeg4"}
                                       << PublishProblem::None << PublishProblem::RarePlayable;
        QTest::newRow("unknown codec")
            << QStringList() << PublishProblem::None << PublishProblem::NotPlayable;
    }
    void rareFiles() {
        QFETCH(QStringList, made);
        QFETCH(PublishProblem, problem);
        QFETCH(PublishProblem, warning);
        Desk desk;
        const QString path = desk.path("rare.mp4");
        if (made.isEmpty()) {
            QFile film(kFilm);
            QFile file(path);
            QVERIFY(film.open(QIODevice::ReadOnly) && file.open(QIODevice::WriteOnly));
            file.write(film.readAll().replace("avc1", "zzz1"));
        } else {
            if (!test::hasEncoder()) {
                QSKIP("ffmpeg is not installed");
            }
            QCOMPARE(QProcess::execute(QStringLiteral("ffmpeg"),
                                       QStringList{"-v", "error"} + made + QStringList{path}),
                     0);
        }
        QVERIFY(desk.opens(path));
        QCOMPARE(desk.editor().problem(), problem);
        QCOMPARE(desk.editor().warning(), warning);
        desk.editor().setTitle(QStringLiteral("x"));
        QCOMPARE(desk.editor().publishable(), problem == PublishProblem::None);
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
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::PublishEditorTest)
#include "publish_editor_test.moc"
