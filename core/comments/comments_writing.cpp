// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The half of CommentsModel that writes: posting, removing, drafts.

#include "core/comments/comments_model.h"
#include "core/contract/text.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

int lengthInCharacters(const QString& text) {
    const QByteArray utf8 = text.toUtf8();
    const auto count = contract::characterCount({utf8.constData(), static_cast<std::size_t>(utf8.size())});
    return static_cast<int>(count.value_or(0));
}

QSet<contract::Id> idsOf(const std::vector<contract::Comment>& comments) {
    QSet<contract::Id> ids;
    for (const contract::Comment& comment : comments) {
        ids.insert(comment.id);
    }
    return ids;
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

// Texts of an earlier run that never got an answer stand there as failed.
void CommentsModel::takeUpUnsent() {
    QList<UnsentText> unsent = drafts_.unsent(account_, video_->videoIdText());
    for (const Post& post : std::as_const(posts_)) {
        if (post.videoId == video_->id()) {
            const auto known = std::ranges::find(unsent, post.text, &UnsentText::text);
            if (known != unsent.end()) {
                unsent.erase(known);
            }
        }
    }
    for (const UnsentText& one : std::as_const(unsent)) {
        posts_.append({.number = ++lastPost_,
                       .videoId = video_->id(),
                       .account = account_,
                       .text = one.text,
                       .status = Status::Failed,
                       .errorKind = ErrorKind::None,
                       .errorWords = {},
                       .uncertain = one.uncertain,
                       .known = {}});
    }
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
    const Post post{.number = ++lastPost_,
                    .videoId = video_->id(),
                    .account = account_,
                    .text = trimmed,
                    .status = Status::Pending,
                    .errorKind = ErrorKind::None,
                    .errorWords = {},
                    .uncertain = false,
                    .known = {}};
    posts_.append(post);
    drafts_.addUnsent(account_, video_->videoIdText(), {.text = trimmed, .uncertain = true});
    setDraft(QString());
    insertRow(0, rowFor(post));
    video_->adjustCommentCount(1);
    send(post.number);
    return true;
}

void CommentsModel::send(quint64 number) {
    if (session_.signedIn()) {
        sendPosts();
    } else {
        askForAccount(number);
    }
}

void CommentsModel::askForAccount(quint64 number) {
    session_.whenSignedIn(this, QStringLiteral("comment"), [this, number](bool signedIn) {
        if (signedIn) {
            sendPosts();
        } else {
            giveBack(number);
        }
    });
}

CommentsModel::Post* CommentsModel::findPost(quint64 number) {
    const auto found = std::ranges::find(posts_, number, &Post::number);
    return found == posts_.end() ? nullptr : &*found;
}

// One at a time, in the order in which they were written, so that they stand in that order on the server too.
QCoro::Task<> CommentsModel::sendPosts() {
    if (sending_) {
        co_return;
    }
    const std::stop_token alive = scope_.token();
    sending_ = true;
    while (session_.signedIn()) {
        const auto next = std::ranges::find(posts_, Status::Pending, &Post::status);
        if (next == posts_.end()) {
            break;
        }
        const quint64 number = next->number;
        co_await sendPost(number, alive);
        if (alive.stop_requested()) {
            co_return;
        }
    }
    sending_ = false;
}

QCoro::Task<> CommentsModel::sendPost(quint64 number, std::stop_token alive) {
    Post* post = findPost(number);
    const contract::Id videoId = post->videoId;
    const QString text = post->text;
    const bool lookFirst = post->uncertain;
    const bool listShown = video_ && video_->id() == videoId && state_ == State::Ready;
    if (listShown && !lookFirst) {
        for (const Row& row : std::as_const(rows_)) {
            post->known.insert(row.comment.id);
        }
    } else {
        // To recognise it afterwards, should the answer be lost, and in case that it has arrived already.
        auto before = co_await readList(videoId, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        post = findPost(number);
        if (post == nullptr) {
            co_return;
        }
        if (before) {
            if (lookFirst) {
                if (auto arrived = findArrived(*post, *before)) {
                    postArrived(number, std::move(arrived));
                    co_return;
                }
            }
            post->known += idsOf(*before);
        } else if (lookFirst || before.error().kind != ErrorKind::Refused) {
            Error error = before.error();
            error.maybeDone = lookFirst;
            postFailedWith(number, error);
            co_return;
        }
    }
    const QString token = session_.token();
    if (token.isEmpty()) {
        askForAccount(number);  // the session ended while the list was read
        co_return;
    }
    auto answer = co_await api_.addComment(videoId, text, token, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (answer) {
        postArrived(number, std::move(*answer));
        co_return;
    }
    const Error error = answer.error();
    if (error.kind == ErrorKind::SignedOut) {
        session_.reportSignedOut(token);
        if (!alive.stop_requested()) {
            askForAccount(number);
        }
        co_return;
    }
    if (error.maybeDone) {
        auto after = co_await readList(videoId, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        post = findPost(number);
        if (post == nullptr) {
            co_return;
        }
        if (after) {
            if (auto arrived = findArrived(*post, *after)) {
                postArrived(number, std::move(arrived));
                co_return;
            }
        }
    }
    postFailedWith(number, error);
}

// The comment in `list` that this text became, if any: mine, or of an author whom the server does not name,
// with the same words, and not there before.
std::optional<contract::Comment> CommentsModel::findArrived(
    const Post& post, const std::vector<contract::Comment>& list) const {
    const std::string text = post.text.toStdString();
    for (const contract::Comment& comment : list) {
        const bool nameless = comment.user.name.empty();
        if (comment.content == text && (nameless || comment.user.id == session_.lastUserId()) &&
            !post.known.contains(comment.id) && !ownIds_.contains(comment.id)) {
            return comment;
        }
    }
    return std::nullopt;
}

void CommentsModel::postArrived(quint64 number, std::optional<contract::Comment> comment) {
    Post* found = findPost(number);
    if (found == nullptr) {
        return;
    }
    const Post post = *found;
    posts_.removeIf([number](const Post& one) { return one.number == number; });
    drafts_.removeUnsent(post.account, QString::number(post.videoId), post.text);
    if (post.status == Status::Failed) {
        adjustCount(post.videoId, 1);  // it had been taken for lost
    }
    const int row = rowOfPost(number);
    if (comment && comment->id > 0) {
        ownIds_.insert(comment->id);
        if (comment->content.empty()) {
            comment->content = post.text.toStdString();
        }
    }
    if (row < 0) {
        return;
    }
    if (comment && rowOfComment(comment->id) >= 0) {
        removeRow(row);  // a refresh was faster
        return;
    }
    Row& shown = rows_[row];
    shown.post = 0;
    shown.status = Status::Sent;
    shown.errorKind = ErrorKind::None;
    shown.errorWords.clear();
    if (comment && comment->id > 0) {
        shown.comment = std::move(*comment);
    }
    rowChanged(row);
    if (shown.comment.id == 0) {
        refresh();  // the server did not say which comment it is
    }
}

void CommentsModel::postFailedWith(quint64 number, const Error& error) {
    Post* post = findPost(number);
    if (post == nullptr) {
        return;
    }
    post->status = Status::Failed;
    post->errorKind = error.kind;
    post->errorWords = error.serverWords;
    post->uncertain = post->uncertain || error.maybeDone;
    drafts_.setUncertain(post->account, QString::number(post->videoId), post->text, post->uncertain);
    adjustCount(post->videoId, -1);
    if (const int row = rowOfPost(number); row >= 0) {
        rows_[row] = rowFor(*post);
        rowChanged(row);
    }
    Q_EMIT postFailed(error.kind, error.serverWords);
}

// The sheet was dismissed: the text goes back to where it was typed.
void CommentsModel::giveBack(quint64 number) {
    Post* found = findPost(number);
    if (found == nullptr || found->status != Status::Pending) {
        return;
    }
    const Post post = *found;
    const QString target = QString::number(post.videoId);
    posts_.removeIf([number](const Post& one) { return one.number == number; });
    const QString typed = drafts_.draft(post.account, target);
    drafts_.setDraft(post.account, target,
                     typed.isEmpty() ? post.text : post.text + QLatin1Char('\n') + typed);
    drafts_.removeUnsent(post.account, target, post.text);
    adjustCount(post.videoId, -1);
    removeRow(rowOfPost(number));
    if (video_ && video_->id() == post.videoId) {
        Q_EMIT draftChanged();
    }
}

void CommentsModel::retry(int row) {
    Post* post = row >= 0 && row < count() ? findPost(rows_.at(row).post) : nullptr;
    if (post == nullptr || post->status != Status::Failed) {
        return;
    }
    post->status = Status::Pending;
    post->errorKind = ErrorKind::None;
    post->errorWords.clear();
    rows_[row] = rowFor(*post);
    rowChanged(row);
    adjustCount(post->videoId, 1);
    send(post->number);
}

void CommentsModel::discard(int row) {
    const Post* post = row >= 0 && row < count() ? findPost(rows_.at(row).post) : nullptr;
    if (post == nullptr || post->status != Status::Failed) {
        return;
    }
    const quint64 number = post->number;
    drafts_.removeUnsent(post->account, QString::number(post->videoId), post->text);
    posts_.removeIf([number](const Post& one) { return one.number == number; });
    removeRow(row);
}

// --- removing

void CommentsModel::remove(int row) {
    if (row < 0 || row >= count()) {
        return;
    }
    const Row& wanted = rows_.at(row);
    if (wanted.post != 0 || wanted.status != Status::Sent || wanted.comment.id <= 0 ||
        !isOwn(wanted.comment)) {
        return;
    }
    finishUndo();
    rows_[row].status = Status::Deleting;
    rows_[row].errorKind = ErrorKind::None;
    rows_[row].errorWords.clear();
    undo_ = Removal{.videoId = video_->id(), .commentId = rows_.at(row).comment.id};
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
    restoreRemoved(removal, nullptr);
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
    removing_.insert(removal.commentId);
    clearUndo();
    sendRemoval(removal);
}

QCoro::Task<> CommentsModel::sendRemoval(Removal removal) {
    const std::stop_token alive = removalScope_.token();
    const QString token = session_.token();
    auto answer = co_await api_.deleteComment(removal.videoId, removal.commentId, token, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (answer || answer.error().kind == ErrorKind::NotFound) {
        removing_.remove(removal.commentId);
        ownIds_.remove(removal.commentId);
        removeRow(rowOfComment(removal.commentId));
        co_return;
    }
    if (answer.error().kind == ErrorKind::SignedOut && !token.isEmpty()) {
        session_.reportSignedOut(token);
        if (alive.stop_requested()) {
            co_return;
        }
        session_.whenSignedIn(this, QStringLiteral("comment"), [this, removal](bool signedIn) {
            if (signedIn) {
                sendRemoval(removal);
            } else {
                restoreRemoved(removal, nullptr);
            }
        });
        co_return;
    }
    restoreRemoved(removal, &answer.error());
}

void CommentsModel::restoreRemoved(const Removal& removal, const Error* error) {
    removing_.remove(removal.commentId);
    adjustCount(removal.videoId, 1);
    if (const int row = rowOfComment(removal.commentId); row >= 0) {
        rows_[row].status = Status::Sent;
        rows_[row].errorKind = error == nullptr ? ErrorKind::None : error->kind;
        rows_[row].errorWords = error == nullptr ? QString() : error->serverWords;
        rowChanged(row);
    }
    if (error == nullptr) {
        return;
    }
    Q_EMIT removeFailed(error->kind, error->serverWords);
    if (error->maybeDone && video_ && video_->id() == removal.videoId) {
        refresh();  // perhaps it is gone after all
    }
}

}  // namespace tikgok
