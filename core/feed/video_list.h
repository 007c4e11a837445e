// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A list of videos that a pager can show and a grid, whatever it is made of: the feed, a person's works, the
// likes, the videos of those whom one follows. Each video is in it once.
#pragma once

#include "core/api/error.h"
#include "core/entities/video_entity.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QList>
#include <QSet>

#include <optional>

namespace tikgok {

class VideoList : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    // Why state is Failed or MoreFailed; None otherwise.
    Q_PROPERTY(tikgok::ErrorKinds::Kind errorKind READ errorKind NOTIFY stateChanged)
    // The server's words, may be empty.
    Q_PROPERTY(QString errorWords READ errorWords NOTIFY stateChanged)
    // What is shown is not what the server says now but what it said at this moment. Invalid: it is from now.
    Q_PROPERTY(QDateTime savedAt READ savedAt NOTIFY savedAtChanged)
    // A refresh of a list that is already shown is under way.
    Q_PROPERTY(bool refreshing READ refreshing NOTIFY refreshingChanged)
    // The row being watched, set by the pager. A refresh does not move it.
    Q_PROPERTY(int currentRow READ currentRow WRITE setCurrentRow NOTIFY currentRowChanged)

public:
    enum class State {
        Empty,        // never loaded
        Loading,      // the first videos are under way, nothing to show yet
        Ready,        // there is something to show, and more may follow
        LoadingMore,  // more is under way
        Failed,       // nothing came, nothing to show: retry()
        MoreFailed,   // something is shown, and what follows failed: retry()
        End,          // the last video is shown: startOver()
        NoVideos,     // there are none
    };
    Q_ENUM(State)

    enum Role {
        // VideoEntity*, never null.
        VideoRole = Qt::UserRole + 1,
    };
    Q_ENUM(Role)

    explicit VideoList(QObject* parent = nullptr);
    ~VideoList() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(videos_.size()); }
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] ErrorKind errorKind() const { return errorKind_; }
    [[nodiscard]] QString errorWords() const { return errorWords_; }
    [[nodiscard]] QDateTime savedAt() const { return savedAt_; }
    [[nodiscard]] bool refreshing() const { return refreshing_; }
    [[nodiscard]] int currentRow() const { return currentRow_; }
    void setCurrentRow(int row);

    // Null outside the rows.
    Q_INVOKABLE tikgok::VideoEntity* videoAt(int row) const;

    // The first load when there is nothing yet; otherwise looks for what is new. The place is kept.
    Q_INVOKABLE virtual void refresh() = 0;
    // Call when fewer than five videos are left. Does nothing unless state is Ready.
    Q_INVOKABLE virtual void loadMore() = 0;
    // After Failed or MoreFailed.
    Q_INVOKABLE virtual void retry() = 0;
    // From the first video again; the place is lost.
    Q_INVOKABLE virtual void startOver() = 0;
    // What is shown is old, or something did not come, because nobody answered.
    [[nodiscard]] bool isLacking() const;
    // The server answers again: asks for what is lacking.
    void serverIsBack();

Q_SIGNALS:
    void countChanged();
    void stateChanged();
    void savedAtChanged();
    void refreshingChanged();
    void currentRowChanged();
    // The rows are those of an earlier run; this one was watched.
    void placeRestored(int row);
    // What is shown stays as it is.
    void refreshFailed(tikgok::ErrorKinds::Kind kind, const QString& serverWords);

protected:
    [[nodiscard]] const QList<VideoEntity*>& videos() const { return videos_; }
    [[nodiscard]] const QSet<contract::Id>& ids() const { return ids_; }
    // Those that are not in the list, each once.
    [[nodiscard]] QList<VideoEntity*> unseen(const QList<VideoEntity*>& videos) const;
    // Puts the unseen ones of these in front of `row`. Like the next two, it keeps currentRow at its video.
    void insertVideos(int row, const QList<VideoEntity*>& videos);
    void removeVideo(int row) { removeVideos(row, 1); }
    void removeVideos(int row, int many);
    // `to` < `from`.
    void moveVideoUp(int from, int to);
    // Back to nothing: no rows, row 0, State::Empty.
    void clearVideos();
    void setState(State state, const Error* error = nullptr);
    void setRefreshing(bool refreshing);
    // See Answered::savedAt.
    void setSavedAt(std::optional<qint64> savedAt);

private:
    void releaseAll();

    // Held: see EntityUse.
    QList<VideoEntity*> videos_;
    QSet<contract::Id> ids_;
    State state_ = State::Empty;
    ErrorKind errorKind_ = ErrorKind::None;
    QString errorWords_;
    QDateTime savedAt_;
    bool refreshing_ = false;
    int currentRow_ = 0;
};

}  // namespace tikgok
