// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls of a simulator's admin API: the token goes along, and what comes back is a JSON object or an error
// with the simulator's own words.
#pragma once

#include "core/simulator/admin_transport.h"

#include <QJsonObject>
#include <QString>

#include <chrono>
#include <stop_token>

namespace tikgok {

// One call below /_sim/.
struct AdminCall {
    AdminVerb verb = AdminVerb::Get;
    // Behind "/_sim/". Names in it come from piece().
    QString path;
    QJsonObject body = {};
    QList<std::pair<QString, QString>> query = {};
    // For those that take long, or have much to say.
    std::chrono::milliseconds patience{10'000};
    qint64 mostBytes = kMostAdminBytes;

    static AdminCall get(const QString& path, QList<std::pair<QString, QString>> query = {});
    static AdminCall put(const QString& path, QJsonObject body = {});
    static AdminCall post(const QString& path, QJsonObject body = {});
    static AdminCall remove(const QString& path);
    // A name, so that it cannot become another path.
    static QString piece(const QString& name);
};

// GUI thread only.
class AdminClient final {
public:
    template <class T>
    using Call = QCoro::Task<Result<T>>;

    // `transport` must outlive this.
    explicit AdminClient(AdminTransport& transport) : transport_(transport) {}

    // Of the start of the simulator; never logged.
    void setToken(const QString& token) { token_ = token; }
    [[nodiscard]] QString token() const { return token_; }

    // Errors: SignedOut (the token is missing or not right), NotFound (there is no admin API, or no such
    // thing: then with words), Refused (with the simulator's words), ServerBroken (not understood), and those
    // of the transport.
    Call<QJsonObject> call(AdminCall call, std::stop_token alive);
    // A success as it came: files.
    Call<HttpAnswer> raw(AdminCall call, std::stop_token alive);
    // The page at /metrics, which needs no token.
    Call<HttpAnswer> metrics(std::stop_token alive);

private:
    AdminTransport& transport_;
    QString token_;
};

}  // namespace tikgok
