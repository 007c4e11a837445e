// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Addresses of media: one base that can change, and the key behind it.
#pragma once

#include "backend-sim/ports/media_urls.h"

#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

namespace tikgok::sim {

class PrefixUrls final : public MediaUrls {
public:
    explicit PrefixUrls(std::string base) : base_(std::move(base)) {}
    std::string urlOf(std::string_view key) const override {
        if (key.empty()) {
            return {};
        }
        const std::shared_lock lock(mutex_);
        std::string url;
        url.reserve(base_.size() + key.size());
        url.append(base_).append(key);
        return url;
    }
    void setBase(std::string base) {
        const std::unique_lock lock(mutex_);
        base_ = std::move(base);
    }

private:
    mutable std::shared_mutex mutex_;
    std::string base_;
};

}  // namespace tikgok::sim
