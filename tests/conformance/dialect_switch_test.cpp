// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One simulator, its dialect changed while it runs: every answer fits the description of the dialect that was
// spoken when it was asked for, and what was written in one dialect is there in the others.

#include "backend-sim/simulator.h"
#include "tests/conformance/calls.h"
#include "tests/conformance/embedded.h"
#include "tests/conformance/token_forge.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDirIterator>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>
#include <QTest>

#include <sodium.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

using namespace tikgok::conformance;
using tikgok::sim::DialectName;
using tikgok::sim::Simulator;
using tikgok::sim::SimulatorConfig;

namespace {

DialectName nameOf(Dialect dialect) {
    switch (dialect) {
        case Dialect::Standard:
            return DialectName::Standard;
        case Dialect::Tikgok:
            return DialectName::Tikgok;
        case Dialect::Demo:
            return DialectName::Demo;
    }
    return DialectName::Standard;
}

// Asks in one dialect, and holds its answers against that dialect's description.
struct Judge {
    Judge(Dialect which, const std::string& url)
        : dialect(which),
          spec(*ApiSpec::parse(embeddedDescription(which))),
          context({.server = url, .dialect = which, .jwtKey = {}, .clip = std::string(embeddedClip())},
                  spec) {}

    // Goes over the endpoints; success is not asked for, only answers as described.
    void lookAround(const Person& caller) {
        using namespace calls;
        feed(context, std::nullopt, nullptr);
        feed(context, std::nullopt, &caller);
        feed(context, 1, &caller);
        signIn(context, caller.name, caller.password);
        signIn(context, caller.name, "wrong");
        signUp(context, caller.name, "taken");
        profile(context, caller, caller.id);
        profile(context, caller, std::numeric_limits<std::int64_t>::max());
        for (const std::string_view what :
             {"publish", "favorite", "relation/follow", "relation/follower", "relation/friend"}) {
            listOf(context, what, caller, caller.id);
            listOf(context, what, {.token = "hello"}, caller.id);
        }
        commentsOf(context, caller, 1);
        chat(context, caller, caller.id + 1, std::nullopt);
        like(context, {.token = "hello"}, 1);
        context.call({.target = "/douyin/feed"});
        context.call({.method = "POST", .target = "/douyin/feed/"});
        context.call({.target = "/ping"});
    }

    Dialect dialect;
    ApiSpec spec;
    Context context;
};

std::string complaintsOf(Context& context) {
    std::string all;
    for (const std::string& each : context.takeComplaints()) {
        all += each + "\n";
    }
    return all;
}

}  // namespace

class DialectSwitchTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Simulator> simulator_;

    Judge judge(Dialect dialect) const { return {dialect, simulator_->url()}; }

