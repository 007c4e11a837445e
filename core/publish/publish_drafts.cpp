// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/publish/publish_drafts.h"

#include <QDateTime>
#include <QFileInfo>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tikgok {

namespace {

using namespace std::chrono_literals;

// What the disk refused is tried again after this.
constexpr auto kAgain = 10s;

QString strangerOf(const Session& session) {
    return session.server() + QStringLiteral("|stranger");
}

}  // namespace

PublishDrafts::PublishDrafts(Session& session, PublishStore& store, FileDesk& files, QObject* parent)
    : QAbstractListModel(parent), session_(session), store_(store), files_(files), account_(account()) {
    soon_.setSingleShot(true);
    soon_.setInterval(1s);
    latest_.setSingleShot(true);
    latest_.setInterval(5s);
    connect(&soon_, &QTimer::timeout, this, &PublishDrafts::flush);
    connect(&latest_, &QTimer::timeout, this, &PublishDrafts::flush);
    connect(&session_, &Session::signedInChanged, this, &PublishDrafts::accountMayHaveChanged);
    connect(&session_, &Session::serverChanged, this, &PublishDrafts::accountMayHaveChanged);
    load();
}

PublishDrafts::~PublishDrafts() {
    // The database runs what it was given also when nobody waits any more.
    flush();
}

QString PublishDrafts::account() const {
    const QString key = session_.accountKey();
    return key.isEmpty() ? strangerOf(session_) : key;
}

QCoro::Task<> PublishDrafts::load() {
    const std::stop_token alive = scope_.token();
    loading_ = true;
    removed_.clear();
    auto kept = co_await store_.drafts(alive);
    if (alive.stop_requested()) {
        co_return;
    }
    loading_ = false;
    QStringList recordings;
    if (kept) {
        for (PublishDraft& draft : *kept) {
            if (!std::ranges::any_of(all_, [&](const PublishDraft& one) { return one.id == draft.id; })) {
                lastId_ = std::max(lastId_, draft.id);
                if (removed_.contains(draft.id)) {
                    continue;  // after it was read
                }
                if (isForgotten(draft.account)) {
                    erase(draft.id);
                    if (files_.isRecording(draft.path)) {
                        recordings.append(draft.path);
                    }
                    continue;
                }
                all_.append(std::move(draft));
            }
        }
    }
    // Once all that name them are known.
    for (const QString& recording : std::as_const(recordings)) {
        files_.remove(recording);
    }
    if (kept) {
        forgotten_.clear();
        forgottenServers_.clear();
    }
    whole_ = kept.has_value();
    loaded_ = true;
    adoptStrangers();
    rebuild();
    look();
    Q_EMIT loadedChanged();
}

void PublishDrafts::loadAgain() {
    if (loaded_ && !whole_ && !loading_) {
        load();
    }
}

std::int64_t PublishDrafts::nextId() {
    lastId_ = std::max<std::int64_t>(lastId_ + 1, QDateTime::currentMSecsSinceEpoch());
    return lastId_;
}

std::optional<PublishDraft> PublishDrafts::draft(std::int64_t id) const {
    const auto found = std::ranges::find(all_, id, &PublishDraft::id);
    return found == all_.end() ? std::nullopt : std::optional(*found);
}

int PublishDrafts::rowOf(std::int64_t id) const {
    return static_cast<int>(rows_.indexOf(id));
}

