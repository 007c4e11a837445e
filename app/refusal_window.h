// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A small window that says why the program does not start.
#pragma once

#include "app/refusal.h"
#include "app/ui_language.h"

#include <QQmlEngine>
#include <QQuickWindow>

#include <memory>

namespace tikgok {

class RefusalWindow final {
public:
    RefusalWindow();
    ~RefusalWindow();
    Q_DISABLE_COPY_MOVE(RefusalWindow)

    // Shows it as the settings say. They are read and never written: another process may have the data. False
    // when it could not be loaded; stderr says why.
    bool load(const Refusal& refusal);
    // Null before load(), and when that failed.
    [[nodiscard]] QQuickWindow* window() const { return window_.get(); }
    [[nodiscard]] QQmlEngine& engine() { return engine_; }

private:
    UiLanguage language_;
    QQmlEngine engine_;
    std::unique_ptr<QQuickWindow> window_;
};

}  // namespace tikgok
