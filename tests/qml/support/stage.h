// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole client with its window, on a server and on players that the test controls.
#pragma once

#include "app/kept_for_servers.h"
#include "app/server_link.h"
#include "app/staged_window.h"
#include "app/video_playlist.h"
#include "core/account/accounts_model.h"
#include "core/account/file_vault.h"
#include "core/account/session.h"
#include "core/account/token_vault.h"
#include "core/account/vault_switch.h"
#include "core/api/api.h"
#include "core/api/server_health.h"
#include "core/api/servers_model.h"
#include "core/cache/file_cache.h"
#include "core/cache/kept_answers.h"
#include "core/cache/offline_store.h"
#include "core/cache/page_cache.h"
#include "core/cache/video_saver.h"
#include "core/chat/chat_book.h"
#include "core/chat/chat_model.h"
#include "core/chat/conversations_model.h"
#include "core/chat/message_sender.h"
#include "core/comments/comment_sender.h"
#include "core/comments/comments_model.h"
#include "core/comments/drafts.h"
#include "core/diagnostics/diagnostics.h"
#include "core/entities/entity_store.h"
#include "core/feed/feed_model.h"
#include "core/feed/following_feed.h"
#include "core/outbox/activity_model.h"
#include "core/outbox/outbox.h"
#include "core/outbox/outbox_clock.h"
#include "core/playback/playback_controller.h"
#include "core/publish/publishing.h"
#include "core/settings/data_usage.h"
#include "core/settings/settings.h"
#include "core/settings/shortcuts.h"
#include "core/simulator/network_admin_transport.h"
#include "core/simulator/simulator_desk.h"
#include "core/simulator/simulator_watch.h"
#include "core/social/people.h"
#include "core/storage/database.h"
#include "tests/qml/support/stage_server.h"
#include "tests/qml/support/still_player.h"

#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTranslator>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace tikgok::sim {
class Simulator;
}

namespace tikgok::test {

// A vault that can be in trouble.
class StageVault final : public TokenVault {
public:
    Call<QString> load(QString key, std::stop_token alive) override;
    Call<void> store(QString key, QString token, std::stop_token alive) override;
    Call<void> remove(QString key, std::stop_token alive) override;

    // What it says instead of doing anything.
    std::optional<VaultError::Kind> trouble;
    MemoryVault inside;
};

// Time as the outbox sees it, which can stand still: then what waits says the same for ever.
class StageClock final : public OutboxClock {
public:
    [[nodiscard]] std::int64_t now() const override { return stopped_ ? *stopped_ : real_.now(); }
    void wakeAt(std::int64_t at, std::function<void()> wake) override {
        real_.wakeAt(at, stopped_ ? nullptr : std::move(wake));
    }
    double random() override { return stopped_ ? 0.5 : real_.random(); }
    void stop() { stopped_ = real_.now(); }

private:
    SystemOutboxClock real_;
    std::optional<std::int64_t> stopped_;
};

struct StageOptions {
    int videos = 12;
    int comments = 6;
    bool vault = true;
    // Where the outbox lives; in memory when empty.
    QString databaseFile{};
    // Pages read what was kept when the server is away, and the feed keeps its place there.
    bool cache = false;
    // Where that is kept; in memory when empty.
    QString cacheFile{};
    // Where videos and pictures are kept; in a folder of the stage's own when empty.
    QString filesDirectory{};
    // A camera; without a source there is none.
    RecorderOptions camera{};
    // The address that the client is told to talk to.
    QUrl server = QUrl(QStringLiteral("http://stage.test"));
};

class Stage final : public QObject {
    Q_OBJECT

public:
    explicit Stage(const StageOptions& options = {});
    ~Stage() override;

    // Fonts and names that every program with a stage needs; before the QGuiApplication is used.
    static void prepare();

    // Loads the window and waits for what is in it. False when QML does not compile.
    bool open(QSize size = QSize(390, 844));
    // Loads the window only; the rest comes after its first frame.
    bool openBare(QSize size = QSize(390, 844));
    StagedWindow& staged() { return *staged_; }
    // Asks for the feed and waits until it stands.
    void start();
    void setLanguage(const QString& name);

    QQuickWindow* window() const { return staged_->window(); }
    // What is in it (Shell.qml): openVideo() and the like.
    QQuickItem* shell() const { return staged_->shell(); }
    // The first item, or popup's item, of that objectName; null when there is none. Visible ones only.
    QQuickItem* find(const QString& name) const;
    QObject* object(const QString& name) const;
    QQuickItem* focused() const { return window()->activeFocusItem(); }
    void press(const QString& name);
    void signIn();
    // A real simulator for the Simulator page and the banner; everything else stays the stage's. `open`: its
    // token is known, as that of the one inside.
    bool startSimulator(bool open = true);
    void stopSimulator();
    // The client talks to a server without an admin API from now on.
    bool leaveSimulator();
    [[nodiscard]] QString simulatorToken() const;
    // Asks it over HTTP, as any client; or sends something.
    int askSimulator(const QString& path, bool post = false);
    // One of everything that Activity shows. Signed in, with a feed of six.
    void fillOutbox();
    // QML warnings since the start.
    QStringList warnings() const { return warnings_; }

    StageServer server;
    std::shared_ptr<StillProjector> projector = std::make_shared<StillProjector>();

private:
    QTemporaryDir directory_;

public:
    [[nodiscard]] QString filePath(const QString& name) const { return directory_.filePath(name); }

    StageVault keychain;
    Settings settings;
    Shortcuts shortcuts;
    DataUsage usage;
    FileVault file;
    VaultSwitch vault;
    ServersModel servers;
    ServerHealth health;
    Api api;
    Session session;
    Database cacheDatabase;
    PageCache pages;
    KeptAnswers kept;
    Api reads;
    AccountsModel accounts;
    Database database;
    StageClock outboxClock;
    Outbox outbox;
    ActivityModel activity;
    EntityStore entities;
    FeedModel feed;
    FollowingFeed following;
    People people;
    Drafts drafts;
    CommentSender sender;
    OwnComments ownComments;
    CommentsModel comments;
    VideoPlaylist playlist{nullptr};
    Database conversationsDatabase;
    ChatStore chatStore;
    FileCache videos;
    FileCache pictures;
    OfflineStore offline;
    VideoSaver saver;
    ChatBook chatBook;
    MessageSender messageSender;
    ConversationsModel conversations;
    ChatModel chat;
    PlaybackController playback;
    Publishing publishing;
    KeptForServers keptForServers;
    ServerLink link;
    NetworkAdminTransport adminLine;
    AdminClient admin;
    SimulatorWatch simulatorWatch;
    SimulatorDesk simulatorDesk;
    Diagnostics diagnostics;
    // What the bundle is made of.
    QList<BundlePart> bundle{
        {QStringLiteral("about.txt"), "tikgok: 0.1.0\nQt: 6.4.2\nsystem: Stage\n"},
        {QStringLiteral("log.txt"), "2026-11-27T20:00:00.000Z info tikgok.session: a line\n"}};

private:
    [[nodiscard]] QString filesIn(const StageOptions& options, const QString& name) const;

    std::unique_ptr<sim::Simulator> simulator_;
    int filled_ = 0;
    QStringList warnings_;
    QTranslator translator_;
    // Goes first: the window uses everything above.
    std::unique_ptr<QQmlEngine> engine_;
    std::unique_ptr<StagedWindow> staged_;
};

}  // namespace tikgok::test
