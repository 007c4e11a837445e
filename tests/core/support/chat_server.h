// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A chat server as there are many (contract.md 5.1 and 7), in the test. Its habits are the test's.
#pragma once

#include "core/api/task_scope.h"
#include "core/api/transport.h"
#include "core/contract/types.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QStringList>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>

namespace tikgok::test {

struct ChatHabits {
    enum class Bound { After, AfterInclusive, Before, Ignored } bound = Bound::After;
    bool newestFirst = false;
    // One millisecond in the server's unit is numerator / denominator.
    qint64 numerator = 1;
    qint64 denominator = 1;
    // Own messages are left out unless everything is asked for.
    bool hidesOwn = false;
    // Only id, content and a time in words (the official demo).
    bool bare = false;
    // TikGok's gateway.
    bool fromIsId = false;
    bool numbersAsStrings = false;
    // No message or msgType in the list of friends.
    bool silentFriends = false;
    // So many questions go by before a new message is shown.
    int delay = 0;
    // At most so many at a time.
    int most = std::numeric_limits<int>::max();
};

// Signing in with the name "u77" makes one user 77. Several clients can be on it at once.
class ChatServer final : public Transport {
public:
    struct Stored {
        contract::Id id = 0;
        contract::Id from = 0;
        contract::Id to = 0;
        QString content;
        qint64 timeMs = 0;
        int hiddenFor = 0;
    };

    ChatHabits habits;
    QList<Stored> messages;
    QList<contract::Id> friends;
    // What happens to the next calls of one path, in their order.
    enum class Fate { Refused, Cut, DoneThenCut, Throttled, SignedOut, Held };
    QHash<QString, QList<Fate>> fates;
    // Every pre_msg_time that was asked with.
    QList<qint64> bounds;
    QStringList calls;

    [[nodiscard]] int count(const QString& path) const { return static_cast<int>(calls.count(path)); }
    [[nodiscard]] int asked() const { return count(kChat); }
    [[nodiscard]] int countOf(const QString& content) const {
        return static_cast<int>(std::ranges::count(messages, content, &Stored::content));
    }
    void add(contract::Id from, contract::Id to, const QString& content) {
        clockMs_ += 1'000;
        messages.append({nextId_++, from, to, content, clockMs_, 0});
    }
    // Held calls get their answers.
    void letGo() {
        for (const auto& held : std::exchange(held_, {})) {
            held.second.finish(reply(held.first));
        }
    }
    [[nodiscard]] qsizetype heldCount() const { return held_.size(); }

    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, std::stop_token alive) override {
        const QString path = request.path;
        calls.append(path);
        QList<Fate>& waiting = fates[path];
        const std::optional<Fate> fate =
            waiting.isEmpty() ? std::nullopt : std::optional(waiting.takeFirst());
        const Once<Result<HttpAnswer>> ended;
        if (fate == Fate::Held) {
            held_.append({request, ended});
        } else {
            // What the server does, it does at once; the answer takes its time.
            Result<HttpAnswer> answer = answerFor(request, fate);
            QMetaObject::invokeMethod(
                &clock_, [ended, answer = std::move(answer)] { ended.finish(answer); }, Qt::QueuedConnection);
        }
        const std::stop_token mine = scope_.token();
        const auto stop = [ended] { ended.finish(std::unexpected(cancelledError())); };
        const std::stop_callback callerGone(alive, stop);
        const std::stop_callback serverGone(mine, stop);
        auto result = co_await ended;
        co_return std::move(result);
    }

    static constexpr QLatin1StringView kChat{"/douyin/message/chat/"};
    static constexpr QLatin1StringView kSend{"/douyin/message/action/"};
    static constexpr QLatin1StringView kFriends{"/douyin/relation/friend/list/"};

private:
    static QString value(const HttpRequest& request, QLatin1StringView name) {
        for (const auto& [key, value] : request.query) {
            if (key == name) {
                return value;
            }
        }
        return {};
    }
    static HttpAnswer json(QJsonObject object) {
        object.insert(QStringLiteral("status_msg"), QStringLiteral("words"));
        return {
            .status = 200, .body = QJsonDocument(object).toJson(QJsonDocument::Compact), .retryAfter = {}};
    }
    static HttpAnswer code(int code) { return json({{QStringLiteral("status_code"), code}}); }

    Result<HttpAnswer> answerFor(const HttpRequest& request, std::optional<Fate> fate) {
        if (!fate) {
            return reply(request);
        }
        Error cut;
        cut.kind = ErrorKind::Cut;
        cut.retryable = true;
        cut.maybeDone = true;
        switch (*fate) {
            case Fate::Refused:
                return code(50001);
            case Fate::DoneThenCut:
                reply(request);
                return std::unexpected(cut);
            case Fate::Throttled:
                return HttpAnswer{.status = 429, .body = "slow down", .retryAfter = std::chrono::minutes(5)};
            case Fate::SignedOut:
                return HttpAnswer{.status = 401, .body = "", .retryAfter = {}};
            case Fate::Cut:
            case Fate::Held:
                break;
        }
        return std::unexpected(cut);
    }

