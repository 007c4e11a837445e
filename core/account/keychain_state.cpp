// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/keychain_state.h"

#include "core/api/task_scope.h"

#ifdef TIKGOK_HAS_DBUS
#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDBusVariant>
#include <QThreadPool>

#include <array>
#include <atomic>
#endif

namespace tikgok {

#ifdef TIKGOK_HAS_DBUS

namespace {

constexpr int kPatienceMs = 3000;
const QString kSecrets = QStringLiteral("org.freedesktop.secrets");

// Blocks.
QVariant ask(const QDBusConnection& bus, const QString& path, const QString& interface, const QString& method,
             const QVariantList& arguments) {
    QDBusMessage call = QDBusMessage::createMethodCall(kSecrets, path, interface, method);
    call.setArguments(arguments);
    call.setAutoStartService(false);
    const QDBusMessage answer = bus.call(call, QDBus::Block, kPatienceMs);
    return answer.type() == QDBusMessage::ReplyMessage ? answer.arguments().value(0) : QVariant();
}

KeychainState stateOn(const QDBusConnection& bus) {
    if (!bus.isConnected()) {
        return KeychainState::Absent;
    }
    if (!bus.interface()->isServiceRegistered(kSecrets)) {
        const QDBusReply<QStringList> startable =
            bus.interface()->call(QDBus::Block, QStringLiteral("ListActivatableNames"));
        // KWallet of before it spoke Secret Service counts as one, too.
        for (const QString& name :
             {kSecrets, QStringLiteral("org.kde.kwalletd5"), QStringLiteral("org.kde.kwalletd6")}) {
            if (startable.value().contains(name) || bus.interface()->isServiceRegistered(name)) {
                return KeychainState::Unknown;
            }
        }
        return KeychainState::Absent;
    }
    const auto collection =
        ask(bus, QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("org.freedesktop.Secret.Service"),
            QStringLiteral("ReadAlias"), {QStringLiteral("default")})
            .value<QDBusObjectPath>()
            .path();
    if (collection.size() <= 1) {
        return KeychainState::Unknown;
    }
    const QVariant locked =
        ask(bus, collection, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
            {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")})
            .value<QDBusVariant>()
            .variant();
    if (!locked.isValid()) {
        return KeychainState::Unknown;
    }
    return locked.toBool() ? KeychainState::Locked : KeychainState::Open;
}

}  // namespace

QCoro::Task<KeychainState> keychainState(std::stop_token alive) {
    const Once<KeychainState> ended;
    QThreadPool::globalInstance()->start([ended] {
        static std::atomic<int> number = 0;  // a bus connection needs a name that nobody else has
        const QString name = QStringLiteral("tikgok-keychain-%1").arg(++number);
        const KeychainState state = stateOn(QDBusConnection::connectToBus(QDBusConnection::SessionBus, name));
        QDBusConnection::disconnectFromBus(name);
        if (QCoreApplication* app = QCoreApplication::instance()) {
            QMetaObject::invokeMethod(app, [ended, state] { ended.finish(state); }, Qt::QueuedConnection);
        }
    });
    const std::stop_callback stopped(alive, [ended] { ended.finish(KeychainState::Unknown); });
    co_return co_await ended;
}

#else

QCoro::Task<KeychainState> keychainState(std::stop_token /*alive*/) {
    co_return KeychainState::Unknown;
}

#endif

}  // namespace tikgok
