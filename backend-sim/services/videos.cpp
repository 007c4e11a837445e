// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/videos.h"

#include "backend-sim/services/shapes.h"
#include "backend-sim/services/text_rules.h"
#include "backend-sim/services/waiting.h"
#include "core/contract/endpoints.h"
#include "core/contract/text.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <system_error>
#include <utility>

namespace tikgok::sim {

namespace {

constexpr std::int64_t kNanosecondsPerMs = 1'000'000;

// Lower case, without the dot; nothing when it is not one that the contract takes.
std::optional<std::string> suffixOf(const std::string& fileName) {
    const std::size_t dot = fileName.rfind('.');
    if (dot == std::string::npos) {
        return std::nullopt;
    }
    std::string suffix = fileName.substr(dot + 1);
    std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const auto& known = contract::kVideoSuffixes;
    return std::find(known.begin(), known.end(), suffix) == known.end() ? std::nullopt
                                                                        : std::optional(suffix);
}

}  // namespace

// A file that goes when this goes.
class Videos::OwnedFile {
public:
    explicit OwnedFile(std::filesystem::path path) : path_(std::move(path)) {}
    OwnedFile(const OwnedFile&) = delete;
    OwnedFile& operator=(const OwnedFile&) = delete;
    ~OwnedFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

// One upload on its way. Whatever happens, destroying it leaves no file behind but those of a kept video.
struct Videos::Publication {
    Publication(const RequestContext& requestContext, std::filesystem::path file, std::string videoTitle,
                std::string fileSuffix, ObjectStore& objectStore)
        : context(requestContext),
          upload(file),
          cover(file += ".cover.jpg"),
          title(std::move(videoTitle)),
          suffix(std::move(fileSuffix)),
          objects(objectStore) {}
    Publication(const Publication&) = delete;
    Publication& operator=(const Publication&) = delete;
    ~Publication() {
        if (!published) {
            objects.remove(playKey);
            objects.remove(coverKey);
        }
    }

    RequestContext context;
    OwnedFile upload;
    OwnedFile cover;
    std::string title;
    std::string suffix;
    ObjectStore& objects;
    std::string playKey;
    std::string coverKey;
    bool published = false;
    Done<contract::Id> done;
};

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
    // Nothing is published in the future, so "now" is no bound at all. That way a video that was published
    // within this very millisecond is seen, too.
    const std::int64_t now = needs_.clock.nowMs();
    std::int64_t bound = std::numeric_limits<std::int64_t>::max();
    if (latestTime > 0 && latest <= now) {
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
    const ListFacts facts = needs_.reader.readPublished(
        context.caller, user == 0 ? context.caller : user,
        [&](const VideoSight& sight) { videos.push_back(videoOf(sight, needs_.urls)); });
    if (!facts.owner && context.policy->checkTargets) {
        return std::unexpected(contract::kUserNotFound);
    }
    return videos;
}

void Videos::publish(const RequestContext& context, StagedUpload upload, std::string title,
                     Done<contract::Id> done) {
    const bool goodTitle = isGoodText(title, contract::kMaxTitleLength, *context.policy);
    auto suffix = suffixOf(upload.clientFileName);
    auto publication = std::make_unique<Publication>(context, std::move(upload.file), std::move(title),
                                                     suffix.value_or("mp4"), needs_.objects);
    if (!goodTitle || (!suffix && context.policy->checkSuffix)) {
        publication.reset();  // the file is gone before the answer
        done(std::unexpected(goodTitle ? contract::kServiceErr : contract::kParamsErr));
        return;
    }
    publication->done = std::move(done);
    auto place = std::make_shared<std::unique_ptr<Publication>>(std::move(publication));
    if (!needs_.inspecting.tryRun([this, place] { process(std::move(*place)); })) {
        Done<contract::Id> answer = std::move((*place)->done);
        place->reset();
        answer(std::unexpected(contract::kServiceErr));
    }
}

void Videos::process(std::unique_ptr<Publication> publication) {
    const auto fail = [&publication](const contract::Failure& failure) {
        Done<contract::Id> done = std::move(publication->done);
        publication.reset();
        done(std::unexpected(failure));
    };
    const auto cancelled = [this, &context = publication->context] {
        return nobodyWaits(context, needs_.clock);
    };
    if (cancelled()) {
        fail(contract::kServiceErr);
        return;
    }
    const auto facts =
        needs_.inspector.inspect(publication->upload.path(), publication->cover.path(), cancelled);
    if (!facts) {
        logTo(needs_.log, LogLevel::Info, "An upload was refused: " + facts.error().what);
        fail(contract::kServiceErr);
        return;
    }
    const contract::Id id = needs_.ids.next();
    const std::int64_t now = needs_.clock.nowMs();
    const auto play = needs_.objects.put(publication->upload.path(), id, now, publication->suffix);
    if (!play) {
        logTo(needs_.log, LogLevel::Error, "An upload could not be stored: " + play.error().what);
        fail(contract::kServiceErr);
        return;
    }
    publication->playKey = *play;
    const auto cover = needs_.objects.put(publication->cover.path(), id, now, "jpg");
    if (!cover) {
        logTo(needs_.log, LogLevel::Error, "A cover could not be stored: " + cover.error().what);
        fail(contract::kServiceErr);
        return;
    }
    publication->coverKey = *cover;
    PublishVideo command{id, publication->context.caller, publication->title, *play, *cover};
    needs_.writer.submit(std::move(command),
                         [publication = std::move(publication)](Outcome<contract::Id> outcome) mutable {
                             publication->published = outcome.has_value();
                             Done<contract::Id> done = std::move(publication->done);
                             publication.reset();
                             done(std::move(outcome));
                         });
}

}  // namespace tikgok::sim
