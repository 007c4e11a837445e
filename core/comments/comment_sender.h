// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How comments get to the server and away from it: the outbox's handlers of Comment and DeleteComment.
//
// A comment is not to be posted twice, and the contract gives it no name before it is there. So before the
// first request goes out, the ids of what looks the same on the server already are remembered on disk; when
// the answer is lost, what looks the same and is not among them is the one.
#pragma once

#include "core/api/api.h"
#include "core/api/error.h"
#include "core/outbox/look_again.h"
#include "core/outbox/outbox.h"

#include <QObject>
#include <QSet>

#include <memory>
#include <optional>
#include <vector>

namespace tikgok {

class Session;

class CommentSender final : public QObject {
    Q_OBJECT

public:
    // All must outlive it.
    CommentSender(Api& api, Session& session, Outbox& outbox, LookOptions looks = {},
                  QObject* parent = nullptr);
    ~CommentSender() override;

    // For Intent::data of a new comment: all comments of the video whose text is the same, when they are
    // known at this moment.
    [[nodiscard]] static QByteArray remember(const QSet<contract::Id>& known);
    // For one that may have been posted, although nobody remembers what was there before: any comment of the
    // same words is taken for it.
    [[nodiscard]] static QByteArray rememberNone();
    // Which comment it became; 0 while that is not known.
    [[nodiscard]] static contract::Id commentOf(const Intent& intent);
    // The comment of `list` that this intent became, although no answer said so.
    [[nodiscard]] std::optional<contract::Comment> findArrived(
        const Intent& intent, const std::vector<contract::Comment>& list) const;

Q_SIGNALS:
    // Just before Outbox::sent(). The id is 0 where the server did not say which comment it is.
    void arrived(tikgok::IntentId intent, const tikgok::contract::Comment& comment);

private:
    class Posting;
    class Removing;

    // Comments that other intents of the same person became.
    [[nodiscard]] QSet<contract::Id> claimed(const Intent& intent) const;
    // Another one of the same words is waiting or was sent: what was remembered earlier may be too little.
    [[nodiscard]] bool hasTwin(const Intent& intent) const;

    Api& api_;
    Session& session_;
    Outbox& outbox_;
    LookOptions looks_;
    std::unique_ptr<Posting> posting_;
    std::unique_ptr<Removing> removing_;
};

}  // namespace tikgok
