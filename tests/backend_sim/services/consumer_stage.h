// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of the consumer share: one between a queue and tables that can be told to fail, and changes
// for it.
#pragma once

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/services/write/change_codec.h"
#include "backend-sim/services/write/consumer.h"
#include "tests/backend_sim/services/doubles.h"
#include "tests/backend_sim/services/troubled_queue.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tikgok::sim::test {

inline constexpr Id kUser = 1;
inline constexpr Id kOther = 2;
inline constexpr Id kVideo = 10;
inline constexpr auto kPatience = std::chrono::seconds(20);

// What was applied, when it cannot be looked at.
class TroubledApplied final : public AppliedWrites {
public:
    TroubledApplied(AppliedWrites& inner, const std::atomic<bool>& fail) : inner_(inner), fail_(fail) {}
    StoreResult<bool> contains(WriteId id) override { return fail_ ? bad() : inner_.contains(id); }
    StoreResult<WriteId> last() override {
        return fail_ ? StoreResult<WriteId>(std::unexpected(bad().error())) : inner_.last();
    }
    StoreResult<void> add(WriteId first, WriteId last) override { return inner_.add(first, last); }

private:
    static StoreResult<bool> bad() {
        return std::unexpected(StoreError{StoreError::Kind::Io, "the medium is gone"});
    }

    AppliedWrites& inner_;
    const std::atomic<bool>& fail_;
};

// Tables that can be told to fail.
class TroubledTables final : public Store {
public:
    UserRepository& users() override { return inner_.users(); }
    VideoRepository& videos() override { return inner_.videos(); }
    FavoriteRepository& favorites() override { return inner_.favorites(); }
    CommentRepository& comments() override { return inner_.comments(); }
    RelationRepository& relations() override { return inner_.relations(); }
    MessageRepository& messages() override { return inner_.messages(); }
    AppliedWrites& applied() override { return applied_; }
    StoreResult<Id> idBound() override {
        return failBounds ? StoreResult<Id>(std::unexpected(StoreError{StoreError::Kind::Io, "no bound"}))
                          : inner_.idBound();
    }
    StoreResult<void> setIdBound(Id bound) override { return inner_.setIdBound(bound); }
    StoreResult<void> atomically(const Work& work) override {
        const bool outermost = depth_++ == 0;
        StoreResult<void> result = inner_.atomically([&]() -> StoreResult<void> {
            StoreResult<void> done = work();
            if (done && outermost && failCommits) {
                ++failures;
                return std::unexpected(StoreError{StoreError::Kind::Io, "the medium is full"});
            }
            return done;
        });
        commits += outermost ? 1 : 0;
        --depth_;
        return result;
    }

    std::atomic<bool> failCommits = false;
    // What was applied cannot be looked at.
    std::atomic<bool> failLooks = false;
    std::atomic<bool> failBounds = false;
    std::atomic<int> failures = 0;
    std::atomic<int> commits = 0;

private:
    MemoryStore inner_;
    TroubledApplied applied_{inner_.applied(), failLooks};
    int depth_ = 0;
};

class TroubledApplier final : public ChangeApplier {
public:
    StoreResult<void> apply(Store& store, const Change& change, const std::stop_token& expired) override {
        if (before) {
            if (auto stopped = before(change, expired); !stopped) {
                return stopped;
            }
        }
        return real_.apply(store, change, expired);
    }
    std::function<StoreResult<void>(const Change&, const std::stop_token&)> before;

private:
    TableApplier real_;
};

inline CommentRow commentRow(Id id, std::string text = "text") {
    return {id, kUser, kVideo, std::move(text), 1000 + id};
}

inline bool isComment(const Change& change, std::string_view text) {
    const auto* row = std::get_if<CommentRow>(&change);
    return row != nullptr && row->text == text;
}

inline void fill(Store& store) {
    for (const Id id : {kUser, kOther}) {
        UserRow user;
        user.id = id;
        user.name = "user " + std::to_string(id);
        QVERIFY(applyChange(store, user).has_value());
    }
    VideoRow video;
    video.id = kVideo;
    video.author = kUser;
    video.publishedAt = 1;
    QVERIFY(applyChange(store, video).has_value());
}

class ConsumerStage {
protected:
    void begin() {
        consumer_.reset();
        tables_ = std::make_unique<TroubledTables>();
        queue_ = std::make_unique<TroubledQueue>();
        applier_.before = nullptr;
        logged_ = 0;
        fill(*tables_);
    }
    void end() { consumer_.reset(); }
    void start(WriteConsumer::Limits limits = fast()) {
        consumer_.reset();
        consumer_ = std::make_unique<WriteConsumer>(
            WriteConsumer::Needs{*queue_, *tables_, applier_, clock_, telemetry_,
                                 [this](LogLevel, std::string_view) { ++logged_; }},
            limits);
    }
    static WriteConsumer::Limits fast() {
        WriteConsumer::Limits limits;
        limits.linger = std::chrono::milliseconds(1);
        limits.pause = std::chrono::milliseconds(1);
        limits.budget = std::chrono::milliseconds(40);
        return limits;
    }
    MessageId append(const Change& change, WriteId write = 0, Id idBound = 1) {
        const auto first = queue_->append(
            std::vector<NewMessage>{{Topic::Writes, write, clock_.nowMs(), encodeChange(change, idBound)}});
        if (consumer_) {
            consumer_->appended();
        }
        return first.value_or(0);
    }
    bool drained() { return consumer_->drain(kPatience); }
    std::size_t comments() { return tables_->comments().on(kVideo)->size(); }

    std::unique_ptr<TroubledTables> tables_;
    std::unique_ptr<TroubledQueue> queue_;
    TroubledApplier applier_;
    FakeClock clock_;
    NoTelemetry telemetry_;
    std::atomic<int> logged_ = 0;
    std::unique_ptr<WriteConsumer> consumer_;
};

}  // namespace tikgok::sim::test
