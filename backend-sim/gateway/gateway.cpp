// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/gateway.h"

#include "backend-sim/gateway/dialects/later.h"
#include "backend-sim/gateway/dialects/transport.h"
#include "backend-sim/gateway/multipart.h"
#include "backend-sim/services/write/commands.h"
#include "core/contract/codec.h"

#include <algorithm>
#include <ctime>
#include <utility>

namespace tikgok::sim {

namespace {

constexpr std::string_view kStatic = "/static/";
constexpr std::string_view kAdmin = "/_sim";
// A multipart body is longer than the file in it by this much at most.
constexpr std::uint64_t kUploadOverhead = std::uint64_t{256} * 1024;
// A picture that comes along with a video; beyond, 413.
constexpr std::uint64_t kMostCoverBytes = std::uint64_t{8} * 1024 * 1024;

// The fields of a form that was collected in memory. Files in it are dropped.
class FieldCollector final : public MultipartReceiver {
public:
    FieldCollector(Params& params, const Params::Wanted& asked) : params_(params), asked_(asked) {}

    bool partBegins(PartHead head) override {
        wanted_ = !head.fileName && (!asked_ || asked_(head.name));
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
    const Params::Wanted& asked_;
    bool wanted_ = false;
    std::string name_;
    std::string value_;
};

// What a source gives to this endpoint; empty when it gives everything.
Params::Wanted wantedFrom(ParamRules::Gives gives, contract::Endpoint endpoint) {
    if (gives == nullptr) {
        return {};
    }
    return [gives, endpoint](std::string_view name) { return gives(endpoint, name); };
}

}  // namespace

Route findRoute(std::string_view path) {
    if (path.starts_with(kStatic) && path.size() > kStatic.size()) {
        return {.kind = Route::Kind::Media,
                .endpoint = nullptr,
                .mediaKey = path.substr(kStatic.size()),
                .exact = true};
    }
    if (path.starts_with(kAdmin) && (path.size() == kAdmin.size() || path[kAdmin.size()] == '/')) {
        return {.kind = Route::Kind::Admin, .endpoint = nullptr, .mediaKey = path.substr(kAdmin.size())};
    }
    const bool slash = path.ends_with('/');
    if (slash) {
        path.remove_suffix(1);
    }
    if (path == "/ping") {
        return {.kind = Route::Kind::Ping, .endpoint = nullptr, .mediaKey = {}, .exact = !slash};
    }
    if (path == kPushPath) {
        return {.kind = Route::Kind::Push, .endpoint = nullptr, .mediaKey = {}, .exact = !slash};
    }
    if (path == "/metrics") {
        return {.kind = Route::Kind::Metrics, .endpoint = nullptr, .mediaKey = {}};
    }
    for (const contract::EndpointInfo& endpoint : contract::kEndpoints) {
        if (endpoint.path.substr(0, endpoint.path.size() - 1) == path) {
            return {.kind = Route::Kind::Endpoint, .endpoint = &endpoint, .mediaKey = {}, .exact = slash};
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
      dialects_({services_, tokens_, config_.now, endpoints_, config_.lenient, config_.demo},
                config_.dialect),
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
    chain_.push_back(makeAuth());
}

std::optional<http::Response> Gateway::begin(http::Exchange& exchange) {
    if (!exchange.attachment) {
        exchange.attachment = std::make_unique<Call>();
    }
    auto& call = static_cast<Call&>(*exchange.attachment);
    call.reset();
    const Dialect& dialect = dialects_.current();
    call.dialect = &dialect;
    call.context.policy = &dialect.policy;
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
    if ((call.route.kind == Route::Kind::Metrics && config_.metrics == nullptr) ||
        (call.route.kind == Route::Kind::Push && config_.push == nullptr)) {
        call.route = {};
    }
    if (call.route.kind == Route::Kind::Admin) {
        if (config_.admin != nullptr) {
            return config_.admin->begin(exchange, call.route.mediaKey);
        }
        call.route = {};
    }
    call.inTurn = config_.turnstile != nullptr && config_.turnstile->turning() &&
                  call.route.kind != Route::Kind::Metrics && call.route.kind != Route::Kind::Push;
    if (auto refusal = refuseRoute(call.route, request, dialect.transport)) {
        return refusal;
    }
    const std::uint64_t formLimit = dialect.transport.formLimit;
    exchange.bodyLimit = formLimit != 0 ? formLimit : config_.maxFormBytes;
    if (call.route.kind == Route::Kind::Push) {
        call.params.addUrlEncoded(request.query);
    }
    if (call.route.kind != Route::Kind::Endpoint) {
        return std::nullopt;
    }
    const contract::Endpoint endpoint = call.route.endpoint->endpoint;
    call.context.deadline =
        call.started + budgets_[static_cast<std::size_t>(endpoint)].load(std::memory_order_relaxed);
    if (dialect.params.strictIntegers) {
        call.params.beStrict();
    }
    call.params.addUrlEncoded(request.query, wantedFrom(dialect.params.query, endpoint));
    if (endpoint == contract::Endpoint::PublishAction) {
        if (const auto boundary = multipartBoundary(request.contentType)) {
            UploadConfig upload = config_.upload;
            upload.maxFileBytes = maxUpload_.load(std::memory_order_relaxed);
            upload.maxCoverBytes = dialect.params.takesCover ? kMostCoverBytes : 0;
            exchange.bodyLimit = upload.maxFileBytes + upload.maxCoverBytes + kUploadOverhead;
            if (const std::uint64_t limit = dialect.transport.bodyLimit; limit != 0) {
                upload.maxFileBytes = limit;
                exchange.bodyLimit = limit;
            }
            auto sink = std::make_unique<UploadSink>(
                upload, *boundary, call.params.token(),
                [&dialect](std::string_view token) { return dialect.doorman.caller(token).has_value(); });
            // What is over the limit is told so instead: sending it again would not help.
            const std::uint64_t announced = request.contentLength.value_or(0);
            if (announced <= exchange.bodyLimit && !sink->hasRoomFor(announced)) {
                return failureResponse(call, kTurnedAway);
            }
            if (call.inTurn) {
                sink->keepBody(config_.turnstile->mostBody());
            }
            exchange.sink = std::move(sink);
        }
    }
    return std::nullopt;
}

bool Gateway::takesItsTurn(http::Exchange& exchange, Call& call) const {
    if (!call.turn) {
        call.turn = config_.turnstile->queue();
    }
    if (!call.turn) {
        call.inTurn = false;
        return true;
    }
    if (!call.turn->hasCome()) {
        call.awaitsTurn = true;
        call.turn->wait(exchange.defer());
        return false;
    }
    call.turn->begins(exchange);
    return true;
}

void Gateway::handle(http::Exchange& exchange) {
    auto& call = static_cast<Call&>(*exchange.attachment);
    if (call.inTurn && !call.repeated && !takesItsTurn(exchange, call)) {
        return;
    }
    const Next next(
        chain_,
        [](void* self, http::Exchange& e, Call& c) { static_cast<const Gateway*>(self)->atEnd(e, c); }, this);
    if (call.route.kind == Route::Kind::Endpoint && !call.repeated) {
        readForm(exchange, call);
    }
    if (config_.interference != nullptr && config_.interference->armed() && !call.repeated) {
        call.strike = config_.interference->decide(exchange, call, [this, &call] { return askerOf(call); });
        if (call.strike) {
            if (auto answer = call.strike->instead(exchange, call)) {
                exchange.answer(std::move(*answer));
                return;
            }
            if (exchange.sink && call.strike->willRepeat()) {
                static_cast<UploadSink&>(*exchange.sink).keepForAgain();
            }
        }
    }
    next(exchange, call);
}

bool Gateway::again(http::Exchange& exchange) {
    if (!exchange.attachment) {
        return false;
    }
    auto& call = static_cast<Call&>(*exchange.attachment);
    if (std::exchange(call.awaitsTurn, false)) {
        return true;
    }
    call.repeated = call.strike && call.strike->again(exchange);
    return call.repeated;
}

Asker Gateway::askerOf(Call& call) const {
    if (call.route.kind != Route::Kind::Endpoint) {
        return {};
    }
    const contract::Endpoint endpoint = call.route.endpoint->endpoint;
    if (endpoint == contract::Endpoint::Login || endpoint == contract::Endpoint::Register) {
        const auto name = call.params.text("username");
        return {0, std::string(name ? name->value_or("") : std::string_view())};
    }
    const std::string_view token = call.params.token();
    if (token.empty()) {
        return {};
    }
    const auto caller = call.dialect->doorman.caller(token);
    if (!caller) {
        return {};
    }
    RequestContext context = call.context;
    context.caller = *caller;
    const auto user = services_.user.user(context, *caller);
    return {*caller, user ? user->name : std::string()};
}

http::Response Gateway::turnAway(http::Exchange& exchange) {
    const auto& call = static_cast<const Call&>(*exchange.attachment);
    const bool known = call.route.kind == Route::Kind::Endpoint;
    return failureResponse(known ? call.dialect->answers : standardAnswers(),
                           known ? call.route.endpoint->endpoint : contract::Endpoint::PublishAction,
                           kTurnedAway);
}

void Gateway::noteCut(const http::Exchange& exchange, Call& call, const http::Response& response) {
    const http::Delivery* const plan = response.delivery.get();
    if (plan == nullptr || plan->end == http::Delivery::End::None) {
        return;
    }
    call.unanswered = plan->headless;
    if (plan->headless || plan->endAt < bytesToSend(exchange, call, response)) {
        call.cut = plan->end;
    }
}

void Gateway::finish(http::Exchange& exchange, http::Response& response) {
    if (!exchange.attachment) {
        return;
    }
    auto& call = static_cast<Call&>(*exchange.attachment);
    if (call.strike) {
        call.strike->shape(exchange, call, response);
    }
    call.code = envelopeCodeOf(response.body);
    call.answerBytes = response.file ? response.file->length() : response.body.size();
    if (call.admission) {
        call.admission->answered();
    }
    noteCut(exchange, call, response);
    if (config_.watcher != nullptr && config_.watcher->watching()) {
        config_.watcher->answered(exchange, call, response);
    }
    if (call.turn) {
        call.turn->answered(exchange, response);
        call.turn.reset();
    } else if (call.inTurn) {
        config_.turnstile->refused(exchange, response);
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
            call.dialect->endpoints.serve(exchange, call);
            return;
        case Route::Kind::Ping:
            ping(exchange, call);
            return;
        case Route::Kind::Push:
            openPush(exchange, call);
            return;
        case Route::Kind::Metrics: {
            http::Response page = http::jsonResponse(config_.metrics->text());
            page.contentType = "text/plain; version=0.0.4; charset=utf-8";
            exchange.answer(std::move(page));
            return;
        }
        case Route::Kind::Media:
            serveStatic(exchange, call);
            return;
        case Route::Kind::Admin:
            config_.admin->handle(exchange, call.route.mediaKey);
            return;
        case Route::Kind::Nowhere:
            exchange.answer(http::textResponse(404, contract::kNotFoundText));
            return;
    }
}

void Gateway::setDialect(DialectName dialect) {
    dialects_.use(dialect);
    if (config_.push != nullptr && !dialects_.current().transport.offersPush) {
        config_.push->closeAll(PushHub::kGoingAway);
    }
}

void Gateway::ping(http::Exchange& exchange, const Call& call) const {
    const bool push = config_.push != nullptr && call.dialect->transport.offersPush;
    exchange.answer(http::jsonResponse(
        push ? R"({"message":"pong","push":")" + std::string(kPushPath) + R"("})" : R"({"message":"pong"})"));
}

void Gateway::openPush(http::Exchange& exchange, Call& call) const {
    constexpr int kUnauthorized = 401;
    const http::Request& request = exchange.request;
    // Browsers always say where a page comes from; no page has anything to do here.
    if (!http::firstField(request, "origin").empty()) {
        exchange.answer(http::textResponse(403, "not for pages of a browser"));
        return;
    }
    if (!http::isSocketRequest(request)) {
        http::Response response = http::textResponse(426, "this is a WebSocket, version 13");
        response.extraHeaders = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n";
        exchange.answer(std::move(response));
        return;
    }
    const std::string_view token = call.params.token();
    const auto caller = call.dialect->doorman.caller(token);
    const auto pass = tokens_.examine(token, config_.now());
    if (!caller || !pass) {
        http::Response response =
            http::jsonResponse(contract::writeFailure(caller ? pass.error() : caller.error()));
        response.status = kUnauthorized;
        exchange.answer(std::move(response));
        return;
    }
    call.context.caller = *caller;
    auto listener = config_.push->enter(*pass, config_.now);
    if (!listener) {
        http::Response response = http::textResponse(503, "too many connections");
        response.extraHeaders = "Retry-After: 5\r\n";
        exchange.answer(std::move(response));
        return;
    }
    exchange.upgrade(std::move(listener));
}

void Gateway::serveStatic(http::Exchange& exchange, const Call& call) const {
    const auto name = percentDecode(call.route.mediaKey, false);
    const auto key = name ? call.dialect->endpoints.mediaKey(*name) : std::nullopt;
    exchange.answer(serveMedia(media_, exchange.request, key ? std::string_view(*key) : call.route.mediaKey,
                               call.inTurn ? FileFacts::OfContent : FileFacts::OfDisk));
}

void Gateway::readForm(http::Exchange& exchange, Call& call) const {
    const ParamRules& rules = call.dialect->params;
    const contract::Endpoint endpoint = call.route.endpoint->endpoint;
    const Params::Wanted wanted = wantedFrom(rules.form, endpoint);
    if (exchange.sink) {
        auto& upload = static_cast<UploadSink&>(*exchange.sink);
        for (auto& [name, value] : upload.fields()) {
            if (!wanted || wanted(name)) {
                call.params.addField(std::move(name), std::move(value));
            }
        }
        return;
    }
    const http::Request& request = exchange.request;
    if (request.body.empty() || call.route.endpoint->method != contract::Method::Post) {
        return;
    }
    if (isMediaType(request.contentType, "application/x-www-form-urlencoded")) {
        call.params.addUrlEncoded(request.body, wanted);
    } else if (isMediaType(request.contentType, "application/json")) {
        if (!call.params.addJson(request.body, wantedFrom(rules.json, endpoint)) && rules.brokenJsonFails) {
            call.params.spoil();
        }
    } else if (isMediaType(request.contentType, "multipart/form-data")) {
        const auto boundary = multipartBoundary(request.contentType);
        FieldCollector fields(call.params, wanted);
        bool good = boundary.has_value();
        if (good) {
            MultipartParser parser(*boundary, fields);
            good = parser.feed(request.body) && parser.complete();
        }
        if (!good && rules.brokenFormFails) {
            call.params.spoil();
        }
    }
}

}  // namespace tikgok::sim
