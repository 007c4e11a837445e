// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A client without a screen that writes at random until it is killed. What it is about to hand to its outbox
// it says on standard output, one line each, and says again when the outbox has kept it:
//
//     put NAME KIND TARGET ON OBJECT TEXT    before the outbox has it
//     kept NAME                              it is on the disk
//     recovered N                            at the start: so many may have been sent when the last one died
//     found | absent                         such a one was looked for on the server
//     failed ID WORDS                        the server said no, which no write here deserves
//     drained                                with --drain: everything has been sent
//
// Usage: outbox_victim URL DIRECTORY USER_ID TOKEN SEED VIDEOS PEOPLE [--drain]    (ids separated by commas)

#include "core/account/session.h"
#include "core/account/token_vault.h"
#include "core/api/api.h"
#include "core/api/network_transport.h"
#include "core/comments/comment_sender.h"
#include "core/entities/entity_store.h"
#include "core/outbox/outbox.h"
#include "core/outbox/outbox_clock.h"
#include "core/outbox/outbox_store.h"
#include "core/storage/database.h"

#include <QCoreApplication>
#include <QDir>
#include <QHash>
#include <QSet>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>
#include <random>
#include <unistd.h>

namespace {

using namespace tikgok;

void say(const QString& line) {
    const QByteArray bytes = line.toUtf8() + '\n';
    // Written before the next thing happens, whatever happens.
    static_cast<void>(::write(STDOUT_FILENO, bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

class OneToken final : public TokenVault {
public:
    explicit OneToken(QString token) : token_(std::move(token)) {}
    Call<QString> load(QString, std::stop_token) override { co_return QString(token_); }
    Call<void> store(QString, QString, std::stop_token) override {
        co_return std::expected<void, VaultError>();
    }
    Call<void> remove(QString, std::stop_token) override { co_return std::expected<void, VaultError>(); }

private:
    QString token_;
};

class OneAccount final : public LastAccounts {
public:
    explicit OneAccount(std::int64_t id) : account_{.userName = QStringLiteral("victim"), .userId = id} {}
    [[nodiscard]] std::optional<KnownAccount> lastAccount(const QString&) const override { return account_; }
    void setLastAccount(const QString&, const std::optional<KnownAccount>&) override {}
    [[nodiscard]] QList<KnownAccount> accounts(const QString&) const override { return {account_}; }
    void setAccounts(const QString&, const QList<KnownAccount>&) override {}

private:
    KnownAccount account_;
};

QList<contract::Id> idsFrom(const QString& text) {
    QList<contract::Id> ids;
    const QStringList parts = text.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        ids.append(part.toLongLong());
    }
    return ids;
}

class Victim final : public QObject {
public:
    explicit Victim(const QStringList& arguments)
        : seed_(arguments.at(5).toULongLong()),
          random_(seed_),
          videos_(idsFrom(arguments.at(6))),
          people_(idsFrom(arguments.at(7))),
          drain_(arguments.contains(QStringLiteral("--drain"))),
          vault_(arguments.at(4)),
          accounts_(arguments.at(3).toLongLong()),
          session_(api_, vault_, accounts_),
          database_(QDir(arguments.at(2)).filePath(QStringLiteral("client.sqlite")), {outboxSchema()}),
          outbox_(
              database_, session_, clock_,
              {.firstDelay = std::chrono::milliseconds(4), .longestDelay = std::chrono::milliseconds(40)}),
          store_(api_, session_, outbox_),
          sender_(api_, session_, outbox_) {
        transport_.setServer(QUrl(arguments.at(1)));
        connect(&outbox_, &Outbox::kept, this, [this](const Intent& intent) {
            if (intent.kept && names_.contains(intent.id)) {
                say(QStringLiteral("kept %1").arg(names_.value(intent.id)));
            }
        });
        connect(&outbox_, &Outbox::failed, this, [](const Intent& intent) {
            say(QStringLiteral("failed %1 %2").arg(intent.id).arg(intent.errorWords));
        });
        connect(&outbox_, &Outbox::changed, this, &Victim::watch);
        connect(&outbox_, &Outbox::loadedChanged, this, &Victim::begin);
        session_.setServer(QStringLiteral("victim"));
        next_.setSingleShot(true);
        connect(&next_, &QTimer::timeout, this, &Victim::act);
        connect(&outbox_, &Outbox::countsChanged, this, &Victim::maybeDrained);
    }

private:
    void begin() {
        int recovered = 0;
        const QList<Intent> all = outbox_.all(session_.accountKey());
        for (const Intent& intent : all) {
            recovered += intent.maybeDone ? 1 : 0;
        }
        say(QStringLiteral("recovered %1").arg(recovered));
        if (drain_) {
            maybeDrained();
        } else {
            act();
        }
    }

    void maybeDrained() {
        if (drain_ && outbox_.loaded() && outbox_.openCount() == 0) {
            say(QStringLiteral("drained"));
            // Orderly, so that the disk has all of it.
            QCoreApplication::quit();
        }
    }

    // After a look at the server it is either sent or sent again.
    void watch(const Intent& intent) {
        if (intent.state == IntentState::Checking) {
            checking_.insert(intent.id);
        } else if (checking_.contains(intent.id) && intent.state != IntentState::Waiting) {
            checking_.remove(intent.id);
            say(intent.state == IntentState::Sent ? QStringLiteral("found") : QStringLiteral("absent"));
        }
    }

    template <class T>
    T pick(const QList<T>& from) {
        return from.at(static_cast<qsizetype>(random_() % static_cast<std::uint64_t>(from.size())));
    }

    void act() {
        Intent intent;
        intent.account = session_.accountKey();
        const auto dice = random_() % 10;
        if (dice < 3) {
            intent.kind = IntentKind::Like;
            intent.target = pick(videos_);
            intent.on = random_() % 2 == 0;
        } else if (dice < 5) {
            intent.kind = IntentKind::Follow;
            intent.target = pick(people_);
            intent.on = random_() % 2 == 0;
        } else if (dice < 9) {
            intent.kind = IntentKind::Comment;
            intent.target = pick(videos_);
            // Some say the same again and again, on purpose.
            intent.text =
                dice == 8 ? QStringLiteral("same") : QStringLiteral("c%1-%2").arg(seed_).arg(count_);
        } else if (!removeOne(intent)) {
            next_.start(1);
            return;
        }
        put(intent);
        next_.start(static_cast<int>(random_() % 4));
    }

    // One of mine that was sent. Not one of the equal ones: nobody could say which of them had to go.
    bool removeOne(Intent& intent) {
        QList<Intent> mine;
        QSet<contract::Id> going;
        const QList<Intent> all = outbox_.all(intent.account);
        for (const Intent& one : all) {
            if (one.kind == IntentKind::DeleteComment) {
                going.insert(one.object);
            }
        }
        for (const Intent& one : all) {
            const contract::Id comment = CommentSender::commentOf(one);
            if (one.kind == IntentKind::Comment && one.state == IntentState::Sent && comment > 0 &&
                one.text != QLatin1String("same") && !going.contains(comment)) {
                mine.append(one);
            }
        }
        if (mine.isEmpty()) {
            return false;
        }
        const Intent chosen = pick(mine);
        intent.kind = IntentKind::DeleteComment;
        intent.target = chosen.target;
        intent.object = CommentSender::commentOf(chosen);
        intent.text = chosen.text;
        return true;
    }

    void put(const Intent& intent) {
        const QString name = QStringLiteral("%1-%2").arg(seed_).arg(count_++);
        say(QStringLiteral("put %1 %2 %3 %4 %5 %6")
                .arg(name)
                .arg(static_cast<int>(intent.kind))
                .arg(intent.target)
                .arg(intent.on ? 1 : 0)
                .arg(intent.object)
                .arg(intent.text));
        names_.insert(outbox_.put(intent), name);
    }

    const std::uint64_t seed_;
    std::mt19937_64 random_;
    const QList<contract::Id> videos_;
    const QList<contract::Id> people_;
    const bool drain_;
    int count_ = 0;
    QHash<IntentId, QString> names_;
    QSet<IntentId> checking_;
    QTimer next_;
    OneToken vault_;
    OneAccount accounts_;
    NetworkTransport transport_;
    Api api_{transport_, {.retries = 0, .idleTimeout = std::chrono::milliseconds(3'000)}};
    Session session_;
    SystemOutboxClock clock_;
    Database database_;
    Outbox outbox_;
    EntityStore store_;
    CommentSender sender_;
};

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    if (app.arguments().size() < 8) {
        std::fputs("outbox_victim: see the top of its source\n", stderr);
        return 2;
    }
    // Its judge is gone: so is its purpose.
    QSocketNotifier judge(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&judge, &QSocketNotifier::activated, &app, [] { std::_Exit(3); });
    const Victim victim(app.arguments());
    return QCoreApplication::exec();
}
