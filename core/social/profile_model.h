// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One person's page: who they are, what they published, what they like.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/task_scope.h"
#include "core/entities/entity_store.h"
#include "core/feed/video_list_model.h"

#include <QDateTime>
#include <QObject>
#include <QPointer>

#include <optional>

namespace tikgok {

class ProfileModel final : public QObject {
    Q_OBJECT
    // Decimal digits.
    Q_PROPERTY(QString userId READ userId CONSTANT)
    // Null until something is known about the person.
    Q_PROPERTY(tikgok::UserEntity* user READ user NOTIFY userChanged)
    // It is the page of whoever is signed in.
    Q_PROPERTY(bool mine READ mine NOTIFY mineChanged)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    // Why state is Failed; None otherwise.
    Q_PROPERTY(tikgok::ErrorKinds::Kind errorKind READ errorKind NOTIFY stateChanged)
    // The server's words, may be empty.
    Q_PROPERTY(QString errorWords READ errorWords NOTIFY stateChanged)
    Q_PROPERTY(bool refreshing READ refreshing NOTIFY refreshingChanged)
    // What is shown of the person is what the server said at this moment. Invalid: it is from now.
    Q_PROPERTY(QDateTime savedAt READ savedAt NOTIFY savedAtChanged)
    Q_PROPERTY(tikgok::VideoListModel* works READ works CONSTANT)
    Q_PROPERTY(tikgok::VideoListModel* likes READ likes CONSTANT)

public:
    enum class State {
        Loading,  // nothing is known yet
        Ready,    // `user` is there, perhaps as other pages knew it
        Failed,   // nothing is known, and asking failed: refresh()
        Unknown,  // the server knows nobody of that id
    };
    Q_ENUM(State)

    // All must outlive the model. Nothing is asked before refresh().
    ProfileModel(contract::Id userId, Api& api, Session& session, EntityStore& store,
                 QObject* parent = nullptr);
    ~ProfileModel() override;

    [[nodiscard]] QString userId() const { return QString::number(userId_); }
    [[nodiscard]] UserEntity* user() const { return user_; }
    [[nodiscard]] bool mine() const { return userId_ == session_.lastUserId(); }
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] ErrorKind errorKind() const { return errorKind_; }
    [[nodiscard]] QString errorWords() const { return errorWords_; }
    [[nodiscard]] bool refreshing() const { return asking_ && state_ == State::Ready; }
    [[nodiscard]] QDateTime savedAt() const { return savedAt_; }
    [[nodiscard]] VideoListModel* works() { return &works_; }
    [[nodiscard]] VideoListModel* likes() { return &likes_; }

    // Asks for the person and their works, and for what they like when that was asked for before: the second
    // tab loads when it is looked at, by likes.refresh().
    Q_INVOKABLE void refresh();
    // The server answers again: asks for what is old or did not come.
    void serverIsBack();

Q_SIGNALS:
    void userChanged();
    void mineChanged();
    void stateChanged();
    void refreshingChanged();
    void savedAtChanged();
    // What is shown stays as it is.
    void refreshFailed(tikgok::ErrorKinds::Kind kind, const QString& serverWords);

private:
    QCoro::Task<> load();
    void setUser(UserEntity* user);
    void setSavedAt(std::optional<qint64> savedAt);
    void settle(State state, const Error* error = nullptr);
    void accountMayHaveChanged();
    void forgetServer();

    contract::Id userId_;
    Api& api_;
    Session& session_;
    EntityStore& store_;
    VideoListModel works_;
    VideoListModel likes_;
    QPointer<UserEntity> user_;
    State state_ = State::Loading;
    ErrorKind errorKind_ = ErrorKind::None;
    QString errorWords_;
    QDateTime savedAt_;
    bool asking_ = false;
    bool opened_ = false;
    bool wasAsked_ = false;
    contract::Id readAs_ = 0;
    TaskScope scope_;
};

}  // namespace tikgok
