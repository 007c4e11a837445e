// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The admin API's door and its thread. What it serves is in its AdminRouter.
//
// Who may come in: the head of a request must carry `Authorization: Bearer TOKEN` and no `Origin`, whatever
// its value, so that no page in a browser can reach this even if it learned the token. What comes with a body
// must be `application/json`. All of this is looked at before the body is read, and what a stranger gets does
// not depend on whether there is such a path.
#pragma once

#include "backend-sim/control/admin_router.h"
#include "backend-sim/gateway/admin.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace tikgok::sim {

class AdminApi final : public AdminServer {
public:
    // `token`: not empty.
    explicit AdminApi(std::string token) : token_(std::move(token)) {}
    ~AdminApi() override;
    AdminApi(const AdminApi&) = delete;
    AdminApi& operator=(const AdminApi&) = delete;

    // For those who add routes, before the first request.
    [[nodiscard]] AdminRouter& router() { return router_; }

    std::optional<http::Response> begin(http::Exchange& exchange, std::string_view path) override;
    void handle(http::Exchange& exchange, std::string_view path) override;

    // Asked on the control's thread before each call's handler: true when it made the call itself, and filled
    // the answer. `path`: as AdminServer has it. Before the first request.
    using Around = std::function<bool(const AdminRouter::Entry& entry, std::string_view path,
                                      AdminRequest& request, http::Response& response)>;
    void setAround(Around around) { around_ = std::move(around); }

    // Runs something on the control's thread, now or then (real time). Any thread. Dropped when this is
    // closed.
    void run(std::move_only_function<void()> job);
    void runAt(std::chrono::steady_clock::time_point time, std::move_only_function<void()> job);

    // Makes a call on the control's thread as if the owner had sent it: it has its turn, and is written down,
    // while somebody records. What comes of it nobody hears. Any thread. Dropped when this is closed.
    void call(http::Verb verb, std::string path, boost::json::object body);

    // Called by close() when no handler runs any more: for those who keep responders. Before the first
    // request.
    void whenClosing(std::function<void()> tell) { closing_.push_back(std::move(tell)); }

    // Answers 503 from now on, and returns when no handler runs any more. Idempotent.
    void close();

private:
    void work();
    // With mutex_ held. False when it is closed.
    bool enqueue(std::move_only_function<void()>& job);

    // Requests that wait for the thread; more are turned away.
    static constexpr std::size_t kMostWaiting = 256;

    const std::string token_;
    AdminRouter router_;
    Around around_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::move_only_function<void()>> waiting_;
    std::multimap<std::chrono::steady_clock::time_point, std::move_only_function<void()>> later_;
    std::vector<std::function<void()>> closing_;
    bool closed_ = false;
    // Started by the first request.
    std::thread thread_;
};

}  // namespace tikgok::sim
