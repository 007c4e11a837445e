// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/gateway.h"

#include "backend-sim/gateway/multipart.h"
#include "core/contract/codec.h"

#include <algorithm>
#include <ctime>

namespace tikgok::sim {

namespace {

constexpr std::string_view kStatic = "/static/";
// A multipart body is longer than the file in it by this much at most.
constexpr std::uint64_t kUploadOverhead = std::uint64_t{256} * 1024;

http::Response methodNotAllowed(std::string_view allowed) {
    http::Response response = http::textResponse(405, contract::kMethodNotAllowedText);
    response.extraHeaders = "Allow: " + std::string(allowed) + "\r\n";
    return response;
}

// Answers to requests that no handler will see.
std::optional<http::Response> refuseRoute(const Route& route, http::Verb verb) {
    switch (route.kind) {
        case Route::Kind::Nowhere:
            return http::textResponse(404, contract::kNotFoundText);
        case Route::Kind::Ping:
        case Route::Kind::Metrics:
            if (verb != http::Verb::Get) {
                return methodNotAllowed("GET");
            }
            return std::nullopt;
        case Route::Kind::Media:
            if (verb != http::Verb::Get && verb != http::Verb::Head) {
                return methodNotAllowed("GET, HEAD");
            }
            return std::nullopt;
        case Route::Kind::Endpoint: {
            const bool get = route.endpoint->method == contract::Method::Get;
            if (verb != (get ? http::Verb::Get : http::Verb::Post)) {
                return methodNotAllowed(get ? "GET" : "POST");
            }
            return std::nullopt;
        }
    }
    return std::nullopt;
}

// The fields of a form that was collected in memory. Files in it are dropped.
class FieldCollector final : public MultipartReceiver {
public:
    explicit FieldCollector(Params& params) : params_(params) {}

