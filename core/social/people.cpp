// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/social/people.h"

namespace tikgok {

People::People(Api& api, Session& session, EntityStore& store, QObject* parent)
    : QObject(parent), api_(api), session_(session), store_(store), details_(api, session, store) {}

People::~People() = default;

ProfileModel* People::profile(const QString& userId, QObject* owner) {
    auto* model = new ProfileModel(userId.toLongLong(), api_, session_, store_, owner);
    connect(this, &People::serverIsBack, model, &ProfileModel::serverIsBack);
    return model;
}

PeopleModel* People::list(PeopleModel::Kind kind, const QString& userId, QObject* owner) {
    auto* model = new PeopleModel(kind, userId.toLongLong(), api_, session_, store_, details_, owner);
    connect(this, &People::serverIsBack, model, &PeopleModel::serverIsBack);
    return model;
}

VideoList* People::video(const QString& videoId, QObject* owner) {
    auto* model = new OneVideo(videoId.toLongLong(), api_, session_, store_, owner);
    connect(this, &People::serverIsBack, model, &VideoList::serverIsBack);
    return model;
}

}  // namespace tikgok
