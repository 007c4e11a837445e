// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/client.h"

#include "core/comments/unsent_texts.h"
#include "core/outbox/outbox_store.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <utility>

namespace tikgok {

ClientPaths ClientPaths::in(const QString& directory) {
    const QString config = directory.isEmpty()
                               ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
                               : QDir(directory).absolutePath();
    const QString data = directory.isEmpty()
                             ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                             : QDir(directory).absolutePath();
    QDir().mkpath(config);
    QDir().mkpath(data);
    return {.settingsFile = config + QStringLiteral("/settings.json"),
            .draftsFile = data + QStringLiteral("/drafts.json"),
            .databaseFile = data + QStringLiteral("/client.sqlite"),
            .simulatorDirectory = data + QStringLiteral("/simulator")};
}

Client::Client(const ClientPaths& paths, std::unique_ptr<TokenVault> vault, QObject* parent)
    : QObject(parent),
      settings_(paths.settingsFile),
      drafts_(paths.draftsFile),
      vault_(std::move(vault)),
      server_(paths.simulatorDirectory),
      api_(transport_),
      session_(api_, *vault_, settings_),
      database_(paths.databaseFile, {outboxSchema()}),
      outbox_(database_, session_),
      entities_(api_, session_, outbox_),
      feed_(api_, session_, entities_),
      following_(api_, session_, entities_),
      people_(api_, session_, entities_),
      commentSender_(api_, session_, outbox_),
      comments_(api_, session_, entities_, outbox_, commentSender_, drafts_),
      playback_(engine_.factory()) {
    moveUnsentTexts(drafts_, outbox_);
    connectServer();
    connectPlayback();
}

Client::~Client() = default;

void Client::start(const QUrl& server) {
    server_.use(server.isEmpty() ? QUrl(settings_.serverUrl()) : server);
}

void Client::connectServer() {
    connect(&server_, &ServerLink::ready, this, [this] {
        transport_.setServer(server_.url());
        session_.setServer(server_.key());
        feed_.refresh();
    });
    // What waits for a connection need not wait any longer when something else found one.
    connect(&feed_, &FeedModel::stateChanged, this, [this] {
        if (feed_.state() == FeedModel::State::Ready) {
            outbox_.poke();
        }
    });
}

void Client::connectPlayback() {
    playlist_.watch(&feed_, 0);
    playback_.setSource(&playlist_);
    playback_.setMuted(settings_.muted());
    playback_.setVolume(settings_.volume());
    playback_.setRate(settings_.playbackRate());
    // The controller is what people change; the settings remember it.
    connect(&playback_, &PlaybackController::mutedChanged, &settings_,
            [this] { settings_.setMuted(playback_.isMuted()); });
    connect(&playback_, &PlaybackController::volumeChanged, &settings_,
            [this] { settings_.setVolume(playback_.volume()); });
    connect(&playback_, &PlaybackController::rateChanged, &settings_,
            [this] { settings_.setPlaybackRate(playback_.rate()); });
    connect(&settings_, &Settings::mutedChanged, &playback_,
            [this] { playback_.setMuted(settings_.muted()); });
}

}  // namespace tikgok
