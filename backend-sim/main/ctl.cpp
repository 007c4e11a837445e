// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/ctl.h"

#include "backend-sim/main/admin_client.h"
#include "backend-sim/main/ctl_commands.h"
#include "backend-sim/main/ctl_files.h"
#include "backend-sim/main/ctl_show.h"
#include "backend-sim/main/serve.h"
#include "backend-sim/main/whole_file.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

constexpr const char* kUsualUrl = "http://127.0.0.1:8080";

std::string withoutLineEnd(const std::string& text) {
    return text.substr(0, text.find_first_of("\r\n"));
}

// Where a simulator said that it listens; empty when none did. The error: somebody else may have said it.
std::expected<std::string, std::string> notedUrl(const std::filesystem::path& directory) {
    const std::filesystem::path file = directory / kAddressFile;
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::symlink_status(file, error))) {
        return {};
    }
    const auto content = readOwn(file);
    if (!content) {
        return std::unexpected("'" + file.string() +
                               "' is no file of your own; the token is not sent where it says. Say --url and "
                               "--token-file.");
    }
    const std::string url = withoutLineEnd(*content);
    return problemOfUrl(url) ? std::string() : url;
}

// As `serve` finds it without --data.
std::filesystem::path usualDirectory() {
    const ConfigKey* const key = findConfigKey("data.directory");
    std::filesystem::path told = key == nullptr ? std::string() : environment(environmentName(*key).c_str());
    return told.empty() ? defaultDataDirectory() : told;
}

const char* helpOf(std::string_view group) {
    static constexpr std::array<std::pair<std::string_view, const char*>, 13> kHelp{{
        {"clock", "Stop the clock, move it, let it run faster"},
        {"world", "The world: reset it, make another, write it to a file"},
        {"snapshot", "Worlds kept under names"},
        {"faults", "Fault rules between clients and the server"},
        {"inside", "Faults behind the API"},
        {"dead-letters", "What was given up, and sending it again"},
        {"people", "Who there is, and tokens for them"},
        {"scenario", "Files that say what a simulator is like and what happens in it"},
        {"instance", "Copies in the same process"},
        {"replay", "Record what happens, so that it can happen again"},
        {"journal", "What was asked and answered"},
        {"validation", "Hold what is asked and answered against the contract"},
        {"coverage", "Which failures clients have met"},
    }};
    const auto* const found =
        std::ranges::find(kHelp, group, &std::pair<std::string_view, const char*>::first);
    return found == kHelp.end() ? "" : found->second;
}

}  // namespace

struct Ctl::Parts {
    struct Given {
        const CtlArgument* argument;
        std::string value;
        bool flag = false;
        CLI::Option* option = nullptr;
    };
    struct Entry {
        const CtlCommand* command;
        CLI::App* app;
        std::deque<Given> given;
    };

    std::string url = environment("TIKGOK_SIM_URL");
    std::string token = environment("TIKGOK_SIM_ADMIN_TOKEN");
    std::string tokenFile = environment("TIKGOK_SIM_ADMIN_TOKEN_FILE");
    bool asJson = false;
    std::deque<Entry> entries;

    // Fills in what was not said. A token goes only to the address that stands beside it: another program may
    // listen at the usual one. Gives the problem, if there is one.
    std::optional<std::string> findSimulator() {
        if (token.empty() && tokenFile.empty()) {
            const std::filesystem::path directory = usualDirectory();
            const auto noted = notedUrl(directory);
            if (!noted) {
                return noted.error();
            }
            if (!noted->empty() && (url.empty() || url == *noted || url == *noted + "/")) {
                url = *noted;
                tokenFile = directory / "admin.token";
            }
        } else if (url.empty() && token.empty()) {
            const auto noted = notedUrl(std::filesystem::path(tokenFile).parent_path());
            if (!noted) {
                return noted.error();
            }
            url = *noted;
        }
        if (url.empty()) {
            url = kUsualUrl;
        }
        return std::nullopt;
    }
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
    int report(const CtlOutcome& answer) const {
        if (!answer) {
            return fail(answer.error().code, answer.error().words);
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
                showAnswer(value);
            }
        }
        return 0;
    }
    int perform(const Entry& entry, const AdminClient& client) const;
    int performCall(const Entry& entry, const AdminClient& client) const;
};

