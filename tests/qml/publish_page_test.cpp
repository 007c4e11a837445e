// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The page on which a video is prepared and sent, with the real file desk and a server that the test
// controls.
#include "resources/demo_media_dir.h"
#include "tests/core/support/test_camera.h"
#include "tests/qml/support/audit.h"
#include "tests/qml/support/rest.h"
#include "tests/qml/support/test_main.h"
#include "tests/qml/support/tree_audit.h"
#include "tests/support/encoder.h"

#include <QDir>
#include <QFile>
#include <QFontMetricsF>
#include <QMimeData>
#include <QQuickStyle>
#include <QSignalSpy>
#include <QStorageInfo>
#include <QTemporaryDir>
#include <QtEndian>

namespace tikgok::test {

using Rule = StageServer::Rule;
using JobState = PublishJobs::State;
using EditorState = PublishEditor::State;

namespace {

const QString kFilm = QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/05-vinyl.mp4");
const QString kPublish = QStringLiteral("/douyin/publish/action/");

QString textOf(const Stage& stage, const char* name) {
    const QQuickItem* item = stage.find(QLatin1StringView(name));
    return item ? item->property("text").toString() : QString();
}

JobState stateOf(Stage& stage) {
    PublishJobs& jobs = *stage.publishing.jobs();
    return jobs.data(jobs.index(0), PublishJobs::StateRole).value<JobState>();
}

// On the page, with a file looked into.
bool prepare(Stage& stage, const QString& path = kFilm) {
    QMetaObject::invokeMethod(stage.shell(), "openFile", Q_ARG(QUrl, QUrl::fromLocalFile(path)));
    return QTest::qWaitFor([&] { return stage.publishing.editor()->state() == EditorState::Checked; },
                           20000) &&
           QTest::qWaitFor([&] { return stage.find(QStringLiteral("publishButton")) != nullptr; });
}

// Signed in, with a file that could be published at once.
bool openPrepared(Stage& stage) {
    if (!stage.open()) {
        return false;
    }
    stage.start();
    stage.signIn();
    if (!prepare(stage)) {
        return false;
    }
    stage.publishing.editor()->setTitle(QStringLiteral("x"));
    return true;
}

using CameraState = CameraRecorder::State;

StageOptions withCameras(QList<Camera> cameras = {testCamera()}) {
    StageOptions options;
    options.camera.cameras =
        std::make_shared<TestCameras>(CameraLook{.cameras = std::move(cameras), .sounds = {testSound()}});
    return options;
}

bool reaches(Stage& stage, CameraState state) {
    return QTest::qWaitFor([&] { return stage.publishing.camera()->state() == state; }, 20000);
}

bool recordsFor(Stage& stage, qint64 milliseconds) {
    return QTest::qWaitFor([&] { return stage.publishing.camera()->milliseconds() >= milliseconds; }, 20000);
}

QString spoken(const Stage& stage) {
    const QQuickItem* item = stage.find(QStringLiteral("recordAnnouncement"));
    return item ? item->property("words").toString() : QString();
}

QStringList recordingsOf(const Stage& stage) {
    return QDir(stage.filePath(QStringLiteral("publish/recordings"))).entryList(QDir::Files);
}

}  // namespace

class PublishPageTest : public QObject {
    Q_OBJECT

private:
    static void bring(Stage& stage, const char* name) {
        // Into sight, as the Tab key would.
        QQuickItem* item = stage.find(QLatin1StringView(name));
        QVERIFY2(item, name);
        item->forceActiveFocus(Qt::TabFocusReason);
    }
    static void push(Stage& stage, const char* name) {
        // A page that has just been opened takes the keyboard itself a moment later, and rows of jobs come
        // and go: a key that is pressed before would go elsewhere.
        QTRY_VERIFY2(hasKeyboard(stage, name), name);
        QTest::keyClick(stage.window(), Qt::Key_Return);
    }
    // On the page, with the camera in one of its states.
    static void film(Stage& stage, CameraState state) {
        QVERIFY(stage.open());
        stage.start();
        stage.press(QStringLiteral("navPublish"));
        QTRY_VERIFY(stage.find(QStringLiteral("recordVideo")));
        if (state == CameraState::Off) {
            return;
        }
        QTRY_VERIFY(stage.find(QStringLiteral("recordVideo"))->isEnabled());
        push(stage, "recordVideo");
        QVERIFY(reaches(stage, CameraState::Showing));
        if (state == CameraState::Recording) {
            push(stage, "recordToggle");
            QVERIFY(reaches(stage, CameraState::Recording));
        }
    }
    // True when it had it already; gives it to it otherwise.
    static bool hasKeyboard(Stage& stage, const char* name) {
        QQuickItem* item = stage.find(QLatin1StringView(name));
        if (item == nullptr || item->hasActiveFocus()) {
            return item != nullptr;
        }
        item->forceActiveFocus(Qt::TabFocusReason);
        return false;
    }

private Q_SLOTS:
    // As the program does.
    void initTestCase() { QQuickStyle::setStyle(QStringLiteral("Basic")); }

