// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/publish/publishing.h"

#include "core/entities/convert.h"

#include <algorithm>

namespace tikgok {

Publishing::Publishing(Api& api, Session& session, Database& database, Outbox& outbox,
                       const PlayerFactory& players, const PublishingOptions& options, QObject* parent)
    : QObject(parent),
      api_(api),
      session_(session),
      outbox_(outbox),
      store_(database),
      files_(options.directory),
      limits_(session, store_),
      publisher_(api, session, outbox, files_, limits_, options.publisher),
      drafts_(session, store_, files_),
      jobs_(session, outbox, publisher_),
      editor_(session, outbox, drafts_, files_, limits_),
      preview_(players) {
    // A draft goes when the upload that came from it is safely on disk, and not before.
    connect(&outbox_, &Outbox::kept, this, [this](const Intent& intent) {
        if (intent.kind == IntentKind::Publish && intent.kept) {
            drafts_.remove(PublishData::read(intent.data).draft);
        }
    });
    connect(&outbox_, &Outbox::loadedChanged, this, &Publishing::tidyUp);
    connect(&drafts_, &PublishDrafts::loadedChanged, this, &Publishing::tidyUp);
    tidyUp();
}

Publishing::~Publishing() = default;

// What a crash between two steps left.
void Publishing::tidyUp() {
    if (tidy_ || !outbox_.loaded() || !drafts_.loaded()) {
        return;
    }
    tidy_ = true;
    QStringList named;
    const QList<Intent> all = outbox_.everything(IntentKind::Publish);
    for (const Intent& intent : all) {
        const PublishData data = PublishData::read(intent.data);
        if (intent.kept) {
            drafts_.remove(data.draft);
        }
        if (intent.state != IntentState::Sent) {
            named.append(data.keptPath);
        }
    }
    files_.sweep(named);
}

void Publishing::locate(const QString& videoId) {
    find(videoId);
}

QCoro::Task<> Publishing::find(QString videoId) {
    const std::stop_token alive = scope_.token();
    const auto list = co_await api_.publishList(session_.userId(), session_.token(), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (list) {
        const auto found = std::ranges::find(*list, videoId.toLongLong(), &contract::Video::id);
        if (found != list->end()) {
            Q_EMIT located(videoId, webUrl(found->playUrl), webUrl(found->coverUrl), shownText(found->title));
            co_return;
        }
    }
    Q_EMIT located(videoId, {}, {}, {});
}

}  // namespace tikgok
