// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sections 3, 4.1, 4.4 and 4.5 of the contract for the reference server: ids, media, feed, uploads.

#include "tests/conformance/calls.h"

#include <algorithm>
#include <array>
#include <regex>
#include <span>

namespace tikgok::conformance {

namespace tikgok_video_cases {
namespace {

using namespace calls;

struct Page {
    std::vector<std::int64_t> ids;
    std::int64_t next = 0;
};

Page page(Context& context, std::optional<std::int64_t> latest, const Person* caller = nullptr) {
    const Reply reply = feed(context, latest, caller);
    return {idsIn(context, reply, "video_list"), number(reply.body, "next_time")};
}

// More than one page, made once per run.
constexpr int kWorks = 23;

const Person& busyAuthor(Context& context) {
    const Person& author = context.shared(3);
    const std::size_t have = context.publishedBy(author).size();
    for (std::size_t i = have; i < kWorks; ++i) {
        context.requireOk(context.call(context.publishRequest(author, "work " + std::to_string(i))));
    }
    if (have < kWorks) {
        context.eventually("all works are published",
                           [&] { return context.publishedBy(author).size() == kWorks; });
    }
    return author;
}

// --- 4.1

void pageOfTen(Context& context) {
    const Person& author = busyAuthor(context);
    const Page top = page(context, std::nullopt);
    context.expectEqual(static_cast<std::int64_t>(top.ids.size()), static_cast<std::int64_t>(kTikgokFeedPage),
                        "videos on a page");
    context.expect(top.next > kNanoseconds, "next_time in nanoseconds: " + std::to_string(top.next));
    const std::vector<std::int64_t> own = idsOf(context.publishedBy(author));
    context.expectEqual(static_cast<std::int64_t>(own.size()), std::int64_t{kWorks}, "publish/list");
    context.expect(std::ranges::equal(top.ids, std::span(own).first(std::min(own.size(), top.ids.size()))),
                   "newest first: feed " + shown(top.ids) + ", publish/list " + shown(own));
}

// "bound inclusive (<=): the last video of a page is the first of the next"
void inclusiveBound(Context& context) {
    busyAuthor(context);
    Page here = page(context, std::nullopt);
    for (int i = 0; i < 3 && !here.ids.empty(); ++i) {
        const Page next = page(context, here.next);
        if (!context.expect(!next.ids.empty() && next.ids.front() == here.ids.back(),
                            "the last video of page " + std::to_string(i) +
                                " is the first of the next: " + shown(here.ids) + ", " + shown(next.ids))) {
            return;
        }
        const Page below = page(context, here.next - 1);
        context.expect(!holds(below.ids, here.ids.back()), "one nanosecond earlier it is not there");
        if (below.ids.empty() || next.ids.size() < 2) {
            return;
        }
        context.expectEqual(below.ids.front(), next.ids[1], "one nanosecond earlier the next one is first");
        here = next;
    }
}

// "at the end the same last video comes back for ever with the same next_time"
void endRepeats(Context& context) {
    busyAuthor(context);
    constexpr int kMostPages = 400;  // a server with very many videos is only walked in part
    Page here = page(context, std::nullopt);
    for (int i = 0; i < kMostPages; ++i) {
        const Page next = page(context, here.next);
        if (next.next == here.next) {
            context.expectEqual(next.ids, std::vector<std::int64_t>{here.ids.back()},
                                "the end: the last video alone");
            const Page again = page(context, next.next);
            context.expectEqual(again.ids, next.ids, "and again");
            context.expectEqual(again.next, next.next, "with the same next_time");
            const Page before = page(context, next.next - 1);
            context.expect(before.ids.empty() && before.next > here.next,
                           "nothing older: [] and next_time is now");
            return;
        }
        context.expect(next.next < here.next, "next_time goes down");
        here = next;
    }
    context.expect(false, "the feed ends");
}

// "<= 0 = now"; a time to come is later than all videos.
void now(Context& context) {
    busyAuthor(context);
    const Page top = page(context, std::nullopt);
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::min(),
          std::numeric_limits<std::int64_t>::max()}) {
        context.expectEqual(page(context, value).ids, top.ids, "latest_time " + std::to_string(value));
    }
}

// "seconds or ms inputs match nothing and give [] with next_time = now(ns)"
void otherUnits(Context& context) {
    busyAuthor(context);
    const Page top = page(context, std::nullopt);
    for (const std::int64_t divisor :
         {std::int64_t{1'000}, std::int64_t{1'000'000}, std::int64_t{1'000'000'000}}) {
        const Page none = page(context, top.next / divisor);
        context.expect(none.ids.empty(), "a latest_time in a larger unit matches nothing");
        context.expect(none.next > top.next, "next_time is now, in nanoseconds");
        context.expectEqual(page(context, none.next).ids, top.ids, "echoing it gives the top");
    }
    context.expect(page(context, 1).ids.empty(), "1 is a nanosecond of 1970");
}

// "Own videos included. is_follow of an own video false."
void ownVideos(Context& context) {
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const std::int64_t video = context.publish(author, "own");
    context.requireOk(follow(context, fan, author.id));
    context.requireOk(like(context, fan, video));
    const auto seen = [&](const Person* caller) {
        const Reply reply = feed(context, std::nullopt, caller);
        context.requireOk(reply);
        const json::value* found = withId(list(reply.body, "video_list"), video);
        context.require(reply, found != nullptr, "the new video is on the first page");
        return *found;
    };
    context.eventually("the fan's view", [&] {
        const json::value mine = seen(&fan);
        return flag(mine, "is_favorite") && flag(memberOf(mine, "author"), "is_follow");
    });
    for (const Person* const caller : {&author, static_cast<const Person*>(nullptr)}) {
        context.expect(!flag(memberOf(seen(caller), "author"), "is_follow"),
                       "is_follow is false for the author and for strangers");
        context.expect(!flag(seen(caller), "is_favorite"), "is_favorite belongs to the caller");
    }
}

void badInput(Context& context) {
    for (const std::string_view value : {"", "x", "1e18", "1676323215123456789.0"}) {
        context.expectFailure(context.get("/douyin/feed/", {{"latest_time", std::string(value)}}),
                              kParamsErr);
    }
}

// --- 4.4

struct Order {
    std::string_view name;
    Upload upload;
    std::vector<Verdict> verdicts;
    bool goodToken = true;
};

// "TikGok checks in the order token, title, data part, suffix"
const std::vector<Order>& orders() {
    static const std::string kLong(33, 'x');
    static const std::vector<Order> table{
        {"no-token-nothing-else", {}, {kNoToken}, false},
        {"bad-token-no-title", {.token = "hello", .fileName = "a.txt"}, {kNotAToken}, false},
        {"bad-token-good-rest", {.token = "hello", .title = "t", .fileName = "a.mp4"}, {kNotAToken}, false},
        {"no-title-no-data", {}, {kOwnParamsErr}},
        {"no-title", {.fileName = "a.mp4"}, {kOwnParamsErr}},
        {"empty-title", {.title = "", .fileName = "a.mp4"}, {kOwnParamsErr}},
        {"long-title-no-data", {.title = kLong}, {kOwnParamsErr}},
        {"long-title-bad-suffix", {.title = kLong, .fileName = "a.txt"}, {kOwnParamsErr}},
        {"eleven-chinese",
         {.title = "\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97"
                   "\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97",
          .fileName = "a.mp4"},
         {kOwnParamsErr}},
        // The contract gives the code only.
        {"no-data", {.title = "t"}, {kParamsErr, kOwnParamsErr}},
        {"bad-suffix", {.title = "t", .fileName = "a.txt"}, {kServiceErr}},
        {"no-suffix", {.title = "t", .fileName = "mp4"}, {kServiceErr}},
        {"suffix-of-a-picture", {.title = "t", .fileName = "a.mp4.png"}, {kServiceErr}},
    };
    return table;
}

void order(Context& context, const Order& what) {
    const Person& person = context.shared(2);
    const std::size_t before = context.publishedBy(person).size();
    Upload upload = what.upload;
    if (what.goodToken) {
        upload.token = person.token;
    }
    context.expectOneOf(context.call(uploadRequest(upload)), what.verdicts);
    context.expect(context.publishedBy(person).size() == before, "nothing is published");
}

// "title 1-32 bytes", "Content is never sniffed", suffixes in any case
void taken(Context& context) {
    const Person person = context.newPerson();
    const std::string ten =
        "\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97"
        "\xE5\xAD\x97\xE5\xAD\x97";
    std::vector<std::string> titles;
    for (const std::string& title : {ten, std::string(32, 'x'), std::string("x")}) {
        context.expectOk(
            context.call(uploadRequest({.token = person.token, .title = title, .fileName = "words.mp4"})));
        titles.push_back(title);
    }
    for (const std::string_view suffix : kSuffixes) {
        titles.push_back("suffix " + std::string(suffix));
        context.expectOk(context.call(uploadRequest(
            {.token = person.token, .title = titles.back(), .fileName = "words." + std::string(suffix)})));
    }
    titles.emplace_back("capitals");
    context.expectOk(
        context.call(uploadRequest({.token = person.token, .title = "capitals", .fileName = "WORDS.MP4"})));
    context.eventually("all are in publish/list",
                       [&] { return context.publishedBy(person).size() == titles.size(); });
    const json::array videos = context.publishedBy(person);
    for (std::size_t i = 0; i < videos.size() && i < titles.size(); ++i) {
        context.expectEqual(text(videos[i], "title"), titles[titles.size() - 1 - i], "newest first");
    }
}

// --- 4.5

void unknownAuthor(Context& context) {
    for (const std::int64_t id :
         {std::numeric_limits<std::int64_t>::max(), std::int64_t{4096}, std::int64_t{-1}}) {
        context.expect(
            idsIn(context, listOf(context, "publish", context.shared(0), id), "video_list").empty(),
            "an unknown user has no videos");
    }
}

// --- 3

// "uploaded after the publish answer, so both URLs may 404 for seconds"
void mediaLate(Context& context) {
    const Person person = context.newPerson();
    context.publish(person, "late");
    const json::value video = context.publishedBy(person).front();
    const std::array<std::string_view, 2> members{"play_url", "cover_url"};
    for (const std::string_view url : members) {
        const Reply early = context.plain({.target = text(video, url)});
        context.expect(early, early.answer.status == 404, std::string(url) + " answers 404 at first");
    }
    for (const std::string_view url : members) {
        context.eventually(
            std::string(url) + " answers",
            [&] {
                const Reply late = context.plain({.target = text(video, url)});
                context.expect(late, late.answer.status == 200 || late.answer.status == 404, "200 or 404");
                return late.answer.status == 200 && !late.answer.body.empty();
            },
            std::chrono::seconds(20));
    }
    const Reply cover = context.plain({.target = text(video, "cover_url")});
    context.expect(cover,
                   cover.answer.mediaType() == "image/png" && cover.answer.body.starts_with("\x89PNG\r\n"),
                   "the cover is a PNG");
    const Reply whole = context.plain({.target = text(video, "play_url")});
    context.expect(whole, whole.answer.body == context.settings().clip, "the file that was sent");
    const Reply range =
        context.plain({.target = text(video, "play_url"), .headers = {{"Range", "bytes=10-19"}}});
    context.expect(range,
                   range.answer.status == 206 && range.answer.body == context.settings().clip.substr(10, 10),
                   "a range of it");
    context.expect(range, whole.answer.header("content-encoding").empty(), "media are not compressed");
}

// "`url_prefix` + YYYY/MM/DD/<snowflake>.<suffix>"
void mediaUrls(Context& context) {
    const Person person = context.newPerson();
    context.publish(person, "named");
    const json::value video = context.publishedBy(person).front();
    static const std::regex kShape(R"(^https?://.+/[0-9]{4}/[0-9]{2}/[0-9]{2}/([0-9]+)\.([a-z0-9]+)$)");
    for (const std::string_view url : {"play_url", "cover_url"}) {
        std::smatch match;
        const std::string where = text(video, url);
        if (!context.expect(std::regex_match(where, match, kShape),
                            std::string(url) + " is YYYY/MM/DD/<snowflake>.<suffix>: " + where)) {
            continue;
        }
        context.expect(std::stoll(match[1].str()) % kSnowflakeStep == 0,
                       "a snowflake names the file: " + where);
        // "Cover = PNG of an early frame"
        context.expectEqual(match[2].str(), std::string(url == "cover_url" ? "png" : "mp4"),
                            "the suffix of " + where);
    }
}

void snowflakes(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const std::int64_t video = context.publish(a, "id");
    const Reply comment = addComment(context, b, video, "id");
    context.requireOk(comment);
    context.requireOk(say(context, a, b.id, "id"));
    std::vector<std::int64_t> messages;
    context.eventually("the message is there", [&] {
        messages =
            idsIn(context, chat(context, b, a.id, std::numeric_limits<std::int64_t>::max()), "message_list");
        return messages.size() == 1;
    });
    std::vector<std::int64_t> all{a.id, b.id, video, number(memberOf(comment.body, "comment"), "id")};
    all.insert(all.end(), messages.begin(), messages.end());
    for (const std::int64_t id : all) {
        context.expect(id > (std::int64_t{1} << 53), "63-bit id: " + std::to_string(id));
        context.expect(id % kSnowflakeStep == 0, "a multiple of 4096: " + std::to_string(id));
    }
    context.expect(a.id < b.id, "later ids are larger");
    std::ranges::sort(all);
    context.expect(std::ranges::adjacent_find(all) == all.end(), "no id comes twice");
}

}  // namespace
}  // namespace tikgok_video_cases

void addTikgokVideoCases(Cases& cases) {
    using namespace tikgok_video_cases;
    add(cases, "4.1", "feed/page-of-ten", &pageOfTen);
    add(cases, "4.1", "feed/inclusive-bound", &inclusiveBound);
    add(cases, "4.1", "feed/end-repeats", &endRepeats);
    add(cases, "4.1", "feed/now", &now);
    add(cases, "4.1", "feed/other-units", &otherUnits);
    add(cases, "4.1", "feed/own-videos", &ownVideos);
    add(cases, "4.1", "feed/bad-input", &badInput);
    for (const Order& each : orders()) {
        add(cases, "4.4", "publish/order/" + std::string(each.name), [&](Context& c) { order(c, each); });
    }
    add(cases, "4.4", "publish/taken", &taken);
    add(cases, "4.5", "publish/unknown-author", &unknownAuthor);
    add(cases, "3", "media/late", &mediaLate);
    add(cases, "3", "media/urls", &mediaUrls);
    add(cases, "3", "ids/snowflakes", &snowflakes);
}

}  // namespace tikgok::conformance
