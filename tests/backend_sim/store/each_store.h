// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the suites over both implementations of the repositories share: a store of each kind, and rows for it.
#pragma once

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace tikgok::sim {

inline UserRow userRow(Id id, const std::string& name) {
    UserRow row;
    row.id = id;
    row.name = name;
    row.passwordHash = "hash of " + name;
    row.avatarKey = "a/" + name;
    row.backgroundKey = "b/" + name;
    row.signature = "s";
    row.createdAt = 1000 + id;
    return row;
}

inline VideoRow videoRow(Id id, Id author, std::int64_t at) {
    VideoRow row;
    row.id = id;
    row.author = author;
    row.title = "title " + std::to_string(id);
    row.playKey = "p/" + std::to_string(id);
    row.coverKey = "c/" + std::to_string(id);
    row.publishedAt = at;
    return row;
}

// Each test runs once on each kind.
class EachStore {
protected:
    static void listStores() {
        QTest::addColumn<bool>("durable");
        QTest::newRow("memory") << false;
        QTest::newRow("sqlite") << true;
    }
    void openStore() {
        QFETCH_GLOBAL(bool, durable);
        if (durable) {
            directory_ = std::make_unique<QTemporaryDir>();
            auto opened = SqliteStore::open(directory_->filePath(QStringLiteral("s")).toStdString());
            QVERIFY(opened.has_value());
            store_ = std::move(*opened);
        } else {
            store_ = std::make_unique<MemoryStore>();
        }
    }
    void closeStore() {
        store_.reset();
        directory_.reset();
    }

    Store& store() { return *store_; }
    // Users 1 to 3, videos 10 to 12 by user 1, 1 and 2.
    void fill() {
        for (const auto& [id, name] : {std::pair<Id, const char*>{1, "ann"}, {2, "bob"}, {3, "cleo"}}) {
            QVERIFY(*store().users().add(userRow(id, name)));
        }
        QVERIFY(*store().videos().add(videoRow(10, 1, 5000)));
        QVERIFY(*store().videos().add(videoRow(11, 1, 6000)));
        QVERIFY(*store().videos().add(videoRow(12, 2, 7000)));
    }

private:
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Store> store_;
};

}  // namespace tikgok::sim
