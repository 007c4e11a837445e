// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The videos of everybody whom the signed-in person follows, newest first.
//
// The contract has no such list and no publish time, so it is made here of the lists of each person. A list
// keeps its order, which is the server's word that it goes from new to old. Between lists the larger id comes
// first: every known server hands ids out rising (counters, snowflakes). Where one does not, only the way in
// which people's videos alternate is arbitrary; nobody's older video comes before their newer one.
//
// The rows are a window on that list. Of what is not in it little more than the ids is kept, and what the
// window comes to is read again with its person's list.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/task_scope.h"
#include "core/entities/entity_store.h"
#include "core/feed/followed_works.h"
#include "core/feed/video_list.h"

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
    // So many rows are ready behind the one being watched, and more are looked for when half of them are
    // left.
    static constexpr int kAhead = 60;
    // Never more rows than this; then the first ones go, but for those that somebody may swipe back to.
    static constexpr int kMostRows = 400;
    static constexpr int kRowsBehind = 200;

    // All must outlive the feed.
    FollowingFeed(Api& api, Session& session, EntityStore& store, QObject* parent = nullptr);
    ~FollowingFeed() override;

    [[nodiscard]] bool followsNobody() const { return followsNobody_; }
    [[nodiscard]] int missedPeople() const { return missedPeople_; }

    // Signed out: State::Failed with ErrorKind::SignedOut, and it loads by itself after signing in.
    // A refresh adds what is new behind the video being watched and takes out, also behind it, what people
    // have published who are not followed any more.
    void refresh() override;
    // Also while some people's videos are missing: those of the others go on.
    void loadMore() override;
    void retry() override;
    void startOver() override;

Q_SIGNALS:
    void missedPeopleChanged();

private:
    // Whose lists are being read.
    enum class Round {
        Nobodys,
        Everybodys,
        // Of those whose works are next and not at hand, or who were missed.
        Somebodys,
    };

    void begin();
    QCoro::Task<> readPeople();
    QCoro::Task<> readWorks();
    void askWaiting();
    void ask(const std::vector<contract::Id>& people);
    void adopt(contract::Id person, std::vector<contract::Video> works, ReadMark read);
    // Brings the rows behind the one being watched in line with what is known.
    void bringInLine();
    [[nodiscard]] QList<VideoEntity*> nextVideos();
    void dropPassed();
    [[nodiscard]] QSet<contract::Id> idsUpToCurrent() const;
    [[nodiscard]] int rowsAhead() const { return count() - 1 - currentRow(); }
    void noteAge(std::optional<qint64> savedAt);
    void finish();
    void goOn();
    void settle();
    void fail(const Error& error);
    void countMissed();
    void accountMayHaveChanged();
    void clear();

    Api& api_;
    Session& session_;
    EntityStore& store_;
    FollowedWorks works_;
    std::deque<contract::Id> waiting_;
    // Their works are next, and have to be read again.
    std::vector<contract::Id> lacking_;
    // What belongs behind the row being watched, there or not.
    QSet<contract::Id> planned_;
    Error lastError_;
    // When the oldest of what came since the last refresh was read; nothing: all is from now.
    std::optional<qint64> oldest_;
    Round round_ = Round::Nobodys;
    int asking_ = 0;
    int answered_ = 0;
    int missedPeople_ = 0;
    // There is more behind the last row.
    bool more_ = false;
    // What was asked last failed for all: nothing goes on before retry() or refresh().
    bool stopped_ = false;
    // Rows come and go right now: who hears of it does not make more come.
    bool changingRows_ = false;
    bool followsNobody_ = false;
    // Whose list this is; 0: nobody's.
    contract::Id readAs_ = 0;
    TaskScope scope_;
};

}  // namespace tikgok
