// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of a conversation share: a server with things said, the device, and one run of the client.
#pragma once

#include "tests/core/support/chat_world.h"
#include "tests/core/support/wait.h"

#include <chrono>
#include <memory>

namespace tikgok::test {

// A server, the device, and one run of the client.
struct Chat {
    explicit Chat(const ChatHabits& habits = {}, const QList<const char*>& said = {}) {
        server.habits = habits;
        server.friends = {kPeer};
        for (const char* text : said) {
            say(text);
        }
        start();
    }
    // "x" by the peer, ">x" by the account.
    void say(const char* text) {
        const bool own = *text == '>';
        server.add(own ? kMe : kPeer, own ? kPeer : kMe, QString::fromUtf8(own ? text + 1 : text));
    }
    void start() {
        client.reset();
        client = std::make_unique<ChatClient>(server, files, kMe, options);
    }
    [[nodiscard]] bool shows(const char* texts) const {
        const bool shown =
            waitUntil([&] { return client->texts() == QString::fromUtf8(texts); }, std::chrono::seconds(8));
        if (!shown) {
            qWarning("it shows: %s", qPrintable(client->texts()));
        }
        return shown;
    }
    bool sends(const char* text) { return client->chat.send(QString::fromUtf8(text)); }
    // Until so many more questions about conversations were answered.
    [[nodiscard]] bool polls(int times) const {
        const int before = server.asked();
        return waitUntil([&] { return server.asked() >= before + times; });
    }

    ChatServer server;
    ChatFiles files;
    ChatWorldOptions options;
    std::unique_ptr<ChatClient> client;
};

}  // namespace tikgok::test
