// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/entities/entity_store.h"

#include "core/account/session.h"
#include "core/api/api.h"

#include <utility>

namespace tikgok {

EntityStore::EntityStore(Api& api, Session& session, QObject* parent)
    : QObject(parent), api_(api), session_(session) {
    connect(&session_, &Session::serverChanged, this, &EntityStore::forgetServer);
    connect(&session_, &Session::signedInChanged, this, &EntityStore::accountMayHaveChanged);
}

EntityStore::~EntityStore() = default;

VideoEntity* EntityStore::video(const contract::Video& video, ReadMark read) {
    UserEntity* author = user(video.author);
    if (VideoEntity* known = videos_.value(video.id)) {
        known->apply(video, author, read);
        return known;
    }
    contract::Video bare = video;
    bare.author = {};
    auto* made = new VideoEntity(bare, author, api_, session_, writes_, this);
    videos_.insert(video.id, made);
    return made;
}

UserEntity* EntityStore::user(const contract::User& user) {
    if (user.id <= 0) {
        return nullptr;
    }
    if (UserEntity* known = users_.value(user.id)) {
        known->apply(user);
        return known;
    }
    if (user.name.empty()) {
        return nullptr;
    }
    auto* made = new UserEntity(user, this);
    users_.insert(user.id, made);
    return made;
}

VideoEntity* EntityStore::findVideo(contract::Id id) const {
    return videos_.value(id);
}

UserEntity* EntityStore::findUser(contract::Id id) const {
    return users_.value(id);
}

UserEntity* EntityStore::me() {
    // QML hears of signedInChanged before this object does.
    accountMayHaveChanged();
    if (!session_.signedIn()) {
        return nullptr;
    }
    if (UserEntity* known = findUser(session_.userId())) {
        return known;
    }
    loadMe();
    return nullptr;
}

QCoro::Task<> EntityStore::loadMe() {
    if (loadingMe_) {
        co_return;
    }
    loadingMe_ = true;
    const std::stop_token alive = accountScope_.token();
    const QString token = session_.token();
    auto answer = co_await api_.user(session_.userId(), token, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    loadingMe_ = false;
    if (answer) {
        if (UserEntity* me = user(*answer)) {
            Q_EMIT meReady(me);
        }
    } else if (answer.error().kind == ErrorKind::SignedOut) {
        session_.reportSignedOut(token);
    }
}

void EntityStore::forgetServer() {
    accountScope_.restart();
    loadingMe_ = false;
    account_ = 0;
    // Later, so that views have let go of them.
    for (VideoEntity* video : std::as_const(videos_)) {
        video->forgetAccount();
        video->deleteLater();
    }
    for (UserEntity* user : std::as_const(users_)) {
        user->deleteLater();
    }
    videos_.clear();
    users_.clear();
}

void EntityStore::accountMayHaveChanged() {
    // An expired session is still the same person's: what is shown stays, and what waits is sent after
    // signing in.
    const contract::Id now = session_.signedIn() || session_.expired() ? session_.lastUserId() : 0;
    if (now == account_) {
        return;
    }
    const bool hadAnother = std::exchange(account_, now) != 0;
    accountScope_.restart();
    loadingMe_ = false;
    if (hadAnother) {
        for (VideoEntity* video : std::as_const(videos_)) {
            video->forgetAccount();
        }
    }
}

}  // namespace tikgok
