// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/kept_answers.h"

#include "core/api/api.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include <memory>

namespace tikgok {

using test::clip;
using test::failure;
using test::FakeTransport;
using test::feedOf;
using test::person;
using test::quickApi;
using test::remark;
using test::waitFor;
using test::waitUntil;

namespace {

constexpr qint64 kDay = 86'400'000;

// Two Apis on one store: one that asks the network and falls back, one that only looks.
struct Rig {
    explicit Rig(qint64 limit = 1 << 20, const QString& path = {}) { open(limit, path); }

    void open(qint64 limit = 1 << 20, const QString& path = {}) {
        pages.reset();
        database =
            std::make_unique<Database>(path, QList<SchemaPart>{pageCacheSchema()}, StorageClass::Disposable);
        pages = std::make_unique<PageCache>(*database, limit, [this] { return now; });
        pages->setBase(QUrl(QStringLiteral("http://media")));
        const auto accountOf = [this](const QString& token) {
            return token.isEmpty() ? server + QStringLiteral("|0") : accounts.value(token);
        };
        kept = std::make_unique<KeptAnswers>(net, *pages, accountOf);
        only = std::make_unique<OnlyKept>(*pages, accountOf);
        reads = std::make_unique<Api>(*kept, quickApi());
        known = std::make_unique<Api>(*only, quickApi());
    }
    // What is kept is there when this returns.
    void settle() {
        std::stop_source source;
        waitFor(database->run([](SQLite::Database&) { return 1; }, source.get_token()));
    }
    [[nodiscard]] auto feed(const QString& token = {}, std::optional<qint64> cursor = {}) {
        return waitFor(reads->feed(cursor, token, {}));
    }

    qint64 now = 1'700'000'000'000;
    QString server = QStringLiteral("http://server");
    QHash<QString, QString> accounts{{QStringLiteral("token-1"), QStringLiteral("http://server|1")},
                                     {QStringLiteral("token-2"), QStringLiteral("http://server|2")}};
    FakeTransport net;
    std::unique_ptr<Database> database;
    std::unique_ptr<PageCache> pages;
    std::unique_ptr<KeptAnswers> kept;
    std::unique_ptr<OnlyKept> only;
    std::unique_ptr<Api> reads;
    std::unique_ptr<Api> known;
};

struct Question {
    QByteArray answer;
    std::function<std::pair<bool, std::optional<qint64>>(Api&)> ask;
};

template <class T>
std::pair<bool, std::optional<qint64>> told(const Answered<T>& answered) {
    return {answered.has_value(), answered.savedAt};
}

}  // namespace

class KeptAnswersTest : public QObject {
    Q_OBJECT

    const QString token_ = QStringLiteral("token-1");
    std::vector<std::pair<const char*, Question>> questions_;

private Q_SLOTS:
    void initTestCase() {
        const auto add = [this](const char* name, const std::string& json, auto ask) {
            questions_.push_back({name, {QByteArray::fromStdString(json), ask}});
        };
        const std::vector<contract::Video> videos{clip(1), clip(2)};
        const std::vector<contract::User> users{person(3, "c"), person(4, "d")};
        const std::vector<contract::Comment> comments{remark(9, person(3, "c"), "hello")};
        const std::vector<contract::FriendUser> friends{{.user = person(3, "c"), .message = "hi"}};
        add("feed", contract::writeFeed(videos, 5),
            [](Api& api) { return told(waitFor(api.feed(std::nullopt, QStringLiteral("token-1"), {}))); });
        add("a later page", contract::writeFeed(videos, 5),
            [](Api& api) { return told(waitFor(api.feed(99, QStringLiteral("token-1"), {}))); });
        add("user", contract::writeUser(person(3, "c")),
            [](Api& api) { return told(waitFor(api.user(3, QStringLiteral("token-1"), {}))); });
        add("works", contract::writeVideos(videos),
            [](Api& api) { return told(waitFor(api.publishList(3, QStringLiteral("token-1"), {}))); });
        add("likes", contract::writeVideos(videos),
            [](Api& api) { return told(waitFor(api.favoriteList(3, QStringLiteral("token-1"), {}))); });
        add("comments", contract::writeComments(comments),
            [](Api& api) { return told(waitFor(api.comments(1, QStringLiteral("token-1"), {}))); });
        add("following", contract::writeUsers(users),
            [](Api& api) { return told(waitFor(api.following(3, QStringLiteral("token-1"), {}))); });
        add("followers", contract::writeUsers(users),
            [](Api& api) { return told(waitFor(api.followers(3, QStringLiteral("token-1"), {}))); });
        add("friends", contract::writeFriends(friends),
            [](Api& api) { return told(waitFor(api.friends(3, QStringLiteral("token-1"), {}))); });
    }

