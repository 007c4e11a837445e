// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/replay_file.h"

#include "backend-sim/control/admin_router.h"
#include "backend-sim/control/base64.h"
#include "backend-sim/control/json_reader.h"
#include "backend-sim/gateway/hmac.h"
#include "backend-sim/ports/virtual_time.h"
#include "backend-sim/services/dialect_name.h"
#include "core/contract/text.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <unistd.h>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

constexpr std::string_view kReplayFormat = "tikgok-replay";
constexpr std::size_t kMostReplayEntries = 1'000'000;
// Longer bodies are told by their checksum.
constexpr std::size_t kLongestToldBody = std::size_t{1024} * 1024;
constexpr std::size_t kTokenKeyBytes = 32;

std::string hexOf(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        out += kDigits[static_cast<unsigned char>(c) >> 4U];
        out += kDigits[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

// FNV-1a.
class BodyMark {
public:
    void add(const char* data, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) {
            mark_ = (mark_ ^ static_cast<unsigned char>(data[i])) * 0x100000001b3ULL;
        }
    }
    [[nodiscard]] std::string text() const {
        std::string bytes;
        for (unsigned shift = 64; shift > 0; shift -= 8) {
            bytes += static_cast<char>(mark_ >> (shift - 8) & 0xffU);
        }
        return hexOf(bytes);
    }

private:
    std::uint64_t mark_ = 0xcbf29ce484222325ULL;
};

std::string markOfFile(const http::FileBody& file) {
    constexpr std::size_t kPiece = 65'536;
    BodyMark mark;
    std::vector<char> piece(kPiece);
    std::uint64_t at = file.offset();
    const std::uint64_t end = at + file.length();
    while (at < end) {
        const std::size_t want = static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, end - at));
        const ssize_t got = ::pread(file.descriptor(), piece.data(), want, static_cast<off_t>(at));
        if (got <= 0) {
            return "unreadable";
        }
        mark.add(piece.data(), static_cast<std::size_t>(got));
        at += static_cast<std::uint64_t>(got);
    }
    return mark.text();
}

json::object toldDelivery(const http::Delivery& delivery) {
    json::object all;
    using End = http::Delivery::End;
    if (delivery.hold.count() != 0) {
        all["hold_ms"] = delivery.hold.count();
    }
    if (delivery.end != End::None) {
        all["end"] = delivery.end == End::Close ? "close" : "reset";
        all["end_at"] = delivery.endAt;
        all["headless"] = delivery.headless;
    }
    if (delivery.stallAt) {
        all["stall_at"] = *delivery.stallAt;
        all["stall_ms"] = delivery.stall.count();
    }
    if (delivery.bytesPerSecond != 0) {
        all["bytes_per_s"] = delivery.bytesPerSecond;
    }
    if (delivery.corruptAt) {
        all["corrupt_at"] = *delivery.corruptAt;
    }
    return all;
}

bool isReplayUrl(std::string_view url) {
    return url.starts_with("http://") && url.size() > 7 && url.size() < 256 &&
           url.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-[]", 7) ==
               std::string_view::npos;
}

