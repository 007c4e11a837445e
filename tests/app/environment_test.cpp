// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/environment.h"

#include <QDir>
#include <QStandardPaths>
#include <QtTest>

#include <pwd.h>
#include <unistd.h>

using namespace tikgok;

class EnvironmentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void relativePlacesCountAsNotSet_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("after");
        for (const char* name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"}) {
            QTest::addRow("%s relative", name)
                << QByteArray(name) << QByteArray("some/where") << QByteArray();
            QTest::addRow("%s dot", name) << QByteArray(name) << QByteArray(".") << QByteArray();
            QTest::addRow("%s absolute", name)
                << QByteArray(name) << QByteArray("/some/where") << QByteArray("/some/where");
        }
    }

    void relativePlacesCountAsNotSet() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        qputenv(name.constData(), value);
        mendEnvironment();
        QTEST(qgetenv(name.constData()), "after");
        qunsetenv(name.constData());
    }

    void dataIsBelowTheHome() {
        qputenv("XDG_DATA_HOME", "here");
        mendEnvironment();
        QVERIFY(QDir::isAbsolutePath(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)));
    }

    void aMissingHomeIsThatOfTheAccount_data() {
        QTest::addColumn<QByteArray>("home");
        QTest::newRow("not set") << QByteArray();
        QTest::newRow("relative") << QByteArray("home");
    }

    void aMissingHomeIsThatOfTheAccount() {
        const passwd* const user = ::getpwuid(::getuid());
        if (user == nullptr || user->pw_dir[0] != '/') {
            QSKIP("whoever runs this has no account with a home");
        }
        QFETCH(QByteArray, home);
        const QByteArray was = qgetenv("HOME");
        home.isEmpty() ? qunsetenv("HOME") : qputenv("HOME", home);
        mendEnvironment();
        const QByteArray now = qgetenv("HOME");
        qputenv("HOME", was);
        QCOMPARE(now, QByteArray(user->pw_dir));
    }

    // /proc is a file system without any room.
    void noShadersAreKeptWhereThereIsLittleRoom_data() {
        QTest::addColumn<QByteArray>("cache");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("no room") << QByteArray("/proc") << QByteArray() << QByteArray("true");
        QTest::newRow("no room, and somebody has said so")
            << QByteArray("/proc") << QByteArray("0") << QByteArray("0");
    }
    void noShadersAreKeptWhereThereIsLittleRoom() {
        QFETCH(const QByteArray, cache);
        QFETCH(const QByteArray, before);
        QFETCH(const QByteArray, after);
        constexpr const char* kVariable = "MESA_SHADER_CACHE_DISABLE";
        qputenv("XDG_CACHE_HOME", cache);
        before.isEmpty() ? qunsetenv(kVariable) : qputenv(kVariable, before);
        mendEnvironment();
        QCOMPARE(qgetenv(kVariable), after);
        qunsetenv(kVariable);
        qunsetenv("XDG_CACHE_HOME");
    }

    void aHomeThatIsThereStays() {
        const QByteArray was = qgetenv("HOME");
        qputenv("HOME", "/some where/ü");
        mendEnvironment();
        const QByteArray now = qgetenv("HOME");
        qputenv("HOME", was);
        QCOMPARE(now, QByteArray("/some where/ü"));
    }
};

QTEST_APPLESS_MAIN(EnvironmentTest)
#include "environment_test.moc"
