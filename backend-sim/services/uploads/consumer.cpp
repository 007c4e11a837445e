// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/uploads/consumer.h"

#include <algorithm>
#include <array>
#include <exception>
#include <string>
#include <utility>

namespace tikgok::sim {

namespace {

// Messages that are in memory; the rest stays in the queue.
constexpr std::size_t kAhead = 32;
// While something waits for its next attempt the clock is looked at this often: it may be a virtual one.
constexpr std::chrono::milliseconds kLook{50};

}  // namespace

UploadConsumer::~UploadConsumer() {
    close();
}

void UploadConsumer::start() {
    for (unsigned i = 0; i < needs_.limits.threads; ++i) {
        threads_.emplace_back([this] { run(); });
    }
}

std::expected<void, contract::Failure> UploadConsumer::accept(const Upload& upload,
                                                              Done<contract::Id>& done) {
    if (closing_) {
        return std::unexpected(contract::kServiceErr);
    }
    if (needs_.queue.depth(Topic::Uploads) >= needs_.limits.waiting) {
        return std::unexpected(contract::tooManyRequests(1));
    }
    const bool waits = static_cast<bool>(done);
    const std::array<NewMessage, 1> message{
        {{.topic = Topic::Uploads, .write = 0, .at = needs_.clock.nowMs(), .body = encodeUpload(upload)}}};
    if (waits) {
        // Before it is in the queue: it may be done before append() comes back.
        const std::lock_guard lock(mutex_);
        waiters_.emplace(upload.id, std::move(done));
    }
    const StoreResult<MessageId> appended = needs_.queue.append(message);
    {
        const std::lock_guard lock(mutex_);
        if (!appended) {
            if (const auto waiter = waiters_.find(upload.id); waiter != waiters_.end()) {
                done = std::move(waiter->second);
                waiters_.erase(waiter);
            }
        }
        moreInQueue_ = true;
    }
    if (!appended) {
        logTo(needs_.log, LogLevel::Error, "The queue did not take an upload: " + appended.error().what);
        return std::unexpected(contract::kServiceErr);
    }
    needs_.telemetry.level(Level::UploadQueue, static_cast<std::int64_t>(needs_.queue.depth(Topic::Uploads)));
    changed_.notify_one();
    return {};
}

void UploadConsumer::wake() {
    {
        const std::lock_guard lock(mutex_);
        moreInQueue_ = true;
    }
    changed_.notify_all();
}

void UploadConsumer::run() {
    for (;;) {
        try {
            if (step()) {
                continue;
            }
        } catch (const std::exception& error) {
            logTo(needs_.log, LogLevel::Error, std::string("An upload was left for later: ") + error.what());
        }
        std::unique_lock lock(mutex_);
        if (closing_) {
            return;
        }
        const auto somethingToDo = [this] { return closing_ || canRefill(); };
        if (jobs_.empty() && !unreadable_) {
            changed_.wait(lock, somethingToDo);
        } else {
            changed_.wait_for(lock, kLook, somethingToDo);
        }
    }
}

bool UploadConsumer::canRefill() const {
    return moreInQueue_ && !unreadable_ && jobs_.size() < kAhead;
}

void UploadConsumer::refill() {
    unreadable_ = false;
    if (!canRefill()) {
        return;
    }
    const auto more = needs_.queue.read(Topic::Uploads, newest_, kAhead);
    if (!more) {
        unreadable_ = true;
        if (!std::exchange(complained_, true)) {
            logTo(needs_.log, LogLevel::Error,
                  "The queue of uploads cannot be read; trying again: " + more.error().what);
        }
        return;
    }
    if (std::exchange(complained_, false)) {
        logTo(needs_.log, LogLevel::Info, "The queue of uploads can be read again");
    }
    moreInQueue_ = more->size() == kAhead;
    for (const Message& message : *more) {
        newest_ = std::max(newest_, message.id);
        jobs_.push_back({message, needs_.clock.pacedNow()});
    }
}

UploadConsumer::Job* UploadConsumer::dueJob() {
    if (holds_ > 0) {
        return nullptr;
    }
    const auto now = needs_.clock.pacedNow();
    for (Job& job : jobs_) {
        if (job.busy || job.due > now) {
            continue;
        }
        if (closing_) {
            const auto upload = decodeUpload(job.message.body);
            if (!upload || !waiters_.contains(upload->id)) {
                continue;
            }
        }
        return &job;
    }
    return nullptr;
}

void UploadConsumer::hold() {
    std::unique_lock lock(mutex_);
    ++holds_;
    quiet_.wait(lock,
                [this] { return std::ranges::none_of(jobs_, [](const Job& job) { return job.busy; }); });
}

void UploadConsumer::release() {
    {
        const std::lock_guard lock(mutex_);
        --holds_;
    }
    changed_.notify_all();
}

void UploadConsumer::forget() {
    std::unordered_map<contract::Id, Done<contract::Id>> left;
    {
        const std::lock_guard lock(mutex_);
        jobs_.clear();
        moreInQueue_ = true;
        left.swap(waiters_);
    }
    for (auto& [video, done] : left) {
        done(std::unexpected(contract::kServiceErr));
    }
}

bool UploadConsumer::step() {
    Message message;
    {
        const std::lock_guard lock(mutex_);
        refill();
        Job* const job = dueJob();
        if (job == nullptr) {
            return false;
        }
        job->busy = true;
        message = job->message;
    }
    try {
        work(message);
    } catch (...) {
        putBack(message.id, needs_.limits.longestPause);
        throw;
    }
    return true;
}

void UploadConsumer::work(const Message& message) {
    const auto upload = decodeUpload(message.body);
    if (!upload) {
        bury(message, 0, "the message cannot be read");
        return;
    }
    bool waits = false;
    {
        const std::lock_guard lock(mutex_);
        waits = waiters_.contains(upload->id);
    }
    UploadVerdict verdict;
    const auto began = needs_.clock.steadyNow();
    try {
        verdict =
            needs_.processor.process(*upload, [this, waits] { return holds_ > 0 || (closing_ && !waits); });
    } catch (const std::exception& error) {
        verdict = {UploadVerdict::Kind::Retry, contract::kServiceErr, error.what()};
    } catch (...) {
        verdict = {UploadVerdict::Kind::Retry, contract::kServiceErr, "an unknown error"};
    }
    needs_.telemetry.sample(Sample::CoverSeconds, needs_.clock.steadyNow() - began);
    const std::array<MessageId, 1> done{message.id};
    switch (verdict.kind) {
        case UploadVerdict::Kind::Published:
        case UploadVerdict::Kind::Refused: {
            if (const auto acknowledged = needs_.queue.acknowledge(Topic::Uploads, done); !acknowledged) {
                // It comes again at the next start, and then finds everything done.
                logTo(needs_.log, LogLevel::Warning,
                      "An upload that is done could not be taken out of the queue: " +
                          acknowledged.error().what);
            }
            if (verdict.kind == UploadVerdict::Kind::Published) {
                finish(message.id, upload->id, upload->id);
                return;
            }
            // After the message: files without one are swept away at the next start, a message without its
            // file would look like a loss.
            needs_.processor.discard(*upload);
            needs_.telemetry.happened(Event::UploadRefused);
            logTo(needs_.log, LogLevel::Info, "An upload was refused: " + verdict.reason);
            finish(message.id, upload->id, std::unexpected(verdict.failure));
            return;
        }
        case UploadVerdict::Kind::Retry:
            if (!waits && verdict.failure == kTurnedAway) {
                // The writer has no room. That is nobody's failure, and lasts as long as it lasts.
                putBack(message.id, needs_.limits.firstPause);
                return;
            }
            failed(message, upload->id, verdict.reason);
            return;
        case UploadVerdict::Kind::Hopeless:
            bury(message, upload->id, verdict.reason);
            return;
        case UploadVerdict::Kind::Stopped:
            putBack(message.id, std::chrono::milliseconds(0));
            return;
    }
}

// Out of jobs_, and whoever waits hears of it.
void UploadConsumer::finish(MessageId message, contract::Id video, Outcome<contract::Id> outcome) {
    Done<contract::Id> done;
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(jobs_, [message](const Job& job) { return job.message.id == message; });
        quiet_.notify_all();
        if (const auto waiter = waiters_.find(video); waiter != waiters_.end()) {
            done = std::move(waiter->second);
            waiters_.erase(waiter);
        }
    }
    needs_.telemetry.level(Level::UploadQueue, static_cast<std::int64_t>(needs_.queue.depth(Topic::Uploads)));
    if (done) {
        done(std::move(outcome));
    }
}

