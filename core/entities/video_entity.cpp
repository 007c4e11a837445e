// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/entities/video_entity.h"

#include "core/account/session.h"
#include "core/entities/convert.h"
#include "core/entities/snowflake.h"

#include <algorithm>
#include <utility>

namespace tikgok {

VideoEntity::VideoEntity(const contract::Video& video, UserEntity* author, Session& session, Outbox& outbox,
                         ReadMark& writes, QObject* parent)
    : QObject(parent),
      video_(video),
      session_(session),
      writes_(writes),
      like_(IntentKind::Like, video.id, video.isFavorite, session, outbox, writes, this) {
    setAuthor(author);
    connect(&like_, &Toggle::changed, this, &VideoEntity::likeChanged);
    connect(&like_, &Toggle::refused, this, &VideoEntity::likeRefused);
    connect(&like_, &Toggle::confirmedNow, this,
            [this](int by) { video_.favoriteCount = countedOn(video_.favoriteCount, by); });
}

VideoEntity::~VideoEntity() {
    setAuthor(nullptr);
}

void VideoEntity::setAuthor(UserEntity* author) {
    if (author_) {
        author_->use().release();
    }
    author_ = author;
    if (author_) {
        author_->use().hold();
    }
}

QUrl VideoEntity::playUrl() const {
    return webUrl(video_.playUrl);
}

QUrl VideoEntity::coverUrl() const {
    return webUrl(video_.coverUrl);
}

int VideoEntity::likeCount() const {
    return shownCount(countedOn(video_.favoriteCount, like_.shift()));
}

QDateTime VideoEntity::publishedAt() const {
    if (session_.traits().dialect != Dialect::TikGok) {
        return {};
    }
    const auto time = snowflakeTime(video_.id, QDateTime::currentMSecsSinceEpoch());
    return time ? QDateTime::fromMSecsSinceEpoch(*time) : QDateTime();
}

int VideoEntity::commentCount() const {
    return shownCount(video_.commentCount);
}

contract::Video VideoEntity::told() const {
    contract::Video video = video_;
    video.isFavorite = like_.confirmed();
    if (author_) {
        video.author = author_->told();
    }
    return video;
}

void VideoEntity::apply(const contract::Video& video, UserEntity* author, ReadMark read) {
    contract::Video next = video;
    next.author = {};  // lives in its own entity
    if (!like_.believes(next.isFavorite, read)) {
        next.isFavorite = like_.confirmed();
        next.favoriteCount = video_.favoriteCount;
    }
    if (read < commentsWritten_) {
        next.commentCount = video_.commentCount;
    }
    const bool likes = next.isFavorite != like_.confirmed() || next.favoriteCount != video_.favoriteCount;
    const bool comments = next.commentCount != video_.commentCount;
    const bool rest = next.title != video_.title || next.playUrl != video_.playUrl ||
                      next.coverUrl != video_.coverUrl || (author != nullptr && author != author_);
    like_.setConfirmed(next.isFavorite);
    video_ = std::move(next);
    if (author != nullptr && author != author_) {
        setAuthor(author);
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
    like_.forgetAccount();
}

void VideoEntity::toggleLike() {
    like_.set(!liked(), title());
}

void VideoEntity::like() {
    if (!liked()) {
        like_.set(true, title());
    }
}

}  // namespace tikgok
