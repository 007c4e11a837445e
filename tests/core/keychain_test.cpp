// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The system's keychain. Called by keychain.sh with a bus and a keyring daemon ("with-keyring") or without
// any
// ("without-bus").

#include "core/account/keychain_state.h"
#include "core/account/keychain_vault.h"
#include "core/account/session.h"
#include "core/settings/settings.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include <memory>

namespace tikgok {

using test::kMe;
using test::waitUntil;

namespace {

const QString kService = QStringLiteral("org.tikgok.test");

// Ends within a minute or not at all.
template <class T>
std::optional<std::expected<T, VaultError>> ended(TokenVault::Call<T> call) {
    const auto value = std::make_shared<std::optional<std::expected<T, VaultError>>>();
    test::storeInto(std::move(call), value);
    waitUntil([&] { return value->has_value(); }, std::chrono::seconds(60));
    return *value;
}

}  // namespace

class KeychainTest : public QObject {
    Q_OBJECT

private:
    const bool keyring_ = qEnvironmentVariable("TIKGOK_TEST_KEYCHAIN") == QLatin1String("with-keyring");
    const bool without_ = qEnvironmentVariable("TIKGOK_TEST_KEYCHAIN") == QLatin1String("without-bus");

private Q_SLOTS:
    void storesLoadsRemoves() {
        if (!keyring_) {
            QSKIP("needs a keyring daemon: run through keychain.sh with-keyring");
        }
        KeychainVault vault(kService);
        const QString key = QUuid::createUuid().toString();
        const QString token = QStringLiteral("t0ken.ü+\"'");
        auto absent = ended(vault.load(key, {}));
        QVERIFY(absent && !*absent);
        QCOMPARE(static_cast<int>(absent->error().kind), static_cast<int>(VaultError::Kind::Absent));
        auto stored = ended(vault.store(key, token, {}));
        QVERIFY(stored);
        QVERIFY2(*stored, *stored ? "" : qPrintable(stored->error().detail));
        auto loaded = ended(vault.load(key, {}));
        QVERIFY(loaded && *loaded);
        QCOMPARE(**loaded, token);
        auto other = ended(vault.load(key + u'x', {}));
        QVERIFY(other && !*other);
        auto removed = ended(vault.remove(key, {}));
        QVERIFY(removed && *removed);
        auto again = ended(vault.remove(key, {}));
        QVERIFY(again && *again);
        auto gone = ended(vault.load(key, {}));
        QVERIFY(gone && !*gone);
        QCOMPARE(static_cast<int>(gone->error().kind), static_cast<int>(VaultError::Kind::Absent));
    }

    void sessionSurvivesARestart() {
        if (!keyring_) {
            QSKIP("needs a keyring daemon: run through keychain.sh with-keyring");
        }
        const QTemporaryDir dir;
        const QString settingsFile = dir.filePath(QStringLiteral("settings.json"));
        const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces).left(30);
        {
            test::FakeTransport net;
            Api api(net, test::quickApi());
            KeychainVault vault(kService);
            Settings settings(settingsFile);
            Session session(api, vault, settings);
            session.setServer(QStringLiteral("builtin"));
            net.reply(contract::writeAccount(kMe, "kept-in-the-keychain"));
            session.signIn(name, QStringLiteral("password"));
            QVERIFY(waitUntil([&] { return session.signedIn(); }));
            const QString key = QStringLiteral("builtin|") + name;
            QVERIFY(waitUntil([&] {
                auto kept = ended(vault.load(key, {}));
                return kept && *kept;
            }));
        }
        // Not in any file of ours.
        QFile file(settingsFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("kept-in-the-keychain"));
        test::FakeTransport net;
        Api api(net, test::quickApi());
        KeychainVault vault(kService);
        Settings settings(settingsFile);
        Session session(api, vault, settings);
        session.setServer(QStringLiteral("builtin"));
        QVERIFY(waitUntil([&] { return session.signedIn(); }));
        QCOMPARE(session.token(), QStringLiteral("kept-in-the-keychain"));
        QCOMPARE(session.vaultState(), Session::VaultState::Ok);
        session.signOut();
    }

