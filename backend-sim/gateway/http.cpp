// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/http.h"

#include "core/contract/codec.h"

#include <algorithm>
#include <unistd.h>

namespace tikgok::sim::http {

namespace {

char lowerLetter(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Whether a list of words, separated by commas, has this one (lower case).
bool listHas(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        std::string_view item = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        while (item.starts_with(' ') || item.starts_with('\t')) {
            item.remove_prefix(1);
        }
        while (item.ends_with(' ') || item.ends_with('\t')) {
            item.remove_suffix(1);
        }
        if (sameFieldName(item, word)) {
            return true;
        }
    }
    return false;
}

}  // namespace

bool sameFieldName(std::string_view sent, std::string_view lower) {
    return std::ranges::equal(sent, lower, [](char a, char b) { return lowerLetter(a) == b; });
}

std::string_view firstField(const Request& request, std::string_view lower) {
    for (const auto& [name, value] : request.otherHeaders) {
        if (sameFieldName(name, lower)) {
            return value;
        }
    }
    return {};
}

bool isSocketRequest(const Request& request) {
    constexpr std::size_t kKeyLength = 24;  // 16 bytes in base64
    return request.verb == Verb::Get && !request.hasBody() && request.hasHostHeader &&
           listHas(firstField(request, "connection"), "upgrade") &&
           listHas(firstField(request, "upgrade"), "websocket") &&
           firstField(request, "sec-websocket-version") == "13" &&
           firstField(request, "sec-websocket-key").size() == kKeyLength;
}

std::string_view verbName(Verb verb) {
    switch (verb) {
        case Verb::Get:
            return "GET";
        case Verb::Head:
            return "HEAD";
        case Verb::Post:
            return "POST";
        case Verb::Put:
            return "PUT";
        case Verb::Delete:
            return "DELETE";
        case Verb::Other:
            return "OTHER";
    }
    return "OTHER";
}

FileBody& FileBody::operator=(FileBody&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    offset_ = other.offset_;
    length_ = other.length_;
    return *this;
}

FileBody::~FileBody() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Response jsonResponse(std::string body) {
    Response response;
    response.body = std::move(body);
    return response;
}

Response textResponse(int status, std::string_view text) {
    Response response;
    response.status = status;
    response.contentType = kTextType;
    response.body = text;
    return response;
}

Responder::~Responder() {
    if (!target_) {
        return;
    }
    try {
        target_->deliver(fallback_ != nullptr ? fallback_(subject_)
                                              : jsonResponse(contract::writeFailure(contract::kServiceErr)));
    } catch (...) {
        // There is no memory even for this; the client waits until its own patience ends.
        return;
    }
}

void Responder::operator()(Response response) {
    if (const auto target = std::exchange(target_, nullptr)) {
        target->deliver(std::move(response));
    }
}

}  // namespace tikgok::sim::http
