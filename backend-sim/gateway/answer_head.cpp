// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/answer_head.h"

#include <array>
#include <charconv>

namespace tikgok::sim::http {

namespace {

std::string_view reasonOf(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 413:
            return "Request Entity Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 417:
            return "Expectation Failed";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 426:
            return "Upgrade Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        default:
            return "Unknown";
    }
}

void appendNumber(std::string& out, std::uint64_t value) {
    std::array<char, 20> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    static_cast<void>(error);  // 20 digits hold every value
    out.append(digits.data(), end);
}

}  // namespace

Response refusal(int status) {
    Response response = textResponse(status, reasonOf(status));
    response.close = true;
    return response;
}

void writeHead(std::string& out, const Response& response, std::string_view dateLine, bool oldVersion) {
    out.clear();
    out += "HTTP/1.1 ";
    appendNumber(out, static_cast<std::uint64_t>(response.status));
    out += ' ';
    out += reasonOf(response.status);
    out += "\r\n";
    out += dateLine;
    if (!response.contentType.empty()) {
        out += "Content-Type: ";
        out += response.contentType;
        out += "\r\n";
    }
    if (response.status != 304) {
        out += "Content-Length: ";
        appendNumber(out, response.file ? response.file->length() : response.body.size());
        out += "\r\n";
    }
    out += response.extraHeaders;
    if (response.close) {
        out += "Connection: close\r\n";
    } else if (oldVersion) {
        out += "Connection: keep-alive\r\n";
    }
    out += "\r\n";
}

}  // namespace tikgok::sim::http
