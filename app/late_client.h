// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of the program that is loaded after the window's first frame: everything but the window. On Linux
// it is a shared object of its own, because the libraries that it needs (FFmpeg's above all) take longer to
// load than the window takes to show. Only types of Qt and those below cross between the two.
#pragma once

#include "app/refusal.h"

#include <QString>
#include <QUrl>
#include <QVariantMap>

class QQmlEngine;

namespace tikgok {

// The client behind the window. GUI thread.
class LateClient {
public:
    LateClient() = default;
    LateClient(const LateClient&) = delete;
    LateClient& operator=(const LateClient&) = delete;
    virtual ~LateClient() = default;

    // What Shell.qml gets; lives as long as the client.
    [[nodiscard]] virtual QVariantMap parts() = 0;
    // Goes online; see Client::start().
    virtual void start(const QUrl& server) = 0;
};

struct LateProgram {
    // Makes a client that shows itself by `engine`, which it must outlive. The caller deletes it.
    LateClient* (*open)(QQmlEngine& engine, const QString& dataDirectory);
    // Runs `--self-check` and returns the exit code.
    int (*selfCheck)();
    // Shows it in a window, and returns when a person has closed that.
    void (*refuse)(const Refusal& refusal);
};

// Null when it cannot be loaded; `problem` then says why. It stays loaded.
const LateProgram* lateProgram(QString* problem);

}  // namespace tikgok

extern "C" const tikgok::LateProgram* tikgokLateProgram();
