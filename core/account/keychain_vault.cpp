// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/keychain_vault.h"

#include "core/account/keychain_state.h"
#include "core/api/task_scope.h"

#include <QObject>
#include <QTimer>
#include <qt6keychain/keychain.h>

#include <optional>
#include <utility>

namespace tikgok {

namespace {

struct JobEnd {
    QKeychain::Error error = QKeychain::OtherError;
    QString text;
    // What a read job found.
    QString value;
};

VaultError vaultError(const JobEnd& end) {
    const QString detail = QStringLiteral("keychain error %1: %2").arg(end.error).arg(end.text);
    switch (end.error) {
        case QKeychain::EntryNotFound:
            return {VaultError::Kind::Absent, detail};
        case QKeychain::AccessDeniedByUser:
        case QKeychain::AccessDenied:
            return {VaultError::Kind::Denied, detail};
        case QKeychain::NoBackendAvailable:
        case QKeychain::NotImplemented:
            return {VaultError::Kind::NoVault, detail};
        case QKeychain::NoError:
        case QKeychain::CouldNotDeleteEntry:
        case QKeychain::OtherError:
            break;
    }
    return {VaultError::Kind::Unavailable, detail};
}

// Without a bus, without a service, and locked with nobody to unlock it are one error to QtKeychain; an entry
// of a keychain that stayed locked even counts as not there, and would sign people out.
VaultError inState(VaultError error, KeychainState state) {
    switch (state) {
        case KeychainState::Locked:
            error.kind = VaultError::Kind::Locked;
            break;
        case KeychainState::Absent:
            error.kind = VaultError::Kind::NoVault;
            break;
        case KeychainState::Open:
        case KeychainState::Unknown:
            break;
    }
    return error;
}

// Starts the job and waits for its end, for `patience`, or until `alive` is stopped. The job is never deleted
// from here: QtKeychain crashes when one goes early. It deletes itself when it ends.
QCoro::Task<JobEnd> run(QKeychain::Job* job, std::chrono::milliseconds patience, std::stop_token alive) {
    const Once<JobEnd> ended;
    QObject::connect(job, &QKeychain::Job::finished, job, [ended](QKeychain::Job* done) {
        JobEnd end{.error = done->error(), .text = done->errorString(), .value = {}};
        if (const auto* read = qobject_cast<QKeychain::ReadPasswordJob*>(done)) {
            end.value = read->textData();
        }
        // Not from inside the job's own signal: whoever is woken may do anything.
        QTimer::singleShot(0, [ended, end = std::move(end)] { ended.finish(end); });
    });
    auto* timer = new QTimer;
    timer->setSingleShot(true);
    QObject::connect(timer, &QTimer::timeout, timer, [ended] {
        ended.finish({.error = QKeychain::OtherError, .text = QStringLiteral("no answer"), .value = {}});
    });
    timer->start(patience);
    job->setAutoDelete(true);
    job->start();
    JobEnd end;
    {
        const std::stop_callback stopped(alive, [ended] {
            ended.finish({.error = QKeychain::OtherError, .text = QStringLiteral("stopped"), .value = {}});
        });
        end = co_await ended;
    }
    timer->deleteLater();
    co_return std::move(end);
}

}  // namespace

KeychainVault::KeychainVault(QString service, std::chrono::milliseconds patience)
    : service_(std::move(service)), patience_(patience) {}

TokenVault::Call<QString> KeychainVault::load(QString key, std::stop_token alive) {
    auto* job = new QKeychain::ReadPasswordJob(service_);
    job->setInsecureFallback(false);
    job->setKey(key);
    JobEnd end = co_await run(job, patience_, alive);
    if (end.error != QKeychain::NoError) {
        const KeychainState state = co_await keychainState(alive);
        co_return std::unexpected(inState(vaultError(end), state));
    }
    co_return std::move(end.value);
}

TokenVault::Call<void> KeychainVault::store(QString key, QString token, std::stop_token alive) {
    auto* job = new QKeychain::WritePasswordJob(service_);
    job->setInsecureFallback(false);
    job->setKey(key);
    job->setTextData(token);
    const JobEnd end = co_await run(job, patience_, alive);
    if (end.error != QKeychain::NoError) {
        const KeychainState state = co_await keychainState(alive);
        co_return std::unexpected(inState(vaultError(end), state));
    }
    co_return std::expected<void, VaultError>();
}

TokenVault::Call<void> KeychainVault::remove(QString key, std::stop_token alive) {
    auto* job = new QKeychain::DeletePasswordJob(service_);
    job->setInsecureFallback(false);
    job->setKey(key);
    const JobEnd end = co_await run(job, patience_, alive);
    if (end.error != QKeychain::NoError && end.error != QKeychain::EntryNotFound) {
        const KeychainState state = co_await keychainState(alive);
        co_return std::unexpected(inState(vaultError(end), state));
    }
    co_return std::expected<void, VaultError>();
}

}  // namespace tikgok
