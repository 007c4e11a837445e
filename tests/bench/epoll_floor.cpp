// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What this machine can do at best: fixed bytes for every request, no parsing, one epoll loop per thread.
//
// bench_epoll_floor BYTES THREADS answers /page with a body of BYTES and everything else with a short one.
// Prints
// {"url":...} and serves until SIGTERM.

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tikgok::bench {

namespace {

std::string response(std::string_view body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

struct Answers {
    std::string page;
    std::string small;
};

// Every thread listens on the same port; the kernel spreads the connections.
int listenOn(std::uint16_t port) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listener < 0 || ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener, SOMAXCONN) != 0) {
        std::perror("bench_epoll_floor");
        std::exit(1);
    }
    return listener;
}

std::uint16_t portOf(int listener) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

class Loop {
public:
    Loop(int listener, const Answers& answers)
        : epoll_(::epoll_create1(EPOLL_CLOEXEC)), listener_(listener), answers_(answers) {
        watch(EPOLL_CTL_ADD, listener_, EPOLLIN);
    }

    [[noreturn]] void run() {
        std::array<epoll_event, 256> events;
        for (;;) {
            const int count = ::epoll_wait(epoll_, events.data(), events.size(), -1);
            for (int i = 0; i < count; ++i) {
                const int ready = events[i].data.fd;
                if (ready == listener_) {
                    accept();
                } else if (events[i].events & EPOLLOUT) {
                    write(ready);
                } else {
                    read(ready);
                }
            }
        }
    }

private:
    void watch(int operation, int descriptor, std::uint32_t what) const {
        epoll_event event{};
        event.events = what;
        event.data.fd = descriptor;
        ::epoll_ctl(epoll_, operation, descriptor, &event);
    }

    void accept() {
        int one = 0;
        while ((one = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
            const int on = 1;
            ::setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            watch(EPOLL_CTL_ADD, one, EPOLLIN);
        }
    }

    // A request comes in one piece and fits: the load generator sends one line and a few headers.
    void read(int descriptor) {
        std::array<char, 4096> buffer;
        const ssize_t got = ::recv(descriptor, buffer.data(), buffer.size(), 0);
        if (got < 0 && errno == EAGAIN) {
            return;
        }
        if (got <= 0) {
            unsent_.erase(descriptor);
            ::close(descriptor);
            return;
        }
        const std::string_view request(buffer.data(), static_cast<std::size_t>(got));
        if (!request.ends_with("\r\n\r\n")) {
            return;
        }
        unsent_[descriptor].bytes = request.starts_with("GET /page") ? std::string_view(answers_.page)
                                                                     : std::string_view(answers_.small);
        write(descriptor);
    }

    void write(int descriptor) {
        Unsent& unsent = unsent_[descriptor];
        while (!unsent.bytes.empty()) {
            const ssize_t sent = ::send(descriptor, unsent.bytes.data(), unsent.bytes.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EAGAIN) {
                unsent.waits = true;
                watch(EPOLL_CTL_MOD, descriptor, EPOLLOUT);
                return;
            }
            if (sent < 0) {
                unsent.bytes = {};  // reading will find the connection closed
            } else {
                unsent.bytes.remove_prefix(static_cast<std::size_t>(sent));
            }
        }
        if (std::exchange(unsent.waits, false)) {
            watch(EPOLL_CTL_MOD, descriptor, EPOLLIN);
        }
    }

    struct Unsent {
        std::string_view bytes;
        // The socket was full.
        bool waits = false;
    };

    int epoll_;
    int listener_;
    const Answers& answers_;
    // What is left of the answer, per connection.
    std::unordered_map<int, Unsent> unsent_;
};

int serve(std::size_t bytes, unsigned threads) {
    const Answers answers{.page = response(std::string(bytes, 'x')),
                          .small = response(R"({"message":"pong"})")};
    std::vector<int> listeners{listenOn(0)};
    while (listeners.size() < threads) {
        listeners.push_back(listenOn(portOf(listeners.front())));
    }
    std::vector<std::jthread> workers;
    workers.reserve(listeners.size());
    for (const int listener : listeners) {
        workers.emplace_back([listener, &answers] { Loop(listener, answers).run(); });
    }
    std::printf("{\"ready\":true,\"url\":\"http://127.0.0.1:%d\"}\n", portOf(listeners.front()));
    std::fflush(stdout);
    return 0;  // joins the workers, which run until the process is ended
}

}  // namespace

}  // namespace tikgok::bench

int main(int argc, char* argv[]) {
    if (argc != 3 || std::atoi(argv[1]) < 1 || std::atoi(argv[2]) < 1) {
        std::fputs("Usage: bench_epoll_floor BYTES THREADS\n", stderr);
        return 2;
    }
    return tikgok::bench::serve(static_cast<std::size_t>(std::atoi(argv[1])),
                                static_cast<unsigned>(std::atoi(argv[2])));
}
