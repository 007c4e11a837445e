// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of the feed share: its model on a fake transport.
#pragma once

#include "core/feed/feed_model.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <initializer_list>
#include <string>
#include <vector>

namespace tikgok::test {

// The tester comes before anything is in the model, so the empty state is tested too.
struct Feed {
    explicit Feed(bool signedIn = false)
        : world(signedIn),
          model(world.api, world.session, world.store),
          tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest) {}

    [[nodiscard]] QList<qint64> ids() const {
        QList<qint64> all;
        for (int row = 0; row < model.count(); ++row) {
            all.append(model.videoAt(row)->id());
        }
        return all;
    }
    [[nodiscard]] bool settles() {
        return waitUntil([&] {
            return model.state() != FeedModel::State::Loading &&
                   model.state() != FeedModel::State::LoadingMore && !model.refreshing();
        });
    }
    void load(const std::string& page) {
        world.net.reply(page);
        model.refresh();
        QVERIFY(settles());
    }

    World world;
    FeedModel model;
    QAbstractItemModelTester tester;
};

inline std::string likedFeed(std::initializer_list<contract::Id> ids, std::int64_t next) {
    std::vector<contract::Video> videos;
    for (const contract::Id id : ids) {
        videos.push_back(clip(id, true, 10));
    }
    return contract::writeFeed(videos, next);
}

}  // namespace tikgok::test
