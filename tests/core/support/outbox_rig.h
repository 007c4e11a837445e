// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of the outbox share: a client's outbox with its surroundings, and intents to put into it.
#pragma once

#include "core/outbox/outbox.h"
#include "core/outbox/outbox_store.h"
#include "core/storage/database.h"
#include "tests/core/support/fake_outbox.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include <memory>
#include <string>

namespace tikgok::test {

inline const QString kMine = QStringLiteral("http://server|77");

inline Intent wish(IntentKind kind, contract::Id target, bool on = true, const QString& account = kMine) {
    Intent intent;
    intent.account = account;
    intent.kind = kind;
    intent.target = target;
    intent.on = on;
    return intent;
}

inline Intent words(const QString& text, contract::Id target = 5, IntentKind kind = IntentKind::Comment,
                    const QString& account = kMine) {
    Intent intent = wish(kind, target, true, account);
    intent.text = text;
    return intent;
}

inline Intent text(const char* value, contract::Id target = 5) {
    return words(QString::fromLatin1(value), target);
}

// A client's outbox with its surroundings; begin() again is the next start of the program.
struct OutboxRig {
    explicit OutboxRig(bool signedIn = true) : world(signedIn) {}

    void begin(OutboxOptions options = {}) {
        outbox.reset();
        database.reset();
        database = std::make_unique<Database>(path(), QList<SchemaPart>{outboxSchema()});
        outbox = std::make_unique<Outbox>(*database, world.session, clock, options);
        for (const IntentKind kind : {IntentKind::Like, IntentKind::Follow, IntentKind::Comment,
                                      IntentKind::DeleteComment, IntentKind::Message, IntentKind::Publish}) {
            outbox->setHandler(kind, handler);
        }
    }
    void load() {
        QVERIFY(waitUntil([&] { return outbox->loaded(); }));
    }
    // All that can happen without time and answers has happened.
    void settle() const {
        for (int i = 0; i < 3; ++i) {
            QVERIFY(waitFor(database->run([](SQLite::Database&) {}, {})));
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
    }
    void execute(const std::string& sql) const {
        QVERIFY(waitFor(database->run([sql](SQLite::Database& db) { db.exec(sql); }, {})));
    }
    // The disk takes nothing any more, or takes again.
    void setFull(bool full) const { execute(full ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0"); }
    [[nodiscard]] QString path() const { return dir.filePath(QStringLiteral("client.sqlite")); }
    [[nodiscard]] IntentState stateOf(IntentId id) const {
        const auto intent = outbox->intent(id);
        return intent ? intent->state : IntentState::Paused;
    }
    [[nodiscard]] int rows() const {
        return *waitFor(database->run(
            [](SQLite::Database& db) { return db.execAndGet("SELECT count(*) FROM intents").getInt(); }, {}));
    }

    QTemporaryDir dir;
    World world;
    FakeOutboxClock clock;
    FakeIntentHandler handler;
    std::unique_ptr<Database> database;
    std::unique_ptr<Outbox> outbox;
};

inline QStringList textsOf(const QList<Intent>& intents) {
    QStringList texts;
    for (const Intent& intent : intents) {
        texts.append(intent.text);
    }
    return texts;
}

}  // namespace tikgok::test
