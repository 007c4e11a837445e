// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls of the admin API from within.
#pragma once

#include "backend-sim/control/admin_router.h"

#include <string_view>

namespace tikgok::sim {

// On the control's thread; for handlers that answer before they return, or soon. `path` is below /_sim/.
http::Response innerCall(const AdminRouter& router, http::Verb verb, std::string_view path,
                         boost::json::object body = {});
// The same for a handler that was found already.
http::Response innerCall(const LateAdminHandler& handler, AdminRequest request);

}  // namespace tikgok::sim
