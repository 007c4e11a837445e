// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Stand-ins for the neighbours of services.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/executor.h"
#include "backend-sim/ports/media_urls.h"
#include "backend-sim/ports/password_hasher.h"
#include "backend-sim/ports/telemetry.h"
#include "backend-sim/services/write/commands.h"

#include <QTest>

#include <array>
#include <atomic>
#include <deque>
#include <future>
#include <new>
#include <optional>
#include <utility>

// Failures in messages of QCOMPARE.
namespace tikgok::contract {
inline char* toString(const Failure& failure) {
    return QTest::toString(
        QStringLiteral("%1 %2")
            .arg(static_cast<int>(failure.code))
            .arg(QString::fromUtf8(failure.message.data(), static_cast<qsizetype>(failure.message.size()))));
}
}  // namespace tikgok::contract

namespace tikgok::sim::test {

class FakeClock final : public Clock {
public:
    std::int64_t nowMs() const override { return now; }
    std::chrono::steady_clock::time_point steadyNow() const override { return steady; }

    std::atomic<std::int64_t> now = 1'800'000'000'000;
    std::chrono::steady_clock::time_point steady{std::chrono::hours(1000)};
};

class CountingTelemetry final : public Telemetry {
public:
    using Telemetry::sample;
    void happened(Event event, std::uint64_t times) noexcept override {
        counts[static_cast<std::size_t>(event)] += times;
    }
    void level(Level, std::int64_t) noexcept override {}
    void sample(Sample which, double value) noexcept override {
        latest[static_cast<std::size_t>(which)] = value;
    }
    std::uint64_t of(Event event) const { return counts[static_cast<std::size_t>(event)]; }
    double of(Sample which) const { return latest[static_cast<std::size_t>(which)]; }

    std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(Event::kCount)> counts{};
    std::array<std::atomic<double>, static_cast<std::size_t>(Sample::kCount)> latest{};
};

class FakeUrls final : public MediaUrls {
public:
    std::string urlOf(std::string_view key) const override {
        return key.empty() ? std::string() : "http://sim/static/" + std::string(key);
    }
};

// Runs work when told to.
class FakeExecutor final : public Executor {
public:
    bool tryRun(std::move_only_function<void()>&& work) override {
        if (full) {
            return false;
        }
        waiting.push_back(std::move(work));
        return true;
    }
    void runAll() {
        while (!waiting.empty()) {
            auto work = std::move(waiting.front());
            waiting.pop_front();
            work();
        }
    }

    bool full = false;
    std::deque<std::move_only_function<void()>> waiting;
};

class FakeHasher final : public PasswordHasher {
public:
    std::optional<std::string> hash(std::string_view password) override {
        ++hashes;
        if (throws) {
            throw std::bad_alloc();
        }
        return outOfMemory ? std::nullopt : std::optional("hash:" + std::string(password));
    }
    PasswordCheck verify(std::string_view hash, std::string_view password) override {
        lastVerified = hash;
        if (outOfMemory) {
            return PasswordCheck::NotChecked;
        }
        return hash == "hash:" + std::string(password) ? PasswordCheck::Right : PasswordCheck::Wrong;
    }
    std::string_view dummy() override { return "hash:nobody knows"; }

    bool outOfMemory = false;
    bool throws = false;
    int hashes = 0;
    std::string lastVerified;
};

// Keeps what was handed in, and answers with what was prepared.
template <class Command>
class FakeSubmit final : public Submit<Command> {
public:
    using Result = typename Command::Result;
    void submit(Command command, Done<Result> done) override {
        commands.push_back(std::move(command));
        done(answer);
    }

    std::vector<Command> commands;
    Outcome<Result> answer = std::unexpected(contract::kServiceErr);
};

// Takes one result; says whether there was exactly one.
template <class T>
class Answer {
public:
    Done<T> done() {
        return [this](Outcome<T> outcome) {
            ++count;
            outcome_ = std::move(outcome);
        };
    }
    bool came() const { return count == 1 && outcome_.has_value(); }
    bool good() const { return came() && outcome_->has_value(); }
    contract::Failure failure() const {
        return came() && !outcome_->has_value() ? outcome_->error()
                                                : contract::Failure{contract::Code::Success, "none"};
    }
    const Outcome<T>& get() const { return *outcome_; }

    int count = 0;

private:
    std::optional<Outcome<T>> outcome_;
};

// Calls `start(done)` and waits for the result, whatever thread it comes from.
template <class T, class Start>
Outcome<T> waitFor(Start start) {
    auto promise = std::make_shared<std::promise<Outcome<T>>>();
    auto future = promise->get_future();
    start(Done<T>([promise](Outcome<T> outcome) { promise->set_value(std::move(outcome)); }));
    return future.get();
}

}  // namespace tikgok::sim::test
