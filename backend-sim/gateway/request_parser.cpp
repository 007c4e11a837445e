// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/request_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <optional>

namespace tikgok::sim::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

// Fills a Request while Beast parses. The bytes of the head must stay where they are.
class BeastParser final : public beast::http::basic_parser<true> {
public:
    BeastParser(Request& request, BodyReceiver& receiver, std::string_view head, std::size_t maxFields)
        : request_(request), receiver_(receiver), head_(head), maxFields_(maxFields) {
        header_limit(static_cast<std::uint32_t>(head.size() + 1));
        body_limit(boost::none);
        eager(false);
    }

    // Status of the refusal, or 0.
    [[nodiscard]] int problem() const { return problem_; }
    [[nodiscard]] bool expectsContinue() const { return expectsContinue_; }
    [[nodiscard]] bool oldVersion() const { return version_ < 11; }

private:
    using View = beast::string_view;

    void refuse(int status, error_code& error) {
        problem_ = status;
        error = beast::http::error::bad_value;
    }

    void on_request_impl(beast::http::verb verb, View /*name*/, View target, int version,
                         error_code& error) override {
        version_ = version;
        switch (verb) {
            case beast::http::verb::get:
                request_.verb = Verb::Get;
                break;
            case beast::http::verb::head:
                request_.verb = Verb::Head;
                break;
            case beast::http::verb::post:
                request_.verb = Verb::Post;
                break;
            case beast::http::verb::put:
                request_.verb = Verb::Put;
                break;
            case beast::http::verb::delete_:
                request_.verb = Verb::Delete;
                break;
            default:
                request_.verb = Verb::Other;
                break;
        }
        std::string_view text(target.data(), target.size());
        constexpr std::string_view kScheme = "http://";
        if (text.size() > kScheme.size() && equalsIgnoringCase(text.substr(0, kScheme.size()), kScheme)) {
            text.remove_prefix(kScheme.size());
            const std::size_t slash = std::min(text.find_first_of("/?"), text.size());
            authority_ = text.substr(0, slash);
            text.remove_prefix(slash);
            if (authority_.empty()) {
                refuse(400, error);
                return;
            }
            if (text.empty()) {
                text = "/";
            }
        }
        if (!text.starts_with('/') && text != "*") {
            refuse(400, error);
            return;
        }
        const std::size_t mark = text.find('?');
        request_.path = text.substr(0, mark);
        request_.query = mark == std::string_view::npos ? std::string_view() : text.substr(mark + 1);
    }

    void on_response_impl(int /*status*/, View /*reason*/, int /*version*/, error_code& /*error*/) override {}

    void on_field_impl(beast::http::field id, View nameView, View valueView, error_code& error) override {
        if (headDone_) {
            return;  // trailers of a chunked body mean nothing here
        }
        const std::string_view name(nameView.data(), nameView.size());
        const std::string_view value(valueView.data(), valueView.size());
        // A folded header was copied together somewhere else. Folding is obsolete, and a way to smuggle.
        if (!value.empty() &&
            (value.data() < head_.data() || value.data() + value.size() > head_.data() + head_.size())) {
            refuse(400, error);
            return;
        }
        if (++fields_ > maxFields_) {
            refuse(431, error);
            return;
        }
        using Field = beast::http::field;
        const auto first = [&value](std::string_view& slot) {
            if (slot.empty()) {
                slot = value;
            }
        };
        switch (id) {
            case Field::host:
                if (++hosts_ > 1) {
                    refuse(400, error);
                }
                request_.host = value;
                break;
            case Field::content_length:
                // One length, written in digits: everything else has been used to smuggle requests.
                if (++lengths_ > 1 || value.find_first_not_of("0123456789") != std::string_view::npos) {
                    refuse(400, error);
                }
                break;
            case Field::transfer_encoding:
                if (!equalsIgnoringCase(value, "chunked")) {
                    refuse(400, error);
                }
                break;
            case Field::expect:
                if (!equalsIgnoringCase(value, "100-continue")) {
                    refuse(417, error);
                }
                expectsContinue_ = true;
                break;
            case Field::content_type:
                first(request_.contentType);
                break;
            case Field::content_encoding:
                if (!value.empty() && !equalsIgnoringCase(value, "identity")) {
                    first(request_.contentEncoding);
                }
                break;
            case Field::accept_encoding:
                first(request_.acceptEncoding);
                break;
            case Field::range:
                first(request_.range);
                break;
            case Field::if_range:
                first(request_.ifRange);
                break;
            case Field::if_none_match:
                first(request_.ifNoneMatch);
                break;
            case Field::if_modified_since:
                first(request_.ifModifiedSince);
                break;
            default:
                if (equalsIgnoringCase(name, "traceparent")) {
                    first(request_.traceParent);
                } else if (equalsIgnoringCase(name, "x-tikgok-pairing")) {
                    first(request_.pairing);
                } else {
                    request_.otherHeaders.emplace_back(name, value);
                }
                break;
        }
    }

