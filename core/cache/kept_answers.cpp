// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/kept_answers.h"

#include "core/contract/codec.h"
#include "core/contract/endpoints.h"

#include <QUrl>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace tikgok {

namespace {

using contract::Endpoint;

constexpr std::array kReadable{
    Endpoint::Feed,        Endpoint::User,       Endpoint::PublishList,  Endpoint::FavoriteList,
    Endpoint::CommentList, Endpoint::FollowList, Endpoint::FollowerList, Endpoint::FriendList,
};

struct Question {
    QString token;
    // What was asked, without the token. Empty: not for keeping.
    QString key;
};

Question questionOf(const HttpRequest& request) {
    const bool readable = std::ranges::any_of(kReadable, [&](Endpoint endpoint) {
        const std::string_view path = contract::info(endpoint).path;
        return request.path == QLatin1String(path.data(), static_cast<qsizetype>(path.size()));
    });
    Question question;
    if (request.method != contract::Method::Get || !readable) {
        return question;
    }
    question.key = request.path;
    for (const auto& [name, value] : request.query) {
        if (name == QLatin1String("token")) {
            question.token = value;
        } else {
            question.key += QLatin1Char('&') + name + QLatin1Char('=') +
                            QString::fromLatin1(QUrl::toPercentEncoding(value));
        }
    }
    return question;
}

// An answer is read once for all that is asked of it here: lists may be long.
enum class Heard {
    Nothing,  // none, or not with a status of success
    Yes,
    No,         // the server's own words
    Gibberish,  // with a status of success
};

Heard heardIn(const Result<HttpAnswer>& answer) {
    if (!answer || answer->status < 200 || answer->status >= 300) {
        return Heard::Nothing;
    }
    const auto decoded = contract::readPlain(
        std::string_view(answer->body.constData(), static_cast<std::size_t>(answer->body.size())));
    return !decoded ? Heard::Gibberish : decoded->status.ok() ? Heard::Yes : Heard::No;
}

enum class Silence {
    None,  // the server has spoken, whatever it said
    Now,   // nobody answered, or what answered is not the server; another try may help
    Stays,
};

Silence silenceOf(const Result<HttpAnswer>& answer, Heard heard) {
    if (!answer) {
        switch (answer.error().kind) {
            case ErrorKind::Offline:
            case ErrorKind::Timeout:
            case ErrorKind::Cut:
            case ErrorKind::ServerBroken:
                return answer.error().retryable ? Silence::Now : Silence::Stays;
            default:
                return Silence::None;
        }
    }
    if (answer->status >= 500) {
        return answer->retryAfter ? Silence::Stays : Silence::Now;
    }
    // A hotel's sign-in page, for example.
    return heard == Heard::Gibberish ? Silence::Stays : Silence::None;
}

HttpAnswer keptAnswer(KeptPage page) {
    return {.status = 200, .body = std::move(page.body), .retryAfter = {}, .savedAt = page.readAt};
}

}  // namespace

KeptAnswers::KeptAnswers(Transport& inner, PageCache& pages, AccountOf accountOf)
    : inner_(inner), pages_(pages), accountOf_(std::move(accountOf)) {}

QCoro::Task<Result<HttpAnswer>> KeptAnswers::send(HttpRequest request, std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    const Question question = questionOf(request);
    const QString account = question.key.isEmpty() ? QString() : accountOf_(question.token);
    const bool lastTry = request.lastTry;
    auto answer = co_await inner_.send(std::move(request), alive);
    if (alive.stop_requested() || mine.stop_requested() || account.isEmpty()) {
        co_return std::move(answer);
    }
    const Heard heard = heardIn(answer);
    if (heard == Heard::Yes) {
        pages_.put(account, question.key, answer->body);
        co_return std::move(answer);
    }
    const Silence silence = silenceOf(answer, heard);
    if (silence == Silence::None || (silence == Silence::Now && !lastTry)) {
        co_return std::move(answer);
    }
    auto kept = co_await pages_.find(account, question.key, alive);
    if (alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    if (kept) {
        co_return keptAnswer(std::move(*kept));
    }
    co_return std::move(answer);
}

OnlyKept::OnlyKept(PageCache& pages, AccountOf accountOf) : pages_(pages), accountOf_(std::move(accountOf)) {}

QCoro::Task<Result<HttpAnswer>> OnlyKept::send(HttpRequest request, std::stop_token alive) {
    const Question question = questionOf(request);
    const QString account = question.key.isEmpty() ? QString() : accountOf_(question.token);
    Error nothing{.kind = ErrorKind::Offline, .serverWords = {}, .retryAfter = {}, .detail = {}};
    nothing.detail = QStringLiteral("not kept");
    if (account.isEmpty()) {
        co_return std::unexpected(std::move(nothing));
    }
    auto kept = co_await pages_.find(account, question.key, alive);
    if (alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    if (!kept) {
        co_return std::unexpected(std::move(nothing));
    }
    co_return keptAnswer(std::move(*kept));
}

}  // namespace tikgok
