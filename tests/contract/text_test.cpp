// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/contract/text.h"

#include <QtTest>

#include <limits>

using namespace tikgok;

namespace {
constexpr auto kNone = "none";
}

class TextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void integers_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");  // digits, or "none"
        const auto row = [](const char* text, const char* expected) {
            QTest::addRow("'%s'", text) << QByteArray(text) << QByteArray(expected);
        };
        row("0", "0");
        row("7", "7");
        row("-7", "-7");
        row("+7", "7");
        row("007", "7");
        row("9223372036854775807", "9223372036854775807");
        row("-9223372036854775808", "-9223372036854775808");
        row("9223372036854775808", kNone);
        row("-9223372036854775809", kNone);
        row("99999999999999999999999", kNone);
        // Ids that were printed through a double, and exact beyond 2^53.
        row("1.0", "1");
        row("1.628e15", "1628000000000000");
        row("1.628000000000001e15", "1628000000000001");
        row("9.223372036854775807e18", "9223372036854775807");
        row("9.223372036854775808e18", kNone);
        row("-9.223372036854775808E18", "-9223372036854775808");
        row("12e2", "1200");
        row("12E+2", "1200");
        row("1200e-2", "12");
        row("0e99", "0");
        row("0.0", "0");
        row("1e19", kNone);
        row("1e-1", kNone);
        row("1.5", kNone);
        row("1e99999", kNone);
        row("", kNone);
        row(" 1", kNone);
        row("1 ", kNone);
        row("1.", kNone);
        row(".5", kNone);
        row("1..0", kNone);
        row("1e", kNone);
        row("1e+-2", kNone);
        row("e5", kNone);
        row("-", kNone);
        row("+", kNone);
        row("+-1", kNone);
        row("0x10", kNone);
        row("1_000", kNone);
        row("NaN", kNone);
        row("١", kNone);
    }
    void integers() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto value = contract::parseInteger({text.constData(), static_cast<std::size_t>(text.size())});
        QCOMPARE(value ? QByteArray::number(static_cast<qlonglong>(*value)) : QByteArray(kNone), expected);
    }

    void characters_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("expected");  // -1: not UTF-8
        QTest::newRow("empty") << QByteArray() << 0;
        QTest::newRow("ascii") << QByteArray("abc") << 3;
        QTest::newRow("han") << QByteArray("短视频") << 3;
        QTest::newRow("emoji is one") << QByteArray("😀") << 1;
        QTest::newRow("last code point") << QByteArray("\xF4\x8F\xBF\xBF") << 1;
        QTest::newRow("NUL counts") << QByteArray("a\0b", 3) << 3;
        QTest::newRow("lone continuation") << QByteArray("\x80") << -1;
        QTest::newRow("cut in the middle") << QByteArray("\xE7\x9F") << -1;
        QTest::newRow("bad continuation") << QByteArray("\xE7\x28\xAD") << -1;
        QTest::newRow("overlong two") << QByteArray("\xC0\xAF") << -1;
        QTest::newRow("overlong three") << QByteArray("\xE0\x80\xAF") << -1;
        QTest::newRow("overlong four") << QByteArray("\xF0\x80\x80\xAF") << -1;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << -1;
        QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80") << -1;
        QTest::newRow("latin 1") << QByteArray("caf\xE9") << -1;
    }
    void characters() {
        QFETCH(QByteArray, text);
        QFETCH(int, expected);
        const auto count =
            contract::characterCount({text.constData(), static_cast<std::size_t>(text.size())});
        QCOMPARE(count ? static_cast<int>(*count) : -1, expected);
    }

    void times_data() {
        QTest::addColumn<qlonglong>("epoch");
        QTest::addColumn<qlonglong>("milliseconds");
        QTest::newRow("zero") << 0LL << 0LL;
        QTest::newRow("negative") << -5LL << -5LL;
        QTest::newRow("seconds") << 1676323215LL << 1676323215000LL;
        QTest::newRow("last second") << 99'999'999'999LL << 99'999'999'999'000LL;
        QTest::newRow("first millisecond") << 100'000'000'000LL << 100'000'000'000LL;
        QTest::newRow("milliseconds") << 1676323215123LL << 1676323215123LL;
        QTest::newRow("microseconds") << 1676323215123456LL << 1676323215123LL;
        QTest::newRow("nanoseconds") << 1676323215123456789LL << 1676323215123LL;
        QTest::newRow("largest") << std::numeric_limits<qlonglong>::max() << 9223372036854LL;
    }
    void times() {
        QFETCH(qlonglong, epoch);
        QFETCH(qlonglong, milliseconds);
        QCOMPARE(static_cast<qlonglong>(contract::toMilliseconds(epoch)), milliseconds);
    }
};

QTEST_GUILESS_MAIN(TextTest)
#include "text_test.moc"
