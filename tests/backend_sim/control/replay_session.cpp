// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/backend_sim/control/replay_session.h"

#include <QDir>
#include <QFile>
#include <QTest>

namespace tikgok::sim::controltest {

const char* const kFaults =
    R"({"seed": 7, "rules": [)"
    R"({"rule": "some", "match": {"route": "/douyin/comment/list/"}, "limits": {"probability": 0.4},)"
    R"("effects": [{"kind": "status", "status": 503, "body": "later"}]},)"
    R"({"rule": "nameless", "match": {"route": "/douyin/feed/", "every": 3},)"
    R"("effects": [{"kind": "missing_field"}, {"kind": "latency", "uniform_ms": [1, 9]}]},)"
    R"({"rule": "lost", "match": {"route": "/douyin/comment/action/", "nth": [2]},)"
    R"("effects": [{"kind": "drop_answer"}]},)"
    R"({"rule": "twice", "match": {"route": "/douyin/comment/action/", "nth": [3]},)"
    R"("effects": [{"kind": "duplicate"}]},)"
    R"({"rule": "cut", "match": {"route": "/static/*"}, "limits": {"times": 1},)"
    R"("effects": [{"kind": "truncate", "at": 100}]},)"
    R"({"rule": "short", "match": {"route": "/ping"}, "limits": {"ttl_ms": 60000},)"
    R"("effects": [{"kind": "extra_field"}]})"
    R"(]})";

std::string clip() {
    const QDir videos(qEnvironmentVariable("TIKGOK_TEST_RESOURCES") + QStringLiteral("/media/videos"));
    QFile video(videos.filePath(
        videos.entryList({QStringLiteral("*.mp4")}, QDir::Files, QDir::Size | QDir::Reversed).first()));
    return video.open(QIODevice::ReadOnly) ? video.readAll().toStdString() : std::string();
}

Reply publish(const AdminStage& stage, const std::string& token, const char* title) {
    using namespace gatewaytest;
    return stage.post("/douyin/publish/action/?token=" + token, "multipart/form-data; boundary=bnd",
                      multipartBody("bnd", {field("title", title), file("data", "c.mp4", clip())}));
}

void write(const AdminStage& stage, const std::string& token, int video, int many, const char* words) {
    for (int i = 0; i < many; ++i) {
        static_cast<void>(
            stage.post("/douyin/comment/action/?action_type=1&video_id=" + std::to_string(video) +
                       "&comment_text=" + words + std::to_string(i) + "&token=" + token));
        static_cast<void>(stage.post("/douyin/favorite/action/?action_type=" + std::to_string(i % 2 + 1) +
                                     "&video_id=" + std::to_string(video) + "&token=" + token));
        static_cast<void>(
            stage.get("/douyin/comment/list/?video_id=" + std::to_string(video) + "&token=" + token));
    }
}

// All that a client may do, and what is done to it meanwhile.
void busySession(const AdminStage& stage) {
    static_cast<void>(stage.get("/douyin/feed/"));
    // A password in a body, and bytes that are no text.
    static_cast<void>(stage.post("/douyin/user/register/", "application/x-www-form-urlencoded",
                                 "username=lin&password=s%20e&x=\xff\xfe"));
    static_cast<void>(stage.post("/douyin/user/login/?username=lin&password=wrong"));
    const Reply in = stage.post("/douyin/user/login/?username=lin&password=s%20e");
    const std::string token(at(in, "/token").as_string());
    write(stage, token, 13, 5, "once");
    static_cast<void>(stage.get("/douyin/feed/", "Accept-Encoding: gzip\r\n"));
    static_cast<void>(stage.get("/douyin/feed/?latest_time=0&token=" + token));
    static_cast<void>(stage.get("/no/such/path"));
    static_cast<void>(stage.get("/douyin/feed"));
    static_cast<void>(stage.get("/static/demo/videos/01-aurora.mp4", "Range: bytes=5-1004\r\n"));
    const Reply picture = stage.get("/static/demo/covers/01-aurora.jpg");
    static_cast<void>(
        stage.get("/static/demo/covers/01-aurora.jpg", "If-None-Match: " + picture.header("etag") + "\r\n"));
    static_cast<void>(stage.get("/ping"));
    stage.must("POST", "/_sim/clock/advance", R"({"ms": 61000})");
    static_cast<void>(stage.get("/ping"));
    stage.must("PUT", "/_sim/inside/cover_fails", R"({"times": 1})");
    static_cast<void>(publish(stage, token, "mine"));
    static_cast<void>(stage.get("/douyin/feed/"));
    stage.must("POST", "/_sim/clock/scale", R"({"factor": 50})");
    stage.must("PUT", "/_sim/snapshots/middle", "{}", 201);
    write(stage, token, 14, 2, "more");
    stage.must("POST", "/_sim/snapshots/middle/restore", "{}");
    static_cast<void>(stage.get("/douyin/comment/list/?video_id=14"));
    stage.must("POST", "/_sim/clock/reset", "{}");
    stage.must("PUT", "/_sim/inside/queue_full", "{}");
    write(stage, token, 13, 1, "full");
    stage.must("DELETE", "/_sim/inside");
    stage.must("DELETE", "/_sim/faults/some");
    write(stage, token, 13, 2, "last");
    stage.must("POST", "/_sim/scenarios/friend-writes-while-you-type", "{}");
    stage.must("POST", "/_sim/clock/advance", R"({"ms": 9000})");
    // Until somebody in the scenario has done what is due.
    QTRY_VERIFY(at(stage.must("GET", "/_sim/scenario"), "/steps_done").as_int64() >= 2);
    const Reply friends = stage.post("/douyin/user/login/?username=qa&password=tikgok123");
    static_cast<void>(stage.get("/douyin/message/chat/?pre_msg_time=0&to_user_id=2&token=" +
                                std::string(at(friends, "/token").as_string())));
}

}  // namespace tikgok::sim::controltest
