// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The feed, publishing, and published works.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/media_urls.h"
#include "backend-sim/ports/read_model.h"
#include "backend-sim/services/services.h"
#include "backend-sim/services/uploads/publisher.h"
#include "core/contract/endpoints.h"

#include <atomic>
#include <cstddef>

namespace tikgok::sim {

class Videos final : public VideoService {
public:
    // Nothing is owned.
    struct Needs {
        const VideoReader& reader;
        Publishing& publisher;
        const Clock& clock;
        const MediaUrls& urls;
        // Videos on a page of the feed, 1 to 30.
        std::size_t pageSize = contract::kMaxFeedPage;
    };
    explicit Videos(const Needs& needs) : needs_(needs), pageSize_(needs_.pageSize) {}

    // For pages that are asked for from now on. 1 to 30.
    void setPageSize(std::size_t videos) { pageSize_.store(videos, std::memory_order_relaxed); }

    Outcome<FeedSlice> feed(const RequestContext& context, std::int64_t latestTime) const override;
    Outcome<std::int64_t> visitFeed(const RequestContext& context, std::int64_t latestTime,
                                    const VideoVisitor& visit) const override;
    void publish(const RequestContext& context, StagedUpload upload, std::string title,
                 Done<contract::Id> done) override;
    Outcome<std::vector<contract::Video>> publishedBy(const RequestContext& context,
                                                      contract::Id user) const override;

private:
    const Needs needs_;
    std::atomic<std::size_t> pageSize_;
};

}  // namespace tikgok::sim
