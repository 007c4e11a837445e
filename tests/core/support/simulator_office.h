// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of the Simulator page's models share: a simulator, the part of the client that the page
// needs, and lines on which it hears what a test says.
#pragma once

#include "backend-sim/simulator.h"
#include "core/account/session.h"
#include "core/api/network_transport.h"
#include "core/settings/settings.h"
#include "core/simulator/network_admin_transport.h"
#include "core/simulator/simulator_desk.h"
#include "core/simulator/simulator_watch.h"
#include "tests/core/support/wait.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <initializer_list>
#include <memory>
#include <utility>

namespace tikgok::test {

inline constexpr std::chrono::milliseconds kQuick{30};

inline std::unique_ptr<sim::Simulator> startSimulator(const QString& directory) {
    sim::SimulatorConfig config;
    config.dataDirectory = directory.toStdString();
    auto started = sim::Simulator::start(std::move(config));
    if (!started) {
        qWarning("%s", started.error().c_str());
        return nullptr;
    }
    return std::move(*started);
}

// Says the same to everything.
class Mute final : public AdminTransport {
public:
    Result<HttpAnswer> says =
        std::unexpected(Error{.kind = ErrorKind::Offline, .serverWords = {}, .retryAfter = {}, .detail = {}});
    QList<AdminRequest> asked;

    QCoro::Task<Result<HttpAnswer>> send(AdminRequest request, std::stop_token) override {
        asked.append(request);
        auto answer = says;
        co_return std::move(answer);
    }
};

// Whoever does not ask any more has asked nothing by the time that one who goes on, as often as they would,
// has asked again and again.
[[nodiscard]] inline bool othersAskMeanwhile() {
    Mute mute;
    mute.says = HttpAnswer{.status = 200, .body = R"({"version":"1"})", .retryAfter = {}};
    AdminClient client(mute);
    MemoryVault vault;
    SimulatorWatch watch(client, vault, {.pace = kQuick});
    watch.setAwake(true);
    watch.setServer(QStringLiteral("another"));
    return waitUntil([&mute] { return mute.asked.size() > 4; });
}

// Answers when it is told to.
class Held final : public AdminTransport {
public:
    QList<AdminRequest> asked;

    QCoro::Task<Result<HttpAnswer>> send(AdminRequest request, std::stop_token alive) override {
        asked.append(std::move(request));
        const Once<Result<HttpAnswer>> answer;
        waiting_.append(answer);
        const std::stop_callback gone(alive, [answer] { answer.finish(std::unexpected(cancelledError())); });
        co_return co_await answer;
    }
    // To the request of that number, from 0.
    void say(qsizetype number, const QByteArray& body) {
        waiting_[number].finish(HttpAnswer{.status = 200, .body = body, .retryAfter = {}});
    }

private:
    QList<Once<Result<HttpAnswer>>> waiting_;
};

// The part of the client that the page needs.
struct Office {
    explicit Office(AdminTransport* other = nullptr)
        : client(other == nullptr ? static_cast<AdminTransport&>(line) : *other),
          watch(client, vault, {.pace = kQuick}),
          session(api, vault, settings),
          desk(client, watch, session, {.pace = kQuick}) {
        for (QAbstractItemModel* model : std::initializer_list<QAbstractItemModel*>{
                 desk.rules(), desk.inside(), desk.scenarios(), desk.snapshots(), desk.people(),
                 desk.journal(), desk.load(), desk.deadLetters(), desk.findings(), desk.coverage()}) {
            new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest,
                                         &testers);
        }
    }
    void connectTo(const sim::Simulator& simulator, const QString& token,
                   const QString& key = QStringLiteral("sim")) {
        const QUrl url(QString::fromStdString(simulator.url()));
        line.setServer(url);
        transport.setServer(url);
        session.setServer(key);
        watch.setServer(key, token);
    }
    void openTo(const sim::Simulator& simulator) {
        connectTo(simulator, QString::fromStdString(simulator.adminToken()));
    }
    bool idle() {
        return waitUntil([this] { return !desk.busy(); });
    }
    int feedStatus(const QString& latestTime = {}) {
        HttpRequest request;
        request.path = QStringLiteral("/douyin/feed/");
        if (!latestTime.isEmpty()) {
            request.query.append({QStringLiteral("latest_time"), latestTime});
        }
        const auto answer = waitFor(transport.send(request, {}));
        return answer ? answer->status : -1;
    }
    QVariant of(CountedModel* model, int row, int role) { return model->data(model->index(row), role); }

    QTemporaryDir directory;
    QObject testers;
    NetworkAdminTransport line;
    NetworkTransport transport;
    MemoryVault vault;
    Settings settings{directory.filePath(QStringLiteral("settings.json"))};
    Api api{transport, {.retries = 0}};
    AdminClient client;
    SimulatorWatch watch;
    Session session;
    SimulatorDesk desk;
};

inline HttpAnswer answerOf(int status, const QByteArray& body) {
    return {.status = status, .body = body, .retryAfter = {}};
}

// One simulator for all of a program's tests.
class DeskStage {
protected:
    void startServer() {
        simulator_ = startSimulator(data_.filePath(QStringLiteral("main")));
        QVERIFY(simulator_);
    }
    // Each test finds a good server.
    void makeServerGood() {
        Office office;
        office.openTo(*simulator_);
        office.desk.makeGood();
        QVERIFY(office.idle());
        office.desk.makeWorld(QStringLiteral("small"));
        QVERIFY(office.idle());
    }

    QTemporaryDir data_;
    std::unique_ptr<sim::Simulator> simulator_;
};

}  // namespace tikgok::test
