// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tokens in a plain file, which only the person can ask for.

#include "core/account/vault_switch.h"

#include "core/account/session.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tikgok {

using test::FakeVault;
using test::kMe;
using test::waitUntil;

namespace {

const QString kKey = QStringLiteral("builtin|mei");
const QString kToken = QStringLiteral("t0ken.ü+\"'");

template <class T>
std::expected<T, VaultError> done(TokenVault::Call<T> call) {
    const auto value = std::make_shared<std::optional<std::expected<T, VaultError>>>();
    test::storeInto(std::move(call), value);
    if (!waitUntil([&] { return value->has_value(); })) {
        return std::unexpected(
            VaultError{.kind = VaultError::Kind::Unavailable, .detail = QStringLiteral("never")});
    }
    return **value;
}

template <class T>
int kindOf(const std::expected<T, VaultError>& result) {
    return result ? -1 : static_cast<int>(result.error().kind);
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The file cannot be written or removed: something else is in its place, which holds also for root.
class Blocked {
public:
    explicit Blocked(const QString& path) : path_(path) {
        QFile::rename(path_, path_ + QStringLiteral(".aside"));
        QDir().mkpath(path_ + QStringLiteral("/in the way"));
    }
    void free() const {
        QDir(path_).removeRecursively();
        QFile::rename(path_ + QStringLiteral(".aside"), path_);
    }

private:
    QString path_;
};

}  // namespace

class VaultSwitchTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> dir_;
    QString path() const { return dir_->filePath(QStringLiteral("data/tokens.json")); }

private Q_SLOTS:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void fileKeepsForItsOwnerOnly() {
        {
            FileVault vault(path());
            QCOMPARE(kindOf(done(vault.load(kKey, {}))), static_cast<int>(VaultError::Kind::Absent));
            QVERIFY(!QFileInfo::exists(path()));
            QVERIFY(done(vault.store(kKey, kToken, {})));
            QVERIFY(done(vault.store(QStringLiteral("other"), QStringLiteral("x"), {})));
        }
        const auto permissions = QFile::permissions(path());
        QCOMPARE(permissions & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        QVERIFY(permissions & QFile::ReadOwner);
        // Somebody let others in; it closes again.
        QFile::setPermissions(path(), permissions | QFile::ReadOther | QFile::ReadGroup);
        FileVault vault(path());
        const auto loaded = done(vault.load(kKey, {}));
        QVERIFY(loaded);
        QCOMPARE(*loaded, kToken);
        QVERIFY(!(QFile::permissions(path()) & (QFile::ReadOther | QFile::ReadGroup)));
        QVERIFY(done(vault.remove(QStringLiteral("absent"), {})));
        QVERIFY(done(vault.remove(QStringLiteral("other"), {})));
        QVERIFY(QFileInfo::exists(path()));
        QVERIFY(done(vault.remove(kKey, {})));
        QVERIFY(!QFileInfo::exists(path()));
    }

    void fileThatIsNoJsonIsPutAside_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("cut") << QByteArray("{\"a\": 3, \"b");
        QTest::newRow("a list") << QByteArray("[\"a\"]");
        QTest::newRow("binary") << QByteArray("\0\1\2\xff", 4);
    }
    void fileThatIsNoJsonIsPutAside() {
        QFETCH(const QByteArray, bytes);
        QVERIFY(QDir(dir_->path()).mkpath(QStringLiteral("data")));
        for (const char* aside : {".bad", ".bad.1"}) {
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
            file.close();
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be understood")));
            FileVault vault(path());
            QCOMPARE(kindOf(done(vault.load(kKey, {}))), static_cast<int>(VaultError::Kind::Absent));
            QVERIFY(done(vault.store(kKey, kToken, {})));
            const QString old = path() + QLatin1String(aside);
            QCOMPARE(contentOf(old), bytes);
            QVERIFY(!(QFile::permissions(old) & (QFile::ReadOther | QFile::ReadGroup)));
        }
        FileVault again(path());
        QCOMPARE(done(again.load(kKey, {})).value_or(QString()), kToken);
    }

