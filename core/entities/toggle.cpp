// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/entities/toggle.h"

#include "core/account/session.h"

#include <QRegularExpression>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace tikgok {

namespace {

// No server that we know gives less than all; should one, then no fewer than these at once.
constexpr std::size_t kSmallestPage = 10;

QRegularExpression wordsLike(const QString& pattern) {
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption);
}

// About a third of the servers of this contract refuse to do twice what others take in silence. They have no
// code for it in common, so their words are read, and narrowly: what is believed here without reason is a
// like that nobody has.
bool saysAlreadyDone(const Error& error, bool on) {
    // "The video has already been deleted", "已达到关注上限", "重复登录" and the like.
    static const QRegularExpression kSomethingElse = wordsLike(QStringLiteral(
        "delet|remov|expire|banned|block|log+ed|log ?in|sign|token|limit|too many|unavailable|"
        "登录|登陆|删除|下架|下线|失效|过期|注销|封禁|拉黑|黑名单|上限|超限|超过|频繁|不存在"));
    static const QRegularExpression kTwice =
        wordsLike(QStringLiteral("\\balready\\b|重复|"
                                 "\\b(repeat(ed)?|duplicate) (like|follow|favou?rite)|"
                                 "(点赞|关注|收藏|喜欢|记录|关系)已经?存在"));
    static const QRegularExpression kIsOn = wordsLike(
        QStringLiteral("已经?(是|在|互相|成功|[给对为][^，。！,.!]{1,8})?(点过?赞|赞过|关注|收藏|喜欢|点过)|"
                       "(?<![没未])(点过赞|点赞过|赞过|关注过|收藏过|喜欢过)"));
    static const QRegularExpression kIsOff = wordsLike(QStringLiteral(
        "(没有?|未曾?)(点过?赞|赞过|关注|收藏|喜欢)|已经?(取消|取关)|"
        "\\b(not|never|haven't|hasn't)( yet)?( been)? (liked?|follow(ed|ing)?|favou?rited?)\\b"));
    const QString& words = error.serverWords;
    return error.kind == ErrorKind::Refused && !words.contains(kSomethingElse) &&
           (words.contains(kTwice) || words.contains(on ? kIsOn : kIsOff));
}

template <typename T>
Result<std::optional<bool>> isAmong(const Result<std::vector<T>>& list, contract::Id id) {
    if (!list) {
        return std::unexpected(list.error());
    }
    if (std::ranges::find(*list, id, &T::id) != list->end()) {
        return true;
    }
    // It may be one page of several.
    return list->size() < kSmallestPage ? std::optional(false) : std::nullopt;
}

}  // namespace

Toggle::Toggle(IntentKind kind, contract::Id target, bool confirmed, Session& session, Outbox& outbox,
               ReadMark& writes, QObject* parent)
    : QObject(parent),
      kind_(kind),
      target_(target),
      session_(session),
      outbox_(outbox),
      writes_(writes),
      confirmed_(confirmed) {
    look();
}

Toggle::~Toggle() = default;

void Toggle::set(bool on, const QString& caption) {
    errorKind_ = ErrorKind::None;
    errorWords_.clear();
    if (session_.signedIn()) {
        put(on, caption);
        return;
    }
    if (!pending() && on == confirmed_) {
        Q_EMIT changed();
        return;
    }
    asked_ = on;
    if (on == confirmed_ && !wanted_) {
        asked_.reset();  // taken back before anybody signed in
        Q_EMIT changed();
        return;
    }
    Q_EMIT changed();
    askForAccount(caption);
}

void Toggle::put(bool on, const QString& caption) {
    asked_.reset();
    Intent intent;
    intent.account = session_.accountKey();
    intent.kind = kind_;
    intent.target = target_;
    intent.on = on;
    intent.caption = caption;
    outbox_.put(std::move(intent), confirmed_);
    look();
    Q_EMIT changed();
}

