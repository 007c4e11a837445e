// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/publish/publishing.h"

#include "core/entities/convert.h"
#include "core/outbox/outbox_rules.h"

#include <QSet>

#include <algorithm>

namespace tikgok {

namespace {

constexpr QSize kDraftPicture(160, 160);

RecorderOptions recorderIn(const QString& directory, RecorderOptions options) {
    options.directory = directory;
    return options;
}

}  // namespace

Publishing::Publishing(Api& api, Session& session, Database& database, Outbox& outbox,
                       const PlayerFactory& players, const PublishingOptions& options, QObject* parent)
    : QObject(parent),
      api_(api),
      session_(session),
      database_(database),
      outbox_(outbox),
      store_(database),
      files_(options.directory),
      limits_(session, store_),
      publisher_(api, session, outbox, files_, limits_, options.publisher),
      drafts_(session, store_, files_),
      jobs_(session, outbox, publisher_),
      editor_(session, outbox, drafts_, files_, limits_),
      preview_(players),
      camera_(recorderIn(files_.recordings(), options.camera)) {
    const auto limit = [this] { camera_.setLargest(largestRecording(limits_.now())); };
    connect(&limits_, &ServerLimits::changed, this, limit);
    limit();
    connect(&camera_, &CameraRecorder::recorded, this, [this](const QString& file, bool recovered) {
        if (recovered || editor_.state() == PublishEditor::State::Handing) {
            adopt(file);
        } else {
            editor_.openFile(QUrl::fromLocalFile(file));
        }
    });
    files_.setStillNamed([this](const QString& path) {
        bool named = false;
        eachRecording([&](const QString&, const QString& one) { named = named || one == path; });
        return named;
    });
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

void Publishing::eachRecording(
    const std::function<void(const QString& account, const QString& path)>& call) const {
    for (const PublishDraft& draft : drafts_.all()) {
        if (files_.isRecording(draft.path)) {
            call(draft.account, draft.path);
        }
    }
    const QList<Intent> uploads = outbox_.everything(IntentKind::Publish);
    for (const Intent& upload : uploads) {
        const QString path = isOpen(upload) ? PublishData::read(upload.data).keptPath : QString();
        if (files_.isRecording(path)) {
            call(upload.account, path);
        }
    }
}

int Publishing::recordingsOf(const QString& server) const {
    QSet<QString> going;
    QSet<QString> staying;
    eachRecording([&, prefix = accountPrefix(server)](const QString& account, const QString& path) {
        (account.startsWith(prefix) ? going : staying).insert(path);
    });
    return static_cast<int>((going - staying).size());
}

// What a crash between two steps left.
void Publishing::tidyUp() {
    if (!outbox_.loaded() || !drafts_.loaded()) {
        return;
    }
    QStringList named;
    const QList<Intent> all = outbox_.everything(IntentKind::Publish);
    for (const Intent& intent : all) {
        const PublishData data = PublishData::read(intent.data);
        if (intent.kept) {
            // Also when the drafts could be read only later: it would be published a second time.
            drafts_.remove(data.draft);
        }
        if (intent.state != IntentState::Sent) {
            named.append(data.keptPath);
        }
    }
    if (std::exchange(tidy_, true)) {
        return;  // by now there are files that are about to be named
    }
    if (!outbox_.whole() || !drafts_.whole()) {
        // What nobody names here may be named in the file, as the only copy of what waits to be sent.
        camera_.recover();
        return;
    }
    files_.sweep(named, database_.path());
    adoptStrays(named + drafts_.paths());
    camera_.recover();
}

// A recording that was whole when the program ended, and in no draft yet.
QCoro::Task<> Publishing::adoptStrays(QStringList named) {
    const std::stop_token alive = scope_.token();
    const QStringList strays = co_await files_.strays(std::move(named), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    const QStringList since = drafts_.paths();
    for (const QString& stray : strays) {
        if (!since.contains(stray)) {
            adopt(stray);
        }
    }
}

// Makes a draft of it, without opening it.
QCoro::Task<> Publishing::adopt(QString recording) {
    const std::stop_token alive = scope_.token();
    PublishDraft draft;
    draft.id = drafts_.nextId();
    draft.path = recording;
    const auto stamp = co_await files_.stamp(recording, alive);
    if (alive.stop_requested() || !stamp) {
        co_return;
    }
    draft.stamp = *stamp;
    draft.thumb = co_await files_.cover(recording, 0, kDraftPicture, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    draft.account = drafts_.account();
    drafts_.put(std::move(draft));
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
