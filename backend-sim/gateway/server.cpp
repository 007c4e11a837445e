// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/server.h"

#include "backend-sim/gateway/connection.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <signal.h>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace tikgok::sim::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// After this the operating system has had time to free a descriptor.
constexpr std::chrono::milliseconds kAcceptPause{100};

// Addresses of one customer: a network of 64 bits in IPv6.
std::string groupOf(const asio::ip::address& address) {
    if (address.is_v4()) {
        return address.to_string();
    }
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return asio::ip::address_v6(bytes).to_string();
}

// How many connections there are, all and of each peer.
class Seats {
public:
    // False when there is no room.
    bool enter(const std::string& peer, const Limits& limits) {
        const std::lock_guard lock(mutex_);
        if (total_ >= limits.connections) {
            return false;
        }
        const auto found = perPeer_.try_emplace(peer, 0).first;
        if (found->second >= limits.connectionsPerPeer) {
            return false;
        }
        ++found->second;
        ++total_;
        return true;
    }
    void leave(const std::string& peer) {
        const std::lock_guard lock(mutex_);
        const auto found = perPeer_.find(peer);
        if (--found->second == 0) {
            perPeer_.erase(found);
        }
        if (--total_ == 0) {
            empty_.notify_all();
        }
    }
    [[nodiscard]] std::size_t total() const {
        const std::lock_guard lock(mutex_);
        return total_;
    }
    void waitForNobody(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        empty_.wait_for(lock, patience, [this] { return total_ == 0; });
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable empty_;
    std::unordered_map<std::string, std::size_t> perPeer_;
    std::size_t total_ = 0;
};

// A seat that was entered. Left again unless a connection took it over, whatever happens on the way to one.
class Seat {
public:
    Seat(std::shared_ptr<Seats> seats, std::string peer) noexcept
        : seats_(std::move(seats)), peer_(std::move(peer)) {}
    Seat(Seat&&) noexcept = default;
    Seat& operator=(Seat&&) = delete;
    ~Seat() {
        if (seats_) {
            seats_->leave(peer_);
        }
    }
    [[nodiscard]] const std::string& peer() const { return peer_; }
    void taken() { seats_.reset(); }

private:
    std::shared_ptr<Seats> seats_;
    std::string peer_;
};

// As context.run(), but lets other threads have the processor now and then. With more runnable threads than
// processors, a loop that is never out of work would keep one for a whole time slice, and the connections of
// the other loops would wait that long: it is what decides the slowest answers.
void runFairly(asio::io_context& context) {
    constexpr unsigned kTurn = 32;
    for (unsigned handled = 1; context.run_one() > 0; ++handled) {
        if (handled % kTurn == 0) {
            std::this_thread::yield();
        }
    }
}

struct Worker {
    std::shared_ptr<Loop> loop = std::make_shared<Loop>();
    asio::executor_work_guard<asio::io_context::executor_type> work{loop->context.get_executor()};
    asio::steady_timer sweepTimer{loop->context};
    // Only on its thread.
    bool sweepArmed = false;
    std::thread thread;
};

class HttpServer final : public Server {
public:
    explicit HttpServer(ServerConfig config) : config_(std::move(config)) {
        config_.threads = std::clamp(config_.threads, 1U, 64U);
        for (unsigned i = 0; i < config_.threads; ++i) {
            workers_.push_back(std::make_unique<Worker>());
        }
        acceptor_.emplace(workers_.front()->loop->context);
        acceptTimer_.emplace(workers_.front()->loop->context);
    }

    ~HttpServer() override {
        try {
            HttpServer::stop(std::chrono::milliseconds(0));
        } catch (...) {
            // No memory for an orderly end. The threads must end all the same.
            for (const auto& worker : workers_) {
                worker->loop->context.stop();
                if (worker->thread.joinable()) {
                    worker->thread.join();
                }
            }
        }
    }

