// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Videos and covers: ranges, conditional requests, HEAD, and names that must not be found.

#include "tests/conformance/context.h"

namespace tikgok::conformance {

namespace media_cases {
namespace {

struct Media {
    std::string url;
    std::string body;
    std::string tag;
    std::string modified;
};

Media playable(Context& context) {
    const json::value video = context.video(context.shared(0), context.sharedVideo());
    Media media{.url = text(video, "play_url"), .body = {}, .tag = {}, .modified = {}};
    const Reply whole = context.plain({.target = media.url});
    context.require(whole, whole.answer.status == 200, "HTTP 200");
    media.body = whole.answer.body;
    media.tag = whole.answer.header("etag");
    media.modified = whole.answer.header("last-modified");
    return media;
}

void whole(Context& context) {
    const Media media = playable(context);
    const Reply reply = context.plain({.target = media.url});
    context.expectEqual(reply.answer.mediaType(), std::string("video/mp4"), "Content-Type of a video");
    context.expectEqual(reply.answer.header("accept-ranges"), std::string("bytes"), "Accept-Ranges");
    context.expectEqual(reply.answer.header("content-length"), std::to_string(media.body.size()),
                        "Content-Length");
    context.expect(reply, !media.tag.empty() || !media.modified.empty(), "an ETag or a Last-Modified");
    context.expect(reply, reply.answer.header("content-encoding").empty(), "media is not compressed");
    context.expect(reply, media.body.substr(4, 4) == "ftyp", "an mp4");
    const Reply packed = context.plain({.target = media.url, .headers = {{"Accept-Encoding", "gzip"}}});
    context.expect(packed, packed.answer.body == media.body, "media is not compressed on request either");
}

void cover(Context& context) {
    const json::value video = context.video(context.shared(0), context.sharedVideo());
    const Reply reply = context.plain({.target = text(video, "cover_url")});
    context.require(reply, reply.answer.status == 200, "HTTP 200");
    const std::string& body = reply.answer.body;
    const bool jpeg = reply.answer.mediaType() == "image/jpeg" && body.starts_with("\xff\xd8\xff");
    const bool png = reply.answer.mediaType() == "image/png" && body.starts_with("\x89PNG");
    context.expect(reply, jpeg || png, "a picture that is what its Content-Type says");
}

struct Range {
    std::string_view name;
    std::string (*header)(std::size_t size);
    // First and count, from the size; nothing for 416.
    std::optional<std::pair<std::size_t, std::size_t>> (*want)(std::size_t size);
};

using Slice = std::optional<std::pair<std::size_t, std::size_t>>;

constexpr std::array<Range, 9> kRanges{{
    {"first-hundred", [](std::size_t) -> std::string { return "bytes=0-99"; },
     [](std::size_t) { return Slice{{0, 100}}; }},
    {"first-byte", [](std::size_t) -> std::string { return "bytes=0-0"; },
     [](std::size_t) { return Slice{{0, 1}}; }},
    {"middle", [](std::size_t) -> std::string { return "bytes=1000-1999"; },
     [](std::size_t) { return Slice{{1000, 1000}}; }},
    {"open", [](std::size_t) -> std::string { return "bytes=100-"; },
     [](std::size_t n) { return Slice{{100, n - 100}}; }},
    {"whole", [](std::size_t) -> std::string { return "bytes=0-"; },
     [](std::size_t n) { return Slice{{0, n}}; }},
    {"tail", [](std::size_t) -> std::string { return "bytes=-50"; },
     [](std::size_t n) { return Slice{{n - 50, 50}}; }},
    {"long-tail", [](std::size_t n) { return "bytes=-" + std::to_string(n + 5); },
     [](std::size_t n) { return Slice{{0, n}}; }},
    {"over-the-end", [](std::size_t n) { return "bytes=10-" + std::to_string(n + 1'000'000); },
     [](std::size_t n) { return Slice{{10, n - 10}}; }},
    {"last-byte",
     [](std::size_t n) { return "bytes=" + std::to_string(n - 1) + "-" + std::to_string(n - 1); },
     [](std::size_t n) { return Slice{{n - 1, 1}}; }},
}};

void range(Context& context, const Range& what) {
    const Media media = playable(context);
    const std::size_t size = media.body.size();
    const auto [first, count] = *what.want(size);
    const Reply reply = context.plain({.target = media.url, .headers = {{"Range", what.header(size)}}});
    context.expect(reply, reply.answer.status == 206, "HTTP 206");
    context.expectEqual(reply.answer.header("content-range"),
                        "bytes " + std::to_string(first) + "-" + std::to_string(first + count - 1) + "/" +
                            std::to_string(size),
                        "Content-Range");
    context.expectEqual(reply.answer.header("content-length"), std::to_string(count), "Content-Length");
    context.expectEqual(reply.answer.mediaType(), std::string("video/mp4"), "Content-Type");
    context.expect(reply, reply.answer.body == media.body.substr(first, count), "these bytes of the file");
}

void outside(Context& context) {
    const Media media = playable(context);
    const std::string size = std::to_string(media.body.size());
    const std::string from = "bytes=" + size + "-";
    for (const std::string& header : {from, std::string("bytes=999999999999-"), from + size}) {
        const Reply reply = context.plain({.target = media.url, .headers = {{"Range", header}}});
        context.expect(reply, reply.answer.status == 416, "HTTP 416 for " + header);
        context.expectEqual(reply.answer.header("content-range"), "bytes */" + size,
                            "Content-Range of a 416");
    }
    // Not a range of bytes: ignored or refused, never half an answer.
    for (const std::string_view header :
         {"bytes=abc", "bytes=5-2", "lines=1-2", "bytes=", "bytes=-", "bytes 0-5",
          "bytes=99999999999999999999999-", "bytes=-0", "bytes=0-1,5-6"}) {
        const Reply reply = context.plain({.target = media.url, .headers = {{"Range", std::string(header)}}});
        const bool ignored = reply.answer.status == 200 && reply.answer.body == media.body;
        const bool several = header.contains(',') && reply.answer.status == 206;
        context.expect(reply, ignored || reply.answer.status == 416 || several,
                       "the whole file or 416 for " + std::string(header));
    }
}

void conditional(Context& context) {
    const Media media = playable(context);
    const auto ask = [&](Pairs headers) {
        return context.plain({.target = media.url, .headers = std::move(headers)});
    };
    const auto expectStatus = [&](Pairs headers, int status) {
        const Reply reply = ask(std::move(headers));
        context.expect(reply, reply.answer.status == status, "HTTP " + std::to_string(status));
        if (status == 304) {
            context.expect(reply, reply.answer.body.empty(), "no body with 304");
        } else if (status == 200) {
            context.expect(reply, reply.answer.body == media.body, "the whole file");
        }
    };
    const std::string longAgo = "Mon, 01 Jan 1990 00:00:00 GMT";
    const std::string farFuture = "Fri, 01 Jan 2100 00:00:00 GMT";
    if (context.expect(!media.tag.empty(), "an ETag")) {
        expectStatus({{"If-None-Match", media.tag}}, 304);
        expectStatus({{"If-None-Match", "*"}}, 304);
        expectStatus({{"If-None-Match", "\"other\", " + media.tag}}, 304);
        expectStatus({{"If-None-Match", "\"other\""}}, 200);
        expectStatus({{"If-None-Match", "\"other\""}, {"If-Modified-Since", farFuture}}, 200);
        expectStatus({{"Range", "bytes=0-9"}, {"If-Range", media.tag}}, 206);
        expectStatus({{"Range", "bytes=0-9"}, {"If-Range", "\"other\""}}, 200);
        expectStatus({{"Range", "bytes=0-9"}, {"If-None-Match", media.tag}}, 304);
    }
    if (context.expect(!media.modified.empty(), "a Last-Modified")) {
        expectStatus({{"If-Modified-Since", media.modified}}, 304);
        expectStatus({{"If-Modified-Since", longAgo}}, 200);
        expectStatus({{"If-Modified-Since", "yesterday"}}, 200);
        expectStatus({{"Range", "bytes=0-9"}, {"If-Range", media.modified}}, 206);
        expectStatus({{"Range", "bytes=0-9"}, {"If-Range", longAgo}}, 200);
    }
}

void head(Context& context) {
    const Media media = playable(context);
    const Reply reply = context.plain({.method = "HEAD", .target = media.url});
    context.expect(reply, reply.answer.status == 200 && reply.answer.body.empty(), "HTTP 200 without a body");
    context.expectEqual(reply.answer.header("content-length"), std::to_string(media.body.size()),
                        "Content-Length");
    context.expectEqual(reply.answer.mediaType(), std::string("video/mp4"), "Content-Type");
    context.expectEqual(reply.answer.header("accept-ranges"), std::string("bytes"), "Accept-Ranges");
    context.expectEqual(reply.answer.header("etag"), media.tag, "ETag");
    const Reply missing = context.plain({.method = "HEAD", .target = "/static/nothing.mp4"});
    context.expect(missing, missing.answer.status == 404 && missing.answer.body.empty(),
                   "404 without a body for HEAD of what is not there");
    const Reply again = context.plain({.target = media.url});
    context.expect(again, again.answer.body == media.body, "the connection is in step after HEAD");
}

void notFound(Context& context) {
    const std::string path = [&] {
        const std::string url = playable(context).url;
        return url.substr(url.find("/static/"));
    }();
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    for (const std::string& target : {std::string("/static/nothing.mp4"),
                                      std::string("/static/"),
                                      std::string("/static"),
                                      folder,
                                      std::string("/static/../../../../../../etc/passwd"),
                                      std::string("/static/..%2f..%2f..%2fetc%2fpasswd"),
                                      std::string("/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd"),
                                      std::string("/static//etc/passwd"),
                                      std::string("/static/%2fetc%2fpasswd"),
                                      std::string("/static/..\\..\\etc\\passwd"),
                                      std::string("/static/%5c..%5c..%5cetc"),
                                      std::string("/static/%c0%ae%c0%ae/etc/passwd"),
                                      path + "/",
                                      path + "%00",
                                      path + "%00.png",
                                      path + "x",
                                      std::string("/static/") + std::string(3'000, 'a'),
                                      std::string("/static/../tikgok.db"),
                                      std::string("/static/%252e%252e/x"),
                                      std::string("/static/.")}) {
        const Reply reply = context.plain({.target = target});
        context.expect(reply, reply.answer.status == 404, "HTTP 404");
        context.expect(reply, !reply.answer.body.contains("root:"), "nothing of the server's own files");
    }
    const Reply posted = context.plain({.method = "POST", .target = path});
    context.expect(posted, posted.answer.status == 405, "HTTP 405 for POST");
    const Reply queried = context.plain({.target = path + "?x=1"});
    context.expect(queried, queried.answer.status == 200, "a query changes nothing");
}

}  // namespace
}  // namespace media_cases

void addMediaCases(Cases& cases) {
    using namespace media_cases;
    cases.push_back({"media/whole", &whole});
    cases.push_back({"media/cover", &cover});
    for (const Range& each : kRanges) {
        cases.push_back({"media/range/" + std::string(each.name), [&each](Context& c) { range(c, each); }});
    }
    cases.push_back({"media/outside", &outside});
    cases.push_back({"media/conditional", &conditional});
    cases.push_back({"media/head", &head});
    cases.push_back({"media/not-found", &notFound});
}

}  // namespace tikgok::conformance
