// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One typed call per endpoint of the contract, over a Transport.
//
// Here, and nowhere else in the client, is known how servers of this contract differ (contract.md, section
// 5): parameters travel in the query, a JSON body is read at any HTTP status, the ways of saying "signed out"
// are one error kind. GET calls are tried again, a few times, with growing random waits; POST calls never
// are.
//
// `token` is opaque and may be empty where the contract allows it. Ids are the server's. Every call ends at
// once with ErrorKind::Cancelled when `alive` is stopped.
#pragma once

#include "core/api/error.h"
#include "core/api/task_scope.h"
#include "core/api/transport.h"
#include "core/contract/codec.h"

#include <QString>
#include <qcoro/qcorotask.h>

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace tikgok {

struct ApiOptions {
    // Tries after the first one, for GET.
    int retries = 2;
    // The n-th wait is random between a half and a whole of firstDelay * 2^n.
    std::chrono::milliseconds firstDelay{400};
    // A server that asks to wait longer than this is not asked again; the error says how long.
    std::chrono::milliseconds longestRetryAfter{3'000};
    std::chrono::milliseconds idleTimeout{15'000};
    // Publishing may leave the line idle while the server works on the file.
    std::chrono::milliseconds uploadIdleTimeout{60'000};
};

struct Upload {
    QString filePath;
    // As told to the server; its suffix decides whether the server takes it.
    QString fileName;
    QString title;
    // A picture (PNG or JPEG) for the cover. Our server takes it; others ignore it. May be empty.
    QByteArray cover = {};
    // See HttpRequest::progress.
    std::function<void(qint64 acknowledged, qint64 total)> progress;
};

class Api final {
public:
    template <class T>
    using Call = QCoro::Task<Answered<T>>;
    using Id = contract::Id;

    explicit Api(Transport& transport, ApiOptions options = {});

    // To be called before the transport leads to another server: every call that is under way ends as
    // Cancelled, also one that waits for its next try. Its token is not for the new server.
    void serverChanged();

    // `cursor`: a nextTime of an earlier page, unchanged; nothing for the newest page.
    Call<contract::FeedPage> feed(std::optional<qint64> cursor, const QString& token, std::stop_token alive);

    Call<contract::Account> registerAccount(const QString& name, const QString& password,
                                            std::stop_token alive);
    Call<contract::Account> login(const QString& name, const QString& password, std::stop_token alive);
    // A user that does not exist is ErrorKind::NotFound, however the server says it.
    Call<contract::User> user(Id userId, QString token, std::stop_token alive);

    Call<contract::Nothing> publish(Upload upload, const QString& token, std::stop_token alive);
    Call<std::vector<contract::Video>> publishList(Id userId, const QString& token, std::stop_token alive);

    Call<contract::Nothing> setFavorite(Id videoId, bool favorite, const QString& token,
                                        std::stop_token alive);
    Call<std::vector<contract::Video>> favoriteList(Id userId, const QString& token, std::stop_token alive);

    // Nothing where a server answers success without the comment.
    Call<std::optional<contract::Comment>> addComment(Id videoId, const QString& text, const QString& token,
                                                      std::stop_token alive);
    Call<contract::Nothing> deleteComment(Id videoId, Id commentId, const QString& token,
                                          std::stop_token alive);
    Call<std::vector<contract::Comment>> comments(Id videoId, const QString& token, std::stop_token alive);

    Call<contract::Nothing> setFollow(Id userId, bool follow, const QString& token, std::stop_token alive);
    Call<std::vector<contract::User>> following(Id userId, const QString& token, std::stop_token alive);
    Call<std::vector<contract::User>> followers(Id userId, const QString& token, std::stop_token alive);
    Call<std::vector<contract::FriendUser>> friends(Id userId, const QString& token, std::stop_token alive);

    // `newerThan`: the raw create_time of a message in the server's own unit, or 0 (see contract.md 5.1).
    Call<std::vector<contract::ReceivedMessage>> messages(Id peerId, qint64 newerThan, const QString& token,
                                                          std::stop_token alive);
    Call<contract::Nothing> sendMessage(Id peerId, const QString& text, const QString& token,
                                        std::stop_token alive);

private:
    template <class T>
    using Reader = contract::Decoded<T> (*)(std::string_view);

    [[nodiscard]] HttpRequest request(contract::Endpoint endpoint, const QString& token) const;
    Call<contract::Account> account(contract::Endpoint endpoint, const QString& name, const QString& password,
                                    std::stop_token alive);
    template <class T>
    Call<T> call(HttpRequest request, Reader<T> read, std::stop_token alive);

    Transport& transport_;
    ApiOptions options_;
    TaskScope scope_;
};

// What an answer means when it is not a success; `status` is null when it is not the contract's JSON.
// `aboutSession`: whether "not signed in" can be its meaning.
Error errorFromAnswer(const HttpAnswer& answer, const contract::Status* status, bool aboutSession);

}  // namespace tikgok
