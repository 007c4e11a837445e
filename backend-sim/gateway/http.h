// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// HTTP as the handlers see it: small own types, no Beast, no Asio.
#pragma once

#include "backend-sim/gateway/delivery.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tikgok::sim::http {

// The API for clients knows Get, Head and Post.
enum class Verb : std::uint8_t { Get, Head, Post, Put, Delete, Other };

std::string_view verbName(Verb verb);

// The head of a request and, unless a BodySink took it, its body. All views point into the connection's
// buffer: they live until the request is answered, and only on the thread that handed them over.
struct Request {
    Verb verb = Verb::Other;
    // Path and query as sent, not decoded. An absolute-form target is cut to them.
    std::string_view path;
    std::string_view query;
    // Headers that the gateway looks at; empty when absent.
    std::string_view host;
    // HTTP/1.0 may come without one.
    bool hasHostHeader = false;
    std::string_view contentType;
    std::string_view acceptEncoding;
    std::string_view range;
    std::string_view ifRange;
    std::string_view ifNoneMatch;
    std::string_view ifModifiedSince;
    std::string_view traceParent;
    // The first that is not "identity".
    std::string_view contentEncoding;
    // X-TikGok-Pairing
    std::string_view pairing;
    // Address of the client, without its port: "127.0.0.1", "::1".
    std::string_view peer;
    // The rest, in order, names as sent.
    std::vector<std::pair<std::string_view, std::string_view>> otherHeaders;
    // Set when the length was announced; chunked bodies have none.
    std::optional<std::uint64_t> contentLength;
    bool chunked = false;
    std::string body;
    // Bytes of the body that have come so far, wherever they went.
    std::uint64_t bodyBytes = 0;

    [[nodiscard]] bool hasBody() const { return chunked || contentLength.value_or(0) > 0; }
};

// An open file that is sent as a body. Owns the descriptor.
class FileBody {
public:
    FileBody(int descriptor, std::uint64_t offset, std::uint64_t length)
        : descriptor_(descriptor), offset_(offset), length_(length) {}
    FileBody(FileBody&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)), offset_(other.offset_), length_(other.length_) {}
    FileBody& operator=(FileBody&& other) noexcept;
    FileBody(const FileBody&) = delete;
    FileBody& operator=(const FileBody&) = delete;
    ~FileBody();

    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] std::uint64_t offset() const { return offset_; }
    [[nodiscard]] std::uint64_t length() const { return length_; }
    void select(std::uint64_t offset, std::uint64_t length) {
        offset_ = offset;
        length_ = length;
    }
    void advance(std::uint64_t bytes) {
        offset_ += bytes;
        length_ -= bytes;
    }

private:
    int descriptor_;
    std::uint64_t offset_;
    std::uint64_t length_;
};

inline constexpr std::string_view kJsonType = "application/json; charset=utf-8";
inline constexpr std::string_view kTextType = "text/plain; charset=utf-8";

struct Response {
    int status = 200;
    // A literal, or something else that outlives the answer. Empty: no such header.
    std::string_view contentType = kJsonType;
    // Whole lines, each with its CRLF.
    std::string extraHeaders;
    std::string body;
    // Instead of `body`. The answer to HEAD has the same length in its head and no body.
    std::optional<FileBody> file;
    // Close the connection after this answer.
    bool close = false;
    // Null: all of it, now.
    std::unique_ptr<Delivery> delivery;
};

Response jsonResponse(std::string body);
Response textResponse(int status, std::string_view text);

// Answers one request later, once, from any thread. When it is destroyed without having answered, the client
// gets `service err`. An answer for a connection that is gone is dropped.
class Responder {
public:
    class Target {
    public:
        virtual ~Target() = default;
        virtual void deliver(Response response) = 0;
    };

    Responder() = default;
    explicit Responder(std::shared_ptr<Target> target) : target_(std::move(target)) {}
    Responder(Responder&&) noexcept = default;
    Responder& operator=(Responder&&) = delete;
    Responder(const Responder&) = delete;
    Responder& operator=(const Responder&) = delete;
    ~Responder();

    void operator()(Response response);

