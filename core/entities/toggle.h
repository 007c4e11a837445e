// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A like or a follow as one person sees it: what the server said, and on top of it what they chose since.
#pragma once

#include "core/api/api.h"
#include "core/api/error.h"
#include "core/outbox/outbox.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <optional>

namespace tikgok {

class Session;

// Where in the order of writes a reading of the server began. A reading that began before a write was
// confirmed does not know of it.
using ReadMark = std::uint64_t;

// Of what an earlier run or an earlier answer left: whatever is known already is newer.
inline constexpr ReadMark kOldReading = 0;

// How often it is switched, at most one request is under way, and it ends in the state that was chosen last.
// What is not confirmed yet is the outbox's: after a restart it shows again. Signed out: the session asks for
// an account, and the intent is put afterwards.
class Toggle final : public QObject {
    Q_OBJECT

public:
    // `session`, `outbox` and `writes` (see EntityStore) must outlive it.
    Toggle(IntentKind kind, contract::Id target, bool confirmed, Session& session, Outbox& outbox,
           ReadMark& writes, QObject* parent);
    ~Toggle() override;

    // What is shown.
    [[nodiscard]] bool on() const { return asked_.value_or(wanted_.value_or(confirmed_)); }
    // What the server said last, or confirmed.
    [[nodiscard]] bool confirmed() const { return confirmed_; }
    [[nodiscard]] bool pending() const { return asked_.has_value() || wanted_.has_value(); }
    // By how much a count that the server keeps is to be changed for what is shown: -1, 0 or 1.
    [[nodiscard]] int shift() const { return (on() ? 1 : 0) - (confirmed_ ? 1 : 0); }
    // The last one was refused and taken back; None otherwise.
    [[nodiscard]] ErrorKind errorKind() const { return errorKind_; }
    [[nodiscard]] QString errorWords() const { return errorWords_; }

    // `caption` is shown beside it in the list of what was done, e.g. the title of the video.
    void set(bool on, const QString& caption);

    // Whether what a reading says of this, and so its count, is to be believed.
    [[nodiscard]] bool believes(bool on, ReadMark read) const;
    void setConfirmed(bool on) { confirmed_ = on; }
    // Another account looks at it now.
    void forgetAccount();
    // Asks the outbox how it stands.
    void refresh();
    // The outbox says so; the store passes it on.
    void onSent(const Intent& intent);
    void onFailed(const Intent& intent);

Q_SIGNALS:
    // Anything above.
    void changed();
    // The server did it, and no reading had told so before: its count is to be changed by this.
    void confirmedNow(int by);
    void refused(tikgok::ErrorKinds::Kind kind, const QString& serverWords);

private:
    void askForAccount(const QString& caption);
    void put(bool on, const QString& caption);
    void look();

    const IntentKind kind_;
    const contract::Id target_;
    Session& session_;
    Outbox& outbox_;
    ReadMark& writes_;
    bool confirmed_;
    // Chosen by somebody who has to sign in first.
    std::optional<bool> asked_;
    // What the outbox holds.
    std::optional<bool> wanted_;
    bool underWay_ = false;
    bool waitingForAccount_ = false;
    ReadMark written_ = 0;
    ErrorKind errorKind_ = ErrorKind::None;
    QString errorWords_;
};

// Sends likes, or follows. Where a server refuses with "already done", what it lists as liked or followed
// says whether that is so (contract 5, row 17).
class ToggleSender final : public IntentHandler {
public:
    // `kind`: Like or Follow. `api` must outlive it.
    ToggleSender(Api& api, IntentKind kind) : api_(api), kind_(kind) {}

    QCoro::Task<Result<void>> send(Intent intent, QString token, std::stop_token alive) override;

private:
    // Whether the server lists the target as liked or followed. Nothing when its list does not tell.
    QCoro::Task<Result<std::optional<bool>>> isOn(Intent intent, QString token, std::stop_token alive);

    Api& api_;
    const IntentKind kind_;
};

}  // namespace tikgok
