// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/qml/support/stage_chat.h"

#include <QDateTime>

#include <algorithm>

namespace tikgok::test {

namespace {

QString queryValue(const HttpRequest& request, QLatin1StringView name) {
    for (const auto& [key, value] : request.query) {
        if (key == name)
            return value;
    }
    return {};
}

}  // namespace

void StageChat::say(qint64 from, qint64 to, const QString& text, qint64 timeMs) {
    lastMs_ = timeMs > 0 ? timeMs : std::max(lastMs_ + 1, QDateTime::currentMSecsSinceEpoch());
    messages_.append({nextId_++, from, to, text, lastMs_});
}

int StageChat::countOf(const QString& text) const {
    return static_cast<int>(std::ranges::count(messages_, text, &Message::text));
}

std::optional<QJsonObject> StageChat::answer(const HttpRequest& request, qint64 me,
                                             const QJsonArray& people) {
    QJsonObject object{{QStringLiteral("status_code"), 0},
                       {QStringLiteral("status_msg"), QStringLiteral("success")}};
    if (request.path == QLatin1StringView("/douyin/relation/friend/list/") && !friends_.isEmpty()) {
        object.insert(QStringLiteral("user_list"), friendList(me, people));
        return object;
    }
    const qint64 peer = queryValue(request, QLatin1StringView("to_user_id")).toLongLong();
    if (request.path == QLatin1StringView("/douyin/message/chat/")) {
        const qint64 after = queryValue(request, QLatin1StringView("pre_msg_time")).toLongLong();
        object.insert(QStringLiteral("message_list"), conversation(me, peer, after));
        return object;
    }
    if (request.path == QLatin1StringView("/douyin/message/action/")) {
        say(me, peer, queryValue(request, QLatin1StringView("content")));
        return object;
    }
    return std::nullopt;
}

QJsonArray StageChat::friendList(qint64 me, const QJsonArray& people) const {
    QJsonArray list;
    for (const qint64 id : friends_) {
        const auto person = std::ranges::find_if(people, [id](const QJsonValue& one) {
            return one.toObject().value(QLatin1StringView("id")).toInteger() == id;
        });
        if (person == people.end())
            continue;
        QJsonObject one = QJsonValue(*person).toObject();
        QString last;
        int direction = 0;
        for (const Message& message : messages_) {
            if ((message.from == me && message.to == id) || (message.from == id && message.to == me)) {
                last = message.text;
                direction = message.from == me ? 1 : 0;
            }
        }
        one.insert(QStringLiteral("message"), last);
        one.insert(QStringLiteral("msgType"), direction);
        list.append(one);
    }
    return list;
}

QJsonArray StageChat::conversation(qint64 me, qint64 peer, qint64 after) const {
    QJsonArray list;
    for (const Message& message : messages_) {
        const bool between =
            (message.from == me && message.to == peer) || (message.from == peer && message.to == me);
        if (between && message.timeMs > after) {
            list.append(QJsonObject{{QStringLiteral("id"), message.id},
                                    {QStringLiteral("to_user_id"), message.to},
                                    {QStringLiteral("from_user_id"), message.from},
                                    {QStringLiteral("content"), message.text},
                                    {QStringLiteral("create_time"), message.timeMs}});
        }
    }
    return list;
}

}  // namespace tikgok::test
