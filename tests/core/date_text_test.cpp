// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/comments/date_text.h"

#include <QTest>
#include <QTimeZone>

namespace tikgok {

class DateTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void reads_data() {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("chinese");
        const auto row = [](const char* raw, const char* english, const char* chinese) {
            QTest::newRow(raw) << QString::fromUtf8(raw) << QString::fromUtf8(english)
                               << QString::fromUtf8(chinese);
        };
        // now is 2023-02-20 15:00 UTC
        row("02-20", "20 Feb", "2月20日");
        row("2-3", "3 Feb", "2月3日");
        row("12-31", "31 Dec", "12月31日");
        row("02-29", "29 Feb", "2月29日");
        row("2023-02-19", "19 Feb", "2月19日");
        row("2022-12-31", "31 Dec 2022", "2022年12月31日");
        row("2023/01/05", "5 Jan", "1月5日");
        row("2023-02-20 14:30", "14:30", "14:30");
        row("2023-02-20 14:30:59", "14:30", "14:30");
        row("2023-02-20T14:30:59.123Z", "14:30", "14:30");
        row("2023-02-20T14:30:59+08:00", "14:30", "14:30");
        row("2023-02-19 14:30:59", "19 Feb", "2月19日");
        row("2022/02/19 14:30", "19 Feb 2022", "2022年2月19日");
        row("1676323215", "13 Feb", "2月13日");
        row("1676323215123", "13 Feb", "2月13日");
        row("1676323215123456", "13 Feb", "2月13日");
        row("1676323215123456789", "13 Feb", "2月13日");
        row("1676901600", "14:00", "14:00");
        row("  02-20 ", "20 Feb", "2月20日");
        // Anything else comes back as it is.
        row("", "", "");
        row("5:26PM", "5:26PM", "5:26PM");
        row("yesterday", "yesterday", "yesterday");
        row("刚刚", "刚刚", "刚刚");
        row("13-01", "13-01", "13-01");
        row("02-30", "02-30", "02-30");
        row("0-0", "0-0", "0-0");
        row("2023-13-01", "2023-13-01", "2023-13-01");
        row("2023-02-20 25:00", "2023-02-20 25:00", "2023-02-20 25:00");
        row("2023-02/20", "2023-02/20", "2023-02/20");
        row("123456789", "123456789", "123456789");
        row("12345678901", "12345678901", "12345678901");
        row("9999999999999999999", "9999999999999999999", "9999999999999999999");
        row("-1676323215", "-1676323215", "-1676323215");
        row("１６７６３２３２１５", "１６７６３２３２１５", "１６７６３２３２１５");
    }
    void reads() {
        QFETCH(QString, raw);
        QFETCH(QString, english);
        QFETCH(QString, chinese);
        const QDateTime now(QDate(2023, 2, 20), QTime(15, 0), QTimeZone::utc());
        QCOMPARE(dateText(raw, now, QLocale(QLocale::English)), english);
        QCOMPARE(dateText(raw, now, QLocale(QLocale::Chinese)), chinese);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::DateTextTest)
#include "date_text_test.moc"
