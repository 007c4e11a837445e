// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// D10 over HTTP: more writes than the server has room for while nothing gets into the tables.

#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/backend.h"
#include "backend-sim/gateway/gateway.h"
#include "backend-sim/gateway/server.h"
#include "backend-sim/services/write/write_side.h"
#include "tests/backend_sim/gateway/stage.h"

#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <latch>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <variant>
#include <vector>

using namespace tikgok::sim;
using tikgok::sim::gatewaytest::Reply;
using tikgok::sim::gatewaytest::Wire;

namespace {

class NoMedia final : public MediaSource {
public:
    [[nodiscard]] std::optional<MediaEntry> mediaFile(std::string_view) const override {
        return std::nullopt;
    }
};

// The whole server, with a small queue.
class SmallServer {
public:
    explicit SmallServer(const std::filesystem::path& directory, std::size_t room) {
        BackendConfig config;
        config.dataDirectory = directory;
        config.world = "empty";
        config.passwordCost = {1, 8192};
        config.writeQueueLimit = room;
        config.workQueueLimit = 1024;
        auto opened = Backend::open(std::move(config));
        auto bound = http::Server::bind({});
        if (opened && bound) {
            backend = std::move(*opened);
            server = std::move(*bound);
            GatewayConfig gatewayConfig;
            gatewayConfig.upload.directory = backend->stagingDirectory();
            gateway = std::make_unique<Gateway>(backend->services(), media_, backend->tokenKey(),
                                                std::move(gatewayConfig));
            server->start(*gateway);
        }
    }
    ~SmallServer() {
        if (server) {
            server->stop(std::chrono::seconds(3));
        }
    }
    SmallServer(const SmallServer&) = delete;
    SmallServer& operator=(const SmallServer&) = delete;

    std::unique_ptr<Backend> backend;
    std::unique_ptr<http::Server> server;
    std::unique_ptr<Gateway> gateway;

private:
    NoMedia media_;
};

std::string post(const std::string& target) {
    return "POST /douyin/" + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
}

// The token in the answer to a registration.
std::string tokenIn(const Reply& reply) {
    const std::string start = "\"token\":\"";
    const std::size_t from = reply.body.find(start);
    return from == std::string::npos
               ? std::string()
               : reply.body.substr(from + start.size(),
                                   reply.body.find('"', from + start.size()) - from - start.size());
}

// Every text once, by how often it is in the tables.
std::map<std::string, int> messagesIn(const std::filesystem::path& directory) {
    std::map<std::string, int> found;
    auto store = SqliteStore::open(directory / "store.sqlite");
    if (store) {
        static_cast<void>((*store)->replay([&found](const Change& change) -> StoreResult<void> {
            if (const auto* message = std::get_if<MessageRow>(&change)) {
                ++found[message->text];
            }
            return {};
        }));
    }
    return found;
}

}  // namespace

class DurabilityHttpFloodTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusalsSayWhenToComeAgain();
};

void DurabilityHttpFloodTest::refusalsSayWhenToComeAgain() {
    constexpr std::size_t kRoom = 500;
    constexpr int kWriters = 64;
    constexpr int kEach = 40;
    const QTemporaryDir temporary;
    const std::filesystem::path directory = temporary.path().toStdString();
    std::map<std::string, int> taken;
    {
        const SmallServer small(directory, kRoom);
        QVERIFY(small.backend && small.server);
        const std::uint16_t port = small.server->port();
        std::vector<std::string> tokens;
        for (int writer = 0; writer < kWriters; ++writer) {
            tokens.push_back(tokenIn(Wire(port).ask(
                post("user/register/?username=w" + std::to_string(writer) + "&password=secret12"))));
            QVERIFY(!tokens.back().empty());
        }
        small.backend->writes().pauseConsumer();
        std::mutex mutex;
        std::map<std::pair<int, std::string>, int> answers;
        std::atomic<std::size_t> deepest = 0;
        std::latch start(kWriters);
        const auto send = [&](Wire& wire, int writer, int number) {
            const std::string text = std::to_string(writer) + "-" + std::to_string(number);
            const Reply reply = wire.ask(
                post("message/action/?action_type=1&to_user_id=" + std::to_string(writer == 0 ? 2 : 1) +
                     "&content=" + text + "&token=" + tokens[static_cast<std::size_t>(writer)]));
            const std::lock_guard lock(mutex);
            ++answers[{reply.status, reply.header("retry-after")}];
            const bool good = reply.status == 200 && reply.body.starts_with("{\"status_code\":0,");
            if (good) {
                taken[text] = 1;
            }
            deepest = std::max(deepest.load(), small.backend->writes().depth());
            return good;
        };
        {
            std::vector<std::jthread> writers;
            writers.reserve(kWriters);
            for (int writer = 0; writer < kWriters; ++writer) {
                writers.emplace_back([&, writer] {
                    Wire wire(port);
                    start.arrive_and_wait();
                    for (int number = 0; number < kEach; ++number) {
                        send(wire, writer, number);
                    }
                });
            }
        }
        // Every request has an answer: taken, or come again in a second.
        QCOMPARE(answers.size(), std::size_t{2});
        QCOMPARE(answers.begin()->first, std::make_pair(200, std::string()));
        QCOMPARE(answers.rbegin()->first, std::make_pair(503, std::string("1")));
        QCOMPARE(answers.begin()->second + answers.rbegin()->second, kWriters * kEach);
        QCOMPARE(static_cast<std::size_t>(answers.begin()->second), taken.size());
        QVERIFY(taken.size() >= kRoom - kWriters && taken.size() <= kRoom);
        QVERIFY(deepest <= kRoom);
        // The consumer goes on, and so do the writers.
        small.backend->writes().resumeConsumer();
        Wire wire(port);
        int number = kEach;
        QTRY_VERIFY_WITH_TIMEOUT(send(wire, 0, number++), 10'000);
    }
    QCOMPARE(messagesIn(directory), taken);
}

QTEST_GUILESS_MAIN(DurabilityHttpFloodTest)
#include "http_flood_test.moc"
