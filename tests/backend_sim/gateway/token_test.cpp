// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tokens: what is made, what is taken, and the words for each kind of damage.

#include "backend-sim/gateway/token.h"

#include "backend-sim/gateway/known_tokens.h"
#include "tests/backend_sim/gateway/stage.h"

#include <QTest>

#include <sodium.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;

namespace {

constexpr std::int64_t kNow = Stage::kNow;
constexpr std::string_view kHead = R"({"alg":"HS256","typ":"JWT"})";

std::string base64(std::string_view bytes) {
    constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string out(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), kVariant);
    out.pop_back();
    return out;
}

std::string signedWith(std::string_view head, std::string_view claims, std::string_view key = Stage::kKey) {
    const std::string input = base64(head) + "." + base64(claims);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(input.data()), input.size());
    std::string mac(32, '\0');
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
    return input + "." + base64(mac);
}

std::string claims(std::string_view id = "1", std::int64_t notBefore = kNow - 10,
                   std::int64_t expires = kNow + 10, std::string_view issuer = R"("TikGok")") {
    return R"({"ID":)" + std::string(id) + R"(,"nbf":)" + std::to_string(notBefore) + R"(,"exp":)" +
           std::to_string(expires) + R"(,"iss":)" + std::string(issuer) + "}";
}

}  // namespace

class TokenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void issued();
    void damaged_data();
    void damaged();
    void everyChangedCharacterIsNoticed();
    void everyCutIsNoticed();
    void exactIds_data();
    void exactIds();
    void overHttp();
    void onOneConnection();
    void manyAtOnce();
};

void TokenTest::issued() {
    const TokenAuthority authority(Stage::kKey);
    const std::string token = authority.issue(42, kNow);
    QCOMPARE(token, signedWith(kHead, R"({"ID":42,"iss":"TikGok","exp":1802592000,"nbf":1800000000})"));
    QCOMPARE(authority.verify(token, kNow), (std::expected<contract::Id, contract::Failure>(42)));
    QCOMPARE(authority.verify(token, kNow + 2'591'999).value_or(0), contract::Id{42});
    QCOMPARE(authority.verify(token, kNow + 2'592'000).error(), contract::kTokenExpired);
    QCOMPARE(authority.verify(token, kNow - 1).error(), contract::kTokenNotYet);
    QCOMPARE(TokenAuthority("another key").verify(token, kNow).error(), contract::kTokenInvalid);
    QVERIFY(authority.issue(42, kNow + 1) != token);
}

