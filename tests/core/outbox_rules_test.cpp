// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/outbox/outbox_rules.h"

#include <QMetaEnum>
#include <QTest>

namespace tikgok {

class OutboxRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void afterErrors_data() {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<bool>("retryable");
        QTest::addColumn<bool>("maybeDone");
        QTest::addColumn<int>("attempts");
        QTest::addColumn<int>("next");
        const auto row = [](const char* name, ErrorKind kind, bool retryable, bool maybeDone, int attempts,
                            Next next) {
            QTest::newRow(name) << kind << retryable << maybeDone << attempts << static_cast<int>(next);
        };
        row("offline", ErrorKind::Offline, true, false, 1, Next::Again);
        row("offline, not said to pass", ErrorKind::Offline, false, false, 99, Next::Again);
        row("timeout", ErrorKind::Timeout, true, true, 1, Next::Again);
        row("cut", ErrorKind::Cut, true, true, 1, Next::Again);
        row("timeout, for ever", ErrorKind::Timeout, true, true, 1000, Next::Again);
        row("refused", ErrorKind::Refused, false, false, 1, Next::Never);
        row("refused, may pass", ErrorKind::Refused, true, true, 1, Next::Again);
        row("refused, may pass, fourth", ErrorKind::Refused, true, true, 4, Next::Again);
        row("refused, did not pass", ErrorKind::Refused, true, true, 5, Next::Never);
        row("signed out", ErrorKind::SignedOut, false, false, 1, Next::WhenSignedIn);
        row("not found", ErrorKind::NotFound, false, false, 1, Next::Never);
        row("too large", ErrorKind::TooLarge, false, false, 1, Next::Never);
        row("throttled", ErrorKind::Throttled, true, false, 1, Next::Again);
        row("throttled, for ever", ErrorKind::Throttled, true, false, 1000, Next::Again);
        row("broken", ErrorKind::ServerBroken, true, true, 1, Next::Again);
        row("a page of a hotel", ErrorKind::ServerBroken, false, true, 1, Next::Again);
        row("bad request", ErrorKind::ServerBroken, false, false, 1, Next::Never);
        row("cancelled", ErrorKind::Cancelled, false, false, 1, Next::Again);
        row("storage, passing", ErrorKind::Storage, true, false, 1, Next::Again);
        row("storage", ErrorKind::Storage, false, false, 1, Next::Never);
        row("invalid", ErrorKind::Invalid, false, false, 1, Next::Never);
        row("none", ErrorKind::None, false, false, 1, Next::Never);
    }
    void afterErrors() {
        QFETCH(const ErrorKind, kind);
        QFETCH(const bool, retryable);
        QFETCH(const bool, maybeDone);
        QFETCH(const int, attempts);
        QFETCH(const int, next);
        Error error;
        error.kind = kind;
        error.retryable = retryable;
        error.maybeDone = maybeDone;
        QCOMPARE(static_cast<int>(afterError(error, attempts, {})), next);
    }

    void everyKindIsInTheTable() {
        // Who adds a kind of error adds a row above.
        QCOMPARE(QMetaEnum::fromType<ErrorKind>().keyCount(), 13);
    }

    void waits_data() {
        QTest::addColumn<int>("attempts");
        QTest::addColumn<double>("chance");
        QTest::addColumn<int>("retryAfter");
        QTest::addColumn<int>("expected");
        QTest::newRow("first, shortest") << 1 << 0.0 << 0 << 500;
        QTest::newRow("first, middle") << 1 << 0.5 << 0 << 750;
        QTest::newRow("second") << 2 << 0.0 << 0 << 1'000;
        QTest::newRow("fifth") << 5 << 0.5 << 0 << 12'000;
        QTest::newRow("ninth") << 9 << 0.0 << 0 << 128'000;
        QTest::newRow("tenth is the longest") << 10 << 0.0 << 0 << 150'000;
        QTest::newRow("thousandth") << 1000 << 0.9 << 0 << 285'000;
        QTest::newRow("none yet") << 0 << 0.0 << 0 << 500;
        QTest::newRow("asked for more") << 1 << 0.9 << 60'000 << 60'000;
        QTest::newRow("asked for less") << 5 << 0.5 << 2'000 << 12'000;
        QTest::newRow("asked for days") << 1 << 0.5 << 400'000'000 << 3'600'000;
    }
    void waits() {
        QFETCH(const int, attempts);
        QFETCH(const double, chance);
        QFETCH(const int, retryAfter);
        QFETCH(const int, expected);
        Error error;
        if (retryAfter > 0) {
            error.retryAfter = std::chrono::milliseconds(retryAfter);
        }
        QCOMPARE(waitAfter(error, attempts, chance, {}).count(), expected);
    }

    void kinds() {
        QVERIFY(isIdempotent(IntentKind::Like));
        QVERIFY(isIdempotent(IntentKind::Follow));
        QVERIFY(isIdempotent(IntentKind::DeleteComment));
        QVERIFY(!isIdempotent(IntentKind::Comment));
        QVERIFY(!isIdempotent(IntentKind::Message));
        QVERIFY(!isIdempotent(IntentKind::Publish));
        QVERIFY(isToggle(IntentKind::Like));
        QVERIFY(isToggle(IntentKind::Follow));
        QVERIFY(!isToggle(IntentKind::DeleteComment));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::OutboxRulesTest)
#include "outbox_rules_test.moc"