    void everyListIsThereAgain_data() {
        QTest::addColumn<int>("question");
        for (std::size_t i = 0; i < questions_.size(); ++i) {
            QTest::newRow(questions_[i].first) << int(i);
        }
    }
    void everyListIsThereAgain() {
        QFETCH(int, question);
        const Question& asked = questions_[std::size_t(question)].second;
        Rig rig;
        QVERIFY(!asked.ask(*rig.known).first);
        rig.net.reply(asked.answer.toStdString());
        const auto fresh = asked.ask(*rig.reads);
        QVERIFY(fresh.first && !fresh.second);
        const qint64 then = rig.now;
        rig.now += 3 * kDay;
        for (int i = 0; i < 3; ++i) {
            rig.net.fail(ErrorKind::Offline, true);
        }
        const auto old = asked.ask(*rig.reads);
        QVERIFY(old.first);
        QCOMPARE(old.second.value(), then);
        const auto only = asked.ask(*rig.known);
        QVERIFY(only.first);
        QCOMPARE(only.second.value(), then);
    }

    void whatCountsAsNoAnswer_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("kept");
        const auto kind = [](const char* name, ErrorKind error, bool kept) {
            QTest::newRow(name) << int(error) << 0 << QByteArray() << kept;
        };
        kind("offline", ErrorKind::Offline, true);
        kind("timeout", ErrorKind::Timeout, true);
        kind("cut", ErrorKind::Cut, true);
        kind("broken", ErrorKind::ServerBroken, true);
        kind("cancelled", ErrorKind::Cancelled, false);
        kind("too large", ErrorKind::TooLarge, false);
        const auto status = [](const char* name, int code, const std::string& body, bool kept) {
            QTest::newRow(name) << int(ErrorKind::None) << code << QByteArray::fromStdString(body) << kept;
        };
        status("500", 500, "oops", true);
        status("503 with JSON", 503, failure(2, "busy"), true);
        status("a hotel's sign-in page", 200, "<html>Welcome</html>", true);
        status("empty", 200, "", true);
        status("signed out", 401, failure(10001, "token"), false);
        status("forbidden", 403, "no", false);
        status("signed out, politely", 200, failure(10006, "user not login"), false);
        status("not found", 404, "no", false);
        status("throttled", 429, "slow", false);
        status("refused", 200, failure(10010, "no"), false);
    }
    void whatCountsAsNoAnswer() {
        QFETCH(int, kind);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(bool, kept);
        Rig rig;
        rig.net.reply(feedOf({1, 2}, 5));
        QVERIFY(rig.feed(token_));
        for (int i = 0; i < 3; ++i) {
            if (kind != int(ErrorKind::None)) {
                rig.net.fail(static_cast<ErrorKind>(kind), true);
            } else {
                rig.net.reply(body.toStdString(), status);
            }
        }
        const auto again = rig.feed(token_);
        QCOMPARE(again.has_value(), kept);
        QCOMPARE(again.savedAt.has_value(), kept);
        // And the refusal did not replace what was kept.
        QCOMPARE(waitFor(rig.known->feed({}, token_, {})).value().videos.size(), std::size_t{2});
    }

    void asksAgainBeforeItLooks() {
        Rig rig;
        rig.net.reply(feedOf({1}, 5));
        QVERIFY(rig.feed());
        rig.net.reply("oops", 500).reply(feedOf({2}, 5));
        const auto answer = rig.feed();
        QVERIFY(!answer.savedAt);
        QCOMPARE(answer->videos.front().id, 2);
    }

