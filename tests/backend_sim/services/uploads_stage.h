// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of uploads share: doubles of all neighbours, and a publisher and a consumer among them.
#pragma once

#include "backend-sim/adapters/memory/memory_queue.h"
#include "backend-sim/services/uploads/publisher.h"
#include "tests/backend_sim/services/doubles.h"

#include <QTemporaryDir>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <set>
#include <string>
#include <thread>

namespace tikgok::sim::test {

class FakeInspector final : public MediaInspector {
public:
    std::expected<MediaFacts, MediaError> inspect(const std::filesystem::path& video,
                                                  const std::filesystem::path& cover,
                                                  const Cancelled& cancelled) override {
        ++calls;
        if (duringWork) {
            duringWork();
        }
        while (untilCancelled && !cancelled()) {
            std::this_thread::yield();
        }
        if (cancelled()) {
            return std::unexpected(MediaError{MediaError::Kind::Cancelled, "cancelled"});
        }
        if (error && failures-- > 0) {
            return std::unexpected(*error);
        }
        looked = video;
        std::ofstream(cover) << "cover";
        return MediaFacts{540, 960, 8000, "h264"};
    }

    std::atomic<int> calls = 0;
    std::optional<MediaError> error;
    // How often `error` strikes.
    int failures = 1'000'000;
    std::filesystem::path looked;
    std::function<void()> duringWork;
    // Works until it is told to stop.
    bool untilCancelled = false;
};

class FakeObjects final : public ObjectStore {
public:
    std::string keyFor(contract::Id id, std::int64_t timeMs, std::string_view suffix) const override {
        return std::to_string(timeMs) + "/" + std::to_string(id) + "." + std::string(suffix);
    }
    std::expected<void, ObjectError> put(const std::filesystem::path& staged, std::string_view key) override {
        const std::lock_guard lock(mutex);
        if (!failFor.empty() && key.ends_with(failFor) && failures-- > 0) {
            return std::unexpected(ObjectError{"full"});
        }
        if (!std::filesystem::remove(staged) || !keys.insert(std::string(key)).second) {
            return std::unexpected(ObjectError{"no file, or there already"});
        }
        if (afterPut) {
            afterPut();
        }
        return {};
    }
    std::optional<std::filesystem::path> find(std::string_view key) const override {
        const std::lock_guard lock(mutex);
        return keys.contains(std::string(key)) ? std::optional(std::filesystem::path("objects") / key)
                                               : std::nullopt;
    }
    void hideUntil(std::string_view key, std::int64_t timeMs, std::int64_t /*nowMs*/) override {
        hiding[std::string(key)] = timeMs;
    }
    bool hidden(std::string_view /*key*/, std::int64_t /*nowMs*/) const override { return false; }
    void remove(std::string_view key) override {
        const std::lock_guard lock(mutex);
        keys.erase(std::string(key));
    }

    std::string failFor;
    int failures = 1'000'000;
    std::set<std::string> keys;
    std::map<std::string, std::int64_t> hiding;
    std::function<void()> afterPut;

private:
    mutable std::mutex mutex;
};

class FakePictures final : public PictureMaker {
public:
    std::expected<void, MediaError> recode(const std::filesystem::path& /*from*/,
                                           const std::filesystem::path& to) override {
        if (error) {
            return std::unexpected(*error);
        }
        std::ofstream(to) << "picture";
        return {};
    }
    std::optional<MediaError> error;
};

class FakeIds final : public IdGenerator {
public:
    contract::Id next() override { return next_++; }
    contract::Id bound() const override { return next_; }

private:
    std::atomic<contract::Id> next_ = 500;
};

// A queue whose operations can fail.
class FlakyQueue final : public MessageQueue {
public:
    StoreResult<MessageId> append(std::span<const NewMessage> batch) override {
        return failAppend ? StoreResult<MessageId>(bad()) : inner.append(batch);
    }
    StoreResult<std::vector<Message>> read(Topic topic, MessageId after, std::size_t limit) override {
        return failRead ? StoreResult<std::vector<Message>>(bad()) : inner.read(topic, after, limit);
    }
    StoreResult<void> acknowledge(Topic topic, std::span<const MessageId> done) override {
        if (throwAcknowledge) {
            throw std::bad_alloc();
        }
        return failAcknowledge ? StoreResult<void>(bad()) : inner.acknowledge(topic, done);
    }
    StoreResult<int> countFailure(Topic topic, MessageId id) override {
        return failCount ? StoreResult<int>(bad()) : inner.countFailure(topic, id);
    }
    StoreResult<bool> bury(Topic topic, MessageId id, std::string_view reason, std::int64_t at) override {
        return failBury ? StoreResult<bool>(bad()) : inner.bury(topic, id, reason, at);
    }
    StoreResult<std::vector<DeadLetter>> deadLetters() override {
        return failDeadLetters ? StoreResult<std::vector<DeadLetter>>(bad()) : inner.deadLetters();
    }
    StoreResult<MessageId> resend(MessageId deadLetter) override { return inner.resend(deadLetter); }
    std::size_t depth(Topic topic) const override { return inner.depth(topic); }
    StoreResult<void> take(Topic topic, std::span<const MessageId> early) override {
        return inner.take(topic, early);
    }
    StoreResult<void> settle(std::span<const MessageId> applied) override { return inner.settle(applied); }
    StoreResult<std::vector<Message>> taken() override { return inner.taken(); }

