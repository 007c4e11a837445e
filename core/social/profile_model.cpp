// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/social/profile_model.h"

#include <utility>

namespace tikgok {

ProfileModel::ProfileModel(contract::Id userId, Api& api, Session& session, EntityStore& store,
                           QObject* parent)
    : QObject(parent),
      userId_(userId),
      api_(api),
      session_(session),
      store_(store),
      works_(VideoListModel::Kind::Works, userId, api, session, store),
      likes_(VideoListModel::Kind::Likes, userId, api, session, store) {
    connect(&session_, &Session::serverChanged, this, &ProfileModel::forgetServer);
    connect(&session_, &Session::signedInChanged, this, &ProfileModel::accountMayHaveChanged);
    setUser(store_.findUser(userId));
    if (user_ != nullptr) {
        state_ = State::Ready;
    }
}

ProfileModel::~ProfileModel() {
    if (user_) {
        user_->use().release();
    }
}

void ProfileModel::refresh() {
    opened_ = true;
    if (!asking_) {
        load();
    }
    works_.refresh();
    if (likes_.state() != VideoList::State::Empty) {
        likes_.refresh();
    }
}

void ProfileModel::accountMayHaveChanged() {
    Q_EMIT mineChanged();
    if (session_.expired() || !wasAsked_ || (readAs_ == session_.userId() && !asking_)) {
        return;
    }
    // Whether one follows somebody depends on who one is. The lists look after themselves.
    scope_.restart();
    asking_ = false;
    load();
}

void ProfileModel::forgetServer() {
    scope_.restart();
    asking_ = false;
    wasAsked_ = false;
    setUser(nullptr);
    setSavedAt(std::nullopt);
    settle(State::Unknown);
    // A page of it is open, and who is behind the number there is another question.
    if (opened_ && !session_.server().isEmpty()) {
        refresh();
    }
}

QCoro::Task<> ProfileModel::load() {
    const std::stop_token alive = scope_.token();
    asking_ = true;
    wasAsked_ = true;
    if (state_ != State::Ready) {
        settle(State::Loading);
    }
    Q_EMIT refreshingChanged();
    const QString token = session_.token();
    const contract::Id reader = session_.userId();
    const ReadMark mark = store_.beginReading();
    auto answer = co_await api_.user(userId_, token, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    asking_ = false;
    Q_EMIT refreshingChanged();
    readAs_ = reader;
    if (answer) {
        // Some servers answer with whoever asks, whatever the id: that says nothing about this person.
        UserEntity* const answered = answer->id == userId_
                                         ? store_.user(*answer, answer.savedAt ? kOldReading : mark)
                                         : store_.findUser(userId_);
        setUser(answered);
        setSavedAt(answer.savedAt);
        settle(answered == nullptr ? State::Unknown : State::Ready);
        co_return;
    }
    if (answer.error().kind == ErrorKind::NotFound) {
        settle(State::Unknown);
    } else if (state_ == State::Ready && answer.error().kind == ErrorKind::SignedOut && token.isEmpty()) {
        // What the feed says of this person is all that is told to those without an account; nothing went
        // wrong.
    } else if (state_ == State::Ready) {
        Q_EMIT refreshFailed(answer.error().kind, answer.error().serverWords);
    } else {
        settle(State::Failed, &answer.error());
    }
    if (answer.error().kind == ErrorKind::SignedOut) {
        session_.reportSignedOut(token);
    }
}

void ProfileModel::setUser(UserEntity* user) {
    if (user_ != user) {
        if (user_) {
            user_->use().release();
        }
        user_ = user;
        if (user_) {
            user_->use().hold();
        }
        Q_EMIT userChanged();
    }
}

void ProfileModel::setSavedAt(std::optional<qint64> savedAt) {
    const QDateTime time = savedAt ? QDateTime::fromMSecsSinceEpoch(*savedAt) : QDateTime();
    if (std::exchange(savedAt_, time) != time) {
        Q_EMIT savedAtChanged();
    }
}

void ProfileModel::serverIsBack() {
    if (!asking_ && (savedAt_.isValid() || (state_ == State::Failed && isAway(errorKind_)))) {
        load();
    }
    for (VideoList* list : {static_cast<VideoList*>(&works_), static_cast<VideoList*>(&likes_)}) {
        list->serverIsBack();
    }
}

void ProfileModel::settle(State state, const Error* error) {
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

}  // namespace tikgok
