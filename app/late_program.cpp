// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/late_client.h"

#ifdef TIKGOK_LATE_MODULE
#include <QCoreApplication>
#include <QLibrary>
#endif

namespace tikgok {

#ifdef TIKGOK_LATE_MODULE

const LateProgram* lateProgram(QString* problem) {
    QLibrary module(QCoreApplication::applicationDirPath() + QStringLiteral("/" TIKGOK_LATE_MODULE));
    // Its types and threads are in use until the process ends.
    module.setLoadHints(QLibrary::PreventUnloadHint);
    using Entry = const LateProgram* (*)();
    const auto entry = reinterpret_cast<Entry>(module.resolve("tikgokLateProgram"));
    if (entry == nullptr) {
        *problem = module.errorString();
        return nullptr;
    }
    return entry();
}

#else

const LateProgram* lateProgram(QString* /*problem*/) {
    return tikgokLateProgram();
}

#endif

}  // namespace tikgok
