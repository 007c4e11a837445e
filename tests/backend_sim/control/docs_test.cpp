// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// docs/admin-api.md works as it stands: its blocks run in a shell, one after the other, against a simulator.
// And docs/openapi-admin.yaml describes what there is.

#include "tests/backend_sim/control/admin_stage.h"
#include "tests/conformance/spec.h"

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

class DocsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void examplesWork();
    void describesWhatThereIs();
    void rulesAreAsDescribed();

private:
    static QByteArray fileNamed(const char* name) {
        QFile file(QStringLiteral(TIKGOK_DOCS "/") + QString::fromUtf8(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void DocsTest::examplesWork() {
    if (QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty()) {
        QSKIP("there is no curl");
    }
    const QByteArray text = fileNamed("admin-api.md");
    QVERIFY(!text.isEmpty());
    // One shell for all of them: later blocks use what earlier ones set. Each stops at its first failure.
    QByteArray script = "set -eu\n";
    int blocks = 0;
    for (qsizetype at = 0; (at = text.indexOf("\n```sh\n", at)) >= 0;) {
        at += 7;
        const qsizetype end = text.indexOf("\n```", at);
        QVERIFY(end > at);
        ++blocks;
        script += "echo '--- block " + QByteArray::number(blocks) + "'\n" + text.mid(at, end - at) + "\n";
        at = end;
    }
    QVERIFY(blocks >= 10);
    const AdminStage stage;
    const QTemporaryDir directory;
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SIM"), QString::fromStdString(stage.simulator->url()));
    environment.insert(QStringLiteral("DATA"), QString::fromStdString(stage.config.dataDirectory.string()));
    shell.setProcessEnvironment(environment);
    shell.setWorkingDirectory(directory.path());
    shell.setProcessChannelMode(QProcess::MergedChannels);
    shell.start(QStringLiteral("bash"), {QStringLiteral("-c"), QString::fromUtf8(script)});
    QVERIFY(shell.waitForFinished(60'000));
    const QByteArray said = shell.readAll();
    QVERIFY2(shell.exitCode() == 0, said.right(3000).constData());
    QVERIFY(said.contains("--- block " + QByteArray::number(blocks)));
    QFile har(directory.filePath(QStringLiteral("journal.har")));
    QVERIFY(har.open(QIODevice::ReadOnly));
    QVERIFY(har.readAll().contains("\"version\":\"1.2\""));
}

void DocsTest::describesWhatThereIs() {
    const AdminStage stage;
    const auto description = tikgok::conformance::yamlToJson(fileNamed("openapi-admin.yaml").toStdString());
    QVERIFY2(description, description ? "" : description.error().c_str());
    std::set<std::string> described;
    for (const auto& path : description->at("paths").as_object()) {
        for (const auto& method : path.value().as_object()) {
            std::string verb(method.key());
            std::ranges::transform(verb, verb.begin(),
                                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
            described.insert(verb + " " + std::string(path.key()));
        }
    }
    std::set<std::string> there;
    const json::value routes = stage.must("GET", "/_sim/routes");
    for (const json::value& route : routes.at("routes").as_array()) {
        there.insert(std::string(route.at("method").as_string()) + " " +
                     std::string(route.at("path").as_string()));
    }
    for (const std::string& each : described) {
        QVERIFY2(there.contains(each), ("described, but not there: " + each).c_str());
    }
    for (const std::string& each : there) {
        QVERIFY2(described.contains(each), ("there, but not described: " + each).c_str());
    }
    QVERIFY(there.size() > 60);
}

// The schema takes what the simulator tells of its rules, and refuses what the simulator refuses.
void DocsTest::rulesAreAsDescribed() {
    auto description = tikgok::conformance::yamlToJson(fileNamed("openapi-admin.yaml").toStdString());
    QVERIFY(description);
    const tikgok::conformance::ApiSpec spec(*description);
    const json::value schema = description->at_pointer("/components/schemas/FaultRule");
    const AdminStage stage;
    const char* const good[] = {
        R"({"effects":[{"kind":"latency","ms":5}]})",
        R"({"on":false,"match":{"method":"GET","route":"/douyin/user/*","account":"ann","nth":[1,2]},"limits":{"probability":0.5,"first":5,"after":1,"times":2,"ttl_ms":1000,"window":{"from_ms":1},"ramp":{"requests":5}},"effects":[{"kind":"status","status":500,"body":"x","content_type":"text/plain"},{"kind":"truncate","at":5}]})",
        R"({"match":{"account":5,"every":2,"header":{"name":"a","contains":"b"}},"effects":[{"kind":"latency","uniform_ms":[1,2]},{"kind":"latency","lognormal_ms":{"median":1,"sigma":0.5}},{"kind":"throttle","bytes_per_s":100},{"kind":"stall","ms":5,"at":2}]})"};
    for (const char* const rule : good) {
        for (const json::value& each : {json::parse(rule), stage.must("PUT", "/_sim/faults/r", rule)}) {
            const auto problems = spec.validate(schema, each);
            QVERIFY2(problems.empty(),
                     (json::serialize(each) + (problems.empty() ? "" : problems.front())).c_str());
        }
    }
    for (const char* const rule : {"{}", R"({"effects":[]})", R"({"effects":[{"kind":"explode"}]})",
                                   R"({"effects":[{"kind":"reset"}],"script":"x"})",
                                   R"({"effects":[{"kind":"reset"}],"limits":{"probability":2}})"}) {
        QVERIFY2(!spec.validate(schema, json::parse(rule)).empty(), rule);
        QCOMPARE(stage.admin("PUT", "/_sim/faults/r", rule).status, 422);
    }
}

QTEST_GUILESS_MAIN(DocsTest)
#include "docs_test.moc"
