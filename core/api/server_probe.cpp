// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/server_probe.h"

#include "core/contract/endpoints.h"
#include "core/contract/text.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <utility>

namespace tikgok {

namespace {

std::optional<std::int64_t> integerIn(const QJsonObject& object, QLatin1StringView name) {
    const QJsonValue value = object.value(name);
    if (value.isString()) {
        const QByteArray text = value.toString().toUtf8();
        return contract::parseInteger({text.constData(), static_cast<std::size_t>(text.size())});
    }
    if (!value.isDouble()) {
        return std::nullopt;
    }
    return value.toInteger();
}

bool saysPong(const HttpAnswer* ping) {
    return ping != nullptr && ping->status == 200 &&
           QJsonDocument::fromJson(ping->body).object().value(QLatin1StringView("message")) ==
               QLatin1StringView("pong");
}

// As /ping says it: a path of the same server (see docs/push.md).
bool offersPush(const HttpAnswer* ping) {
    if (!saysPong(ping)) {
        return false;
    }
    const QString path =
        QJsonDocument::fromJson(ping->body).object().value(QLatin1StringView("push")).toString();
    return path.startsWith(QLatin1Char('/')) && !path.startsWith(QLatin1StringView("//"));
}

// The demo leaves out members that are zero, false or empty; all others send them.
bool leavesOut(const QJsonObject& feed) {
    constexpr std::array members{
        "id", "author", "play_url", "cover_url", "favorite_count", "comment_count", "is_favorite", "title"};
    const QJsonValue first = feed.value(QLatin1StringView("video_list")).toArray().first();
    if (!first.isObject()) {
        return !feed.contains(QLatin1StringView("status_msg"));
    }
    const QJsonObject video = first.toObject();
    return std::ranges::any_of(
        members, [&video](const char* name) { return !video.contains(QLatin1StringView(name)); });
}

Dialect dialectOf(bool pong, const QJsonObject& feed) {
    const auto next = integerIn(feed, QLatin1StringView("next_time"));
    if (!next || *next <= 0) {
        return Dialect::Other;
    }
    switch (contract::unitOf(*next)) {
        case contract::TimeUnit::Nanoseconds:
            return Dialect::TikGok;  // nobody else has them
        case contract::TimeUnit::Milliseconds:
            return pong && !leavesOut(feed) ? Dialect::Standard : Dialect::Other;
        case contract::TimeUnit::Seconds:
            return !pong && leavesOut(feed) ? Dialect::Demo : Dialect::Other;
        case contract::TimeUnit::Microseconds:
            break;
    }
    return Dialect::Other;
}

bool looksLikeMarkup(const QByteArray& body) {
    return body.trimmed().startsWith('<');
}

ServerVerdict verdictOf(const Error& error) {
    switch (error.link) {
        case LinkProblem::NoSuchHost:
            return ServerVerdict::NoSuchHost;
        case LinkProblem::Refused:
            return ServerVerdict::NobodyThere;
        case LinkProblem::Tls:
            return ServerVerdict::Tls;
        case LinkProblem::NotHttp:
            return ServerVerdict::NotHttp;
        case LinkProblem::Elsewhere:
            return ServerVerdict::Elsewhere;
        case LinkProblem::None:
            break;
    }
    switch (error.kind) {
        case ErrorKind::Timeout:
            return ServerVerdict::NoAnswer;
        case ErrorKind::Cut:
            return ServerVerdict::Cut;
        case ErrorKind::ServerBroken:
            return ServerVerdict::NotHttp;
        default:
            return ServerVerdict::Offline;
    }
}

}  // namespace

ServerReport judgeServer(const HttpAnswer* ping, const HttpAnswer& feed) {
    ServerReport report;
    report.httpStatus = feed.status;
    const QJsonDocument document = QJsonDocument::fromJson(feed.body);
    const QJsonObject object = document.object();
    const auto code = integerIn(object, QLatin1StringView("status_code"));
    if (!document.isObject() || !code) {
        constexpr int kTooMany = 429;
        constexpr int kBroken = 500;
        if (feed.status >= kBroken || feed.status == kTooMany) {
            report.verdict = ServerVerdict::Failing;
        } else {
            report.verdict = looksLikeMarkup(feed.body) ? ServerVerdict::WebPage : ServerVerdict::NotContract;
        }
        return report;
    }
    report.serverWords = object.value(QLatin1StringView("status_msg")).toString();
    if (*code != 0) {
        report.verdict = ServerVerdict::Refuses;
        report.traits.dialect = Dialect::Other;
        return report;
    }
    report.verdict = ServerVerdict::Good;
    report.traits.dialect = dialectOf(saysPong(ping), object);
    report.traits.push = offersPush(ping);
    report.traits.pageSize = static_cast<int>(object.value(QLatin1StringView("video_list")).toArray().size());
    return report;
}

ServerProbe::ServerProbe(Transport& transport, std::chrono::milliseconds patience, Now now)
    : transport_(transport), patience_(patience), now_(std::move(now)) {}

QCoro::Task<std::optional<ServerReport>> ServerProbe::run(std::stop_token alive) {
    const std::chrono::milliseconds patience = patience_;
    const Now now = now_;
    QElapsedTimer clock;
    clock.start();
    HttpRequest asksPing;
    asksPing.path = QStringLiteral("/ping");
    asksPing.idleTimeout = patience;
    const auto ping = co_await transport_.send(std::move(asksPing), alive);
    if (alive.stop_requested()) {
        co_return std::nullopt;
    }
    std::chrono::milliseconds roundTrip{clock.elapsed()};
    if (!ping && ping.error().link != LinkProblem::NotHttp && ping.error().kind != ErrorKind::ServerBroken) {
        ServerReport report;
        report.verdict = verdictOf(ping.error());
        report.detail = report.verdict == ServerVerdict::Tls ? ping.error().detail : QString();
        co_return report;
    }
    clock.restart();
    HttpRequest asksFeed;
    const std::string_view path = contract::info(contract::Endpoint::Feed).path;
    asksFeed.path = QString::fromLatin1(path.data(), static_cast<qsizetype>(path.size()));
    asksFeed.idleTimeout = patience;
    const auto feed = co_await transport_.send(std::move(asksFeed), alive);
    if (alive.stop_requested()) {
        co_return std::nullopt;
    }
    if (!feed) {
        ServerReport report;
        report.verdict = verdictOf(feed.error());
        co_return report;
    }
    if (!ping) {
        roundTrip = std::chrono::milliseconds(clock.elapsed());
    }
    ServerReport report = judgeServer(ping ? &*ping : nullptr, *feed);
    report.roundTrip = roundTrip;
    report.traits.checkedAt = now();
    co_return report;
}

}  // namespace tikgok
