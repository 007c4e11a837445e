// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where parameters may come from, how integers may be spelled, and how long texts may be.

#include "tests/conformance/context.h"

#include <algorithm>

namespace tikgok::conformance {

namespace parameters_cases {
namespace {

// --- sources

enum class Source { Query, Urlencoded, Multipart, Json };

constexpr std::array<std::pair<Source, std::string_view>, 4> kSources{{{Source::Query, "query"},
                                                                       {Source::Urlencoded, "urlencoded"},
                                                                       {Source::Multipart, "multipart"},
                                                                       {Source::Json, "json"}}};

bool isNumber(const std::string& name) {
    return name.ends_with("_id") || name == "action_type";
}

void put(Request& request, Source source, const Pairs& pairs) {
    switch (source) {
        case Source::Query:
            request.query.insert(request.query.end(), pairs.begin(), pairs.end());
            break;
        case Source::Urlencoded:
            request.form = pairs;
            break;
        case Source::Multipart:
            for (const Pair& pair : pairs) {
                request.parts.push_back({.name = pair.name, .data = pair.value});
            }
            break;
        case Source::Json: {
            json::object body;
            for (const Pair& pair : pairs) {
                if (isNumber(pair.name)) {
                    body[pair.name] = std::stoll(pair.value);
                } else {
                    body[pair.name] = pair.value;
                }
            }
            request.body = json::serialize(body);
            request.bodyType = "application/json";
            break;
        }
    }
}

void fromSource(Context& context, const Endpoint& endpoint, Source source) {
    Request request = workingRequest(context, endpoint);
    const Pairs parameters = std::exchange(request.query, {});
    if (endpoint.token != TokenRule::None) {
        request.query = {{"token", context.shared(1).token}};
    }
    put(request, source, parameters);
    context.expectOk(context.call(request));
}

void queryWins(Context& context, Source source) {
    const Person& person = context.shared(0);
    Request login{.method = "POST",
                  .target = "/douyin/user/login/",
                  .query = {{"username", person.name}, {"password", person.password}}};
    put(login, source, {{"username", "somebody else"}, {"password", "wrong"}});
    context.expectOk(context.call(login));

    Request mixed{.method = "POST", .target = "/douyin/user/login/", .query = {{"username", person.name}}};
    put(mixed, source, {{"password", person.password}});
    context.expectOk(context.call(mixed));
}

void badJson(Context& context) {
    const std::string deep(20'000, '[');
    for (const std::string& body : std::initializer_list<std::string>{
             "{", "[]", "nothing", R"({"username":5,"password":"x"})", R"({"username":["a"],"password":"x"})",
             R"({"username":"a","password":null})", "{\"username\":\"\xff\"}",
             R"({"username":"a","password":"b"}x)", deep, R"({"username":"\ud800","password":"x"})"}) {
        Request request{.method = "POST", .target = "/douyin/user/login/"};
        request.body = body;
        request.bodyType = "application/json";
        context.expectFailure(context.call(request), kParamsErr);
    }
    Request like{.method = "POST",
                 .target = "/douyin/favorite/action/",
                 .query = {{"token", context.shared(1).token}}};
    like.bodyType = "application/json";
    for (const std::string_view value :
         {"\"x\"", "1.5", "1e40", "true", "[]", "{}", "99999999999999999999"}) {
        like.body = R"({"action_type":1,"video_id":)" + std::string(value) + "}";
        context.expectFailure(context.call(like), kParamsErr);
    }
}

void badForms(Context& context) {
    const std::vector<std::tuple<std::string, std::string, std::string>> table{
        {"no boundary", "multipart/form-data", "--b\r\n\r\n--b--\r\n"},
        {"another boundary", "multipart/form-data; boundary=zzz", "--b\r\n\r\n--b--\r\n"},
        {"no end", "multipart/form-data; boundary=b",
         "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nabc"},
        {"no name", "multipart/form-data; boundary=b",
         "--b\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--b--\r\n"},
        {"no disposition", "multipart/form-data; boundary=b", "--b\r\n\r\nabc\r\n--b--\r\n"},
        {"cut escapes", "application/x-www-form-urlencoded", "username=%&password=%f"},
        {"rubbish", "application/x-www-form-urlencoded", std::string("\xff=&&==") + '\0'},
        {"an unknown type", "text/csv", "username,password"},
        {"no type", "", "username=a&password=b"},
    };
    for (const auto& [name, type, body] : table) {
        Request request{.method = "POST", .target = "/douyin/user/register/"};
        request.body = body;
        request.bodyType = type;
        context.expectFailure(context.call(request), kParamsErr);
    }
}

// --- integers

struct Spelling {
    std::string_view name;
    std::string_view text;
};

constexpr std::array<Spelling, 20> kNotIntegers{{{"empty", ""},
                                                 {"word", "abc"},
                                                 {"fraction", "1.5"},
                                                 {"tiny-fraction", "1.0000000000000000001"},
                                                 {"negative-exponent", "15e-1"},
                                                 {"two-to-63", "9223372036854775808"},
                                                 {"below-minimum", "-9223372036854775809"},
                                                 {"huge", "99999999999999999999999999999999"},
                                                 {"huge-exponent", "1e400"},
                                                 {"endless-exponent", "1e99999999999999999999"},
                                                 {"exponent-alone", "e5"},
                                                 {"no-exponent", "1e"},
                                                 {"nan", "NaN"},
                                                 {"infinity", "Infinity"},
                                                 {"hexadecimal", "0x10"},
                                                 {"tail", "5abc"},
                                                 {"space", " 5"},
                                                 {"two-signs", "--5"},
                                                 {"full-width", "\xEF\xBC\x95"},
                                                 {"nul", std::string_view("5\0", 2)}}};

struct IntegerParameter {
    std::string_view endpoint;
    std::string_view parameter;
};

constexpr std::array<IntegerParameter, 12> kIntegers{{{"feed", "latest_time"},
                                                      {"user", "user_id"},
                                                      {"publish-list", "user_id"},
                                                      {"favorite-action", "video_id"},
                                                      {"favorite-action", "action_type"},
                                                      {"comment-action", "video_id"},
                                                      {"comment-list", "video_id"},
                                                      {"relation-action", "to_user_id"},
                                                      {"friend-list", "user_id"},
                                                      {"message-chat", "to_user_id"},
                                                      {"message-chat", "pre_msg_time"},
                                                      {"message-action", "to_user_id"}}};

const Endpoint& endpointNamed(std::string_view name) {
    for (const Endpoint& each : endpoints()) {
        if (each.name == name) {
            return each;
        }
    }
    throw Abandon("no such endpoint");
}

Reply withParameter(Context& context, const IntegerParameter& what, std::string_view value) {
    const Endpoint& endpoint = endpointNamed(what.endpoint);
    Request request = workingRequest(context, endpoint);
    std::erase_if(request.query, [&](const Pair& pair) { return pair.name == what.parameter; });
    request.query.push_back({std::string(what.parameter), std::string(value)});
    request.query.push_back({"token", context.shared(1).token});
    return context.call(request);
}

void notIntegers(Context& context, const IntegerParameter& what) {
    for (const Spelling& spelling : kNotIntegers) {
        const Reply reply = withParameter(context, what, spelling.text);
        context.expect(reply, reply.code() == kParamsErr.code && reply.words() == kParamsErr.words,
                       std::string(what.parameter) + " as " + std::string(spelling.name) + " is params err");
    }
}

void spellings(Context& context) {
    const Person& person = context.shared(0);
    const std::string id = std::to_string(person.id);
    // 1628000000000001 as 1.628000000000001e15
    std::string scientific = id;
    scientific.append("e").append(std::to_string(id.size() - 1));
    if (id.size() > 1) {
        scientific.insert(1, 1, '.');
    }
    const std::vector<std::string> same{id,        id + ".0",   id + ".000", scientific,
                                        id + "e0", id + "0e-1", "0" + id,    "000" + id};
    for (const std::string& spelling : same) {
        const Reply reply = context.get("/douyin/user/", {{"user_id", spelling}}, &context.shared(1));
        context.require(reply, reply.ok(), "another spelling of an id is the same id");
        context.expectEqual(number(memberOf(reply.body, "user"), "id"), person.id, "user_id " + spelling);
    }
    const std::string video = std::to_string(context.sharedVideo());
    for (const std::string_view action : {"1", "1.0", "1e0", "10e-1", "01"}) {
        context.expectOk(context.post("/douyin/favorite/action/",
                                      {{"video_id", video}, {"action_type", std::string(action)}},
                                      &context.shared(1)));
    }
}

void exactIds(Context& context) {
    // A server that reads ids through a double finds the same user under a neighbouring number, or rounds
    // 2^63-1 up and out of the range.
    const Person& caller = context.shared(1);
    const std::int64_t id = context.shared(0).id;
    for (const std::int64_t near : {id + 1'000'003, std::int64_t{9'007'199'254'740'993}}) {
        const Reply reply = context.get("/douyin/user/", {{"user_id", std::to_string(near)}}, &caller);
        if (reply.ok()) {
            context.expectEqual(number(memberOf(reply.body, "user"), "id"), near,
                                "the user that was asked for");
        } else {
            context.expectFailure(reply, kUserNotFound);
        }
    }
    for (const std::string_view largest : {kUnknownId, std::string_view("9.223372036854775807e18"),
                                           std::string_view("9223372036854775807.0")}) {
        context.expectFailure(context.get("/douyin/user/", {{"user_id", std::string(largest)}}, &caller),
                              kUserNotFound);
    }
}

void actionTypes(Context& context, const Endpoint& endpoint) {
    for (const std::string_view value :
         {"0", "3", "-1", "257", "258", "4294967297", "-255", "18446744073709551617", "", "x", "1.5"}) {
        Request request = workingRequest(context, endpoint);
        for (Pair& pair : request.query) {
            if (pair.name == "action_type") {
                pair.value = value;
            }
        }
        request.query.push_back({"token", context.shared(1).token});
        context.expectFailure(context.call(request), kParamsErr);
    }
    Request missing = workingRequest(context, endpoint);
    std::erase_if(missing.query, [](const Pair& pair) { return pair.name == "action_type"; });
    missing.query.push_back({"token", context.shared(1).token});
    context.expectFailure(context.call(missing), kParamsErr);
}

void ranges(Context& context, const IntegerParameter& what) {
    // Ids start at 1.
    for (const std::string_view value : {"0", "-1", "-9223372036854775808"}) {
        const Reply reply = withParameter(context, what, value);
        if (what.endpoint == "user" && value == "0") {
            context.expectOk(reply);  // the caller
        } else {
            context.expectFailure(reply, kParamsErr);
        }
    }
    const Endpoint& endpoint = endpointNamed(what.endpoint);
    if (what.endpoint != "user") {
        Request request = workingRequest(context, endpoint);
        std::erase_if(request.query, [&](const Pair& pair) { return pair.name == what.parameter; });
        request.query.push_back({"token", context.shared(1).token});
        context.expectFailure(context.call(request), kParamsErr);
    }
    const Reply unknown = withParameter(context, what, kUnknownId);
    context.expectFailure(unknown, what.parameter == "video_id" ? kVideoNotFound : kUserNotFound);
}

// --- texts

struct TextParameter {
    std::string_view name;
    std::size_t limit;
    std::function<Reply(Context&, const std::string&)> send;
    // What the server kept.
    std::function<std::string(Context&, const Reply&)> readBack;
};

std::string repeated(std::string_view unit, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        out += unit;
    }
    return out;
}

// Unique, where the server wants that: starts with a random name.
std::string unique(std::string_view unit, std::size_t count) {
    const std::string name = Context::randomName();
    return name + repeated(unit, count - name.size());
}

const std::vector<TextParameter>& textParameters() {
    static const std::vector<TextParameter> table{
        {"username", kNameLimit,
         [](Context& c, const std::string& value) {
             return c.post("/douyin/user/register/", {{"username", value}, {"password", "secret"}});
         },
         [](Context& c, const Reply& reply) {
             return text(
                 memberOf(c.get("/douyin/user/", {{"token", text(reply.body, "token")}}).body, "user"),
                 "name");
         }},
        {"password", kPasswordLimit,
         [](Context& c, const std::string& value) {
             return c.post("/douyin/user/register/",
                           {{"username", Context::randomName()}, {"password", value}});
         },
         [](Context& c, const Reply& reply) {
             // Kept, if it opens the door again.
             const Pairs& sent = reply.request.query;
             const Reply login = c.post("/douyin/user/login/", sent);
             c.expectOk(login);
             return login.ok() ? sent[1].value : std::string();
         }},
        {"title", kTitleLimit,
         [](Context& c, const std::string& value) { return c.call(c.publishRequest(c.shared(2), value)); },
         [](Context& c, const Reply&) { return text(c.publishedBy(c.shared(2)).at(0), "title"); }},
        {"comment_text", kCommentLimit,
         [](Context& c, const std::string& value) {
             return c.post("/douyin/comment/action/",
                           {{"video_id", std::to_string(c.sharedVideo())},
                            {"action_type", "1"},
                            {"comment_text", value}},
                           &c.shared(1));
         },
         [](Context& c, const Reply& reply) {
             const std::string listed = text(c.comments(c.sharedVideo()).at(0), "content");
             c.expectEqual(text(memberOf(reply.body, "comment"), "content"), listed, "the answered comment");
             return listed;
         }},
        {"content", kMessageLimit,
         [](Context& c, const std::string& value) {
             return c.post(
                 "/douyin/message/action/",
                 {{"to_user_id", std::to_string(c.shared(0).id)}, {"action_type", "1"}, {"content", value}},
                 &c.shared(1));
         },
         [](Context& c, const Reply&) {
             const Reply chat = c.get("/douyin/message/chat/",
                                      {{"to_user_id", std::to_string(c.shared(0).id)}}, &c.shared(1));
             const json::array& all = list(chat.body, "message_list");
             return all.empty() ? std::string() : text(all.back(), "content");
         }},
    };
    return table;
}

struct Unit {
    std::string_view name;
    std::string_view unit;
};
constexpr std::array<Unit, 5> kUnits{{{"ascii", "a"},
                                      {"latin", "\xC3\xA9"},
                                      {"chinese", "\xE5\xAD\x97"},
                                      {"emoji", "\xF0\x9F\x8E\xAC"},
                                      {"markup", "<"}}};

void lengths(Context& context, const TextParameter& parameter, std::string_view unit) {
    const std::string full = unique(unit, parameter.limit);
    const Reply fits = parameter.send(context, full);
    context.requireOk(fits);
    context.expectEqual(parameter.readBack(context, fits), full, "the text that was sent");
    context.expectFailure(parameter.send(context, full + std::string(unit)), kParamsErr);
}

void badTexts(Context& context, const TextParameter& parameter) {
    const std::vector<std::pair<std::string_view, std::string>> table{
        {"empty", ""},
        {"a lone byte", "ab\xff"},
        {"a cut character", "ab\xE5\xAD"},
        {"an overlong slash", "ab\xC0\xAF"},
        {"a surrogate", "ab\xED\xA0\x80"},
        {"beyond Unicode", "ab\xF4\x90\x80\x80"},
        {"a continuation", "\x80"},
        {"very long", std::string(6000, 'a')},
    };
    for (const auto& [name, value] : table) {
        const Reply reply = parameter.send(context, value);
        context.expect(reply, reply.code() == kParamsErr.code && reply.words() == kParamsErr.words,
                       std::string(parameter.name) + " with " + std::string(name) + " is params err");
    }
}

void oddTexts(Context& context, const TextParameter& parameter) {
    // All valid, so they are taken and kept exactly: the contract speaks of lengths only.
    const std::vector<std::string> table{
        "a<b>&\"'\\/ c",
        "line\nbreak\ttab\r",
        "\xE2\x80\xA8\xE2\x80\xA9\xEF\xBB\xBF",
        "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
        " spaces ",
        "'; DROP TABLE users;--",
        "%s%n{}$1",
        "1 + 1 & 2 = 3 ; # ?",
        std::string("nul\0in", 6),
        "\x1b[31mred\x07\x7f",
        "c1\xC2\x9B",
    };
    for (const std::string& value : table) {
        std::string sent = value;
        if (parameter.name == "username") {
            sent = value.substr(0, 26) + Context::randomName().substr(0, 6);
        }
        const Reply reply = parameter.send(context, sent);
        context.expectOk(reply);
        if (reply.ok()) {
            context.expectEqual(parameter.readBack(context, reply), sent, "the text that was sent");
        }
    }
}

}  // namespace
}  // namespace parameters_cases

void addParameterCases(Cases& cases) {
    using namespace parameters_cases;
    for (const auto& [source, sourceName] : kSources) {
        for (const Endpoint& endpoint : endpoints()) {
            if (endpoint.method == "POST" && endpoint.name != "publish-action") {
                cases.push_back(
                    {"parameters/" + std::string(sourceName) + "/" + std::string(endpoint.name),
                     [&endpoint, source = source](Context& c) { fromSource(c, endpoint, source); }});
            }
        }
        if (source != Source::Query) {
            cases.push_back({"parameters/query-wins/" + std::string(sourceName),
                             [source = source](Context& c) { queryWins(c, source); }});
        }
    }
    cases.push_back({"parameters/bad-json", &badJson});
    cases.push_back({"parameters/bad-forms", &badForms});
    for (const IntegerParameter& what : kIntegers) {
        const std::string name = std::string(what.endpoint) + "/" + std::string(what.parameter);
        cases.push_back({"integers/bad/" + name, [&what](Context& c) { notIntegers(c, what); }});
        if (what.parameter.ends_with("_id")) {
            cases.push_back({"integers/range/" + name, [&what](Context& c) { ranges(c, what); }});
        }
    }
    for (const std::string_view name :
         {"favorite-action", "comment-action", "relation-action", "message-action"}) {
        cases.push_back({"integers/action-type/" + std::string(name),
                         [name](Context& c) { actionTypes(c, endpointNamed(name)); }});
    }
    cases.push_back({"integers/spellings", &spellings});
    cases.push_back({"integers/exact", &exactIds});
    for (const TextParameter& parameter : textParameters()) {
        const std::string name(parameter.name);
        for (const Unit& unit : kUnits) {
            cases.push_back({"texts/length/" + name + "/" + std::string(unit.name),
                             [&](Context& c) { lengths(c, parameter, unit.unit); }});
        }
        cases.push_back({"texts/bad/" + name, [&](Context& c) { badTexts(c, parameter); }});
        cases.push_back({"texts/odd/" + name, [&](Context& c) { oddTexts(c, parameter); }});
    }
}

}  // namespace tikgok::conformance