    void on_header_impl(error_code& error) override {
        headDone_ = true;
        const bool modern = version_ >= 11;
        if ((modern && hosts_ == 0) || (!modern && chunked())) {
            refuse(400, error);
            return;
        }
        if (!modern) {
            expectsContinue_ = false;
        }
        if (!authority_.empty()) {
            request_.host = authority_;
        }
        request_.hasHostHeader = hosts_ > 0 || !authority_.empty();
        request_.chunked = chunked();
        if (const auto length = content_length()) {
            request_.contentLength = *length;
        }
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/, error_code& /*error*/) override {
    }

    std::size_t on_body_impl(View body, error_code& error) override {
        if (!receiver_.receive(std::string_view(body.data(), body.size()))) {
            refuse(413, error);
        }
        return body.size();
    }

    void on_chunk_header_impl(std::uint64_t /*size*/, View /*extensions*/, error_code& /*error*/) override {}

    std::size_t on_chunk_body_impl(std::uint64_t /*remain*/, View body, error_code& error) override {
        return on_body_impl(body, error);
    }

    void on_finish_impl(error_code& /*error*/) override {}

    Request& request_;
    BodyReceiver& receiver_;
    std::string_view head_;
    std::size_t maxFields_;
    std::string_view authority_;
    std::size_t fields_ = 0;
    unsigned hosts_ = 0;
    unsigned lengths_ = 0;
    int version_ = 11;
    int problem_ = 0;
    bool headDone_ = false;
    bool expectsContinue_ = false;
};

}  // namespace

struct RequestParser::State {
    std::optional<BeastParser> parser;
};

RequestParser::RequestParser(BodyReceiver& receiver, std::size_t maxFields)
    : receiver_(receiver), maxFields_(maxFields), state_(std::make_unique<State>()) {}

RequestParser::~RequestParser() = default;

int RequestParser::takeHead(std::string_view head, Request& request) {
    BeastParser& parser = state_->parser.emplace(request, receiver_, head, maxFields_);
    error_code error;
    parser.put(asio::buffer(head.data(), head.size()), error);
    if (error || !parser.is_header_done()) {
        return parser.problem() != 0 ? parser.problem() : 400;
    }
    parser.eager(true);
    return 0;
}

RequestParser::Fed RequestParser::takeBody(std::string_view bytes) {
    BeastParser& parser = *state_->parser;
    Fed fed;
    while (fed.used < bytes.size() && !parser.is_done()) {
        error_code error;
        fed.used += parser.put(asio::buffer(bytes.data() + fed.used, bytes.size() - fed.used), error);
        if (error == beast::http::error::need_more) {
            break;
        }
        if (error) {
            fed.problem = parser.problem() != 0 ? parser.problem() : 400;
            break;
        }
    }
    return fed;
}

bool RequestParser::complete() const {
    return state_->parser->is_done();
}

bool RequestParser::keepAlive() const {
    return state_->parser->keep_alive();
}

bool RequestParser::expectsContinue() const {
    return state_->parser->expectsContinue();
}

bool RequestParser::oldVersion() const {
    return state_->parser->oldVersion();
}

HeadScan scanHead(std::string_view text, std::size_t& scanned, std::size_t headLimit,
                  std::size_t targetLimit) {
    const auto first = static_cast<unsigned char>(text.front());
    // Anything but a letter is no method; a TLS client, most likely.
    const bool cutLine = first == '\r' && text.size() == 1;
    if (!cutLine && (first <= ' ' || first > '~')) {
        return {.length = 0, .status = 400};
    }
    while (scanned < text.size()) {
        const std::size_t at = text.find('\n', scanned);
        if (at == std::string_view::npos) {
            scanned = text.size();
            break;
        }
        if (at == 0 || text[at - 1] != '\r') {
            return {.length = 0, .status = 400};
        }
        scanned = at + 1;
        if (scanned > headLimit) {
            return {.length = 0, .status = 431};
        }
        if (text.substr(0, scanned).ends_with("\r\n\r\n")) {
            return {.length = scanned, .status = 0};
        }
    }
    if (text.size() > targetLimit && text.find('\n') == std::string_view::npos) {
        return {.length = 0, .status = 414};
    }
    return {.length = 0, .status = text.size() > headLimit ? 431 : 0};
}

}  // namespace tikgok::sim::http
