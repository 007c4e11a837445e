// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/admin_api.h"

#include "backend-sim/control/inner_call.h"
#include "backend-sim/control/json_repeats.h"
#include "backend-sim/gateway/door.h"
#include "backend-sim/gateway/multipart.h"
#include "backend-sim/gateway/params.h"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <exception>
#include <expected>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

bool sameHeaderName(std::string_view name, std::string_view lower) {
    return std::ranges::equal(name, lower, [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
    });
}

// How often a header came, and what it said last.
std::pair<int, std::string_view> headerOf(const http::Request& request, std::string_view lowerName) {
    std::pair<int, std::string_view> found{0, {}};
    for (const auto& [name, value] : request.otherHeaders) {
        if (sameHeaderName(name, lowerName)) {
            ++found.first;
            found.second = value;
        }
    }
    return found;
}

bool bearerIs(const http::Request& request, std::string_view token) {
    constexpr std::string_view kScheme = "bearer ";
    const auto [times, value] = headerOf(request, "authorization");
    return times == 1 && value.size() > kScheme.size() &&
           sameHeaderName(value.substr(0, kScheme.size()), kScheme) &&
           sameSecret(value.substr(kScheme.size()), token);
}

using AdminQuery = std::vector<std::pair<std::string, std::string>>;

// What cannot be read, or is there twice, is a problem in words: half a filter finds what nobody asked for.
std::expected<AdminQuery, http::Response> queryOf(std::string_view query) {
    constexpr std::size_t kMost = 64;
    AdminQuery all;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view item = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        const std::size_t equals = std::min(item.find('='), item.size());
        auto name = percentDecode(item.substr(0, equals), true);
        auto value = percentDecode(item.substr(std::min(equals + 1, item.size())), true);
        if (!name || !value) {
            return std::unexpected(
                adminProblem(400, "bad_query", "A '%' in the query needs two hex digits."));
        }
        if (std::ranges::find(all, *name, &AdminQuery::value_type::first) != all.end()) {
            return std::unexpected(
                adminProblem(400, "repeated_member", "'" + *name + "' is there twice in the query."));
        }
        if (all.size() == kMost) {
            return std::unexpected(
                adminProblem(400, "bad_query", "The query may have " + std::to_string(kMost) + " names."));
        }
        all.emplace_back(std::move(*name), std::move(*value));
    }
    return all;
}

}  // namespace

AdminApi::~AdminApi() {
    close();
}

std::optional<http::Response> AdminApi::begin(http::Exchange& exchange, std::string_view path) {
    const http::Request& request = exchange.request;
    if (headerOf(request, "origin").first > 0) {
        return adminProblem(403, "origin", "Pages in a browser may not use this.");
    }
    if (!bearerIs(request, token_)) {
        http::Response response =
            adminProblem(401, "token", "Send the token of this start as 'Authorization: Bearer ...'.");
        response.extraHeaders += "WWW-Authenticate: Bearer\r\n";
        return response;
    }
    const AdminRouter::Match match = router_.find(request.verb, path);
    if (match.entry == nullptr) {
        if (match.allow.empty() && match.badName) {
            return adminProblem(
                404, "bad_name",
                "A name has 1 to 64 letters, digits, dots, dashes and underscores, and does not "
                "begin with a dot.");
        }
        if (match.allow.empty()) {
            return adminProblem(404, "no_such_path",
                                "There is nothing here; GET /_sim/routes lists what there is.");
        }
        http::Response response = adminProblem(405, "wrong_method", "This path is for " + match.allow + ".");
        response.extraHeaders += "Allow: " + match.allow + "\r\n";
        return response;
    }
    // Also without a body: no form and no image of a page can then be a request that changes something.
    const bool changes = request.verb == http::Verb::Post || request.verb == http::Verb::Put;
    if ((changes || request.hasBody()) && !isMediaType(request.contentType, "application/json")) {
        return adminProblem(415, "not_json", "Send 'Content-Type: application/json'.");
    }
    if (request.contentLength.value_or(0) > match.entry->mostBody) {
        return adminProblem(413, "too_large",
                            "The body may have " + std::to_string(match.entry->mostBody) + " bytes at most.");
    }
    exchange.bodyLimit = match.entry->mostBody;
    return std::nullopt;
}

