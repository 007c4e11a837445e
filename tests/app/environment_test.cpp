// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/environment.h"

#include <QDir>
#include <QStandardPaths>
#include <QtTest>

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <pwd.h>
#include <sys/socket.h>
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

    void wordsGoWhereTheDescriptorLeads() {
        std::array<int, 2> ends{};
        QCOMPARE(::pipe(ends.data()), 0);
        QCOMPARE(wordsGo(ends[1]), WordsGo::Pipe);
        ::close(ends[0]);
        ::close(ends[1]);
        QCOMPARE(wordsGo(ends[1]), WordsGo::Elsewhere);  // closed
        // As the journal's.
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
        QCOMPARE(wordsGo(ends[1]), WordsGo::Elsewhere);
        ::close(ends[0]);
        ::close(ends[1]);
        QTemporaryFile file;
        QVERIFY(file.open());
        QCOMPARE(wordsGo(file.handle()), WordsGo::File);
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        QCOMPARE(wordsGo(nowhere), WordsGo::Elsewhere);
        ::close(nowhere);
        const int keyboard = ::posix_openpt(O_RDWR | O_NOCTTY);
        QVERIFY(keyboard >= 0 && ::grantpt(keyboard) == 0 && ::unlockpt(keyboard) == 0);
        const int terminal = ::open(::ptsname(keyboard), O_RDWR | O_NOCTTY | O_CLOEXEC);
        QCOMPARE(wordsGo(terminal), WordsGo::Terminal);
        ::close(terminal);
        ::close(keyboard);
    }

    void aDesktopIsToldByItsVariables() {
        qputenv("DESKTOP_STARTUP_ID", "gnome-shell/tikgok/1");
        qputenv("XDG_ACTIVATION_TOKEN", "token");
        const StartContext started = StartContext::now();
        qunsetenv("DESKTOP_STARTUP_ID");
        qunsetenv("XDG_ACTIVATION_TOKEN");
        QCOMPARE(started.startupId, QByteArray("gnome-shell/tikgok/1"));
        QCOMPARE(started.activationToken, QByteArray("token"));
        QCOMPARE(started.errors, wordsGo(STDERR_FILENO));
    }

    void refusalsNeedAWindow_data() {
        QTest::addColumn<QByteArray>("startupId");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<WordsGo>("errors");
        QTest::addColumn<QString>("platform");
        QTest::addColumn<bool>("needed");
        const auto row = [](const char* name, const char* startupId, const char* token, WordsGo errors,
                            const char* platform, bool needed) {
            QTest::newRow(name) << QByteArray(startupId) << QByteArray(token) << errors
                                << QString::fromLatin1(platform) << needed;
        };
        row("a terminal", "", "", WordsGo::Terminal, "xcb", false);
        row("a pipe", "", "", WordsGo::Pipe, "xcb", false);
        row("a file", "", "", WordsGo::File, "wayland", false);
        row("the journal, nothing", "", "", WordsGo::Elsewhere, "wayland", true);
        row("a desktop, X11", "id", "", WordsGo::File, "xcb", true);
        row("a desktop, Wayland", "", "token", WordsGo::Pipe, "wayland", true);
        row("a desktop and a terminal", "id", "token", WordsGo::Terminal, "xcb", true);
        row("before there is a platform", "", "", WordsGo::Elsewhere, "", true);
        row("before there is a platform, a desktop", "id", "", WordsGo::File, "", true);
        row("before there is a platform, a pipe", "", "", WordsGo::Pipe, "", false);
        row("no screen", "id", "token", WordsGo::Elsewhere, "offscreen", false);
        row("hardly a screen", "id", "token", WordsGo::Elsewhere, "minimal", false);
    }

    void refusalsNeedAWindow() {
        QFETCH(const QByteArray, startupId);
        QFETCH(const QByteArray, token);
        QFETCH(const WordsGo, errors);
        QFETCH(const QString, platform);
        const StartContext started{.startupId = startupId, .activationToken = token, .errors = errors};
        QTEST(needsWindow(started, platform), "needed");
    }
};

QTEST_APPLESS_MAIN(EnvironmentTest)
#include "environment_test.moc"
