// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which accounts are known on which server, and which was used last. Holds nothing secret.
#pragma once

#include <QList>
#include <QString>

#include <cstdint>
#include <optional>

namespace tikgok {

struct KnownAccount {
    QString userName;
    std::int64_t userId = 0;
    // The last one seen; for the list of accounts.
    QString avatarUrl{};
    // Its token was thrown away, or should have been: on purpose, or because the server ended the session.
    bool signedOut = false;

    bool operator==(const KnownAccount&) const = default;
};

// Whose things are kept on this device: see Session::accountKey(). All of one server begin with this.
inline QString accountPrefix(const QString& server) {
    return server + QLatin1Char('|');
}

class LastAccounts {
public:
    LastAccounts() = default;
    LastAccounts(const LastAccounts&) = delete;
    LastAccounts& operator=(const LastAccounts&) = delete;
    virtual ~LastAccounts() = default;

    [[nodiscard]] virtual std::optional<KnownAccount> lastAccount(const QString& server) const = 0;
    // Nothing: signed out on purpose.
    virtual void setLastAccount(const QString& server, const std::optional<KnownAccount>& account) = 0;
    // All that were signed in there and not removed since, in the order in which they came.
    [[nodiscard]] virtual QList<KnownAccount> accounts(const QString& server) const = 0;
    virtual void setAccounts(const QString& server, const QList<KnownAccount>& accounts) = 0;
};

}  // namespace tikgok
