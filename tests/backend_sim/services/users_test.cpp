// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Registering, signing in and looking at users, with doubles of all neighbours.

#include "backend-sim/services/users.h"

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/services/text_rules.h"
#include "tests/backend_sim/services/doubles.h"

#include <QtTest>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

class UsersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void namesOfTheReference();
    void namesOfTheReferenceAtOnce();
    void nameWhoseWorkIsDropped();
    void texts_data();
    void texts();
    void limits_data();
    void limits();
    void registering();
    void registeringATakenName();
    void registeringFails();
    void loginRight();
    void loginWrong();
    void nobodyWaitsForTheHash_data();
    void nobodyWaitsForTheHash();
    void tooManyFailedLogins();
    void tooManyAtOnce();
    void passwordsThatCannotBeChecked();
    void whatHappensIsCounted();
    void lookingAtUsers();

private:
    void answerRegister(Answer<contract::Id>& answer, const std::string& name, const std::string& password) {
        users_->registerUser(context_, name, password, answer.done());
        executor_.runAll();
    }
    void answerLogin(Answer<contract::Id>& answer, const std::string& name, const std::string& password) {
        users_->login(context_, name, password, answer.done());
        executor_.runAll();
    }

    RequestContext context_;
    std::unique_ptr<MemoryStore> store_;
    FakeSubmit<RegisterUser> writer_;
    FakeHasher hasher_;
    FakeExecutor executor_;
    FakeClock clock_;
    FakeUrls urls_;
    CountingTelemetry telemetry_;
    LoginLimit logins_{clock_, LoginLimits{.perAccount = 4, .perPeer = 6}};
    std::unique_ptr<Users> users_;
};

void UsersTest::init() {
    context_ = {};
    store_ = std::make_unique<MemoryStore>();
    writer_ = {};
    writer_.answer = 7;
    hasher_ = {};
    executor_.full = false;
    clock_.now += 60'000;  // what failed in the test before counts no more
    executor_.waiting.clear();
    for (auto& count : telemetry_.counts) {
        count = 0;
    }
    users_ = std::make_unique<Users>(Users::Needs{*store_,
                                                  writer_,
                                                  hasher_,
                                                  executor_,
                                                  clock_,
                                                  urls_,
                                                  {"demo/avatars/default.png", "bg", "hello"},
                                                  logins_,
                                                  &telemetry_});
    UserRow ann;
    ann.id = 1;
    ann.name = "ann";
    ann.passwordHash = "hash:secret";
    ann.avatarKey = "a.png";
    UserRow bob = ann;
    bob.id = 2;
    bob.name = "bob";
    QVERIFY(*store_->users().add(ann));
    QVERIFY(*store_->users().add(bob));
    QVERIFY(*store_->relations().set(1, 2, true, 1));
}

// "Ann" is "ann" there, and user 0 the first of the table.
void UsersTest::namesOfTheReference() {
    Answer<contract::Id> standard;
    answerLogin(standard, "ANN", "secret");
    QCOMPARE(standard.failure(), contract::kUserNotFound);
    context_.policy = &kTikgokPolicy;
    Answer<contract::Id> folded;
    answerLogin(folded, "ANN", "secret");
    QVERIFY(folded.good());
    QCOMPARE(*folded.get(), Id{1});
    Answer<contract::Id> taken;
    answerRegister(taken, "aNN", "secret");
    QCOMPARE(taken.failure(), contract::kUserExists);
    Answer<contract::Id> newcomer;
    answerRegister(newcomer, "dora", "secret");
    QCOMPARE(writer_.commands.back().signature, std::string("default signature"));
    context_.caller = 2;
    QCOMPARE(users_->user(context_, 0)->id, Id{1});
    context_.policy = &kStandardPolicy;
    QCOMPARE(users_->user(context_, 0)->id, Id{2});
}

// Two at once that differ in case alone: one of them, and again when the first has failed.
void UsersTest::namesOfTheReferenceAtOnce() {
    context_.policy = &kTikgokPolicy;
    Answer<contract::Id> first;
    Answer<contract::Id> second;
    users_->registerUser(context_, "Dora", "secret", first.done());
    users_->registerUser(context_, "dORA", "secret", second.done());
    QCOMPARE(second.failure(), contract::kUserExists);
    QVERIFY(!first.came());
    writer_.answer = std::unexpected(contract::kServiceErr);
    executor_.runAll();
    QCOMPARE(first.failure(), contract::kServiceErr);
    writer_.answer = contract::Id{9};
    Answer<contract::Id> third;
    answerRegister(third, "dora", "secret");
    QVERIFY(third.good());
    // Those that care for case go by the writer.
    context_.policy = &kStandardPolicy;
    Answer<contract::Id> fourth;
    Answer<contract::Id> fifth;
    users_->registerUser(context_, "Eve", "secret", fourth.done());
    users_->registerUser(context_, "eve", "secret", fifth.done());
    executor_.runAll();
    QVERIFY(fourth.good() && fifth.good());
}

