// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/trouble/troubles.h"

#include "backend-sim/services/write/change_codec.h"

#include <algorithm>

namespace tikgok::sim {

namespace {

struct Naming {
    std::string_view name;
    std::string_view words;
    bool counts;
};
// In the order of Trouble.
constexpr std::array<Naming, kTroubles> kNamings{{
    {"queue_full", "Writes are turned away with 503 and Retry-After, as if the queue were full.", false},
    {"consumer_paused",
     "Writes are answered and shown, and wait in the queue instead of reaching the tables.", false},
    {"crash_before_ack", "A write is applied and its acknowledgement fails, so that it is delivered again.",
     true},
    {"duplicate_delivery", "A write that was acknowledged is delivered once more all the same.", true},
    {"poison_message", "A write cannot be applied; after five attempts it is a dead letter.", true},
    {"cover_fails", "No cover can be made of an upload: it is tried again, and given up after five attempts.",
     true},
    {"database_read_only", "Neither queue nor tables take anything: writes fail, reads go on.", false},
    {"disk_full", "There is no room beyond the reserve: writes and uploads are turned away.", false},
}};

const Naming& namingOf(Trouble trouble) {
    return kNamings[static_cast<std::size_t>(trouble)];
}

std::unexpected<StoreError> readOnly() {
    return std::unexpected(StoreError{StoreError::Kind::Io, "attempt to write a readonly database"});
}

class TroubledQueue final : public MessageQueue {
public:
    TroubledQueue(Troubles& troubles, MessageQueue& real) : troubles_(troubles), real_(real) {}

