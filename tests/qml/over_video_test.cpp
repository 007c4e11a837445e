// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What lies over the video and over the pages: white words that can be read whatever is below them, the time
// while one seeks, tips, notices, the comments that can be deleted there; and who has the keyboard when the
// window changes its shape.
#include "resources/demo_media_dir.h"
#include "tests/qml/support/rest.h"
#include "tests/qml/support/test_main.h"

#include <QImage>
#include <QPointingDevice>

#include <algorithm>
#include <cmath>

namespace tikgok::test {

namespace {

// As WCAG 2 has it.
double luminance(const QColor& color) {
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& one, const QColor& other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QRectF placeOf(const QQuickItem* item) {
    return item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
}

// Words of white ink that are seen, below `item`.
void collectWords(QQuickItem* item, QList<QQuickItem*>& words) {
    // In the author's button there is a letter behind the picture.
    if (!item->isVisible() || item->opacity() == 0 ||
        item->objectName() == QLatin1StringView("authorButton")) {
        return;
    }
    if (item->inherits("QQuickText") && item->width() > 0 && !item->property("text").toString().isEmpty()) {
        words.append(item);
    }
    for (QQuickItem* child : item->childItems()) {
        collectWords(child, words);
    }
}

// Of the words on what is below them, where that is brightest.
double worstContrast(Stage& stage, QQuickItem* words) {
    const QColor ink = words->property("color").value<QColor>();
    const double before = words->opacity();
    words->setOpacity(0);
    const QImage below = stage.window()->grabWindow();
    words->setOpacity(before);
    const double ratio = below.devicePixelRatio();
    const double used = std::min(words->width(), words->property("contentWidth").toDouble());
    const QRectF place = QRectF(placeOf(words).topLeft(), QSizeF(used, words->height()));
    const QRect area = QRectF(place.topLeft() * ratio, place.size() * ratio).toRect() & below.rect();
    double worst = 21;
    for (int y = area.top(); y <= area.bottom(); y += 2) {
        for (int x = area.left(); x <= area.right(); x += 3) {
            const QColor ground = below.pixelColor(x, y);
            // Ink that lets something through.
            const auto mixed = [&](float over, float under) {
                return static_cast<float>(over * ink.alphaF() + under * (1 - ink.alphaF()));
            };
            const QColor seen =
                QColor::fromRgbF(mixed(ink.redF(), ground.redF()), mixed(ink.greenF(), ground.greenF()),
                                 mixed(ink.blueF(), ground.blueF()));
            worst = std::min(worst, contrast(seen, ground));
        }
    }
    return worst;
}

bool isWithin(const QQuickItem* item, const char* type) {
    for (const QQuickItem* up = item; up != nullptr; up = up->parentItem()) {
        if (up->inherits(type)) {
            return true;
        }
    }
    return false;
}

}  // namespace

class OverVideoTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsCanBeReadOnWhite_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        QTest::newRow("phone") << QSize(390, 844) << 1.0;
        QTest::newRow("desktop") << QSize(1200, 800) << 1.0;
        QTest::newRow("small") << QSize(360, 640) << 2.0;
    }
    // In the size, and with the size of text, of the row.
    static bool startInShape(Stage& stage) {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        stage.settings.setTextScale(scale);
        if (!stage.open(size)) {
            return false;
        }
        stage.start();
        return true;
    }
    // A banner takes a third of a small window.
    void nothingLiesOverTheSound_data() { wordsCanBeReadOnWhite_data(); }
    void nothingLiesOverTheSound() {
        Stage stage;
        stage.keychain.trouble = VaultError::Kind::Locked;
        QVERIFY(startInShape(stage));
        stage.signIn();
        stage.session.retryVault();
        QTRY_VERIFY(stage.find(QStringLiteral("vaultBanner")));
        QVERIFY(waitForRest(stage.window()));
        // Some releases of Qt set words with more lines, and then it is in the menu.
        const QQuickItem* const mute = stage.find(QStringLiteral("muteButton"));
        QVERIFY(mute || stage.settings.textScale() > 1);
        const QRectF sound = mute ? placeOf(mute) : QRectF();
        for (const char* name :
             {"authorButton", "likeButton", "commentsButton", "shareButton", "moreButton", "followingTab"}) {
            const QQuickItem* other = stage.find(QLatin1StringView(name));
            QVERIFY2(!other || !placeOf(other).intersects(sound), name);
        }
        QVERIFY(stage.find(QStringLiteral("likeButton")));
    }
    // Where the buttons beside the video need its room.
    void soundGoesIntoTheMenu() {
        Stage stage;
        stage.settings.setTextScale(2);
        stage.keychain.trouble = VaultError::Kind::Locked;
        QVERIFY(stage.open(QSize(360, 570)));
        stage.start();
        QVERIFY(stage.find(QStringLiteral("muteButton")));
        stage.find(QStringLiteral("muteButton"))->forceActiveFocus(Qt::TabFocusReason);
        stage.signIn();
        stage.session.retryVault();
        QTRY_VERIFY(stage.find(QStringLiteral("vaultBanner")));
        QTRY_VERIFY(!stage.find(QStringLiteral("muteButton")));
        // Nor has it the keyboard any more.
        QVERIFY(stage.window()->activeFocusItem()->isVisible());
        stage.press(QStringLiteral("moreButton"));
        QTRY_VERIFY(stage.find(QStringLiteral("soundToggle")));
        const bool muted = stage.playback.isMuted();
        stage.press(QStringLiteral("soundToggle"));
        QCOMPARE(stage.playback.isMuted(), !muted);
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        stage.window()->resize(390, 844);
        QTRY_VERIFY(stage.find(QStringLiteral("muteButton")));
    }
    void nothingLiesUnderTheUpload_data() { wordsCanBeReadOnWhite_data(); }
    void nothingLiesUnderTheUpload() {
        Stage stage;
        QVERIFY(startInShape(stage));
        stage.signIn();
        auto& editor = *stage.publishing.editor();
        editor.openFile(
            QUrl::fromLocalFile(QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/05-vinyl.mp4")));
        QTRY_COMPARE(editor.state(), PublishEditor::State::Checked);
        editor.setTitle(QStringLiteral("Side B"));
        stage.server.rule(QStringLiteral("/douyin/publish/action/"), {.kind = StageServer::Rule::Kind::Hang});
        editor.publish();
        QTRY_VERIFY(stage.find(QStringLiteral("uploadChip")));
        QVERIFY(waitForRest(stage.window()));
        const QRectF chip = placeOf(stage.find(QStringLiteral("uploadChip")));
        for (const char* name : {"authorButton", "likeButton", "commentsButton", "shareButton", "moreButton",
                                 "forYouTab", "followingFeedTab", "muteButton"}) {
            const QQuickItem* other = stage.find(QLatin1StringView(name));
            QVERIFY2(!other || !placeOf(other).intersects(chip), name);
        }
        QVERIFY(stage.find(QStringLiteral("forYouTab")));
    }
    // Nothing lies over them that takes their light.
    void whiteIsWhite_data() { wordsCanBeReadOnWhite_data(); }
    void whiteIsWhite() {
        Stage stage;
        stage.projector->picture = QImage(540, 960, QImage::Format_RGB32);
        stage.projector->picture.fill(Qt::black);
        QVERIFY(startInShape(stage));
        QTRY_VERIFY(stage.find(QStringLiteral("likeButton")));
        QVERIFY(waitForRest(stage.window()));
        QList<QQuickItem*> items;
        collectWords(stage.find(QStringLiteral("homePage")), items);
        for (const char* name : {"muteButton", "likeButton", "commentsButton", "shareButton", "moreButton"}) {
            items.append(stage.find(QLatin1StringView(name)));
        }
        const QImage seen = stage.window()->grabWindow();
        for (const QQuickItem* item : std::as_const(items)) {
            const QRect place = placeOf(item).toRect() & seen.rect();
            double brightest = 0;
            for (int y = place.top(); y <= place.bottom(); ++y) {
                for (int x = place.left(); x <= place.right(); ++x) {
                    brightest = std::max(brightest, luminance(seen.pixelColor(x, y)));
                }
            }
            QVERIFY2(place.isEmpty() || brightest > 0.7,
                     qPrintable(item->objectName() + item->property("text").toString()));
        }
    }
    void wordsCanBeReadOnWhite() {
        Stage stage;
        stage.projector->picture = QImage(540, 960, QImage::Format_RGB32);
        stage.projector->picture.fill(Qt::white);
        QVERIFY(startInShape(stage));
        const QSize size = stage.window()->size();
        QTRY_VERIFY(stage.find(QStringLiteral("likeButton")));
        QVERIFY(waitForRest(stage.window()));
        // What is being looked at is white indeed.
        QTRY_COMPARE(stage.window()->grabWindow().pixelColor(size.width() / 2, size.height() / 3),
                     QColor(Qt::white));
        QList<QQuickItem*> words;
        collectWords(stage.find(QStringLiteral("homePage")), words);
        QVERIFY2(words.size() >= 5, qPrintable(QString::number(words.size())));
        for (QQuickItem* one : words) {
            if (!placeOf(one).intersects(QRectF(QPointF(), QSizeF(size)))) {
                continue;
            }
            const double found = worstContrast(stage, one);
            QVERIFY2(found >= 4.5,
                     qPrintable(QStringLiteral("%1: %2").arg(one->property("text").toString()).arg(found)));
        }
    }

    void timeStandsBesideTheWords_data() { wordsCanBeReadOnWhite_data(); }
    void timeStandsBesideTheWords() {
        Stage stage;
        QVERIFY(startInShape(stage));
        QTRY_VERIFY(stage.find(QStringLiteral("seekBar")));
        stage.find(QStringLiteral("seekBar"))->forceActiveFocus(Qt::TabFocusReason);
        QTRY_VERIFY(stage.find(QStringLiteral("seekTime")));
        QVERIFY(waitForRest(stage.window()));
        const QQuickItem* time = stage.find(QStringLiteral("seekTime"));
        QList<QQuickItem*> words;
        collectWords(stage.find(QStringLiteral("homePage")), words);
        for (const QQuickItem* one : words) {
            if (!time->isAncestorOf(one)) {
                QVERIFY2(!placeOf(one).intersects(placeOf(time)),
                         qPrintable(one->property("text").toString()));
            }
        }
        QVERIFY(!placeOf(stage.find(QStringLiteral("moreButton"))).intersects(placeOf(time)));
    }

    void tipComesWithThePointer() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(stage.find(QStringLiteral("muteButton")));
        const QQuickItem* button = stage.find(QStringLiteral("muteButton"));
        const QPoint middle = placeOf(button).center().toPoint();
        QTest::mouseMove(stage.window(), middle);
        QTRY_VERIFY(stage.find(QStringLiteral("tip")));
        // It belongs to the button, and stays within the window.
        QCOMPARE(stage.find(QStringLiteral("tip"))->property("text"), button->property("text"));
        QTRY_VERIFY(QRectF(QPointF(), QSizeF(stage.window()->size()))
                        .contains(placeOf(stage.find(QStringLiteral("tip")))));
        QTest::mouseMove(stage.window(), QPoint(100, 500));
        QTRY_VERIFY(!stage.find(QStringLiteral("tip")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    // Not over the button beside it, at the top of a window, where there is no room above.
    void tipLeavesTheOtherButtons_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        for (const double scale : {1.0, 2.0}) {
            QTest::addRow("phone, %.0f", scale) << QSize(390, 844) << scale;
            QTest::addRow("small, %.0f", scale) << QSize(320, 640) << scale;
            QTest::addRow("desktop, %.0f", scale) << QSize(1200, 800) << scale;
        }
    }
    void tipLeavesTheOtherButtons() {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        Stage stage;
        stage.keychain.trouble = VaultError::Kind::Locked;
        QVERIFY(stage.open(size));
        stage.settings.setTextScale(scale);
        stage.start();
        stage.signIn();
        QTRY_VERIFY(stage.find(QStringLiteral("dismissBanner")));
        QVERIFY(waitForRest(stage.window()));
        QTest::mouseMove(stage.window(),
                         placeOf(stage.find(QStringLiteral("dismissBanner"))).center().toPoint());
        QTRY_VERIFY(stage.find(QStringLiteral("tip")));
        const QQuickItem* tip = stage.find(QStringLiteral("tip"))->parentItem()->parentItem();
        QTRY_VERIFY(QRectF(QPointF(), QSizeF(stage.window()->size())).contains(placeOf(tip)));
        for (const char* name : {"tryVaultAgain", "vaultMore"}) {
            if (const QQuickItem* button = stage.find(QLatin1StringView(name))) {
                // But for the edge, where there are no words.
                QVERIFY2((placeOf(button) & placeOf(tip)).height() < 10, name);
            }
        }
    }

    // Also there one sees what has the keyboard.
    void ringIsSeenOnNotices_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }
    void ringIsSeenOnNotices() {
        QFETCH(bool, dark);
        Stage stage;
        stage.settings.setTheme(dark ? Settings::Theme::Dark : Settings::Theme::Light);
        QVERIFY(stage.open());
        stage.start();
        stage.signIn();
        stage.press(QStringLiteral("commentsButton"));
        QTRY_VERIFY(stage.comments.count() > 0);
        QVERIFY(stage.comments.post(QStringLiteral("mine")));
        QTRY_VERIFY(stage.find(QStringLiteral("deleteComment")));
        stage.press(QStringLiteral("deleteComment"));
        QTRY_VERIFY(stage.find(QStringLiteral("undoRemove")));
        QMetaObject::invokeMethod(stage.object(QStringLiteral("toasts")), "showWithAction",
                                  Q_ARG(QString, QStringLiteral("a notice")),
                                  Q_ARG(QString, QStringLiteral("act")), Q_ARG(QVariant, QVariant()));
        QTRY_VERIFY(stage.find(QStringLiteral("toastAction")));
        for (const char* name : {"undoRemove", "toastAction"}) {
            QQuickItem* button = stage.find(QLatin1StringView(name));
            const auto ring = button->property("ringColor").value<QColor>();
            const auto ground = button->parentItem()->property("color").value<QColor>();
            QVERIFY2(contrast(ring, ground) >= 3, name);
        }
    }

    void noticeLeavesThePageItsWords_data() { wordsCanBeReadOnWhite_data(); }
    void noticeLeavesThePageItsWords() {
        Stage stage;
        QVERIFY(startInShape(stage));
        QTRY_VERIFY(stage.find(QStringLiteral("shareButton")));
        QMetaObject::invokeMethod(stage.find(QStringLiteral("shareButton")), "clicked");
        QObject* toasts = stage.object(QStringLiteral("toasts"));
        QTRY_VERIFY(toasts->property("showing").toBool());
        QVERIFY(waitForRest(stage.window()));
        const QRectF notice = placeOf(qobject_cast<QQuickItem*>(toasts));
        QVERIFY(notice.height() > 0);
        for (const char* name :
             {"likeButton", "commentsButton", "shareButton", "moreButton", "videoAge", "forYouTab"}) {
            if (const QQuickItem* item = stage.find(QLatin1StringView(name))) {
                QVERIFY2(!placeOf(item).intersects(notice), name);
            }
        }
    }

    void noticeLeavesTheCommentsBesideIt() {
        Stage stage;
        QVERIFY(stage.open(QSize(1200, 800)));
        stage.start();
        stage.press(QStringLiteral("commentsButton"));
        QTRY_VERIFY(stage.find(QStringLiteral("commentsList")));
        QMetaObject::invokeMethod(stage.object(QStringLiteral("toasts")), "show",
                                  Q_ARG(QString, QString(200, QLatin1Char('a'))));
        QVERIFY(waitForRest(stage.window()));
        const auto* toasts = qobject_cast<QQuickItem*>(stage.object(QStringLiteral("toasts")));
        QVERIFY(placeOf(toasts).right() <= placeOf(stage.find(QStringLiteral("commentsList"))).left());
    }

    // What had the keyboard before has it again when the action is done.
    void keyboardGoesBackFromANotice_data() {
        QTest::addColumn<bool>("gone");
        QTest::newRow("to where it was") << false;
        QTest::newRow("to the page, when that is gone") << true;
    }
    void keyboardGoesBackFromANotice() {
        QFETCH(const bool, gone);
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QQuickItem* before = stage.find(QStringLiteral("shareButton"));
        QVERIFY(before);
        before->forceActiveFocus(Qt::TabFocusReason);
        QMetaObject::invokeMethod(stage.object(QStringLiteral("toasts")), "showWithAction",
                                  Q_ARG(QString, QStringLiteral("a notice")),
                                  Q_ARG(QString, QStringLiteral("act")), Q_ARG(QVariant, QVariant()));
        QTRY_VERIFY(stage.find(QStringLiteral("toastAction")));
        stage.find(QStringLiteral("toastAction"))->forceActiveFocus(Qt::TabFocusReason);
        if (gone) {
            before->setVisible(false);
        }
        QTest::keyClick(stage.window(), Qt::Key_Return);
        if (gone) {
            QTRY_VERIFY(stage.focused() != nullptr &&
                        stage.focused()->objectName() != QLatin1StringView("toastAction"));
            QTest::keyClick(stage.window(), Qt::Key_J);
            QTRY_COMPARE(stage.playback.currentIndex(), 1);
        } else {
            QTRY_COMPARE(stage.focused(), before);
            QVERIFY(before->property("visualFocus").toBool());
        }
    }

    // The pointer was there when it came, and nobody moves it.
    void noticeGoesUnderARestingPointer() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QObject* toasts = stage.object(QStringLiteral("toasts"));
        QVERIFY(toasts->setProperty("duration", 400));
        QMetaObject::invokeMethod(toasts, "show", Q_ARG(QString, QStringLiteral("a notice")));
        QTRY_VERIFY(toasts->property("showing").toBool());
        QVERIFY(waitForRest(stage.window()));
        QTest::mouseMove(stage.window(), placeOf(qobject_cast<QQuickItem*>(toasts)).center().toPoint());
        QTRY_VERIFY(!toasts->property("showing").toBool());
    }

    // There is no room above them on a small window with large letters.
    void noticeWaitsUntilTheSheetIsGone_data() {
        QTest::addColumn<QString>("button");
        QTest::addColumn<QString>("sheet");
        QTest::newRow("comments") << QStringLiteral("commentsButton") << QStringLiteral("commentsList");
        QTest::newRow("sign in") << QStringLiteral("likeButton") << QStringLiteral("signInReason");
        QTest::newRow("menu") << QStringLiteral("moreButton") << QStringLiteral("speedChoice");
    }
    void noticeWaitsUntilTheSheetIsGone() {
        QFETCH(const QString, button);
        QFETCH(const QString, sheet);
        Stage stage;
        QVERIFY(stage.open(QSize(360, 640)));
        stage.start();
        stage.settings.setTextScale(2);
        stage.press(button);
        QTRY_VERIFY(stage.find(sheet));
        QVERIFY(waitForRest(stage.window()));
        QObject* toasts = stage.object(QStringLiteral("toasts"));
        QVERIFY(toasts->setProperty("duration", 1));
        QMetaObject::invokeMethod(toasts, "show", Q_ARG(QString, QStringLiteral("a notice")));
        const auto gone = [&] { return !toasts->property("showing").toBool(); };
        QVERIFY(!QTest::qWaitFor(gone, 100));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(gone());
    }

    // From the phone's shape to the desktop's and back.
    void keyboardStaysWhereItIs_data() {
        QTest::addColumn<QString>("sheet");
        QTest::newRow("signing in") << QStringLiteral("signIn");
        QTest::newRow("signing in, over comments") << QStringLiteral("comments");
        QTest::newRow("menu") << QStringLiteral("menu");
        QTest::newRow("shortcuts") << QStringLiteral("shortcuts");
        QTest::newRow("over a chat") << QStringLiteral("chat");
    }
    void keyboardStaysWhereItIs() {
        QFETCH(QString, sheet);
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        if (sheet == QLatin1StringView("chat")) {
            stage.signIn();
            QMetaObject::invokeMethod(stage.shell(), "openConversation", Q_ARG(QString, QStringLiteral("5")),
                                      Q_ARG(QString, QStringLiteral("chen")), Q_ARG(QUrl, QUrl()));
            QTRY_VERIFY(stage.find(QStringLiteral("chatPane")));
        }
        if (sheet == QLatin1StringView("signIn")) {
            stage.press(QStringLiteral("likeButton"));
        } else if (sheet == QLatin1StringView("comments")) {
            QTRY_VERIFY(stage.find(QStringLiteral("commentsButton")));
            QTest::keyClick(stage.window(), Qt::Key_C);
            QTRY_VERIFY(stage.focused() != nullptr && stage.focused()->inherits("QQuickTextArea"));
            QTest::keyClick(stage.window(), 'y');
            QTest::keyClick(stage.window(), Qt::Key_Return);
            // A name or a password is typed there.
            QTRY_VERIFY(stage.focused() != nullptr && stage.focused()->inherits("QQuickTextField"));
        } else if (sheet == QLatin1StringView("menu")) {
            stage.press(QStringLiteral("moreButton"));
        } else {
            QMetaObject::invokeMethod(stage.object(QStringLiteral("shortcuts")), "open");
        }
        QTRY_VERIFY(stage.focused() != nullptr && isWithin(stage.focused(), "QQuickPopupItem"));
        QVERIFY(waitForRest(stage.window()));
        for (const QSize size : {QSize(1200, 800), QSize(390, 844)}) {
            const QPointer<QQuickItem> before = stage.focused();
            stage.window()->resize(size);
            QTRY_COMPARE(stage.shell()->width(), size.width());
            QVERIFY(waitForRest(stage.window()));
            QVERIFY2(stage.focused() != nullptr && isWithin(stage.focused(), "QQuickPopupItem"),
                     stage.focused() != nullptr ? stage.focused()->metaObject()->className() : "nothing");
            QCOMPARE(stage.focused(), before.data());
        }
        QCOMPARE(stage.warnings(), QStringList());
    }

    // The comments stand below on a phone and beside the video on a desktop; whoever writes goes on writing.
    void commentsTakeTheKeyboardAlong() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(stage.find(QStringLiteral("commentsButton")));
        QTest::keyClick(stage.window(), Qt::Key_C);
        const auto writes = [&] {
            return stage.focused() != nullptr && stage.focused()->inherits("QQuickTextArea");
        };
        QTRY_VERIFY(writes());
        for (const QSize size : {QSize(1200, 800), QSize(390, 844)}) {
            stage.window()->resize(size);
            QTRY_COMPARE(stage.shell()->width(), size.width());
            QTRY_VERIFY2(writes(),
                         stage.focused() != nullptr ? stage.focused()->metaObject()->className() : "nothing");
        }
        QCOMPARE(stage.warnings(), QStringList());
    }
    void deletedCommentComesBack() {
        Stage stage(StageOptions{.comments = 1});
        QVERIFY(stage.open());
        stage.start();
        stage.signIn();
        stage.press(QStringLiteral("commentsButton"));
        QTRY_COMPARE(stage.comments.count(), 1);
        QVERIFY(stage.comments.post(QStringLiteral("mine")));
        QTRY_VERIFY(stage.find(QStringLiteral("deleteComment")));
        // All of the ring around the first one is seen.
        QQuickItem* bin = stage.find(QStringLiteral("deleteComment"));
        bin->forceActiveFocus(Qt::TabFocusReason);
        const QQuickItem* list = stage.find(QStringLiteral("commentsList"));
        const auto ring = [bin]() -> QQuickItem* {
            for (QQuickItem* item : bin->findChildren<QQuickItem*>()) {
                if (item->isVisible() && item->property("ringColor").isValid()) {
                    return item;
                }
            }
            return nullptr;
        };
        QTRY_VERIFY(ring());
        QTRY_VERIFY(ring()->mapRectToItem(list, QRectF(0, 0, ring()->width(), ring()->height())).top() >= 0);
        stage.press(QStringLiteral("deleteComment"));
        QTRY_VERIFY(stage.find(QStringLiteral("undoRemove")));
        QVERIFY(!stage.find(QStringLiteral("deleteComment")));
        stage.press(QStringLiteral("undoRemove"));
        QTRY_VERIFY(stage.find(QStringLiteral("deleteComment")));
        QCOMPARE(stage.comments.count(), 2);
        // Nothing but the posting was sent.
        QCOMPARE(stage.server.count(QStringLiteral("/douyin/comment/action/")), 1);
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::OverVideoTest)
#include "over_video_test.moc"