void UploadConsumer::putBack(MessageId message, std::chrono::milliseconds pause) {
    const std::lock_guard lock(mutex_);
    for (Job& job : jobs_) {
        if (job.message.id == message) {
            job.busy = false;
            job.due = needs_.clock.pacedNow() + pause;
        }
    }
    quiet_.notify_all();
}

void UploadConsumer::failed(const Message& message, contract::Id video, const std::string& reason) {
    const StoreResult<int> counted = needs_.queue.countFailure(Topic::Uploads, message.id);
    const int failures = counted ? *counted : message.failures + 1;
    logTo(needs_.log, LogLevel::Warning,
          "An upload failed for the " + std::to_string(failures) + ". time: " + reason);
    if (failures >= needs_.limits.attempts) {
        bury(message, video, reason);
        return;
    }
    needs_.telemetry.happened(Event::UploadRetried);
    std::chrono::milliseconds pause = needs_.limits.firstPause;
    for (int i = 1; i < failures && pause < needs_.limits.longestPause; ++i) {
        pause *= 2;
    }
    {
        const std::lock_guard lock(mutex_);
        for (Job& job : jobs_) {
            if (job.message.id == message.id) {
                job.message.failures = failures;
            }
        }
    }
    putBack(message.id, std::min(pause, needs_.limits.longestPause));
}

void UploadConsumer::bury(const Message& message, contract::Id video, const std::string& reason) {
    const auto buried = needs_.queue.bury(Topic::Uploads, message.id, reason, needs_.clock.nowMs());
    if (!buried) {
        // Still in the queue: the next start tries again.
        logTo(needs_.log, LogLevel::Error, "A dead letter could not be kept: " + buried.error().what);
    } else {
        needs_.telemetry.happened(Event::DeadLetter);
        logTo(needs_.log, LogLevel::Error, "An upload was given up: " + reason);
    }
    finish(message.id, video, std::unexpected(contract::kServiceErr));
}

void UploadConsumer::close() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) {
        if (thread.joinable()) {
            thread.join();
        }
    }
    std::unordered_map<contract::Id, Done<contract::Id>> left;
    {
        const std::lock_guard lock(mutex_);
        left.swap(waiters_);
    }
    for (auto& [video, done] : left) {
        done(std::unexpected(contract::kServiceErr));
    }
}

}  // namespace tikgok::sim
