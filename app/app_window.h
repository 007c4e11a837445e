// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A client that is there already, with its window. The program shows its window first: see front.h.
#pragma once

#include "app/client.h"
#include "app/client_view.h"
#include "app/staged_window.h"

#include <QQmlEngine>

namespace tikgok {

class AppWindow final {
public:
    // `client` must outlive the window.
    explicit AppWindow(Client& client);

    // Makes the window and shows it. False when the QML could not be loaded; stderr says why.
    bool load();
    // Null before load().
    [[nodiscard]] QQuickWindow* window() const { return staged_.window(); }

private:
    QQmlEngine engine_;
    ClientView view_;
    StagedWindow staged_{engine_};
};

}  // namespace tikgok
