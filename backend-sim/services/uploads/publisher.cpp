// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/uploads/publisher.h"

#include "backend-sim/services/text_rules.h"
#include "backend-sim/services/waiting.h"
#include "core/contract/endpoints.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>

namespace tikgok::sim {

namespace {

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

// One upload on its way. Whatever happens, destroying it leaves no file behind but those that were handed
// over.
struct Publisher::Publication {
    Publication(const RequestContext& requestContext, StagedUpload staged, ObjectStore& objectStore)
        : context(requestContext),
          file(std::move(staged.file)),
          cover(std::move(staged.cover)),
          objects(objectStore) {}
    Publication(const Publication&) = delete;
    Publication& operator=(const Publication&) = delete;
    ~Publication() {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
        if (!cover.empty()) {
            std::filesystem::remove(cover, ignored);
        }
        if (!handedOver && !upload.playKey.empty()) {
            objects.remove(upload.playKey);
            objects.remove(upload.coverKey);
        }
    }

    RequestContext context;
    std::filesystem::path file;
    // Empty: none.
    std::filesystem::path cover;
    ObjectStore& objects;
    std::string suffix;
    Upload upload;
    bool handedOver = false;
    Done<contract::Id> done;
};

void Publisher::publish(const RequestContext& context, StagedUpload upload, std::string title,
                        Done<contract::Id> done) {
    const bool goodTitle = isGoodText(title, contract::kMaxTitleLength, *context.policy);
    const auto suffix = suffixOf(upload.clientFileName);
    auto publication = std::make_unique<Publication>(context, std::move(upload), needs_.objects);
    if (!goodTitle || (!suffix && context.policy->checkSuffix)) {
        publication.reset();  // the file is gone before the answer
        done(std::unexpected(goodTitle ? contract::kServiceErr : contract::kParamsErr));
        return;
    }
    publication->suffix = suffix.value_or("mp4");
    publication->upload.title = std::move(title);
    publication->done = std::move(done);
    auto place = std::make_shared<std::unique_ptr<Publication>>(std::move(publication));
    if (!needs_.storing.tryRun([this, place] { store(std::move(*place)); })) {
        Done<contract::Id> answer = std::move((*place)->done);
        place->reset();
        answer(std::unexpected(contract::tooManyRequests(1)));
    }
}

bool Publisher::givenUp(const Publication& publication) const {
    if (!nobodyWaits(publication.context, needs_.clock)) {
        return false;
    }
    if (needs_.telemetry != nullptr) {
        needs_.telemetry->happened(Event::UploadAbandoned);
    }
    return true;
}

void Publisher::store(std::unique_ptr<Publication> publication) {
    const auto fail = [&publication](const contract::Failure& failure) {
        Done<contract::Id> done = std::move(publication->done);
        publication.reset();
        done(std::unexpected(failure));
    };
    if (givenUp(*publication)) {
        fail(contract::kServiceErr);
        return;
    }
    const std::shared_lock passing(storing_);
    const Policy& policy = *publication->context.policy;
    const std::int64_t now = needs_.clock.nowMs();
    Upload& upload = publication->upload;
    upload.id = needs_.ids.next();
    upload.author = publication->context.caller;
    upload.playKey = needs_.objects.keyFor(upload.id, now, publication->suffix);
    upload.coverKey = needs_.objects.keyFor(upload.id, now, policy.coverSuffix);
    upload.mustBeVideo = policy.sniffContent;
    if (policy.mediaDelay.count() > 0) {
        const std::int64_t configured = mediaDelayMs_;
        upload.visibleFrom = now + (configured < 0 ? policy.mediaDelay.count() : configured);
        needs_.objects.hideUntil(upload.playKey, upload.visibleFrom, now);
        needs_.objects.hideUntil(upload.coverKey, upload.visibleFrom, now);
    }
    if (const auto stored = needs_.objects.put(publication->file, upload.playKey); !stored) {
        logTo(needs_.log, LogLevel::Error, "An upload could not be stored: " + stored.error().what);
        fail(contract::kServiceErr);
        return;
    }
    if (const auto refusal = storeCover(*publication)) {
        fail(*refusal);
        return;
    }
    if (givenUp(*publication)) {
        fail(contract::kServiceErr);
        return;
    }
    // From here on the files belong to the message; whoever takes it may be done with it before we are.
    publication->handedOver = true;
    const contract::Id id = upload.id;
    Done<contract::Id> nobody;
    Done<contract::Id>& waiting = policy.publishWaits ? publication->done : nobody;
    if (const auto accepted = needs_.intake.accept(upload, waiting); !accepted) {
        publication->handedOver = false;
        fail(accepted.error());
        return;
    }
    if (!policy.publishWaits) {
        Done<contract::Id> done = std::move(publication->done);
        publication.reset();
        done(id);
    }
}

std::optional<contract::Failure> Publisher::storeCover(Publication& publication) {
    if (publication.cover.empty() || needs_.pictures == nullptr) {
        return std::nullopt;
    }
    Upload& upload = publication.upload;
    // Beside the staged file, with a name of its own; the suffix says what kind of picture it becomes.
    const std::filesystem::path made =
        publication.cover.string() + std::filesystem::path(upload.coverKey).extension().string();
    if (const auto picture = needs_.pictures->recode(publication.cover, made); !picture) {
        const bool ours = picture.error().kind == MediaError::Kind::Io;
        logTo(needs_.log, ours ? LogLevel::Error : LogLevel::Info,
              "A cover was refused: " + picture.error().what);
        return ours ? contract::kServiceErr : contract::kParamsErr;
    }
    if (const auto stored = needs_.objects.put(made, upload.coverKey); !stored) {
        std::error_code ignored;
        std::filesystem::remove(made, ignored);
        logTo(needs_.log, LogLevel::Error, "A cover could not be stored: " + stored.error().what);
        return contract::kServiceErr;
    }
    upload.ownCover = true;
    return std::nullopt;
}

}  // namespace tikgok::sim
