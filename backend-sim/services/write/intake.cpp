// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/write/intake.h"

#include "backend-sim/services/write/applier.h"
#include "backend-sim/services/write/change_codec.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <span>
#include <string>
#include <utility>

namespace tikgok::sim {

namespace {

// Whether the outcome of a pending write is a success.
constexpr auto kIsGood = [](const auto& pending) {
    if constexpr (requires { pending.outcome; }) {
        return pending.outcome.has_value();
    } else {
        return false;
    }
};

// Gives a pending write this failure. A pending resend has answers of its own.
auto failWith(const contract::Failure& failure) {
    return [failure](auto& pending) {
        if constexpr (requires { pending.outcome; }) {
            pending.outcome = std::unexpected(failure);
        }
    };
}

}  // namespace

Intake::Intake(Needs needs, Limits limits)
    : needs_(std::move(needs)),
      limits_(limits),
      shown_(needs_.readModel),
      draft_(shown_),
      rules_(draft_, needs_.clock, needs_.ids, changes_),
      thread_([this] { run(); }) {}

Intake::~Intake() {
    close();
}

void Intake::submit(RegisterUser command, Done<Id> done) {
    accept(std::move(command), std::move(done));
}
void Intake::submit(PublishVideo command, Done<Id> done) {
    accept(std::move(command), std::move(done));
}
void Intake::submit(SetFavorite command, Done<void> done) {
    accept(command, std::move(done));
}
void Intake::submit(AddComment command, Done<CommentRow> done) {
    accept(std::move(command), std::move(done));
}
void Intake::submit(DeleteComment command, Done<void> done) {
    accept(command, std::move(done));
}
void Intake::submit(SetFollow command, Done<void> done) {
    accept(command, std::move(done));
}
void Intake::submit(SendMessage command, Done<void> done) {
    accept(std::move(command), std::move(done));
}

void Intake::resend(MessageId deadLetter, Resent done) {
    Job job(PendingResend{deadLetter, std::move(done)});
    if (enqueue(job)) {
        std::get<PendingResend>(job).done(
            std::unexpected(StoreError{StoreError::Kind::Io, "no room, or closed"}));
    }
}

std::optional<contract::Failure> Intake::enqueue(Job& job) {
    std::unique_lock lock(mutex_);
    if (closed_) {
        return contract::kServiceErr;
    }
    if (waiting_.size() >= limits_.waiting) {
        return kTurnedAway;
    }
    waiting_.push_back(std::move(job));
    const bool enough = waiting_.size() == wanted_;
    lock.unlock();
    if (enough) {
        wake_.notify_one();
    }
    return std::nullopt;
}

template <class Command>
void Intake::accept(Command command, Done<typename Command::Result> done) {
    Job job(Pending<Command>{std::move(command), std::move(done), needs_.clock.steadyNow()});
    if (const auto refusal = enqueue(job)) {
        needs_.telemetry.happened(Event::WriteTurnedAway);
        std::get<Pending<Command>>(job).done(std::unexpected(*refusal));
    }
}

void Intake::hold() {
    std::unique_lock lock(mutex_);
    ++holds_;
    wake_.notify_one();
    idle_.wait(lock, [this] { return !busy_; });
}

void Intake::release() {
    {
        const std::lock_guard lock(mutex_);
        --holds_;
    }
    wake_.notify_one();
}

void Intake::ignoreHolds() {
    {
        const std::lock_guard lock(mutex_);
        ignoresHolds_ = true;
    }
    wake_.notify_one();
}

void Intake::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    wake_.notify_one();
    const std::lock_guard lock(joining_);
    if (thread_.joinable()) {
        thread_.join();
    }
}

