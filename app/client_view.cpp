// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/client_view.h"

#include "app/qml_plugins.h"
#include "core/cache/picture_access.h"

#include <QGuiApplication>
#include <QIcon>
#include <QLocale>

namespace tikgok {

namespace {

// The engine makes one per thread that loads pictures.
class PictureManagers final : public QQmlNetworkAccessManagerFactory {
public:
    explicit PictureManagers(FileCache& pictures) : pictures_(pictures) {}
    QNetworkAccessManager* create(QObject* parent) override { return new PictureAccess(pictures_, parent); }

private:
    FileCache& pictures_;
};

}  // namespace

ClientView::ClientView(Client& client, QQmlEngine& engine, QObject* parent)
    : QObject(parent),
      client_(client),
      engine_(engine),
      pictures_(std::make_unique<PictureManagers>(client.pictures())) {
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/tikgok/icons/tikgok.svg")));
    engine_.setNetworkAccessManagerFactory(pictures_.get());
    connect(&client_.settings(), &Settings::languageChanged, this, &ClientView::applyLanguage);
    applyLanguage();
}

ClientView::~ClientView() = default;

QVariantMap ClientView::parts() const {
    return {
        {QStringLiteral("feed"), QVariant::fromValue(&client_.feed())},
        {QStringLiteral("following"), QVariant::fromValue(&client_.following())},
        {QStringLiteral("people"), QVariant::fromValue(&client_.people())},
        {QStringLiteral("playlist"), QVariant::fromValue(&client_.playlist())},
        {QStringLiteral("comments"), QVariant::fromValue(&client_.comments())},
        {QStringLiteral("conversations"), QVariant::fromValue(&client_.conversations())},
        {QStringLiteral("chat"), QVariant::fromValue(&client_.chat())},
        {QStringLiteral("activity"), QVariant::fromValue(&client_.activity())},
        {QStringLiteral("session"), QVariant::fromValue(&client_.session())},
        {QStringLiteral("settings"), QVariant::fromValue(&client_.settings())},
        {QStringLiteral("publishing"), QVariant::fromValue(&client_.publishing())},
        {QStringLiteral("playback"), QVariant::fromValue(&client_.playback())},
        {QStringLiteral("entities"), QVariant::fromValue(&client_.entities())},
        {QStringLiteral("server"), QVariant::fromValue(&client_.server())},
        {QStringLiteral("servers"), QVariant::fromValue(&client_.servers())},
        {QStringLiteral("health"), QVariant::fromValue(&client_.health())},
        {QStringLiteral("offline"), QVariant::fromValue(&client_.offline())},
        {QStringLiteral("saver"), QVariant::fromValue(&client_.saver())},
        {QStringLiteral("accounts"), QVariant::fromValue(&client_.accounts())},
        {QStringLiteral("vault"), QVariant::fromValue(&client_.vault())},
        {QStringLiteral("shortcuts"), QVariant::fromValue(&client_.shortcuts())},
        {QStringLiteral("usage"), QVariant::fromValue(&client_.usage())},
        {QStringLiteral("diagnostics"), QVariant::fromValue(&client_.diagnostics())},
        {QStringLiteral("simulatorWatch"), QVariant::fromValue(&client_.simulatorWatch())},
        {QStringLiteral("simulatorDesk"), QVariant::fromValue(&client_.simulatorDesk())},
        // Two people of the small world (resources/worlds/small.json), shown only with the simulator inside.
        {QStringLiteral("demoNames"), QStringList{QStringLiteral("mika"), QStringLiteral("林小满")}},
        {QStringLiteral("demoPassword"), QStringLiteral("tikgok123")},
    };
}

void ClientView::applyLanguage() {
    const QLocale locale = language_.use(client_.settings().language());
    client_.comments().setLocale(locale);
    client_.conversations().setLocale(locale);
    client_.chat().setLocale(locale);
    engine_.setUiLanguage(locale.name());
    engine_.retranslate();
}

}  // namespace tikgok
