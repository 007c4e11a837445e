// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The client in every scenario that comes with the simulator: what it says, what it keeps, and that all is
// well once the scenario has ended.

#include "core/account/session.h"
#include "core/api/network_transport.h"
#include "core/comments/comments_model.h"
#include "core/feed/feed_model.h"
#include "core/outbox/outbox.h"
#include "core/outbox/outbox_store.h"
#include "core/settings/settings.h"
#include "core/storage/database.h"
#include "tests/backend_sim/control/admin_stage.h"
#include "tests/core/support/wait.h"

#include <QDir>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <memory>

namespace tikgok {

using sim::controltest::AdminStage;
using sim::controltest::at;
using test::waitFor;
using test::waitUntil;

namespace {

using FeedState = FeedModel::State;
using CommentsState = CommentsModel::State;
namespace json = boost::json;

// One installed client.
struct ScenarioClient {
    explicit ScenarioClient(const sim::Simulator& simulator) {
        transport.setServer(QUrl(QString::fromStdString(simulator.url())));
        session.setServer(QStringLiteral("builtin"));
    }
    bool settles() {
        return waitUntil(
            [&] {
                return feed.state() != FeedState::Loading && feed.state() != FeedState::LoadingMore &&
                       !feed.refreshing();
            },
            std::chrono::seconds(60));
    }
    bool refresh() {
        feed.refresh();
        return settles();
    }
    bool signsIn() {
        session.signIn(QStringLiteral("qa"), QStringLiteral("tikgok123"));
        return waitUntil([&] { return !session.busy(); }) && session.signedIn();
    }

    QTemporaryDir dir;
    QDir files{dir.path()};
    MemoryVault vault;
    Settings settings{files.filePath(QStringLiteral("settings.json"))};
    Drafts drafts{files.filePath(QStringLiteral("drafts.json"))};
    NetworkTransport transport;
    Api api{transport, {.retries = 1, .firstDelay = std::chrono::milliseconds(10)}};
    Session session{api, vault, settings};
    Database database{files.filePath(QStringLiteral("client.sqlite")), {outboxSchema()}};
    Outbox outbox{database, session};
    EntityStore store{api, session, outbox};
    FeedModel feed{api, session, store};
    CommentSender sender{api, session, outbox};
    CommentsModel comments{
        api, session, store, outbox, sender, drafts, {.undoTime = std::chrono::milliseconds(0)}};
};

// A scenario that is in place, and a client that was signed in before anything was broken.
struct Run {
    Run(const AdminStage& on, const QString& scenario) : stage(on), name(scenario.toStdString()) {
        load();
        if (told.at("accounts").as_array().empty()) {
            return;
        }
        stage.must("DELETE", "/_sim/faults");
        stage.must("DELETE", "/_sim/inside");
        ready = client.signsIn() && client.refresh() && client.feed.count() > 0;
        // The same world again, with the same people, and now with what is wrong in it.
        load();
    }
    void load() { told = stage.must("POST", "/_sim/scenarios/" + name, "{}"); }
    void end() const { stage.must("DELETE", "/_sim/scenario"); }
    void advance(std::int64_t ms) const {
        stage.must("POST", "/_sim/clock/advance", R"({"ms":)" + std::to_string(ms) + "}");
    }
    VideoEntity* video() { return client.feed.videoAt(0); }
    QString token() const {
        return QString::fromStdString(std::string(told.at_pointer("/accounts/0/token").as_string()));
    }
    // Comments on the first video that say this, as the server has them.
    int onServer(const QString& words) {
        // Also when the token is of another year.
        auto all = waitFor(client.api.comments(video()->id(), client.session.token(), std::stop_token()));
        if (!all && all.error().kind == ErrorKind::SignedOut) {
            all = waitFor(client.api.comments(video()->id(), QString(), std::stop_token()));
        }
        return all ? static_cast<int>(
                         std::ranges::count(*all, words.toStdString(),
                                            [](const contract::Comment& each) { return each.content; }))
                   : -1;
    }
    bool comment(const QString& words) {
        client.comments.setVideo(video());
        return waitUntil([&] { return client.comments.state() != CommentsState::Loading; },
                         std::chrono::seconds(60)) &&
               client.comments.post(words);
    }
    CommentsModel::Status status() {
        return client.comments.data(client.comments.index(0), CommentsModel::StatusRole)
            .value<CommentsModel::Status>();
    }
    QString text(int row = 0) {
        return client.comments.data(client.comments.index(row), CommentsModel::ContentRole).toString();
    }
    bool likeSettles() {
        return waitUntil([&] { return !video()->likePending(); }, std::chrono::seconds(60));
    }
    // What waits because of an error is tried at once, as a person would.
    bool everythingIsSent() {
        return waitUntil(
            [&] {
                const QList<Intent> all = client.outbox.all(client.session.accountKey());
                for (const Intent& each : all) {
                    if ((each.state == IntentState::Waiting && each.errorKind != ErrorKind::None) ||
                        each.state == IntentState::Failed) {
                        client.outbox.retry(each.id);
                    }
                }
                return !all.isEmpty() && std::ranges::all_of(all, [](const Intent& each) {
                    return each.state == IntentState::Sent;
                });
            },
            std::chrono::seconds(60));
    }

