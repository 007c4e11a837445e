// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The half of CommentsModel that writes: posting, removing, drafts.

#include "core/comments/comments_model.h"
#include "core/contract/text.h"
#include "core/entities/convert.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

int lengthInCharacters(const QString& text) {
    const QByteArray utf8 = text.toUtf8();
    const auto count = contract::characterCount({utf8.constData(), static_cast<std::size_t>(utf8.size())});
    return static_cast<int>(count.value_or(0));
}

}  // namespace

// --- drafts

QString CommentsModel::draft() const {
    return video_ ? drafts_.draft(account_, video_->videoIdText()) : QString();
}

void CommentsModel::setDraft(const QString& text) {
    if (!video_ || draft() == text) {
        return;
    }
    drafts_.setDraft(account_, video_->videoIdText(), text);
    Q_EMIT draftChanged();
}

int CommentsModel::draftLength() const {
    return lengthInCharacters(draft());
}

// --- posting

bool CommentsModel::post(const QString& text) {
    const QString trimmed = text.trimmed();
    const int length = lengthInCharacters(trimmed);
    if (!video_) {
        Q_EMIT refused(Problem::NoVideo, length);
        return false;
    }
    if (length == 0) {
        Q_EMIT refused(Problem::Empty, length);
        return false;
    }
    if (length > maxLength()) {
        Q_EMIT refused(Problem::TooLong, length);
        return false;
    }
    if (!session_.signedIn() && !session_.expired()) {
        setDraft(text);  // kept there until somebody is signed in
        askForAccount(trimmed);
        return true;
    }
    put(video_->id(), trimmed);
    setDraft(QString());
    if (!session_.signedIn()) {
        session_.whenSignedIn(this, QStringLiteral("comment"), [](bool) {});
    }
    return true;
}

void CommentsModel::put(contract::Id videoId, const QString& text) {
    Intent intent;
    intent.account = session_.accountKey();
    intent.kind = IntentKind::Comment;
    intent.target = videoId;
    intent.text = text;
    if (const VideoEntity* video = store_.findVideo(videoId)) {
        intent.caption = video->title();
    }
    // An old list does not know of the same words written elsewhere since.
    if (isShown(videoId) && state_ == State::Ready && !savedAt_.isValid()) {
        QSet<contract::Id> known;
        const std::string same = text.toStdString();
        for (const Row& row : std::as_const(rows_)) {
            if (row.post == 0 && row.comment.content == same) {
                known.insert(row.comment.id);
            }
        }
        intent.data = CommentSender::remember(known);
    }
    const auto post = outbox_.intent(outbox_.put(std::move(intent)));
    if (!post) {
        return;
    }
    if (isShown(videoId)) {
        insertRow(0, rowFor(*post));
    }
    countFor(*post, true);
}

void CommentsModel::askForAccount(const QString& text) {
    if (std::exchange(askingForAccount_, true)) {
        session_.requestAccount();
        return;
    }
    const contract::Id videoId = video_->id();
    session_.whenSignedIn(this, QStringLiteral("comment"), [this, videoId, text](bool signedIn) {
        if (std::exchange(askingForAccount_, false) && signedIn) {
            put(videoId, text);
            takeFromDraft(videoId, text);
        }
    });
}

// The account may have had a draft of its own, to which the stranger's was added.
void CommentsModel::takeFromDraft(contract::Id videoId, const QString& text) {
    const QString target = QString::number(videoId);
    QString rest = drafts_.draft(account_, target);
    const auto at = rest.lastIndexOf(text);
    if (at < 0) {
        return;
    }
    rest.remove(at, text.size());
    drafts_.setDraft(account_, target, rest.trimmed());
    if (isShown(videoId)) {
        Q_EMIT draftChanged();
    }
}

// --- what the outbox says

void CommentsModel::connectOutbox() {
    const auto mine = [this](void (CommentsModel::*then)(const Intent&)) {
        return [this, then](const Intent& intent) {
            const bool about = intent.kind == IntentKind::Comment || intent.kind == IntentKind::DeleteComment;
            if (about && intent.account == session_.accountKey()) {
                (this->*then)(intent);
            }
        };
    };
    connect(&sender_, &CommentSender::arrived, this, [this](IntentId id, const contract::Comment& comment) {
        arrived_.insert(id, comment);
        noteOwn(id, comment);
    });
    connect(&outbox_, &Outbox::loadedChanged, this, &CommentsModel::takeUpPosts);
    connect(&outbox_, &Outbox::changed, this, mine(&CommentsModel::onChanged));
    connect(&outbox_, &Outbox::sent, this, mine(&CommentsModel::onSent));
    connect(&outbox_, &Outbox::failed, this, mine(&CommentsModel::onFailed));
    connect(&outbox_, &Outbox::discarded, this, mine(&CommentsModel::onDiscarded));
}

