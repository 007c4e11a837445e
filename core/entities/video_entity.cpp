// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/entities/video_entity.h"

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/entities/convert.h"

#include <utility>

namespace tikgok {

namespace {

// About a third of the servers of this contract refuse to do twice what others take in silence.
bool saysAlreadyDone(const Error& error) {
    return error.kind == ErrorKind::Refused &&
           (error.serverWords.contains(QLatin1String("already"), Qt::CaseInsensitive) ||
            error.serverWords.contains(QStringLiteral("重复")));
}

}  // namespace

VideoEntity::VideoEntity(const contract::Video& video, UserEntity* author, Api& api, Session& session,
                         ReadMark& writes, QObject* parent)
    : QObject(parent), video_(video), author_(author), api_(api), session_(session), writes_(writes) {}

VideoEntity::~VideoEntity() = default;

QUrl VideoEntity::playUrl() const {
    return webUrl(video_.playUrl);
}

QUrl VideoEntity::coverUrl() const {
    return webUrl(video_.coverUrl);
}

int VideoEntity::likeCount() const {
    std::int64_t count = video_.favoriteCount;
    if (liked() != video_.isFavorite) {
        count = countedOn(count, liked() ? 1 : -1);
    }
    return shownCount(count);
}

int VideoEntity::commentCount() const {
    return shownCount(video_.commentCount);
}

void VideoEntity::apply(const contract::Video& video, UserEntity* author, ReadMark read) {
    contract::Video next = video;
    next.author = {};  // lives in its own entity
    // A reading from around the time of a like is older than it, or it agrees; then its count is the
    // server's.
    const bool agrees = next.isFavorite == liked();
    if ((read < likeWritten_ || sending_) && !agrees) {
        next.isFavorite = video_.isFavorite;
        next.favoriteCount = video_.favoriteCount;
    }
    if (read < commentsWritten_) {
        next.commentCount = video_.commentCount;
    }
    const bool likes = next.isFavorite != video_.isFavorite || next.favoriteCount != video_.favoriteCount;
    const bool comments = next.commentCount != video_.commentCount;
    const bool rest = next.title != video_.title || next.playUrl != video_.playUrl ||
                      next.coverUrl != video_.coverUrl || (author != nullptr && author != author_);
    video_ = std::move(next);
    if (author != nullptr) {
        author_ = author;
    }
    if (rest) {
        Q_EMIT changed();
    }
    if (likes) {
        Q_EMIT likeChanged();
    }
    if (comments) {
        Q_EMIT commentCountChanged();
    }
}

void VideoEntity::adjustCommentCount(int by) {
    setCommentCount(countedOn(video_.commentCount, by));
}

void VideoEntity::setCommentCount(qint64 count) {
    commentsWritten_ = ++writes_;
    count = std::max<qint64>(count, 0);
    if (std::exchange(video_.commentCount, count) != count) {
        Q_EMIT commentCountChanged();
    }
}

void VideoEntity::forgetAccount() {
    scope_.restart();
    sending_ = false;
    waitingForAccount_ = false;
    const bool shown = wanted_ || likeFailed() || video_.isFavorite;
    wanted_.reset();
    likeErrorKind_ = ErrorKind::None;
    likeError_.clear();
    video_.isFavorite = false;
    if (shown) {
        Q_EMIT likeChanged();
    }
}

void VideoEntity::toggleLike() {
    want(!liked());
}

void VideoEntity::like() {
    if (!liked()) {
        want(true);
    }
}

void VideoEntity::want(bool liked) {
    likeErrorKind_ = ErrorKind::None;
    likeError_.clear();
    wanted_ = liked;
    Q_EMIT likeChanged();
    if (sending_) {
        return;  // looked at again when the answer comes
    }
    if (waitingForAccount_ && session_.signedIn()) {
        return;  // about to be sent
    }
    if (!session_.signedIn() && !liked && !video_.isFavorite) {
        settle(ErrorKind::None, {});  // taken back before anybody signed in
        return;
    }
    askForAccount();
}

void VideoEntity::askForAccount() {
    if (waitingForAccount_) {
        session_.requestAccount();
        return;
    }
    waitingForAccount_ = true;
    session_.whenSignedIn(this, QStringLiteral("like"), [this](bool signedIn) {
        if (!std::exchange(waitingForAccount_, false)) {
            return;
        }
        if (signedIn) {
            sendLikes();
        } else {
            settle(ErrorKind::None, {});
        }
    });
}

QCoro::Task<> VideoEntity::sendLikes() {
    if (sending_ || !wanted_) {
        co_return;
    }
    const std::stop_token alive = scope_.token();
    sending_ = true;
    while (wanted_ && *wanted_ != video_.isFavorite) {
        const bool wanted = *wanted_;
        const QString token = session_.token();
        auto answer = co_await api_.setFavorite(video_.id, wanted, token, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        if (answer || saysAlreadyDone(answer.error())) {
            likeWritten_ = ++writes_;
            if (video_.isFavorite != wanted) {  // else a reading was faster
                video_.isFavorite = wanted;
                video_.favoriteCount = countedOn(video_.favoriteCount, wanted ? 1 : -1);
            }
            Q_EMIT likeChanged();
            continue;
        }
        sending_ = false;
        if (answer.error().kind == ErrorKind::SignedOut) {
            session_.reportSignedOut(token);
            if (!alive.stop_requested()) {
                askForAccount();
            }
            co_return;
        }
        settle(answer.error().kind, answer.error().serverWords);
        co_return;
    }
    sending_ = false;
    settle(ErrorKind::None, {});
}

void VideoEntity::settle(ErrorKind kind, const QString& words) {
    wanted_.reset();
    likeErrorKind_ = kind;
    likeError_ = words;
    Q_EMIT likeChanged();
    if (kind != ErrorKind::None) {
        Q_EMIT likeRefused(kind, words);
    }
}

}  // namespace tikgok