bool Intake::next(std::vector<Job>& batch) {
    std::unique_lock lock(mutex_);
    busy_ = false;
    if (holds_ > 0) {
        idle_.notify_all();
    }
    // Those that were just answered may come again; these here came in the meantime.
    const std::size_t meanwhile = waiting_.size();
    wake_.wait(
        lock, [this] { return (closed_ || !waiting_.empty()) && (closed_ || ignoresHolds_ || holds_ == 0); });
    if (waiting_.empty()) {
        return false;
    }
    // From here on hold() waits for us, also while this batch gathers.
    busy_ = true;
    wanted_ = std::min(lastBatch_ > 1 ? lastBatch_ + meanwhile : 1, limits_.batch);
    if (waiting_.size() < wanted_) {
        wake_.wait_for(lock, limits_.gather,
                       [this] { return closed_ || holds_ > 0 || waiting_.size() >= wanted_; });
    }
    wanted_ = 1;
    const auto count = std::min(waiting_.size(), limits_.batch);
    lastBatch_ = count;
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
    batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    needs_.telemetry.level(Level::QueueDepth, static_cast<std::int64_t>(waiting_.size()));
    return true;
}

void Intake::run() {
    std::vector<Job> batch;
    for (;;) {
        try {
            if (!next(batch)) {
                return;
            }
            write(batch);
        } catch (const std::exception& exception) {
            giveUp(batch, exception.what());
        }
        answer(batch);
        batch.clear();
    }
}

void Intake::answer(std::vector<Job>& batch) {
    for (Job& job : batch) {
        try {
            std::visit(
                [this](auto& pending) {
                    if constexpr (requires { pending.outcome; }) {
                        pending.done(std::move(pending.outcome));
                    } else {
                        pending.done(sendAgain(pending.deadLetter));
                    }
                },
                job);
        } catch (...) {
            // Who waits for it is told when the job goes.
            continue;
        }
    }
}

// What is on the queue already stays there: the answer says failed, as after any answer that is lost on its
// way, and the next start shows it.
void Intake::giveUp(std::vector<Job>& batch, const char* why) {
    try {
        logTo(needs_.log, LogLevel::Error,
              std::to_string(batch.size()) + " writes were given up: " + std::string(why));
    } catch (...) {
        // There is no memory for words either.
        static_cast<void>(why);
    }
    for (Job& job : batch) {
        std::visit(failWith(contract::kServiceErr), job);
    }
    needs_.telemetry.happened(Event::WriteFailed, batch.size());
    changes_.clear();
    draft_.clear();
    // Memory may come back.
    constexpr std::chrono::milliseconds kMoment{10};
    std::this_thread::sleep_for(kMoment);
}

std::size_t Intake::room() {
    if (limits_.reserve > 0) {
        const auto free = needs_.space.freeBytes();
        const bool isShort = free && *free < limits_.reserve;
        needs_.telemetry.level(Level::DiskFreeBytes, static_cast<std::int64_t>(free.value_or(0)));
        if (isShort != std::exchange(shortOfSpace_, isShort)) {
            logTo(needs_.log, isShort ? LogLevel::Error : LogLevel::Info,
                  isShort ? "The disk is full up to the reserve: writes are turned away"
                          : "The disk has room again: writes are taken");
        }
        if (isShort) {
            return 0;
        }
    }
    if (full_.load(std::memory_order_relaxed)) {
        return 0;
    }
    const auto depth = [this] { return needs_.queue.depth(Topic::Writes); };
    const auto slow = static_cast<std::size_t>(static_cast<double>(limits_.depth) * limits_.slowFrom);
    if (depth() > slow) {
        needs_.backlog.giveTurn(slow, limits_.turn);
    }
    const std::size_t now = depth();
    return now < limits_.depth ? limits_.depth - now : 0;
}

void Intake::decide(Job& job, std::chrono::steady_clock::time_point now) {
    std::visit(
        [this, now](auto& pending) {
            if constexpr (requires { pending.since; }) {
                needs_.telemetry.sample(Sample::QueueWaitSeconds, now - pending.since);
            }
            if constexpr (requires { pending.command.interest; }) {
                if (pending.command.interest.over(now)) {
                    pending.outcome = std::unexpected(contract::kServiceErr);
                    ++abandoned_;
                    return;
                }
            }
            if constexpr (requires { pending.outcome; }) {
                pending.outcome = rules_.decide(std::move(pending.command));
            }
        },
        job);
}

