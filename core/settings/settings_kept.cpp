// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Settings: what others keep in the same file. Whatever cannot be understood is left out, one by one.

#include "core/api/server_address.h"
#include "core/settings/settings.h"

#include <QJsonArray>
#include <QMetaEnum>

namespace tikgok {

namespace {

constexpr const char* kLast = "accounts";
constexpr const char* kPeople = "people";
constexpr const char* kServers = "servers";
constexpr const char* kFound = "serverFacts";
constexpr const char* kShortcuts = "shortcuts";
constexpr const char* kUsage = "dataUsage";
constexpr std::array<const char*, kTrafficKinds> kTrafficNames{"calls", "videos", "pictures"};

QJsonObject objectIn(const QJsonObject& values, const char* key) {
    return values.value(QLatin1String(key)).toObject();
}

// As text: a JSON number may be read as a double by other tools, and ids have 19 digits.
qint64 wholeNumber(const QJsonValue& value) {
    bool isNumber = false;
    const qint64 number = value.toString().toLongLong(&isNumber);
    return isNumber ? number : 0;
}

std::optional<KnownAccount> accountIn(const QJsonObject& one) {
    KnownAccount account{.userName = one.value(QLatin1String("name")).toString(),
                         .userId = wholeNumber(one.value(QLatin1String("id"))),
                         .avatarUrl = one.value(QLatin1String("avatar")).toString(),
                         .signedOut = one.value(QLatin1String("signedOut")).toBool()};
    if (account.userName.isEmpty() || account.userId <= 0) {
        return std::nullopt;
    }
    return account;
}

}  // namespace

std::optional<KnownAccount> Settings::lastAccount(const QString& server) const {
    return accountIn(objectIn(values_, kLast).value(server).toObject());
}

void Settings::setLastAccount(const QString& server, const std::optional<KnownAccount>& account) {
    QJsonObject accounts = objectIn(values_, kLast);
    if (account) {
        accounts.insert(server, QJsonObject{{QStringLiteral("name"), account->userName},
                                            {QStringLiteral("id"), QString::number(account->userId)}});
    } else {
        accounts.remove(server);
    }
    values_.insert(QLatin1String(kLast), accounts);
    changed();
}

QList<KnownAccount> Settings::accounts(const QString& server) const {
    QList<KnownAccount> all;
    for (const auto& value : objectIn(values_, kPeople).value(server).toArray()) {
        if (const auto account = accountIn(value.toObject())) {
            all.append(*account);
        }
    }
    return all;
}

void Settings::setAccounts(const QString& server, const QList<KnownAccount>& accounts) {
    QJsonArray all;
    for (const KnownAccount& account : accounts) {
        all.append(QJsonObject{{QStringLiteral("name"), account.userName},
                               {QStringLiteral("id"), QString::number(account.userId)},
                               {QStringLiteral("avatar"), account.avatarUrl},
                               {QStringLiteral("signedOut"), account.signedOut}});
    }
    QJsonObject people = objectIn(values_, kPeople);
    if (all.isEmpty()) {
        people.remove(server);
    } else {
        people.insert(server, all);
    }
    values_.insert(QLatin1String(kPeople), people);
    changed();
}

QList<SavedServer> Settings::savedServers() const {
    QList<SavedServer> servers;
    for (const auto& value : values_.value(QLatin1String(kServers)).toArray()) {
        const QJsonObject one = value.toObject();
        const auto url = parseServerAddress(one.value(QLatin1String("url")).toString());
        if (url) {
            servers.append({.name = one.value(QLatin1String("name")).toString(), .url = *url});
        }
    }
    return servers;
}

void Settings::setSavedServers(const QList<SavedServer>& servers) {
    QJsonArray all;
    for (const SavedServer& server : servers) {
        all.append(QJsonObject{{QStringLiteral("name"), server.name},
                               {QStringLiteral("url"), server.url.toString()}});
    }
    values_.insert(QLatin1String(kServers), all);
    changed();
}

ServerTraits Settings::rememberedTraits(const QString& key) const {
    const QJsonObject one = objectIn(values_, kFound).value(key).toObject();
    bool known = false;
    const int dialect = QMetaEnum::fromType<Dialect>().keyToValue(
        one.value(QLatin1String("dialect")).toString().toLatin1().constData(), &known);
    if (!known) {
        return {};
    }
    return {.dialect = static_cast<Dialect>(dialect),
            .push = one.value(QLatin1String("push")).toBool(),
            .pageSize = one.value(QLatin1String("pageSize")).toInt(),
            .checkedAt = wholeNumber(one.value(QLatin1String("checkedAt")))};
}

void Settings::rememberTraits(const QString& key, const ServerTraits& traits) {
    QJsonObject found = objectIn(values_, kFound);
    if (traits == ServerTraits()) {
        found.remove(key);
        values_.insert(QLatin1String(kFound), found);
        changed();
        return;
    }
    found.insert(key, QJsonObject{{QStringLiteral("dialect"),
                                   QString::fromLatin1(QMetaEnum::fromType<Dialect>().valueToKey(
                                       static_cast<int>(traits.dialect)))},
                                  {QStringLiteral("push"), traits.push},
                                  {QStringLiteral("pageSize"), traits.pageSize},
                                  {QStringLiteral("checkedAt"), QString::number(traits.checkedAt)}});
    values_.insert(QLatin1String(kFound), found);
    changed();
}

ChosenKeys Settings::chosenKeys() const {
    ChosenKeys chosen;
    const QJsonObject all = objectIn(values_, kShortcuts);
    for (auto one = all.begin(); one != all.end(); ++one) {
        QStringList keys;
        for (const auto& key : one->toArray()) {
            keys.append(key.toString());
        }
        if (one->isArray()) {
            chosen.insert(one.key(), keys);
        }
    }
    return chosen;
}

void Settings::setChosenKeys(const ChosenKeys& keys) {
    QJsonObject all;
    for (auto one = keys.begin(); one != keys.end(); ++one) {
        all.insert(one.key(), QJsonArray::fromStringList(one.value()));
    }
    values_.insert(QLatin1String(kShortcuts), all);
    changed();
}

UsageTotals Settings::usage() const {
    const QJsonObject one = objectIn(values_, kUsage);
    UsageTotals totals{.month = one.value(QLatin1String("month")).toString()};
    for (std::size_t kind = 0; kind < kTrafficKinds; ++kind) {
        totals.bytes[kind] = std::max<qint64>(0, wholeNumber(one.value(QLatin1String(kTrafficNames[kind]))));
    }
    return totals;
}

void Settings::setUsage(const UsageTotals& totals) {
    QJsonObject one{{QStringLiteral("month"), totals.month}};
    for (std::size_t kind = 0; kind < kTrafficKinds; ++kind) {
        one.insert(QLatin1String(kTrafficNames[kind]), QString::number(totals.bytes[kind]));
    }
    values_.insert(QLatin1String(kUsage), one);
    changed();
}

}  // namespace tikgok
