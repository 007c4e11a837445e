// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/server.h"

#include "backend-sim/gateway/connection.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <signal.h>
#include <thread>
#include <vector>

namespace tikgok::sim::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// After this the operating system has had time to free a descriptor.
constexpr std::chrono::milliseconds kAcceptPause{100};

struct Worker {
    std::shared_ptr<Loop> loop = std::make_shared<Loop>();
    asio::executor_work_guard<asio::io_context::executor_type> work{loop->context.get_executor()};
    asio::steady_timer sweepTimer{loop->context};
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
        if (!address.is_loopback()) {
            return config_.host + " is not a loopback address; only this computer may connect";
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
            loop.handler = &handler;
            loop.connectionGone = [this] {
                const std::lock_guard lock(mutex_);
                gone_.notify_all();
            };
            armSweep(*worker);
        }
        acceptNext();
        for (const auto& worker : workers_) {
            worker->thread = std::thread([&context = worker->loop->context] {
                // sendfile() to a client that is gone raises SIGPIPE; here it is just an error.
                sigset_t pipe;
                sigemptyset(&pipe);
                sigaddset(&pipe, SIGPIPE);
                pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
                for (;;) {
                    try {
                        context.run();
                        return;
                    } catch (...) {
                        // A connection could not get memory. It is gone; the others go on.
                        continue;
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
        {
            std::unique_lock lock(mutex_);
            gone_.wait_for(lock, patience, [this] { return !started() || total() == 0; });
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

    [[nodiscard]] ServerCounters counters() const override { return {.connections = total()}; }

private:
    [[nodiscard]] bool started() const { return workers_.front()->thread.joinable(); }

    [[nodiscard]] std::size_t total() const {
        std::size_t sum = 0;
        for (const auto& worker : workers_) {
            sum += worker->loop->connectionCount.load(std::memory_order_relaxed);
        }
        return sum;
    }

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
        worker.sweepTimer.expires_after(config_.limits.sweepTime);
        worker.sweepTimer.async_wait([this, &worker](const error_code& error) {
            if (error || !worker.work.owns_work()) {
                return;
            }
            const auto now = std::chrono::steady_clock::now();
            std::vector<std::shared_ptr<Connection>> all(worker.loop->connections.begin(),
                                                         worker.loop->connections.end());
            for (const auto& connection : all) {
                connection->sweep(now);
            }
            armSweep(worker);
        });
    }

    void acceptNext() {
        Worker& worker = *workers_[next_++ % workers_.size()];
        acceptor_->async_accept(worker.loop->context,
                                [this, &worker](const error_code& error, tcp::socket socket) {
                                    onAccepted(worker, error, std::move(socket));
                                });
    }

    void onAccepted(Worker& worker, const error_code& error, tcp::socket socket) {
        if (error == asio::error::operation_aborted || !acceptor_->is_open()) {
            return;
        }
        if (error) {
            // Out of descriptors, most likely. The listener waits a moment instead of spinning.
            acceptTimer_->expires_after(kAcceptPause);
            acceptTimer_->async_wait([this](const error_code& stopped) {
                if (!stopped) {
                    acceptNext();
                }
            });
            return;
        }
        if (total() >= config_.limits.connections) {
            constexpr std::string_view kBusy =
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            error_code ignored;
            ignored = socket.non_blocking(true, ignored);
            socket.write_some(asio::buffer(kBusy), ignored);
        } else {
            worker.loop->connectionCount.fetch_add(1, std::memory_order_relaxed);
            asio::post(worker.loop->context, [loop = worker.loop.get(), s = std::move(socket)]() mutable {
                if (loop->stopping) {
                    loop->connectionCount.fetch_sub(1, std::memory_order_relaxed);
                    loop->connectionGone();
                    return;
                }
                const auto connection = makeConnection(*loop, std::move(s));
                loop->connections.insert(connection);
                connection->start();
            });
        }
        acceptNext();
    }

    ServerConfig config_;
    std::vector<std::unique_ptr<Worker>> workers_;
    // Both live on the first worker's thread.
    std::optional<tcp::acceptor> acceptor_;
    std::optional<asio::steady_timer> acceptTimer_;
    std::size_t next_ = 0;
    std::uint16_t port_ = 0;
    std::string url_;

    std::mutex mutex_;
    std::condition_variable gone_;
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
