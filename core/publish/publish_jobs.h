// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The uploads of the present account as a list, newest first: open ones, and those that were sent lately.
#pragma once

#include "core/account/session.h"
#include "core/outbox/outbox.h"
#include "core/outbox/retry_countdown.h"
#include "core/publish/publisher.h"

#include <QAbstractListModel>
#include <QList>

namespace tikgok {

class PublishJobs final : public QAbstractListModel {
    Q_OBJECT
    Q_CLASSINFO("RegisterEnumClassesUnscoped", "false")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    // Of them, those that did not arrive yet.
    Q_PROPERTY(int openCount READ openCount NOTIFY currentChanged)
    // The one to speak of on other pages: under way, else waiting, else failed. Its row, or -1.
    Q_PROPERTY(int current READ current NOTIFY currentChanged)
    Q_PROPERTY(tikgok::PublishJobs::State currentState READ currentState NOTIFY currentChanged)
    // 0 to 1 of the current one.
    Q_PROPERTY(double currentFraction READ currentFraction NOTIFY currentChanged)
    Q_PROPERTY(QString currentTitle READ currentTitle NOTIFY currentChanged)
    // Somebody sees how long it is to the next tries: they are counted down.
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged)

public:
    enum class State {
        Preparing,   // for its turn or its account
        Retrying,    // after an error; see RetryAtRole
        Paused,      // by the person
        Sending,     // bytes move
        Processing,  // all bytes are there, the answer is not
        Checking,    // the answer was lost: the server's list is asked
        Sent,
        Failed,
    };
    Q_ENUM(State)

    enum Role {
        JobIdRole = Qt::UserRole + 1,  // decimal digits
        TitleRole,
        FileNameRole,
        ThumbRole,  // a data URL, may be empty
        StateRole,
        FractionRole,  // acknowledged of all bytes, 0 to 1
        SentBytesRole,
        TotalBytesRole,
        BytesPerSecondRole,
        SecondsLeftRole,  // -1: not known
        RetryInRole,      // seconds; only Retrying
        ErrorKindRole,
        ErrorWordsRole,
        ProblemRole,     // PublishProblem: why this device did not send it
        VideoIdRole,     // decimal digits; empty while not known
        RecordedRole,    // here, with the camera: cancelling deletes it
        KeptRole,        // it is on this device's disk
        MaybeThereRole,  // the server may have all of it, as far as is known here
    };
    Q_ENUM(Role)

    // All must outlive the model.
    PublishJobs(Session& session, Outbox& outbox, Publisher& publisher, QObject* parent = nullptr);
    ~PublishJobs() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }
    [[nodiscard]] int openCount() const { return openCount_; }
    [[nodiscard]] int current() const { return current_; }
    [[nodiscard]] State currentState() const;
    [[nodiscard]] double currentFraction() const;
    [[nodiscard]] QString currentTitle() const;
    [[nodiscard]] bool active() const { return active_; }
    void setActive(bool active);

    // All take a job's id in digits.
    Q_INVOKABLE void pause(const QString& job);
    Q_INVOKABLE void resume(const QString& job);
    Q_INVOKABLE void retry(const QString& job);
    // Stops it and forgets it. Nothing can be taken back from the server.
    Q_INVOKABLE void cancel(const QString& job);

Q_SIGNALS:
    void countChanged();
    void currentChanged();
    void activeChanged();
    // One of this account's arrived.
    void published(const QString& title);

private:
    struct Row {
        Intent intent;
        PublishData data;
    };

    void rebuild();
    void changed(const Intent& intent);
    void touch(IntentId id);
    [[nodiscard]] int rowOf(IntentId id) const;
    [[nodiscard]] bool belongs(const Intent& intent) const;
    [[nodiscard]] State stateOf(const Row& row) const;
    [[nodiscard]] double fractionOf(const Row& row) const;
    void updateCurrent();

    Session& session_;
    Outbox& outbox_;
    Publisher& publisher_;
    QList<Row> rows_;
    int openCount_ = 0;
    int current_ = -1;
    bool active_ = false;
    RetryCountdown countdown_;
};

}  // namespace tikgok
