// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The conversations of the account, newest first: friends, and people with whom there is a history on this
// device.
#pragma once

#include "core/api/error.h"
#include "core/api/task_scope.h"
#include "core/chat/chat_book.h"
#include "core/chat/rhythm.h"
#include "core/comments/drafts.h"

#include <QAbstractListModel>
#include <QLocale>
#include <QTimer>

namespace tikgok {

struct ConversationsOptions {
    // While the list is on the screen.
    Pace shown{
        .fast = std::chrono::milliseconds(4'000), .slow = std::chrono::milliseconds(12'000), .patience = 10};
    // For the badge only.
    Pace elsewhere{
        .fast = std::chrono::milliseconds(15'000), .slow = std::chrono::milliseconds(30'000), .patience = 10};
    Pace pushed{.fast = std::chrono::milliseconds(60'000), .slow = std::chrono::milliseconds(120'000)};
};

class ConversationsModel final : public QAbstractListModel {
    Q_OBJECT
    Q_CLASSINFO("RegisterEnumClassesUnscoped", "false")
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    // Why the last reading failed; None when it did not.
    Q_PROPERTY(tikgok::ErrorKinds::Kind errorKind READ errorKind NOTIFY stateChanged)
    Q_PROPERTY(QString errorWords READ errorWords NOTIFY stateChanged)
    // Somebody asked for it, and it is not there yet.
    Q_PROPERTY(bool refreshing READ refreshing NOTIFY stateChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    // Unread messages of all conversations.
    Q_PROPERTY(int unread READ unread NOTIFY unreadChanged)
    // The list, or friends with what they said last, is on the screen.
    Q_PROPERTY(bool shown READ shown WRITE setShown NOTIFY shownChanged)
    // The window can be seen. While it cannot, nothing is asked of the server.
    Q_PROPERTY(bool awake READ awake WRITE setAwake NOTIFY awakeChanged)

public:
    enum class State { SignedOut, Loading, Ready, Failed };
    Q_ENUM(State)

    enum Role {
        PeerIdRole = Qt::UserRole + 1,  // decimal digits
        NameRole,
        AvatarRole,     // QUrl
        LastTextRole,   // one line; empty when nothing was said yet
        LastOwnRole,    // by the account itself
        LastStateRole,  // ConversationsModel.Last
        TimeTextRole,   // of the last message; empty when unknown
        UnreadRole,
        IsFriendRole,
        DraftRole,  // what was typed and not sent, in one line; empty when nothing was
    };
    Q_ENUM(Role)

    enum class Last { Arrived, Pending, Failed };
    Q_ENUM(Last)

    // All must outlive the model.
    ConversationsModel(ChatBook& book, Session& session, const Drafts& drafts,
                       ConversationsOptions options = {}, QObject* parent = nullptr);
    ~ConversationsModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] ErrorKind errorKind() const { return errorKind_; }
    [[nodiscard]] QString errorWords() const { return errorWords_; }
    [[nodiscard]] bool refreshing() const { return refreshing_; }
    [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }
    // What it shows; also about those who are not in it.
    [[nodiscard]] ChatBook& book() const { return book_; }
    [[nodiscard]] int unread() const { return book_.unread(); }
    [[nodiscard]] bool shown() const { return shown_; }
    void setShown(bool shown);
    [[nodiscard]] bool awake() const { return book_.awake(); }
    void setAwake(bool awake) { book_.setAwake(awake); }
    void setLocale(const QLocale& locale);
    // The server calls by itself when there is something new.
    void setPushed(bool pushed);

    Q_INVOKABLE void refresh();

Q_SIGNALS:
    void stateChanged();
    void countChanged();
    void unreadChanged();
    void shownChanged();
    void awakeChanged();

private:
    void update();
    void updateState();
    void accountChanged();
    void conversationChanged(Conversation* conversation);
    void draftChanged(const QString& account, const QString& target);
    [[nodiscard]] bool mayPoll() const;
    [[nodiscard]] Pace pace() const;
    void pollSoon();
    QCoro::Task<> poll();

    ChatBook& book_;
    Session& session_;
    const Drafts& drafts_;
    ConversationsOptions options_;
    QLocale locale_;
    QList<Conversation*> rows_;
    State state_ = State::SignedOut;
    ErrorKind errorKind_ = ErrorKind::None;
    QString errorWords_;
    bool read_ = false;
    bool refreshing_ = false;
    bool shown_ = false;
    bool pushed_ = false;
    bool polling_ = false;
    Rhythm rhythm_;
    QTimer timer_;
    TaskScope scope_;
};

}  // namespace tikgok
