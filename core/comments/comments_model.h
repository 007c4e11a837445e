// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The comments of one video, newest first, with those that are being written and removed here.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/error.h"
#include "core/api/task_scope.h"
#include "core/comments/comment_sender.h"
#include "core/comments/drafts.h"
#include "core/comments/own_comments.h"
#include "core/entities/entity_store.h"
#include "core/entities/video_entity.h"
#include "core/outbox/outbox.h"

#include <QAbstractListModel>
#include <QDateTime>
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
    // The list is what the server said at this moment. Invalid: it is from now.
    Q_PROPERTY(QDateTime savedAt READ savedAt NOTIFY savedAtChanged)
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
        Pending,   // in the outbox: on its way, or waiting for a network or its account
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
        DateTextRole,    // for people; empty when pending
        OwnRole,         // may be removed by the signed-in person
        StatusRole,      // CommentsModel.Status
        FailedKindRole,  // ErrorKind of the last failed post or removal of this row; of a pending one, why it
                         // waits
        FailedWordsRole,  // the server's words for it, may be empty
    };
    Q_ENUM(Role)

    // Why a text was not taken.
    enum class Problem { Empty, TooLong, NoVideo };
    Q_ENUM(Problem)

    // All must outlive the model. `api` is asked for lists only, and may answer with what is kept.
    CommentsModel(Api& api, Session& session, EntityStore& store, Outbox& outbox, CommentSender& sender,
                  Drafts& drafts, CommentsOptions options = {}, QObject* parent = nullptr);
    ~CommentsModel() override;

    // Before the first video: comments of one's own are known by it on servers that do not say whose they
    // are. Must outlive the model. Without it only the last hundred are known.
    void knowOwnBy(OwnComments& own) { own_ = &own; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] VideoEntity* video() const { return video_; }
    void setVideo(VideoEntity* video);
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] ErrorKind errorKind() const { return errorKind_; }
    [[nodiscard]] QString errorWords() const { return errorWords_; }
    [[nodiscard]] QDateTime savedAt() const { return savedAt_; }
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
    // The server answers again: asks for what is old or did not come.
    void serverIsBack();
    // True when the text was taken: it stands at the top as pending, and the draft is empty. With nobody
    // signed in the session asks for an account first; until then the text stays the draft. Otherwise
    // refused() says why and the draft stays.
    Q_INVOKABLE bool post(const QString& text);
    // A row whose status is Failed.
    Q_INVOKABLE void retry(int row);
    Q_INVOKABLE void discard(int row);
    // One's own row whose status is Sent. An earlier removal that could still be undone becomes final. What a
    // server took and does not keep (see Row::post) just goes.
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void undoRemove();

Q_SIGNALS:
    void videoChanged();
    void stateChanged();
    void savedAtChanged();
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
    struct Row {
        // The intent of one that is not sent, or was sent to a server that keeps no comments: that one stands
        // here until the program ends. 0: a comment of the server.
        IntentId post = 0;
        contract::Comment comment;
        Status status = Status::Sent;
        ErrorKind errorKind = ErrorKind::None;
        QString errorWords;
    };
    struct Removal {
        // Whose wish it is, whoever is signed in when the time to undo it is over.
        QString account;
        contract::Id videoId = 0;
        contract::Id commentId = 0;
        QString text;
    };

    // Session::accountKey(), or "server|0" for a stranger.
    [[nodiscard]] QString draftsKey() const;
    [[nodiscard]] bool isOwn(const contract::Comment& comment) const;
    [[nodiscard]] int rowOfPost(IntentId id) const;
    [[nodiscard]] int rowOfComment(contract::Id id) const;
    [[nodiscard]] static Row rowFor(const Intent& post);
    // The official demo says yes to a comment and keeps none (contract.md 4.8 and 4.9).
    [[nodiscard]] bool serverKeepsNone() const;
    [[nodiscard]] bool isShown(contract::Id videoId) const;

    // comments_model.cpp: what is shown
    void startList();
    Api::Call<std::vector<contract::Comment>> readList(contract::Id videoId, std::stop_token alive);
    QCoro::Task<> load();
    QCoro::Task<> readOwn();
    void noteOwn(IntentId post, const contract::Comment& comment);
    void showList(std::vector<contract::Comment> comments);
    void placeWritten(QList<Row> written, QList<Row>& list) const;
    // Sent after the old list that is shown was read, and not removed since; newest first.
    [[nodiscard]] std::vector<contract::Comment> writtenSince() const;
    void setSavedAt(std::optional<qint64> savedAt);
    void setRows(QList<Row> target);
    void insertRow(int at, Row row);
    void removeRow(int at);
    void rowChanged(int row);
    void setState(State state, const Error* error = nullptr);
    void accountMayHaveChanged();
    void serverChanged();
    void adjustCount(contract::Id videoId, int by);

    // comments_writing.cpp: what is written
    void connectOutbox();
    void takeUpPosts();
    void put(contract::Id videoId, const QString& text);
    void askForAccount(const QString& text);
    void takeFromDraft(contract::Id videoId, const QString& text);
    void onChanged(const Intent& intent);
    void onSent(const Intent& intent);
    void onFailed(const Intent& intent);
    void onDiscarded(const Intent& intent);
    void countFor(const Intent& intent, bool wanted);
    void uncountAll();
    void postArrived(const Intent& intent);
    void clearUndo();
    void finishUndo();
    // Comments of the shown video that are removed here and perhaps not on the server yet.
    [[nodiscard]] QSet<contract::Id> goingIds() const;
    void restoreRemoved(contract::Id commentId, const Intent* failed);

    Api& api_;
    Session& session_;
    EntityStore& store_;
    Outbox& outbox_;
    CommentSender& sender_;
    Drafts& drafts_;
    CommentsOptions options_;
    QLocale locale_;
    QPointer<VideoEntity> video_;
    QList<Row> rows_;
    // What the sender found on the server, until the outbox says that it is sent.
    QHash<IntentId, contract::Comment> arrived_;
    // Intents whose wish the count of their video includes.
    QSet<IntentId> counted_;
    // Comments written here, for servers that do not say whose a comment is.
    QSet<contract::Id> ownIds_;
    OwnComments* own_ = nullptr;
    // Written in this run, of videos by id, newest first, and not kept by the server.
    QHash<contract::Id, QList<Row>> unkept_;
    // A text that waits for an account.
    bool askingForAccount_ = false;
    std::optional<Removal> undo_;
    QTimer undoTimer_;
    State state_ = State::Idle;
    ErrorKind errorKind_ = ErrorKind::None;
    QString errorWords_;
    QDateTime savedAt_;
    // The rows are those of this video, whenever they were read.
    bool listed_ = false;
    QString account_;
    TaskScope ownScope_;
    TaskScope listScope_;
};

}  // namespace tikgok
