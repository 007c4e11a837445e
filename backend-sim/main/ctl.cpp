// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/ctl.h"

#include "backend-sim/main/admin_client.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

// How an argument reaches the API.
enum class Place : std::uint8_t {
    Path,  // the next {} of the path
    Text,  // a member of the body
    Number,
    Real,
    Flag,
    Query,
    Body,     // the body itself: JSON, or @FILE
    Members,  // JSON, or @FILE, whose members are the body
    Who,      // "id" when it is a number, else "name"
};

struct Argument {
    const char* name;
    Place place;
    // Of the body or the query.
    const char* member;
    const char* help;
    // Beginning with a dash it is an option.
    [[nodiscard]] bool isOption() const { return name[0] == '-'; }
};

struct Command {
    const char* words;
    const char* method;
    const char* path;
    const char* help;
    std::vector<Argument> arguments;
};

const std::vector<Command>& commands() {
    static const std::vector<Command> all{
        {"status", "GET", "", "What the simulator is and how it does", {}},
        {"routes", "GET", "routes", "What the admin API has", {}},
        {"clock show", "GET", "clock", "What time it is", {}},
        {"clock freeze", "POST", "clock/freeze", "Stop the clock", {}},
        {"clock resume", "POST", "clock/resume", "Let the clock go on", {}},
        {"clock reset", "POST", "clock/reset", "The computer's time again", {}},
        {"clock set",
         "POST",
         "clock/set",
         "Set the clock",
         {{"TIME", Place::Number, "now_ms", "Unix time in milliseconds"}}},
        {"clock advance",
         "POST",
         "clock/advance",
         "Put the clock forward",
         {{"MS", Place::Number, "ms", "Milliseconds"}}},
        {"clock scale",
         "POST",
         "clock/scale",
         "Let the clock run faster or slower",
         {{"FACTOR", Place::Real, "factor", "Above 0, at most 10000"}}},
        {"clock skew",
         "POST",
         "clock/skew",
         "Put the server ahead of the world",
         {{"MS", Place::Number, "ms", "Milliseconds; negative: behind"}}},
        {"world show", "GET", "world", "Which world this is", {}},
        {"world reset", "POST", "world/reset", "The world as it was made", {}},
        {"world make",
         "PUT",
         "world",
         "Another world, made anew",
         {{"NAME", Place::Text, "name", "empty, small, one, hostile, busy, huge"},
          {"--seed", Place::Number, "seed", "What busy and huge are made of"}}},
        {"snapshot list", "GET", "snapshots", "The snapshots that there are", {}},
        {"snapshot save",
         "PUT",
         "snapshots/{}",
         "Keep the world under a name",
         {{"NAME", Place::Path, "", "Its name"},
          {"--replace", Place::Flag, "replace", "Also when there is one of that name"}}},
        {"snapshot restore",
         "POST",
         "snapshots/{}/restore",
         "The world as it was kept",
         {{"NAME", Place::Path, "", "Its name"}}},
        {"snapshot remove",
         "DELETE",
         "snapshots/{}",
         "Forget a snapshot",
         {{"NAME", Place::Path, "", "Its name"}}},
        {"faults list", "GET", "faults", "The fault rules", {}},
        {"faults show", "GET", "faults/{}", "One rule", {{"NAME", Place::Path, "", "Its name"}}},
        {"faults add",
         "PUT",
         "faults/{}",
         "Put a rule in, or in the place of the one with this name",
         {{"NAME", Place::Path, "", "Its name"}, {"RULE", Place::Body, "", "JSON, or @FILE"}}},
        {"faults remove", "DELETE", "faults/{}", "Remove a rule", {{"NAME", Place::Path, "", "Its name"}}},
        {"faults on", "POST", "faults/{}/on", "Switch a rule on", {{"NAME", Place::Path, "", "Its name"}}},
        {"faults off", "POST", "faults/{}/off", "Switch a rule off", {{"NAME", Place::Path, "", "Its name"}}},
        {"faults clear", "DELETE", "faults", "Remove all rules", {}},
        {"inside list", "GET", "inside", "The faults behind the API", {}},
        {"inside on",
         "PUT",
         "inside/{}",
         "Switch one on",
         {{"FAULT", Place::Path, "", "Its name"},
          {"--times", Place::Number, "times", "How often it strikes"}}},
        {"inside off", "DELETE", "inside/{}", "Switch one off", {{"FAULT", Place::Path, "", "Its name"}}},
        {"inside clear", "DELETE", "inside", "Switch all of them off", {}},
        {"dead-letters list", "GET", "dead-letters", "What was given up", {}},
        {"dead-letters resend",
         "POST",
         "dead-letters/{}/resend",
         "Send one again",
         {{"ID", Place::Path, "", "Its id, or all"}}},
        {"people list",
         "GET",
         "people",
         "Who there is",
         {{"--name", Place::Query, "name", "A part of the name"},
          {"--after", Place::Query, "after", "Ids above this one"},
          {"--limit", Place::Query, "limit", "How many"}}},
        {"people token",
         "POST",
         "people/token",
         "A token for anybody",
         {{"WHO", Place::Who, "", "Name or id"},
          {"--age-ms", Place::Number, "age_ms", "How old it is; negative: from the future"},
          {"--damage", Place::Text, "damage",
           "expired, not_yet, signature, no_signature, cut, other_key, unknown_user, malformed"}}},
        {"scenario list", "GET", "scenarios", "The scenarios that come with the program", {}},
        {"scenario show", "GET", "scenario", "The one that is in place", {}},
        {"scenario load",
         "",
         "",
         "Put a scenario in place",
         {{"SCENARIO", Place::Body, "", "Name of one that comes with the program, or a file"}}},
        {"scenario end", "DELETE", "scenario", "End it", {}},
        {"instance list", "GET", "instances", "The instances that run", {}},
        {"instance fork",
         "POST",
         "instances",
         "Fork the simulator, world and clock",
         {{"--count", Place::Number, "count", "How many"}}},
        {"instance stop", "DELETE", "instances/{}", "Stop one", {{"ID", Place::Path, "", "Its id"}}},
        {"replay record",
         "PUT",
         "recording",
         "Record what happens from now on",
         {{"--most-bytes", Place::Number, "most_bytes", "Of the file; it ends by itself there"}}},
        {"replay show", "GET", "recording", "Whether something is recorded, and how much", {}},
        {"replay stop", "POST", "recording/stop", "End the recording", {}},
        {"replay check", "POST", "recording/replay", "Replay what was recorded, and compare", {}},
        {"replay forget", "DELETE", "recording", "End the recording, and forget it", {}},
        {"journal list",
         "GET",
         "journal",
         "What was asked and answered",
         {{"--query", Place::Query, "", "A filter as in the API, NAME=VALUE&..."}}},
        {"journal show", "GET", "journal/{}", "One entry", {{"ENTRY", Place::Path, "", "Its number"}}},
        {"journal curl",
         "GET",
         "journal/{}/curl",
         "One entry as a command",
         {{"ENTRY", Place::Path, "", "Its number"}}},
        {"journal explain",
         "GET",
         "journal/{}/explain",
         "Why it was answered as it was",
         {{"ENTRY", Place::Path, "", "Its number"}}},
        {"journal clear", "DELETE", "journal", "Empty it", {}},
        {"validation show", "GET", "validation", "What did not keep to the contract", {}},
        {"coverage show", "GET", "coverage", "Which failures a client has met", {}},
        {"get", "GET", "{}", "Any other call", {{"PATH", Place::Path, "", "Below /_sim/"}}},
        {"post",
         "POST",
         "{}",
         "Any other call",
         {{"PATH", Place::Path, "", "Below /_sim/"}, {"[BODY]", Place::Body, "", "JSON, or @FILE"}}},
        {"put",
         "PUT",
         "{}",
         "Any other call",
         {{"PATH", Place::Path, "", "Below /_sim/"}, {"[BODY]", Place::Body, "", "JSON, or @FILE"}}},
        {"delete", "DELETE", "{}", "Any other call", {{"PATH", Place::Path, "", "Below /_sim/"}}},
        {"replay save",
         "",
         "",
         "What was recorded as a file, for `tikgok-sim replay`; it holds passwords and the token key",
         {{"FILE", Place::Text, "", "Where it goes"}}},
        {"world export",
         "",
         "",
         "The world as one file; an old one stays until the new one is whole",
         {{"FILE", Place::Text, "", "Where it goes"}}},
        {"world import",
         "",
         "",
         "Make a snapshot of such a file",
         {{"FILE", Place::Text, "", "The file"},
          {"NAME", Place::Text, "", "Of the snapshot"},
          {"--replace", Place::Flag, "replace", "Also when there is one of that name"}}},
    };
    return all;
}

