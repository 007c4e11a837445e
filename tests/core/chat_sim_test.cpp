// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Two whole clients that talk to each other over one simulator, in each of its dialects.

#include "backend-sim/simulator.h"
#include "core/api/network_transport.h"
#include "core/chat/push_link.h"
#include "core/simulator/admin_client.h"
#include "core/simulator/network_admin_transport.h"
#include "tests/core/support/chat_world.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>

namespace tikgok {

using sim::DialectName;
using test::ChatClient;
using test::ChatFiles;
using test::ChatWorldOptions;
using test::waitFor;
using test::waitUntil;

namespace {

// One person with the client on a device.
struct Person {
    Person(const sim::Simulator& simulator, const char* name,
           const ChatWorldOptions& options = test::patientSender())
        : url(QString::fromStdString(simulator.url())), options_(options) {
        transport.setServer(url);
        start();
        client->session.registerAccount(QString::fromUtf8(name), QStringLiteral("password"));
        ready = waitUntil([&] { return client->book.canRead() && client->outbox.loaded(); });
    }
    void start() {
        push.reset();
        client.reset();
        client = std::make_unique<ChatClient>(transport, files, 0, options_);
    }
    void callBack() {
        push = std::make_unique<PushLink>(transport, client->session, client->book);
        QObject::connect(push.get(), &PushLink::upChanged, &client->chat, &ChatModel::setPushed);
        QObject::connect(push.get(), &PushLink::upChanged, &client->list, &ConversationsModel::setPushed);
        push->setServer(url);
    }
    [[nodiscard]] contract::Id id() const { return client->session.userId(); }
    [[nodiscard]] bool follows(const Person& other) const {
        return waitFor(client->api.setFollow(other.id(), true, client->session.token(), {})).has_value();
    }
    [[nodiscard]] bool shows(const QString& texts) const {
        const bool shown = waitUntil([&] { return client->texts() == texts; });
        if (!shown) {
            qWarning("%s sees: %s", qPrintable(client->session.userName()), qPrintable(client->texts()));
        }
        return shown;
    }

    ChatFiles files;
    QUrl url;
    ChatWorldOptions options_;
    NetworkTransport transport;
    std::unique_ptr<ChatClient> client;
    std::unique_ptr<PushLink> push;
    bool ready = false;
};

}  // namespace

class ChatSimTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<sim::Simulator> simulator_;

    void start(DialectName dialect) {
        simulator_.reset();
        directory_ = std::make_unique<QTemporaryDir>();
        sim::SimulatorConfig config;
        config.dataDirectory = directory_->path().toStdString();
        config.dialect = dialect;
        // The reference's limiter would answer 429 when others keep this machine busy.
        config.limiter = false;
        auto started = sim::Simulator::start(std::move(config));
        QVERIFY2(started, started ? "" : started.error().c_str());
        simulator_ = std::move(*started);
    }

    static constexpr qint64 kYear = qint64{365} * 86'400'000;

    static void dialects() {
        QTest::addColumn<int>("dialect");
        for (const DialectName each : {DialectName::Standard, DialectName::Tikgok, DialectName::Demo}) {
            QTest::newRow(sim::textOf(each).data()) << int(each);
        }
    }
    // The server's clock, in milliseconds ahead of ours.
    bool setClock(qint64 skew) {
        NetworkAdminTransport line;
        line.setServer(QUrl(QString::fromStdString(simulator_->url())));
        AdminClient admin(line);
        admin.setToken(QString::fromStdString(simulator_->adminToken()));
        const QJsonObject ahead{{QStringLiteral("ms"), skew}};
        return waitFor(admin.call(AdminCall::post(QStringLiteral("clock/skew"), ahead), {})).has_value();
    }

    // From pressing Enter to the other one's screen, in milliseconds: the slowest of some.
    qint64 slowest(Person& writer, Person& reader, int times) {
        qint64 longest = 0;
        for (int i = 0; i < times; ++i) {
            const int before = reader.client->chat.count();
            QElapsedTimer timer;
            timer.start();
            writer.client->chat.send(QStringLiteral("n %1").arg(i));
            if (!waitUntil([&] { return reader.client->chat.count() > before; })) {
                return -1;
            }
            longest = std::max(longest, timer.elapsed());
        }
        return longest;
    }

private Q_SLOTS:
    void cleanup() { simulator_.reset(); }

