// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Worlds as files, through the admin API: export, import, and what is refused.

#include "tests/backend_sim/control/worlds_stage.h"

#include <QTest>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

class ImportsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exportAndImport();
    void importsTakeWrites();
    void hostileImports_data();
    void hostileImports();
    void importPieces();
    void anImportCanBeDropped();
    void anImportThatWasRefusedCanBeFinishedAgain();
};

void ImportsTest::exportAndImport() {
    AdminStage stage;
    changeMuch(stage);
    const std::string ann = stage.person("ann");
    QVERIFY(publish(stage, ann, "mine").body.starts_with("{\"status_code\":0"));
    const std::string before = seen(stage);
    const std::string media =
        firstMedia(stage, ann, at(stage.get("/douyin/user/?token=" + ann), "/user/id").as_int64());
    const std::string content = stage.get(media).body;
    const Reply file = stage.admin("GET", "/_sim/world/export");
    QCOMPARE(file.status, 200);
    QVERIFY(file.body.starts_with("SQLite format 3"));
    // Into another simulator, which knows nothing of it.
    AdminStage other([](SimulatorConfig& config) { config.world = "empty"; });
    importWorld(other, file.body, "theirs");
    other.must("POST", "/_sim/snapshots/theirs/restore", "{}");
    QCOMPARE(seen(other), before);
    QVERIFY(other.get(media).body == content);
    QCOMPARE(at(other.must("GET", "/_sim/world"), "/world").as_string(), "small");
    // And an export of that is the same world again.
    const Reply again = other.admin("GET", "/_sim/world/export");
    importWorld(stage, again.body, "back");
    stage.must("POST", "/_sim/world/reset", "{}");
    stage.must("POST", "/_sim/snapshots/back/restore", "{}");
    QCOMPARE(seen(stage), before);
}

// The ids of writes begin anew in every queue: what was applied elsewhere is not what comes here.
void ImportsTest::importsTakeWrites() {
    std::string file;
    {
        const AdminStage stage;
        changeMuch(stage);
        for (int i = 0; i < 20; ++i) {
            static_cast<void>(stage.person("person" + std::to_string(i)));
        }
        // So that it is in the tables, and known as applied.
        QTRY_COMPARE(at(stage.must("GET", "/_sim/inside"), "/writes_waiting").as_int64(), 0);
        file = stage.admin("GET", "/_sim/world/export").body;
    }
    AdminStage other([](SimulatorConfig& config) { config.world = "empty"; });
    importWorld(other, file, "theirs");
    other.must("POST", "/_sim/snapshots/theirs/restore", "{}");
    const std::string token = other.person("latecomer");
    const Reply said =
        other.post("/douyin/comment/action/?action_type=1&video_id=13&comment_text=stays&token=" + token);
    QVERIFY2(said.body.starts_with("{\"status_code\":0"), said.body.c_str());
    other.must("PUT", "/_sim/snapshots/with-newcomer", "{}", 201);
    other.simulator.reset();
    other.simulator = std::move(*Simulator::start(other.config));
    QVERIFY(other.get("/douyin/comment/list/?video_id=13").body.contains("stays"));
    other.must("POST", "/_sim/snapshots/with-newcomer/restore", "{}");
    QVERIFY(other.get("/douyin/comment/list/?video_id=13").body.contains("stays"));
}

void ImportsTest::hostileImports_data() {
    QTest::addColumn<QByteArray>("how");
    for (const char* how : {"empty", "text", "zeros", "half", "flipped", "store"}) {
        QTest::newRow(how) << QByteArray(how);
    }
}

void ImportsTest::hostileImports() {
    QFETCH(QByteArray, how);
    AdminStage stage;
    const std::string before = seen(stage);
    std::string file = stage.admin("GET", "/_sim/world/export").body;
    if (how == "empty") {
        file.clear();
    } else if (how == "text") {
        file = "not a database, and long enough to be looked at: " + std::string(4096, 'x');
    } else if (how == "zeros") {
        file.assign(file.size(), '\0');
    } else if (how == "half") {
        file.resize(file.size() / 2);
    } else if (how == "flipped") {
        for (std::size_t i = 4096; i < file.size(); i += 97) {
            file[i] = static_cast<char>(file[i] ^ 0x55);
        }
    } else {
        // A store, but no export.
        std::ifstream store(stage.config.dataDirectory / "store.sqlite", std::ios::binary);
        file.assign(std::istreambuf_iterator<char>(store), {});
    }
    const std::string answer = importWorld(stage, file, "bad", 422);
    QVERIFY2(answer.find("bad_file") != std::string::npos, answer.c_str());
    QVERIFY(at(stage.must("GET", "/_sim/snapshots"), "/snapshots").as_array().empty());
    QCOMPARE(seen(stage), before);
}

