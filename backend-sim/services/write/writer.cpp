// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/write/writer.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace tikgok::sim {

Writer::Writer(Store& durable, Store& readModel, const Clock& clock, IdGenerator& ids, Limits limits,
               LogSink log)
    : durable_(durable),
      readModel_(readModel),
      clock_(clock),
      ids_(ids),
      limits_(limits),
      log_(std::move(log)),
      thread_([this] { run(); }) {}

Writer::~Writer() {
    close();
}

void Writer::submit(RegisterUser command, Done<Id> done) {
    accept(std::move(command), std::move(done));
}
void Writer::submit(PublishVideo command, Done<Id> done) {
    accept(std::move(command), std::move(done));
}
void Writer::submit(SetFavorite command, Done<void> done) {
    accept(command, std::move(done));
}
void Writer::submit(AddComment command, Done<CommentRow> done) {
    accept(std::move(command), std::move(done));
}
void Writer::submit(DeleteComment command, Done<void> done) {
    accept(command, std::move(done));
}
void Writer::submit(SetFollow command, Done<void> done) {
    accept(command, std::move(done));
}
void Writer::submit(SendMessage command, Done<void> done) {
    accept(std::move(command), std::move(done));
}

template <class Command>
void Writer::accept(Command command, Done<typename Command::Result> done) {
    {
        std::unique_lock lock(mutex_);
        if (!closed_ && waiting_.size() < limits_.waiting) {
            const bool wasEmpty = waiting_.empty();
            waiting_.emplace_back(Pending<Command>{std::move(command), std::move(done)});
            lock.unlock();
            if (wasEmpty) {
                wake_.notify_one();
            }
            return;
        }
    }
    done(std::unexpected(contract::kServiceErr));
}

void Writer::close() {
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

void Writer::run() {
    std::vector<Job> batch;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
            if (waiting_.empty()) {
                return;
            }
            const auto count = std::min(waiting_.size(), limits_.batch);
            const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
            batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
            waiting_.erase(waiting_.begin(), end);
        }
        write(batch);
        for (Job& job : batch) {
            std::visit([](auto& pending) { pending.done(std::move(pending.outcome)); }, job);
        }
        batch.clear();
    }
}

void Writer::write(std::vector<Job>& batch) {
    std::vector<Change> changes;
    changes.reserve(batch.size());
    const StoreResult<void> kept = durable_.atomically([&] { return applyAll(batch, changes); });
    if (!kept) {
        logTo(log_, LogLevel::Error,
              "The store did not take " + std::to_string(batch.size()) +
                  " writes; they were refused: " + kept.error().what);
        for (Job& job : batch) {
            std::visit([](auto& pending) { pending.outcome = std::unexpected(contract::kServiceErr); }, job);
        }
        // Ids that were meant to be kept may not be.
        keptBound_ = 0;
        return;
    }
    // In parts, so that readers get in between.
    constexpr std::size_t kPart = 128;
    for (std::size_t from = 0; from < changes.size(); from += kPart) {
        const std::size_t to = std::min(from + kPart, changes.size());
        const StoreResult<void> shown = readModel_.atomically([&]() -> StoreResult<void> {
            for (std::size_t i = from; i < to; ++i) {
                if (StoreResult<void> one = applyChange(readModel_, changes[i]); !one) {
                    return one;
                }
            }
            return {};
        });
        if (!shown) {
            // Cannot happen while both stores keep the same rules; the next start rebuilds the model.
            logTo(log_, LogLevel::Error, "The read model refused a durable write: " + shown.error().what);
        }
    }
}

StoreResult<void> Writer::applyAll(std::vector<Job>& batch, std::vector<Change>& changes) {
    Rules rules(durable_, clock_, ids_, changes);
    for (Job& job : batch) {
        const std::size_t before = changes.size();
        const StoreResult<void> applied = durable_.atomically([&] {
            return std::visit(
                [&](auto& pending) -> StoreResult<void> {
                    auto verdict = rules.apply(pending.command);
                    if (!verdict) {
                        return std::unexpected(std::move(verdict.error()));
                    }
                    pending.outcome = std::move(*verdict);
                    return {};
                },
                job);
        });
        if (applied) {
            continue;
        }
        if (applied.error().kind == StoreError::Kind::Lost) {
            return applied;
        }
        // This one is undone and answered with a failure; the others of the batch go on.
        changes.resize(before);
        std::visit([](auto& pending) { pending.outcome = std::unexpected(contract::kServiceErr); }, job);
        logTo(log_, LogLevel::Error, "The store refused a write: " + applied.error().what);
    }
    if (const Id bound = ids_.bound(); bound != keptBound_) {
        if (StoreResult<void> remembered = durable_.setIdBound(bound); !remembered) {
            return remembered;
        }
        keptBound_ = bound;
    }
    return {};
}

}  // namespace tikgok::sim