    bool failAppend = false;
    bool failRead = false;
    bool failAcknowledge = false;
    bool throwAcknowledge = false;
    bool failDeadLetters = false;
    bool failCount = false;
    bool failBury = false;
    MemoryQueue inner;

private:
    static std::unexpected<StoreError> bad() {
        return std::unexpected(StoreError{StoreError::Kind::Io, "disk"});
    }
};

class UploadsStage {
protected:
    // Everything anew, in an empty directory.
    void begin() {
        context_ = {};
        context_.caller = 1;
        directory_ = std::make_unique<QTemporaryDir>();
        queue_ = std::make_unique<FlakyQueue>();
        inspector_ = std::make_unique<FakeInspector>();
        objects_ = std::make_unique<FakeObjects>();
        writer_ = {};
        writer_.answer = 42;
        pictures_.error.reset();
        logged_ = 0;
        executor_.full = false;
        executor_.waiting.clear();
        makeParts();
    }
    void makeParts(UploadConsumer::Limits limits = {}) {
        publisher_.reset();
        consumer_.reset();
        processor_ = std::make_unique<UploadProcessor>(
            UploadProcessor::Needs{writer_, *inspector_, *objects_, directory_->path().toStdString(), {}});
        consumer_ = std::make_unique<UploadConsumer>(
            UploadConsumer::Needs{*queue_, *processor_, clock_, telemetry_,
                                  [this](LogLevel, std::string_view) { ++logged_; }, limits});
        publisher_ = std::make_unique<Publisher>(
            Publisher::Needs{*consumer_, *objects_, executor_, ids_, clock_, {}, &telemetry_, &pictures_});
    }
    StagedUpload stage(const std::string& name = "a.mp4") {
        static int count = 0;
        const std::filesystem::path file =
            std::filesystem::path(directory_->path().toStdString()) / ("upload" + std::to_string(++count));
        std::ofstream(file) << "video";
        return {file, name};
    }
    void publish(Answer<contract::Id>& answer, const std::string& name = "a.mp4") {
        publisher_->publish(context_, stage(name), "t", answer.done());
        executor_.runAll();
    }
    // Works on what is due, then lets time pass until nothing is left to do.
    void workOff() {
        for (int i = 0; i < 50; ++i) {
            while (consumer_->step()) {
            }
            clock_.steady += std::chrono::seconds(1);
        }
    }
    bool stagingIsEmpty() const { return std::filesystem::is_empty(directory_->path().toStdString()); }

    RequestContext context_;
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<FlakyQueue> queue_;
    std::unique_ptr<FakeInspector> inspector_;
    std::unique_ptr<FakeObjects> objects_;
    FakePictures pictures_;
    std::atomic<int> logged_ = 0;
    FakeSubmit<PublishVideo> writer_;
    FakeExecutor executor_;
    FakeIds ids_;
    FakeClock clock_;
    CountingTelemetry telemetry_;
    std::unique_ptr<UploadProcessor> processor_;
    std::unique_ptr<UploadConsumer> consumer_;
    std::unique_ptr<Publisher> publisher_;
};

}  // namespace tikgok::sim::test