    void diskThatRefuses() {
        QFile blocker(dir_->filePath(QStringLiteral("data")));
        QVERIFY(blocker.open(QIODevice::WriteOnly));  // where the folder should be
        FileVault vault(path());
        QCOMPARE(kindOf(done(vault.store(kKey, kToken, {}))), static_cast<int>(VaultError::Kind::Denied));
    }

    // A token that is still in the file is not said to be gone.
    void removalThatFailsIsTriedAgain() {
        FileVault vault(path());
        QVERIFY(done(vault.store(kKey, kToken, {})));
        QVERIFY(done(vault.store(QStringLiteral("other"), QStringLiteral("x"), {})));
        const Blocked blocked(path());
        QVERIFY(!done(vault.remove(kKey, {})));
        QVERIFY(!done(vault.remove(kKey, {})));
        blocked.free();
        QVERIFY(done(vault.remove(kKey, {})));
        QVERIFY(!contentOf(path()).contains("mei"));
        QVERIFY(contentOf(path()).contains("other"));
    }

    // A move whose file stays did not succeed.
    void moveThatLeavesTheFileFails() {
        FakeVault keychain;
        FileVault file(path());
        VaultSwitch vault(keychain, file, true);
        QVERIFY(done(vault.store(kKey, kToken, {})));
        QSignalSpy failed(&vault, &VaultSwitch::moveFailed);
        const Blocked blocked(path());
        vault.useKeychain();
        QVERIFY(waitUntil([&] { return !vault.moving(); }));
        QCOMPARE(failed.count(), 1);
        QVERIFY(vault.plainText());
        blocked.free();
        vault.useKeychain();
        QVERIFY(waitUntil([&] { return !vault.moving(); }));
        QVERIFY(!vault.plainText());
        QVERIFY(!QFileInfo::exists(path()));
        QCOMPARE(keychain.tokens.value(kKey), kToken);
    }

    // One that an earlier run left in the file.
    void removalTellsOfTheFile() {
        FakeVault keychain;
        FileVault file(path());
        QVERIFY(done(file.store(kKey, kToken, {})));
        VaultSwitch vault(keychain, file, false);
        const Blocked blocked(path());
        QCOMPARE(kindOf(done(vault.remove(kKey, {}))), static_cast<int>(VaultError::Kind::Denied));
        blocked.free();
        QVERIFY(done(vault.remove(kKey, {})));
        QVERIFY(!QFileInfo::exists(path()));
    }

    void fileGoesDuringACall() {
        const auto value = std::make_shared<std::optional<std::expected<QString, VaultError>>>();
        {
            FileVault vault(path());
            test::storeInto(vault.load(kKey, {}), value);
        }
        QVERIFY(value->has_value());
        QVERIFY(!**value);
    }

    void neverPlainByItself() {
        FakeVault keychain;
        FileVault file(path());
        VaultSwitch vault(keychain, file, false);
        QVERIFY(done(vault.store(kKey, kToken, {})));
        QCOMPARE(keychain.tokens.value(kKey), kToken);
        keychain.broken = true;
        keychain.trouble = VaultError::Kind::NoVault;
        QCOMPARE(kindOf(done(vault.store(kKey, kToken, {}))), static_cast<int>(VaultError::Kind::NoVault));
        QCOMPARE(kindOf(done(vault.load(kKey, {}))), static_cast<int>(VaultError::Kind::NoVault));
        QVERIFY(!QFileInfo::exists(path()));
        QVERIFY(!vault.plainText());
    }

