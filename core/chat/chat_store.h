// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Conversations as they were read last, for the time without a network, and what was seen of them.
//
// Bounded: the newest messages of each conversation, and the conversations read last. What cannot be written
// is lost to the next start and to nothing else, so writing reports nothing.
#pragma once

#include "core/chat/chat_message.h"
#include "core/chat/chat_protocol.h"
#include "core/storage/database.h"

#include <QList>
#include <QString>

#include <cstdint>
#include <stop_token>

namespace tikgok {

struct KeptPeer {
    contract::Id id = 0;
    QString name;
    QString avatar;
    // At the last look at the server's list.
    bool isFriend = false;
    // The newest message that was seen here.
    MessageKey seen;
    // Milliseconds of this device's clock: when the conversation was read last. 0: never.
    std::int64_t readAt = 0;
};

struct KeptConversation {
    KeptPeer peer;
    // The newest ones, oldest first.
    QList<ChatMessage> messages;
};

// GUI thread; the work happens on the database's. Changes are written in the order of the calls.
class ChatStore final {
public:
    // Of one conversation, in the file.
    static constexpr int kMostMessages = 2'000;
    // Of one account.
    static constexpr int kMostConversations = 300;
    // Of each conversation, in load().
    static constexpr int kFewMessages = 100;

    // The database must have schema() among its parts, and outlive the store.
    explicit ChatStore(Database& database) : database_(database) {}
    static SchemaPart schema();

    using Mode = ChatProtocol::Mode;
    template <class T>
    using Call = QCoro::Task<Result<T>>;

    // `account`: Session::accountKey(), `server`: Session::server().
    Call<QList<KeptConversation>> load(const QString& account, std::stop_token alive);
    Call<QList<ChatMessage>> messages(const QString& account, contract::Id peer, std::stop_token alive);
    Call<Mode> mode(const QString& server, std::stop_token alive);

    void keepMode(const QString& server, Mode mode);
    // Name, picture and friendship; a peer that is new here is not read and not seen.
    void keepPeer(const QString& account, const KeptPeer& peer);
    void keepSeen(const QString& account, contract::Id peer, MessageKey seen);
    void keepMessages(const QString& account, contract::Id peer, const QList<ChatMessage>& messages,
                      const QList<contract::Id>& removed, std::int64_t readAt);

    // Of all messages of all accounts, in bytes on this device.
    Call<qint64> bytes(std::stop_token alive);
    // Throws all messages away. Who one talks to and what was seen stays; the messages are read again.
    void clearMessages();
    // Everything of this account.
    void forget(const QString& account);
    // Of all accounts of a server, and how it wants to be asked.
    QCoro::Task<Result<void>> forgetServer(const QString& server, std::stop_token alive);

private:
    Database& database_;
};

}  // namespace tikgok
