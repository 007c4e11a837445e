// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/inner_call.h"

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <utility>

namespace tikgok::sim {

namespace {

constexpr std::chrono::seconds kInnerCallTime{10};

// Catches what a handler answers.
class Catcher final : public http::Responder::Target {
public:
    void deliver(http::Response response) override { answer_.set_value(std::move(response)); }
    std::future<http::Response> future() { return answer_.get_future(); }

private:
    std::promise<http::Response> answer_;
};

}  // namespace

http::Response innerCall(const LateAdminHandler& handler, AdminRequest request) {
    const auto catcher = std::make_shared<Catcher>();
    auto answer = catcher->future();
    handler(std::move(request), AdminResponder(http::Responder(catcher)));
    if (answer.wait_for(kInnerCallTime) != std::future_status::ready) {
        return adminProblem(504, "slow", "It took too long.");
    }
    return answer.get();
}

http::Response innerCall(const AdminRouter& router, http::Verb verb, std::string_view path,
                         boost::json::object body) {
    AdminRouter::Match match = router.find(verb, path);
    if (match.entry == nullptr) {
        return adminProblem(404, "no_such_path", "There is no '" + std::string(path) + "'.");
    }
    AdminRequest request;
    request.verb = verb;
    request.names = std::move(match.names);
    request.body = std::move(body);
    return innerCall(match.entry->handler, std::move(request));
}

}  // namespace tikgok::sim
