// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Publishing against a real simulator, in all the dialects that it has.

#include "backend-sim/simulator.h"
#include "core/api/network_transport.h"
#include "core/api/servers_model.h"
#include "core/outbox/outbox_store.h"
#include "core/playback/playback_engine.h"
#include "core/publish/publishing.h"
#include "core/settings/settings.h"
#include "resources/demo_media_dir.h"
#include "tests/core/support/wait.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tikgok {

using sim::DialectName;
using test::waitFor;
using test::waitUntil;
using JobState = PublishJobs::State;

namespace {

const QString kFilm = QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/38-enso.mp4");

// One installed client, as far as publishing goes.
struct PublishingClient {
    explicit PublishingClient(const sim::Simulator& simulator) {
        const QUrl url(QString::fromStdString(simulator.url()));
        transport.setServer(url);
        // Which kind of server it is, as the client finds out.
        session.setServerFacts(&servers);
        QObject::connect(&servers, &ServersModel::traitsChanged, &session, &Session::traitsChanged);
        servers.setPresent(QStringLiteral("builtin"), url, false);
        session.setServer(QStringLiteral("builtin"));
        session.registerAccount(QStringLiteral("发布者"), QStringLiteral("pass+word&"));
        waitUntil([&] { return !session.busy() && outbox.loaded() && publishing.drafts()->loaded(); });
    }
    bool opens(const QString& path) {
        publishing.editor()->openFile(QUrl::fromLocalFile(path));
        return waitUntil([&] { return publishing.editor()->state() == PublishEditor::State::Checked; });
    }
    [[nodiscard]] JobState state() const {
        const PublishJobs& jobs = *const_cast<Publishing&>(publishing).jobs();
        return jobs.data(jobs.index(0), PublishJobs::StateRole).value<JobState>();
    }
    [[nodiscard]] QString videoId() {
        return publishing.jobs()->data(publishing.jobs()->index(0), PublishJobs::VideoIdRole).toString();
    }

    QTemporaryDir directory{QDir::currentPath() + QStringLiteral("/publish-sim-XXXXXX")};
    MemoryVault vault;
    Settings settings{directory.filePath(QStringLiteral("settings.json"))};
    ServersModel servers{settings, [](const QUrl& url) { return std::make_unique<NetworkTransport>(url); }};
    NetworkTransport transport;
    Api api{transport, {.retries = 1, .firstDelay = std::chrono::milliseconds(10)}};
    Session session{api, vault, settings};
    Database database{QString(), {outboxSchema(), publishSchema()}};
    Outbox outbox{database, session};
    PlaybackEngine engine{{.audio = false}};
    Publishing publishing{
        api,    session,          database,
        outbox, engine.factory(), {.directory = directory.filePath(QStringLiteral("publish"))}};
};

}  // namespace

class PublishSimTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<sim::Simulator> simulator_;

    static void dialects() {
        QTest::addColumn<int>("dialect");
        for (const DialectName each : {DialectName::Standard, DialectName::Tikgok, DialectName::Demo}) {
            QTest::newRow(sim::textOf(each).data()) << int(each);
        }
    }
    void start(DialectName dialect) {
        directory_ = std::make_unique<QTemporaryDir>();
        sim::SimulatorConfig config;
        config.dataDirectory = directory_->path().toStdString();
        config.dialect = dialect;
        config.limiter = false;
        auto started = sim::Simulator::start(std::move(config));
        QVERIFY2(started, started ? "" : started.error().c_str());
        simulator_ = std::move(*started);
    }

