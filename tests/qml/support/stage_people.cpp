// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the stage's server knows of people: who follows whom, what they publish and like.
#include "tests/qml/support/stage_server.h"

#include <algorithm>

namespace tikgok::test {

namespace {

constexpr QLatin1StringView kId{"id"};

qint64 numberIn(const HttpRequest& request, QLatin1StringView name) {
    for (const auto& [key, value] : request.query) {
        if (key == name)
            return value.toLongLong();
    }
    return 0;
}

QJsonObject answerWith(const QString& name, const QJsonValue& value) {
    return {{QStringLiteral("status_code"), 0},
            {QStringLiteral("status_msg"), QStringLiteral("success")},
            {name, value}};
}

QJsonObject answerNo(int code, const char* words) {
    return {{QStringLiteral("status_code"), code}, {QStringLiteral("status_msg"), QLatin1String(words)}};
}

}  // namespace

void StageServer::setFollow(qint64 who, qint64 whom, bool on) {
    QList<qint64>& list = follows_[who];
    list.removeAll(whom);
    if (on)
        list.prepend(whom);
}

void StageServer::sayEverywhere(const QString& text) {
    const auto spoken = [&text](QJsonObject one) {
        if (one.value(QLatin1StringView("name")).toString() != QLatin1StringView("mika"))
            one.insert(QStringLiteral("name"), text);
        one.insert(QStringLiteral("signature"), text);
        return one;
    };
    const auto change = [&spoken, &text](QJsonArray& list, const QString& whose, const QString& words) {
        for (auto&& value : list) {
            QJsonObject one = value.toObject();
            one.insert(whose, spoken(one.value(whose).toObject()));
            one.insert(words, text);
            value = one;
        }
    };
    for (auto&& value : people_)
        value = spoken(value.toObject());
    change(videos_, QStringLiteral("author"), QStringLiteral("title"));
    for (QJsonArray& list : comments_)
        change(list, QStringLiteral("user"), QStringLiteral("content"));
}

qint64 StageServer::idOf(const QString& name) const {
    return person(name).value(kId).toInteger();
}

QJsonObject StageServer::personAs(const QJsonObject& person) const {
    QJsonObject seen = person;
    const qint64 id = person.value(kId).toInteger();
    seen.insert(QStringLiteral("is_follow"), !user_.isEmpty() && follows_.value(idOf(user_)).contains(id));
    return seen;
}

QJsonObject StageServer::personOf(qint64 id) const {
    for (const QJsonValue& value : people_) {
        if (value.toObject().value(kId).toInteger() == id)
            return personAs(value.toObject());
    }
    if (!user_.isEmpty() && idOf(user_) == id)
        return personAs(person(user_));
    return {};
}

QJsonArray StageServer::videosAs(const QJsonArray& videos) const {
    QJsonArray seen;
    for (const QJsonValue& value : videos) {
        QJsonObject video = value.toObject();
        video.insert(QStringLiteral("author"), personAs(video.value(QLatin1StringView("author")).toObject()));
        seen.append(video);
    }
    return seen;
}

QJsonArray StageServer::worksOf(qint64 id) const {
    QJsonArray works;
    for (const QJsonValue& value : videos_) {
        if (value.toObject().value(QLatin1StringView("author")).toObject().value(kId).toInteger() == id)
            works.append(value);
    }
    return works;
}

QJsonArray StageServer::likesOf(qint64 id) const {
    QJsonArray likes;
    const bool mine = !user_.isEmpty() && idOf(user_) == id;
    for (const QJsonValue& value : videos_) {
        const QJsonObject video = value.toObject();
        if (mine ? video.value(QLatin1StringView("is_favorite")).toBool()
                 : video.value(kId).toInteger() % 3 == id % 3)
            likes.append(video);
    }
    return likes;
}

QJsonArray StageServer::peopleOf(const QList<qint64>& ids, bool friends) const {
    QJsonArray people;
    for (const qint64 id : ids) {
        QJsonObject one = personOf(id);
        if (friends) {
            const auto said = said_.value(id);
            one.insert(QStringLiteral("message"), said.first);
            one.insert(QStringLiteral("msgType"), said.second ? 1 : 0);
        }
        people.append(one);
    }
    return people;
}

QList<qint64> StageServer::followersOf(qint64 id) const {
    QList<qint64> followers;
    for (auto it = follows_.cbegin(); it != follows_.cend(); ++it) {
        if (it.value().contains(id))
            followers.append(it.key());
    }
    std::ranges::sort(followers);
    return followers;
}

std::optional<QJsonObject> StageServer::social(const HttpRequest& request) {
    const qint64 id = numberIn(request, QLatin1StringView("user_id"));
    const auto path = [&request](const char* name) { return request.path == QLatin1String(name); };
    const auto list = QStringLiteral("user_list");
    if (path("/douyin/user/")) {
        const QJsonObject found = personOf(id == 0 ? idOf(user_) : id);
        return found.isEmpty() ? answerNo(30003, "user not found")
                               : answerWith(QStringLiteral("user"), found);
    }
    if (path("/douyin/relation/action/")) {
        const qint64 whom = numberIn(request, QLatin1StringView("to_user_id"));
        if (whom == idOf(user_))
            return answerNo(2, "cannot follow or unfollow yourself.");
        setFollow(idOf(user_), whom, numberIn(request, QLatin1StringView("action_type")) == 1);
        return answerNo(0, "success");
    }
    const bool known = path("/douyin/publish/list/") || path("/douyin/favorite/list/") ||
                       path("/douyin/relation/follow/list/") || path("/douyin/relation/follower/list/") ||
                       path("/douyin/relation/friend/list/");
    if (!known)
        return std::nullopt;
    if (user_.isEmpty())
        return answerNo(1, "no token");
    if (path("/douyin/publish/list/")) {
        QJsonArray works = videosAs(worksOf(id));
        // What was published on this stage is the signed-in person's; the newest comes first.
        for (qsizetype i = id == idOf(user_) ? published_.size() - 1 : -1; i >= 0; --i)
            works.prepend(published_.at(i));
        return answerWith(QStringLiteral("video_list"), works);
    }
    if (path("/douyin/favorite/list/"))
        return answerWith(QStringLiteral("video_list"), videosAs(likesOf(id)));
    if (path("/douyin/relation/follow/list/"))
        return answerWith(list, peopleOf(follows_.value(id), false));
    if (path("/douyin/relation/follower/list/"))
        return answerWith(list, peopleOf(followersOf(id), false));
    QList<qint64> mutual = follows_.value(id);
    const QList<qint64> followers = followersOf(id);
    mutual.removeIf([&followers](qint64 one) { return !followers.contains(one); });
    return answerWith(list, peopleOf(mutual, true));
}

}  // namespace tikgok::test