    const AdminStage& stage;
    const std::string name;
    json::value told;
    ScenarioClient client{*stage.simulator};
    bool ready = false;
};

// Reading fails with one of these kinds, and a like waits; both are well in the end.
void brokenUntilTheEnd(Run& run, const QList<ErrorKind>& kinds) {
    ScenarioClient newcomer(*run.stage.simulator);
    QVERIFY(newcomer.refresh());
    QCOMPARE(newcomer.feed.state(), FeedState::Failed);
    QVERIFY2(kinds.contains(newcomer.feed.errorKind()),
             qPrintable(QVariant::fromValue(newcomer.feed.errorKind()).toString()));
    // Who has something to watch keeps it.
    const int watched = run.client.feed.count();
    QVERIFY(run.client.refresh());
    QCOMPARE(run.client.feed.count(), watched);
    run.video()->toggleLike();
    QVERIFY(waitUntil([&] {
        const auto open = run.client.outbox.open(run.client.session.accountKey(), IntentKind::Like);
        return open.size() == 1 && open[0].errorKind != ErrorKind::None;
    }));
    QVERIFY(run.video()->liked());
    QVERIFY(run.video()->likePending());
    run.end();
    newcomer.feed.retry();
    QVERIFY(newcomer.settles());
    QCOMPARE(newcomer.feed.state(), FeedState::Ready);
    QVERIFY(run.everythingIsSent());
    QVERIFY(run.video()->liked());
}

// Reading goes on; a comment is kept until it can be sent, and is there once.
void writesWait(Run& run) {
    QVERIFY(run.client.refresh());
    QVERIFY(run.client.feed.count() > 0);
    QVERIFY(run.comment(QStringLiteral("kept")));
    QVERIFY(waitUntil([&] {
        const auto open = run.client.outbox.open(run.client.session.accountKey(), IntentKind::Comment);
        return run.status() == CommentsModel::Status::Failed ||
               (open.size() == 1 && open[0].errorKind != ErrorKind::None);
    }));
    QCOMPARE(run.text(), QStringLiteral("kept"));
    QCOMPARE(run.onServer(QStringLiteral("kept")), 0);
    run.end();
    QVERIFY(run.everythingIsSent());
    QCOMPARE(run.onServer(QStringLiteral("kept")), 1);
}

// Whatever happens inside, the client sees a server that works.
void worksAsIfNothingWas(Run& run) {
    QVERIFY(run.client.refresh());
    QCOMPARE(run.client.feed.state(), FeedState::Ready);
    const bool liked = run.video()->liked();
    run.video()->toggleLike();
    QVERIFY(run.likeSettles());
    QCOMPARE(run.video()->liked(), !liked);
    QVERIFY(run.comment(QStringLiteral("fine")));
    QVERIFY(waitUntil([&] { return run.status() == CommentsModel::Status::Sent; }));
    QCOMPARE(run.onServer(QStringLiteral("fine")), 1);
    QVERIFY(run.client.session.signedIn());
    run.end();
    QCOMPARE(run.onServer(QStringLiteral("fine")), 1);
}

Result<contract::Nothing> publish(Run& run, const QString& title) {
    const QDir videos(qEnvironmentVariable("TIKGOK_TEST_RESOURCES") + QStringLiteral("/media/videos"));
    const QStringList clips =
        videos.entryList({QStringLiteral("*.mp4")}, QDir::Files, QDir::Size | QDir::Reversed);
    return waitFor(
        run.client.api.publish({videos.filePath(clips.first()), QStringLiteral("clip.mp4"), title, {}, {}},
                               run.client.session.token(), std::stop_token()));
}
int published(Run& run, const QString& title) {
    const auto works = waitFor(run.client.api.publishList(run.client.session.userId(),
                                                          run.client.session.token(), std::stop_token()));
    return works ? static_cast<int>(std::ranges::count(*works, title.toStdString(), &contract::Video::title))
                 : -1;
}

using ScenarioJudge = void (*)(Run&);
const std::map<std::string, ScenarioJudge>& scenarioJudges() {
    static const std::map<std::string, ScenarioJudge> all{
        {"everything-429", [](Run& run) { brokenUntilTheEnd(run, {ErrorKind::Throttled}); }},
        {"everything-500", [](Run& run) { brokenUntilTheEnd(run, {ErrorKind::ServerBroken}); }},
        {"no-answer", [](Run& run) { brokenUntilTheEnd(run, {ErrorKind::Cut}); }},
        {"queue-full", writesWait},
        {"disk-full", writesWait},
        {"database-read-only", writesWait},
        {"crash-before-ack", worksAsIfNothingWas},
        {"duplicate-delivery", worksAsIfNothingWas},
        {"poison-message", worksAsIfNothingWas},
        {"queue-stuck", worksAsIfNothingWas},
        {"slow-3g", worksAsIfNothingWas},
        {"clock-a-year-ahead", worksAsIfNothingWas},
        {"clock-a-year-behind", worksAsIfNothingWas},
        {"reference-server", worksAsIfNothingWas},
        {"answer-lost-after-commit",
         [](Run& run) {
             QVERIFY(run.comment(QStringLiteral("once")));
             QVERIFY(run.everythingIsSent());
             QVERIFY(waitUntil([&] { return run.status() == CommentsModel::Status::Sent; }));
             QCOMPARE(run.onServer(QStringLiteral("once")), 1);
             const auto lost = publish(run, QStringLiteral("unheard"));
             QVERIFY(!lost && lost.error().maybeDone);
             QCOMPARE(published(run, QStringLiteral("unheard")), 1);
         }},
        {"one-in-ten-fails",
         [](Run& run) {
             for (int i = 0; i < 5; ++i) {
                 QVERIFY(run.comment(QStringLiteral("try %1").arg(i)));
             }
             QVERIFY(run.everythingIsSent());
             run.end();
             for (int i = 0; i < 5; ++i) {
                 QCOMPARE(run.onServer(QStringLiteral("try %1").arg(i)), 1);
             }
         }},
        {"malformed-answers",
         [](Run& run) {
             for (int i = 0; i < 20; ++i) {
                 QVERIFY(run.client.refresh());
                 QVERIFY(run.client.feed.count() > 0);
                 ScenarioClient newcomer(*run.stage.simulator);
                 QVERIFY(newcomer.refresh());
                 QVERIFY(newcomer.feed.count() > 0 || newcomer.feed.errorKind() == ErrorKind::ServerBroken ||
                         newcomer.feed.state() == FeedState::NoVideos);
             }
             QVERIFY(run.client.session.signedIn());
             run.end();
             ScenarioClient newcomer(*run.stage.simulator);
             QVERIFY(newcomer.refresh());
             QCOMPARE(newcomer.feed.state(), FeedState::Ready);
         }},
        {"expired-token",
         [](Run& run) {
             const auto refused =
                 waitFor(run.client.api.setFavorite(run.video()->id(), true, run.token(), std::stop_token()));
             QVERIFY(!refused);
             QCOMPARE(refused.error().kind, ErrorKind::SignedOut);
         }},
        {"token-expires-mid-session",
         [](Run& run) {
             const auto like = [&] {
                 return waitFor(
                     run.client.api.setFavorite(run.video()->id(), true, run.token(), std::stop_token()));
             };
             QVERIFY(like());
             run.advance(60'000);
             // The scenario then puts the clock forward on its own.
             QVERIFY(waitUntil([&] { return !like(); }));
             QCOMPARE(like().error().kind, ErrorKind::SignedOut);
             // And the same to a whole client: what was wanted waits for the person.
             const std::int64_t month = std::int64_t{31} * 86'400'000;
             run.advance(month);
             QSignalSpy needed(&run.client.session, &Session::accountNeeded);
             run.video()->toggleLike();
             QVERIFY(waitUntil([&] { return run.client.session.expired(); }));
             QVERIFY(needed.count() > 0);
             QVERIFY(run.client.signsIn());
             QVERIFY(run.everythingIsSent());
         }},
        {"busy-feed",
         [](Run& run) {
             QSet<contract::Id> seen;
             for (int page = 0; page < 3; ++page) {
                 run.client.feed.loadMore();
                 QVERIFY(run.client.settles());
             }
             QVERIFY(run.client.feed.count() >= 100);
             for (int i = 0; i < run.client.feed.count(); ++i) {
                 seen.insert(run.client.feed.videoAt(i)->id());
             }
             QCOMPARE(seen.size(), run.client.feed.count());
         }},
        {"empty-feed",
         [](Run& run) {
             QVERIFY(run.client.refresh());
             QCOMPARE(run.client.feed.state(), FeedState::NoVideos);
             QCOMPARE(run.client.feed.errorKind(), ErrorKind::None);
         }},
        {"feed-of-one",
         [](Run& run) {
             QVERIFY(run.client.refresh());
             if (run.client.feed.state() == FeedState::Ready) {
                 run.client.feed.loadMore();
                 QVERIFY(run.client.settles());
             }
             QCOMPARE(run.client.feed.count(), 1);
             QCOMPARE(run.client.feed.state(), FeedState::End);
         }},
        {"hostile-texts",
         [](Run& run) {
             const auto page =
                 waitFor(run.client.api.feed(std::nullopt, run.client.session.token(), std::stop_token()));
             QVERIFY(page && !page->videos.empty());
             for (const contract::Video& each : page->videos) {
                 const VideoEntity* const shown = run.client.store.findVideo(each.id);
                 QVERIFY(shown);
                 // As the server has it, and never longer than a window can bear.
                 const QString told = QString::fromStdString(each.title);
                 QVERIFY(shown->title().size() <= 2'001);
                 QVERIFY(told.size() > 2'000 || shown->title() == told);
             }
             worksAsIfNothingWas(run);
         }},
        {"ten-thousand-characters",
         [](Run& run) {
             QVERIFY(waitUntil([&] {
                 return at(run.stage.must("GET", "/_sim/scenario"), "/steps_left").to_number<int>() == 0;
             }));
             QVERIFY(run.client.refresh());
             run.client.comments.setVideo(run.video());
             QVERIFY(waitUntil([&] { return run.client.comments.state() == CommentsState::Ready; }));
             QVERIFY(run.client.comments.count() >= 2);
             QSet<qsizetype> lengths;
             for (int row = 0; row < run.client.comments.count(); ++row) {
                 lengths.insert(run.text(row).size());
             }
             // Shown as far as a window can bear it, the end marked.
             QVERIFY(lengths.contains(2'001));
             QVERIFY(std::ranges::max(lengths) == 2'001);
         }},
        {"feed-moves",
         [](Run& run) {
             run.client.feed.setCurrentRow(2);
             const VideoEntity* const watched = run.client.feed.videoAt(2);
             run.advance(6'000);
             QVERIFY(waitUntil([&] {
                 return at(run.stage.must("GET", "/_sim/scenario"), "/steps_done").to_number<int>() >= 1;
             }));
             QVERIFY(run.client.refresh());
             QCOMPARE(run.client.feed.videoAt(run.client.feed.currentRow()), watched);
             QCOMPARE(run.client.feed.videoAt(run.client.feed.currentRow() + 1)->title(),
                      QStringLiteral("Fresh from the press"));
         }},
        {"friend-writes-while-you-type",
         [](Run& run) {
             run.client.drafts.setDraft(QStringLiteral("qa"), QStringLiteral("mika"),
                                        QStringLiteral("half a sen"));
             run.advance(3'000);
             const auto heard = [&] {
                 return waitFor(run.client.api.messages(2, 0, run.client.session.token(), std::stop_token()));
             };
             QVERIFY(waitUntil([&] {
                 const auto messages = heard();
                 return messages && !messages->empty();
             }));
             QCOMPARE(QString::fromStdString(heard()->front().message.content),
                      QStringLiteral("Are you still there? Say something."));
             QCOMPARE(run.client.drafts.draft(QStringLiteral("qa"), QStringLiteral("mika")),
                      QStringLiteral("half a sen"));
         }},
        {"flaky-upload",
         [](Run& run) {
             for (int attempt = 0; attempt < 2; ++attempt) {
                 const auto cut = publish(run, QStringLiteral("flaky"));
                 QVERIFY(!cut);
                 QVERIFY(cut.error().retryable);
                 QCOMPARE(published(run, QStringLiteral("flaky")), 0);
             }
             QVERIFY(publish(run, QStringLiteral("flaky")));
             QCOMPARE(published(run, QStringLiteral("flaky")), 1);
         }},
        {"cover-never-appears",
         [](Run& run) {
             QVERIFY(publish(run, QStringLiteral("no cover")));
             QVERIFY(run.client.refresh());
             QCOMPARE(run.client.feed.state(), FeedState::Ready);
             run.end();
             QVERIFY(run.client.refresh());
         }},
        {"demo-server",
         [](Run& run) {
             QVERIFY(run.client.refresh());
             QCOMPARE(run.client.feed.errorKind(), ErrorKind::None);
             QVERIFY(run.client.feed.count() >= 1);
             run.client.session.registerAccount(QStringLiteral("zoe"), QStringLiteral("secret-1"));
             QVERIFY(waitUntil([&] { return !run.client.session.busy(); }));
             QVERIFY(run.client.session.signedIn());
         }},
    };
    return all;
}

}  // namespace

class ScenariosTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { stage_ = std::make_unique<AdminStage>(); }
    void everyScenarioHasARow() {
        const json::value listed = stage_->must("GET", "/_sim/scenarios");
        const json::array scenarios = at(listed, "/scenarios").as_array();
        QVERIFY(scenarios.size() >= 29);
        for (const json::value& each : scenarios) {
            const std::string name(at(each, "/name").as_string());
            QVERIFY2(scenarioJudges().contains(name), name.c_str());
        }
        QCOMPARE(scenarioJudges().size(), scenarios.size());
    }
    void clientDoesTheRightThing_data() {
        QTest::addColumn<QString>("name");
        for (const auto& [name, judge] : scenarioJudges()) {
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
        }
    }
    void clientDoesTheRightThing() {
        QFETCH(const QString, name);
        Run run(*stage_, name);
        QVERIFY(run.ready || run.told.at("accounts").as_array().empty());
        scenarioJudges().at(name.toStdString())(run);
        run.end();
        stage_->must("PUT", "/_sim/world", R"({"name": "empty"})");
    }

private:
    std::unique_ptr<AdminStage> stage_;
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ScenariosTest)
#include "scenarios_test.moc"