std::optional<std::string> contentOf(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(in), {}};
    return in.bad() || !in.is_open() ? std::nullopt : std::optional(std::move(content));
}

std::string base64Of(std::string_view bytes) {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t bits = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t each = 0; each < 3; ++each) {
            bits = bits << 8U | (each < count ? static_cast<unsigned char>(bytes[i + each]) : 0U);
        }
        for (std::size_t each = 0; each < 4; ++each) {
            out += each <= count ? kLetters[bits >> (18U - 6U * static_cast<unsigned>(each)) & 63U] : '=';
        }
    }
    return out;
}

// For people: members line by line, lists of objects as a table.
void show(const json::value& value, const std::string& indent) {
    const auto plain = [](const json::value& each) {
        return each.is_string() ? std::string(each.get_string()) : json::serialize(each);
    };
    if (!value.is_object()) {
        std::printf("%s%s\n", indent.c_str(), plain(value).c_str());
        return;
    }
    for (const auto& [key, member] : value.get_object()) {
        const std::string name(key);
        if (member.is_object()) {
            std::printf("%s%s:\n", indent.c_str(), name.c_str());
            show(member, indent + "  ");
        } else if (member.is_array()) {
            std::printf("%s%s: %zu\n", indent.c_str(), name.c_str(), member.get_array().size());
            for (const json::value& each : member.get_array()) {
                std::string line;
                if (each.is_object()) {
                    for (const auto& [column, cell] : each.get_object()) {
                        line += (line.empty() ? "" : "  ") + std::string(column) + "=" + plain(cell);
                    }
                } else {
                    line = plain(each);
                }
                std::printf("%s  %s\n", indent.c_str(), line.c_str());
            }
        } else {
            std::printf("%s%s: %s\n", indent.c_str(), name.c_str(), plain(member).c_str());
        }
    }
}

