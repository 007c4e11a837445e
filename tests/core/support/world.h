// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A client on a fake transport, and answers to give it.
#pragma once

#include "core/account/session.h"
#include "core/account/token_vault.h"
#include "core/api/api.h"
#include "core/contract/codec.h"
#include "core/entities/entity_store.h"
#include "core/outbox/outbox.h"
#include "core/outbox/outbox_store.h"
#include "core/storage/database.h"
#include "tests/core/support/fake_outbox.h"
#include "tests/core/support/fake_transport.h"

#include <QHash>

#include <initializer_list>
#include <vector>

namespace tikgok::test {

class FakeLastAccounts final : public LastAccounts {
public:
    [[nodiscard]] std::optional<KnownAccount> lastAccount(const QString& server) const override {
        const auto found = last.constFind(server);
        return found == last.constEnd() ? std::nullopt : std::optional(*found);
    }
    void setLastAccount(const QString& server, const std::optional<KnownAccount>& account) override {
        if (account) {
            last.insert(server, *account);
        } else {
            last.remove(server);
        }
    }

    [[nodiscard]] QList<KnownAccount> accounts(const QString& server) const override {
        return lists.value(server);
    }
    void setAccounts(const QString& server, const QList<KnownAccount>& all) override {
        lists.insert(server, all);
    }

    QHash<QString, KnownAccount> last;
    QHash<QString, QList<KnownAccount>> lists;
};

// A vault whose answers can be held back, refused, or made to look missing. What it keeps and removes can be
// held back apart from what it gives.
class FakeVault final : public TokenVault {
public:
    Call<QString> load(QString key, std::stop_token alive) override {
        ++loads;
        if (hold) {
            const Once<bool> go = held;
            const std::stop_callback stopped(alive, [go] { go.finish(false); });
            co_await go;
        }
        if (broken) {
            co_return std::unexpected(VaultError{.kind = trouble, .detail = {}});
        }
        if (!tokens.contains(key)) {
            co_return std::unexpected(VaultError{.kind = VaultError::Kind::Absent, .detail = {}});
        }
        co_return QString(tokens.value(key));
    }
    Call<void> store(QString key, QString token, std::stop_token alive) override {
        co_await change(alive);
        if (broken) {
            co_return std::unexpected(VaultError{.kind = trouble, .detail = {}});
        }
        tokens.insert(key, token);
        co_return std::expected<void, VaultError>();
    }
    Call<void> remove(QString key, std::stop_token alive) override {
        co_await change(alive);
        if (broken) {
            co_return std::unexpected(VaultError{.kind = trouble, .detail = {}});
        }
        tokens.remove(key);
        co_return std::expected<void, VaultError>();
    }

    QHash<QString, QString> tokens;
    bool broken = false;
    // What it says while it is broken.
    VaultError::Kind trouble = VaultError::Kind::Unavailable;
    bool hold = false;
    Once<bool> held;
    bool holdChanges = false;
    Once<bool> heldChanges;
    int loads = 0;

private:
    QCoro::Task<> change(std::stop_token alive) {
        if (holdChanges) {
            const Once<bool> go = heldChanges;
            const std::stop_callback stopped(alive, [go] { go.finish(false); });
            co_await go;
        }
    }
};

inline contract::User person(contract::Id id, const std::string& name) {
    contract::User user;
    user.id = id;
    user.name = name;
    user.avatar = "http://media/avatar/" + name + ".png";
    return user;
}

inline contract::Video clip(contract::Id id, bool liked = false, std::int64_t likes = 3) {
    contract::Video video;
    video.id = id;
    video.author = person(900, "author");
    video.playUrl = "http://media/" + std::to_string(id) + ".mp4";
    video.coverUrl = "http://media/" + std::to_string(id) + ".png";
    video.title = "clip " + std::to_string(id);
    video.isFavorite = liked;
    video.favoriteCount = likes;
    video.commentCount = 2;
    return video;
}

inline contract::Comment remark(contract::Id id, const contract::User& user, const std::string& content) {
    return {.id = id, .user = user, .content = content, .createDate = "02-20"};
}

inline std::string feedOf(std::initializer_list<contract::Id> ids, std::int64_t next) {
    std::vector<contract::Video> videos;
    for (const contract::Id id : ids) {
        videos.push_back(clip(id));
    }
    return contract::writeFeed(videos, next);
}

inline std::string failure(std::int32_t code, std::string_view words) {
    return contract::writeFailure({static_cast<contract::Code>(code), words});
}

inline ApiOptions quickApi() {
    ApiOptions options;
    options.firstDelay = std::chrono::milliseconds(0);
    return options;
}

inline constexpr contract::Id kMe = 77;

// Everything below the models. Signed out at first.
struct World {
    FakeTransport net;
    FakeVault vault;
    FakeLastAccounts accounts;
    Api api{net, quickApi()};
    Session session{api, vault, accounts};
    Database database{QString(), {outboxSchema()}};  // in memory
    FakeOutboxClock clock;
    Outbox outbox{database, session, clock, {}};
    EntityStore store{api, session, outbox};

    explicit World(bool signedIn = false) {
        session.setServer(QStringLiteral("http://server"));
        while (!outbox.loaded()) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        if (signedIn) {
            signIn();
        }
    }

    // As the server says it now.
    VideoEntity* show(const contract::Video& video) { return store.video(video, store.beginReading()); }

    // What the outbox can send now has gone out, as far as it needs no disk.
    void flush() { QCoreApplication::sendPostedEvents(&outbox); }

    // Ends with the sign-in done; leaves no trace in `net`.
    void signIn(contract::Id id = kMe, const char* name = "mei", const char* token = "secret-token") {
        const qsizetype before = net.count();
        net.reply(contract::writeAccount(id, token));
        session.signIn(QString::fromLatin1(name), QStringLiteral("password"));
        while (session.busy()) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        net.sent.remove(before, 1);
    }
};

}  // namespace tikgok::test
