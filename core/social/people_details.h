// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What lists of people leave out. The reference server's list of friends has no pictures and no counters
// (contract.md, section 5, row 21); the person's own page has them.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/task_scope.h"
#include "core/entities/entity_store.h"

#include <QObject>
#include <QSet>

#include <deque>

namespace tikgok {

// Asks for each person once per server and account, a few at a time. The answer goes to the entity.
class PeopleDetails final : public QObject {
    Q_OBJECT

public:
    static constexpr int kAtOnce = 4;

    // All must outlive it.
    PeopleDetails(Api& api, Session& session, EntityStore& store, QObject* parent = nullptr);
    ~PeopleDetails() override;

    // Does nothing when this person was asked for before.
    void want(contract::Id id);

private:
    QCoro::Task<> readOn();
    void forget();

    Api& api_;
    Session& session_;
    EntityStore& store_;
    std::deque<contract::Id> waiting_;
    QSet<contract::Id> asked_;
    int asking_ = 0;
    TaskScope scope_;
};

}  // namespace tikgok