private Q_SLOTS:
    void cleanup() { simulator_.reset(); }

    void publishes_data() { dialects(); }
    void publishes() {
        QFETCH(int, dialect);
        start(static_cast<DialectName>(dialect));
        PublishingClient client(*simulator_);
        QVERIFY(client.session.signedIn());
        PublishEditor& editor = *client.publishing.editor();
        QVERIFY(client.opens(kFilm));
        const bool reference = static_cast<DialectName>(dialect) == DialectName::Tikgok;
        const bool demo = static_cast<DialectName>(dialect) == DialectName::Demo;
        QVERIFY(waitUntil(
            [&] { return editor.limitBytes() == (reference ? kReferenceUploadLimit : kOurUploadLimit); }));
        QCOMPARE(editor.titleInBytes(), reference);
        editor.setTitle(QStringLiteral("海 + & \"x\""));
        QVERIFY(editor.publishable());
        editor.publish();
        QVERIFY(waitUntil(
            [&] { return client.publishing.jobs()->count() == 1 && client.state() == JobState::Sent; }));
        if (demo) {
            return;  // its lists never show what was published
        }
        QVERIFY(waitUntil([&] { return !client.videoId().isEmpty(); }));
        const auto list =
            waitFor(client.api.publishList(client.session.userId(), client.session.token(), {}));
        QVERIFY(list);
        QCOMPARE(list->size(), 1U);
        QCOMPARE(QString::number(list->front().id), client.videoId());
        QCOMPARE(QString::fromStdString(list->front().title), QStringLiteral("海 + & \"x\""));

        // It can be watched from the job, however long the media take.
        QUrl playUrl;
        connect(&client.publishing, &Publishing::located, this,
                [&](const QString&, const QUrl& url) { playUrl = url; });
        client.publishing.locate(client.videoId());
        QVERIFY(waitUntil([&] { return !playUrl.isEmpty(); }));
        PreviewPlayer& preview = *client.publishing.preview();
        preview.setSource(playUrl);
        preview.setPlaying(true);
        QVERIFY(waitUntil([&] { return preview.player()->state() == Player::State::Playing; }));
    }

    void referenceTakesFourMegabytes() {
        start(DialectName::Tikgok);
        PublishingClient client(*simulator_);
        const QString large = client.directory.filePath(QStringLiteral("large.mp4"));
        QVERIFY(QFile::copy(kFilm, large));
        QFile file(large);
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY(file.resize(5'000'000));
        QVERIFY(client.opens(large));
        PublishEditor& editor = *client.publishing.editor();
        QVERIFY(waitUntil([&] { return editor.problem() == PublishProblem::TooLarge; }));
        editor.setTitle(QStringLiteral("x"));
        QVERIFY(!editor.publishable());
        // And what its 413 in plain text becomes when it is sent all the same.
        const auto answer = waitFor(client.api.publish({.filePath = large,
                                                        .fileName = QStringLiteral("large.mp4"),
                                                        .title = QStringLiteral("x"),
                                                        .progress = {}},
                                                       client.session.token(), {}));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::TooLarge);
    }

    // The server goes away with the file half on its way, and comes back.
    void serverGoesAndComesBack() {
        start(DialectName::Standard);
        const QString data = directory_->path();
        PublishingClient client(*simulator_);
        QVERIFY(client.opens(kFilm));
        client.publishing.editor()->setTitle(QStringLiteral("patience"));
        simulator_.reset();
        client.publishing.editor()->publish();
        QVERIFY(waitUntil(
            [&] { return client.publishing.jobs()->count() == 1 && client.state() == JobState::Retrying; }));
        sim::SimulatorConfig config;
        config.dataDirectory = data.toStdString();
        config.limiter = false;
        auto started = sim::Simulator::start(std::move(config));
        QVERIFY2(started, started ? "" : started.error().c_str());
        simulator_ = std::move(*started);
        client.transport.setServer(QUrl(QString::fromStdString(simulator_->url())));
        client.publishing.jobs()->retry(client.publishing.jobs()
                                            ->data(client.publishing.jobs()->index(0), PublishJobs::JobIdRole)
                                            .toString());
        QVERIFY(waitUntil([&] { return client.state() == JobState::Sent; }));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::PublishSimTest)
#include "publish_sim_test.moc"
