// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/connection.h"

#include "backend-sim/gateway/answer_head.h"
#include "backend-sim/gateway/http_connection.h"
#include "backend-sim/gateway/http_date.h"
#include "core/contract/codec.h"
#include "core/contract/errors.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <ctime>
#include <exception>
#include <poll.h>

namespace tikgok::sim::http {

namespace asio = boost::asio;

// Carries an answer from any thread to the connection, if that is still there.
class HttpConnection::LaterAnswer final : public Responder::Target {
public:
    LaterAnswer(std::shared_ptr<Loop> loop, std::weak_ptr<HttpConnection> connection, std::uint64_t sequence)
        : loop_(std::move(loop)), connection_(std::move(connection)), sequence_(sequence) {}

    void deliver(Response response) override {
        loop_->hand([connection = connection_, sequence = sequence_, answer = std::move(response)]() mutable {
            if (const auto alive = connection.lock()) {
                alive->onAnswer(sequence, std::move(answer));
            }
        });
    }

private:
    std::shared_ptr<Loop> loop_;
    std::weak_ptr<HttpConnection> connection_;
    std::uint64_t sequence_;
};

void Loop::hand(std::move_only_function<void()> work) {
    if (context.get_executor().running_in_this_thread()) {
        work();
        return;
    }
    bool mustPost = false;
    {
        const std::lock_guard lock(mailMutex_);
        mail_.push_back(std::move(work));
        mustPost = !std::exchange(mailPosted_, true);
    }
    if (!mustPost) {
        return;
    }
    try {
        // Not shared: the context is a part of this, and nobody runs it once this is gone.
        asio::post(context, [this] { openMail(); });
    } catch (...) {
        // No memory. The next one who hands something in tries again.
        const std::lock_guard lock(mailMutex_);
        mailPosted_ = false;
        throw;
    }
}

void Loop::openMail() {
    std::vector<std::move_only_function<void()>> mail;
    {
        const std::lock_guard lock(mailMutex_);
        mail.swap(mail_);
        mailPosted_ = false;
    }
    for (auto& work : mail) {
        try {
            work();
        } catch (const std::exception&) {
            // Out of memory for one; the others still get their answers.
            continue;
        }
    }
}

HttpConnection::HttpConnection(Loop& loop, Socket socket, std::string peer)
    : loop_(loop),
      limits_(*loop.limits),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      buffer_(kFirstBuffer),
      parser_(*this, limits_.headFields),
      bodyShare_(loop.bodies) {}

void HttpConnection::start() {
    ErrorCode ignored;
    ignored = socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    ignored = socket_.non_blocking(true, ignored);
    setPhase(Phase::Head, limits_.headTime);
    readHead();
}

void HttpConnection::sweep(Clock::time_point now) {
    if (phase_ == Phase::Handling) {
        noticeHangUp();
    }
    if (now < deadline_) {
        return;
    }
    const bool halfSent = phase_ == Phase::Body || (phase_ == Phase::Head && end_ > begin_);
    if (halfSent) {
        // What came of an upload is gone before the client hears of it.
        sink.reset();
        // A read is under way, so there is no lingering: one try to say why, and out.
        response_ = early_ ? std::move(*early_) : refusal(408);
        response_.close = true;
        writeHead();
        ErrorCode ignored;
        socket_.write_some(
            std::array<asio::const_buffer, 2>{asio::buffer(head_), asio::buffer(response_.body)}, ignored);
    }
    close();
}

void HttpConnection::retire() {
    closeAfterAnswer_ = true;
    if (phase_ == Phase::Idle || phase_ == Phase::Head || phase_ == Phase::Lingering) {
        close();
    }
}

void HttpConnection::close() {
    if (phase_ == Phase::Closed) {
        return;
    }
    phase_ = Phase::Closed;
    sink.reset();
    ErrorCode ignored;
    ignored = socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    ignored = socket_.close(ignored);
    dropBody();
    response_ = {};
    dropDelivery();
    if (stop_) {
        stop_->request_stop();
    }
    loop_.connections.erase(shared_from_this());
    loop_.connectionGone(peer_);
}

Responder HttpConnection::defer() {
    return Responder(std::make_shared<LaterAnswer>(loop_.shared_from_this(), weak_from_this(), sequence_));
}

std::stop_token HttpConnection::cancelled() {
    if (!stop_) {
        stop_.emplace();
    }
    return stop_->get_token();
}

void HttpConnection::upgrade(std::shared_ptr<SocketUser> user) {
    answered_ = true;
    socketUser_ = std::move(user);
}

void HttpConnection::becomeSocket() {
    constexpr int kSwitching = 101;
    const auto user = std::move(socketUser_);
    response_ = {};
    response_.status = kSwitching;
    response_.contentType = {};
    try {
        loop_.handler->finish(*this, response_);
    } catch (...) {
        // Only watchers have something to say here; the peer gets its handshake all the same.
        response_.status = kSwitching;
    }
    // A peer that talks before it knows who listens is none of ours.
    if (begin_ != end_ || !ahead_.empty() || loop_.stopping) {
        user->closed();
        close();
        return;
    }
    const SocketHandshake handshake{std::string(request.host), std::string(request.path),
                                    std::string(firstField(request, "sec-websocket-key"))};
    const auto self = shared_from_this();
    phase_ = Phase::Closed;
    sink.reset();
    dropBody();
    loop_.connections.erase(self);
    const auto next = makeSocketConnection(loop_, std::move(socket_), peer_, handshake, user);
    loop_.connections.insert(next);
    next->start();
}

// Nobody reads while an answer is being made, so this is how a client that went away is found out. One that
// has only ended its side may still wait, and gets its answer if there is one.
void HttpConnection::noticeHangUp() {
    if (!stop_ || stop_->stop_requested()) {
        return;
    }
    pollfd state{socket_.native_handle(), POLLRDHUP, 0};
    if (::poll(&state, 1, 0) == 1) {
        stop_->request_stop();
    }
}

void HttpConnection::onAnswer(std::uint64_t sequence, Response response) {
    if (phase_ != Phase::Handling || sequence != sequence_ || answered_) {
        return;
    }
    response_ = std::move(response);
    answered_ = true;
    if (insideHandler_) {
        return;
    }
    if (loop_.handler->again(*this)) {
        callHandler();
    }
    if (answered_ && writeAnswer()) {
        pump();
    }
}

void HttpConnection::setPhase(Phase phase, std::chrono::milliseconds patience) {
    phase_ = phase;
    phaseBegan_ = Clock::now();
    deadline_ = phaseBegan_ + patience;
}

void HttpConnection::expectPiece(std::uint64_t moved, std::uint64_t leastRate) {
    const std::chrono::milliseconds earned(moved * 1000 / std::max<std::uint64_t>(leastRate, 1));
    deadline_ = std::min(Clock::now() + limits_.pieceTime, phaseBegan_ + limits_.bodyTime + earned);
}

void HttpConnection::pump() {
    while (phase_ == Phase::Idle || phase_ == Phase::Head) {
        skipEmptyLines();
        if (begin_ == end_) {
            begin_ = end_ = scanned_ = 0;
            if (phase_ == Phase::Idle && buffer_.size() > kFirstBuffer) {
                buffer_ = std::vector<char>(kFirstBuffer);
            }
            readHead();
            return;
        }
        if (phase_ == Phase::Idle) {
            setPhase(Phase::Head, limits_.headTime);
        }
        std::size_t looked = scanned_ - begin_;
        const HeadScan scan = scanHead(std::string_view(buffer_.data() + begin_, end_ - begin_), looked,
                                       limits_.headBytes, limits_.targetBytes);
        scanned_ = begin_ + looked;
        if (scan.status != 0) {
            requestKnown_ = false;
            sendLast(refusal(scan.status));
            return;
        }
        if (scan.length == 0) {
            readHead();
            return;
        }
        if (!takeRequest(scan.length)) {
            return;
        }
    }
}

bool HttpConnection::takeRequest(std::size_t headLength) {
    request.verb = Verb::Other;
    request.path = request.query = request.host = request.contentType = request.acceptEncoding = {};
    request.range = request.ifRange = request.ifNoneMatch = request.ifModifiedSince = {};
    request.traceParent = request.contentEncoding = request.pairing = {};
    request.peer = peer_;
    request.otherHeaders.clear();
    request.contentLength.reset();
    request.chunked = false;
    request.body.clear();
    sink.reset();
    bodyLimit = 0;
    early_.reset();
    request.bodyBytes = 0;
    ++sequence_;
    answered_ = false;
    requestKnown_ = false;

    const std::string_view head(buffer_.data() + begin_, headLength);
    if (const int problem = parser_.takeHead(head, request); problem != 0) {
        begin_ += headLength;
        scanned_ = begin_;
        sendLast(refusal(problem));
        return false;
    }
    begin_ += headLength;
    scanned_ = begin_;
    if (request.path.size() + request.query.size() > limits_.targetBytes) {
        sendLast(refusal(414));
        return false;
    }
    requestKnown_ = true;
    oldVersion_ = parser_.oldVersion();
    keepAlive_ = parser_.keepAlive();

    phase_ = Phase::Handling;  // for a handler that wants to answer out of begin()
    try {
        early_ = loop_.handler->begin(*this);
    } catch (...) {
        early_ = jsonResponse(contract::writeFailure(contract::kServiceErr));
    }
    if (parser_.complete()) {
        return dispatch();
    }
    return takeBody();
}

bool HttpConnection::dispatch() {
    phase_ = Phase::Handling;
    deadline_ = Clock::time_point::max();
    if (early_) {
        answered_ = true;
        response_ = std::move(*early_);
        early_.reset();
        return writeAnswer();
    }
    callHandler();
    if (socketUser_) {
        becomeSocket();
        return false;
    }
    return answered_ && writeAnswer();
}

void HttpConnection::callHandler() {
    insideHandler_ = true;
    do {
        // An answer that somebody still owes to the time before is none to this one.
        sequence_ += answered_ ? 1 : 0;
        answered_ = false;
        try {
            if (sink) {
                sink->finish();
            }
            loop_.handler->handle(*this);
        } catch (...) {
            if (!answered_) {
                answered_ = true;
                response_ = jsonResponse(contract::writeFailure(contract::kServiceErr));
            }
        }
    } while (answered_ && loop_.handler->again(*this));
    insideHandler_ = false;
}

void HttpConnection::sendLast(Response response) {
    response.close = true;
    phase_ = Phase::Handling;
    answered_ = true;
    response_ = std::move(response);
    static_cast<void>(writeAnswer());  // nothing follows
}

const std::string& Loop::dateLine() {
    const std::int64_t second = now ? now() : std::time(nullptr);
    if (second != dateSecond_) {
        dateSecond_ = second;
        dateText_ = "Date: " + httpDate(second) + "\r\n";
    }
    return dateText_;
}

std::shared_ptr<Connection> makeConnection(Loop& loop, asio::ip::tcp::socket socket, std::string peer) {
    return std::make_shared<HttpConnection>(loop, std::move(socket), std::move(peer));
}

}  // namespace tikgok::sim::http
