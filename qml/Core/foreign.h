// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server_link.h"
#include "app/video_playlist.h"
#include "core/account/accounts_model.h"
#include "core/account/session.h"
#include "core/account/vault_switch.h"
#include "core/api/error.h"
#include "core/api/server_check.h"
#include "core/api/server_health.h"
#include "core/api/servers_model.h"
#include "core/cache/disk_trouble.h"
#include "core/cache/offline_store.h"
#include "core/cache/video_saver.h"
#include "core/chat/chat_model.h"
#include "core/chat/conversation_glance.h"
#include "core/chat/conversations_model.h"
#include "core/comments/comments_model.h"
#include "core/diagnostics/diagnostics.h"
#include "core/entities/entity_store.h"
#include "core/entities/user_entity.h"
#include "core/entities/video_entity.h"
#include "core/feed/feed_model.h"
#include "core/feed/following_feed.h"
#include "core/feed/video_list.h"
#include "core/feed/video_list_model.h"
#include "core/outbox/activity_model.h"
#include "core/publish/publishing.h"
#include "core/settings/data_usage.h"
#include "core/settings/settings.h"
#include "core/settings/shortcuts.h"
#include "core/simulator/simulator_desk.h"
#include "core/simulator/simulator_watch.h"
#include "core/social/people.h"

#include <QtQml/qqml.h>

namespace tikgok {

// Names for QML of what core and app make; they themselves know no QML.
struct VideoListForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::VideoList)
    QML_NAMED_ELEMENT(VideoList)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct VideoPlaylistForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::VideoPlaylist)
    QML_NAMED_ELEMENT(VideoPlaylist)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct VideoListModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::VideoListModel)
    QML_NAMED_ELEMENT(VideoListModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct FollowingFeedForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::FollowingFeed)
    QML_NAMED_ELEMENT(FollowingFeed)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct PeopleForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::People)
    QML_NAMED_ELEMENT(People)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct PeopleModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::PeopleModel)
    QML_NAMED_ELEMENT(PeopleModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct ProfileModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::ProfileModel)
    QML_NAMED_ELEMENT(ProfileModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct FeedModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::FeedModel)
    QML_NAMED_ELEMENT(FeedModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct ChatModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::ChatModel)
    QML_NAMED_ELEMENT(ChatModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct ConversationsModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::ConversationsModel)
    QML_NAMED_ELEMENT(ConversationsModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct ConversationGlanceForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::ConversationGlance)
    QML_NAMED_ELEMENT(ConversationGlance)
};

struct CommentsModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::CommentsModel)
    QML_NAMED_ELEMENT(CommentsModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct ActivityModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::ActivityModel)
    QML_NAMED_ELEMENT(ActivityModel)
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

struct VideoSaverForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::VideoSaver)
    QML_NAMED_ELEMENT(VideoSaver)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct OfflineStoreForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::OfflineStore)
    QML_NAMED_ELEMENT(OfflineStore)
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

struct PublishingForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::Publishing)
    QML_NAMED_ELEMENT(Publishing)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct CameraRecorderForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::CameraRecorder)
    QML_NAMED_ELEMENT(CameraRecorder)
    QML_UNCREATABLE("Belongs to Publishing")
};

// RecordTrouble.CameraBusy and so on.
namespace RecordTroubleForeign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(tikgok::RecordTroubles)
QML_NAMED_ELEMENT(RecordTrouble)
}  // namespace RecordTroubleForeign

struct PublishEditorForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::PublishEditor)
    QML_NAMED_ELEMENT(PublishEditor)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct PublishDraftsForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::PublishDrafts)
    QML_NAMED_ELEMENT(PublishDrafts)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct PublishJobsForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::PublishJobs)
    QML_NAMED_ELEMENT(PublishJobs)
    QML_UNCREATABLE("The application makes it and hands it in")
};

// PublishProblem.FileGone and so on.
namespace PublishProblemForeign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(tikgok::PublishProblems)
QML_NAMED_ELEMENT(PublishProblem)
}  // namespace PublishProblemForeign

struct ShortcutsForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::Shortcuts)
    QML_NAMED_ELEMENT(Shortcuts)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct DataUsageForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::DataUsage)
    QML_NAMED_ELEMENT(DataUsage)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct ServersModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::ServersModel)
    QML_NAMED_ELEMENT(ServersModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct ServerCheckForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::ServerCheck)
    QML_NAMED_ELEMENT(ServerCheck)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct ServerHealthForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::ServerHealth)
    QML_NAMED_ELEMENT(ServerHealth)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct AccountsModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::AccountsModel)
    QML_NAMED_ELEMENT(AccountsModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct VaultSwitchForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::VaultSwitch)
    QML_NAMED_ELEMENT(VaultSwitch)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct DiagnosticsForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::Diagnostics)
    QML_NAMED_ELEMENT(Diagnostics)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct SimulatorWatchForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::SimulatorWatch)
    QML_NAMED_ELEMENT(SimulatorWatch)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct SimulatorDeskForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::SimulatorDesk)
    QML_NAMED_ELEMENT(SimulatorDesk)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct SimulatorFilesForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::SimulatorFiles)
    QML_NAMED_ELEMENT(SimulatorFiles)
    QML_UNCREATABLE("The desk makes it")
};

struct DeadLettersModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::DeadLettersModel)
    QML_NAMED_ELEMENT(DeadLettersModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct FindingsModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::FindingsModel)
    QML_NAMED_ELEMENT(FindingsModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct CoverageModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::CoverageModel)
    QML_NAMED_ELEMENT(CoverageModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct FaultRulesModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::FaultRulesModel)
    QML_NAMED_ELEMENT(FaultRulesModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct InsideFaultsModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::InsideFaultsModel)
    QML_NAMED_ELEMENT(InsideFaultsModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct ScenariosModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::ScenariosModel)
    QML_NAMED_ELEMENT(ScenariosModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct SnapshotsModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::SnapshotsModel)
    QML_NAMED_ELEMENT(SnapshotsModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct SimPeopleModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::SimPeopleModel)
    QML_NAMED_ELEMENT(SimPeopleModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct JournalModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::JournalModel)
    QML_NAMED_ELEMENT(JournalModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

struct LoadModelForeign {
    Q_GADGET
    QML_FOREIGN(tikgok::LoadModel)
    QML_NAMED_ELEMENT(LoadModel)
    QML_UNCREATABLE("The application makes it and hands it in")
};

// ErrorKind.Offline and so on.
namespace ErrorKindForeign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(tikgok::ErrorKinds)
QML_NAMED_ELEMENT(ErrorKind)
}  // namespace ErrorKindForeign

// DiskTrouble.Full and so on.
namespace DiskTroubleForeign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(tikgok::DiskTroubles)
QML_NAMED_ELEMENT(DiskTrouble)
}  // namespace DiskTroubleForeign

namespace CommandForeign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(tikgok::Commands)
QML_NAMED_ELEMENT(Command)
}  // namespace CommandForeign

namespace CommandGroupForeign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(tikgok::CommandGroups)
QML_NAMED_ELEMENT(CommandGroup)
}  // namespace CommandGroupForeign

namespace DialectForeign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(tikgok::Dialects)
QML_NAMED_ELEMENT(Dialect)
}  // namespace DialectForeign

namespace AddressProblemForeign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(tikgok::AddressProblems)
QML_NAMED_ELEMENT(AddressProblem)
}  // namespace AddressProblemForeign

namespace ServerVerdictForeign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(tikgok::ServerVerdicts)
QML_NAMED_ELEMENT(ServerVerdict)
}  // namespace ServerVerdictForeign

}  // namespace tikgok