    void twoTalk_data() {
        QTest::addColumn<int>("dialect");
        // Of the server's clock, against ours.
        QTest::addColumn<qint64>("skew");
        for (const DialectName each : {DialectName::Standard, DialectName::Tikgok, DialectName::Demo}) {
            const auto row = [each](const char* what, qint64 skew) {
                QTest::addRow("%s%s", sim::textOf(each).data(), what) << int(each) << skew;
            };
            row("", 0);
            row(", a year ahead", kYear);
            row(", a year behind", -kYear);
        }
    }
    void twoTalk() {
        QFETCH(int, dialect);
        QFETCH(qint64, skew);
        const bool demo = static_cast<DialectName>(dialect) == DialectName::Demo;
        start(static_cast<DialectName>(dialect));
        QVERIFY(setClock(skew));
        Person ann(*simulator_, "ann");
        Person bob(*simulator_, "bob");
        QVERIFY(ann.ready && bob.ready);
        QVERIFY(ann.follows(bob) && bob.follows(ann));
        QVERIFY(ann.client->open(bob.id()) && bob.client->open(ann.id()));
        ann.client->chat.send(QStringLiteral("hi + 好 😀"));
        QVERIFY(bob.shows(QStringLiteral("hi + 好 😀")));
        QVERIFY(waitUntil([&] { return ann.client->allSent(); }));
        QVERIFY(ann.shows(QStringLiteral(">hi + 好 😀")));
        bob.client->chat.send(QStringLiteral("<b>hello</b>"));
        bob.client->chat.send(QStringLiteral("again"));
        bob.client->chat.send(QStringLiteral("again"));
        QVERIFY(ann.shows(QStringLiteral(">hi + 好 😀 <b>hello</b> again again")));
        QVERIFY(waitUntil([&] { return bob.client->allSent(); }));
        QVERIFY(bob.shows(QStringLiteral("hi + 好 😀 ><b>hello</b> >again >again")));
        // The demo takes no notice of what it is asked for: either question finds what is there, and one was
        // asked.
        const auto mode = ann.client->book.protocol().mode();
        if (demo) {
            QVERIFY(mode == ChatProtocol::Mode::Before || mode == ChatProtocol::Mode::After);
        } else {
            QCOMPARE(mode, static_cast<DialectName>(dialect) == DialectName::Tikgok
                               ? ChatProtocol::Mode::Before
                               : ChatProtocol::Mode::After);
        }
        QCOMPARE(ann.client->chat.countsBytes(), static_cast<DialectName>(dialect) == DialectName::Tikgok);
        QVERIFY(!ann.client->at(0, ChatModel::TimeTextRole).toString().isEmpty());
        if (!demo) {
            // Bob is elsewhere: the list tells him.
            bob.client->chat.close();
            bob.client->list.setShown(true);
            ann.client->chat.send(QStringLiteral("are you there?"));
            QVERIFY(waitUntil([&] { return bob.client->list.unread() == 1; }));
            QCOMPARE(bob.client->list.count(), 1);
            QVERIFY(bob.client->list.data(bob.client->list.index(0), ConversationsModel::LastTextRole)
                        .toString()
                        .contains(QStringLiteral("are you there?")));
        }
        // And after a restart nothing is lost or doubled.
        const QString seen = ann.client->texts();
        ann.start();
        QVERIFY(waitUntil([&] { return ann.client->book.canRead(); }));
        QVERIFY(ann.client->open(bob.id()));
        QVERIFY(ann.shows(seen));
    }

    void killedWhileSending_data() { dialects(); }
    void killedWhileSending() {
        QFETCH(int, dialect);
        start(static_cast<DialectName>(dialect));
        Person ann(*simulator_, "ann");
        Person bob(*simulator_, "bob");
        QVERIFY(ann.ready && bob.ready);
        QVERIFY(bob.client->open(ann.id()));
        QStringList sent;
        for (int i = 0; i < 8; ++i) {
            QVERIFY(ann.client->open(bob.id()));
            const QString text = QStringLiteral("m%1").arg(i);
            sent.append(text);
            ann.client->chat.send(text);
            // Ends at some moment: before, within or after the request.
            const IntentId id =
                ann.client->outbox.open(ann.client->book.account(), IntentKind::Message).constLast().id;
            waitUntil([&] {
                const auto intent = ann.client->outbox.intent(id);
                return intent && intent->kept && (i % 3 == 0 || intent->state == IntentState::Sending);
            });
            if (i % 3 == 2) {
                QTest::qWait(2);
            }
            ann.start();
            QVERIFY(waitUntil([&] { return ann.client->book.canRead() && ann.client->outbox.loaded(); }));
        }
        QVERIFY(ann.client->open(bob.id()));
        QVERIFY(waitUntil([&] {
            ann.client->later();
            return ann.client->outbox.openCount() == 0 && ann.client->allSent();
        }));
        QVERIFY(ann.shows(u'>' + sent.join(QStringLiteral(" >"))));
        QVERIFY(bob.shows(sent.join(u' ')));
    }

    void timeWithoutPush() {
        start(DialectName::Standard);
        ChatWorldOptions options;
        options.chat = {};  // as the program has it
        options.list = {};
        Person ann(*simulator_, "ann", options);
        Person bob(*simulator_, "bob", options);
        QVERIFY(ann.ready && bob.ready);
        QVERIFY(ann.client->open(bob.id()) && bob.client->open(ann.id()));
        const qint64 longest = slowest(ann, bob, 4);
        qInfo("asking: %lld ms from one client to the other, the slowest of 4", longest);
        // An interval and its spread, and the machine may be busy.
        QVERIFY(longest >= 0 && longest < 1'650 + 1'500);
    }

    void timeWithPush() {
        start(DialectName::Standard);
        ChatWorldOptions options;
        options.chat = {};
        options.list = {};
        Person ann(*simulator_, "ann", options);
        Person bob(*simulator_, "bob", options);
        QVERIFY(ann.ready && bob.ready);
        bob.callBack();
        ann.callBack();
        if (!waitUntil([&] { return bob.push->isUp() && ann.push->isUp(); }, std::chrono::seconds(3))) {
            QSKIP("this simulator does not push");
        }
        QVERIFY(ann.client->open(bob.id()) && bob.client->open(ann.id()));
        // What tells Bob is the line and not a question.
        const qint64 longest = slowest(ann, bob, 20);
        qInfo("push: %lld ms from one client to the other, the slowest of 20", longest);
        QVERIFY(longest >= 0 && longest < 1'000);
        QVERIFY(waitUntil([&] { return ann.client->allSent(); }));
        // The server goes away, and nobody minds.
        simulator_.reset();
        QVERIFY(waitUntil([&] { return !bob.push->isUp(); }));
        QCOMPARE(bob.client->chat.count(), 20);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ChatSimTest)

#include "chat_sim_test.moc"
