// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/recordings.h"

#include "backend-sim/control/base64.h"
#include "backend-sim/control/inner_call.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

using http::Verb;

constexpr std::int64_t kLeastRecording = std::int64_t{64} * 1024;
constexpr std::int64_t kUsualRecording = std::int64_t{64} * 1024 * 1024;
constexpr std::int64_t kMostRecording = std::int64_t{256} * 1024 * 1024;
constexpr const char* kStartSnapshot = "recording-start";

http::Response noRecording() {
    return adminProblem(404, "no_recording", "Nothing was recorded: PUT /_sim/recording begins.");
}

// The rules as PUT /_sim/faults takes them, from what GET gives.
json::object rulesOf(const http::Response& told) {
    boost::system::error_code error;
    const json::value all = json::parse(told.body, error);
    json::object body;
    if (error || !all.is_object()) {
        return body;
    }
    for (const char* const name : {"seed", "rules"}) {
        if (const json::value* const member = all.get_object().if_contains(name)) {
            body[name] = *member;
        }
    }
    return body;
}

json::array insideOf(const http::Response& told) {
    json::array on;
    boost::system::error_code error;
    const json::value all = json::parse(told.body, error);
    const json::value* const list =
        !error && all.is_object() ? all.get_object().if_contains("inside") : nullptr;
    if (list == nullptr || !list->is_array()) {
        return on;
    }
    for (const json::value& each : list->get_array()) {
        const json::object& fault = each.as_object();
        if (!boolIn(fault, "on").value_or(false)) {
            continue;
        }
        json::object entry{{"fault", fault.at("name")}};
        if (const json::value* const left = fault.if_contains("left")) {
            entry["times"] = *left;
        }
        on.push_back(std::move(entry));
    }
    return on;
}

}  // namespace

void Recordings::addRoutes() {
    AdminRouter& router = needs_.api.router();
    router.add(Verb::Get, "recording", "Whether something is recorded, and how much.",
               [this](const AdminRequest& /*request*/) { return stateReply(); });
    router
        .add(Verb::Put, "recording",
             "Begins to record requests, calls of this API and deeds of scenarios, with their answers, from "
             "the world "
             "as it is; what was recorded before goes. Body: {\"most_bytes\": number}.",
             [this](const AdminRequest& request) { return begin(request); })
        .takes({"most_bytes"});
    router.add(Verb::Post, "recording/stop", "Ends it. What was recorded stays.",
               [this](const AdminRequest& /*request*/) {
                   needs_.recorder.end();
                   needs_.turned();
                   return stateReply();
               });
    router.add(Verb::Delete, "recording", "Ends it, and forgets what was recorded.",
               [this](const AdminRequest& /*request*/) {
                   needs_.recorder.forget();
                   needs_.turned();
                   return stateReply();
               });
    router.add(Verb::Get, "recording/file",
               "What was recorded so far, as a file to replay. It holds passwords, tokens and the token key.",
               [this](const AdminRequest& /*request*/) {
                   std::string file = needs_.recorder.file();
                   if (file.empty()) {
                       return noRecording();
                   }
                   http::Response response;
                   response.contentType = "application/x-ndjson";
                   response.extraHeaders = "Cache-Control: no-store\r\n";
                   response.body = std::move(file);
                   return response;
               });
    router.addLate(Verb::Post, "recording/replay",
                   "Replays what was recorded in a simulator of its own, and says what was different first.",
                   [this](const AdminRequest& /*request*/, AdminResponder responder) {
                       std::string file = needs_.recorder.file();
                       if (file.empty()) {
                           responder(noRecording());
                           return;
                       }
                       replay(std::move(file), std::move(responder));
                   });
}

void Recordings::stop() {
    replaying_.request_stop();
    if (replaying_.joinable()) {
        replaying_.join();
    }
}

http::Response Recordings::stateReply(int status) const {
    const Recorder::State state = needs_.recorder.state();
    return adminReply({{"on", state.on},
                       {"full", state.full},
                       {"entries", state.entries},
                       {"bytes", state.bytes},
                       {"most_bytes", state.mostBytes}},
                      status);
}

