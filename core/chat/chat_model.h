// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The conversation with one person, newest first, and the text that is being written to them.
#pragma once

#include "core/api/error.h"
#include "core/api/task_scope.h"
#include "core/chat/chat_book.h"
#include "core/chat/rhythm.h"
#include "core/comments/drafts.h"
#include "core/entities/entity_store.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QLocale>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>

namespace tikgok {

struct ChatOptions {
    // While somebody looks at it.
    Pace active{};
    // The window is there, but something else is in front.
    Pace beside{.fast = std::chrono::milliseconds(6'000), .slow = std::chrono::milliseconds(15'000)};
    // Servers that send everything each time are asked that much less often.
    int beforeFactor = 2;
    // With a line on which the server calls, asking is only for what it forgets.
    Pace pushed{.fast = std::chrono::milliseconds(30'000), .slow = std::chrono::milliseconds(60'000)};
};

class ChatModel final : public QAbstractListModel {
    Q_OBJECT
    // State and Status share a name; QML writes ChatModel.State.Failed.
    Q_CLASSINFO("RegisterEnumClassesUnscoped", "false")
    // Decimal digits; empty shows nothing.
    Q_PROPERTY(QString peerId READ peerId NOTIFY peerChanged)
    Q_PROPERTY(QString peerName READ peerName NOTIFY peerChanged)
    Q_PROPERTY(QUrl peerAvatar READ peerAvatar NOTIFY peerChanged)
    // Null when nobody has told who it is.
    Q_PROPERTY(tikgok::UserEntity* peer READ peer NOTIFY peerChanged)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    // Why the last reading failed; None when it did not.
    Q_PROPERTY(tikgok::ErrorKinds::Kind errorKind READ errorKind NOTIFY stateChanged)
    Q_PROPERTY(QString errorWords READ errorWords NOTIFY stateChanged)
    // What is shown is from this moment, for people; empty when it is of now.
    Q_PROPERTY(QString keptSince READ keptSince NOTIFY stateChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    // Messages of the peer that were not seen.
    Q_PROPERTY(int unseen READ unseen NOTIFY unseenChanged)
    // What is typed and not sent, per account and peer.
    Q_PROPERTY(QString draft READ draft WRITE setDraft NOTIFY draftChanged)
    // In the unit of maxLength.
    Q_PROPERTY(int draftLength READ draftLength NOTIFY draftChanged)
    Q_PROPERTY(int maxLength READ maxLength CONSTANT)
    // maxLength counts bytes of UTF-8, not characters.
    Q_PROPERTY(bool countsBytes READ countsBytes NOTIFY countsBytesChanged)
    // The page is on the screen, and the window in front. What was typed anywhere goes to disk when it is
    // left.
    Q_PROPERTY(bool shown READ shown WRITE setShown NOTIFY shownChanged)
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY shownChanged)

public:
    enum class State { Idle, Loading, Ready, Failed };
    Q_ENUM(State)

    enum class Status {
        Sent,
        Pending,  // on its way
        Failed,   // not on the server as far as is known: retry() or discard()
    };
    Q_ENUM(Status)

    enum Role {
        OwnRole = Qt::UserRole + 1,
        ContentRole,      // closed in itself: see isolatedText()
        TimeTextRole,     // the clock, or the server's own words; may be empty
        DayTextRole,      // the day, for the first message of it; else empty
        DaysAgoRole,      // that day: 0 today, 1 yesterday; -1 without a DayText
        GroupStartRole,   // the first in a row of the same side
        GroupEndRole,     // the last one
        StatusRole,       // ChatModel.Status
        FailedKindRole,   // ErrorKind of the last try, also while it waits for the next one
        FailedWordsRole,  // the server's words for it, may be empty
    };
    Q_ENUM(Role)

    // Why a text was not taken.
    enum class Problem { Empty, TooLong, NoPeer };
    Q_ENUM(Problem)

