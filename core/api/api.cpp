// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/api.h"

#include "core/contract/errors.h"

#include <QRandomGenerator>

#include <algorithm>
#include <string_view>
#include <utility>

namespace tikgok {

namespace {

using contract::Endpoint;

std::string_view viewOf(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

bool saysSignedOut(int httpStatus, const contract::Status& status) {
    if (httpStatus == 401 || httpStatus == 403) {
        return true;
    }
    if (status.code == static_cast<int>(contract::Code::AuthorizeFailed)) {
        return true;
    }
    if (status.code != static_cast<int>(contract::Code::Params)) {
        return false;
    }
    return status.message == contract::kDemoSignedOutMessage ||
           std::ranges::find(contract::kSignedOutMessages, status.message) !=
               contract::kSignedOutMessages.end();
}

bool saysNotFound(const contract::Status& status) {
    switch (static_cast<contract::Code>(status.code)) {
        case contract::Code::UserNotFound:
            return true;
        case contract::Code::Video:
            return status.message == contract::kVideoNotFound.message;
        case contract::Code::Interaction:
            return status.message == contract::kCommentNotFound.message;
        default:
            return false;
    }
}

// The gateway could not reach a service behind it, or a service broke. Trying again can help.
bool isPassing(int code) {
    return code == static_cast<int>(contract::Code::Service) || (code >= 10000 && code % 10000 == 0);
}

HttpRequest with(HttpRequest request, const char* name, const QString& value) {
    request.query.emplaceBack(QString::fromLatin1(name), value);
    return request;
}

HttpRequest with(HttpRequest request, const char* name, std::int64_t value) {
    return with(std::move(request), name, QString::number(value));
}

std::int64_t actionType(bool on) {
    return static_cast<std::int64_t>(on ? contract::Action::Do : contract::Action::Undo);
}

Error unreadable(const char* what) {
    return {.kind = ErrorKind::ServerBroken,
            .serverWords = {},
            .retryable = false,
            .maybeDone = true,
            .retryAfter = {},
            .detail = QString::fromLatin1(what)};
}

}  // namespace

Error errorFromAnswer(const HttpAnswer& answer, const contract::Status* status, bool aboutSession) {
    Error error{.serverWords = {}, .retryAfter = answer.retryAfter, .detail = {}};
    error.detail = QStringLiteral("HTTP %1").arg(answer.status);
    if (status != nullptr) {
        error.code = status->code;
        error.serverWords = QString::fromStdString(status->message);
        error.detail += QStringLiteral(", code %1").arg(status->code);
    }
    if (answer.status == 429) {
        error.kind = ErrorKind::Throttled;
        error.retryable = true;
        return error;
    }
    if (answer.status == 413) {
        error.kind = ErrorKind::TooLarge;
        return error;
    }
    if (status != nullptr && saysSignedOut(answer.status, *status)) {
        error.kind = aboutSession ? ErrorKind::SignedOut : ErrorKind::Refused;
        return error;
    }
    if (status == nullptr) {
        switch (answer.status) {
            case 401:
            case 403:
                error.kind = aboutSession ? ErrorKind::SignedOut : ErrorKind::Refused;
                return error;
            case 404:
            case 405:
            case 410:
                error.kind = ErrorKind::NotFound;
                return error;
            default:
                error.kind = ErrorKind::ServerBroken;
                error.retryable = answer.status >= 500;
                error.maybeDone = answer.status < 400 || answer.status >= 500;
                return error;
        }
    }
    if (saysNotFound(*status)) {
        error.kind = ErrorKind::NotFound;
        return error;
    }
    if (isPassing(status->code) || answer.status >= 500) {
        // The reference server says code 2 both for "broken inside" and for "not with this file".
        error.kind = answer.status >= 500 ? ErrorKind::ServerBroken : ErrorKind::Refused;
        error.retryable = true;
        error.maybeDone = true;
        return error;
    }
    error.kind = ErrorKind::Refused;
    return error;
}

Api::Api(Transport& transport, ApiOptions options) : transport_(transport), options_(options) {}

void Api::serverChanged() {
    scope_.restart();
}

HttpRequest Api::request(Endpoint endpoint, const QString& token) const {
    const auto& about = contract::info(endpoint);
    HttpRequest request;
    request.method = about.method;
    request.path = QString::fromLatin1(about.path.data(), static_cast<qsizetype>(about.path.size()));
    request.idleTimeout = options_.idleTimeout;
    if (about.token != contract::TokenNeed::None && !token.isEmpty()) {
        request.query.emplaceBack(QStringLiteral("token"), token);
    }
    return request;
}

template <class T>
Api::Call<T> Api::call(HttpRequest request, Reader<T> read, std::stop_token alive) {
    // Ends when the caller goes, and when this object goes or talks to another server: what sleeps here holds
    // a token that is only the former server's business.
    std::stop_source either;
    const auto stop = [either] {
        // A copy: the coroutine, and with it this lambda and its source, may end inside.
        std::stop_source(either).request_stop();
    };
    const std::stop_callback callerGone(std::move(alive), stop);
    const std::stop_callback serverGone(scope_.token(), stop);
    const std::stop_token both = either.get_token();
    // Copies: after a wait this object may be gone.
    const ApiOptions options = options_;
    // Register and login know no session, so nothing that they answer ends one: "User doesn't exist" is then
    // about the name.
    const bool aboutSession = !std::ranges::any_of(
        request.query, [](const auto& pair) { return pair.first == QLatin1String("password"); });
    const int tries = request.method == contract::Method::Get ? 1 + options.retries : 1;
    for (int attempt = 0;; ++attempt) {
        HttpRequest copy = request;
        copy.lastTry = attempt + 1 >= tries;
        auto sent = co_await transport_.send(std::move(copy), both);
        if (both.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        Error error;
        if (sent) {
            auto decoded = read(viewOf(sent->body));
            const bool success = sent->status >= 200 && sent->status < 300;
            if (decoded && decoded->status.ok() && success) {
                Answered<T> answered(std::move(decoded->payload));
                answered.savedAt = sent->savedAt;
                co_return std::move(answered);
            }
            if (decoded && !decoded->status.ok()) {
                error = errorFromAnswer(*sent, &decoded->status, aboutSession);
            } else if (success) {
                error = unreadable("the answer is not the contract's JSON");
            } else {
                error = errorFromAnswer(*sent, nullptr, aboutSession);
            }
        } else {
            error = std::move(sent.error());
        }
        if (!error.retryable || attempt + 1 >= tries ||
            error.retryAfter.value_or(std::chrono::milliseconds(0)) > options.longestRetryAfter) {
            co_return std::unexpected(std::move(error));
        }
        const auto step = options.firstDelay * (1 << std::min(attempt, 10));
        const auto half = std::max<std::int64_t>(step.count() / 2, 0);
        const auto jittered = std::chrono::milliseconds(
            half +
            static_cast<std::int64_t>(QRandomGenerator::global()->bounded(static_cast<double>(half + 1))));
        co_await sleepFor(std::max(jittered, error.retryAfter.value_or(jittered)), both);
        if (both.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
    }
}

Api::Call<contract::FeedPage> Api::feed(std::optional<qint64> cursor, const QString& token,
                                        std::stop_token alive) {
    HttpRequest feed = request(Endpoint::Feed, token);
    if (cursor) {
        feed = with(std::move(feed), "latest_time", *cursor);
    }
    return call<contract::FeedPage>(std::move(feed), contract::readFeed, std::move(alive));
}

Api::Call<contract::Account> Api::account(Endpoint endpoint, const QString& name, const QString& password,
                                          std::stop_token alive) {
    HttpRequest account = with(request(endpoint, {}), "username", name);
    account = with(std::move(account), "password", password);
    return call<contract::Account>(std::move(account), contract::readAccount, std::move(alive));
}

Api::Call<contract::Account> Api::registerAccount(const QString& name, const QString& password,
                                                  std::stop_token alive) {
    return account(Endpoint::Register, name, password, std::move(alive));
}

Api::Call<contract::Account> Api::login(const QString& name, const QString& password, std::stop_token alive) {
    return account(Endpoint::Login, name, password, std::move(alive));
}

Api::Call<contract::User> Api::user(Id userId, QString token, std::stop_token alive) {
    HttpRequest user = with(request(Endpoint::User, token), "user_id", userId);
    auto answer =
        co_await call<std::optional<contract::User>>(std::move(user), contract::readUser, std::move(alive));
    if (!answer) {
        co_return std::unexpected(std::move(answer.error()));
    }
    if (!answer->has_value()) {
        Error missing{.kind = ErrorKind::NotFound, .serverWords = {}, .retryAfter = {}, .detail = {}};
        missing.detail = QStringLiteral("success without a user");
        co_return std::unexpected(std::move(missing));
    }
    Answered<contract::User> answered(std::move(**answer));
    answered.savedAt = answer.savedAt;
    co_return std::move(answered);
}

Api::Call<contract::Nothing> Api::publish(Upload upload, const QString& token, std::stop_token alive) {
    // Publishing is the one call whose token and text go into the form: some servers look only there.
    HttpRequest publish = request(Endpoint::PublishAction, {});
    publish.idleTimeout = options_.uploadIdleTimeout;
    publish.progress = std::move(upload.progress);
    publish.body = MultipartBody{
        .fields = {{QStringLiteral("token"), token}, {QStringLiteral("title"), upload.title}},
        .fileField = QStringLiteral("data"),
        .filePath = upload.filePath,
        .fileName = upload.fileName,
    };
    if (!upload.cover.isEmpty()) {
        const bool png = upload.cover.startsWith("\x89PNG");
        publish.body->more.append(
            {.field = QStringLiteral("cover"),
             .fileName = png ? QStringLiteral("cover.png") : QStringLiteral("cover.jpg"),
             .contentType = png ? QByteArrayLiteral("image/png") : QByteArrayLiteral("image/jpeg"),
             .bytes = std::move(upload.cover)});
    }
    return call<contract::Nothing>(std::move(publish), contract::readPlain, std::move(alive));
}

Api::Call<std::vector<contract::Video>> Api::publishList(Id userId, const QString& token,
                                                         std::stop_token alive) {
    return call<std::vector<contract::Video>>(with(request(Endpoint::PublishList, token), "user_id", userId),
                                              contract::readVideos, std::move(alive));
}

Api::Call<contract::Nothing> Api::setFavorite(Id videoId, bool favorite, const QString& token,
                                              std::stop_token alive) {
    HttpRequest action = with(request(Endpoint::FavoriteAction, token), "video_id", videoId);
    action = with(std::move(action), "action_type", actionType(favorite));
    return call<contract::Nothing>(std::move(action), contract::readPlain, std::move(alive));
}

Api::Call<std::vector<contract::Video>> Api::favoriteList(Id userId, const QString& token,
                                                          std::stop_token alive) {
    return call<std::vector<contract::Video>>(with(request(Endpoint::FavoriteList, token), "user_id", userId),
                                              contract::readVideos, std::move(alive));
}

Api::Call<std::optional<contract::Comment>> Api::addComment(Id videoId, const QString& text,
                                                            const QString& token, std::stop_token alive) {
    HttpRequest action = with(request(Endpoint::CommentAction, token), "video_id", videoId);
    action = with(std::move(action), "action_type", actionType(true));
    action = with(std::move(action), "comment_text", text);
    return call<std::optional<contract::Comment>>(std::move(action), contract::readComment, std::move(alive));
}

Api::Call<contract::Nothing> Api::deleteComment(Id videoId, Id commentId, const QString& token,
                                                std::stop_token alive) {
    HttpRequest action = with(request(Endpoint::CommentAction, token), "video_id", videoId);
    action = with(std::move(action), "action_type", actionType(false));
    action = with(std::move(action), "comment_id", commentId);
    return call<contract::Nothing>(std::move(action), contract::readPlain, std::move(alive));
}

Api::Call<std::vector<contract::Comment>> Api::comments(Id videoId, const QString& token,
                                                        std::stop_token alive) {
    return call<std::vector<contract::Comment>>(
        with(request(Endpoint::CommentList, token), "video_id", videoId), contract::readComments,
        std::move(alive));
}

Api::Call<contract::Nothing> Api::setFollow(Id userId, bool follow, const QString& token,
                                            std::stop_token alive) {
    HttpRequest action = with(request(Endpoint::RelationAction, token), "to_user_id", userId);
    action = with(std::move(action), "action_type", actionType(follow));
    return call<contract::Nothing>(std::move(action), contract::readPlain, std::move(alive));
}

Api::Call<std::vector<contract::User>> Api::following(Id userId, const QString& token,
                                                      std::stop_token alive) {
    return call<std::vector<contract::User>>(with(request(Endpoint::FollowList, token), "user_id", userId),
                                             contract::readUsers, std::move(alive));
}

Api::Call<std::vector<contract::User>> Api::followers(Id userId, const QString& token,
                                                      std::stop_token alive) {
    return call<std::vector<contract::User>>(with(request(Endpoint::FollowerList, token), "user_id", userId),
                                             contract::readUsers, std::move(alive));
}

Api::Call<std::vector<contract::FriendUser>> Api::friends(Id userId, const QString& token,
                                                          std::stop_token alive) {
    return call<std::vector<contract::FriendUser>>(
        with(request(Endpoint::FriendList, token), "user_id", userId), contract::readFriends,
        std::move(alive));
}

Api::Call<std::vector<contract::ReceivedMessage>> Api::messages(Id peerId, qint64 newerThan,
                                                                const QString& token, std::stop_token alive) {
    HttpRequest chat = with(request(Endpoint::MessageChat, token), "to_user_id", peerId);
    chat = with(std::move(chat), "pre_msg_time", newerThan);
    return call<std::vector<contract::ReceivedMessage>>(std::move(chat), contract::readMessages,
                                                        std::move(alive));
}

Api::Call<contract::Nothing> Api::sendMessage(Id peerId, const QString& text, const QString& token,
                                              std::stop_token alive) {
    HttpRequest action = with(request(Endpoint::MessageAction, token), "to_user_id", peerId);
    action = with(std::move(action), "action_type", std::int64_t{1});
    action = with(std::move(action), "content", text);
    return call<contract::Nothing>(std::move(action), contract::readPlain, std::move(alive));
}

}  // namespace tikgok
