// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A client as a QML engine shows it: its pictures, its language, its objects.
#pragma once

#include "app/client.h"
#include "app/ui_language.h"

#include <QObject>
#include <QQmlEngine>
#include <QQmlNetworkAccessManagerFactory>
#include <QVariantMap>

#include <memory>

namespace tikgok {

class ClientView final : public QObject {
    Q_OBJECT

public:
    // `client` must outlive it. It must outlive what `engine` makes.
    ClientView(Client& client, QQmlEngine& engine, QObject* parent = nullptr);
    ~ClientView() override;

    // What Shell.qml gets.
    [[nodiscard]] QVariantMap parts() const;

private:
    void applyLanguage();

    Client& client_;
    QQmlEngine& engine_;
    UiLanguage language_;
    std::unique_ptr<QQmlNetworkAccessManagerFactory> pictures_;
};

}  // namespace tikgok
