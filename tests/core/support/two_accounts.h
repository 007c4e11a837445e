// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Two people with accounts on one server.
#pragma once

#include "tests/core/support/world.h"

#include <QString>

namespace tikgok::test {

inline constexpr contract::Id kOther = 88;
inline const QString kMeText = QStringLiteral("77");
inline const QString kOtherText = QStringLiteral("88");
// Where their tokens are in the vault.
inline const QString kMei = QStringLiteral("http://server|mei");
inline const QString kLin = QStringLiteral("http://server|lin");

// Signed in as lin, with mei beside.
struct TwoAccounts : World {
    TwoAccounts() {
        signIn(kMe, "mei", "token-mei");
        session.addAccount();
        signIn(kOther, "lin", "token-lin");
    }
};

}  // namespace tikgok::test