    HttpAnswer reply(const HttpRequest& request) {
        const contract::Id me = value(request, QLatin1StringView("token")).mid(1).toLongLong();
        if (request.path.contains(QLatin1StringView("/user/login/"))) {
            const QString name = value(request, QLatin1StringView("username"));
            return json({{QStringLiteral("status_code"), 0},
                         {QStringLiteral("user_id"), qint64{name.mid(1).toLongLong()}},
                         {QStringLiteral("token"), QLatin1Char('t') + name.mid(1)}});
        }
        if (request.path == kChat) {
            return chat(me, value(request, QLatin1StringView("to_user_id")).toLongLong(),
                        value(request, QLatin1StringView("pre_msg_time")).toLongLong());
        }
        if (request.path == kSend) {
            add(me, value(request, QLatin1StringView("to_user_id")).toLongLong(),
                value(request, QLatin1StringView("content")));
            messages.last().hiddenFor = habits.delay;
            return code(0);
        }
        if (request.path == kFriends) {
            return friendList(me);
        }
        if (request.path == QLatin1StringView("/douyin/user/")) {
            const contract::Id id = value(request, QLatin1StringView("user_id")).toLongLong();
            return json({{QStringLiteral("status_code"), 0}, {QStringLiteral("user"), person(id, true)}});
        }
        return code(1);
    }

    static QJsonObject person(contract::Id id, bool withPicture) {
        QJsonObject one{{QStringLiteral("id"), qint64{id}},
                        {QStringLiteral("name"), QStringLiteral("u%1").arg(id)}};
        if (withPicture) {
            one.insert(QStringLiteral("avatar"), QStringLiteral("http://media/%1.png").arg(id));
        }
        return one;
    }

    HttpAnswer friendList(contract::Id me) {
        QJsonArray list;
        for (const contract::Id id : friends) {
            QJsonObject one = person(id, !habits.fromIsId);
            if (!habits.silentFriends) {
                QString last;
                bool sent = false;
                for (const Stored& message : messages) {
                    if ((message.from == me && message.to == id) ||
                        (message.from == id && message.to == me)) {
                        last = message.content;
                        sent = message.from == me;
                    }
                }
                one.insert(QStringLiteral("message"), last);
                one.insert(QStringLiteral("msgType"), sent ? 1 : 0);
            }
            list.append(one);
        }
        return json({{QStringLiteral("status_code"), 0}, {QStringLiteral("user_list"), list}});
    }

    QJsonValue number(qint64 value) const {
        return habits.numbersAsStrings ? QJsonValue(QString::number(value)) : QJsonValue(value);
    }

    HttpAnswer chat(contract::Id me, contract::Id peer, qint64 bound) {
        bounds.append(bound);
        QList<Stored> shown;
        for (Stored& message : messages) {
            const bool between =
                (message.from == me && message.to == peer) || (message.from == peer && message.to == me);
            if (!between) {
                continue;
            }
            if (message.hiddenFor > 0) {
                --message.hiddenFor;
                continue;
            }
            const qint64 time = message.timeMs * habits.numerator / habits.denominator;
            const bool inBound = habits.bound == ChatHabits::Bound::After            ? time > bound
                                 : habits.bound == ChatHabits::Bound::AfterInclusive ? time >= bound
                                 : habits.bound == ChatHabits::Bound::Before         ? time < bound
                                                                                     : true;
            const bool hidden = habits.hidesOwn && bound != 0 && message.from == me;
            if (inBound && !hidden && shown.size() < habits.most) {
                shown.append(message);
            }
        }
        if (habits.newestFirst) {
            std::ranges::reverse(shown);
        }
        QJsonArray list;
        for (const Stored& message : shown) {
            QJsonObject one{{QStringLiteral("id"), number(message.id)},
                            {QStringLiteral("content"), message.content}};
            if (habits.bare) {
                one.insert(QStringLiteral("create_time"), QStringLiteral("5:26PM"));
            } else {
                one.insert(QStringLiteral("create_time"),
                           number(message.timeMs * habits.numerator / habits.denominator));
                one.insert(QStringLiteral("to_user_id"), number(message.to));
                one.insert(QStringLiteral("from_user_id"),
                           number(habits.fromIsId ? message.id : message.from));
            }
            list.append(one);
        }
        QJsonObject answer{{QStringLiteral("status_code"), 0}};
        answer.insert(QStringLiteral("message_list"),
                      list.isEmpty() && habits.bare ? QJsonValue() : QJsonValue(list));
        return json(answer);
    }

    contract::Id nextId_ = 5'000;
    qint64 clockMs_ = 1'790'000'000'000;
    QList<std::pair<HttpRequest, Once<Result<HttpAnswer>>>> held_;
    QObject clock_;
    TaskScope scope_;
};

// The kinds that contract.md names.
inline QList<std::pair<const char*, ChatHabits>> chatKinds() {
    using Bound = ChatHabits::Bound;
    ChatHabits seconds{.numerator = 1, .denominator = 1'000};
    ChatHabits inclusive{.bound = Bound::AfterInclusive};
    ChatHabits before{.bound = Bound::Before, .newestFirst = true, .numerator = 1'000'000, .fromIsId = true};
    ChatHabits delayed = before;
    delayed.delay = 1;
    ChatHabits hides{.hidesOwn = true};
    ChatHabits strings{.numbersAsStrings = true};
    ChatHabits demo{.bound = Bound::Ignored, .bare = true, .silentFriends = true};
    ChatHabits pages{.most = 30};
    return {{"after, ms", {}},
            {"after, s", seconds},
            {"after, inclusive", inclusive},
            {"before, newest first, ns", before},
            {"before, with a queue", delayed},
            {"hides own messages", hides},
            {"digits in strings", strings},
            {"thirty at a time", pages},
            {"demo", demo}};
}

}  // namespace tikgok::test
