// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One video as a list of its own, for links to it.
//
// The contract cannot be asked for a single video. What the client has seen is at hand; otherwise the pages
// of the feed are looked through, newest first, as far as kMostPages.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/task_scope.h"
#include "core/entities/entity_store.h"
#include "core/feed/video_list.h"

namespace tikgok {

class OneVideo final : public VideoList {
    Q_OBJECT

public:
    static constexpr int kMostPages = 10;

    // All must outlive the list. Nothing is asked before refresh().
    OneVideo(contract::Id videoId, Api& api, Session& session, EntityStore& store, QObject* parent = nullptr);
    ~OneVideo() override;

    // State::NoVideos when it was not found. Looks again when the server is another one.
    void refresh() override;
    void loadMore() override {}
    void retry() override { refresh(); }
    void startOver() override { setCurrentRow(0); }

private:
    QCoro::Task<> look();

    contract::Id videoId_;
    Api& api_;
    Session& session_;
    EntityStore& store_;
    bool asked_ = false;
    TaskScope scope_;
};

}  // namespace tikgok
