// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/videos.h"

#include "backend-sim/services/shapes.h"
#include "backend-sim/services/waiting.h"
#include "core/contract/endpoints.h"
#include "core/contract/text.h"

#include <limits>
#include <utility>

namespace tikgok::sim {

namespace {

constexpr std::int64_t kNanosecondsPerMs = 1'000'000;

}  // namespace

Outcome<FeedSlice> Videos::feed(const RequestContext& context, std::int64_t latestTime) const {
    FeedSlice slice;
    slice.videos.reserve(pageSize_.load(std::memory_order_relaxed));
    const auto nextTime =
        visitFeed(context, latestTime, [&slice](const VideoSight& sight, const MediaUrls& urls) {
            slice.videos.push_back(videoOf(sight, urls));
        });
    if (!nextTime) {
        return std::unexpected(nextTime.error());
    }
    slice.nextTime = *nextTime;
    return slice;
}

Outcome<std::int64_t> Videos::visitFeed(const RequestContext& context, std::int64_t latestTime,
                                        const VideoVisitor& visit) const {
    const Policy& policy = *context.policy;
    const bool nanoseconds = policy.timeInput == Policy::TimeInput::Nanoseconds;
    // Rounded towards the past. That is right for an inclusive bound; an exclusive one in nanoseconds would
    // let the videos of its own millisecond wait for the next page.
    const std::int64_t latest =
        nanoseconds ? latestTime / kNanosecondsPerMs : contract::toMilliseconds(latestTime);
    // Without a bound, "now" is none at all: a video that was published within this very millisecond is seen,
    // too, and so is one from before the clock was put back. A bound in the future is one all the same: it
    // may be the time of such a video, and the page behind it is asked for.
    const std::int64_t now = needs_.clock.nowMs();
    std::int64_t bound = std::numeric_limits<std::int64_t>::max();
    if (latestTime > 0 && latest < bound) {
        bound = policy.feedInclusive ? latest + 1 : latest;
    }
    const std::size_t limit =
        policy.feedPage == 0 ? pageSize_.load(std::memory_order_relaxed) : policy.feedPage;
    std::int64_t nextTime = now;
    needs_.reader.readFeed(context.caller, bound, limit, [&](const VideoSight& sight) {
        visit(sight, needs_.urls);
        nextTime = sight.video.publishedAt;
    });
    return nextTime;
}

Outcome<std::vector<contract::Video>> Videos::publishedBy(const RequestContext& context,
                                                          contract::Id user) const {
    std::vector<contract::Video> videos;
    Patience patience(context, needs_.clock);
    const ListFacts facts = needs_.reader.readPublished(
        context.caller, ownerOf(context, user),
        gather(videos, patience, [&](const VideoSight& sight) { return videoOf(sight, needs_.urls); }));
    if (patience.ended()) {
        return std::unexpected(contract::kServiceErr);
    }
    if (!facts.owner && context.policy->checkTargets) {
        return std::unexpected(contract::kUserNotFound);
    }
    return videos;
}

void Videos::publish(const RequestContext& context, StagedUpload upload, std::string title,
                     Done<contract::Id> done) {
    needs_.publisher.publish(context, std::move(upload), std::move(title), std::move(done));
}

}  // namespace tikgok::sim
