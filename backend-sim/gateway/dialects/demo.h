// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The official demo server (contract.md, column c): a handful of fixed answers; accounts, uploads and
// messages are real.
#pragma once

#include "backend-sim/gateway/dialects/dialect.h"
#include "backend-sim/services/services.h"

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace tikgok::sim {

// A bounded table of texts; the oldest entry makes room. Any thread.
template <class Key, class Value>
class BoundedTable {
public:
    explicit BoundedTable(std::size_t most) : most_(most) {}

    void put(const Key& key, Value value) {
        const std::lock_guard lock(mutex_);
        if (!values_.insert_or_assign(key, std::move(value)).second) {
            return;
        }
        order_.push_back(key);
        if (order_.size() > most_) {
            values_.erase(order_.front());
            order_.pop_front();
        }
    }
    [[nodiscard]] std::optional<Value> find(const Key& key) const {
        const std::lock_guard lock(mutex_);
        const auto found = values_.find(key);
        return found == values_.end() ? std::nullopt : std::optional(found->second);
    }

private:
    const std::size_t most_;
    mutable std::mutex mutex_;
    std::map<Key, Value> values_;
    std::deque<Key> order_;
};

// The token is the name and the password in one. Known are those who registered or signed in since the start,
// as in the demo, whose accounts live in memory alone; ours are kept, so signing in again is enough. Only a
// hash of a token is kept. Any thread.
class DemoTokens {
public:
    void learn(std::string_view token, contract::Id user) { users_.put(digestOf(token), user); }
    [[nodiscard]] std::optional<contract::Id> userOf(std::string_view token) const {
        return users_.find(digestOf(token));
    }

private:
    using Digest = std::array<unsigned char, 32>;
    static Digest digestOf(std::string_view token);

    BoundedTable<Digest, contract::Id> users_{65536};
};

class DemoServer final : public EndpointServer, public Doorman {
public:
    struct Content {
        // Absolute addresses of the one video.
        std::string playUrl;
        std::string coverUrl;
        // What comes before the key in the addresses of uploads.
        std::string mediaBaseUrl;
    };
    // `services` and `now` (Unix seconds) must outlive this object.
    DemoServer(const Services& services, const std::function<std::int64_t()>& now, Content content)
        : services_(services), now_(now), content_(std::move(content)) {}

    [[nodiscard]] contract::TokenNeed need(contract::Endpoint endpoint) const override;
    [[nodiscard]] std::expected<contract::Id, contract::Failure> caller(
        std::string_view token) const override;
    void serve(http::Exchange& exchange, Call& call) const override;
    // Uploads are found under the names that the demo gives them.
    [[nodiscard]] std::optional<std::string> mediaKey(std::string_view name) const override {
        return uploads_.find(std::string(name));
    }

private:
    void account(http::Exchange& exchange, Call& call) const;
    void user(http::Exchange& exchange, Call& call) const;
    void publish(http::Exchange& exchange, Call& call) const;
    void comment(http::Exchange& exchange, Call& call) const;
    void chat(http::Exchange& exchange, Call& call) const;
    void message(http::Exchange& exchange, Call& call) const;
    [[nodiscard]] contract::Video video() const;
    void rememberUpload(contract::Id owner, contract::Id video, const std::string& name) const;

    const Services& services_;
    const std::function<std::int64_t()>& now_;
    const Content content_;
    mutable DemoTokens tokens_;
    mutable BoundedTable<std::string, std::string> uploads_{4096};
};

}  // namespace tikgok::sim
