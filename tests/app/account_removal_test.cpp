// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// An account that is removed from this device takes along what was kept for it, and nothing of others.

#include "app/client.h"
#include "tests/app/files_with.h"

#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <exception>
#include <memory>
#include <string>

namespace tikgok {

namespace {

constexpr int kPatienceMs = 30'000;

// Rows of an account, seen from outside; -1 while that cannot be told.
int rowsOf(const QString& file, const std::string& table, const QString& account) {
    try {
        SQLite::Database database(file.toStdString(), SQLite::OPEN_READONLY, 1'000);
        SQLite::Statement count(database, "SELECT COUNT(*) FROM " + table + " WHERE account = ?");
        count.bind(1, account.toStdString());
        return count.executeStep() ? count.getColumn(0).getInt() : -1;
    } catch (const std::exception&) {
        return -1;
    }
}

}  // namespace

class AccountRemovalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesAlongWhatWasKept() {
        const QTemporaryDir dir;
        const ClientPaths paths = ClientPaths::in(dir.path());
        const QString cache = paths.cacheDirectory + QStringLiteral("/cache.sqlite");
        Client client(paths, std::make_unique<MemoryVault>());
        client.start();
        QTRY_COMPARE_WITH_TIMEOUT(client.server().state(), ServerLink::State::Ready, kPatienceMs);
        const auto enter = [&client](const char* name) {
            client.session().signIn(QString::fromLatin1(name), QStringLiteral("tikgok123"));
            QTRY_COMPARE_WITH_TIMEOUT(client.session().userName(), QString::fromLatin1(name), kPatienceMs);
            QTRY_VERIFY_WITH_TIMEOUT(!client.session().switching(), kPatienceMs);
        };
        const auto look = [&](QString& account) {
            account = client.session().accountKey();
            client.feed().refresh();
            QTRY_VERIFY_WITH_TIMEOUT(rowsOf(cache, "pages", account) > 0, kPatienceMs);
            QVERIFY(client.feed().count() > 0);
            client.comments().setVideo(client.feed().videoAt(0));
            client.comments().setDraft(QStringLiteral("draft of ") + account);
            PublishDrafts& uploads = *client.publishing().drafts();
            QTRY_VERIFY_WITH_TIMEOUT(uploads.loaded(), kPatienceMs);
            PublishDraft upload;
            upload.id = uploads.nextId();
            upload.account = account;
            upload.title = QStringLiteral("sea of ") + account;
            uploads.put(upload);
            uploads.flush();
            QTRY_COMPARE_WITH_TIMEOUT(rowsOf(paths.databaseFile, "publish_drafts", account), 1, kPatienceMs);
            // One that no server takes, so that it stays.
            Intent comment;
            comment.account = account;
            comment.kind = IntentKind::Comment;
            comment.target = 1;
            comment.text = QStringLiteral("comment of ") + account;
            client.outbox().put(comment);
            QTRY_COMPARE_WITH_TIMEOUT(rowsOf(paths.databaseFile, "intents", account), 1, kPatienceMs);
            test::keepMessage(paths, account, "message for " + account.toUtf8());
            test::keepOwnComment(paths, account);
        };
        QString stays;
        QString goes;
        enter("kiko");
        look(stays);
        enter("mika");
        look(goes);
        QVERIFY(stays != goes);
        const QString id = QString::number(client.session().userId());
        client.session().removeAccount(id);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(cache, "pages", goes), 0, kPatienceMs);
        QVERIFY(rowsOf(cache, "pages", stays) > 0);
        for (const char* table : {"publish_drafts", "intents", "own_comments"}) {
            QTRY_COMPARE_WITH_TIMEOUT(rowsOf(paths.databaseFile, table, goes), 0, kPatienceMs);
            QCOMPARE(rowsOf(paths.databaseFile, table, stays), 1);
        }
        const auto drafts = [&paths] {
            QFile file(paths.draftsFile);
            return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
        };
        QTRY_VERIFY_WITH_TIMEOUT(drafts().contains(QStringLiteral("draft of ") + stays) &&
                                     !drafts().contains(QStringLiteral("draft of ") + goes),
                                 kPatienceMs);
        // And nobody finds it in what the databases keep beside their rows.
        QVERIFY(!test::filesWith("of " + stays.toUtf8(), dir.path(), paths).isEmpty());
        QVERIFY(!test::filesWith("message for " + stays.toUtf8(), dir.path(), paths).isEmpty());
        for (const char* of : {"of ", "message for "}) {
            QTRY_COMPARE_WITH_TIMEOUT(test::filesWith(of + goes.toUtf8(), dir.path(), paths), QStringList(),
                                      kPatienceMs);
        }
    }
};

}  // namespace tikgok

QTEST_MAIN(tikgok::AccountRemovalTest)
#include "account_removal_test.moc"
