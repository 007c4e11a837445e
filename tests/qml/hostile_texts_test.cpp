// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What people and servers can write to annoy others: on every page it is words, and stays in its place.
#include "tests/qml/support/rest.h"
#include "tests/qml/support/stage_people.h"
#include "tests/qml/support/test_main.h"

#include <QTextOption>

namespace tikgok::test {

using Rule = StageServer::Rule;

class HostileTextsTest : public QObject {
    Q_OBJECT

private:
    // It is there, and neither markup nor beside or above the window, and what has one line has one; a page
    // that is scrolled may go on below.
    static QString faultsIn(Stage& stage, const QString& text) {
        if (!waitForRest(stage.window())) {
            return QStringLiteral("it moves");
        }
        QList<QQuickItem*> found = seenLabels(stage.window()->contentItem());
        found.removeIf(
            [&](const QQuickItem* label) { return !label->property("text").toString().contains(text); });
        QString faults = found.isEmpty() ? QStringLiteral("not to be seen") : QString();
        for (const QQuickItem* label : found) {
            if (label->property("textFormat").toInt() != int(Qt::PlainText)) {
                faults += QStringLiteral("markup; ");
            }
            const QRectF place = label->mapRectToScene(label->boundingRect());
            if (place.left() < -1 || place.right() > stage.window()->width() + 1) {
                faults += QStringLiteral("from %1 to %2; ").arg(place.left()).arg(place.right());
            }
            if (label->property("wrapMode").toInt() == int(QTextOption::NoWrap) &&
                label->property("lineCount").toInt() > 1) {
                faults += QStringLiteral("%1 lines; ").arg(label->property("lineCount").toInt());
            }
            if (place.top() < -1) {
                faults += QStringLiteral("from above, %1; ").arg(place.top());
            }
        }
        return faults;
    }

private Q_SLOTS:
    void stayInTheirPlace_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QSize>("size");
        const QList<std::pair<const char*, QString>> texts{
            {"html", QStringLiteral("<b>bold</b><img src='http://x/y.png'><h1>big</h1>")},
            {"bidi", QString(QChar(0x202e)) + QStringLiteral("gnp.exe") + QChar(0x2066)},
            {"zalgo", QStringLiteral("Z") + QString(QChar(0x0335)).repeated(200) + QStringLiteral("algo")},
            {"long", QString(10'000, u'w')},
            {"lines", QStringLiteral("a\n").repeated(1'000) + u'z'},
        };
        for (const auto& [name, text] : texts) {
            QTest::addRow("%s, phone", name) << text << QSize(390, 844);
            QTest::addRow("%s, desktop", name) << text << QSize(1200, 800);
        }
    }
    void stayInTheirPlace() {
        QFETCH(QString, text);
        QFETCH(QSize, size);
        Stage stage(StageOptions{.videos = 6, .comments = 2});
        stage.server.sayEverywhere(text);
        // The rest is left away, since nobody could read it.
        text.truncate(1'900);
        QVERIFY(stage.open(size));
        stage.start();
        stage.signIn();
        // Title and author.
        QCOMPARE(faultsIn(stage, text), QString());
        // Buttons stay where they can be pressed.
        for (const char* name : {"likeButton", "commentsButton", "moreButton", "navMe"}) {
            const QQuickItem* button = stage.find(QLatin1StringView(name));
            QVERIFY2(button, name);
            const QRectF place = button->mapRectToScene(button->boundingRect());
            QVERIFY2(QRectF(QPointF(), size).contains(place), name);
        }
        // A comment and who wrote it.
        stage.press(QStringLiteral("commentsButton"));
        QTRY_COMPARE(stage.comments.count(), 2);
        QTRY_VERIFY(stage.find(QStringLiteral("commentAuthor")));
        QCOMPARE(faultsIn(stage, text), QString());
        stage.press(QStringLiteral("closeComments"));
        QTRY_VERIFY(!stage.find(QStringLiteral("commentsList")));
        // Name and signature.
        QVERIFY(waitForRest(stage.window()));
        stage.press(QStringLiteral("authorButton"));
        QTRY_VERIFY(stage.find(QStringLiteral("profileName")));
        QTRY_VERIFY(!all(stage, "coverCell").isEmpty());
        QVERIFY(textOf(stage, "profileName").startsWith(text));
        QCOMPARE(faultsIn(stage, text), QString());
        const QQuickItem* follow = stage.find(QStringLiteral("profileFollow"));
        QVERIFY(follow && follow->mapToScene(QPointF()).y() < size.height());
        QCOMPARE(stage.warnings(), QStringList());
    }

    // In a notice that floats over the page, and on a page that has nothing else to show.
    void serversWordsStayInTheirPlace_data() { stayInTheirPlace_data(); }
    void serversWordsStayInTheirPlace() {
        QFETCH(QString, text);
        QFETCH(QSize, size);
        Stage stage(StageOptions{.videos = 6, .comments = 2});
        QVERIFY(stage.open(size));
        stage.start();
        stage.signIn();
        const Rule no{.kind = Rule::Kind::Refuse, .code = 10'001, .words = text};
        stage.server.rule(QStringLiteral("/douyin/favorite/action/"), no);
        stage.server.rule(QStringLiteral("/douyin/comment/list/"), no);
        stage.press(QStringLiteral("likeButton"));
        const QString said = text.left(5);
        QTRY_VERIFY(textOf(stage, u"toasts").contains(said));
        QCOMPARE(faultsIn(stage, said), QString());
        const QQuickItem* toasts = stage.find(QStringLiteral("toasts"));
        const QRectF place = toasts->mapRectToScene(QRectF(0, 0, toasts->width(), toasts->height()));
        QVERIFY2(place.top() >= 0 && place.bottom() <= size.height(),
                 qPrintable(QStringLiteral("%1 to %2").arg(place.top()).arg(place.bottom())));
        stage.press(QStringLiteral("commentsButton"));
        QTRY_VERIFY(stage.find(QStringLiteral("commentsRetry")));
        QCOMPARE(faultsIn(stage, said), QString());
        QCOMPARE(stage.warnings(), QStringList());
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::HostileTextsTest)
#include "hostile_texts_test.moc"