    void nobodySeesAnothersPages() {
        Rig rig;
        rig.net.reply(feedOf({1}, 5)).reply(feedOf({2}, 5)).reply(feedOf({3}, 5));
        QVERIFY(rig.feed(QStringLiteral("token-1")));
        QVERIFY(rig.feed(QStringLiteral("token-2")));
        QVERIFY(rig.feed());
        const auto known = [&](const QString& token) {
            const auto page = waitFor(rig.known->feed({}, token, {}));
            return page && !page->videos.empty() ? page->videos.front().id : 0;
        };
        QCOMPARE(known(QStringLiteral("token-1")), 1);
        QCOMPARE(known(QStringLiteral("token-2")), 2);
        QCOMPARE(known({}), 3);
        QCOMPARE(known(QStringLiteral("token-of-nobody")), 0);
        rig.server = QStringLiteral("http://other");
        QCOMPARE(known({}), 0);
        rig.server = QStringLiteral("http://server");
        rig.pages->forget(QStringLiteral("http://server|1"));
        QCOMPARE(known(QStringLiteral("token-1")), 0);
        QCOMPARE(known(QStringLiteral("token-2")), 2);
        // All of a server, strangers' too; nothing of one whose address begins the same.
        rig.pages->put(QStringLiteral("http://server2|1"), QStringLiteral("x"), QByteArray("y"));
        rig.pages->forgetAll(QStringLiteral("http://server|"));
        QCOMPARE(known(QStringLiteral("token-2")), 0);
        QCOMPARE(known({}), 0);
        rig.settle();
        QVERIFY(rig.pages->bytes() > 0 && rig.pages->bytes() < 300);
    }

    void anUnknownTokenKeepsNothing() {
        Rig rig;
        rig.net.reply(feedOf({1}, 5));
        QVERIFY(rig.feed(QStringLiteral("token-of-nobody")));
        rig.settle();
        QCOMPARE(rig.pages->bytes(), 0);
    }

