// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which account was used last on which server. Holds nothing secret.
#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace tikgok {

struct KnownAccount {
    QString userName;
    std::int64_t userId = 0;
};

class LastAccounts {
public:
    LastAccounts() = default;
    LastAccounts(const LastAccounts&) = delete;
    LastAccounts& operator=(const LastAccounts&) = delete;
    virtual ~LastAccounts() = default;

    [[nodiscard]] virtual std::optional<KnownAccount> lastAccount(const QString& server) const = 0;
    // Nothing: signed out on purpose.
    virtual void setLastAccount(const QString& server, const std::optional<KnownAccount>& account) = 0;
};

}  // namespace tikgok
