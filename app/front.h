// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window at once, the client behind it after its first frame.
#pragma once

#include "app/late_client.h"
#include "app/staged_window.h"

#include <QObject>
#include <QQmlEngine>
#include <QUrl>

#include <memory>

namespace tikgok {

class Front final : public QObject {
    Q_OBJECT

public:
    // `dataDirectory`: see ClientPaths::in(). `server`: see Client::start().
    Front(QString dataDirectory, QUrl server, QObject* parent = nullptr);
    ~Front() override;

    // Shows the window. False when its QML could not be loaded; stderr says why.
    bool load();
    [[nodiscard]] StagedWindow& window() { return staged_; }

Q_SIGNALS:
    // The window is there, but what should be in it could not be loaded; stderr says why.
    void failed();

private:
    void openClient();

    QString dataDirectory_;
    QUrl server_;
    // Outlives everything that shows it.
    std::unique_ptr<LateClient> client_;
    QQmlEngine engine_;
    StagedWindow staged_{engine_};
};

}  // namespace tikgok
