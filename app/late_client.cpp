// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/late_client.h"

#include "app/client.h"
#include "app/client_view.h"
#include "app/refusal_window.h"
#include "app/self_check.h"
#include "core/account/keychain_vault.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>
#include <memory>

namespace tikgok {

namespace {

class OpenClient final : public LateClient {
public:
    OpenClient(QQmlEngine& engine, const QString& dataDirectory)
        : client_(ClientPaths::in(dataDirectory), std::make_unique<KeychainVault>()), view_(client_, engine) {
        client_.log().install();
    }

    QVariantMap parts() override { return view_.parts(); }
    void start(const QUrl& server) override { client_.start(server); }

private:
    Client client_;
    ClientView view_;
};

LateClient* openClient(QQmlEngine& engine, const QString& dataDirectory) {
    return std::make_unique<OpenClient>(engine, dataDirectory).release();
}

int runSelfCheck() {
    SelfCheck check;
    QObject::connect(&check, &SelfCheck::finished, qApp, [](const QJsonObject& report) {
        const QByteArray json = QJsonDocument(report).toJson(QJsonDocument::Compact);
        std::fprintf(stdout, "%s\n", json.constData());
        std::fflush(stdout);
        QCoreApplication::exit(report.value(QLatin1StringView("ok")).toBool() ? 0 : 1);
    });
    check.start();
    return QCoreApplication::exec();
}

void showRefusal(const Refusal& refusal) {
    // Where there is no OpenGL the program would start anew, and what the desktop told it would be lost.
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    RefusalWindow window;
    if (window.load(refusal)) {
        QCoreApplication::exec();
    }
}

}  // namespace

}  // namespace tikgok

extern "C" const tikgok::LateProgram* tikgokLateProgram() {
    static constexpr tikgok::LateProgram kProgram{
        .open = tikgok::openClient, .selfCheck = tikgok::runSelfCheck, .refuse = tikgok::showRefusal};
    return &kProgram;
}
