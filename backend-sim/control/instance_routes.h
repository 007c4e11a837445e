// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// /_sim/instances: copies of this simulator in this process, each with a port and a directory of its own.
#pragma once

#include "backend-sim/control/world_routes.h"

#include <string>
#include <vector>

namespace tikgok::sim {

// One thread.
class InstanceKeeper {
public:
    struct Instance {
        std::string id;
        std::string url;
        std::string adminToken;
    };

    virtual ~InstanceKeeper() = default;
    // Of the world as it is now, with its clock. Nothing that happens in one is seen in another.
    virtual WorldKeeper::Result<Instance> fork() = 0;
    [[nodiscard]] virtual std::vector<Instance> instances() const = 0;
    // Its directory goes, too. False when there is none.
    virtual bool stop(const std::string& id) = 0;
};

void addInstanceRoutes(AdminRouter& router, InstanceKeeper& keeper);

}  // namespace tikgok::sim