Ctl::Ctl(CLI::App& command) : parts_(std::make_unique<Parts>()) {
    command.require_subcommand(1);
    command.add_option(
        "--url", parts_->url,
        "The simulator, as its ready line says; else $TIKGOK_SIM_URL, else the one whose token it is, else "
        "http://127.0.0.1:8080");
    command.add_option("--token-file", parts_->tokenFile,
                       "admin.token in its data directory; else $TIKGOK_SIM_ADMIN_TOKEN_FILE, or the token "
                       "in $TIKGOK_SIM_ADMIN_TOKEN, or that of the simulator that serves without --data");
    command.add_flag("--json", parts_->asJson, "Print the answer as one line of JSON");
    command.fallthrough();
    for (const CtlCommand& each : ctlCommands()) {
        const std::string words = each.words;
        const std::size_t space = words.find(' ');
        CLI::App* parent = &command;
        if (space != std::string::npos) {
            const std::string group = words.substr(0, space);
            const auto known =
                command.get_subcommands([&group](CLI::App* one) { return one->get_name() == group; });
            parent = known.empty() ? nullptr : known.front();
            if (parent == nullptr) {
                parent = command.add_subcommand(group, helpOf(group));
                parent->require_subcommand(1);
                parent->fallthrough();
            }
        }
        CLI::App* app =
            parent->add_subcommand(space == std::string::npos ? words : words.substr(space + 1), each.help);
        app->fallthrough();
        Parts::Entry& entry = parts_->entries.emplace_back(Parts::Entry{&each, app, {}});
        for (const CtlArgument& argument : each.arguments) {
            Parts::Given& given = entry.given.emplace_back(Parts::Given{&argument, {}, false, nullptr});
            std::string name = argument.name;
            const bool optional = name.starts_with('[') || argument.isOption();
            std::erase_if(name, [](char c) { return c == '[' || c == ']'; });
            if (argument.place == CtlPlace::Flag) {
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
    if (const auto problem = parts_->findSimulator()) {
        return parts_->fail(kCtlNotAllowed, *problem);
    }
    if (const auto problem = problemOfUrl(parts_->url)) {
        return parts_->fail(kCtlMisused, *problem);
    }
    if (parts_->token.empty() && !parts_->tokenFile.empty()) {
        const auto content = readWhole(parts_->tokenFile);
        if (!content) {
            return parts_->fail(kCtlNotAllowed, "The token cannot be read from '" + parts_->tokenFile + "'.");
        }
        parts_->token = withoutLineEnd(*content);
    }
    if (parts_->token.empty()) {
        return parts_->fail(kCtlNotAllowed, "Say with --token-file where the simulator at " + parts_->url +
                                                " keeps its admin.token; in '" + usualDirectory().string() +
                                                "' it is not.");
    }
    return parts_->perform(*entry, AdminClient(parts_->url, parts_->token));
}

int Ctl::Parts::perform(const Entry& entry, const AdminClient& client) const {
    const auto value = [&entry](std::size_t index) { return entry.given[index].value; };
    switch (entry.command->deed) {
        case CtlDeed::Call:
            return performCall(entry, client);
        case CtlDeed::ExportWorld:
            return report(exportWorld(client, value(0)));
        case CtlDeed::ImportWorld:
            return report(importWorld(client, value(0), value(1), entry.given[2].flag));
        case CtlDeed::SaveReplay:
            return report(saveReplay(client, value(0)));
        case CtlDeed::LoadScenario:
            return report(loadScenario(client, value(0)));
    }
    return kCtlMisused;
}

int Ctl::Parts::performCall(const Entry& entry, const AdminClient& client) const {
    std::string path = entry.command->path;
    std::string query;
    std::string text = entry.command->body;
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
            case CtlPlace::Path: {
                // "faults/" would be all of them, and a variable of a shell that is not set is empty.
                if (given.value.empty()) {
                    return fail(kCtlMisused, std::string(given.argument->name) + " is empty.");
                }
                const std::size_t at = path.find("{}");
                path.replace(at, 2,
                             entry.command->path == std::string_view("{}") ? given.value
                                                                           : escapedForPath(given.value));
                break;
            }
            case CtlPlace::Text:
                body[given.argument->member] = given.value;
                break;
            case CtlPlace::Number:
                if (!isNumber) {
                    return fail(kCtlMisused, std::string(given.argument->name) + " must be an integer.");
                }
                body[given.argument->member] = number;
                break;
            case CtlPlace::Real: {
                char* last = nullptr;
                const double real = std::strtod(given.value.c_str(), &last);
                if (given.value.empty() || *last != '\0') {
                    return fail(kCtlMisused, std::string(given.argument->name) + " must be a number.");
                }
                body[given.argument->member] = real;
                break;
            }
            case CtlPlace::Flag:
                body[given.argument->member] = given.flag;
                break;
            case CtlPlace::Query:
                query += query.empty() ? "?" : "&";
                query += given.argument->member[0] == '\0'
                             ? given.value
                             : given.argument->member + ("=" + escapedForPath(given.value));
                break;
            case CtlPlace::Who:
                if (isNumber) {
                    body["id"] = number;
                } else {
                    body["name"] = given.value;
                }
                break;
            case CtlPlace::Body: {
                text = given.value;
                if (text.starts_with('@')) {
                    auto content = readWhole(text.substr(1));
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
    return report(callFor(client, entry.command->method, path + query, text));
}

}  // namespace tikgok::sim
