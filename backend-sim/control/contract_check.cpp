// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/contract_check.h"

#include "backend-sim/control/descriptions.h"
#include "backend-sim/control/redact.h"
#include "backend-sim/gateway/call.h"
#include "backend-sim/gateway/dialects/dialect.h"
#include "backend-sim/gateway/multipart.h"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace tikgok::sim {

namespace {

std::string mediaTypeOf(std::string_view type) {
    return std::string(type.substr(0, std::min(type.find(';'), type.size())));
}

// Problems are read by people, and may repeat what was sent.
std::vector<std::string> withoutSecrets(std::vector<std::string> problems) {
    for (std::string& problem : problems) {
        std::string safe;
        appendRedactedJson(safe, problem);
        problem.clear();
        appendWithoutTokens(problem, safe);
    }
    return problems;
}

}  // namespace

std::size_t ContractCheck::Taken::size() const {
    return sizeof(Taken) + path.size() + query.size() + requestBody.size() + body.size();
}

ContractCheck::~ContractCheck() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

const ApiSpec& ContractCheck::description(DialectName dialect) {
    Description& its = descriptions_.at(static_cast<std::size_t>(dialect));
    std::call_once(its.parsed, [&] { its.spec.emplace(boost::json::parse(embeddedDescription(dialect))); });
    return *its.spec;
}

void ContractCheck::turn(bool on) {
    const std::lock_guard lock(mutex_);
    if (on && !thread_.joinable()) {
        thread_ = std::thread([this] { work(); });
    }
    on_.store(on, std::memory_order_relaxed);
}

void ContractCheck::take(const http::Exchange& exchange, const Call& call, const http::Response& response,
                         std::uint64_t entry) {
    const http::Request& request = exchange.request;
    Taken taken;
    taken.entry = entry;
    taken.dialect = call.dialect->name;
    taken.method = http::verbName(request.verb);
    // Words about a path repeat it.
    appendRedactedPath(taken.path, call.decodedPath.empty() ? request.path : call.decodedPath);
    taken.query = request.query;
    taken.requestType = mediaTypeOf(request.contentType);
    if (isMediaType(request.contentType, "application/x-www-form-urlencoded")) {
        taken.requestBody = request.body;
    }
    taken.unanswered = call.unanswered;
    taken.status = call.unanswered ? 0 : response.status;
    taken.mediaType = mediaTypeOf(response.contentType);
    if (!response.file) {
        taken.body = response.body;
    }
    if (call.strike) {
        taken.rules = call.strike->rules();
    }
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= kMostWaiting || waitingBytes_ + taken.size() > kMostBytes) {
        ++report_.unchecked;
        return;
    }
    waitingBytes_ += taken.size();
    waiting_.push_back(std::move(taken));
    ++taken_;
    wake_.notify_one();
}

ContractCheck::Report ContractCheck::report() {
    std::unique_lock lock(mutex_);
    waitUntilDone(lock);
    Report report = report_;
    report.violations.assign(violations_.begin(), violations_.end());
    return report;
}

std::pair<ContractCheck::Known, std::optional<ContractCheck::Violation>> ContractCheck::about(
    std::uint64_t entry) {
    std::unique_lock lock(mutex_);
    waitUntilDone(lock);
    const auto known = known_.find(entry);
    if (known == known_.end()) {
        return {Known::NotChecked, std::nullopt};
    }
    const auto found = std::ranges::find(violations_, entry, &Violation::entry);
    return {known->second ? Known::Fine : Known::Bad,
            found == violations_.end() ? std::nullopt : std::optional(*found)};
}

void ContractCheck::clear() {
    std::unique_lock lock(mutex_);
    waitUntilDone(lock);
    report_ = {};
    violations_.clear();
    known_.clear();
}

void ContractCheck::waitUntilDone(std::unique_lock<std::mutex>& lock) {
    // They are checked in their order. Whoever waited for none to be left would wait as long as clients come.
    done_.wait(lock, [this, last = taken_] { return finished_ >= last || closed_; });
}

void ContractCheck::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
        if (closed_) {
            break;
        }
        const Taken taken = std::move(waiting_.front());
        waiting_.pop_front();
        waitingBytes_ -= taken.size();
        lock.unlock();
        checkOrPass(taken);
        lock.lock();
        ++finished_;
        done_.notify_all();
    }
    done_.notify_all();
}

void ContractCheck::checkOrPass(const Taken& taken) {
    try {
        check(taken);
    } catch (const std::exception&) {
        // No memory, most likely. What was wrong with it is not known.
        const std::lock_guard lock(mutex_);
        ++report_.unchecked;
    }
}

void ContractCheck::check(const Taken& taken) {
    const ApiSpec& spec = description(taken.dialect);
    Violation violation{.entry = taken.entry,
                        .method = taken.method,
                        .path = taken.path,
                        .status = taken.status,
                        .request = {},
                        .answer = {},
                        .deliberate = taken.rules};
    violation.request = withoutSecrets(
        spec.checkRequest(taken.method, taken.path, taken.query, taken.requestType, taken.requestBody));
    // What the client never saw is held against nothing. And not every description says what an unknown path
    // is answered with; 404 it is everywhere.
    if (!taken.unanswered && (spec.describes(taken.path) || taken.status != 404)) {
        violation.answer =
            withoutSecrets(spec.check(taken.method, taken.path, taken.status, taken.mediaType, taken.body));
    }
    const std::lock_guard lock(mutex_);
    ++report_.checked;
    report_.badRequests += violation.request.empty() ? 0 : 1;
    const bool bad = !violation.answer.empty();
    report_.badAnswers += bad && violation.deliberate.empty() ? 1 : 0;
    report_.deliberate += bad && !violation.deliberate.empty() ? 1 : 0;
    const bool fine = violation.request.empty() && violation.answer.empty();
    if (taken.entry != 0) {
        known_[taken.entry] = fine;
        if (known_.size() > kMostKnown) {
            known_.erase(known_.begin());
        }
    }
    if (!fine) {
        violations_.push_back(std::move(violation));
        if (violations_.size() > kMostViolations) {
            violations_.pop_front();
        }
    }
}

}  // namespace tikgok::sim