void Toggle::askForAccount(const QString& caption) {
    if (std::exchange(waitingForAccount_, true)) {
        session_.requestAccount();
        return;
    }
    const QString reason = kind_ == IntentKind::Follow ? QStringLiteral("follow") : QStringLiteral("like");
    session_.whenSignedIn(this, reason, [this, caption](bool signedIn) {
        if (!std::exchange(waitingForAccount_, false) || !asked_) {
            return;
        }
        if (signedIn) {
            put(*asked_, caption);
        } else {
            asked_.reset();
            Q_EMIT changed();
        }
    });
}

bool Toggle::believes(bool on, ReadMark read) const {
    // A reading from around the time of a write is older than it, or it agrees; then its count is the
    // server's.
    return on == this->on() || (read >= written_ && !underWay_);
}

void Toggle::forgetAccount() {
    waitingForAccount_ = false;
    const bool shown = pending() || confirmed_ || errorKind_ != ErrorKind::None;
    asked_.reset();
    confirmed_ = false;
    look();
    if (shown) {
        Q_EMIT changed();
    }
}

void Toggle::refresh() {
    const auto before = std::tuple(wanted_, errorKind_, errorWords_);
    look();
    if (before != std::tuple(wanted_, errorKind_, errorWords_)) {
        Q_EMIT changed();
    }
}

void Toggle::look() {
    wanted_.reset();
    underWay_ = false;
    errorKind_ = ErrorKind::None;
    errorWords_.clear();
    const QString account = session_.accountKey();
    if (account.isEmpty()) {
        return;
    }
    const QList<Intent> open = outbox_.open(account, kind_, target_);
    for (const Intent& intent : open) {
        if (intent.state == IntentState::Failed) {
            errorKind_ = intent.errorKind;
            errorWords_ = intent.errorWords;
            continue;
        }
        wanted_ = intent.on;
        underWay_ =
            underWay_ || intent.state == IntentState::Sending || intent.state == IntentState::Checking;
    }
}

void Toggle::onSent(const Intent& intent) {
    written_ = ++writes_;
    const bool news = std::exchange(confirmed_, intent.on) != intent.on;
    look();
    if (news) {
        Q_EMIT confirmedNow(intent.on ? 1 : -1);
    }
    Q_EMIT changed();
}

void Toggle::onFailed(const Intent& intent) {
    look();
    Q_EMIT changed();
    Q_EMIT refused(intent.errorKind, intent.errorWords);
}

QCoro::Task<Result<void>> ToggleSender::send(Intent intent, QString token, std::stop_token alive) {
    const auto call = kind_ == IntentKind::Like ? &Api::setFavorite : &Api::setFollow;
    auto answer = co_await (api_.*call)(intent.target, intent.on, token, alive);
    if (answer) {
        co_return Result<void>();
    }
    if (!saysAlreadyDone(answer.error(), intent.on) || alive.stop_requested()) {
        co_return std::unexpected(std::move(answer.error()));
    }
    const auto now = co_await isOn(intent, token, alive);
    if (!now && (now.error().retryable || now.error().kind == ErrorKind::Cancelled ||
                 now.error().kind == ErrorKind::SignedOut)) {
        co_return std::unexpected(now.error());
    }
    // A server that lists nothing is believed at its word.
    if (now && now->value_or(intent.on) != intent.on) {
        co_return std::unexpected(std::move(answer.error()));
    }
    co_return Result<void>();
}

QCoro::Task<Result<std::optional<bool>>> ToggleSender::isOn(Intent intent, QString token,
                                                            std::stop_token alive) {
    const contract::Id me = userIdOfAccount(intent.account);
    if (kind_ == IntentKind::Like) {
        co_return isAmong(co_await api_.favoriteList(me, token, alive), intent.target);
    }
    co_return isAmong(co_await api_.following(me, token, alive), intent.target);
}

}  // namespace tikgok
