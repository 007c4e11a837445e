// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tokens in a plain file that only its owner may read (0600): for systems without a keychain, and only when
// the person asked for it in so many words (see VaultSwitch).
#pragma once

#include "core/account/token_vault.h"
#include "core/api/task_scope.h"

#include <QHash>
#include <QStringList>
#include <QThreadPool>

#include <memory>
#include <optional>

namespace tikgok {

// Reads the file once, when first asked; disk work happens on a thread of its own. A file that cannot be read
// or written is Denied; one that cannot be understood is put aside (see freeAsideName()) and counts as empty.
class FileVault final : public TokenVault {
public:
    explicit FileVault(QString path);
    // Waits for what is being written.
    ~FileVault() override;

    Call<QString> load(QString key, std::stop_token alive) override;
    // Done when it is on the disk.
    Call<void> store(QString key, QString token, std::stop_token alive) override;
    // The file goes with its last entry. After an error the entry is still there.
    Call<void> remove(QString key, std::stop_token alive) override;

    Call<QStringList> keys(std::stop_token alive);

private:
    using Tokens = QHash<QString, QString>;
    using Outcome = std::expected<void, VaultError>;

    Call<void> ready(std::stop_token alive);
    Call<void> write(std::stop_token alive);

    QString path_;
    std::optional<Tokens> tokens_;
    QObject context_;
    QThreadPool disk_;
    TaskScope scope_;
};

}  // namespace tikgok
