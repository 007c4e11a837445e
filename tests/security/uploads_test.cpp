// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Uploads that want to be stored somewhere else, or to be more than they say.

#include "tests/security/scene.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <cstdint>
#include <utility>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::security;
using namespace tikgok::sim::gatewaytest;

namespace {

// What may lie in the directory of the test.
bool isOurs(const std::string& file) {
    static const QRegularExpression ours(QStringLiteral(
        R"(^data/(lock|(token\.key|admin\.token)|(store(-\d+)?|queue)\.sqlite(-wal|-shm|-journal)?|snapshots/@start/(about|store\.sqlite)|media/\d{4}/\d\d/\d\d/\d+\.(mp4|mov|avi|flv|webm|jpg))$)"));
    return ours.match(QString::fromStdString(file)).hasMatch();
}

}  // namespace

class SecurityUploadsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hostileFileNames();
    void notWhatTheySay();
    void multipartBombs();
    void strangersKeepNothing();
    void tooLarge();
    void diskReserve();
};

void SecurityUploadsTest::hostileFileNames() {
    Scene scene;
    const std::string before = scene.traces();
    const auto rowsBefore = scene.rows();
    const std::string video = someVideo();
    // Refused for their suffix.
    const std::vector<std::string> refused{
        "../../../etc/passwd",
        "..",
        ".",
        "/",
        "\\",
        "/etc/cron.d/x",
        "..\\..\\windows\\win.ini",
        "C:\\x.exe",
        "\\\\server\\share\\x.txt",
        "a.mp4/",
        "a.mp4/../b",
        "a.mp4\\",
        "a.mp4.",
        "a.mp4 ",
        "a.mp4\t",
        "a.mp4;.txt",
        "a.mp4::$DATA",
        "a.mp4%00.txt",
        std::string("a.mp4\0", 6),
        std::string("\0", 1),
        "a.mp4\x01",
        "a.mp4\x7f",
        "a.mp\xEF\xBC\x94",
        "a.\xD0\xBCp4",
        "a.4pm\xE2\x80\xAE",
        ".mp4\xCC\x81",
        "a.php",
        "a.mp4.php",
        "a.sh",
        "a.html",
        "a.svg",
        ".htaccess",
        "token.key",
        "store.sqlite",
        "lock",
        "con",
        "nul.txt",
        "a.mp4,b.txt",
        "$(touch x).txt",
        "`touch x`",
        "| touch x",
        "%2e%2e%2fx",
        std::string(5000, 'a'),
        std::string(5000, '/'),
    };
    QVERIFY(refused.size() >= 40);
    for (const std::string& name : refused) {
        const Reply reply = scene.publish(name, video, scene.annToken);
        // A name may also spoil the part around it; then the parameters are wrong.
        QVERIFY2(reply.status == 200 && (reply.body.starts_with("{\"status_code\":2,") ||
                                         reply.body.starts_with("{\"status_code\":1,")),
                 (name.substr(0, 100) + ": " + reply.body).c_str());
    }
    QCOMPARE(scene.traces(), before);
    QCOMPARE(scene.rows(), rowsBefore);

    // Taken for what they contain; their names lead nowhere.
    const std::vector<std::string> taken{
        "../../../../tmp/evil.mp4",
        "..%2f..%2fevil.mp4",
        "/etc/evil.mp4",
        "..\\\\..\\\\evil.mp4",
        "C:\\\\evil.mp4",
        "../media/2026/../../token.mp4",
        "../staging/x.mp4",
        "~/evil.mp4",
        "$(touch x).mp4",
        "; rm -rf x;.mp4",
        "| touch x.mp4",
        "-rf.mp4",
        ".mp4",
        "..mp4",
        "a\xFF\xFE.mp4",
        "\xE2\x80\xAE"
        "4pm.mp4",
        "con.mp4",
        "1.mp4",
        "file:x.mp4",
        "http://127.0.0.1:1/x.mp4",
        "concat:x|y.mp4",
        "pipe:0.mp4",
        "%s%n%x.mp4",
        "' OR 1=1 --.mp4",
        std::string(3000, 'a') + ".mp4",
    };
    std::size_t published = 0;
    for (const std::string& name : taken) {
        const Reply reply = scene.publish(name, video, scene.bobToken);
        QVERIFY2(ok(reply), (name.substr(0, 100) + ": " + reply.body).c_str());
        ++published;
    }
    for (const std::string& file : scene.files()) {
        QVERIFY2(isOurs(file), file.c_str());
        QVERIFY2(file.find("evil") == std::string::npos && file.find("aaa") == std::string::npos,
                 file.c_str());
    }
    auto rows = scene.rows();
    const auto media = std::ranges::count_if(
        scene.files(), [](const std::string& file) { return file.starts_with("data/media/"); });
    // A video and its cover each, beside those of the scene.
    QCOMPARE(static_cast<std::size_t>(media), 2 * (published + 1));
    std::int64_t more = 0;
    for (const auto& [table, count] : rows) {
        more += table == "store.sqlite videos" ? count - rowsBefore.at(table) : 0;
        QVERIFY2(table == "store.sqlite videos" || table.find("applied") != std::string::npos ||
                     count == rowsBefore.at(table),
                 table.c_str());
    }
    QCOMPARE(static_cast<std::size_t>(more), published);
}

