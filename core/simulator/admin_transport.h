// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The way to a simulator's admin API, below /_sim/ (docs/admin-api.md): apart from the Transport, which
// carries the contract and knows neither headers nor JSON bodies.
#pragma once

#include "core/api/error.h"
#include "core/api/transport.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <qcoro/qcorotask.h>

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <utility>

namespace tikgok {

// A HAR file of a full journal; the ring itself may hold a gibibyte.
constexpr qint64 kMostAdminBytes = qint64{64} * 1024 * 1024;

enum class AdminVerb : std::uint8_t { Get, Put, Post, Delete };

struct AdminRequest {
    AdminVerb verb = AdminVerb::Get;
    // From the top of the server, with percent signs where they are needed.
    QString path;
    // Names and values, not encoded.
    QList<std::pair<QString, QString>> query = {};
    // A JSON object; only PUT and POST have one.
    QByteArray body = {};
    // Goes out as a bearer token, to this server and no other. May be empty.
    QString token = {};
    std::chrono::milliseconds idleTimeout{10'000};
    // An answer of more is TooLarge.
    qint64 mostBytes = kMostAdminBytes;
};

// GUI thread only.
class AdminTransport {
public:
    AdminTransport() = default;
    AdminTransport(const AdminTransport&) = delete;
    AdminTransport& operator=(const AdminTransport&) = delete;
    virtual ~AdminTransport() = default;

    // An HTTP answer of any status is a value, redirects too: they are not followed. Errors as those of
    // Transport. Ends at once with Cancelled when `alive` is stopped.
    virtual QCoro::Task<Result<HttpAnswer>> send(AdminRequest request, std::stop_token alive) = 0;
};

}  // namespace tikgok
