// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One HTTP/1.1 connection: its life is in connection.cpp, what comes in connection_reading.cpp, what goes out
// in connection_writing.cpp and, when it goes out oddly, in connection_delivery.cpp. For these four files
// only.
#pragma once

#include "backend-sim/gateway/connection.h"
#include "backend-sim/gateway/request_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim::http {

class HttpConnection final : public Connection,
                             public Exchange,
                             public std::enable_shared_from_this<HttpConnection>,
                             private BodyReceiver {
public:
    using Clock = std::chrono::steady_clock;
    using ErrorCode = boost::system::error_code;
    using Socket = boost::asio::ip::tcp::socket;

    HttpConnection(Loop& loop, Socket socket, std::string peer);

    // --- Connection

    void start() override;
    void sweep(Clock::time_point now) override;
    void retire() override;
    void close() override;

    // --- Exchange

    void answer(Response response) override { onAnswer(sequence_, std::move(response)); }
    Responder defer() override;
    void upgrade(std::shared_ptr<SocketUser> user) override;
    std::stop_token cancelled() override;

private:
    class LaterAnswer;
    enum class Phase : std::uint8_t { Idle, Head, Body, Handling, Writing, Lingering, Closed };

    static constexpr std::size_t kFirstBuffer = 4096;
    // Uploads are read in pieces of this size.
    static constexpr std::size_t kUploadPiece = std::size_t{256} * 1024;
    static constexpr std::size_t kSmallPiece = std::size_t{16} * 1024;
    // A refused body up to this size is read to its end, so that the connection can be used again.
    static constexpr std::uint64_t kSkippedBody = std::uint64_t{1024} * 1024;
    // One connection sends this much of a file before it lets the others have their turn.
    static constexpr std::uint64_t kFileTurn = std::uint64_t{1024} * 1024;
    // A delivery goes in pieces of this size, and waits this long for the next one to be due.
    static constexpr std::uint64_t kPacedPiece = std::uint64_t{16} * 1024;
    static constexpr std::chrono::microseconds kPacedTick{5'000};

    // --- life

    void setPhase(Phase phase, std::chrono::milliseconds patience);
    // For what comes or goes in pieces: the next one is due within the limit for pieces, and all of them at
    // the least rate, whichever is earlier. `moved`: bytes since the phase began.
    void expectPiece(std::uint64_t moved, std::uint64_t leastRate);
    void onAnswer(std::uint64_t sequence, Response response);
    // Works off what is in the buffer until something has to be waited for.
    void pump();
    // True when the next request may be looked at.
    bool takeRequest(std::size_t headLength);
    // True when the answer is out and the next request may be looked at.
    bool dispatch();
    // Calls the handler until there is an answer that is to be sent, or none yet.
    void callHandler();
    // Answers a request that cannot be followed by another, and closes.
    void sendLast(Response response);
    // Gives the socket to a connection that speaks WebSocket; this one is over.
    void becomeSocket();
    void noticeHangUp();

    // --- reading

    void readHead();
    void onHeadBytes(const ErrorCode& error, std::size_t bytes);
    void skipEmptyLines();
    bool takeBody();
    bool sendContinue();
    void dropBody();
    std::size_t feedBody(const char* data, std::size_t size);
    bool receive(std::string_view piece) override;
    void readBody();
    void onBodyBytes(const ErrorCode& error, std::size_t bytes);

    // --- writing

    void writeHead();
    bool writeAnswer();
    void writeMore();
    bool sendFile();
    void resumeFile();
    // True when the next request may be looked at.
    bool answerDone();
    void linger();
    void readLinger();
    void onLingerBytes(const ErrorCode& error);

    // --- writing as response_.delivery says

    struct Pace;
    void beginDelivery();
    void continueDelivery();
    void pauseDelivery(std::chrono::microseconds time);
    bool takePiece(std::size_t size);
    void writePaced(const boost::asio::const_buffer& bytes, bool head);
    void endDelivery();
    void dropDelivery();

    Loop& loop_;
    const Limits& limits_;
    Socket socket_;
    const std::string peer_;
    Phase phase_ = Phase::Head;
    Clock::time_point phaseBegan_;
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
    BodyShare bodyShare_;
    // The last piece of the body did not fit into the budget.
    bool noRoom_ = false;
    std::optional<Response> early_;
    std::uint64_t sequence_ = 0;
    bool oldVersion_ = false;
    bool keepAlive_ = true;
    bool insideHandler_ = false;
    bool answered_ = false;
    // The views in `request` are good.
    bool requestKnown_ = false;
    bool closeAfterAnswer_ = false;

    std::shared_ptr<SocketUser> socketUser_;
    Response response_;
    std::string head_;
    std::size_t sent_ = 0;
    std::uint64_t fileSent_ = 0;
    // While an answer goes out as its delivery says.
    std::shared_ptr<Pace> pace_;
    std::optional<std::stop_source> stop_;
};

}  // namespace tikgok::sim::http
