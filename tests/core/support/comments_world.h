// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of comments share: the model over a fake transport, and lists to answer with.
#pragma once

#include "core/comments/comments_model.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <initializer_list>
#include <string>
#include <vector>

namespace tikgok::test {

inline constexpr const char* kAction = "/douyin/comment/action/";
inline constexpr const char* kList = "/douyin/comment/list/";

inline std::string listOf(const std::vector<contract::Comment>& comments) {
    return contract::writeComments(comments);
}

inline const contract::User kAnn = person(11, "ann");
inline const contract::User kMei = person(kMe, "mei");

inline std::string twoComments() {
    return listOf({remark(102, kAnn, "second"), remark(101, kMei, "first")});
}

struct Comments {
    explicit Comments(bool signedIn = true, const QString& draftsFile = {}, LookOptions looks = {.looks = 1})
        : world(signedIn),
          sender(world.api, world.session, world.outbox, looks),
          drafts(draftsFile.isEmpty() ? dir.filePath(QStringLiteral("drafts.json")) : draftsFile),
          model(world.api, world.session, world.store, world.outbox, sender, drafts,
                {.undoTime = std::chrono::milliseconds(30)}),
          tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest) {
        world.store.user(kMei);  // so that nobody asks for it
        video = world.store.video(clip(5), world.store.beginReading());
    }

    // Opens the video's comments; leaves no trace in `net`.
    void open(const std::string& list = twoComments()) {
        const qsizetype before = world.net.count();
        world.net.reply(list);
        model.setVideo(video);
        QVERIFY(waitUntil([&] { return model.state() == CommentsModel::State::Ready; }));
        world.net.sent.remove(before, 1);
    }
    [[nodiscard]] QVariant at(int row, int role) const { return model.data(model.index(row), role); }
    [[nodiscard]] QString text(int row) const { return at(row, CommentsModel::ContentRole).toString(); }
    [[nodiscard]] CommentsModel::Status status(int row) const {
        return at(row, CommentsModel::StatusRole).value<CommentsModel::Status>();
    }
    [[nodiscard]] QStringList texts() const {
        QStringList all;
        for (int row = 0; row < model.count(); ++row) {
            all.append(text(row));
        }
        return all;
    }
    // Waits until so many requests of this path have gone out.
    [[nodiscard]] bool reaches(const char* path, int count) const {
        return waitUntil([&] { return asked(path) >= count; }) && asked(path) == count;
    }
    // The wait after a failed try is over.
    void later() {
        QVERIFY(waitUntil([&] { return world.clock.untilAlarm() > 0; }));
        world.clock.advance(world.clock.untilAlarm());
    }
    [[nodiscard]] QList<Intent> waiting(contract::Id account = kMe) const {
        return world.outbox.open(QStringLiteral("http://server|%1").arg(account), IntentKind::Comment);
    }
    // Requests of this path so far.
    [[nodiscard]] int asked(const char* path) const {
        int count = 0;
        for (const auto& sent : world.net.sent) {
            count += sent->request.path == QLatin1String(path) ? 1 : 0;
        }
        return count;
    }

    QTemporaryDir dir;
    World world;
    CommentSender sender;
    Drafts drafts;
    CommentsModel model;
    QAbstractItemModelTester tester;
    VideoEntity* video = nullptr;
};

inline QStringList words(std::initializer_list<const char*> list) {
    QStringList all;
    for (const char* word : list) {
        all.append(QString::fromUtf8(word));
    }
    return all;
}

}  // namespace tikgok::test
