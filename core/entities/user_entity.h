// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One person, whoever shows them.
#pragma once

#include "core/api/error.h"
#include "core/contract/types.h"
#include "core/entities/convert.h"
#include "core/entities/entity_use.h"
#include "core/entities/toggle.h"

#include <QObject>
#include <QString>
#include <QUrl>

namespace tikgok {

// Owned by the EntityStore. Counts are cut off at the largest int, and count what the signed-in person did
// here before the server does.
class UserEntity final : public QObject {
    Q_OBJECT
    // Decimal digits.
    Q_PROPERTY(QString userId READ userIdText CONSTANT)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QUrl avatarUrl READ avatarUrl NOTIFY changed)
    Q_PROPERTY(QUrl backgroundUrl READ backgroundUrl NOTIFY changed)
    Q_PROPERTY(QString signature READ signature NOTIFY changed)
    Q_PROPERTY(int followCount READ followCount NOTIFY followChanged)
    Q_PROPERTY(int followerCount READ followerCount NOTIFY followChanged)
    // Likes received on all works.
    Q_PROPERTY(int totalFavorited READ totalFavorited NOTIFY changed)
    Q_PROPERTY(int workCount READ workCount NOTIFY changed)
    // Likes given.
    Q_PROPERTY(int favoriteCount READ favoriteCount NOTIFY changed)
    // Whether the signed-in person follows this one.
    Q_PROPERTY(bool followed READ followed NOTIFY followChanged)
    // The server has not confirmed yet what `followed` shows.
    Q_PROPERTY(bool followPending READ followPending NOTIFY followChanged)
    // The last follow or unfollow was refused and taken back. Until the next one.
    Q_PROPERTY(bool followFailed READ followFailed NOTIFY followChanged)
    Q_PROPERTY(tikgok::ErrorKinds::Kind followErrorKind READ followErrorKind NOTIFY followChanged)
    // The server's words, may be empty.
    Q_PROPERTY(QString followError READ followError NOTIFY followChanged)
    // This is the signed-in person, whom one cannot follow. False while nobody is known.
    Q_PROPERTY(bool isMe READ isMe NOTIFY followChanged)

public:
    // `session`, `outbox` and `writes` (see EntityStore) must outlive the entity.
    UserEntity(const contract::User& user, Session& session, Outbox& outbox, ReadMark& writes,
               QObject* parent = nullptr);
    ~UserEntity() override;

    [[nodiscard]] contract::Id id() const { return user_.id; }
    [[nodiscard]] QString userIdText() const { return QString::number(user_.id); }
    [[nodiscard]] QString name() const { return shownText(user_.name); }
    [[nodiscard]] QUrl avatarUrl() const;
    [[nodiscard]] QUrl backgroundUrl() const;
    [[nodiscard]] QString signature() const { return shownText(user_.signature); }
    [[nodiscard]] int followCount() const;
    [[nodiscard]] int followerCount() const;
    [[nodiscard]] int totalFavorited() const;
    [[nodiscard]] int workCount() const;
    [[nodiscard]] int favoriteCount() const;
    [[nodiscard]] bool followed() const { return follow_.on(); }
    [[nodiscard]] bool followPending() const { return follow_.pending(); }
    [[nodiscard]] bool followFailed() const { return follow_.errorKind() != ErrorKind::None; }
    [[nodiscard]] ErrorKind followErrorKind() const { return follow_.errorKind(); }
    [[nodiscard]] QString followError() const { return follow_.errorWords(); }
    [[nodiscard]] bool isMe() const;
    // What the server said or confirmed last, without what it has not heard of.
    [[nodiscard]] contract::User told() const;

    // As VideoEntity::toggleLike(). Does nothing on oneself.
    Q_INVOKABLE void toggleFollow();

    // What the server said in a reading that began at `read`. Empty texts do not overwrite known ones: some
    // servers send stripped users.
    void apply(const contract::User& user, ReadMark read);
    // Another account looks at them now.
    void forgetAccount();
    // For the store.
    [[nodiscard]] Toggle& followToggle() { return follow_; }
    [[nodiscard]] EntityUse& use() { return use_; }
    // Follows of this person's own that the server does not count yet.
    void setFollowShift(int by);
    // The server has just counted one more or less.
    void countFollow(int by);

Q_SIGNALS:
    // Anything that is not about following.
    void changed();
    void followChanged();
    // For a notice near the button.
    void followRefused(tikgok::ErrorKinds::Kind kind, const QString& serverWords);

private:
    contract::User user_;
    Session& session_;
    ReadMark& writes_;
    Toggle follow_;
    int followShift_ = 0;
    EntityUse use_;
    ReadMark followsCounted_ = 0;
};

}  // namespace tikgok
