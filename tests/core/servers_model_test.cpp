// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/servers_model.h"

#include "core/settings/settings.h"
#include "tests/core/support/fake_transport.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <utility>

namespace tikgok {

using test::FakeTransport;
using test::waitUntil;

namespace {

const QString kHome = QStringLiteral("http://home:8080");
const QString kFar = QStringLiteral("https://far.example.org");
const QString kPassing = QStringLiteral("http://passing:8080");

struct Book {
    Book() : settings(dir.filePath(QStringLiteral("settings.json"))) {}

    QVariant at(int row, int role) { return model.data(model.index(row), role); }
    ServerCheck* check(int row) { return at(row, ServersModel::CheckRole).value<ServerCheck*>(); }

    QTemporaryDir dir;
    Settings settings;
    // Of each line that was made.
    QList<QUrl> asked;
    std::function<void(FakeTransport&)> script = [](FakeTransport& net) { net.hang(); };
    ServersModel model{settings, [this](const QUrl& url) {
                           asked.append(url);
                           auto net = std::make_unique<FakeTransport>();
                           script(*net);
                           return net;
                       }};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

// Lets go when the test says so.
class FakeBelongings final : public ServerBelongings {
public:
    [[nodiscard]] ServerThings of(const QString& server) const override { return things.value(server); }
    QCoro::Task<bool> removeAll(QString server, std::stop_token alive) override {
        asked.append(server);
        const Once<bool> end = ended;
        const std::stop_callback stopped(alive, [end] { end.finish(false); });
        const bool done = co_await end;
        co_return done;
    }
    void finish(bool well) { std::exchange(ended, {}).finish(well); }

    QHash<QString, ServerThings> things;
    QStringList asked;
    Once<bool> ended;
};

void answersAs(FakeTransport& net, std::int64_t nextTime) {
    net.reply(R"({"message":"pong"})").reply(test::feedOf({4096}, nextTime));
}

}  // namespace

class ServersModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void builtInIsAlwaysThere() {
        Book book;
        QCOMPARE(book.model.count(), 1);
        QVERIFY(book.at(0, ServersModel::BuiltInRole).toBool());
        QCOMPARE(book.at(0, ServersModel::AddressRole).toString(), QString());
        QVERIFY(!book.model.remove(0));
        QVERIFY(book.model.edit(0, QStringLiteral("x"), kHome) != AddressProblem::None);
        book.model.test(0);  // not running: nothing to ask
        QVERIFY(book.asked.isEmpty());
        book.model.setPresent(ServersModel::kBuiltIn, QUrl(QStringLiteral("http://127.0.0.1:1234")), false);
        QCOMPARE(book.at(0, ServersModel::AddressRole).toString(), QStringLiteral("http://127.0.0.1:1234"));
        QCOMPARE(book.model.presentName(), QString());
        QCOMPARE(book.asked, QList<QUrl>{QUrl(QStringLiteral("http://127.0.0.1:1234"))});
    }

