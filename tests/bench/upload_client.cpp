// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Publishes one file through the client's own Api and Transport and says how far its memory grew.
//
// bench_upload_client --server URL --file FILE prints one JSON object.

#include "core/api/api.h"
#include "core/api/network_transport.h"
#include "tests/bench/process_facts.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>
#include <cstdio>
#include <stop_token>

namespace tikgok::bench {

namespace {

QJsonObject refused(const char* what, const Error& error) {
    return {{QStringLiteral("ok"), false},
            {QStringLiteral("problem"), QStringLiteral("%1: kind %2, code %3, %4 %5")
                                            .arg(QLatin1StringView(what))
                                            .arg(static_cast<int>(error.kind))
                                            .arg(error.code)
                                            .arg(error.serverWords, error.detail)}};
}

QJsonObject publish(const QUrl& server, const QString& file) {
    NetworkTransport transport(server);
    Api api(transport);
    const std::stop_token alive;
    const QString name =
        QStringLiteral("up-%1-%2").arg(QCoreApplication::applicationPid()).arg(nowNs() % 1000000);
    const auto account = QCoro::waitFor(api.registerAccount(name, QStringLiteral("bench-password"), alive));
    if (!account) {
        return refused("register", account.error());
    }
    const QString token = QString::fromStdString(account->token);
    // A request or two before, so that what any request needs is not counted.
    if (const auto feed = QCoro::waitFor(api.feed({}, token, alive)); !feed) {
        return refused("feed", feed.error());
    }
    ProcessFacts::forgetPeak();
    const ProcessFacts before = ProcessFacts::now();
    qint64 sent = 0;
    const qint64 start = nowNs();
    const auto done =
        QCoro::waitFor(api.publish({.filePath = file,
                                    .fileName = QStringLiteral("clip.mp4"),
                                    .title = QStringLiteral("client"),
                                    .progress = [&sent](qint64 now, qint64) { sent = std::max(sent, now); }},
                                   token, alive));
    const qint64 took = nowNs() - start;
    if (!done) {
        return refused("publish", done.error());
    }
    const ProcessFacts after = ProcessFacts::now();
    return {{QStringLiteral("ok"), true},
            {QStringLiteral("seconds"), static_cast<double>(took) / 1e9},
            {QStringLiteral("bytes"), sent},
            {QStringLiteral("before_kb"), before.rssKb},
            {QStringLiteral("peak_growth_kb"), after.peakKb - before.rssKb}};
}

}  // namespace

}  // namespace tikgok::bench

int main(int argc, char* argv[]) {
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption server(QStringLiteral("server"), QStringLiteral("Where to publish."),
                                    QStringLiteral("URL"));
    const QCommandLineOption file(QStringLiteral("file"), QStringLiteral("What to publish."),
                                  QStringLiteral("FILE"));
    parser.addOptions({server, file});
    parser.addHelpOption();
    parser.process(app);
    const QJsonObject report = tikgok::bench::publish(QUrl(parser.value(server)), parser.value(file));
    std::printf("%s\n", QJsonDocument(report).toJson(QJsonDocument::Compact).constData());
    return report.value(QLatin1StringView("ok")).toBool() ? 0 : 1;
}
