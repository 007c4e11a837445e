// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/options.h"

#include <QDir>
#include <QFileInfo>

#include <CLI/CLI.hpp>

#include <sstream>

namespace tikgok {

namespace {

// An http or https URL with a host, as a person would type it.
QUrl serverUrl(const std::string& text) {
    QUrl url(QString::fromStdString(text).trimmed(), QUrl::StrictMode);
    const bool usable =
        url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() &&
        (url.scheme() == QLatin1StringView("http") || url.scheme() == QLatin1StringView("https"));
    if (!usable) {
        return {};
    }
    url = url.adjusted(QUrl::StripTrailingSlash | QUrl::RemoveQuery | QUrl::RemoveFragment);
    if (url.path() == QLatin1StringView("/")) {
        url.setPath({});  // the adjustment keeps the slash of the root
    }
    return url;
}

// For words: what stands before the @ of an address may be a password, and words go into logs.
QString withoutPassword(QString address) {
    const auto from = address.indexOf(QLatin1StringView("//"));
    const auto at = address.lastIndexOf(QLatin1Char('@'));
    if (at > from) {
        address.replace(from < 0 ? 0 : from + 2, at - (from < 0 ? 0 : from + 2), QStringLiteral("…"));
    }
    return address;
}

// A link as a person knows it: no password, and letters instead of their codes.
QString forPeople(const QString& link) {
    const QUrl url(link);
    return url.isValid() ? url.toDisplayString() : link;
}

// "a", "a and b", "a, b and c".
QString inWords(QStringList things) {
    const QString last = things.takeLast();
    return things.isEmpty() ? last : things.join(QStringLiteral(", ")) + QStringLiteral(" and ") + last;
}

}  // namespace

std::variant<Options, Leave> parseOptions(int argc, const char* const* argv) {
    CLI::App app("TikGok: short videos, with a server of its own inside or any server of the same contract.",
                 "tikgok");
    app.set_version_flag("--version,-v", std::string("tikgok ") + TIKGOK_VERSION);
    std::string server;
    std::string data;
    std::string what;
    Options options;
    const auto* const serverOption =
        app.add_option("--server", server, "Talk to the server at this address instead of the one inside")
            ->type_name("URL");
    const auto* const dataOption =
        app.add_option("--data", data, "Keep settings, drafts and the inner server's data here")
            ->type_name("DIR");
    app.add_flag("--self-check", options.selfCheck,
                 "Play, like and comment on a server of its own in a temporary directory, print one JSON "
                 "object, and leave; not with --server or --data");
    app.add_option("what", what, "A video file to publish, or a link: tikgok://video/ID, tikgok://user/ID")
        ->type_name("FILE|LINK");
    app.footer(
        "Without a display: QT_QPA_PLATFORM=offscreen tikgok --self-check\n"
        "Keys inside: Up and Down for the videos, Space to pause, L to like, C for the comments, ? for all "
        "of them.");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out;
        std::ostringstream problem;
        const int code = app.exit(error, out, problem);
        return Leave{.code = code == 0 ? 0 : 2, .text = QString::fromStdString(out.str() + problem.str())};
    }
    // Somebody would take what it says for an answer about that server or that directory.
    QStringList idle;
    if (serverOption->count() > 0) {
        idle << QStringLiteral("--server");
    }
    if (dataOption->count() > 0) {
        idle << QStringLiteral("--data");
    }
    if (!what.empty()) {
        idle << QStringLiteral("'%1'").arg(QString::fromLocal8Bit(what));
    }
    if (options.selfCheck && !idle.isEmpty()) {
        return Leave{
            .code = 2,
            .text = QStringLiteral("tikgok: --self-check has a server, a directory and videos of its "
                                   "own; leave %1 out\n")
                        .arg(inWords(idle))};
    }
    if (serverOption->count() > 0) {
        options.server = serverUrl(server);
        if (options.server.isEmpty()) {
            return Leave{
                .code = 2,
                .text = QStringLiteral("tikgok: '%1' is not the address of a server. It should look like "
                                       "http://192.168.1.20:8080 or https://videos.example.org\n")
                            .arg(withoutPassword(QString::fromStdString(server)))};
        }
    }
    // A variable of a script that was empty, and somebody's real data would be taken instead.
    if (dataOption->count() > 0 && data.empty()) {
        return Leave{.code = 2, .text = QStringLiteral("tikgok: --data needs the name of a directory\n")};
    }
    if (!what.empty()) {
        const QString word = QString::fromLocal8Bit(what);
        const auto refusal = [&data](Refusal::Reason reason, const QString& of) {
            return Refusal{.reason = reason, .word = of, .dataDirectory = QString::fromStdString(data)};
        };
        options.target = parseLaunchTarget(word, QDir::currentPath());
        if (!options.target) {
            return Leave{.code = 2,
                         .text = QStringLiteral("tikgok: '%1' is neither a file nor a link like "
                                                "tikgok://video/7 or tikgok://user/7\n")
                                     .arg(word),
                         .refusal = refusal(Refusal::Reason::NoTarget, forPeople(word))};
        }
        const auto* const file = std::get_if<VideoFile>(&*options.target);
        if (file != nullptr && QFileInfo(file->path).isDir()) {
            return Leave{
                .code = 2,
                .text = QStringLiteral("tikgok: '%1' is a directory; a video file is wanted\n").arg(word),
                .refusal = refusal(Refusal::Reason::Folder, file->path)};
        }
    }
    options.dataDirectory = QString::fromStdString(data);
    return options;
}

}  // namespace tikgok