bool isHeadText(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

// Nothing: it is as it should be.
std::optional<std::string> problemOfRequest(const json::value& told) {
    const json::object* const request = told.if_object();
    if (request == nullptr) {
        return "'request' must be an object";
    }
    const auto* const method = request->if_contains("method");
    const bool known = method != nullptr && method->is_string() && !method->get_string().empty() &&
                       method->get_string().size() < 32 &&
                       std::ranges::all_of(method->get_string(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!known) {
        return "'method' must be a word in capital letters";
    }
    const auto* const target = request->if_contains("target");
    const auto line = target == nullptr ? std::nullopt : bytesTold(*target);
    if (!line || line->empty() || line->front() != '/' || line->starts_with("/_sim") ||
        line->find(' ') != std::string::npos || !isHeadText(*line)) {
        return "'target' must be a path of the public API";
    }
    const auto* const headers = request->if_contains("headers");
    if (headers == nullptr || !headers->is_array()) {
        return "'headers' must be a list";
    }
    for (const json::value& each : headers->get_array()) {
        const json::array* const pair = each.if_array();
        if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_string() ||
            !isHeadText((*pair)[0].get_string()) || (*pair)[0].get_string().find(':') != json::string::npos) {
            return "each of 'headers' must be a name and a value";
        }
        const auto value = bytesTold((*pair)[1]);
        if (!value || !isHeadText(*value)) {
            return "each of 'headers' must be a name and a value";
        }
    }
    const auto* const body = request->if_contains("body");
    if (body != nullptr && !bytesTold(*body)) {
        return "'body' must be a text or base64";
    }
    return std::nullopt;
}

bool isCarried(const json::value& told) {
    const json::array* const list = told.if_array();
    return list != nullptr && std::ranges::all_of(*list, [](const json::value& each) {
               const json::object* const one = each.if_object();
               if (one == nullptr) {
                   return false;
               }
               const json::value* const start = one->if_contains("start");
               const auto name = textIn(*one, "snapshot");
               return start != nullptr ? start->is_null() || start->is_string()
                                       : name && isAdminName(*name) && textIn(*one, "world");
           });
}

std::optional<std::string> problemOfEntry(const json::object& entry) {
    const json::value* const now = entry.if_contains("now_ms");
    if (now == nullptr || !now->is_int64() || now->get_int64() < VirtualTime::kEarliestMs ||
        now->get_int64() > VirtualTime::kLatestMs) {
        return "'now_ms' must be a time";
    }
    if (const json::value* const request = entry.if_contains("request")) {
        const json::value* const answer = entry.if_contains("answer");
        const bool answered = answer != nullptr && answer->is_object();
        if (!answered && !entry.contains("left")) {
            return "'answer' must be an object";
        }
        return problemOfRequest(*request);
    }
    if (const json::value* const carried = entry.if_contains("carried"); carried && !isCarried(*carried)) {
        return "'carried' must be a list of worlds";
    }
    if (const json::value* const deed = entry.if_contains("deed")) {
        return deed->is_object() ? std::nullopt : std::optional<std::string>("'deed' must be an object");
    }
    const json::value* const admin = entry.if_contains("admin");
    const json::object* const call = admin == nullptr ? nullptr : admin->if_object();
    if (call == nullptr) {
        return "there is neither a request nor a deed nor a call of the admin API";
    }
    const auto* const method = call->if_contains("method");
    const auto* const path = call->if_contains("path");
    const bool good = method != nullptr && method->is_string() && path != nullptr && path->is_string();
    const std::string_view verb = good ? std::string_view(method->get_string()) : std::string_view();
    if (!good || !isReplayedCall(verb == "PUT"      ? http::Verb::Put
                                 : verb == "POST"   ? http::Verb::Post
                                 : verb == "DELETE" ? http::Verb::Delete
                                                    : http::Verb::Other,
                                 path->get_string())) {
        return "this call of the admin API does not belong into a replay";
    }
    const auto* const body = call->if_contains("body");
    if (body != nullptr && !body->is_object()) {
        return "the 'body' of a call of the admin API must be an object";
    }
    return std::nullopt;
}

std::expected<ReplayStart, std::string> startTold(const json::object& told) {
    std::string problem;
    JsonReader in(told, "start.", problem);
    ReplayStart start;
    constexpr std::int64_t kMost = std::int64_t{1} << 53;
    start.url = in.text("url").value_or("");
    start.tokenKey = fromBase64(in.text("token_key").value_or("")).value_or("");
    start.dialect = in.text("dialect").value_or("");
    start.ids = in.text("ids").value_or("");
    start.pageSize = in.integer("page_size", 1, 30).value_or(0);
    start.maxUploadBytes = in.integer("max_upload_bytes", 1, kMost).value_or(0);
    start.mediaDelayMs = in.integer("media_delay_ms", 0, kMost).value_or(0);
    start.lenient = in.flag("lenient").value_or(false);
    start.loginsPerAccount = in.integer("logins_per_account", 0, kMost).value_or(0);
    start.loginsPerPeer = in.integer("logins_per_peer", 0, kMost).value_or(0);
    start.loginWindowMs = in.integer("login_window_ms", 1, kMost).value_or(0);
    start.nowMs = in.integer("now_ms", VirtualTime::kEarliestMs, VirtualTime::kLatestMs).value_or(0);
    start.skewMs = in.integer("skew_ms", -VirtualTime::kMostSkewMs, VirtualTime::kMostSkewMs).value_or(0);
    start.frozen = in.flag("frozen").value_or(false);
    start.scale = in.integer("scale", 1, VirtualTime::kMostScale).value_or(0);
    const json::value* const faults = told.if_contains("faults");
    const json::value* const inside = told.if_contains("inside");
    if (!problem.empty()) {
        return std::unexpected(problem);
    }
    if (!isReplayUrl(start.url) || start.tokenKey.size() != kTokenKeyBytes || !dialectNamed(start.dialect) ||
        (start.ids != "sequential" && start.ids != "snowflake") || start.pageSize == 0 ||
        start.maxUploadBytes == 0 || start.loginWindowMs == 0 || start.scale == 0 || faults == nullptr ||
        !faults->is_object() || inside == nullptr || !inside->is_array()) {
        return std::unexpected("'start' lacks something, or something in it is wrong");
    }
    start.faults = faults->get_object();
    start.inside = inside->get_array();
    return start;
}

std::optional<json::object> objectOf(std::string_view line) {
    boost::system::error_code error;
    json::value value = json::parse(line, error);
    return !error && value.is_object() ? std::optional(std::move(value.get_object())) : std::nullopt;
}

}  // namespace