void ImportsTest::importPieces() {
    AdminStage stage;
    const std::string import(at(stage.must("POST", "/_sim/imports", "{}", 201), "/import").as_string());
    const std::string path = "/_sim/imports/" + import;
    QCOMPARE(at(stage.must("PUT", path, R"({"at":0,"base64":"aGVsbG8="})"), "/bytes").as_int64(), 5);
    // Twice the same piece, a gap, and what is no base64.
    QCOMPARE(stage.admin("PUT", path, R"({"at":0,"base64":"aGVsbG8="})").status, 422);
    QCOMPARE(stage.admin("PUT", path, R"({"at":9,"base64":"aGVsbG8="})").status, 422);
    QCOMPARE(stage.admin("PUT", path, R"({"at":5,"base64":"a!b"})").status, 422);
    QCOMPARE(stage.admin("PUT", path, R"({"at":5})").status, 422);
    QCOMPARE(at(stage.must("PUT", path, R"({"at":5,"base64":"IQ"})"), "/bytes").as_int64(), 6);
    QCOMPARE(stage.admin("POST", path + "/finish", R"({"name":"../x"})").status, 422);
    // Of many that nobody finishes the oldest go.
    std::vector<std::string> later;
    for (int i = 0; i < 12; ++i) {
        later.push_back(
            "/_sim/imports/" +
            std::string(at(stage.must("POST", "/_sim/imports", "{}", 201), "/import").as_string()));
    }
    for (std::size_t i = 0; i < later.size(); ++i) {
        QCOMPARE(stage.admin("PUT", later[i], R"({"at":0,"base64":""})").status,
                 i + 4 < later.size() ? 404 : 200);
    }
}

void ImportsTest::anImportCanBeDropped() {
    const AdminStage stage;
    const std::string import(at(stage.must("POST", "/_sim/imports", "{}", 201), "/import").as_string());
    const std::string path = "/_sim/imports/" + import;
    stage.must("PUT", path, R"({"at":0,"base64":"aGVsbG8="})");
    const auto file = stage.config.dataDirectory / "staging" / ("import-" + import);
    QVERIFY(std::filesystem::exists(file));
    QCOMPARE(at(stage.must("DELETE", path), "/removed").as_string(), import.c_str());
    QVERIFY(!std::filesystem::exists(file));
    for (const Reply& reply : {stage.admin("DELETE", path), stage.admin("DELETE", "/_sim/imports/77"),
                               stage.admin("PUT", path, R"({"at":5,"base64":""})")}) {
        QCOMPARE(reply.status, 404);
        QVERIFY2(reply.body.contains("There is no such import"), reply.body.c_str());
    }
}

void ImportsTest::anImportThatWasRefusedCanBeFinishedAgain() {
    const AdminStage stage;
    const std::string file = stage.admin("GET", "/_sim/world/export").body;
    stage.must("PUT", "/_sim/snapshots/taken", "{}", 201);
    const std::string import(at(stage.must("POST", "/_sim/imports", "{}", 201), "/import").as_string());
    const std::string path = "/_sim/imports/" + import;
    for (std::size_t done = 0; done < file.size(); done += 1'000'000) {
        stage.must("PUT", path,
                   R"({"at":)" + std::to_string(done) + R"(,"base64":")" +
                       base64(file.substr(done, 1'000'000)) + "\"}");
    }
    // The name is taken, and the next one is none.
    stage.must("POST", path + "/finish", R"({"name":"taken"})", 409);
    stage.must("POST", path + "/finish", R"({"name":"_none"})", 422);
    stage.must("POST", path + "/finish", R"({"name":"free"})", 201);
    // Done; and a file that is none is not kept for another try.
    stage.must("POST", path + "/finish", R"({"name":"other"})", 404);
    const std::string bad =
        "/_sim/imports/" +
        std::string(at(stage.must("POST", "/_sim/imports", "{}", 201), "/import").as_string());
    stage.must("PUT", bad, R"({"at":0,"base64":"aGVsbG8="})");
    stage.must("POST", bad + "/finish", R"({"name":"bad"})", 422);
    stage.must("POST", bad + "/finish", R"({"name":"bad"})", 404);
}

QTEST_GUILESS_MAIN(ImportsTest)
#include "imports_test.moc"