    // Lists, titles and pages follow.
    void tellsWhoeverShowsIt_data() {
        using Act = std::function<void(Book&)>;
        QTest::addColumn<QString>("used");
        QTest::addColumn<Act>("act");
        QTest::addColumn<QList<int>>("rows");
        QTest::addColumn<int>("counts");
        QTest::addColumn<int>("presents");
        const auto row = [](const char* name, const QString& used, const Act& act, const QList<int>& rows,
                            int counts, int presents) {
            QTest::newRow(name) << used << act << rows << counts << presents;
        };
        const auto use = [](const QString& key, bool passing) -> Act {
            return [key, passing](Book& book) { book.model.setPresent(key, {}, passing); };
        };
        row("another is used", ServersModel::kBuiltIn, use(kFar, false), {0, 2}, 0, 1);
        row("another from the command line", ServersModel::kBuiltIn, use(kPassing, true), {0, 3}, 1, 1);
        row("not the one from the command line any more", kPassing, use(kHome, false), {1}, 1, 1);
        row(
            "the one from the command line is written down", kPassing,
            [](Book& book) { book.model.add(QString(), kPassing); }, {3}, 0, 1);
        row(
            "the one that is used gets a name", kHome,
            [](Book& book) { book.model.edit(1, QStringLiteral("House"), kHome); }, {1}, 0, 1);
        row(
            "one that is not used gets a name", kFar,
            [](Book& book) { book.model.edit(1, QStringLiteral("House"), kHome); }, {1}, 0, 0);
        row("added", kHome, [](Book& book) { book.model.add(QString(), kPassing); }, {}, 1, 0);
        row("removed", kFar, [](Book& book) { book.model.remove(1); }, {1}, 1, 0);
    }
    void tellsWhoeverShowsIt() {
        QFETCH(const QString, used);
        QFETCH(const std::function<void(Book&)>, act);
        QFETCH(const QList<int>, rows);
        Book book;
        book.model.add(QStringLiteral("Home"), kHome);
        book.model.add(QString(), kFar);
        book.model.setPresent(used, {}, used == kPassing);
        QSet<int> told;
        connect(&book.model, &QAbstractItemModel::dataChanged, this,
                [&](const QModelIndex& first, const QModelIndex& last) {
                    for (int row = first.row(); row <= last.row(); ++row) {
                        told.insert(row);
                    }
                });
        QSignalSpy counts(&book.model, &ServersModel::countChanged);
        QSignalSpy presents(&book.model, &ServersModel::presentChanged);
        act(book);
        QCOMPARE(told, QSet<int>(rows.cbegin(), rows.cend()));
        QTEST(int(counts.count()), "counts");
        QTEST(int(presents.count()), "presents");
    }

    // As one reads it in titles and questions: the name, or else the address.
    void isCalled_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("called");
        QTest::newRow("with a name") << QStringLiteral(" Home ") << QStringLiteral("Home");
        QTest::newRow("without") << QStringLiteral(" ") << kHome;
    }
    void isCalled() {
        QFETCH(QString, name);
        QFETCH(QString, called);
        Book book;
        book.model.add(name, kHome);
        book.model.setPresent(kHome, QUrl(kHome), false);
        QCOMPARE(book.model.presentName(), called);
        QCOMPARE(book.at(1, Qt::DisplayRole).toString(), called);
        book.model.setPresent(ServersModel::kBuiltIn, {}, false);
        QCOMPARE(book.model.presentName(), QString());
        QSignalSpy removed(&book.model, &ServersModel::removed);
        QVERIFY(book.model.remove(1));
        QCOMPARE(removed.takeFirst().at(0).toString(), called);
    }

    void addsEditsRemovesAndKeeps() {
        Book book;
        QVERIFY(book.model.add(QStringLiteral(" Home "), QStringLiteral("home:8080/")) ==
                AddressProblem::None);
        QVERIFY(book.model.add(QString(), QStringLiteral("far.example.org")) == AddressProblem::None);
        QVERIFY(book.model.add(QString(), QStringLiteral("https://far.example.org/")) ==
                AddressProblem::AlreadyHere);
        QVERIFY(book.model.add(QString(), QStringLiteral("http://a:b@c")) == AddressProblem::UserInfo);
        QCOMPARE(book.model.count(), 3);
        QCOMPARE(book.at(1, ServersModel::NameRole).toString(), QStringLiteral("Home"));
        QCOMPARE(book.at(1, ServersModel::AddressRole).toString(), kHome);
        QVERIFY(book.model.problemWith(kHome, 1) == AddressProblem::None);  // itself
        QVERIFY(book.model.problemWith(kHome, 2) == AddressProblem::AlreadyHere);
        QCOMPARE(book.model.completed(QStringLiteral("far.example.org")), kFar);
        QCOMPARE(book.model.completed(QStringLiteral("ftp://x")), QString());
        QVERIFY(book.model.edit(1, QStringLiteral("House"), kHome) == AddressProblem::None);
        QVERIFY(book.model.edit(1, QStringLiteral("House"), kFar) == AddressProblem::AlreadyHere);
        QVERIFY(book.model.edit(7, QString(), kHome) != AddressProblem::None);
        {
            ServersModel again(book.settings, [](const QUrl&) { return std::make_unique<FakeTransport>(); });
            QCOMPARE(again.count(), 3);
            QCOMPARE(again.data(again.index(1), ServersModel::NameRole).toString(), QStringLiteral("House"));
            QCOMPARE(again.data(again.index(2), ServersModel::AddressRole).toString(), kFar);
        }
        QVERIFY(book.model.remove(1));
        QVERIFY(!book.model.remove(5));
        QCOMPARE(book.model.count(), 2);
        QCOMPARE(book.settings.savedServers().size(), 1);
    }

