// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where session tokens are kept between runs.
#pragma once

#include <QHash>
#include <QString>
#include <qcoro/qcorotask.h>

#include <expected>
#include <stop_token>

namespace tikgok {

struct VaultError {
    enum class Kind {
        Absent,       // the vault works and has no such entry
        Denied,       // the person or the system said no
        Locked,       // it is there, and nobody unlocked it
        NoVault,      // this system has none
        Unavailable,  // it does not answer, or fails in a way of its own
    };
    Kind kind = Kind::Unavailable;
    // For logs; holds no secret.
    QString detail;
};

// GUI thread only. Each call ends at once with Unavailable when `alive` is stopped.
class TokenVault {
public:
    template <class T>
    using Call = QCoro::Task<std::expected<T, VaultError>>;

    TokenVault() = default;
    TokenVault(const TokenVault&) = delete;
    TokenVault& operator=(const TokenVault&) = delete;
    virtual ~TokenVault() = default;

    virtual Call<QString> load(QString key, std::stop_token alive) = 0;
    virtual Call<void> store(QString key, QString token, std::stop_token alive) = 0;
    // Removing what is not there is a success.
    virtual Call<void> remove(QString key, std::stop_token alive) = 0;
};

// Forgets everything when the program ends.
class MemoryVault final : public TokenVault {
public:
    Call<QString> load(QString key, std::stop_token alive) override;
    Call<void> store(QString key, QString token, std::stop_token alive) override;
    Call<void> remove(QString key, std::stop_token alive) override;

private:
    QHash<QString, QString> tokens_;
};

}  // namespace tikgok
