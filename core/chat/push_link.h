// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The line on which a server calls when there is a new message (docs/push.md). Servers without one, and lines
// that break, are nobody's trouble: models go on asking.
//
// One connection at a time, and none while the window is hidden or nobody is signed in.
#pragma once

#include "core/account/session.h"
#include "core/api/task_scope.h"
#include "core/api/transport.h"
#include "core/chat/chat_book.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>

class QWebSocket;

namespace tikgok {

struct PushOptions {
    // Waits between attempts are random between a half and a whole of firstDelay * 2^n.
    std::chrono::milliseconds firstDelay{1'000};
    std::chrono::milliseconds longestDelay{60'000};
    // A server that offers nothing is asked again after this: it may have been updated.
    std::chrono::milliseconds offerAgain{600'000};
    // How often the line is tried, and how long the answer may take.
    std::chrono::milliseconds pingEvery{30'000};
    std::chrono::milliseconds pongWithin{10'000};
    // How long it may take until the line stands.
    std::chrono::milliseconds upWithin{10'000};
};

class PushLink final : public QObject {
    Q_OBJECT

public:
    // All must outlive the link.
    PushLink(Transport& transport, Session& session, ChatBook& book, PushOptions options = {},
             QObject* parent = nullptr);
    ~PushLink() override;

    // Where the transport leads to.
    void setServer(const QUrl& server);
    [[nodiscard]] bool isUp() const { return up_; }

Q_SIGNALS:
    // Up: from now on nothing is left out; what came before has to be asked for.
    void upChanged(bool up);

private:
    [[nodiscard]] bool isWanted() const;
    void reconsider();
    void restart();
    void again();
    void setUp(bool up);
    QCoro::Task<> lookForOffer();
    void connectTo(const QUrl& url);
    void drop();
    void ended();
    void take(const QString& frame);

    Transport& transport_;
    Session& session_;
    ChatBook& book_;
    PushOptions options_;
    QUrl server_;
    // Whose line it is.
    QString token_;
    std::unique_ptr<QWebSocket> socket_;
    bool up_ = false;
    bool busy_ = false;
    int failures_ = 0;
    QTimer again_;
    QTimer ping_;
    QTimer pong_;
    QTimer handshake_;
    TaskScope scope_;
};

}  // namespace tikgok