std::string escaped(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || c == '-' || c == '_' || c == '.' || c == '~') {
            out += c;
        } else {
            out += '%';
            out += kDigits[static_cast<unsigned char>(c) >> 4U];
            out += kDigits[static_cast<unsigned char>(c) & 15U];
        }
    }
    return out;
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

struct Ctl::Parts {
    struct Given {
        const Argument* argument;
        std::string value;
        bool flag = false;
        CLI::Option* option = nullptr;
    };
    struct Entry {
        const Command* command;
        CLI::App* app;
        std::deque<Given> given;
    };

    std::string url = environment("TIKGOK_SIM_URL");
    std::string token = environment("TIKGOK_SIM_ADMIN_TOKEN");
    std::string tokenFile = environment("TIKGOK_SIM_ADMIN_TOKEN_FILE");
    bool asJson = false;
    std::deque<Entry> entries;

    int fail(int code, const std::string& words) const {
        if (asJson) {
            std::printf("%s\n", json::serialize(json::value{{"error",
                                                             {{"code", code == kCtlNobody ? "nobody" : "ctl"},
                                                              {"message", words}}}})
                                    .c_str());
        }
        std::fprintf(stderr, "tikgok-sim: %s\n", words.c_str());
        return code;
    }
    int report(const std::expected<AdminAnswer, std::string>& answer) const {
        if (!answer) {
            return fail(kCtlNobody, answer.error());
        }
        boost::system::error_code error;
        const json::value value = json::parse(answer->body, error);
        const bool good = answer->status >= 200 && answer->status < 300;
        if (asJson) {
            std::string line =
                error ? json::serialize(json::value{{"status", answer->status}}) : answer->body;
            while (line.ends_with('\n')) {
                line.pop_back();
            }
            std::printf("%s\n", line.c_str());
        }
        if (!good) {
            std::fprintf(stderr, "tikgok-sim: %s\n", wordsOf(*answer).c_str());
            return answer->status == 401 || answer->status == 403 ? kCtlNotAllowed : kCtlRefused;
        }
        if (!asJson) {
            if (error) {
                std::printf("%s\n", answer->body.c_str());
            } else {
                show(value, "");
            }
        }
        return 0;
    }
    int perform(const Entry& entry, const AdminClient& client) const;
    int exportWorld(const Entry& entry, const AdminClient& client) const;
    int saveReplay(const Entry& entry, const AdminClient& client) const;
    int importWorld(const Entry& entry, const AdminClient& client) const;
    int loadScenario(const Entry& entry, const AdminClient& client) const;
};

