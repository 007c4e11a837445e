// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/entities/entity_store.h"

#include "core/account/session.h"
#include "core/api/api.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace tikgok {

EntityStore::EntityStore(Api& api, Session& session, Outbox& outbox, EntityLimits limits, QObject* parent)
    : QObject(parent),
      api_(api),
      session_(session),
      outbox_(outbox),
      likes_(api, IntentKind::Like),
      follows_(api, IntentKind::Follow),
      limits_(limits) {
    dropSoon_.setSingleShot(true);
    dropSoon_.setInterval(0);
    connect(&dropSoon_, &QTimer::timeout, this, &EntityStore::drop);
    outbox_.setHandler(IntentKind::Like, likes_);
    outbox_.setHandler(IntentKind::Follow, follows_);
    connectOutbox();
    connect(&session_, &Session::serverChanged, this, &EntityStore::forgetServer);
    connect(&session_, &Session::signedInChanged, this, &EntityStore::accountMayHaveChanged);
    // With what is known of the server comes what its ids mean.
    connect(&session_, &Session::traitsChanged, this, [this] {
        const auto videos = videos_;
        for (VideoEntity* video : videos) {
            Q_EMIT video->changed();
        }
    });
}

EntityStore::~EntityStore() {
    outbox_.removeHandler(IntentKind::Like);
    outbox_.removeHandler(IntentKind::Follow);
}

void EntityStore::connectOutbox() {
    connect(&outbox_, &Outbox::loadedChanged, this, &EntityStore::refreshToggles);
    const auto refresh = [this](const Intent& intent) {
        // Of a Sent one the toggle hears below, together with the news.
        if (Toggle* toggle = intent.state == IntentState::Sent ? nullptr : toggleOf(intent)) {
            toggle->refresh();
        }
    };
    connect(&outbox_, &Outbox::changed, this, refresh);
    connect(&outbox_, &Outbox::discarded, this, refresh);
    connect(&outbox_, &Outbox::sent, this, [this](const Intent& intent) {
        if (Toggle* toggle = toggleOf(intent)) {
            toggle->onSent(intent);
        }
    });
    connect(&outbox_, &Outbox::failed, this, [this](const Intent& intent) {
        if (Toggle* toggle = toggleOf(intent)) {
            toggle->onFailed(intent);
        }
    });
}

Toggle* EntityStore::toggleOf(const Intent& intent) const {
    if (intent.account != session_.accountKey()) {
        return nullptr;
    }
    if (intent.kind == IntentKind::Like) {
        VideoEntity* video = findVideo(intent.target);
        return video == nullptr ? nullptr : &video->likeToggle();
    }
    if (intent.kind == IntentKind::Follow) {
        UserEntity* user = findUser(intent.target);
        return user == nullptr ? nullptr : &user->followToggle();
    }
    return nullptr;
}

void EntityStore::refreshToggles() {
    // Copies: who hears of it may ask for new ones.
    const auto videos = videos_;
    for (VideoEntity* video : videos) {
        video->likeToggle().refresh();
    }
    const auto users = users_;
    for (UserEntity* user : users) {
        user->followToggle().refresh();
    }
    followsChanged();
}

// Whom the signed-in person follows in the end counts on their own page at once, too.
void EntityStore::followsChanged() {
    UserEntity* me = findUser(session_.lastUserId());
    if (me == nullptr) {
        return;
    }
    int shift = 0;
    for (UserEntity* user : std::as_const(users_)) {
        shift += user->followToggle().shift();
    }
    me->setFollowShift(shift);
}

VideoEntity* EntityStore::video(const contract::Video& video, ReadMark read) {
    UserEntity* author = user(video.author, read);
    if (VideoEntity* known = findVideo(video.id)) {
        if (read != kOldReading) {
            known->apply(video, author, read);
        }
        return known;
    }
    contract::Video bare = video;
    bare.author = {};
    auto* made = new VideoEntity(bare, author, session_, outbox_, writes_, this);
    videos_.insert(video.id, made);
    made->use().touch(++uses_);
    dropSoon();
    connect(made, &VideoEntity::likeRefused, this, &EntityStore::likeRefused);
    return made;
}