    std::optional<std::string> listen() {
        const std::string where = config_.host + ":" + std::to_string(config_.port);
        error_code error;
        const auto address = config_.host == "localhost" ? asio::ip::address(asio::ip::address_v4::loopback())
                                                         : asio::ip::make_address(config_.host, error);
        if (error) {
            return "\"" + config_.host + "\" is not an IP address";
        }
        if (!address.is_loopback() && !config_.lan) {
            return config_.host + " is not a loopback address; only this computer may connect (see --lan)";
        }
        if (address.is_unspecified() || address.is_multicast()) {
            return config_.host + " is not the address of one network interface";
        }
        const tcp::endpoint endpoint(address, config_.port);
        error = acceptor_->open(endpoint.protocol(), error);
        if (!error) {
            error = acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
        }
        if (!error) {
            error = acceptor_->bind(endpoint, error);
        }
        if (!error) {
            error = acceptor_->listen(asio::socket_base::max_listen_connections, error);
        }
        if (error == asio::error::address_in_use) {
            return "port " + std::to_string(config_.port) + " on " + config_.host +
                   " is in use by another program";
        }
        if (error) {
            return "cannot listen on " + where + ": " + error.message();
        }
        const tcp::endpoint bound = acceptor_->local_endpoint(error);
        port_ = bound.port();
        const std::string host =
            bound.address().is_v6() ? "[" + bound.address().to_string() + "]" : bound.address().to_string();
        url_ = "http://" + host + ":" + std::to_string(port_);
        return std::nullopt;
    }

    [[nodiscard]] std::uint16_t port() const override { return port_; }
    [[nodiscard]] std::string url() const override { return url_; }

    void start(Handler& handler) override {
        for (const auto& worker : workers_) {
            Loop& loop = *worker->loop;
            loop.limits = &config_.limits;
            loop.now = config_.now;
            loop.handler = &handler;
            loop.bodies = bodies_;
            loop.connectionGone = [seats = seats_](const std::string& peer) { seats->leave(peer); };
            armSweep(*worker);
        }
        acceptNext();
        for (const auto& worker : workers_) {
            worker->thread = std::thread([this, w = worker.get(), &context = worker->loop->context] {
                // sendfile() to a client that is gone raises SIGPIPE; here it is just an error.
                sigset_t pipe;
                sigemptyset(&pipe);
                sigaddset(&pipe, SIGPIPE);
                pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
                for (;;) {
                    try {
                        // Armed already, unless there was no memory for it at the last try.
                        armSweep(*w);
                        if (w == workers_.front().get()) {
                            acceptNext();
                        }
                        runFairly(context);
                        return;
                    } catch (...) {
                        // A connection could not get memory. It is gone; the others go on.
                        std::this_thread::yield();
                        if (w == workers_.front().get()) {
                            // It may have been lost inside of Asio, on its way to onAccepted(). If not, the
                            // old call will still come and find that it is not the current one.
                            accepting_ = false;
                        }
                    }
                }
            });
        }
    }

    void stop(std::chrono::milliseconds patience) override {
        {
            const std::lock_guard lock(mutex_);
            if (std::exchange(stopped_, true)) {
                return;
            }
        }
        asio::post(workers_.front()->loop->context, [this] {
            error_code ignored;
            ignored = acceptor_->close(ignored);
            acceptTimer_->cancel();
        });
        eachConnection([](Loop& loop, Connection& connection) {
            loop.stopping = true;
            connection.retire();
        });
        if (started()) {
            seats_->waitForNobody(patience);
        }
        eachConnection([](Loop&, Connection& connection) { connection.close(); });
        for (const auto& worker : workers_) {
            asio::post(worker->loop->context, [w = worker.get()] {
                w->sweepTimer.cancel();
                w->work.reset();
            });
        }
        for (const auto& worker : workers_) {
            if (worker->thread.joinable()) {
                worker->thread.join();
            }
        }
    }

    [[nodiscard]] ServerCounters counters() const override {
        return {.connections = seats_->total(),
                .lost = lost_.load(std::memory_order_relaxed),
                .bodyBytes = bodies_->used()};
    }

private:
    [[nodiscard]] bool started() const { return workers_.front()->thread.joinable(); }

    // On each loop's own thread. The loop itself is told even when it has no connection.
    template <class Action>
    void eachConnection(Action action) {
        for (const auto& worker : workers_) {
            asio::post(worker->loop->context, [loop = worker->loop.get(), action] {
                loop->stopping = true;
                // Closing takes a connection out of the set.
                const auto all = loop->connections;
                for (const auto& connection : all) {
                    action(*loop, *connection);
                }
            });
        }
    }