void AdminApi::handle(http::Exchange& exchange, std::string_view path) {
    AdminRouter::Match match = router_.find(exchange.request.verb, path);
    AdminRequest request;
    request.verb = exchange.request.verb;
    request.names = std::move(match.names);
    auto query = queryOf(exchange.request.query);
    if (!query) {
        exchange.answer(std::move(query.error()));
        return;
    }
    request.query = std::move(*query);
    if (!exchange.request.body.empty()) {
        boost::system::error_code error;
        json::value body = json::parse(exchange.request.body, error);
        if (error || !body.is_object()) {
            exchange.answer(adminProblem(400, "not_json", "The body must be one JSON object."));
            return;
        }
        if (const auto repeated = repeatedMember(exchange.request.body)) {
            exchange.answer(adminProblem(400, "repeated_member", "'" + *repeated + "' is there twice."));
            return;
        }
        request.body = std::move(body.get_object());
    }
    if (const auto unknown = match.entry->unknownIn(request)) {
        exchange.answer(adminProblem(400, "unknown_member", *unknown));
        return;
    }
    request.gone = exchange.cancelled();
    AdminResponder responder(exchange.defer());
    std::move_only_function<void()> job = [this, entry = match.entry, request = std::move(request),
                                           responder = std::move(responder),
                                           path = std::string(path)]() mutable {
        http::Response response;
        if (around_ && around_(*entry, path, request, response)) {
            responder(std::move(response));
            return;
        }
        entry->handler(std::move(request), std::move(responder));
    };
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < kMostWaiting) {
        enqueue(job);  // else the responder says so
    }
}

void AdminApi::run(std::move_only_function<void()> job) {
    const std::lock_guard lock(mutex_);
    enqueue(job);
}

void AdminApi::call(http::Verb verb, std::string path, json::object body) {
    run([this, verb, path = std::move(path), body = std::move(body)]() mutable {
        AdminRouter::Match match = router_.find(verb, path);
        if (match.entry == nullptr) {
            return;
        }
        AdminRequest request;
        request.verb = verb;
        request.names = std::move(match.names);
        request.body = std::move(body);
        http::Response response;
        if (!around_ || !around_(*match.entry, path, request, response)) {
            static_cast<void>(innerCall(match.entry->handler, std::move(request)));
        }
    });
}

void AdminApi::runAt(std::chrono::steady_clock::time_point time, std::move_only_function<void()> job) {
    const std::lock_guard lock(mutex_);
    later_.emplace(time, std::move(job));
    wake_.notify_one();
}

bool AdminApi::enqueue(std::move_only_function<void()>& job) {
    if (closed_) {
        return false;
    }
    waiting_.push_back(std::move(job));
    if (!thread_.joinable()) {
        thread_ = std::thread([this] { work(); });
    }
    wake_.notify_one();
    return true;
}

void AdminApi::close() {
    std::deque<std::move_only_function<void()>> left;
    std::thread thread;
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        left.swap(waiting_);
        later_.clear();
        thread.swap(thread_);
    }
    wake_.notify_all();
    if (thread.joinable()) {
        thread.join();
    }
    for (const auto& tell : std::exchange(closing_, {})) {
        tell();
    }
}

void AdminApi::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        while (!closed_ && waiting_.empty()) {
            if (later_.empty()) {
                wake_.wait(lock);
            } else if (const auto due = later_.begin()->first; due <= std::chrono::steady_clock::now()) {
                waiting_.push_back(std::move(later_.begin()->second));
                later_.erase(later_.begin());
            } else {
                wake_.wait_until(lock, due);
            }
        }
        if (closed_) {
            return;
        }
        auto job = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        try {
            job();
        } catch (const std::exception&) {
            // Gone with the job, its responder has answered.
            job = nullptr;
        }
        job = nullptr;
        lock.lock();
    }
}

}  // namespace tikgok::sim
