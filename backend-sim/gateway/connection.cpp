// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/connection.h"

#include "backend-sim/gateway/http_date.h"
#include "core/contract/codec.h"
#include "core/contract/errors.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>
#include <span>
#include <stop_token>
#include <sys/sendfile.h>

namespace tikgok::sim::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
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

std::string_view reasonOf(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 206:
            return "Partial Content";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 413:
            return "Request Entity Too Large";
        case 414:
            return "URI Too Long";
        case 416:
            return "Range Not Satisfiable";
        case 417:
            return "Expectation Failed";
        case 421:
            return "Misdirected Request";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 503:
            return "Service Unavailable";
        default:
            return "Unknown";
    }
}

Response refusal(int status) {
    Response response = textResponse(status, reasonOf(status));
    response.close = true;
    return response;
}

void appendNumber(std::string& out, std::uint64_t value) {
    std::array<char, 20> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    static_cast<void>(error);  // 20 digits hold every value
    out.append(digits.data(), end);
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

// Where the parser hands over pieces of the body.
class BodyReceiver {
public:
    // False: stop, over the limit.
    virtual bool receive(std::string_view piece) = 0;

protected:
    ~BodyReceiver() = default;
};

// Fills a Request while Beast parses. The bytes of the head must stay where they are.
class RequestParser final : public beast::http::basic_parser<true> {
public:
    RequestParser(Request& request, BodyReceiver& receiver, std::string_view head, std::size_t maxFields)
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

class HttpConnection final : public Connection,
                             public Exchange,
                             public std::enable_shared_from_this<HttpConnection>,
                             private BodyReceiver {
public:
    HttpConnection(Loop& loop, asio::ip::tcp::socket socket)
        : loop_(loop), limits_(*loop.limits), socket_(std::move(socket)), buffer_(kFirstBuffer) {}

    void start() override {
        error_code ignored;
        socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
        socket_.non_blocking(true, ignored);
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
        socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
        socket_.close(ignored);
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
            const HeadScan scan = scanHead();
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

    struct HeadScan {
        // Of the head with its empty line; 0 when it is not complete yet.
        std::size_t length = 0;
        // Status of a refusal, or 0.
        int status = 0;
    };

    HeadScan scanHead() {
        const auto first = static_cast<unsigned char>(buffer_[begin_]);
        // Anything but a letter is no method; a TLS client, most likely.
        const bool cutLine = first == '\r' && end_ - begin_ == 1;
        if (!cutLine && (first <= ' ' || first > '~')) {
            return {.status = 400};
        }
        while (scanned_ < end_) {
            const void* found = std::memchr(buffer_.data() + scanned_, '\n', end_ - scanned_);
            if (found == nullptr) {
                scanned_ = end_;
                break;
            }
            const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
            if (at == begin_ || buffer_[at - 1] != '\r') {
                return {.status = 400};
            }
            scanned_ = at + 1;
            const std::size_t length = scanned_ - begin_;
            if (length > limits_.headBytes) {
                return {.status = 431};
            }
            if (length >= 4 && buffer_[at - 2] == '\n' && buffer_[at - 3] == '\r') {
                return {.length = length};
            }
        }
        const std::string_view sofar(buffer_.data() + begin_, end_ - begin_);
        if (sofar.size() > limits_.targetBytes && sofar.find('\n') == std::string_view::npos) {
            return {.status = 414};
        }
        if (sofar.size() > limits_.headBytes) {
            return {.status = 431};
        }
        return {};
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
        parser_.emplace(request, static_cast<BodyReceiver&>(*this), head, limits_.headFields);
        error_code error;
        parser_->put(asio::buffer(head.data(), head.size()), error);
        begin_ += headLength;
        scanned_ = begin_;
        if (error || !parser_->is_header_done()) {
            sendLast(refusal(parser_->problem() != 0 ? parser_->problem() : 400));
            return false;
        }
        if (request.path.size() + request.query.size() > limits_.targetBytes) {
            sendLast(refusal(414));
            return false;
        }
        requestKnown_ = true;
        oldVersion_ = parser_->oldVersion();
        keepAlive_ = parser_->keep_alive();

        phase_ = Phase::Handling;  // for a handler that wants to answer out of begin()
        try {
            early_ = loop_.handler->begin(*this);
        } catch (...) {
            early_ = jsonResponse(contract::writeFailure(contract::kServiceErr));
        }
        if (parser_->is_done()) {
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
            if (parser_->expectsContinue() || request.contentLength.value_or(0) > kSkippedBody) {
                sendLast(std::move(*early_));
                return false;
            }
        } else if (request.contentLength.value_or(0) > bodyLimit) {
            sendLast(tooLarge());
            return false;
        } else if (parser_->expectsContinue() && !sendContinue()) {
            close();
            return false;
        }
        parser_->eager(true);
        setPhase(Phase::Body, sink ? limits_.pieceTime : limits_.smallBodyTime);
        const std::size_t used = feedBody(buffer_.data() + begin_, end_ - begin_);
        begin_ += used;
        scanned_ = begin_;
        if (phase_ != Phase::Body) {
            return false;
        }
        if (parser_->is_done()) {
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
        std::size_t used = 0;
        while (used < size && !parser_->is_done()) {
            error_code error;
            const std::size_t step = parser_->put(asio::buffer(data + used, size - used), error);
            used += step;
            if (error == beast::http::error::need_more) {
                break;
            }
            if (error) {
                if (early_) {
                    sendLast(std::move(*early_));
                } else {
                    sink.reset();
                    sendLast(parser_->problem() == 413 ? tooLarge() : refusal(400));
                }
                break;
            }
        }
        return used;
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
        if (!parser_->is_done()) {
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
        const bool closing = response_.close || !keepAlive_ || closeAfterAnswer_;
        response_.close = closing;
        const std::uint64_t length = response_.file ? response_.file->length() : response_.body.size();
        head_.clear();
        head_ += "HTTP/1.1 ";
        appendNumber(head_, static_cast<std::uint64_t>(response_.status));
        head_ += ' ';
        head_ += reasonOf(response_.status);
        head_ += "\r\n";
        head_ += loop_.dateLine();
        if (!response_.contentType.empty()) {
            head_ += "Content-Type: ";
            head_ += response_.contentType;
            head_ += "\r\n";
        }
        if (response_.status != 304) {
            head_ += "Content-Length: ";
            appendNumber(head_, length);
            head_ += "\r\n";
        }
        head_ += response_.extraHeaders;
        if (closing) {
            head_ += "Connection: close\r\n";
        } else if (oldVersion_) {
            head_ += "Connection: keep-alive\r\n";
        }
        head_ += "\r\n";
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
        parser_.reset();
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
        socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
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

    std::optional<RequestParser> parser_;
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
