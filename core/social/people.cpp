// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/social/people.h"

namespace tikgok {

People::People(Api& api, Session& session, EntityStore& store, QObject* parent)
    : QObject(parent), api_(api), session_(session), store_(store), details_(api, session, store) {}

People::~People() = default;

ProfileModel* People::profile(const QString& userId, QObject* owner) {
    return new ProfileModel(userId.toLongLong(), api_, session_, store_, owner);
}

PeopleModel* People::list(PeopleModel::Kind kind, const QString& userId, QObject* owner) {
    return new PeopleModel(kind, userId.toLongLong(), api_, session_, store_, details_, owner);
}

VideoList* People::video(const QString& videoId, QObject* owner) {
    return new OneVideo(videoId.toLongLong(), api_, session_, store_, owner);
}

}  // namespace tikgok
