// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The outbox as a list for people: what failed, what waits, what was sent.
#pragma once

#include "core/api/error.h"
#include "core/outbox/outbox.h"
#include "core/outbox/retry_countdown.h"

#include <QAbstractListModel>
#include <QList>
#include <QString>
#include <QTimer>

namespace tikgok {

class Database;
class Session;

class ActivityModel final : public QAbstractListModel {
    Q_OBJECT
    Q_CLASSINFO("RegisterEnumClassesUnscoped", "false")
    // Somebody looks at it. While nobody does, it is empty and does nothing; that comes a moment after
    // setting it.
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    // Of the present account, also while nobody looks. See Outbox.
    Q_PROPERTY(int openCount READ openCount NOTIFY countsChanged)
    Q_PROPERTY(int failedCount READ failedCount NOTIFY countsChanged)
    // Whether this device keeps what waits.
    Q_PROPERTY(Storage storage READ storage NOTIFY storageChanged)
    // Where a damaged file was put; only with Storage.PutAside.
    Q_PROPERTY(QString asidePath READ asidePath NOTIFY storageChanged)

public:
    enum class Kind { Like, Unlike, Follow, Unfollow, Comment, DeleteComment, Message, Publish };
    Q_ENUM(Kind)
    enum class Status { Failed, Waiting, Sending, Checking, Paused, Sent };
    Q_ENUM(Status)
    enum class Storage {
        Fine,
        PutAside,    // the file was damaged; it is kept beside the fresh one
        TooNew,      // a newer version of this program wrote the file; nothing is kept
        Unwritable,  // the disk takes nothing at the moment
    };
    Q_ENUM(Storage)

    enum Role {
        IntentIdRole = Qt::UserRole + 1,  // decimal digits, for the calls below
        KindRole,
        StatusRole,
        GroupRole,        // "failed", "waiting" or "sent": rows of a group stand together
        CaptionRole,      // what it is about: a title or a name, may be empty
        ContentRole,      // what was written, may be empty
        FailedKindRole,   // ErrorKind: why it waits or failed; None otherwise
        FailedWordsRole,  // the server's words, may be empty
        SecondsLeftRole,  // until the next try; 0: none is planned, or it is now
        KeptRole,         // it is on this device's disk
        PreciousRole,     // something was written or chosen: ask before it is discarded
        UnkeptRole,       // the server took it and keeps nothing of the kind
    };
    Q_ENUM(Role)

    // All must outlive the model.
    ActivityModel(Outbox& outbox, Session& session, Database& database, QObject* parent = nullptr);
    ~ActivityModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] bool active() const { return active_; }
    void setActive(bool active);
    [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }
    [[nodiscard]] int openCount() const { return outbox_.openCount(); }
    [[nodiscard]] int failedCount() const { return outbox_.failedCount(); }
    [[nodiscard]] Storage storage() const;
    [[nodiscard]] QString asidePath() const;

    // What is not there any more is ignored by all of these.
    Q_INVOKABLE void retry(const QString& intentId);
    Q_INVOKABLE void retryAll();
    Q_INVOKABLE void discard(const QString& intentId);
    Q_INVOKABLE void pause(const QString& intentId);
    Q_INVOKABLE void resume(const QString& intentId);

Q_SIGNALS:
    void activeChanged();
    void countChanged();
    void countsChanged();
    void storageChanged();

private:
    void updateSoon();
    void update();

    Outbox& outbox_;
    Session& session_;
    Database& database_;
    QList<Intent> rows_;
    bool active_ = false;
    // Once for all that changes within one turn of the event loop.
    QTimer soon_;
    RetryCountdown countdown_;
};

}  // namespace tikgok
