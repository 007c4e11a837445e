// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A server of the contract that lives in the test: it answers from memory, and does what the test tells it
// to.
#pragma once

#include "core/api/task_scope.h"
#include "core/api/transport.h"
#include "tests/qml/support/stage_chat.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace tikgok::test {

class StageServer final : public Transport {
public:
    // What happens to calls of one path instead of the ordinary answer.
    struct Rule {
        enum class Kind { Answer, Fail, Refuse, Hang } kind = Kind::Answer;
        ErrorKind error = ErrorKind::Offline;
        int code = 0;
        QString words{};
        LinkProblem link = LinkProblem::None;
        // Failed, and done all the same perhaps.
        bool maybeDone = false;
        // Failed, and the server asks for that much of a break.
        std::optional<std::chrono::milliseconds> retryAfter{};
    };

    // Addresses of pictures and videos begin with this; see StageNetwork.
    static constexpr QLatin1StringView kMediaHost{"http://stage.test/"};

    // `videos` made from the demo media, in turn; `comments` on each of them.
    explicit StageServer(int videos = 12, int comments = 6);

    void rule(const QString& path, Rule rule) { rules_[path] = std::move(rule); }
    void clearRules() { rules_.clear(); }
    // Nothing gets there any more.
    void setAway(bool away) { away_ = away; }
    void setPageSize(int size) { pageSize_ = size; }
    // Uploads that hang say how far they are.
    void moved(qint64 acknowledged, qint64 total);
    // Calls that hang get the ordinary answer.
    void letGo();
    void refuseHeld(int code, const QString& words);

    // Titles, signatures, comments, and the names of all but mika, who signs in.
    void sayEverywhere(const QString& text);

    // Whether `who` follows `whom`, by id; people have the ids 1, 2, 3, ...
    void setFollow(qint64 who, qint64 whom, bool on = true);
    // The last message between a friend and whoever is signed in.
    void setMessage(qint64 with, const QString& text, bool sent) { said_.insert(with, {text, sent}); }
    [[nodiscard]] qint64 idOf(const QString& name) const;
    [[nodiscard]] bool follows(qint64 who, qint64 whom) const { return follows_.value(who).contains(whom); }

    // The row of the first video made from this file; -1 when there is none.
    [[nodiscard]] int rowOf(const QString& file) const;
    [[nodiscard]] int count(const QString& path) const { return static_cast<int>(calls_.count(path)); }
    [[nodiscard]] QStringList calls() const { return calls_; }

    // Friends and messages. The people's ids count from 1, in the order of the small world.
    StageChat chat;

    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, std::stop_token alive) override;

private:
    struct Held {
        HttpRequest request;
        Once<Result<HttpAnswer>> ended;
    };

    QByteArray answer(const HttpRequest& request);
    QJsonObject feed(const HttpRequest& request) const;
    QJsonObject account(const HttpRequest& request, bool fresh);
    QJsonObject favorite(const HttpRequest& request);
    QJsonObject comment(const HttpRequest& request);
    QJsonObject publish(const HttpRequest& request);
    QJsonObject person(const QString& name) const;
    // In stage_people.cpp. Nothing when the request is not about people.
    std::optional<QJsonObject> social(const HttpRequest& request);
    // As the signed-in person sees them.
    QJsonObject personAs(const QJsonObject& person) const;
    QJsonObject personOf(qint64 id) const;
    QJsonArray videosAs(const QJsonArray& videos) const;
    QJsonArray worksOf(qint64 id) const;
    QJsonArray likesOf(qint64 id) const;
    QJsonArray peopleOf(const QList<qint64>& ids, bool friends) const;
    QList<qint64> followersOf(qint64 id) const;

    QJsonArray people_;
    QJsonArray videos_;
    QJsonArray published_;
    QHash<qint64, QJsonArray> comments_;
    QHash<QString, Rule> rules_;
    QList<std::shared_ptr<Held>> held_;
    QStringList calls_;
    bool away_ = false;
    QSet<QString> registered_;
    QHash<qint64, QList<qint64>> follows_;
    QHash<qint64, std::pair<QString, bool>> said_;
    QString user_;
    int pageSize_ = 30;
    qint64 nextComment_ = 5000;
    QObject clock_;
    TaskScope scope_;
};

}  // namespace tikgok::test