    // What is kept goes first, and the row stays for as long as that takes.
    void takesAlongWhatIsKept_data() {
        QTest::addColumn<bool>("well");
        QTest::newRow("goes") << true;
        QTest::newRow("stays") << false;
    }
    void takesAlongWhatIsKept() {
        QFETCH(bool, well);
        Book book;
        FakeBelongings kept;
        kept.things.insert(kHome, {.accounts = 1, .writes = 2, .drafts = 3, .recordings = 1});
        // Nothing would go with the one inside, which stays.
        kept.things.insert(ServersModel::kBuiltIn,
                           {.accounts = 9, .writes = 9, .drafts = 9, .recordings = 9});
        book.model.setBelongings(&kept);
        book.model.add(QStringLiteral("Home"), kHome);
        book.settings.rememberTraits(
            kHome, {.dialect = Dialect::TikGok, .push = false, .pageSize = 10, .checkedAt = 1});
        QCOMPARE(book.model.accountsOf(1), 1);
        QCOMPARE(book.model.writesOf(1), 2);
        QCOMPARE(book.model.draftsOf(1), 3);
        QCOMPARE(book.model.recordingsOf(1), 1);
        QCOMPARE(book.model.writesOf(0), 0);
        QCOMPARE(book.model.writesOf(5), 0);
        QCOMPARE(book.model.rowWithAddress(kHome), 1);
        QCOMPARE(book.model.rowWithAddress(kFar), -1);
        QSignalSpy removed(&book.model, &ServersModel::removed);
        QSignalSpy failed(&book.model, &ServersModel::removalFailed);
        QSignalSpy chosen(&book.model, &ServersModel::chosen);
        QVERIFY(book.model.remove(1));
        QCOMPARE(kept.asked, QStringList{kHome});
        QCOMPARE(book.model.count(), 2);
        QVERIFY(book.at(1, ServersModel::LeavingRole).toBool());
        // Nobody goes there, or removes it twice, meanwhile.
        QVERIFY(!book.model.remove(1));
        QVERIFY(book.model.edit(1, QStringLiteral("House"), kFar) != AddressProblem::None);
        QCOMPARE(kept.asked, QStringList{kHome});
        book.model.choose(1);
        QCOMPARE(chosen.count(), 0);
        QSignalSpy changed(&book.model, &QAbstractItemModel::dataChanged);
        kept.finish(well);
        QCOMPARE(removed.count(), well ? 1 : 0);
        QCOMPARE(failed.count(), well ? 0 : 1);
        QCOMPARE((well ? removed : failed).at(0).at(0).toString(), QStringLiteral("Home"));
        QCOMPARE(book.model.count(), well ? 1 : 2);
        QCOMPARE(book.settings.savedServers().size(), well ? 0 : 1);
        QVERIFY(book.settings.rememberedTraits(kHome).dialect == (well ? Dialect::Unknown : Dialect::TikGok));
        if (!well) {
            // It is as before, and may be removed again.
            QCOMPARE(changed.count(), 1);
            QVERIFY(!book.at(1, ServersModel::LeavingRole).toBool());
            QVERIFY(book.at(1, ServersModel::DialectRole).value<Dialect>() == Dialect::TikGok);
            QVERIFY(book.model.remove(1));
            QCOMPARE(kept.asked, (QStringList{kHome, kHome}));
        }
    }

