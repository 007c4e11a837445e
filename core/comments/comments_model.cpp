// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/comments/comments_model.h"

#include "core/comments/date_text.h"
#include "core/contract/endpoints.h"
#include "core/entities/convert.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace tikgok {

CommentsModel::CommentsModel(Api& api, Session& session, EntityStore& store, Outbox& outbox,
                             CommentSender& sender, Drafts& drafts, CommentsOptions options, QObject* parent)
    : QAbstractListModel(parent),
      api_(api),
      session_(session),
      store_(store),
      outbox_(outbox),
      sender_(sender),
      drafts_(drafts),
      options_(options),
      account_(draftsKey()) {
    undoTimer_.setSingleShot(true);
    undoTimer_.setInterval(options_.undoTime);
    connect(&undoTimer_, &QTimer::timeout, this, &CommentsModel::finishUndo);
    connectOutbox();
    connect(&session_, &Session::signedInChanged, this, &CommentsModel::accountMayHaveChanged);
    connect(&session_, &Session::serverChanged, this, &CommentsModel::serverChanged);
    connect(&store_, &EntityStore::meReady, this, [this] {
        if (!rows_.isEmpty()) {
            Q_EMIT dataChanged(index(0), index(count() - 1), {AuthorAvatarRole});
        }
    });
}

CommentsModel::~CommentsModel() {
    finishUndo();
    if (video_) {
        video_->use().release();
    }
}

// --- what is shown

int CommentsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> CommentsModel::roleNames() const {
    return {
        {CommentIdRole, QByteArrayLiteral("commentId")},
        {AuthorNameRole, QByteArrayLiteral("authorName")},
        {AuthorAvatarRole, QByteArrayLiteral("authorAvatar")},
        {AuthorIdRole, QByteArrayLiteral("authorId")},
        {AuthorKnownRole, QByteArrayLiteral("authorKnown")},
        {ContentRole, QByteArrayLiteral("content")},
        {DateTextRole, QByteArrayLiteral("dateText")},
        {OwnRole, QByteArrayLiteral("own")},
        {StatusRole, QByteArrayLiteral("status")},
        {FailedKindRole, QByteArrayLiteral("failedKind")},
        {FailedWordsRole, QByteArrayLiteral("failedWords")},
    };
}

QVariant CommentsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Row& row = rows_.at(index.row());
    const contract::Comment& comment = row.comment;
    const bool own = row.post != 0 || isOwn(comment);
    // TikGok sends the comment's own id as its author and nothing else (contract.md section 5, row 13).
    const bool known = comment.user.id > 0 && comment.user.id != comment.id && !comment.user.name.empty();
    switch (role) {
        case CommentIdRole:
            return comment.id > 0 ? QString::number(comment.id) : QString();
        case AuthorNameRole:
            return own ? session_.userName() : shownText(comment.user.name);
        case AuthorAvatarRole: {
            if (const UserEntity* me = own ? store_.findUser(session_.lastUserId()) : nullptr) {
                return me->avatarUrl();
            }
            return webUrl(comment.user.avatar);
        }
        case AuthorIdRole:
            if (own) {
                return session_.userIdText();
            }
            return known ? QString::number(comment.user.id) : QString();
        case AuthorKnownRole:
            return own || known;
        case ContentRole:
        case Qt::DisplayRole:
            return shownText(comment.content);
        case DateTextRole:
            return dateText(QString::fromStdString(comment.createDate), QDateTime::currentDateTime(),
                            locale_);
        case OwnRole:
            return own;
        case StatusRole:
            return QVariant::fromValue(row.status);
        case FailedKindRole:
            return QVariant::fromValue(row.errorKind);
        case FailedWordsRole:
            return row.errorWords;
        default:
            return {};
    }
}

int CommentsModel::total() const {
    return video_ ? video_->commentCount() : 0;
}

int CommentsModel::maxLength() const {
    return static_cast<int>(contract::kMaxCommentLength);
}

QString CommentsModel::lengthUnit() const {
    return QStringLiteral("characters");
}

void CommentsModel::setLocale(const QLocale& locale) {
    locale_ = locale;
    if (!rows_.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {DateTextRole});
    }
}

QString CommentsModel::draftsKey() const {
    const QString account = session_.accountKey();
    return account.isEmpty() ? session_.server() + QStringLiteral("|0") : account;
}

bool CommentsModel::isOwn(const contract::Comment& comment) const {
    // Who is named is believed: an id may be given twice, as the official demo does.
    if (comment.user.name.empty() && ownIds_.contains(comment.id)) {
        return true;
    }
    return session_.lastUserId() > 0 && comment.user.id == session_.lastUserId() &&
           comment.user.id != comment.id;
}

