// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/qml/support/stage_server.h"

#include "resources/demo_media_dir.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

namespace tikgok::test {

namespace {

constexpr qint64 kFirstVideo = 1000;
constexpr QLatin1StringView kToken("stage-");
constexpr qint64 kNewest = 1'790'000'000'000;

QString valueOf(const HttpRequest& request, QLatin1StringView name) {
    for (const auto& [key, value] : request.query) {
        if (key == name)
            return value;
    }
    return {};
}

QJsonObject success() {
    return {{QStringLiteral("status_code"), 0}, {QStringLiteral("status_msg"), QStringLiteral("success")}};
}

QJsonObject refusal(int code, const QString& words) {
    return {{QStringLiteral("status_code"), code}, {QStringLiteral("status_msg"), words}};
}

QString media(const QString& path) {
    return StageServer::kMediaHost + path;
}

// The small world, as far as it is needed here.
QJsonObject world() {
    QFile file(QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/worlds/small.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no demo world");
    return QJsonDocument::fromJson(file.readAll()).object();
}

}  // namespace

StageServer::StageServer(int videos, int comments) {
    const QJsonObject small = world();
    int id = 1;
    for (const QJsonValue& value : small.value(QLatin1StringView("people")).toArray()) {
        const QJsonObject one = value.toObject();
        people_.append(QJsonObject{
            {QStringLiteral("id"), id},
            {QStringLiteral("name"), one.value(QLatin1StringView("name"))},
            {QStringLiteral("signature"), one.value(QLatin1StringView("signature"))},
            {QStringLiteral("avatar"), media(one.value(QLatin1StringView("avatar")).toString())},
            {QStringLiteral("background_image"),
             media(one.value(QLatin1StringView("background")).toString())},
            {QStringLiteral("follow_count"), 3 + id * 7},
            {QStringLiteral("follower_count"), 120 * id * id},
            {QStringLiteral("is_follow"), false},
            {QStringLiteral("total_favorited"), 1234 * id * id},
            {QStringLiteral("work_count"), 2 + id},
            {QStringLiteral("favorite_count"), 40 + id},
        });
        ++id;
    }
    const QJsonArray works = small.value(QLatin1StringView("videos")).toArray();
    const QJsonArray said = small.value(QLatin1StringView("comments")).toArray();
    for (int i = 0; i < videos; ++i) {
        const QJsonObject work = works.at(i % works.size()).toObject();
        const QString file = work.value(QLatin1StringView("file")).toString();
        const QString cover = QString(file)
                                  .replace(QLatin1StringView("videos/"), QLatin1StringView("covers/"))
                                  .replace(QLatin1StringView(".mp4"), QLatin1StringView(".jpg"));
        const qint64 videoId = kFirstVideo + i;
        videos_.append(QJsonObject{
            {QStringLiteral("id"), videoId},
            {QStringLiteral("author"),
             people_.at((work.value(QLatin1StringView("author")).toInt() + people_.size() - 1) %
                        people_.size())},
            {QStringLiteral("title"), work.value(QLatin1StringView("title"))},
            {QStringLiteral("play_url"), media(file)},
            {QStringLiteral("cover_url"), media(cover)},
            {QStringLiteral("favorite_count"), (i * 7919) % 25000 + 3},
            {QStringLiteral("comment_count"), comments},
            {QStringLiteral("is_favorite"), false},
        });
        QJsonArray list;
        for (int c = 0; c < comments; ++c) {
            const QJsonObject one = said.at((i * 5 + c) % said.size()).toObject();
            const int author =
                (one.value(QLatin1StringView("author")).toInt() + i + c) % static_cast<int>(people_.size());
            list.append(QJsonObject{
                {QStringLiteral("id"), nextComment_++},
                {QStringLiteral("user"), people_.at(author)},
                {QStringLiteral("content"), one.value(QLatin1StringView("text"))},
                {QStringLiteral("create_date"), QStringLiteral("11-%1").arg(20 - c, 2, 10, QLatin1Char('0'))},
            });
        }
        comments_.insert(videoId, list);
    }
}

QCoro::Task<Result<HttpAnswer>> StageServer::send(HttpRequest request, std::stop_token alive) {
    calls_.append(request.path);
    auto held = std::make_shared<Held>();
    held->request = request;
    const Rule rule = away_ ? Rule{.kind = Rule::Kind::Fail} : rules_.value(request.path);
    // Never at once: a network does not answer inside the call either.
    switch (rule.kind) {
        case Rule::Kind::Answer:
            QMetaObject::invokeMethod(
                &clock_, [this, held] { held->ended.finish(HttpAnswer{200, answer(held->request), {}}); },
                Qt::QueuedConnection);
            break;
        case Rule::Kind::Refuse:
            QMetaObject::invokeMethod(
                &clock_,
                [held, rule] {
                    held->ended.finish(HttpAnswer{
                        200,
                        QJsonDocument(refusal(rule.code, rule.words)).toJson(QJsonDocument::Compact),
                        {}});
                },
                Qt::QueuedConnection);
            break;
        case Rule::Kind::Fail: {
            Error error;
            error.kind = rule.error;
            error.link = rule.link;
            error.maybeDone = rule.maybeDone;
            error.retryAfter = rule.retryAfter;
            QMetaObject::invokeMethod(
                &clock_, [held, error] { held->ended.finish(std::unexpected(error)); }, Qt::QueuedConnection);
            break;
        }
        case Rule::Kind::Hang:
            held_.append(held);
            break;
    }
    const std::stop_token mine = scope_.token();
    const auto stop = [held] {
        const auto kept = held;
        kept->ended.finish(std::unexpected(cancelledError()));
    };
    const std::stop_callback callerGone(alive, stop);
    const std::stop_callback serverGone(mine, stop);
    auto result = co_await held->ended;
    co_return std::move(result);
}

int StageServer::rowOf(const QString& file) const {
    for (qsizetype i = 0; i < videos_.size(); ++i) {
        if (videos_.at(i).toObject().value(QLatin1StringView("play_url")).toString().contains(file))
            return static_cast<int>(i);
    }
    return -1;
}

void StageServer::letGo() {
    for (const auto& held : std::exchange(held_, {}))
        held->ended.finish(HttpAnswer{200, answer(held->request), {}});
}

void StageServer::refuseHeld(int code, const QString& words) {
    for (const auto& held : std::exchange(held_, {})) {
        held->ended.finish(
            HttpAnswer{200, QJsonDocument(refusal(code, words)).toJson(QJsonDocument::Compact), {}});
    }
}

QByteArray StageServer::answer(const HttpRequest& request) {
    QJsonObject object;
    if (request.path == QLatin1StringView("/ping"))
        return QByteArrayLiteral(R"({"message":"pong"})");
    // Whose token it is.
    const QString token = valueOf(request, QLatin1StringView("token"));
    if (token.startsWith(kToken))
        user_ = token.mid(kToken.size());
    if (request.path == QLatin1StringView("/douyin/feed/")) {
        object = feed(request);
    } else if (request.path == QLatin1StringView("/douyin/user/login/")) {
        object = account(request, false);
    } else if (request.path == QLatin1StringView("/douyin/user/register/")) {
        object = account(request, true);
    } else if (auto said =
                   chat.answer(request, person(user_).value(QLatin1StringView("id")).toInteger(), people_)) {
        object = std::move(*said);
    } else if (auto social = this->social(request)) {
        object = std::move(*social);
    } else if (request.path == QLatin1StringView("/douyin/favorite/action/")) {
        object = favorite(request);
    } else if (request.path == QLatin1StringView("/douyin/comment/action/")) {
        object = comment(request);
    } else if (request.path == QLatin1StringView("/douyin/comment/list/")) {
        object = success();
        object.insert(QStringLiteral("comment_list"),
                      comments_.value(valueOf(request, QLatin1StringView("video_id")).toLongLong()));
    } else if (request.path == QLatin1StringView("/douyin/publish/action/")) {
        object = publish(request);
    } else {
        object = refusal(1, QStringLiteral("params err"));
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject StageServer::feed(const HttpRequest& request) const {
    const QString cursor = valueOf(request, QLatin1StringView("latest_time"));
    const qint64 from = cursor.isEmpty() ? 0 : kNewest - cursor.toLongLong();
    QJsonArray page;
    for (qint64 i = std::max<qint64>(0, from); i < videos_.size() && page.size() < pageSize_; ++i)
        page.append(videos_.at(i));
    QJsonObject object = success();
    object.insert(QStringLiteral("video_list"), videosAs(page));
    object.insert(QStringLiteral("next_time"), kNewest - std::max<qint64>(0, from) - page.size());
    return object;
}

QJsonObject StageServer::publish(const HttpRequest& request) {
    QJsonObject video = videos_.at(0).toObject();
    video.insert(QStringLiteral("id"), 70000 + published_.size());
    for (const auto& [name, value] : request.body->fields) {
        if (name == QLatin1StringView("title"))
            video.insert(QStringLiteral("title"), value);
    }
    published_.prepend(video);
    return success();
}

void StageServer::moved(qint64 acknowledged, qint64 total) {
    for (const auto& held : std::as_const(held_)) {
        if (held->request.progress)
            held->request.progress(acknowledged, total);
    }
}

QJsonObject StageServer::person(const QString& name) const {
    for (const QJsonValue& value : people_) {
        if (value.toObject().value(QLatin1StringView("name")).toString() == name)
            return value.toObject();
    }
    return {{QStringLiteral("id"), 900}, {QStringLiteral("name"), name}};
}

QJsonObject StageServer::account(const HttpRequest& request, bool fresh) {
    const QString name = valueOf(request, QLatin1StringView("username"));
    const bool known =
        registered_.contains(name) || person(name).value(QLatin1StringView("id")).toInt() != 900;
    if (fresh && known)
        return refusal(30002, QStringLiteral("user already exist"));
    if (!fresh && !known)
        return refusal(30003, QStringLiteral("user not found"));
    if (!fresh && valueOf(request, QLatin1StringView("password")) != QLatin1StringView("tikgok123"))
        return refusal(30001, QStringLiteral("wrong password"));
    registered_.insert(name);
    user_ = name;
    QJsonObject object = success();
    object.insert(QStringLiteral("user_id"), person(name).value(QLatin1StringView("id")));
    object.insert(QStringLiteral("token"), kToken + name);
    return object;
}

QJsonObject StageServer::favorite(const HttpRequest& request) {
    const qint64 id = valueOf(request, QLatin1StringView("video_id")).toLongLong();
    const bool like = valueOf(request, QLatin1StringView("action_type")) == QLatin1StringView("1");
    const auto row = static_cast<qsizetype>(id - kFirstVideo);
    QJsonObject video = videos_.at(row).toObject();
    if (video.value(QLatin1StringView("is_favorite")).toBool() != like) {
        video.insert(QStringLiteral("is_favorite"), like);
        video.insert(QStringLiteral("favorite_count"),
                     video.value(QLatin1StringView("favorite_count")).toInt() + (like ? 1 : -1));
        videos_.replace(row, video);
    }
    return success();
}

QJsonObject StageServer::comment(const HttpRequest& request) {
    const qint64 video = valueOf(request, QLatin1StringView("video_id")).toLongLong();
    QJsonArray list = comments_.value(video);
    QJsonObject object = success();
    if (valueOf(request, QLatin1StringView("action_type")) == QLatin1StringView("1")) {
        const QJsonObject one{
            {QStringLiteral("id"), nextComment_++},
            {QStringLiteral("user"), person(user_)},
            {QStringLiteral("content"), valueOf(request, QLatin1StringView("comment_text"))},
            {QStringLiteral("create_date"), QStringLiteral("11-20")},
        };
        list.prepend(one);
        object.insert(QStringLiteral("comment"), one);
    } else {
        const qint64 id = valueOf(request, QLatin1StringView("comment_id")).toLongLong();
        for (qsizetype i = 0; i < list.size(); ++i) {
            if (list.at(i).toObject().value(QLatin1StringView("id")).toInteger() == id) {
                list.removeAt(i);
                break;
            }
        }
    }
    comments_.insert(video, list);
    return object;
}

}  // namespace tikgok::test
