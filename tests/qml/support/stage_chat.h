// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The friends and messages of a StageServer.
#pragma once

#include "core/api/transport.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace tikgok::test {

class StageChat final {
public:
    // Ids are those of the server's people. Without any, friends are those who follow each other there.
    void befriend(qint64 id) { friends_.append(id); }
    void unfriend(qint64 id) { friends_.removeAll(id); }
    // `timeMs` 0: now, and after all others.
    void say(qint64 from, qint64 to, const QString& text, qint64 timeMs = 0);
    [[nodiscard]] int countOf(const QString& text) const;

    // Nothing for other paths. `people`: as in the list of the server.
    [[nodiscard]] std::optional<QJsonObject> answer(const HttpRequest& request, qint64 me,
                                                    const QJsonArray& people);

private:
    struct Message {
        qint64 id = 0;
        qint64 from = 0;
        qint64 to = 0;
        QString text;
        qint64 timeMs = 0;
    };

    [[nodiscard]] QJsonArray friendList(qint64 me, const QJsonArray& people) const;
    [[nodiscard]] QJsonArray conversation(qint64 me, qint64 peer, qint64 after) const;

    QList<qint64> friends_;
    QList<Message> messages_;
    qint64 nextId_ = 9000;
    qint64 lastMs_ = 0;
};

}  // namespace tikgok::test
