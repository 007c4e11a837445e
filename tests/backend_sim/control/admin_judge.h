// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Holds what the admin API takes and answers against docs/openapi-admin.yaml: status, type and every member.
#pragma once

#include "tests/backend_sim/gateway/stage.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim::controltest {

struct AdminVerdict {
    // What is not as described; empty: all is.
    std::vector<std::string> problems;
    // "PUT /_sim/faults/{rule}", as the description calls it; empty: it does not know it.
    std::string operation;
};

// `target`: path and query. What was refused may have been asked in any way; what was done, only as
// described.
AdminVerdict judgeAdmin(std::string_view method, std::string_view target, std::string_view body,
                        const gatewaytest::Reply& reply);

// All operations of the description.
std::set<std::string> describedOperations();

}  // namespace tikgok::sim::controltest
