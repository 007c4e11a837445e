// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/child.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace tikgok::sim::durability {

std::optional<Child> Child::start(const std::filesystem::path& program,
                                  const std::vector<std::string>& words) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return std::nullopt;
    }
    // So that the process need not wait for us to listen.
    ::fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    std::string name = program.string();
    std::vector<std::string> held = words;
    std::vector<char*> arguments{name.data()};
    for (std::string& word : held) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    const pid_t process = ::fork();
    if (process == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::execv(name.c_str(), arguments.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    if (process < 0) {
        ::close(ends[0]);
        return std::nullopt;
    }
    return Child(process, ends[0]);
}

Child::Child(Child&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      mouth_(std::exchange(other.mouth_, -1)),
      ended_(other.ended_),
      rest_(std::move(other.rest_)) {}

Child::~Child() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        reap();
    }
    if (mouth_ >= 0) {
        ::close(mouth_);
    }
}

bool Child::take(const Hear& hear, std::string_view word, bool& heard) {
    std::array<char, 65536> buffer;
    ssize_t got = 0;
    do {
        got = ::read(mouth_, buffer.data(), buffer.size());
    } while (got < 0 && errno == EINTR);
    if (got <= 0) {
        return false;
    }
    rest_.append(buffer.data(), static_cast<std::size_t>(got));
    std::size_t from = 0;
    for (std::size_t end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n', from)) {
        const std::string_view line = std::string_view(rest_).substr(from, end - from);
        heard = heard || (!word.empty() && line == word);
        hear(line);
        from = end + 1;
    }
    rest_.erase(0, from);
    return true;
}

bool Child::listen(Clock::time_point until, const Hear& hear, std::string_view word) {
    bool heard = false;
    while (!heard) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
        pollfd waiting{mouth_, POLLIN, 0};
        if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) == 0 || !take(hear, word, heard)) {
            break;
        }
    }
    return heard;
}

void Child::kill(const Hear& hear) {
    ::kill(process_, SIGKILL);
    reap();
    bool heard = false;
    while (take(hear, {}, heard)) {
    }
}

std::optional<int> Child::finish(Clock::time_point until, const Hear& hear) {
    listen(until, hear);
    // It has closed its mouth, or its time is up.
    while (process_ > 0) {
        int status = 0;
        const pid_t gone = ::waitpid(process_, &status, WNOHANG);
        if (gone == process_) {
            ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
            process_ = -1;
        } else if (Clock::now() >= until) {
            return std::nullopt;
        } else {
            ::poll(nullptr, 0, 1);
        }
    }
    return ended_;
}

void Child::reap() {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    process_ = -1;
}

}  // namespace tikgok::sim::durability