void PublishDrafts::put(PublishDraft draft) {
    if (draft.isEmpty()) {
        remove(draft.id);
        return;
    }
    const std::int64_t id = draft.id;
    draft.changedAt = QDateTime::currentMSecsSinceEpoch();
    const auto found = std::ranges::find(all_, id, &PublishDraft::id);
    if (found == all_.end()) {
        const bool mine = draft.account == account_;
        all_.prepend(std::move(draft));
        if (mine) {
            beginInsertRows({}, 0, 0);
            rows_.prepend(id);
            endInsertRows();
            Q_EMIT countChanged();
        }
    } else {
        if (found->path != draft.path) {
            gone_.remove(id);
        }
        *found = std::move(draft);
        if (const int row = rowOf(id); row >= 0) {
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
    dirty_.insert(id);
    soon_.start();
    if (!latest_.isActive()) {
        latest_.start();
    }
}

void PublishDrafts::remove(std::int64_t id) {
    if (loading_) {
        removed_.insert(id);
    }
    const auto found = std::ranges::find(all_, id, &PublishDraft::id);
    if (found == all_.end()) {
        return;
    }
    all_.erase(found);
    dirty_.remove(id);
    gone_.remove(id);
    erase(id);
    if (const int row = rowOf(id); row >= 0) {
        beginRemoveRows({}, row, row);
        rows_.removeAt(row);
        endRemoveRows();
        Q_EMIT countChanged();
    }
}

void PublishDrafts::forget(const QString& account) {
    if (!whole_) {
        forgotten_.insert(account);
    }
    QList<std::int64_t> ids;
    for (const PublishDraft& draft : std::as_const(all_)) {
        if (draft.account == account) {
            ids.append(draft.id);
        }
    }
    for (const std::int64_t id : std::as_const(ids)) {
        discard(QString::number(id));
    }
}

bool PublishDrafts::isForgotten(const QString& account) const {
    return forgotten_.contains(account) || std::ranges::any_of(forgottenServers_, [&](const QString& server) {
               return account.startsWith(accountPrefix(server));
           });
}

int PublishDrafts::countOf(const QString& server) const {
    return static_cast<int>(std::ranges::count_if(
        all_, [&](const PublishDraft& draft) { return draft.account.startsWith(accountPrefix(server)); }));
}

QCoro::Task<Result<void>> PublishDrafts::forgetServer(QString server) {
    const std::stop_token alive = scope_.token();
    auto done = co_await store_.removeAll(server, alive);
    if (alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    if (!done) {
        co_return std::move(done);
    }
    if (!whole_) {
        forgottenServers_.append(server);
    }
    QList<std::int64_t> ids;
    for (const PublishDraft& draft : std::as_const(all_)) {
        if (draft.account.startsWith(accountPrefix(server))) {
            ids.append(draft.id);
        }
    }
    for (const std::int64_t id : std::as_const(ids)) {
        discard(QString::number(id));
    }
    co_return Result<void>();
}

void PublishDrafts::discard(const QString& text) {
    const auto one = draft(text.toLongLong());
    remove(text.toLongLong());
    if (one && files_.isRecording(one->path)) {
        files_.remove(one->path);
    }
}

QStringList PublishDrafts::paths() const {
    QStringList paths;
    for (const PublishDraft& draft : all_) {
        paths.append(draft.path);
    }
    return paths;
}

void PublishDrafts::flush() {
    soon_.stop();
    latest_.stop();
    const QSet<std::int64_t> now = std::exchange(dirty_, {});
    for (const std::int64_t id : now) {
        if (auto one = draft(id)) {
            write(std::move(*one));
        }
    }
}

QCoro::Task<> PublishDrafts::write(PublishDraft draft) {
    const std::stop_token alive = scope_.token();
    const std::int64_t id = draft.id;
    const auto done = co_await store_.save(std::move(draft), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!done) {
        dirty_.insert(id);
        latest_.start(kAgain);
    }
    setUnsaved(!done);
    if (done) {
        loadAgain();
    }
}

QCoro::Task<> PublishDrafts::erase(std::int64_t id) {
    co_await store_.remove(id, scope_.token());
}

void PublishDrafts::checkFiles() {
    loadAgain();
    look();
}

QCoro::Task<> PublishDrafts::look() {
    const std::stop_token alive = scope_.token();
    const QList<std::int64_t> ids = rows_;
    for (const std::int64_t id : ids) {
        const auto one = draft(id);
        if (!one || one->path.isEmpty()) {
            continue;
        }
        const auto stamp = co_await files_.stamp(one->path, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        const bool gone = !stamp && stamp.error() == PublishProblem::FileGone;
        const int row = rowOf(id);
        if (row < 0 || gone == gone_.contains(id)) {
            continue;
        }
        if (gone) {
            gone_.insert(id);
        } else {
            gone_.remove(id);
        }
        Q_EMIT dataChanged(index(row), index(row), {GoneRole});
    }
}

void PublishDrafts::adoptStrangers() {
    const QString now = account();
    const QString stranger = strangerOf(session_);
    // What was begun before there was a server, as with a file on the command line, goes to the first one.
    const QString nowhere = session_.server().isEmpty() ? now : QStringLiteral("|stranger");
    for (PublishDraft& draft : all_) {
        if (draft.account != now && (draft.account == stranger || draft.account == nowhere)) {
            draft.account = now;
            dirty_.insert(draft.id);
        }
    }
}

void PublishDrafts::accountMayHaveChanged() {
    adoptStrangers();
    flush();
    account_ = account();
    rebuild();
    checkFiles();
    Q_EMIT accountChanged();
}

void PublishDrafts::rebuild() {
    beginResetModel();
    rows_.clear();
    std::ranges::stable_sort(all_, std::ranges::greater(), &PublishDraft::changedAt);
    for (const PublishDraft& draft : std::as_const(all_)) {
        if (draft.account == account_) {
            rows_.append(draft.id);
        }
    }
    endResetModel();
    Q_EMIT countChanged();
}

int PublishDrafts::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant PublishDrafts::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const auto one = draft(rows_.at(index.row()));
    if (!one) {
        return {};
    }
    switch (role) {
        case DraftIdRole:
            return QString::number(one->id);
        case Qt::DisplayRole:
        case TitleRole:
            return one->title;
        case FileNameRole:
            return QFileInfo(one->path).fileName();
        case ThumbRole:
            return one->thumb.isEmpty() ? QString()
                                        : QStringLiteral("data:image/jpeg;base64,") +
                                              QString::fromLatin1(one->thumb.toBase64());
        case SizeRole:
            return qint64(one->stamp.size);
        case GoneRole:
            return gone_.contains(one->id);
        case RecordedRole:
            return files_.isRecording(one->path);
        default:
            return {};
    }
}

QHash<int, QByteArray> PublishDrafts::roleNames() const {
    return {{DraftIdRole, "draftId"}, {TitleRole, "title"}, {FileNameRole, "fileName"}, {ThumbRole, "thumb"},
            {SizeRole, "size"},       {GoneRole, "gone"},   {RecordedRole, "recorded"}};
}

void PublishDrafts::setUnsaved(bool unsaved) {
    if (std::exchange(unsaved_, unsaved) != unsaved) {
        Q_EMIT unsavedChanged();
    }
}

}  // namespace tikgok