    void noTokenOnDisk() {
        const QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("cache.sqlite"));
        Rig rig(1 << 20, path);
        rig.accounts.insert(QStringLiteral("sekrit+/=%token"), QStringLiteral("http://server|7"));
        rig.net.reply(feedOf({1}, 5));
        QVERIFY(rig.feed(QStringLiteral("sekrit+/=%token")));
        rig.settle();
        rig.open();
        for (const QString& name : QDir(directory.path()).entryList(QDir::Files)) {
            QFile file(directory.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("sekrit"), qPrintable(name));
        }
    }

    void writesAndTalksAreNotKept() {
        Rig rig;
        rig.net.reply(contract::writeSuccess()).reply(contract::writeMessages({}));
        QVERIFY(waitFor(rig.reads->setFavorite(1, true, token_, {})));
        QVERIFY(waitFor(rig.reads->messages(2, 0, token_, {})));
        rig.settle();
        QCOMPARE(rig.pages->bytes(), 0);
    }

    void clocksThatJump_data() {
        QTest::addColumn<qint64>("jump");
        QTest::newRow("a year ahead") << 365 * kDay;
        QTest::newRow("a year back") << -365 * kDay;
        QTest::newRow("before 1970") << qint64{-1'800'000'000'000};
    }
    void clocksThatJump() {
        QFETCH(qint64, jump);
        Rig rig(6'000);
        const QString account = QStringLiteral("http://server|0");
        for (int i = 0; i < 3; ++i) {
            rig.pages->put(account, QString::number(i), "page");
        }
        rig.now += jump;
        // What was used last stays, whatever the clock says.
        for (int i = 3; i < 60; ++i) {
            rig.pages->put(account, QString::number(i), "page");
        }
        rig.settle();
        const auto there = [&](int i) {
            const auto found = std::make_shared<std::optional<std::optional<KeptPage>>>();
            test::storeInto(rig.pages->find(account, QString::number(i), {}), found);
            waitUntil([&] { return found->has_value(); });
            return (*found)->has_value();
        };
        QVERIFY(!there(0));
        QVERIFY(there(59));
    }

    void staysWithinItsLimit() {
        Rig rig(20'000);
        const QString account = QStringLiteral("http://server|0");
        QByteArray page(1'000, Qt::Uninitialized);
        for (int i = 0; i < 200; ++i) {
            for (qsizetype k = 0; k < page.size(); ++k) {
                page[k] = static_cast<char>((i * 7919 + k * k * 104729) >> 3);
            }
            rig.pages->put(account, QString::number(i), page);
            // Number 0 is looked at all the time.
            const auto found = std::make_shared<std::optional<std::optional<KeptPage>>>();
            test::storeInto(rig.pages->find(account, QStringLiteral("0"), {}), found);
            QVERIFY(waitUntil([&] { return found->has_value(); }));
            QVERIFY((*found)->has_value());
            QVERIFY(rig.pages->bytes() <= 20'000);
        }
        QVERIFY(rig.pages->bytes() > 10'000);
        rig.pages->put(account, QStringLiteral("huge"), QByteArray(1, 'x').repeated(3) + page.repeated(9));
        rig.settle();
        QVERIFY(rig.pages->bytes() <= 20'000);
        rig.pages->setLimit(3'000);
        rig.settle();
        QVERIFY(waitUntil([&] { return rig.pages->bytes() <= 3'000; }));
        rig.pages->clear();
        QVERIFY(waitUntil([&] { return rig.pages->bytes() == 0; }));
        rig.pages->setLimit(0);
        rig.pages->put(account, QStringLiteral("0"), "page");
        rig.settle();
        QCOMPARE(rig.pages->bytes(), 0);
    }

    void theSizeIsKnownAfterARestart() {
        const QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("cache.sqlite"));
        Rig rig(1 << 20, path);
        rig.net.reply(feedOf({1, 2, 3}, 5));
        QVERIFY(rig.feed());
        rig.settle();
        QVERIFY(waitUntil([&] { return rig.pages->bytes() > 0; }));
        const qint64 bytes = rig.pages->bytes();
        rig.open(1 << 20, path);
        QVERIFY(waitUntil([&] { return rig.pages->bytes() == bytes; }));
    }

    // The program opens its cache before it knows the settings.
    void aLimitThatComesLaterRemovesNothing() {
        const QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("cache.sqlite"));
        Rig rig(1 << 20, path);
        rig.net.reply(feedOf({1, 2, 3}, 5));
        QVERIFY(rig.feed());
        rig.settle();
        rig.open(0, path);
        QVERIFY(waitUntil([&] { return rig.pages->bytes() > 0; }));
        rig.pages->setLimit(1 << 20);
        rig.settle();
        const auto kept = waitFor(rig.known->feed({}, QString(), {}));
        QVERIFY(kept.has_value());
        QCOMPARE(kept->videos.size(), std::size_t{3});
        // One of nothing removes it all.
        rig.open(0, path);
        rig.pages->setLimit(0);
        QVERIFY(waitUntil([&] { return rig.pages->bytes() == 0; }));
    }

    void damagedFiles_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("garbage") << QByteArray(10'000, 'x');
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a head and nothing") << QByteArray("SQLite format 3\0", 16) + QByteArray(5'000, '\1');
    }
    void damagedFiles() {
        QFETCH(QByteArray, bytes);
        const QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("cache.sqlite"));
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
        }
        Rig rig(1 << 20, path);
        rig.net.reply(feedOf({1}, 5));
        QVERIFY(rig.feed());
        QVERIFY(waitFor(rig.known->feed({}, {}, {})));
    }

    void noPlaceToWrite() {
        Rig rig(1 << 20, QStringLiteral("/proc/no/such/place/cache.sqlite"));
        rig.net.reply(feedOf({1}, 5)).reply(feedOf({2}, 5));
        QVERIFY(rig.feed());
        QVERIFY(rig.feed());
        QVERIFY(waitUntil([&] { return rig.pages->diskTrouble() == DiskTrouble::Refused; }));
        QVERIFY(!waitFor(rig.known->feed({}, {}, {})));
    }

    void fullDisk() {
        const QTemporaryDir directory;
        Rig rig(1 << 20, directory.filePath(QStringLiteral("cache.sqlite")));
        rig.net.reply(feedOf({1}, 5));
        QVERIFY(rig.feed());
        // As if there were no room for another page.
        const auto bound = [&rig](const std::string& pages) {
            waitFor(rig.database->run(
                [pages](SQLite::Database& file) {
                    return file.execAndGet("PRAGMA max_page_count=" + pages).getInt();
                },
                {}));
        };
        bound("1");
        std::vector<contract::Video> many;
        for (contract::Id id = 1; id < 3'000; ++id) {
            many.push_back(clip(id * 7919));
        }
        rig.net.reply(contract::writeFeed(many, 6));
        QVERIFY(rig.feed({}, 99));
        QVERIFY(waitUntil([&] { return rig.pages->diskTrouble() == DiskTrouble::Full; }));
        // What was kept is there, and when there is room again it goes on.
        QVERIFY(waitFor(rig.known->feed({}, {}, {})));
        bound("100000");
        rig.net.reply(feedOf({3}, 5));
        QVERIFY(rig.feed({}, 98));
        QVERIFY(waitUntil([&] { return rig.pages->diskTrouble() == DiskTrouble::None; }));
        QVERIFY(waitFor(rig.known->feed(98, {}, {})));
    }

    void aDiskThatTakesNothingCanStillBeRead() {
        const QTemporaryDir directory;
        Rig rig(1 << 20, directory.filePath(QStringLiteral("cache.sqlite")));
        rig.net.reply(feedOf({1}, 5));
        QVERIFY(rig.feed());
        rig.settle();
        QVERIFY(
            waitFor(rig.database->run([](SQLite::Database& file) { file.exec("PRAGMA query_only=1"); }, {})));
        QVERIFY(waitFor(rig.known->feed({}, {}, {})));
        QVERIFY(waitUntil([&] { return rig.pages->diskTrouble() != DiskTrouble::None; }));
        QVERIFY(waitFor(rig.known->feed({}, {}, {})));
    }

    void damageIsTold() {
        const QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("cache.sqlite"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(10'000, 'x'));
        file.close();
        Rig rig(1 << 20, path);
        QSignalSpy damage(rig.database.get(), &Database::damageFound);
        rig.settle();
        QCOMPARE(damage.count(), 1);
        QCOMPARE(damage.front().front().toString(), QString());
        rig.open(1 << 20, path);
        QSignalSpy again(rig.database.get(), &Database::damageFound);
        rig.settle();
        QCOMPARE(again.count(), 0);
    }

    void addressesFollowTheServer() {
        Rig rig;
        rig.net.reply(feedOf({1}, 5));
        QVERIFY(rig.feed());
        rig.pages->setBase(QUrl(QStringLiteral("http://127.0.0.1:4711")));
        const auto page = waitFor(rig.known->feed({}, {}, {}));
        QCOMPARE(page->videos.front().playUrl, std::string("http://127.0.0.1:4711/1.mp4"));
        rig.pages->setBase({});
        QCOMPARE(waitFor(rig.known->feed({}, {}, {}))->videos.front().playUrl,
                 std::string("http://media/1.mp4"));
    }

    void endsInTheMiddle() {
        for (const bool byCaller : {true, false}) {
            Rig rig;
            std::stop_source caller;
            const auto value = std::make_shared<std::optional<Answered<contract::FeedPage>>>();
            rig.net.hang();
            test::storeInto(rig.reads->feed({}, {}, caller.get_token()), value);
            if (byCaller) {
                caller.request_stop();
            } else {
                rig.reads.reset();
                rig.kept.reset();
                rig.net.finish(0, feedOf({1}, 5));
            }
            QVERIFY(waitUntil([&] { return value->has_value(); }));
            QVERIFY(!value->value());
        }
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::KeptAnswersTest)
#include "kept_answers_test.moc"
