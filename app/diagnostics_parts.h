// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What goes into the bundle of a bug report.
#pragma once

#include "core/diagnostics/bundle.h"

#include <QList>

namespace tikgok {

class Client;

// Versions, settings, what is known of the server, counts, and the log. No token, password, name, message,
// comment or draft.
QList<BundlePart> diagnosticsParts(Client& client);

}  // namespace tikgok