void SecurityUploadsTest::notWhatTheySay() {
    Scene scene;
    const std::string before = scene.traces();
    const auto rowsBefore = scene.rows();
    const std::string video = someVideo();
    std::string cutMoov = video.substr(0, 2000);
    std::string noise(200'000, '\0');
    std::uint32_t state = 7;
    for (char& byte : noise) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    std::string broken = video.substr(0, 40) + noise;
    const std::vector<std::pair<const char*, std::string>> contents{
        {"nothing", ""},
        {"text", "hello"},
        {"zeros", std::string(1 << 20, '\0')},
        {"noise", noise},
        {"page", "<html><script>alert(1)</script></html>"},
        {"program", std::string("\x7f"
                                "ELF\x02\x01\x01",
                                7) +
                        std::string(5000, 'x')},
        {"zip", std::string("PK\x03\x04", 4) + std::string(5000, 'x')},
        {"jpeg", std::string("\xff\xd8\xff\xe0\0\x10JFIF", 10) + std::string(5000, 'x')},
        {"playlist", "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"},
        {"playlist of a server", "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:1/x.ts\n#EXT-X-ENDLIST\n"},
        {"concat script", "ffconcat version 1.0\nfile /etc/passwd\n"},
        {"sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"},
        {"subtitles", "1\n00:00:00,000 --> 00:00:01,000\n/etc/passwd\n"},
        {"box of 2^64", std::string("\0\0\0\x01"
                                    "ftyp\xff\xff\xff\xff\xff\xff\xff\xff",
                                    16) +
                            std::string(5000, 'x')},
        {"box of no size", std::string("\0\0\0\0ftypisom", 12) + std::string(5000, 'x')},
        {"start of a video", cutMoov},
        {"start and noise", broken},
        {"name of a file", "/etc/passwd"},
    };
    for (const auto& [name, content] : contents) {
        const Reply reply = scene.publish("a.mp4", content, scene.annToken);
        QVERIFY2(reply.status == 200 && reply.body.starts_with("{\"status_code\":2,"),
                 (name + (": " + reply.body)).c_str());
    }
    QCOMPARE(scene.traces(), before);
    QCOMPARE(scene.rows(), rowsBefore);
}

void SecurityUploadsTest::multipartBombs() {
    Scene scene;
    const std::string before = scene.traces();
    const auto rowsBefore = scene.rows();
    const std::string video = someVideo();
    const Part token = field("token", scene.annToken);
    const Part title = field("title", "t");
    const Part data = file("data", "a.mp4", video);
    const auto publish = [&scene](const std::string& body,
                                  const std::string& type = "multipart/form-data; boundary=bnd") {
        return scene.post("/douyin/publish/action/", type, body);
    };
    std::vector<Part> manyFields{token, title};
    std::vector<Part> manyFiles{token, title};
    for (int i = 0; i < 5000; ++i) {
        manyFields.push_back(field("f" + std::to_string(i), "x"));
        manyFiles.push_back(file("f" + std::to_string(i), "a.mp4", "x"));
    }
    manyFields.push_back(data);
    manyFiles.push_back(data);
    std::string headers;
    for (int i = 0; i < 2000; ++i) {
        headers += "X-" + std::to_string(i) + ": y\r\n";
    }
    std::string nested = multipartBody("b", {token, title, data});
    for (int i = 0; i < 20; ++i) {
        const std::string inner = i == 19 ? std::string("bnd") : "b" + std::to_string(i);
        nested = multipartBody(
            inner,
            {{"Content-Disposition: form-data; name=\"x\"\r\nContent-Type: multipart/mixed; boundary=" +
                  inner + "\r\n",
              nested}});
    }
    const std::vector<std::pair<const char*, std::string>> bodies{
        {"5,000 fields", multipartBody("bnd", manyFields)},
        {"5,000 files", multipartBody("bnd", manyFiles)},
        {"a field of 900 kB", multipartBody("bnd", {token, field("title", std::string(900'000, 't')), data})},
        {"many fields of 30 kB", multipartBody("bnd", {token, title, field("a", std::string(30'000, 'a')),
                                                       field("b", std::string(30'000, 'b')),
                                                       field("c", std::string(30'000, 'c')), data})},
        {"a head of 900 kB",
         multipartBody("bnd", {token, title, {"X: " + std::string(900'000, 'x') + "\r\n", ""}, data})},
        {"a head of 2,000 lines", multipartBody("bnd", {token, title, {headers, ""}, data})},
        {"a name of 9 kB", multipartBody("bnd", {token, title, field(std::string(9000, 'n'), "x"), data})},
        {"a head without end",
         "--bnd\r\nContent-Disposition: form-data; name=\"x\"\r\n" + std::string(500'000, 'x')},
        {"boundaries alone",
         [] {
             std::string text;
             for (int i = 0; i < 50'000; ++i) {
                 text += "--bnd\r\n\r\n";
             }
             return text;
         }()},
        {"almost boundaries", "--bnd\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" +
                                  [] {
                                      std::string text;
                                      for (int i = 0; i < 100'000; ++i) {
                                          text += "\r\n--bn";
                                      }
                                      return text;
                                  }()},
        {"nested", nested},
        {"blanks behind a boundary", "--bnd" + std::string(100'000, ' ') + "\r\n"},
        {"no end", multipartBody("bnd", {token, title, data}).substr(0, 100'000)},
        {"preamble alone", std::string(1'000'000, 'p')},
    };
    for (const auto& [name, body] : bodies) {
        const Reply reply = publish(body);
        QVERIFY2(
            reply.status == 413 || (reply.status == 200 && reply.body.starts_with("{\"status_code\":1,")),
            (name + (": " + reply.head + reply.body)).c_str());
    }
    for (const char* type :
         {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"",
          "multipart/mixed; boundary=bnd", "application/x-www-form-urlencoded"}) {
        const Reply reply = publish(multipartBody("bnd", {title, data}), type);
        QVERIFY2(reply.status == 200 && reply.body.starts_with("{\"status_code\":1,"), type);
    }
    // The same for calls whose forms stay in memory.
    const Reply form =
        scene.post("/douyin/favorite/action/?token=" + scene.annToken, "multipart/form-data; boundary=bnd",
                   multipartBody("bnd", manyFields).substr(0, 900'000));
    QVERIFY(form.status == 413 || form.body.starts_with("{\"status_code\":1,"));
    QCOMPARE(scene.traces(), before);
    QCOMPARE(scene.rows(), rowsBefore);
}

// Nothing of a stranger touches the disk, not even for a moment.
void SecurityUploadsTest::strangersKeepNothing() {
    Scene scene;
    const std::string before = scene.traces();
    const auto rowsBefore = scene.rows();
    Wire wire(scene.port());
    const std::string body = multipartBody("bnd", {field("token", "forged"), field("title", "t"),
                                                   file("data", "a.mp4", std::string(4'000'000, 'x'))});
    const std::string head =
        "POST /douyin/publish/action/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; "
        "boundary=bnd\r\n"
        "Content-Length: " +
        std::to_string(body.size()) + "\r\n\r\n";
    QVERIFY(wire.send(head + body.substr(0, 3'000'000)));
    // The server has certainly seen the file's begin when it answers somebody else after it.
    QVERIFY(Stage::eventually([&] { return ok(scene.get("/douyin/feed/")); }));
    for (const std::string& file : scene.files()) {
        QVERIFY2(file.find("staging/") == std::string::npos, file.c_str());
    }
    QVERIFY(wire.send(body.substr(3'000'000)));
    QVERIFY(wire.read().body.starts_with("{\"status_code\":1,"));
    // A friend who hangs up leaves nothing either.
    {
        Wire half(scene.port());
        const std::string good = multipartBody("bnd", {field("token", scene.annToken), field("title", "t"),
                                                       file("data", "a.mp4", std::string(4'000'000, 'x'))});
        half.send(
            "POST /douyin/publish/action/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; "
            "boundary=bnd\r\n"
            "Content-Length: " +
            std::to_string(good.size()) + "\r\n\r\n" + good.substr(0, 2'000'000));
        QVERIFY(Stage::eventually([&] {
            return std::ranges::any_of(scene.files(), [](const std::string& file) {
                return file.find("staging/") != std::string::npos;
            });
        }));
        half.reset();
    }
    QVERIFY(Stage::eventually([&] { return scene.traces() == before; }));
    QCOMPARE(scene.rows(), rowsBefore);
}

void SecurityUploadsTest::tooLarge() {
    Scene scene([](SimulatorConfig& config) { config.maxUploadBytes = 300'000; });
    const std::string before = scene.traces();
    const auto rowsBefore = scene.rows();
    const std::string large(700'000, 'x');
    QCOMPARE(scene.publish("a.mp4", large, scene.annToken).status, 413);
    // Without an announced length it is found out on the way.
    const std::string body = multipartBody(
        "bnd", {field("token", scene.annToken), field("title", "t"), file("data", "a.mp4", large)});
    std::string chunked =
        "POST /douyin/publish/action/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; "
        "boundary=bnd\r\n"
        "Transfer-Encoding: chunked\r\n\r\n";
    chunked += QByteArray::number(static_cast<qulonglong>(body.size()), 16).toStdString() + "\r\n" + body +
               "\r\n0\r\n\r\n";
    QCOMPARE(scene.ask(chunked).status, 413);
    QVERIFY(Stage::eventually([&] { return scene.traces() == before; }));
    QCOMPARE(scene.rows(), rowsBefore);
}

void SecurityUploadsTest::diskReserve() {
    Scene scene;
    const std::string before = scene.traces();
    // More than any disk has.
    const std::uint64_t usual = std::exchange(scene.config.diskReserve, std::uint64_t{1} << 62);
    const auto rowsBefore = scene.rows();
    // The answer comes before the file does.
    const Reply early = scene.ask(
        "POST /douyin/publish/action/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; "
        "boundary=bnd\r\n"
        "Content-Length: 3000000\r\n\r\n");
    const Reply whole = scene.publish("a.mp4", someVideo(), scene.annToken);
    for (const Reply& reply : {early, whole}) {
        QCOMPARE(reply.status, 503);
        QVERIFY(!reply.header("retry-after").empty());
        QVERIFY(reply.body.starts_with("{\"status_code\":2,"));
    }
    QCOMPARE(scene.traces(), before);
    scene.config.diskReserve = usual;
    QCOMPARE(scene.rows(), rowsBefore);
    QVERIFY(ok(scene.publish("a.mp4", someVideo(), scene.annToken)));
}

QTEST_GUILESS_MAIN(SecurityUploadsTest)
#include "uploads_test.moc"