void TokenTest::damaged_data() {
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const std::string& token, const contract::Failure& failure) {
        QTest::newRow(name) << QByteArray(token.data(), static_cast<qsizetype>(token.size()))
                            << QString::fromUtf8(failure.message.data(),
                                                 static_cast<qsizetype>(failure.message.size()));
    };
    const auto& broken = contract::kTokenMalformed;
    const auto& invalid = contract::kTokenInvalid;
    const std::string good = TokenAuthority(Stage::kKey).issue(1, kNow);
    const std::string signature = good.substr(good.rfind('.') + 1);
    const std::string body = good.substr(0, good.rfind('.'));
    row("empty", "", contract::kNoToken);
    row("word", "hello", broken);
    row("one dot", body, broken);
    row("three dots", good + ".", broken);
    row("dots alone", "..", broken);
    row("empty head", "." + base64(claims()) + "." + signature, broken);
    row("empty claims", base64(kHead) + ".." + signature, broken);
    row("not base64", "!!!.$$$.%%%", broken);
    row("padded base64", base64(kHead) + "=." + base64(claims()) + "." + signature, broken);
    row("head no JSON", base64("abc") + "." + base64(claims()) + "." + signature, broken);
    row("head a list", signedWith("[]", claims()), broken);
    row("claims no JSON", signedWith(kHead, "{"), broken);
    row("claims a list", signedWith(kHead, "[1]"), broken);
    row("claims twice", signedWith(kHead, claims() + claims()), broken);
    row("deep claims", signedWith(kHead, R"({"ID":[[[[[[[[1]]]]]]]]})"), broken);
    row("id as text", signedWith(kHead, claims("\"1\"")), broken);
    row("id a fraction", signedWith(kHead, claims("1.5")), broken);
    row("id a float", signedWith(kHead, claims("1e0")), broken);
    row("id beyond 64 bits", signedWith(kHead, claims("18446744073709551617")), broken);
    row("id above 2^63", signedWith(kHead, claims("9223372036854775808")), broken);
    row("exp as text", signedWith(kHead, R"({"ID":1,"nbf":1,"exp":"9","iss":"TikGok"})"), broken);
    row("issuer a number", signedWith(kHead, claims("1", kNow, kNow + 9, "5")), broken);
    row("bytes", std::string("\xff\xfe\x00.\x80.\xc0", 7), broken);
    row("long", std::string(5000, 'a') + "." + std::string(5000, 'a') + ".a", broken);
    row("signature empty", body + ".", invalid);
    row("signature not base64", body + ".$$$", invalid);
    row("signature short", body + "." + signature.substr(0, 42), invalid);
    row("signature longer", good + "AA", invalid);
    row("signature of another", body + "." + base64(std::string(32, 'x')), invalid);
    row("other key", signedWith(kHead, claims(), "guess"), invalid);
    row("empty key", signedWith(kHead, claims(), ""), invalid);
    row("alg none", base64(R"({"alg":"none","typ":"JWT"})") + "." + base64(claims()) + ".", invalid);
    row("alg none, signed", signedWith(R"({"alg":"none"})", claims()), invalid);
    row("alg HS512", signedWith(R"({"alg":"HS512"})", claims()), invalid);
    row("alg RS256", signedWith(R"({"alg":"RS256"})", claims()), invalid);
    row("alg lower case", signedWith(R"({"alg":"hs256"})", claims()), invalid);
    row("alg a number", signedWith(R"({"alg":256})", claims()), invalid);
    row("no alg", signedWith(R"({"typ":"JWT"})", claims()), invalid);
    row("no id", signedWith(kHead, R"({"nbf":1,"exp":1900000000,"iss":"TikGok"})"), invalid);
    row("id zero", signedWith(kHead, claims("0")), invalid);
    row("id negative", signedWith(kHead, claims("-1")), invalid);
    row("id in lower case", signedWith(kHead, R"({"id":1,"nbf":1,"exp":1900000000,"iss":"TikGok"})"),
        invalid);
    row("no exp", signedWith(kHead, R"({"ID":1,"nbf":1,"iss":"TikGok"})"), invalid);
    row("other issuer", signedWith(kHead, claims("1", kNow, kNow + 9, "\"Other\"")), invalid);
    row("no issuer", signedWith(kHead, R"({"ID":1,"nbf":1,"exp":1900000000})"), invalid);
    row("expired", signedWith(kHead, claims("1", kNow - 20, kNow - 10)), contract::kTokenExpired);
    row("expired now", signedWith(kHead, claims("1", kNow - 20, kNow)), contract::kTokenExpired);
    row("expired and forged", signedWith(kHead, claims("1", kNow - 20, kNow - 10), "guess"),
        contract::kTokenExpired);
    row("expired and not yet", signedWith(kHead, claims("1", kNow + 20, kNow - 10)), contract::kTokenExpired);
    row("expired with alg none", signedWith(R"({"alg":"none"})", claims("1", 1, 2)), contract::kTokenExpired);
    row("not yet", signedWith(kHead, claims("1", kNow + 1, kNow + 10)), contract::kTokenNotYet);
    row("not yet and forged", signedWith(kHead, claims("1", kNow + 1, kNow + 10), "guess"),
        contract::kTokenNotYet);
}

