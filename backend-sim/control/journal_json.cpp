// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/journal_json.h"

#include "backend-sim/gateway/params.h"
#include "backend-sim/gateway/trace.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <functional>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

// JSON texts are UTF-8; what a client sent may be anything.
std::string asUtf8(std::string_view bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        const std::size_t length = lead < 0x80                   ? 1
                                   : lead >= 0xc2 && lead < 0xe0 ? 2
                                   : lead >= 0xe0 && lead < 0xf0 ? 3
                                   : lead >= 0xf0 && lead < 0xf5 ? 4
                                                                 : 0;
        bool good = length > 0 && i + length <= bytes.size();
        for (std::size_t k = 1; good && k < length; ++k) {
            good = (static_cast<unsigned char>(bytes[i + k]) & 0xc0U) == 0x80;
        }
        if (good) {
            out += bytes.substr(i, length);
            i += length;
        } else {
            out += "\xef\xbf\xbd";
            ++i;
        }
    }
    return out;
}

std::string targetOf(const JournalView& entry) {
    std::string target(entry.texts[JournalText::Path]);
    if (const std::string_view query = entry.texts[JournalText::Query]; !query.empty()) {
        target += '?';
        target += query;
    }
    return target;
}

void eachHeader(std::string_view lines,
                const std::function<void(std::string_view name, std::string_view value)>& visit) {
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        const std::size_t colon = std::min(line.find(": "), line.size());
        visit(line.substr(0, colon), line.substr(std::min(colon + 2, line.size())));
    }
}

json::array headerList(std::string_view lines, std::string_view type) {
    json::array list;
    eachHeader(lines, [&list](std::string_view name, std::string_view value) {
        list.push_back({{"name", asUtf8(name)}, {"value", asUtf8(value)}});
    });
    if (!type.empty()) {
        list.push_back({{"name", "Content-Type"}, {"value", asUtf8(type)}});
    }
    return list;
}

// For a POSIX shell.
std::string shellQuoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
        } else if (c != '\0') {
            out += c;
        }
    }
    return out + "'";
}

std::string isoTime(std::int64_t timeMs) {
    const std::time_t seconds = timeMs / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::array<char, 8> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(timeMs % 1000));
    return std::string(text.data(), length) + fraction.data();
}

json::array queryList(std::string_view query) {
    json::array list;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view item = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        const std::size_t equals = std::min(item.find('='), item.size());
        const auto text = [](std::string_view part) {
            return asUtf8(percentDecode(part, true).value_or(std::string(part)));
        };
        list.push_back({{"name", text(item.substr(0, equals))},
                        {"value", text(item.substr(std::min(equals + 1, item.size())))}});
    }
    return list;
}

}  // namespace

std::string_view cutText(http::Delivery::End cut) {
    switch (cut) {
        case http::Delivery::End::None:
            return {};
        case http::Delivery::End::Close:
            return "close";
        case http::Delivery::End::Reset:
            return "reset";
    }
    return {};
}

json::object journalLine(const JournalView& entry) {
    const JournalFacts& facts = entry.facts;
    json::object out{{"entry", facts.number},
                     {"time_ms", facts.timeMs},
                     {"method", http::verbName(facts.verb)},
                     {"path", asUtf8(entry.texts[JournalText::Path])},
                     {"query", asUtf8(entry.texts[JournalText::Query])},
                     {"status", facts.status},
                     {"us", facts.spentUs},
                     {"bytes_in", facts.bytesIn},
                     {"bytes_out", facts.bytesOut},
                     {"dialect", textOf(facts.dialect)}};
    if (const std::string_view cut = cutText(facts.cut); !cut.empty()) {
        out["cut"] = cut;
    }
    if (facts.code >= 0) {
        out["code"] = facts.code;
    }
    if (facts.account != 0) {
        out["account"] = facts.account;
    }
    if (const std::string_view rules = entry.texts[JournalText::Rules]; !rules.empty()) {
        out["fault"] = rules;
        out["fault_kinds"] = entry.texts[JournalText::Kinds];
    }
    return out;
}

