// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of dialects share: a gateway that speaks one, with every answer held against its
// description.
#pragma once

#include "tests/backend_sim/gateway/stage.h"
#include "tests/conformance/embedded.h"
#include "tests/conformance/spec.h"

#include <QTest>

#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <zlib.h>

namespace tikgok::sim::gatewaytest {

inline constexpr DialectName kStandard = DialectName::Standard;
inline constexpr DialectName kTikgok = DialectName::Tikgok;
inline constexpr DialectName kDemo = DialectName::Demo;

inline constexpr const char* kForm = "application/x-www-form-urlencoded";
inline constexpr const char* kJson = "application/json";
inline constexpr const char* kMultipart = "multipart/form-data; boundary=b";

inline GatewayConfig speaking(DialectName dialect) {
    GatewayConfig config;
    config.dialect = dialect;
    config.demo = {"http://sim/static/v.mp4", "http://sim/static/c.jpg", "http://sim/static/"};
    return config;
}

// The description of a dialect's answers, docs/openapi*.yaml.
inline const conformance::ApiSpec& descriptionOf(DialectName dialect) {
    static const std::vector<conformance::ApiSpec> all = [] {
        std::vector<conformance::ApiSpec> parsed;
        for (const auto& [each, name] : conformance::kDialects) {
            parsed.push_back(*conformance::ApiSpec::parse(conformance::embeddedDescription(each)));
        }
        return parsed;
    }();
    return all.at(static_cast<std::size_t>(dialect));
}

inline void expectDescribed(DialectName dialect, std::string_view method, std::string_view target, int status,
                            std::string_view contentType, std::string_view body) {
    const std::string_view path = target.substr(0, target.find('?'));
    const auto problems = descriptionOf(dialect).check(method, path, status,
                                                       contentType.substr(0, contentType.find(';')), body);
    QVERIFY2(
        problems.empty(),
        (problems.empty() ? "" : problems.front() + " in " + std::string(target) + ": " + std::string(body))
            .c_str());
}

// Nothing when it is not one whole gzip.
inline std::string unpacked(const std::string& packed) {
    constexpr int kGzipWindow = 15 + 16;
    std::string text(std::size_t{1} << 20, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, kGzipWindow) != Z_OK) {
        return {};
    }
    std::string input = packed;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
    text.resize(whole ? text.size() - stream.avail_out : 0);
    inflateEnd(&stream);
    return text;
}

// Every answer of it is held against the description of its dialect.
class JudgedStage : public Stage {
public:
    JudgedStage(DialectName dialect, GatewayConfig config) : Stage({}, std::move(config)) {
        judge = [dialect](std::string_view method, std::string_view target, const Reply& reply) {
            const std::string encoding = reply.header("content-encoding");
            expectDescribed(dialect, method, target, reply.status, reply.header("content-type"),
                            encoding == "gzip" ? unpacked(reply.body) : reply.body);
        };
    }
    explicit JudgedStage(DialectName dialect) : JudgedStage(dialect, speaking(dialect)) {}
};

inline QString shown(std::string_view value) {
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

// "demoT": what `alice` with the password `pw` gets from the demo.
inline std::string withToken(std::string text, const Stage& stage) {
    for (std::size_t at = 0; (at = text.find("TOKEN", at)) != std::string::npos;) {
        const std::string token = stage.token();
        text.replace(at, 5, token);
        at += token.size();
    }
    return text;
}

// Functions, as moc does not read raw strings within macros.
inline void expectText(std::string_view text, std::string_view expected) {
    QCOMPARE(shown(text), shown(expected));
}

inline void expectStart(std::string_view text, std::string_view start) {
    QCOMPARE(shown(text.substr(0, start.size())), shown(start));
}

}  // namespace tikgok::sim::gatewaytest

Q_DECLARE_METATYPE(tikgok::sim::DialectName)
