// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/settings.h"

#include "core/settings/atomic_file.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <memory>
#include <optional>
#include <sys/resource.h>

namespace tikgok {

namespace {

// JSON with ' for ": moc of Qt 6.4 loses its way in some raw strings.
QByteArray json(QByteArray text) {
    return text.replace('\'', '"');
}

}  // namespace

class SettingsTest : public QObject {
    Q_OBJECT

private:
    [[nodiscard]] QString path() const { return dir_->filePath(QStringLiteral("deep/er/settings.json")); }
    void put(const QByteArray& bytes) const {
        QVERIFY(QDir().mkpath(dir_->filePath(QStringLiteral("deep/er"))));
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    [[nodiscard]] QJsonObject onDisk() const {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    }

    std::unique_ptr<QTemporaryDir> dir_;

private Q_SLOTS:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void defaults() {
        const Settings settings(path());
        QCOMPARE(settings.theme(), Settings::Theme::System);
        QCOMPARE(settings.language(), QStringLiteral("system"));
        QVERIFY(!settings.muted());
        QCOMPARE(settings.volume(), 1.0);
        QCOMPARE(settings.playbackRate(), 1.0);
        QCOMPARE(settings.serverUrl(), QString());
        QVERIFY(!settings.reducedMotion());
        QCOMPARE(settings.textScale(), 1.0);
        QVERIFY(!settings.autoScroll());
        QVERIFY(settings.autoplay());
        QVERIFY(settings.prefetch() == Settings::Ahead::Next);
        QVERIFY(!settings.dataSaver());
        QVERIFY(!settings.plainTextTokens());
        QVERIFY(!settings.lastAccount(QStringLiteral("builtin")));
        QVERIFY(settings.accounts(QStringLiteral("builtin")).isEmpty());
        QVERIFY(settings.savedServers().isEmpty());
        QVERIFY(settings.rememberedTraits(QStringLiteral("builtin")) == ServerTraits());
        QCOMPARE(settings.table().size(), 15);
    }

    void keepsWhatOthersGiveIt() {
        const QList<KnownAccount> people{
            {QStringLiteral("梅"), 1628000000000000513, QStringLiteral("http://media/a.png"), true},
            {QStringLiteral("lin"), 2}};
        const QList<SavedServer> servers{{QStringLiteral("Home"), QUrl(QStringLiteral("http://home:8080"))},
                                         {QString(), QUrl(QStringLiteral("https://far.example.org/base"))}};
        const ServerTraits traits{
            .dialect = Dialect::TikGok, .push = true, .pageSize = 10, .checkedAt = 1'790'000'000'123};
        const UsageTotals usage{.month = QStringLiteral("2026-11"), .bytes = {1, 9'007'199'254'740'993, 3}};
        const ChosenKeys keys{{QStringLiteral("like"), {QStringLiteral("Ctrl+H")}},
                              {QStringLiteral("mute"), {}}};
        {
            Settings settings(path());
            settings.setAccounts(QStringLiteral("builtin"), people);
            settings.setSavedServers(servers);
            settings.rememberTraits(QStringLiteral("http://home:8080"), traits);
            settings.setUsage(usage);
            settings.setChosenKeys(keys);
            settings.setAutoplay(false);
            settings.setDataSaver(true);
            settings.setPlainTextTokens(true);
        }
        const Settings settings(path());
        QCOMPARE(settings.accounts(QStringLiteral("builtin")), people);
        QVERIFY(settings.accounts(QStringLiteral("elsewhere")).isEmpty());
        QCOMPARE(settings.savedServers(), servers);
        QVERIFY(settings.rememberedTraits(QStringLiteral("http://home:8080")) == traits);
        QVERIFY(settings.usage() == usage);
        QCOMPARE(settings.chosenKeys(), keys);
        QVERIFY(!settings.autoplay());
        QVERIFY(settings.dataSaver());
        QVERIFY(settings.plainTextTokens());
    }

    void dismissedNoticeIsRemembered() {
        {
            Settings settings(path());
            QSignalSpy changed(&settings, &Settings::plainTextSeenChanged);
            settings.setPlainTextTokens(true);
            settings.notePlainTextSeen(QStringLiteral("builtin|5"));
            settings.notePlainTextSeen(QStringLiteral("builtin|5"));
            settings.notePlainTextSeen(QString());
            QCOMPARE(changed.count(), 1);
        }
        {
            Settings settings(path());
            QCOMPARE(settings.plainTextSeen(), QStringList{QStringLiteral("builtin|5")});
            for (int i = 0; i < 200; ++i) {
                settings.notePlainTextSeen(QString::number(i));
            }
            QCOMPARE(settings.plainTextSeen().size(), 50);
            QCOMPARE(settings.plainTextSeen().constLast(), QStringLiteral("199"));
            // Who goes back to the keychain is told again the next time.
            settings.setPlainTextTokens(false);
            QVERIFY(settings.plainTextSeen().isEmpty());
        }
        put(R"({"plainTextSeen": [3, "a", null]})");
        QCOMPARE(Settings(path()).plainTextSeen(), QStringList{QStringLiteral("a")});
    }

    void oddThingsOfOthersAreLeftOut() {
        put(R"({"people": {"s": [{"name": "a"}, 3, {"name": "b", "id": "-4"}, {"name": "c", "id": "5"}]},)"
            R"("servers": [{"url": "ftp://x"}, {"url": "http://u:p@x"}, 7, {"url": "x:8080", "name": "X"}],)"
            R"("serverFacts": {"s": {"dialect": "Klingon"}, "t": 5},)"
            R"("dataUsage": {"month": "2026-11", "videos": "-5", "calls": 7},)"
            R"("shortcuts": {"like": "L", "mute": ["M", 5]}})");
        const Settings settings(path());
        QCOMPARE(settings.accounts(QStringLiteral("s")).size(), 1);
        QCOMPARE(settings.savedServers().size(), 1);
        QCOMPARE(settings.savedServers().constFirst().url, QUrl(QStringLiteral("http://x:8080")));
        QVERIFY(settings.rememberedTraits(QStringLiteral("s")) == ServerTraits());
        QVERIFY(settings.rememberedTraits(QStringLiteral("t")) == ServerTraits());
        QCOMPARE(settings.usage().bytes[1], 0);
        QCOMPARE(settings.chosenKeys().size(), 1);
    }

    void survivesARestart() {
        {
            Settings settings(path());
            QSignalSpy theme(&settings, &Settings::themeChanged);
            settings.setTheme(Settings::Theme::Dark);
            settings.setTheme(Settings::Theme::Dark);
            QCOMPARE(theme.count(), 1);
            settings.setLanguage(QStringLiteral("zh_CN"));
            settings.setMuted(true);
            settings.setVolume(0.25);
            settings.setPlaybackRate(1.5);
            settings.setServerUrl(QStringLiteral("https://example.org:8443/base"));
            settings.setReducedMotion(true);
            settings.setTextScale(2.0);
            settings.setAutoScroll(true);
            settings.setLastAccount(QStringLiteral("builtin"),
                                    KnownAccount{QStringLiteral("梅"), 1628000000000000513});
        }
        Settings settings(path());
        QCOMPARE(settings.theme(), Settings::Theme::Dark);
        QCOMPARE(settings.language(), QStringLiteral("zh_CN"));
        QVERIFY(settings.muted());
        QCOMPARE(settings.volume(), 0.25);
        QCOMPARE(settings.playbackRate(), 1.5);
        QCOMPARE(settings.serverUrl(), QStringLiteral("https://example.org:8443/base"));
        QVERIFY(settings.reducedMotion());
        QCOMPARE(settings.textScale(), 2.0);
        QVERIFY(settings.autoScroll());
        const auto account = settings.lastAccount(QStringLiteral("builtin"));
        QVERIFY(account);
        QCOMPARE(account->userName, QStringLiteral("梅"));
        QCOMPARE(account->userId, qint64{1628000000000000513});
        settings.setLastAccount(QStringLiteral("builtin"), std::nullopt);
        QVERIFY(!settings.lastAccount(QStringLiteral("builtin")));
        QCOMPARE(QFile::permissions(path()) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup),
                 QFile::Permissions());
    }

    void refusesWhatIsNotAllowed() {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("refused a value")));
        Settings settings(path());
        QSignalSpy volume(&settings, &Settings::volumeChanged);
        for (const double bad : {-0.1, 1.1, qQNaN(), qInf()}) {
            settings.setVolume(bad);
        }
        settings.setPlaybackRate(3);
        settings.setTextScale(0.5);
        settings.setLanguage(QStringLiteral("fr"));
        for (const char* bad :
             {"file:///x", "example.org", "http://", "javascript:1", "http://a:b@example.org"}) {
            settings.setServerUrl(QString::fromLatin1(bad));
        }
        QCOMPARE(volume.count(), 0);
        QCOMPARE(settings.volume(), 1.0);
        QCOMPARE(settings.playbackRate(), 1.0);
        QCOMPARE(settings.textScale(), 1.0);
        QCOMPARE(settings.language(), QStringLiteral("system"));
        QCOMPARE(settings.serverUrl(), QString());
    }

