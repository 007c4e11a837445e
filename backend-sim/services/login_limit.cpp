// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/login_limit.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace tikgok::sim {

namespace {

// Some dialects take "Bob" for "bob". Here they always share, or each spelling would be a fresh set of
// guesses.
std::size_t accountKey(std::string_view name) {
    std::string folded(name);
    std::ranges::transform(folded, folded.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::hash<std::string_view>()(folded);
}

std::size_t peerKey(std::string_view peer) {
    return std::hash<std::string_view>()(peer);
}

}  // namespace

std::int64_t LoginLimit::Table::freeAt(std::size_t key, std::size_t most, std::int64_t now,
                                       std::int64_t window) {
    const auto found = entries_.find(key);
    if (most == 0 || found == entries_.end()) {
        return now;
    }
    std::vector<std::int64_t>& failures = found->second->failures;
    for (std::int64_t& at : failures) {
        at = std::min(at, now);
    }
    std::erase_if(failures, [&](std::int64_t at) { return at + window <= now; });
    if (failures.empty()) {
        order_.erase(found->second);
        entries_.erase(found);
        return now;
    }
    // With that one gone there are fewer than `most`.
    return failures.size() < most ? now : failures[failures.size() - most] + window;
}

void LoginLimit::Table::add(std::size_t key, std::size_t most, std::int64_t now, std::int64_t window,
                            std::size_t mostKeys) {
    if (most == 0) {
        return;
    }
    const auto found = entries_.find(key);
    if (found != entries_.end()) {
        found->second->failures.push_back(now);
        order_.splice(order_.end(), order_, found->second);
        return;
    }
    // What counts no more goes first; it stands in front. Two at a time, so that the table shrinks again.
    for (int i = 0; i < 2 && !order_.empty(); ++i) {
        if (order_.size() < mostKeys && order_.front().failures.back() + window > now) {
            break;
        }
        entries_.erase(order_.front().key);
        order_.pop_front();
    }
    order_.push_back({key, {now}});
    try {
        entries_.emplace(key, std::prev(order_.end()));
    } catch (...) {
        order_.pop_back();
        throw;
    }
}

void LoginLimit::Table::remove(std::size_t key, std::int64_t at) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) {
        return;
    }
    std::vector<std::int64_t>& failures = found->second->failures;
    // It may stand there with an earlier time, when the clock jumped back.
    const auto after = std::ranges::upper_bound(failures, at);
    if (after == failures.begin()) {
        return;
    }
    failures.erase(std::prev(after));
    if (failures.empty()) {
        order_.erase(found->second);
        entries_.erase(found);
    }
}

void LoginLimit::set(const LoginLimits& limits) {
    const std::lock_guard lock(mutex_);
    limits_ = limits;
}

void LoginLimit::forget() {
    const std::lock_guard lock(mutex_);
    accounts_.clear();
    peers_.clear();
}

std::int32_t LoginLimit::waitFor(std::size_t account, std::size_t peer, std::int64_t now) {
    const std::int64_t window = limits_.window.count();
    const std::int64_t free = std::max(accounts_.freeAt(account, limits_.perAccount, now, window),
                                       peers_.freeAt(peer, limits_.perPeer, now, window));
    constexpr std::int64_t kSecond = 1000;
    return static_cast<std::int32_t>((free - now + kSecond - 1) / kSecond);
}

std::int32_t LoginLimit::wait(std::string_view account, std::string_view peer) {
    const std::lock_guard lock(mutex_);
    return waitFor(accountKey(account), peerKey(peer), clock_.nowMs());
}

std::expected<LoginLimit::Try, std::int32_t> LoginLimit::begin(std::string_view account,
                                                               std::string_view peer) {
    const std::size_t accountHash = accountKey(account);
    const std::size_t peerHash = peerKey(peer);
    const std::lock_guard lock(mutex_);
    const std::int64_t now = clock_.nowMs();
    if (const std::int32_t seconds = waitFor(accountHash, peerHash, now); seconds > 0) {
        return std::unexpected(seconds);
    }
    const std::int64_t window = limits_.window.count();
    accounts_.add(accountHash, limits_.perAccount, now, window, limits_.accounts);
    peers_.add(peerHash, limits_.perPeer, now, window, limits_.peers);
    return Try(*this, accountHash, peerHash, now);
}

void LoginLimit::Try::takeBack() {
    if (LoginLimit* const limit = std::exchange(limit_, nullptr)) {
        const std::lock_guard lock(limit->mutex_);
        limit->accounts_.remove(account_, at_);
        limit->peers_.remove(peer_, at_);
    }
}

std::size_t LoginLimit::remembered() const {
    const std::lock_guard lock(mutex_);
    return accounts_.size() + peers_.size();
}

}  // namespace tikgok::sim
