// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of worlds share: acts of clients, and what they see of a world.
#pragma once

#include "tests/backend_sim/control/admin_stage.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <string>
#include <vector>

namespace tikgok::sim::controltest {

inline std::string base64(const std::string& bytes) {
    return QByteArray::fromStdString(bytes).toBase64().toStdString();
}

inline std::string tokenFor(const AdminStage& stage, std::int64_t id) {
    return std::string(
        at(stage.must("POST", "/_sim/people/token", R"({"id":)" + std::to_string(id) + "}"), "/token")
            .as_string());
}

// Everything that a client can see of the first people, as one text. Addresses of media differ.
inline std::string seen(const AdminStage& stage) {
    const std::string token = tokenFor(stage, 1);
    std::string all;
    for (const char* target :
         {"/douyin/feed/?x=1", "/douyin/publish/list/?user_id=1", "/douyin/favorite/list/?user_id=1",
          "/douyin/relation/follow/list/?user_id=1", "/douyin/relation/follower/list/?user_id=1",
          "/douyin/relation/friend/list/?user_id=1", "/douyin/comment/list/?video_id=13",
          "/douyin/message/chat/?to_user_id=2&pre_msg_time=0", "/douyin/user/?user_id=2"}) {
        all += stage.get(std::string(target) + "&token=" + token).body + "\n";
    }
    for (std::size_t found = 0; (found = all.find(stage.simulator->url())) != std::string::npos;) {
        all.erase(found, stage.simulator->url().size());
    }
    // Of an empty page it is the time.
    return all;
}

inline void changeMuch(const AdminStage& stage) {
    const std::string token = stage.person("newcomer");
    const json::value feed = json::parse(stage.get("/douyin/feed/").body);
    const std::string video = std::to_string(at(feed, "/video_list/0/id").as_int64());
    const std::vector<std::string> targets{
        "/douyin/favorite/action/?action_type=1&video_id=" + video,
        "/douyin/relation/action/?action_type=1&to_user_id=1",
        "/douyin/comment/action/?action_type=1&comment_text=hello&video_id=" + video,
        "/douyin/message/action/?action_type=1&to_user_id=1&content=hello"};
    for (const std::string& target : targets) {
        const Reply reply = stage.post(target + "&token=" + token);
        QVERIFY2(reply.body.starts_with("{\"status_code\":0"), reply.body.c_str());
    }
}

inline Reply publish(const AdminStage& stage, const std::string& token, const char* title) {
    const QDir videos(qEnvironmentVariable("TIKGOK_TEST_RESOURCES") + QStringLiteral("/media/videos"));
    QFile video(videos.filePath(
        videos.entryList({QStringLiteral("*.mp4")}, QDir::Files, QDir::Size | QDir::Reversed).first()));
    [[maybe_unused]] const bool open = video.open(QIODevice::ReadOnly);
    using namespace gatewaytest;
    return stage.post(
        "/douyin/publish/action/?token=" + token, "multipart/form-data; boundary=bnd",
        multipartBody("bnd", {field("title", title), file("data", "c.mp4", video.readAll().toStdString())}));
}

inline std::string firstMedia(const AdminStage& stage, const std::string& token, std::int64_t user) {
    const json::value list = json::parse(
        stage.get("/douyin/publish/list/?user_id=" + std::to_string(user) + "&token=" + token).body);
    if (list.at("video_list").as_array().empty()) {
        return {};
    }
    return std::string(at(list, "/video_list/0/play_url").as_string()).substr(stage.simulator->url().size());
}

inline std::string importWorld(const AdminStage& stage, const std::string& file, const std::string& name,
                               int status = 201) {
    const std::string import(at(stage.must("POST", "/_sim/imports", "{}", 201), "/import").as_string());
    constexpr std::size_t kPiece = 1'000'000;
    for (std::size_t done = 0; done < file.size(); done += kPiece) {
        const std::string piece = file.substr(done, kPiece);
        stage.must("PUT", "/_sim/imports/" + import,
                   R"({"at":)" + std::to_string(done) + R"(,"base64":")" + base64(piece) + "\"}");
    }
    return json::serialize(
        stage.must("POST", "/_sim/imports/" + import + "/finish", R"({"name":")" + name + "\"}", status));
}

}  // namespace tikgok::sim::controltest
