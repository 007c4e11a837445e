// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/publish/server_limits.h"

#include <algorithm>

namespace tikgok {

ServerLimits::ServerLimits(Session& session, PublishStore& store, QObject* parent)
    : QObject(parent), session_(session), store_(store) {
    connect(&session_, &Session::serverChanged, this, &ServerLimits::changed);
    connect(&session_, &Session::traitsChanged, this, &ServerLimits::changed);
    load();
}

PublishLimits ServerLimits::now() const {
    PublishLimits limits = limits_.value(session_.server());
    const ServerTraits traits = session_.traits();
    limits.titleInBytes = limits.titleInBytes || traits.lengthUnit() == LengthUnit::Bytes;
    limits.maxBytes = 0;
    if (traits.dialect == Dialect::TikGok) {
        limits.maxBytes = traits.uploadLimit();
    } else if (traits.dialect != Dialect::Unknown && session_.server() == QLatin1StringView("builtin")) {
        // The one inside is as we made it, whatever it speaks; somebody else's may be set up to take more.
        limits.maxBytes = kOurUploadLimit;
    }
    return limits;
}

QCoro::Task<> ServerLimits::load() {
    const std::stop_token alive = scope_.token();
    auto kept = co_await store_.limits(alive);
    if (alive.stop_requested() || !kept) {
        co_return;
    }
    for (auto one = kept->cbegin(); one != kept->cend(); ++one) {
        if (!limits_.contains(one.key())) {
            limits_.insert(one.key(), one.value());
        }
    }
    Q_EMIT changed();
}

void ServerLimits::refused(std::int64_t fileBytes) {
    PublishLimits limits = limits_.value(session_.server());
    limits.refusedBytes = limits.refusedBytes > 0 ? std::min(limits.refusedBytes, fileBytes) : fileBytes;
    set(session_.server(), limits);
}

void ServerLimits::taken(std::int64_t fileBytes) {
    PublishLimits limits = limits_.value(session_.server());
    if (limits.refusedBytes > 0 && fileBytes >= limits.refusedBytes) {
        limits.refusedBytes = 0;  // it takes more than it did
        set(session_.server(), limits);
    }
}

void ServerLimits::countsBytes() {
    PublishLimits limits = limits_.value(session_.server());
    limits.titleInBytes = true;
    set(session_.server(), limits);
}

void ServerLimits::set(const QString& server, const PublishLimits& limits) {
    if (limits_.value(server) == limits) {
        return;
    }
    limits_.insert(server, limits);
    keep(server, limits);
    Q_EMIT changed();
}

QCoro::Task<> ServerLimits::keep(QString server, PublishLimits limits) {
    // A disk that is full costs no more than learning it again.
    co_await store_.saveLimits(std::move(server), limits, scope_.token());
}

}  // namespace tikgok
