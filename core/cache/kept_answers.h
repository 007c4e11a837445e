// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reading without a network: Transports that keep what a server answered, and answer with it.
//
// Only for those who show what they read: an answer may be old (HttpAnswer::savedAt says so). Who has to know
// what is on the server (did my comment arrive?) asks the network itself.
#pragma once

#include "core/api/task_scope.h"
#include "core/api/transport.h"
#include "core/cache/page_cache.h"

#include <QString>

#include <functional>

namespace tikgok {

// Whose eyes a token has: a key that is the same after the next sign-in, another one for strangers. Empty:
// not known, then nothing is kept and nothing is found.
using AccountOf = std::function<QString(const QString& token)>;

// Passes everything on. Successful answers to what people read are kept (feed, people, works, likes,
// comments, follows, friends; not conversations, which have a place of their own). When there is no answer,
// or none that makes sense, and the caller will not ask again, the last one is given instead. What the server
// refuses it refuses.
class KeptAnswers final : public Transport {
public:
    // All must outlive this.
    KeptAnswers(Transport& inner, PageCache& pages, AccountOf accountOf);

    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, std::stop_token alive) override;

private:
    Transport& inner_;
    PageCache& pages_;
    AccountOf accountOf_;
    TaskScope scope_;
};

// Asks nobody: what is kept, or Offline.
class OnlyKept final : public Transport {
public:
    OnlyKept(PageCache& pages, AccountOf accountOf);

    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, std::stop_token alive) override;

private:
    PageCache& pages_;
    AccountOf accountOf_;
    TaskScope scope_;
};

}  // namespace tikgok