Ctl::Ctl(CLI::App& command) : parts_(std::make_unique<Parts>()) {
    command.require_subcommand(1);
    command.add_option(
        "--url", parts_->url,
        "The simulator, as its ready line says; else $TIKGOK_SIM_URL, else http://127.0.0.1:8080");
    command.add_option("--token-file", parts_->tokenFile,
                       "admin.token in its data directory; else $TIKGOK_SIM_ADMIN_TOKEN_FILE, or the token "
                       "in $TIKGOK_SIM_ADMIN_TOKEN");
    command.add_flag("--json", parts_->asJson, "Print the answer as one line of JSON");
    command.fallthrough();
    for (const Command& each : commands()) {
        const std::string words = each.words;
        const std::size_t space = words.find(' ');
        CLI::App* parent = &command;
        if (space != std::string::npos) {
            const std::string group = words.substr(0, space);
            const auto known =
                command.get_subcommands([&group](CLI::App* one) { return one->get_name() == group; });
            parent = known.empty() ? nullptr : known.front();
            if (parent == nullptr) {
                parent = command.add_subcommand(group, "Commands about the " + group);
                parent->require_subcommand(1);
                parent->fallthrough();
            }
        }
        CLI::App* app =
            parent->add_subcommand(space == std::string::npos ? words : words.substr(space + 1), each.help);
        app->fallthrough();
        Parts::Entry& entry = parts_->entries.emplace_back(Parts::Entry{&each, app, {}});
        for (const Argument& argument : each.arguments) {
            Parts::Given& given = entry.given.emplace_back(Parts::Given{&argument, {}, false, nullptr});
            std::string name = argument.name;
            const bool optional = name.starts_with('[') || argument.isOption();
            std::erase_if(name, [](char c) { return c == '[' || c == ']'; });
            if (argument.place == Place::Flag) {
                given.option = app->add_flag(name, given.flag, argument.help);
            } else {
                given.option = app->add_option(name, given.value, argument.help);
                given.option->required(!optional);
            }
        }
    }
}

Ctl::~Ctl() = default;

int Ctl::run() {
    const auto entry =
        std::ranges::find_if(parts_->entries, [](const Parts::Entry& each) { return each.app->parsed(); });
    if (entry == parts_->entries.end()) {
        return kCtlMisused;
    }
    if (parts_->url.empty()) {
        parts_->url = "http://127.0.0.1:8080";
    }
    if (parts_->token.empty() && !parts_->tokenFile.empty()) {
        const auto content = contentOf(parts_->tokenFile);
        if (!content) {
            return parts_->fail(kCtlNotAllowed, "The token cannot be read from '" + parts_->tokenFile + "'.");
        }
        parts_->token = content->substr(0, content->find_first_of("\r\n"));
    }
    if (parts_->token.empty()) {
        return parts_->fail(kCtlNotAllowed,
                            "Say with --token-file where the simulator keeps its admin.token.");
    }
    return parts_->perform(*entry, AdminClient(parts_->url, parts_->token));
}

int Ctl::Parts::perform(const Entry& entry, const AdminClient& client) const {
    const std::string_view words = entry.command->words;
    if (words == "world export") {
        return exportWorld(entry, client);
    }
    if (words == "replay save") {
        return saveReplay(entry, client);
    }
    if (words == "world import") {
        return importWorld(entry, client);
    }
    if (words == "scenario load") {
        return loadScenario(entry, client);
    }
    std::string path = entry.command->path;
    std::string query;
    std::string text;
    json::object body;
    for (const Given& given : entry.given) {
        if (given.option->count() == 0) {
            continue;
        }
        std::int64_t number = 0;
        const char* const end = given.value.data() + given.value.size();
        const auto [stop, error] = std::from_chars(given.value.data(), end, number);
        const bool isNumber = error == std::errc() && stop == end;
        switch (given.argument->place) {
            case Place::Path: {
                const std::size_t at = path.find("{}");
                path.replace(
                    at, 2,
                    entry.command->path == std::string_view("{}") ? given.value : escaped(given.value));
                break;
            }
            case Place::Text:
                body[given.argument->member] = given.value;
                break;
            case Place::Number:
                if (!isNumber) {
                    return fail(kCtlMisused, std::string(given.argument->name) + " must be an integer.");
                }
                body[given.argument->member] = number;
                break;
            case Place::Real: {
                char* last = nullptr;
                const double real = std::strtod(given.value.c_str(), &last);
                if (given.value.empty() || *last != '\0') {
                    return fail(kCtlMisused, std::string(given.argument->name) + " must be a number.");
                }
                body[given.argument->member] = real;
                break;
            }
            case Place::Flag:
                body[given.argument->member] = given.flag;
                break;
            case Place::Query:
                query += query.empty() ? "?" : "&";
                query += given.argument->member[0] == '\0'
                             ? given.value
                             : given.argument->member + ("=" + escaped(given.value));
                break;
            case Place::Who:
                if (isNumber) {
                    body["id"] = number;
                } else {
                    body["name"] = given.value;
                }
                break;
            case Place::Body:
            case Place::Members: {
                text = given.value;
                if (text.starts_with('@')) {
                    auto content = contentOf(text.substr(1));
                    if (!content) {
                        return fail(kCtlMisused, "'" + text.substr(1) + "' cannot be read.");
                    }
                    text = std::move(*content);
                }
                break;
            }
        }
    }
    if (text.empty() && !body.empty()) {
        text = json::serialize(body);
    }
    return report(client.call(entry.command->method, path + query, text));
}