json::object journalWhole(const JournalView& entry) {
    json::object out = journalLine(entry);
    const JournalFacts& facts = entry.facts;
    out["trace"] = traceIdText(facts.trace);
    if (facts.trace.parent != 0) {
        out["trace_parent"] = parentIdText(facts.trace);
    }
    out["request"] = {{"headers", headerList(entry.texts[JournalText::RequestHeaders],
                                             entry.texts[JournalText::RequestType])},
                      {"body", asUtf8(entry.texts[JournalText::RequestBody])},
                      {"clipped", facts.requestClipped}};
    out["answer"] = {{"headers", headerList(entry.texts[JournalText::AnswerHeaders],
                                            entry.texts[JournalText::AnswerType])},
                     {"body", asUtf8(entry.texts[JournalText::AnswerBody])},
                     {"clipped", facts.answerClipped}};
    return out;
}

std::string journalCurl(const JournalView& entry, std::string_view url) {
    std::string command = "curl -i";
    if (entry.facts.verb == http::Verb::Head) {
        command += " -I";
    } else if (entry.facts.verb != http::Verb::Get) {
        command += " -X " + std::string(http::verbName(entry.facts.verb));
    }
    eachHeader(entry.texts[JournalText::RequestHeaders],
               [&command](std::string_view name, std::string_view value) {
                   // curl writes these itself.
                   if (name != "Host" && name != "Connection" && name != "connection") {
                       command += " -H " + shellQuoted(std::string(name) + ": " + std::string(value));
                   }
               });
    if (const std::string_view type = entry.texts[JournalText::RequestType]; !type.empty()) {
        command += " -H " + shellQuoted("Content-Type: " + std::string(type));
    }
    if (const std::string_view body = entry.texts[JournalText::RequestBody]; !body.empty()) {
        command += " --data-binary " + shellQuoted(body);
    }
    return command + " " + shellQuoted(std::string(url) + targetOf(entry));
}

json::object journalHarEntry(const JournalView& entry, std::string_view url) {
    const JournalFacts& facts = entry.facts;
    const double spent = static_cast<double>(facts.spentUs) / 1000;
    json::object request{{"method", http::verbName(facts.verb)},
                         {"url", asUtf8(std::string(url) + targetOf(entry))},
                         {"httpVersion", "HTTP/1.1"},
                         {"cookies", json::array()},
                         {"headers", headerList(entry.texts[JournalText::RequestHeaders],
                                                entry.texts[JournalText::RequestType])},
                         {"queryString", queryList(entry.texts[JournalText::Query])},
                         {"headersSize", -1},
                         {"bodySize", facts.bytesIn}};
    if (const std::string_view body = entry.texts[JournalText::RequestBody]; !body.empty()) {
        request["postData"] = {{"mimeType", asUtf8(entry.texts[JournalText::RequestType])},
                               {"text", asUtf8(body)}};
    }
    json::object response{{"status", facts.status},
                          {"statusText", ""},
                          {"httpVersion", "HTTP/1.1"},
                          {"cookies", json::array()},
                          {"headers", headerList(entry.texts[JournalText::AnswerHeaders],
                                                 entry.texts[JournalText::AnswerType])},
                          {"content",
                           {{"size", facts.bytesOut},
                            {"mimeType", asUtf8(entry.texts[JournalText::AnswerType])},
                            {"text", asUtf8(entry.texts[JournalText::AnswerBody])}}},
                          {"redirectURL", ""},
                          {"headersSize", -1},
                          {"bodySize", -1}};
    if (const std::string_view cut = cutText(facts.cut); !cut.empty()) {
        // HAR has no word for it; names with an underscore are for such. Browsers read and write "_error".
        response["_cut"] = cut;
        response["_error"] = facts.cut == http::Delivery::End::Close
                                 ? "A fault closed the connection before the end of the answer."
                                 : "A fault reset the connection before the end of the answer.";
    }
    return {{"startedDateTime", isoTime(facts.timeMs - facts.spentUs / 1000)},
            {"time", spent},
            {"request", std::move(request)},
            {"response", std::move(response)},
            {"cache", json::object()},
            {"timings", {{"send", 0}, {"wait", spent}, {"receive", 0}}}};
}

json::object journalHar(json::array entries, std::string_view version) {
    return {{"log",
             {{"version", "1.2"},
              {"creator", {{"name", "tikgok-sim"}, {"version", version}}},
              {"entries", std::move(entries)}}}};
}

}  // namespace tikgok::sim
