// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The feed: pages of videos, newest first, each video once.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/error.h"
#include "core/api/task_scope.h"
#include "core/cache/page_cache.h"
#include "core/entities/entity_store.h"
#include "core/feed/video_list.h"

#include <QHash>
#include <QList>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <optional>

namespace tikgok {

// The base by its whole name: what describes the types to QML does not look into namespaces.
class FeedModel final : public tikgok::VideoList {
    Q_OBJECT

public:
    // All must outlive the model.
    FeedModel(Api& api, Session& session, EntityStore& store, QObject* parent = nullptr);
    ~FeedModel() override;

    // Before the first refresh(): the place of each account of each server is kept there, and the first load
    // begins with it, at once; what is new then comes behind the video that was watched. `pages` must outlive
    // the model. What the disk refuses is tried again after `again`, and as soon as it takes something.
    void keepPlaceIn(PageCache& pages, std::chrono::milliseconds again = std::chrono::seconds(30));

    // New videos are put right behind the one being watched, so that neither it nor anything before it moves,
    // and the next swipe shows the newest.
    void refresh() override;
    void loadMore() override;
    void retry() override;
    void startOver() override;

private:
    struct Page {
        QList<VideoEntity*> videos;
        std::optional<qint64> next;
        std::optional<qint64> savedAt;
    };

    // Asks for one page and brings the entities up to date. A token that the server does not take is
    // reported, and the page is read as a stranger.
    QCoro::Task<Result<Page>> readPage(std::optional<qint64> cursor, std::stop_token alive);
    // The first load: from the place that is kept, or from the newest video.
    void begin();
    QCoro::Task<> restorePlace();
    void showPlace(const KeptPage& kept);
    void saveSoon();
    void savePlace();
    [[nodiscard]] QString placeOwner() const;
    QCoro::Task<> loadFirst();
    QCoro::Task<> loadNext();
    QCoro::Task<> loadNewer();
    QCoro::Task<> readAgain();
    // Asks for at most so many pages from there on, until nothing is missing any more.
    QCoro::Task<> readPages(std::optional<qint64> cursor, qsizetype most, QSet<contract::Id>& missing,
                            std::stop_token alive);
    void diskTroubleMayHaveChanged();
    void append(const Page& page);
    void dropPassed();
    // Those that were not shown yet.
    [[nodiscard]] QList<VideoEntity*> notShown(const QList<VideoEntity*>& videos) const;
    void accountMayHaveChanged();
    void clear();

    Api& api_;
    Session& session_;
    EntityStore& store_;
    std::optional<qint64> cursor_;
    // The cursor that came with the page that ends with this video.
    QHash<contract::Id, qint64> cursorAfter_;
    // Leads to the page with the first row; nothing: that is the newest page.
    std::optional<qint64> firstCursor_;
    // Those rows that a refresh put in between: they are in the newest pages, not where their neighbours are.
    QSet<contract::Id> newer_;
    // Were shown, and are no longer among the rows: see dropPassed().
    QSet<contract::Id> passed_;
    PageCache* pages_ = nullptr;
    // Whose place was looked for.
    QString lookedFor_;
    QTimer saveSoon_;
    // While the disk refuses.
    QTimer saveAgain_;
    // The rows are still as another account saw them: nobody's place.
    bool anothersEyes_ = false;
    // Whose likes the pages were read with; 0 when at least one was read as a stranger.
    contract::Id readAs_ = 0;
    TaskScope againScope_;
    TaskScope scope_;
};

}  // namespace tikgok
