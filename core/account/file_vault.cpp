// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/file_vault.h"

#include "core/storage/private_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

#include <utility>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(fileVaultLog, "tikgok.vault")

constexpr QFileDevice::Permissions kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

std::unexpected<VaultError> diskSaysNo(const QString& why) {
    return std::unexpected(VaultError{.kind = VaultError::Kind::Denied, .detail = why});
}

std::unexpected<VaultError> cutShort() {
    return std::unexpected(
        VaultError{.kind = VaultError::Kind::Unavailable, .detail = QStringLiteral("stopped")});
}

using FileTokens = QHash<QString, QString>;

std::expected<FileTokens, VaultError> readTokens(const QString& path) {
    QFile file(path);
    if (!file.exists()) {
        return FileTokens();
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return diskSaysNo(file.errorString());
    }
    // Others may have been let in since, by a copy or a backup.
    file.setPermissions(kOwnerOnly);
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError) {
        return diskSaysNo(file.errorString());
    }
    file.close();
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject()) {
        const QString aside = freeAsideName(path);
        if (!QDir().rename(path, aside)) {
            return diskSaysNo(QStringLiteral("it cannot be understood, nor put aside"));
        }
        qCWarning(fileVaultLog) << path << "cannot be understood and is now" << aside;
        return FileTokens();
    }
    const QJsonObject object = document.object();
    FileTokens tokens;
    for (auto one = object.begin(); one != object.end(); ++one) {
        if (one->isString()) {
            tokens.insert(one.key(), one->toString());
        }
    }
    return tokens;
}

std::expected<void, VaultError> writeTokens(const QString& path, const FileTokens& tokens) {
    if (tokens.isEmpty()) {
        if (QFile::exists(path) && !QFile::remove(path)) {
            return diskSaysNo(QStringLiteral("the file cannot be removed"));
        }
        return {};
    }
    QDir().mkpath(QFileInfo(path).absolutePath());
    QJsonObject object;
    for (auto one = tokens.begin(); one != tokens.end(); ++one) {
        object.insert(one.key(), one.value());
    }
    const QString trouble = writePrivateFile(path, QJsonDocument(object).toJson(QJsonDocument::Indented));
    if (!trouble.isEmpty()) {
        return diskSaysNo(trouble);
    }
    return {};
}

}  // namespace

FileVault::FileVault(QString path) : path_(std::move(path)) {
    disk_.setMaxThreadCount(1);
}

FileVault::~FileVault() {
    disk_.waitForDone();
}

TokenVault::Call<void> FileVault::ready(std::stop_token caller) {
    if (tokens_) {
        co_return Outcome();
    }
    const std::stop_token alive = scope_.token();
    const Once<std::expected<Tokens, VaultError>> ended;
    disk_.start([ended, path = path_, context = &context_] {
        auto tokens = readTokens(path);
        QMetaObject::invokeMethod(context, [ended, tokens = std::move(tokens)] { ended.finish(tokens); });
    });
    const auto stop = [ended] { ended.finish(cutShort()); };
    const std::stop_callback callerGone(caller, stop);
    const std::stop_callback vaultGone(alive, stop);
    auto tokens = co_await ended;
    if (!tokens) {
        co_return std::unexpected(std::move(tokens.error()));
    }
    if (!tokens_) {
        tokens_ = std::move(*tokens);
    }
    co_return Outcome();
}

TokenVault::Call<void> FileVault::write(std::stop_token caller) {
    const std::stop_token alive = scope_.token();
    const Once<Outcome> ended;
    disk_.start([ended, path = path_, tokens = *tokens_, context = &context_] {
        auto outcome = writeTokens(path, tokens);
        QMetaObject::invokeMethod(context, [ended, outcome = std::move(outcome)] { ended.finish(outcome); });
    });
    const auto stop = [ended] { ended.finish(cutShort()); };
    const std::stop_callback callerGone(caller, stop);
    const std::stop_callback vaultGone(alive, stop);
    auto outcome = co_await ended;
    co_return outcome;
}

TokenVault::Call<QString> FileVault::load(QString key, std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    auto there = co_await ready(alive);
    if (!there) {
        co_return std::unexpected(std::move(there.error()));
    }
    if (mine.stop_requested()) {
        co_return cutShort();
    }
    const auto found = tokens_->constFind(key);
    if (found == tokens_->constEnd()) {
        co_return std::unexpected(VaultError{.kind = VaultError::Kind::Absent, .detail = {}});
    }
    co_return QString(*found);
}

TokenVault::Call<void> FileVault::store(QString key, QString token, std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    auto there = co_await ready(alive);
    if (!there || mine.stop_requested()) {
        co_return there ? Outcome(cutShort()) : std::move(there);
    }
    tokens_->insert(key, token);
    auto outcome = co_await write(alive);
    co_return outcome;
}

TokenVault::Call<void> FileVault::remove(QString key, std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    auto there = co_await ready(alive);
    if (!there || mine.stop_requested()) {
        co_return there ? Outcome(cutShort()) : std::move(there);
    }
    if (!tokens_->contains(key)) {
        co_return Outcome();
    }
    const QString token = tokens_->take(key);
    auto outcome = co_await write(alive);
    // Still in the file: the next try must find it here, or it would say that all is well.
    if (!outcome && !mine.stop_requested() && !tokens_->contains(key)) {
        tokens_->insert(key, token);
    }
    co_return outcome;
}

TokenVault::Call<QStringList> FileVault::keys(std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    auto there = co_await ready(alive);
    if (!there) {
        co_return std::unexpected(std::move(there.error()));
    }
    if (mine.stop_requested()) {
        co_return cutShort();
    }
    co_return QStringList(tokens_->keys());
}

}  // namespace tikgok
