// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/self_check.h"

#include "core/account/token_vault.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 20s;
constexpr auto kStepTime = 5ms;
// Of each of the two videos.
constexpr quint64 kFramesWanted = 15;

}  // namespace

SelfCheck::SelfCheck(QObject* parent) : QObject(parent) {
    report_ = {{QStringLiteral("ok"), false},
               {QStringLiteral("version"), QStringLiteral(TIKGOK_VERSION)},
               {QStringLiteral("videos"), 0},
               {QStringLiteral("first_frame_ms"), -1},
               {QStringLiteral("frames_shown"), 0},
               {QStringLiteral("qt"), QString::fromLatin1(qVersion())},
               {QStringLiteral("media_backend"), PlaybackEngine::name()}};
}

SelfCheck::~SelfCheck() = default;

void SelfCheck::start() {
    sinceStart_.start();
    run();
}

QCoro::Task<> SelfCheck::run() {
    const std::stop_token alive = scope_.token();
    if (!directory_.isValid()) {
        fail(QStringLiteral("no temporary directory"), directory_.errorString());
    } else {
        client_ =
            std::make_unique<Client>(ClientPaths::in(directory_.path()), std::make_unique<MemoryVault>());
        client_->settings().setMuted(true);
        window_ = std::make_unique<AppWindow>(*client_);
        if (!window_->load()) {
            fail(QStringLiteral("the window could not be made"));
        }
    }
    if (problem_.isEmpty()) {
        client_->start();
        // Every step needs the ones before it.
        const bool ok = co_await loadFeed() && co_await playVideo(0) && co_await playVideo(1) &&
                        co_await registerPerson() && co_await likeFirst() && co_await commentFirst() &&
                        co_await readBack();
        if (alive.stop_requested()) {
            co_return;
        }
        report_[QStringLiteral("ok")] = ok;
        report_[QStringLiteral("frames_shown")] =
            static_cast<qint64>(client_->playback().statistics().framesShown);
    }
    if (!problem_.isEmpty()) {
        report_[QStringLiteral("problem")] = problem_;
    }
    report_[QStringLiteral("took_ms")] = sinceStart_.elapsed();
    Q_EMIT finished(report_);
}

SelfCheck::Step SelfCheck::loadFeed() {
    const bool loaded = co_await waitFor(
        [this] {
            return client_->feed().count() >= 2 || client_->server().state() == ServerLink::State::Failed ||
                   client_->feed().state() == FeedModel::State::Failed;
        },
        QStringLiteral("the feed did not arrive"));
    if (!loaded) {
        co_return false;
    }
    report_[QStringLiteral("videos")] = client_->feed().count();
    co_return client_->feed().count() >= 2 ||
        fail(QStringLiteral("the feed could not be loaded"), client_->server().problem());
}

SelfCheck::Step SelfCheck::playVideo(int index) {
    PlaybackController& playback = client_->playback();
    const quint64 before = playback.statistics().framesShown;
    playback.setCurrentIndex(index);
    const auto current = [&playback, index]() -> const Player* { return playback.playerFor(index); };
    const bool started = co_await waitFor(
        [current, &playback] {
            return playback.hasError() ||
                   (current() != nullptr && current()->state() == Player::State::Playing);
        },
        QStringLiteral("video %1 did not start").arg(index + 1));
    if (!started) {
        co_return false;
    }
    if (playback.hasError()) {
        co_return fail(QStringLiteral("video %1 cannot be played").arg(index + 1),
                       current() == nullptr ? QString() : current()->error().detail);
    }
    if (index == 0) {
        report_[QStringLiteral("first_frame_ms")] = sinceStart_.elapsed();
    }
    co_return co_await waitFor(
        [&playback, before] { return playback.statistics().framesShown >= before + kFramesWanted; },
        QStringLiteral("video %1 stands still").arg(index + 1));
}

