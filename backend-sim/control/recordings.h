// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// /_sim/recording: writes down what happens, and lets it happen again in a simulator of its own.
#pragma once

#include "backend-sim/control/admin_api.h"
#include "backend-sim/control/carried_worlds.h"
#include "backend-sim/control/recorder.h"
#include "backend-sim/control/replay_file.h"
#include "backend-sim/control/world_routes.h"

#include <boost/json/object.hpp>

#include <atomic>
#include <expected>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

namespace tikgok::sim {

class Recordings {
public:
    // Everything must outlive this object.
    struct Needs {
        AdminApi& api;
        Recorder& recorder;
        WorldKeeper& worlds;
        CarriedWorlds& carried;
        VirtualTime& time;
        std::string version;
        // What this simulator is like, but for clock, faults and faults inside.
        std::function<ReplayStart()> likeness;
        // A recording has begun, or ended.
        std::function<void()> turned;
        // Replays a file; gives the report. Blocks for as long as that takes; the error is a sentence.
        std::function<std::expected<boost::json::object, std::string>(std::string content,
                                                                      const std::stop_token& stop)>
            replay;
    };
    explicit Recordings(Needs needs) : needs_(std::move(needs)) {}
    ~Recordings() { stop(); }
    Recordings(const Recordings&) = delete;
    Recordings& operator=(const Recordings&) = delete;

    void addRoutes();
    // On the control's thread.
    void replay(std::string content, AdminResponder responder);
    // Gives up a replay that runs.
    void stop();

private:
    http::Response begin(const AdminRequest& request);
    http::Response begun(std::size_t mostBytes);
    [[nodiscard]] std::expected<std::string, WorldKeeper::Problem> worldAsItIs(std::size_t mostBytes);
    [[nodiscard]] http::Response stateReply(int status = 200) const;

    const Needs needs_;
    // One replay at a time.
    std::atomic<bool> busy_ = false;
    std::jthread replaying_;
};

}  // namespace tikgok::sim