    // All must outlive the model.
    ChatModel(ChatBook& book, Session& session, EntityStore& entities, Drafts& drafts,
              ChatOptions options = {}, QObject* parent = nullptr);
    ~ChatModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] QString peerId() const { return peer_ > 0 ? QString::number(peer_) : QString(); }
    [[nodiscard]] QString peerName() const;
    [[nodiscard]] QUrl peerAvatar() const;
    [[nodiscard]] UserEntity* peer() const { return entities_.findUser(peer_); }
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] ErrorKind errorKind() const { return errorKind_; }
    [[nodiscard]] QString errorWords() const { return errorWords_; }
    [[nodiscard]] QString keptSince() const { return keptSince_; }
    [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }
    [[nodiscard]] int unseen() const { return unseen_; }
    [[nodiscard]] QString draft() const;
    void setDraft(const QString& text);
    [[nodiscard]] int draftLength() const;
    [[nodiscard]] int maxLength() const;
    [[nodiscard]] bool countsBytes() const;
    [[nodiscard]] bool shown() const { return shown_; }
    void setShown(bool shown);
    [[nodiscard]] bool active() const { return active_; }
    void setActive(bool active);
    // For days; the default locale at first.
    void setLocale(const QLocale& locale);
    // The server calls by itself when there is something new.
    void setPushed(bool pushed);

    // Shows the conversation with this person; name and picture may be empty.
    Q_INVOKABLE void open(const QString& peerId, const QString& name, const QUrl& avatar);
    Q_INVOKABLE void close();
    Q_INVOKABLE void refresh();
    // True when the text was taken: it stands there as pending, and the draft is empty. Otherwise refused()
    // says why and the draft stays.
    Q_INVOKABLE bool send(const QString& text);
    // A row whose status is Failed.
    Q_INVOKABLE void retry(int row);
    Q_INVOKABLE void discard(int row);
    // All that is there now was seen.
    Q_INVOKABLE void markSeen();

Q_SIGNALS:
    void peerChanged();
    void stateChanged();
    void countChanged();
    void unseenChanged();
    void draftChanged();
    void countsBytesChanged();
    void shownChanged();
    // `length` and maxLength are in the server's unit.
    void refused(tikgok::ChatModel::Problem problem, int length);
    // For who cannot see it: what the peer just said.
    void heard(const QString& text);

private:
    struct Row {
        // One of the two is the row's identity: an own text stays the same row when it became a message.
        IntentId intent = 0;
        contract::Id message = 0;
        bool own = false;
        QString content;
        QDateTime moment;
        QString timeText;
        Status status = Status::Sent;
        ErrorKind failedKind = ErrorKind::None;
        QString failedWords;

        [[nodiscard]] bool isSame(const Row& other) const {
            return intent == other.intent && (intent != 0 || message == other.message);
        }
        bool operator==(const Row&) const = default;
    };

    [[nodiscard]] Row rowFor(const ChatMessage& message, const Outgoing* sent) const;
    [[nodiscard]] Row rowFor(const Outgoing& outgoing) const;
    [[nodiscard]] bool startsDay(int row) const;
    [[nodiscard]] bool joins(int row, int older) const;
    [[nodiscard]] int daysAgo(const QDate& day) const;
    void update();
    void setRows(QList<Row> target);
    void conversationChanged(const Conversation* conversation);
    void accountChanged();
    void updateState();
    void pollSoon();
    void plan();
    [[nodiscard]] bool mayPoll() const;
    [[nodiscard]] Pace pace() const;
    QCoro::Task<> poll();

    ChatBook& book_;
    Session& session_;
    EntityStore& entities_;
    Drafts& drafts_;
    ChatOptions options_;
    QLocale locale_;
    contract::Id peer_ = 0;
    QPointer<Conversation> conversation_;
    QMetaObject::Connection arrivals_;
    QList<Row> rows_;
    // The conversation's revision that the rows show; -1: none.
    int revision_ = -1;
    State state_ = State::Idle;
    ErrorKind errorKind_ = ErrorKind::None;
    QString errorWords_;
    QString keptSince_;
    int unseen_ = 0;
    bool shown_ = false;
    bool active_ = true;
    bool pushed_ = false;
    bool polling_ = false;
    QDate today_;
    Rhythm rhythm_;
    QTimer timer_;
    TaskScope pollScope_;
};

}  // namespace tikgok
