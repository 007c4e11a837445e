// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/server_facts.h"

#include "core/contract/text.h"

namespace tikgok {

int lengthOf(const QString& text, LengthUnit unit) {
    const QByteArray utf8 = text.toUtf8();
    if (unit == LengthUnit::Bytes) {
        return static_cast<int>(utf8.size());
    }
    const auto characters =
        contract::characterCount({utf8.constData(), static_cast<std::size_t>(utf8.size())});
    return static_cast<int>(characters.value_or(0));
}

}  // namespace tikgok
