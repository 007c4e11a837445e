// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/replayer.h"

#include "backend-sim/control/base64.h"
#include "backend-sim/control/recorder.h"
#include "backend-sim/control/replay_file.h"
#include "backend-sim/simulator.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <fcntl.h>
#include <netinet/in.h>
#include <optional>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

// Longer than the longest budget of a request.
constexpr std::chrono::seconds kReplayPatience{150};
constexpr std::chrono::seconds kLeftPatience{5};

// A connection to a simulator on this computer.
class ReplayWire {
public:
    explicit ReplayWire(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        good_ = descriptor_ >= 0 &&
                ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ReplayWire(const ReplayWire&) = delete;
    ReplayWire& operator=(const ReplayWire&) = delete;
    ~ReplayWire() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    bool send(std::string_view bytes) {
        while (good_ && !bytes.empty()) {
            const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                return false;  // answered, and closed, before all of it was read
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return good_;
    }
    // Until the other side closes.
    [[nodiscard]] std::string all() {
        std::string bytes;
        std::string piece(65'536, '\0');
        for (;;) {
            const ssize_t got = ::recv(descriptor_, piece.data(), piece.size(), 0);
            if (got <= 0) {
                return bytes;
            }
            bytes.append(piece, 0, static_cast<std::size_t>(got));
        }
    }

private:
    int descriptor_;
    bool good_ = false;
};

std::string textAt(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    return value == nullptr ? std::string() : bytesTold(*value).value_or("");
}

json::object objectAt(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    return value != nullptr && value->is_object() ? value->get_object() : json::object();
}

std::int64_t numberAt(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

std::string requestText(const json::object& request) {
    std::string text =
        std::string(request.at("method").get_string()) + " " + textAt(request, "target") + " HTTP/1.1\r\n";
    for (const json::value& each : request.at("headers").get_array()) {
        const json::array& pair = each.get_array();
        const std::string name(pair[0].get_string());
        std::string value = bytesTold(pair[1]).value_or("");
        // Under another computer's name nobody is let in here.
        const bool here =
            value.starts_with("127.0.0.1") || value.starts_with("localhost") || value.starts_with("[::1]");
        value = name == "Host" && !here ? "localhost" : std::move(value);
        text.append(name).append(": ").append(value).append("\r\n");
    }
    const std::string body = textAt(request, "body");
    if (!body.empty() || request.at("method").get_string() == "POST") {
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    return text + "Connection: close\r\n\r\n" + body;
}

// What can be shown of the bytes around a place.
std::string around(std::string_view bytes, std::size_t at) {
    constexpr std::size_t kBefore = 24;
    constexpr std::size_t kBehind = 40;
    const std::size_t from = std::min(at > kBefore ? at - kBefore : 0, bytes.size());
    std::string shown;
    for (const char c : bytes.substr(from, kBefore + kBehind)) {
        shown += c >= ' ' && c < 0x7f ? c : '?';
    }
    return shown;
}

std::vector<std::string> headerLinesOf(const json::object& answer) {
    std::vector<std::string> lines;
    if (const std::string type = textAt(answer, "type"); !type.empty()) {
        lines.push_back("Content-Type: " + type);
    }
    const std::string text = textAt(answer, "headers");
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find("\r\n", at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 2;
    }
    return lines;
}

// Nothing: they are the same.
std::optional<json::object> differenceBetween(const json::object& recorded, const json::object& replayed) {
    const auto differs = [](std::string_view what, const json::value& was, const json::value& is) {
        return json::object{{"what", what}, {"recorded", was}, {"replayed", is}};
    };
    if (numberAt(recorded, "status") != numberAt(replayed, "status")) {
        return differs("status", numberAt(recorded, "status"), numberAt(replayed, "status"));
    }
    const auto was = headerLinesOf(recorded);
    const auto is = headerLinesOf(replayed);
    for (std::size_t i = 0; i < std::max(was.size(), is.size()); ++i) {
        const std::string one = i < was.size() ? was[i] : std::string();
        const std::string other = i < is.size() ? is[i] : std::string();
        if (one != other) {
            json::object difference =
                differs("header", json::value(around(one, 0)), json::value(around(other, 0)));
            const std::string& named = one.empty() ? other : one;
            difference["header"] = named.substr(0, named.find(':'));
            return difference;
        }
    }
    const std::string one = textAt(recorded, "body");
    const std::string other = textAt(replayed, "body");
    if (one != other) {
        const auto at = static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
        json::object difference =
            differs("body", json::value(around(one, at)), json::value(around(other, at)));
        difference["at"] = at;
        return difference;
    }
    for (const char* const name : {"bytes", "mark"}) {
        const json::value* const before = recorded.if_contains(name);
        const json::value* const now = replayed.if_contains(name);
        if ((before == nullptr) != (now == nullptr) ||
            (before != nullptr && json::serialize(*before) != json::serialize(*now))) {
            return differs("body", before == nullptr ? json::value() : *before,
                           now == nullptr ? json::value() : *now);
        }
    }
    for (const char* const name : {"close", "delivery"}) {
        const json::value* const before = recorded.if_contains(name);
        const json::value* const now = replayed.if_contains(name);
        const std::string past = before == nullptr ? "" : json::serialize(*before);
        const std::string present = now == nullptr ? "" : json::serialize(*now);
        if (past != present) {
            return differs("delivery", json::value(past), json::value(present));
        }
    }
    return std::nullopt;
}

class ReplayDirectory {
public:
    explicit ReplayDirectory(std::filesystem::path path) : path_(std::move(path)) {}
    ReplayDirectory(const ReplayDirectory&) = delete;
    ReplayDirectory& operator=(const ReplayDirectory&) = delete;
    ~ReplayDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    // With the key that the recorded tokens are signed with.
    [[nodiscard]] bool make(std::string_view key) const {
        std::error_code error;
        if (!std::filesystem::create_directory(path_, error)) {
            return false;
        }
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all, error);
        const std::filesystem::path file = path_ / "token.key";
        const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        const bool good = descriptor >= 0 &&
                          ::write(descriptor, key.data(), key.size()) == static_cast<ssize_t>(key.size());
        if (descriptor >= 0) {
            ::close(descriptor);
        }
        return good && !error;
    }

private:
    const std::filesystem::path path_;
};

class Replay {
public:
    Replay(const ReplayFile& file, Simulator& simulator, const std::stop_token& stop)
        : file_(file), simulator_(simulator), handles_(simulator.replayHandles()), stop_(stop) {}

    std::expected<void, std::string> prepare() {
        Recorder& recorder = handles_.recorder;
        const ReplayStart& start = file_.start;
        recorder.drive();
        // First the clock: times of what follows count from here.
        json::object scale{
            {"factor", static_cast<double>(start.scale) / static_cast<double>(VirtualTime::kScaleOne)}};
        if (admin("POST", "clock/scale", scale).first != 200 ||
            admin("POST", "clock/skew", {{"ms", start.skewMs}}).first != 200 ||
            (start.frozen && admin("POST", "clock/freeze", {}).first != 200)) {
            return std::unexpected("The clock of the replay is refused by this version.");
        }
        recorder.holdTime();
        recorder.setTime(start.nowMs);
        if (const auto taken = takeIn(file_.world, "start"); !taken) {
            return taken;
        }
        if (const auto [status, words] = admin("POST", "snapshots/start/restore", {}); status != 200) {
            return std::unexpected("The world of the replay is damaged: " + words);
        }
        admin("DELETE", "snapshots/start", {});
        if (const auto [status, answer] = admin("PUT", "faults", start.faults); status != 200) {
            return std::unexpected("The faults of the replay are refused by this version: " +
                                   textAt(objectAt(objectIn(answer), "error"), "message"));
        }
        for (const json::value& each : start.inside) {
            const json::object* const fault = each.if_object();
            json::object body{{"on", true}};
            if (fault != nullptr && fault->contains("times")) {
                body["times"] = fault->at("times");
            }
            if (fault == nullptr || admin("PUT", "inside/" + textAt(*fault, "fault"), body).first != 200) {
                return std::unexpected("A fault inside is not known to this version.");
            }
        }
        return {};
    }

    json::object run() {
        for (std::size_t i = 0; i < file_.entries.size() && !stop_.stop_requested(); ++i) {
            const json::object& entry = file_.entries[i];
            handles_.recorder.setTime(numberAt(entry, "now_ms"),
                                      static_cast<std::uint64_t>(numberAt(entry, "pushes")));
            std::optional<json::object> difference = bring(entry);
            if (!difference) {
                difference = entry.contains("request") ? request(entry)
                             : entry.contains("deed")  ? deed(entry)
                                                       : call(entry);
            }
            if (difference) {
                (*difference)["entry"] = i + 1;
                report_["difference"] = std::move(*difference);
                break;
            }
        }
        report_["same"] = !report_.contains("difference") && !stop_.stop_requested();
        report_["requests"] = requests_;
        report_["compared"] = compared_;
        report_["left"] = left_;
        report_["admin_calls"] = calls_;
        report_["deeds"] = deeds_;
        report_["recorded_by"] = file_.build;
        report_["replayed_by"] = TIKGOK_VERSION;
        return std::move(report_);
    }

private:
    static json::object objectIn(const std::string& text) {
        boost::system::error_code error;
        json::value value = json::parse(text, error);
        return !error && value.is_object() ? std::move(value.get_object()) : json::object();
    }

    // Status, or 0, and body.
    std::pair<int, std::string> admin(std::string_view method, const std::string& path,
                                      const json::object& body) {
        const std::string text = method == "DELETE" ? std::string() : json::serialize(body);
        std::string request = std::string(method) + " /_sim/" + path +
                              " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
                              simulator_.adminToken() + "\r\nConnection: close\r\n";
        if (!text.empty()) {
            request +=
                "Content-Type: application/json\r\nContent-Length: " + std::to_string(text.size()) + "\r\n";
        }
        ReplayWire wire(simulator_.port());
        wire.send(request + "\r\n" + text);
        const std::string answer = wire.all();
        const std::size_t end = answer.find("\r\n\r\n");
        if (!answer.starts_with("HTTP/1.1 ") || end == std::string::npos) {
            return {0, {}};
        }
        return {std::stoi(answer.substr(9, 3)), answer.substr(end + 4)};
    }

    // Makes a snapshot of an exported world.
    std::expected<void, std::string> takeIn(std::string_view world, const std::string& name) {
        const std::string import(textAt(objectIn(admin("POST", "imports", {}).second), "import"));
        constexpr std::size_t kPiece = 1'000'000;
        for (std::size_t at = 0; at < world.size(); at += kPiece) {
            const std::string piece = toBase64(world.substr(at, kPiece));
            if (admin("PUT", "imports/" + import, {{"at", at}, {"base64", piece}}).first != 200) {
                return std::unexpected("The world of the replay cannot be taken in.");
            }
        }
        const auto [status, words] =
            admin("POST", "imports/" + import + "/finish", {{"name", name}, {"replace", true}});
        return status == 201 ? std::expected<void, std::string>()
                             : std::unexpected("The world of the replay is damaged: " + words);
    }

    // What the entry goes back to, and was there when it was recorded.
    std::optional<json::object> bring(const json::object& entry) {
        constexpr const char* kStartHere = "replay-start";
        const json::value* const carried = entry.if_contains("carried");
        for (const json::value& each : carried == nullptr ? json::array() : carried->as_array()) {
            const json::object& one = each.as_object();
            const json::value* const start = one.if_contains("start");
            std::expected<void, std::string> done;
            if (start == nullptr || start->is_string()) {
                const auto world = fromBase64(textAt(one, start == nullptr ? "world" : "start"));
                done = world ? takeIn(*world, start == nullptr ? textAt(one, "snapshot") : kStartHere)
                             : std::unexpected(std::string("It is damaged."));
            }
            if (start != nullptr && done) {
                done = handles_.setStart(start->is_string() ? std::optional<std::string>(kStartHere)
                                                            : std::nullopt);
            }
            if (!done) {
                return json::object{
                    {"what", "world"},
                    {"recorded", start == nullptr ? one.at("snapshot") : json::value("start")},
                    {"replayed", nullptr},
                    {"words", done.error()}};
            }
        }
        return std::nullopt;
    }

    std::optional<json::object> request(const json::object& entry) {
        const json::object& told = entry.at("request").get_object();
        ++requests_;
        const auto named = [&told](json::object difference) {
            difference["request"] =
                std::string(told.at("method").get_string()) + " " + around(textAt(told, "target"), 0);
            return std::optional(std::move(difference));
        };
        const bool left = entry.contains("left");
        ReplayWire wire(simulator_.port());
        wire.send(requestText(told));
        const auto until =
            std::chrono::steady_clock::now() + (left ? std::chrono::seconds(kLeftPatience) : kReplayPatience);
        std::optional<json::object> heard;
        while (!heard && std::chrono::steady_clock::now() < until && !stop_.stop_requested()) {
            heard = handles_.recorder.next(std::chrono::milliseconds(200));
        }
        if (left || stop_.stop_requested()) {
            left_ += left ? 1 : 0;
            return std::nullopt;
        }
        const json::value* const answer = heard ? heard->if_contains("answer") : nullptr;
        if (answer == nullptr) {
            return named({{"what", "no_answer"}});
        }
        ++compared_;
        auto difference = differenceBetween(entry.at("answer").get_object(), answer->get_object());
        return difference ? named(std::move(*difference)) : std::nullopt;
    }

    std::optional<json::object> deed(const json::object& entry) {
        ++deeds_;
        const auto done = handles_.perform(entry.at("deed").get_object());
        handles_.recorder.holdTime();
        const std::string problem = done ? *done : done.error();
        if (problem == textAt(entry, "problem")) {
            return std::nullopt;
        }
        return json::object{{"what", "deed"},
                            {"recorded", toldBytes(textAt(entry, "problem"))},
                            {"replayed", toldBytes(problem)}};
    }

    std::optional<json::object> call(const json::object& entry) {
        ++calls_;
        const json::object& told = entry.at("admin").get_object();
        const std::string path(told.at("path").get_string());
        const json::value* const body = told.if_contains("body");
        handles_.recorder.setHome(numberAt(entry, "home_ms"));
        const auto [status, words] = admin(told.at("method").get_string(), path,
                                           body == nullptr ? json::object() : body->get_object());
        handles_.recorder.holdTime();
        if (status == numberAt(entry, "status")) {
            return std::nullopt;
        }
        return json::object{{"what", "admin"},
                            {"request", std::string(told.at("method").get_string()) + " /_sim/" + path},
                            {"recorded", numberAt(entry, "status")},
                            {"replayed", status},
                            {"words", textAt(objectAt(objectIn(words), "error"), "message")}};
    }

    const ReplayFile& file_;
    Simulator& simulator_;
    const ReplayHandles handles_;
    const std::stop_token& stop_;
    json::object report_;
    std::uint64_t requests_ = 0;
    std::uint64_t compared_ = 0;
    std::uint64_t left_ = 0;
    std::uint64_t calls_ = 0;
    std::uint64_t deeds_ = 0;
};

}  // namespace

std::expected<json::object, std::string> replayRecording(std::string_view content,
                                                         const ReplayOptions& options,
                                                         const std::stop_token& stop) {
    const auto file = readReplay(content);
    if (!file) {
        return std::unexpected(file.error());
    }
    const ReplayDirectory directory(options.directory);
    if (!directory.make(file->start.tokenKey)) {
        return std::unexpected("There is no room for the simulator of the replay.");
    }
    const ReplayStart& start = file->start;
    SimulatorConfig config;
    config.dataDirectory = options.directory;
    config.resourceDirectory = options.resourceDirectory;
    config.threads = options.threads;
    config.world = "empty";
    config.publicUrl = start.url;
    config.dialect = dialectNamed(start.dialect).value_or(DialectName::Standard);
    config.ids = start.ids == "snowflake" ? IdKind::Snowflake : IdKind::Sequential;
    config.pageSize = static_cast<unsigned>(start.pageSize);
    config.maxUploadBytes = static_cast<std::uint64_t>(start.maxUploadBytes);
    config.mediaDelay = std::chrono::milliseconds(start.mediaDelayMs);
    config.lenient = start.lenient;
    config.limiter = false;
    config.loginLimits.perAccount = static_cast<std::size_t>(start.loginsPerAccount);
    config.loginLimits.perPeer = static_cast<std::size_t>(start.loginsPerPeer);
    config.loginLimits.window = std::chrono::milliseconds(start.loginWindowMs);
    // What is cut off at its end was compared already.
    config.stopTime = std::chrono::milliseconds(200);
    auto simulator = Simulator::start(std::move(config));
    if (!simulator) {
        return std::unexpected(simulator.error());
    }
    Replay replay(*file, **simulator, stop);
    if (const auto ready = replay.prepare(); !ready) {
        return std::unexpected(ready.error());
    }
    return replay.run();
}

}  // namespace tikgok::sim
