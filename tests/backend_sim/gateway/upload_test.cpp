// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Uploads: every cut of the body, odd part heads, hostile names, covers. Limits and trouble are in
// upload_limits_test.cpp.

#include "tests/backend_sim/gateway/stage.h"
#include "tests/backend_sim/gateway/upload_stage.h"

#include <QTest>

#include <filesystem>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;

namespace {

// Looks like boundaries in many ways, but has none in it.
std::string nastyContent() {
    std::string content = "\r\n--bn\r\n--bm\r\r\n\r\n--\r--bnd\n--bnd\r\n-bnd\r\n";
    for (int i = 0; i < 256; ++i) {
        content += static_cast<char>(i);
    }
    return content + "\r\n--bn";
}

}  // namespace

class UploadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void orders_data();
    void orders();
    void everyCut();
    void chunked();
    void boundaries_data();
    void boundaries();
    void clientNames_data();
    void clientNames();
    void hostileNames_data();
    void hostileNames();
    void refused_data();
    void refused();
    void covers_data();
    void covers();
};

void UploadTest::orders_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("tokenInQuery");
    const std::string content = nastyContent();
    Stage stage;
    const Part token = field("token", stage.token());
    const Part title = field("title", "my title");
    const Part data = file("data", "clip.mp4", content);
    const auto row = [](const char* name, const std::vector<Part>& parts, bool inQuery) {
        const std::string body = multipartBody("bnd", parts);
        QTest::newRow(name) << QByteArray(body.data(), static_cast<qsizetype>(body.size())) << inQuery;
    };
    row("token title data", {token, title, data}, false);
    row("data title token", {data, title, token}, false);
    row("title data token", {title, data, token}, false);
    row("title data, token in query", {title, data}, true);
    row("data title, token in query", {data, title}, true);
    row("extra parts", {field("x", "y"), file("cover", "c.png", "png"), token, title, data, field("z", "")},
        false);
    row("the first of two", {token, title, data, file("data", "other.mp4", "other"), field("title", "other")},
        false);
    row("an empty file field first", {token, file("data", "", ""), title, data}, false);
    row("query before form", {field("token", "hello"), title, data}, true);
}

void UploadTest::orders() {
    QFETCH(QByteArray, body);
    QFETCH(bool, tokenInQuery);
    Stage stage;
    const std::string target = tokenInQuery ? std::string(kTarget) + "?token=" + stage.token() : kTarget;
    QCOMPARE(stage.post(target, kType, body.toStdString()).body, std::string(kSuccess));
    QCOMPARE(stage.services.lastCall(), std::string("publish 1 my title"));
    const auto published = stage.services.published();
    QCOMPARE(published.size(), std::size_t{1});
    QVERIFY(published[0].content == nastyContent());
    QCOMPARE(published[0].clientFileName, std::string("clip.mp4"));
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
}

void UploadTest::everyCut() {
    Stage stage;
    const std::string body = multipartBody(
        "bnd",
        {field("title", "t"), file("data", "c.mp4", "\r\n--bnx\r\nab\r"), field("token", stage.token())});
    const std::string all = request(kTarget, kType, body);
    Wire wire(stage.port());
    for (std::size_t cut = all.size() - body.size(); cut < all.size(); ++cut) {
        wire.send(std::string_view(all).substr(0, cut));
        QCOMPARE(stage.get("/ping").status, 200);
        wire.send(std::string_view(all).substr(cut));
        QCOMPARE(wire.read().body, std::string(kSuccess));
    }
    for (const auto& one : stage.services.published()) {
        QCOMPARE(one.content, std::string("\r\n--bnx\r\nab\r"));
    }
    // One byte at a time.
    for (const char c : all) {
        wire.send(std::string_view(&c, 1));
    }
    QCOMPARE(wire.read().body, std::string(kSuccess));
}

void UploadTest::chunked() {
    Stage stage;
    const std::string body = multipartBody(
        "bnd", {field("title", "t"), field("token", stage.token()), file("data", "c.mp4", nastyContent())});
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{100}, body.size()}) {
        std::string all = "POST " + std::string(kTarget) +
                          " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + kType +
                          "\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (std::size_t at = 0; at < body.size(); at += step) {
            const std::string piece = body.substr(at, step);
            char size[20];
            std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
            all += size + piece + "\r\n";
        }
        QCOMPARE(stage.ask(all + "0\r\n\r\n").body, std::string(kSuccess));
        QVERIFY(stage.services.published().back().content == nastyContent());
    }
}

