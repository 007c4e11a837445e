// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One object per video and per person of the present server.
#pragma once

#include "core/api/task_scope.h"
#include "core/entities/toggle.h"
#include "core/entities/user_entity.h"
#include "core/entities/video_entity.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <cstdint>

namespace tikgok {

struct EntityLimits {
    // So many are kept, whoever needs them or not; beyond, what nobody holds is dropped.
    qsizetype videos = 1'000;
    qsizetype users = 2'000;
};

// Entities live until the server changes, or until nobody has needed them for long: see EntityUse.
class EntityStore final : public QObject {
    Q_OBJECT

public:
    // All must outlive the store. It brings the outbox the handlers of Like and Follow.
    EntityStore(Api& api, Session& session, Outbox& outbox, EntityLimits limits = {},
                QObject* parent = nullptr);
    ~EntityStore() override;

    // Take this before a list is asked for, and hand it in with what the answer holds.
    [[nodiscard]] ReadMark beginReading() const { return writes_; }

    // The object for this id, brought up to date with what the server just said. The author may be absent.
    VideoEntity* video(const contract::Video& video, ReadMark read);
    // Null for id 0 and for people without a name that are not known already.
    UserEntity* user(const contract::User& user, ReadMark read);
    // As above, of a reading that began just now.
    UserEntity* user(const contract::User& user) { return this->user(user, writes_); }

    [[nodiscard]] qsizetype videoCount() const { return videos_.size(); }
    [[nodiscard]] qsizetype userCount() const { return users_.size(); }
    // Null when not known yet.
    [[nodiscard]] VideoEntity* findVideo(contract::Id id) const;
    [[nodiscard]] UserEntity* findUser(contract::Id id) const;
    // Asks the server for the signed-in person where needed; meReady follows.
    Q_INVOKABLE tikgok::UserEntity* me();

Q_SIGNALS:
    void meReady(tikgok::UserEntity* me);
    // Of any video and any person, for a notice wherever one is.
    void likeRefused(tikgok::ErrorKinds::Kind kind, const QString& serverWords);
    void followRefused(tikgok::UserEntity* user, tikgok::ErrorKinds::Kind kind, const QString& serverWords);

private:
    QCoro::Task<> loadMe();
    void forgetServer();
    void accountMayHaveChanged();
    void connectOutbox();
    [[nodiscard]] Toggle* toggleOf(const Intent& intent) const;
    void refreshToggles();
    void followsChanged();
    void dropSoon();
    void drop();

    Api& api_;
    Session& session_;
    Outbox& outbox_;
    ToggleSender likes_;
    ToggleSender follows_;
    ReadMark writes_ = 1;
    QHash<contract::Id, VideoEntity*> videos_;
    QHash<contract::Id, UserEntity*> users_;
    EntityLimits limits_;
    mutable std::uint64_t uses_ = 0;
    QTimer dropSoon_;
    bool loadingMe_ = false;
    // Whose likes the entities hold; 0: a stranger's.
    contract::Id account_ = 0;
    TaskScope accountScope_;
};

}  // namespace tikgok
