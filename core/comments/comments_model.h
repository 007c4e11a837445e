// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The comments of one video, newest first, with those that are being written and removed here.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/error.h"
#include "core/api/task_scope.h"
#include "core/comments/drafts.h"
#include "core/entities/entity_store.h"
#include "core/entities/video_entity.h"

#include <QAbstractListModel>
#include <QHash>
#include <QList>
#include <QLocale>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <optional>
#include <vector>

namespace tikgok {

struct CommentsOptions {
    // How long a removed comment can be brought back.
    std::chrono::milliseconds undoTime{5'000};
};

class CommentsModel final : public QAbstractListModel {
    Q_OBJECT
    // State and Status share a name; QML writes CommentsModel.State.Failed.
    Q_CLASSINFO("RegisterEnumClassesUnscoped", "false")
    // Setting it loads that video's comments. Null shows nothing.
    Q_PROPERTY(tikgok::VideoEntity* video READ video WRITE setVideo NOTIFY videoChanged)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(tikgok::ErrorKinds::Kind errorKind READ errorKind NOTIFY stateChanged)
    Q_PROPERTY(QString errorWords READ errorWords NOTIFY stateChanged)
    // Comments that exist as far as is known: without failed and removed ones.
    Q_PROPERTY(int total READ total NOTIFY totalChanged)
    // Rows, whatever their status.
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    // What is typed and not posted, for this video and account.
    Q_PROPERTY(QString draft READ draft WRITE setDraft NOTIFY draftChanged)
    // In the unit of maxLength.
    Q_PROPERTY(int draftLength READ draftLength NOTIFY draftChanged)
    Q_PROPERTY(int maxLength READ maxLength CONSTANT)
    // "characters": what maxLength counts.
    Q_PROPERTY(QString lengthUnit READ lengthUnit CONSTANT)
    // A comment was removed a moment ago and can be brought back.
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY canUndoChanged)

public:
    enum class State { Idle, Loading, Ready, Failed };
    Q_ENUM(State)

    enum class Status {
        Sent,
        Pending,   // on its way, or waiting for an account
        Failed,    // not on the server as far as is known: retry() or discard()
        Deleting,  // removed here, not on the server yet
    };
    Q_ENUM(Status)

    enum Role {
        CommentIdRole = Qt::UserRole + 1,  // decimal digits, empty while pending or failed
        AuthorNameRole,                    // empty when unknown
        AuthorAvatarRole,                  // QUrl
        AuthorIdRole,                      // decimal digits, empty when unknown
        AuthorKnownRole,                   // a profile can be opened
        ContentRole,
        DateTextRole,     // for people; empty when pending
        OwnRole,          // may be removed by the signed-in person
        StatusRole,       // CommentsModel.Status
        FailedKindRole,   // ErrorKind of the last failed post or removal of this row
        FailedWordsRole,  // the server's words for it, may be empty
    };
    Q_ENUM(Role)

    // Why a text was not taken.
    enum class Problem { Empty, TooLong, NoVideo };
    Q_ENUM(Problem)

    // All must outlive the model.
    CommentsModel(Api& api, Session& session, EntityStore& store, Drafts& drafts,
                  CommentsOptions options = {}, QObject* parent = nullptr);
    ~CommentsModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] VideoEntity* video() const { return video_; }
    void setVideo(VideoEntity* video);
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] ErrorKind errorKind() const { return errorKind_; }
    [[nodiscard]] QString errorWords() const { return errorWords_; }
    [[nodiscard]] int total() const;
    [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }
    [[nodiscard]] QString draft() const;
    void setDraft(const QString& text);
    [[nodiscard]] int draftLength() const;
    [[nodiscard]] int maxLength() const;
    [[nodiscard]] QString lengthUnit() const;
    [[nodiscard]] bool canUndo() const { return undo_.has_value(); }
    // For dates; the default locale at first.
    void setLocale(const QLocale& locale);

    Q_INVOKABLE void refresh();
    // True when the text was taken: it stands at the top as pending, and the draft is empty. Otherwise
    // refused() says why and the draft stays.
    Q_INVOKABLE bool post(const QString& text);
    // A row whose status is Failed.
    Q_INVOKABLE void retry(int row);
    Q_INVOKABLE void discard(int row);
    // One's own row whose status is Sent. An earlier removal that could still be undone becomes final.
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void undoRemove();

