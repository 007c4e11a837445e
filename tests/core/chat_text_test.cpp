// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/message_text.h"
#include "core/chat/rhythm.h"

#include <QTest>
#include <QTimeZone>

using namespace std::chrono_literals;

namespace tikgok {

class ChatTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lengths_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("characters");
        QTest::addColumn<int>("bytes");
        QTest::newRow("empty") << "" << 0 << 0;
        QTest::newRow("latin") << "hello" << 5 << 5;
        QTest::newRow("chinese") << QStringLiteral("你好") << 2 << 6;
        QTest::newRow("emoji") << QStringLiteral("😀") << 1 << 4;
        QTest::newRow("limit") << QString(254, u'字') << 254 << 762;
    }
    void lengths() {
        QFETCH(QString, text);
        QTEST(lengthOf(text, LengthUnit::Characters), "characters");
        QTEST(lengthOf(text, LengthUnit::Bytes), "bytes");
    }

    void textsAreClosedInThemselves_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("inside");
        const QString pop(QChar(0x2069));
        const QString open(QChar(0x2067));
        const QString override(QChar(0x202e));
        QTest::newRow("plain") << "a <b>b</b>" << "a <b>b</b>";
        QTest::newRow("override") << override + "evil" << override + "evil";
        QTest::newRow("one closed too many") << pop + "out" + pop << "out";
        QTest::newRow("left open") << open + "x" << open + "x" + pop;
        QTest::newRow("balanced") << open + "x" + pop << open + "x" + pop;
        QTest::newRow("controls") << QString(QChar(0)) + "a\nb\tc" + QChar(7) << "a\nb\tc";
    }
    void textsAreClosedInThemselves() {
        QFETCH(QString, text);
        QFETCH(QString, inside);
        QCOMPARE(isolatedText(text), QChar(0x2068) + inside + QChar(0x2069));
    }

    void longTextsAreCut() {
        const QString shown = isolatedText(QString(10'000, u'x'));
        QCOMPARE(shown.size(), 2'000 + 3);
        QVERIFY(shown.contains(QChar(0x2026)));
        // Never through the middle of a character.
        const QString emoji = isolatedText(u'a' + QStringLiteral("😀").repeated(2'000));
        QVERIFY(!emoji.at(emoji.size() - 3).isHighSurrogate());
        QCOMPARE(previewText(QStringLiteral("a\n\n b\tc")),
                 QChar(0x2068) + QStringLiteral("a b c") + QChar(0x2069));
        QVERIFY(previewText(QString(10'000, u'x')).size() < 130);
    }

    void momentsOfAnyUnit_data() {
        QTest::addColumn<qint64>("time");
        QTest::newRow("s") << qint64{1'676'323'215};
        QTest::newRow("ms") << qint64{1'676'323'215'000};
        QTest::newRow("us") << qint64{1'676'323'215'000'000};
        QTest::newRow("ns") << qint64{1'676'323'215'000'000'789};
    }
    void momentsOfAnyUnit() {
        QFETCH(qint64, time);
        const QDateTime moment = momentOf({.key = {.time = time, .id = 1}, .timeText = {}, .content = {}});
        QCOMPARE(moment.toSecsSinceEpoch(), 1'676'323'215);
    }

    void noNumberNoMoment() {
        QVERIFY(!momentOf({.key = {}, .timeText = QStringLiteral("5:26PM"), .content = {}}).isValid());
        QCOMPARE(clockText({}, QLocale::c()), QString());
        QCOMPARE(shortMoment({}, QDateTime::currentDateTime(), QLocale::c()), QString());
    }

    void days_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QDate>("day");
        QTest::addColumn<QString>("text");
        QTest::newRow("en") << "en_GB" << QDate(2026, 11, 3) << "3 Nov";
        QTest::newRow("zh") << "zh_CN" << QDate(2026, 11, 3) << "11月3日";
        QTest::newRow("en, another year") << "en_GB" << QDate(2025, 11, 3) << "3 Nov 2025";
        QTest::newRow("zh, another year") << "zh_CN" << QDate(2025, 11, 3) << "2025年11月3日";
    }
    void days() {
        QFETCH(QString, language);
        QFETCH(QDate, day);
        QTEST(dayText(day, QDate(2026, 12, 1), QLocale(language)), "text");
        const QDateTime now(QDate(2026, 12, 1), QTime(9, 0), QTimeZone::utc());
        QTEST(shortMoment(QDateTime(day, QTime(8, 5), QTimeZone::utc()), now, QLocale(language)), "text");
        QCOMPARE(shortMoment(now.addSecs(-60), now, QLocale(language)), QStringLiteral("08:59"));
    }

    // --- when to ask again

    void slowsDownWhenNothingComes() {
        Rhythm rhythm({.fast = 1'500ms, .slow = 6'000ms, .patience = 3, .longestAfterErrors = 60s});
        QCOMPARE(rhythm.wait(), 1'500ms);
        rhythm.quiet();
        rhythm.quiet();
        QCOMPARE(rhythm.wait(), 1'500ms);
        auto before = rhythm.wait();
        for (int i = 0; i < 20; ++i) {
            rhythm.quiet();
            QVERIFY(rhythm.wait() >= before);
            before = rhythm.wait();
        }
        QCOMPARE(rhythm.wait(), 6'000ms);
        rhythm.heard();
        QCOMPARE(rhythm.wait(), 1'500ms);
    }

    void backsOffOnErrors() {
        Rhythm rhythm({.fast = 1s, .slow = 6s, .patience = 3, .longestAfterErrors = 60s});
        Error error;
        rhythm.failed(error);
        QCOMPARE(rhythm.wait(), 2s);
        rhythm.failed(error);
        QCOMPARE(rhythm.wait(), 4s);
        for (int i = 0; i < 100; ++i) {
            rhythm.failed(error);
        }
        QCOMPARE(rhythm.wait(), 60s);
        error.retryAfter = 90s;
        rhythm.failed(error);
        QCOMPARE(rhythm.wait(), 90s);
        rhythm.quiet();
        QCOMPARE(rhythm.wait(), 1s);
    }

    void takesAnotherPace() {
        Rhythm rhythm({.fast = 1s, .slow = 6s, .patience = 3, .longestAfterErrors = 60s});
        rhythm.setPace({.fast = 20s, .slow = 30s, .patience = 3, .longestAfterErrors = 60s});
        QCOMPARE(rhythm.wait(), 20s);
        rhythm.setPace({.fast = 1s, .slow = 6s, .patience = 3, .longestAfterErrors = 60s});
        QCOMPARE(rhythm.wait(), 6s);
        rhythm.heard();
        QCOMPARE(rhythm.wait(), 1s);
    }
};

}  // namespace tikgok

QTEST_APPLESS_MAIN(tikgok::ChatTextTest)

#include "chat_text_test.moc"