UserEntity* EntityStore::user(const contract::User& user, ReadMark read) {
    if (user.id <= 0) {
        return nullptr;
    }
    if (UserEntity* known = findUser(user.id)) {
        if (read != kOldReading) {
            known->apply(user, read);
        }
        return known;
    }
    if (user.name.empty()) {
        return nullptr;
    }
    auto* made = new UserEntity(user, session_, outbox_, writes_, this);
    users_.insert(user.id, made);
    made->use().touch(++uses_);
    dropSoon();
    connect(made, &UserEntity::followRefused, this,
            [this, made](ErrorKind kind, const QString& words) { Q_EMIT followRefused(made, kind, words); });
    Toggle& follow = made->followToggle();
    connect(&follow, &Toggle::changed, this, &EntityStore::followsChanged);
    connect(&follow, &Toggle::confirmedNow, this, [this](int by) {
        if (UserEntity* me = findUser(session_.lastUserId())) {
            me->countFollow(by);
        }
    });
    if (follow.pending() || user.id == session_.lastUserId()) {
        followsChanged();
    }
    return made;
}

VideoEntity* EntityStore::findVideo(contract::Id id) const {
    VideoEntity* const known = videos_.value(id);
    if (known != nullptr) {
        known->use().touch(++uses_);
    }
    return known;
}

UserEntity* EntityStore::findUser(contract::Id id) const {
    UserEntity* const known = users_.value(id);
    if (known != nullptr) {
        known->use().touch(++uses_);
    }
    return known;
}

void EntityStore::dropSoon() {
    if (videos_.size() > limits_.videos || users_.size() > limits_.users) {
        dropSoon_.start();
    }
}

namespace {

// Takes the longest unused ones out of `all` until three quarters of `most` are left, or none that may go.
template <class Entity, class MayGo>
void dropUnused(QHash<contract::Id, Entity*>& all, qsizetype most, const MayGo& mayGo) {
    if (all.size() <= most) {
        return;
    }
    std::vector<Entity*> unused;
    for (Entity* entity : std::as_const(all)) {
        if (!entity->use().held() && mayGo(*entity)) {
            unused.push_back(entity);
        }
    }
    std::ranges::sort(unused, {}, [](Entity* entity) { return entity->use().touched(); });
    const auto tooMany = static_cast<std::size_t>(all.size() - most * 3 / 4);
    unused.resize(std::min(unused.size(), tooMany));
    for (Entity* entity : unused) {
        all.remove(entity->id());
        delete entity;
    }
}

}  // namespace

// From the event loop: nobody is in the middle of something.
void EntityStore::drop() {
    dropUnused(videos_, limits_.videos, [](VideoEntity& video) { return !video.likeToggle().pending(); });
    const contract::Id me = session_.lastUserId();
    dropUnused(users_, limits_.users,
               [me](UserEntity& user) { return user.id() != me && !user.followToggle().pending(); });
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
    const ReadMark read = beginReading();
    auto answer = co_await api_.user(session_.userId(), token, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    loadingMe_ = false;
    if (answer) {
        if (UserEntity* me = user(*answer, read)) {
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
        user->forgetAccount();
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
    const contract::Id before = std::exchange(account_, now);
    const bool hadAnother = before != 0;
    // Whom one cannot follow.
    for (const contract::Id id : {before, now}) {
        if (UserEntity* person = findUser(id)) {
            Q_EMIT person->followChanged();
        }
    }
    accountScope_.restart();
    loadingMe_ = false;
    if (hadAnother) {
        for (VideoEntity* video : std::as_const(videos_)) {
            video->forgetAccount();
        }
        for (UserEntity* user : std::as_const(users_)) {
            user->forgetAccount();
        }
        followsChanged();
    } else {
        refreshToggles();
    }
}

}  // namespace tikgok