Q_SIGNALS:
    void videoChanged();
    void stateChanged();
    void totalChanged();
    void countChanged();
    void draftChanged();
    void canUndoChanged();
    // `length` and maxLength are in lengthUnit.
    void refused(tikgok::CommentsModel::Problem problem, int length);
    void postFailed(tikgok::ErrorKinds::Kind kind, const QString& serverWords);
    // The comment is back.
    void removeFailed(tikgok::ErrorKinds::Kind kind, const QString& serverWords);

private:
    // A text on its way to the server. Lives on while another video is shown.
    struct Post {
        quint64 number = 0;
        contract::Id videoId = 0;
        QString account;
        QString text;
        Status status = Status::Pending;
        ErrorKind errorKind = ErrorKind::None;
        QString errorWords;
        // The request may have arrived: look on the server before sending again.
        bool uncertain = false;
        // Comments that were on the server before this one was sent.
        QSet<contract::Id> known;
    };
    struct Row {
        // Without a post: a comment of the server.
        quint64 post = 0;
        contract::Comment comment;
        Status status = Status::Sent;
        ErrorKind errorKind = ErrorKind::None;
        QString errorWords;
    };
    struct Removal {
        contract::Id videoId = 0;
        contract::Id commentId = 0;
    };

    // Session::accountKey(), or "server|0" for a stranger.
    [[nodiscard]] QString draftsKey() const;
    [[nodiscard]] bool isOwn(const contract::Comment& comment) const;
    [[nodiscard]] int rowOfPost(quint64 number) const;
    [[nodiscard]] int rowOfComment(contract::Id id) const;
    [[nodiscard]] static Row rowFor(const Post& post);
    [[nodiscard]] std::optional<contract::Comment> findArrived(
        const Post& post, const std::vector<contract::Comment>& list) const;
    Post* findPost(quint64 number);

    // comments_model.cpp: what is shown
    void startList();
    QCoro::Task<Result<std::vector<contract::Comment>>> readList(contract::Id videoId, std::stop_token alive);
    QCoro::Task<> load();
    void showList(std::vector<contract::Comment> comments);
    void setRows(const QList<Row>& target);
    void insertRow(int at, Row row);
    void removeRow(int at);
    void rowChanged(int row);
    void setState(State state, const Error* error = nullptr);
    void accountMayHaveChanged();
    void serverChanged();
    void adjustCount(contract::Id videoId, int by);

    // comments_writing.cpp: what is written
    void takeUpUnsent();
    void send(quint64 number);
    QCoro::Task<> sendPosts();
    QCoro::Task<> sendPost(quint64 number, std::stop_token alive);
    void askForAccount(quint64 number);
    void giveBack(quint64 number);
    void postArrived(quint64 number, std::optional<contract::Comment> comment);
    void postFailedWith(quint64 number, const Error& error);
    void clearUndo();
    void finishUndo();
    QCoro::Task<> sendRemoval(Removal removal);
    void restoreRemoved(const Removal& removal, const Error* error);

    Api& api_;
    Session& session_;
    EntityStore& store_;
    Drafts& drafts_;
    CommentsOptions options_;
    QLocale locale_;
    QPointer<VideoEntity> video_;
    QList<Row> rows_;
    QList<Post> posts_;
    quint64 lastPost_ = 0;
    bool sending_ = false;
    // Comments written in this run, for servers that do not say whose a comment is.
    QSet<contract::Id> ownIds_;
    // Removals on their way, so that a refresh does not bring them back.
    QSet<contract::Id> removing_;
    std::optional<Removal> undo_;
    QTimer undoTimer_;
    State state_ = State::Idle;
    ErrorKind errorKind_ = ErrorKind::None;
    QString errorWords_;
    QString account_;
    TaskScope listScope_;
    TaskScope removalScope_;
    TaskScope scope_;
};

}  // namespace tikgok