    // Somebody goes there after all, in another window or with a link.
    void isUsedWhileItIsRemoved() {
        Book book;
        FakeBelongings kept;
        book.model.setBelongings(&kept);
        book.model.add(QStringLiteral("Home"), kHome);
        QSignalSpy removed(&book.model, &ServersModel::removed);
        QSignalSpy failed(&book.model, &ServersModel::removalFailed);
        QVERIFY(book.model.remove(1));
        book.model.setPresent(kHome, QUrl(kHome), false);
        kept.finish(true);
        QCOMPARE(removed.count(), 0);
        QCOMPARE(failed.takeFirst().at(0).toString(), QStringLiteral("Home"));
        QCOMPARE(book.model.presentRow(), 1);
        QVERIFY(!book.at(1, ServersModel::LeavingRole).toBool());
        QCOMPARE(book.settings.savedServers().size(), 1);
    }

    // Who keeps things is gone, and with them the answer.
    void belongingsGoDuringARemoval() {
        Book book;
        FakeBelongings kept;
        book.model.setBelongings(&kept);
        book.model.add(QStringLiteral("Home"), kHome);
        QVERIFY(book.model.remove(1));
        book.model.setBelongings(nullptr);
        QVERIFY(kept.ended.isFinished());
        QCOMPARE(book.model.count(), 2);
        QCOMPARE(book.settings.savedServers().size(), 1);
    }

    // Another address is another server.
    void anotherAddressIsAnotherServer() {
        Book book;
        FakeBelongings kept;
        book.model.setBelongings(&kept);
        book.model.add(QStringLiteral("Home"), kHome);
        QSignalSpy removed(&book.model, &ServersModel::removed);
        QSignalSpy counts(&book.model, &ServersModel::countChanged);
        QVERIFY(book.model.edit(1, QStringLiteral(" Home "), kFar) == AddressProblem::None);
        QCOMPARE(kept.asked, QStringList{kHome});
        QCOMPARE(book.model.count(), 3);
        QCOMPARE(counts.count(), 1);
        QCOMPARE(book.at(2, ServersModel::NameRole).toString(), QStringLiteral("Home"));
        QCOMPARE(book.settings.savedServers().size(), 2);
        kept.finish(true);
        // The name is still in the list.
        QCOMPARE(removed.takeFirst().at(0).toString(), kHome);
        QCOMPARE(book.model.count(), 2);
        QCOMPARE(book.at(1, ServersModel::AddressRole).toString(), kFar);
        // Only the name: nothing goes.
        QVERIFY(book.model.edit(1, QStringLiteral("Farther"), kFar) == AddressProblem::None);
        QCOMPARE(kept.asked.size(), 1);
        QCOMPARE(book.at(1, ServersModel::NameRole).toString(), QStringLiteral("Farther"));
    }

    // The present one is left before anything of it goes.
    void anotherAddressOfThePresentOne() {
        Book book;
        FakeBelongings kept;
        book.model.setBelongings(&kept);
        book.model.add(QStringLiteral("Home"), kHome);
        book.model.setPresent(kHome, QUrl(kHome), false);
        QSignalSpy chosen(&book.model, &ServersModel::chosen);
        book.model.edit(1, QStringLiteral("Far"), kFar);
        QCOMPARE(chosen.count(), 1);
        QVERIFY(kept.asked.isEmpty());
        book.model.setPresent(kFar, QUrl(kFar), false);
        QVERIFY(kept.asked.isEmpty());
        QVERIFY(waitUntil([&] { return kept.asked == QStringList{kHome}; }));
        kept.finish(true);
        QCOMPARE(book.model.count(), 2);
        QCOMPARE(book.at(1, ServersModel::AddressRole).toString(), kFar);
        QVERIFY(book.at(1, ServersModel::PresentRole).toBool());
    }

