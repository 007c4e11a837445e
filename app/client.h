// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The client without its window: all objects of core, wired together. This is the one place that knows them
// all.
#pragma once

#include "app/client_paths.h"
#include "app/kept_for_servers.h"
#include "app/server_link.h"
#include "app/video_playlist.h"
#include "core/account/accounts_model.h"
#include "core/account/file_vault.h"
#include "core/account/session.h"
#include "core/account/token_vault.h"
#include "core/account/vault_switch.h"
#include "core/api/api.h"
#include "core/api/network_transport.h"
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
#include "core/chat/push_link.h"
#include "core/comments/comment_sender.h"
#include "core/comments/comments_model.h"
#include "core/comments/drafts.h"
#include "core/diagnostics/diagnostics.h"
#include "core/diagnostics/log_buffer.h"
#include "core/entities/entity_store.h"
#include "core/feed/feed_model.h"
#include "core/feed/following_feed.h"
#include "core/feed/list_recovery.h"
#include "core/outbox/activity_model.h"
#include "core/outbox/outbox.h"
#include "core/playback/playback_controller.h"
#include "core/playback/playback_engine.h"
#include "core/playback/prefetcher.h"
#include "core/publish/publishing.h"
#include "core/settings/data_usage.h"
#include "core/settings/settings.h"
#include "core/settings/shortcuts.h"
#include "core/simulator/network_admin_transport.h"
#include "core/simulator/simulator_desk.h"
#include "core/simulator/simulator_watch.h"
#include "core/social/people.h"
#include "core/storage/database.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace tikgok {

class Client final : public QObject {
    Q_OBJECT

public:
    // `vault` keeps the tokens, unless the person has them in a plain file.
    Client(const ClientPaths& paths, std::unique_ptr<TokenVault> vault, QObject* parent = nullptr);
    ~Client() override;

    // Goes online. Empty: the server of the settings, which at first is the one inside. Another one is used
    // for this run only.
    void start(const QUrl& server = {});

    [[nodiscard]] Settings& settings() { return settings_; }
    [[nodiscard]] ServerLink& server() { return server_; }
    [[nodiscard]] Api& api() { return api_; }
    [[nodiscard]] ServersModel& servers() { return servers_; }
    [[nodiscard]] ServerHealth& health() { return health_; }
    [[nodiscard]] Session& session() { return session_; }
    [[nodiscard]] FileCache& pictures() { return pictures_; }
    [[nodiscard]] FileCache& videos() { return videos_; }
    [[nodiscard]] OfflineStore& offline() { return offline_; }
    [[nodiscard]] VideoSaver& saver() { return saver_; }
    [[nodiscard]] AccountsModel& accounts() { return accounts_; }
    [[nodiscard]] VaultSwitch& vault() { return vaultSwitch_; }
    [[nodiscard]] Shortcuts& shortcuts() { return shortcuts_; }
    [[nodiscard]] DataUsage& usage() { return usage_; }
    [[nodiscard]] Diagnostics& diagnostics() { return diagnostics_; }
    [[nodiscard]] LogBuffer& log() { return log_; }
    [[nodiscard]] Database& database() { return database_; }
    [[nodiscard]] Outbox& outbox() { return outbox_; }
    [[nodiscard]] ActivityModel& activity() { return activity_; }
    [[nodiscard]] EntityStore& entities() { return entities_; }
    [[nodiscard]] FeedModel& feed() { return feed_; }
    [[nodiscard]] FollowingFeed& following() { return following_; }
    [[nodiscard]] People& people() { return people_; }
    [[nodiscard]] CommentsModel& comments() { return comments_; }
    [[nodiscard]] VideoPlaylist& playlist() { return playlist_; }
    [[nodiscard]] ConversationsModel& conversations() { return conversations_; }
    [[nodiscard]] ChatModel& chat() { return chat_; }
    [[nodiscard]] Publishing& publishing() { return publishing_; }
    [[nodiscard]] SimulatorWatch& simulatorWatch() { return simulatorWatch_; }
    [[nodiscard]] SimulatorDesk& simulatorDesk() { return simulatorDesk_; }
    [[nodiscard]] PlaybackController& playback() { return playback_; }

private:
    // Requests go to it from now on; empty: to none.
    void askOf(const QUrl& server);
    void connectServer();
    void connectAccounts();
    void connectPlayback();
    void watchNetwork();
    void connectCaches();
    // By whose eyes what was asked with this token is seen; see AccountOf.
    [[nodiscard]] QString eyesOf(const QString& token) const;
    void prefetch(const std::vector<Prefetcher::Wish>& wishes);
    void connectChat();
    void connectSimulator();
    std::function<void(qint64)> counts(Traffic kind);

    // Each may use those above it; destroyed from the last to the first.
    LogBuffer log_;
    Settings settings_;
    Shortcuts shortcuts_;
    DataUsage usage_;
    Drafts drafts_;
    std::unique_ptr<TokenVault> vault_;
    FileVault fileVault_;
    VaultSwitch vaultSwitch_;
    ServerLink server_;
    ServersModel servers_;
    NetworkTransport transport_;
    ServerHealth health_;
    Api api_;
    Session session_;
    AccountsModel accounts_;
    Database database_;
    Outbox outbox_;
    ActivityModel activity_;
    Database cacheDatabase_;
    PageCache pages_;
    KeptAnswers kept_;
    // For those who show what they read: may answer with what is kept.
    Api reads_;
    EntityStore entities_;
    FeedModel feed_;
    ListRecovery recovery_{feed_};
    FollowingFeed following_;
    People people_;
    CommentSender commentSender_;
    OwnComments ownComments_;
    CommentsModel comments_;
    FileCache pictures_;
    FileCache videos_;
    Database conversationsDatabase_;
    ChatStore chatStore_;
    OfflineStore offline_;
    VideoSaver saver_;
    ChatBook chatBook_;
    MessageSender messageSender_;
    ConversationsModel conversations_;
    ChatModel chat_;
    PushLink push_;
    PlaybackEngine engine_;
    VideoPlaylist playlist_{nullptr};
    PlaybackController playback_;
    Prefetcher prefetcher_;
    Publishing publishing_;
    KeptForServers keptForServers_;
    NetworkAdminTransport adminTransport_;
    AdminClient adminClient_;
    SimulatorWatch simulatorWatch_;
    SimulatorDesk simulatorDesk_;
    Diagnostics diagnostics_;
};

}  // namespace tikgok
