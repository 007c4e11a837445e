// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The log that is kept, and the bundle for a bug report: complete, bounded, and nobody's secrets in it.

#include "core/diagnostics/diagnostics.h"

#include "core/diagnostics/bundle.h"
#include "core/diagnostics/log_buffer.h"
#include "core/diagnostics/redaction.h"
#include "tests/core/support/wait.h"

#include <QDir>
#include <QLoggingCategory>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

namespace tikgok {

using test::waitUntil;

namespace {

Q_LOGGING_CATEGORY(oursLog, "tikgok.test")
Q_LOGGING_CATEGORY(theirsLog, "somebody.else")

const QString kSecret = QStringLiteral("Pa55-word");

}  // namespace

class DiagnosticsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void redacts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("stays");
        const auto row = [](const char* name, const QString& text, const char* stays) {
            QTest::newRow(name) << text << QString::fromUtf8(stays);
        };
        row("quoted", QStringLiteral("could not send \"%1\" to the server").arg(kSecret), "to the server");
        row("quoted with quotes", QStringLiteral("said \"a \\\"%1\\\" b\" loudly").arg(kSecret), "loudly");
        row("not closed", QStringLiteral("said \"abc %1").arg(kSecret), "said");
        row("token in an address",
            QStringLiteral("GET http://host:80/douyin/feed/?token=%1 failed").arg(kSecret),
            "http://host:80/douyin/feed/");
        row("user in an address", QStringLiteral("at http://mei:%1@host/ there").arg(kSecret), "host/ there");
        row("password", QStringLiteral("password=%1, next=1").arg(kSecret), "next=1");
        row("content", QStringLiteral("code 3; content: hello %1 there; end").arg(kSecret), "end");
        row("header", QStringLiteral("Authorization: Bearer %1").arg(kSecret), "Authorization");
        row("web token", QStringLiteral("used eyJhbGciOi.eyJJRCI6%1.sig once").arg(kSecret), "once");
        row("opaque", QStringLiteral("key 0123456789abcdef0123456789abcdef%1 kept").arg(kSecret), "kept");
    }
    void redacts() {
        QFETCH(QString, text);
        QFETCH(QString, stays);
        const QString clean = redacted(text);
        QVERIFY2(!clean.contains(kSecret), qPrintable(clean));
        QVERIFY2(clean.contains(stays), qPrintable(clean));
        QCOMPARE(redacted(clean), clean);
    }

    void redactsWhatItIsTold() {
        QCOMPARE(redacted(QStringLiteral("a b c"), {QStringLiteral("b"), QString()}),
                 QStringLiteral("a <removed> c"));
        QVERIFY(!redacted(QDir::homePath() + QStringLiteral("/x is gone")).contains(QDir::homePath()));
        QCOMPARE(redacted(QStringLiteral("HTTP 404, code 40001")), QStringLiteral("HTTP 404, code 40001"));
        QCOMPARE(redactedAddress(QUrl(QStringLiteral("https://a:b@host:9/p?token=x#y"))),
                 QStringLiteral("https://host:9/p"));
    }

    void keepsTheLastLines() {
        LogBuffer log({.lines = 5, .bytes = 10'000, .longestLine = 50});
        for (int i = 0; i < 12; ++i) {
            log.add(1'790'000'000'000 + i, QtInfoMsg, QStringLiteral("tikgok.test"),
                    QStringLiteral("number %1").arg(i));
        }
        QCOMPARE(log.count(), std::size_t{5});
        QVERIFY(log.text().startsWith("(7 older lines are gone)\n"));
        QVERIFY(log.text().contains("info tikgok.test: number 11\n"));
        QVERIFY(!log.text().contains("number 6\n"));
        log.add(0, QtWarningMsg, QStringLiteral("tikgok.test"), QString(5000, QLatin1Char(' ')));
        QVERIFY(log.text().size() < 1000);
        LogBuffer small({.lines = 1000, .bytes = 300, .longestLine = 2000});
        for (int i = 0; i < 100; ++i) {
            small.add(i, QtInfoMsg, QStringLiteral("tikgok.test"), QStringLiteral("line\nof two"));
        }
        QVERIFY(small.count() < 8);
        QVERIFY(small.text().contains("line of two"));
    }

    void hearsEveryThreadAndPassesOn() {
        static std::atomic<int> passed;
        passed = 0;
        const QtMessageHandler before =
            qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) { ++passed; });
        {
            LogBuffer log;
            log.install();
            {
                std::vector<std::jthread> threads;
                for (int t = 0; t < 4; ++t) {
                    threads.emplace_back([] {
                        for (int i = 0; i < 50; ++i) {
                            qCWarning(oursLog) << "tick" << i;
                        }
                    });
                }
            }
            qCWarning(theirsLog).noquote() << kSecret;
            qWarning("plain %s", qPrintable(kSecret));
            qCWarning(oursLog) << "a text:" << kSecret;
            QCOMPARE(log.count(), std::size_t{203});
            QVERIFY(!log.text().contains(kSecret.toUtf8()));
            QVERIFY(log.text().contains("somebody.else: ("));
            QCOMPARE(passed.load(), 203);
        }
        qCWarning(oursLog) << "after";
        QCOMPARE(passed.load(), 204);
        qInstallMessageHandler(before);
    }

    void bundleOpensWithTar() {
        const QTemporaryDir dir;
        const QList<BundlePart> parts{{QStringLiteral("about.txt"), "one\n"},
                                      {QStringLiteral("empty.txt"), {}},
                                      {QStringLiteral("block.txt"), QByteArray(512, 'b')},
                                      {QStringLiteral("log.txt"), QByteArray(200'000, 'x')}};
        QFile file(dir.filePath(QStringLiteral("b.tar.gz")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray packed = tarGz(parts, 1'790'000'000);
        QVERIFY(packed.size() < 2000);
        file.write(packed);
        file.close();
        QProcess tar;
        tar.setWorkingDirectory(dir.path());
        tar.start(QStringLiteral("tar"), {QStringLiteral("-xzf"), QStringLiteral("b.tar.gz")});
        QVERIFY(tar.waitForFinished());
        QCOMPARE(tar.readAllStandardError(), QByteArray());
        QCOMPARE(tar.exitCode(), 0);
        for (const BundlePart& part : parts) {
            QFile out(dir.filePath(part.name));
            QVERIFY2(out.open(QIODevice::ReadOnly), qPrintable(part.name));
            QCOMPARE(out.readAll(), part.content);
        }
    }

    void savesWhatItShows() {
        const QTemporaryDir dir;
        int asked = 0;
        Diagnostics diagnostics(
            [&asked] {
                ++asked;
                return QList<BundlePart>{{QStringLiteral("a.txt"), "left " + kSecret.toUtf8() + " right"}};
            },
            [] { return QStringList{kSecret}; });
        QSignalSpy saved(&diagnostics, &Diagnostics::saved);
        diagnostics.collect();
        QVERIFY(diagnostics.preview().contains(QStringLiteral("left <removed> right")));
        QVERIFY(diagnostics.preview().contains(QStringLiteral("a.txt")));
        diagnostics.saveIn(dir.path());
        QVERIFY(diagnostics.saving());
        diagnostics.saveIn(dir.path());  // one at a time
        QVERIFY(waitUntil([&] { return saved.count() == 1; }));
        QVERIFY(!diagnostics.saving());
        QCOMPARE(asked, 1);
        const QString path = saved.at(0).at(0).toString();
        QVERIFY(path.startsWith(dir.path()));
        QVERIFY(!(QFile::permissions(path) & (QFile::ReadOther | QFile::ReadGroup)));
        QProcess tar;
        tar.start(QStringLiteral("tar"), {QStringLiteral("-xzOf"), path});
        QVERIFY(tar.waitForFinished());
        QCOMPARE(tar.readAllStandardOutput(), QByteArray("left <removed> right"));
    }

    void saysWhenItCannot() {
        const QTemporaryDir dir;
        QFile blocker(dir.filePath(QStringLiteral("x")));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        Diagnostics diagnostics([] { return QList<BundlePart>{{QStringLiteral("a.txt"), "a"}}; },
                                [] { return QStringList(); });
        QSignalSpy failed(&diagnostics, &Diagnostics::failed);
        diagnostics.saveIn(dir.filePath(QStringLiteral("x")));
        QVERIFY(waitUntil([&] { return failed.count() == 1; }));
        QVERIFY(!failed.at(0).at(0).toString().isEmpty());
    }

    void goesWhileSaving() {
        const QTemporaryDir dir;
        {
            Diagnostics diagnostics([] { return QList<BundlePart>{{QStringLiteral("a.txt"), "a"}}; },
                                    [] { return QStringList(); });
            diagnostics.saveIn(dir.path());
        }
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 1);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::DiagnosticsTest)
#include "diagnostics_test.moc"
