// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The conversations of the present account: read from the server, kept on this device, written through the
// outbox. Models show them; nothing is asked of the server unless somebody calls.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/task_scope.h"
#include "core/chat/chat_protocol.h"
#include "core/chat/chat_store.h"
#include "core/chat/conversation.h"
#include "core/chat/message_text.h"
#include "core/entities/entity_store.h"
#include "core/outbox/outbox.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <stop_token>

namespace tikgok {

class ChatBook final : public QObject {
    Q_OBJECT
    // Unread messages of all conversations.
    Q_PROPERTY(int unread READ unread NOTIFY unreadChanged)
    // The window can be seen. While it cannot, models ask for nothing.
    Q_PROPERTY(bool awake READ awake WRITE setAwake NOTIFY awakeChanged)

public:
    // All must outlive the book.
    ChatBook(Api& api, Session& session, EntityStore& entities, Outbox& outbox, ChatStore& store,
             QObject* parent = nullptr);
    ~ChatBook() override;

    [[nodiscard]] ChatProtocol& protocol() { return protocol_; }
    // Session::accountKey() of the conversations; empty when nobody is known.
    [[nodiscard]] QString account() const { return account_; }
    // What was kept has been loaded.
    [[nodiscard]] bool loaded() const { return loaded_; }
    // Reading makes sense: somebody is signed in, and what was kept is here.
    [[nodiscard]] bool canRead() const { return loaded_ && session_.signedIn(); }
    [[nodiscard]] int unread() const;
    [[nodiscard]] bool awake() const { return awake_; }
    void setAwake(bool awake);
    // How the server counts a message's length.
    [[nodiscard]] LengthUnit lengthUnit() const;

    // Null when there is none.
    [[nodiscard]] Conversation* find(contract::Id peer) const { return conversations_.value(peer); }
    // Made where needed.
    Conversation* conversation(contract::Id peer);
    // In no order.
    [[nodiscard]] QList<Conversation*> all() const { return conversations_.values(); }
    void setName(contract::Id peer, const QString& name, const QString& avatar);

    // Reads what is new, or everything where that was never done; the answer is how many messages came.
    // Cancelled when the account changes meanwhile.
    QCoro::Task<Result<int>> read(contract::Id peer, bool whole, std::stop_token alive);
    // Asks for the list of friends, and then reads the conversations about which it says something new, and
    // one of the others in turn. The answer is how many messages came.
    QCoro::Task<Result<int>> readFriends(std::stop_token alive);
    // A message that the server told by itself. Conversations that were not read yet are read instead.
    void takePushed(const contract::ReceivedMessage& message);
    // All that is kept of a conversation, not only its newest messages.
    QCoro::Task<> restore(contract::Id peer);

    // Puts it into the outbox; it stands among the conversation's outgoing at once.
    void send(contract::Id peer, const QString& text);
    void retry(IntentId id) { outbox_.retry(id); }
    void discard(IntentId id) { outbox_.discard(id); }
    // All that there is now was seen.
    void markSeen(contract::Id peer);

Q_SIGNALS:
    // Other conversations than before; the former ones are gone after this signal.
    void accountChanged();
    void loadedChanged();
    // A conversation is new here, or the list of friends was read.
    void listChanged();
    void conversationChanged(tikgok::Conversation* conversation);
    void unreadChanged();
    void awakeChanged();
    void lengthUnitChanged();

private:
    // conversation() for those who make many: true when it is new, and listChanged is theirs to emit.
    bool make(contract::Id peer);
    void accountMayHaveChanged();
    QCoro::Task<> load(QString account, QString server);
    void takeUpOutgoing();
    void intentChanged(const Intent& intent);
    void intentSent(const Intent& intent);
    void intentDiscarded(const Intent& intent);
    QCoro::Task<> readSoon(contract::Id peer);
    QCoro::Task<> readPushed(contract::Id peer);
    QCoro::Task<> fetchPicture(contract::Id peer);
    void takeFriends(const std::vector<contract::FriendUser>& friends);
    [[nodiscard]] QList<contract::Id> worthReading();
    void told(Conversation* conversation);
    void updateUnread();
    void reportProblem(Conversation* conversation, const Error& error, const QString& token);

    Api& api_;
    Session& session_;
    EntityStore& entities_;
    Outbox& outbox_;
    ChatStore& store_;
    ChatProtocol protocol_;
    QString account_;
    contract::Id me_ = 0;
    QHash<contract::Id, Conversation*> conversations_;
    // Whose turn it is to be read although nothing points to news.
    contract::Id lastInTurn_ = 0;
    QSet<contract::Id> picturesAsked_;
    // Conversations that are read because of a pushed message; true: another one came meanwhile.
    QHash<contract::Id, bool> pushedReads_;
    bool loaded_ = false;
    bool awake_ = true;
    int unread_ = 0;
    TaskScope accountScope_;
    TaskScope scope_;
};

}  // namespace tikgok
