// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/publish/server_limits.h"

#include "core/contract/text.h"

#include <algorithm>

namespace tikgok {

ServerLimits::ServerLimits(Api& api, Session& session, PublishStore& store, QObject* parent)
    : QObject(parent), api_(api), session_(session), store_(store) {
    connect(&session_, &Session::serverChanged, this, &ServerLimits::changed);
    load();
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

void ServerLimits::ask() {
    const QString server = session_.server();
    if (!server.isEmpty() && !asked_.contains(server)) {
        asked_.insert(server);
        askFor(server);
    }
}

QCoro::Task<> ServerLimits::askFor(QString server) {
    const std::stop_token alive = scope_.token();
    auto page = co_await api_.feed(std::nullopt, QString(), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!page || server != session_.server()) {
        asked_.remove(server);  // another time
        co_return;
    }
    PublishLimits limits = limits_.value(server);
    const bool reference =
        page->nextTime && contract::unitOf(*page->nextTime) == contract::TimeUnit::Nanoseconds;
    limits.titleInBytes = limits.titleInBytes || reference;
    // The one inside is ours; of others of the contract it is not known.
    limits.maxBytes = reference                                ? kReferenceUploadLimit
                      : server == QLatin1StringView("builtin") ? kOurUploadLimit
                                                               : 0;
    set(server, limits);
}

void ServerLimits::refused(std::int64_t fileBytes) {
    PublishLimits limits = now();
    limits.refusedBytes = limits.refusedBytes > 0 ? std::min(limits.refusedBytes, fileBytes) : fileBytes;
    set(session_.server(), limits);
}

void ServerLimits::taken(std::int64_t fileBytes) {
    PublishLimits limits = now();
    if (limits.refusedBytes > 0 && fileBytes >= limits.refusedBytes) {
        limits.refusedBytes = 0;  // it takes more than it did
        set(session_.server(), limits);
    }
}

void ServerLimits::countsBytes() {
    PublishLimits limits = now();
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
