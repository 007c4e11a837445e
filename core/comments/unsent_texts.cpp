// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/comments/unsent_texts.h"

#include "core/comments/comment_sender.h"
#include "core/comments/drafts.h"
#include "core/outbox/outbox.h"

#include <algorithm>

namespace tikgok {

namespace {

void moveOne(Drafts& drafts, Outbox& outbox, const UnsentText& unsent) {
    const contract::Id video = unsent.target.toLongLong();
    if (video <= 0 || unsent.account.endsWith(QLatin1String("|0"))) {
        const QString typed = drafts.draft(unsent.account, unsent.target);
        drafts.setDraft(unsent.account, unsent.target,
                        typed.isEmpty() ? unsent.text : unsent.text + QLatin1Char('\n') + typed);
        drafts.removeUnsent(unsent);
        return;
    }
    // It was moved in a run that ended before the drafts were written.
    const QList<Intent> moved = outbox.open(unsent.account, IntentKind::Comment, video);
    if (std::ranges::any_of(moved, [&](const Intent& one) { return one.text == unsent.text; })) {
        drafts.removeUnsent(unsent);
        return;
    }
    Intent intent;
    intent.account = unsent.account;
    intent.kind = IntentKind::Comment;
    intent.target = video;
    intent.text = unsent.text;
    if (unsent.uncertain) {
        intent.maybeDone = true;
        intent.data = CommentSender::rememberNone();
    }
    outbox.put(std::move(intent));
}

void moveAll(Drafts& drafts, Outbox& outbox) {
    const QList<UnsentText> all = drafts.unsent();
    for (const UnsentText& one : all) {
        moveOne(drafts, outbox, one);
    }
}

}  // namespace

void moveUnsentTexts(Drafts& drafts, Outbox& outbox) {
    QObject::connect(&outbox, &Outbox::kept, &drafts, [&drafts](const Intent& intent) {
        if (intent.kept && intent.kind == IntentKind::Comment) {
            drafts.removeUnsent(
                {.account = intent.account, .target = QString::number(intent.target), .text = intent.text});
        }
    });
    if (outbox.loaded()) {
        moveAll(drafts, outbox);
        return;
    }
    QObject::connect(&outbox, &Outbox::loadedChanged, &drafts, [&] { moveAll(drafts, outbox); });
}

}  // namespace tikgok