json::value toldBytes(std::string_view bytes) {
    if (contract::characterCount(bytes)) {
        return json::value(bytes);
    }
    return json::object{{"base64", toBase64(bytes)}};
}

std::optional<std::string> bytesTold(const json::value& told) {
    if (told.is_string()) {
        return std::string(told.get_string());
    }
    const json::value* const packed = told.is_object() ? told.get_object().if_contains("base64") : nullptr;
    return packed != nullptr && packed->is_string() ? fromBase64(packed->get_string()) : std::nullopt;
}

json::object toldRequest(const http::Request& request, std::string_view body) {
    std::string target(request.path);
    if (!request.query.empty()) {
        target += '?';
        target += request.query;
    }
    json::array headers;
    const auto known = [&headers](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            headers.push_back(json::array{json::value(name), toldBytes(value)});
        }
    };
    known("Host", request.host);
    known("Content-Type", request.contentType);
    known("Content-Encoding", request.contentEncoding);
    known("Accept-Encoding", request.acceptEncoding);
    known("Range", request.range);
    known("If-Range", request.ifRange);
    known("If-None-Match", request.ifNoneMatch);
    known("If-Modified-Since", request.ifModifiedSince);
    known("traceparent", request.traceParent);
    for (const auto& [name, value] : request.otherHeaders) {
        // What is about the connection is said anew for another one.
        const bool own = http::sameFieldName(name, "connection") || http::sameFieldName(name, "keep-alive") ||
                         http::sameFieldName(name, "expect") ||
                         http::sameFieldName(name, "transfer-encoding") ||
                         http::sameFieldName(name, "content-length") || http::sameFieldName(name, "upgrade");
        if (!own && contract::characterCount(name)) {
            headers.push_back(json::array{json::value(name), toldBytes(value)});
        }
    }
    json::object all{{"method", http::verbName(request.verb)},
                     {"target", toldBytes(target)},
                     {"headers", std::move(headers)}};
    if (!body.empty()) {
        all["body"] = toldBytes(body);
    }
    return all;
}

json::object toldAnswer(const http::Response& response) {
    json::object all{{"status", response.status},
                     {"type", response.contentType},
                     {"headers", toldBytes(response.extraHeaders)}};
    if (response.file) {
        all["bytes"] = response.file->length();
        all["mark"] = markOfFile(*response.file);
    } else if (response.body.size() > kLongestToldBody) {
        BodyMark mark;
        mark.add(response.body.data(), response.body.size());
        all["bytes"] = response.body.size();
        all["mark"] = mark.text();
    } else {
        all["body"] = toldBytes(response.body);
    }
    if (response.close) {
        all["close"] = true;
    }
    if (response.delivery) {
        all["delivery"] = toldDelivery(*response.delivery);
    }
    return all;
}