    void plainWhenAskedAndBack() {
        FakeVault keychain;
        keychain.tokens.insert(QStringLiteral("older"), QStringLiteral("kept"));
        FileVault file(path());
        VaultSwitch vault(keychain, file, false);
        QSignalSpy changed(&vault, &VaultSwitch::plainTextChanged);
        QSignalSpy failed(&vault, &VaultSwitch::moveFailed);
        vault.usePlainText();
        vault.usePlainText();
        QCOMPARE(changed.count(), 1);
        QVERIFY(done(vault.store(kKey, kToken, {})));
        QVERIFY(!keychain.tokens.contains(kKey));
        QVERIFY(contentOf(path()).contains("mei"));
        // What the keychain has is still found there.
        QCOMPARE(done(vault.load(QStringLiteral("older"), {})).value_or(QString()), QStringLiteral("kept"));
        QCOMPARE(done(vault.load(kKey, {})).value_or(QString()), kToken);
        // Back: not while the keychain is in trouble.
        keychain.broken = true;
        vault.useKeychain();
        QVERIFY(waitUntil([&] { return !vault.moving(); }));
        QCOMPARE(failed.count(), 1);
        QVERIFY(vault.plainText());
        QVERIFY(QFileInfo::exists(path()));
        keychain.broken = false;
        vault.useKeychain();
        QVERIFY(waitUntil([&] { return !vault.moving(); }));
        QVERIFY(!vault.plainText());
        QCOMPARE(keychain.tokens.value(kKey), kToken);
        QVERIFY(!QFileInfo::exists(path()));
        QCOMPARE(done(vault.load(kKey, {})).value_or(QString()), kToken);
    }

    void removesFromBoth() {
        FakeVault keychain;
        keychain.tokens.insert(kKey, QStringLiteral("old"));
        FileVault file(path());
        VaultSwitch vault(keychain, file, true);
        QVERIFY(vault.plainText());
        QVERIFY(done(vault.store(kKey, kToken, {})));
        QVERIFY(done(vault.remove(kKey, {})));
        QVERIFY(keychain.tokens.isEmpty());
        QVERIFY(!QFileInfo::exists(path()));
        // A keychain in trouble does not hold up what is in the file.
        QVERIFY(done(vault.store(kKey, kToken, {})));
        keychain.broken = true;
        QVERIFY(done(vault.remove(kKey, {})));
        QVERIFY(!QFileInfo::exists(path()));
    }

    // The whole way: a session without a keychain, the tick, a restart, the way back.
    void sessionSurvivesWithTheTick() {
        FakeVault keychain;
        keychain.broken = true;
        keychain.trouble = VaultError::Kind::NoVault;
        test::FakeLastAccounts accounts;
        {
            FileVault file(path());
            VaultSwitch vault(keychain, file, false);
            test::FakeTransport net;
            Api api(net, test::quickApi());
            Session session(api, vault, accounts);
            connect(&vault, &VaultSwitch::plainTextChanged, &session, &Session::retryVault);
            session.setServer(QStringLiteral("builtin"));
            net.reply(contract::writeAccount(kMe, "from-the-server"));
            session.signIn(QStringLiteral("mei"), QStringLiteral("password"));
            QVERIFY(waitUntil([&] { return session.vaultState() == Session::VaultState::Missing; }));
            QVERIFY(!QFileInfo::exists(path()));
            vault.usePlainText();
            QVERIFY(waitUntil([&] { return session.vaultState() == Session::VaultState::Ok; }));
            QVERIFY(contentOf(path()).contains("from-the-server"));
        }
        FileVault file(path());
        VaultSwitch vault(keychain, file, true);
        test::FakeTransport net;
        Api api(net, test::quickApi());
        Session session(api, vault, accounts);
        session.setServer(QStringLiteral("builtin"));
        QVERIFY(waitUntil([&] { return session.signedIn(); }));
        QCOMPARE(session.token(), QStringLiteral("from-the-server"));
        keychain.broken = false;
        vault.useKeychain();
        QVERIFY(waitUntil([&] { return !vault.plainText(); }));
        QCOMPARE(keychain.tokens.value(kKey), QStringLiteral("from-the-server"));
        QVERIFY(!QFileInfo::exists(path()));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::VaultSwitchTest)
#include "vault_switch_test.moc"
