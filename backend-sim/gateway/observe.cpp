// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/observe.h"

#include "backend-sim/gateway/trace.h"

#include <charconv>
#include <utility>

namespace tikgok::sim {

namespace {

RequestMethod methodOf(http::Verb verb) {
    switch (verb) {
        case http::Verb::Get:
            return RequestMethod::Get;
        case http::Verb::Head:
            return RequestMethod::Head;
        case http::Verb::Post:
            return RequestMethod::Post;
        case http::Verb::Put:
        case http::Verb::Delete:
        case http::Verb::Other:
            return RequestMethod::Other;
    }
    return RequestMethod::Other;
}

AnswerCut cutOf(http::Delivery::End end) {
    switch (end) {
        case http::Delivery::End::None:
            return AnswerCut::None;
        case http::Delivery::End::Close:
            return AnswerCut::Close;
        case http::Delivery::End::Reset:
            return AnswerCut::Reset;
    }
    return AnswerCut::None;
}

// A path is the client's text: it may be long, and nothing in it may look like a field or a line of ours.
void appendPath(std::string& line, std::string_view path) {
    constexpr std::size_t kLongest = 256;
    for (const char c : path.substr(0, kLongest)) {
        const bool plain =
            c > ' ' && c != '"' && c != '=' && c != '\\' && static_cast<unsigned char>(c) < 0x7f;
        line += plain ? c : '?';
    }
    if (path.size() > kLongest) {
        line += "...";
    }
}

class AccessLog final : public Middleware {
public:
    explicit AccessLog(LogSink sink) : sink_(std::move(sink)) {}

    void onResponse(const http::Exchange& exchange, const Call& call, http::Response& response) override {
        const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - call.started);
        const std::uint64_t size = call.unanswered ? 0
                                   : response.file ? response.file->length()
                                                   : response.body.size();
        std::string line = "request method=";
        line += http::verbName(exchange.request.verb);
        line += " path=";
        appendPath(line, exchange.request.path);
        // What the client saw, as in the journal.
        line += " status=" + std::to_string(call.unanswered ? 0 : response.status) +
                " bytes=" + std::to_string(size) + " us=" + std::to_string(spent.count());
        if (call.cut != http::Delivery::End::None) {
            line += call.cut == http::Delivery::End::Reset ? " cut=reset" : " cut=close";
        }
        if (call.code >= 0 && !call.unanswered) {
            line += " code=" + std::to_string(call.code);
        }
        if (call.context.caller != 0) {
            line += " user=" + std::to_string(call.context.caller);
        }
        if (call.context.trace.known()) {
            line += " trace=" + traceIdText(call.context.trace);
        }
        if (call.context.trace.parent != 0) {
            line += " parent=" + parentIdText(call.context.trace);
        }
        sink_(LogLevel::Info, line);
    }

private:
    LogSink sink_;
};

class MetricsLink final : public Middleware {
public:
    explicit MetricsLink(RequestTelemetry& telemetry) : telemetry_(telemetry) {}

    void onResponse(const http::Exchange& exchange, const Call& call, http::Response& response) override {
        telemetry_.answered({.route = routeIndex(call.route),
                             .method = methodOf(exchange.request.verb),
                             .status = call.unanswered ? 0 : response.status,
                             .code = call.unanswered ? -1 : call.code,
                             .cut = cutOf(call.cut),
                             .spent = std::chrono::steady_clock::now() - call.started,
                             .bytesIn = exchange.request.bodyBytes,
                             .bytesOut = call.unanswered ? 0 : call.answerBytes});
    }

private:
    RequestTelemetry& telemetry_;
};

constexpr std::size_t kEndpointCount = contract::kEndpoints.size();

}  // namespace

std::vector<std::string> routeLabels() {
    std::vector<std::string> labels;
    labels.reserve(kEndpointCount + 6);
    for (const contract::EndpointInfo& endpoint : contract::kEndpoints) {
        labels.emplace_back(endpoint.path);
    }
    labels.insert(labels.end(), {"/ping", "/static/*", "/metrics", "/_sim/*", "/push", "other"});
    return labels;
}

std::size_t routeIndex(const Route& route) {
    switch (route.kind) {
        case Route::Kind::Endpoint:
            return static_cast<std::size_t>(route.endpoint->endpoint);
        case Route::Kind::Ping:
            return kEndpointCount;
        case Route::Kind::Media:
            return kEndpointCount + 1;
        case Route::Kind::Metrics:
            return kEndpointCount + 2;
        case Route::Kind::Admin:
            return kEndpointCount + 3;
        case Route::Kind::Push:
            return kEndpointCount + 4;
        case Route::Kind::Nowhere:
            return kEndpointCount + 5;
    }
    return kEndpointCount + 5;
}

std::int32_t envelopeCodeOf(std::string_view body) {
    constexpr std::string_view kStart = R"({"status_code":)";
    if (!body.starts_with(kStart)) {
        return -1;
    }
    std::int32_t code = -1;
    const char* first = body.data() + kStart.size();
    const auto [end, error] = std::from_chars(first, body.data() + body.size(), code);
    return error == std::errc() && code >= 0 ? code : -1;
}

std::unique_ptr<Middleware> makeAccessLog(LogSink sink) {
    return std::make_unique<AccessLog>(std::move(sink));
}

std::unique_ptr<Middleware> makeMetricsLink(RequestTelemetry& telemetry) {
    return std::make_unique<MetricsLink>(telemetry);
}

}  // namespace tikgok::sim