void UploadTest::boundaries_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("boundary");
    QTest::addColumn<bool>("good");
    const auto row = [](const char* type, const char* boundary, bool good) {
        QTest::newRow(type) << QString::fromLatin1(type) << QString::fromLatin1(boundary) << good;
    };
    row("multipart/form-data; boundary=b", "b", true);
    row("Multipart/Form-Data; charset=utf-8; BOUNDARY=b", "b", true);
    row("multipart/form-data; boundary=\"a b;c=d\"", "a b;c=d", true);
    row("multipart/form-data;boundary=----WebKitFormBoundaryAbC", "----WebKitFormBoundaryAbC", true);
    row("multipart/form-data", "b", false);
    row("multipart/form-data; boundary=", "b", false);
    row("multipart/form-data; boundary=\"b", "b", false);
    row("multipart/form-data; boundary=zzz", "b", false);
    row("multipart/mixed; boundary=b", "b", false);
    row("multipart/form-data; "
        "boundary=1234567890123456789012345678901234567890123456789012345678901234567890x",
        "1234567890123456789012345678901234567890123456789012345678901234567890x", false);
}

void UploadTest::boundaries() {
    QFETCH(QString, type);
    QFETCH(QString, boundary);
    QFETCH(bool, good);
    Stage stage;
    const std::string body =
        multipartBody(boundary.toStdString(), {field("title", "t"), file("data", "c.mp4", "content")});
    const Reply reply =
        stage.post(std::string(kTarget) + "?token=" + stage.token(), type.toStdString(),
                   "preamble\r\n" + body + "epilogue\r\n--" + boundary.toStdString() + "\r\n");
    QCOMPARE(reply.body, std::string(good ? kSuccess : kParams));
    QCOMPARE(stage.services.published().size(), std::size_t{good ? 1U : 0U});
}

void UploadTest::clientNames_data() {
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char* head, const char* name) {
        QTest::addRow("%s %zu", name, std::string_view(head).size()) << QByteArray(head) << QByteArray(name);
    };
    row("Content-Disposition: form-data; name=\"data\"; filename=\"a.mp4\"\r\n", "a.mp4");
    row("Content-Disposition: form-data; name=data; filename=a.mp4\r\n", "a.mp4");
    row("content-disposition:form-data;filename=\"a b;c.mp4\";name=\"data\"\r\n", "a b;c.mp4");
    row("Content-Type: video/mp4\r\nCONTENT-DISPOSITION: Form-Data; Name=\"data\"; FileName=\"a.mp4\"\r\nX: "
        "y\r\n",
        "a.mp4");
    row("Content-Disposition: form-data; name=\"data\"; filename=\"a\\\"b\\\\c.mp4\"\r\n", "a\"b\\c.mp4");
    row("Content-Disposition: form-data; name=\"data\"; filename=\"C:\\x\\y.mp4\"\r\n", "C:\\x\\y.mp4");
    row("Content-Disposition: form-data; name=\"data\"; filename*=UTF-8''%E5%90%8D.mp4\r\n",
        "\xE5\x90\x8D.mp4");
    row("Content-Disposition: form-data; name=\"data\"; filename=\"x.mp4\"; filename*=UTF-8'en'y%20z.mp4\r\n",
        "y z.mp4");
    row("Content-Disposition: form-data; name=\"data\"; filename*=UTF-8''y.mp4; filename=\"x.mp4\"\r\n",
        "y.mp4");
    row("Content-Disposition: form-data; name=\"data\"; filename=\"\xE5\x90\x8D.mp4\"\r\n",
        "\xE5\x90\x8D.mp4");
}

void UploadTest::clientNames() {
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, name);
    Stage stage;
    const std::string body = multipartBody(
        "bnd", {field("title", "t"), {head.toStdString(), "content"}, field("token", stage.token())});
    QCOMPARE(stage.post(kTarget, kType, body).body, std::string(kSuccess));
    QCOMPARE(stage.services.published().at(0).clientFileName, name.toStdString());
}

