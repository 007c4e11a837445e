// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/error.h"

#include <utility>

namespace tikgok {

Error invalidInput(QString detail) {
    return {.kind = ErrorKind::Invalid, .serverWords = {}, .retryAfter = {}, .detail = std::move(detail)};
}

Error cancelledError() {
    return {.kind = ErrorKind::Cancelled, .serverWords = {}, .retryAfter = {}, .detail = {}};
}

}  // namespace tikgok