private Q_SLOTS:
    void initTestCase() { QVERIFY(sodium_init() >= 0); }

    void init() {
        directory_ = std::make_unique<QTemporaryDir>();
        SimulatorConfig config;
        // The reference's limiter would answer 429 when others keep this machine busy.
        config.limiter = false;
        config.dataDirectory = directory_->path().toStdString();
        config.limiter = false;  // on a busy machine it would rightly refuse
        auto started = Simulator::start(std::move(config));
        QVERIFY2(started.has_value(), started ? "" : started.error().c_str());
        simulator_ = std::move(*started);
    }
    void cleanup() { simulator_.reset(); }

    void answersFollowTheDialect() {
        std::array judges{judge(Dialect::Standard), judge(Dialect::Tikgok), judge(Dialect::Demo)};
        // Every change from one to another, on connections that stay open.
        for (const std::size_t which : {0U, 1U, 2U, 0U, 2U, 1U, 0U}) {
            Judge& current = judges[which];
            simulator_->setDialect(nameOf(current.dialect));
            QCOMPARE(int(simulator_->dialect()), int(nameOf(current.dialect)));
            try {
                const Person person = current.context.newPerson();
                current.lookAround(person);
            } catch (const std::exception& problem) {
                QFAIL((complaintsOf(current.context) + problem.what()).c_str());
            }
            const std::string complaints = complaintsOf(current.context);
            QVERIFY2(complaints.empty(),
                     (std::string(dialectName(current.dialect)) + ": " + complaints).c_str());
        }
    }

    // The judge would notice the wrong dialect.
    void wrongJudgesComplain() {
        for (const auto& [spoken, spokenName] : kDialects) {
            simulator_->setDialect(nameOf(spoken));
            for (const auto& [believed, believedName] : kDialects) {
                if (believed == spoken) {
                    continue;
                }
                Judge wrong = judge(believed);
                calls::feed(wrong.context, std::nullopt, nullptr);
                calls::signIn(wrong.context, "nobody", "x");
                wrong.context.call({.target = "/douyin/user"});
                QVERIFY2(!complaintsOf(wrong.context).empty(),
                         (std::string(spokenName) + " passes for " + std::string(believedName)).c_str());
            }
        }
    }

    // What was written in one dialect is read in the other, each in its own way.
    void dataStay() {
        Judge standard = judge(Dialect::Standard);
        Judge tikgok = judge(Dialect::Tikgok);
        const Person author = standard.context.newPerson();
        const Person fan = standard.context.newPerson();
        const std::int64_t video = standard.context.publish(author, "before the change");
        QVERIFY(calls::like(standard.context, fan, video).ok());
        QVERIFY(calls::say(standard.context, fan, author.id, "before the change").ok());

        simulator_->setDialect(DialectName::Tikgok);
        const Reply seen =
            calls::chat(tikgok.context, author, fan.id, std::numeric_limits<std::int64_t>::max());
        QCOMPARE(list(seen.body, "message_list").size(), std::size_t(1));
        QCOMPARE(text(list(seen.body, "message_list").at(0), "content"), std::string("before the change"));
        const Reply comment = calls::addComment(tikgok.context, fan, video, "after the change");
        QVERIFY(comment.ok());
        QVERIFY(calls::follow(tikgok.context, fan, std::int64_t{4096}).ok());
        QVERIFY(idsIn(tikgok.context, calls::listOf(tikgok.context, "favorite", author, fan.id),
                      "video_list") == std::vector<std::int64_t>{video});

        simulator_->setDialect(DialectName::Standard);
        const auto comments = standard.context.comments(video);
        QCOMPARE(comments.size(), std::size_t(1));
        QCOMPARE(text(comments.at(0), "content"), std::string("after the change"));
        QCOMPARE(number(memberOf(comments.at(0), "user"), "id"), fan.id);
        // Who follows nobody follows nobody here.
        QVERIFY(idsIn(standard.context, calls::listOf(standard.context, "relation/follow", fan, fan.id),
                      "user_list")
                    .empty());
        QCOMPARE(complaintsOf(standard.context) + complaintsOf(tikgok.context), std::string());
    }

    // What the simulator refuses by itself is described, too: here too many failed logins.
    void turnedAway() {
        for (const auto& [dialect, name] : kDialects) {
            simulator_->setDialect(nameOf(dialect));
            Judge here = judge(dialect);
            const Person person = here.context.newPerson();
            constexpr int kMost = 30;
            Reply reply = calls::signIn(here.context, person.name, "wrong");
            for (int i = 0; i < kMost && reply.answer.status == 200; ++i) {
                reply = calls::signIn(here.context, person.name, "wrong");
            }
            QCOMPARE(reply.answer.status, 429);
            QVERIFY(std::stoi(reply.answer.header("retry-after")) >= 1);
            const std::string complaints = complaintsOf(here.context);
            QVERIFY2(complaints.empty(), complaints.c_str());
        }
    }

    // "The parser accepts any HMAC algorithm with that key (HS384/512 too)": libsodium has no SHA-384, Qt
    // has.
    void tokensOfOtherHashes() {
        using Hash = QCryptographicHash;
        const QByteArray key = [&] {
            QDirIterator files(directory_->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                if (file.size() == 32 && file.fileName().contains(QLatin1String("key")) &&
                    file.open(QIODevice::ReadOnly)) {
                    return file.readAll();
                }
            }
            return QByteArray();
        }();
        QCOMPARE(key.size(), 32);
        const std::int64_t now = QDateTime::currentSecsSinceEpoch();
        for (const auto& [name, hash] : {std::pair("HS256", Hash::Sha256), std::pair("HS384", Hash::Sha384),
                                         std::pair("HS512", Hash::Sha512)}) {
            const std::string input =
                base64Url(R"({"alg":")" + std::string(name) + R"(","typ":"JWT"})") + '.' +
                base64Url(R"({"ID":1,"nbf":)" + std::to_string(now - 10) + R"(,"exp":)" +
                          std::to_string(now + 100) + R"(,"iss":"TikGok"})");
            const QByteArray signature =
                QMessageAuthenticationCode::hash(QByteArray::fromStdString(input), key, hash);
            const Person caller{.token = input + '.' + base64Url(signature.toStdString())};
            for (const Dialect dialect : {Dialect::Standard, Dialect::Tikgok}) {
                simulator_->setDialect(nameOf(dialect));
                Judge here = judge(dialect);
                const Reply reply = calls::feed(here.context, std::nullopt, &caller);
                QCOMPARE(reply.ok(), dialect == Dialect::Tikgok || hash == Hash::Sha256);
                QCOMPARE(complaintsOf(here.context), std::string());
            }
        }
    }

    // An answer belongs to one dialect, wherever a change falls.
    void changesUnderLoad() {
        std::array judges{judge(Dialect::Standard), judge(Dialect::Tikgok), judge(Dialect::Demo)};
        const Person person = judges[0].context.newPerson();
        std::atomic<bool> over = false;
        std::atomic<int> asked = 0;
        std::mutex mutex;
        std::vector<std::string> strange;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 3; ++i) {
                threads.emplace_back([&] {
                    const std::vector<Request> requests{
                        {.target = "/douyin/feed/"},
                        {.target = "/douyin/feed"},
                        {.target = "/douyin/user/", .query = {{"user_id", "12345"}, {"token", person.token}}},
                        {.method = "POST",
                         .target = "/douyin/user/login/",
                         .query = {{"username", person.name}}},
                        {.target = "/douyin/publish/list/", .query = {{"token", "hello"}}},
                        {.method = "POST", .target = "/douyin/feed/"}};
                    HttpClient client(simulator_->url());
                    while (!over) {
                        for (const Request& request : requests) {
                            const Answer answer = client.send(request);
                            ++asked;
                            const bool known = std::ranges::any_of(judges, [&](const Judge& each) {
                                return each.spec
                                    .check(request.method, request.target, answer.status, answer.mediaType(),
                                           answer.body)
                                    .empty();
                            });
                            if (!known) {
                                const std::scoped_lock lock(mutex);
                                strange.push_back(describe(request) + "\n" + std::to_string(answer.status) +
                                                  " " + answer.body + answer.problem);
                            }
                        }
                    }
                });
            }
            for (int change = 0; change < 60; ++change) {
                const int before = asked;
                simulator_->setDialect(static_cast<DialectName>(change % 3));
                QTRY_VERIFY(asked > before + 6);
            }
            over = true;
        }
        QVERIFY2(strange.empty(), strange.empty() ? "" : strange.front().c_str());
    }
};

QTEST_GUILESS_MAIN(DialectSwitchTest)
#include "dialect_switch_test.moc"
