// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is known of the server that the client talks to, for those who have to go by it.
#pragma once

#include <QObject>
#include <QString>

#include <cstdint>

// A namespace of its own, so that QML sees the values as Dialect.TikGok and nothing else comes along.
namespace tikgok::Dialects {
Q_NAMESPACE

// Told from the shapes of its answers; contract.md says how they differ.
enum class Dialect {
    Unknown,   // never asked
    Standard,  // as our own server
    TikGok,    // the reference server: nanoseconds, bytes, 4 MiB
    Demo,      // the official demo: seconds, members left out
    Other,     // of the contract, and none of these
};
Q_ENUM_NS(Dialect)

}  // namespace tikgok::Dialects

namespace tikgok {

using Dialect = Dialects::Dialect;

// In what a server counts the length of names, titles, comments and messages.
enum class LengthUnit : std::uint8_t { Characters, Bytes };

struct ServerTraits {
    Dialect dialect = Dialect::Unknown;
    // Messages come by themselves.
    bool push = false;
    // Videos in the first page of the feed when it was asked.
    int pageSize = 0;
    // Milliseconds of the Unix epoch; 0: never asked.
    std::int64_t checkedAt = 0;

    // What follows from the dialect.
    [[nodiscard]] LengthUnit lengthUnit() const {
        return dialect == Dialect::TikGok ? LengthUnit::Bytes : LengthUnit::Characters;
    }
    // False: it makes the cover of a video by itself, whatever comes with it. Servers of other kinds may,
    // too.
    [[nodiscard]] bool takesCover() const { return dialect != Dialect::TikGok && dialect != Dialect::Demo; }
    // Largest request in bytes, all of it; 0: not known. A server that was set up otherwise says 413.
    [[nodiscard]] std::int64_t uploadLimit() const {
        constexpr std::int64_t kMiB = std::int64_t{1024} * 1024;
        switch (dialect) {
            case Dialect::TikGok:
                return 4 * kMiB;
            case Dialect::Standard:
                return 200 * kMiB;
            case Dialect::Unknown:
            case Dialect::Demo:
            case Dialect::Other:
                break;
        }
        return 0;
    }

    bool operator==(const ServerTraits&) const = default;
};

// Asked anew whenever the answer matters: it changes with the server, and when that was looked at.
class ServerFacts {
public:
    ServerFacts() = default;
    ServerFacts(const ServerFacts&) = delete;
    ServerFacts& operator=(const ServerFacts&) = delete;
    virtual ~ServerFacts() = default;

    // Of the present server; all defaults when nothing is known.
    [[nodiscard]] virtual ServerTraits traits() const = 0;
};

// The length of a text as that server counts it. A lone surrogate counts as the replacement character that it
// becomes on the wire.
int lengthOf(const QString& text, LengthUnit unit);

}  // namespace tikgok
