// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The address of a server, as people type it.
#pragma once

#include <QObject>
#include <QString>
#include <QUrl>

#include <expected>

// A namespace of its own, so that QML sees the values as AddressProblem.Scheme and nothing else comes along.
namespace tikgok::AddressProblems {
Q_NAMESPACE

enum class Problem {
    None,
    Empty,
    Scheme,      // neither http nor https
    UserInfo,    // a name or password before the host: it would be kept in plain text and sent along
    Host,        // none, or not one that can be
    Port,        // not a number from 1 to 65535
    AlreadyHere  // in the address book; see ServersModel
};
Q_ENUM_NS(Problem)

}  // namespace tikgok::AddressProblems

namespace tikgok {

using AddressProblem = AddressProblems::Problem;

// http or https, a host, perhaps a port and a path before /douyin/; no slash at the end, no query. A missing
// scheme becomes https for a name as the internet knows them without a port, else http: that is where servers
// at home and on one's own machine are.
std::expected<QUrl, AddressProblem> parseServerAddress(const QString& typed);

}  // namespace tikgok