    // Jobs outlive whoever started them: deleting one early crashes inside QtKeychain.
    void ownerGoesDuringAJob() {
        if (!keyring_ && !without_) {
            QSKIP("run through keychain.sh");
        }
        auto vault = std::make_unique<KeychainVault>(kService);
        std::stop_source source;
        const auto value = std::make_shared<std::optional<std::expected<QString, VaultError>>>();
        test::storeInto(vault->load(QStringLiteral("whatever"), source.get_token()), value);
        source.request_stop();
        vault.reset();
        QVERIFY(value->has_value());
        QCOMPARE(static_cast<int>((*value)->error().kind), static_cast<int>(VaultError::Kind::Unavailable));
        QTest::qWait(200);  // the job ends by itself meanwhile
    }

    // QtKeychain says of a locked keyring that it has no such entry; that must sign nobody out.
    void lockedIsNotAbsent() {
        if (!keyring_) {
            QSKIP("needs a keyring daemon: run through keychain.sh with-keyring");
        }
        const QTemporaryDir dir;
        const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces).left(30);
        const QString key = QStringLiteral("builtin|") + name;
        KeychainVault vault(kService, std::chrono::seconds(10));
        const auto stored = ended(vault.store(key, QStringLiteral("behind-the-lock"), {}));
        QVERIFY(stored && *stored);
        QCOMPARE(static_cast<int>(QCoro::waitFor(keychainState({}))), static_cast<int>(KeychainState::Open));
        QProcess lock;
        lock.start(
            QStringLiteral("dbus-send"),
            QStringLiteral("--session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets "
                           "org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/"
                           "collection/login,/org/freedesktop/secrets/aliases/default")
                .split(QLatin1Char(' ')));
        QVERIFY(lock.waitForFinished(20'000));
        QVERIFY2(lock.exitCode() == 0, lock.readAllStandardError().constData());
        QCOMPARE(static_cast<int>(QCoro::waitFor(keychainState({}))),
                 static_cast<int>(KeychainState::Locked));
        auto loaded = ended(vault.load(key, {}));
        QVERIFY(loaded && !*loaded);
        QVERIFY2((*loaded).error().kind == VaultError::Kind::Locked, qPrintable((*loaded).error().detail));
        Settings settings(dir.filePath(QStringLiteral("settings.json")));
        settings.setLastAccount(QStringLiteral("builtin"), KnownAccount{name, kMe});
        test::FakeTransport net;
        Api api(net, test::quickApi());
        Session session(api, vault, settings);
        session.setServer(QStringLiteral("builtin"));
        QVERIFY(waitUntil([&] { return !session.restoring(); }, std::chrono::seconds(30)));
        QCOMPARE(session.vaultState(), Session::VaultState::Locked);
        QCOMPARE(session.userName(), name);
        QVERIFY(settings.lastAccount(QStringLiteral("builtin")).has_value());
    }

    void withoutABusTheSessionIsInMemory() {
        if (!without_) {
            QSKIP("run through keychain.sh without-bus");
        }
        const QTemporaryDir dir;
        QElapsedTimer clock;
        clock.start();
        test::FakeTransport net;
        Api api(net, test::quickApi());
        KeychainVault vault(kService, std::chrono::seconds(10));
        Settings settings(dir.filePath(QStringLiteral("settings.json")));
        settings.setLastAccount(QStringLiteral("builtin"), KnownAccount{QStringLiteral("mei"), kMe});
        Session session(api, vault, settings);
        session.setServer(QStringLiteral("builtin"));
        const qint64 blocked = clock.elapsed();
        QVERIFY2(blocked < 2'000, "the start waited for the keychain");
        QVERIFY(waitUntil([&] { return !session.restoring(); }));
        QCOMPARE(session.vaultState(), Session::VaultState::Missing);
        net.reply(contract::writeAccount(kMe, "only-in-memory"));
        session.signIn(QStringLiteral("mei"), QStringLiteral("password"));
        QVERIFY(waitUntil([&] { return session.signedIn(); }));
        QTest::qWait(100);
        QVERIFY(session.signedIn());
        QCOMPARE(session.vaultState(), Session::VaultState::Missing);
        QVERIFY(clock.elapsed() < 15'000);
        settings.flush();
        QFile file(dir.filePath(QStringLiteral("settings.json")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("only-in-memory"));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::KeychainTest)
#include "keychain_test.moc"