    // What is said instead when nobody answers. `make` gets `subject`.
    using Fallback = Response (*)(std::uint8_t subject);
    void whenDropped(Fallback make, std::uint8_t subject) {
        fallback_ = make;
        subject_ = subject;
    }

private:
    std::shared_ptr<Target> target_;
    Fallback fallback_ = nullptr;
    std::uint8_t subject_ = 0;
};

// A connection that speaks WebSocket. Any thread; what is said after its end is dropped.
class Socket {
public:
    virtual ~Socket() = default;
    // One text frame. A peer for whom more waits than Limits::socketQueue is dropped.
    virtual void send(std::shared_ptr<const std::string> text) = 0;
    // With a code of RFC 6455, once what waits is out.
    virtual void close(std::uint16_t code) = 0;
};

// Whoever took a connection over. Called on the thread of the connection.
class SocketUser {
public:
    virtual ~SocketUser() = default;
    // Once, after the handshake.
    virtual void opened(std::shared_ptr<Socket> socket) = 0;
    // Asked several times a second: 0, or the code to close with.
    virtual std::uint16_t whyEnd() = 0;
    // Once, also when there was no handshake; the last call.
    virtual void closed() = 0;
};

// Takes the body of a request piece by piece, as it arrives.
class BodySink {
public:
    virtual ~BodySink() = default;

    enum class Verdict : std::uint8_t {
        Continue,
        // Over a limit: the answer is 413 and the connection closes.
        TooLarge,
    };
    // Pieces may be cut anywhere. Must not keep the view.
    virtual Verdict take(std::string_view piece) = 0;
    // After the last piece. Not called when the client goes away in the middle: then the sink is destroyed.
    virtual void finish() = 0;
};

// What a Handler keeps with a connection from one call to the next.
class Attachment {
public:
    virtual ~Attachment() = default;
};

// One request on its way. Lives on the thread of its connection and is touched only there, from the head of
// the request until it is answered.
class Exchange {
public:
    virtual ~Exchange() = default;

    Request request;
    // Given to the connection by Handler::begin, given back for Handler::handle. Null: the body is collected
    // in request.body.
    std::unique_ptr<BodySink> sink;
    // Most bytes of body that are taken; more is 413.
    std::uint64_t bodyLimit = 0;

    // The handler's own, made and used by it. Stays with the connection for the requests that follow.
    std::unique_ptr<Attachment> attachment;

    // Exactly one of these three, once: an answer now, or a Responder for later.
    virtual void answer(Response response) = 0;
    virtual Responder defer() = 0;
    // Or this, out of Handler::handle(): the answer is 101, and the connection a WebSocket from then on. Only
    // for a request that isSocketRequest().
    virtual void upgrade(std::shared_ptr<SocketUser> user) = 0;
    // Set when the client is gone.
    virtual std::stop_token cancelled() = 0;
};

// Whether a field's name as sent is this one; `lower` in lower case.
bool sameFieldName(std::string_view sent, std::string_view lower);
// The first of `otherHeaders` with this name (lower case); empty when absent.
std::string_view firstField(const Request& request, std::string_view lower);
// Whether this is a complete WebSocket handshake of the one version there is.
bool isSocketRequest(const Request& request);

// What a server serves. Called on the threads of its connections, at once from several.
class Handler {
public:
    virtual ~Handler() = default;

    // Called when the head is complete: sets `bodyLimit` and `sink`. A returned response is the answer to
    // this request; a short body is skipped, else the connection closes.
    virtual std::optional<Response> begin(Exchange& exchange) = 0;
    // Called when the body is complete. Answers now or later.
    virtual void handle(Exchange& exchange) = 0;
    // Called instead of handle() when all bodies together take too much memory: what to say, after which the
    // connection closes.
    virtual Response turnAway(Exchange& exchange) = 0;
    // Called when an answer is there. True: it is thrown away, and handle() is called once more.
    virtual bool again(Exchange& /*exchange*/) { return false; }
    // Called right before an answer goes out, whoever gave it; the last chance to change it.
    virtual void finish(Exchange& exchange, Response& response) = 0;
};

}  // namespace tikgok::sim::http