void TokenTest::damaged() {
    QFETCH(QByteArray, token);
    QFETCH(QString, words);
    const auto verdict = TokenAuthority(Stage::kKey).verify(token.toStdString(), kNow);
    QVERIFY(!verdict);
    QCOMPARE(static_cast<int>(verdict.error().code), 1);
    QCOMPARE(QString::fromUtf8(verdict.error().message.data(),
                               static_cast<qsizetype>(verdict.error().message.size())),
             words);
}

void TokenTest::everyChangedCharacterIsNoticed() {
    const TokenAuthority authority(Stage::kKey);
    const std::string good = authority.issue(1234567, kNow);
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char c : {'A', 'z', '.', '_', '='}) {
            std::string changed = good;
            changed[at] = c;
            QVERIFY2(changed == good || !authority.verify(changed, kNow), changed.c_str());
        }
    }
}

void TokenTest::everyCutIsNoticed() {
    const TokenAuthority authority(Stage::kKey);
    const std::string good = authority.issue(1234567, kNow);
    for (std::size_t length = 0; length < good.size(); ++length) {
        QVERIFY(!authority.verify(std::string_view(good).substr(0, length), kNow));
        QVERIFY(!authority.verify(std::string_view(good).substr(length + 1), kNow));
    }
}

void TokenTest::exactIds_data() {
    QTest::addColumn<qint64>("id");
    for (const qint64 id : {1LL, 9007199254740993LL, 1234567890123456789LL, 9223372036854775807LL}) {
        QTest::addRow("%lld", static_cast<long long>(id)) << id;
    }
}

void TokenTest::exactIds() {
    QFETCH(qint64, id);
    const TokenAuthority authority(Stage::kKey);
    QCOMPARE(authority.verify(authority.issue(id, kNow), kNow).value_or(0), contract::Id{id});
}

void TokenTest::overHttp() {
    Stage stage;
    const auto failure = [](const contract::Failure& f) {
        return R"({"status_code":1,"status_msg":")" + std::string(f.message) + "\"}";
    };
    // The token is looked at before the parameters.
    QCOMPARE(stage.get("/douyin/publish/list/?user_id=x").body, failure(contract::kNoToken));
    QCOMPARE(stage.get("/douyin/publish/list/?user_id=x&token=%ff").body, failure(contract::kTokenMalformed));
    QCOMPARE(stage.get("/douyin/feed/?latest_time=x&token=hello").body, failure(contract::kFeedBadToken));
    QCOMPARE(stage.get("/douyin/comment/list/?video_id=x&token=hello").body,
             failure(contract::kTokenMalformed));
    // Nobody has this id here.
    QCOMPARE(stage.get("/douyin/user/?token=" + stage.token(999)).body, failure(contract::kTokenInvalid));
    QCOMPARE(stage.post("/douyin/favorite/action/?video_id=1&action_type=1&token=" + stage.token(999)).body,
             failure(contract::kTokenInvalid));
    // In a form, and the query's before the form's.
    const std::string form = "application/x-www-form-urlencoded";
    const std::string like = "/douyin/favorite/action/?video_id=1&action_type=1";
    QCOMPARE(stage.post(like, form, "token=" + stage.token()).body,
             std::string(R"({"status_code":0,"status_msg":"success"})"));
    QCOMPARE(stage.post(like + "&token=", form, "token=" + stage.token()).body,
             std::string(R"({"status_code":0,"status_msg":"success"})"));
    QCOMPARE(stage.post(like + "&token=hello", form, "token=" + stage.token()).body,
             failure(contract::kTokenMalformed));
    const std::string inJson = "{\"token\":\"" + stage.token() + "\"}";
    // Never from JSON, a header or a cookie.
    QCOMPARE(stage.post(like, "application/json", inJson).body, failure(contract::kNoToken));
    QCOMPARE(stage
                 .get("/douyin/user/", "Authorization: Bearer " + stage.token() +
                                           "\r\nCookie: token=" + stage.token() + "\r\n")
                 .body,
             failure(contract::kNoToken));
    QCOMPARE(stage.services.calls().size(), std::size_t{2});
}

