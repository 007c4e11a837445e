// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/ctl_files.h"

#include "backend-sim/control/base64.h"
#include "backend-sim/main/ctl.h"
#include "backend-sim/main/whole_file.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

std::unexpected<CtlFailure> cannotRead(const std::string& file) {
    return std::unexpected(CtlFailure{kCtlMisused, "'" + file + "' cannot be read."});
}

bool isDone(const CtlOutcome& outcome) {
    return outcome && outcome->status >= 200 && outcome->status < 300;
}

CtlOutcome written(const std::string& file, std::string_view content, Readers readers) {
    if (auto done = writeWhole(file, content, readers); !done) {
        return std::unexpected(CtlFailure{kCtlRefused, std::move(done.error())});
    }
    return AdminAnswer{200, json::serialize(json::value{{"file", file}, {"bytes", content.size()}})};
}

// Whether all of a downloaded world is there: the header of SQLite says how long it is.
bool isWholeWorld(std::string_view content) {
    constexpr std::string_view kMagic = "SQLite format 3";
    constexpr std::size_t kHeader = 100;
    if (content.size() < kHeader || !content.starts_with(kMagic)) {
        return false;
    }
    const auto byte = [&content](std::size_t at) {
        return static_cast<std::uint64_t>(static_cast<unsigned char>(content[at]));
    };
    const std::uint64_t page = byte(16) * 256 + byte(17);
    const std::uint64_t pages = ((byte(28) * 256 + byte(29)) * 256 + byte(30)) * 256 + byte(31);
    return (page == 1 ? 65536 : page) * pages == content.size();
}

CtlOutcome sendPieces(const AdminClient& client, const std::string& import, std::string_view content) {
    constexpr std::size_t kPiece = 1'000'000;
    CtlOutcome outcome = AdminAnswer{200, {}};
    for (std::size_t at = 0; isDone(outcome) && at < content.size(); at += kPiece) {
        outcome = callFor(
            client, "PUT", "imports/" + import,
            json::serialize(json::value{{"at", at}, {"base64", toBase64(content.substr(at, kPiece))}}));
    }
    return outcome;
}

}  // namespace

CtlOutcome callFor(const AdminClient& client, std::string_view method, std::string_view path,
                   const std::string& body) {
    auto answer = client.call(method, path, body);
    return answer ? CtlOutcome(std::move(*answer))
                  : std::unexpected(CtlFailure{kCtlNobody, std::move(answer.error())});
}

CtlOutcome exportWorld(const AdminClient& client, const std::string& file) {
    const CtlOutcome outcome = callFor(client, "GET", "world/export", "");
    if (!isDone(outcome)) {
        return outcome;
    }
    if (!isWholeWorld(outcome->body)) {
        return std::unexpected(
            CtlFailure{kCtlRefused, "What came is no whole world; '" + file + "' is left as it is."});
    }
    return written(file, outcome->body, Readers::Everybody);
}

CtlOutcome importWorld(const AdminClient& client, const std::string& file, const std::string& name,
                       bool replace) {
    const auto content = readWhole(file);
    if (!content) {
        return cannotRead(file);
    }
    CtlOutcome outcome = callFor(client, "POST", "imports", "");
    if (!isDone(outcome)) {
        return outcome;
    }
    boost::system::error_code error;
    const json::value begun = json::parse(outcome->body, error);
    const json::value* const told = error ? nullptr : begun.find_pointer("/import", error);
    if (told == nullptr || !told->is_string()) {
        return std::unexpected(
            CtlFailure{kCtlRefused, "What answers at " + client.url() + " is no simulator."});
    }
    const std::string import(told->get_string());
    outcome = sendPieces(client, import, *content);
    if (isDone(outcome)) {
        outcome = callFor(client, "POST", "imports/" + import + "/finish",
                          json::serialize(json::value{{"name", name}, {"replace", replace}}));
    }
    if (!isDone(outcome)) {
        // The file is here for another try. Whether there is still something to take back does not matter.
        static_cast<void>(client.call("DELETE", "imports/" + import, ""));
    }
    return outcome;
}

CtlOutcome saveReplay(const AdminClient& client, const std::string& file) {
    const CtlOutcome outcome = callFor(client, "GET", "recording/file", "");
    return isDone(outcome) ? written(file, outcome->body, Readers::Owner) : outcome;
}

CtlOutcome loadScenario(const AdminClient& client, const std::string& which) {
    if (const auto content = readWhole(which)) {
        return callFor(client, "PUT", "scenario", *content);
    }
    if (which.find('/') != std::string::npos || which.ends_with(".json")) {
        return cannotRead(which);
    }
    return callFor(client, "POST", "scenarios/" + escapedForPath(which), "");
}

}  // namespace tikgok::sim