int CommentsModel::rowOfPost(IntentId id) const {
    const auto found = std::ranges::find(rows_, id, &Row::post);
    return id == 0 || found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int CommentsModel::rowOfComment(contract::Id id) const {
    const auto found =
        std::ranges::find_if(rows_, [id](const Row& row) { return row.post == 0 && row.comment.id == id; });
    return id <= 0 || found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

CommentsModel::Row CommentsModel::rowFor(const Intent& post) {
    const bool failed = post.state == IntentState::Failed;
    Row row{.post = post.id,
            .comment = {},
            .status = failed ? Status::Failed : Status::Pending,
            .errorKind = post.errorKind,
            .errorWords = failed ? post.errorWords : QString()};
    row.comment.content = post.text.toStdString();
    return row;
}

bool CommentsModel::serverKeepsNone() const {
    return session_.traits().dialect == Dialect::Demo;
}

bool CommentsModel::isShown(contract::Id videoId) const {
    return video_ && video_->id() == videoId;
}

void CommentsModel::rowChanged(int row) {
    if (row >= 0) {
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void CommentsModel::insertRow(int at, Row row) {
    beginInsertRows({}, at, at);
    rows_.insert(at, std::move(row));
    endInsertRows();
    Q_EMIT countChanged();
}

void CommentsModel::removeRow(int at) {
    if (at < 0) {
        return;
    }
    beginRemoveRows({}, at, at);
    rows_.removeAt(at);
    endRemoveRows();
    Q_EMIT countChanged();
}

// Goes from the rows that are there to `target` without disturbing those that stay. Lists may be long: what
// comes and goes together is told together.
void CommentsModel::setRows(QList<Row> target) {
    using Key = std::pair<IntentId, contract::Id>;
    const auto keyOf = [](const Row& row) { return Key(row.post, row.post != 0 ? 0 : row.comment.id); };
    const auto keysOf = [&keyOf](const QList<Row>& rows) {
        QSet<Key> keys;
        keys.reserve(rows.size());
        for (const Row& row : rows) {
            keys.insert(keyOf(row));
        }
        return keys;
    };
    const int before = count();
    const QSet<Key> wanted = keysOf(target);
    for (int last = count() - 1; last >= 0; --last) {
        int first = last + 1;
        while (first > 0 && !wanted.contains(keyOf(rows_.at(first - 1)))) {
            --first;
        }
        if (first <= last) {
            beginRemoveRows({}, first, last);
            rows_.remove(first, last - first + 1);
            endRemoveRows();
            last = first;
        }
    }
    const QSet<Key> there = keysOf(rows_);
    const auto size = static_cast<int>(target.size());
    for (int i = 0; i < size; ++i) {
        const Key key = keyOf(target.at(i));
        if (!there.contains(key)) {
            int last = i;
            while (last + 1 < size && !there.contains(keyOf(target.at(last + 1)))) {
                ++last;
            }
            beginInsertRows({}, i, last);
            rows_ = rows_.mid(0, i) + target.mid(i, last - i + 1) + rows_.mid(i);
            endInsertRows();
            i = last;
            continue;
        }
        int at = i;
        while (keyOf(rows_.at(at)) != key) {
            ++at;
        }
        if (at != i) {
            beginMoveRows({}, at, at, {}, i);
            rows_.move(at, i);
            endMoveRows();
        }
    }
    rows_ = std::move(target);
    if (!rows_.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1));
    }
    if (count() != before) {
        Q_EMIT countChanged();
    }
}

void CommentsModel::setState(State state, const Error* error) {
    const ErrorKind kind = error == nullptr ? ErrorKind::None : error->kind;
    const QString words = error == nullptr ? QString() : error->serverWords;
    if (state == state_ && kind == errorKind_ && words == errorWords_) {
        return;
    }
    state_ = state;
    errorKind_ = kind;
    errorWords_ = words;
    Q_EMIT stateChanged();
}

// --- reading

void CommentsModel::setVideo(VideoEntity* video) {
    if (video == video_) {
        return;
    }
    finishUndo();
    if (video_) {
        disconnect(video_, nullptr, this, nullptr);
        video_->use().release();
    }
    video_ = video;
    if (video_) {
        video_->use().hold();
        connect(video_, &VideoEntity::commentCountChanged, this, &CommentsModel::totalChanged);
    }
    Q_EMIT videoChanged();
    startList();
}

void CommentsModel::startList() {
    listScope_.restart();
    ownScope_.restart();
    beginResetModel();
    rows_.clear();
    listed_ = false;
    if (video_) {
        const QList<Intent> all = outbox_.all(session_.accountKey());
        for (const Intent& one : all) {
            if (one.kind == IntentKind::Comment && one.target == video_->id()) {
                ownIds_.insert(CommentSender::commentOf(one));
            }
        }
        QList<Row> written = unkept_.value(video_->id());
        const QList<Intent> posts = outbox_.open(session_.accountKey(), IntentKind::Comment, video_->id());
        for (const Intent& post : posts) {
            written.append(rowFor(post));
        }
        placeWritten(std::move(written), rows_);
    }
    endResetModel();
    setSavedAt(std::nullopt);
    setState(State::Idle);
    Q_EMIT countChanged();
    Q_EMIT totalChanged();
    Q_EMIT draftChanged();
    if (video_) {
        store_.me();
        load();
        readOwn();
    }
}

QCoro::Task<> CommentsModel::readOwn() {
    if (own_ == nullptr || session_.accountKey().isEmpty()) {
        co_return;
    }
    ownScope_.restart();
    const std::stop_token alive = ownScope_.token();
    const auto ids = co_await own_->of(session_.accountKey(), video_->id(), alive);
    if (alive.stop_requested() || !ids || ids->isEmpty()) {
        co_return;
    }
    ownIds_.unite(QSet<contract::Id>(ids->cbegin(), ids->cend()));
    if (!rows_.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1));
    }
}

