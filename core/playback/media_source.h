// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where the player may take the bytes of a video from instead of the network: a store that keeps what was
// read. Implemented by whoever has such a store.
#pragma once

#include <QUrl>

#include <expected>
#include <functional>
#include <memory>
#include <span>

namespace tikgok {

// The bytes of one video. For one thread, which may be any.
class MediaBytes {
public:
    enum class Failure {
        Network,      // no answer, refused, broken off, or the server is in trouble
        NotFound,     // the server says that it is not there
        Unavailable,  // this store cannot keep it (any more): read it from its address
        Stopped,      // `stopped` said so
        TooLarge,     // more than anybody who asks for it in whole may get, from its address neither
    };

    MediaBytes() = default;
    MediaBytes(const MediaBytes&) = delete;
    MediaBytes& operator=(const MediaBytes&) = delete;
    virtual ~MediaBytes() = default;

    // Blocks until at least one byte from `at` on is there, and answers how many were put into `into`; 0 at
    // the end. Looks at `stopped` at least ten times a second.
    virtual std::expected<qint64, Failure> read(qint64 at, std::span<char> into,
                                                const std::function<bool()>& stopped) = 0;
    // Of the whole file. Negative when the server does not say.
    virtual std::expected<qint64, Failure> size(const std::function<bool()>& stopped) = 0;
    // What was read is no video: the store forgets it, so that it is fetched afresh the next time.
    virtual void reportDamaged() = 0;
};

// Thread-safe.
class MediaSource {
public:
    MediaSource() = default;
    MediaSource(const MediaSource&) = delete;
    MediaSource& operator=(const MediaSource&) = delete;
    virtual ~MediaSource() = default;

    // Does not block. Null: read it from its address. What was opened may outlive the source.
    virtual std::unique_ptr<MediaBytes> open(const QUrl& url) = 0;
};

}  // namespace tikgok
