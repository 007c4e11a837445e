// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/push.h"

#include "core/contract/codec.h"

#include <algorithm>
#include <string>
#include <utility>

namespace tikgok::sim {

// One connection. Among the members from its begin to closed().
class PushHub::Listener final : public http::SocketUser {
public:
    Listener(std::shared_ptr<Members> members, const TokenAuthority::Pass& pass,
             std::function<std::int64_t()> now)
        : members_(std::move(members)), pass_(pass), now_(std::move(now)) {}
    ~Listener() override { closed(); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    void opened(std::shared_ptr<http::Socket> socket) override {
        std::uint16_t unwanted = 0;
        std::vector<std::shared_ptr<const std::string>> early;
        {
            const std::lock_guard lock(members_->mutex);
            socket_ = socket;
            early.swap(early_);
            unwanted = unwanted_;
        }
        for (auto& text : early) {
            socket->send(std::move(text));
        }
        if (unwanted != 0) {
            socket->close(unwanted);
        }
    }
    std::uint16_t whyEnd() override { return pass_.goodAt(now_()) ? 0 : kTokenExpired; }
    void closed() final {
        std::shared_ptr<http::Socket> gone;
        const std::lock_guard lock(members_->mutex);
        gone.swap(socket_);
        const auto own = members_->byUser.find(pass_.user);
        if (own != members_->byUser.end() && std::erase(own->second, this) > 0) {
            members_->total.fetch_sub(1, std::memory_order_relaxed);
            if (own->second.empty()) {
                members_->byUser.erase(own);
            }
        }
    }

    // These two with the members' lock held. Sockets are spoken to without it: one that ends comes back here.
    [[nodiscard]] const std::shared_ptr<http::Socket>& socket() const { return socket_; }
    void endOnceOpen(std::uint16_t code) { unwanted_ = code; }
    // A peer has its 101 a moment before we hear of it, and misses nothing from then on.
    void keepUntilOpen(const std::shared_ptr<const std::string>& text) {
        if (early_.size() < kMostEarly) {
            early_.push_back(text);
        } else {
            unwanted_ = kTryAgain;
        }
    }

private:
    const std::shared_ptr<Members> members_;
    const TokenAuthority::Pass pass_;
    const std::function<std::int64_t()> now_;
    // Null before the handshake and after the end.
    std::shared_ptr<http::Socket> socket_;
    std::vector<std::shared_ptr<const std::string>> early_;
    std::uint16_t unwanted_ = 0;
};

void PushHub::deliver(const contract::Message& message) {
    if (connections() == 0) {
        return;
    }
    std::shared_ptr<const std::string> text;
    std::vector<std::shared_ptr<http::Socket>> sockets;
    {
        const std::lock_guard lock(members_->mutex);
        const auto collect = [&](contract::Id user) {
            const auto found = members_->byUser.find(user);
            if (found == members_->byUser.end()) {
                return;
            }
            if (!text) {
                std::string json;
                contract::appendMessage(json, message);
                text = std::make_shared<const std::string>(std::move(json));
            }
            for (Listener* listener : found->second) {
                if (listener->socket()) {
                    sockets.push_back(listener->socket());
                } else {
                    listener->keepUntilOpen(text);
                }
            }
        };
        collect(message.toUserId);
        if (message.fromUserId != message.toUserId) {
            collect(message.fromUserId);
        }
    }
    for (const auto& socket : sockets) {
        socket->send(text);
    }
}

std::shared_ptr<http::SocketUser> PushHub::enter(const TokenAuthority::Pass& pass,
                                                 std::function<std::int64_t()> now) {
    auto listener = std::make_shared<Listener>(members_, pass, std::move(now));
    const std::lock_guard lock(members_->mutex);
    std::vector<Listener*>& own = members_->byUser[pass.user];
    if (own.size() >= limits_.perUser || connections() >= limits_.connections) {
        if (own.empty()) {
            members_->byUser.erase(pass.user);
        }
        return nullptr;
    }
    own.push_back(listener.get());
    members_->total.fetch_add(1, std::memory_order_relaxed);
    return listener;
}

void PushHub::closeAll(std::uint16_t code) {
    std::vector<std::shared_ptr<http::Socket>> sockets;
    {
        const std::lock_guard lock(members_->mutex);
        for (const auto& [user, listeners] : members_->byUser) {
            for (Listener* listener : listeners) {
                listener->endOnceOpen(code);
                sockets.push_back(listener->socket());
            }
        }
    }
    for (const auto& socket : sockets) {
        if (socket) {
            socket->close(code);
        }
    }
}

}  // namespace tikgok::sim
