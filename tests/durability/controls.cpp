// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/controls.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace tikgok::sim::durability {

namespace {

class WatchedQueue : public MessageQueue {
public:
    WatchedQueue(MessageQueue& inner, Watch& watch) : inner_(inner), watch_(watch) {}

    StoreResult<MessageId> append(std::span<const NewMessage> batch) override { return inner_.append(batch); }
    StoreResult<std::vector<Message>> read(Topic topic, MessageId after, std::size_t limit) override {
        auto messages = inner_.read(topic, after, limit);
        if (messages && topic == Topic::Writes) {
            for (const Message& each : *messages) {
                // Ids grow, so one that is not greater than all before has been here.
                const std::int64_t before = watch_.greatestRead;
                watch_.redelivered += each.id <= before ? 1U : 0U;
                watch_.greatestRead = std::max(before, each.id);
            }
        }
        return messages;
    }
    StoreResult<void> acknowledge(Topic topic, std::span<const MessageId> done) override {
        auto result = inner_.acknowledge(topic, done);
        watch_.unacknowledged = 0;
        return result;
    }
    StoreResult<int> countFailure(Topic topic, MessageId id) override {
        return inner_.countFailure(topic, id);
    }
    StoreResult<bool> bury(Topic topic, MessageId id, std::string_view reason, std::int64_t at) override {
        return inner_.bury(topic, id, reason, at);
    }
    StoreResult<std::vector<DeadLetter>> deadLetters() override { return inner_.deadLetters(); }
    StoreResult<MessageId> resend(MessageId deadLetter) override { return inner_.resend(deadLetter); }
    [[nodiscard]] std::size_t depth(Topic topic) const override { return inner_.depth(topic); }
    StoreResult<void> take(Topic topic, std::span<const MessageId> early) override {
        return inner_.take(topic, early);
    }
    StoreResult<void> settle(std::span<const MessageId> applied) override { return inner_.settle(applied); }
    StoreResult<std::vector<Message>> taken() override { return inner_.taken(); }

protected:
    MessageQueue& inner_;
    Watch& watch_;
};

// Says yes first and appends a little later, as if the answer did not wait for the sync.
class HastyQueue final : public WatchedQueue {
public:
    HastyQueue(MessageQueue& inner, Watch& watch)
        : WatchedQueue(inner, watch), thread_([this](const std::stop_token& stop) { run(stop); }) {}
    ~HastyQueue() override {
        thread_.request_stop();
        thread_.join();
    }

    StoreResult<MessageId> append(std::span<const NewMessage> batch) override {
        if (next_ == 0) {
            const auto first = inner_.append(batch);
            next_ = first ? *first + static_cast<MessageId>(batch.size()) : 0;
            return first;
        }
        const MessageId first = std::exchange(next_, next_ + static_cast<MessageId>(batch.size()));
        const std::lock_guard lock(mutex_);
        late_.insert(late_.end(), batch.begin(), batch.end());
        return first;
    }

private:
    void run(const std::stop_token& stop) {
        for (bool last = false; !last;) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            last = stop.stop_requested();
            std::vector<NewMessage> batch;
            {
                const std::lock_guard lock(mutex_);
                batch.swap(late_);
            }
            static_cast<void>(inner_.append(batch));
        }
    }

    // Of the one who appends.
    MessageId next_ = 0;
    std::mutex mutex_;
    std::vector<NewMessage> late_;
    std::jthread thread_;
};

class ForgetfulQueue final : public WatchedQueue {
public:
    using WatchedQueue::WatchedQueue;
    StoreResult<std::vector<Message>> read(Topic topic, MessageId after, std::size_t limit) override {
        auto messages = WatchedQueue::read(topic, after, limit);
        if (messages) {
            std::vector<MessageId> ids;
            for (const Message& each : *messages) {
                ids.push_back(each.id);
            }
            if (const auto gone = inner_.acknowledge(topic, ids); !gone) {
                return std::unexpected(gone.error());
            }
        }
        return messages;
    }
};

class WatchedApplied final : public AppliedWrites {
public:
    WatchedApplied(AppliedWrites& inner, Watch& watch, bool forget)
        : inner_(inner), watch_(watch), forget_(forget) {}

    StoreResult<bool> contains(WriteId id) override {
        if (forget_) {
            return false;
        }
        auto known = inner_.contains(id);
        watch_.recognised += known && *known ? 1U : 0U;
        return known;
    }
    StoreResult<WriteId> last() override { return forget_ ? StoreResult<WriteId>(0) : inner_.last(); }
    StoreResult<void> add(WriteId first, WriteId last) override {
        return forget_ ? StoreResult<void>() : inner_.add(first, last);
    }

private:
    AppliedWrites& inner_;
    Watch& watch_;
    const bool forget_;
};

class WatchedStore final : public Store {
public:
    WatchedStore(Store& inner, Watch& watch, Control control)
        : inner_(inner), watch_(watch), applied_(inner.applied(), watch, control == Control::NoDedup) {}

    UserRepository& users() override { return inner_.users(); }
    VideoRepository& videos() override { return inner_.videos(); }
    FavoriteRepository& favorites() override { return inner_.favorites(); }
    CommentRepository& comments() override { return inner_.comments(); }
    RelationRepository& relations() override { return inner_.relations(); }
    MessageRepository& messages() override { return inner_.messages(); }
    AppliedWrites& applied() override { return applied_; }
    StoreResult<Id> idBound() override { return inner_.idBound(); }
    StoreResult<void> setIdBound(Id bound) override { return inner_.setIdBound(bound); }
    StoreResult<void> atomically(const Work& work) override {
        const bool outermost = depth_++ == 0;
        auto result = inner_.atomically(work);
        --depth_;
        if (outermost && result) {
            watch_.unacknowledged = 1;
        }
        return result;
    }

private:
    Store& inner_;
    Watch& watch_;
    WatchedApplied applied_;
    // Of the consumer's thread.
    int depth_ = 0;
};

}  // namespace

std::unique_ptr<MessageQueue> watchedQueue(MessageQueue& inner, Watch& watch, Control control) {
    if (control == Control::AckBeforeCommit) {
        return std::make_unique<HastyQueue>(inner, watch);
    }
    if (control == Control::DeleteBeforeApply) {
        return std::make_unique<ForgetfulQueue>(inner, watch);
    }
    return std::make_unique<WatchedQueue>(inner, watch);
}

std::unique_ptr<Store> watchedStore(Store& inner, Watch& watch, Control control) {
    return std::make_unique<WatchedStore>(inner, watch, control);
}

}  // namespace tikgok::sim::durability
