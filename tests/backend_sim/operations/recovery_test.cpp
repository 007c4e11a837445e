// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Exceptions where nobody expects them: in a handler, in an answer that comes later, on a worker thread. The
// client hears `service err`, and the next request is served.

#include "backend-sim/adapters/system/system.h"
#include "tests/backend_sim/gateway/stage.h"

#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>
#include <semaphore>
#include <stdexcept>

namespace {

// The next allocation of this thread that is at least so large fails.
thread_local std::size_t failingSize = 0;

}  // namespace

void* operator new(std::size_t size) {
    if (failingSize != 0 && size >= failingSize) {
        failingSize = 0;
        throw std::bad_alloc();
    }
    if (void* memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept {
    std::free(memory);
}

using namespace tikgok;
using namespace tikgok::sim;
using gatewaytest::Reply;
using gatewaytest::Stage;
using gatewaytest::Wire;

namespace {

// Comments are answered by a thread that has no memory for the answer.
class Forgetful final : public InteractionService {
public:
    explicit Forgetful(InteractionService& other) : other_(other) {}

    void addComment(const RequestContext& /*context*/, contract::Id /*video*/, std::string text,
                    Done<contract::Comment> done) override {
        std::thread([this, text = std::move(text), done = std::move(done)]() mutable {
            contract::Comment comment;
            comment.content = std::move(text);
            failingSize = 1'000;
            done(std::move(comment));
            failed = failingSize == 0;
            failingSize = 0;
        }).join();
    }
    void favorite(const RequestContext& context, contract::Id video, contract::Action action,
                  Done<void> done) override {
        other_.favorite(context, video, action, std::move(done));
    }
    Outcome<std::vector<contract::Video>> favoritesOf(const RequestContext& context,
                                                      contract::Id user) const override {
        return other_.favoritesOf(context, user);
    }
    void deleteComment(const RequestContext& context, contract::Id video, contract::Id comment,
                       Done<void> done) override {
        other_.deleteComment(context, video, comment, std::move(done));
    }
    Outcome<std::vector<contract::Comment>> commentsOn(const RequestContext& context,
                                                       contract::Id video) const override {
        return other_.commentsOn(context, video);
    }

    std::atomic<bool> failed = false;

private:
    InteractionService& other_;
};

constexpr std::string_view kServiceErr = R"({"status_code":2,)";

}  // namespace

class RecoveryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void throwingHandlers_data() {
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("read") << QByteArray("GET /douyin/feed/");
        QTest::newRow("list") << QByteArray("GET /douyin/publish/list/?user_id=1&token=@");
        QTest::newRow("write") << QByteArray(
            "POST /douyin/favorite/action/?video_id=101&action_type=1&token=@");
        QTest::newRow("account") << QByteArray("POST /douyin/user/login/?username=a&password=b");
    }
    void throwingHandlers() {
        QFETCH(QByteArray, request);
        Stage stage;
        stage.services.throws = true;
        std::string text = request.toStdString();
        if (const std::size_t at = text.find('@'); at != std::string::npos) {
            text.replace(at, 1, stage.token());
        }
        Wire wire(stage.port());
        for (int i = 0; i < 3; ++i) {
            const Reply reply = wire.ask(text + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
            QCOMPARE(reply.status, 200);
            QVERIFY2(reply.body.starts_with(kServiceErr), reply.body.c_str());
        }
        stage.services.throws = false;
        QVERIFY(wire.ask("GET /douyin/feed/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .body.starts_with(R"({"status_code":0)"));
    }

    void throwingAnswers() {
        doubles::FakeServices services;
        Forgetful forgetful(services);
        GatewayConfig config;
        config.now = [] { return Stage::kNow; };
        const QTemporaryDir directory;
        config.upload.directory = directory.path().toStdString();
        Gateway gateway(Services{services, services, forgetful, services, services}, services, Stage::kKey,
                        std::move(config));
        auto server = http::Server::bind({});
        QVERIFY(server.has_value());
        (*server)->start(gateway);
        const std::string token = TokenAuthority(Stage::kKey).issue(1, Stage::kNow);
        const std::string target =
            "/douyin/comment/action/?video_id=101&action_type=1&token=" + token + "&comment_text=";
        Wire wire((*server)->port());
        const Reply reply = wire.ask("POST " + target + std::string(2'000, 'x') +
                                     " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
        QVERIFY2(reply.body.starts_with(kServiceErr), reply.body.c_str());
        QVERIFY2(forgetful.failed, "an allocation failed inside the answer");
        // The same connection goes on.
        QCOMPARE(wire.ask("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
        (*server)->stop(std::chrono::seconds(2));
    }

    // What is dropped with the work says so in its destructor, and the thread takes the next piece.
    void throwingWork() {
        WorkerPool pool(1, 10);
        std::binary_semaphore gone{0};
        struct Waiting {
            std::binary_semaphore* told;
            ~Waiting() { told->release(); }
        };
        auto waiting = std::make_unique<Waiting>(&gone);
        QVERIFY(pool.tryRun([held = std::move(waiting)] { throw std::runtime_error("work"); }));
        QVERIFY(gone.try_acquire_for(std::chrono::seconds(5)));
        std::binary_semaphore ran{0};
        QVERIFY(pool.tryRun([&ran] { ran.release(); }));
        QVERIFY(ran.try_acquire_for(std::chrono::seconds(5)));
        QCOMPARE(pool.dropped(), 1U);
        pool.close();
    }

    // A responder that cannot even say that it failed.
    void throwingTarget() {
        struct Target final : http::Responder::Target {
            void deliver(http::Response /*response*/) override {
                ++calls;
                throw std::bad_alloc();
            }
            int calls = 0;
        };
        const auto target = std::make_shared<Target>();
        {
            const http::Responder responder(target);
        }
        QCOMPARE(target->calls, 1);
    }
};

QTEST_GUILESS_MAIN(RecoveryTest)
#include "recovery_test.moc"