void UploadTest::hostileNames_data() {
    QTest::addColumn<QByteArray>("name");
    const std::vector<std::string> names{"../x.mp4",
                                         "../../x.mp4",
                                         "../../../../../../tmp/tikgok-not-here.mp4",
                                         "/x.mp4",
                                         "/tmp/tikgok-not-here.mp4",
                                         "/etc/passwd.mp4",
                                         "//x.mp4",
                                         "./x.mp4",
                                         "..",
                                         ".",
                                         "...mp4",
                                         ".mp4",
                                         "..mp4",
                                         "a/b/c.mp4",
                                         "a/../../b.mp4",
                                         "..\\x.mp4",
                                         "..\\..\\x.mp4",
                                         "C:\\Windows\\x.mp4",
                                         "C:x.mp4",
                                         "\\\\server\\share\\x.mp4",
                                         "\\\\?\\C:\\x.mp4",
                                         "%2e%2e%2fx.mp4",
                                         "..%2fx.mp4",
                                         "..%5cx.mp4",
                                         "%00.mp4",
                                         "x.mp4%00.txt",
                                         "x.txt%00.mp4",
                                         "..\xc0\xafx.mp4",
                                         "..\xe0\x80\xafx.mp4",
                                         "\xff\xfe.mp4",
                                         "CON.mp4",
                                         "NUL",
                                         "aux.mp4",
                                         "x.mp4:stream",
                                         "x.mp4 ",
                                         "x.mp4.",
                                         "~/x.mp4",
                                         "$HOME/x.mp4",
                                         "`touch x`.mp4",
                                         "$(touch x).mp4",
                                         "; rm -rf x;.mp4",
                                         "|x.mp4",
                                         "-rf.mp4",
                                         "x\tmp4",
                                         "*.mp4",
                                         "store.sqlite",
                                         "token.key",
                                         "../staging/x.mp4",
                                         "file:///tmp/tikgok-not-here.mp4",
                                         std::string(4000, 'a') + ".mp4",
                                         std::string(500, '/') + "x.mp4"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        QTest::addRow("%zu", i) << QByteArray(names[i].data(), static_cast<qsizetype>(names[i].size()));
    }
}

void UploadTest::hostileNames() {
    QFETCH(QByteArray, name);
    for (const char* form : {"filename=\"", "filename*=UTF-8''"}) {
        Stage stage;
        const std::vector<std::string> before = stage.allFiles();
        const std::string quoted = std::string(form).ends_with('"') ? "\"" : "";
        const Part data{"Content-Disposition: form-data; name=\"data\"; " + std::string(form) +
                            name.toStdString() + quoted + "\r\n",
                        "content"};
        const Reply reply = stage.post(
            kTarget, kType, multipartBody("bnd", {field("title", "t"), field("token", stage.token()), data}));
        QCOMPARE(reply.status, 200);
        for (const auto& one : stage.services.published()) {
            // A plain name of our own, right in the staging directory.
            QCOMPARE(one.stagedAs.parent_path(),
                     std::filesystem::path(stage.directory.path().toStdString()) / "staging");
            const std::string own = one.stagedAs.filename().string();
            QCOMPARE(own.size(), std::size_t{37});
            QVERIFY(own.find_first_not_of("0123456789abcdef.part") == std::string::npos);
        }
        QCOMPARE(stage.allFiles(), before);
        QVERIFY(!std::filesystem::exists("/tmp/tikgok-not-here.mp4"));
        QVERIFY(!std::filesystem::exists("x.mp4"));
    }
}

