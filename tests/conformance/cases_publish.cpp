// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Uploads: what is taken, what is refused, and that a refused one leaves nothing.

#include "tests/conformance/context.h"

#include <algorithm>

namespace tikgok::conformance {

namespace publish_cases {
namespace {

Part filePart(std::string data, std::string fileName) {
    return {
        .name = "data", .data = std::move(data), .fileName = std::move(fileName), .contentType = "video/mp4"};
}

Request upload(std::vector<Part> parts, Pairs query = {}) {
    return {.method = "POST",
            .target = "/douyin/publish/action/",
            .query = std::move(query),
            .parts = std::move(parts)};
}

void published(Context& context) {
    const Person person = context.newPerson();
    const Person viewer = context.newPerson();
    const std::int64_t first = context.publish(person, "first");
    const std::int64_t second = context.publish(person, "\xE7\xAC\xAC\xE4\xBA\x8C <2> & \xF0\x9F\x8E\xAC");
    const json::array videos = context.publishedBy(person, &viewer);
    context.expectEqual(idsOf(videos), std::vector<std::int64_t>{second, first},
                        "publish/list, newest first");
    context.expectEqual(text(videos.at(0), "title"),
                        std::string("\xE7\xAC\xAC\xE4\xBA\x8C <2> & \xF0\x9F\x8E\xAC"), "title");
    context.expectEqual(number(memberOf(videos.at(0), "author"), "id"), person.id, "author");
    context.expectEqual(number(memberOf(videos.at(0), "author"), "work_count"), std::int64_t{2},
                        "work_count of the author in the list");
    context.expectEqual(number(context.user(person.id, viewer), "work_count"), std::int64_t{2}, "work_count");
    const Reply feed = context.get("/douyin/feed/", {});
    context.expect(feed, withId(list(feed.body, "video_list"), second) != nullptr,
                   "the video is in the feed at once");
    for (const std::string_view url : {"play_url", "cover_url"}) {
        const Reply media = context.plain({.target = text(videos.at(0), url)});
        context.expect(media, media.answer.status == 200 && !media.answer.body.empty(),
                       std::string(url) + " answers at once");
    }
    context.expectFailure(
        context.get("/douyin/publish/list/", {{"user_id", std::string(kUnknownId)}}, &viewer), kUserNotFound);
    const Reply none =
        context.get("/douyin/publish/list/", {{"user_id", std::to_string(viewer.id)}}, &person);
    context.expectOk(none);
    context.expect(list(none.body, "video_list").empty(), "an empty list for one without works");
}

void tokenPlaces(Context& context) {
    const Person person = context.newPerson();
    const std::string& clip = context.settings().clip;
    const Part title{.name = "title", .data = "token"};
    const Part data = filePart(clip, "clip.mp4");
    const Part token{.name = "token", .data = person.token};
    context.expectOk(context.call(upload({title, data}, {{"token", person.token}})));
    context.expectOk(context.call(upload({token, title, data})));
    context.expectOk(context.call(upload({title, data, token})));
    context.expectOk(context.call(upload({data, title, token})));
    context.expectOk(context.call(upload({data, title, token}, {{"token", ""}})));
    context.expectFailure(context.call(upload({title, data})), kNoToken);
    context.expectFailure(context.call(upload({title, data}, {{"token", "hello"}})), kNotAToken);
    context.expectFailure(context.call(upload({{.name = "token", .data = "hello"}, title, data})),
                          kNotAToken);
    context.expectFailure(context.call(upload({title, data, {.name = "token", .data = "hello"}})),
                          kNotAToken);
    context.expect(context.publishedBy(person).size() == 5, "five videos, one for each success");
}

void suffixes(Context& context) {
    const Person person = context.newPerson();
    std::vector<std::string> names;
    names.reserve(kSuffixes.size());
    for (const std::string_view suffix : kSuffixes) {
        names.push_back("clip." + std::string(suffix));
    }
    for (const std::string_view name :
         {"CLIP.MP4", "clip.Mov", "a.b.c.mp4", ".mp4", "\xE5\xAD\x97.mp4", "a b.mp4"}) {
        names.emplace_back(name);
    }
    std::int64_t count = 0;
    for (const std::string& name : names) {
        const Reply reply = context.call(context.publishRequest(person, name.substr(0, 32), name));
        context.expectOk(reply);
        count += reply.ok() ? 1 : 0;
        const json::array videos = context.publishedBy(person);
        context.expectEqual(static_cast<std::int64_t>(videos.size()), count, "videos after " + name);
    }
}

// Each of these must leave publish/list as it was.
struct Refusal {
    std::string_view name;
    std::function<Request(const Person&, const std::string& clip)> make;
    std::vector<Verdict> verdicts;
};

const std::vector<Refusal>& refusals() {
    using namespace std::string_literals;
    const auto withFile = [](const std::string& fileName) {
        return [fileName](const Person& p, const std::string& clip) {
            return upload({{.name = "token", .data = p.token},
                           {.name = "title", .data = "refused"},
                           filePart(clip, fileName)});
        };
    };
    const auto withTitle = [](const std::string& title) {
        return [title](const Person& p, const std::string& clip) {
            return upload({{.name = "token", .data = p.token},
                           {.name = "title", .data = title},
                           filePart(clip, "clip.mp4")});
        };
    };
    const auto withContent = [](const std::function<std::string(const std::string&)>& content) {
        return [content](const Person& p, const std::string& clip) {
            return upload({{.name = "token", .data = p.token},
                           {.name = "title", .data = "refused"},
                           filePart(content(clip), "clip.mp4")});
        };
    };
    const auto raw = [](const std::string& type, const std::string& body) {
        return [type, body](const Person& p, const std::string&) {
            Request request = upload({}, {{"token", p.token}});
            request.body = body;
            request.bodyType = type;
            return request;
        };
    };
    static const std::vector<Refusal> table{
        {"suffix-none", withFile("clip"), {kServiceErr}},
        {"suffix-bare", withFile("mp4"), {kServiceErr}},
        {"suffix-dot", withFile("clip."), {kServiceErr}},
        {"suffix-text", withFile("clip.txt"), {kServiceErr}},
        {"suffix-double", withFile("clip.mp4.txt"), {kServiceErr}},
        {"suffix-close", withFile("clip.mp44"), {kServiceErr}},
        {"suffix-short", withFile("clip.mp"), {kServiceErr}},
        {"suffix-space", withFile("clip.mp4 "), {kServiceErr}},
        {"suffix-in-folder", withFile("clip.mp4/x"), {kServiceErr}},
        {"suffix-executable", withFile("clip.sh"), {kServiceErr}},
        {"title-missing",
         [](const Person& p, const std::string& clip) {
             return upload({{.name = "token", .data = p.token}, filePart(clip, "clip.mp4")});
         },
         {kParamsErr}},
        {"title-empty", withTitle(""), {kParamsErr}},
        {"title-long", withTitle(std::string(33, 'x')), {kParamsErr}},
        {"title-bytes", withTitle("ab\xff"), {kParamsErr}},
        {"title-huge", withTitle(std::string(2'000'000, 'x')), {kParamsErr}},
        {"data-missing",
         [](const Person& p, const std::string&) {
             return upload({{.name = "token", .data = p.token}, {.name = "title", .data = "refused"}});
         },
         {kParamsErr}},
        {"data-other-name",
         [](const Person& p, const std::string& clip) {
             Part part = filePart(clip, "clip.mp4");
             part.name = "file";
             return upload({{.name = "token", .data = p.token}, {.name = "title", .data = "refused"}, part});
         },
         {kParamsErr}},
        {"data-without-file-name",
         [](const Person& p, const std::string& clip) {
             return upload({{.name = "token", .data = p.token},
                            {.name = "title", .data = "refused"},
                            {.name = "data", .data = clip}});
         },
         {kParamsErr, kServiceErr}},
        {"content-text",
         withContent([](const std::string&) { return "just some text, no video\n"; }),
         {kServiceErr}},
        {"content-empty", withContent([](const std::string&) { return ""; }), {kServiceErr, kParamsErr}},
        {"content-noise",
         withContent([](const std::string&) {
             std::string noise(50'000, '\0');
             unsigned state = 12345;
             for (char& c : noise) {
                 state = state * 1'103'515'245U + 12'345U;
                 c = static_cast<char>(state >> 16U);
             }
             return noise;
         }),
         {kServiceErr}},
        {"content-head-only",
         withContent([](const std::string& clip) { return clip.substr(0, 200); }),
         {kServiceErr}},
        {"content-html",
         withContent([](const std::string&) { return "<html><script>alert(1)</script></html>"; }),
         {kServiceErr}},
        {"content-picture",
         withContent([](const std::string&) {
             return "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0\x1f\x15\xc4\x89"s;
         }),
         {kServiceErr}},
        {"form-urlencoded", raw("application/x-www-form-urlencoded", "title=refused&data=x"), {kParamsErr}},
        {"form-json", raw("application/json", R"({"title":"refused"})"), {kParamsErr}},
        {"form-none", raw("", ""), {kParamsErr}},
        {"form-no-boundary", raw("multipart/form-data", "--b--\r\n"), {kParamsErr}},
        {"form-empty", raw("multipart/form-data; boundary=b", "--b--\r\n"), {kParamsErr}},
        {"form-rubbish", raw("multipart/form-data; boundary=b", std::string(5'000, 'r')), {kParamsErr}},
        {"form-cut",
         [](const Person& p, const std::string& clip) {
             Request request = upload({}, {{"token", p.token}});
             request.bodyType = "multipart/form-data; boundary=b";
             request.body =
                 "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nrefused\r\n--b\r\n"
                 "Content-Disposition: form-data; name=\"data\"; filename=\"clip.mp4\"\r\n\r\n" +
                 clip.substr(0, clip.size() / 2);
             return request;
         },
         {kParamsErr, kServiceErr}},
    };
    return table;
}

void refused(Context& context, const Refusal& refusal) {
    const Person& person = context.shared(4);
    if (context.publishedBy(person).empty()) {
        context.publish(person, "kept");
    }
    const json::array before = context.publishedBy(person);
    const Reply reply = context.call(refusal.make(person, context.settings().clip));
    context.expectOneOf(reply, refusal.verdicts);
    const json::array after = context.publishedBy(person);
    context.expectEqual(idsOf(after), idsOf(before), "publish/list after a refused upload");
    context.expectEqual(number(context.user(person.id, person), "work_count"),
                        static_cast<std::int64_t>(before.size()), "work_count after a refused upload");
}

void hostileNames(Context& context) {
    const Person person = context.newPerson();
    std::int64_t count = 0;
    for (const std::string& name :
         {std::string("../../../../tmp/evil.mp4"), std::string("..\\..\\evil.mp4"),
          std::string("/etc/evil.mp4"), std::string("C:\\evil.mp4"), std::string("....//evil.mp4"),
          std::string("%2e%2e%2fevil.mp4"), std::string("evil\"; x=\".mp4"), std::string("evil\n.mp4"),
          std::string("evil;rm -rf.mp4"), std::string(4'000, 'e') + "vil.mp4", std::string("CON.mp4"),
          std::string("-evil.mp4"), std::string("$(evil).mp4"), std::string("evil'--.mp4"),
          std::string("\xffvil.mp4")}) {
        const Reply reply = context.call(context.publishRequest(person, "hostile", name));
        // Taken as any other video or refused; what counts is what is made of the name.
        context.expect(reply, reply.code() == 0 || reply.code() == 1 || reply.code() == 2,
                       "success, params err or service err");
        count += reply.ok() ? 1 : 0;
    }
    const json::array videos = context.publishedBy(person);
    context.expectEqual(static_cast<std::int64_t>(videos.size()), count, "one video for each success");
    context.expect(count >= 5, "ordinary file names with odd folders are taken");
    for (const json::value& video : videos) {
        for (const std::string_view member : {"play_url", "cover_url"}) {
            const std::string url = text(video, member);
            context.expect(!url.contains("..") && !url.contains("vil") && !url.contains('\\'),
                           "a name that the server chose: " + url);
            context.expectEqual(std::int64_t{context.plain({.target = url}).answer.status}, std::int64_t{200},
                                url);
        }
    }
}

void sentInPieces(Context& context) {
    const Person person = context.newPerson();
    Request chunked = context.publishRequest(person, "chunked");
    chunked.headers = {{"Transfer-Encoding", "chunked"}};
    context.expectOk(context.call(chunked));
    Request expecting = context.publishRequest(person, "expecting");
    expecting.headers = {{"Expect", "100-continue"}};
    context.expectOk(context.call(expecting));
    context.expect(context.publishedBy(person).size() == 2, "both videos");
}

void brokenOff(Context& context) {
    const Person person = context.newPerson();
    const std::string& clip = context.settings().clip;
    const std::string head =
        "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nbroken\r\n--b\r\n"
        "Content-Disposition: form-data; name=\"data\"; filename=\"clip.mp4\"\r\n\r\n";
    const std::string body = head + clip + "\r\n--b--\r\n";
    for (const std::size_t part : {head.size(), head.size() + clip.size() / 2, body.size() - 3}) {
        RawConnection wire(context.host());
        wire.send("POST /douyin/publish/action/?token=" + person.token +
                  " HTTP/1.1\r\nHost: " + context.host().host +
                  "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n" + body.substr(0, part));
    }
    // The same bytes as a whole are fine, so that the test shows what it means to show.
    context.expect(context.publishedBy(person).empty(), "no video of an upload that was cut");
    RawConnection wire(context.host());
    wire.send("POST /douyin/publish/action/?token=" + person.token + " HTTP/1.1\r\nHost: " +
              context.host().host + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n" + body);
    const Answer answer = wire.read();
    context.expect(answer.status == 200 && answer.body.contains("\"status_code\":0"),
                   "the whole upload is taken: " + answer.body + answer.problem);
    context.expect(context.publishedBy(person).size() == 1, "one video");
}

void boundaryInside(Context& context) {
    // Bytes that look like the beginning of the boundary are content. They go into a free box at the end.
    const Person person = context.newPerson();
    const std::string boundary = "bound";
    const std::string tail = "\r\n--boun\r\n-\r\n--\r\r\n--bou";
    const auto size = static_cast<std::uint32_t>(tail.size() + 8);
    std::string box;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        box += static_cast<char>(size >> shift);
    }
    const std::string content = context.settings().clip + box + "free" + tail;
    Request request = upload({}, {{"token", person.token}});
    request.bodyType = "multipart/form-data; boundary=" + boundary;
    request.body = "preamble\r\n--" + boundary +
                   "\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\ninside\r\n--" + boundary +
                   "\r\nContent-Type: video/mp4\r\ncontent-disposition: form-data; filename=\"a.mp4\"; "
                   "name=\"data\"\r\n\r\n" +
                   content + "\r\n--" + boundary + "--\r\nepilogue";
    context.expectOk(context.call(request));
    const json::array videos = context.publishedBy(person);
    if (context.expect(videos.size() == 1, "one video")) {
        const Reply media = context.plain({.target = text(videos.at(0), "play_url")});
        context.expectEqual(media.answer.body == content, true, "the stored bytes are the uploaded ones");
    }
}

}  // namespace
}  // namespace publish_cases

void addPublishCases(Cases& cases) {
    using namespace publish_cases;
    cases.push_back({"publish/published", &published});
    cases.push_back({"publish/token-places", &tokenPlaces});
    cases.push_back({"publish/suffixes", &suffixes});
    for (const Refusal& refusal : refusals()) {
        cases.push_back({"publish/refused/" + std::string(refusal.name),
                         [&refusal](Context& context) { refused(context, refusal); }});
    }
    cases.push_back({"publish/hostile-names", &hostileNames});
    cases.push_back({"publish/sent-in-pieces", &sentInPieces});
    cases.push_back({"publish/broken-off", &brokenOff});
    cases.push_back({"publish/boundary-inside", &boundaryInside});
}

}  // namespace tikgok::conformance