void CommentsModel::refresh() {
    if (video_) {
        load();
    }
}

Api::Call<std::vector<contract::Comment>> CommentsModel::readList(contract::Id videoId,
                                                                  std::stop_token alive) {
    const QString token = session_.token();
    auto answer = co_await api_.comments(videoId, token, alive);
    if (alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    if (answer || answer.error().kind != ErrorKind::SignedOut || token.isEmpty()) {
        co_return std::move(answer);
    }
    session_.reportSignedOut(token);
    if (alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    // Our server lets strangers read; some do not.
    auto asStranger = co_await api_.comments(videoId, QString(), alive);
    co_return std::move(asStranger);
}

QCoro::Task<> CommentsModel::load() {
    listScope_.restart();
    const std::stop_token alive = listScope_.token();
    const QPointer<VideoEntity> video = video_;
    setState(State::Loading);
    auto list = co_await readList(video->id(), alive);
    if (alive.stop_requested() || !video || video != video_) {
        co_return;
    }
    if (!list) {
        setState(State::Failed, &list.error());
        co_return;
    }
    // An older answer is worth nothing when a newer one is shown.
    const bool newerShown = listed_ && !savedAt_.isValid();
    setSavedAt(list.savedAt);
    if (list.savedAt && newerShown) {
        setState(State::Ready);
        co_return;
    }
    showList(std::move(*list));
}

void CommentsModel::setSavedAt(std::optional<qint64> savedAt) {
    const QDateTime time = savedAt ? QDateTime::fromMSecsSinceEpoch(*savedAt) : QDateTime();
    if (std::exchange(savedAt_, time) != time) {
        Q_EMIT savedAtChanged();
    }
}

void CommentsModel::serverIsBack() {
    if (video_ && (savedAt_.isValid() || (state_ == State::Failed && isAway(errorKind_)))) {
        load();
    }
}

void CommentsModel::showList(std::vector<contract::Comment> comments) {
    const contract::Id videoId = video_->id();
    QList<Row> target;
    QList<Row> written = unkept_.value(videoId);
    qint64 existing = written.size();
    const QList<Intent> posts = outbox_.open(session_.accountKey(), IntentKind::Comment, videoId);
    for (const Intent& post : posts) {
        if (post.maybeDone && sender_.findArrived(post, comments)) {
            outbox_.retry(post.id);  // it looks by itself, and now it will find
            counted_.insert(post.id);
            continue;
        }
        written.append(rowFor(post));
        const bool wanted = post.state != IntentState::Failed;
        countFor(post, wanted);
        existing += wanted ? 1 : 0;
    }
    const QList<Intent> removals = outbox_.open(session_.accountKey(), IntentKind::DeleteComment, videoId);
    for (const Intent& removal : removals) {
        countFor(removal, removal.state != IntentState::Failed);
    }
    QHash<contract::Id, std::pair<ErrorKind, QString>> failures;
    for (const Row& row : std::as_const(rows_)) {
        if (row.post == 0 && row.errorKind != ErrorKind::None) {
            failures.insert(row.comment.id, {row.errorKind, row.errorWords});
        }
    }
    if (savedAt_.isValid()) {
        std::vector<contract::Comment> since = writtenSince();
        comments.insert(comments.begin(), std::make_move_iterator(since.begin()),
                        std::make_move_iterator(since.end()));
    }
    const QSet<contract::Id> leaving = goingIds();
    QSet<contract::Id> seen;
    for (contract::Comment& comment : comments) {
        if (seen.contains(comment.id)) {
            continue;
        }
        seen.insert(comment.id);
        store_.user(comment.user.id == comment.id ? contract::User() : comment.user,
                    savedAt_.isValid() ? kOldReading : store_.beginReading());
        Row row{.post = 0,
                .comment = std::move(comment),
                .status = Status::Sent,
                .errorKind = {},
                .errorWords = {}};
        const bool goes = leaving.contains(row.comment.id);
        row.status = goes ? Status::Deleting : Status::Sent;
        existing += goes ? 0 : 1;
        if (const auto failure = failures.constFind(row.comment.id); failure != failures.constEnd()) {
            row.errorKind = failure->first;
            row.errorWords = failure->second;
        }
        target.append(std::move(row));
    }
    placeWritten(std::move(written), target);
    setRows(std::move(target));
    listed_ = true;
    // The server may have counted on since an old list was read.
    if (!savedAt_.isValid()) {
        video_->setCommentCount(existing);
    }
    setState(State::Ready);
}

// Newest first, whatever became of them: above the list, but below those that were written later and are in
// it.
void CommentsModel::placeWritten(QList<Row> written, QList<Row>& list) const {
    QHash<contract::Id, IntentId> sent;
    if (!written.isEmpty() && !serverKeepsNone()) {
        const QList<Intent> all = outbox_.all(session_.accountKey());
        for (const Intent& one : all) {
            if (one.kind == IntentKind::Comment && one.state == IntentState::Sent &&
                one.target == video_->id()) {
                sent.insert(CommentSender::commentOf(one), one.id);
            }
        }
    }
    std::ranges::sort(written, std::ranges::greater(), &Row::post);
    qsizetype at = 0;
    for (Row& one : written) {
        for (qsizetype below = at; !sent.isEmpty() && below < list.size(); ++below) {
            if (sent.value(list.at(below).comment.id) > one.post) {
                at = below + 1;
            }
        }
        list.insert(at++, std::move(one));
    }
}

std::vector<contract::Comment> CommentsModel::writtenSince() const {
    std::vector<contract::Comment> since;
    if (serverKeepsNone()) {
        return since;
    }
    const QList<Intent> all = outbox_.all(session_.accountKey());
    QSet<contract::Id> removed;
    for (const Intent& one : all) {
        if (one.kind == IntentKind::DeleteComment && one.state == IntentState::Sent) {
            removed.insert(one.object);
        }
    }
    for (const Intent& one : all) {
        const bool sent = one.kind == IntentKind::Comment && one.state == IntentState::Sent &&
                          one.target == video_->id() && one.createdAt >= savedAt_.toMSecsSinceEpoch();
        const contract::Id id = sent ? CommentSender::commentOf(one) : 0;
        if (id <= 0 || removed.contains(id)) {
            continue;
        }
        contract::Comment comment;
        comment.id = id;
        comment.user.id = session_.lastUserId();
        comment.content = one.text.toStdString();
        comment.createDate = std::to_string(one.createdAt);
        since.push_back(std::move(comment));
    }
    return since;
}

// --- accounts and servers

void CommentsModel::accountMayHaveChanged() {
    const QString now = draftsKey();
    if (now == account_) {
        if (session_.signedIn() && state_ == State::Failed && errorKind_ == ErrorKind::SignedOut) {
            refresh();
        }
        return;
    }
    if (undo_ && !session_.accountKey().isEmpty()) {
        finishUndo();  // another one came; the outbox keeps it for the one who wanted it
    } else if (undo_) {
        // Signed out: nobody may do it in that account's name, so it stays.
        const Removal removal = *undo_;
        clearUndo();
        adjustCount(removal.videoId, 1);
        restoreRemoved(removal.commentId, nullptr);
    }
    const QString stranger = session_.server() + QStringLiteral("|0");
    const QString former = std::exchange(account_, now);
    if (former == stranger) {
        drafts_.adopt(former, now);
    }
    // What the former account wrote waits for it in the outbox.
    uncountAll();
    ownScope_.restart();
    ownIds_.clear();
    unkept_.clear();
    startList();
}

void CommentsModel::serverChanged() {
    finishUndo();
    askingForAccount_ = false;
    counted_.clear();
    arrived_.clear();
    ownScope_.restart();
    ownIds_.clear();
    unkept_.clear();
    account_ = draftsKey();
    if (video_) {
        disconnect(video_, nullptr, this, nullptr);
        video_->use().release();
        video_ = nullptr;
        Q_EMIT videoChanged();
    }
    startList();
}

void CommentsModel::adjustCount(contract::Id videoId, int by) {
    if (VideoEntity* video = store_.findVideo(videoId)) {
        video->adjustCommentCount(by);
    } else if (video_ && video_->id() == videoId) {
        video_->adjustCommentCount(by);
    }
}

}  // namespace tikgok