    // The other address is there already, from the command line: it is written down.
    void anotherAddressThatCameFromTheCommandLine() {
        Book book;
        FakeBelongings kept;
        book.model.setBelongings(&kept);
        book.model.add(QStringLiteral("Home"), kHome);
        book.model.setPresent(kPassing, QUrl(kPassing), true);
        QSignalSpy changed(&book.model, &QAbstractItemModel::dataChanged);
        QVERIFY(book.model.edit(1, QStringLiteral(" Near "), kPassing) == AddressProblem::None);
        QCOMPARE(book.model.count(), 3);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 2);
        QCOMPARE(book.at(2, ServersModel::NameRole).toString(), QStringLiteral("Near"));
        QVERIFY(!book.at(2, ServersModel::PassingRole).toBool());
        const QList<SavedServer> saved = book.settings.savedServers();
        QCOMPARE(saved.size(), 2);
        QCOMPARE(saved.at(1).name, QStringLiteral("Near"));
        QCOMPARE(saved.at(1).url, QUrl(kPassing));
        QCOMPARE(kept.asked, QStringList{kHome});
        kept.finish(true);
        QCOMPARE(book.model.count(), 2);
        QCOMPARE(book.model.presentRow(), 1);
    }

    // The former one keeps its things for as long as somebody may be there.
    void formerAddressStaysWhileItIsUsed_data() {
        QTest::addColumn<QString>("now");
        QTest::newRow("none yet") << QString();
        QTest::newRow("back again") << kHome;
    }
    void formerAddressStaysWhileItIsUsed() {
        QFETCH(QString, now);
        Book book;
        FakeBelongings kept;
        book.model.setBelongings(&kept);
        book.model.add(QStringLiteral("Home"), kHome);
        book.model.setPresent(kHome, QUrl(kHome), false);
        book.model.edit(1, QStringLiteral("Far"), kFar);
        if (!now.isEmpty()) {
            book.model.setPresent(kFar, QUrl(kFar), false);  // is to take the former one away soon
        }
        book.model.setPresent(now, QUrl(now), false);
        QCoreApplication::sendPostedEvents(&book.model, QEvent::MetaCall);
        QCOMPARE(kept.asked, QStringList());
        QVERIFY(!book.at(1, ServersModel::LeavingRole).toBool());
        book.model.setPresent(kFar, QUrl(kFar), false);
        QCoreApplication::sendPostedEvents(&book.model, QEvent::MetaCall);
        QCOMPARE(kept.asked, QStringList{kHome});
    }

    // Nothing is kept for servers: the row itself moves.
    void anotherAddressWithoutBelongings() {
        Book book;
        book.model.setPresent(kPassing, QUrl(kPassing), true);
        QVERIFY(book.check(1)->running());
        QVERIFY(book.model.edit(1, QStringLiteral(" Far "), kFar) == AddressProblem::None);
        QVERIFY(!book.check(1)->running());
        QCOMPARE(book.at(1, ServersModel::NameRole).toString(), QStringLiteral("Far"));
        QCOMPARE(book.at(1, ServersModel::AddressRole).toString(), kFar);
        QVERIFY(!book.at(1, ServersModel::PassingRole).toBool());
        QCOMPARE(book.settings.savedServers().value(0).url, QUrl(kFar));
    }

    // A program that ends in the middle shows the server the next time.
    void endsInTheMiddle() {
        const QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("settings.json"));
        FakeBelongings kept;
        {
            Settings settings(file);
            ServersModel model(settings, [](const QUrl&) { return std::make_unique<FakeTransport>(); });
            model.setBelongings(&kept);
            model.add(QStringLiteral("Home"), kHome);
            QVERIFY(model.remove(1));
            QCOMPARE(kept.asked.size(), 1);
        }
        QVERIFY(kept.ended.isFinished());
        Settings settings(file);
        ServersModel model(settings, [](const QUrl&) { return std::make_unique<FakeTransport>(); });
        QCOMPARE(model.count(), 2);
    }

    void usesWhatIsChosen() {
        Book book;
        book.model.add(QStringLiteral("Home"), kHome);
        QSignalSpy chosen(&book.model, &ServersModel::chosen);
        book.model.choose(1);
        QCOMPARE(chosen.takeFirst().at(0).toUrl(), QUrl(kHome));
        book.model.setPresent(kHome, QUrl(kHome), false);
        QCOMPARE(book.model.presentRow(), 1);
        QCOMPARE(book.model.presentName(), QStringLiteral("Home"));
        QVERIFY(book.at(1, ServersModel::PresentRole).toBool());
        QVERIFY(!book.at(0, ServersModel::PresentRole).toBool());
        QVERIFY(!book.model.remove(1));
        // Another address of the present one is another server, used at once.
        QVERIFY(book.model.edit(1, QStringLiteral("Home"), kFar) == AddressProblem::None);
        QCOMPARE(chosen.takeFirst().at(0).toUrl(), QUrl(kFar));
        book.model.choose(0);
        QVERIFY(chosen.takeFirst().at(0).toUrl().isEmpty());
        book.model.choose(9);
        QVERIFY(chosen.isEmpty());
    }

    void commandLineIsForThisRun() {
        Book book;
        book.model.setPresent(kHome, QUrl(kHome), true);
        QVERIFY(book.model.forThisRun());
        // Nobody looks at what does not run yet.
        book.model.setPresent(kHome, {}, true);
        QCOMPARE(book.asked, QList<QUrl>{QUrl(kHome)});
        QCOMPARE(book.model.count(), 2);
        QVERIFY(book.at(1, ServersModel::PassingRole).toBool());
        QVERIFY(book.settings.savedServers().isEmpty());
        // It may be written down, and stays then.
        QVERIFY(book.model.add(QStringLiteral(" Home "), kHome) == AddressProblem::None);
        QCOMPARE(book.model.count(), 2);
        QCOMPARE(book.at(1, ServersModel::NameRole).toString(), QStringLiteral("Home"));
        QVERIFY(!book.at(1, ServersModel::PassingRole).toBool());
        QCOMPARE(book.settings.savedServers().size(), 1);
        // One that was not goes when another is used.
        book.model.setPresent(kFar, QUrl(kFar), true);
        QCOMPARE(book.model.count(), 3);
        book.model.setPresent(kHome, QUrl(kHome), false);
        QCOMPARE(book.model.count(), 2);
        QVERIFY(!book.model.forThisRun());
    }

    // Whoever goes to another server shall find what is kept for it.
    void commandLineServerStaysWithWhatIsKept() {
        Book book;
        FakeBelongings kept;
        kept.things.insert(kHome, {.accounts = 1, .writes = 0, .drafts = 0, .recordings = 0});
        book.model.setBelongings(&kept);
        book.model.setPresent(kHome, QUrl(kHome), true);
        book.model.setPresent(kFar, QUrl(kFar), true);
        QCOMPARE(book.model.count(), 3);
        QVERIFY(!book.at(1, ServersModel::PassingRole).toBool());
        QCOMPARE(book.settings.savedServers().size(), 1);
        book.model.setPresent(ServersModel::kBuiltIn, {}, false);
        QCOMPARE(book.model.count(), 2);  // nothing is kept for the other one
    }

    void remembersWhatWasFound() {
        Book book;
        book.model.add(QString(), kHome);
        QSignalSpy traits(&book.model, &ServersModel::traitsChanged);
        book.script = [](FakeTransport& net) { answersAs(net, 1'790'000'000'000'000'000); };
        book.model.setPresent(kHome, QUrl(kHome), false);
        QVERIFY(book.check(1)->running());
        QVERIFY(waitUntil([&] { return !book.check(1)->running(); }));
        QVERIFY(book.model.traits().dialect == Dialect::TikGok);
        QVERIFY(book.model.traits().lengthUnit() == LengthUnit::Bytes);
        QVERIFY(book.model.dialect() == Dialect::TikGok);
        QVERIFY(book.at(1, ServersModel::DialectRole).value<Dialect>() == Dialect::TikGok);
        QCOMPARE(traits.count(), 2);  // another server, and what it is
        // The same again is no news, and neither is what another one is.
        book.model.add(QString(), kFar);
        QSignalSpy rows(&book.model, &QAbstractItemModel::dataChanged);
        for (const int row : {1, 2}) {
            book.model.test(row);
            QVERIFY(waitUntil([&] { return !book.check(row)->running(); }));
            QCOMPARE(rows.takeLast().at(0).toModelIndex().row(), row);
        }
        QVERIFY(book.at(2, ServersModel::DialectRole).value<Dialect>() == Dialect::TikGok);
        QCOMPARE(traits.count(), 2);
        QCOMPARE(book.check(1)->pageSize(), 1);
        QVERIFY(book.check(1)->roundTrip() >= 0);
        // Not there today: it stays what it was found to be.
        book.script = [](FakeTransport& net) { net.fail(ErrorKind::Offline); };
        book.model.test(1);
        QVERIFY(waitUntil([&] { return !book.check(1)->running(); }));
        QVERIFY(book.check(1)->verdict() == ServerVerdict::Offline);
        QVERIFY(book.model.traits().dialect == Dialect::TikGok);
        // And in the next run, before anybody asked.
        ServersModel again(book.settings, [](const QUrl&) { return std::make_unique<FakeTransport>(); });
        again.setPresent(kHome, {}, false);
        QVERIFY(again.traits().dialect == Dialect::TikGok);
        // Of another server nothing is known.
        again.setPresent(kPassing, {}, false);
        QVERIFY(again.traits() == ServerTraits());
    }

    // What was found of a server that was silent is of before; what somebody said is not.
    void looksAgainWhenItIsBack_data() {
        QTest::addColumn<std::function<void(FakeTransport&)>>("first");
        QTest::addColumn<bool>("again");
        using Script = std::function<void(FakeTransport&)>;
        for (const auto kind : {ErrorKind::Offline, ErrorKind::Timeout}) {
            QTest::addRow("no answer %d", static_cast<int>(kind))
                << Script([kind](FakeTransport& net) { net.fail(kind); }) << true;
        }
        QTest::newRow("under way") << Script([](FakeTransport& net) { net.hang(); }) << true;
        QTest::newRow("a page") << Script([](FakeTransport& net) {
            net.reply("<html>Sign in</html>").reply("<html>Sign in</html>");
        }) << false;
        QTest::newRow("good") << Script([](FakeTransport& net) { answersAs(net, 1'790'000'000'000); })
                              << false;
    }
    void looksAgainWhenItIsBack() {
        QFETCH(const std::function<void(FakeTransport&)>, first);
        QFETCH(const bool, again);
        Book book;
        book.model.serverIsBack();  // there is none
        book.model.add(QString(), kHome);
        // It is known from earlier what it is.
        ServerTraits traits;
        traits.dialect = Dialect::Standard;
        book.settings.rememberTraits(kHome, traits);
        book.script = first;
        book.model.setPresent(kHome, QUrl(kHome), false);
        if (qstrcmp(QTest::currentDataTag(), "under way") != 0) {
            QVERIFY(waitUntil([&] { return !book.check(1)->running(); }));
        }
        const ServerVerdict before = book.check(1)->verdict();
        QCOMPARE(book.asked.size(), 1);
        book.script = [](FakeTransport& net) { answersAs(net, 1'790'000'000'000); };
        book.model.serverIsBack();
        QVERIFY(waitUntil([&] { return !book.check(1)->running(); }));
        QCOMPARE(book.asked.size(), again ? 2 : 1);
        QVERIFY(book.check(1)->verdict() == (again ? ServerVerdict::Good : before));
    }

    void testsWhatIsTyped() {
        Book book;
        book.script = [](FakeTransport& net) { answersAs(net, 1'790'000'000'000); };
        book.model.testAddress(QStringLiteral("home:8080"));
        QCOMPARE(book.asked, QList<QUrl>{QUrl(kHome)});
        QVERIFY(waitUntil([&] { return !book.model.formCheck()->running(); }));
        QVERIFY(book.model.formCheck()->dialect() == Dialect::Standard);
        book.model.testAddress(QStringLiteral("ftp://home"));
        QVERIFY(book.model.formCheck()->verdict() == ServerVerdict::None);
        QCOMPARE(book.asked.size(), 1);
    }

    void goesDuringATest() {
        auto book = std::make_unique<Book>();
        book->model.add(QString(), kHome);
        book->model.test(1);
        QVERIFY(book->check(1)->running());
        book->model.remove(1);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        book->model.testAddress(kHome);
        book.reset();
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ServersModelTest)
#include "servers_model_test.moc"
