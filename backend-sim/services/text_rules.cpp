// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/text_rules.h"

namespace tikgok::sim {

bool isGoodText(std::string_view text, std::size_t most, TextKind kind) {
    const auto count = contract::characterCount(text);
    if (!count || *count < 1 || *count > most) {
        return false;
    }
    if (kind == TextKind::Secret) {
        return true;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20) {
            const bool layout = byte == '\n' || byte == '\r' || byte == '\t';
            if (kind == TextKind::Line || !layout) {
                return false;
            }
        } else if (byte == 0x7F) {
            return false;
        } else if (byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
            return false;  // U+0080 to U+009F
        }
    }
    return true;
}

}  // namespace tikgok::sim
