// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a connection answers: heads and bodies, files, and the end of a connection.

#include "backend-sim/gateway/answer_head.h"
#include "backend-sim/gateway/http_connection.h"
#include "core/contract/codec.h"
#include "core/contract/errors.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/sendfile.h>

namespace tikgok::sim::http {

namespace asio = boost::asio;

void HttpConnection::writeHead() {
    response_.close = response_.close || !keepAlive_ || closeAfterAnswer_;
    http::writeHead(head_, response_, loop_.dateLine(), oldVersion_);
}

bool HttpConnection::writeAnswer() {
    setPhase(Phase::Writing, limits_.pieceTime);
    // What a refused upload left is gone before the client hears of it.
    sink.reset();
    if (requestKnown_) {
        try {
            loop_.handler->finish(*this, response_);
        } catch (...) {
            response_ = jsonResponse(contract::writeFailure(contract::kServiceErr));
        }
    }
    // Nobody looks at it any more, and the client may take its time with the answer.
    dropBody();
    writeHead();
    if (request.verb == Verb::Head || response_.status == 304) {
        response_.body.clear();
        response_.file.reset();
    }
    if (response_.delivery) {
        beginDelivery();
        return false;
    }
    const std::array<asio::const_buffer, 2> pieces{asio::buffer(head_), asio::buffer(response_.body)};
    ErrorCode error;
    const std::size_t sent = socket_.write_some(pieces, error);
    if (error && error != asio::error::would_block) {
        close();
        return false;
    }
    sent_ = error ? 0 : sent;
    fileSent_ = 0;
    if (sent_ < head_.size() + response_.body.size()) {
        expectPiece(sent_, limits_.leastAnswerRate);
        writeMore();
        return false;
    }
    return response_.file ? sendFile() : answerDone();
}

// The client takes it slower than we make it.
void HttpConnection::writeMore() {
    std::array<asio::const_buffer, 2> pieces{asio::buffer(head_), asio::buffer(response_.body)};
    std::size_t skip = sent_;
    for (asio::const_buffer& piece : pieces) {
        const std::size_t step = std::min(skip, piece.size());
        piece += step;
        skip -= step;
    }
    socket_.async_write_some(pieces, [self = shared_from_this()](const ErrorCode& error, std::size_t bytes) {
        if (self->phase_ == Phase::Closed) {
            return;
        }
        if (error) {
            self->close();
            return;
        }
        self->sent_ += bytes;
        self->expectPiece(self->sent_, self->limits_.leastAnswerRate);
        if (self->sent_ < self->head_.size() + self->response_.body.size()) {
            self->writeMore();
        } else if (self->response_.file ? self->sendFile() : self->answerDone()) {
            self->pump();
        }
    });
}

bool HttpConnection::sendFile() {
    FileBody& file = *response_.file;
    std::uint64_t turn = kFileTurn;
    while (file.length() > 0) {
        if (turn == 0) {
            asio::post(loop_.context, [self = shared_from_this()] { self->resumeFile(); });
            return false;
        }
        auto offset = static_cast<off_t>(file.offset());
        const ssize_t sent =
            ::sendfile(socket_.native_handle(), file.descriptor(), &offset, std::min(turn, file.length()));
        if (sent > 0) {
            file.advance(static_cast<std::uint64_t>(sent));
            turn -= static_cast<std::uint64_t>(sent);
            fileSent_ += static_cast<std::uint64_t>(sent);
            expectPiece(sent_ + fileSent_, limits_.leastAnswerRate);
        } else if (sent < 0 && errno == EINTR) {
            continue;
        } else if (sent < 0 && errno == EAGAIN) {
            socket_.async_wait(asio::ip::tcp::socket::wait_write,
                               [self = shared_from_this()](const ErrorCode& error) {
                                   if (error) {
                                       self->close();
                                   } else {
                                       self->resumeFile();
                                   }
                               });
            return false;
        } else {
            close();  // the client is gone, or the file became shorter
            return false;
        }
    }
    return answerDone();
}

void HttpConnection::resumeFile() {
    if (phase_ == Phase::Writing && response_.file && sendFile()) {
        pump();
    }
}

// True when the next request may be looked at.
bool HttpConnection::answerDone() {
    const bool closing = response_.close;
    response_ = {};
    dropDelivery();
    sink.reset();
    if (closing) {
        linger();
        return false;
    }
    if (closeAfterAnswer_) {
        close();
        return false;
    }
    if (!ahead_.empty()) {
        buffer_.assign(ahead_.begin(), ahead_.end());
        buffer_.resize(std::max(ahead_.size(), kFirstBuffer));
        begin_ = scanned_ = 0;
        end_ = ahead_.size();
        ahead_ = {};
    }
    setPhase(Phase::Idle, limits_.idleTime);
    return true;
}

// A socket that is closed with unread bytes in it is reset, and the client may lose the answer. So the
// rest is read and thrown away for a while.
void HttpConnection::linger() {
    if (loop_.stopping) {
        close();
        return;
    }
    ErrorCode error;
    error = socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
    setPhase(Phase::Lingering, limits_.lingerTime);
    buffer_ = {};
    ahead_ = {};
    if (error) {
        close();
    } else {
        readLinger();
    }
}

void HttpConnection::readLinger() {
    bodyBuffer_.resize(kSmallPiece);
    socket_.async_read_some(asio::buffer(bodyBuffer_),
                            [self = shared_from_this()](const ErrorCode& error, std::size_t /*bytes*/) {
                                self->onLingerBytes(error);
                            });
}

void HttpConnection::onLingerBytes(const ErrorCode& error) {
    if (phase_ != Phase::Lingering) {
        return;
    }
    if (error) {
        close();
    } else {
        readLinger();
    }
}
}  // namespace tikgok::sim::http
