// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/users.h"

#include "backend-sim/services/shapes.h"
#include "backend-sim/services/text_rules.h"
#include "backend-sim/services/waiting.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace tikgok::sim {

bool isGoodAccount(const std::string& name, const std::string& password, const Policy& policy) {
    return isGoodText(name, contract::kMaxNameLength, policy) &&
           isGoodText(password, contract::kMaxPasswordLength, policy);
}

namespace {

std::string foldedName(std::string name) {
    std::ranges::transform(name, name.begin(), foldedLetter);
    return name;
}

// Runs `work(done)` on the executor, or answers with service err when there is no room. The callback must
// survive a refusal, hence the shared place for it.
template <class Work>
void runOr(Executor& executor, Done<contract::Id> done, Work work) {
    auto place = std::make_shared<Done<contract::Id>>(std::move(done));
    const bool taken =
        executor.tryRun([place, work = std::move(work)]() mutable { work(std::move(*place)); });
    if (!taken) {
        (*place)(std::unexpected(contract::kServiceErr));
    }
}

}  // namespace

bool Users::givenUp(const RequestContext& context) const {
    if (!nobodyWaits(context, needs_.clock)) {
        return false;
    }
    count(Event::HashAbandoned);
    return true;
}

void Users::count(Event event) const {
    if (needs_.telemetry != nullptr) {
        needs_.telemetry->happened(event);
    }
}

template <class Work>
auto Users::timed(Work work) {
    const auto begin = needs_.clock.steadyNow();
    auto result = work();
    if (needs_.telemetry != nullptr) {
        needs_.telemetry->sample(Sample::HashSeconds, needs_.clock.steadyNow() - begin);
    }
    return result;
}

std::optional<Users::NamesUnderWay::Taken> Users::NamesUnderWay::take(std::string folded) {
    const std::lock_guard lock(mutex_);
    const auto [place, isNew] = names_.insert(std::move(folded));
    return isNew ? std::optional<Taken>(std::in_place, *this, place) : std::nullopt;
}

void Users::NamesUnderWay::Taken::giveBack() {
    if (NamesUnderWay* const names = std::exchange(names_, nullptr)) {
        const std::lock_guard lock(names->mutex_);
        names->names_.erase(place_);
    }
}

void Users::registerUser(const RequestContext& context, std::string name, std::string password,
                         Done<contract::Id> done) {
    if (!isGoodAccount(name, password, *context.policy)) {
        done(std::unexpected(contract::kParamsErr));
        return;
    }
    if (context.policy->foldNames) {
        auto taken = underWay_.take(foldedName(name));
        if (!taken) {
            done(std::unexpected(contract::kUserExists));
            return;
        }
        // Given back when whoever comes next can see the new user.
        done = [mine = std::move(*taken), done = std::move(done)](Outcome<contract::Id> outcome) mutable {
            mine.giveBack();
            done(std::move(outcome));
        };
    }
    // Saves the hash in the common case; the writer decides between two at once.
    if (needs_.reader.credentials(name, context.policy->foldNames)) {
        done(std::unexpected(contract::kUserExists));
        return;
    }
    runOr(needs_.hashing, std::move(done),
          [this, context, name = std::move(name),
           password = std::move(password)](Done<contract::Id> answer) mutable {
              if (givenUp(context)) {
                  answer(std::unexpected(contract::kServiceErr));
                  return;
              }
              auto hash = timed([&] { return needs_.hasher.hash(password); });
              if (!hash) {
                  answer(std::unexpected(contract::kServiceErr));
                  return;
              }
              needs_.writer.submit(RegisterUser{std::move(name), std::move(*hash), needs_.newcomer.avatarKey,
                                                needs_.newcomer.backgroundKey,
                                                context.policy->newcomerSignature.empty()
                                                    ? needs_.newcomer.signature
                                                    : std::string(context.policy->newcomerSignature),
                                                interestOf(context)},
                                   std::move(answer));
          });
}

void Users::login(const RequestContext& context, std::string name, std::string password,
                  Done<contract::Id> done) {
    if (!isGoodAccount(name, password, *context.policy)) {
        done(std::unexpected(contract::kParamsErr));
        return;
    }
    // Whoever guesses must not learn from a limited answer that the last guess was right, so the right
    // password is refused as well. It also costs nothing: no hash, no place in the pool.
    if (const std::int32_t seconds = needs_.logins.wait(name, context.peer); seconds > 0) {
        count(Event::LoginRefused);
        done(std::unexpected(contract::tooManyRequests(seconds)));
        return;
    }
    runOr(needs_.hashing, std::move(done),
          [this, context, name = std::move(name), password = std::move(password)](Done<contract::Id> answer) {
              if (givenUp(context)) {
                  answer(std::unexpected(contract::kServiceErr));
                  return;
              }
              // Again: many that came at once may have failed since. From here on this one counts, too.
              auto guess = needs_.logins.begin(name, context.peer);
              if (!guess) {
                  count(Event::LoginRefused);
                  answer(std::unexpected(contract::tooManyRequests(guess.error())));
                  return;
              }
              const auto known = needs_.reader.credentials(name, context.policy->foldNames);
              const PasswordCheck check = timed([&] {
                  return needs_.hasher.verify(known ? known->passwordHash : needs_.hasher.dummy(), password);
              });
              if (check == PasswordCheck::NotChecked) {
                  // Neither right nor wrong, and nobody shall be locked out for it.
                  guess->takeBack();
                  answer(std::unexpected(contract::kServiceErr));
                  return;
              }
              const bool right = check == PasswordCheck::Right;
              if (!known || !right) {
                  count(Event::LoginFailed);
              }
              if (!known) {
                  answer(std::unexpected(contract::kUserNotFound));
              } else if (!right) {
                  answer(std::unexpected(contract::kWrongPassword));
              } else {
                  guess->takeBack();
                  answer(known->user);
              }
          });
}

Outcome<contract::User> Users::user(const RequestContext& context, contract::Id id) const {
    if (id == 0) {
        id = context.policy->zeroIsFirstUser ? needs_.reader.firstUser() : context.caller;
    }
    contract::User user;
    const bool found = needs_.reader.readUser(
        context.caller, id, [&](const UserSight& sight) { user = userOf(sight, needs_.urls); });
    if (!found) {
        return std::unexpected(contract::kUserNotFound);
    }
    return user;
}

bool Users::exists(contract::Id id) const {
    return needs_.reader.readUser(0, id, [](const UserSight&) {});
}

}  // namespace tikgok::sim
