// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/app_window.h"

#include "app/qml_plugins.h"
#include "app/ui_font.h"
#include "core/cache/picture_access.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QVariantMap>

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

AppWindow::AppWindow(Client& client, QObject* parent)
    : QObject(parent), client_(client), pictures_(std::make_unique<PictureManagers>(client.pictures())) {
    engine_.setNetworkAccessManagerFactory(pictures_.get());
    QGuiApplication::setFont(uiFont());
    engine_.addImportPath(QStringLiteral("qrc:/qt/qml"));
    connect(&client_.settings(), &Settings::languageChanged, this, &AppWindow::applyLanguage);
    connect(&staged_, &StagedWindow::failed, this, &AppWindow::failed);
    applyLanguage();
}

AppWindow::~AppWindow() = default;

bool AppWindow::load() {
    const QVariantMap shell{
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
    return staged_.load({{QStringLiteral("settings"), QVariant::fromValue(&client_.settings())}}, shell);
}

void AppWindow::raise() {
    QQuickWindow* const shown = window();
    if (shown == nullptr) {
        return;
    }
    if ((shown->windowStates() & Qt::WindowMinimized) != 0) {
        shown->setWindowStates(shown->windowStates() & ~Qt::WindowMinimized);
    }
    shown->show();
    shown->raise();
    shown->requestActivate();
}

void AppWindow::show(const LaunchTarget& target) {
    staged_.whenReady([this, target] {
        QQuickItem* const shell = staged_.shell();
        if (const auto* video = std::get_if<VideoLink>(&target)) {
            QMetaObject::invokeMethod(shell, "openVideo", Q_ARG(QString, QString::number(video->id)));
        } else if (const auto* user = std::get_if<UserLink>(&target)) {
            QMetaObject::invokeMethod(shell, "openUser", Q_ARG(QString, QString::number(user->id)));
        } else {
            QMetaObject::invokeMethod(shell, "openFile",
                                      Q_ARG(QUrl, QUrl::fromLocalFile(std::get<VideoFile>(target).path)));
        }
    });
}

void AppWindow::applyLanguage() {
    const QString chosen = client_.settings().language();
    const QLocale locale = chosen == QLatin1StringView("system") ? QLocale::system() : QLocale(chosen);
    QLocale::setDefault(locale);
    QCoreApplication::removeTranslator(&translator_);
    QCoreApplication::removeTranslator(&qtTranslator_);
    // A language that we do not speak gets English, whose file holds the plural forms.
    const auto folder = QStringLiteral(":/i18n");
    if (translator_.load(locale, QStringLiteral("tikgok"), QStringLiteral("_"), folder) ||
        translator_.load(QStringLiteral("tikgok_en"), folder)) {
        QCoreApplication::installTranslator(&translator_);
    }
    if (qtTranslator_.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                           QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&qtTranslator_);
    }
    client_.comments().setLocale(locale);
    client_.conversations().setLocale(locale);
    client_.chat().setLocale(locale);
    engine_.retranslate();
}

}  // namespace tikgok
