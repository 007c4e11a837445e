// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What an Intent of the kind Publish remembers in its `data`.
#pragma once

#include "core/contract/types.h"
#include "core/publish/publish_rules.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <cstdint>
#include <optional>

namespace tikgok {

// A file as it was when somebody looked.
struct FileStamp {
    std::int64_t size = 0;
    // Milliseconds of the Unix epoch.
    std::int64_t modified = 0;

    bool operator==(const FileStamp&) const = default;
};

struct PublishData {
    // The file that was chosen, its name as told to the server, and how it was then.
    QString path;
    QString name;
    FileStamp stamp;
    // Ours, in the data directory, because the chosen one lay in a temporary place. Empty: `path` is sent.
    QString keptPath;
    // The draft that it came from; 0: none.
    std::int64_t draft = 0;
    // A picture for the server, and a small one to show. May be empty.
    QByteArray cover;
    QByteArray thumb;
    // The account's videos before the first byte was sent; nothing: no byte was.
    std::optional<QList<contract::Id>> known;
    // What became of it; 0 while it is not known.
    contract::Id videoId = 0;
    // Why this device did not send it.
    PublishProblem problem = PublishProblem::None;

    [[nodiscard]] QString pathToSend() const { return keptPath.isEmpty() ? path : keptPath; }

    // JSON; ids as strings.
    [[nodiscard]] QByteArray write() const;
    // What cannot be read is left at its default.
    static PublishData read(const QByteArray& bytes);
};

}  // namespace tikgok
