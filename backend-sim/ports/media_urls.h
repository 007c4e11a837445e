// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Makes absolute addresses of object keys.
#pragma once

#include <string>
#include <string_view>

namespace tikgok::sim {

// Any thread.
class MediaUrls {
public:
    virtual ~MediaUrls() = default;
    // Empty for an empty key.
    [[nodiscard]] virtual std::string urlOf(std::string_view key) const = 0;
};

}  // namespace tikgok::sim
