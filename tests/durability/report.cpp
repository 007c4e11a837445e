// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/report.h"

#include <array>
#include <fstream>
#include <ios>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

namespace tikgok::sim::durability {

std::string buildOf(const std::filesystem::path& program) {
    constexpr std::uint64_t kPrime = 1099511628211U;
    std::uint64_t sum = 14695981039346656037U;
    std::ifstream file(program, std::ios::binary);
    std::vector<char> part(1 << 16);
    while (file.read(part.data(), static_cast<std::streamsize>(part.size())), file.gcount() > 0) {
        for (std::streamsize i = 0; i < file.gcount(); ++i) {
            sum = (sum ^ static_cast<unsigned char>(part[static_cast<std::size_t>(i)])) * kPrime;
        }
    }
    std::ostringstream name;
    name << TIKGOK_VERSION "-" << std::hex << static_cast<std::uint32_t>(sum ^ (sum >> 32));
    return name.str();
}

std::string reportOf(const std::string& title, const Tally& tally, std::uint64_t seed,
                     const std::string& build) {
    const auto list = [](const auto& parts) {
        std::string words;
        for (const auto& [name, value] : parts) {
            words += (words.empty() ? "" : ", ") + std::string(name) + ' ' + std::to_string(value);
        }
        return words;
    };
    using Part = std::pair<std::string_view, std::uint64_t>;
    const std::array<Part, 7> first{{{"kills", tally.kills},
                                     {"acknowledged", tally.acknowledged},
                                     {"lost", tally.lost},
                                     {"doubled", tally.doubled},
                                     {"dead letters", tally.deadLetters},
                                     {"corrupt", tally.corrupt},
                                     {"seed", seed}}};
    const std::array<Part, 7> more{{{"in commit", tally.inCommit},
                                    {"between apply and ack", tally.inBetween},
                                    {"delivered again", tally.redelivered},
                                    {"recognised", tally.recognised},
                                    {"refused", tally.refused},
                                    {"kept unanswered", tally.keptUnanswered},
                                    {"listed as lost", tally.listed}}};
    return title + ": " + list(first) + ", build " + build + " (" + list(more) + ")";
}

}  // namespace tikgok::sim::durability
