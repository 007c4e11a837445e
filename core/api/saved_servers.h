// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The address book as it is kept between runs. Holds nothing secret.
#pragma once

#include "core/api/server_facts.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace tikgok {

struct SavedServer {
    // For people; may be empty.
    QString name;
    // As parseServerAddress() makes it.
    QUrl url;

    bool operator==(const SavedServer&) const = default;
};

class SavedServers {
public:
    SavedServers() = default;
    SavedServers(const SavedServers&) = delete;
    SavedServers& operator=(const SavedServers&) = delete;
    virtual ~SavedServers() = default;

    [[nodiscard]] virtual QList<SavedServer> savedServers() const = 0;
    virtual void setSavedServers(const QList<SavedServer>& servers) = 0;
    // What was found of a server, by its key (see ServersModel); all defaults when nothing is known.
    [[nodiscard]] virtual ServerTraits rememberedTraits(const QString& key) const = 0;
    virtual void rememberTraits(const QString& key, const ServerTraits& traits) = 0;
};

}  // namespace tikgok
