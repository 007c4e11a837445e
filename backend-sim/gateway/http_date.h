// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Dates as HTTP writes them: "Fri, 20 Nov 2026 20:15:00 GMT".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim::http {

// `second`: Unix time.
std::string httpDate(std::int64_t second);
// Nothing for any other form.
std::optional<std::int64_t> parseHttpDate(std::string_view text);

}  // namespace tikgok::sim::http
