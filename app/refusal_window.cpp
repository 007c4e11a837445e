// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/refusal_window.h"

#include "app/client_paths.h"
#include "app/first_look.h"
#include "app/ui_font.h"

#include <QGuiApplication>
#include <QIcon>
#include <QQmlComponent>

namespace tikgok {

namespace {

QString reasonWord(Refusal::Reason reason) {
    switch (reason) {
        case Refusal::Reason::NoAnswer:
            return QStringLiteral("noAnswer");
        case Refusal::Reason::DataInUse:
            return QStringLiteral("dataInUse");
        case Refusal::Reason::Folder:
            return QStringLiteral("folder");
        case Refusal::Reason::NoTarget:
            break;
    }
    return QStringLiteral("noTarget");
}

// In one line, with its begin and its end: a window has room for so much.
QString shortened(const QString& word) {
    constexpr qsizetype kMost = 80;
    const QList<uint> letters = word.simplified().toUcs4();
    const auto part = [](const QList<uint>& from) {
        return QString::fromUcs4(reinterpret_cast<const char32_t*>(from.constData()), from.size());
    };
    return letters.size() <= kMost
               ? part(letters)
               : part(letters.first(kMost / 2)) + QChar(0x2026) + part(letters.last(kMost / 2));
}

}  // namespace

RefusalWindow::RefusalWindow() {
    QGuiApplication::setFont(uiFont());
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/tikgok/icons/tikgok.svg")));
    engine_.addImportPath(QStringLiteral("qrc:/qt/qml"));
}

RefusalWindow::~RefusalWindow() = default;

bool RefusalWindow::load(const Refusal& refusal) {
    const QString settings = ClientPaths::settingsFileIn(refusal.dataDirectory);
    engine_.setUiLanguage(language_.use(firstLanguage(settings)).name());
    QVariantMap properties = firstLook(settings);
    properties.insert(QStringLiteral("reason"), reasonWord(refusal.reason));
    properties.insert(QStringLiteral("word"), shortened(refusal.word));
    QQmlComponent component(&engine_, QUrl(QStringLiteral("qrc:/qt/qml/TikGok/RefusalWindow.qml")));
    // Qt 6.4 does not survive being asked for what it could not load.
    std::unique_ptr<QObject> made(component.isReady() ? component.createWithInitialProperties(properties)
                                                      : nullptr);
    if (auto* shown = qobject_cast<QQuickWindow*>(made.get())) {
        window_.reset(shown);
        static_cast<void>(made.release());
        return true;
    }
    for (const QQmlError& error : component.errors()) {
        qWarning("%s", qPrintable(error.toString()));
    }
    return false;
}

}  // namespace tikgok
