// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/diagnostics_parts.h"

#include "app/client.h"
#include "core/diagnostics/redaction.h"

#include <QDateTime>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QMetaEnum>
#include <QSysInfo>

namespace tikgok {

namespace {

QByteArray aboutText() {
    const auto line = [](const char* name, const QString& value) {
        return QByteArray(name) + ": " + value.toUtf8() + '\n';
    };
    return line("tikgok", QStringLiteral(TIKGOK_VERSION)) + line("Qt", QString::fromLatin1(qVersion())) +
           line("player", PlaybackEngine::name()) + line("system", QSysInfo::prettyProductName()) +
           line("kernel", QSysInfo::kernelType() + QLatin1Char(' ') + QSysInfo::kernelVersion()) +
           line("processor", QSysInfo::currentCpuArchitecture()) +
           line("window system", QGuiApplication::platformName()) + line("locale", QLocale().name()) +
           line("time", QDateTime::currentDateTimeUtc().toString(Qt::ISODate));
}

QByteArray jsonText(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

QJsonObject settingsObject(const Settings& settings) {
    QJsonObject all = settings.table();
    all.insert(QStringLiteral("serverUrl"), redactedAddress(QUrl(settings.serverUrl())));
    QJsonObject keys;
    const ChosenKeys chosen = settings.chosenKeys();
    for (auto one = chosen.begin(); one != chosen.end(); ++one) {
        // Only what the program itself knows: the file may hold anything.
        for (int value = 1; !commandName(static_cast<Command>(value)).isEmpty(); ++value) {
            if (commandName(static_cast<Command>(value)) == one.key()) {
                keys.insert(one.key(), static_cast<int>(one.value().size()));
            }
        }
    }
    all.insert(QStringLiteral("changedShortcuts"), keys);
    return all;
}

QJsonObject serverObject(Client& client) {
    const ServerTraits traits = client.servers().traits();
    return {
        {QStringLiteral("builtIn"), client.server().builtIn()},
        {QStringLiteral("address"), redactedAddress(client.server().url())},
        {QStringLiteral("forThisRun"), client.server().forThisRun()},
        {QStringLiteral("answering"), client.health().answering()},
        {QStringLiteral("dialect"),
         QString::fromLatin1(QMetaEnum::fromType<Dialect>().valueToKey(static_cast<int>(traits.dialect)))},
        {QStringLiteral("pageSize"), traits.pageSize},
        {QStringLiteral("push"), traits.push},
        {QStringLiteral("checkedAt"),
         QDateTime::fromMSecsSinceEpoch(traits.checkedAt).toUTC().toString(Qt::ISODate)},
        {QStringLiteral("serversInTheBook"), client.servers().count()}};
}

QJsonObject countsObject(Client& client) {
    const Session& session = client.session();
    return {{QStringLiteral("accounts"), client.accounts().count()},
            {QStringLiteral("signedIn"), session.signedIn()},
            {QStringLiteral("sessionExpired"), session.expired()},
            {QStringLiteral("keychain"),
             QString::fromLatin1(QMetaEnum::fromType<Session::VaultState>().valueToKey(
                 static_cast<int>(session.vaultState())))},
            {QStringLiteral("outboxOpen"), client.outbox().openCount()},
            {QStringLiteral("outboxFailed"), client.outbox().failedCount()},
            {QStringLiteral("videosInTheFeed"), client.feed().count()},
            {QStringLiteral("bytesSinceStart"), QString::number(qint64(client.usage().sinceStart()))},
            {QStringLiteral("bytesThisMonth"), QString::number(qint64(client.usage().month()))}};
}

}  // namespace

QList<BundlePart> diagnosticsParts(Client& client) {
    return {{QStringLiteral("about.txt"), aboutText()},
            {QStringLiteral("settings.json"), jsonText(settingsObject(client.settings()))},
            {QStringLiteral("server.json"), jsonText(serverObject(client))},
            {QStringLiteral("counts.json"), jsonText(countsObject(client))},
            {QStringLiteral("log.txt"), client.log().text()}};
}

}  // namespace tikgok