SelfCheck::Step SelfCheck::registerPerson() {
    const QString name =
        QStringLiteral("check-%1").arg(QRandomGenerator::global()->generate(), 8, 16, QLatin1Char('0'));
    const QString password = QString::number(QRandomGenerator::global()->generate64(), 36);
    QString refused;
    const auto connection = connect(&client_->session(), &Session::signInFailed, this,
                                    [&refused](ErrorKind, const QString& words, int code) {
                                        refused = QStringLiteral("code %1 %2").arg(code).arg(words);
                                    });
    client_->session().registerAccount(name, password);
    const bool answered =
        co_await waitFor([this, &refused] { return client_->session().signedIn() || !refused.isEmpty(); },
                         QStringLiteral("registering got no answer"));
    disconnect(connection);
    co_return answered &&
        (client_->session().signedIn() || fail(QStringLiteral("registering was refused"), refused));
}

SelfCheck::Step SelfCheck::likeFirst() {
    VideoEntity* video = client_->feed().videoAt(0);
    video->like();
    const bool settled =
        co_await waitFor([video] { return !video->likePending(); }, QStringLiteral("the like got no answer"));
    co_return settled && (video->liked() || fail(QStringLiteral("the like was refused"), video->likeError()));
}

SelfCheck::Step SelfCheck::commentFirst() {
    CommentsModel& comments = client_->comments();
    comments.setVideo(client_->feed().videoAt(0));
    commentText_ = QStringLiteral("自检 self-check %1").arg(QRandomGenerator::global()->generate());
    const auto status = [&comments] {
        return comments.count() == 0 ? CommentsModel::Status::Pending
                                     : comments.data(comments.index(0), CommentsModel::StatusRole)
                                           .value<CommentsModel::Status>();
    };
    if (!co_await waitFor([&comments] { return comments.state() == CommentsModel::State::Ready; },
                          QStringLiteral("the comments did not arrive"))) {
        co_return false;
    }
    if (!comments.post(commentText_)) {
        co_return fail(QStringLiteral("the comment was not taken"));
    }
    if (!co_await waitFor([status] { return status() != CommentsModel::Status::Pending; },
                          QStringLiteral("the comment got no answer"))) {
        co_return false;
    }
    co_return status() == CommentsModel::Status::Sent ||
        fail(QStringLiteral("the comment was refused"),
             comments.data(comments.index(0), CommentsModel::FailedWordsRole).toString());
}

// What was written is asked for again, past everything that the client remembers.
SelfCheck::Step SelfCheck::readBack() {
    const std::stop_token alive = scope_.token();
    const contract::Id video = client_->feed().videoAt(0)->id();
    const QString token = client_->session().token();
    const auto liked = co_await client_->api().favoriteList(client_->session().userId(), token, alive);
    if (!liked || std::ranges::find(*liked, video, &contract::Video::id) == liked->end()) {
        co_return fail(QStringLiteral("the server does not know the like"));
    }
    const auto comments = co_await client_->api().comments(video, token, alive);
    const std::string text = commentText_.toStdString();
    if (!comments || std::ranges::find(*comments, text, &contract::Comment::content) == comments->end()) {
        co_return fail(QStringLiteral("the server does not know the comment"));
    }
    co_return true;
}

SelfCheck::Step SelfCheck::waitFor(std::function<bool()> done, const QString& what) {
    const std::stop_token alive = scope_.token();
    QElapsedTimer waited;
    waited.start();
    while (!done()) {
        if (std::chrono::milliseconds(waited.elapsed()) > kPatience) {
            co_return fail(what);
        }
        co_await sleepFor(kStepTime, alive);
        if (alive.stop_requested()) {
            co_return false;
        }
    }
    co_return true;
}

bool SelfCheck::fail(const QString& what, const QString& cause) {
    problem_ = cause.isEmpty() ? what : what + QStringLiteral(": ") + cause;
    return false;
}

}  // namespace tikgok