// Also for the runs to come.
void CommentsModel::noteOwn(IntentId post, const contract::Comment& comment) {
    const auto intent = outbox_.intent(post);
    const bool named = !comment.user.name.empty();
    if (own_ != nullptr && intent && comment.id > 0 && !named && !serverKeepsNone()) {
        own_->add(intent->account, intent->target, comment.id);
    }
}

// Of an earlier run, read from disk a moment after this video was opened.
void CommentsModel::takeUpPosts() {
    if (!video_) {
        return;
    }
    const QList<Intent> posts = outbox_.open(session_.accountKey(), IntentKind::Comment, video_->id());
    for (const Intent& post : posts) {
        if (rowOfPost(post.id) < 0) {
            // One may have written meanwhile.
            const auto later = std::ranges::find_if(rows_.crbegin(), rows_.crend(),
                                                    [&post](const Row& row) { return row.post > post.id; });
            insertRow(static_cast<int>(rows_.crend() - later), rowFor(post));
            countFor(post, post.state != IntentState::Failed);
        }
    }
}

void CommentsModel::onChanged(const Intent& intent) {
    if (!isOpen(intent)) {
        return;  // onSent() hears of it, too
    }
    countFor(intent, intent.state != IntentState::Failed);
    const int row = intent.kind == IntentKind::Comment ? rowOfPost(intent.id) : -1;
    if (row >= 0) {
        rows_[row] = rowFor(intent);
        rowChanged(row);
    }
}

void CommentsModel::onSent(const Intent& intent) {
    countFor(intent, true);
    counted_.remove(intent.id);  // from now on the server counts it
    if (intent.kind == IntentKind::Comment) {
        postArrived(intent);
    } else {
        ownIds_.remove(intent.object);
        if (own_ != nullptr) {
            own_->remove(intent.account, intent.target, intent.object);
        }
        removeRow(rowOfComment(intent.object));
    }
}

void CommentsModel::onFailed(const Intent& intent) {
    countFor(intent, false);
    if (intent.kind == IntentKind::DeleteComment) {
        restoreRemoved(intent.object, &intent);
    } else {
        Q_EMIT postFailed(intent.errorKind, intent.errorWords);
    }
}

void CommentsModel::onDiscarded(const Intent& intent) {
    countFor(intent, false);
    if (intent.kind == IntentKind::DeleteComment) {
        restoreRemoved(intent.object, nullptr);
    } else {
        unkept_[intent.target].removeIf([&intent](const Row& one) { return one.post == intent.id; });
        removeRow(rowOfPost(intent.id));
    }
}

// The count of a video shows what is wanted of it here.
void CommentsModel::countFor(const Intent& intent, bool wanted) {
    if (wanted == counted_.contains(intent.id)) {
        return;
    }
    const int by = intent.kind == IntentKind::Comment ? 1 : -1;
    if (wanted) {
        counted_.insert(intent.id);
    } else {
        counted_.remove(intent.id);
    }
    adjustCount(intent.target, wanted ? by : -by);
}

void CommentsModel::uncountAll() {
    const QSet<IntentId> counted = std::exchange(counted_, {});
    for (const IntentId id : counted) {
        if (const auto intent = outbox_.intent(id)) {
            adjustCount(intent->target, intent->kind == IntentKind::Comment ? -1 : 1);
        }
    }
}

void CommentsModel::postArrived(const Intent& intent) {
    contract::Comment comment = arrived_.take(intent.id);
    if (serverKeepsNone()) {
        // Its id is another's, and the next list will not have it.
        Row kept = rowFor(intent);
        kept.comment.createDate = std::move(comment.createDate);
        kept.status = Status::Sent;
        kept.errorKind = ErrorKind::None;
        unkept_[intent.target].prepend(kept);
        if (const int row = rowOfPost(intent.id); row >= 0) {
            rows_[row] = std::move(kept);
            rowChanged(row);
        }
        return;
    }
    if (comment.id > 0) {
        ownIds_.insert(comment.id);
        if (comment.content.empty()) {
            comment.content = intent.text.toStdString();
        }
    }
    const int row = rowOfPost(intent.id);
    if (row < 0) {
        return;
    }
    if (rowOfComment(comment.id) >= 0) {
        removeRow(row);  // a refresh was faster
        return;
    }
    Row& shown = rows_[row];
    shown.post = 0;
    shown.status = Status::Sent;
    shown.errorKind = ErrorKind::None;
    shown.errorWords.clear();
    if (comment.id > 0) {
        shown.comment = std::move(comment);
    }
    rowChanged(row);
    if (rows_.at(row).comment.id == 0) {
        refresh();  // the server did not say which comment it is
    }
}

