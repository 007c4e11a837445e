// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The videos of everybody whom the signed-in person follows, newest first.
//
// The contract has no such list and no publish time, so it is made here of the lists of each person. A list
// keeps its order, which is the server's word that it goes from new to old. Between lists the larger id comes
// first: every known server hands ids out rising (counters, snowflakes). Where one does not, only the way in
// which people's videos alternate is arbitrary; nobody's older video comes before their newer one.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/task_scope.h"
#include "core/entities/entity_store.h"
#include "core/feed/video_list.h"

#include <QList>
#include <QPointer>

#include <deque>
#include <optional>

namespace tikgok {

// The base by its whole name: what describes the types to QML does not look into namespaces.
class FollowingFeed final : public tikgok::VideoList {
    Q_OBJECT
    // Nobody is followed; only with State::NoVideos. Otherwise those who are have published nothing.
    Q_PROPERTY(bool followsNobody READ followsNobody NOTIFY stateChanged)
    // People whose videos could not be read. Nobody else's are held back for that; retry() asks for theirs.
    Q_PROPERTY(int missedPeople READ missedPeople NOTIFY missedPeopleChanged)

public:
    // Lists asked for at the same time.
    static constexpr int kAtOnce = 4;
    // The first videos are shown when this many people have answered, or all. Later ones are put in behind
    // the video being watched.
    static constexpr int kFirstPeople = 8;

    // All must outlive the feed.
    FollowingFeed(Api& api, Session& session, EntityStore& store, QObject* parent = nullptr);
    ~FollowingFeed() override;

    [[nodiscard]] bool followsNobody() const { return followsNobody_; }
    [[nodiscard]] int missedPeople() const { return static_cast<int>(missed_.size()); }

    // Signed out: State::Failed with ErrorKind::SignedOut, and it loads by itself after signing in.
    // A refresh adds what is new behind the video being watched and takes out, also behind it, what people
    // have published who are not followed any more.
    void refresh() override;
    void loadMore() override {}
    void retry() override;
    void startOver() override;

Q_SIGNALS:
    void missedPeopleChanged();

private:
    void begin();
    QCoro::Task<> readPeople();
    QCoro::Task<> readWorks();
    void askWaiting();
    void arrived(const QList<VideoEntity*>& videos);
    void showEarly();
    void mergeIn(const QList<VideoEntity*>& videos);
    void dropUnfollowed(const QSet<contract::Id>& followed);
    void noteAge(std::optional<qint64> savedAt);
    void finish();
    void fail(const Error& error);
    void setMissed(QList<contract::User> missed);
    void accountMayHaveChanged();
    void clear();

    Api& api_;
    Session& session_;
    EntityStore& store_;
    std::deque<contract::User> waiting_;
    QList<contract::User> missed_;
    // Lists that came before the first videos are shown.
    QList<QList<QPointer<VideoEntity>>> early_;
    Error lastError_;
    // When the oldest of what came in this round was read; nothing: all is from now.
    std::optional<qint64> oldest_;
    int asking_ = 0;
    int answered_ = 0;
    bool busy_ = false;
    bool followsNobody_ = false;
    // Whose list this is; 0: nobody's.
    contract::Id readAs_ = 0;
    TaskScope scope_;
};

}  // namespace tikgok
