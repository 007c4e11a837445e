// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/entities/user_entity.h"

#include "core/account/session.h"
#include "core/entities/convert.h"

#include <utility>

namespace tikgok {

UserEntity::UserEntity(const contract::User& user, Session& session, Outbox& outbox, ReadMark& writes,
                       QObject* parent)
    : QObject(parent),
      user_(user),
      session_(session),
      writes_(writes),
      follow_(IntentKind::Follow, user.id, user.isFollow, session, outbox, writes, this) {
    connect(&follow_, &Toggle::changed, this, &UserEntity::followChanged);
    connect(&follow_, &Toggle::refused, this, &UserEntity::followRefused);
    connect(&follow_, &Toggle::confirmedNow, this,
            [this](int by) { user_.followerCount = countedOn(user_.followerCount, by); });
}

UserEntity::~UserEntity() = default;

QUrl UserEntity::avatarUrl() const {
    return webUrl(user_.avatar);
}

QUrl UserEntity::backgroundUrl() const {
    return webUrl(user_.backgroundImage);
}

int UserEntity::followCount() const {
    return shownCount(countedOn(user_.followCount, followShift_));
}

int UserEntity::followerCount() const {
    return shownCount(countedOn(user_.followerCount, follow_.shift()));
}

int UserEntity::totalFavorited() const {
    return shownCount(user_.totalFavorited);
}

int UserEntity::workCount() const {
    return shownCount(user_.workCount);
}

int UserEntity::favoriteCount() const {
    return shownCount(user_.favoriteCount);
}

contract::User UserEntity::told() const {
    contract::User user = user_;
    user.isFollow = follow_.confirmed();
    return user;
}

bool UserEntity::isMe() const {
    return user_.id == session_.lastUserId();
}

void UserEntity::toggleFollow() {
    if (!isMe()) {
        follow_.set(!followed(), name());
    }
}

void UserEntity::apply(const contract::User& user, ReadMark read) {
    if (user.name.empty()) {
        return;  // {id} and nothing else: TikGok's comments
    }
    contract::User next = user;
    const auto keep = [](std::string& fresh, const std::string& known) {
        if (fresh.empty()) {
            fresh = known;
        }
    };
    keep(next.avatar, user_.avatar);
    keep(next.backgroundImage, user_.backgroundImage);
    keep(next.signature, user_.signature);
    if (!follow_.believes(next.isFollow, read)) {
        next.isFollow = follow_.confirmed();
        next.followerCount = user_.followerCount;
    }
    if (read < followsCounted_) {
        next.followCount = user_.followCount;
    }
    const bool follows = next.isFollow != follow_.confirmed() || next.followerCount != user_.followerCount ||
                         next.followCount != user_.followCount;
    follow_.setConfirmed(next.isFollow);
    const contract::User before = std::exchange(user_, std::move(next));
    contract::User rest = user_;
    rest.isFollow = before.isFollow;
    rest.followerCount = before.followerCount;
    rest.followCount = before.followCount;
    if (rest != before) {
        Q_EMIT changed();
    }
    if (follows) {
        Q_EMIT followChanged();
    }
}

void UserEntity::forgetAccount() {
    followShift_ = 0;
    follow_.forgetAccount();
}

void UserEntity::setFollowShift(int by) {
    if (std::exchange(followShift_, by) != by) {
        Q_EMIT followChanged();
    }
}

void UserEntity::countFollow(int by) {
    followsCounted_ = ++writes_;
    user_.followCount = countedOn(user_.followCount, by);
    Q_EMIT followChanged();
}

}  // namespace tikgok
