// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The AdminTransport over the network.
#pragma once

#include "core/api/task_scope.h"
#include "core/simulator/admin_transport.h"

#include <QNetworkAccessManager>
#include <QUrl>

namespace tikgok {

class NetworkAdminTransport final : public AdminTransport {
public:
    NetworkAdminTransport();

    // Scheme, host, port and an optional path prefix. Requests in flight are cancelled when it is another
    // one. While it is empty, every request ends as Offline.
    void setServer(const QUrl& server);

    QCoro::Task<Result<HttpAnswer>> send(AdminRequest request, std::stop_token alive) override;

private:
    QNetworkReply* start(const AdminRequest& request);

    QNetworkAccessManager manager_;
    QUrl server_;
    TaskScope scope_;
};

}  // namespace tikgok
