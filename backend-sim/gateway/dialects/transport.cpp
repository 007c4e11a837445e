// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/dialects/transport.h"

#include "core/contract/errors.h"

#include <string>
#include <string_view>

namespace tikgok::sim {

namespace {

constexpr std::string_view kHtmlType = "text/html; charset=utf-8";

std::string htmlEscaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&#34;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

// To the path as it is registered, query kept. What the client wrote before the query is not repeated.
http::Response redirect(const Route& route, const http::Request& request, const TransportRules& rules) {
    std::string target(route.kind == Route::Kind::Ping ? std::string_view("/ping") : route.endpoint->path);
    if (!request.query.empty()) {
        target += '?';
        target += request.query;
    }
    const bool get = request.verb == http::Verb::Get;
    http::Response response;
    response.status = get ? 301 : 307;
    response.contentType = {};
    if (get && rules.redirectHasBody) {
        response.contentType = kHtmlType;
        response.body = "<a href=\"" + htmlEscaped(target) + "\">Moved Permanently</a>.\n\n";
    }
    response.extraHeaders = "Location: " + target + "\r\n";
    return response;
}

std::string_view allowedFor(const Route& route) {
    switch (route.kind) {
        case Route::Kind::Media:
            return "GET, HEAD";
        case Route::Kind::Endpoint:
            return route.endpoint->method == contract::Method::Get ? "GET" : "POST";
        case Route::Kind::Ping:
        case Route::Kind::Metrics:
        case Route::Kind::Admin:
        case Route::Kind::Push:
        case Route::Kind::Nowhere:
            return "GET";
    }
    return "GET";
}

bool isAllowed(const Route& route, http::Verb verb) {
    switch (verb) {
        case http::Verb::Get:
            return route.kind != Route::Kind::Endpoint || route.endpoint->method == contract::Method::Get;
        case http::Verb::Post:
            return route.kind == Route::Kind::Endpoint && route.endpoint->method == contract::Method::Post;
        case http::Verb::Head:
            return route.kind == Route::Kind::Media;
        case http::Verb::Put:
        case http::Verb::Delete:
        case http::Verb::Other:
            return false;
    }
    return false;
}

}  // namespace

std::optional<http::Response> refuseRoute(Route& route, const http::Request& request,
                                          const TransportRules& rules) {
    if (route.kind == Route::Kind::Ping && !rules.hasPing) {
        route = {};
    }
    if (route.kind == Route::Kind::Push && !rules.offersPush) {
        route = {};
    }
    if (route.kind == Route::Kind::Nowhere) {
        return http::textResponse(404, contract::kNotFoundText);
    }
    if (rules.redirectsToSlash && !route.exact) {
        return redirect(route, request, rules);
    }
    if (isAllowed(route, request.verb)) {
        return std::nullopt;
    }
    if (!rules.knowsWrongMethods) {
        return http::textResponse(404, contract::kNotFoundText);
    }
    http::Response response = http::textResponse(405, contract::kMethodNotAllowedText);
    response.extraHeaders = "Allow: " + std::string(allowedFor(route)) + "\r\n";
    return response;
}

}  // namespace tikgok::sim
