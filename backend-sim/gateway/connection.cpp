// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/connection.h"

#include "backend-sim/gateway/answer_head.h"
#include "backend-sim/gateway/http_date.h"
#include "backend-sim/gateway/request_parser.h"
#include "core/contract/codec.h"
#include "core/contract/errors.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <stop_token>
#include <sys/sendfile.h>

namespace tikgok::sim::http {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kFirstBuffer = 4096;
// Uploads are read in pieces of this size.
constexpr std::size_t kUploadPiece = std::size_t{256} * 1024;
constexpr std::size_t kSmallPiece = std::size_t{16} * 1024;
// A refused body up to this size is read to its end, so that the connection can be used again.
constexpr std::uint64_t kSkippedBody = std::uint64_t{1024} * 1024;
// One connection sends this much of a file before it lets the others have their turn.
constexpr std::uint64_t kFileTurn = std::uint64_t{1024} * 1024;

class HttpConnection final : public Connection,
                             public Exchange,
                             public std::enable_shared_from_this<HttpConnection>,
                             private BodyReceiver {
public:
    HttpConnection(Loop& loop, asio::ip::tcp::socket socket)
        : loop_(loop),
          limits_(*loop.limits),
          socket_(std::move(socket)),
          buffer_(kFirstBuffer),
          parser_(*this, limits_.headFields) {}

    void start() override {
        error_code ignored;
        ignored = socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
        ignored = socket_.non_blocking(true, ignored);
        setPhase(Phase::Head, limits_.headTime);
        readHead();
    }

    void sweep(Clock::time_point now) override {
        if (now < deadline_) {
            return;
        }
        const bool halfSent = phase_ == Phase::Body || (phase_ == Phase::Head && end_ > begin_);
        if (halfSent) {
            // A read is under way, so there is no lingering: one try to say why, and out.
            response_ = early_ ? std::move(*early_) : refusal(408);
            response_.close = true;
            writeHead();
            error_code ignored;
            socket_.write_some(
                std::array<asio::const_buffer, 2>{asio::buffer(head_), asio::buffer(response_.body)},
                ignored);
        }
        close();
    }

    void retire() override {
        closeAfterAnswer_ = true;
        if (phase_ == Phase::Idle || phase_ == Phase::Head || phase_ == Phase::Lingering) {
            close();
        }
    }

    void close() override {
        if (phase_ == Phase::Closed) {
            return;
        }
        phase_ = Phase::Closed;
        error_code ignored;
        ignored = socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
        ignored = socket_.close(ignored);
        sink.reset();
        response_ = {};
        if (stop_) {
            stop_->request_stop();
        }
        loop_.connections.erase(shared_from_this());
        loop_.connectionCount.fetch_sub(1, std::memory_order_relaxed);
        loop_.connectionGone();
    }

    // --- Exchange

    void answer(Response response) override { onAnswer(sequence_, std::move(response)); }

    Responder defer() override {
        return Responder(
            std::make_shared<LaterAnswer>(loop_.shared_from_this(), weak_from_this(), sequence_));
    }

    std::stop_token cancelled() override {
        if (!stop_) {
            stop_.emplace();
        }
        return stop_->get_token();
    }

    void onAnswer(std::uint64_t sequence, Response response) {
        if (phase_ != Phase::Handling || sequence != sequence_ || answered_) {
            return;
        }
        response_ = std::move(response);
        answered_ = true;
        if (!insideHandler_ && writeAnswer()) {
            pump();
        }
    }

private:
    enum class Phase : std::uint8_t { Idle, Head, Body, Handling, Writing, Lingering, Closed };

    // Carries an answer from any thread to the connection, if that is still there.
    class LaterAnswer final : public Responder::Target {
    public:
        LaterAnswer(std::shared_ptr<Loop> loop, std::weak_ptr<HttpConnection> connection,
                    std::uint64_t sequence)
            : loop_(std::move(loop)), connection_(std::move(connection)), sequence_(sequence) {}

        void deliver(Response response) override {
            // Runs at once when this is the connection's own thread.
            asio::dispatch(loop_->context, [connection = connection_, sequence = sequence_,
                                            answer = std::move(response)]() mutable {
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

    void setPhase(Phase phase, std::chrono::milliseconds patience) {
        phase_ = phase;
        deadline_ = Clock::now() + patience;
    }

    // --- reading the head

    void readHead() {
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
                                [self = shared_from_this()](const error_code& error, std::size_t bytes) {
                                    self->onHeadBytes(error, bytes);
                                });
    }

    void onHeadBytes(const error_code& error, std::size_t bytes) {
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

    // Works off what is in the buffer until something has to be waited for.
    void pump() {
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

    // Servers should ignore empty lines before a request.
    void skipEmptyLines() {
        while (end_ - begin_ >= 2 && buffer_[begin_] == '\r' && buffer_[begin_ + 1] == '\n') {
            begin_ += 2;
        }
        scanned_ = std::max(scanned_, begin_);
    }

    // True when the next request may be looked at.
    bool takeRequest(std::size_t headLength) {
        request.verb = Verb::Other;
        request.path = request.query = request.host = request.contentType = request.acceptEncoding = {};
        request.range = request.ifRange = request.ifNoneMatch = request.ifModifiedSince = {};
        request.traceParent = {};
        request.otherHeaders.clear();
        request.contentLength.reset();
        request.chunked = false;
        request.body.clear();
        sink.reset();
        bodyLimit = 0;
        early_.reset();
        received_ = 0;
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

    // --- reading the body

    bool takeBody() {
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
        setPhase(Phase::Body, sink ? limits_.pieceTime : limits_.smallBodyTime);
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

    bool sendContinue() {
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        error_code error;
        // The socket's buffer is empty here, save for a client that reads nothing; it is let go.
        return socket_.write_some(asio::buffer(kContinue), error) == kContinue.size();
    }

    static Response tooLarge() {
        Response response = textResponse(413, contract::kTooLargeText);
        response.close = true;
        return response;
    }

    // Gives the number of bytes that were used. May end the connection's reading (phase is not Body then).
    std::size_t feedBody(const char* data, std::size_t size) {
        const RequestParser::Fed fed = parser_.takeBody(std::string_view(data, size));
        if (fed.problem != 0) {
            if (early_) {
                sendLast(std::move(*early_));
            } else {
                sink.reset();
                sendLast(fed.problem == 413 ? tooLarge() : refusal(fed.problem));
            }
        }
        return fed.used;
    }

    bool receive(std::string_view piece) override {
        received_ += piece.size();
        if (received_ > bodyLimit) {
            return false;
        }
        if (early_) {
            return true;
        }
        if (sink) {
            return sink->take(piece) == BodySink::Verdict::Continue;
        }
        request.body.append(piece);
        return true;
    }

    void readBody() {
        if (bodyEnd_ == bodyBuffer_.size()) {
            sendLast(refusal(400));  // a chunk header without an end
            return;
        }
        socket_.async_read_some(asio::buffer(bodyBuffer_.data() + bodyEnd_, bodyBuffer_.size() - bodyEnd_),
                                [self = shared_from_this()](const error_code& error, std::size_t bytes) {
                                    self->onBodyBytes(error, bytes);
                                });
    }

    void onBodyBytes(const error_code& error, std::size_t bytes) {
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
            if (sink) {
                deadline_ = Clock::now() + limits_.pieceTime;
            }
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

    // --- answering

    // True when the answer is out and the next request may be looked at.
    bool dispatch() {
        phase_ = Phase::Handling;
        deadline_ = Clock::time_point::max();
        if (early_) {
            answered_ = true;
            response_ = std::move(*early_);
            early_.reset();
            return writeAnswer();
        }
        insideHandler_ = true;
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
        insideHandler_ = false;
        return answered_ && writeAnswer();
    }

    // Answers a request that cannot be followed by another, and closes.
    void sendLast(Response response) {
        response.close = true;
        phase_ = Phase::Handling;
        answered_ = true;
        response_ = std::move(response);
        static_cast<void>(writeAnswer());  // nothing follows
    }

    void writeHead() {
        response_.close = response_.close || !keepAlive_ || closeAfterAnswer_;
        http::writeHead(head_, response_, loop_.dateLine(), oldVersion_);
    }

    bool writeAnswer() {
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
        writeHead();
        if (request.verb == Verb::Head || response_.status == 304) {
            response_.body.clear();
            response_.file.reset();
        }
        const std::array<asio::const_buffer, 2> pieces{asio::buffer(head_), asio::buffer(response_.body)};
        error_code error;
        const std::size_t sent = socket_.write_some(pieces, error);
        if (error && error != asio::error::would_block) {
            close();
            return false;
        }
        sent_ = error ? 0 : sent;
        if (sent_ < head_.size() + response_.body.size()) {
            writeMore();
            return false;
        }
        return response_.file ? sendFile() : answerDone();
    }

    // The client takes it slower than we make it.
    void writeMore() {
        std::array<asio::const_buffer, 2> pieces{asio::buffer(head_), asio::buffer(response_.body)};
        std::size_t skip = sent_;
        for (asio::const_buffer& piece : pieces) {
            const std::size_t step = std::min(skip, piece.size());
            piece += step;
            skip -= step;
        }
        socket_.async_write_some(
            pieces, [self = shared_from_this()](const error_code& error, std::size_t bytes) {
                if (self->phase_ == Phase::Closed) {
                    return;
                }
                if (error) {
                    self->close();
                    return;
                }
                self->sent_ += bytes;
                self->deadline_ = Clock::now() + self->limits_.pieceTime;
                if (self->sent_ < self->head_.size() + self->response_.body.size()) {
                    self->writeMore();
                } else if (self->response_.file ? self->sendFile() : self->answerDone()) {
                    self->pump();
                }
            });
    }

    bool sendFile() {
        FileBody& file = *response_.file;
        std::uint64_t turn = kFileTurn;
        while (file.length() > 0) {
            if (turn == 0) {
                asio::post(loop_.context, [self = shared_from_this()] { self->resumeFile(); });
                return false;
            }
            auto offset = static_cast<off_t>(file.offset());
            const ssize_t sent = ::sendfile(socket_.native_handle(), file.descriptor(), &offset,
                                            std::min(turn, file.length()));
            if (sent > 0) {
                file.advance(static_cast<std::uint64_t>(sent));
                turn -= static_cast<std::uint64_t>(sent);
                deadline_ = Clock::now() + limits_.pieceTime;
            } else if (sent < 0 && errno == EINTR) {
                continue;
            } else if (sent < 0 && errno == EAGAIN) {
                socket_.async_wait(asio::ip::tcp::socket::wait_write,
                                   [self = shared_from_this()](const error_code& error) {
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

    void resumeFile() {
        if (phase_ == Phase::Writing && response_.file && sendFile()) {
            pump();
        }
    }

    // True when the next request may be looked at.
    bool answerDone() {
        const bool closing = response_.close;
        response_ = {};
        sink.reset();
        if (closing) {
            linger();
            return false;
        }
        if (closeAfterAnswer_) {
            close();
            return false;
        }
        if (request.body.capacity() > kSmallPiece) {
            request.body = {};
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
    void linger() {
        if (loop_.stopping) {
            close();
            return;
        }
        error_code error;
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

    void readLinger() {
        bodyBuffer_.resize(kSmallPiece);
        socket_.async_read_some(asio::buffer(bodyBuffer_),
                                [self = shared_from_this()](const error_code& error, std::size_t /*bytes*/) {
                                    self->onLingerBytes(error);
                                });
    }

    void onLingerBytes(const error_code& error) {
        if (phase_ != Phase::Lingering) {
            return;
        }
        if (error) {
            close();
        } else {
            readLinger();
        }
    }

    Loop& loop_;
    const Limits& limits_;
    asio::ip::tcp::socket socket_;
    Phase phase_ = Phase::Head;
    Clock::time_point deadline_ = Clock::time_point::max();

    // Heads, and bodies that came along with them. [begin_, end_) is not worked off yet.
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    // Up to here there is no end of a head.
    std::size_t scanned_ = 0;
    // Used while a body is longer than what came with its head.
    std::vector<char> bodyBuffer_;
    std::size_t bodyEnd_ = 0;
    // Bytes of the next request that were read behind a body.
    std::vector<char> ahead_;

    RequestParser parser_;
    std::optional<Response> early_;
    std::uint64_t received_ = 0;
    std::uint64_t sequence_ = 0;
    bool oldVersion_ = false;
    bool keepAlive_ = true;
    bool insideHandler_ = false;
    bool answered_ = false;
    // The views in `request` are good.
    bool requestKnown_ = false;
    bool closeAfterAnswer_ = false;

    Response response_;
    std::string head_;
    std::size_t sent_ = 0;
    std::optional<std::stop_source> stop_;
};

}  // namespace

const std::string& Loop::dateLine() {
    const std::int64_t second = std::time(nullptr);
    if (second != dateSecond_) {
        dateSecond_ = second;
        dateText_ = "Date: " + httpDate(second) + "\r\n";
    }
    return dateText_;
}

std::shared_ptr<Connection> makeConnection(Loop& loop, asio::ip::tcp::socket socket) {
    return std::make_shared<HttpConnection>(loop, std::move(socket));
}

}  // namespace tikgok::sim::http