// Whatever becomes of the work, the name is free again.
void UsersTest::nameWhoseWorkIsDropped() {
    context_.policy = &kTikgokPolicy;
    hasher_.throws = true;
    Answer<contract::Id> dropped;
    users_->registerUser(context_, "Dora", "secret", dropped.done());
    QVERIFY_THROWS_EXCEPTION(std::bad_alloc, executor_.runAll());
    QCOMPARE(dropped.count, 0);
    hasher_.throws = false;
    Answer<contract::Id> forgotten;
    users_->registerUser(context_, "dORA", "secret", forgotten.done());
    executor_.waiting.clear();
    QCOMPARE(forgotten.count, 0);
    Answer<contract::Id> next;
    answerRegister(next, "dora", "secret");
    QVERIFY(next.good());
}

void UsersTest::texts_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("standard");
    QTest::addColumn<bool>("tikgok");
    QTest::addColumn<bool>("demo");
    const auto row = [](const char* name, const std::string& text, bool standard, bool tikgok, bool demo) {
        QTest::newRow(name) << text << standard << tikgok << demo;
    };
    row("plain", "ann", true, true, true);
    row("empty", "", false, false, true);
    row("blank", " ", true, true, true);
    row("32 characters", std::string(32, 'x'), true, true, true);
    row("33 characters", std::string(33, 'x'), false, false, true);
    std::string wide;
    for (int i = 0; i < 8; ++i) {
        wide += "\U0001F600";
    }
    row("8 characters of 4 bytes", wide, true, true, true);
    row("9 characters in 33 bytes", wide + "x", true, false, true);
    row("32 characters of 4 bytes", wide + wide + wide + wide, true, false, true);
    row("33 characters of 4 bytes", wide + wide + wide + wide + "x", false, false, true);
    row("line feed", "a\nb", true, true, true);
    row("nul", std::string("a\0b", 3), true, true, true);
    row("escape", "a\x1B[31m", true, true, true);
    row("delete", "a\x7F", true, true, true);
    row("c1 control", "a\u0085", true, true, true);
    row("cut off", "a\xC3", false, false, false);
    row("lone continuation", "\x80", false, false, false);
    row("overlong", "\xC0\xAF", false, false, false);
    row("surrogate", "\xED\xA0\x80", false, false, false);
    row("beyond unicode", "\xF4\x90\x80\x80", false, false, false);
}

void UsersTest::texts() {
    QFETCH(std::string, text);
    QTEST(isGoodText(text, 32, kStandardPolicy), "standard");
    QTEST(isGoodText(text, 32, kTikgokPolicy), "tikgok");
    QTEST(isGoodText(text, 32, kDemoPolicy), "demo");
}

void UsersTest::limits_data() {
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("password");
    QTest::newRow("no name") << std::string() << std::string("p");
    QTest::newRow("no password") << std::string("n") << std::string();
    QTest::newRow("long name") << std::string(33, 'n') << std::string("p");
    QTest::newRow("long password") << std::string("n") << std::string(33, 'p');
    QTest::newRow("bad utf-8 in name") << std::string("n\xFF") << std::string("p");
    QTest::newRow("bad utf-8 in password") << std::string("n") << std::string("\xFF");
}

void UsersTest::limits() {
    QFETCH(std::string, name);
    QFETCH(std::string, password);
    Answer<contract::Id> registered;
    answerRegister(registered, name, password);
    QCOMPARE(registered.failure(), contract::kParamsErr);
    Answer<contract::Id> signedIn;
    answerLogin(signedIn, name, password);
    QCOMPARE(signedIn.failure(), contract::kParamsErr);
    QVERIFY(writer_.commands.empty());
    QCOMPARE(hasher_.hashes, 0);
}

void UsersTest::registering() {
    Answer<contract::Id> answer;
    users_->registerUser(context_, "cleo", "secret", answer.done());
    // Hashing is not done on the caller's thread.
    QCOMPARE(hasher_.hashes, 0);
    QCOMPARE(answer.count, 0);
    executor_.runAll();
    QVERIFY(answer.good());
    QCOMPARE(*answer.get(), contract::Id{7});
    QCOMPARE(writer_.commands.size(), std::size_t{1});
    QCOMPARE(writer_.commands[0].name, std::string("cleo"));
    QCOMPARE(writer_.commands[0].passwordHash, std::string("hash:secret"));
    QCOMPARE(writer_.commands[0].avatarKey, std::string("demo/avatars/default.png"));
    QCOMPARE(writer_.commands[0].signature, std::string("hello"));
}

