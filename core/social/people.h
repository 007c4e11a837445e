// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Makes the models of the pages about people. Pages come and go; each owns its model.
#pragma once

#include "core/feed/one_video.h"
#include "core/social/people_model.h"
#include "core/social/profile_model.h"

#include <QObject>

namespace tikgok {

class People final : public QObject {
    Q_OBJECT

public:
    // All must outlive this object and every model that it makes.
    People(Api& api, Session& session, EntityStore& store, QObject* parent = nullptr);
    ~People() override;

    // Ids are decimal digits. The model dies with `owner`, which must not be null.
    Q_INVOKABLE tikgok::ProfileModel* profile(const QString& userId, QObject* owner);
    // An empty id: whoever is signed in.
    Q_INVOKABLE tikgok::PeopleModel* list(tikgok::PeopleModel::Kind kind, const QString& userId,
                                          QObject* owner);
    // One video as a list to watch.
    Q_INVOKABLE tikgok::VideoList* video(const QString& videoId, QObject* owner);

Q_SIGNALS:
    // To be emitted when the server answers again after it did not: lists ask for what they lack.
    void serverIsBack();

private:
    Api& api_;
    Session& session_;
    EntityStore& store_;
    PeopleDetails details_;
};

}  // namespace tikgok
