// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/server_address.h"

#include <QHostAddress>

#include <algorithm>

namespace tikgok {

namespace {

struct HostAndPort {
    QString host;
    // -1: none.
    int port = -1;
    bool badPort = false;
};

HostAndPort splitAuthority(const QString& authority) {
    HostAndPort parts{.host = authority};
    // The colons of [::1] are not the one before the port.
    const bool literal = authority.startsWith(QLatin1Char('['));
    const auto colon =
        literal ? authority.indexOf(QLatin1String("]:")) + 1 : authority.indexOf(QLatin1Char(':'));
    if (colon < (literal ? 1 : 0)) {
        return parts;
    }
    parts.host = authority.left(colon);
    const QString digits = authority.mid(colon + 1);
    if (digits.isEmpty()) {
        return parts;
    }
    const bool onlyDigits = std::ranges::all_of(
        digits, [](QChar one) { return one >= QLatin1Char('0') && one <= QLatin1Char('9'); });
    constexpr int kMostDigits = 5;
    parts.port = onlyDigits && digits.size() <= kMostDigits ? digits.toInt() : 0;
    constexpr int kHighestPort = 65535;
    parts.badPort = parts.port < 1 || parts.port > kHighestPort;
    return parts;
}

bool isPublicName(const QString& host) {
    return host.contains(QLatin1Char('.')) && QHostAddress(host).isNull() &&
           !host.endsWith(QLatin1String(".local"), Qt::CaseInsensitive) &&
           !host.endsWith(QLatin1String(".localhost"), Qt::CaseInsensitive);
}

// What stands before the contract's own paths, which people paste along.
QString prefixOf(QString path) {
    if (const auto own = path.indexOf(QLatin1String("/douyin")); own >= 0) {
        const auto end = own + QLatin1String("/douyin").size();
        if (end == path.size() || path.at(end) == QLatin1Char('/')) {
            path.truncate(own);
        }
    }
    while (path.endsWith(QLatin1Char('/'))) {
        path.chop(1);
    }
    return path;
}

}  // namespace

std::expected<QUrl, AddressProblem> parseServerAddress(const QString& typed) {
    QString text = typed.trimmed();
    if (text.isEmpty()) {
        return std::unexpected(AddressProblem::Empty);
    }
    QString scheme;
    if (const auto mark = text.indexOf(QLatin1String("://")); mark >= 0) {
        scheme = text.left(mark).toLower();
        text = text.mid(mark + 3);
        if (scheme != QLatin1String("http") && scheme != QLatin1String("https")) {
            return std::unexpected(AddressProblem::Scheme);
        }
    }
    const auto end =
        std::ranges::find_if(text, [](QChar one) { return one == u'/' || one == u'?' || one == u'#'; });
    const QString authority = text.left(end - text.begin());
    if (authority.contains(QLatin1Char('@'))) {
        return std::unexpected(AddressProblem::UserInfo);
    }
    const HostAndPort parts = splitAuthority(authority);
    if (parts.host.isEmpty() ||
        parts.host.startsWith(QLatin1Char('[')) != parts.host.endsWith(QLatin1Char(']'))) {
        return std::unexpected(AddressProblem::Host);
    }
    if (parts.badPort) {
        return std::unexpected(AddressProblem::Port);
    }
    if (scheme.isEmpty()) {
        constexpr int kTlsPort = 443;
        const bool secure = parts.port == kTlsPort || (parts.port < 0 && isPublicName(parts.host));
        scheme = secure ? QStringLiteral("https") : QStringLiteral("http");
    }
    QUrl url(scheme + QStringLiteral("://") + parts.host + text.mid(authority.size()), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) {
        // A path may hold what a strict reader does not like, too; the host is what people get wrong.
        return std::unexpected(AddressProblem::Host);
    }
    const int usual = scheme == QLatin1String("https") ? 443 : 80;
    url.setPort(parts.port == usual ? -1 : parts.port);
    url.setPath(prefixOf(url.path()));
    url.setQuery(QString());
    url.setFragment(QString());
    return url;
}

}  // namespace tikgok