void UsersTest::registeringATakenName() {
    Answer<contract::Id> known;
    answerRegister(known, "ann", "secret");
    QCOMPARE(known.failure(), contract::kUserExists);
    QCOMPARE(hasher_.hashes, 0);
    // Taken in between: the writer says so.
    writer_.answer = std::unexpected(contract::kUserExists);
    Answer<contract::Id> late;
    answerRegister(late, "ANN", "secret");
    QCOMPARE(late.failure(), contract::kUserExists);
}

void UsersTest::registeringFails() {
    executor_.full = true;
    Answer<contract::Id> noRoom;
    answerRegister(noRoom, "cleo", "secret");
    QCOMPARE(noRoom.failure(), contract::kServiceErr);
    executor_.full = false;
    hasher_.outOfMemory = true;
    Answer<contract::Id> noMemory;
    answerRegister(noMemory, "cleo", "secret");
    QCOMPARE(noMemory.failure(), contract::kServiceErr);
    QVERIFY(writer_.commands.empty());
    hasher_.outOfMemory = false;
    writer_.answer = std::unexpected(contract::kServiceErr);
    Answer<contract::Id> noStore;
    answerRegister(noStore, "cleo", "secret");
    QCOMPARE(noStore.failure(), contract::kServiceErr);
}

void UsersTest::loginRight() {
    Answer<contract::Id> answer;
    answerLogin(answer, "ann", "secret");
    QVERIFY(answer.good());
    QCOMPARE(*answer.get(), contract::Id{1});
}

void UsersTest::loginWrong() {
    Answer<contract::Id> wrong;
    answerLogin(wrong, "ann", "Secret");
    QCOMPARE(wrong.failure(), contract::kWrongPassword);
    // Names are exact, and an unknown one costs a verification, too.
    hasher_.lastVerified.clear();
    Answer<contract::Id> unknown;
    answerLogin(unknown, "Ann", "secret");
    QCOMPARE(unknown.failure(), contract::kUserNotFound);
    QCOMPARE(hasher_.lastVerified, std::string(hasher_.dummy()));
    // Not even with the password that the dummy was made of.
    Answer<contract::Id> dummy;
    answerLogin(dummy, "Ann", "nobody knows");
    QCOMPARE(dummy.failure(), contract::kUserNotFound);
    executor_.full = true;
    Answer<contract::Id> noRoom;
    answerLogin(noRoom, "ann", "secret");
    QCOMPARE(noRoom.failure(), contract::kServiceErr);
}

void UsersTest::nobodyWaitsForTheHash_data() {
    QTest::addColumn<bool>("cancelled");
    QTest::newRow("connection gone") << true;
    QTest::newRow("deadline passed") << false;
}

void UsersTest::nobodyWaitsForTheHash() {
    QFETCH(bool, cancelled);
    std::stop_source source;
    context_.cancelled = source.get_token();
    context_.deadline = clock_.steady + std::chrono::seconds(5);
    Answer<contract::Id> registered;
    users_->registerUser(context_, "cleo", "secret", registered.done());
    Answer<contract::Id> signedIn;
    users_->login(context_, "ann", "secret", signedIn.done());
    if (cancelled) {
        source.request_stop();
    } else {
        clock_.steady += std::chrono::seconds(5);
    }
    executor_.runAll();
    QCOMPARE(registered.failure(), contract::kServiceErr);
    QCOMPARE(signedIn.failure(), contract::kServiceErr);
    QCOMPARE(hasher_.hashes, 0);
    QVERIFY(hasher_.lastVerified.empty());
    QVERIFY(writer_.commands.empty());
}

void UsersTest::tooManyFailedLogins() {
    context_.peer = "127.0.0.1";
    const auto login = [this](const char* name, const char* password) {
        Answer<contract::Id> answer;
        answerLogin(answer, name, password);
        return answer.failure();
    };
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(login("ann", "secret").code, contract::Code::Success);
    }
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(login("ann", "wrong"), contract::kWrongPassword);
    }
    hasher_.lastVerified.clear();
    QCOMPARE(login("ann", "wrong"), contract::tooManyRequests(60));
    // Otherwise the answer would say whether the guess was right.
    QCOMPARE(login("ann", "secret"), contract::tooManyRequests(60));
    QVERIFY(hasher_.lastVerified.empty());
    QVERIFY(executor_.waiting.empty());
    // Unknown names count for themselves and for the peer, whose last ones these are.
    QCOMPARE(login("nobody", "x"), contract::kUserNotFound);
    QCOMPARE(login("cleo", "x"), contract::kUserNotFound);
    QCOMPARE(login("dora", "x"), contract::tooManyRequests(60));
    context_.peer = "10.0.0.9";
    QCOMPARE(login("dora", "x"), contract::kUserNotFound);
    QCOMPARE(login("ann", "secret"), contract::tooManyRequests(60));
    clock_.now += 59'001;
    QCOMPARE(login("ann", "secret"), contract::tooManyRequests(1));
    clock_.now += 999;
    QCOMPARE(login("ann", "secret").code, contract::Code::Success);
}

