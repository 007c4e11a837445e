// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The page on which a video is prepared and sent, with the real file desk and a server that the test
// controls. Recording one there is in recording_page_test.cpp.
#include "qml/Controls/open_windows.h"
#include "resources/demo_media_dir.h"
#include "tests/qml/support/rest.h"
#include "tests/qml/support/test_main.h"
#include "tests/qml/support/use.h"
#include "tests/support/grow_film.h"

#include <QFile>
#include <QFontMetricsF>
#include <QMimeData>
#include <QQuickStyle>
#include <QSignalSpy>
#include <QStorageInfo>
#include <QTemporaryDir>

namespace tikgok::test {

using Rule = StageServer::Rule;
using JobState = PublishJobs::State;
using EditorState = PublishEditor::State;

namespace {

const QString kFilm = QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/05-vinyl.mp4");
const QString kPublish = QStringLiteral("/douyin/publish/action/");

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
        // Qt 6.8 opens a window for it.
        const auto shown = [](const auto& isIt) -> QQuickItem* {
            for (QQuickItem* contents : OpenWindows::contents()) {
                for (QQuickItem* item : contents->window()->findChildren<QQuickItem*>()) {
                    if (item->isVisible() && isIt(item)) {
                        return item;
                    }
                }
            }
            return nullptr;
        };
        const auto barShown = [&shown] {
            return shown([](const QQuickItem* item) { return item->property("upButton").isValid(); });
        };
        QTRY_VERIFY(barShown());
        const QQuickItem* bar = barShown();
        QVERIFY(waitForRest(bar->window()));
        const QQuickItem* filter =
            shown([](const QQuickItem* item) { return item->inherits("QQuickComboBox"); });
        QVERIFY(filter);
        const auto ground =
            bar->property("background").value<QQuickItem*>()->property("color").value<QColor>();
        QVERIFY2((ground.lightnessF() < 0.5F) == dark, qPrintable(ground.name()));
        // At least its first word.
        const QFontMetricsF letters(filter->property("font").value<QFont>());
        QVERIFY2(filter->width() - 60 > letters.horizontalAdvance(QStringLiteral("Videos (")),
                 qPrintable(QString::number(filter->width())));
        QTest::keyClick(bar->window(), Qt::Key_Escape);
        QTRY_VERIFY(!barShown());
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
        // Copying it takes longer than stopping.
        QVERIFY(growFilm(path, qint64{3} << 30));
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
        push(stage, "stopCopying");
        QTRY_COMPARE(stage.publishing.editor()->state(), EditorState::Checked);
        // Pressed twice: that publishes nothing, and meets nothing else.
        QVERIFY(stage.find(QStringLiteral("stopCopying"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTest::keyClick(stage.window(), Qt::Key_Space);
        QCOMPARE(stage.publishing.editor()->state(), EditorState::Checked);
        QVERIFY(waitForRest(stage.window()));
        QCOMPARE(places(), before);
        // It says what became of it.
        QVERIFY2(textOf(stage, "publishMissing").contains(QLatin1String("stopped")),
                 qPrintable(textOf(stage, "publishMissing")));
        QVERIFY(stage.find(QStringLiteral("publishButton"))->isEnabled());
        QCOMPARE(stage.publishing.jobs()->rowCount(), 0);
        QTest::keyClick(stage.window(), Qt::Key_Tab);
        QTRY_VERIFY(!stage.find(QStringLiteral("stopCopying"))->isEnabled());
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

    // What is on its way comes first, then what is still to be done; what has arrived is the last.
    void draftsStandAboveWhatArrived_data() {
        QTest::addColumn<bool>("byKey");
        QTest::newRow("by key") << true;
        QTest::newRow("by pointer") << false;
    }
    void draftsStandAboveWhatArrived() {
        QFETCH(const bool, byKey);
        Stage stage;
        QVERIFY(openPrepared(stage));
        stage.server.rule(kPublish, {.kind = Rule::Kind::Hang});
        push(stage, "publishButton");
        QTRY_COMPARE(stateOf(stage), JobState::Sending);
        QVERIFY(prepare(stage));
        stage.publishing.editor()->setTitle(QStringLiteral("later"));
        push(stage, "laterButton");
        QTRY_VERIFY(stage.find(QStringLiteral("draftRow")));
        const auto height = [&stage](const char* name) {
            return stage.find(QLatin1StringView(name))->mapToScene(QPointF()).y();
        };
        QVERIFY(waitForRest(stage.window()));
        QVERIFY(height("cancelJob") < height("draftRow"));
        stage.find(QStringLiteral("cancelJob"))
            ->forceActiveFocus(byKey ? Qt::TabFocusReason : Qt::MouseFocusReason);
        stage.server.clearRules();
        stage.server.letGo();
        QTRY_VERIFY(stage.find(QStringLiteral("cancelJob")));
        QTRY_COMPARE(stage.publishing.jobs()->openCount(), 0);
        // The keyboard goes along, so that it is not on what nobody sees. Who has only pressed there may have
        // scrolled away.
        const auto goesAlong = [&stage] {
            const QQuickItem* at = stage.window()->activeFocusItem();
            return at && at->isVisible() &&
                   (at->objectName() == QLatin1StringView("watchJob") ||
                    at->objectName() == QLatin1StringView("cancelJob"));
        };
        QTRY_VERIFY(!byKey || goesAlong());
        QTRY_VERIFY(stage.find(QStringLiteral("watchJob")));
        QVERIFY(waitForRest(stage.window()));
        QCOMPARE(goesAlong(), byKey);
        QVERIFY(height("draftRow") < height("watchJob"));
        QCOMPARE(stage.publishing.jobs()->openCount(), 0);
        QCOMPARE(stage.warnings(), QStringList());
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
