// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a request ends that nobody waits for any more.
#pragma once

#include <QNetworkReply>

namespace tikgok {

// Soon, and so also from within one of its signals; who listens to it disconnects first. A reply that goes
// takes its request along. Not abort(): an error may be on its way here from Qt's own thread, as behind the
// first bytes of a 404. It would be the second one, which Qt logs as an "Internal problem".
inline void endReply(QNetworkReply& reply) {
    reply.deleteLater();
}

}  // namespace tikgok
