// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/launch_target.h"

#include <QDir>
#include <QUrl>

namespace tikgok {

namespace {

constexpr QLatin1StringView kScheme{"tikgok"};

// Positive decimal digits and nothing else.
contract::Id linkId(const QString& text) {
    for (const QChar c : text) {
        if (c < QLatin1Char('0') || c > QLatin1Char('9')) {
            return 0;
        }
    }
    return text.toLongLong();
}

LaunchTarget parseLink(const QUrl& url, const QString& word) {
    // tikgok://video/7 has the host "video"; a final slash is what some browsers add.
    QString rest = url.path();
    if (rest.startsWith(QLatin1Char('/'))) {
        rest.remove(0, 1);
    }
    if (rest.endsWith(QLatin1Char('/'))) {
        rest.chop(1);
    }
    const contract::Id id = linkId(rest);
    if (id > 0 && url.host() == QLatin1StringView("video")) {
        return VideoLink{id};
    }
    if (id > 0 && url.host() == QLatin1StringView("user")) {
        return UserLink{id};
    }
    return BrokenLink{word};
}

}  // namespace

std::optional<LaunchTarget> parseLaunchTarget(const QString& word, const QString& directory) {
    if (word.isEmpty()) {
        return {};
    }
    const QUrl url(word, QUrl::StrictMode);
    if (url.scheme() == kScheme) {
        return parseLink(url, word);
    }
    if (url.isLocalFile()) {
        return VideoFile{url.toLocalFile()};
    }
    if (word.contains(QLatin1StringView("://"))) {
        return {};
    }
    return VideoFile{QDir::cleanPath(QDir(directory).absoluteFilePath(word))};
}

QString launchWord(const LaunchTarget& target) {
    if (const auto* video = std::get_if<VideoLink>(&target)) {
        return QStringLiteral("tikgok://video/%1").arg(video->id);
    }
    if (const auto* user = std::get_if<UserLink>(&target)) {
        return QStringLiteral("tikgok://user/%1").arg(user->id);
    }
    if (const auto* broken = std::get_if<BrokenLink>(&target)) {
        return broken->word;
    }
    return std::get<VideoFile>(target).path;
}

}  // namespace tikgok
