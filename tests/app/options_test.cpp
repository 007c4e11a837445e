// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/options.h"

#include <QtTest>

#include <vector>

using namespace tikgok;

class OptionsTest : public QObject {
    Q_OBJECT

private:
    static std::variant<Options, Leave> parse(const QByteArrayList& words) {
        std::vector<const char*> argv{"tikgok"};
        for (const QByteArray& word : words) {
            argv.push_back(word.constData());
        }
        return parseOptions(static_cast<int>(argv.size()), argv.data());
    }

private Q_SLOTS:
    void nothing() {
        const auto options = std::get<Options>(parse({}));
        QVERIFY(options.server.isEmpty());
        QVERIFY(options.dataDirectory.isEmpty());
        QVERIFY(!options.selfCheck);
    }

    void servers_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("url");  // empty: refused
        const auto row = [](const char* text, const char* url) {
            QTest::addRow("%s", text) << QByteArray(text) << QString::fromUtf8(url);
        };
        row("http://127.0.0.1:8080", "http://127.0.0.1:8080");
        row("http://127.0.0.1:8080/", "http://127.0.0.1:8080");
        row("https://videos.example.org/api/", "https://videos.example.org/api");
        row("http://[::1]:9", "http://[::1]:9");
        row("http://host/?token=secret#x", "http://host");
        row("127.0.0.1:8080", "");
        row("localhost", "");
        row("ftp://host", "");
        row("http://", "");
        row("http://ho st", "");
        row("file:///etc/passwd", "");
        row("http://host:99999", "");
    }
    void servers() {
        QFETCH(QByteArray, text);
        QFETCH(QString, url);
        const auto parsed = parse({"--server", text});
        if (url.isEmpty()) {
            const auto* leave = std::get_if<Leave>(&parsed);
            QVERIFY(leave != nullptr);
            QCOMPARE(leave->code, 2);
            QVERIFY2(leave->text.contains(QString::fromUtf8(text)), qPrintable(leave->text));
            return;
        }
        const auto* options = std::get_if<Options>(&parsed);
        QVERIFY(options != nullptr);
        QCOMPARE(options->server.toString(), url);
    }

    void leaving_data() {
        QTest::addColumn<QByteArrayList>("words");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("help") << QByteArrayList{"--help"} << 0 << QStringLiteral("--self-check");
        QTest::newRow("version") << QByteArrayList{"--version"} << 0
                                 << QStringLiteral("tikgok " TIKGOK_VERSION);
        QTest::newRow("unknown") << QByteArrayList{"--nonsense"} << 2 << QStringLiteral("--nonsense");
        QTest::newRow("no value") << QByteArrayList{"--server"} << 2 << QStringLiteral("--server");
        QTest::newRow("an empty server")
            << QByteArrayList{"--server", ""} << 2 << QStringLiteral("not the address");
        // What is said may end in a log.
        QTest::newRow("a server with a password")
            << QByteArrayList{"--server", "http://spy:hunter2@127.0.0.1:1"} << 2
            << QStringLiteral("'http://…@127.0.0.1:1' is not the address");
        QTest::newRow("a password and no scheme") << QByteArrayList{"--server", "spy:hunter2@127.0.0.1"} << 2
                                                  << QStringLiteral("'…@127.0.0.1' is not the address");
        QTest::newRow("an empty directory") << QByteArrayList{"--data", ""} << 2 << QStringLiteral("--data");
        QTest::newRow("a check of a server") << QByteArrayList{"--self-check", "--server", "http://host"} << 2
                                             << QStringLiteral("leave --server out");
        QTest::newRow("a check in a directory")
            << QByteArrayList{"--data", "/tmp/x", "--self-check"} << 2 << QStringLiteral("leave --data out");
        QTest::newRow("a check of a video")
            << QByteArrayList{"--self-check", "one.mp4"} << 2 << QStringLiteral("leave 'one.mp4' out");
        QTest::newRow("a check of a server and a directory")
            << QByteArrayList{"--self-check", "--data", "/tmp/x", "--server", "http://host"} << 2
            << QStringLiteral("leave --server and --data out");
        QTest::newRow("a check of everything")
            << QByteArrayList{"--self-check", "--data", "/tmp/x", "--server", "http://host", "one.mp4"} << 2
            << QStringLiteral("leave --server, --data and 'one.mp4' out");
        QTest::newRow("a word too many")
            << QByteArrayList{"one.mp4", "two.mp4"} << 2 << QStringLiteral("two.mp4");
        QTest::newRow("a directory") << QByteArrayList{"/"} << 2 << QStringLiteral("is a directory");
        QTest::newRow("a link to a directory")
            << QByteArrayList{"file:///"} << 2 << QStringLiteral("is a directory");
        QTest::newRow("another kind of link")
            << QByteArrayList{"https://example.org/v/7"} << 2 << QStringLiteral("https://example.org/v/7");
    }
    void leaving() {
        QFETCH(QByteArrayList, words);
        QFETCH(int, code);
        QFETCH(QString, says);
        const auto parsed = parse(words);
        const auto* leave = std::get_if<Leave>(&parsed);
        QVERIFY(leave != nullptr);
        QCOMPARE(leave->code, code);
        QVERIFY2(leave->text.contains(says), qPrintable(leave->text));
        QVERIFY2(!leave->text.contains(QStringLiteral("hunter2")), qPrintable(leave->text));
    }

    // For the window of those who see nothing of what is printed.
    void refusals_data() {
        QTest::addColumn<QByteArrayList>("words");
        QTest::addColumn<int>("reason");  // -1: none
        QTest::addColumn<QString>("word");
        const int folder = static_cast<int>(Refusal::Reason::Folder);
        const int noTarget = static_cast<int>(Refusal::Reason::NoTarget);
        QTest::newRow("a folder") << QByteArrayList{"/"} << folder << QStringLiteral("/");
        QTest::newRow("a link to a folder")
            << QByteArrayList{"file:///usr"} << folder << QStringLiteral("/usr");
        QTest::newRow("a file elsewhere")
            << QByteArrayList{"smb://nas/%E5%A4%8F.mp4"} << noTarget << QStringLiteral("smb://nas/夏.mp4");
        QTest::newRow("a password") << QByteArrayList{"smb://me:hunter2@nas/a.mp4"} << noTarget
                                    << QStringLiteral("smb://me@nas/a.mp4");
        QTest::newRow("no address") << QByteArrayList{"a b://c"} << noTarget << QStringLiteral("a b://c");
        QTest::newRow("help") << QByteArrayList{"--help"} << -1 << QString();
        QTest::newRow("an option that is none") << QByteArrayList{"--nonsense"} << -1 << QString();
        QTest::newRow("a server that is none") << QByteArrayList{"--server", "nonsense"} << -1 << QString();
        QTest::newRow("a check of a folder") << QByteArrayList{"--self-check", "/"} << -1 << QString();
    }
    void refusals() {
        QFETCH(const QByteArrayList, words);
        QFETCH(const int, reason);
        const auto parsed = parse(words);
        const auto* leave = std::get_if<Leave>(&parsed);
        QVERIFY(leave != nullptr);
        QCOMPARE(leave->refusal ? static_cast<int>(leave->refusal->reason) : -1, reason);
        QTEST(leave->refusal ? leave->refusal->word : QString(), "word");
        const auto of = parse(QByteArrayList{"--data", "/some where"} + words);
        if (reason >= 0) {
            QCOMPARE(std::get<Leave>(of).refusal->dataDirectory, QStringLiteral("/some where"));
        }
    }

    void targets_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("means");  // empty: nothing
        QTest::addColumn<bool>("isBroken");
        const auto row = [](const char* word, const char* means) {
            QTest::addRow("%s", word) << QString::fromUtf8(word) << QString::fromUtf8(means) << false;
        };
        // The window says so: in a browser nobody sees what is printed.
        const auto broken = [](const char* word) {
            QTest::addRow("%s", word) << QString::fromUtf8(word) << QString::fromUtf8(word) << true;
        };
        row("tikgok://video/7", "tikgok://video/7");
        row("tikgok://video/9223372036854775807", "tikgok://video/9223372036854775807");
        broken("tikgok://video/9223372036854775808");
        row("TikGok://user/12/", "tikgok://user/12");
        broken("tikgok://user/0");
        broken("tikgok://user/-1");
        broken("tikgok://user/1e3");
        broken("tikgok://video/");
        broken("tikgok://video/7/8");
        broken("tikgok:video/7");
        broken("tikgok://settings/7");
        row("clip.mp4", "/home/me/clip.mp4");
        row("../a b/短.mp4", "/home/a b/短.mp4");
        row("/tmp/x.mp4", "/tmp/x.mp4");
        row("file:///tmp/a%20b.mp4", "/tmp/a b.mp4");
        row("https://example.org/clip.mp4", "");
        row("", "");
    }
    void targets() {
        QFETCH(QString, word);
        QFETCH(QString, means);
        const auto target = parseLaunchTarget(word, QStringLiteral("/home/me"));
        QFETCH(bool, isBroken);
        QCOMPARE(target ? launchWord(*target) : QString(), means);
        QCOMPARE(target && std::holds_alternative<BrokenLink>(*target), isBroken);
    }

    void everythingElse() {
        const auto options = std::get<Options>(parse({"--data", "/tmp/x y"}));
        QCOMPARE(options.dataDirectory, QStringLiteral("/tmp/x y"));
        QVERIFY(!options.selfCheck);
        QVERIFY(std::get<Options>(parse({"--self-check"})).selfCheck);
    }
};

QTEST_GUILESS_MAIN(OptionsTest)
#include "options_test.moc"
