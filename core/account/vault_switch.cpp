// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/vault_switch.h"

#include <utility>

namespace tikgok {

VaultSwitch::VaultSwitch(TokenVault& keychain, FileVault& file, bool plainText, QObject* parent)
    : QObject(parent), keychain_(keychain), file_(file), plainText_(plainText) {}

VaultSwitch::~VaultSwitch() = default;

void VaultSwitch::usePlainText() {
    if (!std::exchange(plainText_, true)) {
        Q_EMIT plainTextChanged();
    }
}

void VaultSwitch::useKeychain() {
    if (plainText_ && !moving_) {
        moving_ = true;
        Q_EMIT movingChanged();
        move();
    }
}

QCoro::Task<> VaultSwitch::move() {
    const std::stop_token alive = scope_.token();
    const auto keys = co_await file_.keys(alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!keys) {
        endMove(false);
        co_return;
    }
    for (const QString& key : *keys) {
        const auto token = co_await file_.load(key, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        if (!token) {
            continue;  // removed meanwhile
        }
        const auto kept = co_await keychain_.store(key, *token, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        if (!kept) {
            endMove(false);
            co_return;
        }
    }
    bool gone = true;
    for (const QString& key : *keys) {
        const auto removed = co_await file_.remove(key, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        gone = gone && removed.has_value();
    }
    endMove(gone);
}

void VaultSwitch::endMove(bool moved) {
    const std::stop_token alive = scope_.token();
    moving_ = false;
    Q_EMIT movingChanged();
    if (alive.stop_requested()) {
        return;
    }
    if (moved) {
        plainText_ = false;
        Q_EMIT plainTextChanged();
    } else {
        Q_EMIT moveFailed();
    }
}

TokenVault::Call<QString> VaultSwitch::load(QString key, std::stop_token alive) {
    TokenVault& keychain = keychain_;
    if (plainText_) {
        auto plain = co_await file_.load(key, alive);
        if (plain || alive.stop_requested() || plain.error().kind != VaultError::Kind::Absent) {
            co_return plain;
        }
        auto kept = co_await keychain.load(key, alive);
        // That the keychain is in trouble is known, and why the file is there.
        co_return kept ? std::move(kept) : std::move(plain);
    }
    auto kept = co_await keychain.load(key, alive);
    co_return kept;
}

TokenVault::Call<void> VaultSwitch::store(QString key, QString token, std::stop_token alive) {
    // On the move already: the file would be left behind with it.
    TokenVault& vault = plainText_ && !moving_ ? static_cast<TokenVault&>(file_) : keychain_;
    auto kept = co_await vault.store(key, token, alive);
    co_return kept;
}

TokenVault::Call<void> VaultSwitch::remove(QString key, std::stop_token alive) {
    TokenVault& keychain = keychain_;
    const bool plain = plainText_;
    auto fromFile = co_await file_.remove(key, alive);
    if (alive.stop_requested()) {
        co_return fromFile;
    }
    auto fromKeychain = co_await keychain.remove(key, alive);
    // Of the keychain's trouble while in plain text the person knows. A file that keeps a token is always
    // news.
    co_return plain || !fromFile ? std::move(fromFile) : std::move(fromKeychain);
}

}  // namespace tikgok