http::Response Recordings::begin(const AdminRequest& request) {
    if (needs_.recorder.state().on) {
        return adminProblem(409, "recording", "It records already: POST /_sim/recording/stop ends that.");
    }
    std::int64_t most = kUsualRecording;
    if (request.body.contains("most_bytes")) {
        most = numberIn(request.body, "most_bytes").value_or(0);
        if (most < kLeastRecording || most > kMostRecording) {
            return adminProblem(422, "bad_member",
                                "'most_bytes' must be from " + std::to_string(kLeastRecording) + " to " +
                                    std::to_string(kMostRecording) + ".");
        }
    }
    needs_.recorder.forget();
    // What begins with the recording begins at one time.
    needs_.recorder.hold();
    http::Response response = begun(static_cast<std::size_t>(most));
    if (!needs_.recorder.state().on) {
        needs_.recorder.forget();
    }
    needs_.turned();
    return response;
}

http::Response Recordings::begun(std::size_t mostBytes) {
    auto world = worldAsItIs(mostBytes);
    if (!world) {
        return adminProblem(world.error());
    }
    const AdminRouter& router = needs_.api.router();
    ReplayStart start = needs_.likeness();
    start.faults = rulesOf(innerCall(router, Verb::Get, "faults"));
    // Their counters and times begin here.
    innerCall(router, Verb::Put, "faults", start.faults);
    start.inside = insideOf(innerCall(router, Verb::Get, "inside"));
    const VirtualTime::State time = needs_.time.state();
    start.nowMs = time.nowMs - time.skewMs;
    start.skewMs = time.skewMs;
    start.frozen = time.frozen;
    start.scale = time.scale;
    std::string head = replayLine({{"format", "tikgok-replay"},
                                   {"version", kReplayVersion},
                                   {"build", needs_.version},
                                   {"start", toldStart(start)}});
    head += replayLine({{"world", toBase64(*world)}});
    if (head.size() >= mostBytes) {
        return adminProblem(413, "too_large", "The world alone is larger than the recording may be.");
    }
    needs_.carried.begin(mostBytes);
    needs_.recorder.begin(std::move(head), mostBytes);
    return stateReply(201);
}

std::expected<std::string, WorldKeeper::Problem> Recordings::worldAsItIs(std::size_t mostBytes) {
    const auto file = needs_.worlds.exportWorld();
    if (!file) {
        return std::unexpected(file.error());
    }
    std::error_code ignored;
    std::string content;
    const auto size = std::filesystem::file_size(*file, ignored);
    const bool fits = !ignored && size < mostBytes / 4 * 3;
    if (fits) {
        std::ifstream in(*file, std::ios::binary);
        content.assign(std::istreambuf_iterator<char>(in), {});
    }
    // The recording, too, goes on from what its replay will begin with: the file.
    WorldKeeper::Result<void> restored;
    if (fits) {
        const auto kept = needs_.worlds.importFile(*file, kStartSnapshot, true);
        restored = kept ? needs_.worlds.restore(kStartSnapshot)
                        : WorldKeeper::Result<void>(std::unexpected(kept.error()));
        static_cast<void>(needs_.worlds.remove(kStartSnapshot));
    }
    std::filesystem::remove(*file, ignored);
    if (!fits) {
        return std::unexpected(WorldKeeper::Problem{
            413, "too_large", "The world is too large for a recording: take a smaller one, or more bytes."});
    }
    if (!restored) {
        return std::unexpected(restored.error());
    }
    return content;
}

void Recordings::replay(std::string content, AdminResponder responder) {
    if (busy_.exchange(true)) {
        responder(adminProblem(409, "busy", "Another replay is running."));
        return;
    }
    replaying_ = std::jthread([this, content = std::move(content),
                               responder = std::move(responder)](const std::stop_token& ends) mutable {
        auto report = needs_.replay(std::move(content), ends);
        busy_ = false;
        responder(report ? adminReply(*report) : adminProblem(422, "bad_replay", report.error()));
    });
}

}  // namespace tikgok::sim
