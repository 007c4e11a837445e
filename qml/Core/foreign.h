// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server_link.h"
#include "core/account/session.h"
#include "core/api/error.h"
#include "core/comments/comments_model.h"
#include "core/entities/entity_store.h"
#include "core/entities/user_entity.h"
#include "core/entities/video_entity.h"
#include "core/feed/feed_model.h"
#include "core/settings/settings.h"

#include <QtQml/qqml.h>

namespace tikgok {

// Names for QML of what core and app make; they themselves know no QML.
struct FeedModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::FeedModel)
    QML_NAMED_ELEMENT(FeedModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct CommentsModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::CommentsModel)
    QML_NAMED_ELEMENT(CommentsModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct SessionForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::Session)
    QML_NAMED_ELEMENT(Session)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct SettingsForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::Settings)
    QML_NAMED_ELEMENT(Settings)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct EntityStoreForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::EntityStore)
    QML_NAMED_ELEMENT(EntityStore)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct VideoEntityForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::VideoEntity)
    QML_NAMED_ELEMENT(VideoEntity)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct UserEntityForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::UserEntity)
    QML_NAMED_ELEMENT(UserEntity)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct ServerLinkForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::ServerLink)
    QML_NAMED_ELEMENT(ServerLink)
    QML_UNCREATABLE("The application makes it and hands it in")
};

// ErrorKind.Offline and so on.
namespace ErrorKindForeign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(tikgok::ErrorKinds)
QML_NAMED_ELEMENT(ErrorKind)
}  // namespace ErrorKindForeign

}  // namespace tikgok
