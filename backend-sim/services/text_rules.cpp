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
    const auto isLayout = [](unsigned char byte) { return byte == '\n' || byte == '\r' || byte == '\t'; };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool forbidden =
            (byte < 0x20 && (kind == TextKind::Line || !isLayout(byte))) || byte == 0x7F ||
            // U+0080 to U+009F are C2 80 to C2 9F; the text is valid, so there is a next byte.
            (byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0);
        if (forbidden) {
            return false;
        }
    }
    return true;
}

}  // namespace tikgok::sim
