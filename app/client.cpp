// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/client.h"

#include "app/diagnostics_parts.h"
#include "app/heap.h"
#include "app/playback_settings.h"
#include "core/camera/device_cameras.h"
#include "core/comments/unsent_texts.h"
#include "core/outbox/outbox_store.h"

#include <QDir>
#include <QFileInfo>
#include <QNetworkInformation>
#include <QStandardPaths>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <utility>

namespace tikgok {

Client::Client(const ClientPaths& paths, std::unique_ptr<TokenVault> vault, QObject* parent)
    : QObject(parent),
      settings_(paths.settingsFile),
      shortcuts_(settings_),
      usage_(settings_),
      drafts_(paths.draftsFile),
      vault_(std::move(vault)),
      fileVault_(paths.tokensFile),
      vaultSwitch_(*vault_, fileVault_, settings_.plainTextTokens()),
      server_(paths.simulatorDirectory),
      servers_(settings_,
               [this](const QUrl& url) {
                   return std::make_unique<NetworkTransport>(url,
                                                             NetworkOptions{.moved = counts(Traffic::Calls)});
               }),
      transport_({}, {.moved = counts(Traffic::Calls)}),
      health_(transport_),
      api_(health_),
      session_(api_, vaultSwitch_, settings_),
      accounts_(session_),
      database_(paths.databaseFile, {outboxSchema(), publishSchema(), OwnComments::schema()}),
      outbox_(database_, session_),
      activity_(outbox_, session_, database_),
      cacheDatabase_(paths.cacheDirectory + QStringLiteral("/cache.sqlite"), {pageCacheSchema()},
                     StorageClass::Disposable),
      pages_(cacheDatabase_, 0),  // its limit comes with the settings
      kept_(health_, pages_, [this](const QString& token) { return eyesOf(token); }),
      reads_(kept_),
      entities_(api_, session_, outbox_),
      feed_(reads_, session_, entities_),
      following_(reads_, session_, entities_),
      people_(reads_, session_, entities_),
      commentSender_(api_, session_, outbox_),
      ownComments_(database_),
      comments_(reads_, session_, entities_, outbox_, commentSender_, drafts_),
      pictures_({.directory = paths.cacheDirectory + QStringLiteral("/pictures"),
                 .limit = OfflineStore::kDefaultPictureLimit,
                 .received = counts(Traffic::Pictures)}),
      videos_({.directory = paths.cacheDirectory + QStringLiteral("/videos"),
               .limit = OfflineStore::kDefaultVideoLimit,
               .received = counts(Traffic::Videos)}),
      conversationsDatabase_(paths.conversationsFile, {ChatStore::schema()}, StorageClass::Disposable),
      chatStore_(conversationsDatabase_),
      offline_(videos_, pictures_, pages_,
               {.bytes = [this](std::stop_token alive) { return chatStore_.bytes(std::move(alive)); },
                .clear =
                    [this] {
                        chatStore_.clearMessages();
                        conversationsDatabase_.emptyLog({});
                    }}),
      saver_(videos_, {.directory = paths.moviesDirectory, .received = counts(Traffic::Videos)}),
      chatBook_(api_, session_, entities_, outbox_, chatStore_),
      messageSender_(api_, chatBook_.protocol(), outbox_),
      conversations_(chatBook_, session_, drafts_),
      chat_(chatBook_, session_, entities_, drafts_),
      push_(transport_, session_, chatBook_),
      engine_({.received = counts(Traffic::Videos), .source = &videos_}),
      playback_(engine_.factory()),
      prefetcher_(playback_, [this](const std::vector<Prefetcher::Wish>& wishes) { prefetch(wishes); }),
      publishing_(api_, session_, database_, outbox_, engine_.factory(),
                  {.directory = paths.publishDirectory,
                   .camera = {.directory = {}, .cameras = std::make_shared<DeviceCameras>()}}),
      keptForServers_({.session = session_,
                       .vault = vaultSwitch_,
                       .outbox = outbox_,
                       .texts = drafts_,
                       .comments = ownComments_,
                       .publishing = publishing_,
                       .chats = chatStore_,
                       .offline = offline_,
                       .databases = {&database_, &cacheDatabase_, &conversationsDatabase_}}),
      adminClient_(adminTransport_),
      simulatorWatch_(adminClient_, vaultSwitch_),
      simulatorDesk_(adminClient_, simulatorWatch_, session_),
      diagnostics_([this] { return diagnosticsParts(*this); },
                   [this] { return session_.secrets() + simulatorWatch_.secrets(); }) {
    session_.setServerFacts(&servers_);
    connect(&servers_, &ServersModel::traitsChanged, &session_, &Session::traitsChanged);
    comments_.knowOwnBy(ownComments_);
    servers_.setBelongings(&keptForServers_);
    accounts_.setOpenWrites([this](const QString& account) { return outbox_.openCount(account); });
    connect(&outbox_, &Outbox::openCountsChanged, &accounts_, &AccountsModel::openWritesChanged);
    moveUnsentTexts(drafts_, outbox_);
    connectServer();
    connectAccounts();
    connectPlayback();
    connectCaches();
    connectChat();
    connectSimulator();
}

Client::~Client() {
    // Goes before the address book does.
    servers_.setBelongings(nullptr);
}

void Client::start(const QUrl& server) {
    const bool forThisRun = !server.isEmpty();
    server_.use(forThisRun ? server : QUrl(settings_.serverUrl()), forThisRun);
}

std::function<void(qint64)> Client::counts(Traffic kind) {
    return [this, kind](qint64 bytes) { usage_.add(kind, bytes); };
}

void Client::askOf(const QUrl& server) {
    // No call that waits goes to another server than it was meant for.
    if (transport_.server() != server) {
        api_.serverChanged();
        reads_.serverChanged();
    }
    transport_.setServer(server);
}

void Client::connectServer() {
    connect(&server_, &ServerLink::changed, this, [this] {
        if (server_.state() != ServerLink::State::Ready) {
            servers_.setPresent(server_.key(), {}, server_.forThisRun());
            // Whoever chose another server has left this one, also when the other one does not come up.
            askOf({});
            adminTransport_.setServer({});
            simulatorWatch_.setServer({});
            push_.setServer({});
            session_.setServer({});
        }
    });
    connect(&servers_, &ServersModel::chosen, this, [this](const QUrl& url) {
        settings_.setServerUrl(url.toString());
        server_.use(url);
    });
    connect(&health_, &ServerHealth::recovered, this, [this] {
        outbox_.poke();
        servers_.serverIsBack();
        playback_.retryFailed();
        feed_.serverIsBack();
        following_.serverIsBack();
        comments_.serverIsBack();
        Q_EMIT people_.serverIsBack();
    });
    // Whether the window is on the screen.
    connect(&conversations_, &ConversationsModel::awakeChanged, this,
            [this] { health_.setWatched(conversations_.awake()); });
    health_.setWatched(conversations_.awake());
    connect(&server_, &ServerLink::ready, this, [this] {
        health_.reset();
        askOf(server_.url());
        pictures_.setServer(server_.url(), server_.key());
        videos_.setServer(server_.url(), server_.key());
        pages_.setBase(server_.url());
        push_.setServer(server_.url());
        servers_.setPresent(server_.key(), server_.url(), server_.forThisRun());
        session_.setServer(server_.key());
        feed_.refresh();
    });
    // What waits for a connection need not wait any longer when something else found one.
    connect(&feed_, &FeedModel::stateChanged, this, [this] {
        if (feed_.state() == FeedModel::State::Ready) {
            outbox_.poke();
        }
    });
    // Where the system tells of its network. Asking it starts a thread and a bus, so not before the first
    // video.
    constexpr std::chrono::seconds kAfterTheStart{3};
    QTimer::singleShot(kAfterTheStart, this, [this] { watchNetwork(); });
}

// The first backend that is loaded is the only one, so it is asked for all that is wanted, or else for the
// main thing.
void Client::watchNetwork() {
    using Feature = QNetworkInformation::Feature;
    const bool metered =
        QNetworkInformation::loadBackendByFeatures({Feature::Reachability, Feature::Metered});
    if (!metered && !QNetworkInformation::loadBackendByFeatures(Feature::Reachability)) {
        return;
    }
    QNetworkInformation* network = QNetworkInformation::instance();
    connect(network, &QNetworkInformation::reachabilityChanged, &outbox_,
            [this](QNetworkInformation::Reachability reachability) {
                if (reachability != QNetworkInformation::Reachability::Disconnected) {
                    outbox_.poke();
                }
            });
    if (metered) {
        const auto tell = [this, network] { prefetcher_.setMetered(network->isMetered()); };
        connect(network, &QNetworkInformation::isMeteredChanged, this, tell);
        tell();
    }
}

void Client::connectCaches() {
    // Limits are kept as megabytes.
    const auto apply = [this] {
        constexpr double kMegabyte = 1 << 20;
        offline_.setVideoLimit(settings_.videoCacheMegabytes() * kMegabyte);
        offline_.setPictureLimit(settings_.pictureCacheMegabytes() * kMegabyte);
    };
    apply();
    connect(&settings_, &Settings::videoCacheMegabytesChanged, this, apply);
    connect(&settings_, &Settings::pictureCacheMegabytesChanged, this, apply);
    feed_.keepPlaceIn(pages_);
    const auto watched = [this] { recovery_.setActive(playback_.isActive()); };
    connect(&playback_, &PlaybackController::activeChanged, this, watched);
    watched();
    connect(&recovery_, &ListRecovery::recovered, this, [this] {
        outbox_.poke();
        playback_.retryFailed();
    });
    for (const Database* database : {&cacheDatabase_, &conversationsDatabase_}) {
        connect(database, &Database::damageFound, &offline_, &OfflineStore::noteDamage);
    }
    connect(&playlist_, &PlaylistSource::changed, &prefetcher_, &Prefetcher::update);
}

QString Client::eyesOf(const QString& token) const {
    if (token.isEmpty()) {
        return session_.server() + QStringLiteral("|0");
    }
    return token == session_.token() ? session_.accountKey() : QString();
}

void Client::prefetch(const std::vector<Prefetcher::Wish>& wishes) {
    QList<PrefetchWish> list;
    for (const Prefetcher::Wish& wish : wishes) {
        list.append({.url = wish.url, .bytes = wish.bytes});
    }
    videos_.setPrefetch(list);
}

void Client::connectAccounts() {
    connect(&vaultSwitch_, &VaultSwitch::plainTextChanged, this, [this] {
        settings_.setPlainTextTokens(vaultSwitch_.plainText());
        session_.retryVault();
    });
    connect(&session_, &Session::accountRemoved, this, [this](const QString& account) {
        drafts_.forget(account);
        ownComments_.forget(account);
        pages_.forget(account);
        chatStore_.forget(account);
        outbox_.forget(account);
        publishing_.drafts()->forget(account);
        keptForServers_.emptyLogs();
    });
    const auto remember = [this] {
        if (const UserEntity* me = entities_.findUser(session_.userId())) {
            session_.rememberAvatar(me->avatarUrl().toString());
        }
    };
    connect(&entities_, &EntityStore::meReady, this, remember);
    connect(&session_, &Session::signedInChanged, this, remember);
}

void Client::connectPlayback() {
    playlist_.watch(&feed_, 0);
    playback_.setSource(&playlist_);
    // Maybe before there is a page that would do it.
    connect(&feed_, &FeedModel::placeRestored, &playback_, [this](int row) {
        if (playlist_.list() == &feed_) {
            playback_.setCurrentIndex(row);
        }
    });
    connectPlaybackSettings(settings_, playback_);
    connect(&playback_, &PlaybackController::currentIndexChanged, this, [videos = 0]() mutable {
        constexpr int kVideosBetween = 16;
        if (++videos % kVideosBetween == 0) {
            QThreadPool::globalInstance()->start(returnFreePages);
        }
    });
}

void Client::connectSimulator() {
    connect(&server_, &ServerLink::ready, this, [this] {
        adminTransport_.setServer(server_.url());
        simulatorWatch_.setServer(server_.key(), server_.adminToken());
    });
    connect(&health_, &ServerHealth::recovered, &simulatorWatch_, &SimulatorWatch::look);
    connect(&simulatorDesk_, &SimulatorDesk::worldChanged, &feed_, [this] { feed_.refresh(); });
}

void Client::connectChat() {
    connect(&push_, &PushLink::upChanged, &chat_, &ChatModel::setPushed);
    connect(&push_, &PushLink::upChanged, &conversations_, &ConversationsModel::setPushed);
}

}  // namespace tikgok
