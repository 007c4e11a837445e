// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/write_path.h"

#include "backend-sim/adapters/sqlite/queue.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/adapters/system/system.h"
#include "backend-sim/services/write/recovery.h"
#include "backend-sim/services/write/write_side.h"

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

}  // namespace

struct WritePath::Parts {
    std::unique_ptr<SqliteStore> store;
    std::unique_ptr<SqliteQueue> queue;
    MemoryStore readModel;
    SystemClock clock;
    DirectorySpace space{"/"};
    TableApplier applier;
    NoTelemetry telemetry;
    std::unique_ptr<SequentialIds> ids;
    std::unique_ptr<WriteSide> writes;
};

WritePath::WritePath(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

WritePath::~WritePath() {
    parts_->writes->close();
}

std::expected<std::unique_ptr<WritePath>, std::string> WritePath::open(const std::filesystem::path& directory,
                                                                       Control, bool parity, Watch&) {
    auto parts = std::make_unique<Parts>();
    auto store = SqliteStore::open(directory / "store.sqlite");
    if (!store) {
        return std::unexpected(store.error().what);
    }
    parts->store = std::move(*store);
    if (const auto prepared = prepare(*parts->store); !prepared) {
        return std::unexpected(prepared.error().what);
    }
    const auto read =
        parts->store->replay([&](const Change& change) { return applyChange(parts->readModel, change); });
    const auto bound = parts->store->idBound();
    if (!read || !bound) {
        return std::unexpected(std::string("the store cannot be read"));
    }
    const auto lastWrite = parts->store->applied().last();
    auto queue = SqliteQueue::open(directory / "queue.sqlite", lastWrite.value_or(0));
    if (!queue) {
        return std::unexpected(queue.error().what);
    }
    parts->queue = std::move(*queue);
    const auto waitingBound = idBoundOf(*parts->queue);
    if (!waitingBound || !showWaiting(*parts->queue, *parts->store, parts->readModel)) {
        return std::unexpected(std::string("the queue cannot be read"));
    }
    parts->ids = std::make_unique<SequentialIds>(std::max(*bound, *waitingBound));
    WriteSide::Limits limits;
    limits.consumer.atMostOnce = parity;
    parts->writes = std::make_unique<WriteSide>(
        WriteSide::Needs{*parts->queue, *parts->store, parts->readModel, parts->applier, parts->clock,
                         *parts->ids, parts->space, parts->telemetry, LogSink()},
        limits);
    return std::unique_ptr<WritePath>(new WritePath(std::move(parts)));
}

Submit<SetFavorite>& WritePath::favorites() {
    return parts_->writes->intake();
}
Submit<AddComment>& WritePath::comments() {
    return parts_->writes->intake();
}
Submit<SendMessage>& WritePath::messages() {
    return parts_->writes->intake();
}
MemoryStore& WritePath::readModel() {
    return parts_->readModel;
}

}  // namespace tikgok::sim::durability