int Ctl::Parts::exportWorld(const Entry& entry, const AdminClient& client) const {
    const auto answer = client.call("GET", "world/export", "");
    if (!answer || answer->status != 200) {
        return report(answer);
    }
    const std::string& file = entry.given[0].value;
    if (const auto done = installExport(file, answer->body); !done) {
        return fail(kCtlRefused, done.error());
    }
    return report(
        AdminAnswer{200, json::serialize(json::value{{"file", file}, {"bytes", answer->body.size()}})});
}

int Ctl::Parts::saveReplay(const Entry& entry, const AdminClient& client) const {
    const auto answer = client.call("GET", "recording/file", "");
    if (!answer || answer->status != 200) {
        return report(answer);
    }
    const std::string& file = entry.given[0].value;
    const std::string next = file + ".new";
    std::error_code error;
    std::filesystem::remove(next, error);
    // For its owner alone: there are passwords in it.
    const int descriptor = ::open(next.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    std::string_view left = answer->body;
    while (descriptor >= 0 && !left.empty()) {
        const ssize_t written = ::write(descriptor, left.data(), left.size());
        if (written <= 0) {
            break;
        }
        left.remove_prefix(static_cast<std::size_t>(written));
    }
    const bool whole = descriptor >= 0 && left.empty() && ::close(descriptor) == 0;
    if (whole) {
        std::filesystem::rename(next, file, error);
    }
    if (!whole || error) {
        std::error_code ignored;
        std::filesystem::remove(next, ignored);
        return fail(kCtlRefused, "'" + file + "' cannot be written; what was there is left as it is.");
    }
    return report(
        AdminAnswer{200, json::serialize(json::value{{"file", file}, {"bytes", answer->body.size()}})});
}

int Ctl::Parts::importWorld(const Entry& entry, const AdminClient& client) const {
    const auto content = contentOf(entry.given[0].value);
    if (!content) {
        return fail(kCtlMisused, "'" + entry.given[0].value + "' cannot be read.");
    }
    auto answer = client.call("POST", "imports", "{}");
    if (!answer || answer->status != 201) {
        return report(answer);
    }
    const std::string import(json::parse(answer->body).at("import").as_string());
    constexpr std::size_t kPiece = 1'000'000;
    for (std::size_t at = 0; at < content->size(); at += kPiece) {
        answer = client.call(
            "PUT", "imports/" + import,
            json::serialize(json::value{
                {"at", at}, {"base64", base64Of(std::string_view(*content).substr(at, kPiece))}}));
        if (!answer || answer->status != 200) {
            return report(answer);
        }
    }
    return report(client.call(
        "POST", "imports/" + import + "/finish",
        json::serialize(json::value{{"name", entry.given[1].value}, {"replace", entry.given[2].flag}})));
}

int Ctl::Parts::loadScenario(const Entry& entry, const AdminClient& client) const {
    const std::string& which = entry.given[0].value;
    const auto content = contentOf(which);
    if (!content && (which.find('/') != std::string::npos || which.ends_with(".json"))) {
        return fail(kCtlMisused, "'" + which + "' cannot be read.");
    }
    return report(content ? client.call("PUT", "scenario", *content)
                          : client.call("POST", "scenarios/" + escaped(which), "{}"));
}

}  // namespace tikgok::sim