bool Intake::append() {
    if (changes_.empty()) {
        return true;
    }
    const std::int64_t now = needs_.clock.nowMs();
    const Id bound = needs_.ids.bound();
    messages_.clear();
    for (const Change& change : changes_) {
        messages_.push_back({Topic::Writes, 0, now, encodeChange(change, bound)});
    }
    const auto begin = needs_.clock.steadyNow();
    const auto appended = needs_.queue.append(messages_);
    needs_.telemetry.sample(Sample::CommitSeconds, needs_.clock.steadyNow() - begin);
    if (!appended) {
        logTo(needs_.log, LogLevel::Error,
              "The queue did not take " + std::to_string(changes_.size()) +
                  " writes; they were refused: " + appended.error().what);
        return false;
    }
    needs_.telemetry.sample(Sample::CommitBatch, static_cast<double>(changes_.size()));
    needs_.telemetry.level(Level::ConsumerLag, static_cast<std::int64_t>(needs_.queue.depth(Topic::Writes)));
    return true;
}

void Intake::write(std::vector<Job>& batch) {
    const std::size_t taken = std::min(batch.size(), room());
    const std::span all(batch);
    abandoned_ = 0;
    const auto now = needs_.clock.steadyNow();
    for (Job& job : all.first(taken)) {
        decide(job, now);
    }
    for (Job& job : all.subspan(taken)) {
        std::visit(failWith(kTurnedAway), job);
    }
    if (append()) {
        show(changes_);
        tellOfMessages();
        if (!changes_.empty()) {
            needs_.backlog.appended();
        }
        const auto good = static_cast<std::uint64_t>(
            std::ranges::count_if(all.first(taken), [](const Job& job) { return std::visit(kIsGood, job); }));
        needs_.telemetry.happened(Event::WriteAccepted, good);
        needs_.telemetry.happened(Event::WriteRefused, taken - good - abandoned_);
        needs_.telemetry.happened(Event::WriteAbandoned, abandoned_);
    } else {
        for (Job& job : all.first(taken)) {
            std::visit(failWith(contract::kServiceErr), job);
        }
        needs_.telemetry.happened(Event::WriteFailed, taken);
    }
    needs_.telemetry.happened(Event::WriteTurnedAway, batch.size() - taken);
    changes_.clear();
    draft_.clear();
}

void Intake::tellOfMessages() const {
    if (!needs_.messageShown) {
        return;
    }
    for (const Change& change : changes_) {
        if (const auto* message = std::get_if<MessageRow>(&change)) {
            needs_.messageShown(*message);
        }
    }
}

void Intake::show(const std::vector<Change>& changes) {
    // In parts, so that readers get in between.
    constexpr std::size_t kPart = 128;
    for (std::size_t from = 0; from < changes.size(); from += kPart) {
        const auto part = std::span(changes).subspan(from, std::min(kPart, changes.size() - from));
        const StoreResult<void> shown = needs_.readModel.atomically([&]() -> StoreResult<void> {
            for (const Change& change : part) {
                if (StoreResult<void> one = applyTolerantly(needs_.readModel, change); !one) {
                    // Cannot happen while rules and read model agree; the next start rebuilds the model.
                    logTo(needs_.log, LogLevel::Error,
                          "The read model refused a durable write: " + one.error().what);
                }
            }
            return {};
        });
        if (!shown) {
            logTo(needs_.log, LogLevel::Error,
                  "The read model refused durable writes: " + shown.error().what);
        }
    }
}

StoreResult<MessageId> Intake::sendAgain(MessageId deadLetter) {
    const auto letters = needs_.queue.deadLetters();
    if (!letters) {
        return std::unexpected(letters.error());
    }
    const auto found =
        std::ranges::find(*letters, deadLetter, [](const DeadLetter& letter) { return letter.message.id; });
    if (found == letters->end()) {
        return 0;
    }
    auto sent = needs_.queue.resend(deadLetter);
    if (!sent) {
        return sent;
    }
    if (const auto queued = decodeChange(found->message.body);
        queued && found->message.topic == Topic::Writes) {
        // What is shown already is refused, and rightly so.
        static_cast<void>(applyTolerantly(needs_.readModel, queued->change));
    }
    needs_.backlog.appended();
    return sent;
}

}  // namespace tikgok::sim
