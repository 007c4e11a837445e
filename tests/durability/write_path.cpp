// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/write_path.h"

#include "backend-sim/adapters/sqlite/queue.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/adapters/system/system.h"
#include "backend-sim/services/write/change_codec.h"
#include "backend-sim/services/write/recovery.h"
#include "tests/durability/controls.h"

#include <algorithm>
#include <variant>

namespace tikgok::sim::durability {

namespace {

StoreResult<void> prepare(Store& store) {
    return store.atomically([&]() -> StoreResult<void> {
        if (const auto there = store.users().exists(kFirstUser); !there || *there) {
            return there ? StoreResult<void>() : std::unexpected(there.error());
        }
        for (Id number = 0; number < kUsers; ++number) {
            UserRow row;
            row.id = kFirstUser + number;
            row.name = "user " + std::to_string(number);
            if (auto added = applyChange(store, row); !added) {
                return added;
            }
        }
        for (Id number = 0; number < kVideos; ++number) {
            VideoRow row;
            row.id = kFirstVideo + number;
            row.author = kFirstUser;
            row.publishedAt = 1 + number;
            if (auto added = applyChange(store, row); !added) {
                return added;
            }
        }
        return store.setIdBound(kFirstFreeId);
    });
}

class Endless final : public FreeSpace {
public:
    [[nodiscard]] std::optional<std::uint64_t> freeBytes() const override { return std::nullopt; }
};

std::string textOf(const Change& change) {
    if (const auto* message = std::get_if<MessageRow>(&change)) {
        return message->text;
    }
    const auto* comment = std::get_if<CommentRow>(&change);
    return comment != nullptr ? comment->text : std::string("neither a message nor a comment");
}

}  // namespace

// Closed from the bottom up.
struct WritePath::Parts {
    explicit Parts(const WritePathOptions& given, Watch& page) : options(given), watch(page) {}

    const WritePathOptions options;
    Watch& watch;
    std::unique_ptr<SqliteStore> realStore;
    std::unique_ptr<SqliteQueue> realQueue;
    std::unique_ptr<Store> store;
    std::unique_ptr<MessageQueue> queue;
    MemoryStore readModel;
    SystemClock systemClock;
    const Clock& clock = options.clock != nullptr ? *options.clock : systemClock;
    Endless space;
    NoTelemetry telemetry;
    TableApplier applier;
    std::unique_ptr<SequentialIds> ids;
    std::unique_ptr<WriteConsumer> consumer;
    std::unique_ptr<Intake> intake;

    std::expected<void, std::string> openFiles();
    StoreResult<void> recover();
    void start();
};

std::expected<void, std::string> WritePath::Parts::openFiles() {
    auto openedStore = SqliteStore::open(options.directory / "store.sqlite");
    if (!openedStore) {
        return std::unexpected(openedStore.error().what);
    }
    realStore = std::move(*openedStore);
    const auto lastWrite = realStore->applied().last();
    if (!lastWrite) {
        return std::unexpected(lastWrite.error().what);
    }
    auto openedQueue = SqliteQueue::open(options.directory / "queue.sqlite", *lastWrite);
    if (!openedQueue) {
        return std::unexpected(openedQueue.error().what);
    }
    realQueue = std::move(*openedQueue);
    store = watchedStore(*realStore, watch, options.control);
    queue = watchedQueue(*realQueue, watch, options.control);
    return {};
}

// Readers see what is in the tables and what waits.
StoreResult<void> WritePath::Parts::recover() {
    const auto read =
        realStore->replay([this](const Change& change) { return applyChange(readModel, change); });
    if (!read) {
        return read;
    }
    const auto bound = realStore->idBound();
    const auto waitingBound = idBoundOf(*realQueue);
    const auto shown = showWaiting(*realQueue, *realStore, readModel);
    if (!bound || !waitingBound || !shown) {
        return std::unexpected(!bound ? bound.error() : !waitingBound ? waitingBound.error() : shown.error());
    }
    ids = std::make_unique<SequentialIds>(std::max(*bound, *waitingBound));
    return {};
}

void WritePath::Parts::start() {
    ChangeApplier& how = options.applier != nullptr ? *options.applier : applier;
    consumer = std::make_unique<WriteConsumer>(
        WriteConsumer::Needs{*queue, *store, how, clock, telemetry, LogSink()}, options.consumer);
    intake = std::make_unique<Intake>(
        Intake::Needs{*queue, readModel, clock, *ids, *consumer, space, telemetry, LogSink()},
        options.intake);
}

WritePath::WritePath(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

WritePath::~WritePath() {
    parts_->intake->close();
    parts_->consumer->close();
}

std::expected<std::unique_ptr<WritePath>, std::string> WritePath::open(const WritePathOptions& options,
                                                                       Watch& watch) {
    auto parts = std::make_unique<Parts>(options, watch);
    if (const auto opened = parts->openFiles(); !opened) {
        return std::unexpected(opened.error());
    }
    if (const auto prepared = prepare(*parts->realStore); !prepared) {
        return std::unexpected(prepared.error().what);
    }
    if (const auto recovered = parts->recover(); !recovered) {
        return std::unexpected(recovered.error().what);
    }
    parts->start();
    return std::unique_ptr<WritePath>(new WritePath(std::move(parts)));
}

Submit<SetFavorite>& WritePath::favorites() {
    return *parts_->intake;
}
Submit<AddComment>& WritePath::comments() {
    return *parts_->intake;
}
Submit<SendMessage>& WritePath::messages() {
    return *parts_->intake;
}
MessageQueue& WritePath::queue() {
    return *parts_->queue;
}
WriteConsumer& WritePath::consumer() {
    return *parts_->consumer;
}
MemoryStore& WritePath::readModel() {
    return parts_->readModel;
}

std::vector<std::string> WritePath::lost() {
    std::vector<std::string> texts;
    const auto lost = parts_->consumer->lost();
    const auto taken = parts_->queue->taken();
    if (!lost || !taken) {
        return {"the list of what was lost cannot be read"};
    }
    for (const LostWrite& each : *lost) {
        const auto message = std::ranges::find(*taken, each.write, &Message::write);
        const auto queued = message != taken->end() ? decodeChange(message->body) : std::nullopt;
        texts.push_back(queued ? textOf(queued->change) : "not to be found among what was taken");
    }
    return texts;
}

}  // namespace tikgok::sim::durability
