// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a person published, or what they like: a list that the server sends whole.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/task_scope.h"
#include "core/entities/entity_store.h"
#include "core/feed/video_list.h"

namespace tikgok {

// The base by its whole name: what describes the types to QML does not look into namespaces.
class VideoListModel final : public tikgok::VideoList {
    Q_OBJECT

public:
    enum class Kind {
        Works,  // newest first
        Likes,  // latest like first
    };

    // All must outlive the model. Nothing is asked before refresh().
    VideoListModel(Kind kind, contract::Id userId, Api& api, Session& session, EntityStore& store,
                   QObject* parent = nullptr);
    ~VideoListModel() override;

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] contract::Id userId() const { return userId_; }

    // Brings the rows in line with what the server says now, with as few changes as that needs, so that a
    // grid keeps its place.
    void refresh() override;
    // There is no more than the whole.
    void loadMore() override {}
    void retry() override;
    // The rows stay, only the place goes back to the first one.
    void startOver() override;

private:
    Api::Call<std::vector<contract::Video>> ask(const QString& token, std::stop_token alive);
    QCoro::Task<> load();
    void adopt(const QList<VideoEntity*>& videos);
    void accountMayHaveChanged();
    void clear();

    Kind kind_;
    contract::Id userId_;
    Api& api_;
    Session& session_;
    EntityStore& store_;
    // Who asked for what is shown; 0: a stranger.
    contract::Id readAs_ = 0;
    TaskScope scope_;
};

}  // namespace tikgok
