// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The conformance suite against our own simulator in the dialect TIKGOK_DIALECT, as a program of its own on
// the small world.

#include "tests/support/sim_process.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using tikgok::test::SimProcess;

namespace {

// The only file of 32 bytes that nobody else may read.
QString keyFileIn(const QString& directory) {
    QDirIterator files(directory, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (files.fileInfo().size() == 32 && files.fileName().contains(QLatin1String("key"))) {
            return path;
        }
    }
    return {};
}

}  // namespace

class SimConformanceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void conforms_data() {
        QTest::addColumn<QString>("world");
        QTest::newRow("small") << QStringLiteral("small");
    }

    void conforms() {
        QFETCH(QString, world);
        QTemporaryDir data;
        // The reference's limiter would answer 429 when others keep this machine busy. It has tests of its
        // own.
        qputenv("TIKGOK_SIM_LIMITER_MODE", "off");
        SimProcess sim(QStringLiteral(TIKGOK_SIM));
        const auto ready = sim.serve({QStringLiteral("--data"), data.path(), QStringLiteral("--port"),
                                      QStringLiteral("0"), QStringLiteral("--world"), world,
                                      QStringLiteral("--dialect"), QStringLiteral(TIKGOK_DIALECT)});
        QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));

        QStringList arguments{QStringLiteral("--server"), ready->url, QStringLiteral("--dialect"),
                              QStringLiteral(TIKGOK_DIALECT)};
        const QString key = keyFileIn(data.path());
        QVERIFY2(!key.isEmpty(), "the token key is a file of 32 bytes with \"key\" in its name");
        arguments << QStringLiteral("--jwt-key-file") << key;
        QProcess suite;
        suite.start(QStringLiteral(TIKGOK_CONFORMANCE), arguments);
        QVERIFY(suite.waitForFinished(170'000));
        const QByteArray said = suite.readAllStandardOutput();
        QByteArray failures;
        bool inFailure = false;
        for (const QByteArray& line : said.split('\n')) {
            inFailure = line.startsWith("FAIL") || (inFailure && line.startsWith("  "));
            if (inFailure) {
                failures += line + '\n';
            }
        }
        // Passed per section, and in all.
        for (const QByteArray& line : said.trimmed().split('\n').last(2)) {
            qInfo("%s", line.constData());
        }
        QVERIFY2(suite.exitStatus() == QProcess::NormalExit && suite.exitCode() == 0,
                 (failures + suite.readAllStandardError()).constData());

        const SimProcess::Ended ended = sim.signal(SIGTERM);
        QVERIFY2(ended.exitCode == 0, ended.standardError.constData());
    }
};

QTEST_GUILESS_MAIN(SimConformanceTest)
#include "sim_conformance_test.moc"
