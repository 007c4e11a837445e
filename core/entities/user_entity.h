// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One person, whoever shows them.
#pragma once

#include "core/contract/types.h"
#include "core/entities/convert.h"

#include <QObject>
#include <QString>
#include <QUrl>

namespace tikgok {

// Owned by the EntityStore. Counts are cut off at the largest int.
class UserEntity final : public QObject {
    Q_OBJECT
    // Decimal digits.
    Q_PROPERTY(QString userId READ userIdText CONSTANT)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QUrl avatarUrl READ avatarUrl NOTIFY changed)
    Q_PROPERTY(QUrl backgroundUrl READ backgroundUrl NOTIFY changed)
    Q_PROPERTY(QString signature READ signature NOTIFY changed)
    Q_PROPERTY(int followCount READ followCount NOTIFY changed)
    Q_PROPERTY(int followerCount READ followerCount NOTIFY changed)
    // Likes received on all works.
    Q_PROPERTY(int totalFavorited READ totalFavorited NOTIFY changed)
    Q_PROPERTY(int workCount READ workCount NOTIFY changed)
    // Likes given.
    Q_PROPERTY(int favoriteCount READ favoriteCount NOTIFY changed)
    // Whether the signed-in person follows this one.
    Q_PROPERTY(bool followed READ followed NOTIFY changed)

public:
    explicit UserEntity(const contract::User& user, QObject* parent = nullptr);

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
    [[nodiscard]] bool followed() const { return user_.isFollow; }

    // What the server said last. Empty texts do not overwrite known ones: some servers send stripped users.
    void apply(const contract::User& user);

Q_SIGNALS:
    void changed();

private:
    contract::User user_;
};

}  // namespace tikgok
