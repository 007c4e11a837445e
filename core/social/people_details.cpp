// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/social/people_details.h"

namespace tikgok {

PeopleDetails::PeopleDetails(Api& api, Session& session, EntityStore& store, QObject* parent)
    : QObject(parent), api_(api), session_(session), store_(store) {
    connect(&session_, &Session::serverChanged, this, &PeopleDetails::forget);
    connect(&session_, &Session::signedInChanged, this, &PeopleDetails::forget);
}

PeopleDetails::~PeopleDetails() = default;

void PeopleDetails::want(contract::Id id) {
    if (id <= 0 || asked_.contains(id)) {
        return;
    }
    asked_.insert(id);
    waiting_.push_back(id);
    if (asking_ < kAtOnce) {
        ++asking_;
        readOn();
    }
}

void PeopleDetails::forget() {
    scope_.restart();
    waiting_.clear();
    asked_.clear();
    asking_ = 0;
}

QCoro::Task<> PeopleDetails::readOn() {
    const std::stop_token alive = scope_.token();
    while (!waiting_.empty()) {
        const contract::Id id = waiting_.front();
        waiting_.pop_front();
        const ReadMark mark = store_.beginReading();
        const auto answer = co_await api_.user(id, session_.token(), alive);
        if (alive.stop_requested()) {
            co_return;
        }
        // Some servers answer with whoever asks.
        if (answer && answer->id == id) {
            store_.user(*answer, answer.savedAt ? kOldReading : mark);
        }
    }
    --asking_;
}

}  // namespace tikgok