void UsersTest::tooManyAtOnce() {
    std::vector<std::unique_ptr<Answer<contract::Id>>> answers;
    for (int i = 0; i < 10; ++i) {
        answers.push_back(std::make_unique<Answer<contract::Id>>());
        users_->login(context_, "ann", "wrong", answers.back()->done());
    }
    executor_.runAll();
    int wrong = 0;
    int refused = 0;
    for (const auto& answer : answers) {
        wrong += answer->failure() == contract::kWrongPassword ? 1 : 0;
        refused += answer->failure() == contract::tooManyRequests(60) ? 1 : 0;
    }
    QCOMPARE(wrong, 4);
    QCOMPARE(refused, 6);
}

// Without memory nobody knows whether it was right: it is said so, and nobody is locked out for it.
void UsersTest::passwordsThatCannotBeChecked() {
    logins_.forget();
    hasher_.outOfMemory = true;
    for (int i = 0; i < 10; ++i) {
        for (const auto& [name, password] : {std::pair("ann", "secret"), {"ann", "wrong"}, {"nobody", "x"}}) {
            Answer<contract::Id> answer;
            answerLogin(answer, name, password);
            QCOMPARE(answer.failure(), contract::kServiceErr);
        }
    }
    QCOMPARE(telemetry_.of(Event::LoginFailed), std::uint64_t{0});
    QCOMPARE(logins_.remembered(), std::size_t{0});
    hasher_.outOfMemory = false;
    Answer<contract::Id> answer;
    answerLogin(answer, "ann", "secret");
    QVERIFY(answer.good());
}

void UsersTest::whatHappensIsCounted() {
    const auto login = [this](const char* name, const char* password) {
        Answer<contract::Id> answer;
        answerLogin(answer, name, password);
    };
    login("ann", "secret");
    QCOMPARE(telemetry_.of(Event::LoginFailed), std::uint64_t{0});
    login("ann", "wrong");
    login("nobody", "x");
    QCOMPARE(telemetry_.of(Event::LoginFailed), std::uint64_t{2});
    QCOMPARE(telemetry_.of(Event::LoginRefused), std::uint64_t{0});
    for (int i = 0; i < 3; ++i) {
        login("ann", "wrong");
    }
    login("ann", "secret");
    QCOMPARE(telemetry_.of(Event::LoginFailed), std::uint64_t{5});
    QCOMPARE(telemetry_.of(Event::LoginRefused), std::uint64_t{1});
    // In the pool, when those who were before it used up what was left.
    Answer<contract::Id> first;
    Answer<contract::Id> second;
    users_->login(context_, "bob", "wrong", first.done());
    users_->login(context_, "bob", "wrong", second.done());
    executor_.runAll();
    QCOMPARE(first.failure(), contract::kWrongPassword);
    QCOMPARE(second.failure(), contract::tooManyRequests(60));
    QCOMPARE(telemetry_.of(Event::LoginRefused), std::uint64_t{2});
    // What nobody waits for is not hashed.
    std::stop_source source;
    source.request_stop();
    context_.cancelled = source.get_token();
    Answer<contract::Id> abandoned;
    answerRegister(abandoned, "cleo", "secret");
    QCOMPARE(telemetry_.of(Event::HashAbandoned), std::uint64_t{1});
    QCOMPARE(telemetry_.of(Event::LoginFailed), std::uint64_t{6});
}

void UsersTest::lookingAtUsers() {
    context_.caller = 1;
    const auto self = users_->user(context_, 0);
    QVERIFY(self.has_value());
    QCOMPARE(self->name, std::string("ann"));
    QVERIFY(!self->isFollow);
    QCOMPARE(self->followCount, 1);
    QCOMPARE(self->avatar, std::string("http://sim/static/a.png"));
    QVERIFY(self->backgroundImage.empty());
    const auto other = users_->user(context_, 2);
    QVERIFY(other.has_value());
    QVERIFY(other->isFollow);
    for (const contract::Id id :
         {contract::Id{3}, contract::Id{-1}, std::numeric_limits<contract::Id>::max()}) {
        const auto unknown = users_->user(context_, id);
        QVERIFY(!unknown.has_value());
        QCOMPARE(unknown.error(), contract::kUserNotFound);
    }
    context_.caller = 99;
    QCOMPARE(users_->user(context_, 0).error(), contract::kUserNotFound);
}

QTEST_GUILESS_MAIN(UsersTest)
#include "users_test.moc"
