// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of the intake share: one over doubles of all neighbours, and writes for it.
#pragma once

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/adapters/system/system.h"
#include "backend-sim/services/write/intake.h"
#include "tests/backend_sim/services/doubles.h"
#include "tests/backend_sim/services/troubled_queue.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tikgok::sim::test {

// Plays a consumer that never comes, or one that makes room when it is its turn.
class FakeBacklog final : public Backlog {
public:
    void appended() override { ++words; }
    void giveTurn(std::size_t depth, std::chrono::milliseconds /*patience*/) override {
        ++turns;
        asked = depth;
        if (onTurn) {
            onTurn();
        }
    }

    std::atomic<int> words = 0;
    std::atomic<int> turns = 0;
    std::atomic<std::size_t> asked = 0;
    std::function<void()> onTurn;
};

class FakeSpace final : public FreeSpace {
public:
    std::optional<std::uint64_t> freeBytes() const override {
        return untold ? std::nullopt : std::optional(free.load());
    }
    std::atomic<std::uint64_t> free = 1000;
    std::atomic<bool> untold = false;
};

class IntakeStage {
protected:
    void begin() {
        intake_.reset();
        queue_ = std::make_unique<TroubledQueue>();
        backlog_.onTurn = nullptr;
        space_.free = 1000;
        space_.untold = false;
        readModel_ = std::make_unique<MemoryStore>();
        clock_ = std::make_unique<FakeClock>();
        ids_ = std::make_unique<SequentialIds>(1);
        logged_ = 0;
        for (auto& count : telemetry_.counts) {
            count = 0;
        }
        start();
    }
    void end() { intake_.reset(); }
    template <class Command>
    auto write(Command command) {
        using Result = typename Command::Result;
        return waitFor<Result>(
            [&](Done<Result> done) { intake_->submit(std::move(command), std::move(done)); });
    }
    Id newUser(const std::string& name) { return write(RegisterUser{name, "h", {}, {}, {}}).value_or(0); }
    Id newVideo(Id author) {
        const Id id = ids_->next();
        return write(PublishVideo{id, author, "t", "p", "c"}).value_or(0);
    }
    void start(Intake::Limits limits = {}) {
        intake_.reset();
        intake_ = std::make_unique<Intake>(
            Intake::Needs{*queue_, *readModel_, *clock_, *ids_, backlog_, space_, telemetry_,
                          [this](LogLevel, std::string_view) { ++logged_; }},
            limits);
    }
    // Waits until the writer is inside a commit that it cannot finish.
    void blockIntake() {
        while (queue_->entered.try_acquire()) {
        }
        queue_->gate.acquire();
        intake_->submit(RegisterUser{"blocker", "h", {}, {}, {}}, [](Outcome<Id>) {});
        queue_->entered.acquire();
    }

    std::unique_ptr<TroubledQueue> queue_;
    FakeBacklog backlog_;
    FakeSpace space_;
    CountingTelemetry telemetry_;
    std::unique_ptr<MemoryStore> readModel_;
    std::unique_ptr<FakeClock> clock_;
    std::unique_ptr<SequentialIds> ids_;
    std::unique_ptr<Intake> intake_;
    std::atomic<int> logged_ = 0;
};

}  // namespace tikgok::sim::test
