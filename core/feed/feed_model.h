// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The feed: pages of videos, newest first, each video once.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/error.h"
#include "core/api/task_scope.h"
#include "core/entities/entity_store.h"

#include <QAbstractListModel>
#include <QList>
#include <QSet>

#include <optional>

namespace tikgok {

class FeedModel final : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    // Why state is Failed or MoreFailed; None otherwise.
    Q_PROPERTY(tikgok::ErrorKinds::Kind errorKind READ errorKind NOTIFY stateChanged)
    // The server's words, may be empty.
    Q_PROPERTY(QString errorWords READ errorWords NOTIFY stateChanged)
    // A refresh of a feed that is already shown is under way.
    Q_PROPERTY(bool refreshing READ refreshing NOTIFY refreshingChanged)
    // The row being watched, set by the pager. A refresh puts new videos right behind it, so that neither it
    // nor anything before it moves, and the next swipe shows the newest.
    Q_PROPERTY(int currentRow READ currentRow WRITE setCurrentRow NOTIFY currentRowChanged)

public:
    enum class State {
        Empty,        // never loaded
        Loading,      // first page under way, nothing to show yet
        Ready,        // there is something to show, and more may follow
        LoadingMore,  // the next page is under way
        Failed,       // the first page failed, nothing to show: retry()
        MoreFailed,   // a later page failed: retry()
        End,          // the oldest video is shown: startOver()
        NoVideos,     // the server has none
    };
    Q_ENUM(State)

    enum Role {
        // VideoEntity*, never null.
        VideoRole = Qt::UserRole + 1,
    };
    Q_ENUM(Role)

    // All must outlive the model.
    FeedModel(Api& api, Session& session, EntityStore& store, QObject* parent = nullptr);
    ~FeedModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(videos_.size()); }
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] ErrorKind errorKind() const { return errorKind_; }
    [[nodiscard]] QString errorWords() const { return errorWords_; }
    [[nodiscard]] bool refreshing() const { return refreshing_; }
    [[nodiscard]] int currentRow() const { return currentRow_; }
    void setCurrentRow(int row);

    // Null outside the rows.
    Q_INVOKABLE tikgok::VideoEntity* videoAt(int row) const;

    // The first load when there is nothing yet; otherwise looks for newer videos. The place is kept.
    Q_INVOKABLE void refresh();
    // Call when fewer than five videos are left. Does nothing unless state is Ready.
    Q_INVOKABLE void loadMore();
    // After Failed or MoreFailed.
    Q_INVOKABLE void retry();
    // From the newest video again; the place is lost.
    Q_INVOKABLE void startOver();

Q_SIGNALS:
    void countChanged();
    void stateChanged();
    void refreshingChanged();
    void currentRowChanged();
    // What is shown stays as it is.
    void refreshFailed(tikgok::ErrorKinds::Kind kind, const QString& serverWords);

private:
    struct Page {
        QList<VideoEntity*> videos;
        std::optional<qint64> next;
    };

    // Asks for one page and brings the entities up to date. A token that the server does not take is
    // reported, and the page is read as a stranger.
    QCoro::Task<Result<Page>> readPage(std::optional<qint64> cursor, std::stop_token alive);
    QCoro::Task<> loadFirst();
    QCoro::Task<> loadNext();
    QCoro::Task<> loadNewer();
    QCoro::Task<> readAgain();
    [[nodiscard]] QList<VideoEntity*> unseen(const QList<VideoEntity*>& videos) const;
    void insert(int row, const QList<VideoEntity*>& videos);
    void append(const Page& page);
    void accountMayHaveChanged();
    void clear();
    void setState(State state, const Error* error = nullptr);
    void setRefreshing(bool refreshing);

    Api& api_;
    Session& session_;
    EntityStore& store_;
    QList<VideoEntity*> videos_;
    QSet<contract::Id> ids_;
    std::optional<qint64> cursor_;
    int pagesRead_ = 0;
    State state_ = State::Empty;
    ErrorKind errorKind_ = ErrorKind::None;
    QString errorWords_;
    bool refreshing_ = false;
    int currentRow_ = 0;
    // Whose likes the pages were read with; 0 when at least one was read as a stranger.
    contract::Id readAs_ = 0;
    TaskScope againScope_;
    TaskScope scope_;
};

}  // namespace tikgok
