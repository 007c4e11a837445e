// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/front.h"

#include "app/client_paths.h"
#include "app/first_look.h"
#include "app/ui_font.h"

#include <QGuiApplication>

#include <utility>

namespace tikgok {

Front::Front(QString dataDirectory, QUrl server, QObject* parent)
    : QObject(parent), dataDirectory_(std::move(dataDirectory)), server_(std::move(server)) {
    QGuiApplication::setFont(uiFont());
    engine_.addImportPath(QStringLiteral("qrc:/qt/qml"));
    connect(&staged_, &StagedWindow::shown, this, &Front::openClient);
    connect(&staged_, &StagedWindow::failed, this, &Front::failed);
}

Front::~Front() = default;

bool Front::load() {
    return staged_.load(firstLook(ClientPaths::in(dataDirectory_).settingsFile));
}

void Front::openClient() {
    QString problem;
    const LateProgram* const program = lateProgram(&problem);
    if (program == nullptr) {
        qWarning("%s", qPrintable(problem));
        Q_EMIT failed();
        return;
    }
    client_.reset(program->open(engine_, dataDirectory_));
    client_->start(server_);
    staged_.fill(client_->parts());
}

}  // namespace tikgok
