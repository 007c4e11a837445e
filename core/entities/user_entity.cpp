// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/entities/user_entity.h"

#include "core/entities/convert.h"

namespace tikgok {

UserEntity::UserEntity(const contract::User& user, QObject* parent) : QObject(parent), user_(user) {}

QUrl UserEntity::avatarUrl() const {
    return webUrl(user_.avatar);
}

QUrl UserEntity::backgroundUrl() const {
    return webUrl(user_.backgroundImage);
}

int UserEntity::followCount() const {
    return shownCount(user_.followCount);
}

int UserEntity::followerCount() const {
    return shownCount(user_.followerCount);
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

void UserEntity::apply(const contract::User& user) {
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
    if (next == user_) {
        return;
    }
    user_ = std::move(next);
    Q_EMIT changed();
}

}  // namespace tikgok
