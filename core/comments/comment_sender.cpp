// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/comments/comment_sender.h"

#include "core/account/session.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// What Intent::data holds. Ids are text: JSON's numbers are doubles.
struct Memory {
    // `known` is what was there before the first request; nothing was posted before this was on disk.
    bool looked = false;
    // `known` is what a list showed when the text was typed.
    bool shown = false;
    QSet<contract::Id> known;
    contract::Id comment = 0;
};

Memory memoryOf(const Intent& intent) {
    const QJsonObject object = QJsonDocument::fromJson(intent.data).object();
    Memory memory;
    memory.looked = object.contains(QLatin1String("known"));
    memory.shown = object.contains(QLatin1String("shown"));
    const QJsonArray known =
        object.value(memory.looked ? QLatin1String("known") : QLatin1String("shown")).toArray();
    for (const auto& id : known) {
        memory.known.insert(id.toString().toLongLong());
    }
    memory.comment = object.value(QLatin1String("comment")).toString().toLongLong();
    return memory;
}

QByteArray bytesOf(const Memory& memory) {
    QJsonObject object;
    if (memory.looked || memory.shown) {
        QJsonArray known;
        for (const contract::Id id : memory.known) {
            known.append(QString::number(id));
        }
        object.insert(memory.looked ? QStringLiteral("known") : QStringLiteral("shown"), known);
    }
    if (memory.comment > 0) {
        object.insert(QStringLiteral("comment"), QString::number(memory.comment));
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QSet<contract::Id> idsOfSameText(const QString& text, const std::vector<contract::Comment>& list) {
    const std::string wanted = text.toStdString();
    QSet<contract::Id> ids;
    for (const contract::Comment& comment : list) {
        if (comment.content == wanted) {
            ids.insert(comment.id);
        }
    }
    return ids;
}

}  // namespace

class CommentSender::Posting final : public IntentHandler {
public:
    explicit Posting(CommentSender& sender) : s_(sender) {}

    QCoro::Task<Result<void>> send(Intent intent, QString token, std::stop_token alive) override {
        Memory memory = memoryOf(intent);
        if (!memory.looked) {
            if (!memory.shown || s_.hasTwin(intent)) {
                auto list = co_await s_.api_.comments(intent.target, token, alive);
                if (alive.stop_requested()) {
                    co_return std::unexpected(cancelledError());
                }
                if (list) {
                    memory.known = idsOfSameText(intent.text, *list);
                } else if (list.error().kind != ErrorKind::Refused || list.error().retryable) {
                    Error error = std::move(list.error());
                    error.maybeDone = false;  // nothing was posted
                    co_return std::unexpected(std::move(error));
                }
            }
            memory.looked = true;
            auto kept = co_await s_.outbox_.setData(intent.id, bytesOf(memory));
            if (alive.stop_requested()) {
                co_return std::unexpected(cancelledError());
            }
            if (!kept && intent.kept) {
                co_return std::unexpected(std::move(kept.error()));
            }
        }
        auto answer = co_await s_.api_.addComment(intent.target, intent.text, token, alive);
        if (alive.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        if (!answer) {
            co_return std::unexpected(std::move(answer.error()));
        }
        contract::Comment comment = std::move(*answer).value_or(contract::Comment());
        if (comment.id <= 0) {
            // Some servers do not say which one it is. It is there, so a list that does not come is no harm.
            auto list = co_await s_.api_.comments(intent.target, token, alive);
            if (alive.stop_requested()) {
                co_return std::unexpected(cancelledError());
            }
            intent.data = bytesOf(memory);
            if (list) {
                comment = s_.findArrived(intent, *list).value_or(contract::Comment());
            }
        }
        arrived(intent, memory, comment);
        co_return Result<void>();
    }

    QCoro::Task<Result<Presence>> find(Intent intent, QString token, std::stop_token alive) override {
        const Memory memory = memoryOf(intent);
        if (!memory.looked) {
            co_return Presence::Absent;  // it ended before anything was posted
        }
        const auto look = [&]() -> QCoro::Task<Result<Presence>> {
            auto list = co_await s_.api_.comments(intent.target, token, alive);
            if (alive.stop_requested()) {
                co_return std::unexpected(cancelledError());
            }
            if (!list) {
                co_return std::unexpected(std::move(list.error()));
            }
            const auto comment = s_.findArrived(intent, *list);
            if (!comment) {
                co_return Presence::Absent;
            }
            arrived(intent, memory, *comment);
            co_return Presence::There;
        };
        auto found = co_await lookAgain(s_.looks_, look, alive);
        co_return std::move(found);
    }

private:
    void arrived(const Intent& intent, Memory memory, const contract::Comment& comment) {
        memory.comment = comment.id;
        // Goes to disk together with what the outbox writes next.
        s_.outbox_.setData(intent.id, bytesOf(memory));
        Q_EMIT s_.arrived(intent.id, comment);
    }

    CommentSender& s_;
};

class CommentSender::Removing final : public IntentHandler {
public:
    explicit Removing(Api& api) : api_(api) {}

    QCoro::Task<Result<void>> send(Intent intent, QString token, std::stop_token alive) override {
        auto answer = co_await api_.deleteComment(intent.target, intent.object, token, alive);
        if (answer || answer.error().kind == ErrorKind::NotFound) {
            co_return Result<void>();
        }
        co_return std::unexpected(std::move(answer.error()));
    }

private:
    Api& api_;
};

CommentSender::CommentSender(Api& api, Session& session, Outbox& outbox, LookOptions looks, QObject* parent)
    : QObject(parent),
      api_(api),
      session_(session),
      outbox_(outbox),
      looks_(looks),
      posting_(std::make_unique<Posting>(*this)),
      removing_(std::make_unique<Removing>(api)) {
    outbox_.setHandler(IntentKind::Comment, *posting_);
    outbox_.setHandler(IntentKind::DeleteComment, *removing_);
}

CommentSender::~CommentSender() {
    outbox_.removeHandler(IntentKind::Comment);
    outbox_.removeHandler(IntentKind::DeleteComment);
}

QByteArray CommentSender::remember(const QSet<contract::Id>& known) {
    return bytesOf({.looked = false, .shown = true, .known = known});
}

QByteArray CommentSender::rememberNone() {
    return bytesOf({.looked = true, .known = {}});
}

contract::Id CommentSender::commentOf(const Intent& intent) {
    return memoryOf(intent).comment;
}

QSet<contract::Id> CommentSender::claimed(const Intent& intent) const {
    QSet<contract::Id> ids;
    const QList<Intent> all = outbox_.all(intent.account);
    for (const Intent& other : all) {
        if (other.id != intent.id && other.kind == intent.kind && other.target == intent.target) {
            ids.insert(commentOf(other));
        }
    }
    return ids;
}

bool CommentSender::hasTwin(const Intent& intent) const {
    const QList<Intent> all = outbox_.all(intent.account);
    return std::ranges::any_of(all, [&intent](const Intent& other) {
        return other.id != intent.id && other.kind == intent.kind && other.target == intent.target &&
               other.text == intent.text;
    });
}

// Mine, or of an author whom the server does not name, with the same words, and not there before.
std::optional<contract::Comment> CommentSender::findArrived(
    const Intent& intent, const std::vector<contract::Comment>& list) const {
    const Memory memory = memoryOf(intent);
    if (!memory.looked) {
        return std::nullopt;
    }
    const QSet<contract::Id> others = claimed(intent);
    const std::string text = intent.text.toStdString();
    for (const contract::Comment& comment : list) {
        const bool nameless = comment.user.name.empty();
        if (comment.content == text && (nameless || comment.user.id == session_.lastUserId()) &&
            !memory.known.contains(comment.id) && !others.contains(comment.id)) {
            return comment;
        }
    }
    return std::nullopt;
}

}  // namespace tikgok
