// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a person wants done on a server, as a plain value that is kept until it is done or given up.
#pragma once

#include "core/api/error.h"
#include "core/contract/types.h"

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <cstdint>

namespace tikgok {

// Given by the outbox, never used twice by one file. 0 is none.
using IntentId = std::int64_t;

enum class IntentKind : std::uint8_t {
    Like,           // target: a video; `on` tells which way. A newer one replaces one that waits
    Follow,         // target: a user; as Like
    Comment,        // target: a video; `text`
    DeleteComment,  // target: a video; `object`: the comment
    Message,        // target: a user; `text`
    Publish,        // no target; `text` is the title, `data` what core/publish needs (see there)
};

enum class IntentState : std::uint8_t {
    Waiting,  // for its turn, for its time, for a network, or for its account
    Paused,   // by the person; only Publish
    Sending,
    Checking,  // it may have arrived: the server's lists are asked before it is sent again
    Sent,      // the server has it
    Failed,    // the server, or this device, said no; until it is retried or discarded
};

struct Intent {
    IntentId id = 0;
    // Whose it is: Session::accountKey().
    QString account;
    IntentKind kind = IntentKind::Like;
    contract::Id target = 0;
    contract::Id object = 0;
    bool on = true;
    QString text;
    // Belongs to the handler of the kind: what it has to remember between tries and restarts.
    QByteArray data;
    // What Activity shows beside it, e.g. the title of the video. For people.
    QString caption;

    IntentState state = IntentState::Waiting;
    // A try may have reached the server although no answer came. Kinds that are not idempotent are checked
    // before the next try. Also set for what was Sending when the program ended.
    bool maybeDone = false;
    int attempts = 0;
    // Milliseconds of the Unix epoch.
    std::int64_t createdAt = 0;
    // Not before this moment; 0: at once.
    std::int64_t nextTry = 0;
    // Why it waits, or failed; None otherwise.
    ErrorKind errorKind = ErrorKind::None;
    // The server's words, may be empty.
    QString errorWords;
    // It is on this device's disk. False for some milliseconds, or for good when the disk refuses.
    bool kept = false;

    bool operator==(const Intent&) const = default;
};

}  // namespace tikgok

Q_DECLARE_METATYPE(tikgok::Intent)
