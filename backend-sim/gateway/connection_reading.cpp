// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a connection reads: heads, small bodies, uploads.

#include "backend-sim/gateway/answer_head.h"
#include "backend-sim/gateway/http_connection.h"
#include "core/contract/errors.h"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <cstring>

namespace tikgok::sim::http {

namespace asio = boost::asio;

namespace {

Response tooLarge() {
    Response response = textResponse(413, contract::kTooLargeText);
    response.close = true;
    return response;
}

}  // namespace

void HttpConnection::readHead() {
    if (end_ == buffer_.size()) {
        if (begin_ > 0) {
            std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
            end_ -= begin_;
            scanned_ -= begin_;
            begin_ = 0;
        } else {
            buffer_.resize(std::min(buffer_.size() * 2, limits_.headBytes + kFirstBuffer));
        }
    }
    socket_.async_read_some(asio::buffer(buffer_.data() + end_, buffer_.size() - end_),
                            [self = shared_from_this()](const ErrorCode& error, std::size_t bytes) {
                                self->onHeadBytes(error, bytes);
                            });
}

void HttpConnection::onHeadBytes(const ErrorCode& error, std::size_t bytes) {
    if (phase_ == Phase::Closed) {
        return;
    }
    if (error) {
        close();
        return;
    }
    end_ += bytes;
    pump();
}

// Servers should ignore empty lines before a request.
void HttpConnection::skipEmptyLines() {
    while (end_ - begin_ >= 2 && buffer_[begin_] == '\r' && buffer_[begin_ + 1] == '\n') {
        begin_ += 2;
    }
    scanned_ = std::max(scanned_, begin_);
}

bool HttpConnection::takeBody() {
    if (early_) {
        // The answer is known; the body only has to be got out of the way.
        sink.reset();
        bodyLimit = kSkippedBody;
        if (parser_.expectsContinue() || request.contentLength.value_or(0) > kSkippedBody) {
            sendLast(std::move(*early_));
            return false;
        }
    } else if (request.contentLength.value_or(0) > bodyLimit) {
        sendLast(tooLarge());
        return false;
    } else if (parser_.expectsContinue() && !sendContinue()) {
        close();
        return false;
    }
    setPhase(Phase::Body, std::min(limits_.pieceTime, limits_.bodyTime));
    const std::size_t used = feedBody(buffer_.data() + begin_, end_ - begin_);
    begin_ += used;
    scanned_ = begin_;
    if (phase_ != Phase::Body) {
        return false;
    }
    if (parser_.complete()) {
        return dispatch();
    }
    // What is left is a cut chunk header: it moves to the front of the body buffer.
    bodyBuffer_.resize(sink ? kUploadPiece : kSmallPiece);
    bodyEnd_ = std::min(end_ - begin_, bodyBuffer_.size());
    std::memcpy(bodyBuffer_.data(), buffer_.data() + begin_, bodyEnd_);
    begin_ += bodyEnd_;
    readBody();
    return false;
}

bool HttpConnection::sendContinue() {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    ErrorCode error;
    // The socket's buffer is empty here, save for a client that reads nothing; it is let go.
    return socket_.write_some(asio::buffer(kContinue), error) == kContinue.size();
}

// Gives the number of bytes that were used. May end the connection's reading (phase is not Body then).
std::size_t HttpConnection::feedBody(const char* data, std::size_t size) {
    const RequestParser::Fed fed = parser_.takeBody(std::string_view(data, size));
    if (fed.problem != 0) {
        if (early_) {
            sendLast(std::move(*early_));
        } else {
            sink.reset();
            if (noRoom_) {
                sendLast(loop_.handler->turnAway(*this));
            } else {
                sendLast(fed.problem == 413 ? tooLarge() : refusal(fed.problem));
            }
        }
    }
    return fed.used;
}

bool HttpConnection::receive(std::string_view piece) {
    request.bodyBytes += piece.size();
    if (request.bodyBytes > bodyLimit) {
        return false;
    }
    if (early_) {
        return true;
    }
    if (sink) {
        return sink->take(piece) == BodySink::Verdict::Continue;
    }
    if (!bodyShare_.take(piece.size())) {
        noRoom_ = true;
        return false;
    }
    request.body.append(piece);
    return true;
}

// A small buffer stays for the next request.
void HttpConnection::dropBody() {
    if (request.body.capacity() > kSmallPiece) {
        request.body = {};
    }
    bodyShare_.giveBack();
}

void HttpConnection::readBody() {
    if (bodyEnd_ == bodyBuffer_.size()) {
        sendLast(refusal(400));  // a chunk header without an end
        return;
    }
    socket_.async_read_some(asio::buffer(bodyBuffer_.data() + bodyEnd_, bodyBuffer_.size() - bodyEnd_),
                            [self = shared_from_this()](const ErrorCode& error, std::size_t bytes) {
                                self->onBodyBytes(error, bytes);
                            });
}

void HttpConnection::onBodyBytes(const ErrorCode& error, std::size_t bytes) {
    if (phase_ != Phase::Body) {
        return;
    }
    if (error) {
        close();
        return;
    }
    bodyEnd_ += bytes;
    std::size_t used = 0;
    try {
        used = feedBody(bodyBuffer_.data(), bodyEnd_);
    } catch (...) {
        close();
        return;
    }
    if (phase_ != Phase::Body) {
        return;
    }
    std::memmove(bodyBuffer_.data(), bodyBuffer_.data() + used, bodyEnd_ - used);
    bodyEnd_ -= used;
    if (!parser_.complete()) {
        // Only what does not stay in memory may take longer than one could wait for it.
        expectPiece(sink ? request.bodyBytes : 0, limits_.leastUploadRate);
        readBody();
        return;
    }
    // The start of the next request, if the client is ahead. Requests wait in `buffer_`, behind the head
    // of this one, which must not move.
    if (bodyEnd_ > 0) {
        ahead_.assign(bodyBuffer_.begin(), bodyBuffer_.begin() + static_cast<std::ptrdiff_t>(bodyEnd_));
    }
    bodyBuffer_ = {};
    bodyEnd_ = 0;
    if (dispatch()) {
        pump();
    }
}
}  // namespace tikgok::sim::http
