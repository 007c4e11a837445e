// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a connection answers when it shall not simply answer: late, slowly, in part, with a wrong byte.

#include "backend-sim/gateway/http_connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace tikgok::sim::http {

namespace asio = boost::asio;

struct HttpConnection::Pace {
    explicit Pace(asio::io_context& context) : timer(context) {}

    asio::steady_timer timer;
    bool held = false;
    bool stalled = false;
    std::uint64_t bodyBytes = 0;
    std::uint64_t bodySent = 0;
    // When the first byte of the body was due.
    std::optional<Clock::time_point> bodyBegan;
    std::vector<char> piece;
    std::size_t pieceSent = 0;
};

void HttpConnection::beginDelivery() {
    pace_ = std::make_shared<Pace>(loop_.context);
    pace_->bodyBytes = response_.file ? response_.file->length() : response_.body.size();
    sent_ = 0;
    // It is late on purpose.
    deadline_ = Clock::time_point::max();
    continueDelivery();
}

void HttpConnection::pauseDelivery(std::chrono::microseconds time) {
    deadline_ = Clock::time_point::max();
    pace_->timer.expires_after(time);
    pace_->timer.async_wait([self = shared_from_this(), pace = pace_](const ErrorCode& error) {
        if (!error && self->pace_ == pace && self->phase_ == Phase::Writing) {
            self->continueDelivery();
        }
    });
}

// Everything from here on happens one step after the other; each step ends with a wait or a write.
void HttpConnection::continueDelivery() {
    const Delivery& plan = *response_.delivery;
    Pace& pace = *pace_;
    if (!std::exchange(pace.held, true) && plan.hold.count() > 0) {
        pauseDelivery(plan.hold);
        return;
    }
    if (plan.end != Delivery::End::None && plan.headless) {
        endDelivery();
        return;
    }
    if (sent_ < head_.size()) {
        writePaced(asio::buffer(head_) + sent_, true);
        return;
    }
    if (pace.pieceSent < pace.piece.size()) {
        writePaced(asio::buffer(pace.piece) + pace.pieceSent, false);
        return;
    }
    const bool cut = plan.end != Delivery::End::None && plan.endAt < pace.bodyBytes;
    std::uint64_t until = cut ? plan.endAt : pace.bodyBytes;
    if (plan.stallAt && !pace.stalled) {
        if (*plan.stallAt <= pace.bodySent) {
            pace.stalled = true;
            pauseDelivery(plan.stall);
            return;
        }
        until = std::min(until, *plan.stallAt);
    }
    if (pace.bodySent >= until) {
        if (cut) {
            endDelivery();
        } else if (answerDone()) {
            pump();
        }
        return;
    }
    std::uint64_t most = std::min<std::uint64_t>(until - pace.bodySent, kPacedPiece);
    if (plan.bytesPerSecond > 0) {
        const Clock::time_point now = Clock::now();
        pace.bodyBegan = pace.bodyBegan.value_or(now);
        // What is due by the end of the next tick: small rates send a byte at a time.
        const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(now - *pace.bodyBegan);
        const double due =
            static_cast<double>(plan.bytesPerSecond) * static_cast<double>(spent.count()) / 1e6;
        const double ahead = static_cast<double>(pace.bodySent) + 1 - due;
        if (ahead > 0) {
            const double wait = ahead / static_cast<double>(plan.bytesPerSecond) * 1e6;
            pauseDelivery(std::max(kPacedTick, std::chrono::microseconds(static_cast<std::int64_t>(wait))));
            return;
        }
        most = std::min(most, static_cast<std::uint64_t>(due) - pace.bodySent);
    }
    if (!takePiece(static_cast<std::size_t>(most))) {
        close();  // the file became shorter
        return;
    }
    writePaced(asio::buffer(pace.piece), false);
}

bool HttpConnection::takePiece(std::size_t size) {
    Pace& pace = *pace_;
    pace.piece.resize(size);
    pace.pieceSent = 0;
    if (response_.file) {
        std::size_t got = 0;
        while (got < size) {
            const auto offset = static_cast<off_t>(response_.file->offset() + pace.bodySent + got);
            const ssize_t read =
                ::pread(response_.file->descriptor(), pace.piece.data() + got, size - got, offset);
            if (read < 0 && errno == EINTR) {
                continue;
            }
            if (read <= 0) {
                return false;
            }
            got += static_cast<std::size_t>(read);
        }
    } else {
        std::copy_n(response_.body.data() + pace.bodySent, size, pace.piece.data());
    }
    if (const auto at = response_.delivery->corruptAt;
        at && *at >= pace.bodySent && *at < pace.bodySent + size) {
        char& byte = pace.piece[static_cast<std::size_t>(*at - pace.bodySent)];
        byte = static_cast<char>(~byte);
    }
    pace.bodySent += size;
    return true;
}

void HttpConnection::writePaced(const asio::const_buffer& bytes, bool head) {
    // How slowly the client takes a piece is still its own affair.
    deadline_ = Clock::now() + limits_.pieceTime;
    socket_.async_write_some(
        bytes, [self = shared_from_this(), pace = pace_, head](const ErrorCode& error, std::size_t written) {
            if (self->pace_ != pace || self->phase_ != Phase::Writing) {
                return;
            }
            if (error) {
                self->close();
                return;
            }
            (head ? self->sent_ : pace->pieceSent) += written;
            self->continueDelivery();
        });
}

// What is waited for is not worth waiting for any more: a timer that runs would keep its loop from ending.
void HttpConnection::dropDelivery() {
    if (pace_) {
        pace_->timer.cancel();
        pace_.reset();
    }
}

void HttpConnection::endDelivery() {
    if (response_.delivery->end == Delivery::End::Close) {
        response_ = {};
        dropDelivery();
        linger();
        return;
    }
    ErrorCode ignored;
    ignored = socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    // Without a shutdown in front of it, which would end the connection in good order.
    ignored = socket_.close(ignored);
    close();
}

}  // namespace tikgok::sim::http