    StoreResult<MessageId> append(std::span<const NewMessage> batch) override {
        if (troubles_.strikes(Trouble::DatabaseReadOnly)) {
            return readOnly();
        }
        return real_.append(batch);
    }
    StoreResult<std::vector<Message>> read(Topic topic, MessageId after, std::size_t limit) override {
        return real_.read(topic, after, limit);
    }
    StoreResult<void> acknowledge(Topic topic, std::span<const MessageId> done) override {
        if (topic == Topic::Writes && !done.empty()) {
            if (troubles_.strikes(Trouble::CrashBeforeAck)) {
                return std::unexpected(
                    StoreError{StoreError::Kind::Io, "the process died (a simulated crash)"});
            }
            if (troubles_.strikes(Trouble::DuplicateDelivery)) {
                return {};
            }
        }
        return real_.acknowledge(topic, done);
    }
    StoreResult<int> countFailure(Topic topic, MessageId id) override {
        return real_.countFailure(topic, id);
    }
    StoreResult<bool> bury(Topic topic, MessageId id, std::string_view reason, std::int64_t at) override {
        return real_.bury(topic, id, reason, at);
    }
    StoreResult<std::vector<DeadLetter>> deadLetters() override { return real_.deadLetters(); }
    StoreResult<MessageId> resend(MessageId deadLetter) override {
        if (troubles_.isOn(Trouble::DatabaseReadOnly)) {
            return readOnly();
        }
        return real_.resend(deadLetter);
    }
    [[nodiscard]] std::size_t depth(Topic topic) const override { return real_.depth(topic); }
    StoreResult<void> take(Topic topic, std::span<const MessageId> early) override {
        return real_.take(topic, early);
    }
    StoreResult<void> settle(std::span<const MessageId> applied) override { return real_.settle(applied); }
    StoreResult<std::vector<Message>> taken() override { return real_.taken(); }

private:
    Troubles& troubles_;
    MessageQueue& real_;
};

class TroubledApplier final : public ChangeApplier {
public:
    TroubledApplier(Troubles& troubles, ChangeApplier& real) : troubles_(troubles), real_(real) {}
    StoreResult<void> apply(Store& store, const Change& change, const std::stop_token& expired) override {
        if (troubles_.isOn(Trouble::DatabaseReadOnly)) {
            return readOnly();
        }
        if (troubles_.isOn(Trouble::PoisonMessage) && troubles_.poisons(encodeChange(change, 1))) {
            return std::unexpected(StoreError{StoreError::Kind::Conflict, "a poison message (simulated)"});
        }
        return real_.apply(store, change, expired);
    }

private:
    Troubles& troubles_;
    ChangeApplier& real_;
};

class TroubledSpace final : public FreeSpace {
public:
    TroubledSpace(Troubles& troubles, const FreeSpace& real) : troubles_(troubles), real_(real) {}
    [[nodiscard]] std::optional<std::uint64_t> freeBytes() const override {
        return troubles_.strikes(Trouble::DiskFull) ? std::optional<std::uint64_t>(0) : real_.freeBytes();
    }

private:
    Troubles& troubles_;
    const FreeSpace& real_;
};

class TroubledInspector final : public MediaInspector {
public:
    TroubledInspector(Troubles& troubles, MediaInspector& real) : troubles_(troubles), real_(real) {}
    [[nodiscard]] std::expected<MediaFacts, MediaError> inspect(const std::filesystem::path& video,
                                                                const std::filesystem::path& cover,
                                                                const Cancelled& cancelled) override {
        if (troubles_.strikes(Trouble::CoverFails)) {
            return std::unexpected(MediaError{MediaError::Kind::Io, "no cover (simulated)"});
        }
        return real_.inspect(video, cover, cancelled);
    }

private:
    Troubles& troubles_;
    MediaInspector& real_;
};

}  // namespace

std::string_view nameOf(Trouble trouble) {
    return namingOf(trouble).name;
}

std::string_view wordsOf(Trouble trouble) {
    return namingOf(trouble).words;
}

std::optional<Trouble> troubleNamed(std::string_view name) {
    const auto found = std::ranges::find(kNamings, name, &Naming::name);
    return found == kNamings.end() ? std::nullopt
                                   : std::optional(static_cast<Trouble>(found - kNamings.begin()));
}

bool Troubles::counts(Trouble trouble) {
    return namingOf(trouble).counts;
}

Troubles::State Troubles::state(Trouble trouble) const {
    const std::lock_guard lock(mutex_);
    return states_[static_cast<std::size_t>(trouble)];
}

void Troubles::set(Trouble trouble, std::optional<std::uint64_t> times) {
    const std::lock_guard lock(mutex_);
    State& state = states_[static_cast<std::size_t>(trouble)];
    state.on = !times || *times > 0;
    state.left = times;
}

void Troubles::clear(Trouble trouble) {
    const std::lock_guard lock(mutex_);
    State& state = states_[static_cast<std::size_t>(trouble)];
    state.on = false;
    state.left.reset();
    if (trouble == Trouble::PoisonMessage) {
        poisoned_.clear();
    }
}

bool Troubles::isOn(Trouble trouble) const {
    return state(trouble).on;
}

bool Troubles::strikes(Trouble trouble) {
    const std::lock_guard lock(mutex_);
    State& state = states_[static_cast<std::size_t>(trouble)];
    if (!state.on || (state.left && *state.left == 0)) {
        return false;
    }
    ++state.struck;
    if (state.left && --*state.left == 0 && trouble != Trouble::PoisonMessage) {
        state.on = false;
    }
    return true;
}

bool Troubles::poisons(const std::string& message) {
    {
        const std::lock_guard lock(mutex_);
        if (poisoned_.contains(message)) {
            return true;
        }
    }
    if (!strikes(Trouble::PoisonMessage)) {
        return false;
    }
    const std::lock_guard lock(mutex_);
    poisoned_.insert(message);
    return true;
}

std::unique_ptr<MessageQueue> Troubles::before(MessageQueue& queue) {
    return std::make_unique<TroubledQueue>(*this, queue);
}
std::unique_ptr<ChangeApplier> Troubles::before(ChangeApplier& applier) {
    return std::make_unique<TroubledApplier>(*this, applier);
}
std::unique_ptr<FreeSpace> Troubles::before(const FreeSpace& space) {
    return std::make_unique<TroubledSpace>(*this, space);
}
std::unique_ptr<MediaInspector> Troubles::before(MediaInspector& inspector) {
    return std::make_unique<TroubledInspector>(*this, inspector);
}

}  // namespace tikgok::sim