void CommentsModel::retry(int row) {
    if (row >= 0 && row < count() && rows_.at(row).status == Status::Failed) {
        const IntentId id = rows_.at(row).post;
        outbox_.retry(id);
        if (const auto intent = outbox_.intent(id)) {
            onChanged(*intent);
        }
    }
}

void CommentsModel::discard(int row) {
    if (row >= 0 && row < count() && rows_.at(row).status == Status::Failed) {
        outbox_.discard(rows_.at(row).post);
    }
}

// --- removing

void CommentsModel::remove(int row) {
    if (row < 0 || row >= count()) {
        return;
    }
    const Row& wanted = rows_.at(row);
    if (wanted.post != 0 && wanted.status == Status::Sent) {
        const IntentId post = wanted.post;
        unkept_[video_->id()].removeIf([post](const Row& one) { return one.post == post; });
        removeRow(row);
        video_->adjustCommentCount(-1);
        return;
    }
    if (wanted.post != 0 || wanted.status != Status::Sent || wanted.comment.id <= 0 ||
        !isOwn(wanted.comment)) {
        return;
    }
    finishUndo();
    Row& going = rows_[row];
    going.status = Status::Deleting;
    going.errorKind = ErrorKind::None;
    going.errorWords.clear();
    undo_ = Removal{.account = session_.accountKey(),
                    .videoId = video_->id(),
                    .commentId = going.comment.id,
                    .text = shownText(going.comment.content)};
    rowChanged(row);
    video_->adjustCommentCount(-1);
    undoTimer_.start();
    Q_EMIT canUndoChanged();
}

void CommentsModel::undoRemove() {
    if (!undo_) {
        return;
    }
    const Removal removal = *undo_;
    clearUndo();
    adjustCount(removal.videoId, 1);
    restoreRemoved(removal.commentId, nullptr);
}

void CommentsModel::clearUndo() {
    undoTimer_.stop();
    if (undo_) {
        undo_.reset();
        Q_EMIT canUndoChanged();
    }
}

void CommentsModel::finishUndo() {
    if (!undo_) {
        return;
    }
    const Removal removal = *undo_;
    Intent intent;
    intent.account = removal.account;
    intent.kind = IntentKind::DeleteComment;
    intent.target = removal.videoId;
    intent.object = removal.commentId;
    intent.text = removal.text;
    if (const VideoEntity* video = store_.findVideo(removal.videoId)) {
        intent.caption = video->title();
    }
    // One that failed earlier has nothing more to say.
    const QList<Intent> earlier = outbox_.open(intent.account, IntentKind::DeleteComment, removal.videoId);
    for (const Intent& one : earlier) {
        if (one.object == removal.commentId) {
            outbox_.discard(one.id);
        }
    }
    counted_.insert(outbox_.put(std::move(intent)));
    clearUndo();
}

QSet<contract::Id> CommentsModel::goingIds() const {
    QSet<contract::Id> ids;
    if (undo_) {
        ids.insert(undo_->commentId);
    }
    const QList<Intent> removals =
        outbox_.open(session_.accountKey(), IntentKind::DeleteComment, video_ ? video_->id() : 0);
    for (const Intent& one : removals) {
        if (one.state != IntentState::Failed) {
            ids.insert(one.object);
        }
    }
    return ids;
}

void CommentsModel::restoreRemoved(contract::Id commentId, const Intent* failed) {
    const int row = rowOfComment(commentId);
    if (row >= 0 && !goingIds().contains(commentId)) {
        rows_[row].status = Status::Sent;
        rows_[row].errorKind = failed == nullptr ? ErrorKind::None : failed->errorKind;
        rows_[row].errorWords = failed == nullptr ? QString() : failed->errorWords;
        rowChanged(row);
    }
    if (failed != nullptr) {
        Q_EMIT removeFailed(failed->errorKind, failed->errorWords);
    }
}

}  // namespace tikgok
