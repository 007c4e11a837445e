// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The feed: order, paging, units of time, its end, and what depends on the caller.

#include "tests/conformance/context.h"

#include <algorithm>
#include <set>
#include <span>

namespace tikgok::conformance {

namespace feed_cases {
namespace {

struct Page {
    json::array videos;
    std::int64_t next = 0;
};

Page page(Context& context, std::optional<std::int64_t> latest, const Person* person = nullptr) {
    Pairs query;
    if (latest) {
        query.push_back({"latest_time", std::to_string(*latest)});
    }
    const Reply reply = context.get("/douyin/feed/", query, person);
    context.requireOk(reply);
    return {list(reply.body, "video_list"), number(reply.body, "next_time")};
}

std::vector<std::int64_t> ids(const Page& page) {
    return idsOf(page.videos);
}

// Enough videos for a feed of more than one page on an empty server. Made once per run.
constexpr int kWorks = 34;

const Person& busyAuthor(Context& context) {
    const Person& author = context.shared(3);
    const std::size_t have = context.publishedBy(author).size();
    for (std::size_t i = have; i < kWorks; ++i) {
        const Reply reply = context.call(context.publishRequest(author, "work " + std::to_string(i)));
        context.requireOk(reply);
    }
    return author;
}

void newestFirst(Context& context) {
    const Person& author = busyAuthor(context);
    const Page top = page(context, std::nullopt);
    context.expectEqual(static_cast<std::int64_t>(top.videos.size()), static_cast<std::int64_t>(kFeedPage),
                        "videos on a full page");
    const json::array published = context.publishedBy(author);
    context.expectEqual(static_cast<std::int64_t>(published.size()), std::int64_t{kWorks},
                        "publish/list is complete");
    const std::vector<std::int64_t> own = idsOf(published);
    const std::vector<std::int64_t> seen = ids(top);
    context.expect(
        std::ranges::equal(seen, std::span(own).first(std::min(own.size(), seen.size()))),
        "the newest videos are on top, newest first: feed " + shown(seen) + ", publish/list " + shown(own));
}

void everything(Context& context) {
    const Person& author = busyAuthor(context);
    // A server with very many videos is only walked in part.
    constexpr int kMostPages = 400;
    std::set<std::int64_t> seen;
    std::map<std::int64_t, std::set<std::int64_t>> byAuthor;
    std::map<std::int64_t, std::int64_t> workCount;
    std::optional<std::int64_t> latest;
    std::int64_t bound = 0;
    bool ended = false;
    std::size_t lastSize = kFeedPage;
    for (int i = 0; i < kMostPages && !ended; ++i) {
        const Page here = page(context, latest);
        if (here.videos.empty()) {
            ended = true;
            context.expect(here.next > bound, "next_time at the end of the feed is the present");
            context.expect(!ids(page(context, here.next)).empty(),
                           "echoing the last next_time starts again at the top");
            break;
        }
        context.expect(lastSize == kFeedPage, "only the last page is short");
        lastSize = here.videos.size();
        context.expect(bound == 0 || here.next < bound, "next_time goes down");
        for (const json::value& each : here.videos) {
            const std::int64_t id = number(each, "id");
            context.expect(seen.insert(id).second, "video " + std::to_string(id) + " comes once");
            const json::value& by = memberOf(each, "author");
            byAuthor[number(by, "id")].insert(id);
            workCount[number(by, "id")] = number(by, "work_count");
        }
        bound = here.next;
        latest = here.next;
    }
    context.expect(ended, "the feed ends");
    context.expectEqual(static_cast<std::int64_t>(byAuthor[author.id].size()), std::int64_t{kWorks},
                        "videos of one author over all pages");
    int checked = 0;
    for (const auto& [id, videos] : byAuthor) {
        if (++checked > 25) {
            break;
        }
        const std::vector<std::int64_t> listed = idsOf(context.publishedBy({.id = id}, &author));
        context.expect(
            std::ranges::all_of(listed, [&](std::int64_t each) { return videos.contains(each); }) &&
                listed.size() == videos.size(),
            "feed and publish/list of author " + std::to_string(id) + " agree");
        context.expectEqual(workCount[id], static_cast<std::int64_t>(listed.size()),
                            "work_count of an author");
    }
}

void strictBound(Context& context) {
    busyAuthor(context);
    const Page top = page(context, std::nullopt);
    if (!context.expect(!top.videos.empty(), "a feed that is not empty")) {
        return;
    }
    const std::int64_t tail = ids(top).back();
    const std::vector<std::int64_t> below = ids(page(context, top.next));
    context.expect(!below.empty() && std::ranges::find(below, tail) == below.end(),
                   "a video published exactly at latest_time is not in the page");
    const std::vector<std::int64_t> at = ids(page(context, top.next + 1));
    context.expect(!at.empty() && at.front() == tail, "one millisecond later it is the first");
}

void units(Context& context) {
    busyAuthor(context);
    const std::int64_t ms = page(context, std::nullopt).next;
    const std::vector<std::int64_t> want = ids(page(context, ms));
    context.expectEqual(ids(page(context, ms * 1'000)), want, "the same time in microseconds");
    context.expectEqual(ids(page(context, ms * 1'000'000)), want, "the same time in nanoseconds");
    const std::int64_t s = ms / 1'000;
    const std::vector<std::int64_t> wantSecond = ids(page(context, s * 1'000));
    context.expectEqual(ids(page(context, s)), wantSecond, "the same second in seconds");
    context.expectEqual(ids(page(context, s * 1'000'000)), wantSecond, "the same second in microseconds");
    context.expectEqual(ids(page(context, s * 1'000'000'000)), wantSecond, "the same second in nanoseconds");
}

void unitBorders(Context& context) {
    busyAuthor(context);
    const std::vector<std::int64_t> top = ids(page(context, std::nullopt));
    const std::vector<std::int64_t> none;
    // Just below a border the value lies in the year 5138, just at it in 1973.
    for (const std::int64_t border : {100'000'000'000, 100'000'000'000'000, 100'000'000'000'000'000}) {
        context.expectEqual(ids(page(context, border - 1)), top, "below the border: the future, so now");
        context.expectEqual(ids(page(context, border)), none, "at the border: 1973, before all videos");
    }
    context.expectEqual(ids(page(context, 1)), none, "1 is a second of 1970");
}

void now(Context& context) {
    busyAuthor(context);
    const std::vector<std::int64_t> top = ids(page(context, std::nullopt));
    for (const std::int64_t value : std::initializer_list<std::int64_t>{
             0, -1, -1'676'323'215'123, std::numeric_limits<std::int64_t>::min(),
             std::numeric_limits<std::int64_t>::max(), 4'000'000'000'000}) {
        context.expectEqual(ids(page(context, value)), top,
                            "latest_time " + std::to_string(value) + " is now");
    }
}

void callers(Context& context) {
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const std::int64_t id = context.publish(author, "relative");
    context.requireOk(context.post("/douyin/favorite/action/",
                                   {{"video_id", std::to_string(id)}, {"action_type", "1"}}, &fan));
    context.requireOk(context.post("/douyin/relation/action/",
                                   {{"to_user_id", std::to_string(author.id)}, {"action_type", "1"}}, &fan));
    struct Row {
        std::string_view who;
        const Person* person;
        bool likes;
    };
    for (const Row& row :
         {Row{"the fan", &fan, true}, Row{"the author", &author, false}, Row{"a stranger", nullptr, false}}) {
        const Page top = page(context, std::nullopt, row.person);
        const json::value* video = withId(top.videos, id);
        if (!context.expect(video != nullptr, "a new video is on the first page")) {
            continue;
        }
        context.expectEqual(flag(*video, "is_favorite"), row.likes,
                            "is_favorite for " + std::string(row.who));
        context.expectEqual(flag(memberOf(*video, "author"), "is_follow"), row.likes,
                            "is_follow for " + std::string(row.who));
        context.expectEqual(number(*video, "favorite_count"), std::int64_t{1}, "favorite_count");
        context.expectEqual(text(memberOf(*video, "author"), "name"), author.name, "author");
    }
}

}  // namespace
}  // namespace feed_cases

void addFeedCases(Cases& cases) {
    using namespace feed_cases;
    cases.push_back({"feed/newest-first", &newestFirst});
    cases.push_back({"feed/strict-bound", &strictBound});
    cases.push_back({"feed/units", &units});
    cases.push_back({"feed/unit-borders", &unitBorders});
    cases.push_back({"feed/now", &now});
    cases.push_back({"feed/everything", &everything});
    cases.push_back({"feed/callers", &callers});
}

}  // namespace tikgok::conformance
