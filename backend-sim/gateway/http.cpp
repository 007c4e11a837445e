// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/http.h"

#include "core/contract/codec.h"

#include <unistd.h>

namespace tikgok::sim::http {

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
