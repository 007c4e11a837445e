// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The vault that the session uses: the keychain, or a plain file when the person asked for it.
#pragma once

#include "core/account/file_vault.h"
#include "core/account/token_vault.h"
#include "core/api/task_scope.h"

#include <QObject>

namespace tikgok {

// Never changes over by itself. While in plain text, what the file does not have is still looked for in the
// keychain, and what is removed is removed from both.
class VaultSwitch final : public QObject, public TokenVault {
    Q_OBJECT
    Q_PROPERTY(bool plainText READ plainText NOTIFY plainTextChanged)
    // Tokens are on their way from the file to the keychain.
    Q_PROPERTY(bool moving READ moving NOTIFY movingChanged)

public:
    // Both must outlive this. `plainText`: what was chosen in an earlier run.
    VaultSwitch(TokenVault& keychain, FileVault& file, bool plainText, QObject* parent = nullptr);
    ~VaultSwitch() override;

    [[nodiscard]] bool plainText() const { return plainText_; }
    [[nodiscard]] bool moving() const { return moving_; }

    // The person said so. What the session holds in memory should be kept again (plainTextChanged).
    Q_INVOKABLE void usePlainText();
    // Moves every token to the keychain, then removes the file. When the keychain refuses one, all stay where
    // they are and moveFailed is emitted; also when the file cannot be removed.
    Q_INVOKABLE void useKeychain();

    Call<QString> load(QString key, std::stop_token alive) override;
    Call<void> store(QString key, QString token, std::stop_token alive) override;
    Call<void> remove(QString key, std::stop_token alive) override;

Q_SIGNALS:
    void plainTextChanged();
    void movingChanged();
    void moveFailed();

private:
    QCoro::Task<> move();
    void endMove(bool moved);

    TokenVault& keychain_;
    FileVault& file_;
    bool plainText_;
    bool moving_ = false;
    TaskScope scope_;
};

}  // namespace tikgok
