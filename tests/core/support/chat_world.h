// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A client with all that conversations need, on a ChatServer.
#pragma once

#include "core/account/token_vault.h"
#include "core/chat/chat_book.h"
#include "core/chat/chat_model.h"
#include "core/chat/conversations_model.h"
#include "core/chat/message_sender.h"
#include "core/outbox/outbox_store.h"
#include "core/storage/database.h"
#include "tests/core/support/chat_server.h"
#include "tests/core/support/fake_outbox.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>

namespace tikgok::test {

inline constexpr contract::Id kPeer = 11;

struct ChatWorldOptions {
    LookOptions sender{.looks = 2, .betweenLooks = std::chrono::milliseconds(1)};
    ChatOptions chat{.active = {.fast = std::chrono::milliseconds(5), .slow = std::chrono::milliseconds(20)},
                     .beside = {.fast = std::chrono::milliseconds(20), .slow = std::chrono::milliseconds(40)},
                     .pushed = {.fast = std::chrono::hours(1), .slow = std::chrono::hours(1)}};
    ConversationsOptions list{
        .shown = {.fast = std::chrono::milliseconds(5), .slow = std::chrono::milliseconds(20)},
        .elsewhere = {.fast = std::chrono::milliseconds(20), .slow = std::chrono::milliseconds(40)},
        .pushed = {.fast = std::chrono::hours(1), .slow = std::chrono::hours(1)}};
};

// Of a client on a real simulator, whose queue in the dialect `tikgok` takes 150 ms.
inline ChatWorldOptions patientSender() {
    ChatWorldOptions options;
    options.sender = {.looks = 6, .betweenLooks = std::chrono::milliseconds(100)};
    return options;
}

// What survives a restart of the client.
struct ChatFiles {
    [[nodiscard]] QString path(const char* name) const {
        return place.isEmpty() ? dir.filePath(QLatin1String(name)) : place + u'/' + QLatin1String(name);
    }

    QTemporaryDir dir;
    // Another folder than one's own.
    QString place;
    FakeVault vault;
    FakeLastAccounts accounts;
};

// One run of the client.
struct ChatClient {
    ChatClient(Transport& server, ChatFiles& files, contract::Id me = kMe,
               const ChatWorldOptions& options = {})
        : api(server, {.retries = 0}),
          session(api, files.vault, files.accounts),
          database(files.path("client.db"), {outboxSchema(), ChatStore::schema()}),
          outbox(database, session, clock, {}),
          entities(api, session, outbox),
          store(database),
          book(api, session, entities, outbox, store),
          sender(api, book.protocol(), outbox, options.sender),
          // Nothing is written by itself.
          drafts(files.path("drafts.json"),
                 {.afterLastChange = std::chrono::hours(1), .afterFirstChange = std::chrono::hours(1)}),
          chat(book, session, entities, drafts, options.chat),
          list(book, session, drafts, options.list),
          chatTester(&chat, QAbstractItemModelTester::FailureReportingMode::QtTest),
          listTester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest) {
        session.setServer(QStringLiteral("http://server"));
        if (!waitUntil([&] { return !session.restoring(); })) {
            return;
        }
        if (!session.signedIn()) {
            if (me == 0) {
                return;  // the test signs in
            }
            signIn(me);
        }
        waitUntil([&] { return book.canRead() && outbox.loaded(); });
    }

    bool signIn(contract::Id me) {
        session.signIn(QStringLiteral("u%1").arg(me), QStringLiteral("password"));
        return waitUntil([&] { return !session.busy(); }) && session.signedIn();
    }
    // Opens the chat and waits until it stands.
    bool open(contract::Id peer = kPeer) {
        chat.setShown(true);
        chat.open(QString::number(peer), QStringLiteral("u%1").arg(peer), {});
        return waitUntil([&] { return book.find(peer)->wholeRead(); });
    }
    [[nodiscard]] QVariant at(int row, int role) const { return chat.data(chat.index(row), role); }
    [[nodiscard]] ChatModel::Status status(int row) const {
        return at(row, ChatModel::StatusRole).value<ChatModel::Status>();
    }
    // Oldest first, without the frame that isolates them; own ones with a '>'.
    [[nodiscard]] QString texts() const {
        QStringList all;
        for (int row = chat.count() - 1; row >= 0; --row) {
            const QString text = at(row, ChatModel::ContentRole).toString();
            all.append((at(row, ChatModel::OwnRole).toBool() ? QStringLiteral(">") : QString()) +
                       text.mid(1, text.size() - 2));
        }
        return all.join(u' ');
    }
    [[nodiscard]] bool allSent() const {
        for (int row = 0; row < chat.count(); ++row) {
            if (status(row) != ChatModel::Status::Sent) {
                return false;
            }
        }
        return true;
    }
    // What waits for its time is tried now.
    void later() { clock.advance(3'600'000); }

    Api api;
    Session session;
    Database database;
    FakeOutboxClock clock;
    Outbox outbox;
    EntityStore entities;
    ChatStore store;
    ChatBook book;
    MessageSender sender;
    Drafts drafts;
    ChatModel chat;
    ConversationsModel list;
    QAbstractItemModelTester chatTester;
    QAbstractItemModelTester listTester;
};

}  // namespace tikgok::test
