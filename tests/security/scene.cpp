// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/security/scene.h"

#include <QByteArray>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <sqlite3.h>
#include <stdexcept>

namespace tikgok::sim::security {

using namespace gatewaytest;

namespace {

const std::string kHost = " HTTP/1.1\r\nHost: localhost\r\n";

void must(bool good, const std::string& what) {
    if (!good) {
        throw std::runtime_error(what);
    }
}

std::int64_t number(sqlite3* database, const std::string& query) {
    sqlite3_stmt* statement = nullptr;
    must(sqlite3_prepare_v2(database, query.c_str(), -1, &statement, nullptr) == SQLITE_OK, query);
    must(sqlite3_step(statement) == SQLITE_ROW, query);
    const std::int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

std::vector<std::string> tablesOf(sqlite3* database) {
    std::vector<std::string> names;
    sqlite3_stmt* statement = nullptr;
    must(sqlite3_prepare_v2(database,
                            "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'",
                            -1, &statement, nullptr) == SQLITE_OK,
         "tables");
    while (sqlite3_step(statement) == SQLITE_ROW) {
        names.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
    }
    sqlite3_finalize(statement);
    return names;
}

}  // namespace

std::string someVideo() {
    const QDir videos(qEnvironmentVariable("TIKGOK_TEST_RESOURCES") + QStringLiteral("/media/videos"));
    const QStringList names =
        videos.entryList({QStringLiteral("*.mp4")}, QDir::Files, QDir::Size | QDir::Reversed);
    QFile file(names.isEmpty() ? QString() : videos.filePath(names.first()));
    must(file.open(QIODevice::ReadOnly), "there is no video");
    return file.readAll().toStdString();
}

std::string member(const Reply& reply, const std::string& name) {
    const std::string start = "\"" + name + "\":";
    std::size_t at = reply.body.find(start);
    if (at == std::string::npos) {
        return {};
    }
    at += start.size();
    const bool text = reply.body[at] == '"';
    at += text ? 1 : 0;
    return reply.body.substr(at, reply.body.find_first_of(text ? "\"" : ",}", at) - at);
}

bool ok(const Reply& reply) {
    return reply.status == 200 && reply.body.starts_with("{\"status_code\":0");
}

Scene::Scene(const std::function<void(SimulatorConfig&)>& change) {
    config.dataDirectory = std::filesystem::path(directory.path().toStdString()) / "data";
    config.world = "empty";
    if (change) {
        change(config);
    }
    start();
    const auto person = [this](const char* name, std::string& id, std::string& token) {
        const Reply reply = post("/douyin/user/register/?username=" + std::string(name) + "&password=secret");
        must(ok(reply), reply.body);
        id = member(reply, "user_id");
        token = member(reply, "token");
    };
    person("ann", ann, annToken);
    person("bob", bob, bobToken);
    must(ok(publish("a.mp4", someVideo(), annToken)), "publish");
    video = member(get("/douyin/feed/"), "id");
    must(ok(post("/douyin/favorite/action/?action_type=1&video_id=" + video + "&token=" + bobToken)), "like");
    must(ok(post("/douyin/comment/action/?action_type=1&comment_text=hello&video_id=" + video +
                 "&token=" + bobToken)),
         "comment");
    for (const auto& [token, other] : {std::pair(annToken, bob), std::pair(bobToken, ann)}) {
        must(ok(post("/douyin/relation/action/?action_type=1&to_user_id=" + other + "&token=" + token)),
             "follow");
        must(ok(post("/douyin/message/action/?action_type=1&content=hi&to_user_id=" + other +
                     "&token=" + token)),
             "message");
    }
}

void Scene::start() {
    auto started = Simulator::start(config);
    must(started.has_value(), started ? "" : started.error());
    simulator = std::move(*started);
}

Reply Scene::ask(std::string_view request) const {
    Wire wire(port());
    return wire.ask(request);
}

Reply Scene::get(const std::string& target) const {
    return ask("GET " + target + kHost + "\r\n");
}

Reply Scene::post(const std::string& target, std::string_view type, std::string_view body) const {
    std::string request = "POST " + target + kHost;
    if (!type.empty()) {
        request += "Content-Type: " + std::string(type) + "\r\n";
    }
    request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    request += body;
    return ask(request);
}

Reply Scene::publish(const std::string& fileName, std::string_view content, const std::string& token) const {
    return post("/douyin/publish/action/", "multipart/form-data; boundary=bnd",
                multipartBody("bnd", {field("token", token), field("title", "title"),
                                      file("data", fileName, content)}));
}

std::vector<std::string> Scene::files() const {
    namespace fs = std::filesystem;
    std::vector<std::string> found;
    // From above the data directory: nothing may appear beside it either.
    const fs::path top = directory.path().toStdString();
    for (const auto& entry : fs::recursive_directory_iterator(top)) {
        // Come and go with SQLite's connections, whatever is written.
        const std::string name = entry.path().filename().generic_string();
        const bool ofSqlite = name.ends_with("-shm") || name.ends_with("-wal");
        if (!entry.is_directory() && !ofSqlite) {
            found.push_back(entry.path().lexically_relative(top).generic_string());
        }
    }
    std::ranges::sort(found);
    return found;
}

std::string Scene::traces() const {
    std::string all;
    for (const auto& [token, id, other] : {std::tuple(annToken, ann, bob), std::tuple(bobToken, bob, ann)}) {
        const std::string who = "?token=" + token + "&user_id=" + id;
        // next_time of a feed that is not empty is the time of its oldest video.
        all += get("/douyin/feed/" + who).body + "\n";
        for (const char* list : {"/douyin/user/", "/douyin/publish/list/", "/douyin/favorite/list/",
                                 "/douyin/relation/follow/list/", "/douyin/relation/follower/list/",
                                 "/douyin/relation/friend/list/"}) {
            all += get(list + who).body + "\n";
        }
        all += get("/douyin/comment/list/?video_id=" + video + "&token=" + token).body + "\n";
        all +=
            get("/douyin/message/chat/?pre_msg_time=0&to_user_id=" + other + "&token=" + token).body + "\n";
    }
    // Ports differ from start to start.
    const std::string url = simulator->url();
    for (std::size_t at = 0; (at = all.find(url)) != std::string::npos;) {
        all.erase(at, url.size());
    }
    for (const std::string& file : files()) {
        all += file;
        if (file.find(".sqlite") == std::string::npos) {
            all += " " + std::to_string(std::filesystem::file_size(
                             std::filesystem::path(directory.path().toStdString()) / file));
        }
        all += "\n";
    }
    return all;
}

std::map<std::string, std::int64_t> Scene::rows() {
    simulator->stop();
    simulator.reset();
    std::map<std::string, std::int64_t> counts;
    for (const char* name : {"store.sqlite", "queue.sqlite"}) {
        sqlite3* database = nullptr;
        must(sqlite3_open_v2((data() / name).c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK,
             name);
        for (const std::string& table : tablesOf(database)) {
            counts[std::string(name) + " " + table] =
                number(database, "SELECT count(*) FROM \"" + table + "\"");
        }
        sqlite3_close(database);
    }
    start();
    return counts;
}

std::string Scene::key() const {
    QFile file(QString::fromStdString((data() / "token.key").string()));
    must(file.open(QIODevice::ReadOnly), "there is no key");
    return file.readAll().toStdString();
}

}  // namespace tikgok::sim::security