    bool partBegins(PartHead head) override {
        wanted_ = !head.fileName;
        name_ = std::move(head.name);
        value_.clear();
        return true;
    }
    bool partData(std::string_view piece) override {
        if (wanted_) {
            value_.append(piece);
        }
        return true;
    }
    bool partEnds() override {
        if (wanted_) {
            params_.addField(std::move(name_), std::move(value_));
        }
        return true;
    }

private:
    Params& params_;
    bool wanted_ = false;
    std::string name_;
    std::string value_;
};

}  // namespace

Route findRoute(std::string_view path) {
    if (path.starts_with(kStatic) && path.size() > kStatic.size()) {
        return {.kind = Route::Kind::Media, .endpoint = nullptr, .mediaKey = path.substr(kStatic.size())};
    }
    if (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    if (path == "/ping") {
        return {.kind = Route::Kind::Ping, .endpoint = nullptr, .mediaKey = {}};
    }
    if (path == "/metrics") {
        return {.kind = Route::Kind::Metrics, .endpoint = nullptr, .mediaKey = {}};
    }
    for (const contract::EndpointInfo& endpoint : contract::kEndpoints) {
        if (endpoint.path.substr(0, endpoint.path.size() - 1) == path) {
            return {.kind = Route::Kind::Endpoint, .endpoint = &endpoint, .mediaKey = {}};
        }
    }
    return {};
}

Gateway::Gateway(const Services& services, const MediaSource& media, std::string_view tokenKey,
                 GatewayConfig config)
    : config_(std::move(config)),
      services_(services),
      media_(media),
      door_(config_.hostNames, config_.pairingToken, config_.trustedPeer),
      tokens_(tokenKey),
      endpoints_(services_, tokens_, config_.now),
      traceIds_(randomSeed()),
      maxUpload_(config_.upload.maxFileBytes) {
    setBudgets(config_.budgets);
    if (!config_.now) {
        config_.now = [] { return static_cast<std::int64_t>(std::time(nullptr)); };
    }
    // The order of the reference server.
    chain_.push_back(makeRecovery());
    if (config_.accessLog) {
        chain_.push_back(makeAccessLog(config_.accessLog));
    }
    if (config_.telemetry != nullptr) {
        chain_.push_back(makeMetricsLink(*config_.telemetry));
    }
    if (config_.limiter != nullptr) {
        chain_.push_back(makeLimiterLink(*config_.limiter));
    }
    chain_.push_back(makeGzip());
    chain_.push_back(makeAuth(tokens_, services_.user, config_.now, config_.lenient));
}

std::optional<http::Response> Gateway::begin(http::Exchange& exchange) {
    if (!exchange.attachment) {
        exchange.attachment = std::make_unique<Call>();
    }
    auto& call = static_cast<Call&>(*exchange.attachment);
    call.reset();
    if (config_.telemetry != nullptr) {
        call.flight.emplace(*config_.telemetry);
    }
    const http::Request& request = exchange.request;
    if (!request.traceParent.empty()) {
        call.context.trace = parseTraceParent(request.traceParent).value_or(TraceContext());
    }
    if (!call.context.trace.known()) {
        call.context.trace = traceIds_.make();
    }
    if (auto refusal = door_.refuse(request)) {
        return refusal;
    }
    std::string_view path = request.path;
    if (path.find('%') != std::string_view::npos && !path.starts_with(kStatic)) {
        // Escaped letters of a path mean the letters. Keys of media are decoded where they are used.
        auto decoded = percentDecode(path, false);
        call.decodedPath = decoded ? std::move(*decoded) : std::string();
        path = call.decodedPath;
    }
    call.route = findRoute(path);
    if (call.route.kind == Route::Kind::Metrics && config_.metrics == nullptr) {
        call.route = {};
    }
    if (auto refusal = refuseRoute(call.route, request.verb)) {
        return refusal;
    }
    if (call.route.kind == Route::Kind::Endpoint) {
        call.context.deadline =
            call.started +
            budgets_[static_cast<std::size_t>(call.route.endpoint->endpoint)].load(std::memory_order_relaxed);
    }
    exchange.bodyLimit = config_.maxFormBytes;
    call.params.addUrlEncoded(request.query);
    if (call.route.endpoint != nullptr &&
        call.route.endpoint->endpoint == contract::Endpoint::PublishAction) {
        if (const auto boundary = multipartBoundary(request.contentType)) {
            UploadConfig upload = config_.upload;
            upload.maxFileBytes = maxUpload_.load(std::memory_order_relaxed);
            exchange.bodyLimit = upload.maxFileBytes + kUploadOverhead;
            exchange.sink = std::make_unique<UploadSink>(
                upload, *boundary, call.params.token(), [this](std::string_view token) {
                    return callerOf(token, tokens_, services_.user, config_.now).has_value();
                });
        }
    }
    return std::nullopt;
}

void Gateway::handle(http::Exchange& exchange) {
    auto& call = static_cast<Call&>(*exchange.attachment);
    const Next next(
        chain_,
        [](void* self, http::Exchange& e, Call& c) { static_cast<const Gateway*>(self)->atEnd(e, c); }, this);
    if (call.route.kind == Route::Kind::Endpoint) {
        readForm(exchange, call);
    }
    next(exchange, call);
}

void Gateway::finish(http::Exchange& exchange, http::Response& response) {
    if (!exchange.attachment) {
        return;
    }
    auto& call = static_cast<Call&>(*exchange.attachment);
    call.code = envelopeCodeOf(response.body);
    call.answerBytes = response.file ? response.file->length() : response.body.size();
    if (call.admission) {
        call.admission->answered();
    }
    for (auto link = chain_.rbegin(); link != chain_.rend(); ++link) {
        (*link)->onResponse(exchange, call, response);
    }
    call.flight.reset();
    call.admission.reset();
}

void Gateway::setBudgets(const RouteBudgets& budgets) {
    for (std::size_t i = 0; i < budgets_.size(); ++i) {
        budgets_[i].store(budgets.of[i], std::memory_order_relaxed);
    }
}

void Gateway::atEnd(http::Exchange& exchange, Call& call) const {
    switch (call.route.kind) {
        case Route::Kind::Endpoint:
            endpoints_.serve(exchange, call);
            return;
        case Route::Kind::Ping:
            exchange.answer(http::jsonResponse(R"({"message":"pong"})"));
            return;
        case Route::Kind::Metrics: {
            http::Response page = http::jsonResponse(config_.metrics->text());
            page.contentType = "text/plain; version=0.0.4; charset=utf-8";
            exchange.answer(std::move(page));
            return;
        }
        case Route::Kind::Media:
            exchange.answer(serveMedia(media_, exchange.request, call.route.mediaKey));
            return;
        case Route::Kind::Nowhere:
            exchange.answer(http::textResponse(404, contract::kNotFoundText));
            return;
    }
}

void Gateway::readForm(http::Exchange& exchange, Call& call) const {
    if (exchange.sink) {
        auto& upload = static_cast<UploadSink&>(*exchange.sink);
        for (auto& [name, value] : upload.fields()) {
            call.params.addField(std::move(name), std::move(value));
        }
        return;
    }
    const http::Request& request = exchange.request;
    if (request.body.empty() || call.route.endpoint->method != contract::Method::Post) {
        return;
    }
    if (isMediaType(request.contentType, "application/x-www-form-urlencoded")) {
        call.params.addUrlEncoded(request.body);
    } else if (isMediaType(request.contentType, "application/json")) {
        if (!call.params.addJson(request.body)) {
            call.params.spoil();
        }
    } else if (isMediaType(request.contentType, "multipart/form-data")) {
        const auto boundary = multipartBoundary(request.contentType);
        FieldCollector fields(call.params);
        if (!boundary) {
            call.params.spoil();
            return;
        }
        MultipartParser parser(*boundary, fields);
        if (!parser.feed(request.body) || !parser.complete()) {
            call.params.spoil();
        }
    }
}

}  // namespace tikgok::sim
