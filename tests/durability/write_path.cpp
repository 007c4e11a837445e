// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/write_path.h"

#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/adapters/system/system.h"
#include "backend-sim/services/write/writer.h"

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
    MemoryStore readModel;
    SystemClock clock;
    std::unique_ptr<SequentialIds> ids;
    std::unique_ptr<Writer> writer;
};

WritePath::WritePath(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

WritePath::~WritePath() = default;

std::expected<std::unique_ptr<WritePath>, std::string> WritePath::open(const std::filesystem::path& directory,
                                                                       Control, bool, Watch&) {
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
    parts->ids = std::make_unique<SequentialIds>(*bound);
    parts->writer = std::make_unique<Writer>(*parts->store, parts->readModel, parts->clock, *parts->ids,
                                             Writer::Limits(), LogSink());
    return std::unique_ptr<WritePath>(new WritePath(std::move(parts)));
}

Submit<SetFavorite>& WritePath::favorites() {
    return *parts_->writer;
}
Submit<AddComment>& WritePath::comments() {
    return *parts_->writer;
}
Submit<SendMessage>& WritePath::messages() {
    return *parts_->writer;
}
MemoryStore& WritePath::readModel() {
    return parts_->readModel;
}

}  // namespace tikgok::sim::durability
