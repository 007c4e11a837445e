// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/token_vault.h"

namespace tikgok {

TokenVault::Call<QString> MemoryVault::load(QString key, std::stop_token /*alive*/) {
    const auto found = tokens_.constFind(key);
    if (found == tokens_.constEnd()) {
        co_return std::unexpected(VaultError{.kind = VaultError::Kind::Absent, .detail = {}});
    }
    co_return QString(*found);
}

TokenVault::Call<void> MemoryVault::store(QString key, QString token, std::stop_token /*alive*/) {
    tokens_.insert(key, token);
    co_return std::expected<void, VaultError>();
}

TokenVault::Call<void> MemoryVault::remove(QString key, std::stop_token /*alive*/) {
    tokens_.remove(key);
    co_return std::expected<void, VaultError>();
}

}  // namespace tikgok
