// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The system's keychain, through QtKeychain. Never falls back to plain text.
#pragma once

#include "core/account/token_vault.h"

#include <chrono>

namespace tikgok {

class KeychainVault final : public TokenVault {
public:
    // `service` names this program in the keychain. A keychain that has not answered after `patience` counts
    // as unavailable: starting its service may take 25 s.
    explicit KeychainVault(QString service = QStringLiteral("org.tikgok.TikGok"),
                           std::chrono::milliseconds patience = std::chrono::seconds(30));

    Call<QString> load(QString key, std::stop_token alive) override;
    Call<void> store(QString key, QString token, std::stop_token alive) override;
    Call<void> remove(QString key, std::stop_token alive) override;

private:
    QString service_;
    std::chrono::milliseconds patience_;
};

}  // namespace tikgok