std::string replayLine(const json::object& line) {
    return json::serialize(line) + "\n";
}

std::string replayEnd(std::string_view before, std::uint64_t entries) {
    return replayLine({{"end", {{"entries", entries}, {"check", hexOf(hmacSha256(kReplayFormat, before))}}}});
}

json::object toldStart(const ReplayStart& start) {
    return {{"url", start.url},
            {"token_key", toBase64(start.tokenKey)},
            {"dialect", start.dialect},
            {"ids", start.ids},
            {"page_size", start.pageSize},
            {"max_upload_bytes", start.maxUploadBytes},
            {"media_delay_ms", start.mediaDelayMs},
            {"lenient", start.lenient},
            {"logins_per_account", start.loginsPerAccount},
            {"logins_per_peer", start.loginsPerPeer},
            {"login_window_ms", start.loginWindowMs},
            {"now_ms", start.nowMs},
            {"skew_ms", start.skewMs},
            {"frozen", start.frozen},
            {"scale", start.scale},
            {"faults", start.faults},
            {"inside", start.inside}};
}

std::expected<ReplayFile, std::string> readReplay(std::string_view content) {
    if (content.size() > kMostReplayFile) {
        return std::unexpected("The file is larger than a replay may be.");
    }
    ReplayFile file;
    std::size_t number = 0;
    std::size_t at = 0;
    const auto wrong = [&number](const std::string& what) {
        return std::unexpected("Line " + std::to_string(number) + " of the replay: " + what + ".");
    };
    for (;;) {
        ++number;
        const std::size_t end = content.find('\n', at);
        if (end == std::string_view::npos) {
            return number == 1 ? std::unexpected(std::string("This is no replay."))
                               : wrong("the file is cut off here");
        }
        auto line = objectOf(content.substr(at, end - at));
        if (number == 1) {
            if (!line || textIn(*line, "format") != kReplayFormat) {
                return std::unexpected("This is no replay.");
            }
            if (numberIn(*line, "version") != kReplayVersion) {
                return std::unexpected("This replay is of a version that this program does not know.");
            }
            file.build = textIn(*line, "build").value_or("");
            const json::value* const told = line->if_contains("start");
            auto start = told != nullptr && told->is_object()
                             ? startTold(told->get_object())
                             : std::unexpected(std::string("'start' is missing"));
            if (!start) {
                return wrong(start.error());
            }
            file.start = std::move(*start);
        } else if (!line) {
            return wrong("it is damaged");
        } else if (number == 2) {
            auto world = fromBase64(textIn(*line, "world").value_or("-"));
            if (!world || world->empty()) {
                return wrong("the world is missing");
            }
            file.world = std::move(*world);
        } else if (const json::value* const last = line->if_contains("end")) {
            // Word by word: what stands in the file must be what would be written there.
            if (at + (end - at) + 1 != content.size() ||
                replayEnd(content.substr(0, at), file.entries.size()) != content.substr(at)) {
                static_cast<void>(last);
                return wrong("the file was changed or damaged: its checksum is another one");
            }
            return file;
        } else {
            if (auto problem = problemOfEntry(*line)) {
                return wrong(*problem);
            }
            if (file.entries.size() == kMostReplayEntries) {
                return wrong("there are too many entries");
            }
            file.entries.push_back(std::move(*line));
        }
        at = end + 1;
    }
}

bool isReplayedCall(http::Verb verb, std::string_view path) {
    constexpr std::array<std::string_view, 9> kAreas{"clock",     "dialect",      "faults",
                                                     "inside",    "dead-letters", "world",
                                                     "snapshots", "scenario",     "scenarios"};
    if ((verb != http::Verb::Put && verb != http::Verb::Post && verb != http::Verb::Delete) ||
        path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_/") !=
            std::string_view::npos ||
        path.find("/.") != std::string_view::npos) {
        return false;
    }
    return std::ranges::find(kAreas, path.substr(0, path.find('/'))) != kAreas.end();
}

}  // namespace tikgok::sim
