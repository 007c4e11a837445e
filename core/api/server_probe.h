// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Looks at a server: whether it is there, whether it is of our contract, and which kind of it.
#pragma once

#include "core/api/server_facts.h"
#include "core/api/task_scope.h"
#include "core/api/transport.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>

// A namespace of its own, so that QML sees the values as ServerVerdict.WebPage and nothing else comes along.
namespace tikgok::ServerVerdicts {
Q_NAMESPACE

enum class Verdict {
    None,         // not looked at
    Good,         // of the contract, and shows its feed
    Refuses,      // of the contract, and refuses strangers its feed; see serverWords
    NoSuchHost,   // the name means nothing to the network
    NobodyThere,  // the host refuses the connection
    Tls,          // no encrypted connection; see detail
    NoAnswer,     // in time
    Cut,          // the connection ended before an answer came
    Offline,      // no connection for another reason
    Elsewhere,    // sends us to another host
    NotHttp,
    WebPage,      // HTML
    NotContract,  // answers something else
    Failing,      // HTTP 5xx or 429; see httpStatus
};
Q_ENUM_NS(Verdict)

}  // namespace tikgok::ServerVerdicts

namespace tikgok {

using ServerVerdict = ServerVerdicts::Verdict;

struct ServerReport {
    ServerVerdict verdict = ServerVerdict::None;
    // Meaningful with Good; with Refuses as far as can be told.
    ServerTraits traits;
    // From request to answer; nothing when none came.
    std::optional<std::chrono::milliseconds> roundTrip;
    // Of the feed's answer; 0: there was none.
    int httpStatus = 0;
    // The server's status_msg. May be shown in quotes, never alone.
    QString serverWords;
    // Of the TLS library, in English; empty otherwise.
    QString detail;
};

class ServerProbe {
public:
    // Milliseconds of the Unix epoch.
    using Now = std::function<std::int64_t()>;

    // `transport` leads to the server in question, and outlives the probe. Two requests: /ping, and the first
    // page of the feed without a token. `patience`: how long nothing may move.
    ServerProbe(Transport& transport, std::chrono::milliseconds patience, Now now);

    // One at a time. Nothing when `alive` was stopped.
    QCoro::Task<std::optional<ServerReport>> run(std::stop_token alive);

private:
    Transport& transport_;
    std::chrono::milliseconds patience_;
    Now now_;
};

// What the two answers say, each as it came; `ping` is null when that was not answered at all.
ServerReport judgeServer(const HttpAnswer* ping, const HttpAnswer& feed);

}  // namespace tikgok
