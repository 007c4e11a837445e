// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One connection that speaks WebSocket: what is said to the peer goes out in order, what the peer says is
// read and thrown away.

#include "backend-sim/gateway/connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <atomic>
#include <deque>
#include <optional>
#include <utility>

namespace tikgok::sim::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

// Nobody has anything to tell us.
constexpr std::size_t kMostIncoming = std::size_t{4} * 1024;

class SocketConnection final : public Connection,
                               public Socket,
                               public std::enable_shared_from_this<SocketConnection> {
public:
    SocketConnection(Loop& loop, asio::ip::tcp::socket socket, std::string peer,
                     const SocketHandshake& handshake, std::shared_ptr<SocketUser> user)
        : loop_(loop.shared_from_this()),
          queueLimit_(loop.limits->socketQueue),
          patience_(loop.limits->socketPatience),
          peer_(std::move(peer)),
          stream_(std::move(socket)),
          user_(std::move(user)) {
        websocket::stream_base::timeout times{};
        times.handshake_timeout = loop.limits->socketPatience;
        times.idle_timeout = loop.limits->socketIdle;
        times.keep_alive_pings = true;
        stream_.set_option(times);
        stream_.read_message_max(kMostIncoming);
        // A message is one frame: not every client can put pieces together.
        stream_.auto_fragment(false);
        request_.method(beast::http::verb::get);
        request_.version(11);
        request_.target(handshake.target);
        request_.set(beast::http::field::host, handshake.host);
        request_.set(beast::http::field::connection, "Upgrade");
        request_.set(beast::http::field::upgrade, "websocket");
        request_.set(beast::http::field::sec_websocket_key, handshake.key);
        request_.set(beast::http::field::sec_websocket_version, "13");
    }

    // --- Connection

    void start() override {
        stream_.async_accept(request_, [self = shared_from_this()](const beast::error_code& error) {
            if (error || self->over_) {
                self->close();
                return;
            }
            self->open_ = true;
            self->user_->opened(self);
            self->read();
            self->writeNext();
        });
    }
    void sweep(std::chrono::steady_clock::time_point now) override {
        if (over_) {
            return;
        }
        // Beast has said why it is over, and waits for the peer to hang up.
        if (open_ && !stream_.is_open()) {
            if (!leaveBy_) {
                leaveBy_ = now + patience_;
            } else if (now >= *leaveBy_) {
                close();
            }
            return;
        }
        if (const std::uint16_t code = user_->whyEnd(); code != 0) {
            end(code);
        }
    }
    void retire() override { end(websocket::close_code::going_away); }
    void close() override {
        if (std::exchange(over_, true)) {
            return;
        }
        const auto self = shared_from_this();
        beast::error_code ignored;
        ignored = stream_.next_layer().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
        ignored = stream_.next_layer().close(ignored);
        loop_->connections.erase(self);
        loop_->connectionGone(peer_);
        user_->closed();
    }

    // --- Socket

    void send(std::shared_ptr<const std::string> text) override {
        loop_->hand(
            [self = shared_from_this(), text = std::move(text)]() mutable { self->take(std::move(text)); });
    }
    void close(std::uint16_t code) override {
        loop_->hand([self = shared_from_this(), code] { self->end(code); });
    }

private:
    void take(std::shared_ptr<const std::string> text) {
        if (over_ || ending_) {
            return;
        }
        queued_ += text->size();
        if (queued_ > queueLimit_) {
            // Too slow. It may come back and ask for what it missed.
            close();
            return;
        }
        queue_.push_back(std::move(text));
        writeNext();
    }

    void writeNext() {
        if (!open_ || writing_ || over_) {
            return;
        }
        if (queue_.empty()) {
            if (ending_) {
                sayGoodbye();
            }
            return;
        }
        writing_ = true;
        stream_.text(true);
        stream_.async_write(
            asio::buffer(*queue_.front()),
            [self = shared_from_this()](const beast::error_code& error, std::size_t /*bytes*/) {
                self->writing_ = false;
                if (error) {
                    self->close();
                    return;
                }
                self->queued_ -= self->queue_.front()->size();
                self->queue_.pop_front();
                self->writeNext();
            });
    }

    void read() {
        stream_.async_read(incoming_,
                           [self = shared_from_this()](const beast::error_code& error, std::size_t bytes) {
                               if (error) {
                                   self->close();
                                   return;
                               }
                               self->incoming_.consume(bytes);
                               self->read();
                           });
    }

    void end(std::uint16_t code) {
        if (over_ || ending_) {
            return;
        }
        ending_ = code;
        if (!open_) {
            close();
        } else {
            writeNext();
        }
    }

    // Beast gives up when the peer does not answer within the time of a handshake.
    void sayGoodbye() {
        if (std::exchange(saidGoodbye_, true)) {
            return;
        }
        stream_.async_close(
            websocket::close_reason(static_cast<websocket::close_code>(*ending_)),
            [self = shared_from_this()](const beast::error_code& /*error*/) { self->close(); });
    }

    const std::shared_ptr<Loop> loop_;
    const std::size_t queueLimit_;
    const std::chrono::milliseconds patience_;
    std::optional<std::chrono::steady_clock::time_point> leaveBy_;
    const std::string peer_;
    websocket::stream<asio::ip::tcp::socket> stream_;
    const std::shared_ptr<SocketUser> user_;
    beast::http::request<beast::http::empty_body> request_;
    beast::flat_buffer incoming_;
    std::deque<std::shared_ptr<const std::string>> queue_;
    std::size_t queued_ = 0;
    std::optional<std::uint16_t> ending_;
    bool open_ = false;
    bool writing_ = false;
    bool saidGoodbye_ = false;
    bool over_ = false;
};

}  // namespace

std::shared_ptr<Connection> makeSocketConnection(Loop& loop, asio::ip::tcp::socket socket, std::string peer,
                                                 const SocketHandshake& handshake,
                                                 std::shared_ptr<SocketUser> user) {
    return std::make_shared<SocketConnection>(loop, std::move(socket), std::move(peer), handshake,
                                              std::move(user));
}

}  // namespace tikgok::sim::http