void UploadTest::refused_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("answer");
    const Part title = field("title", "t");
    const Part data = file("data", "c.mp4", "content");
    const auto row = [](const char* name, const std::string& body, const char* answer) {
        QTest::newRow(name) << QByteArray(body.data(), static_cast<qsizetype>(body.size()))
                            << QString::fromLatin1(answer);
    };
    row("no title", multipartBody("bnd", {data}), kParams);
    row("empty title", multipartBody("bnd", {field("title", ""), data}), kParams);
    row("title no UTF-8", multipartBody("bnd", {field("title", "a\xff"), data}), kParams);
    row("title a file", multipartBody("bnd", {file("title", "t", "t"), data}), kParams);
    row("no data", multipartBody("bnd", {title}), kParams);
    row("data a field", multipartBody("bnd", {title, field("data", "content")}), kParams);
    row("data without a name", multipartBody("bnd", {title, file("data", "", "content")}), kParams);
    row("nothing", "", kParams);
    row("only the end", "--bnd--\r\n", kParams);
    row("rubbish", "rubbish", kParams);
    const std::string whole = multipartBody("bnd", {title, data});
    row("no end", whole.substr(0, whole.size() - 9), kParams);
    row("half an end", whole.substr(0, whole.size() - 3), kParams);
    row("no disposition", multipartBody("bnd", {title, {"X: y\r\n", "z"}, data}), kParams);
    row("no head", multipartBody("bnd", {title, {"", "z"}, data}), kParams);
    row("no name", multipartBody("bnd", {title, {"Content-Disposition: form-data\r\n", "z"}, data}), kParams);
    row("not form-data",
        multipartBody("bnd", {title, {"Content-Disposition: attachment; name=\"x\"\r\n", "z"}, data}),
        kParams);
    row("text behind a boundary", "--bndx\r\n" + whole, kParams);
    row("head too long", multipartBody("bnd", {title, {"X: " + std::string(9000, 'x') + "\r\n", ""}, data}),
        kParams);
    row("field too long", multipartBody("bnd", {title, field("x", std::string(70'000, 'x')), data}), kParams);
    std::vector<Part> many{title};
    for (int i = 0; i < 40; ++i) {
        many.push_back(field("x", "y"));
    }
    many.push_back(data);
    row("too many parts", multipartBody("bnd", many), kParams);
}

void UploadTest::refused() {
    QFETCH(QByteArray, body);
    QFETCH(QString, answer);
    Stage stage;
    Wire wire(stage.port());
    const Reply reply =
        wire.ask(request(std::string(kTarget) + "?token=" + stage.token(), kType, body.toStdString()));
    QCOMPARE(reply.status, 200);
    QCOMPARE(QString::fromStdString(reply.body), answer);
    QVERIFY(stage.services.calls().empty());
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
    QCOMPARE(wire.ask("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
}

void UploadTest::covers_data() {
    QTest::addColumn<int>("dialect");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("cover");
    Stage stage;
    const Part token = field("token", stage.token());
    const Part title = field("title", "t");
    const Part data = file("data", "clip.mp4", "video");
    const Part cover = file("cover", "c.png", nastyContent());
    const auto row = [](const char* name, DialectName dialect, const std::vector<Part>& parts,
                        const std::string& want) {
        const std::string body = multipartBody("bnd", parts);
        QTest::newRow(name) << int(dialect) << QByteArray(body.data(), static_cast<qsizetype>(body.size()))
                            << QByteArray(want.data(), static_cast<qsizetype>(want.size()));
    };
    using enum DialectName;
    row("none", Standard, {token, title, data}, "");
    row("before the video", Standard, {token, cover, title, data}, nastyContent());
    row("after the video", Standard, {data, cover, title, token}, nastyContent());
    row("the first of two", Standard, {token, title, data, cover, file("cover", "d.png", "other")},
        nastyContent());
    row("an empty file field", Standard, {token, title, data, file("cover", "", "")}, "");
    row("a plain field", Standard, {token, title, data, field("cover", "x")}, "");
    row("reference server", Tikgok, {token, title, data, cover}, "");
}

void UploadTest::covers() {
    QFETCH(int, dialect);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, cover);
    GatewayConfig config;
    config.dialect = static_cast<DialectName>(dialect);
    Stage stage({}, std::move(config));
    QCOMPARE(stage.post(kTarget, kType, body.toStdString()).body, std::string(kSuccess));
    QCOMPARE(stage.services.published().at(0).content, std::string("video"));
    QCOMPARE(stage.services.published().at(0).cover, cover.toStdString());
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
}

QTEST_GUILESS_MAIN(UploadTest)
#include "upload_test.moc"
