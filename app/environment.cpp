// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/environment.h"

#include <QString>

#include <cstdio>
#include <cstdlib>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>
#endif

namespace tikgok {

namespace {

QtMessageHandler usualMessages = nullptr;

void messageBeforeDisplay(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    if (type != QtFatalMsg) {
        usualMessages(type, context, text);
        return;
    }
    std::fputs(
        "tikgok: a window cannot be opened: there is no display (DISPLAY, WAYLAND_DISPLAY) or it does not "
        "answer. Without one: QT_QPA_PLATFORM=offscreen tikgok --self-check\n",
        stderr);
    std::_Exit(1);  // Qt's objects are half made
}

}  // namespace

void mendEnvironment() {
#ifdef Q_OS_UNIX
    for (const char* name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"}) {
        const QByteArray value = qgetenv(name);
        if (!value.isEmpty() && !value.startsWith('/')) {
            qunsetenv(name);
        }
    }
    if (!qgetenv("HOME").startsWith('/')) {
        const passwd* const user = ::getpwuid(::getuid());
        if (user != nullptr && user->pw_dir != nullptr && user->pw_dir[0] == '/') {
            qputenv("HOME", user->pw_dir);
        }
    }
#endif
}

NoDisplayInWords::NoDisplayInWords() {
    usualMessages = qInstallMessageHandler(messageBeforeDisplay);
}

NoDisplayInWords::~NoDisplayInWords() {
    qInstallMessageHandler(usualMessages);
}

}  // namespace tikgok
