// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What can go wrong between the client and a server, as a value.
#pragma once

#include <QObject>
#include <QString>

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>

// A namespace of its own, so that QML sees the values as ErrorKind.Offline and nothing else comes along.
namespace tikgok::ErrorKinds {
Q_NAMESPACE

enum class Kind {
    None,          // no error; the resting value of properties
    Offline,       // no connection to the server could be made
    Timeout,       // no byte moved for too long
    Cut,           // there was a connection, and it ended before the whole answer was here
    Refused,       // the server answered and said no: code and words
    SignedOut,     // the server does not know this caller (any more)
    NotFound,      // no such user, video, comment or address
    TooLarge,      // over the server's size limit
    Throttled,     // too many requests; see Error::retryAfter
    ServerBroken,  // 5xx, or an answer that cannot be understood
    Cancelled,     // nobody waits any more; never shown
    Storage,       // this device could not keep or find something
    Invalid,       // refused here before anything was sent (empty, too long)
};
Q_ENUM_NS(Kind)

}  // namespace tikgok::ErrorKinds

namespace tikgok {

using ErrorKind = ErrorKinds::Kind;

// Why no connection was made, where that is known.
enum class LinkProblem : std::uint8_t {
    None,
    NoSuchHost,
    Refused,    // the host is there, nobody listens
    Tls,        // no encrypted connection; Error::detail has the library's words
    NotHttp,    // somebody answers, in another language
    Elsewhere,  // sends us to another host, which does not get our requests
};

struct Error {
    ErrorKind kind = ErrorKind::ServerBroken;
    // The server's status_code, or 0 when there was none.
    int code = 0;
    // The server's status_msg as sent, or empty. May be shown in quotes, never alone.
    QString serverWords;
    // Whether the same call can succeed later without the person changing anything.
    bool retryable = false;
    // The server may have carried the request out although no answer arrived. A write that is not idempotent
    // must be looked for on the server before it is sent again.
    bool maybeDone = false;
    // How long the server asked us to wait.
    std::optional<std::chrono::milliseconds> retryAfter;
    LinkProblem link = LinkProblem::None;
    // For logs. Holds no token, password, address query or text of a person.
    QString detail;
};

template <class T>
using Result = std::expected<T, Error>;

// The result of a question. What a server said earlier, kept on this device, can take the place of an answer
// that does not come; `savedAt` then says when that was (milliseconds of the Unix epoch).
template <class T>
class Answered : public std::expected<T, Error> {
public:
    using std::expected<T, Error>::expected;

    std::optional<qint64> savedAt = std::nullopt;
};

// Nobody answered.
constexpr bool isSilence(ErrorKind kind) {
    return kind == ErrorKind::Offline || kind == ErrorKind::Timeout || kind == ErrorKind::Cut;
}

// Nobody answered, or nobody who makes sense: another time may do.
constexpr bool isAway(ErrorKind kind) {
    return isSilence(kind) || kind == ErrorKind::ServerBroken;
}

// An error that was found before anything was sent.
Error invalidInput(QString detail);
Error cancelledError();

}  // namespace tikgok