    void emptyOffersToChoose() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.press(QStringLiteral("navPublish"));
        QTRY_VERIFY(stage.find(QStringLiteral("chooseFile")));
        QVERIFY(!stage.find(QStringLiteral("publishButton")));
        QVERIFY(stage.warnings().isEmpty());
    }

    // Qt's own, where the desktop has none: one reads where one is, and what is shown.
    void fileDialogCanBeRead_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }
    void fileDialogCanBeRead() {
        QFETCH(bool, dark);
        Stage stage;
        stage.settings.setTheme(dark ? Settings::Theme::Dark : Settings::Theme::Light);
        stage.settings.setTextScale(2);
        QVERIFY(stage.open());
        stage.start();
        stage.press(QStringLiteral("navPublish"));
        QTRY_VERIFY(stage.find(QStringLiteral("chooseFile")));
        stage.press(QStringLiteral("chooseFile"));
        QTRY_VERIFY(stage.find(QStringLiteral("dialogTitleBarLabel")));
        QVERIFY(waitForRest(stage.window()));
        const QQuickItem* bar = nullptr;
        const QQuickItem* filter = nullptr;
        for (const QQuickItem* item : stage.window()->findChildren<QQuickItem*>()) {
            if (item->property("upButton").isValid()) {
                bar = item;
            }
            if (item->inherits("QQuickComboBox") && item->isVisible()) {
                filter = item;
            }
        }
        QVERIFY(bar && filter);
        const auto ground =
            bar->property("background").value<QQuickItem*>()->property("color").value<QColor>();
        QVERIFY2((ground.lightnessF() < 0.5F) == dark, qPrintable(ground.name()));
        // At least its first word.
        const QFontMetricsF letters(filter->property("font").value<QFont>());
        QVERIFY2(filter->width() - 60 > letters.horizontalAdvance(QStringLiteral("Videos (")),
                 qPrintable(QString::number(filter->width())));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(!stage.find(QStringLiteral("dialogTitleBarLabel")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void fromFileToVideo() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.signIn();
        QVERIFY(prepare(stage));
        QVERIFY2(textOf(stage, "fileFacts").contains(QLatin1String("MP4, H.264")),
                 qPrintable(textOf(stage, "fileFacts")));
        QVERIFY(stage.find(QStringLiteral("coverStrip")));
        QVERIFY(!stage.find(QStringLiteral("publishButton"))->isEnabled());  // no title yet
        bring(stage, "publishTitleInput");
        for (const QChar c : QStringLiteral("hello"))
            QTest::keyClick(stage.window(), c.toLatin1());
        QCOMPARE(stage.publishing.editor()->title(), QStringLiteral("hello"));
        QVERIFY(textOf(stage, "publishTitleCounter").startsWith(QLatin1String("5 of 32")));
        stage.server.rule(kPublish, {.kind = Rule::Kind::Hang});
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_COMPARE(stage.server.count(kPublish), 1);
        QTRY_VERIFY(stage.find(QStringLiteral("chooseFile")));  // ready for the next one
        stage.server.moved(250, 1000);
        QTRY_COMPARE(stateOf(stage), JobState::Sending);
        QVERIFY(stage.find(QStringLiteral("jobProgress")));
        QVERIFY(!stage.find(QStringLiteral("uploadChip")));
        // It goes on while somebody browses, and is seen there.
        stage.press(QStringLiteral("navHome"));
        QTRY_VERIFY(stage.find(QStringLiteral("uploadChip")));
        QCOMPARE(textOf(stage, "uploadChip"), QStringLiteral("25%"));
        stage.press(QStringLiteral("uploadChip"));
        QTRY_VERIFY(stage.find(QStringLiteral("jobProgress")));
        stage.server.clearRules();
        stage.server.letGo();
        QTRY_COMPARE(stateOf(stage), JobState::Sent);
        QTRY_VERIFY(stage.find(QStringLiteral("watchJob")));
        push(stage, "watchJob");
        QTRY_VERIFY(stage.find(QStringLiteral("publishedPreview")));
        QTRY_VERIFY(stage.publishing.preview()->source().path().endsWith(QLatin1String(".mp4")));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(stage.find(QStringLiteral("watchJob")));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join(QLatin1Char('\n'))));
    }

    void pauseResumeCancel() {
        Stage stage;
        QVERIFY(openPrepared(stage));
        stage.server.rule(kPublish, {.kind = Rule::Kind::Hang});
        push(stage, "publishButton");
        QTRY_COMPARE(stage.server.count(kPublish), 1);
        QTRY_VERIFY(stage.find(QStringLiteral("pauseJob")));
        stage.find(QStringLiteral("pauseJob"))->forceActiveFocus();
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_COMPARE(stateOf(stage), JobState::Paused);
        QTRY_VERIFY(stage.find(QStringLiteral("resumeJob")));
        // One takes the other's place, also for the keyboard.
        QTRY_VERIFY(stage.find(QStringLiteral("resumeJob"))->hasActiveFocus());
        push(stage, "cancelJob");
        QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep")));
        push(stage, "confirmKeep");
        QTRY_VERIFY(!stage.find(QStringLiteral("confirmKeep")));
        QCOMPARE(stage.publishing.jobs()->count(), 1);
        push(stage, "cancelJob");
        QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
        push(stage, "confirmAction");
        QTRY_COMPARE(stage.publishing.jobs()->count(), 0);
        QCOMPARE(stage.server.count(kPublish), 1);
    }

    // Nobody is promised that something is not there while nobody knows.
    void cancellingSaysWhatMayHaveArrived() {
        Stage stage;
        stage.setLanguage(QStringLiteral("en"));
        QVERIFY(openPrepared(stage));
        stage.server.rule(kPublish, {.kind = Rule::Kind::Hang});
        push(stage, "publishButton");
        QTRY_COMPARE(stage.server.count(kPublish), 1);
        const auto promise = [&stage] {
            push(stage, "cancelJob");
            const bool asked =
                QTest::qWaitFor([&stage] { return stage.find(QStringLiteral("confirmKeep")) != nullptr; });
            const QString text = textOf(stage, "confirmText");
            push(stage, "confirmKeep");
            return asked && QTest::qWaitFor([&stage] { return !stage.find(QStringLiteral("confirmKeep")); })
                       ? text
                       : QString();
        };
        stage.server.moved(250, 1000);
        QTRY_COMPARE(stateOf(stage), JobState::Sending);
        QVERIFY(promise().contains(QLatin1String("and not sent.")));
        stage.server.moved(1000, 1000);
        QTRY_COMPARE(stateOf(stage), JobState::Processing);
        QVERIFY(promise().contains(QLatin1String("may have reached the server already")));
        QCOMPARE(stage.publishing.jobs()->count(), 1);
    }

    void whileItIsLookedForNothingIsPromised() {
        Stage stage;
        stage.setLanguage(QStringLiteral("en"));
        QVERIFY(openPrepared(stage));
        stage.server.rule(kPublish,
                          {.kind = Rule::Kind::Fail, .error = ErrorKind::Timeout, .maybeDone = true});
        push(stage, "publishButton");
        QTRY_COMPARE(stage.server.count(kPublish), 1);
        stage.server.rule(QStringLiteral("/douyin/publish/list/"), {.kind = Rule::Kind::Hang});
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(stage), JobState::Checking, 20000);
        push(stage, "cancelJob");
        QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep")));
        const QLatin1String honest("may have reached the server already");
        QVERIFY(textOf(stage, "confirmText").contains(honest));
        push(stage, "confirmKeep");
        QTRY_VERIFY(!stage.find(QStringLiteral("confirmKeep")));
        QMetaObject::invokeMethod(stage.shell(), "openActivity");
        QTRY_VERIFY(stage.find(QStringLiteral("discardIntent")));
        push(stage, "discardIntent");
        QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep")));
        QVERIFY(textOf(stage, "confirmNote").contains(honest));
    }

    void failureSaysWhyAndCanBeRetried() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.signIn();
        QVERIFY(prepare(stage));
        stage.publishing.editor()->setTitle(QStringLiteral("x"));
        stage.server.rule(kPublish,
                          {.kind = Rule::Kind::Refuse, .code = 2, .words = QStringLiteral("service err")});
        push(stage, "publishButton");
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(stage), JobState::Failed, 20000);
        QVERIFY(stage.publishing.jobs()->active());
        stage.press(QStringLiteral("navHome"));
        QTRY_COMPARE(textOf(stage, "uploadChip"), QStringLiteral("Upload failed"));
        // Nothing is counted down for who does not look.
        QVERIFY(!stage.publishing.jobs()->active());
        stage.press(QStringLiteral("navPublish"));
        QTRY_VERIFY(stage.publishing.jobs()->active());
        stage.window()->hide();
        QTRY_VERIFY(!stage.publishing.jobs()->active());
        stage.window()->show();
        QTRY_VERIFY(stage.publishing.jobs()->active());
        stage.server.clearRules();
        QTRY_VERIFY(stage.find(QStringLiteral("retryJob")));
        push(stage, "retryJob");
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(stage), JobState::Sent, 20000);
    }

    void signedOutIsAskedAtTheEnd() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(prepare(stage));
        QCOMPARE(textOf(stage, "publishButton"), QStringLiteral("Sign in and publish"));
        stage.publishing.editor()->setTitle(QStringLiteral("x"));
        QSignalSpy asked(&stage.session, &Session::accountNeeded);
        push(stage, "publishButton");
        QCOMPARE(asked.count(), 1);
        QCOMPARE(stage.server.count(kPublish), 0);
        stage.signIn();
        QTRY_COMPARE_WITH_TIMEOUT(stage.server.count(kPublish), 1, 10000);
        QTRY_COMPARE(stateOf(stage), JobState::Sent);
    }

    void refusedFileSaysWhatToDo() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTemporaryDir directory;
        const QString text = directory.filePath(QStringLiteral("notes.txt"));
        QFile file(text);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("words");
        file.close();
        QVERIFY(prepare(stage, text));
        QTRY_VERIFY(stage.find(QStringLiteral("fileNotice")));
        QVERIFY(stage.find(QStringLiteral("fileNotice"))
                    ->property("text")
                    .toString()
                    .contains(QLatin1String("MP4")));
        QVERIFY(!stage.find(QStringLiteral("publishButton"))->isEnabled());
    }

    void saysWhatIsMissing_data() {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << QString() << QStringLiteral("Give it a title");
        QTest::newRow("spaces") << QStringLiteral("   ") << QStringLiteral("Give it a title");
        QTest::newRow("too long") << QString(65, QLatin1Char('a')) << QStringLiteral("Shorten the title");
        QTest::newRow("good") << QStringLiteral("hello") << QString();
    }
    void saysWhatIsMissing() {
        QFETCH(QString, title);
        QFETCH(QString, words);
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(prepare(stage));
        stage.publishing.editor()->setTitle(title);
        const QQuickItem* button = stage.find(QStringLiteral("publishButton"));
        QTRY_COMPARE(button->isEnabled(), words.isEmpty());
        QVERIFY2(textOf(stage, "publishMissing").startsWith(words),
                 qPrintable(textOf(stage, "publishMissing")));
        QCOMPARE(stage.find(QStringLiteral("publishMissing")) == nullptr, words.isEmpty());
        QVERIFY(stage.warnings().isEmpty());
    }

    // What is wrong with a title comes to stand below it while one types, and not below the edge of the page.
    void troubleWithTheTitleIsInSight() {
        Stage stage;
        QVERIFY(stage.open(QSize(360, 640)));
        stage.start();
        QVERIFY(prepare(stage));
        bring(stage, "publishTitleInput");
        QVERIFY(waitForRest(stage.window()));
        stage.find(QStringLiteral("publishTitleInput"))->setProperty("text", QString(65, QLatin1Char('a')));
        QVERIFY(waitForRest(stage.window()));
        const QQuickItem* page = stage.find(QStringLiteral("publishColumn"));
        const QQuickItem* field = stage.find(QStringLiteral("publishTitle"));
        QVERIFY(!field->property("problem").toString().isEmpty());
        const QRectF place = field->mapRectToItem(page, QRectF(0, 0, field->width(), field->height()));
        QVERIFY2(place.top() >= 0 && place.bottom() <= page->height(),
                 qPrintable(QString::number(place.bottom())));
    }

    // Figures grow and shrink while it goes; what stands below them does not move.
    void uploadKeepsItsPlace() {
        Stage stage;
        QVERIFY(stage.open(QSize(360, 640)));
        stage.start();
        stage.signIn();
        QVERIFY(prepare(stage));
        stage.publishing.editor()->setTitle(QStringLiteral("hello"));
        stage.server.rule(kPublish, {.kind = Rule::Kind::Hang});
        stage.publishing.editor()->publish();
        QTRY_COMPARE(stage.server.count(kPublish), 1);
        QTRY_VERIFY(stage.find(QStringLiteral("cancelJob")));
        QVERIFY(waitForRest(stage.window()));
        const double before = stage.find(QStringLiteral("cancelJob"))->mapToScene(QPointF()).y();
        qint64 sent = 250;
        for (const qint64 total : {qint64{1000}, qint64{987'654'321}, qint64{87'654'321'000}}) {
            stage.server.moved(sent, total);
            sent = total / 3;
            QVERIFY(waitForRest(stage.window()));
            QCOMPARE(stage.find(QStringLiteral("cancelJob"))->mapToScene(QPointF()).y(), before);
        }
    }

    // Whoever clicks once more meets what they met: a button that does nothing any more, and none that
    // destroys.
    void stoppingMovesNothing_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("phone") << QSize(390, 844);
        QTest::newRow("desktop") << QSize(1200, 800);
    }
    void stoppingMovesNothing() {
        QFETCH(QSize, size);
        // Another medium than that of the stage: there it has to be copied, and not only to be linked.
        const QTemporaryDir memory(QStringLiteral("/dev/shm/tikgok-XXXXXX"));
        if (!memory.isValid() || QStorageInfo(memory.path()) == QStorageInfo(QDir::tempPath())) {
            QSKIP("needs a medium in memory");
        }
        const QString path = memory.filePath(QStringLiteral("shared.mp4"));
        QVERIFY(QFile::copy(kFilm, path));
        {
            // A box of nothing behind the film makes it large: copying it takes longer than stopping.
            constexpr qint64 kLarge = qint64{3} << 30;
            QFile film(path);
            QVERIFY(film.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
            QVERIFY(film.open(QIODevice::Append));
            QByteArray box(8, '\0');
            qToBigEndian(quint32(kLarge), box.data());
            box.replace(4, 4, "free");
            QCOMPARE(film.write(box), box.size());
            QVERIFY(film.resize(film.size() - box.size() + kLarge));
        }
        Stage stage;
        QVERIFY(stage.open(size));
        stage.start();
        stage.signIn();
        QVERIFY(prepare(stage, path));
        stage.publishing.editor()->setTitle(QStringLiteral("x"));
        stage.publishing.editor()->publish();
        QTRY_VERIFY(stage.publishing.editor()->copied() >= 0);
        bring(stage, "stopCopying");
        QVERIFY(waitForRest(stage.window()));
        const auto places = [&stage] {
            QStringList all;
            for (const char* name :
                 {"publishButton", "stopCopying", "laterButton", "otherFile", "discardButton"}) {
                const QQuickItem* item = stage.find(QLatin1StringView(name));
                const QPointF at = item ? item->mapToScene(QPointF()) : QPointF(-1, -1);
                all.append(QStringLiteral("%1 %2,%3").arg(QLatin1StringView(name)).arg(at.x()).arg(at.y()));
            }
            return all;
        };
        const QStringList before = places();
        stage.press(QStringLiteral("stopCopying"));
        QTRY_COMPARE(stage.publishing.editor()->state(), EditorState::Checked);
        QVERIFY(waitForRest(stage.window()));
        QCOMPARE(places(), before);
        QVERIFY(!stage.find(QStringLiteral("stopCopying"))->isEnabled());
        // It says what became of it, and goes on from where the keyboard is.
        QVERIFY2(textOf(stage, "publishMissing").contains(QLatin1String("stopped")),
                 qPrintable(textOf(stage, "publishMissing")));
        QVERIFY(stage.find(QStringLiteral("publishButton"))->isEnabled());
        QVERIFY(stage.find(QStringLiteral("publishButton"))->hasActiveFocus());
        QCOMPARE(stage.publishing.jobs()->rowCount(), 0);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void draftsAreListedAndDiscarded() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.signIn();
        QVERIFY(prepare(stage));
        stage.publishing.editor()->setTitle(QStringLiteral("later"));
        QVERIFY(!stage.find(QStringLiteral("draftRow")));  // it is being prepared
        push(stage, "laterButton");
        QTRY_VERIFY(stage.find(QStringLiteral("draftRow")));
        QCOMPARE(textOf(stage, "draftRow"), QStringLiteral("later"));
        push(stage, "draftRow");
        QTRY_VERIFY(stage.find(QStringLiteral("publishTitleInput")));
        QCOMPARE(textOf(stage, "publishTitleInput"), QStringLiteral("later"));
        QTRY_VERIFY(stage.find(QStringLiteral("laterButton"))->isEnabled());
        push(stage, "laterButton");
        QTRY_VERIFY(stage.find(QStringLiteral("discardDraft")));
        push(stage, "discardDraft");
        QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
        push(stage, "confirmAction");
        QTRY_COMPARE(stage.publishing.drafts()->count(), 0);
    }

    void coverByKeyboard() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(prepare(stage));
        bring(stage, "coverStrip");
        QCOMPARE(stage.publishing.editor()->coverAt(), 0);
        QTest::keyClick(stage.window(), Qt::Key_Right);
        QTRY_VERIFY(stage.publishing.editor()->coverAt() > 0);
        const qint64 second = stage.publishing.editor()->coverAt();
        QTest::keyClick(stage.window(), Qt::Key_Right);
        QVERIFY(stage.publishing.editor()->coverAt() > second);
        QTest::keyClick(stage.window(), Qt::Key_Left);
        QCOMPARE(stage.publishing.editor()->coverAt(), second);
    }

    void droppedFileIsTaken() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(kFilm)});
        const QPoint middle(150, 300);
        QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(stage.window(), &enter);
        QDropEvent drop(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(stage.window(), &drop);
        QTRY_VERIFY(stage.find(QStringLiteral("publishButton")));
        QCOMPARE(stage.publishing.editor()->fileName(), QStringLiteral("05-vinyl.mp4"));
    }

    void nothingToRecordWithWithoutACamera() {
        Stage stage(withCameras({}));
        QVERIFY(stage.open());
        stage.start();
        stage.press(QStringLiteral("navPublish"));
        QTRY_VERIFY(stage.find(QStringLiteral("chooseFile")));
        QTRY_VERIFY(stage.publishing.camera()->equipped() || !hasEncoder());
        QVERIFY(!stage.find(QStringLiteral("recordVideo")));
        QVERIFY(!stage.find(QStringLiteral("recordMissing")));
    }

    void withoutFfmpegTheButtonSaysWhatIsMissing() {
        StageOptions options = withCameras();
        options.camera.program = QStringLiteral("no-such-encoder");
        Stage stage(options);
        film(stage, CameraState::Off);
        QVERIFY(!stage.find(QStringLiteral("recordVideo"))->isEnabled());
        QVERIFY(textOf(stage, "recordMissing").contains(QLatin1String("ffmpeg")));
    }

    void fromCameraToDraftByKeyboard() {
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        Stage stage(withCameras());
        film(stage, CameraState::Showing);
        QVERIFY(!stage.find(QStringLiteral("chooseFile")));
        QVERIFY(!stage.find(QStringLiteral("recordTime")));
        QVERIFY(!stage.find(QStringLiteral("cameraChoice")));  // there is one only
        QTRY_COMPARE(spoken(stage), QStringLiteral("The camera is on"));
        const QQuickItem* surface = stage.find(QStringLiteral("cameraSurface"));
        const int frames = surface->property("framesPresented").toInt();
        QTRY_VERIFY(surface->property("framesPresented").toInt() > frames + 3);
        // The keyboard is on the button that begins.
        QTRY_VERIFY(stage.find(QStringLiteral("recordToggle"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Space);
        QVERIFY(reaches(stage, CameraState::Recording));
        QTRY_COMPARE(spoken(stage), QStringLiteral("Recording started"));
        QTRY_VERIFY(stage.find(QStringLiteral("recordTime")));
        QVERIFY(recordsFor(stage, 1000));
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(stage.find(QStringLiteral("publishButton")), 20000);
        PublishEditor& editor = *stage.publishing.editor();
        QTRY_COMPARE_WITH_TIMEOUT(editor.state(), EditorState::Checked, 20000);
        QCOMPARE(editor.problem(), PublishProblem::None);
        QVERIFY(editor.recorded());
        QVERIFY(editor.duration() >= 900);
        QTRY_VERIFY(stage.find(QStringLiteral("publishPreview")));
        QVERIFY(stage.find(QStringLiteral("coverStrip")));
        QVERIFY(!stage.find(QStringLiteral("recordNotice")));
        QCOMPARE(recordingsOf(stage).size(), 1);
        push(stage, "discardButton");
        QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
        push(stage, "confirmAction");
        QTRY_VERIFY(recordingsOf(stage).isEmpty());
        QTRY_VERIFY(stage.find(QStringLiteral("recordVideo")));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join(QLatin1Char('\n'))));
    }

    void leavingThePageEndsAndKeeps() {
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        Stage stage(withCameras());
        film(stage, CameraState::Recording);
        QVERIFY(recordsFor(stage, 700));
        stage.press(QStringLiteral("navHome"));
        QTRY_COMPARE_WITH_TIMEOUT(stage.publishing.drafts()->count(), 1, 20000);
        QCOMPARE(stage.publishing.camera()->state(), CameraState::Off);
        stage.press(QStringLiteral("navPublish"));
        QTRY_VERIFY_WITH_TIMEOUT(stage.find(QStringLiteral("coverStrip")), 20000);
        // Only shown, it goes off with nothing left.
        stage.publishing.editor()->close();
        QTRY_VERIFY(stage.find(QStringLiteral("recordVideo")));
        push(stage, "recordVideo");
        QVERIFY(reaches(stage, CameraState::Showing));
        stage.press(QStringLiteral("navHome"));
        QTRY_COMPARE(stage.publishing.camera()->state(), CameraState::Off);
        QCOMPARE(stage.publishing.drafts()->count(), 1);
    }

    void hiddenWindowEndsAndKeeps() {
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        Stage stage(withCameras());
        film(stage, CameraState::Recording);
        QVERIFY(recordsFor(stage, 700));
        stage.window()->hide();
        QTRY_COMPARE_WITH_TIMEOUT(stage.publishing.drafts()->count(), 1, 20000);
        QCOMPARE(stage.publishing.camera()->state(), CameraState::Off);
    }

    void cancelAsksWhenThereIsSomethingToLose() {
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        Stage stage(withCameras());
        film(stage, CameraState::Recording);
        QVERIFY(recordsFor(stage, 3000));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep")));
        push(stage, "confirmKeep");
        QTRY_VERIFY(!stage.find(QStringLiteral("confirmKeep")));
        QCOMPARE(stage.publishing.camera()->state(), CameraState::Recording);
        push(stage, "recordCancel");
        QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
        push(stage, "confirmAction");
        QTRY_COMPARE(stage.publishing.camera()->state(), CameraState::Off);
        QTRY_VERIFY(recordingsOf(stage).isEmpty());
        QCOMPARE(stage.publishing.drafts()->count(), 0);
        // Of what is only shown there is nothing to lose.
        QTRY_VERIFY(stage.find(QStringLiteral("recordVideo")));
        push(stage, "recordVideo");
        QVERIFY(reaches(stage, CameraState::Showing));
        push(stage, "recordCancel");
        QTRY_VERIFY(stage.find(QStringLiteral("chooseFile")));
        QVERIFY(!stage.find(QStringLiteral("confirmAction")));
    }

    void anotherCameraIsChosen() {
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        Stage stage(
            withCameras({testCamera(), madeUpCamera(QStringLiteral("tall"),
                                                    QStringLiteral("testsrc2=size=200x360:rate=25"))}));
        film(stage, CameraState::Showing);
        QQuickItem* choice = stage.find(QStringLiteral("cameraChoice"));
        QVERIFY(choice);
        QMetaObject::invokeMethod(choice, "chosen", Q_ARG(QVariant, QStringLiteral("tall")));
        QCOMPARE(stage.publishing.camera()->camera(), QStringLiteral("tall"));
        const QQuickItem* surface = stage.find(QStringLiteral("cameraSurface"));
        QTRY_COMPARE_WITH_TIMEOUT(surface->property("sourceSize").toSize(), QSize(200, 360), 20000);
        stage.press(QStringLiteral("recordToggle"));
        QVERIFY(reaches(stage, CameraState::Recording));
        QVERIFY(!stage.find(QStringLiteral("cameraChoice")));
    }

    void troubleIsSaidAndCanBeTriedAgain() {
        StageOptions options = withCameras();
        QTemporaryDir directory;
        options.camera.program = directory.filePath(QStringLiteral("ffmpeg"));
        QFile program(options.camera.program);
        QVERIFY(program.open(QIODevice::WriteOnly));
        program.write("#!/bin/sh\necho '[error] front: Device or resource busy' >&2\nexit 1\n");
        program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        program.close();
        Stage stage(options);
        film(stage, CameraState::Off);
        QTRY_VERIFY(stage.find(QStringLiteral("recordVideo"))->isEnabled());
        push(stage, "recordVideo");
        QTRY_VERIFY_WITH_TIMEOUT(stage.find(QStringLiteral("recordNotice")), 20000);
        QCOMPARE(stage.find(QStringLiteral("recordNotice"))->property("title").toString(),
                 QStringLiteral("Another program uses the camera"));
        QSignalSpy states(stage.publishing.camera(), &CameraRecorder::stateChanged);
        push(stage, "noticeAction");
        QTRY_COMPARE_WITH_TIMEOUT(states.count(), 2, 20000);
        QTRY_VERIFY(stage.find(QStringLiteral("recordNotice")));
        push(stage, "noticeOther");
        QTRY_VERIFY(!stage.find(QStringLiteral("recordNotice")));
        QVERIFY(stage.find(QStringLiteral("chooseFile")));
    }

    void longestIsSaidAndKept() {
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        StageOptions options = withCameras();
        options.camera.longestMs = 700;
        Stage stage(options);
        film(stage, CameraState::Recording);
        QTRY_VERIFY_WITH_TIMEOUT(stage.find(QStringLiteral("recordNotice")), 20000);
        const QString text = stage.find(QStringLiteral("recordNotice"))->property("text").toString();
        QVERIFY2(text.startsWith(QLatin1String("What was recorded until then is kept.")), qPrintable(text));
        QTRY_VERIFY(stage.find(QStringLiteral("publishButton")));
    }

    void cameraForEverybody_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<QSize>("size");
        for (const QSize size : {QSize(390, 844), QSize(1200, 800)}) {
            for (const CameraState state : {CameraState::Off, CameraState::Showing, CameraState::Recording}) {
                QTest::addRow("%d at %d", int(state), size.width()) << int(state) << size;
            }
        }
    }
    // The accessible tree, and nothing cut off, with two cameras.
    void cameraForEverybody() {
        QFETCH(int, state);
        QFETCH(QSize, size);
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        Camera other = testCamera(QStringLiteral("other"));
        other.name = QStringLiteral("Logitech HD Pro Webcam C920");
        Stage stage(withCameras({testCamera(), other}));
        film(stage, static_cast<CameraState>(state));
        stage.window()->resize(size);
        const QStringList faults = accessibleFaults(stage.window());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        const QStringList cut = cutInShapes(stage, {QSize(360, 640), size});
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QLatin1Char('\n'))));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join(QLatin1Char('\n'))));
    }

    void previewStopsWhenThePageIsLeft() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(prepare(stage));
        QTRY_VERIFY(stage.publishing.preview()->playing());
        QVERIFY(!stage.playback.isActive());
        stage.press(QStringLiteral("navHome"));
        QTRY_VERIFY(!stage.publishing.preview()->playing());
        QVERIFY(stage.publishing.preview()->source().isEmpty());
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::PublishPageTest)
#include "publish_page_test.moc"