// What a connection remembers of tokens changes no answer.
void TokenTest::onOneConnection() {
    std::atomic<std::int64_t> now = Stage::kNow;
    GatewayConfig config;
    config.now = [&now] { return now.load(); };
    Stage stage({}, std::move(config));
    Wire wire(stage.port());
    const auto ask = [&](const std::string& token) {
        return wire.ask("GET /douyin/user/?user_id=2&token=" + token + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .body;
    };
    const auto failure = [](const contract::Failure& f) {
        return R"({"status_code":1,"status_msg":")" + std::string(f.message) + "\"}";
    };
    const std::string good = stage.token(1);
    const std::string other = stage.token(2);
    const std::string answer = ask(good);
    QVERIFY(answer.find("\"status_code\":0") != std::string::npos);
    QCOMPARE(ask(good), answer);
    // Another good one is another caller, a bad one nobody; then the first again.
    ask(other);
    QCOMPARE(stage.services.lastCall(), std::string("user 2 2"));
    QCOMPARE(ask(good + "A"), failure(contract::kTokenInvalid));
    QCOMPARE(ask(good.substr(0, good.size() - 1)), failure(contract::kTokenInvalid));
    QCOMPARE(ask(""), failure(contract::kNoToken));
    QCOMPARE(ask(good), answer);
    QCOMPARE(stage.services.lastCall(), std::string("user 1 2"));
    // The user may go while the connection stays.
    stage.services.gone = true;
    QCOMPARE(ask(good), failure(contract::kTokenInvalid));
    stage.services.gone = false;
    QCOMPARE(ask(good), answer);
    // It ends and begins at the same second as ever.
    now = Stage::kNow + TokenAuthority::kLifetimeSeconds - 1;
    QCOMPARE(ask(good), answer);
    now = Stage::kNow + TokenAuthority::kLifetimeSeconds;
    QCOMPARE(ask(good), failure(contract::kTokenExpired));
    now = Stage::kNow;
    QCOMPARE(ask(good), answer);
    now = Stage::kNow - 1;
    QCOMPARE(ask(good), failure(contract::kTokenNotYet));
}

// More tokens than there are places, from several threads: a pass is the right one, or there is none.
void TokenTest::manyAtOnce() {
    constexpr contract::Id kPeople = 2000;
    const TokenAuthority authority(Stage::kKey);
    std::vector<std::string> tokens;
    for (contract::Id user = 1; user <= kPeople; ++user) {
        tokens.push_back(authority.issue(user, kNow));
    }
    KnownTokens known;
    std::atomic<int> wrong = 0;
    std::atomic<int> found = 0;
    {
        std::vector<std::jthread> threads;
        for (std::size_t thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                for (std::size_t turn = 0; turn < 20'000; ++turn) {
                    // Each comes twice in a row, and the threads go through them at different paces.
                    const std::size_t at = turn / 2 * (thread + 1) % tokens.size();
                    const std::string& token = tokens[at];
                    if (const auto pass = known.find(token)) {
                        ++found;
                        wrong +=
                            pass->user != static_cast<contract::Id>(at) + 1 || !pass->goodAt(kNow) ? 1 : 0;
                    } else {
                        known.keep(token, *authority.examine(token, kNow));
                    }
                }
            });
        }
    }
    QCOMPARE(wrong.load(), 0);
    QVERIFY2(found > 20'000, std::to_string(found).c_str());
    // Nothing is known but what was kept.
    QVERIFY(!KnownTokens().find(tokens.front()));
    QVERIFY(!KnownTokens().find(""));
}

QTEST_GUILESS_MAIN(TokenTest)
#include "token_test.moc"
