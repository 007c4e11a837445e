// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A list of people: whom somebody follows, who follows them, or one's friends with the last message.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/task_scope.h"
#include "core/entities/entity_store.h"
#include "core/social/people_details.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QList>
#include <QSet>

#include <optional>

namespace tikgok {

class PeopleModel final : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(Kind kind READ kind CONSTANT)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    // Why state is Failed; None otherwise.
    Q_PROPERTY(tikgok::ErrorKinds::Kind errorKind READ errorKind NOTIFY stateChanged)
    // The server's words, may be empty.
    Q_PROPERTY(QString errorWords READ errorWords NOTIFY stateChanged)
    // What is shown is being looked at again.
    Q_PROPERTY(bool refreshing READ refreshing NOTIFY refreshingChanged)
    // What is shown is what the server said at this moment. Invalid: it is from now.
    Q_PROPERTY(QDateTime savedAt READ savedAt NOTIFY savedAtChanged)

public:
    enum class Kind { Following, Followers, Friends };
    Q_ENUM(Kind)

    enum class State {
        Empty,    // never loaded
        Loading,  // nothing to show yet
        Ready,    // shown; nobody when count is 0
        Failed,   // nothing to show: refresh()
    };
    Q_ENUM(State)

    enum Role {
        // UserEntity*, never null.
        UserRole = Qt::UserRole + 1,
        // The newest message between oneself and a friend, empty when there is none.
        MessageRole,
        // It went from oneself to the friend.
        MessageSentRole,
    };
    Q_ENUM(Role)

    // All must outlive the model. Nothing is asked before refresh(). `userId` 0: whoever is signed in.
    PeopleModel(Kind kind, contract::Id userId, Api& api, Session& session, EntityStore& store,
                PeopleDetails& details, QObject* parent = nullptr);
    ~PeopleModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }
    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] ErrorKind errorKind() const { return errorKind_; }
    [[nodiscard]] QString errorWords() const { return errorWords_; }
    [[nodiscard]] bool refreshing() const { return refreshing_; }
    [[nodiscard]] QDateTime savedAt() const { return savedAt_; }
    // Null outside the rows.
    Q_INVOKABLE tikgok::UserEntity* userAt(int row) const;

    // Loads, or looks again. People stay where they are shown as far as the server's order allows.
    Q_INVOKABLE void refresh();
    // The server answers again: asks for what is old or did not come.
    void serverIsBack();

Q_SIGNALS:
    void countChanged();
    void stateChanged();
    void refreshingChanged();
    void savedAtChanged();
    // What is shown stays as it is.
    void refreshFailed(tikgok::ErrorKinds::Kind kind, const QString& serverWords);

private:
    struct Row {
        UserEntity* user = nullptr;
        QString message;
        bool sent = false;

        bool operator==(const Row&) const = default;
    };

    QCoro::Task<> load();
    Api::Call<std::vector<contract::User>> ask(contract::Id id, const QString& token, std::stop_token alive);
    QCoro::Task<Answered<QList<Row>>> read(contract::Id id, QString token, std::stop_token alive);
    void adopt(const QList<Row>& rows);
    void accountMayHaveChanged();
    void clear();
    void releaseAll();
    void setState(State state, const Error* error = nullptr);
    void setRefreshing(bool refreshing);
    void setSavedAt(std::optional<qint64> savedAt);

    Kind kind_;
    contract::Id userId_;
    Api& api_;
    Session& session_;
    EntityStore& store_;
    PeopleDetails& details_;
    // Their users are held: see EntityUse.
    QList<Row> rows_;
    State state_ = State::Empty;
    ErrorKind errorKind_ = ErrorKind::None;
    QString errorWords_;
    bool refreshing_ = false;
    QDateTime savedAt_;
    // Who asked for what is shown; 0: a stranger.
    contract::Id readAs_ = 0;
    TaskScope scope_;
};

}  // namespace tikgok