    void invalidValuesInTheFileAreDefaults_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("theme") << json("{'theme':'purple'}");
        QTest::newRow("theme type") << json("{'theme':3}");
        QTest::newRow("volume") << json("{'volume':7}");
        QTest::newRow("volume type") << json("{'volume':'loud'}");
        QTest::newRow("muted type") << json("{'muted':'yes'}");
        QTest::newRow("server") << json("{'serverUrl':'ftp://x'}");
        QTest::newRow("null") << json("{'language':null}");
        QTest::newRow("huge") << json("{'textScale':1e300}");
    }
    void invalidValuesInTheFileAreDefaults() {
        QFETCH(QByteArray, bytes);
        put(bytes);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("is not allowed")));
        const Settings settings(path());
        QCOMPARE(settings.theme(), Settings::Theme::System);
        QCOMPARE(settings.volume(), 1.0);
        QVERIFY(!settings.muted());
        QCOMPARE(settings.serverUrl(), QString());
        QCOMPARE(settings.language(), QStringLiteral("system"));
        QCOMPARE(settings.textScale(), 1.0);
    }

    void unknownKeysAreKept() {
        put(json("{'fromTheFuture':{'a':[1,2]},'muted':true}"));
        {
            Settings settings(path());
            QVERIFY(settings.muted());
            settings.setMuted(false);
        }
        QCOMPARE(onDisk()
                     .value(QLatin1String("fromTheFuture"))
                     .toObject()
                     .value(QLatin1String("a"))
                     .toArray()
                     .size(),
                 2);
        QCOMPARE(onDisk().value(QLatin1String("muted")), QJsonValue(false));
    }

    void corruptFileIsPutAside_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << QByteArray("{\"muted\":tr");
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("binary") << QByteArray("\0\1\2\xff", 4);
    }
    void corruptFileIsPutAside() {
        QFETCH(QByteArray, bytes);
        put(bytes);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be understood")));
        {
            Settings settings(path());
            QVERIFY(!settings.muted());
            settings.setMuted(true);
        }
        QFile bad(path() + QStringLiteral(".bad"));
        QVERIFY(bad.open(QIODevice::ReadOnly));
        QCOMPARE(bad.readAll(), bytes);
        QVERIFY(Settings(path()).muted());
        // The next one does not take its place.
        put("{again");
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be understood")));
        QVERIFY(!Settings(path()).muted());
        QVERIFY(bad.seek(0));
        QCOMPARE(bad.readAll(), bytes);
        QVERIFY(QFile::exists(path() + QStringLiteral(".bad.1")));
    }

    // What was chosen is still there, if not as the settings: it was no reason to lose it that it could not
    // be opened at the start.
    void unreadableFileIsPutAside() {
        const QByteArray before = json("{'muted':true}");
        for (const QString& aside : {path() + QStringLiteral(".bad"), path() + QStringLiteral(".bad.1")}) {
            put(before);
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be read")));
            {
                // This program has no more files left to open.
                rlimit usual{};
                QCOMPARE(getrlimit(RLIMIT_NOFILE, &usual), 0);
                const rlimit none{.rlim_cur = 0, .rlim_max = usual.rlim_max};
                QCOMPARE(setrlimit(RLIMIT_NOFILE, &none), 0);
                Settings settings(path());
                QCOMPARE(setrlimit(RLIMIT_NOFILE, &usual), 0);
                QVERIFY(!settings.muted());
                settings.setVolume(0.5);
            }
            QFile old(aside);
            QVERIFY(old.open(QIODevice::ReadOnly));
            QCOMPARE(old.readAll(), before);
            QCOMPARE(Settings(path()).volume(), 0.5);
        }
    }

    void oddAccountsAreNone_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("list") << json("{'accounts':[]}");
        QTest::newRow("no id") << json("{'accounts':{'s':{'name':'x'}}}");
        QTest::newRow("id 0") << json("{'accounts':{'s':{'name':'x','id':'0'}}}");
        QTest::newRow("number") << json("{'accounts':{'s':{'name':'x','id':5}}}");
        QTest::newRow("no name") << json("{'accounts':{'s':{'id':'5'}}}");
    }
    void oddAccountsAreNone() {
        QFETCH(QByteArray, bytes);
        put(bytes);
        QVERIFY(!Settings(path()).lastAccount(QStringLiteral("s")));
    }

    void whatTheDiskDidNotTakeIsWrittenLater() {
        // A file where the folder should be, as good as a full disk.
        const QString folder = dir_->filePath(QStringLiteral("deep"));
        const auto block = [&folder] {
            QFile file(folder);
            return file.open(QIODevice::WriteOnly);
        };
        QVERIFY(block());
        {
            AtomicFile file(dir_->filePath(QStringLiteral("deep/one")), std::chrono::milliseconds(5));
            file.write("older");
            file.write("newer");
            file.waitForWritten();
            QVERIFY(!file.read());
            QVERIFY(QFile::remove(folder));
            QTRY_COMPARE(file.read(), std::optional<QByteArray>("newer"));
        }
        // At the end once more, whenever its time would be.
        QVERIFY(QDir(folder).removeRecursively());
        QVERIFY(block());
        auto file =
            std::make_unique<AtomicFile>(dir_->filePath(QStringLiteral("deep/two")), std::chrono::hours(1));
        file->write("last");
        file->waitForWritten();
        QVERIFY(QFile::remove(folder));
        file.reset();
        QCOMPARE(AtomicFile(dir_->filePath(QStringLiteral("deep/two"))).read(),
                 std::optional<QByteArray>("last"));
    }

    void unwritableFolderIsSurvived() {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot")));
        Settings settings(QStringLiteral("/proc/nowhere/settings.json"));
        settings.setMuted(true);
        settings.flush();
        QVERIFY(settings.muted());
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::SettingsTest)
#include "settings_test.moc"