    void armSweep(Worker& worker) {
        if (worker.sweepArmed || !worker.work.owns_work()) {
            return;
        }
        worker.sweepTimer.expires_after(config_.limits.sweepTime);
        worker.sweepTimer.async_wait([this, &worker](const error_code& error) {
            worker.sweepArmed = false;
            if (error) {
                return;
            }
            // First: whatever happens below, there is a next time.
            armSweep(worker);
            const auto now = std::chrono::steady_clock::now();
            std::vector<std::shared_ptr<Connection>> all(worker.loop->connections.begin(),
                                                         worker.loop->connections.end());
            for (const auto& connection : all) {
                connection->sweep(now);
            }
        });
        worker.sweepArmed = true;
    }

    void acceptNext() {
        if (accepting_ || !acceptor_->is_open()) {
            return;
        }
        Worker& worker = *workers_[next_ % workers_.size()];
        ++next_;
        acceptor_->async_accept(worker.loop->context,
                                [this, &worker, call = next_](const error_code& error, tcp::socket socket) {
                                    onAccepted(worker, error, std::move(socket), call == next_);
                                });
        accepting_ = true;
    }

    // `current`: no other call follows if this one does not see to it.
    void onAccepted(Worker& worker, const error_code& error, tcp::socket socket, bool current) {
        if (current) {
            accepting_ = false;
        }
        if (error == asio::error::operation_aborted || !acceptor_->is_open()) {
            return;
        }
        if (error && current) {
            // Out of descriptors, most likely. The listener waits a moment instead of spinning.
            acceptTimer_->expires_after(kAcceptPause);
            acceptTimer_->async_wait([this](const error_code& stopped) {
                accepting_ = false;
                if (!stopped) {
                    acceptNext();
                }
            });
            accepting_ = true;
            return;
        }
        try {
            if (!error) {
                place(worker, std::move(socket));
            }
        } catch (...) {
            // No memory for this client. The next one may be luckier.
            lost_.fetch_add(1, std::memory_order_relaxed);
        }
        acceptNext();
    }

    // Gives the connection to its loop, or says that there is no room.
    void place(Worker& worker, tcp::socket socket) {
        error_code ignored;
        const tcp::endpoint remote = socket.remote_endpoint(ignored);
        std::string peer = groupOf(remote.address());
        if (!seats_->enter(peer, config_.limits)) {
            constexpr std::string_view kBusy =
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            ignored = socket.non_blocking(true, ignored);
            socket.write_some(asio::buffer(kBusy), ignored);
            return;
        }
        Seat seat(seats_, std::move(peer));
        asio::post(worker.loop->context,
                   [loop = worker.loop.get(), seat = std::move(seat), s = std::move(socket)]() mutable {
                       if (loop->stopping) {
                           return;
                       }
                       const auto connection = makeConnection(*loop, std::move(s), seat.peer());
                       loop->connections.insert(connection);
                       seat.taken();
                       connection->start();
                   });
    }

    ServerConfig config_;
    std::vector<std::unique_ptr<Worker>> workers_;
    // Both live on the first worker's thread.
    std::optional<tcp::acceptor> acceptor_;
    std::optional<asio::steady_timer> acceptTimer_;
    // Touched on that thread, too, once it runs. Set while there will be another call.
    bool accepting_ = false;
    std::size_t next_ = 0;
    std::atomic<std::size_t> lost_ = 0;
    std::uint16_t port_ = 0;
    std::string url_;

    std::shared_ptr<Seats> seats_ = std::make_shared<Seats>();
    const std::shared_ptr<BodyBudget> bodies_ = std::make_shared<BodyBudget>(config_.limits.bodyBytes);
    std::mutex mutex_;
    bool stopped_ = false;
};

}  // namespace

std::expected<std::unique_ptr<Server>, std::string> Server::bind(ServerConfig config) {
    auto server = std::make_unique<HttpServer>(std::move(config));
    if (auto problem = server->listen()) {
        return std::unexpected(std::move(*problem));
    }
    return server;
}

}  // namespace tikgok::sim::http
